// Structured A that does not obey: what the packers see of it obeys, is in each part what a plain account says, and has
// the product of the operands as they are. Which mode a run takes then, and what the report says of it.
#include "gen/engine/engine_common.h"
#include "gen/info/info.h"
#include "gen/spec/spec.h"
#include "harness/choose/choose.h"
#include "harness/cli/pack_verb.h"
#include "harness/operand/npy.h"
#include "harness/operand/random.h"
#include "harness/pack/hss/passes.h"
#include "harness/run/report.h"
#include "tests/unit/support.h"

// ---- the operands

typedef struct Case {
  int kept, block;
  Shape shape;
  uint32_t h[3];
  int32_t zero;
  int part; // words of K in each part
} Case;

#define GEMM(M, N, K)                                                                                                  \
  { .m = M, .n = N, .k = K }
#define CONV(C, O, KH, KW, G)                                                                                          \
  {                                                                                                                    \
    .conv = true, .channels = C, .height = 4, .width = 3, .out_channels = O, .kernel_h = KH, .kernel_w = KW,           \
    .stride_h = 1, .stride_w = 1, .dilation_h = 1, .dilation_w = 1, .groups = G, .pad_left = 1                         \
  }

static const Case cases[] = {
    {2, 4, GEMM(3, 5, 16), {0}, 0, 16},       {2, 4, GEMM(3, 2, 17), {0}, -7, 20},
    {2, 4, GEMM(1, 1, 1), {0}, 3, 4},         {1, 4, GEMM(2, 3, 9), {0}, 0, 12},
    {3, 4, GEMM(2, 3, 13), {0}, 100, 16},     {5, 8, GEMM(4, 3, 8), {0}, 0, 8},
    {2, 4, GEMM(3, 5, 17), {4, 3, 1}, 0, 24}, {2, 4, GEMM(3, 5, 24), {4, 3, 1}, 5, 24},
    {2, 4, GEMM(2, 2, 33), {4, 8, 1}, 0, 64}, {2, 4, CONV(6, 4, 2, 2, 1), {0}, 0, 8},
    {2, 4, CONV(6, 4, 1, 2, 2), {0}, 9, 4},   {1, 2, CONV(5, 5, 3, 1, 5), {0}, -1, 2},
    {4, 8, CONV(18, 2, 2, 3, 2), {0}, 0, 16}, {2, 4, CONV(18, 2, 2, 3, 2), {4, 5, 1}, -3, 20},
    {3, 8, CONV(20, 4, 1, 1, 4), {0}, 0, 8},
};

static Plan plan_of(const Case *c) {
  return (Plan){.modes = 1 << MODE_A | 1 << MODE_AB,
                .hss.h0 = c->block,
                .hss.a_g0 = c->kept,
                .words.passes = (c->block + c->kept - 1) / c->kept};
}

// No element is zero by chance only: A is full, so that it never obeys.
static void fill(Random *random, int32_t not_this, Tensor *tensor) {
  for (int64_t i = 0; i < tensor_count(tensor); i++)
    do
      tensor->data[i] = random_between(random, -128, 127);
    while (tensor->data[i] == not_this);
}

static void make_workload(const Case *c, Random *random, Workload *w) {
  char why[JOB_WHY];
  *w = (Workload){.shape = c->shape, .epilogue.a_zero = c->zero};
  Shape *s = &w->shape;
  if (s->conv) assert_true(shape_conv(s, why));
  int64_t map[] = {s->height, s->width, s->channels}, rows[] = {s->m, s->k}, columns[] = {s->k, s->n};
  int64_t weights[] = {s->out_channels, s->conv ? s->channels / s->groups : 0, s->kernel_h, s->kernel_w};
  assert_true(s->conv ? tensor_make(&w->a.tensor, 3, map, false) : tensor_make(&w->a.tensor, 2, rows, false));
  assert_true(s->conv ? tensor_make(&w->b.tensor, 4, weights, false) : tensor_make(&w->b.tensor, 2, columns, false));
  fill(random, c->zero, &w->a.tensor);
  fill(random, 0, &w->b.tensor);
}

