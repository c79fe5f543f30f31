// The engines. Adding one is a row here, a value in EngineKind (gen/plan/plan.h), its folders gen/engine/<name>, ...
// and its leaves.
#ifndef LACUNA_ENGINE_H
#define LACUNA_ENGINE_H

#include "gen/hdl/hdl.h"
#include "gen/plan/plan.h"

// ENGINE(KIND, "name", number, shape hook, plan hook, build hook, "what is built, after which paper")
// The name is what a configuration says, the number is what the CAPS register says; neither may ever change.
// shape hook: what the buffers must suit: modes, windows, ranks; false after reporting an error. NULL: one step a
// cycle. plan hook:  refines the plan after the common rules; false after reporting an error. NULL: nothing to refine.
// build hook: adds the engine's modules to the design and returns its top, which has the ports of the engine contract
//             (docs/architecture.md, Streams). Mistakes go to the design's error list.
#define ENGINES(ENGINE)                                                                                                \
  ENGINE(                                                                                                              \
      DENSE, "dense", 1, NULL, NULL, build_dense,                                                                      \
      "output-stationary dot products, after the dense core of Griffin (Shafiee et al., HPCA 2022, arXiv 2107.12922)") \
  ENGINE(GRIFFIN, "griffin", 2, shape_griffin, plan_griffin, build_griffin,                                            \
         "one core that is dense, weight-sparse, activation-sparse or dual-sparse at run time (Griffin, HPCA 2022)")   \
  ENGINE(SPARSE_A, "sparse_a", 7, shape_griffin, plan_griffin, build_griffin,                                          \
         "zeros of A skipped on the fly (Sparse.A of Griffin, HPCA 2022)")                                             \
  ENGINE(SPARSE_B, "sparse_b", 8, shape_griffin, plan_griffin, build_griffin,                                          \
         "zeros of B skipped by offline compaction (Sparse.B of Griffin, HPCA 2022)")                                  \
  ENGINE(SPARSE_AB, "sparse_ab", 9, shape_griffin, plan_griffin, build_griffin,                                        \
         "zeros of both skipped: compacted B, arbitration per PE (Sparse.AB of Griffin, HPCA 2022)")                   \
  ENGINE(HSS, "hss", 3, shape_hss, plan_hss, build_hss,                                                                \
         "hierarchical structured sparsity of B, G of H at every rank (HighLight, MICRO 2023)")                        \
  ENGINE(                                                                                                              \
      OUTER, "outer", 4, NULL, plan_outer, build_outer,                                                                \
      "outer products of columns of A and rows of B without their zeros, several k at once (after Dual-side Sparse "   \
      "Tensor Core, ISCA 2021)")

Module *build_dense(Design *design, const Plan *plan);
Module *build_griffin(Design *design, const Plan *plan); // all four kinds with windows
Module *build_hss(Design *design, const Plan *plan);
Module *build_outer(Design *design, const Plan *plan);

bool shape_griffin(const Spec *spec, Plan *plan);
bool plan_griffin(const Spec *spec, Plan *plan);
bool shape_hss(const Spec *spec, Plan *plan);
bool plan_hss(const Spec *spec, Plan *plan);
bool plan_outer(const Spec *spec, Plan *plan);
bool plan_outer_tile(const Spec *spec, Plan *plan);   // of the outer-product engine, before the buffers: T, KT, blocks
bool plan_outer_stores(const Spec *spec, Plan *plan); // its B buffer

#define ENGINE_WORD(KIND, name, number, shape, plan, build, paper) name " "
#define ENGINE_NAMES                                               ENGINES(ENGINE_WORD) // all names, a blank after each

typedef struct Engine {
  const char *name;
  int number;
  bool (*shape)(const Spec *spec, Plan *plan);
  bool (*plan)(const Spec *spec, Plan *plan);
  Module *(*build)(Design *design, const Plan *plan);
  const char *paper;
} Engine;

const Engine *engine_of(EngineKind kind);

#endif
