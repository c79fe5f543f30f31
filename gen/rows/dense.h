// Engine dense (docs/engines/dense.md): its rows for the lower layers.
#ifndef LACUNA_ROWS_DENSE_H
#define LACUNA_ROWS_DENSE_H

#define ENGINES_dense(ENGINE)                                                                                          \
  ENGINE(                                                                                                              \
      DENSE, "dense", 1, dense,                                                                                        \
      "output-stationary dot products, after the dense core of Griffin (Shafiee et al., HPCA 2022, arXiv 2107.12922)")

#define MODES_DENSE(MODE) MODE_OF_DENSE(MODE)

#define SPEC_KEYS_dense(KEY)
#define JOB_CHECKS_dense(CHECK)
#define PLAN_PART_dense(fields)
#define PLAN_FIELDS_dense(OWN_FIELD)

#endif

FAMILY(dense)
