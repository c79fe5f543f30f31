// The engine for structured weights: its works, and the tables of mode dense and compressed A.
#include "harness/bench/hss/hss.h"
#include "harness/bench/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// patterns: configuration | dense one | lanes | runs of K | words of a run | verb | operands | by
// compressed: what bounds | M | N | K | pattern | further options | densities of A | those on the RTL
static const TableSection sections[] = {{"patterns", 8}, {"compressed", 8}, {0}};

// ---- works

static bool list_dense(Bench *b, const Layers *all) {
  static const char both[] = "dense_1024:dense hss_1024:dense";
  if (!layers_of_networks(b, both, false, false)) return false;
  for (size_t i = 0; i < all->count && !layers_enough(b, (int)i); i++) {
    const Layer *layer = &all->list[i];
    Work work = {.table = "layers", .name = layer->name, .wanted = "-", .times = 1, .verb = layer->verb};
    work.group = text_of("%s, %s", layer->model, layer->kind);
    work.operands = layer->operands;
    runs_add(&b->runs, work, both);
  }
  return true;
}

// A of each density, dense and compressed.
static void add_compressed(Bench *b, const TableRow *row) {
  static const char *const formats[] = {"dense", "compressed"};
  char **cell = row->cell, **densities = text_words(cell[6], NULL);
  const char *options = strcmp(cell[5], "-") ? text_of(" %s", cell[5]) : "";
  for (int i = 0; densities[i / 2]; i++) {
    const char *density = densities[i / 2];
    Work work = {.table = "compressed", .group = cell[0], .name = density, .times = 1, .verb = "run"};
    work.wanted = formats[i % 2];
    work.rtl = !b->sample && text_has_word(cell[7], density);
    work.operands = text_of("--a random:%sx%s:%s --b random:%sx%s:1:2 --prune --pattern hss:%s --a-format %s%s",
                            cell[1], cell[3], density, cell[3], cell[2], cell[4], formats[i % 2], options);
    runs_add(&b->runs, work, "hss_1024:b");
  }
}

static void list_compressed(Bench *b) {
  for (const TableRow *row = table_next(&b->table, "compressed", NULL); row;
       row = table_next(&b->table, "compressed", row))
    if (bench_wants(b, row)) add_compressed(b, row);
}

static bool list(Bench *b) {
  Layers all = {0};
  b->state = calloc(1, sizeof(Hss));
  if (!b->state || !layers_real(b, &all) || !layers_patterns(b, &all)) return false;
  if (!hss_list_patterns(b) || !list_dense(b, &all) || !hss_list_pruned(b, &all)) return false;
  list_compressed(b);
  return true;
}

// ---- mode dense against dense_1024

static void judge_dense(Bench *b, const Work *work) {
  const Run *base = work_run(&b->runs, work, "dense_1024", ""), *run = work_run(&b->runs, work, "hss_1024", "");
  double engine = (double)run->engine / (double)base->engine, all = (double)run->cycles / (double)base->cycles;
  const char *scopes[] = {work->group, "all"};
  for (int i = 0; i < 2; i++) {
    mean_add(&b->means, text_of("dense engine %s", scopes[i]), engine);
    mean_add(&b->means, text_of("dense total %s", scopes[i]), all);
  }
  figure(&b->figures, NULL, "dense / dense_1024", text_of("%s, %s", work->group, work->name), fmax(engine, all));
}

static void write_dense_line(const Bench *b, FILE *out, const char *scope) {
  const char *engine = text_of("dense engine %s", scope), *total = text_of("dense total %s", scope);
  fprintf(out, "| %s | %d | %.4f | %.4f | %.4f | %.4f |\n", scope, mean_of(&b->means, total).count,
          mean_arithmetic(&b->means, engine), mean_of(&b->means, engine).most, mean_arithmetic(&b->means, total),
          mean_of(&b->means, total).most);
}

static void write_dense(Bench *b, FILE *out) {
  table_head(out, "layers | number | engine cycles, mean | worst | all cycles, mean | worst");
  for (const Work *w = work_next(&b->runs, "layers", NULL); w; w = work_next(&b->runs, "layers", w))
    judge_dense(b, w);
  const char *last = "";
  for (const Work *w = work_next(&b->runs, "layers", NULL); w; w = work_next(&b->runs, "layers", w)) {
    if (!strstr(last, text_of("[%s]", w->group))) write_dense_line(b, out, w->group);
    last = text_of("%s[%s]", last, w->group);
  }
  write_dense_line(b, out, "all");
}

// ---- compressed A

static void write_compressed(Bench *b, FILE *out) {
  table_head(out,
             "bound | M x N x K | A nonzero | A dense, bytes | values | metadata | compressed / dense | all cycles, "
             "dense | compressed | gain | engine cycles | by | reached");
  for (const Work *w = work_next(&b->runs, "compressed", NULL); w; w = work_next(&b->runs, "compressed", w)) {
    if (strcmp(w->wanted, "dense") != 0) continue;
    const Work *of = work_find(&b->runs, "compressed", w->group, w->name, "compressed");
    const Run *dense = &b->runs.runs[w->first], *run = &b->runs.runs[of->first];
    int64_t values = run->bytes_a, meta = dense->bytes_a - values - run_number(run, "a_saved");
    Verdict verdict = {0};
    figure(&b->figures, &verdict, "compressed / dense engine cycles", text_of("%s, A %s", w->group, w->name),
           (double)run->engine / (double)dense->engine);
    fprintf(out, "| %s | %s | %s | %lld | %lld | %lld | %.3f | %lld | %lld | %.3f | %lld | %s | %s |\n", w->group,
            run_shape(run), w->name, (long long)dense->bytes_a, (long long)values, (long long)meta,
            (double)(values + meta) / (double)dense->bytes_a, (long long)dense->cycles, (long long)run->cycles,
            (double)dense->cycles / (double)run->cycles, (long long)run->engine, run_by(run), verdict_text(&verdict));
  }
}

static bool fill(Bench *b, FILE *out, char **words, int count) {
  const Hss *hss = b->state;
  const char *table = words[0];
  if (!strcmp(table, "@patterns") && count == 2)
    hss_write_patterns(b, out, words[1]);
  else if (!strcmp(table, "@dense"))
    write_dense(b, out);
  else if (!strcmp(table, "@fill_drain"))
    hss_write_fill_drain(b, out);
  else if (!strcmp(table, "@compressed"))
    write_compressed(b, out);
  else if (strcmp(table, "@pruned") != 0 && strcmp(table, "@verdict") != 0 && strcmp(table, "@trained") != 0)
    return false;
  else if (!hss->layer_count)
    fputs("Left out: there is no LACUNA_DATA.\n", out);
  else
    hss_write_pruned(b, out, table);
  return true;
}

static const PageKind page = {
    .name = "hss", .engine = "hss", .sections = sections, .list = list, .judge = hss_judge, .fill = fill};

const PageKind *const pages_hss[] = {&page, NULL};
