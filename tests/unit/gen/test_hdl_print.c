// Hardware as text: precedence, the shape of each construct, byte identity, and what the tools say of a printed design.
#include "gen/hdl/hdl.h"
#include "tests/unit/support.h"

static Design *design_make(void) {
  return design_new(&(DesignInfo){"lacuna test", "lacuna gen x.yaml", "0123456789abcdef", "a paper, section 2", NULL});
}

static void print_file(const Module *module, const char *name) {
  FILE *out = fopen(file_path(name), "w");
  assert_non_null(out);
  assert_true(module_print(module, out));
  assert_int_equal(fclose(out), 0);
}

// The module as text; to be freed.
static char *print_text(const Module *module) {
  char *text;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  assert_non_null(out);
  assert_true(module_print(module, out));
  assert_int_equal(fclose(out), 0);
  return text;
}

static void check_design(Design *design) {
  design_check(design);
  design_report(design, stderr);
  assert_int_equal(design_error_count(design), 0);
}

static void expect_text(const char *text, const char *wanted) {
  if (!strstr(text, wanted)) fprintf(stderr, "expected:\n%s\nin:\n%s\n", wanted, text);
  assert_non_null(strstr(text, wanted));
}

// ---- precedence ----

typedef struct Nets {
  Module *m;
  Expr *a, *b, *c, *s; // 8 bits each, s 1 bit
} Nets;

#define OPERATOR_ROWS(ROW)                                                                                             \
  ROW(8, ex_add(ex_add(n.a, n.b), n.c), "a_i + b_i + c_i")                                                             \
  ROW(8, ex_add(n.a, ex_add(n.b, n.c)), "a_i + b_i + c_i")                                                             \
  ROW(8, ex_sub(ex_sub(n.a, n.b), n.c), "a_i - b_i - c_i")                                                             \
  ROW(8, ex_sub(n.a, ex_sub(n.b, n.c)), "a_i - (b_i - c_i)")                                                           \
  ROW(8, ex_sub(n.a, ex_add(n.b, n.c)), "a_i - (b_i + c_i)")                                                           \
  ROW(8, ex_and(ex_or(n.a, n.b), n.c), "(a_i | b_i) & c_i")                                                            \
  ROW(8, ex_or(n.a, ex_and(n.b, n.c)), "a_i | (b_i & c_i)")                                                            \
  ROW(8, ex_xor(ex_and(n.a, n.b), ex_or(n.b, n.c)), "(a_i & b_i) ^ (b_i | c_i)")                                       \
  ROW(8, ex_not(ex_and(n.a, ex_not(n.b))), "~(a_i & ~b_i)")                                                            \
  ROW(8, ex_shift_left(ex_add(n.a, n.b), 2), "(a_i + b_i) << 2")                                                       \
  ROW(8, ex_add(n.a, ex_shift_right(n.b, 1)), "a_i + (b_i >> 1)")                                                      \
  ROW(8, ex_or(n.a, ex_add(n.b, n.c)), "a_i | (b_i + c_i)")                                                            \
  ROW(8, ex_shift_left(ex_shift_right(n.a, 1), 2), "(a_i >> 1) << 2")                                                  \
  ROW(1, ex_and(n.s, ex_eq(n.a, n.b)), "s_i & (a_i == b_i)")                                                           \
  ROW(1, ex_eq(n.s, ex_lt(n.a, n.b)), "s_i == (a_i < b_i)")                                                            \
  ROW(1, ex_eq(ex_eq(n.a, n.b), n.s), "(a_i == b_i) == s_i")                                                           \
  ROW(1, ex_ge(ex_and(n.a, n.b), n.c), "(a_i & b_i) >= c_i")                                                           \
  ROW(1, ex_lt_signed(n.a, ex_add(n.b, n.c)), "$signed(a_i) < $signed(b_i + c_i)")                                     \
  ROW(1, ex_reduce_or(n.a), "|a_i")                                                                                    \
  ROW(1, ex_and(n.s, ex_reduce_or(ex_and(n.a, n.b))), "s_i & (|(a_i & b_i))")                                          \
  ROW(1, ex_reduce_xor(ex_not(n.a)), "^(~a_i)")                                                                        \
  ROW(1, ex_not(ex_reduce_and(n.a)), "~(&a_i)")                                                                        \
  ROW(8, ex_mux(n.s, n.a, ex_mux(ex_reduce_or(n.b), n.b, n.c)), "s_i ? a_i : |b_i ? b_i : c_i")                        \
  ROW(8, ex_mux(n.s, ex_mux(n.s, n.a, n.b), n.c), "s_i ? (s_i ? a_i : b_i) : c_i")                                     \
  ROW(8, ex_or(n.a, ex_mux(n.s, n.b, n.c)), "a_i | (s_i ? b_i : c_i)")                                                 \
  ROW(9, ex_cat(n.s, ex_add(n.a, n.b)), "{s_i, a_i + b_i}")                                                            \
  ROW(12, ex_sign_extend(n.a, 12), "{{4{a_i[7]}}, a_i}")                                                               \
  ROW(9, ex_sign_extend(n.a, 9), "{a_i[7], a_i}")                                                                      \
  ROW(12, ex_zero_extend(n.a, 12), "{4'd0, a_i}")                                                                      \
  ROW(18, ex_repeat(2, ex_cat(n.s, n.a)), "{2{s_i, a_i}}")                                                             \
  ROW(8, ex_and(n.a, ex_hex(n.m, 8, 15)), "a_i & 8'h0f")                                                               \
  ROW(100, ex_zero_extend(ex_slice(n.b, 6, 3), 100), "{96'd0, b_i[6:3]}")

