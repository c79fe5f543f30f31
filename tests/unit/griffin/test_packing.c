// Reads packed images back as docs/engines/griffin.md says they are read, and finds every weight where B had it: for
// each mode, method and order of columns. Then the loop orders listed are run in the cycle model, and modes chosen by
// it.
#include "gen/spec/spec.h"
#include "harness/choose/choose.h"
#include "harness/pack/griffin/compact.h"
#include "tests/unit/support.h"

typedef struct Case {
  const char *config, *keys; // a file, or what follows the tile of a small Griffin core
  const char *words[10];     // of the command line
} Case;

#define TILE "engine: griffin\ntile: {m: 2, n: 3, k: 4}\n"

static const Case cases[] = {
    {"configs/griffin_64.yaml", NULL, {"run", "--a", "random:5x100:0.5", "--b", "random:100x30:0.3"}},
    {"configs/griffin_64.yaml", NULL, {"run", "--a", "random:1x1:1", "--b", "random:1x1:1"}},
    {"configs/griffin_64.yaml", NULL, {"run", "--a", "random:40x64:0.5", "--b", "random:64x61:0.1"}},
    {"configs/griffin_64.yaml", NULL, {"run", "--a", "random:40x64:0.5", "--b", "random:64x61:0"}},
    {"configs/griffin_1024.yaml", NULL, {"run", "--a", "random:5x600:0.5", "--b", "random:600x200:0.15"}},
    {"configs/griffin_64.yaml", NULL, {"conv", "--input", "random:3x9x7:0.5", "--weight", "random:18x3x3x3:0.4"}},
    {"configs/griffin_64.yaml",
     NULL,
     {"conv", "--input", "random:12x5x5:0.5", "--weight", "random:12x1x3x3:0.5", "--groups", "12"}},
    {NULL, TILE "window: {run_on: true}\n", {"run", "--a", "random:5x7:0.5", "--b", "random:7x100:0.2"}},
    {NULL,
     TILE "sparse_b: {d1: 3, d2: 2, d3: 2}\nwindow: {wrap: false, shuffle: false}\n",
     {"run", "--a", "random:5x40:0.5", "--b", "random:40x20:0.3"}},
    {NULL,
     TILE "window: {run_on: true}\ndata: {bits: 4}\nsparse_b: {d1: 5, d2: 1, d3: 1}\n",
     {"run", "--a", "random:5x13:0.5", "--b", "random:13x77:0.2"}},
    {NULL, TILE "buffers: {a_kib: 1, b_kib: 1}\n", {"run", "--a", "random:90x120:0.5", "--b", "random:120x40:0.3"}},
    {NULL, TILE "data: {bits: 16}\n", {"run", "--a", "random:5x50:0.5", "--b", "random:50x17:0.4"}},
};

typedef struct Bench {
  Plan plan;
  Workload workload;
  PackingSource source;
} Bench;

static void open_bench(const Case *c, Bench *bench) {
  Spec spec;
  Options options;
  char *words[12] = {"lacuna"};
  int count = 1;
  const char *config = c->config ? c->config : file_make("small.yaml", c->keys, strlen(c->keys));
  for (int i = 0; i < 10 && c->words[i]; i++) {
    words[count++] = (char *)(uintptr_t)c->words[i];
    if (i == 0) words[count++] = (char *)(uintptr_t)config;
  }
  *bench = (Bench){0};
  assert_true(spec_read(config, &spec) && plan_make(&spec, &bench->plan));
  assert_int_equal(options_parse(count, words, &options), PARSE_RUN);
  assert_true(workload_load(&options, &bench->plan, &bench->workload));
  assert_true(packing_source_make(&bench->plan, &bench->workload, &bench->source));
}

static void close_bench(Bench *bench) {
  packing_source_free(&bench->source);
  workload_free(&bench->workload);
}

// `bits` bits at bit `at`, lowest first; signed if asked for.
static int32_t bits_at(const uint8_t *bytes, uint64_t at, int bits, bool is_signed) {
  int32_t value = 0;
  for (int i = 0; i < bits; i++)
    value |= (bytes[(at + (uint64_t)i) / 8] >> (at + (uint64_t)i) % 8 & 1) << i;
  return is_signed && value >> (bits - 1) & 1 ? value - (1 << bits) : value;
}

