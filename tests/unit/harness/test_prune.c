// `lacuna prune` against an account of its own: which weights stay, found by ranking every node's children from the
// lowest rank up; the energy and the error that it prints, summed up from the files. What it wrote runs without
// --prune, and passes unchanged, byte for byte.
#include "gen/spec/spec.h"
#include "harness/choose/choose.h"
#include "harness/operand/random.h"
#include "harness/prune/prune.h"
#include "tests/unit/support.h"

#include <math.h>

enum { MOST = 8192, HEADER = 128 }; // weights; bytes before them in a file, as numpy writes it, too

typedef struct Weights { // K x N, or O x I x KH x KW
  const char *type;      // of NumPy
  int size, ndim, shape[4], count;
  double words[MOST];
} Weights;

static int bytes_of(const Weights *w) {
  return HEADER + w->count * w->size;
}

// Version 1.0 of the format: magic, length of the text, the text with blanks up to byte 127.
static void encode(const Weights *w, char *bytes) {
  char shape[64] = "";
  for (int d = 0; d < w->ndim; d++)
    snprintf(shape + strlen(shape), sizeof shape - strlen(shape), "%s%d", d ? ", " : "", w->shape[d]);
  memset(bytes, ' ', HEADER);
  memcpy(bytes, "\x93NUMPY\x01\x00\x76\x00", 10);
  int size =
      snprintf(bytes + 10, HEADER - 10, "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }", w->type, shape);
  bytes[10 + size] = ' ';
  bytes[HEADER - 1] = '\n';
  for (int i = 0; i < w->count; i++) {
    char *at = bytes + HEADER + i * w->size;
    int32_t whole = (int32_t)w->words[i];
    float real = (float)w->words[i];
    memcpy(at, w->type[1] == 'f' ? (void *)&real : (void *)&whole, (size_t)w->size); // both little endian
  }
}

static const char *write_weights(const Weights *w, const char *name) {
  static char bytes[HEADER + MOST * 4];
  encode(w, bytes);
  return file_make(name, bytes, (size_t)bytes_of(w));
}

// The file holds these weights, to the last byte.
static void assert_holds(const char *name, const Weights *w) {
  static char bytes[HEADER + MOST * 4], found[sizeof bytes];
  encode(w, bytes);
  FILE *file = fopen(file_path(name), "rb");
  assert_non_null(file);
  assert_int_equal(fread(found, 1, sizeof found, file), bytes_of(w));
  fclose(file);
  assert_memory_equal(found, bytes, (size_t)bytes_of(w));
}

// ---- which weights stay

// The child of a node with the most energy that has not been taken, the first of equals; -1: none is left.
static int best_child(const double *energy, const bool *taken, int children) {
  int best = -1;
  for (int c = 0; c < children; c++)
    if (!taken[c] && (best < 0 || energy[c] > energy[best])) best = c;
  return best;
}

// The words of a node's children are `width` words each, `stride` apart; all but the g best children become zero.
static void prune_node(double *words, int stride, int count, int width, int g, int h) {
  double energy[64] = {0};
  bool taken[64] = {false};
  int children = 0;
  for (int i = 0; i < count && i < width * h; i++) {
    children = i / width + 1;
    energy[i / width] += words[i * stride] * words[i * stride];
  }
  for (int i = 0; i < g; i++) {
    int best = best_child(energy, taken, children);
    if (best >= 0) taken[best] = true;
  }
  for (int i = 0; i < count && i < width * h; i++)
    if (!taken[i / width]) words[i * stride] = 0;
}

// ranks from the lowest up: g, h, g, h, ... 0.
static void prune_fiber(double *words, int stride, int length, const int *ranks) {
  for (int width = 1; *ranks; width *= ranks[1], ranks += 2)
    for (int first = 0; first < length; first += width * ranks[1])
      prune_node(words + first * stride, stride, length - first, width, ranks[0], ranks[1]);
}