static Nets nets_make(Design *design) {
  Module *m = module_new(design, "lac_operators", "One output for each row of the table.");
  Nets n = {m, ex(port_in(m, "a_i", 8, NULL)), ex(port_in(m, "b_i", 8, NULL)), ex(port_in(m, "c_i", 8, NULL)), NULL};
  n.s = ex(port_in(m, "s_i", 1, NULL));
  return n;
}

static void test_precedence(void **state) {
  (void)state;
  Design *design = design_make();
  Nets n = nets_make(design);
  char wanted[64][96];
  int count = 0;
#define ROW(width, expr, text)                                                                                         \
  assign(port_out(n.m, format(n.m, "y%d_o", count), width, NULL), expr);                                               \
  snprintf(wanted[count], sizeof wanted[count], "  assign y%d_o = %s;\n", count, text);                                \
  count++;
  OPERATOR_ROWS(ROW)
#undef ROW
  check_design(design);
  char *text = print_text(n.m);
  for (int i = 0; i < count; i++)
    expect_text(text, wanted[i]);
  free(text);
  design_free(design);
}

// ---- one of everything ----

static Module *child_make(Design *design) {
  Module *m = module_new(design, "lac_stage", "One pipeline stage.");
  port_in(m, "clk_i", 1, NULL);
  Net *d = port_in(m, "d_i", 16, NULL), *q = port_out(m, "q_o", 16, "d_i of the cycle before"), *odd;
  odd = port_out(m, "odd_o", 1, NULL);
  Net *kept = reg_new(m, "kept_q", 16);
  reg_next(kept, ex(d), NULL);
  assign(q, ex(kept));
  assign(odd, ex_bit(ex(kept), 0));
  return m;
}

