// The schedules of the engines with windows, against the rules of docs/engines/griffin.md played slot by slot; and the
// nonzero elements of A against im2col written out.
#include "gen/spec/spec.h"
#include "harness/job/job.h"
#include "harness/operand/random.h"
#include "sim/model/griffin/griffin.h"

#include <string.h>

#include "tests/unit/support.h"

enum { STEPS = 40, ROWS = 8, COLUMNS = 20, LANES = 64 };

static void make_plan(const char *text, Plan *plan) {
  Spec spec;
  assert_true(spec_read(file_make("plan.yaml", text, strlen(text)), &spec));
  assert_true(plan_make(&spec, plan));
}

static int draw(Random *random, int low, int high) {
  return (int)random_between(random, low, high);
}

// ---- the engine, slot by slot

typedef struct Reference {
  const Plan *plan;
  bool pending[STEPS][ROWS][COLUMNS][LANES]; // by word; mode a has one column
  int from[STEPS][COLUMNS][LANES];           // mode ab: of a weight: step it points to
  int side[STEPS][COLUMNS][LANES];
  bool leaves[STEPS][COLUMNS][LANES]; // its product goes to another PE
  int advance[STEPS];
  int words, columns, share; // columns that decide, and that follow each
  int side_most, across_most;
  bool taken[ROWS][COLUMNS][LANES];
  Tally tally;
} Reference;

static bool word_done(const Reference *r, int word) {
  for (int m = 0; m < r->plan->m0; m++)
    for (int n = 0; n < r->columns; n++)
      for (int l = 0; l < r->plan->k0; l++)
        if (r->pending[word][m][n][l]) return false;
  return true;
}

static void take(Reference *r, int head, int word, int across, int side, int m, int n, int l) {
  const Plan *p = r->plan;
  int at_m = (m + across) % p->m0, at_l = (l + side) % p->k0, base = 0;
  uint64_t count = (uint64_t)r->share;
  if (r->taken[m][n][l] || !r->pending[word][at_m][n][at_l]) return;
  r->taken[m][n][l] = true;
  r->pending[word][at_m][n][at_l] = false;
  for (int i = head; i < word; i++)
    base += r->advance[i];
  r->tally.issued += count;
  r->tally.distance[base + r->from[word][n][at_l]] += count;
  if (side + r->side[word][n][at_l]) r->tally.lane += count;
  if (across || r->leaves[word][n][at_l]) r->tally.pe += count;
}

static int idle_pes(const Reference *r) {
  int idle = 0;
  for (int m = 0; m < r->plan->m0; m++)
    for (int n = 0; n < r->columns; n++) {
      bool any = false;
      for (int l = 0; l < r->plan->k0; l++)
        any |= r->taken[m][n][l];
      idle += !any;
    }
  return idle * r->share;
}

// One step from word `head` on, in a window of `window` words; returns the words consumed.
static int play(Reference *r, int head, int window, Take *out) {
  const Plan *p = r->plan;
  int words = 1, steps = r->advance[head], last = head + window < r->words ? head + window : r->words;
  memset(r->taken, 0, sizeof r->taken);
  for (int word = head; word < last; word++)
    for (int across = 0; across <= (word > head ? r->across_most : 0); across++)
      for (int side = 0; side <= (word > head ? r->side_most : 0); side++)
        for (int m = 0; m < p->m0; m++)
          for (int n = 0; n < r->columns; n++)
            for (int l = 0; l < p->k0; l++)
              take(r, head, word, across, side, m, n, l);
  for (; head + words < last && word_done(r, head + words); words++)
    steps += r->advance[head + words];
  *out = (Take){(uint8_t)words, (uint8_t)steps, (uint16_t)idle_pes(r)};
  return words;
}

static void check(Reference *r, int window, const Schedule *s) {
  Count i = 0;
  for (int head = 0; head < r->words; i++) {
    Take expected;
    head += play(r, head, window, &expected);
    assert_true(i < s->count);
    assert_int_equal(s->takes[i].words, expected.words);
    assert_int_equal(s->takes[i].steps, expected.steps);
    assert_int_equal(s->takes[i].idle, expected.idle);
  }
  assert_int_equal(i, s->count);
  assert_memory_equal(&s->tally, &r->tally, sizeof r->tally);
}

