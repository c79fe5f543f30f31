// Hardware in memory: a Design holds modules, a Module holds ports, nets, registers, assignments, selects and
// instances. Builders call the constructors below, then design_check once, then module_print for each module.
//
// Mistakes never abort. Constructors and design_check append one line each to the design's error list, of the form
//   module lac_x: net sum: 9 bits assigned from 8 bits: a_i + b_i
// and return something usable, so that one run shows every mistake. Nothing may be printed while the list is not empty.
//
// Widths are in bits and explicit: operands are equal, literals fit, extension and truncation are written down.
// Names are Verilog identifiers, taken as they are or refused, never changed: modules lac_*, input ports *_i, output
// ports *_o (but m_axi_* and s_axil_* as the bus calls them), registers *_q, instances u_*. Within a module nets are
// declared before they are used, so build in the order in which the file should read: the printer keeps it
// (declarations first within each section).
//
// Strings given as names, comments and headers are copied. Everything lives until design_free.
#ifndef LACUNA_HDL_H
#define LACUNA_HDL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

typedef struct Design Design;
typedef struct Module Module;
typedef struct Net Net;
typedef struct Expr Expr;
typedef struct Select Select;
typedef struct Inst Inst;

// ---- leaves: hand-written modules of rtl/, described by plain data ----

typedef enum PortDir { PORT_IN, PORT_OUT } PortDir;

typedef struct LeafParam {
  const char *name;
  int64_t min, max;     // legal range, inclusive
  const char *fallback; // formula of the default over the parameters before it; NULL: every instance must set it
} LeafParam;

// A formula is Verilog: + - * / ( ) > < != ?: and $clog2( ) over decimal numbers and the instance's parameters.
typedef struct LeafPort {
  const char *name;
  PortDir dir;
  const char *width; // formula
  const char *comb;  // outputs: inputs it depends on within a cycle, separated by blanks; NULL none (registers)
} LeafPort;

typedef struct Leaf {
  const char *name;        // module, and rtl/<name>.v
  const LeafParam *params; // ends with a NULL name; may be NULL
  const LeafPort *ports;   // ends with a NULL name, in the order of the Verilog file
  const char *uses;        // leaves it instantiates itself, separated by blanks; NULL none
} Leaf;

const LeafPort *leaf_port(const Leaf *leaf, const char *name); // NULL if there is none

// Evaluates a formula; names and values are the `count` known parameters. False if it is malformed, a name is unknown,
// a divisor is below 1, or $clog2 is asked of a number below 1, also in the branch of ?: that is not taken.
bool formula_eval(const char *formula, const char *const *names, const int64_t *values, size_t count, int64_t *result);

// ---- design ----

typedef struct DesignInfo { // printed on top of every file; any may be NULL
  const char *tool;         // "lacuna 0.1.0"
  const char *command;      // "lacuna gen configs/dense_64.yaml"
  const char *plan;         // plan hash in hexadecimal
  const char *source;       // paper and section that the design builds
  const char *prefix;       // printed before the name of every module, generated or not: "acc0_"
} DesignInfo;

Design *design_new(const DesignInfo *info);
void design_free(Design *design);

// Runs every check that needs whole modules; true if the error list is empty. Works once, after building.
//   bits without a driver or with two, bits nobody reads, open ports, widths of connections, parameters out of range,
//   combinational cycles (also through instances), registers without clock, reset or next value
bool design_check(Design *design);

size_t design_error_count(const Design *design);
const char *design_error(const Design *design, size_t index);
void design_report(const Design *design, FILE *out); // one line per error

size_t design_module_count(const Design *design); // in order of construction
const Module *design_module(const Design *design, size_t index);
size_t design_leaf_count(const Design *design); // leaves that instances name, each once, in order of first use
const Leaf *design_leaf(const Design *design, size_t index);

// ---- modules ----

Module *module_new(Design *design, const char *name, const char *purpose); // purpose: a sentence for the file header
void module_note(Module *module, const char *line);                        // one more line of the file header
const char *module_name(const Module *module);
bool module_print(const Module *module, FILE *out); // false: the design has errors or was not checked, nothing written

// Starts a section: a blank line and a comment. Ports that follow it at once are shown under it in the port list.
void section(Module *module, const char *title);
void comment(Module *module, const char *line); // comment line before whatever is built next

// Text in the design's memory, for names in loops: inst_leaf(m, leaf, format(m, "u_pe_%d_%d", r, c)).
__attribute__((format(printf, 2, 3))) const char *format(Module *module, const char *text, ...);

