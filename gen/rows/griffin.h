// Engines griffin, sparse_a, sparse_b and sparse_ab (docs/engines/griffin.md): their rows for the lower layers.
#ifndef LACUNA_ROWS_GRIFFIN_H
#define LACUNA_ROWS_GRIFFIN_H

// Limits of windows: steps of A that a multiplier can choose from; operands of A that a slot of mode a can choose from.
enum { MAX_WINDOW = 16, MAX_PLACES = 256 };

#define ENGINES_griffin(ENGINE)                                                                                        \
  ENGINE(GRIFFIN, "griffin", 2, griffin,                                                                               \
         "one core that is dense, weight-sparse, activation-sparse or dual-sparse at run time (Griffin, HPCA 2022)")   \
  ENGINE(SPARSE_A, "sparse_a", 7, griffin, "zeros of A skipped on the fly (Sparse.A of Griffin, HPCA 2022)")           \
  ENGINE(SPARSE_B, "sparse_b", 8, griffin,                                                                             \
         "zeros of B skipped by offline compaction (Sparse.B of Griffin, HPCA 2022)")                                  \
  ENGINE(SPARSE_AB, "sparse_ab", 9, griffin,                                                                           \
         "zeros of both skipped: compacted B, arbitration per PE (Sparse.AB of Griffin, HPCA 2022)")

// Modes of each engine (gen/rows/modes.h).
#define MODES_GRIFFIN(MODE)   MODES_BY_ZEROS(MODE)
#define MODES_SPARSE_A(MODE)  MODE_OF_DENSE(MODE) MODE_OF_A(MODE)
#define MODES_SPARSE_B(MODE)  MODE_OF_DENSE(MODE) MODE_OF_B(MODE)
#define MODES_SPARSE_AB(MODE) MODE_OF_DENSE(MODE) MODE_OF_AB(MODE)

// Its keys, as gen/spec/spec_keys.h has them.
#define SPEC_KEYS_griffin(KEY)                                                                                         \
  KEY(A_D1, "sparse_a", "d1", NUMBER, 1, 15, "", 2, "steps",                                                           \
      "mode a: lookahead. The window is 1 + d1 steps, at most 16")                                                     \
  KEY(A_D2, "sparse_a", "d2", NUMBER, 0, 7, "", 1, "lanes", "mode a: lookaside across lanes, less than tile.k")        \
  KEY(A_D3, "sparse_a", "d3", NUMBER, 0, 3, "", 1, "rows", "mode a: borrowing across rows of PEs, less than tile.m")   \
  KEY(B_D1, "sparse_b", "d1", NUMBER, 1, 15, "", 8, "steps",                                                           \
      "mode b: lookahead. The window is 1 + d1 steps, at most 16")                                                     \
  KEY(B_D2, "sparse_b", "d2", NUMBER, 0, 7, "", 0, "lanes", "mode b: lookaside across lanes, less than tile.k")        \
  KEY(B_D3, "sparse_b", "d3", NUMBER, 0, 3, "", 1, "columns",                                                          \
      "mode b: borrowing across columns of PEs, less than tile.n")                                                     \
  KEY(AB_A1, "sparse_ab", "da1", NUMBER, 1, 7, "", 2, "words",                                                         \
      "mode ab: lookahead of A, in words of compacted B. (1 + da1) * (1 + db1) is at most 16")                         \
  KEY(AB_A2, "sparse_ab", "da2", NUMBER, 0, 7, "", 0, "lanes",                                                         \
      "mode ab: lookaside of A across lanes, less than tile.k")                                                        \
  KEY(AB_A3, "sparse_ab", "da3", NUMBER, 0, 0, "", 0, "rows",                                                          \
      "mode ab: borrowing of A across rows. Only 0 is built, since each PE arbitrates for itself")                     \
  KEY(AB_B1, "sparse_ab", "db1", NUMBER, 1, 7, "", 2, "steps", "mode ab: lookahead of B")                              \
  KEY(AB_B2, "sparse_ab", "db2", NUMBER, 0, 7, "", 0, "lanes",                                                         \
      "mode ab: lookaside of B across lanes, less than tile.k")                                                        \
  KEY(AB_B3, "sparse_ab", "db3", NUMBER, 0, 3, "", 1, "columns",                                                       \
      "mode ab: borrowing of B across columns of PEs, less than tile.n")                                               \
  KEY(SHUFFLE, "window", "shuffle", FLAG, 0, 1, "", 1, "",                                                             \
      "groups of four lanes are rotated by the number of the step. This spreads zeros that cluster in a lane")         \
  KEY(WRAP, "window", "wrap", FLAG, 0, 1, "", 1, "", "the last column of PEs can borrow from the first")               \
  KEY(RUN_ON, "window", "run_on", FLAG, 0, 1, "", 0, "",                                                               \
      "mode b: the window continues into the next tile of the group. Needs a second set of accumulators")              \
  KEY(SUPPLY, "window", "supply", NUMBER, 1, 16, "", DERIVED, "steps",                                                 \
      "steps of A that the A buffer supplies per cycle. Derived from the deepest window")

