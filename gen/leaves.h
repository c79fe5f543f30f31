// The signatures of the leaves of rtl/ that builders instantiate. A leaf is a row in one of the tables gen/leaves_*.c;
// tests/unit/test_leaves.c compares every row with the Verilog: ports, widths, paths within a cycle, leaves below.
#ifndef LACUNA_LEAVES_H
#define LACUNA_LEAVES_H

#include "hdl.h"

const Leaf *leaf_find(const char *name); // NULL if there is none; inst_leaf reports that
const Leaf *leaf_at(size_t index);       // NULL past the last one

#endif
