// Expressions as Verilog text, with parentheses only where the operators ask for them. The structure is not changed
// here.

#include "gen/hdl/hdl_private.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGE_LENGTH = 80 }; // of an expression in an error message

// ---- operators: one row each, the looser binding precedences first ----

typedef enum Precedence {
  ANY,
  MUX,
  REDUCE, // binds tighter in Verilog, but `a | |b` is hard to read: always in parentheses within an operator
  OR,
  XOR,
  AND,
  EQUAL,
  ORDER,
  SHIFT,
  SUM,
  UNARY,
  PRIMARY
} Precedence;

typedef enum Chain { LEFT, FREE, NONE } Chain; // a-b-c is (a-b)-c; a&(b&c) needs no parentheses; a<b<c always does

typedef struct Form {
  const char *symbol;
  Precedence precedence;
  Chain chain;
  void (*print)(Text *text, const Expr *expr);
} Form;

static void print_net(Text *text, const Expr *expr);
static void print_const(Text *text, const Expr *expr);
static void print_concat(Text *text, const Expr *expr);
static void print_repeat(Text *text, const Expr *expr);
static void print_unary(Text *text, const Expr *expr);
static void print_binary(Text *text, const Expr *expr);
static void print_shift(Text *text, const Expr *expr);
static void print_signed(Text *text, const Expr *expr);
static void print_mux(Text *text, const Expr *expr);

static const Form forms[EX_KINDS] = {
    [EX_NET] = {NULL, PRIMARY, NONE, print_net},
    [EX_CONST] = {NULL, PRIMARY, NONE, print_const},
    [EX_CONCAT] = {NULL, PRIMARY, NONE, print_concat},
    [EX_REPEAT] = {NULL, PRIMARY, NONE, print_repeat},
    [EX_NOT] = {"~", UNARY, NONE, print_unary},
    [EX_REDUCE_AND] = {"&", REDUCE, NONE, print_unary},
    [EX_REDUCE_OR] = {"|", REDUCE, NONE, print_unary},
    [EX_REDUCE_XOR] = {"^", REDUCE, NONE, print_unary},
    [EX_ADD] = {"+", SUM, FREE, print_binary},
    [EX_SUB] = {"-", SUM, LEFT, print_binary},
    [EX_SHIFT_LEFT] = {"<<", SHIFT, LEFT, print_shift},
    [EX_SHIFT_RIGHT] = {">>", SHIFT, LEFT, print_shift},
    [EX_LT] = {"<", ORDER, NONE, print_binary},
    [EX_GE] = {">=", ORDER, NONE, print_binary},
    [EX_LT_SIGNED] = {"<", ORDER, NONE, print_signed},
    [EX_GE_SIGNED] = {">=", ORDER, NONE, print_signed},
    [EX_EQ] = {"==", EQUAL, NONE, print_binary},
    [EX_NE] = {"!=", EQUAL, NONE, print_binary},
    [EX_AND] = {"&", AND, FREE, print_binary},
    [EX_XOR] = {"^", XOR, FREE, print_binary},
    [EX_OR] = {"|", OR, FREE, print_binary},
    [EX_MUX] = {NULL, MUX, NONE, print_mux},
};

// ---- text ----

void text_add(Text *text, const char *format, ...) {
  for (;;) {
    va_list args;
    va_start(args, format);
    size_t room = text->room - text->length;
    size_t length = (size_t)vsnprintf(text->data ? text->data + text->length : NULL, room, format, args);
    va_end(args);
    if (length < room) {
      text->length += length;
      return;
    }
    text->room = 2 * (text->length + length + 64);
    text->data = realloc(text->data, text->room);
    if (!text->data) abort();
  }
}

static void add_parts(Text *text, const Net *net, int first, int count) {
  const char *name = net->part->name;
  text_add(text, "%s[%d*%s +: ", net->name, first, name);
  if (count > 1) text_add(text, "%d*", count);
  text_add(text, "%s]", name);
  net->part->used = true;
}

void text_add_bits(Text *text, const Net *net, int hi, int lo) {
  int part = net->part ? net->part->width : 0;
  if (hi - lo + 1 == net->width)
    text_add(text, "%s", net->name);
  else if (part && lo % part == 0 && (hi + 1) % part == 0)
    add_parts(text, net, lo / part, (hi + 1 - lo) / part);
  else if (hi == lo)
    text_add(text, "%s[%d]", net->name, lo);
  else
    text_add(text, "%s[%d:%d]", net->name, hi, lo);
}

