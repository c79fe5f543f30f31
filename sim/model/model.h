// The cycle model: what the counters of the RTL will be, from the plan, the job registers and the memory alone.
//
// It follows the control of every unit of the shell and of the engine cycle by cycle, without data, and jumps over
// stretches in which the same cycles repeat. It predicts exactly, so long as the memory gives no errors; random
// stalls, too, if the memory was restarted before the job. Shares nothing with the RTL builders but the plan, with the
// packers but the registers, with golden nothing.
#ifndef LACUNA_MODEL_H
#define LACUNA_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/plan/job_registers.h"
#include "gen/plan/plan.h"
#include "sim/device/dut.h"

// What lies at the job's addresses A_ADDR, B_ADDR, M_ADDR, AM_ADDR, AL_ADDR and BL_ADDR. Nothing is read beyond the
// sizes: what is missing counts as zero.
typedef struct ModelMemory {
  const uint8_t *a, *b, *m, *am; // operands, packed weights, their metadata; of compressed A
  const uint8_t *al, *bl;        // lengths of rows or columns of A, of B
  uint64_t a_bytes, b_bytes, m_bytes, am_bytes, al_bytes, bl_bytes;
  const int32_t *results; // M x N, row-major, of a job that writes C compressed; NULL: none of them is OUT_ZERO
} ModelMemory;

// What an engine finds in the operands: the same for every loop order of a job.
typedef struct ModelEngine ModelEngine;

typedef struct ModelSettings {
  uint32_t mem_latency; // cycles, see axi_memory.h
  double mem_bandwidth; // bytes per cycle, reads and writes together; 0: no limit
  int stall_percent;    // of the memory's channels, 0 to 99
  uint64_t seed;        // of the stalls
  bool stepped;         // take every cycle by itself: slow, the measure for the jumps
  bool cycles_only;     // multiplications need not be counted: mode ab is twice as fast
  uint64_t most_cycles; // the run ends here, with the counters as they are, BUFFER_READS not counted; 0: at its own end
  ModelEngine *engine;  // of this job, or NULL; multiplications are counted as it says
  DutProgress *tick;    // called now and then, or NULL; where it says false the run ends, as above
  void *user;           // its argument
} ModelSettings;

// Predicts all counters of a job, whose registers `reg` are, but MULTS_EFFECTUAL, which follows from the operands alone
// and is set to 0. BUFFER_READS is that of the whole job, wherever the run ends. The addresses must be set.
// `memory` may be NULL in mode dense with A as it is, where the operands change nothing. False if the job never ends:
// nothing moves for longer than the latency explains; or if memory is short.
bool model_run(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, const ModelSettings *settings,
               uint64_t counters[DUT_COUNTERS]);

// For several runs of a job whose loop orders differ, registers and operands else the same. False where model_run would
// be; free *engine in any case.
bool model_engine_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool cycles_only,
                      ModelEngine **engine);
void model_engine_free(ModelEngine *engine);

// Cycles below which the engine cannot stay even if all of the memory were at hand: for its steps, for reading A, or
// for writing results out. Without `engine` (NULL) no step is skipped.
uint64_t model_engine_bound(const Plan *plan, const uint32_t *reg, ModelEngine *engine);

// Multiply, fill and drain, imbalance and merge: the cycles that belong to the engine.
uint64_t model_engine_cycles(const uint64_t counters[DUT_COUNTERS]);

#endif
