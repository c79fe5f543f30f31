// Records of B for the outer-product engine, read back as docs/formats.md says they are read: the worked example byte
// by byte, then matrices and convolutions of all kinds and sizes. The order of chunks is worked out a second time, from
// queues of columns; so are the words of each chunk store, and whether a group of panels fits them.
#include "gen/spec/spec.h"
#include "harness/pack/image.h"
#include "harness/pack/outer/packing.h"
#include "harness/pack/outer/records.h"
#include "tests/unit/support.h"

typedef struct Case {
  const char *config; // a file, or the keys of a small engine
  const char *words;  // of the command line
} Case;

#define SMALLEST "tests/configs/outer_2x4_smallest.yaml"
#define BITS4    "tests/configs/outer_2x16_bits4.yaml"
#define BITS16   "tests/configs/outer_8x16_bits16_bus64.yaml"
#define TWO_BY_8                                                                                                       \
  "engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {tile: 32, block_m: 2, block_n: 8, banks: 8, k_tile: 8}\n"

static const Case cases[] = {
    {"configs/outer_128.yaml", "run --a random:2x70:1 --b random:70x9:0.5"},
    {"configs/outer_128.yaml", "run --a random:1x1:1 --b random:1x1:1"},
    {"configs/outer_128.yaml", "run --a random:1x1:1 --b random:1x1:0"},
    {"configs/outer_128.yaml", "run --a random:70x300:1 --b random:300x200:0.3"},
    {"configs/outer_128.yaml", "run --a random:70x2000:1 --b random:2000x130:0.001"},
    {"configs/outer_128.yaml", "run --a random:3x33:1 --b random:33x64:1"},
    {"configs/outer_128.yaml", "run --a random:3x600:1 --b random:600x65:0"},
    {"configs/outer_128.yaml", "conv --input random:19x4x5:1 --weight random:70x19x3x2:0.7"},
    {"configs/outer_128.yaml", "conv --input random:70x6x5:1 --weight random:9x70x2x2:0.4 --dilation 2"},
    {"configs/outer_128.yaml", "conv --input random:12x4x4:1 --weight random:12x1x3x3:0.9 --groups 12"},
    {"configs/outer_128.yaml", "conv --input random:96x3x3:1 --weight random:6x32x1x2:0.9 --groups 3"},
    {"configs/outer_32.yaml", "run --a random:40x100:1 --b random:100x70:0.4"},
    {"configs/outer_32.yaml", "run --a random:40x1:1 --b random:1x70:0.4"},
    {"configs/outer_128_one_k.yaml", "run --a random:2x100:1 --b random:100x70:0.6"},
    {SMALLEST, "run --a random:2x33:1 --b random:33x40:0.6"},
    {SMALLEST, "run --a random:40x50:1 --b random:50x40:1"},
    {SMALLEST, "conv --input random:4x4x4:1 --weight random:6x2x2x2:0.5 --groups 2"},
    {BITS4, "run --a random:2x61:1 --b random:61x70:0.5"},
    {BITS4, "conv --input random:8x5x5:1 --weight random:8x1x3x3:0.5 --groups 8"},
    {BITS16, "run --a random:2x130:1 --b random:130x50:0.3"},
    {BITS16, "conv --input random:30x3x3:1 --weight random:40x30x1x1:0.1"},
    {TWO_BY_8, "run --a random:2x61:1 --b random:61x70:0.5"},
};

typedef struct Bench {
  Plan plan;
  Workload workload;
  PackingSource source;
} Bench;

