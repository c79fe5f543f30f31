// The tables of the Griffin engine's page.
#include "gen/plan/modes.h"
#include "harness/bench/griffin/griffin.h"
#include "harness/bench/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MODES = MODES_MOST + 1 };

static const char *mode_word(int mode) {
  return mode < MODES_MOST ? engine_mode(ENGINE_GRIFFIN, (Mode)mode)->word : "auto";
}

// A work's run in a mode; mode "base": dense_1024's, "on": of windows that run on. NULL if there is none.
static const Run *run_of(const Bench *b, const Work *work, const char *mode) {
  bool base = !strcmp(mode, "base"), on = !strcmp(mode, "on");
  for (int i = 0; i < work->count; i++) {
    const Run *run = &b->runs.runs[work->first + i];
    bool is_base = !strcmp(run->config, "dense_1024"), is_on = strstr(run->config, "_run_on") != NULL;
    if (is_base == base && is_on == on && (base || on || !strcmp(run->mode, mode))) return run;
  }
  return NULL;
}

static double overlap(const Run *run) {
  return (double)run->cycles / fmax((double)run->engine, (double)run_bytes(run) / BUS_BYTES);
}

// Required of a run of this page; the reason that it is missed is in the table @overlap, too.
static bool demand_overlap(Bench *b, Verdict *verdict, const char *row, const Run *run) {
  Griffin *g = b->state;
  double ratio = overlap(run);
  int length = run->cycles < 60000 ? 0 : run->cycles < 200000 ? 1 : 2;
  g->overlaps[length][ratio <= 1.05 ? 0 : ratio <= 1.1 ? 1 : ratio <= 1.2 ? 2 : 3]++;
  return figure(&b->figures, verdict, "overlap", row, ratio);
}

static double engine_speedup(const Run *run) {
  return (double)run->dense / (double)run->engine;
}

static double ratio(int64_t over, int64_t under) {
  return (double)over / (double)under;
}

static const char *name_of(const Work *work) {
  return text_of("%s, %s", work->group, work->name);
}

// ---- reference tables

// Against an entry of a table: "-" asks nothing.
static void against(Bench *b, Verdict *verdict, const char *row, const char *what, double speedup, const char *entry) {
  if (strcmp(entry, "-") != 0) figure(&b->figures, verdict, what, row, speedup / strtod(entry, NULL));
}

static const char *over(double speedup, const char *entry) {
  return strcmp(entry, "-") ? text_of("%.3f", speedup / strtod(entry, NULL)) : "-";
}

void griffin_reference(Bench *b, FILE *out) {
  table_head(out, "design | A, B nonzero | M x N x K | paper | beyond | engine speedup | / paper | / beyond | total "
                  "speedup | overlap | packing | by | reached");
  for (const Work *w = work_next(&b->runs, "reference", NULL); w; w = work_next(&b->runs, "reference", w)) {
    const Run *run = &b->runs.runs[w->first];
    char **entry = text_words(w->wanted, NULL);
    const char *row = text_of("%s, %s, %s", w->group, w->name, run_shape(run));
    double speedup = engine_speedup(run);
    Verdict verdict = {0};
    against(b, &verdict, row, "speedup / paper", speedup, entry[0]);
    against(b, &verdict, row, "speedup / beyond", speedup, entry[1]);
    demand_overlap(b, &verdict, row, run);
    fprintf(out, "| %s | %s | %s | %s | %s | %.3f | %s | %s | %.3f | %.3f | %s | %s | %s |\n", w->group, w->name,
            run_shape(run), entry[0], entry[1], speedup, over(speedup, entry[0]), over(speedup, entry[1]),
            ratio(run->dense, run->cycles), overlap(run), run->packing, run_by(run), verdict_text(&verdict));
  }
}

// ---- ablation

