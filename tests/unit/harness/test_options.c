// The command line: values arrive where they belong, and every mistake is told with what would be right.
#include "harness/base/options.h"
#include "tests/unit/support.h"

#define PARSE(options, ...) parse((char *[]){"lacuna", __VA_ARGS__, NULL}, options)

static ParseResult parse(char **argv, Options *options) {
  int argc = 0;
  while (argv[argc])
    argc++;
  return options_parse(argc, argv, options);
}

static void test_run(void **state) {
  (void)state;
  Options o;
  assert_int_equal(PARSE(&o, "run", "--a", "x.npy", "c.yaml", "--b=y.npy", "--mem-bandwidth", "2.5", "--a-zero", "-3",
                         "--trace", "w.fst", "--trace-window", "10:20", "--sim", "icarus", "--out-type", "int8"),
                   PARSE_RUN);
  assert_int_equal(o.verb, VERB_RUN);
  assert_string_equal(o.subject, "c.yaml");
  assert_string_equal(o.a, "x.npy");
  assert_string_equal(o.b, "y.npy");
  assert_true(o.mem_bandwidth == 2.5);
  assert_int_equal(o.a_zero, -3);
  assert_int_equal(o.trace_window[1], 20);
  assert_int_equal(o.sim, SIM_ICARUS);
  assert_int_equal(o.out_type, OUT_INT8);
  assert_int_equal(o.mem_latency, 64);
  assert_string_equal(o.requant, "auto");
}

static void test_conv(void **state) {
  (void)state;
  Options o;
  assert_int_equal(PARSE(&o, "conv", "c.yaml", "--input", "x", "--weight", "w", "--pad", "1,2,3,4", "--stride", "2",
                         "--layout", "nhwc"),
                   PARSE_RUN);
  assert_int_equal(o.pad[2], 3);
  assert_int_equal(o.stride[1], 2);
  assert_int_equal(o.dilation[0], 1);
  assert_int_equal(o.groups, 1);
  assert_int_equal(o.layout, LAYOUT_NHWC);
}

static void test_others(void **state) {
  (void)state;
  Options o;
  assert_int_equal(PARSE(&o, "gen", "c.yaml", "-o", "dir"), PARSE_RUN);
  assert_string_equal(o.out, "dir");
  assert_int_equal(PARSE(&o, "info", "c.yaml", "--json"), PARSE_RUN);
  assert_true(o.json_text);
  assert_int_equal(PARSE(&o, "info", "--keys"), PARSE_RUN);
  assert_true(o.keys);
  assert_int_equal(PARSE(&o, "prune", "w.npy", "--pattern", "dense", "-oo.npy"), PARSE_RUN);
  assert_string_equal(o.out, "o.npy");
}

static void check_words(ParseResult result, const char *message) {
  listen_end();
  assert_int_equal(result, PARSE_WRONG);
  SAID(message);
}

#define WRONG(message, ...) listen_begin(), check_words(PARSE(&(Options){0}, __VA_ARGS__), message)

static void test_wrong(void **state) {
  (void)state;
  WRONG("'frob' is no verb", "frob");
  WRONG("run needs CONFIG", "run", "--a", "x", "--b", "y");
  WRONG("run needs --b B", "run", "c.yaml", "--a", "x");
  WRONG("'d.yaml' is one operand too many", "info", "c.yaml", "d.yaml");
  WRONG("--colour is no option of run", "run", "c.yaml", "--colour");
  WRONG("--a is no option of gen; it belongs to run pack", "gen", "c.yaml", "--a", "x");
  WRONG("--seed lacks its value", "run", "c.yaml", "--seed");
  WRONG("--seed 1x is not possible", "run", "c.yaml", "--seed", "1x");
  WRONG("--seed 99999999999999999999 is not possible", "run", "c.yaml", "--seed", "99999999999999999999");
  WRONG("--stall 101 is not possible; expected PERCENT, whole numbers from 0 to 100", "run", "c", "--stall", "101");
  WRONG("--sim verilato is not possible; expected verilator|icarus|model", "run", "c", "--sim", "verilato");
  WRONG("--pad 1,2 is not possible; expected TOP,LEFT,BOTTOM,RIGHT", "conv", "c", "--pad", "1,2");
  WRONG("--pad 1,2,3,4,5 is not possible", "conv", "c", "--pad", "1,2,3,4,5");
  WRONG("--stride 0,1 is not possible", "conv", "c", "--stride", "0,1");
  WRONG("--trace-window 5 is not possible", "run", "c", "--trace-window", "5");
  WRONG("--clamp 5 is not possible; expected LO,HI", "run", "c", "--clamp", "5");
  WRONG("--clamp 0,0 is not possible; expected LO,HI, whole numbers from -2147483648 to 2147483647, the second one "
        "larger",
        "run", "c", "--clamp", "0,0");
  WRONG("--trace-window 0:0 is not possible", "run", "c", "--trace", "w.fst", "--trace-window", "0:0");
  WRONG("--weight is no option of chain; it belongs to conv pack", "chain", "c", "--weight", "w.npy");
  WRONG("--weight is no option of chain; it belongs to conv pack", "chain", "c", "--weight=w.npy");
  WRONG("--out is no option of pack", "pack", "c", "--out", "i.bin");
  WRONG("--mem-bandwidth nan is not possible", "run", "c", "--mem-bandwidth", "nan");
  WRONG("--shape 0,1,1 is not possible; expected M,N,K", "info", "c", "--shape", "0,1,1");
  WRONG("--shape is no option of run; it belongs to info", "run", "c", "--shape", "1,1,1");
  WRONG("--out '' is not possible", "run", "c", "--out", "");
}

