// The signatures of the leaves of rtl/ that builders instantiate: leaf_skid describes lac_skid, and so on.
// `make leaves` reads them from the Verilog, with what gen/leaf/leaves.txt says of it, and writes signatures.inc.
#ifndef LACUNA_LEAVES_H
#define LACUNA_LEAVES_H

#include "gen/hdl/hdl.h"

#define LEAF(name, ...) extern const Leaf leaf_##name;
#include "gen/leaf/signatures.inc"
#undef LEAF

const Leaf *leaf_find(const char *name); // by its name in Verilog; NULL if there is none
const Leaf *leaf_at(size_t index);       // NULL past the last one

#endif
