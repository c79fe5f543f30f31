// The table of modes: a row per kind of engine, made of the rows of gen/rows.
#include "gen/plan/modes.h"

#include <stddef.h>

#define MODE_ROW(NAME, number, word, skips_a, skips_b) [number] = {word, skips_a, skips_b},
#define ENGINE_ROW(KIND, ...)                          [ENGINE_##KIND] = {MODES_##KIND(MODE_ROW)},
static const ModeWord modes[ENGINE_COUNT][MODES_MOST] = {
#define FAMILY(family) ENGINES_##family(ENGINE_ROW)
#include "gen/rows/engines.h"
};

const ModeWord *engine_mode(EngineKind engine, Mode mode) {
  return mode < MODES_MOST && modes[engine][mode].word ? &modes[engine][mode] : NULL;
}

int engine_all_modes(EngineKind engine) {
  int all = 0;
  for (Mode mode = 0; mode < MODES_MOST; mode++)
    if (engine_mode(engine, mode)) all |= 1 << mode;
  return all;
}
