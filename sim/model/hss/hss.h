// The engine of structured sparsity in the cycle model (docs/engines/hss.md), private to sim/model/hss.
#ifndef LACUNA_MODEL_HSS_H
#define LACUNA_MODEL_HSS_H

#include "sim/model/engine.h"

typedef struct Expand { // lac_a_expand; the set is the one at the head of both streams
  const uint8_t *meta;
  Count meta_bytes, at;    // of all sets; where the set begins
  int head, count, length; // bytes of its count and ends; its values; bytes of its metadata
  Count sets, segments;    // left of the segment, this one included; left in all
  Count values, bytes;     // in the queues
  bool fires, valid, last; // the set goes; a beat is offered, the last of its segment
} Expand;

typedef struct Hss {
  const Plan *plan;
  Expand expand;
} Hss;

extern const BeatReader expand_reader;
void expand_start(Machine *m);

// Reads of the RAMs of the A buffer in the whole job, all banks together (buffer.c).
Count buffer_reads(const Plan *plan, const Config *config);

#endif
