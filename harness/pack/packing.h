// The ways to pack B: for which mode, by which method of compaction, with columns in which order.
#ifndef LACUNA_PACKING_H
#define LACUNA_PACKING_H

#include "harness/workload/workload.h"

typedef struct PackingChoice {
  Mode mode;      // of the run (plan_run_modes)
  int method;     // of the engine's own
  bool sorted;    // columns sorted into panels, the order undone by the writer
  JobOrder order; // the loop order; panels 0: the best by estimate
  uint32_t h[3];  // structured weights, mode b: children of a node by rank; zero elsewhere
} PackingChoice;

// "as it is", "structured", "bitmaps", "greedy", "matching, columns sorted", ...
const char *packing_name(const Plan *plan, const PackingChoice *choice);

// Auto: of the two the one with fewer cycles by the model, compressed only if it has fewer bytes.
typedef enum AFormat { A_FORMAT_AUTO, A_FORMAT_DENSE, A_FORMAT_COMPRESSED } AFormat;

// What all choices have in common.
typedef struct PackingSource {
  const Plan *plan;
  const Workload *workload;
  Job job;            // of mode dense, without a loop order
  AFormat a_format;   // dense where the plan knows no other; auto until it is set
  uint8_t *plain;     // B with a word for every step
  uint64_t *nonzero;  // its nonzero bits [PANELS][STEPS][K0]; NULL where words are not compacted
  uint32_t *nonzeros; // [PANELS][N0]; NULL if words are not compacted
} PackingSource;

// False after a message; packing_source_free is fine then.
bool packing_source_make(const Plan *plan, const Workload *workload, PackingSource *source);
void packing_source_free(PackingSource *source);

typedef struct Packing {
  Job job; // without addresses
  uint8_t *b, *m;
  uint8_t *a, *am, *al, *bl; // of an engine that drives its job itself, which packs A, too; else NULL
  uint32_t *order;           // which columns make up a panel, as PackPlain.source; NULL: each its own
  uint32_t *words;           // of B in each panel, where panels differ; else NULL
} Packing;

// False after a message; packing_free is fine then.
bool packing_make(const PackingSource *source, const PackingChoice *choice, Packing *packing);
void packing_free(Packing *packing);

// ---- what engines pack with

bool packing_no_memory(void);                           // false, after a message
bool packing_refuse(const Plan *plan, const char *why); // false, after a message

// B with a word for every step; NULL after a message. packing_prepare: as the source's.
uint8_t *packing_plain(const Plan *plan, const Workload *workload, const Job *job);
bool packing_prepare(PackingSource *source);

// The best loop order for such words (JobLoad), by estimate; false after a message.
bool packing_order(const PackingSource *source, const uint32_t *words, double pace, Job *job);

// The source's plain B, with the loop order of the choice or the best one. False after a message.
bool packing_as_it_is(const PackingSource *source, const PackingChoice *choice, double pace, Packing *packing);

#endif
