// Modes of engines (gen/rows/modes.h) by number.
#ifndef LACUNA_MODES_H
#define LACUNA_MODES_H

#include <stdbool.h>

#include "gen/rows/kinds.h"
#include "gen/rows/modes.h"

typedef unsigned Mode; // number of a mode of an engine

typedef struct ModeWord {
  const char *word;
  bool skips_a, skips_b;
} ModeWord;

// NULL if the engine has no such mode.
const ModeWord *engine_mode(EngineKind engine, Mode mode);

// All modes that such an engine may have, a bit 1 << mode each.
int engine_all_modes(EngineKind engine);

#endif
