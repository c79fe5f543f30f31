// Structured patterns: what is read, which weights stay, that what stays obeys and what obeys stays, where one is
// broken.
#include "harness/base/pattern.h"
#include "harness/operand/random.h"
#include "tests/unit/support.h"

static Pattern pattern_of(const char *text) {
  Pattern pattern;
  if (!pattern_parse(text, &pattern)) fail_msg("%s is refused", text);
  return pattern;
}

static void test_parse(void **state) {
  (void)state;
  char text[PATTERN_TEXT];
  Pattern p = pattern_of("hss:1:2/4:8/2:4");
  assert_int_equal(p.count, 3);
  assert_int_equal(p.ranks[0].g, 2);
  assert_int_equal(p.ranks[0].h, 4);
  assert_int_equal(p.ranks[2].h, 2);
  assert_string_equal(pattern_text(&p, text, sizeof text), "1:2/4:8/2:4");
  assert_int_equal(pattern_span(&p), 64);
  assert_true(pattern_density(&p) == 0.125);
  p = pattern_of("hss:64:64/64:64/64:64");
  assert_string_equal(pattern_text(&p, text, sizeof text), "64:64/64:64/64:64");
  p = pattern_of("4:8/2:4"); // as PATTERN_FORM has it
  assert_int_equal(p.count, 2);
  assert_int_equal(p.ranks[1].h, 8);
  p = pattern_of("64:64");
  assert_int_equal(p.count, 1);
  static const char *const bad[] = {"",
                                    "2",
                                    "2:",
                                    "2:4 ",
                                    ":4",
                                    "0:4",
                                    "2:0",
                                    "5:4",
                                    "2:65",
                                    "-1:4",
                                    "+2:4",
                                    "02:4",
                                    "2:4/",
                                    "hss:",
                                    "hss:/",
                                    "hss:2:4/",
                                    "hss:/2:4",
                                    "hss:2:4//2:4",
                                    "2:4x",
                                    "hss:1:2/1:2/1:2/1:2",
                                    "gs:8x8",
                                    "hss",
                                    "99999999999999999999:4"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    if (pattern_parse(bad[i], &p)) fail_msg("'%s' is taken", bad[i]);
}

static void check_keep(const char *text, const double *words, int count, const char *want) {
  Pattern p = pattern_of(text);
  bool kept[64];
  char got[65] = "";
  pattern_keep(&p, words, count, kept);
  for (int i = 0; i < count; i++)
    got[i] = kept[i] ? 'x' : '.';
  assert_string_equal(got, want);
}

// By hand: ties go to the first, signs do not matter, the end may be short, an upper rank weighs what the lower left.
static void test_keep(void **state) {
  (void)state;
  check_keep("2:4", (double[]){1, -3, 2, 2, 5, 0, 0, 0, 1, 1, 1}, 11, ".xx.x...xx.");
  check_keep("1:1", (double[]){0, 7}, 2, ".x");
  check_keep("4:4", (double[]){1, 0, 2, 3}, 4, "x.xx");
  check_keep("hss:1:2/1:2", (double[]){3, 3, 4, 0, 1, 2}, 6, "..x..x"); // 3, 3 leaves 9, less than 16
  check_keep("hss:1:2/2:2", (double[]){3, 3, 4, 0}, 4, "xx..");
  check_keep("hss:1:3/1:1/1:2", (double[]){1, 0, 0, 2, 0, 2, 9}, 7, "...x..x");
}

// Loops written for clearness only: how many children of each group have a nonzero.
static bool obeys(const Pattern *p, const bool *kept, int count) {
  int width = 1;
  for (int r = 0; r < p->count; width *= p->ranks[r++].h)
    for (int group = 0; group * width * p->ranks[r].h < count; group++) {
      int nonempty = 0;
      for (int child = 0; child < p->ranks[r].h; child++) {
        int any = 0, first = (group * p->ranks[r].h + child) * width;
        for (int i = first; i < first + width && i < count; i++)
          any |= kept[i];
        nonempty += any;
      }
      if (nonempty > p->ranks[r].g) return false;
    }
  return true;
}

static void test_random(void **state) {
  (void)state;
  static const char *const patterns[] = {"2:4", "1:4", "4:8", "hss:4:8/2:4", "hss:4:5/2:3", "hss:2:2/3:7/1:3"};
  Random random = {.state = 7};
  for (int run = 0; run < 600; run++) {
    Pattern p = pattern_of(patterns[run % 6]);
    double words[200], left[200];
    bool kept[200], again[200];
    int rank, count = 1 + (int)(random_next(&random) % 200), part = 1 + (int)(random_next(&random) % 4);
    for (int i = 0; i < count; i++)
      words[i] = random_next(&random) % 4 < (unsigned)part ? (double)(random_next(&random) % 21) - 10 : 0;
    pattern_keep(&p, words, count, kept);
    assert_true(obeys(&p, kept, count));
    for (int i = 0; i < count; i++) {
      left[i] = kept[i] ? words[i] : 0;
      again[i] = words[i] < 0 || words[i] > 0;
    }
    assert_int_equal(pattern_offence(&p, left, count, &rank), -1);
    assert_int_equal(pattern_offence(&p, words, count, &rank) < 0, obeys(&p, again, count));
    pattern_keep(&p, left, count, again);
    assert_memory_equal(again, kept, (size_t)count * sizeof *kept);
  }
}

static void test_offence(void **state) {
  (void)state;
  int rank = -1;
  Pattern p = pattern_of("hss:1:2/2:4");
  double words[16] = {0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
  assert_int_equal(pattern_offence(&p, words, 16, &rank), -1);
  words[13] = 1; // a second block of the group from word 8 on
  assert_int_equal(pattern_offence(&p, words, 16, &rank), 8);
  assert_int_equal(rank, 1);
  words[0] = 1; // a third word of the block from word 0 on
  assert_int_equal(pattern_offence(&p, words, 16, &rank), 0);
  assert_int_equal(rank, 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_parse), cmocka_unit_test(test_keep),
                                     cmocka_unit_test(test_random), cmocka_unit_test(test_offence)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