#define JOB_CHECKS_griffin(CHECK)

// Its fields of the plan, as gen/rows/plan.h says; all zero in other engines.
#define PLAN_PART_griffin(fields)                                                                                      \
  struct {                                                                                                             \
    fields                                                                                                             \
  } window;
#define PLAN_FIELDS_griffin(OWN_FIELD)                                                                                 \
  OWN_FIELD(window, , int, a_d1, FIELD_NUMBER, "steps", "mode a: lookahead")                                           \
  OWN_FIELD(window, , int, a_d2, FIELD_NUMBER, "lanes", "mode a: lookaside")                                           \
  OWN_FIELD(window, , int, a_d3, FIELD_NUMBER, "rows", "mode a: borrowing across rows")                                \
  OWN_FIELD(window, , int, b_d1, FIELD_NUMBER, "steps", "mode b: lookahead")                                           \
  OWN_FIELD(window, , int, b_d2, FIELD_NUMBER, "lanes", "mode b: lookaside")                                           \
  OWN_FIELD(window, , int, b_d3, FIELD_NUMBER, "columns", "mode b: borrowing across columns")                          \
  OWN_FIELD(window, , int, ab_a1, FIELD_NUMBER, "words", "mode ab: lookahead of A")                                    \
  OWN_FIELD(window, , int, ab_a2, FIELD_NUMBER, "lanes", "mode ab: lookaside of A")                                    \
  OWN_FIELD(window, , int, ab_b1, FIELD_NUMBER, "steps", "mode ab: lookahead of B")                                    \
  OWN_FIELD(window, , int, ab_b2, FIELD_NUMBER, "lanes", "mode ab: lookaside of B")                                    \
  OWN_FIELD(window, , int, ab_b3, FIELD_NUMBER, "columns", "mode ab: borrowing of B across columns")                   \
  OWN_FIELD(window, , bool, shuffle, FIELD_FLAG, "", "groups of four lanes are rotated step by step")                  \
  OWN_FIELD(window, , bool, wrap, FIELD_FLAG, "", "the last column can borrow from the first")                         \
  OWN_FIELD(window, , bool, run_on, FIELD_FLAG, "", "mode b: the window continues into the next tile")                 \
  OWN_FIELD(window, , int, dist_bits, FIELD_NUMBER, "bits", "code of a weight: step")                                  \
  OWN_FIELD(window, , int, side_bits, FIELD_NUMBER, "bits", "code of a weight: lane")                                  \
  OWN_FIELD(window, , int, across_bits, FIELD_NUMBER, "bits", "code of a weight: column")                              \
  OWN_FIELD(window, , int, code_bits, FIELD_NUMBER, "bits", "code of a weight")                                        \
  OWN_FIELD(window, , int, advance_bits, FIELD_NUMBER, "bits", "header of a word: steps consumed")                     \
  OWN_FIELD(window, , int, header_bits, FIELD_NUMBER, "bits", "header of a word")

#endif

FAMILY(griffin)
