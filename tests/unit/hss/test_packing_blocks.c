// Structured A in memory: decoded as docs/engines/hss.md says it is read, it is the A that was pruned. A that has too
// many values in a block is refused by its place.
#include "gen/spec/spec.h"
#include "harness/operand/random.h"
#include "harness/pack/hss/blocks.h"
#include "harness/workload/workload.h"
#include "tests/unit/support.h"

typedef struct Case {
  int bits, kept, block;
  int rows, fibers, length;
  int32_t zero;
} Case;

// The words of a plan whose A keeps `kept` of a block; 0 of 1: A is not structured.
static PlanWords words_of(int kept, int block) {
  return (PlanWords){.a_block = block, .a_stored = kept + 1};
}

static const Case cases[] = {
    {8, 2, 4, 5, 1, 12, 0}, {8, 2, 4, 3, 1, 1, -7},  {8, 1, 2, 2, 3, 7, 0},    {8, 2, 8, 4, 5, 19, 100},
    {4, 2, 4, 3, 3, 5, 3},  {4, 1, 16, 2, 2, 33, 0}, {16, 4, 8, 3, 2, 21, -5}, {16, 4, 16, 1, 1, 50, 30000},
};

static uint32_t element_at(const uint8_t *row, uint64_t element, int bits) {
  uint32_t value = 0;
  for (int i = 0; i < bits; i++) {
    uint64_t bit = element * (uint64_t)bits + (uint64_t)i;
    value |= (uint32_t)(row[bit / 8] >> bit % 8 & 1) << i;
  }
  return value;
}

static int32_t as_signed(uint32_t value, int bits) {
  return (int32_t)(value << (32 - bits)) >> (32 - bits);
}

// At most `kept` values of every block that differ from zero, at random places.
static void make_fiber(const Case *c, Random *random, int32_t *fiber) {
  int most = 1 << (c->bits - 1);
  for (int i = 0; i < c->length; i++)
    fiber[i] = c->zero;
  for (int first = 0; first < c->length; first += c->block)
    for (int i = 0; i < c->kept; i++) {
      int place = first + random_between(random, 0, c->block - 1);
      if (place < c->length) fiber[place] = random_between(random, -most, most - 1);
    }
}

// Offsets of a block ascend; those that no value needs are the lowest that are free.
static void read_block(const Case *c, const uint8_t *row, uint64_t element, int32_t *words) {
  uint32_t offsets = element_at(row, element + (uint64_t)c->kept, c->bits) - (uint32_t)c->zero;
  int width = 0, before = -1, empty = 0;
  while (1 << width < c->block)
    width++;
  for (int i = 0; i < c->block; i++)
    words[i] = c->zero;
  for (int i = 0; i < c->kept; i++) {
    int offset = (int)(offsets >> i * width & (uint32_t)(c->block - 1));
    assert_in_range(offset, before + 1, c->block - 1);
    words[offset] = as_signed(element_at(row, element + (uint64_t)i, c->bits), c->bits);
    before = offset;
  }
  for (int i = 0; i < c->kept; i++) {
    int offset = (int)(offsets >> i * width & (uint32_t)(c->block - 1));
    if (words[offset] != c->zero) continue;
    while (words[empty] != c->zero)
      empty++;
    assert_int_equal(offset, empty++);
  }
}

static void check_case(const Case *c, Random *random) {
  Plan plan = {.data_bits = c->bits, .hss.a_g0 = c->kept, .hss.h0 = c->block, .words = words_of(c->kept, c->block)};
  int blocks = (c->length + c->block - 1) / c->block, elements = c->fibers * blocks * (c->kept + 1);
  int pitch = (elements * c->bits + 7) / 8, fibers = c->rows * c->fibers;
  int32_t *values = calloc((size_t)(fibers * c->length), sizeof *values), words[16];
  uint8_t *bytes = malloc((size_t)(c->rows * pitch));
  assert_true(values && bytes);
  for (int f = 0; f < fibers; f++)
    make_fiber(c, random, values + f * c->length);
  pack_blocks(&plan, values, (uint64_t)c->rows, (uint64_t)c->fibers, (uint64_t)c->length, c->zero, bytes);
  for (int f = 0; f < fibers; f++)
    for (int b = 0; b < blocks; b++) {
      const uint8_t *row = bytes + f / c->fibers * pitch;
      read_block(c, row, (uint64_t)((f % c->fibers * blocks + b) * (c->kept + 1)), words);
      for (int i = 0; i < c->block; i++) {
        int at = b * c->block + i;
        assert_int_equal(words[i], at < c->length ? values[f * c->length + at] : c->zero);
      }
    }
  free(values);
  free(bytes);
}

