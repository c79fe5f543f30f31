// Compaction of B: words are decoded again and every weight must come out exactly once, within its window; the matching
// is held against a plain matching per word and against the figures of the paper's borrowing.
#include "harness/operand/random.h"
#include "harness/pack/griffin/compact_threads.h"
#include "tests/unit/support.h"

typedef struct Case {
  CompactRules rules;
  uint32_t tiles, steps;
  double density;
} Case;

typedef struct Result {
  uint64_t *nonzero;
  CompactWord *words;
  CompactCode *codes;
  uint32_t *tile_words;
  uint32_t count;
} Result;

static uint64_t random_row(Random *random, int columns, double density) {
  uint64_t row = 0;
  for (int column = 0; column < columns; column++)
    row |= (uint64_t)(random_unit(random) < density) << column;
  return row;
}

static Result result_make(const Case *c, uint64_t seed) {
  uint32_t steps = c->tiles * c->steps, lanes = (uint32_t)c->rules.lanes;
  Random random = {seed};
  Result r = {.nonzero = calloc(steps * lanes, sizeof *r.nonzero),
              .words = calloc(steps, sizeof *r.words),
              .codes = calloc(steps * lanes * (uint32_t)c->rules.columns, sizeof *r.codes),
              .tile_words = calloc(c->tiles, sizeof *r.tile_words)};
  for (uint32_t i = 0; i < steps * lanes; i++)
    r.nonzero[i] = random_row(&random, c->rules.columns, c->density);
  return r;
}

static void result_compact(const Case *c, CompactMethod method, Result *r) {
  void *scratch = malloc(compact_scratch(&c->rules));
  r->count = compact(&c->rules, method, c->tiles, c->steps, r->nonzero, scratch, r->words, r->codes, r->tile_words);
  free(scratch);
}

static void result_free(Result *r) {
  free(r->nonzero);
  free(r->words);
  free(r->codes);
  free(r->tile_words);
}

#define CHECK(condition)                                                                                               \
  if (!(condition)) return #condition

// Takes the weight of one slot out of `left`. What is wrong, or NULL.
static const char *check_slot(const Case *c, uint32_t head, bool straddle, int column, int lane, CompactCode code,
                              uint64_t *left) {
  int e1 = compact_e1(code), e2 = compact_e2(code), e3 = compact_e3(code);
  uint32_t step = head + (uint32_t)e1, ahead = step / c->steps - head / c->steps;
  CHECK(e1 <= c->rules.d1 && e2 <= c->rules.d2 && e3 <= c->rules.d3);
  CHECK(step < c->tiles * c->steps);
  CHECK(ahead <= straddle);
  CHECK(!straddle || e3 == (int)ahead);
  CHECK(c->rules.wrap || straddle || column + e3 < c->rules.columns);
  if (straddle) e3 = 0;
  uint64_t *row = &left[step * (uint32_t)c->rules.lanes + (uint32_t)((lane + e2) % c->rules.lanes)];
  uint64_t bit = (uint64_t)1 << (column + e3) % c->rules.columns;
  CHECK(*row & bit);
  *row ^= bit;
  return NULL;
}

static const char *check_word(const Case *c, const Result *r, uint32_t word, uint32_t head, uint64_t *left) {
  const CompactWord *w = &r->words[word];
  const CompactCode *code = r->codes + word * (uint32_t)(c->rules.columns * c->rules.lanes);
  uint32_t next = head + w->advance, end = (head / c->steps + 1) * c->steps;
  bool ahead = false;
  for (int column = 0; column < c->rules.columns; column++)
    for (int lane = 0; lane < c->rules.lanes; lane++, code++) {
      if (*code == COMPACT_EMPTY) continue;
      const char *wrong = check_slot(c, head, w->straddle, column, lane, *code, left);
      if (wrong) return wrong;
      ahead |= head + (uint32_t)compact_e1(*code) >= end;
    }
  CHECK(w->straddle == ahead);
  CHECK(!ahead || c->rules.run_on);
  CHECK(w->advance >= 1 && w->advance <= 1 + c->rules.d1);
  CHECK(w->last == (next >= end));
  CHECK(next < end + c->steps && next <= c->tiles * c->steps);
  CHECK(c->rules.run_on || next <= end);
  for (uint32_t i = head * (uint32_t)c->rules.lanes; i < next * (uint32_t)c->rules.lanes; i++)
    CHECK(!left[i]);
  return NULL;
}

