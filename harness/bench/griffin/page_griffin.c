// The Griffin engine: its works, and which table stands where.
#include "gen/base/error.h"
#include "harness/bench/griffin/griffin.h"
#include "harness/bench/layers.h"
#include "harness/bench/operands.h"
#include "harness/bench/text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// reference: configuration | mode | design | density of A | of B | paper | beyond | by
// ablation: mode | distances
static const TableSection sections[] = {{"reference", 8}, {"ablation", 2}, {0}};

static const char layer_runs[] =
    "dense_1024:dense griffin_1024:dense griffin_1024:a griffin_1024:b griffin_1024:ab griffin_1024:auto";

// ---- configurations that nothing else has
//
// b_2_0_1, a_2_1_1_plain, ab_2_0_1_0_1: letters of the modes, distances; "plain" without the shuffle, "run_on" with
// windows that run on, "small" with the tile of griffin_64; all else as griffin_1024.

static const char *window_text(const char *name) {
  int d[5] = {0};
  if (sscanf(name, "ab_%d_%d_%d_%d_%d", &d[0], &d[1], &d[2], &d[3], &d[4]) == 5)
    return text_of("sparse_ab: {da1: %d, da2: %d, db1: %d, db2: %d, db3: %d}", d[0], d[1], d[2], d[3], d[4]);
  if (sscanf(name + 1, "_%d_%d_%d", &d[0], &d[1], &d[2]) == 3)
    return text_of("sparse_%c: {d1: %d, d2: %d, d3: %d}", *name, d[0], d[1], d[2]);
  return NULL;
}

static bool make_config(Bench *b, const char *name) {
  const char *path = bench_path(b, text_of("configs/%s.yaml", name)), *window = window_text(name);
  if (!access(path, R_OK)) return true;
  FILE *file = window ? fopen(path, "w") : NULL;
  if (!file)
    return error_at(NULL, 0, 0, "there is no configuration `%s`; expected one of configs/ or LETTERS_DISTANCES", name);
  const char *tile =
      strstr(name, "_small") ? "{m: 2, n: 4, k: 8}" : "{m: 4, n: 16, k: 16}\nbuffers: {a_kib: 512, b_kib: 256}";
  fprintf(file, "engine: sparse_%.*s\ntile: %s\n%s\nwindow: {shuffle: %s%s}\n", (int)strcspn(name, "_"), name, tile,
          window, strstr(name, "_plain") ? "false" : "true", strstr(name, "_run_on") ? ", run_on: true" : "");
  return !fclose(file) || error_at(path, 0, 0, "writing failed");
}

// ---- works

static bool list_reference(Bench *b) {
  static const int ks[] = {1152, 4608};
  for (const TableRow *row = table_next(&b->table, "reference", NULL); row;
       row = table_next(&b->table, "reference", row)) {
    char **cell = row->cell;
    if (!bench_wants(b, row)) continue;
    if (!make_config(b, cell[0])) return false;
    for (int i = 0; i < (b->sample ? 1 : 2); i++) {
      Work work = {.table = "reference", .group = cell[2], .times = 1, .verb = "run"};
      work.name = text_of("%s %s", cell[3], cell[4]);
      work.wanted = text_of("%s %s", cell[5], cell[6]);
      work.rtl = i == 0 && bench_rtl(b, row, 7);
      work.operands = text_of("--a random:512x%d:%s:%d --b random:%dx512:%s:%d", ks[i], cell[3], 2 * i + 1, ks[i],
                              cell[4], 2 * i + 2);
      runs_add(&b->runs, work, text_of("%s:%s", cell[0], cell[1]));
    }
  }
  return true;
}

// Uniform zeros and whole channels, each with the shuffle and without.
static bool ablate(Bench *b, const char *mode, const char *distances) {
  static const char *const zeros[2][2] = {{"random:128x1152:0.45:5", "random:1152x128:0.2:6"},
                                          {"operands/a_channels.mtx", "operands/b_channels.mtx"}};
  char *name = text_of("%s_%s", mode, distances);
  for (char *comma = name; (comma = strchr(comma, ','));)
    *comma = '_';
  for (int i = 0; i < 4; i++) {
    bool plain = i / 2, channels = i % 2;
    const char *config = text_of("%s%s", name, plain ? "_plain" : "");
    const char *a = !strcmp(mode, "b") ? "random:128x1152:1:7" : zeros[channels][0];
    const char *of_b = !strcmp(mode, "a") ? "random:1152x128:1:8" : zeros[channels][1];
    Work work = {.table = "ablation", .group = mode, .name = distances, .times = 1, .verb = "run"};
    work.wanted = text_of("%s_%s", channels ? "channels" : "uniform", plain ? "plain" : "shuffled");
    work.operands = text_of("--a %s --b %s", a, of_b);
    if (!make_config(b, config)) return false;
    runs_add(&b->runs, work, text_of("%s:%s", config, mode));
  }
  return true;
}

