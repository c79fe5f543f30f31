// Hardware in memory: every mistake a builder can make, and the one line that is said about it.
#include "gen/hdl/hdl.h"
#include "tests/unit/support.h"
#include <time.h>

static const Leaf adder = {
    .name = "lac_test_adder",
    .params = (const LeafParam[]){{"WIDTH", 1, 64, NULL}, {"SUM_W", 1, 65, "WIDTH + 1"}, {NULL, 0, 0, NULL}},
    .ports = (const LeafPort[]){{"clk_i", PORT_IN, "1", NULL},
                                {"a_i", PORT_IN, "WIDTH", NULL},
                                {"b_i", PORT_IN, "WIDTH", NULL},
                                {"sum_o", PORT_OUT, "SUM_W", NULL},
                                {"a_odd_o", PORT_OUT, "1", "a_i"},
                                {NULL, PORT_IN, NULL, NULL}},
};

// ---- one mistake each, in a module that is right otherwise: ports clk_i, rst_i, a_i[7:0], y_o[7:0] ----

typedef struct Bench {
  Design *d;
  Module *m;
  Net *a, *y;
} Bench;

static void two_assigns(Bench b) {
  assign(b.y, ex(b.a));
  assign_slice(b.y, 3, 2, ex_slice(ex(b.a), 1, 0));
}

static void assign_and_select(Bench b) {
  assign(b.y, ex(b.a));
  select_new(b.y, ex(b.a), ex_const(b.m, 8, 0));
}

static void driven_input(Bench b) {
  assign(b.y, ex(b.a));
  assign(b.a, ex_const(b.m, 8, 1));
}

static void two_nexts(Bench b) {
  Net *q = reg_new(b.m, "x_q", 8);
  reg_next(q, ex(b.a), NULL);
  reg_next(q, ex_not(ex(b.a)), NULL);
  assign(b.y, ex(q));
}

static void no_driver(Bench b) {
  Net *x = net_new(b.m, "x", 8);
  assign(b.y, ex_and(ex(b.a), ex(x)));
}

static void undriven_bits(Bench b) {
  assign_slice(b.y, 2, 0, ex_slice(ex(b.a), 2, 0));
  assign_slice(b.y, 7, 5, ex_slice(ex(b.a), 7, 5));
  read_unused(ex_slice(ex(b.a), 4, 3));
}

static void no_next(Bench b) {
  Net *q = reg_new(b.m, "x_q", 8);
  assign(b.y, ex_and(ex(b.a), ex(q)));
}

static void unread_net(Bench b) {
  Net *x = net_new(b.m, "x", 8);
  assign(x, ex(b.a));
  assign(b.y, ex(b.a));
}

static void unread_input_bits(Bench b) {
  assign(b.y, ex_zero_extend(ex_slice(ex(b.a), 5, 0), 8));
}

static void self_counter(Bench b) {
  Net *count = reg_reset(b.m, "count_q", 4, 0);
  reg_next(count, ex_add(ex(count), ex_const(b.m, 4, 1)), NULL);
  assign(b.y, ex(b.a));
}

static void assign_width(Bench b) {
  assign(b.y, ex_cat(ex_const(b.m, 1, 0), ex(b.a)));
}

static void operand_width(Bench b) {
  assign(b.y, ex_add(ex(b.a), ex_const(b.m, 3, 1)));
}

static void compare_width(Bench b) {
  assign(b.y, ex_zero_extend(ex_eq(ex(b.a), ex_slice(ex(b.a), 6, 0)), 8));
}

static void mux_width(Bench b) {
  assign(b.y, ex_mux(ex_bit(ex(b.a), 0), ex(b.a), ex_const(b.m, 9, 0)));
}

static void mux_condition(Bench b) {
  assign(b.y, ex_mux(ex(b.a), ex(b.a), ex_const(b.m, 8, 0)));
}

static void average(Bench b) { // (a + b) >> 1, which loses its carry and which linters let pass
  Net *sum = net_new(b.m, "sum", 9);
  assign(sum, ex_add(ex(b.a), ex(b.a)));
  assign(b.y, ex_slice(ex(sum), 8, 1));
  read_unused(ex_bit(ex(sum), 0));
}