static Module *everything_make(Design *design) {
  const Module *stage = child_make(design);
  Module *m = module_new(design, "lac_everything", "One of every construct.");
  module_note(m, "A second line of the header.");
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, "synchronous, active high");
  Net *valid = port_in(m, "valid_i", 1, NULL), *code = port_in(m, "code_i", 2, "what to do"),
      *data = port_in(m, "data_i", 16, NULL);

  section(m, "Result");
  Net *out = port_out(m, "data_o", 16, NULL), *many = port_out(m, "many_o", 1, NULL);

  section(m, "Choice");
  Net *chosen = net_remark(net_new(m, "chosen", 16), "by code_i");
  Select *select = select_new(chosen, ex(code), ex_const(m, 16, 0));
  select_row(select, 1, ex(data), "as it is");
  select_row(select, 2, ex_not(ex(data)), NULL);

  section(m, "Registers");
  Net *count = reg_reset(m, "count_q", 3, 7), *busy = reg_reset(m, "busy_q", 1, 0), *held = reg_new(m, "held_q", 16);
  comment(m, "Counts what was accepted.");
  reg_next(count, ex_add(ex(count), ex_const(m, 3, 1)), ex(valid));
  reg_next(busy, ex(valid), NULL);
  reg_next(held, ex(chosen), ex(valid));

  section(m, "Pipeline");
  Net *stages = net_new(m, "stages", 32);
  for (int i = 0; i < 2; i++) {
    Inst *u = inst_module(m, stage, format(m, "u_stage_%d", i));
    inst_in(u, "d_i", i ? ex_part(stages, i - 1, 16) : ex(held));
    inst_out_part(u, "q_o", stages, i, 16);
    inst_open(u, "odd_o");
  }
  assign(out, ex_part(stages, 1, 16));
  assign(many, ex_and(ex(busy), ex_ge(ex(count), ex_const(m, 3, 4))));
  return m;
}

static const char everything[] = "// lac_everything\n"
                                 "//\n"
                                 "// One of every construct.\n"
                                 "// A second line of the header.\n"
                                 "//\n"
                                 "// Builds:  a paper, section 2\n"
                                 "// Plan:    0123456789abcdef\n"
                                 "// Tool:    lacuna test\n"
                                 "// Command: lacuna gen x.yaml\n"
                                 "// Generated, do not edit.\n"
                                 "\n"
                                 "`default_nettype none\n"
                                 "\n"
                                 "module lac_everything (\n"
                                 "  input  wire        clk_i,\n"
                                 "  input  wire        rst_i,   // synchronous, active high\n"
                                 "  input  wire        valid_i,\n"
                                 "  input  wire [1:0]  code_i,  // what to do\n"
                                 "  input  wire [15:0] data_i,\n"
                                 "\n"
                                 "  // Result\n"
                                 "  output wire [15:0] data_o,\n"
                                 "  output wire        many_o\n"
                                 ");\n"
                                 "\n"
                                 "  wire [1:0] unused_outputs; // left open on purpose\n"
                                 "\n"
                                 "  // ---- Choice\n"
                                 "  reg  [15:0] chosen; // by code_i\n"
                                 "\n"
                                 "  always @(*) begin\n"
                                 "    case (code_i)\n"
                                 "      2'd1: chosen = data_i; // as it is\n"
                                 "      2'd2: chosen = ~data_i;\n"
                                 "      default: chosen = 16'd0;\n"
                                 "    endcase\n"
                                 "  end\n"
                                 "\n"
                                 "  // ---- Registers\n"
                                 "  reg  [2:0]  count_q;\n"
                                 "  reg         busy_q;\n"
                                 "  reg  [15:0] held_q;\n"
                                 "\n"
                                 "  // Counts what was accepted.\n"
                                 "  always @(posedge clk_i) begin\n"
                                 "    if (rst_i) begin\n"
                                 "      count_q <= 3'd7;\n"
                                 "      busy_q <= 1'b0;\n"
                                 "    end else begin\n"
                                 "      if (valid_i) begin\n"
                                 "        count_q <= count_q + 3'd1;\n"
                                 "      end\n"
                                 "      busy_q <= valid_i;\n"
                                 "    end\n"
                                 "  end\n"
                                 "\n"
                                 "  always @(posedge clk_i) begin\n"
                                 "    if (valid_i) begin\n"
                                 "      held_q <= chosen;\n"
                                 "    end\n"
                                 "  end\n"
                                 "\n"
                                 "  // ---- Pipeline\n"
                                 "  wire [31:0] stages;\n"
                                 "\n"
                                 "  lac_stage u_stage_0 (\n"
                                 "    .clk_i (clk_i),\n"
                                 "    .d_i   (held_q),\n"
                                 "    .q_o   (stages[15:0]),\n"
                                 "    .odd_o (unused_outputs[0])\n"
                                 "  );\n"
                                 "\n"
                                 "  lac_stage u_stage_1 (\n"
                                 "    .clk_i (clk_i),\n"
                                 "    .d_i   (stages[15:0]),\n"
                                 "    .q_o   (stages[31:16]),\n"
                                 "    .odd_o (unused_outputs[1])\n"
                                 "  );\n"
                                 "\n"
                                 "  assign data_o = stages[31:16];\n"
                                 "  assign many_o = busy_q & (count_q >= 3'd4);\n"
                                 "endmodule\n"
                                 "\n"
                                 "`default_nettype wire\n";

