// Engine hss (docs/engines/hss.md): what lower floors need of it, as rows.
#ifndef LACUNA_ROWS_HSS_H
#define LACUNA_ROWS_HSS_H

// Children of a node of structured sparsity at most, at any rank.
enum { HSS_CHILDREN = 16 };

#define ENGINES_hss(ENGINE)                                                                                            \
  ENGINE(HSS, "hss", 3, hss, "hierarchical structured sparsity of B, G of H at every rank (HighLight, MICRO 2023)")

// Its modes (gen/rows/modes.h).
#define MODES_HSS(MODE) MODES_BY_ZEROS(MODE)

// Its keys, as gen/spec/spec_keys.h has them.
#define SPEC_KEYS_hss(KEY)                                                                                             \
  KEY(HSS_G0, "hss", "g0", NUMBER, 1, HSS_CHILDREN, "", 2, "words",                                                    \
      "rank 0: kept of each block; a job keeps g0 of g0 to h0")                                                        \
  KEY(HSS_H0, "hss", "h0", NUMBER, 1, HSS_CHILDREN, "", 4, "words", "rank 0: of a block, at most")                     \
  KEY(HSS_G1, "hss", "g1", NUMBER, 1, HSS_CHILDREN, "", 1, "blocks", "rank 1: kept of each part")                      \
  KEY(HSS_H1, "hss", "h1", NUMBER, 1, HSS_CHILDREN, "", DERIVED, "blocks",                                             \
      "rank 1: of a part, at most. Derived: g1, the rank is dense")                                                    \
  KEY(HSS_G2, "hss", "g2", NUMBER, 1, HSS_CHILDREN, "", 1, "parts", "rank 2: kept of each group")                      \
  KEY(HSS_H2, "hss", "h2", NUMBER, 1, HSS_CHILDREN, "", DERIVED, "parts",                                              \
      "rank 2: of a group, at most. Derived: g2, the rank is dense")                                                   \
  KEY(HSS_A_G0, "hss", "a_g0", NUMBER, 1, 8, "", DERIVED, "words",                                                     \
      "kept of each block of h0 words of A, beside whole blocks of B, g0 = h0. Derived: A as it is")                   \
  KEY(HSS_A_COMPRESSED, "hss", "a_compressed", FLAG, 0, 1, "", 0, "",                                                  \
      "A may lie in memory without its zeros; needs bus beats of 4 elements or more")

// Its fields of the plan, as gen/rows/plan.h has them; all zero in other engines.
#define PLAN_FIELDS_HSS(OWN_FIELD)                                                                                     \
  OWN_FIELD(hss, hss_, int, g0, FIELD_NUMBER, "words", "kept of a block")                                              \
  OWN_FIELD(hss, hss_, int, h0, FIELD_NUMBER, "words", "of a block, at most")                                          \
  OWN_FIELD(hss, hss_, int, g1, FIELD_NUMBER, "blocks", "kept of a part")                                              \
  OWN_FIELD(hss, hss_, int, h1, FIELD_NUMBER, "blocks", "of a part, at most")                                          \
  OWN_FIELD(hss, hss_, int, g2, FIELD_NUMBER, "parts", "kept of a group")                                              \
  OWN_FIELD(hss, hss_, int, h2, FIELD_NUMBER, "parts", "of a group, at most")                                          \
  OWN_FIELD(hss, hss_, int, groups, FIELD_NUMBER, "groups", "in a step of a column")                                   \
  OWN_FIELD(hss, hss_, int, group_bits, FIELD_NUMBER, "bits", "offsets of a group")                                    \
  OWN_FIELD(hss, hss_, int, a_g0, FIELD_NUMBER, "words", "kept of a block of A; 0: A as it is")

// What a job register must hold, as gen/plan/registers.h has it.
#define JOB_CHECKS_hss(CHECK)                                                                                          \
  CHECK(PATTERN, ALWAYS, RANGE(0, 8, plan->hss.g0, plan->hss.h0), "each H: G to H of the hardware")                    \
  CHECK(PATTERN, ALWAYS, RANGE(8, 8, plan->hss.g1, plan->hss.h1), "each H: G to H of the hardware")                    \
  CHECK(PATTERN, ALWAYS, RANGE(16, 8, plan->hss.g2, plan->hss.h2), "each H: G to H of the hardware")

#endif

FAMILY(hss)
