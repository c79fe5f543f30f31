// Times: measured, kept in PLACE/times.json, judged when the page is written.
#include "harness/bench/timing.h"
#include "gen/base/error.h"
#include "harness/base/progress.h"
#include "harness/bench/bench.h"
#include "harness/bench/text.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GEN_TURNS = 5 };

// Runs a command in a folder of its own, and says how long it took. Negative after a message.
static double seconds_of(Bench *b, const char *name, const char *command) {
  const char *folder = place_folder(b, name);
  Task task = {.folder = folder, .command = command};
  double began = seconds_now();
  if (!folder || !tasks_run(name, bench_path(b, "program/bin/lacuna"), &task, 1)) return -1;
  double took = seconds_now() - began;
  if (task.status == 0) return took;
  fprintf(stderr, "%s: failed: `%s`: %s\n", b->kind->name, command, text_last_line(task_said(&task)));
  return -1;
}

static bool forget_models(const Bench *b, const char *which) {
  const char *models = bench_path(b, "build/models");
  const char *names = !strcmp(which, "cold") ? "" : "/[0-9a-f][0-9a-f][0-9a-f][0-9a-f]*"; // named by a hash
  if (!strcmp(which, "-")) return true;
  return system(text_of("rm -rf '%s'%s && mkdir -p '%s'", models, names, models)) == 0 ||
         error_at(models, 0, 0, "the cache of models can't be emptied");
}

static double measure_build(Bench *b, const TableRow *row) {
  if (!forget_models(b, row->cell[3])) return -1;
  return seconds_of(b, text_of("time/%d", row->line),
                    text_of("lacuna run configs/%s.yaml --a random:1x1:1 --b random:1x1:1", row->cell[1]));
}

static double measure_gen(Bench *b, const TableRow *row) {
  double sum = 0;
  for (int turn = 0; turn < GEN_TURNS; turn++) {
    double took = seconds_of(b, text_of("time/%d_%d", row->line, turn),
                             text_of("lacuna gen configs/%s.yaml -o bundle", row->cell[1]));
    if (took < 0) return took;
    sum += took;
  }
  return sum / GEN_TURNS;
}

static double measure_speed(Bench *b, const TableRow *row) {
  const char *name = text_of("time/%d", row->line), *why = "there is no report";
  const char *command =
      text_of("lacuna run configs/%s.yaml %s --out-type int8 --json report.json", row->cell[1], row->cell[3]);
  if (seconds_of(b, name, command) < 0) return -1;
  Run run = {.rtl = !strstr(command, "--sim model")};
  json_t *report = json_load_file(bench_path(b, text_of("%s/report.json", name)), 0, NULL);
  if (report && run_take(&run, report, &why)) return run_real(&run, "sim_cycles_per_s");
  fprintf(stderr, "%s: failed: `%s`: %s\n", b->kind->name, command, why);
  return -1;
}

static double measure_ratio(Bench *b, const TableRow *row) {
  const Times *t = &b->times;
  if (t->count >= 2) return t->list[t->count - 1].value / t->list[t->count - 2].value;
  error_at(row->file, row->line, 0, "a ratio needs two figures above it");
  return -1;
}

static double measure_pack(Bench *b, const TableRow *row) {
  cpu_set_t all, one;
  CPU_ZERO(&one);
  CPU_SET(0, &one);
  bool bound = !sched_getaffinity(0, sizeof all, &all) && !sched_setaffinity(0, sizeof one, &one);
  double took = seconds_of(b, text_of("time/%d", row->line),
                           text_of("lacuna pack configs/%s.yaml %s -o packed.bin", row->cell[1], row->cell[3]));
  if (bound && !sched_setaffinity(0, sizeof all, &all)) return took;
  error_at(NULL, 0, 0, "packing can't be bound to one core");
  return -1;
}

static const struct {
  const char *kind, *unit;
  double (*measure)(Bench *b, const TableRow *row); // negative after a message
} kinds[] = {
    {"build", "s", measure_build},     {"gen", "s", measure_gen},   {"speed", "cycles/s", measure_speed},
    {"ratio", "times", measure_ratio}, {"pack", "s", measure_pack},
};

static bool measure(Bench *b, const TableRow *row) {
  Times *t = &b->times;
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (strcmp(kinds[i].kind, row->cell[0]) != 0) continue;
    double value = kinds[i].measure(b, row);
    t->list = text_grow(t->list, t->count, &t->room, sizeof *t->list);
    t->list[t->count++] = (Time){row->cell[2], row->cell[1], kinds[i].unit, value};
    return value >= 0;
  }
  return error_at(row->file, row->line, 0, "`%s` is none of build, gen, speed, ratio, pack", row->cell[0]);
}

