// Instances of leaves and of generated modules: a connection per port, and the check of each against its signature.

#include "gen/hdl/hdl_private.h"
#include <inttypes.h>
#include <string.h>

const LeafPort *leaf_port(const Leaf *leaf, const char *name) {
  for (const LeafPort *port = leaf->ports; port->name; port++)
    if (strcmp(port->name, name) == 0) return port;
  return NULL;
}

const char *inst_child_name(const Inst *inst) {
  return inst->leaf ? inst->leaf->name : inst->child->name;
}

const char *inst_port_name(const Inst *inst, size_t port) {
  return inst->leaf ? inst->leaf->ports[port].name : inst->child->ports[port]->name;
}

PortDir inst_port_dir(const Inst *inst, size_t port) {
  if (inst->leaf) return inst->leaf->ports[port].dir;
  return inst->child->ports[port]->kind == NET_IN ? PORT_IN : PORT_OUT;
}

// ---- construction ----

static Conn *conn_find(const Inst *inst, const char *name) {
  if (inst->child) {
    const Net *net = name_find(inst->child, name);
    return net && (net->kind == NET_IN || net->kind == NET_OUT) ? &inst->conns[net->port] : NULL;
  }
  const LeafPort *port = leaf_port(inst->leaf, name);
  return port ? &inst->conns[port - inst->leaf->ports] : NULL;
}

static void connect_implied(Inst *inst, const char *name) {
  Conn *conn = conn_find(inst, name);
  Net *net = name_find(inst->module, name);
  if (conn && net) *conn = (Conn){.kind = CONN_IMPLIED, .value = ex(net)};
}

static Inst *inst_add(Module *module, Inst signature, const char *name) {
  Arena *arena = &module->design->arena;
  Inst *inst = arena_alloc(arena, sizeof *inst);
  *inst = signature;
  inst->module = module;
  inst->name = arena_copy(arena, name);
  inst->conns = arena_alloc(arena, inst->port_count * sizeof *inst->conns);
  inst->params = arena_alloc(arena, inst->param_count * sizeof *inst->params);
  const char *fault = name_fault(name);
  if (!fault && strncmp(name, "u_", 2) != 0) fault = "the name of an instance starts with u_";
  if (fault) module_error(module, "instance %s: bad name: %s", name, fault);
  if (!name_add(module, inst->name, NULL)) module_error(module, "instance %s: there are two of this name", name);
  connect_implied(inst, "clk_i");
  connect_implied(inst, "rst_i");
  item_add(module, ITEM_INST)->inst = inst;
  return inst;
}

static size_t count_params(const Leaf *leaf) {
  size_t count = 0;
  while (leaf->params && leaf->params[count].name)
    count++;
  return count;
}

static size_t count_ports(const Leaf *leaf) {
  size_t count = 0;
  while (leaf->ports[count].name)
    count++;
  return count;
}

static void leaf_use(Design *design, const Leaf *leaf) {
  for (size_t i = 0; i < design->leaf_count; i++)
    if (design->leaves[i] == leaf) return;
  LIST_ADD(&design->arena, design->leaves, design->leaf_count, design->leaf_room, leaf);
}

Inst *inst_leaf(Module *module, const Leaf *leaf, const char *name) {
  static const LeafPort no_ports[] = {{NULL, PORT_IN, NULL, NULL}};
  static const Leaf no_leaf = {"no leaf", NULL, no_ports, NULL};
  if (leaf)
    leaf_use(module->design, leaf);
  else
    module_error(module, "instance %s: there is no such leaf", name);
  if (!leaf) leaf = &no_leaf;
  return inst_add(module, (Inst){.leaf = leaf, .port_count = count_ports(leaf), .param_count = count_params(leaf)},
                  name);
}

Inst *inst_module(Module *module, const Module *child, const char *name) {
  return inst_add(module, (Inst){.child = child, .port_count = child->port_count}, name);
}

void inst_param(Inst *inst, const char *name, int64_t value) {
  for (size_t i = 0; i < inst->param_count; i++)
    if (strcmp(inst->leaf->params[i].name, name) == 0) {
      inst->params[i] = (ParamValue){true, value};
      return;
    }
  module_error(inst->module, "instance %s: %s has no parameter %s", inst->name, inst_child_name(inst), name);
}

static void connect(Inst *inst, const char *port, PortDir dir, Conn connection) {
  static const char *const dir_names[] = {[PORT_IN] = "input", [PORT_OUT] = "output"};
  Conn *conn = conn_find(inst, port);
  if (!conn)
    module_error(inst->module, "instance %s: %s has no port %s", inst->name, inst_child_name(inst), port);
  else if (inst_port_dir(inst, (size_t)(conn - inst->conns)) != dir)
    module_error(inst->module, "instance %s: port %s of %s is no %s", inst->name, port, inst_child_name(inst),
                 dir_names[dir]);
  else if (conn->kind != CONN_MISSING && conn->kind != CONN_IMPLIED)
    module_error(inst->module, "instance %s: port %s is connected twice", inst->name, port);
  else
    *conn = connection;
}

