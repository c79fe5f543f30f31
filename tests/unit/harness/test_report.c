// The report: field names that scripts depend on, the ratios, and what a person reads.
#include "harness/run/report.h"
#include "tests/unit/support.h"

static Report sample(void) {
  return (Report){.config = "dense_64",
                  .engine = "dense",
                  .sim = "verilator",
                  .mode = "dense",
                  .work = "GEMM",
                  .plan_hash = 0x0123456789abcdef,
                  .m = 16,
                  .n = 32,
                  .k = 64,
                  .nnz_a = 512,
                  .nnz_b = 512,
                  .count_a = 1024,
                  .count_b = 2048,
                  .macs = 64,
                  .cycles = 1000,
                  .dense_cycles = 512,
                  .split = {600, 30, 7, 3, 200, 100, 50, 10},
                  .issued = 32768,
                  .effectual = 8000,
                  .skipped = 3,
                  .bytes_a = 1024,
                  .bytes_b = 2048,
                  .bytes_meta = 12,
                  .bytes_c = 2048,
                  .least_bytes = 5132,
                  .model_cycles = 1001,
                  .model_engine_cycles = 640,
                  .simulated = true,
                  .match = true,
                  .wall_s = 0.5,
                  .scale_a = 1,
                  .scale_b = 0.25,
                  .quantised_b = true,
                  .scale_out = 0.25,
                  .json = "r.json",
                  .bundle = "build/x"};
}

static const char *const fields[] = {"tool",
                                     "config",
                                     "plan_hash",
                                     "engine",
                                     "mode",
                                     "dataflow",
                                     "sim",
                                     "m",
                                     "n",
                                     "k",
                                     "nnz_a",
                                     "nnz_b",
                                     "density_a",
                                     "density_b",
                                     "macs",
                                     "cycles",
                                     "engine_cycles",
                                     "dense_cycles",
                                     "speedup",
                                     "engine_speedup",
                                     "split",
                                     "mults",
                                     "utilization",
                                     "bytes",
                                     "model",
                                     "match",
                                     "wall_s",
                                     "sim_cycles_per_s"};

static void test_fields(void **state) {
  (void)state;
  Report report = sample();
  json_t *json = report_json(&report);
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
    assert_non_null(json_object_get(json, fields[i]));
  assert_true(json_is_null(json_object_get(json, "dataflow")));
  assert_string_equal(json_string_value(json_object_get(json, "plan_hash")), "0123456789abcdef");
  assert_true(json_is_true(json_object_get(json, "match")));
  json_decref(json);
}

static double number(const json_t *json, const char *name) {
  return json_number_value(json_object_get(json, name));
}

static void test_numbers(void **state) {
  (void)state;
  Report report = sample();
  json_t *json = report_json(&report);
  const json_t *split = json_object_get(json, "split"), *mults = json_object_get(json, "mults");
  assert_true(number(json, "engine_cycles") == 640);
  assert_true(number(json, "density_a") == 0.5 && number(json, "density_b") == 0.25);
  assert_true(number(json, "speedup") == 0.512 && number(json, "engine_speedup") == 0.8);
  assert_true(number(json, "utilization") == 0.125);
  assert_true(number(json, "sim_cycles_per_s") == 2000);
  assert_true(number(split, "multiply") == 600 && number(split, "wait_out") == 10);
  assert_int_equal(json_object_size(split), 8);
  assert_true(number(mults, "issued") == 32768 && number(mults, "effectual") == 8000 && number(mults, "skipped") == 3);
  assert_true(number(json_object_get(json, "bytes"), "meta") == 12);
  assert_true(number(json_object_get(json, "model"), "engine_cycles") == 640);
  json_decref(json);
}

static void test_no_cycles(void **state) {
  (void)state;
  Report report = {.config = "x", .engine = "dense", .sim = "model", .work = "GEMM"};
  json_t *json = report_json(&report);
  assert_true(number(json, "speedup") == 0 && number(json, "utilization") == 0);
  assert_true(json_is_null(json_object_get(json, "match")));
  json_decref(json);
}

static void test_file(void **state) {
  (void)state;
  Report report = sample();
  assert_true(report_write(&report, file_path("r.json")));
  json_t *json = json_load_file(file_path("r.json"), 0, NULL);
  assert_non_null(json);
  assert_int_equal(json_integer_value(json_object_get(json, "cycles")), 1000);
  json_decref(json);
  listen_begin();
  bool good = report_write(&report, "/dev/full");
  listen_end();
  assert_false(good);
  SAID("No space left");
}

static void check_text(const Report *report, const char *want) {
  static char text[4096];
  memset(text, 0, sizeof text);
  FILE *out = fmemopen(text, sizeof text, "w");
  report_print(report, out);
  fclose(out);
  if (!strstr(text, want)) fail_msg("expected \"%s\" in:\n%s", want, text);
}

static void test_text(void **state) {
  (void)state;
  Report report = sample();
  check_text(&report, "GEMM on dense_64: C[16,32], K = 64; A 50.0 % nonzero, B 25.0 % nonzero\n");
  check_text(&report, "  values                    all right  compared bit for bit with the golden reference\n");
  check_text(&report, "    multiply                      600   60.0 %\n");
  check_text(&report, "    wait for output                10    1.0 %\n");
  check_text(
      &report,
      "  utilisation                  51.2 %  of 64 multipliers in all cycles; 12.5 % with both operands nonzero\n");
  check_text(&report, "  bytes moved                   5,132  A 1024, B 2048, metadata 12, C 2048; at best 5132\n");
  check_text(&report, "  B in units of                  0.25  quantised\n");
  check_text(&report, "  Verilog            build/x\n");
  report.bias = "units of the accumulator";
  check_text(&report, "  bias               units of the accumulator\n");
  report.match = false;
  check_text(&report, "  values                        WRONG  compared");
}

// An engine that reads every RAM in every step has nothing to say.
static void test_buffer_reads(void **state) {
  (void)state;
  Report report = sample();
  json_t *json = report_json(&report);
  assert_null(json_object_get(json, "buffer_reads"));
  json_decref(json);
  report.buffer_reads = 1234;
  report.buffer_all = 4936;
  json = report_json(&report);
  assert_int_equal(json_integer_value(json_object_get(json, "buffer_reads")), 1234);
  json_decref(json);
  check_text(&report, "  A buffer                      1,234  reads of its RAMs, 25.0 % of what reading all");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_fields),    cmocka_unit_test(test_numbers),
                                     cmocka_unit_test(test_no_cycles), cmocka_unit_test(test_file),
                                     cmocka_unit_test(test_text),      cmocka_unit_test(test_buffer_reads)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
