// The registry: a line here for each family of engines. Engines of a family share their code. gen/rows/NAME.h has its
// kinds, and what lower floors need of it, as rows; all else of it is in folders of its name.
//
// What concerns every family comes from including this file, as often as it takes: each row of it ends in FAMILY(NAME),
// which the file that includes it defines before. Without it there are the rows alone. Rows include nothing else, so
// that every layer may read them.
#ifndef FAMILY
#define FAMILY(family)
#endif

#include "gen/rows/dense.h"
#include "gen/rows/griffin.h"
#include "gen/rows/hss.h"
#include "gen/rows/outer.h"

#undef FAMILY