// ---- without compaction: a word of each step

static int lane_of(const Plan *plan, int lane, int step) {
  if (!plan->window.shuffle) return lane;
  return plan->k0 == 2 ? (lane + step) % 2 : lane / 4 * 4 + (lane + step) % 4;
}

static void check_plain_gemm(const Bench *bench, const Image *image) {
  const Plan *plan = &bench->plan;
  const Shape *s = &bench->workload.shape;
  int steps = (int)image->job.reg[JOB_STEPS];
  for (int k = 0; k < (int)s->k; k++)
    for (int n = 0; n < (int)s->n; n++) {
      int step = k / plan->k0, lane = lane_of(plan, k % plan->k0, step), word = n / plan->n0 * steps + step;
      int element = (word * plan->n0 + n % plan->n0) * plan->k0 + lane;
      int32_t value = bits_at(image->data[REGION_B], (uint64_t)(element * plan->data_bits), plan->data_bits, true);
      assert_int_equal(value, bench->workload.b.tensor.data[k * (int)s->n + n]);
    }
}

// ---- compacted

typedef struct Reader {
  const Bench *bench;
  const Image *image;
  int32_t *found; // [panel][step][column][lane], as plain B has it
  int d1, d2, d3;
} Reader;

// The home of a packed column: where its parameters say that its results belong.
static int home_panel(const Reader *r, int panel, int column) {
  const Plan *plan = &r->bench->plan;
  const uint32_t *reg = r->image->job.reg;
  if (!reg[JOB_PERMUTE]) return panel;
  int group = (int)reg[JOB_GROUP_PANELS], slots = plan->c_chunks * plan->e_lanes;
  uint64_t target = (uint64_t)(panel * slots + column) * 96 + 80;
  return panel / group * group + bits_at(r->image->data[REGION_P], target, 16, false);
}

static void take_weight(const Reader *r, int panel, int step, int column, int lane, int32_t value) {
  const Plan *plan = &r->bench->plan;
  int home = home_panel(r, panel, column), steps = (int)r->image->job.reg[JOB_STEPS];
  assert_in_range(home, 0, (int)r->image->job.reg[JOB_PANELS] - 1);
  int32_t *place = &r->found[((home * steps + step) * plan->n0 + column) * plan->k0 + lane];
  assert_int_equal(*place, 0);
  *place = value;
}

typedef struct Word {
  int advance, head;
  bool last, straddle;
  uint64_t codes; // bit of the first part's metadata
} Word;

static Word read_header(const Reader *r, int word, int head) {
  const Plan *plan = &r->bench->plan;
  const uint8_t *m = r->image->data[REGION_M];
  uint64_t codes = (uint64_t)word * (uint64_t)(plan->b_lanes * plan->m_lane_bits);
  uint64_t at = codes + (uint64_t)(plan->n0 * plan->k0 / plan->b_lanes * plan->window.code_bits);
  Word w = {.advance = bits_at(m, at, plan->window.advance_bits, false), .head = head, .codes = codes};
  w.last = bits_at(m, at + (uint64_t)plan->window.advance_bits, 1, false);
  w.straddle = bits_at(m, at + (uint64_t)plan->window.advance_bits + 1, 1, false);
  assert_in_range(w.advance, 1, 1 + r->d1);
  assert_true(!w.straddle || (plan->window.run_on && r->image->job.mode == MODE_B));
  return w;
}

