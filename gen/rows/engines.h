// The registry: an engine is a row here, its rows for lower floors beside it, and folders of its family's name in every
// layer. Rows include nothing, so that every layer may read them.
#ifndef LACUNA_ROWS_ENGINES_H
#define LACUNA_ROWS_ENGINES_H

// ENGINE(KIND, "name", number, family, "what is built, after which paper")
// The name is what a configuration says, the number is what the CAPS register says; neither may ever change.
#define ENGINES(ENGINE)                                                                                                \
  ENGINE(                                                                                                              \
      DENSE, "dense", 1, dense,                                                                                        \
      "output-stationary dot products, after the dense core of Griffin (Shafiee et al., HPCA 2022, arXiv 2107.12922)") \
  ENGINE(GRIFFIN, "griffin", 2, griffin,                                                                               \
         "one core that is dense, weight-sparse, activation-sparse or dual-sparse at run time (Griffin, HPCA 2022)")   \
  ENGINE(SPARSE_A, "sparse_a", 7, griffin, "zeros of A skipped on the fly (Sparse.A of Griffin, HPCA 2022)")           \
  ENGINE(SPARSE_B, "sparse_b", 8, griffin,                                                                             \
         "zeros of B skipped by offline compaction (Sparse.B of Griffin, HPCA 2022)")                                  \
  ENGINE(SPARSE_AB, "sparse_ab", 9, griffin,                                                                           \
         "zeros of both skipped: compacted B, arbitration per PE (Sparse.AB of Griffin, HPCA 2022)")                   \
  ENGINE(HSS, "hss", 3, hss, "hierarchical structured sparsity of B, G of H at every rank (HighLight, MICRO 2023)")    \
  ENGINE(                                                                                                              \
      OUTER, "outer", 4, outer,                                                                                        \
      "outer products of columns of A and rows of B without their zeros, several k at once (after Dual-side Sparse "   \
      "Tensor Core, ISCA 2021)")

// Engines of a family share their code: each layer has one record of each family, found by this name when the program
// is linked.
#define ENGINE_FAMILIES(FAMILY) FAMILY(dense) FAMILY(griffin) FAMILY(hss) FAMILY(outer)

#define ENGINE_KIND(KIND, name, number, family, paper) ENGINE_##KIND,
typedef enum EngineKind { ENGINES(ENGINE_KIND) ENGINE_COUNT } EngineKind;
#undef ENGINE_KIND

#define ENGINE_WORD(KIND, name, number, family, paper) name " "
#define ENGINE_NAMES                                   ENGINES(ENGINE_WORD) // all names, a blank after each

#endif