// ---- mode a

static void fill_rows(Random *random, const Plan *plan, int density, Lanes *lanes) {
  for (int i = 0; i < STEPS * plan->m0; i++) {
    lanes[i] = 0;
    for (int l = 0; l < plan->k0; l++)
      lanes[i] |= (Lanes)(draw(random, 0, 99) < density) << l;
  }
}

static void check_rows(Random *random, const Plan *plan, int steps) {
  static Reference r;
  Lanes lanes[STEPS * ROWS];
  Take takes[STEPS];
  Schedule s = {.takes = takes};
  memset(&r, 0, sizeof r);
  r.plan = plan;
  r.words = steps;
  r.columns = 1;
  r.share = plan->n0;
  r.side_most = plan->window.a_d2;
  r.across_most = plan->window.a_d3;
  fill_rows(random, plan, draw(random, 0, 100), lanes);
  for (int step = 0; step < steps; step++) {
    r.advance[step] = 1;
    for (int m = 0; m < plan->m0; m++)
      for (int l = 0; l < plan->k0; l++)
        r.pending[step][m][0][l] = lanes[step * plan->m0 + m] >> l & 1;
  }
  schedule_a(plan, lanes, steps, &s);
  check(&r, 1 + plan->window.a_d1, &s);
}

static void test_rows_decide_as_told(void **state) {
  (void)state;
  Random random = {.state = 11};
  char text[200];
  for (int i = 0; i < 60; i++) {
    Plan plan;
    int m = draw(&random, 1, 5), k = 1 << draw(&random, 0, 6), n = draw(&random, 2, 5);
    snprintf(text, sizeof text, "engine: sparse_a\ntile: {m: %d, n: %d, k: %d}\nsparse_a: {d1: %d, d2: %d, d3: %d}\n",
             m, n, k, draw(&random, 1, 5), draw(&random, 0, k < 4 ? k - 1 : 3), draw(&random, 0, m < 3 ? m - 1 : 2));
    make_plan(text, &plan);
    check_rows(&random, &plan, draw(&random, 1, STEPS));
  }
}

// ---- modes b and ab: a legal stream of words, in memory as the packer would leave it

typedef struct Packed {
  uint8_t b[STEPS * COLUMNS * LANES], m[STEPS * COLUMNS * LANES * 2];
  ModelMemory memory;
  uint32_t reg[JOB_REGISTER_COUNT];
} Packed;

static void put_bits(uint8_t *bytes, int at, int bits, int value) {
  for (int i = 0; i < bits; i++)
    if (value >> i & 1) bytes[(at + i) / 8] |= (uint8_t)(1 << (at + i) % 8);
}

static int metadata_at(const Plan *p, int word, int weight) {
  int part = p->n0 * p->k0 / p->b_lanes;
  return (word * p->b_lanes + weight / part) * p->m_lane_bits + weight % part * p->window.code_bits;
}

// A word whose head is `head` of `steps` steps; some columns stay empty.
static void fill_word(Random *random, Reference *r, Packed *packed, const int reach[3], int head, int steps,
                      int density) {
  const Plan *p = r->plan;
  int word = r->words++, left = steps - head, room = left < 1 + reach[0] ? left : 1 + reach[0];
  int part = p->n0 * p->k0 / p->b_lanes, header = metadata_at(p, word, 0) + part * p->window.code_bits;
  r->advance[word] = draw(random, 1, room);
  put_bits(packed->m, header, p->window.advance_bits, r->advance[word]);
  put_bits(packed->m, header + p->window.advance_bits, 1, r->advance[word] == left);
  for (int n = 0, i = 0; n < p->n0; n++) {
    bool empty = draw(random, 0, 3) == 0;
    for (int l = 0; l < p->k0; l++, i++) {
      if (empty || draw(random, 0, 99) >= density) continue;
      int e1 = draw(random, 0, room - 1), e2 = draw(random, 0, reach[1]), e3 = draw(random, 0, reach[2]);
      int code = e1 | e2 << p->window.dist_bits | e3 << (p->window.dist_bits + p->window.side_bits);
      put_bits(packed->b, (word * p->n0 * p->k0 + i) * p->data_bits, p->data_bits, draw(random, 1, 15));
      put_bits(packed->m, metadata_at(p, word, i), p->window.code_bits, code);
      r->from[word][n][l] = e1;
      r->side[word][n][l] = e2;
      r->leaves[word][n][l] = e3 > 0;
      for (int m = 0; m < p->m0; m++)
        r->pending[word][m][n][l] = true;
    }
  }
}