static void test_everything(void **state) {
  (void)state;
  Design *design = design_make();
  Module *m = everything_make(design);
  check_design(design);
  char *text = print_text(m);
  size_t same = 0;
  while (text[same] && text[same] == everything[same])
    same++;
  if (text[same] != everything[same]) fprintf(stderr, "differs at: %.200s\n", text + same);
  assert_int_equal(text[same], everything[same]);
  free(text);
  design_free(design);
}

static void test_byte_identity(void **state) {
  (void)state;
  char *texts[3];
  for (int i = 0; i < 2; i++) { // two designs at different addresses
    Design *design = design_make();
    Module *m = everything_make(design);
    check_design(design);
    texts[i] = print_text(m);
    if (i) texts[2] = print_text(m);
    design_free(design);
  }
  assert_string_equal(texts[0], texts[1]);
  assert_string_equal(texts[1], texts[2]);
  for (int i = 0; i < 3; i++)
    free(texts[i]);
}

// ---- leaves and long lines ----

static const Leaf wide_leaf = {
    .name = "lac_wide",
    .params = (const LeafParam[]){{"LANES", 1, 64, NULL}, {"SEED", INT64_MIN, INT64_MAX, "0"}, {NULL, 0, 0, NULL}},
    .ports = (const LeafPort[]){{"x_i", PORT_IN, "LANES", NULL}, {"y_o", PORT_OUT, "1", "x_i"}, {0}},
};

static void test_instance_and_wrap(void **state) {
  (void)state;
  Design *design = design_make();
  Module *m = module_new(design, "lac_wrap",
                         "A connection that needs three lines, and a purpose that is told in so many words that it "
                         "does not fit into one line of the file's header, whatever is done.");
  Net *x = port_in(m, "x_i", 40, NULL);
  Expr *bits[40];
  for (int i = 0; i < 40; i++)
    bits[i] = ex_bit(ex(x), i);
  Inst *u = inst_leaf(m, &wide_leaf, "u_wide");
  inst_param(u, "LANES", 40);
  inst_param(u, "SEED", 0x123456789abcdef0);
  inst_in(u, "x_i", ex_concat(40, bits));
  inst_out(u, "y_o", port_out(m, "y_o", 1, NULL));
  check_design(design);
  assert_int_equal(design_leaf_count(design), 1);
  assert_ptr_equal(design_leaf(design, 0), &wide_leaf);
  char *text = print_text(m);
  expect_text(text, "  lac_wide #(\n    .LANES (40),\n    .SEED  (64'h123456789abcdef0)\n  ) u_wide (\n"
                    "    .x_i ({x_i[0], x_i[1], ");
  for (const char *line = text, *end; *line; line = end + 1) {
    end = strchr(line, '\n');
    assert_true(end - line <= 120);
  }
  free(text);
  design_free(design);
}

