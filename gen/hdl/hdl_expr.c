// Expressions: every constructor checks the widths of its operands, so that a finished tree needs no second look.
// A refused operand is reported at once and the tree goes on with the width that was asked for.

#include "gen/hdl/hdl_private.h"
#include <string.h>

static Expr *expr_new(Module *module, ExprKind kind, int width, size_t count) {
  Expr *expr = arena_alloc(&module->design->arena, sizeof *expr + count * sizeof *expr->args);
  expr->kind = kind;
  expr->module = module;
  expr->width = width;
  expr->count = count;
  return expr;
}

static Expr *expr_unary(ExprKind kind, int width, Expr *operand) {
  Expr *expr = expr_new(operand->module, kind, width, 1);
  expr->args[0] = operand;
  return expr;
}

int ex_width(const Expr *expr) {
  return expr->width;
}

// ---- nets, constants and their parts ----

static Expr *net_bits(const Net *net, int hi, int lo) {
  Expr *expr = expr_new(net->module, EX_NET, hi - lo + 1, 0);
  expr->net = net;
  expr->hi = hi;
  expr->lo = lo;
  return expr;
}

Expr *ex(const Net *net) {
  if (net->whole) return net->whole;
  return net_bits(net, net->width - 1, 0);
}

static Expr *constant(Module *module, int width, uint64_t value, bool hex) {
  if (width < 1 || width > MAX_WIDTH) {
    module_error(module, "constant %llu: a width of %d bits", (unsigned long long)value, width);
    width = 1;
  }
  if (width < 64 && value >> width) {
    module_error(module, "constant %llu does not fit %d bits", (unsigned long long)value, width);
    value = 0;
  }
  Expr *expr = expr_new(module, EX_CONST, width, 0);
  expr->value = value;
  expr->hex = hex;
  return expr;
}

Expr *ex_const(Module *module, int width, uint64_t value) {
  return constant(module, width, value, false);
}

Expr *ex_hex(Module *module, int width, uint64_t value) {
  return constant(module, width, value, true);
}

static Expr *constant_slice(const Expr *expr, int hi, int lo) {
  uint64_t value = lo < 64 ? expr->value >> lo : 0;
  if (hi - lo + 1 < 64) value &= ((uint64_t)1 << (hi - lo + 1)) - 1;
  return constant(expr->module, hi - lo + 1, value, expr->hex);
}

Expr *ex_slice(Expr *expr, int hi, int lo) {
  if (lo < 0 || hi < lo || hi >= expr->width) {
    module_error(expr->module, "bits %d to %d taken of %d bits: %s", hi, lo, expr->width, expr_text(expr));
    return ex_const(expr->module, hi < lo || hi - lo >= MAX_WIDTH ? 1 : hi - lo + 1, 0);
  }
  if (expr->kind == EX_NET) return net_bits(expr->net, expr->lo + hi, expr->lo + lo);
  if (expr->kind != EX_CONST)
    module_error(expr->module, "bits %d to %d taken of an expression, give it a net: %s", hi, lo, expr_text(expr));
  return constant_slice(expr, hi, lo);
}

Expr *ex_bit(Expr *expr, int bit) {
  return ex_slice(expr, bit, bit);
}

Expr *ex_part(const Net *net, int index, int width) {
  return ex_slice(ex(net), (index + 1) * width - 1, index * width);
}

// ---- concatenation and extension ----

static void check_same_module(const Expr *first, const Expr *other) {
  if (first->module != other->module)
    module_error(first->module, "%s is used with %s of module %s", expr_text(first), expr_text(other),
                 other->module->name);
}

Expr *ex_concat(size_t count, Expr *const *parts) {
  if (count == 1) return parts[0];
  Expr *expr = expr_new(parts[0]->module, EX_CONCAT, 0, count);
  for (size_t i = 0; i < count; i++) {
    check_same_module(parts[0], parts[i]);
    expr->args[i] = parts[i];
    expr->width += parts[i]->width;
  }
  return expr;
}

Expr *ex_repeat(int times, Expr *expr) {
  if (times < 1 || times > MAX_WIDTH / expr->width) {
    module_error(expr->module, "%s repeated %d times", expr_text(expr), times);
    times = 1;
  }
  if (times == 1) return expr;
  Expr *repeat = expr_unary(EX_REPEAT, expr->width * times, expr);
  repeat->lo = times;
  return repeat;
}

static bool check_extension(const Expr *expr, int width) {
  if (width > expr->width && width <= MAX_WIDTH) return true;
  if (width != expr->width)
    module_error(expr->module, "%d bits extended to %d: %s", expr->width, width, expr_text(expr));
  return false;
}

