// The tables of the outer-product engine's page.
#include "harness/bench/outer/outer.h"
#include "harness/bench/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MULTIPLIERS = 128 };

static double ratio(int64_t over, int64_t under) {
  return (double)over / (double)under;
}

// What a work wants, and the steps of the paper's formula.
static double wanted(const Work *work, int64_t *steps) {
  char *end;
  double figure = strtod(work->wanted, &end);
  *steps = strtoll(end, NULL, 10);
  return figure;
}

// ---- the paper's scheme

static const char *below(double speedup, double published) {
  return speedup < published - 0.005 ? " (below)" : "";
}

static void write_published(Bench *b, FILE *out, const Work *work, const Run *run) {
  int64_t steps;
  double published = wanted(work, &steps), of_formula = ratio(run->dense, steps), of_steps = ratio(run->engine, steps);
  const char *row = text_of("%s, %s", run->config, work->name);
  Verdict verdict = {0};
  figure_limit(&b->figures, &verdict, "published speedup", row, ratio(run->dense, run->engine), AT_LEAST,
               published - 0.005);
  if (strstr(run->config, "one_k")) figure(&b->figures, &verdict, "engine / formula", row, of_steps);
  fprintf(out, "| %s | %.2f | %.3f%s | %.3f | %.3f | %lld | %lld | %.3f | %s | %s |\n", work->name, published,
          of_formula, below(of_formula, published), ratio(run->dense, run->engine), ratio(run->dense, run->cycles),
          (long long)steps, (long long)run->engine, of_steps, run_by(run), verdict_text(&verdict));
}

void outer_published(Bench *b, FILE *out, const char *config) {
  table_head(out,
             "densities A/B | published | speedup by the formula | engine speedup | total speedup | formula, steps "
             "| engine cycles | engine / formula | by | reached");
  for (const Work *w = work_next(&b->runs, "published", NULL); w; w = work_next(&b->runs, "published", w))
    write_published(b, out, w, work_run(&b->runs, w, config, ""));
}

// ---- several k at once

static double gain(const Bench *b, const Work *work) {
  int64_t steps;
  wanted(work, &steps);
  return ratio(steps, work_run(&b->runs, work, "outer_128", "")->engine);
}

// Verdict on a gain; required 0: nothing is.
static void demand_gain(Bench *b, Verdict *verdict, const Work *work, bool required) {
  int64_t steps;
  double least = wanted(work, &steps);
  if (required)
    figure_limit(&b->figures, verdict, "formula / engine", text_of("%s, %s, %s", work->table, work->group, work->name),
                 gain(b, work), AT_LEAST, least);
}

static void scheme_head(FILE *out, const char *more) {
  table_head(out,
             text_of("operands | M x N x K | A nonzero | B nonzero | formula, steps | engine, one k | engine cycles "
                     "| formula / engine | formula / one k | utilisation | all cycles | total speedup | %s",
                     more));
}

static void write_scheme(Bench *b, FILE *out, const Work *work, const char *name) {
  const Run *base = work_run(&b->runs, work, "outer_128_one_k", ""), *run = work_run(&b->runs, work, "outer_128", "");
  int64_t steps;
  wanted(work, &steps);
  double used = (double)run_number(run, "mults.effectual") / (MULTIPLIERS * (double)run->engine);
  fprintf(out, "| %s | %s | %.3f | %.3f | %lld | %lld | %lld | %.2f | %.2f | %.3f | %lld | %.2f", name, run_shape(run),
          run->density_a, run->density_b, (long long)steps, (long long)base->engine, (long long)run->engine,
          ratio(steps, run->engine), ratio(steps, base->engine), used, (long long)run->cycles,
          ratio(run->dense, run->cycles));
}

void outer_uniform(Bench *b, FILE *out) {
  scheme_head(out, "by | reached");
  for (const Work *w = work_next(&b->runs, "uniform", NULL); w; w = work_next(&b->runs, "uniform", w)) {
    Verdict verdict = {0};
    demand_gain(b, &verdict, w, true);
    write_scheme(b, out, w, w->name);
    fprintf(out, " | %s | %s |\n", run_by(&b->runs.runs[w->first]), verdict_text(&verdict));
  }
}

