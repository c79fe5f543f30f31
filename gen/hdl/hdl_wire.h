// Connecting an instance by name, as `.*` would: port x_i or x_o goes to a net whose name is made from x.
#ifndef LACUNA_HDL_WIRE_H
#define LACUNA_HDL_WIRE_H

#include "gen/hdl/hdl.h"

// For every port of `inst` not connected yet: the net prefix + x for the first of the blank-separated prefixes that
// names a net of the module, else the module's own port of the same name. What is found nowhere stays open, and
// design_check says so.
void inst_wire(Inst *inst, const char *prefixes);

// The ports of a module in order, for manifests.
size_t module_port_count(const Module *module);
const Net *module_port(const Module *module, size_t index, PortDir *dir);

#endif