static void read_slot(const Reader *r, const Word *w, int panel, int slot, int32_t value) {
  const Plan *plan = &r->bench->plan;
  const uint8_t *m = r->image->data[REGION_M];
  int part = plan->n0 * plan->k0 / plan->b_lanes, steps = (int)r->image->job.reg[JOB_STEPS];
  uint64_t at = w->codes + (uint64_t)(slot / part * plan->m_lane_bits + slot % part * plan->window.code_bits);
  int e1 = bits_at(m, at, plan->window.dist_bits, false);
  int e2 = bits_at(m, at + (uint64_t)plan->window.dist_bits, plan->window.side_bits, false);
  int e3 =
      bits_at(m, at + (uint64_t)(plan->window.dist_bits + plan->window.side_bits), plan->window.across_bits, false);
  assert_true(value || (!e1 && !e2 && !e3));
  assert_true(e1 <= r->d1 && e2 <= r->d2 && e3 <= r->d3);
  if (!value) return;
  bool next = w->head + e1 >= steps;
  assert_true(!next || (w->straddle && e3 == 1));
  assert_true(!w->straddle || next || e3 == 0);
  int column = slot / plan->k0 + (next ? 0 : e3);
  assert_true(plan->window.wrap || column < plan->n0);
  take_weight(r, panel + next, (w->head + e1) % steps, column % plan->n0, (slot % plan->k0 + e2) % plan->k0, value);
}

static void read_panels(const Reader *r) {
  const Plan *plan = &r->bench->plan;
  int steps = (int)r->image->job.reg[JOB_STEPS], panels = (int)r->image->job.reg[JOB_PANELS], word = 0, head = 0;
  int group = (int)r->image->job.reg[JOB_GROUP_PANELS], weights = plan->n0 * plan->k0;
  for (int panel = 0; panel < panels; panel++, head -= steps) {
    Word w = {0};
    for (int count = 0; !w.last; count++, word++) {
      assert_true(count < steps);
      w = read_header(r, word, head);
      for (int slot = 0; slot < weights; slot++) {
        uint64_t at = (uint64_t)(word * weights + slot) * (uint64_t)plan->data_bits;
        read_slot(r, &w, panel, slot, bits_at(r->image->data[REGION_B], at, plan->data_bits, true));
      }
      head += w.advance;
      assert_true(w.last == (head >= steps));
    }
    assert_true(head == steps || (plan->window.run_on && panel % group < group - 1 && panel < panels - 1));
  }
  assert_int_equal(word, r->image->job.words);
}

static void check_compacted(const Bench *bench, const Image *image) {
  const Plan *plan = &bench->plan;
  bool dual = image->job.mode == MODE_AB;
  size_t count = (size_t)image->job.reg[JOB_PANELS] * image->job.reg[JOB_STEPS] * (size_t)(plan->n0 * plan->k0);
  Reader reader = {bench,
                   image,
                   calloc(count, sizeof(int32_t)),
                   dual ? plan->window.ab_b1 : plan->window.b_d1,
                   dual ? plan->window.ab_b2 : plan->window.b_d2,
                   dual ? plan->window.ab_b3 : plan->window.b_d3};
  assert_non_null(reader.found);
  read_panels(&reader);
  for (size_t i = 0; i < count; i++) {
    int32_t want = bits_at(bench->source.plain, i * (uint64_t)plan->data_bits, plan->data_bits, true);
    assert_int_equal(reader.found[i], want);
  }
  free(reader.found);
}

static void check_choice(const Bench *bench, PackingChoice choice) {
  Image image;
  assert_true(image_build(&bench->source, &choice, &image));
  assert_int_equal(image.job.reg[JOB_MODE], choice.mode);
  if (plan_skips_b(bench->source.plan, choice.mode))
    check_compacted(bench, &image);
  else if (!bench->workload.shape.conv)
    check_plain_gemm(bench, &image);
  image_free(&image);
}

static void test_cases(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Bench bench;
    open_bench(&cases[i], &bench);
    check_choice(&bench, (PackingChoice){.mode = MODE_DENSE});
    check_choice(&bench, (PackingChoice){.mode = MODE_A});
    for (int method = 0; method < COMPACT_METHODS; method++)
      for (int sorted = 0; sorted < 2; sorted++) {
        check_choice(&bench, (PackingChoice){.mode = MODE_B, .method = method, .sorted = sorted});
        check_choice(&bench, (PackingChoice){.mode = MODE_AB, .method = method, .sorted = sorted});
      }
    close_bench(&bench);
  }
}