// ---- kept for the next page of the same runs

json_t *times_json(const Times *t) {
  json_t *list = json_array();
  for (size_t i = 0; i < t->count; i++)
    json_array_append_new(list, json_pack("{s:s, s:s, s:f, s:s}", "figure", t->list[i].figure, "config",
                                          t->list[i].config, "value", t->list[i].value, "unit", t->list[i].unit));
  return json_pack("{s:f, s:i, s:o}", "load", t->load, "cores", t->cores, "figures", list);
}

static bool read_times(Bench *b) {
  const char *path = bench_path(b, "times.json");
  json_t *json = json_load_file(path, 0, NULL), *item;
  size_t i;
  if (!json) return error_at(path, 0, 0, "there are no times of a last run; run without --from-reports");
  Times *t = &b->times;
  t->load = json_number_value(json_object_get(json, "load"));
  t->cores = (int)json_integer_value(json_object_get(json, "cores"));
  json_array_foreach(json_object_get(json, "figures"), i, item) {
    t->list = text_grow(t->list, t->count, &t->room, sizeof *t->list);
    Time *time = &t->list[t->count++];
    if (json_unpack(item, "{s:s, s:s, s:f, s:s}", "figure", &time->figure, "config", &time->config, "value",
                    &time->value, "unit", &time->unit))
      return error_at(path, 0, 0, "not what this program writes; run without --from-reports");
  }
  return true;
}

bool times_measure(Bench *b) {
  bool kept = b->again || (b->resume && access(bench_path(b, "times.json"), R_OK) == 0);
  if (kept && !b->time_anew) return read_times(b);
  b->times.cores = (int)sysconf(_SC_NPROCESSORS_ONLN);
  if (getloadavg(&b->times.load, 1) != 1) b->times.load = -1;
  if (!b->sample)
    for (const TableRow *row = table_next(&b->table, "times", NULL); row; row = table_next(&b->table, "times", row))
      if (!measure(b, row)) return false;
  const char *path = bench_path(b, "times.json");
  return !json_dump_file(times_json(&b->times), path, JSON_INDENT(2)) || error_at(path, 0, 0, "writing failed");
}

// ---- the table

// The limit of row i; false if nothing is required.
static bool read_limit(const Bench *b, const TableRow *row, size_t i, Sign *sign, double *limit) {
  int count;
  char **words = text_words(row->cell[4], &count), *end;
  if (count != 2 || !sign_read(words[0], sign)) return false;
  bool above = !strcmp(words[1], "above");
  *limit = above ? b->times.list[i ? i - 1 : 0].value : strtod(words[1], &end);
  return true;
}

static const char *value_text(const Time *time) {
  return text_of(strcmp(time->unit, "s") ? "%.0f" : time->value < 1 ? "%.3f" : "%.2f", time->value);
}

static void write_row(Bench *b, FILE *out, const TableRow *row, size_t i) {
  const Time *time = &b->times.list[i];
  Verdict verdict = {0};
  Sign sign;
  double limit;
  const char *required = "-";
  if (read_limit(b, row, i, &sign, &limit)) {
    figure_timed(&b->figures, &verdict, time->figure, time->config, time->value, sign, limit, row->cell[5]);
    required = text_of("%s %.0f", sign == AT_MOST ? "<=" : ">=", limit);
    if (limit < 1) required = text_of("%s %g", sign == AT_MOST ? "<=" : ">=", limit);
  }
  fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", time->figure, time->config, value_text(time), time->unit, required,
          verdict_text(&verdict));
}

void times_table(Bench *b, FILE *out) {
  size_t i = 0;
  if (!b->times.count) {
    fputs("Not timed in a sample.\n", out);
    return;
  }
  fprintf(out, "Wall time on %d cores, one after the other; load average at the start %s", b->times.cores,
          b->times.load < 0 ? "unknown" : text_of("%.2f", b->times.load));
  fputs(b->times.load > 0.5 ? ": **a loaded machine**, so speeds are too low and times too long.\n\n" : ".\n\n", out);
  table_head(out, "figure | configuration | value | unit | required | reached");
  for (const TableRow *row = table_next(&b->table, "times", NULL); row && i < b->times.count; i++) {
    write_row(b, out, row, i);
    row = table_next(&b->table, "times", row);
  }
}