static void test_decoded(void **state) {
  (void)state;
  Random random = {7};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    for (int turn = 0; turn < 20; turn++)
      check_case(&cases[i], &random);
}

// The worked example of docs/formats.md.
static void test_worked_example(void **state) {
  (void)state;
  Plan plan = {.data_bits = 8, .hss.a_g0 = 2, .hss.h0 = 4, .words = words_of(2, 4)};
  static const int32_t a[] = {0, 5, 0, -1, 7, 0, 0, 0, 2, 3};
  static const uint8_t want[] = {0x05, 0xff, 0x0d, 0x07, 0x00, 0x04, 0x02, 0x03, 0x04};
  uint8_t bytes[sizeof want];
  pack_blocks(&plan, a, 1, 1, 10, 0, bytes);
  assert_memory_equal(bytes, want, sizeof want);
}

static void test_stored(void **state) {
  (void)state;
  Plan plan = {.words = words_of(2, 4)};
  assert_int_equal(plan_stored(&plan, 1), 3);
  assert_int_equal(plan_stored(&plan, 4), 3);
  assert_int_equal(plan_stored(&plan, 5), 6);
  plan.words = words_of(0, 1);
  assert_int_equal(plan_stored(&plan, 5), 5);
}

// ---- what is refused, and what --prune makes of it

typedef struct Told {
  const char *words[11];
  const char *want; // NULL: taken
} Told;

static const Told told[] = {
    {{"run", "--a", "random:3x9:1", "--b", "random:9x3:1", "--mode", "a"},
     "--a: row 0, element 0 begins a block of 4 with more than 2 values that are not zero, which dsso_64 can't hold; "},
    {{"conv", "--input", "random:6x2x2:1", "--weight", "random:4x3x1x1:1", "--groups", "2", "--mode", "ab"},
     "--input: pixel 0,0, channel 0 begins a block of 4 "},
    {{"conv", "--input", "random:4x2x2:1", "--weight", "random:4x2x1x1:1", "--groups", "2"}, NULL},
    {{"run", "--a", "random:3x2:1", "--b", "random:2x3:1"}, NULL},
    {{"run", "--a", "random:3x9:1", "--b", "random:9x3:1", "--prune"}, NULL},
};

static bool load(const Told *t, Plan *plan, Workload *workload) {
  Spec spec;
  Options options;
  char *words[14] = {"lacuna"};
  int count = 1;
  for (int i = 0; i < 11 && t->words[i]; i++) {
    words[count++] = (char *)(uintptr_t)t->words[i];
    if (i == 0) words[count++] = (char *)(uintptr_t) "configs/dsso_64.yaml";
  }
  assert_true(spec_read("configs/dsso_64.yaml", &spec) && plan_make(&spec, plan));
  assert_int_equal(options_parse(count, words, &options), PARSE_RUN);
  return workload_load(&options, plan, workload);
}

static void test_told(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
    Plan plan;
    Workload workload = {0};
    listen_begin();
    bool good = load(&told[i], &plan, &workload);
    listen_end();
    assert_int_equal(good, told[i].want == NULL);
    if (told[i].want) SAID(told[i].want);
    workload_free(&workload);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_decoded), cmocka_unit_test(test_worked_example),
                                     cmocka_unit_test(test_stored), cmocka_unit_test(test_told)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
