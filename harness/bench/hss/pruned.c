// Layers whose weights are pruned, pruned further to patterns of hss_1024, beside griffin_1024 on what they were
// before.
#include "gen/base/error.h"
#include "harness/bench/hss/hss.h"
#include "harness/bench/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

// nearest: the densest pattern that is no denser than the weights, where it is none of the others
static const char *const wishes[HSS_WISHES] = {"1/2", "1/3", "nearest", "1/4"};
enum { HALF, THIRD, NEAREST, QUARTER };

// ---- which patterns, and what they cost

// Of patterns of one density the first, whose grain is finest.
static void choose_patterns(const PatternList *patterns, PrunedLayer *layer) {
  static const int fraction[HSS_WISHES] = {2, 3, 0, 4};
  bool below = false;
  for (int i = 0; i < patterns->count; i++) {
    const PatternOf *p = &patterns->list[i];
    if (i && p->kept == p[-1].kept && p->all == p[-1].all) continue;
    bool nearest = !below && (double)p->kept / p->all <= layer->share + 0.00005;
    below |= nearest;
    for (int w = 0; w < HSS_WISHES; w++)
      if (fraction[w] && p->kept == 1 && p->all == fraction[w]) {
        layer->of[w].pattern = p->text;
        nearest = false;
      }
    if (nearest) layer->of[NEAREST].pattern = p->text;
  }
}

static const char *pruned_name(const PrunedLayer *layer, const Pruned *of) {
  char *name = text_of("operands/%s %s %s", layer->group, layer->name, of->pattern);
  for (char *c = name + strlen("operands/"); *c; c++)
    if (strchr(" /:,", *c)) *c = '_';
  return text_of("%s.npy", name);
}

static bool read_number(const char *said, const char *lead, const char *format, double *value) {
  const char *found = strstr(said, lead);
  return found && sscanf(found + strlen(lead), format, value) == 1;
}

// What `lacuna prune` prints.
static bool read_losses(const Task *task, Pruned *of) {
  const char *said = task_said(task), *free_part = strstr(said, "kept energy");
  static const char free_lead[] = "unstructured at this density ";
  bool good = free_part && read_number(said, "kept energy", "%lf", &of->energy) &&
              read_number(said, "mean squared error", "%lf", &of->error) &&
              read_number(free_part, free_lead, "%lf", &of->free_energy) &&
              (free_part = strstr(free_part, "mean squared error")) &&
              read_number(free_part, free_lead, "%lf", &of->free_error);
  return good || error_at(task->folder, 0, 0, "`%s` does not say what is lost", task->command);
}

// ---- works

static const char *band(double share) {
  return share > 0.4    ? "0.4 to 0.6"
         : share > 0.25 ? "0.25 to 0.4"
         : share > 0.15 ? "0.15 to 0.25"
         : share > 0.06 ? "0.06 to 0.15"
                        : "0 to 0.06";
}

// What is pruned and has K to prune along; patterns are grouped by the share that is really nonzero.
static bool take_layer(const Layer *of, PrunedLayer *layer) {
  bool is_pattern = !strncmp(of->weight, "operands/", 9);
  *layer = (PrunedLayer){.group = of->model, .name = of->name, .share = 1 - of->zeros};
  if (!strncmp(of->weight, "random:", 7) || !strcmp(of->kind, "depthwise") || of->zeros < 0.3) return false;
  if (!is_pattern) return true;
  const char *family = !strcmp(of->kind, "random_pruning") ? "random zeros" : of->model;
  layer->group = text_of("DLMC %s, %s", family, band(layer->share));
  layer->name = text_of("%s %s %s", of->model, of->kind, of->name);
  return true;
}

static void add_work(Bench *b, const PrunedLayer *layer, const Layer *of, const char *wanted, const char *operands,
                     const char *runs) {
  Work work = {.table = "pruned", .group = layer->group, .name = layer->name, .wanted = wanted, .times = 1};
  work.verb = of->verb;
  work.operands = operands;
  runs_add(&b->runs, work, runs);
}

