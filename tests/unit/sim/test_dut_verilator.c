// The Verilator backend runs the suite that all backends run, on the stub accelerator; and the cache of models is
// checked.
#define BACKEND DUT_VERILATOR
#include "tests/unit/dut_suite.h"

// A bundle like the stub, but with another plan hash and with one word of its text replaced.
static void write_bundle(const char *folder, const char *from, const char *to) {
  char path[PATH_MAX + 16], line[1024];
  snprintf(path, sizeof path, "%s/lac_top.v", bundle_path);
  FILE *in = fopen(path, "r");
  snprintf(path, sizeof path, "%s/lac_top.v", folder);
  FILE *out = fopen(path, "w");
  assert_true(in && out);
  while (fgets(line, sizeof line, in)) {
    char *at = strstr(line, from);
    if (strstr(line, "PLAN_HASH_LO = "))
      fputs("  localparam [31:0] PLAN_HASH_LO = 32'h1;\n", out);
    else if (at)
      fprintf(out, "%.*s%s%s", (int)(at - line), line, to, at + strlen(from));
    else
      fputs(line, out);
  }
  fclose(in);
  fclose(out);
  snprintf(path, sizeof path, "%s/lacuna_sim.f", folder);
  out = fopen(path, "w");
  assert_true(out && fputs("lac_top.v\n", out) >= 0);
  fclose(out);
}

static bool open_changed(const char *to, uint32_t *id, char *error, size_t size) {
  DutSettings settings = stub_settings();
  Plan plan = stub_plan;
  plan.hash = 0x0123456700000001u;
  char folder[] = "/tmp/lacuna-bundle-XXXXXX", path[64];
  assert_non_null(mkdtemp(folder));
  write_bundle(folder, "32'h4c414355", to);
  settings.bundle = folder;
  Dut *dut = dut_open(&settings, &plan, error, size);
  bool ok = dut && dut_register_read(dut, 0, id);
  dut_close(dut);
  snprintf(path, sizeof path, "%s/lac_top.v", folder);
  remove(path);
  snprintf(path, sizeof path, "%s/lacuna_sim.f", folder);
  remove(path);
  rmdir(folder);
  return ok;
}

static void changed_rtl_is_built_again(void **state) {
  (void)state;
  char error[4096] = "";
  uint32_t id = 0;
  assert_true(open_changed("32'h11111111", &id, error, sizeof error));
  assert_int_equal(id, 0x11111111);
  assert_true(open_changed("32'h22222222", &id, error, sizeof error));
  assert_int_equal(id, 0x22222222);
}

static void failed_build_quotes_the_log(void **state) {
  (void)state;
  char error[4096] = "";
  uint32_t id = 0;
  assert_false(open_changed("no_such_signal", &id, error, sizeof error));
  assert_non_null(strstr(error, "verilator failed; from "));
  assert_non_null(strstr(error, "no_such_signal"));
  assert_true(open_changed("32'h33333333", &id, error, sizeof error));
  assert_int_equal(id, 0x33333333);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      DUT_SUITE,
      cmocka_unit_test(changed_rtl_is_built_again),
      cmocka_unit_test(failed_build_quotes_the_log),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
