// Compacted B (docs/formats.md): from words with a step of K each, as pack_matrix and pack_weights leave them, to the
// words and metadata of modes b and ab. Convolutions, groups and padded runs need nothing of their own here: they are
// plain words before. Allocates nothing; compiles for bare metal.
#ifndef LACUNA_PACK_COMPACT_H
#define LACUNA_PACK_COMPACT_H

#include "harness/job/job.h"
#include "harness/pack/griffin/compact.h"

CompactRules pack_rules(const Plan *plan, Mode mode);

// Plain B of a job, and which columns make up its panels.
typedef struct PackPlain {
  const uint8_t *bytes;   // pack_plain_bytes(plan, job)
  const uint32_t *source; // [PANELS][N0]: the panel whose column c stands in column c of this one; NULL: its own
} PackPlain;

// Nonzero bits of panels [first, first + panels), as compact() wants them: [panels][STEPS][K0].
void pack_nonzero(const Plan *plan, const Job *job, const PackPlain *plain, uint32_t first, uint32_t panels,
                  uint64_t *nonzero);

// Where panels go after others have been written: compacted B and metadata, which must be zero before.
typedef struct PackOutput {
  uint8_t *b, *m;
  uint64_t word; // the next one; moved on
} PackOutput;

// Writes `count` words that compact() has made of the panels from `first` on.
void pack_words(const Plan *plan, const Job *job, const PackPlain *plain, uint32_t first, uint32_t count,
                const CompactWord *words, const CompactCode *codes, PackOutput *output);

// Sorts columns into panels by their nonzeros, within groups of panels, blocks of groups and residue classes mod N0, so
// that a column keeps its place in its panel: `source` as in PackPlain, `nonzeros` [PANELS][N0] of plain B. The job's
// loop order is set. False if every column stays where it is.
bool pack_sort(const Plan *plan, const Job *job, const uint32_t *nonzeros, uint32_t *source);

// Nonzeros of each column of each panel, from the bits of all panels.
void pack_count(const Plan *plan, const Job *job, const uint64_t *nonzero, uint32_t *nonzeros);

#endif