// Layers of magnitude pruning: only those at .8 have a figure.
void outer_pruned(Bench *b, FILE *out) {
  for (const Work *w = work_next(&b->runs, "pruned", NULL); w; w = work_next(&b->runs, "pruned", w)) {
    const Run *run = work_run(&b->runs, w, "outer_128", "");
    mean_add(&b->means, text_of("gain %s", w->group), gain(b, w));
    mean_add(&b->means, text_of("total %s", w->group), ratio(run->dense, run->cycles));
  }
  fprintf(out,
          "Pruned by magnitude, A .55 nonzero; geometric means of formula / engine: .8 %s, .95 %s; of the total "
          "speedup: .8 %s, .95 %s.\n\n",
          mean_text(&b->means, "gain 0.8"), mean_text(&b->means, "gain 0.95"), mean_text(&b->means, "total 0.8"),
          mean_text(&b->means, "total 0.95"));
  scheme_head(out, "reached");
  for (const Work *w = work_next(&b->runs, "pruned", NULL); w; w = work_next(&b->runs, "pruned", w)) {
    Verdict verdict = {0};
    demand_gain(b, &verdict, w, !strcmp(w->group, "0.8"));
    write_scheme(b, out, w, text_of("%s %s", w->group, w->name));
    fprintf(out, " | %s |\n", verdict_text(&verdict));
  }
}

void outer_matrices(Bench *b, FILE *out) {
  int count = 0, good = 0;
  for (const Work *w = work_next(&b->runs, "matrices", NULL); w; w = work_next(&b->runs, "matrices", w)) {
    mean_add(&b->means, "matrices", gain(b, w));
    count++;
    good += gain(b, w) >= 3;
  }
  fprintf(out, "At least 3 in %d of %d; geometric mean %s.\n\n", good, count, mean_text(&b->means, "matrices"));
  scheme_head(out, "results | reached");
  for (const Work *w = work_next(&b->runs, "matrices", NULL); w; w = work_next(&b->runs, "matrices", w)) {
    const Run *run = work_run(&b->runs, w, "outer_128", "");
    Verdict verdict = {0};
    demand_gain(b, &verdict, w, true);
    write_scheme(b, out, w, w->name);
    fprintf(out, " | %.2f | %s |\n", (double)(run->m * run->n) / BUS_BYTES / (double)run->cycles,
            verdict_text(&verdict));
  }
}

// ---- beside other engines

static void add_dense(Bench *b, const Work *work, const char *mode) {
  const Run *base = work_run(&b->runs, work, "dense_128", ""), *run = work_run(&b->runs, work, "outer_128", mode);
  double all = ratio(run->cycles, base->cycles);
  mean_add(&b->means, text_of("dense engine %s", mode), ratio(run->engine, base->engine));
  mean_add(&b->means, text_of("dense total %s", mode), all);
  if (all <= 1.03) mean_add(&b->means, text_of("dense within %s", mode), 1);
}

static void write_dense_line(const Bench *b, FILE *out, const char *mode) {
  const char *engine = text_of("dense engine %s", mode), *total = text_of("dense total %s", mode);
  fprintf(out, "| %s | %d | %d | %.4f | %.4f | %.4f | %.4f |\n", mode, mean_of(&b->means, total).count,
          mean_of(&b->means, text_of("dense within %s", mode)).count, mean_arithmetic(&b->means, engine),
          mean_of(&b->means, engine).most, mean_arithmetic(&b->means, total), mean_of(&b->means, total).most);
}

// A row for each layer that takes more cycles than it may in --mode auto.
static void write_dense_misses(Bench *b, FILE *out) {
  table_head(out, "layer | M x N x K | cycles | engine | dense_128, cycles | engine | cycles / dense_128 | reached");
  for (const Work *w = work_next(&b->runs, "layers", NULL); w; w = work_next(&b->runs, "layers", w)) {
    const Run *base = work_run(&b->runs, w, "dense_128", ""), *run = work_run(&b->runs, w, "outer_128", "auto");
    const char *row = text_of("%s, %s", w->group, w->name);
    Verdict verdict = {0};
    if (figure(&b->figures, &verdict, "cycles / dense_128", row, ratio(run->cycles, base->cycles))) continue;
    fprintf(out, "| %s | %s | %lld | %lld | %lld | %lld | %.3f | %s |\n", row, run_shape(run), (long long)run->cycles,
            (long long)run->engine, (long long)base->cycles, (long long)base->engine, ratio(run->cycles, base->cycles),
            verdict_text(&verdict));
  }
}

void outer_dense(Bench *b, FILE *out) {
  for (const Work *w = work_next(&b->runs, "layers", NULL); w; w = work_next(&b->runs, "layers", w)) {
    add_dense(b, w, "auto");
    add_dense(b, w, "dense");
  }
  table_head(out, "mode | layers | at most 1.03 | engine cycles, mean | worst | all cycles, mean | worst");
  write_dense_line(b, out, "auto");
  write_dense_line(b, out, "dense");
  fputs("\nNot reached:\n\n", out);
  write_dense_misses(b, out);
}

// The densest B, of works of this density of A, with which outer_128 takes fewer cycles than another configuration.
static const char *even_with(const Bench *b, const char *a, const char *config) {
  for (const Work *w = work_next(&b->runs, "break_even", NULL); w; w = work_next(&b->runs, "break_even", w))
    if (!strcmp(w->group, a) &&
        work_run(&b->runs, w, "outer_128", "")->cycles < work_run(&b->runs, w, config, "")->cycles)
      return w->name;
  return "(never)";
}

