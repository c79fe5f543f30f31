// Ways of merging products, blocks, tiles and windows of the outer-product engine: the tables of
// docs/engines/outer-merge.md.
#include "gen/base/error.h"
#include "harness/bench/layers.h"
#include "harness/bench/operands.h"
#include "harness/bench/outer/merge_play.h"
#include "harness/bench/outer/outer.h"
#include "harness/bench/text.h"

#include <stdlib.h>
#include <string.h>

// random: name | A | B | tables; pruned: name | share of zeros | tables; matrices: name | tables
// blocks, window, agree: configuration | keys of outer. Tables: those of ways, agree, blocks, window that it is in.
static const TableSection sections[] = {
    {"random", 4}, {"pruned", 3}, {"matrices", 2}, {"blocks", 2}, {"window", 2}, {"agree", 2}, {0}};

static const char *const sweeps[] = {"agree", "blocks", "window"};
enum { SWEEPS = 3, MULTIPLIERS = 128 };

typedef struct Pair { // operands
  const char *group, *name, *a, *b;
  json_t *rows; // of merge_play
} Pair;

typedef struct Merge {
  Pair *pairs; // that are played
  size_t count, room;
} Merge;

// ---- works

static bool make_configs(Bench *b) {
  for (int i = 0; i < SWEEPS; i++)
    for (const TableRow *r = table_next(&b->table, sweeps[i], NULL); r; r = table_next(&b->table, sweeps[i], r)) {
      const char *path = bench_path(b, text_of("configs/%s.yaml", r->cell[0]));
      FILE *file = fopen(path, "w");
      if (!file || fprintf(file, "engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {%s}\n", r->cell[1]) < 0 ||
          fclose(file))
        return error_at(path, 0, 0, "can't be written");
    }
  return true;
}

static void add_pair(Bench *b, const Pair *pair, const char *tables) {
  Merge *m = b->state;
  if (strstr(tables, "ways")) {
    m->pairs = text_grow(m->pairs, m->count, &m->room, sizeof *m->pairs);
    m->pairs[m->count++] = *pair;
  }
  for (int i = 0; i < SWEEPS; i++) {
    if (!strstr(tables, sweeps[i])) continue;
    const char *runs = "";
    for (const TableRow *r = table_next(&b->table, sweeps[i], NULL); r; r = table_next(&b->table, sweeps[i], r))
      if (bench_wants(b, r)) runs = text_of("%s%s:- ", runs, r->cell[0]);
    Work work = {.table = sweeps[i], .group = pair->group, .name = pair->name, .wanted = "-", .times = 1};
    work.verb = "run";
    work.int32 = true;
    work.operands = text_of("--a %s --b %s", pair->a, pair->b);
    runs_add(&b->runs, work, runs);
  }
}

static void list_random(Bench *b) {
  for (const TableRow *r = table_next(&b->table, "random", NULL); r; r = table_next(&b->table, "random", r))
    if (bench_wants(b, r))
      add_pair(b, &(Pair){.group = r->cell[0], .name = r->cell[0], .a = r->cell[1], .b = r->cell[2]}, r->cell[3]);
}

// Layers pruned by magnitude, times activations of density .55.
static bool list_pruned(Bench *b) {
  Layers all = {0};
  if (b->sample) return true;
  if (!layers_patterns(b, &all)) return false;
  for (const TableRow *r = table_next(&b->table, "pruned", NULL); r; r = table_next(&b->table, "pruned", r))
    for (size_t i = 0; i < all.count; i++) {
      const Layer *layer = &all.list[i];
      const char *k = strchr(layer->operands, 'x');
      if (strcmp(layer->kind, "magnitude_pruning") != 0 || strcmp(text_words(layer->name, NULL)[0], r->cell[1]) != 0)
        continue;
      Pair pair = {.group = r->cell[0], .name = text_of("%s, %s", layer->model, layer->name), .b = layer->weight};
      pair.a = text_of("random:256x%d:.55:1", atoi(k + 1));
      add_pair(b, &pair, r->cell[2]);
    }
  return true;
}

