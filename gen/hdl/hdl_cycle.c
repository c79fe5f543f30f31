// Combinational cycles: a depth-first walk over drivers. A register ends a path; an instance passes one on from the
// inputs that its signature names (leaves) or that the walk of the child found (generated modules).

#include "gen/hdl/hdl_private.h"
#include <string.h>

enum { PATH_SHOWN = 8 }; // drivers named in an error

typedef enum Mark { NEW, BUSY, DONE } Mark;

typedef struct Walk {
  Module *module;
  unsigned char *marks; // per drive, a Mark
  bool *net_done;       // per net: all its drives are done
  const Drive **path;   // the busy drives, from the start of the walk
  size_t depth;
  bool *inputs; // per port of the module: reached. NULL: look for cycles and report them
} Walk;

static void walk_drive(Walk *walk, const Drive *drive);

static void report_cycle(const Walk *walk, const Drive *drive) {
  size_t start = walk->depth;
  while (walk->path[--start] != drive) {
  }
  const char *text = bits_text(walk->module, drive->bits);
  for (size_t i = walk->depth - 1; i > start && walk->depth - i < PATH_SHOWN; i--)
    text = format(walk->module, "%s from %s", text, bits_text(walk->module, walk->path[i]->bits));
  const char *more = walk->depth - start > PATH_SHOWN ? " ..." : "";
  module_error(walk->module, "net %s: combinational cycle: %s%s from %s", drive->bits.net->name, text, more,
               bits_text(walk->module, drive->bits));
}

// First drive of net that reaches bit lo or beyond it.
static size_t first_drive(const Module *module, const Net *net, int lo) {
  size_t low = module->drive_start[net->index], high = module->drive_start[net->index + 1];
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (module->drives[middle].bits.hi < lo)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void walk_net(Walk *walk, const Net *net, int hi, int lo) {
  const Module *module = walk->module;
  if (walk->net_done[net->index]) return;
  for (size_t i = first_drive(module, net, lo); i < module->drive_start[net->index + 1]; i++) {
    if (module->drives[i].bits.lo > hi) break;
    walk_drive(walk, &module->drives[i]);
  }
  if (hi - lo + 1 == net->width) walk->net_done[net->index] = true;
}

static void walk_expr(Walk *walk, const Expr *expr) {
  if (expr->kind == EX_NET) walk_net(walk, expr->net, expr->hi, expr->lo);
  for (size_t i = 0; i < expr->count; i++)
    walk_expr(walk, expr->args[i]);
}

static void walk_select(Walk *walk, const Select *select) {
  walk_expr(walk, select->index);
  walk_expr(walk, select->otherwise);
  for (size_t i = 0; i < select->count; i++)
    walk_expr(walk, select->rows[i].result);
}

static bool word_in(const char *words, const char *word) {
  size_t length = strlen(word);
  for (const char *at = words; (at = strstr(at, word)); at += length)
    if ((at == words || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) return true;
  return false;
}

static bool passes_through(const Inst *inst, size_t out, size_t in) {
  if (!inst->leaf) return inst->child->comb && inst->child->comb[out * inst->child->port_count + in];
  const char *comb = inst->leaf->ports[out].comb;
  return comb && word_in(comb, inst->leaf->ports[in].name);
}

static void walk_inst(Walk *walk, const Inst *inst, size_t out) {
  if (inst->leaf && !inst->leaf->ports[out].comb) return;
  for (size_t in = 0; in < inst->port_count; in++)
    if (inst->conns[in].value && passes_through(inst, out, in)) walk_expr(walk, inst->conns[in].value);
}

static void walk_source(Walk *walk, const Drive *drive) {
  if (!drive->item) {
    if (walk->inputs) walk->inputs[drive->bits.net->port] = true;
    return;
  }
  if (drive->item->kind == ITEM_ASSIGN) walk_expr(walk, drive->item->value);
  if (drive->item->kind == ITEM_SELECT) walk_select(walk, drive->item->select);
  if (drive->item->kind == ITEM_INST) walk_inst(walk, drive->item->inst, drive->port);
}

static void walk_drive(Walk *walk, const Drive *drive) {
  unsigned char *mark = &walk->marks[drive - walk->module->drives];
  if (*mark == BUSY && !walk->inputs) report_cycle(walk, drive);
  if (*mark != NEW) return;
  *mark = BUSY;
  walk->path[walk->depth++] = drive;
  walk_source(walk, drive);
  walk->depth--;
  *mark = DONE;
}

static Walk walk_new(Module *module) {
  Arena *arena = &module->design->arena;
  return (Walk){.module = module,
                .marks = arena_alloc(arena, module->drive_count),
                .net_done = arena_alloc(arena, module->net_count * sizeof(bool)),
                .path = arena_alloc(arena, module->drive_count * sizeof(Drive *))};
}

// Which input ports each output port depends on within a cycle, for the walks of parents.
static void find_comb(Module *module) {
  Walk walk = walk_new(module);
  module->comb = arena_alloc(&module->design->arena, module->port_count * module->port_count * sizeof(bool));
  for (size_t port = 0; port < module->port_count; port++) {
    const Net *net = module->ports[port];
    if (net->kind != NET_OUT) continue;
    memset(walk.marks, NEW, module->drive_count);
    memset(walk.net_done, false, module->net_count * sizeof(bool));
    walk.inputs = &module->comb[port * module->port_count];
    walk_net(&walk, net, net->width - 1, 0);
  }
}

void module_check_cycles(Module *module) {
  if (module->comb_state == COMB_BUSY) module_error(module, "it contains itself");
  if (module->comb_state != COMB_UNKNOWN) return;
  module->comb_state = COMB_BUSY;
  for (const Item *item = module->first; item; item = item->next)
    if (item->kind == ITEM_INST && item->inst->child)
      module_check_cycles(module->design->modules[item->inst->child->index]);
  Walk walk = walk_new(module);
  for (size_t i = 0; i < module->drive_count; i++)
    walk_drive(&walk, &module->drives[i]);
  find_comb(module);
  module->comb_state = COMB_KNOWN;
}