static void big_constant(Bench b) {
  assign(b.y, ex_or(ex(b.a), ex_const(b.m, 8, 256)));
}

static void big_reset(Bench b) {
  Net *q = reg_reset(b.m, "x_q", 8, 300);
  reg_next(q, ex(b.a), NULL);
  assign(b.y, ex(q));
}

static void wide_enable(Bench b) {
  Net *q = reg_new(b.m, "x_q", 8);
  reg_next(q, ex(b.a), ex(b.a));
  assign(b.y, ex(q));
}

static void select_width(Bench b) {
  Select *select = select_new(b.y, ex_slice(ex(b.a), 1, 0), ex(b.a));
  select_row(select, 4, ex_const(b.m, 8, 1), NULL);
}

static void select_twice(Bench b) {
  Select *select = select_new(b.y, ex_slice(ex(b.a), 1, 0), ex(b.a));
  select_row(select, 3, ex_const(b.m, 8, 1), NULL);
  select_row(select, 3, ex_const(b.m, 8, 2), NULL);
}

static void slice_range(Bench b) {
  assign(b.y, ex_or(ex(b.a), ex_slice(ex(b.a), 8, 1)));
}

static void slice_of_sum(Bench b) {
  assign(b.y, ex_zero_extend(ex_slice(ex_add(ex(b.a), ex(b.a)), 6, 0), 8));
}

static void shift_range(Bench b) {
  assign(b.y, ex_shift_left(ex(b.a), 8));
}

static void own_cycle(Bench b) {
  Net *x = net_new(b.m, "x", 8);
  assign(x, ex_and(ex(b.a), ex(b.y)));
  assign(b.y, ex_not(ex(x)));
}

static void select_cycle(Bench b) {
  Net *x = net_new(b.m, "x", 8);
  Select *select = select_new(x, ex(b.a), ex_const(b.m, 8, 0));
  select_row(select, 1, ex(b.y), NULL);
  assign(b.y, ex(x));
}

static Inst *adder_add(Bench b) {
  Inst *u = inst_leaf(b.m, &adder, "u_adder");
  inst_param(u, "WIDTH", 7);
  inst_in(u, "b_i", ex_slice(ex(b.a), 7, 1));
  inst_out(u, "sum_o", b.y);
  return u;
}

static void leaf_cycle(Bench b) {
  Net *odd = net_new(b.m, "odd", 1);
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex_cat(ex(odd), ex_slice(ex(b.a), 5, 0)));
  inst_out(u, "a_odd_o", odd);
}

static void child_cycle(Bench b) {
  Module *pass = module_new(b.d, "lac_pass", "Passes one of two inputs on.");
  assign(port_out(pass, "y_o", 8, NULL), ex(port_in(pass, "a_i", 8, NULL)));
  assign(port_out(pass, "z_o", 8, NULL), ex(port_in(pass, "b_i", 8, NULL)));
  Net *x = net_new(b.m, "x", 8);
  Inst *u = inst_module(b.m, pass, "u_pass");
  inst_in(u, "a_i", ex_xor(ex(x), ex(b.a)));
  inst_in(u, "b_i", ex(x));
  inst_out(u, "y_o", x);
  inst_out(u, "z_o", b.y);
}

static void open_port(Bench b) {
  inst_in(adder_add(b), "a_i", ex_slice(ex(b.a), 6, 0)); // nothing said about a_odd_o
}

static void open_input(Bench b) {
  inst_open(adder_add(b), "a_odd_o");
  read_unused(ex_bit(ex(b.a), 0));
}

static void port_width(Bench b) {
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex(b.a));
  inst_open(u, "a_odd_o");
}

static void output_width(Bench b) {
  Net *odd = net_new(b.m, "odd", 2);
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_out(u, "a_odd_o", odd);
  read_unused(ex(odd));
}

static void unknown_port(Bench b) {
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_open(u, "a_odd_o");
  inst_in(u, "carry_i", ex_bit(ex(b.a), 0));
}

static void port_twice(Bench b) {
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_in(u, "a_i", ex_slice(ex(b.a), 7, 1));
  inst_open(u, "a_odd_o");
}

static void wrong_direction(Bench b) {
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_open(u, "a_odd_o");
  inst_open(u, "b_i");
}