static void open_bench(const Case *c, Bench *bench) {
  static char text[256]; // options point into it
  Spec spec;
  Options options;
  char *words[24] = {"lacuna"};
  int count = 1;
  bool named = strstr(c->config, ".yaml") != NULL;
  const char *config = named ? c->config : file_make("small.yaml", c->config, strlen(c->config));
  snprintf(text, sizeof text, "%s", c->words);
  for (char *word = strtok(text, " "); word && count < 22; word = strtok(NULL, " ")) {
    words[count++] = word;
    if (count == 2) words[count++] = (char *)(uintptr_t)config;
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

// ---- what B holds, element by element

// Where column `column` of a panel is in the whole of C, or -1.
static int column_of(const Job *job, const Plan *plan, int panel, int column) {
  const uint32_t *reg = job->reg;
  int inside = panel % (int)reg[JOB_BLOCK_PANELS] * plan->n0 + column;
  int n = panel / (int)reg[JOB_BLOCK_PANELS] * (int)reg[JOB_BLOCK_COLS] + inside;
  return inside < (int)reg[JOB_BLOCK_COLS] && n < (int)reg[JOB_N] ? n : -1;
}

// The weight of column n at element x of a run.
static int32_t weight_of(const Workload *w, const Job *job, int panel, int run, int x, int n) {
  const Shape *s = &w->shape;
  const int32_t *b = w->b.tensor.data;
  if (n < 0) return 0;
  if (!s->conv) return b[x * (int)s->n + n];
  int ins = (int)(s->channels / s->groups), outs = (int)(s->out_channels / s->groups), cols = (int)s->kernel_w;
  bool whole_row = job->reg[JOB_K_COLS] == 1 && cols > 1;
  int block = panel / (int)job->reg[JOB_BLOCK_PANELS];
  int kh = whole_row ? run : run / (int)job->reg[JOB_K_COLS], kw = whole_row ? 0 : run % (int)job->reg[JOB_K_COLS];
  int channel = block * (int)job->merged_groups * ins + x;
  if (whole_row) {
    kw = x / (int)s->channels;
    channel = x % (int)s->channels;
  }
  channel -= n / outs * ins;
  if (channel < 0 || channel >= ins) return 0;
  return b[((n * ins + channel) * (int)s->kernel_h + kh) * cols + kw];
}

// ---- the order of a fiber's values

typedef struct Bank {
  int number, columns[64], count, next; // columns left from `next` on
} Bank;

static int compare_banks(const void *left, const void *right) {
  const Bank *a = left, *b = right;
  int more = (b->count - b->next) - (a->count - a->next);
  return more ? more : a->number - b->number;
}

static int compare_numbers(const void *left, const void *right) {
  return *(const int *)left - *(const int *)right;
}

// Columns in the order of their values; how many chunks they make. Every chunk but the last of its kind is full.
static int order_fiber(int columns, int count_banks, int q, const bool *has, int *order) {
  Bank banks[64] = {0};
  int left = 0, chunks = 0, fullest = 0;
  for (int i = 0; i < count_banks; i++)
    banks[i].number = i;
  for (int column = 0; column < columns; column++)
    if (has[column]) {
      Bank *bank = &banks[column % count_banks];
      bank->columns[bank->count++] = column;
      if (bank->count > fullest) fullest = bank->count;
      left++;
    }
  int all = left;
  for (; left > 0; chunks++) {
    int chosen[16], count = 0; // bank numbers and columns at once: number * 64 + column
    qsort(banks, (size_t)count_banks, sizeof *banks, compare_banks);
    for (int i = 0; i < count_banks && i < q && banks[i].next < banks[i].count; i++)
      chosen[count++] = banks[i].number * 64 + banks[i].columns[banks[i].next++];
    qsort(chosen, (size_t)count, sizeof *chosen, compare_numbers);
    for (int i = 0; i < count; i++, left--)
      *order++ = chosen[i] % 64;
  }
  int fewest = (all + q - 1) / q;
  assert_int_equal(chunks, fewest > fullest ? fewest : fullest);
  return chunks;
}

// ---- reading a record

typedef struct Reader {
  const Bench *bench;
  const Job *job;
  const uint8_t *b, *m;
  bool bitmaps;
  uint64_t value, byte;
  int words[64];  // of the panel, by chunk store
  bool any_value; // that is not zero
} Reader;

static int32_t next_value(Reader *r) {
  int bits = r->bench->plan.data_bits;
  uint64_t at = r->value++ * (uint64_t)bits;
  uint32_t value = 0;
  for (int i = 0; i < bits; i++)
    value |= (uint32_t)(r->b[(at + (uint64_t)i) / 8] >> (at + (uint64_t)i) % 8 & 1) << i;
  return (int32_t)(value << (32 - bits)) >> (32 - bits);
}

static void read_fiber(Reader *r, int panel, int run, int x, bool *tile_full) {
  const Plan *p = &r->bench->plan;
  bool has[64];
  int order[64], count = 0;
  for (int column = 0; column < p->n0; column++) {
    has[column] = !r->bitmaps || (r->m[r->byte + (uint64_t)column / 8] >> column % 8 & 1);
    count += has[column];
  }
  if (r->bitmaps) r->byte += (uint64_t)p->n0 / 8;
  int chunks = order_fiber(p->n0, p->outer.banks, p->outer.q, has, order);
  int32_t got[64] = {0};
  for (int i = 0; i < count; i++)
    got[order[i]] = next_value(r);
  for (int column = 0; column < p->n0; column++) {
    int32_t want = weight_of(&r->bench->workload, r->job, panel, run, x, column_of(r->job, p, panel, column));
    assert_int_equal(got[column], want);
    if (got[column]) r->any_value = true;
    if (r->bitmaps && has[column] && !want) assert_true(r->value == 1 && panel == 0); // the only value of an empty B
  }
  if (count) *tile_full = true;
  r->words[(run * (int)r->job->reg[JOB_RUN] + x) % p->outer.blocks] += chunks;
}

// A k-tile: of bitmaps one whose bit is set; the others must be empty.
static void read_tile(Reader *r, int panel, int step, bool stored) {
  const Plan *p = &r->bench->plan;
  const uint32_t *reg = r->job->reg;
  int run_steps = (int)(reg[JOB_STEPS] / (reg[JOB_K_ROWS] * reg[JOB_K_COLS])), before[64];
  bool full = false;
  memcpy(before, r->words, sizeof before);
  for (int k = 0; k < p->k0; k++) {
    int x = step % run_steps * p->k0 + k, run = step / run_steps;
    if (x >= (int)reg[JOB_RUN]) break;
    if (stored) read_fiber(r, panel, run, x, &full);
    for (int column = 0; !stored && column < p->n0; column++)
      assert_int_equal(weight_of(&r->bench->workload, r->job, panel, run, x, column_of(r->job, p, panel, column)), 0);
  }
  assert_int_equal(full, stored);
  for (int block = 0; stored && block < p->outer.blocks; block++)
    if (r->words[block] == before[block]) r->words[block]++; // an empty word
}

static void skip_to_beat(Reader *r) {
  const Plan *p = &r->bench->plan;
  while (r->value % (uint64_t)p->beat_elems)
    assert_int_equal(next_value(r), 0);
  for (; r->byte % (uint64_t)p->bus_bytes; r->byte++)
    assert_int_equal(r->m[r->byte], 0);
}

// The panel's words in the store with most.
static int read_panel(Reader *r, int panel) {
  uint32_t steps = r->job->reg[JOB_STEPS];
  uint64_t header = 0, first = r->value, eight = 0;
  memset(r->words, 0, sizeof r->words);
  for (int i = 0; r->bitmaps && i < 4; i++)
    header |= (uint64_t)r->m[r->byte++] << 8 * i;
  for (uint32_t step = 0; step < steps; step++) {
    if (r->bitmaps && step % 8 == 0) eight = r->m[r->byte++];
    read_tile(r, panel, (int)step, !r->bitmaps || (eight >> step % 8 & 1));
  }
  for (uint32_t step = steps; r->bitmaps && step % 8; step++)
    assert_int_equal(eight >> step % 8 & 1, 0);
  if (r->bitmaps) assert_int_equal(r->value - first, header);
  skip_to_beat(r);
  int most = 1;
  for (int block = 0; block < r->bench->plan.outer.blocks; block++)
    if (r->words[block] > most) most = r->words[block];
  return most;
}

// ---- the job around it

static void check_job(const Plan *plan, const Packing *packing) {
  const uint32_t *reg = packing->job.reg;
  const Job *job = &packing->job;
  assert_int_equal(reg[JOB_B_BYTES], job->b_bytes);
  assert_int_equal(reg[JOB_M_BYTES], job->m_bytes);
  assert_true(job->b_bytes > 0 && job->b_bytes % (uint64_t)plan->bus_bytes == 0);
  assert_int_equal(job->m_bytes % (uint64_t)plan->bus_bytes, 0);
  assert_int_equal(reg[JOB_B_KEEP] * (uint64_t)plan->bus_bytes, job->b_bytes);
  assert_int_equal(reg[JOB_B_DROP], 0);
  assert_int_equal(reg[JOB_BEAT], plan->k0);
  assert_int_equal(reg[JOB_TILES], (reg[JOB_M] + (uint32_t)plan->m0 - 1) / (uint32_t)plan->m0);
  for (uint32_t panel = 0, held = 0; panel < reg[JOB_PANELS]; panel++) { // groups that are shown again fit every store
    held = (panel % reg[JOB_GROUP_PANELS] ? held : 0) + packing->words[panel] / (uint32_t)plan->outer.blocks;
    assert_true(reg[JOB_BLOCK_TILES] == 1 || held <= (uint32_t)(plan->b_words / plan->outer.blocks));
  }
}

static void check_mode(const Bench *bench, Mode mode) {
  Packing packing;
  PackingChoice choice = {.mode = mode};
  assert_true(packing_make(&bench->source, &choice, &packing));
  check_job(&bench->plan, &packing);
  Reader r = {.bench = bench, .job = &packing.job, .b = packing.b, .m = packing.m, .bitmaps = mode >= MODE_B};
  for (int panel = 0; panel < (int)packing.job.reg[JOB_PANELS]; panel++)
    assert_int_equal(packing.words[panel], read_panel(&r, panel) * bench->plan.outer.blocks);
  assert_int_equal(r.value * (uint64_t)bench->plan.data_bits / 8, packing.job.b_bytes);
  assert_int_equal(r.byte, packing.job.m_bytes);
  assert_int_equal(r.any_value, bench->workload.nnz_b > 0);
  packing_free(&packing);
}

static void test_decoded(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Bench bench;
    open_bench(&cases[i], &bench);
    for (int mode = MODE_DENSE; mode < MODES_MOST; mode++)
      check_mode(&bench, (Mode)mode);
    close_bench(&bench);
  }
}

// ---- the worked example of docs/formats.md

static const Plan toy = {.engine = ENGINE_OUTER,
                         .m0 = 8,
                         .n0 = 8,
                         .k0 = 2,
                         .b_beat = 2,
                         .data_bits = 8,
                         .bus_bits = 32,
                         .bus_bytes = 4,
                         .beat_elems = 4,
                         .outer.q = 2,
                         .outer.banks = 4,
                         .outer.blocks = 2};

static Job toy_job(Mode mode) {
  Job job = {.mode = mode, .k_run = 5, .k_beat = 2};
  job.reg[JOB_PANELS] = job.reg[JOB_BLOCK_PANELS] = 2;
  job.reg[JOB_STEPS] = 3;
  job.reg[JOB_K_ROWS] = job.reg[JOB_K_COLS] = 1;
  return job;
}

static void test_example(void **state) {
  (void)state;
  static const uint8_t rows[5][8] = {[0] = {0, 1, 0, 0, 2, 3, 4, 0}, [1] = {0, 0, 0, 5, 0, 0, 0, 6}, [4] = {0, 0, 7}};
  const uint8_t want_b[] = {2, 1, 3, 4, 5, 6, 7, 0};
  const uint8_t want_m[] = {7, 0, 0, 0, 5, 0x72, 0x88, 4, 0, 0, 0, 0, 0, 0, 0, 0};
  uint8_t plain[2 * 3 * 8 * 2] = {0}, b[64] = {0}, m[64] = {0};
  uint32_t words[2];
  for (int k = 0; k < 5; k++)
    for (int column = 0; column < 8; column++)
      plain[(k / 2 * 8 + column) * 2 + k % 2] = rows[k][column];
  Job job = toy_job(MODE_B);
  PackedB size = pack_outer(&toy, &job, plain, words, NULL, NULL);
  assert_int_equal(size.b_bytes, sizeof want_b);
  assert_int_equal(size.m_bytes, sizeof want_m);
  assert_int_equal(words[0], 2 * 3);
  assert_int_equal(words[1], 2 * 1);
  pack_outer(&toy, &job, plain, NULL, b, m);
  assert_memory_equal(b, want_b, sizeof want_b);
  assert_memory_equal(m, want_m, sizeof want_m);
}

// Without bitmaps every element is a value, fibers in order, columns in order; 5 fibers of 8 a panel.
static void test_full(void **state) {
  (void)state;
  uint8_t plain[2 * 3 * 8 * 2] = {0}, b[80] = {0};
  for (int k = 0; k < 5; k++)
    for (int column = 0; column < 8; column++)
      plain[(k / 2 * 8 + column) * 2 + k % 2] = (uint8_t)(8 * k + column + 1);
  Job job = toy_job(MODE_A);
  uint32_t words[2];
  PackedB size = pack_outer(&toy, &job, plain, words, b, NULL);
  assert_int_equal(size.b_bytes, sizeof b);
  assert_int_equal(size.m_bytes, 0);
  for (int i = 0; i < 80; i++)
    assert_int_equal(b[i], i < 40 ? i + 1 : 0);
  assert_int_equal(words[0], 2 * 12); // block 0: k 0, 2, 4, each of four chunks
  assert_int_equal(words[1], 2 * 12);
}

// ---- loop orders

// Panels of 200 words in stores of 64, in groups of up to four.
#define NARROW                                                                                                         \
  "engine: outer\ntile: {m: 2, n: 4, k: 1}\nouter: {tile: 16, block_m: 1, block_n: 4, banks: 4, k_tile: 2}\n"          \
  "buffers: {a_kib: 8, b_kib: 1, c_kib: 8}\nmemory: {bus_bits: 64}\n"

// What no store holds is shown once: its blocks have one m-tile. Then a group may have more panels than fit.
static void test_streams(void **state) {
  (void)state;
  Bench bench;
  Packing packing;
  JobOrder orders[32];
  char why[JOB_WHY];
  uint32_t most = 0;
  open_bench(&(Case){NARROW, "run --a random:40x100:1 --b random:100x80:1"}, &bench);
  PackingChoice choice = {.mode = MODE_DENSE};
  assert_true(packing_make(&bench.source, &choice, &packing));
  assert_int_equal(packing.words[0], 2 * 50 * 4);
  JobLoad load = {.words = packing.words, .pace = 1};
  const Workload *w = &bench.workload;
  int count = job_orders(&bench.plan, &w->shape, &w->epilogue, &load, &packing.job, orders, 32, why);
  assert_true(count > 0);
  for (int i = 0; i < count; i++) {
    assert_int_equal(orders[i].tiles, 1);
    if (orders[i].panels > most) most = orders[i].panels;
  }
  assert_int_equal(most, 4);
  assert_int_equal(packing.job.reg[JOB_FETCHES], 3);
  packing_free(&packing);
  close_bench(&bench);
}

// Before B is known every store is taken to hold it without zeros: 2 panels of K = 32 fill 64 words each.
static void test_full_words(void **state) {
  (void)state;
  Spec spec;
  Plan plan;
  Job job;
  char why[JOB_WHY];
  Epilogue epilogue = {0};
  assert_true(spec_read(file_make("small.yaml", NARROW, strlen(NARROW)), &spec) && plan_make(&spec, &plan));
  assert_true(job_plan(&plan, &(Shape){.m = 400, .n = 16, .k = 32}, &epilogue, &job, why));
  assert_int_equal(job.words, 2 * 64);
  assert_int_equal(job.b_bytes, 16 * 32);
  assert_int_equal(job.reg[JOB_FETCHES], 1);
  assert_true(job_plan(&plan, &(Shape){.m = 400, .n = 16, .k = 33}, &epilogue, &job, why));
  assert_int_equal(job.words, 2 * 68);
  assert_int_equal(job.b_bytes, 16 * 33);
  assert_int_equal(job.reg[JOB_FETCHES], 25); // 400 rows of 16 a tile
}

// 64 rows of A are 8 in each of 8 banks; a step to the next 8 rows is what the A_TILE registers say.
static void test_a_rows(void **state) {
  (void)state;
  Spec spec;
  Plan plan;
  Job job;
  char why[JOB_WHY];
  Epilogue epilogue = {0};
  const char *keys = "engine: outer\ntile: {m: 8, n: 16, k: 1}\nbuffers: {a_kib: 8}\n"; // 1024 elements a bank
  assert_true(spec_read(file_make("small.yaml", keys, strlen(keys)), &spec) && plan_make(&spec, &plan));
  assert_true(job_plan(&plan, &(Shape){.m = 64, .n = 9, .k = 128}, &epilogue, &job, why));
  assert_false(job_plan(&plan, &(Shape){.m = 64, .n = 9, .k = 129}, &epilogue, &job, why));
  assert_string_equal(why,
                      "one tile of A needs 1152 elements of each A bank, which has 1024; buffers.a_kib 16 would do");
  assert_false(job_plan(&plan, &(Shape){.m = 64, .n = 9, .k = 20000000}, &epilogue, &job, why));
  assert_non_null(strstr(why, "; no buffers.a_kib is large enough: split K or the channels"));
  assert_true(job_plan(&plan, &(Shape){.m = 8, .n = 9, .k = 1024}, &epilogue, &job, why));
  Shape conv = {.conv = true,
                .channels = 4,
                .height = 5,
                .width = 6,
                .out_channels = 3,
                .kernel_h = 3,
                .kernel_w = 3,
                .stride_h = 1,
                .stride_w = 1,
                .pad_left = 1,
                .dilation_h = 1,
                .dilation_w = 1,
                .groups = 1};
  assert_true(shape_conv(&conv, why) && job_plan(&plan, &conv, &epilogue, &job, why)); // 5 columns: 8 are 1 * 5 + 3
  assert_int_equal(job.reg[JOB_A_TILE_COLS], 3);
  assert_int_equal(job.reg[JOB_A_TILE_X], 3 * 4);
  assert_int_equal(job.reg[JOB_A_TILE_Y], job.reg[JOB_A_SEG_STRIDE]);
  assert_int_equal(job.reg[JOB_A_TILE_IH], 1);
  assert_int_equal(job.dense_cycles, 2 * 1 * 36); // 15 pixels by 8, 3 columns by 16, 36 k
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_example),    cmocka_unit_test(test_full),
                                     cmocka_unit_test(test_decoded),    cmocka_unit_test(test_streams),
                                     cmocka_unit_test(test_full_words), cmocka_unit_test(test_a_rows)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
