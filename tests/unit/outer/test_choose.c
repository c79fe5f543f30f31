// The mode that is chosen for the outer-product engine, and how A lies: what the cycle model says takes least.
#include "gen/spec/spec.h"
#include "harness/choose/choose.h"
#include "tests/unit/support.h"

typedef struct Case {
  const char *words; // of the command line
  Mode mode;
  bool compressed; // A
} Case;

// Zeros of A cost nothing to skip, so auto never leaves them in; sizes are multiples of a tile but where zeros of a
// margin are the only ones to skip.
static const Case cases[] = {
    {"run --a random:128x256:1 --b random:256x128:1", MODE_A, false},
    {"run --a random:128x256:0.4 --b random:256x128:1", MODE_A, false},
    {"run --a random:128x256:1 --b random:256x128:0.4", MODE_AB, false},
    {"run --a random:128x256:0.4 --b random:256x128:0.4", MODE_AB, true},
    {"run --a random:3x256:1 --b random:256x128:1", MODE_A, false},
    {"run --a random:128x256:1 --b random:256x5:1", MODE_AB, false},
    {"run --a random:128x256:0.4 --b random:256x128:0.4 --mode dense --a-format dense", MODE_DENSE, false},
    {"run --a random:128x256:1 --b random:256x128:1 --mode ab --a-format compressed", MODE_AB, true},
    {"run --a random:128x256:1 --b random:256x128:0 --mode b", MODE_B, false},
    {"run --a random:128x1024:0.1 --b random:1024x128:0.1", MODE_AB, true},
    {"conv --input random:32x9x9:0.3 --weight random:64x32x3x3:0.3 --pad 1", MODE_AB, false},
};

static void check_case(const Case *c, const Plan *plan) {
  char text[256], *words[24] = {"lacuna"};
  int count = 1;
  Options options;
  Workload workload = {0};
  Chosen chosen = {0};
  snprintf(text, sizeof text, "%s", c->words);
  for (char *word = strtok(text, " "); word && count < 22; word = strtok(NULL, " ")) {
    words[count++] = word;
    if (count == 2) words[count++] = "configs/outer_128.yaml";
  }
  assert_int_equal(options_parse(count, words, &options), PARSE_RUN);
  assert_true(workload_load(&options, plan, &workload));
  int modes = choose_modes(&options, plan);
  assert_int_equal(choose_image(&options, plan, &workload, modes, &chosen), EXIT_CORRECT);
  const Job *job = &chosen.image.job;
  if (job->mode != c->mode) fail_msg("%s: mode %s", c->words, plan_mode(plan, job->mode)->word);
  assert_int_equal(job->reg[JOB_MODE], c->mode);
  if (job->reg[JOB_A_FORMAT] != c->compressed) fail_msg("%s: A is%s compressed", c->words, c->compressed ? " not" : "");
  assert_int_equal(chosen.image.bytes[REGION_M] > 0, c->mode == MODE_B || c->mode == MODE_AB);
  assert_int_equal(chosen.image.bytes[REGION_AM] > 0, c->compressed);
  if (strstr(c->words, "--a-format compressed")) // of each row two tiles with bitmaps of 16 sets
    assert_int_equal(chosen.image.bytes[REGION_AM], 128 * (2 + 16 * 2));
  assert_int_equal(job->reg[JOB_M_BYTES], chosen.image.bytes[REGION_M]);
  for (int mode = 0; mode < MODES_MOST; mode++) {
    const Trial *trial = &chosen.trials[mode];
    assert_true(!trial->done || modes >> mode & 1);
    assert_true(!trial->done || trial->cycles >= chosen.predicted[COUNTER_CYCLES]);
  }
  assert_int_equal(chosen.trials[c->mode].cycles, chosen.predicted[COUNTER_CYCLES]);
  image_free(&chosen.image);
  workload_free(&workload);
}

static void test_chosen(void **state) {
  (void)state;
  Spec spec;
  Plan plan;
  assert_true(spec_read("configs/outer_128.yaml", &spec) && plan_make(&spec, &plan));
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    check_case(&cases[i], &plan);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_chosen)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