static void param_range(Bench b) {
  Inst *u = adder_add(b);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_open(u, "a_odd_o");
  inst_param(u, "SUM_W", 66);
}

static void param_missing(Bench b) {
  Inst *u = inst_leaf(b.m, &adder, "u_adder");
  inst_param(u, "SUM_W", 8);
  inst_in(u, "a_i", ex(b.a));
  inst_in(u, "b_i", ex(b.a));
  inst_out(u, "sum_o", b.y);
  inst_open(u, "a_odd_o");
}

static void own_child(Bench b) {
  assign(b.y, ex(b.a));
  Inst *u = inst_module(b.m, b.m, "u_self");
  inst_in(u, "a_i", ex(b.a));
  inst_open(u, "y_o");
}

static void other_module(Bench b) {
  Module *other = module_new(b.d, "lac_other", "Not the module under test.");
  assign(port_out(other, "y_o", 8, NULL), ex(port_in(other, "a_i", 8, NULL)));
  assign(b.y, ex_and(ex(b.a), ex(net_find(other, "a_i"))));
}

static void no_clock(Bench b) {
  Module *other = module_new(b.d, "lac_other", "Has a register but no clock.");
  Net *q = reg_new(other, "x_q", 8);
  reg_next(q, ex(port_in(other, "a_i", 8, NULL)), NULL);
  assign(port_out(other, "y_o", 8, NULL), ex(q));
  assign(b.y, ex(b.a));
}

static void name_with_capital(Bench b) {
  assign(b.y, ex(net_new(b.m, "aB", 8))), assign(net_find(b.m, "aB"), ex(b.a));
}

static void name_reserved(Bench b) {
  assign(b.y, ex(net_new(b.m, "casez", 8))), assign(net_find(b.m, "casez"), ex(b.a));
}

static void name_system_verilog(Bench b) {
  assign(b.y, ex(net_new(b.m, "logic", 8)));
  assign(net_find(b.m, "logic"), ex(b.a));
}

static void name_taken(Bench b) {
  Net *first = net_new(b.m, "x", 8), *second = net_new(b.m, "x", 8);
  assign(first, ex(b.a));
  assign(second, ex(first));
  assign(b.y, ex(second));
}

static void name_of_register(Bench b) {
  Net *x = reg_new(b.m, "x", 8);
  reg_next(x, ex(b.a), NULL);
  assign(b.y, ex(x));
}

static void name_of_port(Bench b) {
  Net *x = port_in(b.m, "x", 8, NULL);
  assign(b.y, ex_and(ex(b.a), ex(x)));
}

static void name_of_instance(Bench b) {
  Inst *u = inst_leaf(b.m, &adder, "adder");
  inst_param(u, "WIDTH", 7);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_in(u, "b_i", ex_slice(ex(b.a), 7, 1));
  inst_out(u, "sum_o", b.y);
  inst_open(u, "a_odd_o");
}

static void name_of_module(Bench b) {
  Module *other = module_new(b.d, "pass", "Lacks the prefix.");
  assign(port_out(other, "y_o", 8, NULL), ex(port_in(other, "a_i", 8, NULL)));
  assign(b.y, ex(b.a));
}

static void module_twice(Bench b) {
  Module *other = module_new(b.d, "lac_t", "Takes the name of the module under test.");
  assign(port_out(other, "y_o", 8, NULL), ex(port_in(other, "a_i", 8, NULL)));
  assign(b.y, ex(b.a));
}

static void name_of_leaf(Bench b) {
  Module *other = module_new(b.d, "lac_test_adder", "Takes the name of a leaf.");
  assign(port_out(other, "y_o", 8, NULL), ex(port_in(other, "a_i", 8, NULL)));
  inst_open(adder_add(b), "a_odd_o");
}

static void no_such_leaf(Bench b) {
  assign(b.y, ex(b.a));
  inst_leaf(b.m, NULL, "u_adder");
}

static void declared_late(Bench b) {
  section(b.m, "First");
  Inst *u = adder_add(b);
  section(b.m, "Second");
  Net *x = net_new(b.m, "x", 7);
  assign(x, ex_slice(ex(b.a), 6, 0));
  inst_in(u, "a_i", ex(x));
  inst_open(u, "a_odd_o");
}

