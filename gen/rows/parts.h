// Optional parts of an accelerator. The plan says which are built (plan_has in gen/plan/plan.h). Registers, the shell,
// the cycle model and the packers ask for parts, never for an engine.
#ifndef LACUNA_ROWS_PARTS_H
#define LACUNA_ROWS_PARTS_H

// PART(NAME, "what the accelerator has"): registers and channels of the part are named where they exist.
#define PARTS(PART)                                                                                                    \
  PART(MODES, "modes that skip zeros: MODE")                                                                           \
  PART(LANES, "B lies in memory as words of lanes. Without it: as records, each with its length")                      \
  PART(META_B, "metadata of B, read on channel M")                                                                     \
  PART(META_LANES, "the metadata of B lie in lanes")                                                                   \
  PART(PERMUTE, "panels of B of different lengths, with columns in any order: PERMUTE")                                \
  PART(PATTERN, "steps of a length that the job sets: PATTERN, BEAT")                                                  \
  PART(LISTED_A, "a list of the steps of A to read; the rows of a tile are read in several turns")                     \
  PART(OFFSETS_A, "elements of A that hold offsets; their unused bits must be zero")                                   \
  PART(COMPRESSED_A, "compressed A: A_FORMAT; its metadata are read on channel AM")                                    \
  PART(SPARSE_C, "compressed C: C_FORMAT")                                                                             \
  PART(READS, "a counter of reads of the A buffer: BUFFER_READS")                                                      \
  PART(REPORTS, "counters that only this engine has: BORROWED_*")                                                      \
  PART(NEST, "jobs that follow the nest of tiles, panels and steps: A reader, column parameters, epilogue, C buffer")  \
  PART(OWN_JOB, "jobs that the engine drives: it makes the read requests, streams out results and says the end")

#define PART_PLACE(NAME, what) PART_PLACE_##NAME,
enum { PARTS(PART_PLACE) PART_COUNT };
#undef PART_PLACE

#define PART_BIT(NAME, what) PART_##NAME = 1 << PART_PLACE_##NAME,
enum { PART_ALWAYS = 0, PARTS(PART_BIT) };
#undef PART_BIT

// What either of two parts brings.
enum {
  PART_READS_M = PART_META_B | PART_OWN_JOB,
  PART_READS_AM = PART_COMPRESSED_A | PART_OWN_JOB,
  PART_COUNTED_C = PART_SPARSE_C | PART_OWN_JOB // results of a length that nobody knows before
};

// Registers of these parts are in the map of devices that have the part, and of no others.
enum { PARTS_LATE = PART_SPARSE_C | PART_OWN_JOB };

#endif