Net *port_in(Module *module, const char *name, int width, const char *remark); // remark: end-of-line comment or NULL
Net *port_out(Module *module, const char *name, int width, const char *remark);
Net *net_new(Module *module, const char *name, int width);
Net *reg_new(Module *module, const char *name, int width); // without reset
Net *reg_reset(Module *module, const char *name, int width, uint64_t value);
Net *net_remark(Net *net, const char *remark); // end-of-line comment at the declaration; returns net

// Says that a net is a row of elements of `width` bits, and what this width is called: NAME becomes a localparam of the
// module, and slices of whole elements are printed as net[2*NAME +: NAME]. Nets of one width may share a name. Returns
// net.
Net *net_parts(Net *net, const char *name, int width);
Net *net_find(Module *module, const char *name);
const char *net_name(const Net *net);
int net_width(const Net *net);

// ---- behaviour ----

void assign(Net *net, Expr *value);
void assign_slice(Net *net, int hi, int lo, Expr *value);

// Next value of a register, loaded at clk_i when enable (1 bit; NULL: always), reset by rst_i if made by reg_reset.
// Registers given one after the other share an always block.
void reg_next(Net *q, Expr *next, Expr *enable);

// A case statement in an always @(*) block that drives the whole of net: rows in the order they are added.
Select *select_new(Net *net, Expr *index, Expr *otherwise);
void select_row(Select *select, uint64_t value, Expr *result, const char *remark); // remark may be NULL

// States that these bits are not read on purpose. Printed as one `unused` wire at the end of the module.
void read_unused(Expr *bits);

// ---- instances ----

// Ports named clk_i and rst_i connect to the parent's ports of that name unless connected to something else.
// A leaf of NULL is reported as a mistake, so leaf_find (gen/leaf/leaves.h) may be passed straight in.
Inst *inst_leaf(Module *module, const Leaf *leaf, const char *name);
Inst *inst_module(Module *module, const Module *child, const char *name); // child: already built
void inst_param(Inst *inst, const char *name, int64_t value);
void inst_in(Inst *inst, const char *port, Expr *value);
void inst_out(Inst *inst, const char *port, Net *net);
void inst_out_slice(Inst *inst, const char *port, Net *net, int hi, int lo);
void inst_out_part(Inst *inst, const char *port, Net *net, int index, int width); // see ex_part

// Leaves an output open on purpose: it goes to the wire `unused_outputs`, since linters refuse an empty connection.
void inst_open(Inst *inst, const char *port);

// ---- expressions ----
// Operands belong to one module. A slice is taken of a net (or of a slice or constant): name what you slice.

int ex_width(const Expr *expr);

Expr *ex(const Net *net);
Expr *ex_const(Module *module, int width, uint64_t value); // 8'd3; bits above 64 are zero
Expr *ex_hex(Module *module, int width, uint64_t value);   // 8'h03
Expr *ex_slice(Expr *expr, int hi, int lo);
Expr *ex_bit(Expr *expr, int bit);
Expr *ex_part(const Net *net, int index, int width); // element `index` of a net that is a row of `width`-bit elements

Expr *ex_concat(size_t count, Expr *const *parts); // most significant first, as in Verilog
#define ex_cat(...) ex_concat(sizeof((Expr *[]){__VA_ARGS__}) / sizeof(Expr *), (Expr *[]){__VA_ARGS__})
Expr *ex_repeat(int times, Expr *expr);
Expr *ex_zero_extend(Expr *expr, int width); // width may equal the operand's: no change
Expr *ex_sign_extend(Expr *expr, int width); // of a net, slice or constant

Expr *ex_not(Expr *expr); // bitwise
Expr *ex_and(Expr *a, Expr *b);
Expr *ex_or(Expr *a, Expr *b);
Expr *ex_xor(Expr *a, Expr *b);
Expr *ex_and_all(size_t count, Expr *const *terms); // a & b & c
Expr *ex_or_all(size_t count, Expr *const *terms);
Expr *ex_reduce_and(Expr *expr); // 1 bit
Expr *ex_reduce_or(Expr *expr);
Expr *ex_reduce_xor(Expr *expr);

Expr *ex_add(Expr *a, Expr *b); // result as wide as the operands, carry dropped
Expr *ex_sub(Expr *a, Expr *b);
Expr *ex_shift_left(Expr *expr, int bits); // by a constant below the width; width unchanged, zeros shifted in
Expr *ex_shift_right(Expr *expr, int bits);

Expr *ex_eq(Expr *a, Expr *b); // comparisons: 1 bit; unsigned unless it says signed
Expr *ex_ne(Expr *a, Expr *b);
Expr *ex_lt(Expr *a, Expr *b);
Expr *ex_ge(Expr *a, Expr *b);
Expr *ex_lt_signed(Expr *a, Expr *b);
Expr *ex_ge_signed(Expr *a, Expr *b);

Expr *ex_mux(Expr *condition, Expr *yes, Expr *no); // condition: 1 bit

#endif