static void parts_that_do_not_fit(Bench b) {
  assign(net_parts(b.y, "PART_W", 3), ex(b.a));
}

static void parts_of_two_widths(Bench b) {
  net_parts(b.a, "PART_W", 2);
  assign(net_parts(b.y, "PART_W", 4), ex(b.a));
}

static const struct Mistake {
  void (*build)(Bench bench);
  const char *error;
} mistakes[] = {
    {parts_that_do_not_fit, "module lac_t: net y_o: 8 bits are no row of 3 bits"},
    {parts_of_two_widths, "module lac_t: net y_o: PART_W is 2 bits, not 4"},
    {two_assigns, "module lac_t: net y_o[3:2]: two drivers: assign from a_i; assign from a_i[1:0]"},
    {assign_and_select, "module lac_t: net y_o: two drivers: assign from a_i; select"},
    {driven_input, "module lac_t: net a_i: two drivers: input port; assign from 8'd1"},
    {two_nexts, "module lac_t: net x_q: two drivers: reg_next; reg_next"},
    {no_driver, "module lac_t: net x: no driver"},
    {undriven_bits, "module lac_t: net y_o[4:3]: no driver"},
    {no_next, "module lac_t: net x_q: no driver"},
    {unread_net, "module lac_t: net x: never read"},
    {unread_input_bits, "module lac_t: net a_i[7:6]: never read"},
    {self_counter, "module lac_t: net count_q: never read"},
    {assign_width, "module lac_t: net y_o: 8 bits assigned from 9 bits: {1'b0, a_i}"},
    {operand_width, "module lac_t: operands of 8 and 3 bits: a_i + 3'd1"},
    {compare_width, "module lac_t: operands of 8 and 7 bits: a_i == a_i[6:0]"},
    {mux_width, "module lac_t: operands of 8 and 9 bits: a_i[0] ? a_i : 9'd0"},
    {mux_condition, "module lac_t: a condition of 8 bits: a_i"},
    {average, "module lac_t: net sum: 9 bits assigned from 8 bits: a_i + a_i"},
    {big_constant, "module lac_t: constant 256 does not fit 8 bits"},
    {big_reset, "module lac_t: net x_q: reset value 300 does not fit 8 bits"},
    {wide_enable, "module lac_t: net x_q: an enable of 8 bits: a_i"},
    {select_width, "module lac_t: net y_o: case 4 does not fit 2 bits"},
    {select_twice, "module lac_t: net y_o: case 3 is there twice"},
    {slice_range, "module lac_t: bits 8 to 1 taken of 8 bits: a_i"},
    {slice_of_sum, "module lac_t: bits 6 to 0 taken of an expression, give it a net: a_i + a_i"},
    {shift_range, "module lac_t: 8 bits shifted by 8: a_i"},
    {own_cycle, "module lac_t: net y_o: combinational cycle: y_o from x from y_o"},
    {select_cycle, "module lac_t: net y_o: combinational cycle: y_o from x from y_o"},
    {leaf_cycle, "module lac_t: net odd: combinational cycle: odd from odd"},
    {child_cycle, "module lac_t: net x: combinational cycle: x from x"},
    {open_port, "module lac_t: instance u_adder: port a_odd_o is not connected"},
    {open_input, "module lac_t: instance u_adder: port a_i is not connected"},
    {port_width, "module lac_t: instance u_adder: port a_i of 7 bits connected to 8 bits: a_i"},
    {output_width, "module lac_t: instance u_adder: port a_odd_o of 1 bits drives 2 bits of net odd"},
    {unknown_port, "module lac_t: instance u_adder: lac_test_adder has no port carry_i"},
    {port_twice, "module lac_t: instance u_adder: port a_i is connected twice"},
    {wrong_direction, "module lac_t: instance u_adder: port b_i of lac_test_adder is no output"},
    {param_range, "module lac_t: instance u_adder: parameter SUM_W = 66; legal is 1 to 65"},
    {param_missing, "module lac_t: instance u_adder: parameter WIDTH is not set"},
    {own_child, "module lac_t: it contains itself"},
    {other_module, "module lac_t: a_i is used with a_i of module lac_other"},
    {no_clock, "module lac_other: net x_q: a register needs an input port clk_i of 1 bit"},
    {name_with_capital, "module lac_t: net aB: bad name: a name holds lower-case letters, digits and underscores"},
    {name_reserved, "module lac_t: net casez: bad name: a reserved word"},
    {name_system_verilog, "module lac_t: net logic: bad name: a reserved word"},
    {name_taken, "module lac_t: net x: there are two of this name"},
    {name_of_register, "module lac_t: net x: bad name: it should end in _q"},
    {name_of_port, "module lac_t: net x: bad name: it should end in _i"},
    {name_of_instance, "module lac_t: instance adder: bad name: the name of an instance starts with u_"},
    {name_of_module, "module pass: bad name: the name of a module starts with lac_"},
    {declared_late, "module lac_t: net x: used in a section before its own, create it earlier"},
    {name_of_leaf, "module lac_test_adder: a leaf has this name"},
    {no_such_leaf, "module lac_t: instance u_adder: there is no such leaf"},
    {module_twice, "module lac_t: there are two of this name"},
};

