// The cycle model of the outer-product engine against the RTL in Verilator, counter by counter: random matrices and
// convolutions of all densities, each in a mode, with a format of A and in a loop order drawn for it, memories from
// fast to starving.
#include "harness/choose/choose.h"
#include "harness/golden/compare.h"
#include "harness/operand/random.h"
#include "harness/run/device.h"

#include <string.h>

#include "tests/unit/support_device.h"
#include "tests/unit/support_rtl.h"

static const char *config;
static Plan plan;
static char bundle[BUNDLE_PATH];
static Random order_random = {7};

static void open_config(const char *path) {
  config = path;
  assert_true(bundle_make(path, &plan, bundle));
}

static void compare_counters(const char *line, const uint64_t *model, const uint64_t *rtl) {
  for (int i = 0; i < DUT_COUNTERS; i++)
    compare_counter(line, i, model, rtl);
}

static void compare_run(const char *line, const Options *options, const Workload *workload, Chosen *chosen) {
  DeviceRun run = {0};
  if (plan.counters_full) chosen->predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)workload->effectual;
  uint64_t most = chosen->predicted[COUNTER_CYCLES];
  if (device_run(options, &plan, workload, &chosen->image, bundle, most, &run) != EXIT_CORRECT)
    fail_msg("%s: no end", line);
  if (compare_results(workload->expected.dense, run.results.dense, workload->shape.m, workload->shape.n).wrong)
    fail_msg("%s: the result is wrong", line);
  compare_counters(line, chosen->predicted, run.counters);
  device_free(&run);
}

// Any loop order that the buffers allow, not the best alone.
static void draw_order(const char *line, const Options *options, const Workload *workload, Chosen *chosen) {
  enum { ORDERS = 64 };
  JobOrder orders[ORDERS];
  char why[JOB_WHY];
  Image *image = &chosen->image;
  JobLoad load = {.words = image->words, .pace = 1, .bandwidth = options->mem_bandwidth};
  ModelSettings settings = {.mem_latency = (uint32_t)options->mem_latency,
                            .mem_bandwidth = options->mem_bandwidth,
                            .stall_percent = (int)options->stall,
                            .seed = (uint64_t)options->seed};
  ModelMemory memory = image_memory(image);
  int count = job_orders(&plan, &image->shape, &workload->epilogue, &load, &image->job, orders, ORDERS, why);
  assert_in_range(count, 1, ORDERS);
  job_set_order(&plan, orders[random_between(&order_random, 0, count - 1)], &image->job);
  if (!model_run(&plan, image->job.reg, &memory, &settings, chosen->predicted))
    fail_msg("%s: the model finds no end", line);
}