static void fill_panel(Random *random, Reference *r, Packed *packed, Mode mode, int steps) {
  const Plan *p = r->plan;
  const int b[] = {p->window.b_d1, p->window.b_d2, p->window.b_d3},
            ab[] = {p->window.ab_b1, p->window.ab_b2, p->window.ab_b3};
  int density = draw(random, 0, 100);
  memset(packed, 0, sizeof *packed);
  packed->memory =
      (ModelMemory){.b = packed->b, .m = packed->m, .b_bytes = sizeof packed->b, .m_bytes = sizeof packed->m};
  for (int head = 0; head < steps; head += r->advance[r->words - 1])
    fill_word(random, r, packed, mode == MODE_B ? b : ab, head, steps, density);
  packed->reg[JOB_MODE] = mode;
  packed->reg[JOB_PANELS] = 1;
  packed->reg[JOB_B_KEEP] = (uint32_t)(r->words * p->b_lanes);
}

static void check_weights(Random *random, const Plan *plan, int steps) {
  static Reference r;
  static Packed packed;
  Take takes[STEPS];
  Schedule s = {.takes = takes};
  Weights weights;
  memset(&r, 0, sizeof r);
  r.plan = plan;
  r.columns = plan->n0;
  r.share = 1;
  fill_panel(random, &r, &packed, MODE_B, steps);
  assert_true(weights_read(plan, packed.reg, &packed.memory, &weights));
  schedule_b(plan, &weights, 0, &s);
  check(&r, 1, &s);
  weights_free(&weights);
}

// A weight is a pair where the A it points to is not zero.
static void drop_zeros(Reference *r, const Lanes *lanes) {
  const Plan *p = r->plan;
  for (int word = 0, head = 0; word < r->words; head += r->advance[word++])
    for (int m = 0; m < p->m0; m++)
      for (int n = 0; n < p->n0; n++)
        for (int l = 0; l < p->k0; l++) {
          Lanes row = lanes[(head + r->from[word][n][l]) * p->m0 + m];
          if (!(row >> (l + r->side[word][n][l]) % p->k0 & 1)) r->pending[word][m][n][l] = false;
        }
}

static void check_pairs(Random *random, const Plan *plan, int steps) {
  static Reference r;
  static Packed packed;
  Lanes lanes[STEPS * ROWS], pending[STEPS * ROWS * COLUMNS];
  Take takes[STEPS], cheap[STEPS];
  Schedule s = {.takes = takes}, untold = {.takes = cheap};
  Weights weights;
  memset(&r, 0, sizeof r);
  r.plan = plan;
  r.columns = plan->n0;
  r.side_most = plan->window.ab_a2;
  r.share = 1;
  fill_panel(random, &r, &packed, MODE_AB, steps);
  fill_rows(random, plan, draw(random, 0, 100), lanes);
  drop_zeros(&r, lanes);
  assert_true(weights_read(plan, packed.reg, &packed.memory, &weights));
  schedule_ab(plan, lanes, steps, &weights, 0, true, pending, &s);
  schedule_ab(plan, lanes, steps, &weights, 0, false, pending, &untold);
  check(&r, 1 + plan->window.ab_a1, &s);
  assert_int_equal(untold.count, s.count);
  assert_memory_equal(cheap, takes, (size_t)s.count * sizeof *takes);
  weights_free(&weights);
}

static void test_weights_are_read_as_packed(void **state) {
  (void)state;
  Random random = {.state = 12};
  char text[200];
  for (int i = 0; i < 60; i++) {
    Plan plan;
    int m = draw(&random, 1, 3), k = 1 << draw(&random, 0, 5), n = draw(&random, 1, 20);
    snprintf(text, sizeof text, "engine: sparse_b\ntile: {m: %d, n: %d, k: %d}\nsparse_b: {d1: %d, d2: %d, d3: %d}\n",
             m, n, k, draw(&random, 1, 9), draw(&random, 0, k < 4 ? k - 1 : 3), draw(&random, 0, n < 3 ? n - 1 : 2));
    make_plan(text, &plan);
    check_weights(&random, &plan, draw(&random, 1, STEPS));
  }
}

