// The cycle model against the RTL in Verilator, counter by counter; its jumps against its single cycles; the
// count of effectual multiplications of the operands against the array's own.
#include "harness/golden/golden.h"
#include "harness/operand/random.h"
#include "harness/pack/pack.h"
#include "sim/model/engine.h"

#include <string.h>
#include <time.h>

#include "tests/unit/support_device.h"

enum { PAGE = 4096, REGIONS = 4, STATUS = 0x024 };

typedef struct Case {
  const char *config;
  uint32_t latency;
  double bandwidth; // bytes per cycle, 0: no limit
  Shape shape;
  bool params, narrow;
  uint32_t shift[REGIONS]; // bytes that A, B, parameters and C begin behind a page
} Case;

#define GEMM(rows, columns, depth)                                                                                     \
  { .m = rows, .n = columns, .k = depth }
#define CONV(...)                                                                                                      \
  { .conv = true, .dilation_h = 1, .dilation_w = 1, __VA_ARGS__ }
#define STRIDE(all)             .stride_h = all, .stride_w = all
#define KERNEL(rows, columns)   .kernel_h = rows, .kernel_w = columns
#define INPUT(c, rows, columns) .channels = c, .height = rows, .width = columns
#define PAD(all)                .pad_top = all, .pad_left = all, .pad_bottom = all, .pad_right = all