// Every place of every part holds what the user has there, or what stands for nothing.
static void check_a(const Case *c, const Workload *w, const Workload *got) {
  int64_t length = w->shape.conv ? w->shape.channels / w->shape.groups : w->shape.k, parts = 0;
  int64_t fibers = tensor_count(&w->a.tensor) / length;
  for (int64_t start = 0; start < c->block; start += c->kept)
    parts++;
  assert_int_equal(tensor_count(&got->a.tensor), fibers * parts * c->part);
  for (int64_t f = 0; f < fibers; f++)
    for (int64_t p = 0; p < parts; p++)
      for (int64_t i = 0; i < c->part; i++) {
        int64_t offset = i % c->block;
        bool here = i < length && offset >= p * c->kept && offset < (p + 1) * c->kept;
        assert_int_equal(got->a.tensor.data[(f * parts + p) * c->part + i],
                         here ? w->a.tensor.data[f * length + i] : c->zero);
      }
}

static void check_b(const Case *c, const Workload *w, const Workload *got) {
  const Shape *s = &w->shape;
  int64_t length = s->conv ? s->channels / s->groups : s->k, parts = (c->block + c->kept - 1) / c->kept;
  int64_t inner = s->conv ? s->kernel_h * s->kernel_w : s->n, outer = s->conv ? s->out_channels : 1;
  assert_int_equal(tensor_count(&got->b.tensor), outer * parts * c->part * inner);
  for (int64_t o = 0; o < outer; o++)
    for (int64_t k = 0; k < parts * c->part; k++)
      for (int64_t i = 0; i < inner; i++)
        assert_int_equal(got->b.tensor.data[(o * parts * c->part + k) * inner + i],
                         k % c->part < length ? w->b.tensor.data[(o * length + k % c->part) * inner + i] : 0);
}

// ---- the product

static void golden(const Workload *w, int32_t *c) {
  const Shape *s = &w->shape;
  int64_t row, col;
  GoldenConv conv = {s->channels, s->height, s->width, s->out_channels, s->kernel_h, s->kernel_w, 1, 1, 0, 1, 0,
                     0,           1,         1,        s->groups};
  if (!s->conv) {
    assert_true(
        golden_gemm(w->a.tensor.data, w->b.tensor.data, s->m, s->n, s->k, w->epilogue.a_zero, NULL, c, &row, &col));
    return;
  }
  Tensor x;
  assert_true(tensor_permute(&x, &w->a.tensor, (int[]){2, 0, 1}));
  assert_true(golden_conv(&conv, x.data, w->b.tensor.data, w->epilogue.a_zero, NULL, c, &row));
  tensor_free(&x);
}

static void check_product(const Workload *w, const Workload *got) {
  size_t count = (size_t)w->shape.m * w->shape.n;
  int32_t *want = calloc(count, sizeof *want), *have = calloc(count, sizeof *have);
  assert_true(want && have && got->shape.m == w->shape.m && got->shape.n == w->shape.n);
  golden(w, want);
  golden(got, have);
  assert_memory_equal(want, have, count * sizeof *want);
  free(want);
  free(have);
}

// Ones where a product is effectual.
static void make_pattern(Workload *w) {
  for (int64_t i = 0; i < tensor_count(&w->a.tensor); i++)
    w->a.tensor.data[i] = w->a.tensor.data[i] != w->epilogue.a_zero;
  for (int64_t i = 0; i < tensor_count(&w->b.tensor); i++)
    w->b.tensor.data[i] = w->b.tensor.data[i] != 0;
  w->epilogue.a_zero = 0;
}

static void test_rewritten(void **state) {
  (void)state;
  Random random = {3};
  for (const Case *c = cases; c < cases + sizeof cases / sizeof *cases; c++) {
    Workload w, got;
    Plan plan = plan_of(c);
    make_workload(c, &random, &w);
    assert_true(passes_make(&plan, &w, c->h, &got));
    assert_int_equal(plan_passes(&plan, MODE_B) * c->part *
                         (w.shape.conv ? (int)(w.shape.kernel_h * w.shape.kernel_w) : 1),
                     got.shape.k);
    check_a(c, &w, &got);
    check_b(c, &w, &got);
    check_product(&w, &got);
    make_pattern(&w);
    make_pattern(&got);
    check_product(&w, &got); // the same number of effectual products
    passes_free(&got);
    workload_free(&w);
  }
}