// K x N: down each column. O x I x KH x KW: along the input channels of each output channel at each place of the
// kernel.
static void prune_all(Weights *w, const int *ranks) {
  int inner = w->ndim == 2 ? w->shape[1] : w->shape[2] * w->shape[3];
  int length = w->ndim == 2 ? w->shape[0] : w->shape[1], outer = w->ndim == 2 ? 1 : w->shape[0];
  for (int o = 0; o < outer; o++)
    for (int i = 0; i < inner; i++)
      prune_fiber(w->words + o * length * inner + i, inner, length, ranks);
}

// ---- what is printed

typedef struct Account {
  int kept;
  double energy, error;           // share of the squares that stays; mean of the squares that go
  double free_energy, free_error; // with as many weights, the largest of all
} Account;

static int descending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? 1 : a > b ? -1 : 0;
}

static Account account_of(const Weights *before, const Weights *after) {
  static double squares[MOST];
  Account account = {0};
  double all = 0, stays = 0, largest = 0;
  for (int i = 0; i < before->count; i++) {
    squares[i] = before->words[i] * before->words[i];
    all += squares[i];
    stays += after->words[i] * after->words[i];
    account.kept += fabs(after->words[i]) > 0;
    account.error += (before->words[i] - after->words[i]) * (before->words[i] - after->words[i]) / before->count;
  }
  qsort(squares, (size_t)before->count, sizeof *squares, descending);
  for (int i = 0; i < account.kept; i++)
    largest += squares[i];
  account.energy = all > 0 ? stays / all : 1;
  account.free_energy = all > 0 ? largest / all : 1;
  account.free_error = (all - largest) / before->count;
  return account;
}

static void assert_near(double said, double want, double digits) {
  if (fabs(said - want) > digits * (fabs(want) > 1 ? fabs(want) : 1)) fail_msg("%g is said, %g is right", said, want);
}

// The pattern line: words of a group, the share that stays of them, and its inverse.
static void assert_pattern_said(const char *text, const int *ranks) {
  int span, want_span = 1;
  double density, speedup, want = 1;
  const char *at = strstr(text, "in groups of ");
  assert_non_null(at);
  assert_int_equal(sscanf(at, "in groups of %d along K; density %lf, engine speedup %lf", &span, &density, &speedup),
                   3);
  for (; *ranks; ranks += 2) {
    want_span *= ranks[1];
    want *= (double)ranks[0] / ranks[1];
  }
  assert_int_equal(span, want_span);
  assert_near(density, want, 1e-4);
  assert_near(speedup, 1 / want, 1e-3);
}

static void assert_said(const char *text, const int *ranks, const Weights *before, const Weights *after) {
  Account want = account_of(before, after), said = {0};
  int count = 0;
  double percent;
  const char *first = strstr(text, ".npy: "), *loss = strstr(text, "kept energy");
  assert_true(first && loss);
  assert_int_equal(sscanf(first, ".npy: %d of %d weights are nonzero (%lf %%)", &said.kept, &count, &percent), 3);
  assert_int_equal(sscanf(loss,
                          "kept energy %lf share of the squared weights; unstructured at this density %lf mean squared "
                          "error %lf unstructured at this density %lf",
                          &said.energy, &said.free_energy, &said.error, &said.free_error),
                   4);
  assert_pattern_said(text, ranks);
  assert_int_equal(count, before->count);
  assert_int_equal(said.kept, want.kept);
  assert_near(percent, 100.0 * want.kept / count, .051);
  assert_near(said.energy, want.energy, 1e-6);
  assert_near(said.free_energy, want.free_energy, 1e-6);
  assert_near(said.error, want.error, 1e-3);
  assert_near(said.free_error, want.free_error, 1e-3);
}

// ---- runs of the program

// option: one more, with its value where it has one; or NULL.
static int prune_as(const char *option, const char *value, const char *from, const char *pattern, const char *to,
                    char *said, size_t size) {
  char subject[256], out[256];
  Options options;
  FILE *file = tmpfile();
  assert_non_null(file);
  snprintf(subject, sizeof subject, "%s", file_path(from));
  snprintf(out, sizeof out, "%s", file_path(to));
  char *words[] = {"lacuna",
                   "prune",
                   subject,
                   "--pattern",
                   (char *)(uintptr_t)pattern,
                   "-o",
                   out,
                   (char *)(uintptr_t)option,
                   (char *)(uintptr_t)value};
  int count = sizeof words / sizeof *words - (option ? !value : 2);
  assert_int_equal(options_parse(count, words, &options), PARSE_RUN);
  fflush(stdout);
  int standard = dup(1);
  dup2(fileno(file), 1);
  int status = prune_run(&options);
  fflush(stdout);
  dup2(standard, 1);
  close(standard);
  ssize_t length = pread(fileno(file), said, size - 1, 0);
  said[length > 0 ? length : 0] = '\0';
  fclose(file);
  return status;
}

