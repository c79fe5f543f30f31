// What the model asks of an engine: a record for each family, found by its name when the program is linked. Hooks that
// are NULL have nothing to do.
#ifndef LACUNA_MODEL_ENGINE_H
#define LACUNA_MODEL_ENGINE_H

#include "sim/model/state.h"

// Takes the beats of a channel, and those of its metadata, as they come out of lac_axi_align.
typedef struct BeatReader {
  void (*look)(Machine *m, const Signals *s); // before they move
  bool (*ready)(const Machine *m, int channel);
  void (*cycle)(Machine *m, const Signals *s, bool beat, bool meta_beat); // what is taken, the last of all in a cycle
} BeatReader;

// Takes parts of words of B that have met their metadata.
typedef struct WordReader {
  bool (*room)(const Machine *m);
  void (*cycle)(Machine *m, int taken); // words that the engine gives up
} WordReader;

struct EngineModel {
  // What is found once for a job, whatever its loop order; NULL if the operands make no sense or memory is short.
  // `tallies`: multiplications are to be counted.
  void *(*make)(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool tallies);
  void (*free)(void *engine);
  Count (*steps)(const uint32_t *reg, void *engine); // of a job, each of them a cycle at least; `engine` may be NULL

  bool (*start)(Machine *m, const uint32_t *reg); // before the units of the shell; false if memory is short
  void (*step)(Machine *m, Signals *s);           // uses may_end, done; sets all that the engine decides in a cycle
  // Of an engine that drives its job itself (PART_OWN_JOB); NULL: the job is the nest. `step` then uses what m->own
  // says of the shell, and sets there what it says of the engine, in `s` cause and done, and step if it got on.
  // `settle`: everything has moved, what was asked and taken is known; the engine's next state.
  void (*settle)(Machine *m);
  void (*report)(const Machine *m, bool whole, uint64_t counters[DUT_COUNTERS]); // `whole`: the job has ended

  bool jumps;                // over cycles that repeat: its state is that of the shell alone
  const BeatReader *sets;    // of compressed A
  const BeatReader *records; // of B; NULL: B comes in lanes
  const WordReader *words;   // of these; NULL: lac_replay
};

const EngineModel *engine_model(const Plan *plan);

#endif
