// The Icarus backend runs the suite that all backends run, on the stub accelerator; and only it sees X.
#define BACKEND DUT_ICARUS
#include "tests/unit/dut_suite.h"

static void unknown_bits_are_reported(void **state) {
  (void)state;
  broken_device(X_OUTPUT, 0, "output m_axi_awaddr has unknown bits after reset: xxxx");
}

static uint64_t cycles_on(DutBackend backend, double bandwidth) {
  DutSettings settings = stub_settings();
  settings.backend = backend;
  settings.stall_percent = 30;
  settings.mem_bandwidth = bandwidth;
  Dut *dut = open_stub(&settings);
  prepare_copy(dut, 0);
  assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_DONE);
  assert_copied(dut);
  uint64_t cycles = dut_cycle(dut);
  dut_close(dut);
  return cycles;
}

static void backends_agree_to_the_cycle(void **state) {
  (void)state;
  assert_int_equal(cycles_on(DUT_VERILATOR, 0), cycles_on(DUT_ICARUS, 0));
  assert_int_equal(cycles_on(DUT_VERILATOR, 3.5), cycles_on(DUT_ICARUS, 3.5));
  assert_true(cycles_on(DUT_ICARUS, 3.5) > 2 * STUB_BYTES / 3.5 - 3 * 8);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      DUT_SUITE,
      cmocka_unit_test(unknown_bits_are_reported),
      cmocka_unit_test(backends_agree_to_the_cycle),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
