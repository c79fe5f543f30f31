// How the tables gen/leaves_*.c are written. A new table is declared here and listed in gen/leaves.c.
#ifndef LACUNA_LEAVES_TABLE_H
#define LACUNA_LEAVES_TABLE_H

#include "hdl.h"

#define ANY_NUMBER (1 << 30)
#define PARAMS(...)                                                                                                    \
  (const LeafParam[]) {                                                                                                \
    __VA_ARGS__, { NULL, 0, 0, NULL }                                                                                  \
  }
#define PORTS(...)                                                                                                     \
  (const LeafPort[]) {                                                                                                 \
    __VA_ARGS__, { NULL, PORT_IN, NULL, NULL }                                                                         \
  }
#define IN(name, width)                                                                                                \
  { name, PORT_IN, width, NULL }
#define OUT(name, width, comb)                                                                                         \
  { name, PORT_OUT, width, comb }

extern const Leaf leaves_queues[], leaves_axi[], leaves_shell[], leaves_dense[]; // each ends with a NULL name

#endif