static const Case rtl_cases[] = {
    {"configs/dense_64.yaml", 64, 0, GEMM(1, 1, 1), false, false, {0}},
    {"configs/dense_64.yaml", 0, 0, GEMM(1, 1, 1), true, true, {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(2, 4, 8), false, true, {1, 3, 0, 15}},
    {"configs/dense_64.yaml", 64, 0, GEMM(144, 96, 192), true, true, {0}},
    {"configs/dense_64.yaml", 7, 0, GEMM(67, 41, 129), true, false, {4090, 5, 0, 3}},
    {"configs/dense_64.yaml", 300, 0, GEMM(31, 300, 20), false, true, {0, 0, 0, 4095}},
    {"configs/dense_64.yaml", 64, 8, GEMM(64, 64, 64), true, true, {0}},
    {"configs/dense_64.yaml", 16, 21.5, GEMM(50, 70, 90), true, false, {8, 0, 0, 0}},
    {"configs/dense_64.yaml", 64, 0.75, GEMM(5, 9, 33), false, false, {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(4, 700, 512), false, true, {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(700, 4, 512), false, true, {0}},
    {"configs/dense_64.yaml",
     64,
     0,
     CONV(STRIDE(1), INPUT(16, 14, 14), .out_channels = 24, KERNEL(3, 3), PAD(1), .groups = 1),
     true,
     true,
     {0}},
    {"configs/dense_64.yaml",
     20,
     5.3,
     CONV(STRIDE(1), INPUT(9, 11, 7), .out_channels = 6, KERNEL(5, 2), PAD(2), .groups = 3),
     true,
     false,
     {2, 0, 0, 2}},
    {"configs/dense_64.yaml",
     64,
     0,
     CONV(STRIDE(1), INPUT(32, 9, 9), .out_channels = 32, KERNEL(3, 3), .groups = 32),
     false,
     true,
     {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(300, 8, 8), false, true, {0}},    // a step per tile: results must leave first
    {"configs/dense_64.yaml", 64, 0, GEMM(300, 8, 40), true, false, {1}},   // many short m-tiles
    {"configs/dense_64.yaml", 64, 4, GEMM(200, 300, 8), false, false, {0}}, // bound by writes
    {"configs/dense_64.yaml", 400, 0, GEMM(300, 32, 16), true, false, {0, 0, 0, 5}},
    {"tests/configs/tile_3x5x4.yaml", 64, 0, GEMM(20, 30, 40), true, true, {7, 0, 0, 1}},
    {"tests/configs/tile_3x5x4.yaml", 64, 16, GEMM(90, 40, 4), true, false, {0, 0, 0, 2}},
    {"tests/configs/tile_3x5x4.yaml",
     150,
     12,
     CONV(STRIDE(2), INPUT(5, 12, 10), .out_channels = 13, KERNEL(3, 3), PAD(1), .groups = 1),
     true,
     false,
     {0}},
};

// Long enough for many tiles, groups and blocks.
static const Case jump_cases[] = {
    {"configs/dense_64.yaml", 64, 0, GEMM(300, 200, 512), true, true, {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(257, 129, 255), false, false, {1, 2, 0, 3}},
    {"configs/dense_64.yaml", 500, 0, GEMM(640, 33, 100), true, false, {0, 0, 0, 9}},
    {"configs/dense_64.yaml", 64, 8, GEMM(128, 256, 128), true, true, {0}},
    {"configs/dense_64.yaml", 64, 5.3, GEMM(100, 100, 300), false, true, {0}},
    {"configs/dense_64.yaml", 3, 0, GEMM(2000, 8, 64), true, true, {16, 0, 0, 0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(8, 2000, 64), false, false, {0}},
    {"configs/dense_64.yaml",
     64,
     0,
     CONV(STRIDE(1), INPUT(32, 28, 28), .out_channels = 40, KERNEL(3, 3), PAD(1), .groups = 1),
     true,
     true,
     {0}},
    {"configs/dense_64.yaml",
     64,
     0,
     CONV(STRIDE(2), INPUT(20, 30, 17), .out_channels = 20, KERNEL(5, 3), PAD(2), .groups = 4),
     false,
     true,
     {0}},
    {"configs/dense_64.yaml",
     0,
     0,
     CONV(STRIDE(1), INPUT(10, 5, 9), .out_channels = 10, KERNEL(5, 4), PAD(2), .groups = 2),
     true,
     false,
     {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(512, 512, 16), false, true, {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(20000, 4, 16), false, false, {0}},         // rows that cross no page
    {"configs/dense_64.yaml", 64, 3, GEMM(9000, 5, 24), false, false, {5, 0, 0, 9}}, // some of them do
    {"configs/dense_64.yaml", 64, 0, GEMM(9000, 1, 1), false, false, {0}},
    {"configs/dense_64.yaml", 64, 0, GEMM(1, 20000, 1), false, true, {0}},
    {"configs/dense_256.yaml", 64, 0, GEMM(512, 512, 512), true, true, {0}},
    {"configs/dense_1024.yaml", 64, 0, GEMM(512, 512, 512), false, true, {0}},
    {"configs/dense_1024.yaml",
     64,
     0,
     CONV(STRIDE(1), INPUT(64, 56, 56), .out_channels = 64, KERNEL(3, 3), PAD(1), .groups = 1),
     true,
     true,
     {0}},
    {"configs/dense_1024.yaml",
     200,
     40,
     CONV(STRIDE(1), INPUT(24, 40, 40), .out_channels = 96, KERNEL(1, 1), .groups = 1),
     true,
     false,
     {0}},
};

static void load_plan(const Case *c, Plan *plan) {
  Spec spec;
  assert_true(spec_read(c->config, &spec) && plan_make(&spec, plan));
}

// Addresses of A, B, parameters and C, each behind a free page.
static void place(const Case *c, const Plan *plan, Job *job, uint64_t address[REGIONS], uint64_t bytes[REGIONS]) {
  const uint64_t sizes[REGIONS] = {job->a_bytes, job->b_bytes, job->p_bytes, job->c_bytes};
  uint64_t next = PAGE;
  for (int i = 0; i < REGIONS; i++) {
    bytes[i] = sizes[i];
    address[i] = next + c->shift[i];
    next += (bytes[i] + PAGE - 1) / PAGE * PAGE + 2 * PAGE;
  }
  assert_true(job_place(plan, job, address[0], address[1], address[2], address[3]));
}

static void plan_job(const Case *c, const Plan *plan, Shape *shape, Job *job) {
  char why[JOB_WHY] = "";
  Epilogue epilogue = {.params = c->params, .narrow = c->narrow, .act_min = -128, .act_max = 127};
  *shape = c->shape;
  if (shape->conv && !shape_conv(shape, why)) fail_msg("%s", why);
  if (!job_plan(plan, shape, &epilogue, job, why)) fail_msg("%s", why);
}

// ---- a run of the RTL

// Two of three values are zero.
static int32_t *random_values(Random *random, uint64_t count) {
  int32_t *values = calloc(count, sizeof *values);
  assert_non_null(values);
  for (uint64_t i = 0; i < count; i++)
    if (random_between(random, 0, 2) == 0) values[i] = random_between(random, -7, 7);
  return values;
}

static void write_region(Dut *dut, uint64_t address, const uint8_t *data, uint64_t bytes, bool writable) {
  if (bytes == 0) return;
  assert_true(dut_memory_map(dut, address, bytes, writable));
  if (data) assert_true(dut_memory_write(dut, address, data, bytes));
}

static int64_t count_conv(const Shape *s, const int32_t *a, const int32_t *b) {
  int64_t count = 0;
  uint32_t ins = s->channels / s->groups, outs = s->out_channels / s->groups, taps = s->kernel_h * s->kernel_w;
  for (uint32_t pixel = 0; pixel < s->m; pixel++)
    for (uint32_t tap = 0; tap < taps; tap++) {
      int64_t ih = (int64_t)(pixel / s->out_w * s->stride_h + tap / s->kernel_w * s->dilation_h) - s->pad_top;
      int64_t iw = (int64_t)(pixel % s->out_w * s->stride_w + tap % s->kernel_w * s->dilation_w) - s->pad_left;
      if (ih < 0 || ih >= s->height || iw < 0 || iw >= s->width) continue;
      for (uint32_t o = 0; o < s->out_channels; o++)
        for (uint32_t i = 0; i < ins; i++)
          count += a[(ih * s->width + iw) * s->channels + o / outs * ins + i] && b[(o * ins + i) * taps + tap];
    }
  return count;
}

// Packs random operands into the memory; returns how many of their products are effectual.
static int64_t write_operands(Dut *dut, const Plan *plan, const Shape *s, const Job *job, const uint64_t *address,
                              const uint64_t *bytes) {
  Random random = {.state = 5};
  uint64_t rows = s->conv ? s->height : s->m, length = s->conv ? (uint64_t)s->width * s->channels : s->k;
  uint64_t weights = s->conv ? (uint64_t)s->out_channels * s->k : (uint64_t)s->k * s->n;
  int32_t *a = random_values(&random, rows * length), *b = random_values(&random, weights);
  uint8_t *packed_a = calloc(bytes[0], 1), *packed_b = calloc(bytes[1], 1), *packed_p = calloc(bytes[2] + 1, 1);
  assert_true(packed_a && packed_b && packed_p);
  pack_rows(plan, a, rows, length, packed_a);
  if (s->conv)
    pack_weights(plan, s, job, b, packed_b);
  else
    pack_matrix(plan, s, job, b, packed_b);
  write_region(dut, address[0], packed_a, bytes[0], false);
  write_region(dut, address[1], packed_b, bytes[1], false);
  write_region(dut, address[2], packed_p, bytes[2], false);
  write_region(dut, address[3], NULL, bytes[3], true);
  int64_t effectual = s->conv ? count_conv(s, a, b) : golden_effectual(a, b, s->m, s->n, s->k, 0);
  free(packed_p);
  free(packed_b);
  free(packed_a);
  free(b);
  free(a);
  return effectual;
}

static void run_rtl(Dut *dut, const Job *job, uint64_t counters[DUT_COUNTERS]) {
  uint32_t status = 0;
  for (int i = 0; i < JOB_C_FORMAT; i++) // engines that have no more
    assert_true(dut_register_write(dut, job_register_offset[i], job->reg[i]));
  assert_int_equal(dut_run(dut, 0, NULL, NULL), DUT_DONE);
  assert_true(dut_register_read(dut, STATUS, &status));
  assert_int_equal(status & STATUS_ERROR, 0);
  assert_true(dut_counters(dut, counters));
}

// ---- comparison

#define COUNTER_NAME(NAME, ...) #NAME,
static const char *const counter_names[DUT_COUNTERS] = {REGISTERS_COUNTERS(COUNTER_NAME)};
#undef COUNTER_NAME

static void compare(size_t number, const uint64_t *expected, const uint64_t *got) {
  for (int i = 0; i < DUT_COUNTERS; i++)
    if (expected[i] != got[i])
      fail_msg("case %zu: %s is %llu, expected %llu", number, counter_names[i], (unsigned long long)got[i],
               (unsigned long long)expected[i]);
}

static void predict(const Case *c, const Plan *plan, const Job *job, bool stepped, uint64_t counters[DUT_COUNTERS]) {
  ModelSettings settings = {.mem_latency = c->latency, .mem_bandwidth = c->bandwidth, .stepped = stepped};
  assert_true(model_run(plan, job->reg, NULL, &settings, counters));
}

static void check_against_rtl(size_t number, const Case *c) {
  Plan plan;
  Shape shape;
  Job job;
  uint64_t address[REGIONS], bytes[REGIONS], measured[DUT_COUNTERS], predicted[DUT_COUNTERS];
  char bundle[BUNDLE_PATH];
  assert_true(bundle_make(c->config, &plan, bundle));
  plan_job(c, &plan, &shape, &job);
  place(c, &plan, &job, address, bytes);
  DutSettings settings = {.mem_latency = c->latency, .mem_bandwidth = c->bandwidth};
  Dut *dut = bundle_open(settings, &plan, bundle);
  int64_t effectual = write_operands(dut, &plan, &shape, &job, address, bytes);
  run_rtl(dut, &job, measured);
  dut_close(dut);
  predict(c, &plan, &job, false, predicted);
  predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)effectual;
  compare(number, measured, predicted);
  predict(c, &plan, &job, true, predicted);
  predicted[COUNTER_MULTS_EFFECTUAL] = (uint64_t)effectual;
  compare(number, measured, predicted);
}

static void test_every_counter_is_the_rtls(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rtl_cases / sizeof *rtl_cases; i++)
    check_against_rtl(i, &rtl_cases[i]);
}

// A search for jumps costs no more than the steps it is to save, however many rows look alike.
static void test_jumps_change_nothing(void **state) {
  (void)state;
  const clock_t noise = CLOCKS_PER_SEC / 10;
  for (size_t i = 0; i < sizeof jump_cases / sizeof *jump_cases; i++) {
    const Case *c = &jump_cases[i];
    Plan plan;
    Shape shape;
    Job job;
    uint64_t address[REGIONS], bytes[REGIONS], stepped[DUT_COUNTERS], jumped[DUT_COUNTERS];
    load_plan(c, &plan);
    plan_job(c, &plan, &shape, &job);
    place(c, &plan, &job, address, bytes);
    clock_t start = clock();
    predict(c, &plan, &job, true, stepped);
    clock_t middle = clock();
    predict(c, &plan, &job, false, jumped);
    clock_t steps = middle - start, jumps = clock() - middle;
    compare(i, stepped, jumped);
    if (jumps > 2 * steps + noise) fail_msg("case %zu: %ld ticks with jumps, %ld without", i, (long)jumps, (long)steps);
  }
}

static void test_counters_add_up(void **state) {
  (void)state;
  const Case c = {"configs/dense_64.yaml", 64, 0, GEMM(64, 48, 100), true, true, {0}};
  Plan plan;
  Shape shape;
  Job job;
  uint64_t address[REGIONS], bytes[REGIONS], counters[DUT_COUNTERS];
  load_plan(&c, &plan);
  plan_job(&c, &plan, &shape, &job);
  place(&c, &plan, &job, address, bytes);
  predict(&c, &plan, &job, false, counters);
  uint64_t waits = counters[COUNTER_CYC_WAIT_A] + counters[COUNTER_CYC_WAIT_B] + counters[COUNTER_CYC_WAIT_META] +
                   counters[COUNTER_CYC_WAIT_OUT];
  assert_int_equal(counters[COUNTER_CYCLES], model_engine_cycles(counters) + waits);
  assert_int_equal(counters[COUNTER_CYC_MULTIPLY], job.steps);
  assert_int_equal(counters[COUNTER_MULTS_ISSUED], job.steps * (uint64_t)plan.macs);
  assert_int_equal(counters[COUNTER_BYTES_C], job.c_bytes);
}

static bool count_tick(void *user, uint64_t cycles) {
  uint64_t *last = user;
  assert_true(cycles > *last);
  *last = cycles;
  return cycles < 200000;
}

// A long run tells how far it is, and ends where it is told to.
static void test_run_tells_its_cycles(void **state) {
  (void)state;
  const Case c = {"configs/dense_64.yaml", 64, 0, GEMM(64, 64, 8000), false, true, {0}};
  Plan plan;
  Shape shape;
  Job job;
  uint64_t address[REGIONS], bytes[REGIONS], counters[DUT_COUNTERS], last = 0;
  load_plan(&c, &plan);
  plan_job(&c, &plan, &shape, &job);
  place(&c, &plan, &job, address, bytes);
  ModelSettings settings = {.mem_latency = 64, .stepped = true, .tick = count_tick, .user = &last};
  assert_true(model_run(&plan, job.reg, NULL, &settings, counters));
  assert_true(last >= 200000 && last < job.steps);
  assert_int_equal(counters[COUNTER_CYCLES], last);
}

// A panel that never fits the buffer of B it is to be played from twice.
static void test_endless_job_is_refused(void **state) {
  (void)state;
  const Case c = {"configs/dense_64.yaml", 64, 0, GEMM(8, 8, 64), false, true, {0}};
  Plan plan;
  Shape shape;
  Job job;
  uint64_t address[REGIONS], bytes[REGIONS], counters[DUT_COUNTERS];
  load_plan(&c, &plan);
  plan_job(&c, &plan, &shape, &job);
  place(&c, &plan, &job, address, bytes);
  plan.b_words = 4;
  ModelSettings settings = {.mem_latency = 64};
  assert_false(model_run(&plan, job.reg, NULL, &settings, counters));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_every_counter_is_the_rtls), cmocka_unit_test(test_jumps_change_nothing),
      cmocka_unit_test(test_counters_add_up),           cmocka_unit_test(test_run_tells_its_cycles),
      cmocka_unit_test(test_endless_job_is_refused),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