// The operands with other weights.
static const char *with_weights(const Layer *of, const char *weights, const char *pattern) {
  const char *at = strstr(of->operands, of->weight);
  return text_of("%.*s%s%s --pattern hss:%s", (int)(at - of->operands), of->operands, weights, at + strlen(of->weight),
                 pattern);
}

static void add_layer(Bench *b, const PrunedLayer *layer, const Layer *of) {
  add_work(b, layer, of, text_of("original %.6g", layer->share), of->operands,
           "dense_1024:dense griffin_1024:b griffin_1024:auto");
  for (int w = 0; w < HSS_WISHES; w++)
    if (layer->of[w].pattern)
      add_work(b, layer, of, text_of("%s %s", wishes[w], layer->of[w].pattern),
               with_weights(of, pruned_name(layer, &layer->of[w]), layer->of[w].pattern), "hss_1024:b");
}

static bool prune_all(Bench *b, const Layer *const *of) {
  Hss *hss = b->state;
  size_t count = 0;
  Task *tasks = calloc((size_t)hss->layer_count * HSS_WISHES + 1, sizeof *tasks);
  Pruned **places = calloc((size_t)hss->layer_count * HSS_WISHES + 1, sizeof *places);
  for (int l = 0; tasks && places && l < hss->layer_count; l++)
    for (int w = 0; w < HSS_WISHES; w++) {
      Pruned *p = &hss->layers[l].of[w];
      if (!p->pattern) continue;
      tasks[count].folder = place_folder(b, text_of("prune/%zu", count));
      tasks[count].command =
          text_of("lacuna prune %s --pattern hss:%s -o %s", of[l]->weight, p->pattern, pruned_name(&hss->layers[l], p));
      if (!tasks[count].folder) return false;
      places[count++] = p;
    }
  bool good = tasks && places && tasks_beside(b, "hss, pruning", tasks, count);
  for (size_t i = 0; good && i < count; i++)
    good = read_losses(&tasks[i], places[i]);
  free(tasks);
  free(places);
  return good;
}

// Groups in falling order of their names, layers as they come.
static int compare_groups(const void *left, const void *right) {
  const PrunedLayer *a = *(PrunedLayer *const *)left, *b = *(PrunedLayer *const *)right;
  int order = strcmp(b->group, a->group);
  return order ? order : (a > b) - (a < b);
}

bool hss_list_pruned(Bench *b, const Layers *all) {
  Hss *hss = b->state;
  PatternList patterns;
  PrunedLayer *found = calloc(all->count + 1, sizeof *found), **order = calloc(all->count + 1, sizeof *order);
  const Layer **of = calloc(all->count + 1, sizeof *of), **of_found = calloc(all->count + 1, sizeof *of_found);
  hss->layers = calloc(all->count + 1, sizeof *hss->layers);
  if (!found || !order || !of || !of_found || !hss->layers || !hss_pattern_list(b, "hss_1024", &patterns)) return false;
  int count = 0;
  for (size_t i = 0; i < all->count && !layers_enough(b, count); i++)
    if (take_layer(&all->list[i], &found[count])) {
      choose_patterns(&patterns, &found[count]);
      order[count] = &found[count];
      of_found[count++] = &all->list[i];
    }
  qsort(order, (size_t)count, sizeof *order, compare_groups);
  for (hss->layer_count = 0; hss->layer_count < count; hss->layer_count++) {
    hss->layers[hss->layer_count] = *order[hss->layer_count];
    of[hss->layer_count] = of_found[order[hss->layer_count] - found];
  }
  for (int l = 0; l < count; l++)
    add_layer(b, &hss->layers[l], of[l]);
  return prune_all(b, of);
}

// ---- speedups and losses, by group and by kind of weights

static double engine_speedup(const Run *run) {
  return (double)run->dense / (double)run->engine;
}

static double total_speedup(const PrunedLayer *layer, const Run *run) {
  return (double)layer->base->cycles / (double)run->cycles;
}

static const char *kind_of(const char *group) {
  return strncmp(group, "DLMC", 4) ? "trained weights" : "DLMC";
}

