// The table of modes: a row per kind of engine, made of the rows of gen/rows.
#include "gen/plan/modes.h"
#include "gen/rows/dense.h"
#include "gen/rows/griffin.h"
#include "gen/rows/hss.h"
#include "gen/rows/outer.h"

#include <stddef.h>

#define MODE_ROW(NAME, number, word, skips_a, skips_b) [number] = {word, skips_a, skips_b},
#define ENGINE_ROW(KIND, ...)                          [ENGINE_##KIND] = {MODES_##KIND(MODE_ROW)},
static const ModeWord modes[ENGINE_COUNT][MODES_MOST] = {ENGINES(ENGINE_ROW)};

const ModeWord *engine_mode(EngineKind engine, Mode mode) {
  return mode < MODES_MOST && modes[engine][mode].word ? &modes[engine][mode] : NULL;
}

int engine_all_modes(EngineKind engine) {
  int all = 0;
  for (Mode mode = 0; mode < MODES_MOST; mode++)
    if (engine_mode(engine, mode)) all |= 1 << mode;
  return all;
}