// The module under test, with a register of its own that reads clk_i and rst_i.
static Bench bench_make(void) {
  Design *design = design_new(&(DesignInfo){.tool = "lacuna test"});
  Module *m = module_new(design, "lac_t", "Module under test.");
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  Bench bench = {design, m, port_in(m, "a_i", 8, NULL), port_out(m, "y_o", 8, NULL)};
  Net *alive = reg_reset(m, "alive_q", 1, 0);
  reg_next(alive, ex_const(m, 1, 1), NULL);
  read_unused(ex(alive));
  return bench;
}

static void test_mistakes(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
    Bench bench = bench_make();
    mistakes[i].build(bench);
    assert_false(design_check(bench.d));
    bool listed = false;
    for (size_t k = 0; k < design_error_count(bench.d); k++)
      listed |= strcmp(design_error(bench.d, k), mistakes[i].error) == 0;
    if (!listed) {
      fprintf(stderr, "expected: %s\n", mistakes[i].error);
      design_report(bench.d, stderr);
    }
    assert_true(listed);
    assert_false(module_print(bench.m, stderr));
    design_free(bench.d);
  }
}

// What looks like a mistake and is none.

static void chain(Bench b) { // every bit from the one below it: no cycle
  assign_slice(b.y, 0, 0, ex_bit(ex(b.a), 0));
  for (int bit = 1; bit < 8; bit++)
    assign_slice(b.y, bit, bit, ex_xor(ex_bit(ex(b.y), bit - 1), ex_bit(ex(b.a), bit)));
}

static void leaf_loop(Bench b) { // back into b_i, on which nothing depends within the cycle
  Net *odd = net_new(b.m, "odd", 1);
  Inst *u = inst_leaf(b.m, &adder, "u_adder");
  inst_param(u, "WIDTH", 7);
  inst_in(u, "a_i", ex_slice(ex(b.a), 6, 0));
  inst_in(u, "b_i", ex_cat(ex(odd), ex_slice(ex(b.a), 7, 2)));
  inst_out(u, "sum_o", b.y);
  inst_out(u, "a_odd_o", odd);
}

static void child_loop(Bench b) { // through both halves of a child, which are apart
  Module *pass = module_new(b.d, "lac_pass", "Passes two inputs on.");
  assign(port_out(pass, "y_o", 8, NULL), ex(port_in(pass, "a_i", 8, NULL)));
  assign(port_out(pass, "z_o", 8, NULL), ex(port_in(pass, "b_i", 8, NULL)));
  Net *x = net_new(b.m, "x", 8);
  Inst *u = inst_module(b.m, pass, "u_pass");
  inst_in(u, "a_i", ex(b.a));
  inst_in(u, "b_i", ex(x));
  inst_out(u, "y_o", x);
  inst_out(u, "z_o", b.y);
}

static void bus_pin(Bench b) {
  Net *pin = port_in(b.m, "m_axi_rdata", 8, NULL);
  assign(b.y, ex_and(ex(b.a), ex(pin)));
}

static void register_loop(Bench b) {
  Net *q = reg_new(b.m, "x_q", 8);
  reg_next(q, ex_add(ex(q), ex(b.a)), ex_reduce_or(ex(b.a)));
  assign(b.y, ex(q));
}

