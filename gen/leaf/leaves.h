// The signatures of the leaves of rtl/ that builders instantiate: leaf_skid describes lac_skid, and so on.
// `make leaves` reads them from the Verilog, with what leaves.txt beside it says, and writes signatures.inc of each
// folder. The Makefile makes one file of these.
#ifndef LACUNA_LEAVES_H
#define LACUNA_LEAVES_H

#include "gen/hdl/hdl.h"

#define LEAF(name, ...) extern const Leaf leaf_##name;
#include "build/signatures.inc"
#undef LEAF

const Leaf *leaf_find(const char *name); // by its name in Verilog; NULL if there is none
const Leaf *leaf_at(size_t index);       // NULL past the last one

#endif