// Fan-in of the multiplexers and adder trees of a design, section 1 of the engines' page.
static const char *cost(const char *mode, const char *distances) {
  int d[5] = {0};
  sscanf(distances, "%d,%d,%d,%d,%d", &d[0], &d[1], &d[2], &d[3], &d[4]);
  if (!strcmp(mode, "a"))
    return text_of("%d | %d | %d", 1 + d[0] * (1 + d[1]) * (1 + d[2]), 1 + d[0] * (1 + d[1]), 1 + d[2]);
  if (!strcmp(mode, "b")) return text_of("%d | 1 | %d", 1 + d[0] * (1 + d[1]), 1 + d[2]);
  int depth = (1 + d[0]) * (1 + d[2]);
  return text_of("%d | %d | %d", 1 + (depth - 1) * (1 + d[1] + d[3]), 1 + d[0] * (1 + d[1]), 1 + d[4]);
}

void griffin_ablation(Bench *b, FILE *out, const char *mode) {
  static const char *const kinds[] = {"uniform_shuffled", "uniform_plain", "channels_shuffled", "channels_plain"};
  table_head(out, "distances | A mux | B mux | trees | uniform, shuffle | uniform, plain | channels, shuffle | "
                  "channels, plain");
  for (const Work *w = work_next(&b->runs, "ablation", NULL); w; w = work_next(&b->runs, "ablation", w)) {
    if (strcmp(w->group, mode) != 0 || strcmp(w->wanted, kinds[0]) != 0) continue;
    fprintf(out, "| %s | %s", w->name, cost(mode, w->name));
    for (int i = 0; i < 4; i++) {
      const Work *of = work_find(&b->runs, "ablation", mode, w->name, kinds[i]);
      double speedup = engine_speedup(&b->runs.runs[of->first]);
      mean_add(&b->means, text_of("ablation %s %s", mode, kinds[i]), speedup);
      fprintf(out, " | %.3f", speedup);
    }
    fputs(" |\n", out);
  }
  fputs("| geometric mean | | |", out);
  for (int i = 0; i < 4; i++)
    fprintf(out, " | %s", mean_text(&b->means, text_of("ablation %s %s", mode, kinds[i])));
  fputs(" |\n", out);
}

// ---- what every layer must keep

static int64_t best(const Bench *b, const Work *work) {
  int64_t least = 0;
  for (int i = 0; i < MODES - 1; i++) {
    const Run *run = run_of(b, work, mode_word(i));
    if (run && (!least || run->cycles < least)) least = run->cycles;
  }
  return least;
}

// Adds a work's speedups to the means of a scope: its group, or its table.
static void add_means(Bench *b, const Work *work, const char *scope) {
  const Run *base = run_of(b, work, "base");
  for (int i = 0; i < MODES; i++) {
    const char *mode = mode_word(i);
    const Run *run = run_of(b, work, mode);
    mean_add(&b->means, text_of("%s engine %s", scope, mode), engine_speedup(run));
    mean_add(&b->means, text_of("%s total %s", scope, mode), ratio(base->cycles, run->cycles));
    mean_add(&b->means, text_of("%s weighted %s", scope, mode), work->times * (double)run->cycles);
  }
  mean_add(&b->means, text_of("%s weighted base", scope), work->times * (double)base->cycles);
  mean_add(&b->means, text_of("%s taken %s", scope, run_of(b, work, "auto")->taken), 1);
}

static void judge_layer(Bench *b, const Work *work) {
  const Run *chosen = run_of(b, work, "auto"), *dense = run_of(b, work, "dense");
  const char *name = name_of(work);
  double of_best = ratio(chosen->cycles, best(b, work));
  double of_base = ratio(dense->cycles, run_of(b, work, "base")->cycles);
  mean_add(&b->means, "auto / best", of_best);
  mean_add(&b->means, "dense / dense_1024", of_base);
  figure(&b->figures, NULL, "auto / best", name, of_best);
  figure(&b->figures, NULL, "dense / dense_1024", name, of_base);
  for (int i = 0; i < MODES - 1; i++) {
    const Run *run = run_of(b, work, mode_word(i));
    if (run->cycles >= 20000) demand_overlap(b, NULL, text_of("%s, mode %s", name, mode_word(i)), run);
  }
  add_means(b, work, text_of("%s %s", work->table, work->group));
  add_means(b, work, work->table);
}

