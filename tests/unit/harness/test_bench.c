// The benches' rules: what makes a run wrong, when a figure may be missed, what a table must look like, what becomes of
// a child that is killed.
#include "harness/bench/figures.h"
#include "harness/bench/means.h"
#include "harness/bench/runs.h"
#include "harness/bench/tasks.h"
#include "harness/bench/text.h"

#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

// ---- tables and figures

static const TableSection sections[] = {{"required", 3}, {"reasons", 2}, {"missed", 3}, {"works", 2}, {0}};

static bool read_text(const char *text, Table *table) {
  char path[] = "/tmp/lacuna_bench_XXXXXX";
  int file = mkstemp(path);
  assert_true(file >= 0);
  assert_int_equal(write(file, text, strlen(text)), (ssize_t)strlen(text));
  close(file);
  bool good = table_read(text_of("%s", path), sections, NULL, table);
  unlink(path);
  return good;
}

static void test_tables(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool good;
  } cases[] = {
      {"# nothing\n\n[works]\n  a | b  \n* c | d | \n", false}, // three cells
      {"[works]\n a | b\n* c |\n", true},
      {"a | b\n", false},            // before the first section
      {"[other]\na | b\n", false},   // no such section
      {"[works\na | b\n", false},    // not closed
      {"[works] x\na | b\n", false}, // more than a name
      {"", true},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Table table = {0};
    assert_int_equal(read_text(cases[i].text, &table), cases[i].good);
    if (!cases[i].good || table.count == 0) continue;
    const TableRow *row = table_next(&table, "works", NULL);
    assert_string_equal(row->cell[1], "b");
    assert_false(row->sampled);
    row = table_next(&table, "works", row);
    assert_string_equal(row->cell[0], "c");
    assert_string_equal(row->cell[1], "");
    assert_true(row->sampled);
    assert_null(table_next(&table, "works", row));
  }
}

static const char limits[] = "[required]\nslow | <= | 1.05\nfast | >= | 3\n[reasons]\nwhy | it is hard\n[missed]\n";

static void test_figures(void **state) {
  (void)state;
  static const struct {
    const char *missed, *name;
    double value;
    bool reached, good; // good: the page may be written
    const char *verdict;
  } cases[] = {
      {"", "slow", 1.05, true, true, "yes"},
      {"", "fast", 3, true, true, "yes"},
      {"slow | row | why\n", "slow", 1.06, false, true, "NO: slow 1.060, required <= 1.05 (it is hard)"},
      {"fast | row | why\n", "fast", 2.5, false, true, "NO: fast 2.500, required >= 3 (it is hard)"},
      {"", "slow", 1.06, false, false, NULL},                       // missed without a reason
      {"slow | other | why\n", "slow", 1.06, false, false, NULL},   // the reason of another row
      {"slow | row | because\n", "slow", 1.06, false, false, NULL}, // no such reason
      {"slow | row | why\n", "slow", 1.04, true, false, "yes"},     // reached in spite of its reason
      {"slow | row | why\n", "fast", 3, true, false, "yes"},        // a reason, but no such figure
      {"", "none", 1, false, false, NULL},                          // no limit
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Table table = {0};
    Verdict verdict = {0};
    assert_true(read_text(text_of("%s%s", limits, cases[i].missed), &table));
    Figures figures = {.table = &table, .page = "page"};
    assert_int_equal(figure(&figures, &verdict, cases[i].name, "row", cases[i].value), cases[i].reached);
    assert_int_equal(figures_close(&figures, true), cases[i].good);
    if (cases[i].verdict) assert_string_equal(verdict_text(&verdict), cases[i].verdict);
  }
}