// False if the buffers of A are too small for this job.
static bool check_line(const char *line) {
  Options options;
  Workload workload = {0};
  Chosen chosen = {0};
  read_words(line, &options);
  listen_begin();
  int status = EXIT_BAD_INPUT;
  if (workload_load(&options, &plan, &workload))
    status = choose_image(&options, &plan, &workload, choose_modes(&options, &plan), &chosen);
  listen_end();
  if (status == EXIT_CORRECT) {
    draw_order(line, &options, &workload, &chosen);
    compare_run(line, &options, &workload, &chosen);
  } else {
    SAID(" would do");
  }
  image_free(&chosen.image);
  workload_free(&workload);
  return status == EXIT_CORRECT;
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

static const char *density(Random *random) {
  static const char *const list[] = {"0", "0.01", "0.05", "0.1", "0.3", "0.5", "0.8", "1"};
  return list[random_between(random, 0, 7)];
}

// Around a multiple of `size`, or up to twice as much.
static int pick_size(Random *random, int size) {
  int near = size * random_between(random, 0, 3) + random_between(random, -1, 1);
  if (random_between(random, 0, 1)) return random_between(random, 1, 2 * size);
  return near > 0 ? near : 1;
}

static void add_gemm(Random *random, char *line) {
  int m = pick_size(random, plan.m0), n = pick_size(random, plan.n0);
  int k = random_between(random, 0, 2) ? pick_size(random, 2 * plan.k0) : random_between(random, 1, 300);
  add(line, "run %s --a random:%dx%d:%s", config, m, k, density(random));
  add(line, " --b random:%dx%d:%s", k, n, density(random));
}

static void add_conv(Random *random, char *line) {
  int groups = pick(random, (int[]){1, 1, 2, 3, 8}, 5), ins = random_between(random, 1, groups > 1 ? 5 : 20);
  int kernel = random_between(random, 1, 3), dilation = random_between(random, 1, 2);
  int height = kernel * dilation + random_between(random, 0, 6),
      width = kernel * dilation + random_between(random, 0, 6);
  add(line, "conv %s --input random:%dx%dx%d:%s", config, ins * groups, height, width, density(random));
  add(line, " --weight random:%dx%dx%dx%d:%s", random_between(random, 1, 12) * groups, ins, kernel, kernel,
      density(random));
  add(line, " --groups %d --dilation %d --stride %d --pad %d,%d,%d,%d", groups, dilation, random_between(random, 1, 3),
      random_between(random, 0, 2), random_between(random, 0, 2), random_between(random, 0, 2),
      random_between(random, 0, 2));
}

static void add_formats(Random *random, char *line) {
  static const char *const formats[] = {"dense", "compressed", "auto"};
  static const char *const modes[] = {"dense", "a", "b", "ab", "ab", "auto"};
  add(line, " --mode %s", modes[random_between(random, 0, 5)]);
  add(line, " --a-format %s", formats[random_between(random, 0, 2)]);
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
  for (int compared = 0; compared < cases;) {
    char line[LINE] = "";
    if (random_between(&random, 0, 1))
      add_gemm(&random, line);
    else
      add_conv(&random, line);
    add_formats(&random, line);
    add_memory(&random, line);
    compared += check_line(line);
  }
}

static void test_one_block(void **state) {
  (void)state;
  check_config("configs/outer_32.yaml", 40);
}

static void test_smallest_blocks(void **state) {
  (void)state;
  check_config("tests/configs/outer_2x4_smallest.yaml", 40);
}

static void test_many_blocks(void **state) {
  (void)state;
  check_config("tests/configs/outer_2x16_bits4.yaml", 25);
}

static void test_wide_elements(void **state) {
  (void)state;
  check_config("tests/configs/outer_8x16_bits16_bus64.yaml", 12);
}

// Tiles wait for column parameters, the stores are full, and B is fetched as far as it can be. Without a way for the
// parameters past B this job had no end.
static void test_parameters_behind_full_stores(void **state) {
  (void)state;
  static const char text[] =
      "engine: outer\ntile: {m: 1, n: 4, k: 1}\n"
      "outer: {tile: 16, block_m: 1, block_n: 4, banks: 4, window: 8, k_tile: 8, slots: 8}\n"
      "data: {bits: 4, a_signed: false}\nbuffers: {a_kib: 4, b_kib: 2, c_kib: 4}\n"
      "memory: {bus_bits: 256, burst_beats: 1, outstanding: 15}\ncounters: lean\nmultiplier: operator\n";
  char path[PATH_MAX], line[LINE];
  snprintf(path, sizeof path, "%s", file_make("stores.yaml", text, sizeof text - 1));
  open_config(path);
  snprintf(line, sizeof line,
           "run %.100s --a random:64x65:0.05:189 --b random:65x70:0.05:697 --out-type int8 --mode a --a-format dense",
           path);
  assert_true(check_line(line));
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_one_block), cmocka_unit_test(test_smallest_blocks),
                                     cmocka_unit_test(test_many_blocks), cmocka_unit_test(test_wide_elements),
                                     cmocka_unit_test(test_parameters_behind_full_stores)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
