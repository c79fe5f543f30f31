// Modules as Verilog-2005 files: header, ports, then section by section the declarations and what was built on them.
// The structure is printed as it is, in the order in which it was built; nothing is changed or invented here.

#include "gen/hdl/hdl_private.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_WIDTH = 120, INDENT = 2, CONTINUED = 4 };

typedef enum Block { OPENING, DECLARATIONS, ASSIGNMENTS, PARAGRAPH } Block; // what the last line belongs to

typedef struct Printer {
  FILE *out;
  const Module *module;
  Text line; // being built, may hold soft breaks
  Block last;
} Printer;

// Writes the line, broken where it is too long, and starts a new one.
static void end_line(Printer *printer) {
  char *text = printer->line.length ? printer->line.data : (char[]){""};
  int indent = (int)strspn(text, " ") + CONTINUED, column = 0;
  for (char *piece = text, *next; piece; piece = next) {
    next = strchr(piece, SOFT_BREAK);
    if (next) *next++ = '\0';
    int length = (int)strlen(piece);
    if (piece != text && column + 1 + length > LINE_WIDTH)
      column = fprintf(printer->out, "\n%*s%s", indent, "", piece) - 1;
    else
      column += fprintf(printer->out, "%s%s", piece == text ? "" : " ", piece);
  }
  putc('\n', printer->out);
  printer->line.length = 0;
}

#define LINE(printer, ...) (text_add(&(printer)->line, __VA_ARGS__), end_line(printer))

// A blank line, except after the start of a section and between assignments.
static void start_block(Printer *printer, Block block) {
  if (printer->last != OPENING && (printer->last != ASSIGNMENTS || block != ASSIGNMENTS)) putc('\n', printer->out);
  printer->last = block;
}

static int max_int(int a, int b) {
  return a > b ? a : b;
}

// ---- header and ports ----

// Prints a comment of the file header, broken between words where it is too long.
static void print_note(Printer *printer, const char *label, const char *text) {
  int room = LINE_WIDTH - (int)strlen("// ") - (int)strlen(label);
  while ((int)strlen(text) > room) {
    int length = room;
    while (length > 0 && text[length] != ' ')
      length--;
    if (length == 0) break;
    LINE(printer, "// %s%.*s", label, length, text);
    text += length + 1;
    label = *label ? "         " : "";
  }
  LINE(printer, "// %s%s", label, text);
}

static void print_header(Printer *printer) {
  const Module *module = printer->module;
  const DesignInfo *info = &module->design->info;
  LINE(printer, "// %s%s", info->prefix, module->name);
  LINE(printer, "//");
  print_note(printer, "", module->purpose);
  for (size_t i = 0; i < module->note_count; i++)
    print_note(printer, "", module->notes[i]);
  LINE(printer, "//");
  if (info->source) print_note(printer, "Builds:  ", info->source);
  if (info->plan) print_note(printer, "Plan:    ", info->plan);
  if (info->tool) print_note(printer, "Tool:    ", info->tool);
  if (info->command) print_note(printer, "Command: ", info->command);
  LINE(printer, "// Generated, do not edit.");
  LINE(printer, "\n`default_nettype none\n");
}

static int range_length(const Net *net) {
  return net->width == 1 ? 0 : snprintf(NULL, 0, "[%d:0] ", net->width - 1);
}

// Appends "[7:0] name" with the range filled up to range_room columns.
static void add_ranged_name(Text *line, const Net *net, int range_room) {
  if (net->width > 1) text_add(line, "[%d:0] ", net->width - 1);
  text_add(line, "%*s%s", range_room - range_length(net), "", net->name);
}

static void end_remark(Printer *printer, const Net *net, const char *mark, int name_room) {
  if (net->remark)
    LINE(printer, "%-*s // %s", name_room - (int)strlen(net->name), mark, net->remark);
  else
    LINE(printer, "%s", mark);
}