bool griffin_judge(Bench *b) {
  static const char *const tables[] = {"layers", "real", "patterns"};
  for (int i = 0; i < 3; i++)
    for (const Work *w = work_next(&b->runs, tables[i], NULL); w; w = work_next(&b->runs, tables[i], w))
      judge_layer(b, w);
  return true;
}

void griffin_claims(Bench *b, FILE *out) {
  Mean of_best = mean_of(&b->means, "auto / best"), of_base = mean_of(&b->means, "dense / dense_1024");
  fprintf(out, "- `--mode auto` against the best mode: %d layers, worst %.4f of its cycles (required 1.01)\n",
          of_best.count, of_best.most);
  fprintf(out, "- dense mode against dense_1024: %d layers, worst %.4f of its cycles (required 1.01)\n", of_base.count,
          of_base.most);
}

// ---- layers

// Speedups in modes a, b, ab, auto.
static const char *speeds(const Bench *b, const Work *work, bool engine) {
  const Run *base = run_of(b, work, "base");
  char *text = text_of("%s", "");
  for (int i = 1; i < MODES; i++) {
    const Run *run = run_of(b, work, mode_word(i));
    text = text_of("%s | %.2f", text, engine ? engine_speedup(run) : ratio(base->cycles, run->cycles));
  }
  return text;
}

static const char *means(const Bench *b, const char *scope, const char *kind) {
  char *text = text_of("%s", "");
  for (int i = 1; i < MODES; i++)
    text = text_of("%s | %s", text, mean_text(&b->means, text_of("%s %s %s", scope, kind, mode_word(i))));
  return text;
}

static const char *picks(const Bench *b, const char *scope) {
  char *text = text_of("%s", "");
  for (int i = 0; i < MODES - 1; i++) {
    int count = mean_of(&b->means, text_of("%s taken %s", scope, mode_word(i))).count;
    if (count) text = text_of("%s%s%s %d", text, *text ? ", " : "", mode_word(i), count);
  }
  return text;
}

static bool begins_group(const Bench *b, const Work *work) {
  const Work *first = work_next(&b->runs, work->table, NULL);
  while (strcmp(first->group, work->group) != 0)
    first = work_next(&b->runs, work->table, first);
  return first == work;
}

static int count_of(const Bench *b, const char *scope) {
  return mean_of(&b->means, text_of("%s engine auto", scope)).count;
}

void griffin_groups(Bench *b, FILE *out, const char *table) {
  table_head(out, "layers | number | engine a | b | ab | auto | total a | b | ab | auto | taken by auto");
  for (const Work *w = work_next(&b->runs, table, NULL); w; w = work_next(&b->runs, table, w)) {
    const char *scope = text_of("%s %s", table, w->group);
    if (begins_group(b, w))
      fprintf(out, "| %s | %d%s%s | %s |\n", w->group, count_of(b, scope), means(b, scope, "engine"),
              means(b, scope, "total"), picks(b, scope));
  }
  fprintf(out, "| geometric mean | %d%s%s | |\n", count_of(b, table), means(b, table, "engine"),
          means(b, table, "total"));
}

static const char *densities(const Run *run) {
  return text_of("%.2f, %.2f", run->density_a, run->density_b);
}

static void write_layer(const Bench *b, FILE *out, const Work *w) {
  const Run *chosen = run_of(b, w, "auto"), *first = &b->runs.runs[w->first];
  fprintf(out, "| %s | %d | %s | %s%s%s | %s | %.3f | %.3f | %s |\n", w->name, w->times, run_shape(first),
          densities(first), speeds(b, w, true), speeds(b, w, false), chosen->taken, ratio(chosen->cycles, best(b, w)),
          ratio(run_of(b, w, "dense")->cycles, run_of(b, w, "base")->cycles), run_by(chosen));
}