// A sample has not all figures; wall time may be reached or not, but has its reason.
static void test_figures_of_a_sample(void **state) {
  (void)state;
  Table table = {0};
  Verdict verdict = {0};
  assert_true(read_text(text_of("%sslow | row | why\n", limits), &table));
  Figures figures = {.table = &table, .page = "page"};
  assert_string_equal(verdict_text(&verdict), "-");
  assert_true(figure_timed(&figures, &verdict, "build", "x", 1, AT_MOST, 2, "why"));
  assert_false(figure_timed(&figures, &verdict, "build", "y", 3, AT_MOST, 2, "why"));
  assert_string_equal(verdict_text(&verdict), "NO: build 3.000, required <= 2 (it is hard)");
  assert_true(figures_close(&figures, false));
  assert_non_null(strstr(figures_summary(&figures), "**1 figures reached, 1 not reached.**"));
  assert_non_null(strstr(figures_summary(&figures), "y, build: 3.000, required <= 2: it is hard"));
  assert_false(figure_timed(&figures, &verdict, "build", "z", 3, AT_MOST, 2, "nothing"));
  assert_false(figures_close(&figures, false));
}

// ---- means

static void test_means(void **state) {
  (void)state;
  Means means = {0};
  assert_string_equal(mean_text(&means, "m"), "-");
  mean_add(&means, "m", 1);
  mean_add(&means, "m", 4);
  mean_add(&means, "other", 100);
  assert_true(fabs(mean_geometric(&means, "m") - 2) < 1e-12);
  assert_true(fabs(mean_arithmetic(&means, "m") - 2.5) < 1e-12);
  assert_int_equal(mean_of(&means, "m").count, 2);
  assert_true(mean_of(&means, "m").most > 3.9 && mean_of(&means, "m").least < 1.1);
  assert_string_equal(mean_text(&means, "m"), "2.00");
}

// ---- runs

static const char report[] =
    "{'m': 1, 'n': 2, 'k': 3, 'cycles': %d, 'engine_cycles': %d, 'dense_cycles': 5, 'mode': 'ab',"
    " 'bytes': {'a': 1, 'b': 2, 'meta': 3, 'c': 4}, 'model': {'cycles': 100, 'engine_cycles': 50}, 'match': %s}";

static char *report_text(int cycles, int engine, const char *match) {
  char *text = text_of(report, cycles, engine, match);
  for (char *c = text; *c; c++)
    if (*c == '\'') *c = '"';
  return text;
}

static bool take(const char *text, bool rtl, Run *run) {
  const char *why;
  *run = (Run){.rtl = rtl};
  return run_take(run, json_loads(text, 0, NULL), &why);
}

static void test_reports(void **state) {
  (void)state;
  static const struct {
    int cycles, engine;
    const char *match;
    bool rtl, right;
  } cases[] = {
      {100, 50, "true", true, true},   {100, 50, "null", false, true}, {100, 50, "false", true, false},
      {100, 50, "null", true, false},  {101, 50, "true", true, false}, {100, 51, "true", true, false},
      {100, 49, "null", false, false},
  };
  Run run;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(take(report_text(cases[i].cycles, cases[i].engine, cases[i].match), cases[i].rtl, &run),
                     cases[i].right);
  assert_true(take(report_text(100, 50, "true"), true, &run));
  assert_int_equal(run_bytes(&run), 10);
  assert_string_equal(run.taken, "ab");
  assert_string_equal(run_shape(&run), "1 x 2 x 3");
  assert_false(take("{\"cycles\": 100}", false, &run));
  const char *good = report_text(100, 50, "true"), *bad = report_text(100, 50, "false");
  assert_true(take(text_of("{\"layers\": [%s, %s]}", good, good), true, &run));
  assert_int_equal(run.cycles, 200);
  assert_int_equal(run_bytes(&run), 20);
  assert_false(take(text_of("{\"layers\": [%s, %s]}", good, bad), true, &run));
}