static int prune(const char *from, const char *pattern, const char *to, char *said, size_t size) {
  return prune_as(NULL, NULL, from, pattern, to, said, size);
}

typedef struct Case {
  const char *pattern;
  int ranks[8]; // from the lowest up
  const char *type;
  int size, ndim, shape[4];
} Case;

static const Case cases[] = {
    {"2:4", {2, 4}, "|i1", 1, 2, {37, 11}},
    {"1:4", {1, 4}, "|i1", 1, 2, {1, 5}},
    {"4:8", {4, 8}, "<i4", 4, 2, {40, 3}},
    {"2:2", {2, 2}, "|i1", 1, 2, {9, 9}},
    {"hss:4:8/2:4", {2, 4, 4, 8}, "|i1", 1, 2, {130, 7}},
    {"hss:4:8/2:4", {2, 4, 4, 8}, "<f4", 4, 2, {130, 7}},
    {"hss:4:7/2:3", {2, 3, 4, 7}, "|i1", 1, 2, {64, 1}},
    {"hss:1:2/2:3/1:2", {1, 2, 2, 3, 1, 2}, "|i1", 1, 2, {61, 4}},
    {"2:4", {2, 4}, "|i1", 1, 4, {5, 13, 3, 3}},
    {"hss:4:8/2:4", {2, 4, 4, 8}, "|i1", 1, 4, {3, 70, 2, 3}},
    {"hss:2:5/4:4", {4, 4, 2, 5}, "<f4", 4, 4, {3, 70, 1, 2}},
    {"1:2", {1, 2}, "|i1", 1, 4, {12, 1, 3, 3}},
};

// Few values, so that many are equal; whole numbers, so that sums are exact.
static void fill(Weights *w, const Case *c, Random *random, int top) {
  *w = (Weights){.type = c->type, .size = c->size, .ndim = c->ndim, .count = 1};
  for (int d = 0; d < c->ndim; d++)
    w->count *= w->shape[d] = c->shape[d];
  assert_true(w->count <= MOST);
  for (int i = 0; i < w->count; i++)
    w->words[i] = random_between(random, 0, 3) ? random_between(random, -top, top) : 0;
  w->words[0] = c->size == 4 && c->type[1] == 'i' ? 300 : top; // 32 bits are needed
}

static void check_case(const Case *c, int top, Random *random) {
  static Weights before, after;
  char said[512], again[512];
  fill(&before, c, random, top);
  after = before;
  prune_all(&after, c->ranks);
  write_weights(&before, "before.npy");
  assert_int_equal(prune("before.npy", c->pattern, "after.npy", said, sizeof said), EXIT_CORRECT);
  assert_holds("after.npy", &after);
  assert_said(said, c->ranks, &before, &after);
  assert_int_equal(prune("after.npy", c->pattern, "again.npy", again, sizeof again), EXIT_CORRECT);
  assert_holds("again.npy", &after);
  assert_said(again, c->ranks, &after, &after);
}

static void test_against_an_account(void **state) {
  (void)state;
  Random random = {6};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int turn = 0; turn < 6; turn++)
      check_case(&cases[i], (const int[]){1, 3, 127}[turn % 3], &random);
}

