// Works, runs and what their reports say.
#include "harness/bench/runs.h"
#include "harness/bench/text.h"

#include <string.h>

void runs_add(Runs *r, Work work, const char *configurations) {
  int count;
  char **names = text_words(configurations, &count);
  work.first = (int)r->run_count;
  work.count = count;
  for (int i = 0; i < count; i++) {
    Run run = {.work = (int)r->work_count, .config = names[i], .rtl = work.rtl};
    char *colon = strchr(names[i], ':');
    *colon = '\0';
    run.mode = colon + 1;
    bool has_mode = strcmp(run.mode, "-") != 0;
    run.command = text_of("lacuna %s configs/%s.yaml %s%s%s --out-type %s%s", work.verb, run.config, work.operands,
                          has_mode ? " --mode " : "", has_mode ? run.mode : "", work.int32 ? "int32" : "int8",
                          run.rtl ? "" : " --sim model");
    r->runs = text_grow(r->runs, r->run_count, &r->run_room, sizeof *r->runs);
    r->runs[r->run_count++] = run;
  }
  r->works = text_grow(r->works, r->work_count, &r->work_room, sizeof *r->works);
  r->works[r->work_count++] = work;
}

// ---- reports

static const json_t *field(const json_t *report, const char *name) {
  const char *dot = strchr(name, '.');
  return dot ? json_object_get(json_object_get(report, text_of("%.*s", (int)(dot - name), name)), dot + 1)
             : json_object_get(report, name);
}

int64_t run_number(const Run *run, const char *name) {
  return (int64_t)json_integer_value(field(run->report, name));
}

double run_real(const Run *run, const char *name) {
  return json_number_value(field(run->report, name));
}

static const char *word(const json_t *report, const char *name) {
  const char *text = json_string_value(json_object_get(report, name));
  return text ? text : "-";
}

static bool is_whole(const json_t *report) {
  static const char *const names[] = {"m",       "n",       "k",          "cycles",  "engine_cycles", "dense_cycles",
                                      "bytes.a", "bytes.b", "bytes.meta", "bytes.c", "model.cycles"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (!json_is_integer(field(report, names[i]))) return false;
  return true;
}

// Sums; the shape is that of the last layer.
static bool take_layers(Run *run, json_t *report, json_t *layers, const char **why) {
  Run sum = *run;
  size_t i;
  json_t *layer;
  json_array_foreach(layers, i, layer) {
    if (!run_take(run, layer, why)) return false;
    sum.cycles += run->cycles, sum.engine += run->engine, sum.dense += run->dense;
    sum.bytes_a += run->bytes_a, sum.bytes_b += run->bytes_b;
    sum.bytes_meta += run->bytes_meta, sum.bytes_c += run->bytes_c;
  }
  sum.m = run->m, sum.n = run->n, sum.k = run->k;
  sum.taken = run->taken, sum.packing = run->packing;
  sum.density_a = run->density_a, sum.density_b = run->density_b;
  sum.report = report;
  *run = sum;
  return true;
}

bool run_take(Run *run, json_t *report, const char **why) {
  json_t *layers = json_object_get(report, "layers");
  if (layers) return take_layers(run, report, layers, why);
  run->report = report;
  *why = "the report is not whole";
  if (!is_whole(report)) return false;
  run->m = run_number(run, "m"), run->n = run_number(run, "n"), run->k = run_number(run, "k");
  run->cycles = run_number(run, "cycles"), run->engine = run_number(run, "engine_cycles");
  run->dense = run_number(run, "dense_cycles");
  run->bytes_a = run_number(run, "bytes.a"), run->bytes_b = run_number(run, "bytes.b");
  run->bytes_meta = run_number(run, "bytes.meta"), run->bytes_c = run_number(run, "bytes.c");
  run->density_a = run_real(run, "density_a"), run->density_b = run_real(run, "density_b");
  run->taken = word(report, "mode");
  run->packing = word(report, "packing");
  *why = text_of("%lld cycles, %lld of them the engine's; the cycle model gives %lld and %lld", (long long)run->cycles,
                 (long long)run->engine, (long long)run_number(run, "model.cycles"),
                 (long long)run_number(run, "model.engine_cycles"));
  if (run_number(run, "model.cycles") != run->cycles || run_number(run, "model.engine_cycles") != run->engine)
    return false;
  *why = "a value is wrong";
  return !run->rtl || json_is_true(json_object_get(report, "match"));
}

int64_t run_bytes(const Run *run) {
  return run->bytes_a + run->bytes_b + run->bytes_meta + run->bytes_c;
}

const char *run_by(const Run *run) {
  return run->rtl ? "RTL" : "model";
}

const char *run_shape(const Run *run) {
  return text_of("%lld x %lld x %lld", (long long)run->m, (long long)run->n, (long long)run->k);
}

// ---- finding

const Work *run_work(const Runs *runs, const Run *run) {
  return &runs->works[run->work];
}

const Run *work_run(const Runs *runs, const Work *work, const char *config, const char *mode) {
  for (int i = 0; work && i < work->count; i++) {
    const Run *run = &runs->runs[work->first + i];
    if ((!*config || !strcmp(run->config, config)) && (!*mode || !strcmp(run->mode, mode))) return run;
  }
  return NULL;
}

const Work *work_next(const Runs *runs, const char *table, const Work *work) {
  size_t at = work ? (size_t)(work - runs->works) + 1 : 0;
  for (; at < runs->work_count; at++)
    if (!runs->works[at].refused && (!table || !strcmp(runs->works[at].table, table))) return &runs->works[at];
  return NULL;
}

const Work *work_find(const Runs *runs, const char *table, const char *group, const char *name, const char *wanted) {
  for (const Work *w = work_next(runs, table, NULL); w; w = work_next(runs, table, w))
    if (!strcmp(w->group, group) && !strcmp(w->name, name) && (!wanted || !strcmp(w->wanted, wanted))) return w;
  return NULL;
}

// ---- JSON

static json_t *run_json(const Runs *runs, const Run *run) {
  const Work *work = run_work(runs, run);
  json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "table", work->table, "group", work->group, "work",
                           work->name, "wanted", work->wanted, "config", run->config, "command", run->command);
  json_t *more =
      json_pack("{s:s, s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "by", run_by(run), "mode", run->taken, "cycles",
                (json_int_t)run->cycles, "engine_cycles", (json_int_t)run->engine, "dense_cycles",
                (json_int_t)run->dense, "bytes_a", (json_int_t)run->bytes_a, "bytes_b", (json_int_t)run->bytes_b,
                "bytes_meta", (json_int_t)run->bytes_meta, "bytes_c", (json_int_t)run->bytes_c);
  json_object_update_missing(json, more);
  json_decref(more);
  return json;
}

json_t *runs_json(const Runs *runs) {
  json_t *list = json_array();
  for (size_t i = 0; i < runs->run_count; i++)
    if (!run_work(runs, &runs->runs[i])->refused) json_array_append_new(list, run_json(runs, &runs->runs[i]));
  return list;
}