// How the layers of a kind fare with a wish: who is faster, how often little energy is kept.
static void tally(Bench *b, const char *scope, double ahead, double kept) {
  mean_add(&b->means, text_of("%s ahead", scope), ahead);
  if (ahead > 1.01) mean_add(&b->means, text_of("%s wins", scope), 1);
  if (ahead < 0.99) mean_add(&b->means, text_of("%s losses", scope), 1);
  if (kept < 0.9) mean_add(&b->means, text_of("%s poor", scope), 1);
}

static void add_pruned(Bench *b, const PrunedLayer *layer, int w) {
  const Pruned *of = &layer->of[w];
  const char *scope = text_of("%s %s", layer->group, wishes[w]);
  double ahead = total_speedup(layer, of->run) / total_speedup(layer, layer->chosen);
  mean_add(&b->means, text_of("%s hss engine", scope), engine_speedup(of->run));
  mean_add(&b->means, text_of("%s hss total", scope), total_speedup(layer, of->run));
  mean_add(&b->means, text_of("%s b engine", scope), engine_speedup(layer->b));
  mean_add(&b->means, text_of("%s auto engine", scope), engine_speedup(layer->chosen));
  mean_add(&b->means, text_of("%s auto total", scope), total_speedup(layer, layer->chosen));
  mean_add(&b->means, text_of("%s nonzero", scope), layer->share);
  mean_add(&b->means, text_of("%s energy", scope), of->energy);
  mean_add(&b->means, text_of("%s free energy", scope), of->free_energy);
  mean_add(&b->means, text_of("%s error", scope), of->error);
  mean_add(&b->means, text_of("%s free error", scope), of->free_error);
  tally(b, scope, ahead, 1);
  tally(b, text_of("%s %s", kind_of(layer->group), wishes[w]), ahead, of->energy);
}

bool hss_judge(Bench *b) {
  Hss *hss = b->state;
  for (int l = 0; l < hss->layer_count; l++) {
    PrunedLayer *layer = &hss->layers[l];
    const char *original = text_of("original %.6g", layer->share);
    const Work *work = work_find(&b->runs, "pruned", layer->group, layer->name, original);
    layer->base = work_run(&b->runs, work, "dense_1024", "");
    layer->b = work_run(&b->runs, work, "griffin_1024", "b");
    layer->chosen = work_run(&b->runs, work, "griffin_1024", "auto");
    for (int w = 0; w < HSS_WISHES; w++) {
      Pruned *of = &layer->of[w];
      if (!of->pattern) continue;
      const char *wanted = text_of("%s %s", wishes[w], of->pattern);
      of->run = work_run(&b->runs, work_find(&b->runs, "pruned", layer->group, layer->name, wanted), "hss_1024", "");
      add_pruned(b, layer, w);
    }
  }
  return true;
}

// ---- tables

static const char *common_pattern(const Hss *hss, const char *group, int w) {
  const char *found = NULL;
  for (int l = 0; l < hss->layer_count; l++) {
    const char *pattern = hss->layers[l].of[w].pattern;
    if (strcmp(hss->layers[l].group, group) != 0 || !pattern) continue;
    if (found && strcmp(found, pattern) != 0) return "by layer";
    found = pattern;
  }
  return found;
}

static void write_group(const Bench *b, FILE *out, const char *group, int w) {
  const char *scope = text_of("%s %s", group, wishes[w]), *pattern = common_pattern(b->state, group, w);
  const Means *m = &b->means;
  if (!pattern) return;
  fprintf(out, "| %s | %d | %.3f | %s", group, mean_of(m, text_of("%s energy", scope)).count,
          mean_arithmetic(m, text_of("%s nonzero", scope)), pattern);
  static const char *const speeds[] = {"hss engine", "hss total", "b engine", "auto engine", "auto total"};
  for (int i = 0; i < 5; i++)
    fprintf(out, " | %s", mean_text(m, text_of("%s %s", scope, speeds[i])));
  fprintf(out, " | %.4f | %.4f | %.3g | %.3g | %s | %d, %d |\n", mean_arithmetic(m, text_of("%s energy", scope)),
          mean_arithmetic(m, text_of("%s free energy", scope)), mean_arithmetic(m, text_of("%s error", scope)),
          mean_arithmetic(m, text_of("%s free error", scope)), mean_text(m, text_of("%s ahead", scope)),
          mean_of(m, text_of("%s wins", scope)).count, mean_of(m, text_of("%s losses", scope)).count);
}