static void test_legal(void **state) {
  (void)state;
  void (*const legal[])(Bench) = {chain, leaf_loop, child_loop, bus_pin, register_loop};
  for (size_t i = 0; i < sizeof legal / sizeof *legal; i++) {
    Bench bench = bench_make();
    legal[i](bench);
    design_check(bench.d);
    design_report(bench.d, stderr);
    assert_int_equal(design_error_count(bench.d), 0);
    design_free(bench.d);
  }
}

// ---- formulas of leaf ports ----

static void test_formulas(void **state) {
  (void)state;
  static const char *const names[] = {"M0", "K0", "A_BITS", "DEPTH"};
  static const int64_t values[] = {4, 16, 9, 100};
  static const struct {
    const char *formula;
    int64_t value; // -1: refused
  } rows[] = {
      {"1", 1},
      {"M0*K0*A_BITS", 576},
      {"M0 + K0 * 2 - 1", 35},
      {"(M0 + K0) * 2", 40},
      {"K0 / M0 / 2", 2},
      {"$clog2(DEPTH)", 7},
      {"$clog2(K0) + 1", 5},
      {"$clog2(1)", 0},
      {"M0 > 1 ? $clog2(M0) : 1", 2},
      {"M0 - 3 > 1 ? $clog2(M0) : 1", 1},
      {"1 + (M0 > K0 ? M0 : K0)", 17},
      {"M0 < K0 ? M0 != 4 ? 7 : 8 : 9", 8},
      {"M0 < 4", 0},
      {"8 - M0 - 3", 1},
      {"M0 K0", -1},
      {"N0", -1},
      {"M", -1},
      {"", -1},
      {"(M0", -1},
      {"M0)", -1},
      {"M0 / (K0 - 16)", -1},
      {"$clog2(M0 - 4)", -1},
      {"$clog2 M0", -1},
      {"clog2(M0)", -1},
      {"$log(M0)", -1},
      {"M0 ! K0", -1},
      {"M0 > 1 ? 2", -1},
      {"M0 > 1 : 2", -1},
      {"M0 *", -1},
      {"9000000000000000000 * 9", -1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    int64_t value;
    bool good = formula_eval(rows[i].formula, names, values, 4, &value);
    if (good != (rows[i].value >= 0)) print_error("%s\n", rows[i].formula);
    assert_int_equal(good, rows[i].value >= 0);
    if (good) assert_int_equal(value, rows[i].value);
  }
}

// ---- a large array: check and print within the time that a generator run has ----

enum { SIDE = 64 };

static Module *grid_build(Design *design) {
  Module *m = module_new(design, "lac_grid", "A grid of adders, row broadcast against column broadcast.");
  port_in(m, "clk_i", 1, NULL);
  Net *a = port_in(m, "a_i", SIDE * 32, NULL), *b = port_in(m, "b_i", SIDE * 32, NULL);
  Net *y = port_out(m, "y_o", SIDE * SIDE * 33, NULL);
  for (int row = 0; row < SIDE; row++)
    for (int col = 0; col < SIDE; col++) {
      Inst *u = inst_leaf(m, &adder, format(m, "u_adder_%d_%d", row, col));
      inst_param(u, "WIDTH", 32);
      inst_in(u, "a_i", ex_part(a, row, 32));
      inst_in(u, "b_i", ex_part(b, col, 32));
      inst_out_part(u, "sum_o", y, row * SIDE + col, 33);
      inst_open(u, "a_odd_o");
    }
  return m;
}

static void test_large(void **state) {
  (void)state;
  struct timespec begin, end;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
  Design *design = design_new(&(DesignInfo){.tool = "lacuna test"});
  Module *m = grid_build(design);
  assert_true(design_check(design));
  FILE *out = fopen(file_path("lac_grid.v"), "w");
  assert_non_null(out);
  assert_true(module_print(m, out));
  assert_int_equal(fclose(out), 0);
  design_free(design);
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
  double seconds = (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
  printf("4096 instances built, checked and printed in %.3f s of processor time\n", seconds);
  assert_true(seconds < 1.0); // sanitizers and slow machines; 0.05 s is usual
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_mistakes), cmocka_unit_test(test_legal),
                                     cmocka_unit_test(test_formulas), cmocka_unit_test(test_large)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