Expr *ex_zero_extend(Expr *expr, int width) {
  if (!check_extension(expr, width)) return expr;
  return ex_cat(ex_const(expr->module, width - expr->width, 0), expr);
}

Expr *ex_sign_extend(Expr *expr, int width) {
  if (!check_extension(expr, width)) return expr;
  return ex_cat(ex_repeat(width - expr->width, ex_bit(expr, expr->width - 1)), expr);
}

// ---- operators ----

static Expr *operands_agree(ExprKind kind, bool one_bit, Expr *a, Expr *b) {
  Expr *expr = expr_new(a->module, kind, one_bit ? 1 : a->width, 2);
  expr->args[0] = a;
  expr->args[1] = b;
  check_same_module(a, b);
  if (a->width != b->width)
    module_error(a->module, "operands of %d and %d bits: %s", a->width, b->width, expr_text(expr));
  return expr;
}

static Expr *terms_agree(ExprKind kind, size_t count, Expr *const *terms) {
  if (count == 1) return terms[0];
  Expr *expr = expr_new(terms[0]->module, kind, terms[0]->width, count);
  memcpy(expr->args, terms, count * sizeof *terms);
  for (size_t i = 1; i < count; i++) {
    check_same_module(terms[0], terms[i]);
    if (terms[i]->width != terms[0]->width)
      module_error(expr->module, "operands of %d and %d bits: %s", terms[0]->width, terms[i]->width, expr_text(expr));
  }
  return expr;
}

static Expr *shift(ExprKind kind, Expr *operand, int bits) {
  if (bits == 0) return operand;
  Expr *expr = expr_unary(kind, operand->width, operand);
  expr->lo = bits;
  if (bits < 0 || bits >= operand->width)
    module_error(operand->module, "%d bits shifted by %d: %s", operand->width, bits, expr_text(operand));
  return expr;
}

Expr *ex_not(Expr *expr) {
  return expr_unary(EX_NOT, expr->width, expr);
}

Expr *ex_and(Expr *a, Expr *b) {
  return operands_agree(EX_AND, false, a, b);
}

Expr *ex_or(Expr *a, Expr *b) {
  return operands_agree(EX_OR, false, a, b);
}

Expr *ex_xor(Expr *a, Expr *b) {
  return operands_agree(EX_XOR, false, a, b);
}

Expr *ex_and_all(size_t count, Expr *const *terms) {
  return terms_agree(EX_AND, count, terms);
}

Expr *ex_or_all(size_t count, Expr *const *terms) {
  return terms_agree(EX_OR, count, terms);
}

Expr *ex_reduce_and(Expr *expr) {
  return expr_unary(EX_REDUCE_AND, 1, expr);
}

Expr *ex_reduce_or(Expr *expr) {
  return expr_unary(EX_REDUCE_OR, 1, expr);
}

Expr *ex_reduce_xor(Expr *expr) {
  return expr_unary(EX_REDUCE_XOR, 1, expr);
}

Expr *ex_add(Expr *a, Expr *b) {
  return operands_agree(EX_ADD, false, a, b);
}

Expr *ex_sub(Expr *a, Expr *b) {
  return operands_agree(EX_SUB, false, a, b);
}

Expr *ex_shift_left(Expr *expr, int bits) {
  return shift(EX_SHIFT_LEFT, expr, bits);
}

Expr *ex_shift_right(Expr *expr, int bits) {
  return shift(EX_SHIFT_RIGHT, expr, bits);
}

Expr *ex_eq(Expr *a, Expr *b) {
  return operands_agree(EX_EQ, true, a, b);
}

Expr *ex_ne(Expr *a, Expr *b) {
  return operands_agree(EX_NE, true, a, b);
}

Expr *ex_lt(Expr *a, Expr *b) {
  return operands_agree(EX_LT, true, a, b);
}

Expr *ex_ge(Expr *a, Expr *b) {
  return operands_agree(EX_GE, true, a, b);
}

Expr *ex_lt_signed(Expr *a, Expr *b) {
  return operands_agree(EX_LT_SIGNED, true, a, b);
}

Expr *ex_ge_signed(Expr *a, Expr *b) {
  return operands_agree(EX_GE_SIGNED, true, a, b);
}

Expr *ex_mux(Expr *condition, Expr *yes, Expr *no) {
  Expr *expr = expr_new(yes->module, EX_MUX, yes->width, 3);
  expr->args[0] = condition;
  expr->args[1] = yes;
  expr->args[2] = no;
  check_same_module(yes, condition);
  check_same_module(yes, no);
  if (condition->width != 1)
    module_error(yes->module, "a condition of %d bits: %s", condition->width, expr_text(condition));
  if (yes->width != no->width)
    module_error(yes->module, "operands of %d and %d bits: %s", yes->width, no->width, expr_text(expr));
  return expr;
}
