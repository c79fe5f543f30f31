// Modules, nets and what drives them, in the order in which builders ask for them.

#include "gen/hdl/hdl_private.h"
#include <string.h>

// ---- modules ----

static void check_module_name(Module *module) {
  const char *fault = name_fault(module->name);
  if (!fault && strncmp(module->name, "lac_", 4) != 0) fault = "the name of a module starts with lac_";
  if (fault) module_error(module, "bad name: %s", fault);
  for (size_t i = 0; i < module->design->module_count; i++)
    if (strcmp(module->design->modules[i]->name, module->name) == 0) module_error(module, "there are two of this name");
}

Module *module_new(Design *design, const char *name, const char *purpose) {
  Module *module = arena_alloc(&design->arena, sizeof *module);
  module->design = design;
  module->index = design->module_count;
  module->name = arena_copy(&design->arena, name);
  module->purpose = arena_copy(&design->arena, purpose);
  check_module_name(module);
  LIST_ADD(&design->arena, design->modules, design->module_count, design->module_room, module);
  return module;
}

void module_note(Module *module, const char *line) {
  Arena *arena = &module->design->arena;
  LIST_ADD(arena, module->notes, module->note_count, module->note_room, arena_copy(arena, line));
}

const char *module_name(const Module *module) {
  return module->name;
}

Item *item_add(Module *module, ItemKind kind) {
  Item *item = arena_alloc(&module->design->arena, sizeof *item);
  item->kind = kind;
  if (kind == ITEM_SECTION) module->section_count++;
  item->section = module->section_count;
  if (module->last)
    module->last->next = item;
  else
    module->first = item;
  return module->last = item;
}

void section(Module *module, const char *title) {
  item_add(module, ITEM_SECTION)->text = arena_copy(&module->design->arena, title);
}

void comment(Module *module, const char *line) {
  item_add(module, ITEM_COMMENT)->text = arena_copy(&module->design->arena, line);
}

// ---- nets ----

static const char *const name_endings[] = {[NET_IN] = "_i", [NET_OUT] = "_o", [NET_WIRE] = "", [NET_REG] = "_q"};

static bool ends_with(const char *text, const char *ending) {
  size_t length = strlen(text), tail = strlen(ending);
  return length >= tail && strcmp(text + length - tail, ending) == 0;
}

// The pins of the accelerator's buses have the names of the specification, without an ending.
static bool is_bus_pin(const char *name) {
  return !strncmp(name, "s_axil_", 7) || !strncmp(name, "m_axi_", 6);
}

static void check_net_name(Module *module, const Net *net) {
  const char *fault = name_fault(net->name);
  if (fault)
    module_error(module, "net %s: bad name: %s", net->name, fault);
  else if (!is_bus_pin(net->name) && !ends_with(net->name, name_endings[net->kind]))
    module_error(module, "net %s: bad name: it should end in %s", net->name, name_endings[net->kind]);
}

static Net *net_add(Module *module, NetKind kind, const char *name, int width) {
  Arena *arena = &module->design->arena;
  Net *net = arena_alloc(arena, sizeof *net);
  *net = (Net){.kind = kind,
               .name = arena_copy(arena, name),
               .module = module,
               .index = module->net_count,
               .section = module->section_count};
  net->width = width >= 1 && width <= MAX_WIDTH ? width : 1;
  if (net->width != width) module_error(module, "net %s: a width of %d bits", name, width);
  check_net_name(module, net);
  if (!name_add(module, net->name, net)) module_error(module, "net %s: there are two of this name", name);
  net->whole = ex(net);
  LIST_ADD(arena, module->nets, module->net_count, module->net_room, net);
  return net;
}

static Net *port_add(Module *module, NetKind kind, const char *name, int width, const char *remark) {
  Net *net = net_remark(net_add(module, kind, name, width), remark);
  net->section = 0;
  if (module->last && module->last->kind == ITEM_SECTION) net->heading = module->last->text;
  net->port = module->port_count;
  LIST_ADD(&module->design->arena, module->ports, module->port_count, module->port_room, net);
  return net;
}

Net *port_in(Module *module, const char *name, int width, const char *remark) {
  return port_add(module, NET_IN, name, width, remark);
}

Net *port_out(Module *module, const char *name, int width, const char *remark) {
  return port_add(module, NET_OUT, name, width, remark);
}

static Net *net_declare(Module *module, NetKind kind, const char *name, int width) {
  Net *net = net_add(module, kind, name, width);
  item_add(module, ITEM_NET)->net = net;
  return net;
}

Net *net_new(Module *module, const char *name, int width) {
  return net_declare(module, NET_WIRE, name, width);
}

Net *reg_new(Module *module, const char *name, int width) {
  return net_declare(module, NET_REG, name, width);
}