// By hand. Lower rank first: 5 stays in its block, but 4 and 4 outweigh it. Ties: the first stay.
static void test_by_hand(void **state) {
  (void)state;
  static Weights w = {.type = "|i1", .size = 1, .ndim = 2, .shape = {8, 2}, .count = 16};
  static const signed char before[8][2] = {{5, 1}, {1, 1}, {0, -1}, {1, 1}, {4, 1}, {-4, -1}, {3, 1}, {3, 1}};
  static const signed char after[8][2] = {{0, 1}, {0, 1}, {0, 0}, {0, 0}, {4, 0}, {-4, 0}, {0, 0}, {0, 0}};
  char said[512];
  for (int i = 0; i < 16; i++)
    w.words[i] = before[i / 2][i % 2];
  write_weights(&w, "before.npy");
  assert_int_equal(prune("before.npy", "hss:1:2/2:4", "after.npy", said, sizeof said), EXIT_CORRECT);
  for (int i = 0; i < 16; i++)
    w.words[i] = after[i / 2][i % 2];
  assert_holds("after.npy", &w);
  assert_non_null(strstr(said, "4 of 16 weights are nonzero (25.0 %)"));
  assert_non_null(strstr(said, "0.400000  share")); // 34 of 77 + 8
}

static void test_zeros(void **state) {
  (void)state;
  static Weights w = {.type = "|i1", .size = 1, .ndim = 2, .shape = {30, 4}, .count = 120};
  char said[512];
  write_weights(&w, "before.npy");
  assert_int_equal(prune("before.npy", "hss:4:8/2:4", "after.npy", said, sizeof said), EXIT_CORRECT);
  assert_holds("after.npy", &w);
  assert_said(said, (const int[]){2, 4, 4, 8, 0}, &w, &w);
}

// Files without numbers or with a number for each place: K x N, down the columns, too.
static void test_text_files(void **state) {
  (void)state;
  static const char smtx[] = "6, 2, 8\n0 2 4 6 7 8 8\n0 1 0 1 0 1 1 0\n";
  static const char mtx[] =
      "%%MatrixMarket matrix coordinate integer general\n6 2 5\n1 1 -3\n2 1 2\n4 1 4\n5 1 1\n6 2 9\n";
  static const signed char ones[12] = {1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0};
  static const signed char numbers[12] = {-3, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 9};
  static Weights w = {.type = "|i1", .size = 1, .ndim = 2, .shape = {6, 2}, .count = 12};
  char said[512];
  file_make("w.smtx", smtx, sizeof smtx - 1);
  file_make("w.mtx", mtx, sizeof mtx - 1);
  assert_int_equal(prune("w.smtx", "2:4", "after.npy", said, sizeof said), EXIT_CORRECT);
  for (int i = 0; i < 12; i++)
    w.words[i] = ones[i];
  assert_holds("after.npy", &w);
  assert_int_equal(prune("w.mtx", "2:4", "after.npy", said, sizeof said), EXIT_CORRECT);
  for (int i = 0; i < 12; i++)
    w.words[i] = numbers[i];
  assert_holds("after.npy", &w);
}

// The same weights as other tools hold them, O x I, O x KH x KW x I and KH x KW x I x O: K is another dimension.
static void test_orders(void **state) {
  (void)state;
  enum { O = 3, I = 8, TAPS = 4 };
  static const Case matrix = {"2:4", {2, 4}, "|i1", 1, 2, {I, O}}, kernel = {"2:4", {2, 4}, "|i1", 1, 4, {O, I, 2, 2}};
  static const struct {
    const char *option, *value;
    int shape[4];
    int step[3]; // of O, I and the tap
  } orders[] = {{"--transpose-b", NULL, {O, I}, {I, 1, 0}},
                {"--weight-layout", "ohwi", {O, 2, 2, I}, {TAPS * I, 1, I}},
                {"--weight-layout", "hwio", {2, 2, I, O}, {1, O, I * O}}};
  static Weights before, after, other_before, other_after;
  Random random = {9};
  char said[512];
  for (int n = 0; n < 3; n++) {
    const Case *c = n ? &kernel : &matrix;
    int taps = n ? TAPS : 1;
    fill(&before, c, &random, 127);
    after = before;
    prune_all(&after, c->ranks);
    other_before = other_after = before;
    memcpy(other_before.shape, orders[n].shape, sizeof before.shape);
    memcpy(other_after.shape, orders[n].shape, sizeof before.shape);
    for (int e = 0; e < O * I * taps; e++) {
      int o = n ? e / (I * taps) : e % O, i = n ? e / taps % I : e / O;
      int at = o * orders[n].step[0] + i * orders[n].step[1] + e % taps * orders[n].step[2];
      other_before.words[at] = before.words[e];
      other_after.words[at] = after.words[e];
    }
    write_weights(&other_before, "before.npy");
    assert_int_equal(
        prune_as(orders[n].option, orders[n].value, "before.npy", c->pattern, "after.npy", said, sizeof said),
        EXIT_CORRECT);
    assert_holds("after.npy", &other_after);
  }
}

