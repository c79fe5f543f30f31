// Connection by name. Explicit connections come first; this takes what they left.
#include "gen/hdl/hdl_wire.h"

#include <string.h>

#include "gen/hdl/hdl_private.h"

static Net *net_for(Module *module, const char *prefixes, const char *port) {
  int base = (int)strlen(port) - 2; // without _i or _o
  for (const char *start = prefixes; *start;) {
    int length = (int)strcspn(start, " ");
    Net *net = net_find(module, format(module, "%.*s%.*s", length, start, base, port));
    if (net) return net;
    start += length + (start[length] == ' ');
  }
  Net *bare = net_find(module, format(module, "%.*s", base, port));
  return bare ? bare : net_find(module, port);
}

size_t module_port_count(const Module *module) {
  return module->port_count;
}

const Net *module_port(const Module *module, size_t index, PortDir *dir) {
  *dir = module->ports[index]->kind == NET_IN ? PORT_IN : PORT_OUT;
  return module->ports[index];
}

void inst_wire(Inst *inst, const char *prefixes) {
  for (size_t i = 0; i < inst->port_count; i++) {
    if (inst->conns[i].kind != CONN_MISSING) continue;
    const char *port = inst_port_name(inst, i);
    Net *net = net_for(inst->module, prefixes, port);
    if (!net) continue;
    if (inst_port_dir(inst, i) == PORT_IN)
      inst_in(inst, port, ex(net));
    else
      inst_out(inst, port, net);
  }
}
