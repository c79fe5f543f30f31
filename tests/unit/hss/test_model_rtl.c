// The cycle model against the RTL in Verilator for structured operands, counter by counter: random matrices and
// convolutions, each with a random pattern or dense weights, A as it is, without its zeros or in blocks, memories from
// fast to starving. Counts of multiplications are worked out here.
#include "gen/engine/hss/plan.h"
#include "harness/choose/choose.h"
#include "harness/golden/compare.h"
#include "harness/operand/random.h"
#include "harness/run/device.h"

#include <string.h>

#include "tests/unit/support_device.h"
#include "tests/unit/support_rtl.h"

static const char *config;
static Plan plan;
static HssPattern patterns[HSS_PATTERNS];
static int pattern_count;
static char bundle[BUNDLE_PATH];

static void open_config(const char *path) {
  config = path;
  assert_true(bundle_make(path, &plan, bundle));
  pattern_count = hss_patterns(&plan, patterns);
}

// A zero of either operand is not multiplied; a dense array of the same tile would multiply all that a step spans. Of
// structured A, BEAT counts what lies in memory, not the words that this stands for.
static void count_multiplications(const Workload *workload, const Job *job, uint64_t *counters) {
  uint32_t blocks = job->reg[JOB_PATTERN] >> 8 & 0xff;
  uint64_t words = plan.hss.a_g0 ? (uint64_t)(plan.hss.groups * plan.hss.h0) * blocks : job->reg[JOB_BEAT];
  uint64_t all = (uint64_t)(plan.m0 * plan.n0) * words * counters[COUNTER_CYC_MULTIPLY];
  counters[COUNTER_MULTS_ISSUED] = counters[COUNTER_MULTS_EFFECTUAL] = (uint64_t)workload->effectual;
  counters[COUNTER_MULTS_SKIPPED] = all - (uint64_t)workload->effectual;
}

static void compare_counters(const char *line, const uint64_t *model, const uint64_t *rtl) {
  for (int i = 0; i < DUT_COUNTERS; i++)
    compare_counter(line, i, model, rtl);
}

static void check_line(const char *line) {
  Options options;
  Workload workload = {0};
  Chosen chosen = {0};
  DeviceRun run = {0};
  read_words(line, &options);
  if (!workload_load(&options, &plan, &workload)) fail_msg("%s is refused", line);
  assert_int_equal(choose_image(&options, &plan, &workload, choose_modes(&options, &plan), &chosen), EXIT_CORRECT);
  assert_int_equal(chosen.image.job.mode, hss_mode(&plan, options.pattern != NULL));
  count_multiplications(&workload, &chosen.image.job, chosen.predicted);
  uint64_t most = chosen.predicted[COUNTER_CYCLES];
  assert_int_equal(device_run(&options, &plan, &workload, &chosen.image, bundle, most, &run), EXIT_CORRECT);
  if (compare_results(workload.expected.dense, run.results.dense, workload.shape.m, workload.shape.n).wrong)
    fail_msg("%s: the result is wrong", line);
  compare_counters(line, chosen.predicted, run.counters);
  device_free(&run);
  image_free(&chosen.image);
  workload_free(&workload);
}

// ---- random command lines

static int pick(Random *random, const int *list, int count) {
  return list[random_between(random, 0, count - 1)];
}

__attribute__((format(printf, 2, 3))) static void add(char *line, const char *form, ...) {
  va_list list;
  size_t used = strlen(line);
  va_start(list, form);
  int size = vsnprintf(line + used, LINE - used, form, list);
  va_end(list);
  assert_in_range(size, 0, LINE - used - 1);
}

// Inner sizes around those of a block, a group and a step.
static int pick_k(Random *random) {
  HssPattern longest = {{plan.hss.h0, plan.hss.h1, plan.hss.h2}};
  int span = longest.h[0] * longest.h[1] * longest.h[2];
  int at = pick(random, (int[]){1, plan.hss.h0, plan.hss.g0 * plan.hss.g1, span, plan.hss.groups * span}, 5);
  int near = at + random_between(random, -1, 1);
  if (random_between(random, 0, 1)) return random_between(random, 1, 400);
  return near > 0 ? near : 1;
}

static void add_gemm(Random *random, char *line) {
  int m = random_between(random, 1, 40), n = random_between(random, 1, 40), k = pick_k(random);
  add(line, "run %s --a random:%dx%d:0.%d --b random:%dx%d:0.%d", config, m, k, random_between(random, 0, 9), k, n,
      random_between(random, 0, 9));
}

