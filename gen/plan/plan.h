// The plan: every width, depth and latency of one accelerator, computed once by plan_make and read by the RTL builders,
// the packers, the cycle model, the register header and the documentation. Plain numbers only, no pointers into
// anything.
#ifndef LACUNA_PLAN_H
#define LACUNA_PLAN_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/plan/modes.h"
#include "gen/rows/kinds.h"
#include "gen/rows/parts.h"
#include "gen/rows/plan.h"

enum { MAX_MACS = 16384 }; // multipliers

typedef enum RamStyle { RAM_INFER, RAM_BLACKBOX } RamStyle;

typedef enum MultiplierStyle { MULTIPLIER_ARRAY, MULTIPLIER_OPERATOR } MultiplierStyle;

// What common files ask of a plan and only its engine can say, from fields of its own.
typedef struct PlanWords {
  int a_block, a_stored; // elements of A in memory for each a_block words of K; 1, 1: A as it is
  int run_modes;         // that a run may have, bits 1 << Mode: those of the hardware, and others in passes of one
  int passes;            // how often these pass K, each time with other words of A
  int lane_turn;         // bits of a lane's number to which B adds the step's; 0: lanes stand where they are
  int64_t choices;       // operands from which all multipliers choose in a cycle; 0: each has its own
} PlanWords;

#define PLAN_MEMBER(type, field, kind, unit, meaning)              type field;
#define OWN_MEMBER(part, prefix, type, field, kind, unit, meaning) type field;
typedef struct Plan {
  char name[64];   // the configuration's name: file name without folder and suffix
  char prefix[40]; // of the names of modules and more: the key `name` and an underscore, or nothing
  unsigned parts;  // PART_* that it has
  PlanWords words; // what follows from the fields of an engine
  uint64_t hash;   // over every field below, and the tool version
  PLAN_FIELDS(PLAN_MEMBER)
#define FAMILY(family) PLAN_PART_##family(PLAN_FIELDS_##family(OWN_MEMBER))
#include "gen/rows/engines.h"
} Plan;
#undef PLAN_MEMBER
#undef OWN_MEMBER

typedef struct Spec Spec; // gen/spec/spec.h

// Computes the plan of a configuration. False, after printing the reason at the key to change, if it can't be built.
bool plan_make(const Spec *spec, Plan *plan);

// The buffers.a_kib whose banks hold that many elements; 0 if no legal one does.
int plan_a_kib(const Plan *plan, uint64_t elems);

// Whether the accelerator has any of these parts.
static inline bool plan_has(const Plan *plan, unsigned parts) {
  return (plan->parts & parts) != 0;
}

// Whether registers of this part are in the map of its device at all.
static inline bool plan_maps(const Plan *plan, unsigned part) {
  return part == PART_ALWAYS || (part & ~(unsigned)PARTS_LATE) || plan_has(plan, part);
}

// Bits that number n things; 0 for one thing, as Verilog's $clog2.
static inline int clog2(int n) {
  int bits = 0;
  while (n > 1 << bits)
    bits++;
  return bits;
}

// ARRAY of the leaves that multiply: 2 is the array in synthesis alone (rtl/arith/lac_mul.v).
static inline int array_style(const Plan *plan) {
  return plan->multiplier == MULTIPLIER_ARRAY ? 2 : 0;
}

// Whether B may come with metadata.
static inline bool has_metadata(const Plan *plan) {
  return plan->m_lane_bits > 0;
}

// Cycles of a step without zeros: 1, or of a k-tile of a whole tile in the outer-product engine.
static inline int plan_step_cycles(const Plan *plan) {
  return plan->m0 * plan->n0 * plan->k0 / plan->macs;
}

// Panels of a group that the C buffer has room for, at most.
static inline int plan_most_panels(const Plan *plan) {
  return plan_has(plan, PART_NEST) ? 2 * plan->c_half_words / (plan->m0 * plan->c_chunks) : 0;
}

// Words of one store of B: of the buffer, or of one of the chunk stores.
static inline int plan_store_words(const Plan *plan) {
  return plan->b_words / plan->b_banks;
}

// Elements of A in memory that hold `words` words of K, in whole blocks.
static inline uint64_t plan_stored(const Plan *plan, uint64_t words) {
  uint64_t block = (uint64_t)plan->words.a_block;
  return (words + block - 1) / block * (uint64_t)plan->words.a_stored;
}

static inline int plan_run_modes(const Plan *plan) {
  return plan->words.run_modes;
}

static inline const ModeWord *plan_mode(const Plan *plan, Mode mode) {
  return engine_mode(plan->engine, mode);
}

// Whether zeros of B are left out in a mode, which then brings metadata.
static inline bool plan_skips_b(const Plan *plan, Mode mode) {
  return plan_mode(plan, mode) && plan_mode(plan, mode)->skips_b;
}

// How often K is passed in a mode of runs: 1 where the hardware has it.
static inline int plan_passes(const Plan *plan, Mode mode) {
  return plan->modes >> mode & 1 ? 1 : plan->words.passes;
}

// FNV-1a over every field below `hash` (gen/plan/plan_fields.h) and the tool version.
uint64_t plan_hash(const Plan *plan);

#endif
