// What the harness asks of an engine: in which ways its jobs, operands and metadata are not those of plain words. One
// record for each family of engines, in harness/pack/FAMILY/pack.c, found by link: types that stand on higher floors
// are names here.
#ifndef LACUNA_ENGINEPACK_H
#define LACUNA_ENGINEPACK_H

#include "gen/plan/plan.h"

typedef struct Options Options;
typedef struct Shape Shape;
typedef struct Epilogue Epilogue;
typedef struct Job Job;
typedef struct JobLoad JobLoad;
typedef struct Workload Workload;
typedef struct PackingSource PackingSource;
typedef struct PackingChoice PackingChoice;
typedef struct Packing Packing;
typedef struct Image Image;
typedef struct Injection Injection;
typedef struct Search Search;
typedef struct Golden Golden;

// Steps of a job along K, and the blocks that structured operands have there.
typedef struct EngineSteps {
  uint32_t beat;    // words of K in a step
  uint32_t pattern; // the register PATTERN
  uint32_t block;   // words of K in a block, which lies within a pixel; 0: there are none
  bool a_blocks;    // A has blocks of its own
} EngineSteps;

typedef struct PackedA {
  uint64_t values, meta_bytes;
} PackedA;

// What a report says of one engine alone.
typedef struct EngineFacts {
  bool skips;       // modes, packings and borrowing are worth telling
  bool reads;       // of the A buffer are fewer than all: they are worth telling
  char pattern[32]; // of the weights; empty: none
  char pattern_a[16];
} EngineFacts;

// Where a hook is NULL, what its comment says first is done.
typedef struct EnginePack {
  const Golden *golden; // what it computes (harness/golden/golden.h); never NULL

  // ---- jobs (harness/job)
  bool frees_words; // of B as they pass, where a group is played once: it may be larger than the B buffer
  EngineSteps (*steps)(const Plan *plan, const Shape *shape); // b_beat words a step, no blocks
  // As many words as are left of B; sets its sizes. False, with the reason in why, if they are too large.
  bool (*resize)(const Plan *plan, const JobLoad *load, uint64_t words, Job *job, char *why);
  // Where the engine drives the job itself (PART_OWN_JOB), and only then: its registers but for addresses, as far as
  // the shape says them, and sizes of C. False, with the reason in why, if it can't do this. The hooks above are not
  // asked.
  bool (*job)(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job, char *why);
  Mode (*mode)(const Plan *plan, Mode run); // the run's; else what the register MODE says in a mode of runs

  // ---- operands (harness/workload, harness/pack)
  // Operands of a product may be held by their nonzeros, and its result is (Results.csr): both are where int32 results
  // are asked for as they are, without bias, zero point or clamp.
  bool nonzeros;
  bool late_room; // whether the A buffer has room depends on what is chosen: it is not told before
  bool (*accept)(const Options *options, const Plan *plan, Workload *workload); // --pattern and --prune are refused
  // Another product with the same results for a mode with several passes of A; tensors are freed by the caller.
  bool (*in_passes)(const Plan *plan, const Workload *workload, const uint32_t h[3], Workload *passes);
  bool (*prepare)(PackingSource *source); // B as plain words
  // B as it is. Where the engine drives the job itself: all regions that are read, with their sizes and registers.
  bool (*pack)(const PackingSource *source, const PackingChoice *choice, Packing *packing);
  const char *(*name)(const Plan *plan, const PackingChoice *choice); // "as it is"
  // Rows of A as they are, `rows` of them with `fibers` runs of `length` words of K each.
  void (*rows)(const Plan *plan, const int32_t *values, uint64_t rows, uint64_t fibers, uint64_t length, int32_t zero,
               uint8_t *bytes);
  bool (*a_in_blocks)(const Plan *plan); // no: A lies in rows of all its words
  PackedA (*compress)(const Plan *plan, const Job *job, const uint8_t *rows, uint8_t *values, uint8_t *meta);

  // ---- the choice (harness/choose, harness/pack/search.h)
  int (*choose)(Search *search, int modes); // every mode
  // Cycles that the engine needs for a word of B: by the cycle model.
  double (*pace)(const Plan *plan, const Workload *workload, const Job *job, uint64_t words, uint64_t b_bytes);

  // ---- errors on purpose (harness/pack/injection.h): there is nothing to spoil
  bool (*spoil_a)(const char *text, const Injection *injection, const Plan *plan, Image *image);
  bool (*spoil_b)(const char *text, const Injection *injection, const Plan *plan, Image *image);

  // ---- reports
  void (*describe)(const Plan *plan, const PackingChoice *choice, EngineFacts *facts); // no facts
  void (*predict)(const Plan *plan, const Job *job, uint64_t *counters); // what depends on operands, not on the job
  int (*seen)(const Plan *plan); // words of K of a row that the engine can see at once: a_depth steps
} EnginePack;

const EnginePack *engine_pack(const Plan *plan);

static inline bool engine_a_in_blocks(const Plan *plan) {
  return engine_pack(plan)->a_in_blocks && engine_pack(plan)->a_in_blocks(plan);
}

#endif
