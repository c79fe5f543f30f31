// Identifiers: what may be one, and which ones a module has given away.

#include "gen/hdl/hdl_private.h"
#include <ctype.h>
#include <string.h>

// Verilog-2005 and SystemVerilog-2017, and what the printer keeps for itself, so that any tool in any mode reads the
// files. A blank before and after each.
static const char reserved[] =
    " "
    "accept_on alias always always_comb always_ff always_latch and assert assign assume automatic before "
    "begin bind bins binsof bit break buf bufif0 bufif1 byte case casex casez cell chandle checker class "
    "clocking cmos config const constraint context continue cover covergroup coverpoint cross deassign "
    "default defparam design disable dist do edge else end endcase endchecker endclass endclocking endconfig "
    "endfunction endgenerate endgroup endinterface endmodule endpackage endprimitive endprogram endproperty "
    "endsequence endspecify endtable endtask enum event eventually expect export extends extern final "
    "first_match for force foreach forever fork forkjoin function generate genvar global highz0 highz1 if "
    "iff ifnone ignore_bins illegal_bins implements implies import incdir include initial inout input inside "
    "instance int integer interconnect interface intersect join join_any join_none large let liblist library "
    "local localparam logic longint macromodule matches medium modport module nand negedge nettype new "
    "nexttime nmos nor noshowcancelled not notif0 notif1 null or output package packed parameter pmos "
    "posedge primitive priority program property protected pull0 pull1 pulldown pullup pulsestyle_ondetect "
    "pulsestyle_onevent pure rand randc randcase randsequence rcmos real realtime ref reg reject_on release "
    "repeat restrict return rnmos rpmos rtran rtranif0 rtranif1 s_always s_eventually s_nexttime s_until "
    "s_until_with scalared sequence shortint shortreal showcancelled signed small soft solve specify "
    "specparam static string strong strong0 strong1 struct super supply0 supply1 sync_accept_on "
    "sync_reject_on table tagged task this throughout time timeprecision timeunit tran tranif0 tranif1 tri "
    "tri0 tri1 triand trior trireg type typedef union unique unique0 unsigned until until_with untyped "
    "unused unused_outputs use uwire var vectored virtual void wait wait_order wand weak weak0 weak1 while wildcard "
    "wire "
    "with within wor xnor xor ";

static bool is_reserved(const char *name) {
  size_t length = strlen(name);
  for (const char *at = reserved; (at = strstr(at, name)); at++)
    if (at[-1] == ' ' && at[length] == ' ') return true;
  return false;
}

const char *name_fault(const char *name) {
  if (!islower((unsigned char)name[0])) return "a name starts with a small letter";
  for (const char *c = name; *c; c++)
    if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '_')
      return "a name holds lower-case letters, digits and underscores";
  return is_reserved(name) ? "a reserved word" : NULL;
}

static size_t name_hash(const char *name) {
  size_t hash = 1469598103u;
  for (; *name; name++)
    hash = (hash ^ (unsigned char)*name) * 16777619u;
  return hash ^ hash >> 15;
}

// The slot that holds name, or the empty one where it would go.
static struct NameSlot *slot_of(const NameTable *table, const char *name) {
  size_t mask = table->room - 1, at = name_hash(name) & mask;
  while (table->slots[at].name && strcmp(table->slots[at].name, name) != 0)
    at = (at + 1) & mask;
  return &table->slots[at];
}

static void table_grow(NameTable *table, Arena *arena) {
  NameTable bigger = {.count = table->count, .room = table->room ? table->room * 4 : 64};
  bigger.slots = arena_alloc(arena, bigger.room * sizeof *bigger.slots);
  for (size_t i = 0; i < table->room; i++)
    if (table->slots[i].name) *slot_of(&bigger, table->slots[i].name) = table->slots[i];
  *table = bigger;
}

bool name_add(Module *module, const char *name, Net *net) {
  NameTable *table = &module->names;
  if (2 * table->count >= table->room) table_grow(table, &module->design->arena);
  struct NameSlot *slot = slot_of(table, name);
  if (slot->name) return false;
  *slot = (struct NameSlot){name, net};
  table->count++;
  return true;
}

Net *name_find(const Module *module, const char *name) {
  return module->names.room ? slot_of(&module->names, name)->net : NULL;
}