void inst_in(Inst *inst, const char *port, Expr *value) {
  if (value->module != inst->module)
    module_error(inst->module, "instance %s: port %s: %s is of module %s", inst->name, port, expr_text(value),
                 value->module->name);
  connect(inst, port, PORT_IN, (Conn){.kind = CONN_IN, .value = value});
}

void inst_out_slice(Inst *inst, const char *port, Net *net, int hi, int lo) {
  if (net->module != inst->module)
    module_error(inst->module, "instance %s: port %s: net %s is of module %s", inst->name, port, net->name,
                 net->module->name);
  if (lo < 0 || hi < lo || hi >= net->width)
    module_error(inst->module, "instance %s: port %s: bits %d to %d of net %s, which has %d", inst->name, port, hi, lo,
                 net->name, net->width);
  else
    connect(inst, port, PORT_OUT, (Conn){.kind = CONN_OUT, .target = {net, hi, lo}});
}

void inst_out(Inst *inst, const char *port, Net *net) {
  inst_out_slice(inst, port, net, net->width - 1, 0);
}

void inst_out_part(Inst *inst, const char *port, Net *net, int index, int width) {
  inst_out_slice(inst, port, net, (index + 1) * width - 1, index * width);
}

void inst_open(Inst *inst, const char *port) {
  connect(inst, port, PORT_OUT, (Conn){.kind = CONN_OPEN});
}

// ---- check ----

typedef struct ParamList {
  const char **names;
  int64_t *values;
  size_t count;
} ParamList;

static int64_t param_value(const Inst *inst, const ParamList *known, const LeafParam *param, const ParamValue *set) {
  int64_t value = set->value;
  if (!set->given && !param->fallback)
    module_error(inst->module, "instance %s: parameter %s is not set", inst->name, param->name);
  else if (!set->given && !formula_eval(param->fallback, known->names, known->values, known->count, &value))
    module_error(inst->module, "leaf %s: bad default of %s: %s", inst->leaf->name, param->name, param->fallback);
  else if (value < param->min || value > param->max)
    module_error(inst->module, "instance %s: parameter %s = %" PRId64 "; legal is %" PRId64 " to %" PRId64, inst->name,
                 param->name, value, param->min, param->max);
  return value;
}

static ParamList params_check(const Inst *inst) {
  Arena *arena = &inst->module->design->arena;
  ParamList list = {arena_alloc(arena, inst->param_count * sizeof *list.names),
                    arena_alloc(arena, inst->param_count * sizeof *list.values), 0};
  for (size_t i = 0; i < inst->param_count; i++) {
    const LeafParam *param = &inst->leaf->params[i];
    list.values[i] = param_value(inst, &list, param, &inst->params[i]);
    list.names[i] = param->name;
    list.count++;
  }
  return list;
}

// Width of a port, 0 if its formula is wrong.
static int64_t port_width(const Inst *inst, const ParamList *params, size_t port) {
  if (inst->child) return inst->child->ports[port]->width;
  const LeafPort *leaf_port = &inst->leaf->ports[port];
  int64_t width = 0;
  if (formula_eval(leaf_port->width, params->names, params->values, params->count, &width) && width > 0 &&
      width <= MAX_WIDTH)
    return width;
  module_error(inst->module, "instance %s: port %s of %s has no width: %s", inst->name, leaf_port->name,
               inst->leaf->name, leaf_port->width);
  return 0;
}

static Bits open_bits(Module *module, int width) {
  if (!module->open) {
    module->open = arena_alloc(&module->design->arena, sizeof *module->open);
    *module->open = (Net){.kind = NET_WIRE, .name = "unused_outputs", .module = module};
  }
  module->open->width += width;
  return (Bits){module->open, module->open->width - 1, module->open->width - width};
}

static void conn_check(const Inst *inst, size_t port, int64_t width) {
  Conn *conn = &inst->conns[port];
  Module *module = inst->module;
  const char *name = inst_port_name(inst, port);
  switch (conn->kind) {
  case CONN_MISSING:
    module_error(module, "instance %s: port %s is not connected", inst->name, name);
    break;
  case CONN_IMPLIED:
  case CONN_IN:
    if (conn->value->width != width)
      module_error(module, "instance %s: port %s of %" PRId64 " bits connected to %d bits: %s", inst->name, name, width,
                   conn->value->width, expr_text(conn->value));
    break;
  case CONN_OUT:
    if (conn->target.hi - conn->target.lo + 1 != width)
      module_error(module, "instance %s: port %s of %" PRId64 " bits drives %d bits of net %s", inst->name, name, width,
                   conn->target.hi - conn->target.lo + 1, conn->target.net->name);
    break;
  case CONN_OPEN:
    conn->target = open_bits(module, (int)width);
    break;
  }
}

void inst_check(const Inst *inst) {
  if (inst->child && inst->child->port_count != inst->port_count)
    module_error(inst->module, "instance %s: %s got ports after it was instantiated", inst->name, inst->child->name);
  ParamList params = params_check(inst);
  for (size_t port = 0; port < inst->port_count; port++) {
    int64_t width = port_width(inst, &params, port);
    if (width > 0) conn_check(inst, port, width);
  }
}
