// The Verilator backend runs the suite that all backends run, on the stub accelerator.
#define BACKEND DUT_VERILATOR
#include "dut_suite.h"

int main(void) {
  const struct CMUnitTest tests[] = {DUT_SUITE};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