// As large as an operand may be, so that a longer K is too long: found before anything is copied.
static void test_too_large(void **state) {
  (void)state;
  Plan plan = {.modes = 1 << MODE_A, .hss.h0 = 16, .hss.a_g0 = 1, .words.passes = 16};
  Workload got, w = {.shape = {.m = 1, .n = 1, .k = (uint32_t)TENSOR_MAX_ELEMENTS},
                     .a.tensor = {.ndim = 2, .shape = {1, TENSOR_MAX_ELEMENTS}},
                     .b.tensor = {.ndim = 2, .shape = {TENSOR_MAX_ELEMENTS, 1}}};
  listen_begin();
  assert_false(passes_make(&plan, &w, (uint32_t[3]){0}, &got));
  listen_end();
  SAID("A and B are too large for 16 passes along K");
  passes_free(&got);
}

// ---- the run

typedef struct Run {
  Options options;
  Plan plan;
  Workload workload;
  Chosen chosen;
} Run;

// words: of the command line, but for the configuration. Exit status.
static int open_run(const char *words, Run *run) {
  static char text[256]; // options point into it
  Spec spec;
  char *list[24] = {"lacuna"}, *rest = NULL;
  int count = 1;
  snprintf(text, sizeof text, "%s", words);
  for (char *word = strtok_r(text, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
    list[count++] = word;
    if (count == 2) list[count++] = (char *)(uintptr_t) "configs/dsso_64.yaml";
  }
  *run = (Run){0};
  assert_int_equal(options_parse(count, list, &run->options), PARSE_RUN);
  assert_true(spec_read("configs/dsso_64.yaml", &spec) && plan_make(&spec, &run->plan));
  int modes = choose_modes(&run->options, &run->plan);
  if (!modes || !workload_load(&run->options, &run->plan, &run->workload)) return EXIT_BAD_INPUT;
  return choose_image(&run->options, &run->plan, &run->workload, modes, &run->chosen);
}

static void close_run(Run *run) {
  image_free(&run->chosen.image);
  workload_free(&run->workload);
}

typedef struct Taken {
  const char *words;
  Mode mode, device; // of the run; as the register says it
  uint32_t k;        // that was packed
} Taken;

static const Taken taken[] = {
    {"run --a random:3x40:1 --b random:40x5:1", MODE_DENSE, MODE_A, 80},
    {"run --a random:3x38:1 --b random:38x5:1", MODE_DENSE, MODE_A, 80},
    {"run --a random:3x38:0 --b random:38x5:1", MODE_A, MODE_A, 38},
    {"run --a random:3x2:1 --b random:2x5:1", MODE_A, MODE_A, 2}, // one step in each
    {"run --a random:3x3:1 --b random:3x5:0", MODE_DENSE, MODE_A, 8},
    {"run --a random:3x3:1 --b random:3x5:0 --mode b", MODE_B, MODE_AB, 64},
    {"run --a random:3x38:0 --b random:38x5:1 --mode dense", MODE_DENSE, MODE_A, 80},
    {"run --a random:3x38:1 --b random:38x5:1 --prune", MODE_A, MODE_A, 38},
    {"run --a random:3x38:1 --b random:38x5:1 --pattern hss:2:7/4:4 --prune", MODE_AB, MODE_AB, 38},
    {"run --a random:3x38:1 --b random:38x5:1 --mode b --pattern hss:2:7/4:4 --prune", MODE_B, MODE_AB, 2 * 56},
    {"run --a random:3x38:1 --b random:38x5:0", MODE_B, MODE_AB, 2 * 64},
    {"run --a random:3x38:0 --b random:38x5:0", MODE_AB, MODE_AB, 38},
    {"conv --input random:6x3x3:1 --weight random:4x3x2x2:1 --groups 2", MODE_DENSE, MODE_A, 8 * 4},
    {"conv --input random:4x3x3:1 --weight random:4x2x1x1:1 --groups 2 --mode a", MODE_A, MODE_A, 2},
};

static void test_modes(void **state) {
  (void)state;
  for (const Taken *t = taken; t < taken + sizeof taken / sizeof *taken; t++) {
    Run run;
    assert_int_equal(open_run(t->words, &run), EXIT_CORRECT);
    const Image *image = &run.chosen.image;
    assert_int_equal(image->choice.mode, t->mode);
    assert_int_equal(image->job.reg[JOB_MODE], t->device);
    assert_int_equal(image->shape.k, t->k);
    close_run(&run);
  }
  InfoMode rows[MODES_MOST];
  Spec spec;
  Plan plan;
  assert_true(spec_read("configs/dsso_64.yaml", &spec) && plan_make(&spec, &plan));
  assert_int_equal(engine_modes(&plan, rows), MODES_MOST);
}

// Any K takes the steps that as many multipliers take without structure, and reports them as its dense cycles.
static void test_as_fast_as_dense(void **state) {
  (void)state;
  for (int k = 3; k <= 70; k++) {
    char words[96];
    Run run;
    snprintf(words, sizeof words, "run --a random:5x%d:1 --b random:%dx9:1", k, k);
    assert_int_equal(open_run(words, &run), EXIT_CORRECT);
    assert_int_equal(run.chosen.image.job.dense_cycles, 3 * 3 * ((k + 7) / 8));
    assert_int_equal(run.chosen.image.job.steps, 3 * 3 * ((k + 7) / 8));
    close_run(&run);
  }
}

// Weights are named as the user knows them, not as they were packed.
static void test_offence(void **state) {
  (void)state;
  int32_t weights[4 * 72 * 2] = {0};
  char words[400];
  Run run;
  for (int block = 0; block < 3; block++) // column 3, channels from 32 on, tap 0,1
    weights[(3 * 72 + 32 + 4 * block) * 2 + 1] = 1;
  assert_true(npy_write(file_path("w.npy"), &(Tensor){.ndim = 4, .shape = {4, 72, 1, 2}, .data = weights}, NPY_INT8));
  snprintf(words, sizeof words, "conv --input random:72x3x3:1 --weight %s --pattern hss:2:8/4:4", file_path("w.npy"));
  listen_begin();
  assert_int_equal(open_run(words, &run), EXIT_BAD_INPUT);
  listen_end();
  SAID("column 3 under tap 0,1 has 3 of 8 children of rank 1 that are not zero, 2 may, in the group from 32 on");
  close_run(&run);
}

// ---- what is said

static void test_report(void **state) {
  (void)state;
  char *text = NULL;
  size_t size;
  Report r = {.mode = "dense",
              .pattern_a = "2:4",
              .a_passes = 2,
              .work = "GEMM",
              .config = "dsso_64",
              .engine = "hss",
              .sim = "model"};
  json_t *json = report_json(&r);
  assert_int_equal(json_integer_value(json_object_get(json, "a_passes")), 2);
  json_decref(json);
  FILE *out = open_memstream(&text, &size);
  report_print(&r, out);
  fclose(out);
  assert_non_null(strstr(text, "passes of A                       2  along K: A in parts that obey its pattern\n"));
  free(text);
  r.pattern_a = NULL;
  json = report_json(&r);
  assert_null(json_object_get(json, "a_passes"));
  json_decref(json);
}

static void test_map(void **state) {
  (void)state;
  char out[256];
  snprintf(out, sizeof out, "%s", file_path("b.bin"));
  Options options = {.verb = VERB_PACK,
                     .subject = "configs/dsso_64.yaml",
                     .b = "random:40x9:1",
                     .out = out,
                     .mode = 1 + MODE_DENSE,
                     .requant = "auto"};
  assert_int_equal(pack_run(&options), EXIT_CORRECT);
  json_t *map = json_load_file(file_path("b.bin.json"), 0, NULL);
  assert_string_equal(json_string_value(json_object_get(map, "mode")), "dense");
  assert_int_equal(json_integer_value(json_object_get(map, "k")), 40);
  json_decref(map);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_rewritten), cmocka_unit_test(test_too_large),
                                     cmocka_unit_test(test_modes),     cmocka_unit_test(test_as_fast_as_dense),
                                     cmocka_unit_test(test_offence),   cmocka_unit_test(test_report),
                                     cmocka_unit_test(test_map)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