void text_add_constant(Text *text, int width, uint64_t value, bool hex) {
  if (width == 1)
    text_add(text, "1'b%" PRIu64, value);
  else if (hex)
    text_add(text, "%d'h%0*" PRIx64, width, width < 64 ? (width + 3) / 4 : 16, value);
  else
    text_add(text, "%d'd%" PRIu64, width, value);
}

// ---- one form each ----

static void print_within(Text *text, const Expr *expr, Precedence least) {
  bool closed = forms[expr->kind].precedence < least;
  if (closed) text_add(text, "(");
  forms[expr->kind].print(text, expr);
  if (closed) text_add(text, ")");
}

void text_add_expr(Text *text, const Expr *expr) {
  print_within(text, expr, ANY);
}

static void print_net(Text *text, const Expr *expr) {
  text_add_bits(text, expr->net, expr->hi, expr->lo);
}

static void print_const(Text *text, const Expr *expr) {
  text_add_constant(text, expr->width, expr->value, expr->hex);
}

static void print_parts(Text *text, const Expr *expr) {
  for (size_t i = 0; i < expr->count; i++) {
    if (i) text_add(text, ",%c", SOFT_BREAK);
    print_within(text, expr->args[i], ANY);
  }
}

static void print_concat(Text *text, const Expr *expr) {
  text_add(text, "{");
  print_parts(text, expr);
  text_add(text, "}");
}

static void print_repeat(Text *text, const Expr *expr) {
  const Expr *part = expr->args[0];
  text_add(text, "{%d{", expr->lo);
  if (part->kind == EX_CONCAT)
    print_parts(text, part);
  else
    print_within(text, part, ANY);
  text_add(text, "}}");
}

static void print_unary(Text *text, const Expr *expr) {
  text_add(text, "%s", forms[expr->kind].symbol);
  print_within(text, expr->args[0], expr->kind == EX_NOT ? UNARY : PRIMARY); // `^~a` would be another operator
}

// The loosest binding that operand i may have without parentheses. Comparisons, sums and other bitwise operators within
// `& ^ |` get them although Verilog needs none: `a & b == c` and `a & b | c` are right but misread.
static Precedence operand_least(const Form *form, size_t i, ExprKind kind, ExprKind operand) {
  Precedence precedence = forms[operand].precedence;
  if (form->precedence >= OR && form->precedence <= AND && operand != kind && precedence <= SUM) return UNARY;
  if (form->chain == NONE) return SHIFT;
  return i == 0 || (form->chain == FREE && operand == kind) ? form->precedence : form->precedence + 1;
}

static void print_binary(Text *text, const Expr *expr) {
  const Form *form = &forms[expr->kind];
  for (size_t i = 0; i < expr->count; i++) {
    if (i) text_add(text, " %s%c", form->symbol, SOFT_BREAK);
    print_within(text, expr->args[i], operand_least(form, i, expr->kind, expr->args[i]->kind));
  }
}

static void print_shift(Text *text, const Expr *expr) {
  print_within(text, expr->args[0], UNARY);
  text_add(text, " %s %d", forms[expr->kind].symbol, expr->lo);
}

static void print_signed(Text *text, const Expr *expr) {
  text_add(text, "$signed(");
  print_within(text, expr->args[0], ANY);
  text_add(text, ") %s%c$signed(", forms[expr->kind].symbol, SOFT_BREAK);
  print_within(text, expr->args[1], ANY);
  text_add(text, ")");
}

static void print_mux(Text *text, const Expr *expr) {
  print_within(text, expr->args[0], MUX + 1);
  text_add(text, " ?%c", SOFT_BREAK);
  print_within(text, expr->args[1], MUX + 1);
  text_add(text, " :%c", SOFT_BREAK);
  print_within(text, expr->args[2], MUX);
}

// ---- messages ----

static const char *text_keep(Module *module, Text *text) {
  for (size_t i = 0; i < text->length; i++)
    if (text->data[i] == SOFT_BREAK) text->data[i] = ' ';
  const char *result = text->length <= MESSAGE_LENGTH ? format(module, "%s", text->data)
                                                      : format(module, "%.*s ...", MESSAGE_LENGTH, text->data);
  free(text->data);
  return result;
}

const char *expr_text(const Expr *expr) {
  Text text = {0};
  text_add_expr(&text, expr);
  return text_keep(expr->module, &text);
}

const char *bits_text(Module *module, Bits bits) {
  Text text = {0};
  text_add_bits(&text, bits.net, bits.hi, bits.lo);
  return text_keep(module, &text);
}