static void test_pes_decide_as_told(void **state) {
  (void)state;
  Random random = {.state = 13};
  char text[200];
  for (int i = 0; i < 60; i++) {
    Plan plan;
    int m = draw(&random, 1, 3), k = 1 << draw(&random, 0, 5), n = draw(&random, 1, 20), side = k < 3 ? k - 1 : 2;
    snprintf(
        text, sizeof text,
        "engine: sparse_ab\ntile: {m: %d, n: %d, k: %d}\nsparse_ab: {da1: %d, da2: %d, db1: %d, db2: %d, db3: %d}\n", m,
        n, k, draw(&random, 1, 3), draw(&random, 0, side), draw(&random, 1, 3), draw(&random, 0, side),
        draw(&random, 0, n < 3 ? n - 1 : 2));
    make_plan(text, &plan);
    check_pairs(&random, &plan, draw(&random, 1, STEPS));
  }
}

// ---- A

// Whether element `lane` of a step is nonzero, before the shuffle; where the step lies in K as docs/formats.md has it.
static bool is_nonzero(const Shape *s, const Job *job, const uint8_t *map, uint32_t zero, uint32_t m, uint32_t panel,
                       uint32_t step, uint32_t lane, uint32_t k0) {
  const uint32_t *r = job->reg;
  uint32_t run_steps = (r[JOB_RUN] + k0 - 1) / k0, run = step / run_steps, in = step % run_steps * k0 + lane;
  if (in >= r[JOB_RUN] || m >= s->m) return false;
  if (!s->conv) return map[m * s->k + in] != zero;
  uint32_t kh = run / r[JOB_K_COLS], inner = panel / r[JOB_BLOCK_PANELS] * r[JOB_A_CH_STEP] + in;
  uint32_t kw = r[JOB_K_COLS] > 1 ? run % r[JOB_K_COLS] * s->dilation_w : 0; // a last block runs on into the next pixel
  int64_t ih = (int64_t)(m / s->out_w * s->stride_h + kh * s->dilation_h) - s->pad_top;
  int64_t iw = (int64_t)(m % s->out_w * s->stride_w + kw + inner / s->channels) - s->pad_left;
  if (ih < 0 || ih >= s->height || iw < 0 || iw >= s->width) return false;
  return map[(ih * s->width + iw) * s->channels + inner % s->channels] != zero;
}

static void check_activations(Random *random, const Plan *plan, Shape *shape) {
  char why[JOB_WHY] = "";
  Job job;
  Epilogue epilogue = {.a_zero = plan->a_zero_point ? 3 : 0, .act_min = -128, .act_max = 127};
  if (shape->conv && !shape_conv(shape, why)) fail_msg("%s", why);
  if (!job_plan(plan, shape, &epilogue, &job, why)) fail_msg("%s", why);
  uint8_t *map = calloc(job.a_bytes, 1);
  Lanes *lanes = calloc(job.reg[JOB_STEPS] * (uint32_t)plan->m0, sizeof *lanes);
  assert_true(map && lanes);
  for (uint64_t i = 0; i < job.a_bytes; i++)
    map[i] = (uint8_t)draw(random, 0, 3);
  ModelMemory memory = {.a = map, .a_bytes = job.a_bytes};
  Activations a;
  assert_true(activations_read(plan, job.reg, &memory, &a));
  for (uint32_t panel = 0; panel < job.reg[JOB_PANELS]; panel++)
    for (uint32_t tile = 0; tile < job.reg[JOB_TILES]; tile++) {
      window_lanes(&a, tile, panel, lanes);
      for (uint32_t step = 0; step < job.reg[JOB_STEPS]; step++)
        for (uint32_t m = 0; m < (uint32_t)plan->m0; m++)
          for (uint32_t l = 0; l < (uint32_t)plan->k0; l++) {
            uint32_t at = !plan->window.shuffle ? l : plan->k0 == 2 ? (l + step) & 1 : (l & ~3u) | ((l + step) & 3);
            bool expected = is_nonzero(shape, &job, map, (uint32_t)epilogue.a_zero, tile * (uint32_t)plan->m0 + m,
                                       panel, step, l, (uint32_t)plan->k0);
            if ((lanes[step * (uint32_t)plan->m0 + m] >> at & 1) != expected)
              printf("k0 %d conv %d k %u tile %u panel %u m %u step %u l %u exp %d mode %u stride %u pitch %u run %u\n",
                     plan->k0, shape->conv, shape->k, tile, panel, m, step, l, expected, job.reg[JOB_A_MODE],
                     job.reg[JOB_A_SEG_STRIDE], job.reg[JOB_A_PITCH], job.reg[JOB_RUN]);
            assert_int_equal(lanes[step * (uint32_t)plan->m0 + m] >> at & 1, expected);
          }
    }
  activations_free(&a);
  free(lanes);
  free(map);
}

