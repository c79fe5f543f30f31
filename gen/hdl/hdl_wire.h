// Nets by name, and instances connected by name, as `.*` would: port x_i or x_o goes to a net whose name is made of x.
#ifndef LACUNA_HDL_WIRE_H
#define LACUNA_HDL_WIRE_H

#include "gen/hdl/hdl.h"

// For every port of `inst` not connected yet: the net prefix + x for the first of the blank-separated prefixes that
// names a net of the module, else the module's own port of the same name. What is found nowhere stays open, and
// design_check says so.
void inst_wire(Inst *inst, const char *prefixes);

// A net of the module by its name, and all of its bits.
static inline Net *find(Module *module, const char *name) {
  return net_find(module, name);
}

static inline Expr *whole(Module *module, const char *name) {
  return ex(net_find(module, name));
}

// The ports of a module in order, for manifests.
size_t module_port_count(const Module *module);
const Net *module_port(const Module *module, size_t index, PortDir *dir);

#endif
