// The search for the fastest way to run a workload: packings are tried in turn, and the cycle model decides between
// them and between the loop orders that take least by estimate. Engines say which packings (harness/engine).
#ifndef LACUNA_SEARCH_H
#define LACUNA_SEARCH_H

#include "harness/base/options.h"
#include "harness/pack/image.h"

typedef struct Trial { // of one mode, with its best packing
  bool done;
  PackingChoice choice;
  uint64_t cycles;
} Trial;

typedef struct Chosen {
  Image image;
  uint64_t predicted[DUT_COUNTERS]; // of the image
  double model_s;                   // what this prediction took
  Trial trials[MODES_MOST];
} Chosen;

enum { SEARCH_ORDERS = 64 };     // listed
#define SEARCH_ESTIMATE_OFF 1.15 // an order whose estimate is so far above the best time is not tried

typedef struct Search {
  const Options *options;
  const PackingSource *source;
  Chosen *best;
  JobOrder orders[SEARCH_ORDERS]; // of the image listed last, by estimate
  int count;
} Search;

uint64_t search_best(const Search *search); // cycles

// Cycles that no loop order of this image stays below: for the engine, or for reading every operand once.
uint64_t search_least(const Search *search, const Image *image, ModelEngine *engine);

// Lists the loop orders of an image; false after a message.
bool search_list(Search *search, const Image *image, ModelEngine *engine);

// Runs the orders that look best, or the image's own, and takes the image over if it beats the best choice so far.
// False after a message.
bool search_orders(Search *search, Image *image, ModelEngine *engine);
bool search_order(Search *search, Image *image, ModelEngine *engine);

// Predicts the counters for the image's loop order; cycles up to `most` only, where it is not 0. False after a message.
bool search_predict(const Search *search, const Image *image, ModelEngine *engine, uint64_t most, uint64_t *counters);

// A packing in every loop order, and the same with dense A where compressed A has fewer bytes: they are not always
// fewer cycles. Exit status, after a message where it is not EXIT_CORRECT.
int search_packing(Search *search, const PackingChoice *choice);

// Every mode, the one that skips most first. Returns an exit status.
int search_modes(Search *search, int modes);

#endif