static void write_network(const Bench *b, FILE *out, const char *net) {
  const char *scope = text_of("layers %s", net);
  fprintf(out, "\n### %s\n\n", net);
  table_head(out,
             "layer | times | M x N x K | A, B nonzero | engine a | b | ab | auto | total a | b | ab | auto | taken "
             "| auto / best | dense / dense_1024 | by");
  for (const Work *w = work_next(&b->runs, "layers", NULL); w; w = work_next(&b->runs, "layers", w))
    if (!strcmp(w->group, net)) write_layer(b, out, w);
  fprintf(out, "| geometric mean | | | %s%s | | | | |\n", means(b, scope, "engine"), means(b, scope, "total"));
  fputs("| network, layers as often as they occur | | | | | | | ", out);
  double base = mean_of(&b->means, text_of("%s weighted base", scope)).sum;
  for (int i = 1; i < MODES; i++)
    fprintf(out, " | %.2f", base / mean_of(&b->means, text_of("%s weighted %s", scope, mode_word(i))).sum);
  fputs(" | | | | |\n", out);
}

void griffin_networks(Bench *b, FILE *out) {
  for (const Work *w = work_next(&b->runs, "layers", NULL); w; w = work_next(&b->runs, "layers", w))
    if (begins_group(b, w)) write_network(b, out, w->group);
}

void griffin_patterns(Bench *b, FILE *out) {
  table_head(out, "pattern | M x N x K | A, B nonzero | engine a | b | ab | auto | total a | b | ab | auto | taken");
  for (const Work *w = work_next(&b->runs, "patterns", NULL); w; w = work_next(&b->runs, "patterns", w)) {
    const Run *first = &b->runs.runs[w->first];
    fprintf(out, "| %s: %s | %s | %s%s%s | %s |\n", w->group, w->name, run_shape(first), densities(first),
            speeds(b, w, true), speeds(b, w, false), run_of(b, w, "auto")->taken);
  }
}

// ---- windows that end with their tile against windows that run on

void griffin_run_on(Bench *b, FILE *out) {
  table_head(out, "engine | layers | engine cycles | all cycles | all cycles, added up");
  for (const Work *w = work_next(&b->runs, "run_on", NULL); w; w = work_next(&b->runs, "run_on", w)) {
    const Run *off = run_of(b, w, "b"), *on = run_of(b, w, "on");
    mean_add(&b->means, text_of("run_on engine %s", w->group), ratio(off->engine, on->engine));
    mean_add(&b->means, text_of("run_on total %s", w->group), ratio(off->cycles, on->cycles));
    mean_add(&b->means, text_of("run_on off %s", w->group), (double)off->cycles);
    mean_add(&b->means, text_of("run_on on %s", w->group), (double)on->cycles);
  }
  for (const Work *w = work_next(&b->runs, "run_on", NULL); w; w = work_next(&b->runs, "run_on", w)) {
    if (!begins_group(b, w)) continue;
    Mean off = mean_of(&b->means, text_of("run_on off %s", w->group));
    Mean on = mean_of(&b->means, text_of("run_on on %s", w->group));
    fprintf(out, "| B(8,0,1), %s | %d | %s | %s | %.3f |\n", w->group, off.count,
            mean_text(&b->means, text_of("run_on engine %s", w->group)),
            mean_text(&b->means, text_of("run_on total %s", w->group)), off.sum / on.sum);
  }
}

// ---- overlap

static void write_missed_overlaps(const Bench *b, FILE *out) {
  table_head(out, "run | overlap | required | reached");
  for (size_t i = 0; i < b->figures.count; i++) {
    const Figure *f = &b->figures.list[i];
    if (f->reason && !strcmp(f->name, "overlap"))
      fprintf(out, "| %s | %.3f | <= %g | NO: %s |\n", f->row, f->value, f->limit, f->reason);
  }
}

void griffin_overlaps(Bench *b, FILE *out) {
  static const char *const lengths[] = {"20,000 to 60,000 cycles", "60,000 to 200,000", "200,000 and more"};
  const Griffin *g = b->state;
  table_head(out, "runs of | number | at most 1.05 | 1.10 | 1.20 | more");
  for (int i = 0; i < OVERLAP_CLASSES; i++) {
    const int *count = g->overlaps[i];
    fprintf(out, "| %s | %d | %d | %d | %d | %d |\n", lengths[i], count[0] + count[1] + count[2] + count[3], count[0],
            count[1], count[2], count[3]);
  }
  fputs("\nNot reached:\n\n", out);
  write_missed_overlaps(b, out);
}
