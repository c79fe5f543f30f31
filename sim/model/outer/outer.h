// The outer-product engine beside the shell's units, private to sim/model/outer: a job's operands and its array.
#ifndef LACUNA_MODEL_OUTER_JOB_H
#define LACUNA_MODEL_OUTER_JOB_H

#include "sim/model/activations.h"
#include "sim/model/engine.h"
#include "sim/model/outer/array.h"

typedef struct Unpack { // lac_a_unpack
  const uint8_t *meta;
  Count meta_bytes, at; // of all sets; where the set at the head of the metadata begins
  int length;           // bytes of its metadata
  int count;            // values of the set before it
  Count sets, segments; // left of the segment, the one at the head included; left in all
  Count values, bytes;  // in the queues
  int place, tile;      // of the set at the head: place in its tile, that tile's bits
  int next_count;       // its values
  bool set, set_last;   // there is one before it that waits for its values; it is the last of its segment
  bool goes, fires;     // the bitmap is taken; the set before it goes
  bool valid, last;     // a beat is offered, the last of its segment
} Unpack;

typedef struct Outer {
  const Plan *plan;
  const uint32_t *reg;
  const uint8_t *meta;
  Count meta_bytes;
  bool skips;     // zeros of A
  LaneRows *rows; // of all k-tiles of all tiles; where no zeros are skipped of one that has none

  OuterArray array;
  Unpack unpack;
  NestCounts nest; // of the k-tile that is loaded
  struct {
    Count step;
    bool last;
  } numbers[OUTER_WAY]; // of k-tiles that are read, the oldest first
  int waiting;
  int causes[OUTER_CAUSE_DELAY];
} Outer;

// ---- A (a.c)

// By block of groups, m-tile, k-tile and k; NULL if memory is short. free() it.
LaneRows *outer_read_rows(const Plan *plan, const uint32_t *reg, const ModelMemory *memory);
LaneRows *outer_all_rows(const Plan *plan); // of a k-tile without zeros

// ---- compressed A (unpack.c)

void unpack_start(Machine *m);
extern const BeatReader unpack_reader;

#endif
