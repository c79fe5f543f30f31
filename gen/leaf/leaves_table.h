// How the records in gen/leaf and gen/engine/*/leaves*.c are written.
#ifndef LACUNA_LEAVES_TABLE_H
#define LACUNA_LEAVES_TABLE_H

#include "gen/leaf/leaves.h"

#define ANY_NUMBER (1 << 30)
#define PARAMS(...)                                                                                                    \
  (const LeafParam[]) {                                                                                                \
    __VA_ARGS__, {                                                                                                     \
      NULL, 0, 0, NULL                                                                                                 \
    }                                                                                                                  \
  }
#define PORTS(...)                                                                                                     \
  (const LeafPort[]) {                                                                                                 \
    __VA_ARGS__, {                                                                                                     \
      NULL, PORT_IN, NULL, NULL                                                                                        \
    }                                                                                                                  \
  }
#define IN(name, width)                                                                                                \
  { name, PORT_IN, width, NULL }
#define OUT(name, width, comb)                                                                                         \
  { name, PORT_OUT, width, comb }

#endif
