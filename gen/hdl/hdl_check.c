// Checks of finished modules, bit by bit: one driver for each, a reader for each. Ranges are sorted, never expanded.

#include "gen/hdl/hdl_private.h"
#include <stdlib.h>
#include <string.h>

static Bits whole_net(Net *net) {
  return (Bits){net, net->width - 1, 0};
}

static int compare_bits(const Bits *a, const Bits *b) {
  if (a->net != b->net) return a->net->index < b->net->index ? -1 : 1;
  return (a->lo > b->lo) - (a->lo < b->lo);
}

// Nets are declared at the start of their section. An instance may have been given one of a later section.
static void check_declared(Module *module, const Net *net, size_t section) {
  if (net->section > section)
    module_error(module, "net %s: used in a section before its own, create it earlier", net->name);
}

// ---- drivers ----

static void drive_add(Module *module, Bits bits, const Item *item, size_t port) {
  Drive drive = {bits, item, port};
  if (item) check_declared(module, bits.net, item->section);
  LIST_ADD(&module->design->arena, module->drives, module->drive_count, module->drive_room, drive);
}

static void find_item_drives(Module *module, const Item *item) {
  switch (item->kind) {
  case ITEM_ASSIGN:
  case ITEM_REG:
    drive_add(module, item->target, item, 0);
    break;
  case ITEM_SELECT:
    drive_add(module, whole_net(item->select->net), item, 0);
    break;
  case ITEM_INST:
    for (size_t port = 0; port < item->inst->port_count; port++)
      if (item->inst->conns[port].kind == CONN_OUT) drive_add(module, item->inst->conns[port].target, item, port);
    break;
  case ITEM_NET:
  case ITEM_SECTION:
  case ITEM_COMMENT:
    break;
  }
}

static int compare_drives(const void *a, const void *b) {
  const Drive *left = a, *right = b;
  return compare_bits(&left->bits, &right->bits);
}

static void find_drives(Module *module) {
  for (size_t i = 0; i < module->port_count; i++)
    if (module->ports[i]->kind == NET_IN) drive_add(module, whole_net(module->ports[i]), NULL, 0);
  for (const Item *item = module->first; item; item = item->next)
    find_item_drives(module, item);
  if (module->drive_count) qsort(module->drives, module->drive_count, sizeof *module->drives, compare_drives);
  module->drive_start = arena_alloc(&module->design->arena, (module->net_count + 1) * sizeof *module->drive_start);
  for (size_t i = 0; i < module->drive_count; i++)
    module->drive_start[module->drives[i].bits.net->index + 1]++;
  for (size_t i = 0; i < module->net_count; i++)
    module->drive_start[i + 1] += module->drive_start[i];
}

static const char *drive_text(Module *module, const Drive *drive) {
  if (!drive->item) return "input port";
  switch (drive->item->kind) {
  case ITEM_INST:
    return format(module, "port %s of %s", inst_port_name(drive->item->inst, drive->port), drive->item->inst->name);
  case ITEM_SELECT:
    return "select";
  case ITEM_REG:
    return "reg_next";
  default:
    return format(module, "assign from %s", expr_text(drive->item->value));
  }
}

static void check_net_drives(Module *module, Net *net) {
  int next = 0; // lowest bit without a driver so far
  const Drive *highest = NULL;
  for (size_t i = module->drive_start[net->index]; i < module->drive_start[net->index + 1]; i++) {
    const Drive *drive = &module->drives[i];
    if (drive->bits.lo > next)
      module_error(module, "net %s: no driver", bits_text(module, (Bits){net, drive->bits.lo - 1, next}));
    if (highest && drive->bits.lo < next) {
      int hi = drive->bits.hi < next ? drive->bits.hi : next - 1;
      module_error(module, "net %s: two drivers: %s; %s", bits_text(module, (Bits){net, hi, drive->bits.lo}),
                   drive_text(module, highest), drive_text(module, drive));
    }
    if (drive->bits.hi >= next) {
      highest = drive;
      next = drive->bits.hi + 1;
    }
  }
  if (next < net->width)
    module_error(module, "net %s: no driver", bits_text(module, (Bits){net, net->width - 1, next}));
}

// ---- readers ----

typedef struct Reads {
  Module *module;
  size_t section;  // of the reader
  const Net *self; // a register does not count as its own reader
  bool *whole;     // per net: all of it is read, nothing more to note
  Bits *parts;
  size_t count, room;
} Reads;