static const char *check_words(const Case *c, const Result *r) {
  size_t size = c->tiles * c->steps * (uint32_t)c->rules.lanes * sizeof(uint64_t);
  uint64_t *left = malloc(size);
  uint32_t head = 0, tile = 0, words = 0;
  const char *wrong = NULL;
  memcpy(left, r->nonzero, size);
  for (uint32_t word = 0; !wrong && word < r->count; head += r->words[word++].advance) {
    wrong = check_word(c, r, word, head, left);
    words++;
    if (wrong || !r->words[word].last) continue;
    if (tile == c->tiles || r->tile_words[tile++] != words) wrong = "words of a tile";
    words = 0;
  }
  if (!wrong && head != c->tiles * c->steps) wrong = "steps given up in all";
  if (!wrong && tile != c->tiles) wrong = "number of last words";
  free(left);
  return wrong;
}

static void fail_case(const Case *c, CompactMethod method, const char *wrong) {
  const CompactRules *r = &c->rules;
  fail_msg("columns %d lanes %d distances %d %d %d wrap %d run_on %d tiles %u steps %u density %g method %d: %s",
           r->columns, r->lanes, r->d1, r->d2, r->d3, r->wrap, r->run_on, c->tiles, c->steps, c->density, method,
           wrong);
}

// Words of each method, every word checked.
static void check_case(const Case *c, uint64_t seed, uint32_t counts[COMPACT_METHODS]) {
  for (CompactMethod method = 0; method < COMPACT_METHODS; method++) {
    Result r = result_make(c, seed);
    result_compact(c, method, &r);
    const char *wrong = check_words(c, &r);
    if (wrong) fail_case(c, method, wrong);
    counts[method] = r.count;
    result_free(&r);
  }
}

static void test_random_rules(void **state) {
  (void)state;
  Random random = {11};
  uint32_t counts[COMPACT_METHODS], greedy = 0, matching = 0;
  for (int i = 0; i < 1500; i++) {
    Case c = {.rules = {.columns = random_between(&random, 1, 20), .lanes = 1 << random_between(&random, 0, 4)}};
    c.rules.d1 = random_between(&random, 0, 15);
    c.rules.d2 = random_between(&random, 0, c.rules.lanes < 8 ? c.rules.lanes - 1 : 7) * random_between(&random, 0, 1);
    c.rules.d3 = random_between(&random, 0, c.rules.columns < 4 ? c.rules.columns - 1 : 3);
    c.rules.wrap = random_between(&random, 0, 1);
    c.rules.run_on = random_between(&random, 0, 1);
    c.tiles = (uint32_t)random_between(&random, 1, 6);
    c.steps = (uint32_t)random_between(&random, 1, random_between(&random, 0, 1) ? 8 : 60);
    c.density = random_unit(&random) * random_unit(&random) * 1.1;
    check_case(&c, (uint64_t)i, counts);
    greedy += counts[COMPACT_GREEDY];
    matching += counts[COMPACT_MATCHING];
  }
  assert_true(matching < greedy * 0.98);
}

static void test_edges(void **state) {
  (void)state;
  static const int sides[] = {1, 2, 64};
  static const uint32_t lengths[] = {1, 2, 35};
  uint32_t counts[COMPACT_METHODS];
  for (int i = 0; i < 3 * 3 * 3 * 3 * 4; i++) {
    int columns = sides[i % 3], lanes = sides[i / 3 % 3], d1 = (int[]){0, 2, 15}[i / 27 % 3];
    Case c = {{columns, lanes, d1, lanes > 1, columns > 1, i / 81 & 1, i / 162 & 1}, 3, lengths[i / 9 % 3], 0};
    uint32_t full = c.tiles * c.steps;
    check_case(&c, 1, counts);
    uint32_t least = (full + (uint32_t)d1) / (uint32_t)(d1 + 1);
    for (int m = 0; m < COMPACT_METHODS; m++)
      assert_true(counts[m] >= least && counts[m] <= c.tiles * ((c.steps + (uint32_t)d1) / (uint32_t)(d1 + 1)));
    c.density = 2;
    check_case(&c, 1, counts);
    for (int m = 0; m < COMPACT_METHODS; m++)
      assert_int_equal(counts[m], full);
  }
}

