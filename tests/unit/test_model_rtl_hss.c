// The cycle model against the RTL in Verilator for structured weights, counter by counter: random matrices and
// convolutions, each with a random pattern or dense, memories from fast to starving. Counts of multiplications are
// worked out here.
#include "gen/bundle.h"
#include "gen/plan_hss.h"
#include "gen/spec.h"
#include "harness/choose.h"
#include "harness/compare.h"
#include "harness/device.h"
#include "harness/random.h"
#include "sim/dut.h"
#include "sim/paths.h"

#include <limits.h>
#include <string.h>

#include "support.h"

#define CONFIG "configs/hss_64.yaml"
#define CASES  60

#define COUNTER_NAME(NAME, ...) #NAME,
static const char *const counter_names[DUT_COUNTERS] = {REGISTERS_COUNTERS(COUNTER_NAME)};
#undef COUNTER_NAME

static Plan plan;
static HssPattern patterns[HSS_PATTERNS];
static int pattern_count;
static char bundle[PATH_MAX];

static int make_bundle(void **state) {
  Spec spec;
  char rtl[PATH_MAX];
  if (folder_setup(state) || !spec_read(CONFIG, &spec) || !plan_make(&spec, &plan)) return -1;
  pattern_count = hss_patterns(&plan, patterns);
  snprintf(bundle, sizeof bundle, "%s", file_path("bundle"));
  return paths_find("rtl", rtl, sizeof rtl) && bundle_write(&plan, CONFIG, rtl, bundle) ? 0 : -1;
}

static void read_words(const char *line, Options *options) {
  static char text[256]; // options point into it
  char *words[24] = {"lacuna"};
  int count = 1;
  snprintf(text, sizeof text, "%s", line);
  for (char *word = strtok(text, " "); word && count < 23; word = strtok(NULL, " "))
    words[count++] = word;
  assert_int_equal(options_parse(count, words, options), PARSE_RUN);
}

// A zero of either operand is not multiplied; a dense array of the same tile would multiply all that a step spans.
static void count_multiplications(const Workload *workload, const Job *job, uint64_t *counters) {
  uint64_t span = (uint64_t)(plan.m0 * plan.n0) * job->reg[JOB_BEAT];
  counters[COUNTER_MULTS_ISSUED] = counters[COUNTER_MULTS_EFFECTUAL] = (uint64_t)workload->effectual;
  counters[COUNTER_MULTS_SKIPPED] = span * counters[COUNTER_CYC_MULTIPLY] - (uint64_t)workload->effectual;
}

static void check_line(const char *line) {
  Options options;
  Workload workload = {0};
  Chosen chosen = {0};
  DeviceRun run = {0};
  read_words(line, &options);
  assert_true(workload_load(&options, &plan, &workload));
  assert_int_equal(choose_image(&options, &plan, &workload, choose_modes(&options, &plan), &chosen), EXIT_CORRECT);
  assert_int_equal(chosen.image.job.mode, options.pattern ? MODE_B : MODE_DENSE);
  count_multiplications(&workload, &chosen.image.job, chosen.predicted);
  assert_int_equal(
      device_run(&options, &plan, &workload, &chosen.image, bundle, chosen.predicted[COUNTER_CYCLES], &run),
      EXIT_CORRECT);
  assert_int_equal(compare_results(workload.expected, run.results, workload.shape.m, workload.shape.n).wrong, 0);
  for (int i = 0; i < DUT_COUNTERS; i++)
    if (chosen.predicted[i] != run.counters[i])
      fail_msg("%s: %s is %llu, the model says %llu", line, counter_names[i], (unsigned long long)run.counters[i],
               (unsigned long long)chosen.predicted[i]);
  device_free(&run);
  image_free(&chosen.image);
  workload_free(&workload);
}

// ---- random command lines

static int pick(Random *random, const int *list, int count) {
  return list[random_between(random, 0, count - 1)];
}

static int write_gemm(Random *random, char *line, size_t size) {
  int m = random_between(random, 1, 40), n = random_between(random, 1, 40), k = random_between(random, 1, 400);
  return snprintf(line, size, "run " CONFIG " --a random:%dx%d:0.%d --b random:%dx%d:0.%d", m, k,
                  random_between(random, 1, 9), k, n, random_between(random, 1, 9));
}

static int write_conv(Random *random, char *line, size_t size) {
  int groups = pick(random, (int[]){1, 1, 2, 3, 8}, 5), ins = random_between(random, 1, 40) * groups;
  int kernel = random_between(random, 1, 3);
  return snprintf(line, size,
                  "conv " CONFIG " --input random:%dx%dx%d:0.%d --weight random:%dx%dx%dx%d:0.%d --groups %d --pad %d "
                  "--stride %d",
                  ins, random_between(random, 3, 9), random_between(random, 3, 9), random_between(random, 1, 9),
                  random_between(random, 1, 12) * groups, ins / groups, kernel, kernel, random_between(random, 1, 9),
                  groups, random_between(random, 0, 1), random_between(random, 1, 2));
}

static void write_line(Random *random, char *line, size_t size) {
  char text[32];
  int used = random_between(random, 0, 1) ? write_gemm(random, line, size) : write_conv(random, line, size);
  int pattern = random_between(random, 0, pattern_count);
  if (pattern < pattern_count)
    used += snprintf(line + used, size - (size_t)used, " --prune --pattern hss:%s",
                     hss_text(&plan, patterns[pattern], text, sizeof text));
  else
    used += snprintf(line + used, size - (size_t)used, " --mode dense");
  used += snprintf(line + used, size - (size_t)used, " --mem-latency %d", pick(random, (int[]){0, 7, 64, 300}, 4));
  if (random_between(random, 0, 2) == 0)
    snprintf(line + used, size - (size_t)used, " --mem-bandwidth %d.%d", random_between(random, 2, 20),
             random_between(random, 0, 9));
}

static void test_every_counter_is_the_rtls(void **state) {
  (void)state;
  Random random = {1};
  for (int i = 0; i < CASES; i++) {
    char line[256];
    write_line(&random, line, sizeof line);
    check_line(line);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_counter_is_the_rtls)};
  return cmocka_run_group_tests(tests, make_bundle, folder_teardown);
}
