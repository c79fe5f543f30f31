// Layers that more than one page runs: of networks, by shape and density, and those of LACUNA_DATA.
#ifndef LACUNA_BENCH_LAYERS_H
#define LACUNA_BENCH_LAYERS_H

#include "harness/bench/bench.h"

typedef struct Layer {
  const char *model, *kind, *name; // kind: depthwise, GEMM, 1x1, other; of a pattern the method of pruning
  double zeros;                    // share of the weights
  const char *weight;              // a file as commands name it, or random:...
  const char *verb, *operands;
} Layer;

typedef struct Layers {
  Layer *list;
  size_t count, room;
} Layers;

// Adds works of table "layers" for every layer of layers.txt; `dense`: with operands without zeros. rtl: marked ones
// run on the RTL.
bool layers_of_networks(Bench *b, const char *configurations, bool rtl, bool dense);

// The layers of LACUNA_DATA, nothing where it is not there. Operands that are not there, and codes that do not fit 8
// bits, are random of the density that was measured.
bool layers_real(Bench *b, Layers *layers);

// The published patterns of LACUNA_DATA, B with random values; written to the place's operands. Activations: random,
// 0.55 nonzero. In a sample only small ones.
bool layers_patterns(Bench *b, Layers *layers);

typedef struct Matrix {
  const char *name, *path, *density_text; // without .mtx; whole
  double density;
  int rows, cols;
} Matrix;

typedef struct Matrices {
  Matrix *list;
  size_t count, room;
} Matrices;

bool layers_matrices(Bench *b, Matrices *matrices); // those of LACUNA_DATA

// In a sample a table of such layers has its first ones only.
bool layers_enough(const Bench *b, int so_far);

#endif
