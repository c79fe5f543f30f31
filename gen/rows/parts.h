// What an accelerator may have beside what all have. The plan says which (gen/plan/plan.h: plan_has); registers, the
// shell, the cycle model and the packers ask for parts and not for engines.
#ifndef LACUNA_ROWS_PARTS_H
#define LACUNA_ROWS_PARTS_H

// PART(NAME, "what there is")
#define PARTS(PART)                                                                                                    \
  PART(MODES, "modes that skip zeros: MODE")                                                                           \
  PART(LANES, "B lies in memory in words of lanes; else in records that say how long they are")                        \
  PART(META_B, "metadata of B, a channel of its own")                                                                  \
  PART(META_LANES, "these lie in lanes, too")                                                                          \
  PART(PERMUTE, "panels of B of different lengths, whose columns may stand in another order: PERMUTE")                 \
  PART(PATTERN, "steps as long as the job says: PATTERN, BEAT")                                                        \
  PART(LISTED_A, "a list of the steps that are read of A, the rows of a tile in turns")                                \
  PART(OFFSETS_A, "elements of A with bits that must be zero")                                                         \
  PART(COMPRESSED_A, "A without its zeros: A_FORMAT, metadata on a channel of their own")                              \
  PART(SPARSE_C, "C without its zeros: C_FORMAT")                                                                      \
  PART(READS, "a count of reads of the A buffer")                                                                      \
  PART(REPORTS, "counts of the engine's own")                                                                          \
  PART(NEST, "a job that is the nest of tiles, panels and steps: A reader, column parameters, epilogue, C buffer")     \
  PART(OWN_JOB, "a job that the engine drives itself: it asks for what is read, streams out results, says the end")

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
