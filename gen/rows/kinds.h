// The kinds of engines, as an enum. Each family lists its own (ENGINES_NAME in gen/rows/NAME.h):
//
// ENGINE(KIND, "name", number, family, "what is built, after which paper")
// name: key `engine` of a configuration. number: field of the register CAPS. Neither may ever change.
#ifndef LACUNA_ROWS_KINDS_H
#define LACUNA_ROWS_KINDS_H

#include "gen/rows/engines.h"

#define ENGINE_KIND(KIND, name, number, family, paper) ENGINE_##KIND,
typedef enum EngineKind {
#define FAMILY(family) ENGINES_##family(ENGINE_KIND)
#include "gen/rows/engines.h"
  ENGINE_COUNT
} EngineKind;
#undef ENGINE_KIND

#endif