static bool list_ablation(Bench *b) {
  static const ChannelZeros of_b = {1152, 128, 0, 128, 0.2, 1}, of_a = {128, 1152, 1, 128, 0.45, 2};
  if (!operand_channels(&of_b, bench_path(b, "operands/b_channels.mtx")) ||
      !operand_channels(&of_a, bench_path(b, "operands/a_channels.mtx")))
    return false;
  for (const TableRow *row = table_next(&b->table, "ablation", NULL); row; row = table_next(&b->table, "ablation", row))
    if (bench_wants(b, row) && !ablate(b, row->cell[0], row->cell[1])) return false;
  return true;
}

static void add_layer(Bench *b, const char *table, const char *group, const Layer *layer, const char *runs) {
  Work work = {.table = table, .group = group, .name = layer->name, .wanted = "-", .times = 1};
  work.verb = layer->verb;
  work.operands = layer->operands;
  runs_add(&b->runs, work, runs);
}

static bool list_real(Bench *b) {
  static const char *const made[] = {"b_8_0_1", "b_8_0_1_run_on", "b_8_0_1_small", "b_8_0_1_small_run_on"};
  Layers real = {0}, patterns = {0};
  if (!layers_real(b, &real) || !layers_patterns(b, &patterns)) return false;
  for (size_t i = 0; i < sizeof made / sizeof *made; i++)
    if (!make_config(b, made[i])) return false;
  for (size_t i = 0, run_on = 0; i < real.count && !layers_enough(b, (int)run_on); i++) {
    const Layer *layer = &real.list[i];
    add_layer(b, "real", text_of("%s, %s", layer->model, layer->kind), layer, layer_runs);
    if (strcmp(layer->kind, "1x1") != 0 || layer->zeros <= 0.5) continue;
    add_layer(b, "run_on", "1024 multipliers", layer, "b_8_0_1:b b_8_0_1_run_on:b");
    add_layer(b, "run_on", "64 multipliers", layer, "b_8_0_1_small:b b_8_0_1_small_run_on:b");
    run_on++;
  }
  for (size_t i = 0; i < patterns.count && !layers_enough(b, (int)i); i++)
    add_layer(b, "patterns", text_of("%s, %s", patterns.list[i].model, patterns.list[i].kind), &patterns.list[i],
              layer_runs);
  return true;
}

static bool list(Bench *b) {
  b->state = calloc(1, sizeof(Griffin));
  return b->state && list_reference(b) && list_ablation(b) && layers_of_networks(b, layer_runs, true, false) &&
         list_real(b);
}

// ---- which table stands where

static bool fill(Bench *b, FILE *out, char **words, int count) {
  const char *table = words[0], *of = count > 1 ? words[1] : "";
  bool left_out = !work_next(&b->runs, "real", NULL) && (!strcmp(of, "real") || !strcmp(of, "patterns"));
  if (left_out || (!strcmp(table, "@run_on") && !work_next(&b->runs, "run_on", NULL)))
    fputs("Left out: there is no LACUNA_DATA.\n", out);
  else if (!strcmp(table, "@reference"))
    griffin_reference(b, out);
  else if (!strcmp(table, "@claims"))
    griffin_claims(b, out);
  else if (!strcmp(table, "@ablation"))
    griffin_ablation(b, out, of);
  else if (!strcmp(table, "@groups"))
    griffin_groups(b, out, of);
  else if (!strcmp(table, "@networks"))
    griffin_networks(b, out);
  else if (!strcmp(table, "@run_on"))
    griffin_run_on(b, out);
  else if (!strcmp(table, "@patterns"))
    griffin_patterns(b, out);
  else if (!strcmp(table, "@overlap"))
    griffin_overlaps(b, out);
  else
    return false;
  return true;
}

// ---- griffin.json: a work a line, its runs by mode

static json_t *run_json(const Run *run) {
  return json_pack("{s:s, s:s, s:I, s:I, s:I, s:I}", "sim", run->rtl ? "verilator" : "model", "mode", run->taken,
                   "cycles", (json_int_t)run->cycles, "engine_cycles", (json_int_t)run->engine, "dense_cycles",
                   (json_int_t)run->dense, "bytes", (json_int_t)run_bytes(run));
}

static json_t *json(Bench *b) {
  json_t *list_json = json_array();
  for (const Work *work = work_next(&b->runs, NULL, NULL); work; work = work_next(&b->runs, NULL, work)) {
    const Run *last = &b->runs.runs[work->first + work->count - 1];
    json_t *runs = json_object();
    for (int i = 0; i < work->count; i++) {
      const Run *run = &b->runs.runs[work->first + i];
      const char *key = !strcmp(run->config, "dense_1024") ? run->config
                        : strstr(run->config, "_run_on")   ? "on"
                                                           : run->mode;
      json_object_set_new(runs, key, run_json(run));
    }
    json_array_append_new(list_json, json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s, s:o}", "table", work->table,
                                               "group", work->group, "work", work->name, "wanted", work->wanted,
                                               "times", work->times, "config", last->config, "command",
                                               text_of("%s %s", work->verb, work->operands), "runs", runs));
  }
  return list_json;
}

static const PageKind page = {.name = "griffin",
                              .engine = "griffin",
                              .sections = sections,
                              .list = list,
                              .judge = griffin_judge,
                              .fill = fill,
                              .json = json};

const PageKind *const pages_griffin[] = {&page, NULL};
