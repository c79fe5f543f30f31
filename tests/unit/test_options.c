// The command line: values arrive where they belong, and every mistake is told with what would be right.
#include "harness/options.h"
#include "support.h"

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
                         "--trace-window", "10:20", "--sim", "icarus", "--out-type", "int8"),
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
  WRONG("--mem-bandwidth nan is not possible", "run", "c", "--mem-bandwidth", "nan");
  WRONG("--shape 0,1,1 is not possible; expected M,N,K", "info", "c", "--shape", "0,1,1");
  WRONG("--shape is no option of run; it belongs to info", "run", "c", "--shape", "1,1,1");
  WRONG("--out '' is not possible", "run", "c", "--out", "");
}

static void test_words(void **state) {
  (void)state;
  char text[16];
  assert_string_equal(option_word("sim", 1, text, sizeof text), "icarus");
  assert_string_equal(option_word("mode", 4, text, sizeof text), "ab");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_run), cmocka_unit_test(test_conv),
                                     cmocka_unit_test(test_others), cmocka_unit_test(test_wrong),
                                     cmocka_unit_test(test_words)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
