// The cycle model of the engines with windows against the RTL in Verilator, counter by counter, borrowed operands and
// imbalance included: the very images that `lacuna run` would give the device, mode by mode.
#include "harness/choose/choose.h"
#include "harness/golden/compare.h"
#include "harness/run/device.h"

#include <string.h>

#include "tests/unit/support_device.h"
#include "tests/unit/support_rtl.h"

#define CONFIG "configs/griffin_64.yaml"

// The rest of a command line behind the configuration, run in every mode.
static const char *const cases[] = {
    "run " CONFIG " --a random:1x1:1 --b random:1x1:1",
    "run " CONFIG " --a random:40x150:0.5 --b random:150x37:0.3",
    "run " CONFIG " --a random:13x41:0.9 --b random:41x30:0.1 --mem-latency 7 --mem-bandwidth 5.3",
    "run " CONFIG " --a random:9x300:0.1 --b random:300x90:0.6 --mem-latency 300",
    "run " CONFIG " --a random:1x3:1 --b random:3x2100:0.5", // more panels than rows of the B buffer, none of them full
    "run " CONFIG " --a random:64x64:0 --b random:64x64:1 --out-type int8",
    "conv " CONFIG " --input random:16x9x8:0.5 --weight random:20x16x3x3:0.3 --pad 1 --mem-latency 0",
    "conv " CONFIG " --input random:24x7x7:0.4 --weight random:24x1x3x3:0.6 --groups 24 --stride 2",
};

static Plan plan;
static char bundle[BUNDLE_PATH];

static int make_bundle(void **state) {
  return folder_setup(state) || !bundle_make(CONFIG, &plan, bundle) ? -1 : 0;
}

static void check_mode(const char *line, const Options *options, const Workload *workload, int mode) {
  Chosen chosen = {0};
  DeviceRun run = {0};
  assert_int_equal(choose_image(options, &plan, workload, 1 << mode, &chosen), EXIT_CORRECT);
  chosen.predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)workload->effectual;
  assert_int_equal(device_run(options, &plan, workload, &chosen.image, bundle, chosen.predicted[COUNTER_CYCLES], &run),
                   EXIT_CORRECT);
  assert_int_equal(
      compare_results(workload->expected.dense, run.results.dense, workload->shape.m, workload->shape.n).wrong, 0);
  char text[LINE];
  snprintf(text, sizeof text, "%s, mode %s", line, plan_mode(&plan, (Mode)mode)->word);
  for (int i = 0; i < DUT_COUNTERS; i++)
    compare_counter(text, i, chosen.predicted, run.counters);
  device_free(&run);
  image_free(&chosen.image);
}

static void test_every_counter_is_the_rtls(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Options options;
    Workload workload = {0};
    read_words(cases[i], &options);
    assert_true(workload_load(&options, &plan, &workload));
    for (int mode = 0; mode < MODES_MOST; mode++)
      check_mode(cases[i], &options, &workload, mode);
    workload_free(&workload);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_counter_is_the_rtls)};
  return cmocka_run_group_tests(tests, make_bundle, folder_teardown);
}