// The worked example of docs/formats.md.
static void test_example(void **state) {
  (void)state;
  enum { NONE = COMPACT_EMPTY };
  static const uint64_t rows[] = {1, 1, 2, 1, 2, 2, 1, 0}; // columns 0 (bit 0) and 1 of K = 0 .. 7
  const CompactCode codes[] = {0, 0, compact_code(1, 0, 0), compact_code(1, 0, 1), compact_code(1, 0, 0), NONE, 0, 0};
  const Case c = {{.columns = 2, .lanes = 2, .d1 = 2, .d3 = 1, .wrap = true}, 1, 4, 0};
  Result r = result_make(&c, 1);
  memcpy(r.nonzero, rows, sizeof rows);
  result_compact(&c, COMPACT_MATCHING, &r);
  assert_int_equal(r.count, 2);
  assert_memory_equal(r.codes, codes, sizeof codes);
  assert_true(r.words[0].advance == 2 && !r.words[0].last);
  assert_true(r.words[1].advance == 2 && r.words[1].last);
  result_free(&r);
}

// ---- the matching against a plain one: Kuhn's algorithm over all weights up to a step and all slots up to a word

typedef struct Plain {
  const Case *c;
  const uint32_t *heads;
  uint32_t words;
  int *owner; // of a slot: a weight's number, or -1
  bool *seen;
} Plain;

static bool plain_place(Plain *p, int weight) {
  const CompactRules *r = &p->c->rules;
  int column = weight % r->columns, lane = weight / r->columns % r->lanes, step = weight / r->columns / r->lanes;
  for (uint32_t slot = 0; slot < p->words * (uint32_t)(r->columns * r->lanes); slot++) {
    int from = (int)slot % r->columns, from_lane = (int)slot / r->columns % r->lanes;
    int e1 = step - (int)p->heads[(int)slot / r->columns / r->lanes], e3 = column - from;
    if (e3 < 0 && r->wrap) e3 += r->columns;
    if (p->seen[slot] || e1 < 0 || e1 > r->d1 || from_lane != lane || e3 < 0 || e3 > r->d3) continue;
    p->seen[slot] = true;
    if (p->owner[slot] >= 0 && !plain_place(p, p->owner[slot])) continue;
    p->owner[slot] = weight;
    return true;
  }
  return false;
}

// True if the weights of all steps below `end` have slots in words with these heads.
static bool plain_fits(const Case *c, const Result *r, const uint32_t *heads, uint32_t words, uint32_t end) {
  uint32_t slots = words * (uint32_t)(c->rules.columns * c->rules.lanes);
  Plain p = {c, heads, words, malloc(slots * sizeof(int)), malloc(slots)};
  bool fits = true;
  memset(p.owner, 0xff, slots * sizeof(int));
  for (uint32_t i = 0; fits && i < end * (uint32_t)c->rules.lanes; i++)
    for (int column = 0; fits && column < c->rules.columns; column++) {
      memset(p.seen, 0, slots);
      if (r->nonzero[i] >> column & 1) fits = plain_place(&p, (int)i * c->rules.columns + column);
    }
  free(p.owner);
  free(p.seen);
  return fits;
}

// No word could have given up one step more.
static void test_best_words(void **state) {
  (void)state;
  Random random = {5};
  for (int i = 0; i < 150; i++) {
    Case c = {.rules = {.columns = random_between(&random, 1, 6)}, .tiles = 1, .steps = 16};
    c.rules.lanes = 1 << random_between(&random, 0, 1);
    c.rules.d1 = random_between(&random, 1, 6);
    c.rules.d3 = random_between(&random, 0, c.rules.columns < 3 ? c.rules.columns - 1 : 2);
    c.rules.wrap = i & 1;
    c.density = random_unit(&random);
    Result r = result_make(&c, (uint64_t)i);
    uint32_t heads[17] = {0};
    result_compact(&c, COMPACT_MATCHING, &r);
    for (uint32_t word = 0; word < r.count; word++) {
      uint32_t next = heads[word + 1] = heads[word] + r.words[word].advance;
      assert_true(plain_fits(&c, &r, heads, word + 1, next));
      if (next < c.steps && next <= heads[word] + (uint32_t)c.rules.d1)
        assert_false(plain_fits(&c, &r, heads, word + 1, next + 1));
    }
    result_free(&r);
  }
}

// ---- figures: steps per word on uniform random zeros, 16 columns, 16 lanes

static double speedup(Case c, CompactMethod method) {
  double steps = 0, words = 0;
  for (uint64_t seed = 1; seed <= 12; seed++) {
    Result r = result_make(&c, seed);
    result_compact(&c, method, &r);
    steps += c.tiles * c.steps;
    words += r.count;
    result_free(&r);
  }
  return steps / words;
}