Net *reg_reset(Module *module, const char *name, int width, uint64_t value) {
  Net *net = net_declare(module, NET_REG, name, width);
  net->resets = true;
  net->reset = value;
  if (width < 64 && value >> net->width) {
    module_error(module, "net %s: reset value %llu does not fit %d bits", name, (unsigned long long)value, width);
    net->reset = 0;
  }
  return net;
}

Net *net_remark(Net *net, const char *remark) {
  net->remark = arena_copy(&net->module->design->arena, remark);
  return net;
}

static Size *size_named(Module *module, const char *name, int width) {
  for (size_t i = 0; i < module->size_count; i++)
    if (!strcmp(module->sizes[i]->name, name)) return module->sizes[i];
  Arena *arena = &module->design->arena;
  Size *size = arena_alloc(arena, sizeof *size);
  *size = (Size){.name = arena_copy(arena, name), .width = width};
  LIST_ADD(arena, module->sizes, module->size_count, module->size_room, size);
  return size;
}

Net *net_parts(Net *net, const char *name, int width) {
  Size *size = size_named(net->module, name, width);
  if (size->width != width)
    module_error(net->module, "net %s: %s is %d bits, not %d", net->name, name, size->width, width);
  else if (width < 1 || net->width % width)
    module_error(net->module, "net %s: %d bits are no row of %d bits", net->name, net->width, width);
  else if (width > 1)
    net->part = size;
  return net;
}

Net *net_find(Module *module, const char *name) {
  return name_find(module, name);
}

const char *net_name(const Net *net) {
  return net->name;
}

int net_width(const Net *net) {
  return net->width;
}

// ---- behaviour ----

static void check_same_module(const Net *net, const Expr *value) {
  if (value && value->module != net->module)
    module_error(net->module, "net %s: driven by %s of module %s", net->name, expr_text(value), value->module->name);
}

static void check_value(const Net *net, int width, const Expr *value) {
  check_same_module(net, value);
  if (width != value->width)
    module_error(net->module, "net %s: %d bits assigned from %d bits: %s", net->name, width, value->width,
                 expr_text(value));
}

void assign_slice(Net *net, int hi, int lo, Expr *value) {
  Module *module = net->module;
  if (net->kind == NET_REG) module_error(module, "net %s: a register is assigned, it takes reg_next", net->name);
  if (lo < 0 || hi < lo || hi >= net->width) {
    module_error(module, "net %s: bits %d to %d assigned of %d bits", net->name, hi, lo, net->width);
    return;
  }
  check_value(net, hi - lo + 1, value);
  Item *item = item_add(module, ITEM_ASSIGN);
  item->target = (Bits){net, hi, lo};
  item->value = value;
}

void assign(Net *net, Expr *value) {
  assign_slice(net, net->width - 1, 0, value);
}

void reg_next(Net *q, Expr *next, Expr *enable) {
  Module *module = q->module;
  if (q->kind != NET_REG) module_error(module, "net %s: reg_next of a net that is not a register", q->name);
  check_value(q, q->width, next);
  check_same_module(q, enable);
  if (enable && enable->width != 1)
    module_error(module, "net %s: an enable of %d bits: %s", q->name, enable->width, expr_text(enable));
  Item *item = item_add(module, ITEM_REG);
  item->target = (Bits){q, q->width - 1, 0};
  item->value = next;
  item->enable = enable;
}

Select *select_new(Net *net, Expr *index, Expr *otherwise) {
  Module *module = net->module;
  Select *select = arena_alloc(&module->design->arena, sizeof *select);
  *select = (Select){.net = net, .index = index, .otherwise = otherwise};
  if (net->kind == NET_REG || net->kind == NET_IN)
    module_error(module, "net %s: a select drives a wire or an output port", net->name);
  if (index->kind == EX_CONST) module_error(module, "net %s: a select by a constant", net->name);
  check_same_module(net, index);
  check_value(net, net->width, otherwise);
  net->by_case = true;
  item_add(module, ITEM_SELECT)->select = select;
  return select;
}

void select_row(Select *select, uint64_t value, Expr *result, const char *remark) {
  Module *module = select->net->module;
  check_value(select->net, select->net->width, result);
  for (size_t i = 0; i < select->count; i++)
    if (select->rows[i].value == value)
      module_error(module, "net %s: case %llu is there twice", select->net->name, (unsigned long long)value);
  if (select->index->width < 64 && value >> select->index->width)
    module_error(module, "net %s: case %llu does not fit %d bits", select->net->name, (unsigned long long)value,
                 select->index->width);
  SelectRow row = {value, result, arena_copy(&module->design->arena, remark)};
  LIST_ADD(&module->design->arena, select->rows, select->count, select->room, row);
}

void read_unused(Expr *bits) {
  Module *module = bits->module;
  LIST_ADD(&module->design->arena, module->unused, module->unused_count, module->unused_room, bits);
}
