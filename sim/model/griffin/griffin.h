// The engines with windows in the cycle model (docs/engines/griffin.md), private to sim/model/griffin. What the engine
// takes in each of its steps depends on the operands alone, never on when they come: schedules of whole tiles are made
// ahead, from the bytes in memory as the hardware reads them, and only their pace is found cycle by cycle.
#ifndef LACUNA_MODEL_GRIFFIN_H
#define LACUNA_MODEL_GRIFFIN_H

#include "gen/engine/griffin/numbers.h"
#include "sim/model/activations.h"
#include "sim/model/engine.h"

// Lanes of PEs, K0 bits to each, stand side by side as far as 64 bits go.
enum { WINDOW = 16 }; // most words and most steps that a window holds

typedef struct Take {   // a step of the engine
  uint8_t words, steps; // of B and of A given up
  uint16_t idle;        // PEs without a multiplication
} Take;

typedef struct Tally {                         // multiplications of a tile
  uint64_t issued, distance[WINDOW], lane, pe; // borrowed: by steps ahead, for another lane, for another PE
} Tally;

typedef struct Schedule { // of a tile
  Take *takes;
  Count count;
  Tally tally;
} Schedule;

// ---- fields of K0 bits (fields.c)

typedef struct Fields {
  int lanes, rows, columns; // K0, M0, N0
  int per_chunk, chunks;    // columns in 64 bits; chunks of a row of PEs
  Lanes all, ones, high;    // lanes of one field; the lowest, the highest bit of every field of a chunk
} Fields;

Fields fields_of(const Plan *plan);

// Bit l of the result is bit l + distance, round each field.
static inline Lanes fields_turn(const Fields *f, Lanes lanes, int distance) {
  if (distance == 0) return lanes;
  Lanes low = f->ones * (f->all >> distance);
  return (lanes >> distance & low) | (lanes << (f->lanes - distance) & ~low);
}

static inline int count_bits(Lanes x) {
  x -= x >> 1 & 0x5555555555555555u;
  x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
  x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
  return (int)(x * 0x0101010101010101u >> 56);
}

// How many of a chunk's fields have their high bit set; no other bit is.
static inline int fields_count(const Fields *f, Lanes high) {
  if (f->lanes < 8) return count_bits(high);
  return (int)((high >> (f->lanes - 1)) * f->ones >> (64 - f->lanes));
}

// Nonzero lanes of an m-tile, [STEPS][M0], as they stand in the window; `panel` chooses the block of groups.
void window_lanes(const Activations *a, Count tile, Count panel, Lanes *lanes);

// ---- compacted B (b.c)

typedef struct Word {
  uint8_t steps; // of A given up
  bool last, straddle;
  uint16_t empty;                      // columns without a weight
  uint32_t weights;                    // that are not zero
  uint32_t distance[WINDOW], lane, pe; // of these: A comes from [d] steps ahead, from another lane; the
                                       // product goes to another PE
} Word;

typedef struct Weights {
  Count words, panels;
  Word *word;
  Count *first, *count; // words of each panel
  int codes;            // (1 + d1) * (1 + d2): code e1, e2 is number e2 * (1 + d1) + e1
  Lanes *lanes;         // mode ab: nonzero weights [words][codes][chunks]
  Lanes *across;        // mode ab: those whose product goes to another PE [words][chunks]
} Weights;

// False if the stream is not one of PANELS panels, or memory is short.
bool weights_read(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, Weights *b);
void weights_free(Weights *b);

// ---- schedules (rounds.c). `takes` has room for as many as the tile has words.

void schedule_dense(const Plan *plan, Count steps, Schedule *s);
void schedule_a(const Plan *plan, const Lanes *a, Count steps, Schedule *s);
void schedule_b(const Plan *plan, const Weights *b, Count panel, Schedule *s);
// `pending` has room for M0 * chunks lanes per word. Without `tally` multiplications are not counted: that takes as
// long as all the rest.
void schedule_ab(const Plan *plan, const Lanes *a, Count steps, const Weights *b, Count panel, bool tally,
                 Lanes *pending, Schedule *s);

// ---- words of B in their banks (words.c)

typedef struct Words { // lac_replay_banked; words are counted in ReadCounts, too
  NestCounts load;     // the panel that is loaded
  Count load_left;     // words of it
  Count bank, rows;    // where the next word goes; rows of banks held and complete
  Count place, left;   // of the head: word of the group, words of the group left
  int visible;
} Words;

void words_start(Machine *m);
extern const WordReader words_reader;

// ---- all of a job (griffin.c)

typedef struct Griffin {
  const Plan *plan;
  Mode mode;
  Count steps;      // of a tile
  int depth, words; // of the window: steps of A, words of B
  bool runs_on;     // mode b: the window reaches into the next tile
  bool tallies;     // multiplications are counted
  bool keeps;       // mode ab: all schedules

  Activations a;
  Weights b;
  Schedule *schedules; // mode a: [blocks of groups][m-tiles]; b: [panels]; ab, if kept: [m-tiles][panels]; else one
  Take *takes;         // all of theirs
  Lanes *lanes;        // A of an m-tile
  Lanes *pending;      // mode ab: room for the pairs of a panel
  Count lanes_at;      // mode ab: whose lanes these are, as numbered by rows_number

  Words store;
  NestCounts nest;
  const Schedule *schedule; // of the tile at hand
  Count next;               // of its takes
  Count words_left;         // of the tile
  Count steps_left, job_steps_left;
  Count ring; // steps in the window and behind it
  Count idle; // PE-cycles lost, not yet counted as a cycle
  int causes[GRIFFIN_CAUSE_DELAY];
  Tally tally; // of the tiles begun
} Griffin;

#endif