// Matrices times their transposes.
static bool list_matrices(Bench *b) {
  for (const TableRow *r = table_next(&b->table, "matrices", NULL); r && b->has_data;
       r = table_next(&b->table, "matrices", r)) {
    const char *name = r->cell[0], *from = bench_path(b, text_of("data/matrices/%s.mtx", name));
    Pair pair = {.group = name, .name = name, .a = text_of("operands/%s.mtx", name)};
    pair.b = text_of("operands/turned_%s.mtx", name);
    if (!bench_wants(b, r)) continue;
    if (!operand_matrix(from, false, bench_path(b, pair.a)) || !operand_matrix(from, true, bench_path(b, pair.b)))
      return false;
    add_pair(b, &pair, r->cell[1]);
  }
  return true;
}

static json_t *play(void *user) {
  const Pair *pair = user;
  return merge_play(pair->a, pair->b);
}

static bool play_all(Bench *b) {
  Merge *m = b->state;
  Task *tasks = calloc(m->count + 1, sizeof *tasks);
  bool good = tasks != NULL;
  for (size_t i = 0; good && i < m->count; i++) {
    tasks[i] = (Task){.folder = place_folder(b, text_of("play/%zu", i)), .work = play, .user = &m->pairs[i]};
    tasks[i].command = text_of("ways of merging, %s x %s", m->pairs[i].a, m->pairs[i].b);
    good = tasks[i].folder;
  }
  good = good && tasks_beside(b, "outer_merge, ways", tasks, m->count);
  for (size_t i = 0; good && i < m->count; i++) {
    m->pairs[i].rows = json_load_file(text_of("%s/report.json", tasks[i].folder), 0, NULL);
    good = m->pairs[i].rows || error_at(tasks[i].folder, 0, 0, "there is no report; run without --from-reports");
  }
  free(tasks);
  return good;
}

static bool list(Bench *b) {
  b->state = calloc(1, sizeof(Merge));
  if (!b->state || !make_configs(b)) return false;
  list_random(b);
  return list_pruned(b) && list_matrices(b) && play_all(b);
}

// ---- tables of a row for each way or configuration, a column for each group

typedef struct Grid {
  const char **rows, **columns;
  size_t row_count, row_room, column_count, column_room;
  Means values; // by "row|column"; weighted ones as value times weight, and "row|column|weight"
} Grid;

static void add_name(const char ***names, size_t *count, size_t *room, const char *name) {
  for (size_t i = 0; i < *count; i++)
    if (!strcmp((*names)[i], name)) return;
  *names = text_grow(*names, *count, room, sizeof **names);
  (*names)[(*count)++] = name;
}

// weight 0: values are added up; else their weighted mean.
static void grid_add(Grid *g, const char *row, const char *column, double value, double weight) {
  add_name(&g->rows, &g->row_count, &g->row_room, row);
  add_name(&g->columns, &g->column_count, &g->column_room, column);
  mean_add(&g->values, text_of("%s|%s", row, column), weight > 0 ? value * weight : value);
  if (weight > 0) mean_add(&g->values, text_of("%s|%s|weight", row, column), weight);
}

static void grid_write(const Grid *g, FILE *out, const char *heading, const char *format) {
  const char *head = heading;
  for (size_t c = 0; c < g->column_count; c++)
    head = text_of("%s | %s", head, g->columns[c]);
  table_head(out, head);
  for (size_t r = 0; r < g->row_count; r++) {
    fprintf(out, "| %s", g->rows[r]);
    for (size_t c = 0; c < g->column_count; c++) {
      double sum = mean_of(&g->values, text_of("%s|%s", g->rows[r], g->columns[c])).sum;
      Mean weight = mean_of(&g->values, text_of("%s|%s|weight", g->rows[r], g->columns[c]));
      fputs(" | ", out);
      if (!strcmp(format, "%.0f"))
        fprintf(out, "%.0f", sum);
      else
        fprintf(out, "%.2f", weight.count ? sum / weight.sum : sum);
    }
    fputs(" |\n", out);
  }
}

static const char *way_name(const json_t *row) {
  int banks = (int)json_integer_value(json_object_get(row, "banks"));
  int depth = (int)json_integer_value(json_object_get(row, "depth"));
  const char *way = json_string_value(json_object_get(row, "way"));
  if (!banks) return way;
  return depth ? text_of("%s, %d banks, %d deep", way, banks, depth) : text_of("%s, %d banks", way, banks);
}

