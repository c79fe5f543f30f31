// The ways to pack B: for which mode, by which method of compaction, with columns in which order.
#ifndef LACUNA_PACKING_H
#define LACUNA_PACKING_H

#include "harness/pack/griffin/compact.h"
#include "harness/workload/workload.h"

typedef struct PackingChoice {
  Mode mode;            // of the run (plan_run_modes)
  CompactMethod method; // of modes b and ab
  bool sorted;          // columns sorted into panels, the order undone by the writer
  JobOrder order;       // the loop order; panels 0: the best by estimate
  uint32_t h[3];        // structured weights, mode b: children of a node by rank; zero elsewhere
  bool records;         // chunks of fibers, for the outer-product engine
} PackingChoice;

// "as it is", "structured", "bitmaps", "greedy", "matching, columns sorted", ...
const char *packing_name(const PackingChoice *choice);

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
  uint32_t *nonzeros; // [PANELS][N0]; likewise
} PackingSource;

// False after a message; packing_source_free is fine then.
bool packing_source_make(const Plan *plan, const Workload *workload, PackingSource *source);
void packing_source_free(PackingSource *source);

// Whether sorting columns within the groups of this order leaves panels whose fullest columns are emptier.
bool packing_gains_by_sorting(const PackingSource *source, JobOrder order);

typedef struct Packing {
  Job job; // without addresses
  uint8_t *b, *m;
  uint32_t *order; // which columns make up a panel, as PackPlain.source; NULL: each its own
  uint32_t *words; // of B in each panel, where panels differ; else NULL
} Packing;

// False after a message; packing_free is fine then. Of weights that do not obey their structure the first place where
// they do not is named. Where sorting moves no column, or makes a group outgrow the buffer, the columns stay and
// packing->order is NULL.
bool packing_make(const PackingSource *source, const PackingChoice *choice, Packing *packing);
void packing_free(Packing *packing);

#endif