static void add_conv(Random *random, char *line) {
  int groups = pick(random, (int[]){1, 1, 2, 3, 8}, 5), ins = random_between(random, 1, groups > 3 ? 9 : 40);
  int kernel = random_between(random, 1, 3), dilation = random_between(random, 1, 2);
  int height = kernel * dilation + random_between(random, 0, 6),
      width = kernel * dilation + random_between(random, 0, 6);
  add(line, "conv %s --input random:%dx%dx%d:0.%d", config, ins * groups, height, width, random_between(random, 1, 9));
  add(line, " --weight random:%dx%dx%dx%d:0.%d", random_between(random, 1, 12) * groups, ins, kernel, kernel,
      random_between(random, 1, 9));
  add(line, " --groups %d --dilation %d --stride %d --pad %d,%d,%d,%d", groups, dilation, random_between(random, 1, 3),
      random_between(random, 0, 2), random_between(random, 0, 2), random_between(random, 0, 2),
      random_between(random, 0, 2));
}

static void add_formats(Random *random, char *line) {
  static const char *const formats[] = {"dense", "compressed", "auto"};
  char text[32];
  int pattern = random_between(random, 0, pattern_count); // one in many is not structured; so is every third
  bool dense = pattern == pattern_count || random_between(random, 0, 2) == 0;
  bool passes = plan.hss.a_g0 && random_between(random, 0, 1); // of an A that need not obey
  if (dense)
    add(line, " --mode %s", plan.hss.a_g0 && !passes ? "a --prune" : "dense");
  else
    add(line, "%s --prune --pattern hss:%s", passes ? " --mode b" : "",
        hss_text(&plan, patterns[pattern], text, sizeof text));
  if (plan.a_compressed) add(line, " --a-format %s", formats[random_between(random, 0, 2)]);
  if (plan.a_zero_point) add(line, " --a-zero %d", random_between(random, 0, 7));
  if (random_between(random, 0, 3) == 0) add(line, " --out-type int8");
}

static void add_memory(Random *random, char *line) {
  add(line, " --mem-latency %d", pick(random, (int[]){0, 7, 64, 300}, 4));
  if (random_between(random, 0, 2) == 0)
    add(line, " --mem-bandwidth %d.%d", random_between(random, 2, 20), random_between(random, 0, 9));
  if (random_between(random, 0, 4) == 0)
    add(line, " --stall %d --seed %d", random_between(random, 5, 50), random_between(random, 1, 99));
}

static void check_config(const char *path, int cases) {
  Random random = {1};
  open_config(path);
  for (int i = 0; i < cases; i++) {
    char line[LINE] = "";
    if (random_between(&random, 0, 1))
      add_gemm(&random, line);
    else
      add_conv(&random, line);
    add_formats(&random, line);
    add_memory(&random, line);
    check_line(line);
  }
}

static void test_structured_weights(void **state) {
  (void)state;
  check_config("configs/nm24_64.yaml", 60);
  check_config("tests/configs/hss_3x5x8_three_ranks.yaml", 30);
}

static void test_compressed_a(void **state) {
  (void)state;
  check_config("configs/hss_64.yaml", 60);
  check_config("tests/configs/hss_3x5x8_a_bits4.yaml", 30);
  check_config("tests/configs/hss_2x3x4_a_bits16_bus64.yaml", 30);
}

static void test_structured_a(void **state) {
  (void)state;
  check_config("configs/dsso_64.yaml", 60);
  check_config("tests/configs/dsso_3x5x8_bits16.yaml", 30);
}

// A memory that hardly moves, so that a job begins before it has recovered from what came before.
static void test_slow_memory(void **state) {
  (void)state;
  static const char *const memories[] = {"--stall 99 --seed 7", "--stall 95 --seed 2 --mem-latency 300",
                                         "--mem-bandwidth 0.01", "--mem-bandwidth 0.002 --stall 90 --seed 3"};
  open_config("configs/nm24_64.yaml");
  for (size_t i = 0; i < sizeof memories / sizeof *memories; i++) {
    char line[LINE] = "";
    add(line, "run %s --a random:9x20:0.5 --b random:20x9:0.5 --prune --pattern 2:4 %s", config, memories[i]);
    check_line(line);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_structured_weights), cmocka_unit_test(test_compressed_a),
                                     cmocka_unit_test(test_structured_a), cmocka_unit_test(test_slow_memory)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
