// The registry of engines: one line here for each family. Engines of a family share their code. gen/rows/NAME.h has the
// rows of family NAME: its kinds, and what the lower layers need of it. All else is in folders of that name
// (docs/adding-an-engine.md).
//
// A file that needs something of every family defines FAMILY(NAME) and includes this file: each gen/rows/NAME.h ends
// with FAMILY(NAME). It may do so more than once. Without FAMILY the file brings the rows only. Files of gen/rows
// include nothing else, so that every layer may include them.
#ifndef FAMILY
#define FAMILY(family)
#endif

#include "gen/rows/dense.h"
#include "gen/rows/griffin.h"
#include "gen/rows/hss.h"
#include "gen/rows/outer.h"

#undef FAMILY