void outer_break_even(Bench *b, FILE *out) {
  const char *last = "";
  for (const Work *w = work_next(&b->runs, "break_even", NULL); w; w = work_next(&b->runs, "break_even", w)) {
    if (strcmp(last, w->group) != 0)
      fprintf(out, "- A %s: outer_128 is faster than dense_128 from B %s on, than griffin_128 from B %s on\n", w->group,
              even_with(b, w->group, "dense_128"), even_with(b, w->group, "griffin_128"));
    last = w->group;
  }
  fputc('\n', out);
  table_head(out, "A nonzero | B nonzero | dense_128, cycles | griffin_128 | outer_128 | mode | by");
  for (const Work *w = work_next(&b->runs, "break_even", NULL); w; w = work_next(&b->runs, "break_even", w)) {
    int64_t base = work_run(&b->runs, w, "dense_128", "")->cycles;
    const Run *run = work_run(&b->runs, w, "outer_128", "");
    fprintf(out, "| %s | %s | %lld | %.2f | %.2f | %s | %s |\n", w->group, w->name, (long long)base,
            ratio(base, work_run(&b->runs, w, "griffin_128", "")->cycles), ratio(base, run->cycles), run->taken,
            run_by(run));
  }
}

// ---- convolution

void outer_conv(Bench *b, FILE *out) {
  table_head(out, "model | layer | M x N x K | A nonzero | B nonzero | all cycles | engine | bytes of A | im2col: all "
                  "cycles | engine | bytes of A | gain | by | reached");
  for (const Work *w = work_next(&b->runs, "conv", NULL); w; w = work_next(&b->runs, "conv", w)) {
    if (strcmp(w->wanted, "conv") != 0) continue;
    const Run *run = &b->runs.runs[w->first];
    const Run *host = &b->runs.runs[work_find(&b->runs, "conv", w->group, w->name, "im2col")->first];
    Verdict verdict = {0};
    figure(&b->figures, &verdict, "cycles / im2col", text_of("%s, %s", w->group, w->name),
           ratio(run->cycles, host->cycles));
    fprintf(out, "| %s | %s | %s | %.3f | %.3f | %lld | %lld | %lld | %lld | %lld | %lld | %.2f | %s | %s |\n",
            w->group, w->name, run_shape(run), run->density_a, run->density_b, (long long)run->cycles,
            (long long)run->engine, (long long)run->bytes_a, (long long)host->cycles, (long long)host->engine,
            (long long)host->bytes_a, ratio(host->cycles, run->cycles), run_by(run), verdict_text(&verdict));
  }
}

// ---- overlap: all cycles against the larger of engine cycles and bytes / bus width, metadata among the bytes

static const char *const sizes[OUTER_SIZES] = {"below 10,000", "10,000 to 100,000", "from 100,000 on"};

static void look_at_overlap(Bench *b, const Run *run) {
  Outer *o = b->state;
  const Work *work = run_work(&b->runs, run);
  double least = fmax((double)run->engine, (double)run_bytes(run) / BUS_BYTES), over = (double)run->cycles / least;
  int size = least < 10000 ? 0 : least < 100000 ? 1 : 2;
  bool matrix = !strcmp(work->table, "conv"); // of which there are two works of a name
  const char *row = text_of("%s, %s, %s, %s%s%s, mode %s", work->table, work->group, work->name,
                            matrix ? work->wanted : "", matrix ? ", " : "", run->config, run->mode);
  o->runs[size]++;
  o->held[size] += figure(&b->figures, NULL, "overlap", row, over);
  if (over <= o->worst[size]) return;
  o->worst[size] = over;
  o->worst_run[size] = row;
}

bool outer_judge(Bench *b) {
  for (size_t i = 0; i < b->runs.run_count; i++) {
    const Run *run = &b->runs.runs[i];
    if (!run_work(&b->runs, run)->refused && !strncmp(run->config, "outer", 5)) look_at_overlap(b, run);
  }
  return true;
}

void outer_overlaps(Bench *b, FILE *out) {
  const Outer *o = b->state;
  table_head(out, "cycles at least | runs | at most 1.05 | worst | of");
  for (int i = 0; i < OUTER_SIZES; i++)
    if (o->runs[i])
      fprintf(out, "| %s | %d | %d | %.3f | %s |\n", sizes[i], o->runs[i], o->held[i], o->worst[i], o->worst_run[i]);
  fputs("\nNot reached:\n\n", out);
  table_head(out, "run | overlap | required | reached");
  for (size_t i = 0; i < b->figures.count; i++) {
    const Figure *f = &b->figures.list[i];
    if (f->reason && !strcmp(f->name, "overlap"))
      fprintf(out, "| %s | %.3f | <= %g | NO: %s |\n", f->row, f->value, f->limit, f->reason);
  }
}