static void print_ports(Printer *printer) {
  const Module *module = printer->module;
  int range_room = 0, name_room = 0;
  for (size_t i = 0; i < module->port_count; i++) {
    range_room = max_int(range_room, range_length(module->ports[i]));
    name_room = max_int(name_room, (int)strlen(module->ports[i]->name) + 1);
  }
  LINE(printer, "module %s%s (", module->design->info.prefix, module->name);
  for (size_t i = 0; i < module->port_count; i++) {
    const Net *net = module->ports[i];
    if (net->heading && (i == 0 || net->heading != module->ports[i - 1]->heading))
      LINE(printer, "%s  // %s", i ? "\n" : "", net->heading);
    text_add(&printer->line, "  %-6s %s ", net->kind == NET_IN ? "input" : "output", net->by_case ? "reg " : "wire");
    add_ranged_name(&printer->line, net, range_room);
    end_remark(printer, net, i + 1 < module->port_count ? "," : "", name_room);
  }
  LINE(printer, ");");
}

// ---- declarations ----

// Comments belong to the next item that is none.
static const Item *commented(const Item *item) {
  while (item && item->kind == ITEM_COMMENT)
    item = item->next;
  return item;
}

static bool is_declaration(const Item *item) {
  const Item *owner = commented(item);
  return owner && owner->kind == ITEM_NET;
}

static void print_declarations(Printer *printer, const Item *first, const Item *end) {
  int range_room = 0, name_room = 0;
  for (const Item *item = first; item != end; item = item->next)
    if (item->kind == ITEM_NET) {
      range_room = max_int(range_room, range_length(item->net));
      name_room = max_int(name_room, (int)strlen(item->net->name) + 1);
    }
  for (const Item *item = first; item != end; item = item->next) {
    if (!is_declaration(item)) continue;
    if (printer->last != DECLARATIONS) start_block(printer, DECLARATIONS);
    if (item->kind == ITEM_COMMENT) {
      LINE(printer, "  // %s", item->text);
      continue;
    }
    text_add(&printer->line, "  %s ", item->net->kind == NET_REG || item->net->by_case ? "reg " : "wire");
    add_ranged_name(&printer->line, item->net, range_room);
    end_remark(printer, item->net, ";", name_room);
  }
}

// ---- assignments and selects ----

static void print_assign(Printer *printer, const Item *item) {
  text_add(&printer->line, "  assign ");
  text_add_bits(&printer->line, item->target.net, item->target.hi, item->target.lo);
  text_add(&printer->line, " = ");
  text_add_expr(&printer->line, item->value);
  LINE(printer, ";");
}

static void end_row(Printer *printer, const Select *select, const Expr *result, const char *remark) {
  text_add(&printer->line, ": %s = ", select->net->name);
  text_add_expr(&printer->line, result);
  if (remark)
    LINE(printer, "; // %s", remark);
  else
    LINE(printer, ";");
}

static void print_select(Printer *printer, const Select *select) {
  LINE(printer, "  always @(*) begin");
  text_add(&printer->line, "    case (");
  text_add_expr(&printer->line, select->index);
  LINE(printer, ")");
  for (size_t i = 0; i < select->count; i++) {
    text_add(&printer->line, "      ");
    text_add_constant(&printer->line, select->index->width, select->rows[i].value, false);
    end_row(printer, select, select->rows[i].result, select->rows[i].remark);
  }
  text_add(&printer->line, "      default");
  end_row(printer, select, select->otherwise, NULL);
  LINE(printer, "    endcase");
  LINE(printer, "  end");
}

// ---- registers ----

static bool same_expr(const Expr *a, const Expr *b) {
  if (a == b) return true;
  if (!a || !b || a->kind != b->kind || a->width != b->width || a->net != b->net || a->hi != b->hi || a->lo != b->lo ||
      a->value != b->value || a->count != b->count)
    return false;
  for (size_t i = 0; i < a->count; i++)
    if (!same_expr(a->args[i], b->args[i])) return false;
  return true;
}

// The statement after this one, past declarations, which are printed elsewhere.
static const Item *next_statement(const Item *item, const Item *end) {
  for (item = item->next; item != end && is_declaration(item);)
    item = item->next;
  return item;
}

// Registers from first on that share an always block: the first item that is not one of them.
static const Item *registers_end(const Item *first, const Item *end) {
  const Item *item = first;
  while (item != end && item->kind == ITEM_REG && item->target.net->resets == first->target.net->resets)
    item = next_statement(item, end);
  return item;
}