#define RUN "run", "c.yaml", "--a", "random:8x8:1", "--b", "b.npy"

// Every number is checked when it is read, by the same words for every value that it can't be.
static void test_numbers(void **state) {
  (void)state;
  static const char *const reals[] = {"",    "0",   "-1",   "1e-9", "0.00097", "1000001", "1e400",
                                      "inf", "nan", "0x10", "1,5",  "2x",      " 2"};
  static const char *const wholes[] = {"",     "-1",  "100001", "1e3", "2.0",
                                       "0x10", "nan", "7x",     " 7",  "99999999999999999999"};
  Options o;
  char wanted[160];
  for (size_t i = 0; i < sizeof reals / sizeof *reals; i++) {
    snprintf(wanted, sizeof wanted,
             "--mem-bandwidth %s is not possible; expected BYTES, a number from 1/1024 to 1000000",
             *reals[i] ? reals[i] : "''");
    WRONG(wanted, RUN, "--mem-bandwidth", (char *)(uintptr_t)reals[i]);
  }
  for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++) {
    snprintf(wanted, sizeof wanted, "--mem-latency %s is not possible; expected CYCLES, whole numbers from 0 to 100000",
             *wholes[i] ? wholes[i] : "''");
    WRONG(wanted, RUN, "--mem-latency", (char *)(uintptr_t)wholes[i]);
  }
  assert_int_equal(PARSE(&o, RUN, "--mem-bandwidth", "9.765625e-4"), PARSE_RUN);
  assert_true(o.mem_bandwidth == 1.0 / 1024);
  assert_int_equal(PARSE(&o, RUN, "--mem-bandwidth", "1000000"), PARSE_RUN);
}

static void test_together(void **state) {
  (void)state;
  Options o;
  WRONG("--stall is given twice", RUN, "--stall", "3", "--stall", "3");
  WRONG("--a is given twice", RUN, "--a", "x.npy");
  WRONG("--output is given twice", "gen", "c.yaml", "-o", "x", "--output", "x");
  WRONG("--seed has no effect without --stall", RUN, "--seed", "3");
  WRONG("--keep has no effect without --out", RUN, "--keep");
  WRONG("--trace-window has no effect without --trace", RUN, "--trace-window", "1:2");
  WRONG("--trace-window begins after its end", RUN, "--trace", "w.fst", "--trace-window", "2:1");
  WRONG("--values has no effect", RUN, "--values", "random");
  WRONG("--out-type has no effect without --shape or --conv", "info", "c.yaml", "--out-type", "int8");
  WRONG("--keys and --shape together; give one", "info", "--keys", "--shape", "1,1,1");
  WRONG("--shape and --conv together; give one", "info", "c.yaml", "--shape", "1,1,1", "--conv", "1x1x1,1x1x1");
  WRONG("--json has no effect with --registers", "info", "--registers", "--json");
  WRONG("--out: --sim model knows cycles only", RUN, "--sim", "model", "--out", "c.npy");
  WRONG("--trace: --sim model knows", RUN, "--sim", "model", "--trace", "w.fst");
  WRONG("--inject: --sim model knows", RUN, "--sim", "model", "--inject", "read:slverr:0");
  WRONG("--max-cycles: --sim model knows", RUN, "--sim", "model", "--max-cycles", "9");
  WRONG("--stall 100: nothing ever moves", RUN, "--sim", "model", "--stall", "100");
  WRONG("f.npy: --requant is for int8 results", RUN, "--requant", "f.npy");
  WRONG("--out-zero is for int8 results", RUN, "--out-zero", "3");
  WRONG("--out-scale is for int8 results", RUN, "--out-scale", "0.5");
  WRONG("--out-format compressed is for int8 results", RUN, "--out-format", "compressed");
  assert_int_equal(PARSE(&o, RUN, "--sim", "model", "--stall", "99", "--seed", "3"), PARSE_RUN);
  assert_int_equal(PARSE(&o, "prune", "w.SMTX", "--pattern", "2:4", "-o", "o.npy", "--values", "random"), PARSE_RUN);
}

// What stands where the configuration should is named, and what to do with it.
static void test_subjects(void **state) {
  (void)state;
  WRONG("m.onnx: is no configuration; run takes a YAML file", "run", "m.onnx");
  WRONG("n.MLIR.gz: is no configuration; info takes a YAML file", "info", "n.MLIR.gz");
  WRONG("run needs --a A: M x K operand, activations; its CONFIG is a YAML file", "run", "model");
  WRONG("models are not read; save each weight", "gen", "dir/m.TFLite");
  WRONG("tensor.numpy()", "info", "m.pt");
  WRONG("is no configuration; conv takes", "conv", "m.h5", "--input", "x.npy", "--weight", "w.npy");
  WRONG("and operands as options", "run", "a.npy", "--b", "b.npy");
  WRONG("and operands as options", "pack", "a.mtx.gz");
  WRONG("tables are not read", "info", "t.csv");
}

static void test_words(void **state) {
  (void)state;
  char text[16];
  assert_string_equal(option_word("sim", 1, text, sizeof text), "icarus");
  assert_string_equal(option_word("mode", 4, text, sizeof text), "ab");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_run),      cmocka_unit_test(test_conv),
                                     cmocka_unit_test(test_others),   cmocka_unit_test(test_wrong),
                                     cmocka_unit_test(test_numbers),  cmocka_unit_test(test_together),
                                     cmocka_unit_test(test_subjects), cmocka_unit_test(test_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