// A single number has no K to lie along.
static void test_no_fiber(void **state) {
  (void)state;
  static Weights w = {.type = "|i1", .size = 1, .ndim = 0, .count = 1, .words = {3}};
  char said[512];
  write_weights(&w, "number.npy");
  listen_begin();
  int status = prune("number.npy", "2:4", "after_number.npy", said, sizeof said);
  listen_end();
  assert_int_equal(status, EXIT_BAD_INPUT);
  SAID("number.npy: a single number has no K to prune along");
  assert_false(file_exists("after_number.npy"));
}

// ---- the weights that prune wrote are taken without --prune, those that it was given are not

typedef struct Taken {
  const char *config, *pattern, *words; // --b and its file, or --weight, come behind the words
  Case weights;
} Taken;

static const Taken taken[] = {
    {"configs/hss_64.yaml", "hss:4:8/2:4", "run --a random:3x130:1", {"", {0}, "|i1", 1, 2, {130, 7}}},
    {"configs/nm24_64.yaml", "2:4", "conv --groups 2 --input random:26x4x4:1", {"", {0}, "|i1", 1, 4, {6, 13, 3, 3}}},
    {"configs/hss_64.yaml",
     "hss:4:7/2:3",
     "conv --groups 3 --input random:90x4x4:1",
     {"", {0}, "|i1", 1, 4, {6, 30, 1, 1}}},
    {"configs/dsso_64.yaml", "hss:2:8/4:4", "run --a random:3x130:0", {"", {0}, "|i1", 1, 2, {130, 7}}},
};

static int build(const Taken *t, const char *file) {
  char text[256], path[256];
  char *words[24] = {"lacuna"};
  int count = 1;
  Spec spec;
  Plan plan;
  Options options;
  Workload workload = {0};
  Chosen chosen = {0};
  snprintf(path, sizeof path, "%s", file_path(file));
  snprintf(text, sizeof text, "%s", t->words);
  for (char *word = strtok(text, " "); word; word = strtok(NULL, " ")) {
    words[count++] = word;
    if (count == 2) words[count++] = (char *)(uintptr_t)t->config;
  }
  words[count++] = t->weights.ndim == 2 ? "--b" : "--weight";
  words[count++] = path;
  words[count++] = "--pattern";
  words[count++] = (char *)(uintptr_t)t->pattern;
  assert_true(spec_read(t->config, &spec) && plan_make(&spec, &plan));
  assert_int_equal(options_parse(count, words, &options), PARSE_RUN);
  assert_true(workload_load(&options, &plan, &workload));
  int status = choose_image(&options, &plan, &workload, plan.modes, &chosen);
  image_free(&chosen.image);
  workload_free(&workload);
  return status;
}

static void test_taken(void **state) {
  (void)state;
  Random random = {9};
  static Weights w;
  char said[512];
  for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
    fill(&w, &taken[i].weights, &random, 100);
    write_weights(&w, "before.npy");
    assert_int_equal(prune("before.npy", taken[i].pattern, "after.npy", said, sizeof said), EXIT_CORRECT);
    assert_int_equal(build(&taken[i], "after.npy"), EXIT_CORRECT);
    listen_begin();
    int status = build(&taken[i], "before.npy");
    listen_end();
    assert_int_equal(status, EXIT_BAD_INPUT);
    SAID("the weights do not obey ");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_against_an_account),
                                     cmocka_unit_test(test_by_hand),
                                     cmocka_unit_test(test_zeros),
                                     cmocka_unit_test(test_orders),
                                     cmocka_unit_test(test_text_files),
                                     cmocka_unit_test(test_no_fiber),
                                     cmocka_unit_test(test_taken)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
