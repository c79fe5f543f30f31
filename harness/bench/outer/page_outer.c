// The outer-product engine: its works, and which table stands where.
#include "gen/base/error.h"
#include "harness/bench/operands.h"
#include "harness/bench/outer/outer.h"
#include "harness/bench/text.h"

#include <stdlib.h>
#include <string.h>

// published, uniform: name | figure | operands | by
// break_even: density of A | densities of B | those on the RTL
// conv: name | operands, in this order: --input --weight --stride --pad --dilation --groups | by
// real_conv: by, of all those of LACUNA_DATA
static const TableSection sections[] = {{"published", 4}, {"uniform", 4},   {"break_even", 3},
                                        {"conv", 3},      {"real_conv", 1}, {0}};

static const char both[] = "outer_128_one_k:ab outer_128:ab";

enum { LARGEST_MATRIX = 2600, SAMPLED_MATRIX = 130 }; // rows or columns

// ---- random zeros

// A work of which the steps of the paper's formula are counted; operands: --a A --b B. wanted: FIGURE STEPS.
static bool add_with_formula(Bench *b, Work work, const char *figure) {
  char **words = text_words(work.operands, NULL);
  int64_t steps;
  if (!operand_steps(words[1], words[3], &steps)) return false;
  work.wanted = text_of("%s %lld", figure, (long long)steps);
  work.times = 1;
  work.verb = "run";
  runs_add(&b->runs, work, both);
  return true;
}

static bool list_table(Bench *b, const char *table) {
  for (const TableRow *row = table_next(&b->table, table, NULL); row; row = table_next(&b->table, table, row)) {
    if (!bench_wants(b, row)) continue;
    Work work = {.table = table, .group = table, .name = row->cell[0], .operands = row->cell[2]};
    work.rtl = bench_rtl(b, row, 3);
    if (!add_with_formula(b, work, row->cell[1])) return false;
  }
  return true;
}

// ---- layers pruned by magnitude, matrices times their transposes

static bool list_pruned(Bench *b) {
  Layers all = {0};
  if (!layers_patterns(b, &all)) return false;
  for (size_t i = 0; i < all.count; i++) {
    const Layer *layer = &all.list[i];
    char **name = text_words(layer->name, NULL);
    if (strcmp(layer->kind, "magnitude_pruning") != 0 || (strcmp(name[0], "0.8") != 0 && strcmp(name[0], "0.95") != 0))
      continue;
    Work work = {.table = "pruned", .group = name[0], .operands = layer->operands};
    work.name = text_of("%s %s", layer->model, name[1]);
    if (!add_with_formula(b, work, "1.3")) return false;
  }
  return true;
}

// Every matrix below 8 % density whose product is not too large.
static bool list_matrices(Bench *b) {
  Matrices all = {0};
  int largest = b->sample ? SAMPLED_MATRIX : LARGEST_MATRIX, listed = 0;
  if (!layers_matrices(b, &all)) return false;
  for (size_t i = 0; i < all.count && !layers_enough(b, listed); i++) {
    const Matrix *m = &all.list[i];
    if (m->density >= 0.08 || m->rows > largest || m->cols > largest) continue;
    const char *straight = text_of("operands/%s.mtx", m->name), *turned = text_of("operands/turned_%s.mtx", m->name);
    Work work = {.table = "matrices", .group = m->density_text, .name = m->name};
    work.operands = text_of("--a %s --b %s", straight, turned);
    listed++;
    if (!operand_matrix(m->path, false, bench_path(b, straight)) ||
        !operand_matrix(m->path, true, bench_path(b, turned)) || !add_with_formula(b, work, "3"))
      return false;
  }
  return true;
}

// ---- beside the dense and the Griffin engine of as many multipliers

// In a sample the last one of a row.
static void add_break_even(Bench *b, const TableRow *row) {
  char **densities = text_words(row->cell[1], NULL);
  for (int i = 0; densities[i]; i++) {
    const char *a = row->cell[0], *density = densities[i];
    if (b->sample && densities[i + 1]) continue;
    Work work = {.table = "break_even", .group = a, .name = density, .wanted = "-", .times = 1, .verb = "run"};
    work.rtl = !b->sample && text_has_word(row->cell[2], density);
    work.operands = text_of("--a random:512x1024:%s:1 --b random:1024x512:%s:2", a, density);
    runs_add(&b->runs, work, "dense_128:dense griffin_128:auto outer_128:auto");
  }
}

static bool list_break_even(Bench *b) {
  const char *path = bench_path(b, "configs/griffin_128.yaml");
  FILE *file = fopen(path, "w");
  if (!file || fputs("engine: griffin\ntile: {m: 2, n: 8, k: 8}\n", file) < 0 || fclose(file))
    return error_at(path, 0, 0, "can't be written");
  for (const TableRow *row = table_next(&b->table, "break_even", NULL); row;
       row = table_next(&b->table, "break_even", row))
    if (bench_wants(b, row)) add_break_even(b, row);
  return true;
}

