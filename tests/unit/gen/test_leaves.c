// rtl/*/signatures.inc are what `make leaves` makes of the leaves, and their formulas are the widths that Yosys finds.
// Run from the project's folder.
#include "gen/leaf/leaves.h"
#include "tests/unit/support.h"

static void test_names(void **state) {
  (void)state;
  const Leaf *leaf;
  for (size_t i = 0; (leaf = leaf_at(i)); i++)
    assert_ptr_equal(leaf_find(leaf->name), leaf); // no name comes twice
  assert_null(leaf_find("lac_no_such"));
}

static void test_committed(void **state) {
  (void)state;
  char command[512];
  snprintf(command, sizeof command, "gen/leaf/signatures.sh %s", test_folder);
  assert_int_equal(system(command), 0);
  snprintf(
      command, sizeof command,
      "for list in rtl/*/leaves.txt; do dir=${list%%/*}; diff -U 9 $dir/signatures.inc %s/${dir#rtl/}.inc 2>&1; done | "
      "(! grep .)",
      test_folder);
  bool same = system(command) == 0;
  if (!same) print_error("`make leaves` writes rtl/*/signatures.inc anew\n");
  assert_true(same);
}

// ---- widths of the samples of rtl/*/leaves.txt, of which test_committed has left Yosys' view

enum { MAX_PARAMS = 64 };

typedef struct Sample {
  const Leaf *leaf;
  const char *names[MAX_PARAMS];
  int64_t values[MAX_PARAMS];
  size_t params, ports;
} Sample;

// The value after " NAME ", or the default.
static int64_t sample_value(const Sample *sample, const char *line, const LeafParam *param) {
  char word[64];
  int64_t value = 0;
  snprintf(word, sizeof word, " %s ", param->name);
  const char *at = strstr(line, word);
  if (at) return strtoll(at + strlen(word), NULL, 10);
  assert_non_null(param->fallback);
  assert_true(formula_eval(param->fallback, sample->names, sample->values, sample->params, &value));
  return value;
}

static Sample sample_begin(const char *line) {
  char name[64];
  assert_int_equal(sscanf(line, "sample %63s", name), 1);
  Sample sample = {.leaf = leaf_find(name)};
  assert_non_null(sample.leaf);
  for (const LeafParam *param = sample.leaf->params; param->name; param++) {
    int64_t value = sample_value(&sample, line, param);
    assert_in_range(value, param->min, param->max);
    assert_true(sample.params < MAX_PARAMS);
    sample.names[sample.params] = param->name;
    sample.values[sample.params++] = value;
  }
  return sample;
}

// A line as "  wire width 5 input 5 \in_data_i"; one bit has no width.
static void check_port(Sample *sample, const char *line) {
  char name[64], direction[8];
  int64_t real = 1, width = 0;
  if (strstr(line, " width ")) real = strtoll(strstr(line, " width ") + 7, &(char *){NULL}, 10);
  const char *rest = strstr(line, "put ");
  assert_non_null(rest);
  assert_int_equal(sscanf(rest, "put %*d \\%63s", name), 1);
  snprintf(direction, sizeof direction, "%s", rest[-1] == 'n' ? "in" : "out");
  const LeafPort *port = leaf_port(sample->leaf, name);
  assert_non_null(port);
  assert_string_equal(port->dir == PORT_IN ? "in" : "out", direction);
  assert_true(formula_eval(port->width, sample->names, sample->values, sample->params, &width));
  if (width != real) print_error("%s, %s: %s\n", sample->leaf->name, name, port->width);
  assert_int_equal(width, real);
  sample->ports++;
}

static void sample_end(const Sample *sample) {
  size_t count = 0;
  while (sample->leaf && sample->leaf->ports[count].name)
    count++;
  assert_int_equal(count, sample->ports);
}

static void test_widths(void **state) {
  (void)state;
  FILE *file = fopen(file_path("ports"), "r");
  assert_non_null(file);
  Sample sample = {0};
  char line[1024];
  size_t samples = 0;
  while (fgets(line, sizeof line, file)) {
    if (strncmp(line, "sample ", 7) == 0) {
      sample_end(&sample);
      sample = sample_begin(line);
      samples++;
    }
    if (strncmp(line, "  wire ", 7) == 0) check_port(&sample, line);
  }
  sample_end(&sample);
  assert_true(samples > 0);
  fclose(file);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_names), cmocka_unit_test(test_committed),
                                     cmocka_unit_test(test_widths)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
