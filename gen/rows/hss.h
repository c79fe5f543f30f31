// Engine hss (docs/engines/hss.md): its rows for the lower layers.
#ifndef LACUNA_ROWS_HSS_H
#define LACUNA_ROWS_HSS_H

// The most children of a node of structured sparsity, at any rank.
enum { HSS_CHILDREN = 16 };

#define ENGINES_hss(ENGINE)                                                                                            \
  ENGINE(HSS, "hss", 3, hss, "hierarchical structured sparsity of B, G of H at every rank (HighLight, MICRO 2023)")

// Its modes (gen/rows/modes.h).
#define MODES_HSS(MODE) MODES_BY_ZEROS(MODE)

// Its keys, as gen/spec/spec_keys.h has them.
#define SPEC_KEYS_hss(KEY)                                                                                             \
  KEY(HSS_G0, "hss", "g0", NUMBER, 1, HSS_CHILDREN, "", 2, "words",                                                    \
      "rank 0, G0: words kept of each block. A job has G0 : H0 with H0 from g0 to h0")                                 \
  KEY(HSS_H0, "hss", "h0", NUMBER, 1, HSS_CHILDREN, "", 4, "words", "rank 0: largest H0, words of a block")            \
  KEY(HSS_G1, "hss", "g1", NUMBER, 1, HSS_CHILDREN, "", 1, "blocks", "rank 1, G1: blocks kept of each part")           \
  KEY(HSS_H1, "hss", "h1", NUMBER, 1, HSS_CHILDREN, "", DERIVED, "blocks",                                             \
      "rank 1: largest H1, blocks of a part. Derived: g1, so that the rank is dense")                                  \
  KEY(HSS_G2, "hss", "g2", NUMBER, 1, HSS_CHILDREN, "", 1, "parts", "rank 2, G2: parts kept of each group")            \
  KEY(HSS_H2, "hss", "h2", NUMBER, 1, HSS_CHILDREN, "", DERIVED, "parts",                                              \
      "rank 2: largest H2, parts of a group. Derived: g2, so that the rank is dense")                                  \
  KEY(HSS_A_G0, "hss", "a_g0", NUMBER, 1, 8, "", DERIVED, "words",                                                     \
      "structured A: words kept of each block of h0 words of A. Blocks of B are kept whole, so g0 = h0. Derived: A "   \
      "is "                                                                                                            \
      "not structured")                                                                                                \
  KEY(HSS_A_COMPRESSED, "hss", "a_compressed", FLAG, 0, 1, "", 0, "",                                                  \
      "A may be compressed in memory. Needs a bus beat of 4 elements or more")

// Its fields of the plan, as gen/rows/plan.h says; all zero in other engines.
#define PLAN_PART_hss(fields)                                                                                          \
  struct {                                                                                                             \
    fields                                                                                                             \
  } hss;
#define PLAN_FIELDS_hss(OWN_FIELD)                                                                                     \
  OWN_FIELD(hss, hss_, int, g0, FIELD_NUMBER, "words", "rank 0: kept of a block")                                      \
  OWN_FIELD(hss, hss_, int, h0, FIELD_NUMBER, "words", "rank 0: largest block")                                        \
  OWN_FIELD(hss, hss_, int, g1, FIELD_NUMBER, "blocks", "rank 1: kept of a part")                                      \
  OWN_FIELD(hss, hss_, int, h1, FIELD_NUMBER, "blocks", "rank 1: largest part")                                        \
  OWN_FIELD(hss, hss_, int, g2, FIELD_NUMBER, "parts", "rank 2: kept of a group")                                      \
  OWN_FIELD(hss, hss_, int, h2, FIELD_NUMBER, "parts", "rank 2: largest group")                                        \
  OWN_FIELD(hss, hss_, int, groups, FIELD_NUMBER, "groups", "groups of a column in a step")                            \
  OWN_FIELD(hss, hss_, int, group_bits, FIELD_NUMBER, "bits", "offsets of a group")                                    \
  OWN_FIELD(hss, hss_, int, a_g0, FIELD_NUMBER, "words", "structured A: kept of a block; 0: A is not structured")

// Rules for its job registers, as gen/plan/registers.h has them.
#define JOB_CHECKS_hss(CHECK)                                                                                          \
  CHECK(PATTERN, ALWAYS, RANGE(0, 8, plan->hss.g0, plan->hss.h0), "each H: from G to the largest H of the hardware")   \
  CHECK(PATTERN, ALWAYS, RANGE(8, 8, plan->hss.g1, plan->hss.h1), "each H: from G to the largest H of the hardware")   \
  CHECK(PATTERN, ALWAYS, RANGE(16, 8, plan->hss.g2, plan->hss.h2), "each H: from G to the largest H of the hardware")

#endif

FAMILY(hss)
