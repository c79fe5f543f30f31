// Kinds of engines by number. A family's rows have them:
//
// ENGINE(KIND, "name", number, family, "what is built, after which paper")
// The name is what a configuration says, the number is what the CAPS register says; neither may ever change.
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