#define CONV(stride, dilation, group_count, ...)                                                                       \
  {                                                                                                                    \
    .conv = true, .stride_h = stride, .stride_w = 1, .dilation_h = 1, .dilation_w = dilation, .groups = group_count,   \
    __VA_ARGS__                                                                                                        \
  }
#define INPUT(c, rows, columns, kh, kw) .channels = c, .height = rows, .width = columns, .kernel_h = kh, .kernel_w = kw
#define PAD(all)                        .pad_top = all, .pad_left = all, .pad_bottom = all, .pad_right = all

static void test_a_is_walked_as_stored(void **state) {
  (void)state;
  static const char *const plans[] = {
      "engine: sparse_a\ntile: {m: 3, n: 5, k: 8}\n",
      "engine: griffin\ntile: {m: 4, n: 4, k: 2}\n",
      "engine: griffin\ntile: {m: 2, n: 4, k: 16}\nwindow: {shuffle: false}\ndata: {a_zero_point: true}\n",
  };
  static const Shape shapes[] = {
      {.m = 7, .n = 9, .k = 37},
      {.m = 1, .n = 1, .k = 1},
      {.m = 12, .n = 4, .k = 130},
      CONV(1, 1, 1, INPUT(3, 9, 11, 3, 3), PAD(1), .out_channels = 6),
      CONV(2, 2, 1, INPUT(20, 6, 5, 3, 2), PAD(2), .out_channels = 7),
      CONV(1, 1, 24, INPUT(24, 5, 5, 3, 3), PAD(1), .out_channels = 24),
      CONV(2, 1, 3, INPUT(12, 5, 8, 1, 1), .out_channels = 9),
  };
  Random random = {.state = 14};
  for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
    for (size_t j = 0; j < sizeof shapes / sizeof *shapes; j++) {
      Plan plan;
      Shape shape = shapes[j];
      make_plan(plans[i], &plan);
      check_activations(&random, &plan, &shape);
    }
}

// What the hardware would stop at is refused: a panel that never ends, a code outside the window, no step given up.
static void test_bad_streams_are_refused(void **state) {
  (void)state;
  static Reference r;
  static Packed packed;
  Random random = {.state = 15};
  Weights weights;
  Plan plan;
  make_plan("engine: sparse_b\ntile: {m: 2, n: 4, k: 8}\nsparse_b: {d1: 5, d2: 0, d3: 2}\n", &plan);
  for (int fault = 0; fault < 4; fault++) {
    memset(&r, 0, sizeof r);
    r.plan = &plan;
    fill_panel(&random, &r, &packed, MODE_B, 20);
    int header = metadata_at(&plan, 1, 0) + plan.n0 * plan.k0 / plan.b_lanes * plan.window.code_bits;
    if (fault == 1) packed.reg[JOB_PANELS] = 2;
    if (fault == 2) put_bits(packed.b, plan.b_word_bits, 8, 1), put_bits(packed.m, metadata_at(&plan, 1, 0), 3, 7);
    if (fault == 3) put_bits(packed.m, header, plan.window.advance_bits, 7);
    assert_int_equal(weights_read(&plan, packed.reg, &packed.memory, &weights), fault == 0);
    weights_free(&weights);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_rows_decide_as_told),     cmocka_unit_test(test_weights_are_read_as_packed),
      cmocka_unit_test(test_pes_decide_as_told),      cmocka_unit_test(test_a_is_walked_as_stored),
      cmocka_unit_test(test_bad_streams_are_refused),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