static void test_works(void **state) {
  (void)state;
  Runs runs = {0};
  Work work = {.table = "t", .group = "g", .name = "n", .wanted = "w", .verb = "run", .operands = "--a A --b B"};
  runs_add(&runs, work, "one:dense two:-");
  work.rtl = work.int32 = true;
  work.name = "other";
  runs_add(&runs, work, "one:b");
  assert_string_equal(runs.runs[0].command,
                      "lacuna run configs/one.yaml --a A --b B --mode dense --out-type int8 --sim model");
  assert_string_equal(runs.runs[1].command, "lacuna run configs/two.yaml --a A --b B --out-type int8 --sim model");
  assert_string_equal(runs.runs[2].command, "lacuna run configs/one.yaml --a A --b B --mode b --out-type int32");
  const Work *found = work_find(&runs, "t", "g", "n", NULL);
  assert_ptr_equal(work_run(&runs, found, "two", ""), &runs.runs[1]);
  assert_null(work_run(&runs, found, "one", "b"));
  runs.works[0].refused = "too large";
  assert_null(work_find(&runs, "t", "g", "n", NULL));
  assert_ptr_equal(work_next(&runs, "t", NULL), &runs.works[1]);
  assert_int_equal(json_array_size(runs_json(&runs)), 1);
}

// ---- children

static json_t *give_number(void *user) {
  return json_pack("{s:i}", "number", *(int *)user);
}

static json_t *give_up(void *user) {
  (void)user;
  puts("first\nlast\n");
  fflush(stdout);
  return NULL;
}

static json_t *die(void *user) {
  (void)user;
  raise(SIGKILL);
  return NULL;
}

static void test_children(void **state) {
  (void)state;
  char folder[] = "/tmp/lacuna_bench_XXXXXX";
  int number = 7;
  assert_non_null(mkdtemp(folder));
  Task tasks[] = {{.folder = folder, .command = "kill", .work = die},
                  {.folder = folder, .command = "fail", .work = give_up},
                  {.folder = folder, .command = "true -n"},
                  {.folder = "/nowhere", .command = "true"},
                  {.folder = folder, .command = "give", .work = give_number, .user = &number}};
  for (size_t i = 0; i < 5; i++)
    assert_true(tasks_run("tasks", "/bin/true", &tasks[i], 1));
  assert_int_equal(tasks[0].status, 128 + SIGKILL);
  assert_int_equal(tasks[1].status, EXIT_FAILURE);
  assert_int_equal(tasks[2].status, 0);
  assert_int_equal(tasks[3].status, 127);
  assert_int_equal(tasks[4].status, 0);
  json_t *json = json_load_file(text_of("%s/report.json", folder), 0, NULL);
  assert_int_equal(json_integer_value(json_object_get(json, "number")), 7);
  Task same = {.folder = folder, .command = "give"}, other = {.folder = folder, .command = "give more"};
  assert_true(task_ended(&same)); // the last one in this folder
  assert_false(task_ended(&other));
  assert_string_equal(text_last_line("first\nlast\n\n"), "last");
  assert_string_equal(text_last_line(""), "nothing");
  unlink(text_of("%s/report.json", folder));
  unlink(text_of("%s/said", folder));
  unlink(text_of("%s/ended", folder));
  assert_int_equal(rmdir(folder), 0);
}

// Those that are skipped do not run, and keep their status; those that begin early do.
static void test_order(void **state) {
  (void)state;
  char folder[] = "/tmp/lacuna_bench_XXXXXX";
  int numbers[] = {1, 2};
  assert_non_null(mkdtemp(folder));
  Task tasks[] = {{.folder = folder, .command = "skipped", .work = die, .skip = true, .status = 5},
                  {.folder = folder, .command = "early", .work = give_number, .user = &numbers[0], .early = true},
                  {.folder = folder, .command = "skipped early", .work = die, .early = true, .skip = true}};
  assert_true(tasks_run("tasks", "/bin/true", tasks, 3));
  assert_int_equal(tasks[0].status, 5);
  assert_int_equal(tasks[1].status, 0);
  assert_int_equal(tasks[2].status, 0);
  assert_true(task_ended(&tasks[1]));
  unlink(text_of("%s/report.json", folder));
  unlink(text_of("%s/said", folder));
  unlink(text_of("%s/ended", folder));
  assert_int_equal(rmdir(folder), 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_tables),   cmocka_unit_test(test_figures), cmocka_unit_test(test_figures_of_a_sample),
      cmocka_unit_test(test_means),    cmocka_unit_test(test_reports), cmocka_unit_test(test_works),
      cmocka_unit_test(test_children), cmocka_unit_test(test_order),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