// ---- loop orders

static uint64_t run_model(const Bench *bench, const Image *image, ModelEngine *engine, uint64_t most,
                          uint64_t *counters) {
  ModelSettings settings = {.mem_latency = 64, .engine = engine, .most_cycles = most};
  ModelMemory memory = image_memory(image);
  assert_true(model_run(&bench->plan, image->job.reg, &memory, &settings, counters));
  return counters[COUNTER_CYCLES];
}

// What the engine takes can be kept from order to order, and does not change with it.
static void check_order(const Bench *bench, const Image *image, ModelEngine *engine, uint64_t issued) {
  uint64_t kept[DUT_COUNTERS], own[DUT_COUNTERS], cut[DUT_COUNTERS];
  uint64_t cycles = run_model(bench, image, engine, 0, kept);
  assert_int_equal(run_model(bench, image, NULL, 0, own), cycles);
  assert_memory_equal(own, kept, sizeof own);
  assert_int_equal(own[COUNTER_MULTS_ISSUED], issued);
  assert_true(own[COUNTER_CYC_MULTIPLY] + own[COUNTER_CYC_IMBALANCE] <= cycles);
  assert_true(model_engine_bound(&bench->plan, image->job.reg, engine) <= cycles);
  assert_int_equal(run_model(bench, image, engine, cycles / 2 + 1, cut), cycles / 2 + 1);
}

static void check_orders(const Bench *bench, PackingChoice choice) {
  enum { ORDERS = 12 };
  const Plan *plan = &bench->plan;
  const Workload *w = &bench->workload;
  uint64_t counters[DUT_COUNTERS];
  char why[JOB_WHY];
  JobOrder orders[ORDERS];
  ModelEngine *engine;
  Image image;
  assert_true(image_build(&bench->source, &choice, &image));
  ModelMemory memory = image_memory(&image);
  assert_true(model_engine_new(plan, image.job.reg, &memory, false, &engine));
  run_model(bench, &image, NULL, 0, counters);
  JobLoad load = {.words = image.words, .pace = 1};
  int count = job_orders(plan, &w->shape, &w->epilogue, &load, &image.job, orders, ORDERS, why);
  assert_in_range(count, 1, ORDERS);
  for (int i = 0; i < count; i++) {
    assert_true(i == 0 || orders[i].cycles >= orders[i - 1].cycles);
    job_set_order(plan, orders[i], &image.job);
    check_order(bench, &image, engine, counters[COUNTER_MULTS_ISSUED]);
  }
  model_engine_free(engine);
  image_free(&image);
}

static void test_orders(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Bench bench;
    open_bench(&cases[i], &bench);
    for (int mode = 0; mode < MODES_MOST; mode++) // windows that run on end with their group
      if (mode != MODE_B || !bench.plan.window.run_on)
        check_orders(&bench, (PackingChoice){.mode = (Mode)mode, .method = COMPACT_MATCHING});
    close_bench(&bench);
  }
}

// ---- the choice

static uint64_t chosen_cycles(const Bench *bench, int modes) {
  Options options = {.mem_latency = 64};
  Chosen chosen;
  assert_int_equal(choose_image(&options, &bench->plan, &bench->workload, modes, &chosen), EXIT_CORRECT);
  assert_true(modes >> chosen.image.job.mode & 1);
  assert_int_equal(chosen.trials[chosen.image.job.mode].cycles, chosen.predicted[COUNTER_CYCLES]);
  image_free(&chosen.image);
  return chosen.predicted[COUNTER_CYCLES];
}

static void test_auto_is_the_best_mode(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Bench bench;
    open_bench(&cases[i], &bench);
    uint64_t all = chosen_cycles(&bench, bench.plan.modes);
    for (int mode = 0; mode < MODES_MOST; mode++)
      if (bench.plan.modes >> mode & 1) assert_true(all * 100 <= chosen_cycles(&bench, 1 << mode) * 101);
    close_bench(&bench);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_orders),
                                     cmocka_unit_test(test_auto_is_the_best_mode)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