// Rows: density .1, .2, .3, .5; columns: B(2,0,1), B(4,0,1), B(8,0,1). Greedy: the paper's reference by simulation;
// matching: the same, borrowing round the last column and with the best choice in each word.
static const double figures[COMPACT_METHODS][4][3] = {
    [COMPACT_GREEDY] = {{2.22, 3.13, 4.46}, {1.87, 2.49, 3.21}, {1.64, 2.11, 2.59}, {1.37, 1.60, 1.78}},
    [COMPACT_MATCHING] = {{2.64, 3.62, 5.11}, {2.18, 2.87, 3.59}, {1.92, 2.41, 2.78}, {1.56, 1.77, 1.87}},
};

static void test_figures(void **state) {
  (void)state;
  static const double densities[] = {.1, .2, .3, .5};
  static const int distances[] = {2, 4, 8};
  for (int i = 0; i < COMPACT_METHODS * 4 * 3; i++) {
    int method = i / 12, row = i / 3 % 4, column = i % 3;
    Case c = {{.columns = 16, .lanes = 16, .d1 = distances[column], .d3 = 1, .wrap = true}, 1, 72, densities[row]};
    double got = speedup(c, (CompactMethod)method), want = figures[method][row][column];
    char text[64];
    snprintf(text, sizeof text, "%.3f, expected %.2f", got, want);
    if (got < 0.97 * want) fail_case(&c, (CompactMethod)method, text);
  }
}

// Every direction to borrow from brings something, whichever way is taken.
static void test_distances(void **state) {
  (void)state;
  for (CompactMethod method = 0; method < COMPACT_METHODS; method++) {
    Case c = {{.columns = 16, .lanes = 16, .d1 = 4, .wrap = true}, 1, 72, .3};
    double ahead = speedup(c, method);
    c.rules.d2 = 1;
    double lanes = speedup(c, method);
    c.rules.d3 = 1;
    double columns = speedup(c, method);
    if (ahead < 1.5 || lanes < 1.2 * ahead || columns < 1.15 * lanes)
      fail_msg("method %d: %.3f %.3f %.3f", method, ahead, lanes, columns);
  }
}

// Tiles of 6 steps: a window that stops at the end of a tile is hardly ever full.
static void test_run_on_gains(void **state) {
  (void)state;
  Case c = {{.columns = 16, .lanes = 16, .d1 = 8, .d3 = 1, .wrap = true}, 16, 6, .3};
  double apart = speedup(c, COMPACT_MATCHING);
  c.rules.run_on = true;
  double together = speedup(c, COMPACT_MATCHING);
  if (together < 1.1 * apart) fail_msg("%.3f with run_on, %.3f without", together, apart);
}

static void test_threads(void **state) {
  (void)state;
  Case c = {{.columns = 5, .lanes = 4, .d1 = 4, .d3 = 1, .wrap = true, .run_on = true}, 13, 7, .3};
  Result want = result_make(&c, 3), got = result_make(&c, 3);
  CompactMatrix matrix = {13, 7, 4, got.nonzero, got.words, got.codes, got.tile_words};
  for (int threads = 0; threads < 4; threads++) {
    assert_true(compact_matrix(&c.rules, COMPACT_MATCHING, &matrix, threads));
    for (uint32_t first = 0; first < 13; first += 4) {
      Case group = {c.rules, first + 4 > 13 ? 1 : 4, 7, 0};
      Result part = {want.nonzero + first * 7 * 4, want.words, want.codes, want.tile_words, 0};
      result_compact(&group, COMPACT_MATCHING, &part);
      assert_memory_equal(part.words, got.words + first * 7, part.count * sizeof *part.words);
      assert_memory_equal(part.codes, got.codes + first * 7 * 20, part.count * 20 * sizeof *part.codes);
      assert_memory_equal(part.tile_words, got.tile_words + first, group.tiles * sizeof *part.tile_words);
    }
  }
  result_free(&want);
  result_free(&got);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random_rules), cmocka_unit_test(test_edges),   cmocka_unit_test(test_example),
      cmocka_unit_test(test_best_words),   cmocka_unit_test(test_figures), cmocka_unit_test(test_distances),
      cmocka_unit_test(test_run_on_gains), cmocka_unit_test(test_threads),
  };
  cmocka_set_message_output(CM_OUTPUT_TAP);
  return cmocka_run_group_tests(tests, NULL, NULL);
}