static void write_groups(const Bench *b, FILE *out) {
  const Hss *hss = b->state;
  table_head(out,
             "weights | layers | nonzero | pattern | hss engine | total | griffin engine, b | engine, auto | total, "
             "auto | kept energy | unstructured | MSE | unstructured | hss / griffin, total | faster: hss, griffin");
  for (int l = 0; l < hss->layer_count; l++)
    if (l == 0 || strcmp(hss->layers[l].group, hss->layers[l - 1].group) != 0)
      for (int w = 0; w < HSS_WISHES; w++)
        write_group(b, out, hss->layers[l].group, w);
}

// What pruning to a pattern costs, and where it gains nothing, in sentences.
static void write_tally(const Bench *b, FILE *out, const char *kind, int w) {
  const char *scope = text_of("%s %s", kind, wishes[w]);
  Mean ahead = mean_of(&b->means, text_of("%s ahead", scope));
  if (!ahead.count) return;
  fprintf(
      out,
      "- %s, density %s, %d layers: hss_1024 is faster in %d, griffin_1024 in %d (by up to %.2f times); kept energy "
      "below 0.9: %d\n",
      kind, w == NEAREST ? "next below the original" : wishes[w], ahead.count,
      mean_of(&b->means, text_of("%s wins", scope)).count, mean_of(&b->means, text_of("%s losses", scope)).count,
      fmax(1, 1 / ahead.least), mean_of(&b->means, text_of("%s poor", scope)).count);
}

static void write_verdict(const Bench *b, FILE *out) {
  const Hss *hss = b->state;
  int sparser = 0, beyond = 0;
  for (int w = 0; w < HSS_WISHES; w++)
    write_tally(b, out, "trained weights", w);
  for (int w = 0; w < HSS_WISHES; w++)
    write_tally(b, out, "DLMC", w);
  for (int l = 0; l < hss->layer_count; l++) {
    if (hss->layers[l].share >= 0.25) continue;
    sparser++;
    beyond += engine_speedup(hss->layers[l].b) > 4;
  }
  fprintf(out,
          "- %d of %d layers are sparser than 1/4, the sparsest pattern: the engine of hss_1024 gains 4 times at most\n"
          "  there, that of griffin_1024 (mode b) gains more in %d of them, and loses nothing\n",
          sparser, hss->layer_count, beyond);
}

static void write_trained(const Bench *b, FILE *out) {
  const Hss *hss = b->state;
  table_head(out,
             "network | layer | M x N x K | nonzero | A | griffin engine, auto | total, auto | hss total 1/2 | 1/3 | "
             "next below | 1/4 | kept energy 1/2 | 1/3 | next below | 1/4");
  for (int l = 0; l < hss->layer_count; l++) {
    const PrunedLayer *layer = &hss->layers[l];
    if (!strncmp(layer->group, "DLMC", 4)) continue;
    bool random = strstr(layer->base->command, "--input random:") || strstr(layer->base->command, "--a random:");
    fprintf(out, "| %s | %s | %s | %.3f | %s | %.2f | %.2f", layer->group, layer->name, run_shape(layer->base),
            layer->share, random ? "random" : "recorded", engine_speedup(layer->chosen),
            total_speedup(layer, layer->chosen));
    for (int w = 0; w < HSS_WISHES; w++)
      fprintf(out, " | %s", layer->of[w].pattern ? text_of("%.2f", total_speedup(layer, layer->of[w].run)) : "-");
    for (int w = 0; w < HSS_WISHES; w++)
      fprintf(out, " | %s", layer->of[w].pattern ? text_of("%.3f", layer->of[w].energy) : "-");
    fputs(" |\n", out);
  }
}

void hss_write_pruned(Bench *b, FILE *out, const char *table) {
  if (!strcmp(table, "@pruned"))
    write_groups(b, out);
  else if (!strcmp(table, "@verdict"))
    write_verdict(b, out);
  else
    write_trained(b, out);
}