static void read_expr(Reads *reads, const Expr *expr) {
  if (expr->kind == EX_NET) check_declared(reads->module, expr->net, reads->section);
  if (expr->kind == EX_NET && expr->net != reads->self && !reads->whole[expr->net->index]) {
    Bits bits = {(Net *)expr->net, expr->hi, expr->lo};
    if (expr->width == expr->net->width)
      reads->whole[expr->net->index] = true;
    else
      LIST_ADD(&reads->module->design->arena, reads->parts, reads->count, reads->room, bits);
  }
  for (size_t i = 0; i < expr->count; i++)
    read_expr(reads, expr->args[i]);
}

static void read_control(Reads *reads, const Item *item, const char *port) {
  const Net *net = name_find(reads->module, port);
  if (!net || net->kind != NET_IN || net->width != 1)
    module_error(reads->module, "net %s: a register needs an input port %s of 1 bit", item->target.net->name, port);
  else
    reads->whole[net->index] = true;
}

static void read_register(Reads *reads, const Item *item) {
  read_control(reads, item, "clk_i");
  if (item->target.net->resets) read_control(reads, item, "rst_i");
  reads->self = item->target.net;
  read_expr(reads, item->value);
  if (item->enable) read_expr(reads, item->enable);
  reads->self = NULL;
}

static void read_select(Reads *reads, const Select *select) {
  read_expr(reads, select->index);
  read_expr(reads, select->otherwise);
  for (size_t i = 0; i < select->count; i++)
    read_expr(reads, select->rows[i].result);
}

static void read_item(Reads *reads, const Item *item) {
  reads->section = item->section;
  if (item->kind == ITEM_ASSIGN) read_expr(reads, item->value);
  if (item->kind == ITEM_REG) read_register(reads, item);
  if (item->kind == ITEM_SELECT) read_select(reads, item->select);
  if (item->kind == ITEM_INST)
    for (size_t port = 0; port < item->inst->port_count; port++)
      if (item->inst->conns[port].value) read_expr(reads, item->inst->conns[port].value);
}

static int compare_reads(const void *a, const void *b) {
  return compare_bits(a, b);
}

// Reports the bits of net that the sorted parts from *at on do not cover, and moves *at past the parts of net.
static void check_net_reads(Reads *reads, Net *net, size_t *at) {
  bool whole = reads->whole[net->index] || net->kind == NET_OUT;
  int next = 0;
  for (; *at < reads->count && reads->parts[*at].net == net; ++*at) {
    const Bits *part = &reads->parts[*at];
    if (!whole && part->lo > next)
      module_error(reads->module, "net %s: never read", bits_text(reads->module, (Bits){net, part->lo - 1, next}));
    if (part->hi >= next) next = part->hi + 1;
  }
  if (!whole && next < net->width)
    module_error(reads->module, "net %s: never read", bits_text(reads->module, (Bits){net, net->width - 1, next}));
}

static void check_reads(Module *module) {
  Reads reads = {.module = module, .whole = arena_alloc(&module->design->arena, module->net_count * sizeof(bool))};
  for (const Item *item = module->first; item; item = item->next)
    read_item(&reads, item);
  reads.section = module->section_count;
  for (size_t i = 0; i < module->unused_count; i++)
    read_expr(&reads, module->unused[i]);
  if (reads.count) qsort(reads.parts, reads.count, sizeof *reads.parts, compare_reads);
  size_t at = 0;
  for (size_t i = 0; i < module->net_count; i++)
    check_net_reads(&reads, module->nets[i], &at);
}

static void check_drives(Module *module) {
  for (size_t i = 0; i < module->net_count; i++)
    check_net_drives(module, module->nets[i]);
  check_reads(module);
}

// ---- all of it ----

static void check_leaf_names(Module *module) {
  for (size_t i = 0; i < module->design->leaf_count; i++)
    if (strcmp(module->design->leaves[i]->name, module->name) == 0) module_error(module, "a leaf has this name");
}

bool design_check(Design *design) {
  if (design->checked) return design->error_count == 0;
  for (size_t i = 0; i < design->module_count; i++) {
    Module *module = design->modules[i];
    check_leaf_names(module);
    for (const Item *item = module->first; item; item = item->next)
      if (item->kind == ITEM_INST) inst_check(item->inst);
    find_drives(module);
    check_drives(module);
  }
  for (size_t i = 0; i < design->module_count; i++)
    module_check_cycles(design->modules[i]);
  design->checked = true;
  return design->error_count == 0;
}
