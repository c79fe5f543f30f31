// A as it lies in memory, uncompressed: which elements are not zero, walked as the A reader does (implicit im2col,
// padding, zero point).
#ifndef LACUNA_MODEL_ACTIVATIONS_H
#define LACUNA_MODEL_ACTIVATIONS_H

#include "sim/model/state.h"

// A bit per lane, K0 of them to a row of A.
typedef uint64_t Lanes;

typedef struct Activations { // a bit for each element, and how tiles read them
  const Plan *plan;
  const uint32_t *reg;
  uint64_t *bits;
  Count rows, elements, pitch; // segments; their elements; 64-bit words from one to the next
} Activations;

bool activations_read(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, Activations *a);
void activations_free(Activations *a);

// Nonzero lanes of an m-tile, [STEPS][M0]; `panel` chooses the block of groups.
void activations_tile(const Activations *a, Count tile, Count panel, Lanes *lanes);

#endif