// ---- convolutions, and the same through a dense im2col on the host

static bool read_conv(const char *operands, HostConv *conv) {
  char **w = text_words(operands, NULL);
  static const char *const options[] = {"--input", "--weight", "--stride", "--pad", "--dilation", "--groups"};
  for (int i = 0; i < 6; i++)
    if (!w[2 * i] || strcmp(w[2 * i], options[i]) != 0)
      return error_at(NULL, 0, 0, "`%s` lacks %s", operands, options[i]);
  *conv = (HostConv){.input = w[1], .weight = w[3]};
  long long n[8];
  if (sscanf(w[5], "%lld,%lld", &n[0], &n[1]) != 2 ||
      sscanf(w[7], "%lld,%lld,%lld,%lld", &n[2], &n[3], &n[4], &n[5]) != 4 ||
      sscanf(w[9], "%lld,%lld", &n[6], &n[7]) != 2)
    return error_at(NULL, 0, 0, "`%s`: expected --stride Y,X --pad T,L,B,R --dilation Y,X", operands);
  for (int i = 0; i < 2; i++)
    conv->stride[i] = n[i], conv->dilation[i] = n[6 + i];
  for (int i = 0; i < 4; i++)
    conv->pad[i] = n[2 + i];
  return true;
}

static bool add_convolution(Bench *b, const char *group, const char *name, const char *operands, bool rtl) {
  HostConv conv;
  char *base = text_of("operands/im2col_%s_%s", group, name);
  for (char *c = base + strlen("operands/"); *c; c++)
    if (strchr(" /,", *c)) *c = '_';
  const char *a = text_of("%s_a.npy", base), *of_b = text_of("%s_b.npy", base);
  if (!read_conv(operands, &conv) || !operand_im2col(&conv, bench_path(b, a), bench_path(b, of_b))) return false;
  Work work = {.table = "conv", .group = group, .name = name, .wanted = "conv", .times = 1, .rtl = rtl};
  work.verb = "conv";
  work.operands = operands;
  runs_add(&b->runs, work, "outer_128:auto");
  work.wanted = "im2col";
  work.rtl = false;
  work.verb = "run";
  work.operands = text_of("--a %s --b %s", a, of_b);
  runs_add(&b->runs, work, "outer_128:auto");
  return true;
}

static bool list_convolutions(Bench *b) {
  Layers all = {0};
  const TableRow *real = table_next(&b->table, "real_conv", NULL);
  if (!layers_real(b, &all)) return false;
  for (size_t i = 0; i < all.count && real && bench_wants(b, real); i++) {
    const Layer *layer = &all.list[i];
    const char *groups = strstr(layer->operands, " --groups ");
    if (!strcmp(layer->kind, "other") && groups && !strcmp(groups, " --groups 1") &&
        !add_convolution(b, layer->model, layer->name, layer->operands, bench_rtl(b, real, 0)))
      return false;
  }
  for (const TableRow *row = table_next(&b->table, "conv", NULL); row; row = table_next(&b->table, "conv", row))
    if (bench_wants(b, row) && !add_convolution(b, "random operands", row->cell[0], row->cell[1], bench_rtl(b, row, 2)))
      return false;
  return true;
}

static bool list(Bench *b) {
  b->state = calloc(1, sizeof(Outer));
  return b->state && list_table(b, "published") && list_table(b, "uniform") && list_pruned(b) && list_matrices(b) &&
         layers_of_networks(b, "dense_128:dense outer_128:dense outer_128:auto", false, true) && list_break_even(b) &&
         list_convolutions(b);
}

static bool fill(Bench *b, FILE *out, char **words, int count) {
  const char *table = words[0], *of = count > 1 ? words[1] : "";
  bool left_out = !strcmp(table, "@pruned") || !strcmp(table, "@matrices");
  if (left_out && !work_next(&b->runs, table + 1, NULL))
    fputs("Left out: there is no LACUNA_DATA.\n", out);
  else if (!strcmp(table, "@published") && count == 2)
    outer_published(b, out, of);
  else if (!strcmp(table, "@uniform"))
    outer_uniform(b, out);
  else if (!strcmp(table, "@pruned"))
    outer_pruned(b, out);
  else if (!strcmp(table, "@matrices"))
    outer_matrices(b, out);
  else if (!strcmp(table, "@dense"))
    outer_dense(b, out);
  else if (!strcmp(table, "@break_even"))
    outer_break_even(b, out);
  else if (!strcmp(table, "@conv"))
    outer_conv(b, out);
  else if (!strcmp(table, "@overlap"))
    outer_overlaps(b, out);
  else
    return false;
  return true;
}

static const PageKind page = {
    .name = "outer", .engine = "outer", .sections = sections, .list = list, .judge = outer_judge, .fill = fill};

const PageKind *const pages_outer[] = {&page, &page_outer_chain, &page_outer_merge, NULL};
