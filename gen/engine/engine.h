// What the generator asks of an engine, one record for each family of gen/rows/engines.h.
#ifndef LACUNA_ENGINE_H
#define LACUNA_ENGINE_H

#include <jansson.h>
#include <stdio.h>

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"
#include "gen/spec/spec.h"

// What a multiplier chooses from in a mode.
typedef struct InfoMode {
  const char *name;       // set by engine_modes
  char borrowing[32];     // of windows, in the notation of Griffin, "B(8,0,1,on)"
  int steps, words;       // of A and of B that it sees
  int a_fan_in, b_fan_in; // operands it chooses from
  int trees;              // adder trees of a PE
} InfoMode;

// What the engine takes out of the buffers in a cycle, at most.
typedef struct EngineNeeds {
  int a_elems; // of a row
  int b_words;
  int meta_bits; // that wait beside a word of B
} EngineNeeds;

// How a stream lies in memory. M is there only where B may have metadata, AM only where A may be compressed; the others
// behind them where the engine drives the job itself.
enum {
  FORMAT_A,
  FORMAT_B,
  FORMAT_P,
  FORMAT_C,
  FORMAT_M,
  FORMAT_AM,
  FORMAT_AL,
  FORMAT_BL,
  FORMAT_CM,
  FORMAT_CL,
  FORMAT_COUNT
};

enum { REPORT_MOST = 32, ACTIVITY_MOST = 16 };

// The job is the nest of tiles, panels and steps (docs/architecture.md), or the engine drives it itself: then `parts`
// says PART_OWN_JOB, and hooks marked [nest] are not called and may be NULL.
//
// A hook may be NULL where it says what then holds. Hooks of the plan return false after reporting an error.
typedef struct EngineGen {
  // ---- the plan, in this order
  SpecKeyId first_key, last_key;          // its own keys
  const char *keys;                       // what they are about; NULL: it has none
  bool (*tile)(const Spec *, Plan *);     // tile, step and blocks. NULL: those of the keys of `tile`
  bool (*shape)(const Spec *, Plan *);    // what the buffers must suit: modes, windows, ranks. NULL: one step a cycle
  bool (*b_buffer)(const Spec *, Plan *); // [nest] NULL: words of a step
  bool (*plan)(const Spec *, Plan *);     // what is left. NULL: nothing
  unsigned (*parts)(const Plan *);        // PART_*, without those that are seen in the plan

  // ---- the shell around it (gen/shell/top.c, in whose module nets are found by name)
  void (*nets)(Module *m, const Plan *);                       // [nest] of operands of B and what comes with them
  Expr *(*waits)(Module *m, const Plan *, int channel);        // [nest] whether it waits for what the channel brings
  void (*operands)(Module *m, const Plan *);                   // [nest] beats of B and its metadata to its ports
  Inst *(*unpack_a)(Module *m, const Plan *);                  // with COMPRESSED_A: the leaf that puts zeros back
  void (*check_a)(Module *m, const Plan *);                    // with OFFSETS_A: the leaf that looks at beats of A
  void (*connect)(Module *m, const Plan *, Inst *engine);      // inputs that come from job registers. NULL: none
  size_t (*activity)(Module *m, Expr *terms[ACTIVITY_MOST]);   // more signs that a job gets on. NULL: none
  void (*unused)(Module *m, const Plan *);                     // bits of job registers that nobody reads. NULL: none
  const char *report;                                          // with REPORTS: its port, without _o
  int (*reports)(const Plan *, const char *list[REPORT_MOST]); // with REPORTS: registers of its counts; how many

  // The modules of the engine; returns its top, which has the ports of the contract (docs/architecture.md: Streams, or
  // with PART_OWN_JOB Jobs that an engine drives itself).
  Module *(*build)(Design *, const Plan *);

  // ---- what is told of it
  int (*longest_step)(const Plan *); // in elements of K. NULL: all are as long
  EngineNeeds (*needs)(const Plan *);
  void (*modes)(const Plan *, InfoMode all[MODES_MOST]);            // by number, whichever there are; without names
  void (*print)(const Plan *, FILE *);                              // its paragraph of `info`
  void (*json)(const Plan *, json_t *info);                         // what `info --json` lists of it. NULL: nothing
  void (*format)(const Plan *, int place, char *text, size_t size); // goes on with the sentence about a stream
  const char *element, *words; // manifest: what is in a place of a word of B, and what else holds. NULL: no words

  // ---- simulation: leaves that Verilator keeps as functions of their own, and those whose instances it merges, too
  const char *const *apart, *const *merged; // names without lac_, NULL behind the last. NULL: none
} EngineGen;

typedef struct Engine {
  const char *name;
  int number;
  const EngineGen *gen;
  const char *paper;
} Engine;

const Engine *engine_of(EngineKind kind);

static inline const EngineGen *gen_of(const Plan *plan) {
  return engine_of(plan->engine)->gen;
}

// The records of all families, in the order of the registry; NULL past the last one.
const EngineGen *engine_family(int index);

#endif