static void write_ways(const Merge *m, FILE *out, const char *what) {
  Grid grid = {0};
  bool use = !strcmp(what, "use");
  for (size_t i = 0; i < m->count; i++)
    for (size_t r = 0; r < json_array_size(m->pairs[i].rows); r++) {
      const json_t *row = json_array_get(m->pairs[i].rows, r);
      double weight = use ? json_number_value(json_object_get(row, "cycles")) : 0;
      grid_add(&grid, way_name(row), m->pairs[i].group, json_number_value(json_object_get(row, what)), weight);
    }
  grid_write(&grid, out, what, use ? "%.2f" : "%.0f");
}

static void write_sweep(const Bench *b, FILE *out, const char *table, const char *what) {
  Grid grid = {0};
  bool use = !strcmp(what, "use");
  for (const Work *w = work_next(&b->runs, table, NULL); w; w = work_next(&b->runs, table, w))
    for (int i = 0; i < w->count; i++) {
      const Run *run = &b->runs.runs[w->first + i];
      double products = (double)run_number(run, "mults.issued"), engine = (double)run->engine;
      double value = use ? products / engine / MULTIPLIERS : !strcmp(what, "engine") ? engine : (double)run->cycles;
      grid_add(&grid, run->config, w->group, value, use ? engine : 0);
    }
  grid_write(&grid, out, use ? "use" : text_of("%s cycles", what), use ? "%.2f" : "%.0f");
}

// ---- the study against the cycle model: fullest banks first, 16 banks

static const json_t *built(const Merge *m, const Work *work) {
  for (size_t i = 0; i < m->count; i++) {
    size_t r;
    json_t *row;
    if (strcmp(m->pairs[i].name, work->name) != 0 || strcmp(m->pairs[i].group, work->group) != 0) continue;
    json_array_foreach(m->pairs[i].rows, r,
                       row) if (!strcmp(way_name(row), "fullest banks first, 16 banks")) return row;
  }
  return NULL;
}

static void write_agree(Bench *b, FILE *out) {
  table_head(out,
             "A x B | working cycles, model | study | lost to merge, model | study | waits for A and for room, model "
             "| reached");
  for (const Work *w = work_next(&b->runs, "agree", NULL); w; w = work_next(&b->runs, "agree", w)) {
    const Run *run = &b->runs.runs[w->first];
    const json_t *row = built(b->state, w);
    if (!row) continue;
    long long lost = json_integer_value(json_object_get(row, "merge")), merge = run_number(run, "split.merge");
    long long works = run_number(run, "split.multiply") + run_number(run, "split.imbalance") + merge;
    Verdict verdict = {0};
    figure(&b->figures, &verdict, "lost to merge, model - study", text_of("%s, %s", w->group, w->name),
           (double)llabs(merge - lost));
    fprintf(out, "| %s | %lld | %lld | %lld | %lld | %lld | %s |\n", w->name, works,
            (long long)json_integer_value(json_object_get(row, "working")), merge, lost,
            (long long)(run_number(run, "split.wait_a") + run_number(run, "split.wait_out")), verdict_text(&verdict));
  }
}

static bool fill(Bench *b, FILE *out, char **words, int count) {
  if (!strcmp(words[0], "@ways") && count == 2)
    write_ways(b->state, out, words[1]);
  else if (!strcmp(words[0], "@sweep") && count == 3)
    write_sweep(b, out, words[1], words[2]);
  else if (!strcmp(words[0], "@agree"))
    write_agree(b, out);
  else
    return false;
  return true;
}

// The runs, and what was played.
static json_t *json(Bench *b) {
  const Merge *m = b->state;
  json_t *all = runs_json(&b->runs), *row;
  size_t r;
  for (size_t i = 0; i < m->count; i++)
    json_array_foreach(m->pairs[i].rows, r, row) {
      json_t *line =
          json_pack("{s:s, s:s, s:s}", "table", "ways", "group", m->pairs[i].group, "work", m->pairs[i].name);
      json_object_update(line, row);
      json_array_append_new(all, line);
    }
  return all;
}

const PageKind page_outer_merge = {
    .name = "outer_merge", .engine = "outer", .sections = sections, .list = list, .fill = fill, .json = json};
