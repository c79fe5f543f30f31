// Every pattern of a configuration: its speedup against 1/density.
#include "gen/engine/hss/plan.h"
#include "gen/spec/spec.h"
#include "harness/bench/hss/hss.h"
#include "harness/bench/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool hss_pattern_list(Bench *b, const char *config, PatternList *list) {
  static HssPattern patterns[HSS_PATTERNS];
  Spec spec;
  Plan plan;
  char text[64];
  const char *path = bench_path(b, text_of("configs/%s.yaml", config));
  if (!spec_read(path, &spec) || !plan_make(&spec, &plan)) return false;
  int count = hss_patterns(&plan, patterns);
  list->count = 0;
  list->list = calloc((size_t)count + 1, sizeof *list->list);
  for (int i = count - 1; list->list && i >= 0; i--) { // densest first
    PatternOf *p = &list->list[list->count++];
    hss_density(&plan, patterns[i], &p->kept, &p->all);
    p->text = text_of("%s", hss_text(&plan, patterns[i], text, sizeof text));
    p->speedup = hss_speedup(&plan, patterns[i]);
  }
  return list->list != NULL;
}

// ---- works

// What a work of a pattern wants to know: lanes, words of K that a step covers, runs of K, words of a run.
static void add_pattern(Bench *b, const TableRow *row, const char *name, int step, const char *run,
                        const char *options) {
  char **cell = row->cell;
  Work work = {.table = "patterns", .group = cell[0], .name = name, .times = 1, .verb = cell[5]};
  work.wanted = text_of("%s %d %s %s", cell[2], step, cell[3], cell[4]);
  work.rtl = strcmp(name, "base 1/1") != 0 && bench_rtl(b, row, 7);
  work.operands = text_of("%s%s", cell[6], options);
  runs_add(&b->runs, work, run);
}

// Dense weights are run in mode dense, or a where A is structured.
static bool list_shape(Bench *b, const TableRow *row) {
  char **cell = row->cell;
  bool structured = !strncmp(cell[0], "dsso", 4);
  int lanes = atoi(cell[2]);
  PatternList patterns;
  if (!hss_pattern_list(b, cell[0], &patterns)) return false;
  add_pattern(b, row, "dense 1/1", structured ? 2 * lanes : lanes,
              text_of("%s:%s", cell[0], structured ? "a" : "dense"), structured ? " --prune" : "");
  add_pattern(b, row, "base 1/1", lanes, text_of("%s:dense", cell[1]), "");
  for (int i = 0; i < patterns.count && !(b->sample && i == 2); i++) {
    const PatternOf *p = &patterns.list[i];
    add_pattern(b, row, text_of("%s %d/%d", p->text, p->kept, p->all), (int)lround(lanes * p->speedup),
                text_of("%s:%s", cell[0], structured ? "ab" : "b"), text_of(" --prune --pattern hss:%s", p->text));
  }
  return true;
}

bool hss_list_patterns(Bench *b) {
  for (const TableRow *row = table_next(&b->table, "patterns", NULL); row; row = table_next(&b->table, "patterns", row))
    if (bench_wants(b, row) && !list_shape(b, row)) return false;
  return true;
}

// ---- speedup of every pattern

// Metadata of 8 kept weights: what channel M brings without the column parameters, 12 bytes a column each time that B
// is read. A word of B has as many weights of a column as a step has lanes; of a structured A, twice as many.
static double metadata(const Run *run, int lanes, int steps) {
  int weights = lanes * (strncmp(run->config, "dsso", 4) ? 1 : 2);
  return 8 * ((double)run->bytes_meta / (double)run->bytes_b - 12.0 / ((double)steps * weights));
}

typedef struct PatternRun {
  int lanes, step, runs, words, taken; // step: words of K that a step covers; words: of a run of K; taken: steps
  double asked, speedup, off, rest;    // steps of K as the pattern asks; % off 1/density, and of it by fill and drain
} PatternRun;

// Every run of K is filled up to whole steps.
static PatternRun pattern_run(const Work *work, const Run *run) {
  PatternRun p = {.speedup = (double)run->dense / (double)run->engine};
  sscanf(work->wanted, "%d %d %d %d", &p.lanes, &p.step, &p.runs, &p.words);
  p.asked = (double)p.runs * p.words / p.step;
  p.taken = p.runs * ((p.words + p.step - 1) / p.step);
  p.off = 100 * (p.speedup * p.lanes / p.step - 1);
  p.rest = 100 * (p.speedup * p.lanes / p.step * p.taken / p.asked - 1);
  return p;
}

static const Work *next_pattern(const Bench *b, const Work *work) {
  do
    work = work_next(&b->runs, "patterns", work);
  while (work && !strcmp(work->name, "base 1/1"));
  return work;
}

static void write_pattern(Bench *b, FILE *out, const Work *work) {
  const Run *run = &b->runs.runs[work->first];
  PatternRun p = pattern_run(work, run);
  char **name = text_words(work->name, NULL);
  bool dense = !strcmp(name[0], "dense");
  const char *row = text_of("%s, %s, %s", run->config, name[0], run_shape(run));
  const Work *base = work_find(&b->runs, "patterns", work->group, "base 1/1",
                               text_of("%d %d %d %d", p.lanes, p.lanes, p.runs, p.words));
  Verdict verdict = {0};
  figure(&b->figures, &verdict, "% off 1/density", row, fabs(p.off));
  figure(&b->figures, &verdict, "% of fill and drain", row, fabs(p.rest));
  fprintf(out,
          "| %s | %s | %.3f | %s%s | %.2f | %d | %lld | %.3f | %.2f | %.2f | %.2f | %lld | %.3f | %.3f | %s | %s |\n",
          name[0], dense && p.step > p.lanes ? "2/4 of A" : name[1], (double)p.step / p.lanes, run_shape(run),
          p.runs > 1 ? ", 3x3" : "", p.asked, p.taken, (long long)run->engine, p.speedup, p.off,
          100 * (p.asked / p.taken - 1), p.rest, (long long)run->cycles,
          (double)b->runs.runs[base->first].cycles / (double)run->cycles, dense ? 0 : metadata(run, p.lanes, p.taken),
          run_by(run), verdict_text(&verdict));
}

void hss_write_patterns(Bench *b, FILE *out, const char *config) {
  table_head(out,
             "pattern | density | 1/density | M x N x K | steps of K | taken | engine cycles | engine speedup | "
             "off, % | by rounding, % | by fill and drain, % | all cycles | total speedup | metadata, bytes | by | "
             "reached");
  for (const Work *w = next_pattern(b, NULL); w; w = next_pattern(b, w))
    if (!strcmp(w->group, config)) write_pattern(b, out, w);
}

void hss_write_fill_drain(const Bench *b, FILE *out) {
  double most = 0;
  for (const Work *w = next_pattern(b, NULL); w; w = next_pattern(b, w))
    most = fmax(most, -pattern_run(w, &b->runs.runs[w->first]).rest);
  fprintf(out, "- fill and drain take at most %.3f %% of the engine cycles of a pattern (required 1 %%)\n", most);
}