// ---- tools ----

static bool have(const char *tool) {
  char command[128];
  snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", tool);
  return system(command) == 0;
}

// Runs the command in the test's folder; nothing may be said and the exit must be clean.
static void run_silent(const char *tool, const char *arguments) {
  if (!have(tool)) {
    print_message("skipped: no %s\n", tool);
    return;
  }
  char command[512];
  snprintf(command, sizeof command,
           "cd %s && %s %s >said.txt 2>&1 && ! grep -q . said.txt || { cat said.txt; exit 1; }", test_folder, tool,
           arguments);
  assert_int_equal(system(command), 0);
}

static void lint_all(const char *top, const char *files) {
  char arguments[384];
  snprintf(arguments, sizeof arguments, "--lint-only -Wall --language 1364-2005 --top-module %s %s", top, files);
  run_silent("verilator", arguments);
  snprintf(arguments, sizeof arguments, "-g2005 -Wall -o /dev/null -s %s %s", top, files);
  run_silent("iverilog", arguments);
  snprintf(arguments, sizeof arguments, "-q -p 'read_verilog %s; hierarchy -check -top %s; proc; check -assert'", files,
           top);
  run_silent("yosys", arguments);
}

static void test_tools_everything(void **state) {
  (void)state;
  Design *design = design_make();
  Module *m = everything_make(design);
  check_design(design);
  print_file(m, "lac_everything.v");
  print_file(design_module(design, 0), "lac_stage.v");
  lint_all("lac_everything", "lac_everything.v lac_stage.v");
  design_free(design);
}

static void test_tools_operators(void **state) {
  (void)state;
  Design *design = design_make();
  Nets n = nets_make(design);
  int count = 0;
#define ROW(width, expr, text) assign(port_out(n.m, format(n.m, "y%d_o", count++), width, NULL), expr);
  OPERATOR_ROWS(ROW)
#undef ROW
  read_unused(n.c);
  check_design(design);
  print_file(n.m, "lac_operators.v");
  lint_all("lac_operators", "lac_operators.v");
  design_free(design);
}

// ---- rows of elements ----

// A size is printed if a slice is named by it: whole elements are, other slices and the whole net are not.
static void test_parts(void **state) {
  (void)state;
  Design *design = design_make();
  Module *m = module_new(design, "lac_parts", "Slices of rows.");
  Net *a = net_parts(port_in(m, "a_i", 24, NULL), "WORD_W", 8), *b = net_parts(port_in(m, "b_i", 8, NULL), "BYTE_W", 8);
  Net *y = net_parts(port_out(m, "y_o", 24, NULL), "WORD_W", 8), *z = port_out(m, "z_o", 12, NULL);
  assign_slice(y, 7, 0, ex_part(a, 2, 8));
  assign_slice(y, 23, 8, ex_slice(ex(a), 15, 0));
  assign(z, ex_cat(ex_slice(ex(a), 23, 20), ex(b)));
  check_design(design);
  char *text = print_text(m);
  expect_text(text, ");\n\n  localparam WORD_W = 8;\n\n"
                    "  assign y_o[0*WORD_W +: WORD_W] = a_i[2*WORD_W +: WORD_W];\n"
                    "  assign y_o[1*WORD_W +: 2*WORD_W] = a_i[0*WORD_W +: 2*WORD_W];\n"
                    "  assign z_o = {a_i[23:20], b_i};\nendmodule\n");
  free(text);
  print_file(m, "lac_parts.v");
  lint_all("lac_parts", "lac_parts.v");
  design_free(design);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_precedence),
      cmocka_unit_test(test_everything),
      cmocka_unit_test(test_byte_identity),
      cmocka_unit_test(test_instance_and_wrap),
      cmocka_unit_test(test_tools_everything),
      cmocka_unit_test(test_tools_operators),
      cmocka_unit_test(test_parts),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