static const Item *enabled_end(const Item *first, const Item *end) {
  const Item *item = first;
  while (item != end && same_expr(item->enable, first->enable))
    item = next_statement(item, end);
  return item;
}

static void print_loads(Printer *printer, const Item *first, const Item *end, int indent) {
  for (const Item *item = first; item != end; item = next_statement(item, end)) {
    text_add(&printer->line, "%*s%s <= ", indent, "", item->target.net->name);
    text_add_expr(&printer->line, item->value);
    LINE(printer, ";");
  }
}

static void print_enabled_loads(Printer *printer, const Item *first, const Item *end, int indent) {
  for (const Item *item = first, *next; item != end; item = next) {
    next = enabled_end(item, end);
    if (!item->enable) {
      print_loads(printer, item, next, indent);
      continue;
    }
    text_add(&printer->line, "%*sif (", indent, "");
    text_add_expr(&printer->line, item->enable);
    LINE(printer, ") begin");
    print_loads(printer, item, next, indent + INDENT);
    LINE(printer, "%*send", indent, "");
  }
}

static void print_reset(Printer *printer, const Item *first, const Item *end) {
  LINE(printer, "    if (rst_i) begin");
  for (const Item *item = first; item != end; item = next_statement(item, end)) {
    const Net *net = item->target.net;
    text_add(&printer->line, "      %s <= ", net->name);
    text_add_constant(&printer->line, net->width, net->reset, net->reset >= 1024);
    LINE(printer, ";");
  }
}

static void print_registers(Printer *printer, const Item *first, const Item *end) {
  LINE(printer, "  always @(posedge clk_i) begin");
  if (!first->target.net->resets) {
    print_enabled_loads(printer, first, end, 2 * INDENT);
  } else {
    print_reset(printer, first, end);
    if (first->enable && enabled_end(first, end) == end) {
      text_add(&printer->line, "    end else if (");
      text_add_expr(&printer->line, first->enable);
      LINE(printer, ") begin");
      print_loads(printer, first, end, 3 * INDENT);
    } else {
      LINE(printer, "    end else begin");
      print_enabled_loads(printer, first, end, 3 * INDENT);
    }
    LINE(printer, "    end");
  }
  LINE(printer, "  end");
}

// ---- instances ----

static void add_param_value(Text *line, int64_t value) {
  if (value > INT32_MAX || value < INT32_MIN)
    text_add(line, "64'h%016" PRIx64, (uint64_t)value);
  else
    text_add(line, "%" PRId64, value);
}

// The parameters that are not left at their defaults.
static size_t print_params(Printer *printer, const Inst *inst) {
  int room = 0;
  size_t given = 0, printed = 0;
  for (size_t i = 0; i < inst->param_count; i++)
    if (inst->params[i].given) {
      room = max_int(room, (int)strlen(inst->leaf->params[i].name));
      given++;
    }
  if (given) LINE(printer, "  %s%s #(", printer->module->design->info.prefix, inst_child_name(inst));
  for (size_t i = 0; i < inst->param_count; i++) {
    if (!inst->params[i].given) continue;
    text_add(&printer->line, "    .%-*s (", room, inst->leaf->params[i].name);
    add_param_value(&printer->line, inst->params[i].value);
    LINE(printer, ++printed < given ? ")," : ")");
  }
  return given;
}

static void print_inst(Printer *printer, const Inst *inst) {
  int room = 0;
  for (size_t port = 0; port < inst->port_count; port++)
    room = max_int(room, (int)strlen(inst_port_name(inst, port)));
  if (print_params(printer, inst))
    LINE(printer, "  ) %s (", inst->name);
  else
    LINE(printer, "  %s%s %s (", printer->module->design->info.prefix, inst_child_name(inst), inst->name);
  for (size_t port = 0; port < inst->port_count; port++) {
    const Conn *conn = &inst->conns[port];
    text_add(&printer->line, "    .%-*s (", room, inst_port_name(inst, port));
    if (conn->value) text_add_expr(&printer->line, conn->value);
    if (conn->target.net) text_add_bits(&printer->line, conn->target.net, conn->target.hi, conn->target.lo);
    LINE(printer, port + 1 < inst->port_count ? ")," : ")");
  }
  LINE(printer, "  );");
}

// ---- the whole ----

// Prints the statement, or the registers that start with it, and returns the next one.
static const Item *print_statement(Printer *printer, const Item *item, const Item *end) {
  const Item *next = item->kind == ITEM_REG ? registers_end(item, end) : next_statement(item, end);
  if (item->kind == ITEM_ASSIGN) print_assign(printer, item);
  if (item->kind == ITEM_REG) print_registers(printer, item, next);
  if (item->kind == ITEM_SELECT) print_select(printer, item->select);
  if (item->kind == ITEM_INST) print_inst(printer, item->inst);
  return next;
}

static void print_statements(Printer *printer, const Item *first, const Item *end) {
  const Item *item = first;
  if (item != end && is_declaration(item)) item = next_statement(item, end);
  bool after_comment = false;
  while (item != end) {
    Block block = item->kind == ITEM_ASSIGN ? ASSIGNMENTS : PARAGRAPH;
    if (!after_comment)
      start_block(printer, block);
    else
      printer->last = block;
    after_comment = item->kind == ITEM_COMMENT;
    if (after_comment) LINE(printer, "  // %s", item->text);
    item = after_comment ? item->next : print_statement(printer, item, end);
  }
}

// A wire rather than an empty connection, which linters take for a mistake.
static void print_open(Printer *printer) {
  const Net *open = printer->module->open;
  if (!open) return;
  text_add(&printer->line, "\n  wire ");
  add_ranged_name(&printer->line, open, range_length(open));
  LINE(printer, "; // left open on purpose");
}

static void print_unused(Printer *printer) {
  const Module *module = printer->module;
  if (!module->unused_count) return;
  LINE(printer, "\n  // Not read on purpose.");
  text_add(&printer->line, "  wire unused = ^{");
  for (size_t i = 0; i < module->unused_count; i++) {
    if (i) text_add(&printer->line, ",%c", SOFT_BREAK);
    text_add_expr(&printer->line, module->unused[i]);
  }
  LINE(printer, "};");
}

static void print_body(Printer *printer) {
  printer->last = PARAGRAPH;
  print_open(printer);
  for (const Item *item = printer->module->first, *end; item; item = end) {
    end = item->next;
    if (item->kind == ITEM_SECTION) {
      if (!end || end->kind == ITEM_SECTION) continue; // it held ports alone
      LINE(printer, "\n  // ---- %s", item->text);
      printer->last = OPENING;
      item = item->next;
    }
    for (end = item; end && end->kind != ITEM_SECTION;)
      end = end->next;
    print_declarations(printer, item, end);
    print_statements(printer, item, end);
  }
}

// Sizes that the body names.
static void print_sizes(Printer *printer) {
  const Module *module = printer->module;
  int room = 0;
  for (size_t i = 0; i < module->size_count; i++)
    if (module->sizes[i]->used) room = max_int(room, (int)strlen(module->sizes[i]->name));
  if (room) putc('\n', printer->out);
  for (size_t i = 0; i < module->size_count; i++)
    if (module->sizes[i]->used)
      LINE(printer, "  localparam %-*s = %d;", room, module->sizes[i]->name, module->sizes[i]->width);
}

// The body comes first, since it says which sizes it names.
static bool print_module(Printer *printer, FILE *out) {
  char *body = NULL;
  size_t length = 0;
  printer->out = open_memstream(&body, &length);
  if (!printer->out) return false;
  print_body(printer);
  print_unused(printer);
  bool ok = fclose(printer->out) == 0;
  printer->out = out;
  if (ok) {
    print_header(printer);
    print_ports(printer);
    print_sizes(printer);
    fwrite(body, 1, length, out);
    LINE(printer, "endmodule");
    LINE(printer, "\n`default_nettype wire");
  }
  free(body);
  return ok;
}

bool module_print(const Module *module, FILE *out) {
  if (!module->design->checked || module->design->error_count) return false;
  for (size_t i = 0; i < module->size_count; i++)
    module->sizes[i]->used = false; // messages may have named it
  Printer printer = {.module = module};
  bool ok = print_module(&printer, out);
  free(printer.line.data);
  return ok;
}
