// Layers from layers.txt and from the tables of LACUNA_DATA.
#include "harness/bench/layers.h"
#include "gen/base/error.h"
#include "harness/bench/operands.h"
#include "harness/bench/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLED_LAYERS = 2, SAMPLED_WEIGHTS = 20000, COLUMNS = 64 };

bool layers_enough(const Bench *b, int so_far) {
  return b->sample && so_far >= SAMPLED_LAYERS;
}

// ---- networks

static const TableSection network_sections[] = {{"networks", 3}, {"layers", 5}, {0}};

typedef struct Network {
  const char *name, *weights, *inputs;
} Network;

static bool find_network(const Table *table, const TableRow *layer, Network *network) {
  for (const TableRow *row = table_next(table, "networks", NULL); row; row = table_next(table, "networks", row))
    if (!strcmp(row->cell[0], layer->cell[0])) {
      *network = (Network){row->cell[0], row->cell[1], row->cell[2]};
      return true;
    }
  return error_at(layer->file, layer->line, 0, "[networks] has no `%s`", layer->cell[0]);
}

// A picture has no zeros: the input of a network's first layer is dense.
static bool is_first(const Table *table, const TableRow *layer) {
  const TableRow *row = table_next(table, "layers", NULL);
  while (strcmp(row->cell[0], layer->cell[0]) != 0)
    row = table_next(table, "layers", row);
  return row == layer;
}

static const char *layer_operands(char **word, int count, const char *inputs, const char *weights) {
  if (count == 4 && !strcmp(word[0], "gemm"))
    return text_of("--a random:%sx%s:%s --b random:%sx%s:%s", word[1], word[2], inputs, word[2], word[3], weights);
  if (count == 6 && !strcmp(word[0], "conv"))
    return text_of("--input random:%s:%s --weight random:%s:%s --stride %s --pad %s --groups %s", word[1], inputs,
                   word[2], weights, word[3], word[4], word[5]);
  return NULL;
}

static bool add_layer(Bench *b, const Table *table, const TableRow *row, const char *configurations, bool rtl,
                      bool dense) {
  Network network = {0};
  int count;
  char **words = text_words(row->cell[4], &count);
  if (!find_network(table, row, &network)) return false;
  const char *inputs = dense || is_first(table, row) ? "1" : network.inputs;
  const char *operands = layer_operands(words, count, inputs, dense ? "1" : network.weights);
  if (!operands)
    return error_at(row->file, row->line, 0,
                    "`%s` is no layer; expected: gemm M K N, or conv CxHxW OxIxKHxKW STRIDE PAD GROUPS", row->cell[4]);
  Work work = {.table = "layers", .group = network.name, .name = row->cell[1], .wanted = "-", .operands = operands};
  work.times = atoi(row->cell[2]);
  work.rtl = rtl && bench_rtl(b, row, 3);
  work.verb = count == 4 ? "run" : "conv";
  runs_add(&b->runs, work, configurations);
  return true;
}

bool layers_of_networks(Bench *b, const char *configurations, bool rtl, bool dense) {
  Table *table = calloc(1, sizeof *table);
  if (!table || !table_read(text_of("%s/layers.txt", b->tables), network_sections, NULL, table)) return false;
  for (const TableRow *row = table_next(table, "layers", NULL); row; row = table_next(table, "layers", row))
    if (bench_wants(b, row) && !add_layer(b, table, row, configurations, rtl, dense)) return false;
  return true;
}

// ---- tables of LACUNA_DATA: commas between cells, the first line has their names

typedef struct Csv {
  FILE *file;
  const char *path;
  char *names[COLUMNS], *cells[COLUMNS];
  int count;
} Csv;

static int csv_split(Csv *csv, char **cells) {
  char *line = NULL;
  size_t size = 0;
  if (getline(&line, &size, csv->file) < 0) return 0;
  line[strcspn(line, "\r\n")] = '\0';
  int count = 0;
  for (char *cell = line; cell && count < COLUMNS; count++) {
    cells[count] = cell;
    cell = strchr(cell, ',');
    if (cell) *cell++ = '\0';
  }
  return count;
}

static bool csv_open(Csv *csv, const char *path) {
  *csv = (Csv){.file = fopen(path, "r"), .path = path};
  if (!csv->file) return error_at(path, 0, 0, "can't be read");
  csv->count = csv_split(csv, csv->names);
  return csv->count > 0 || error_at(path, 1, 0, "is empty");
}

static bool csv_next(Csv *csv) {
  return csv_split(csv, csv->cells) >= csv->count;
}

static const char *csv_cell(const Csv *csv, const char *name) {
  for (int i = 0; i < csv->count; i++)
    if (!strcmp(csv->names[i], name)) return csv->cells[i];
  error_at(csv->path, 1, 0, "there is no column `%s`", name);
  exit(EXIT_FAILURE);
}

static Layer *add(Layers *layers) {
  layers->list = text_grow(layers->list, layers->count, &layers->room, sizeof *layers->list);
  return &layers->list[layers->count++];
}

// ---- real layers

static const char *operand(const char *file, const char *shape, const char *zeros, bool fits) {
  return *file && fits ? text_of("data/%s", file) : text_of("random:%s:%.6g", shape, 1 - strtod(zeros, NULL));
}

// "2x1" as "2,1".
static const char *pair(const char *cell) {
  char *text = text_of("%s", cell);
  char *x = strchr(text, 'x');
  if (x) *x = ',';
  return text;
}

static const char *kind_of(const char *kind, const char *name) {
  return !strcmp(kind, "dwconv")   ? "depthwise"
         : !strcmp(kind, "matmul") ? "GEMM"
         : strstr(name, "1x1")     ? "1x1"
                                   : "other";
}

static void add_real(Layers *layers, const Csv *csv) {
  Layer layer = {.model = csv_cell(csv, "model"), .name = csv_cell(csv, "layer")};
  const char *input =
      operand(csv_cell(csv, "x_file"), csv_cell(csv, "in_shape"), csv_cell(csv, "x_zero_frac_int8"), true);
  layer.kind = kind_of(csv_cell(csv, "kind"), layer.name);
  layer.zeros = strtod(csv_cell(csv, "w_zero_frac_int8"), NULL);
  layer.weight = operand(csv_cell(csv, "w_file"), csv_cell(csv, "w_shape"), csv_cell(csv, "w_zero_frac_int8"),
                         strcmp(csv_cell(csv, "w_dtype"), "int16") != 0);
  bool gemm = !strcmp(layer.kind, "GEMM");
  layer.verb = gemm ? "run" : "conv";
  if (gemm) {
    layer.operands = text_of("--a %s --b %s", input, layer.weight);
  } else {
    int pad[4] = {0};
    sscanf(csv_cell(csv, "pad_tlbr"), "%d %d %d %d", &pad[0], &pad[1], &pad[2], &pad[3]);
    layer.operands = text_of("--input %s --weight %s --stride %s --pad %d,%d,%d,%d --dilation %s --groups %s", input,
                             layer.weight, pair(csv_cell(csv, "stride")), pad[0], pad[1], pad[2], pad[3],
                             pair(csv_cell(csv, "dilation")), csv_cell(csv, "groups"));
  }
  *add(layers) = layer;
}

bool layers_real(Bench *b, Layers *layers) {
  Csv csv;
  if (!b->has_data) return true;
  if (!csv_open(&csv, bench_path(b, "data/layers/layers.csv"))) return false;
  while (csv_next(&csv))
    if (strcmp(csv_cell(&csv, "kind"), "attention-matmul") != 0) add_real(layers, &csv);
  fclose(csv.file);
  return true;
}

// ---- patterns

// The file's name without folder and suffix.
static const char *base_name(const char *file) {
  const char *slash = strrchr(file, '/');
  const char *base = slash ? slash + 1 : file;
  return text_of("%.*s", (int)strcspn(base, "."), base);
}

static const char *operand_name(const char *file) {
  char *name = text_of("operands/%.*smtx", (int)(strlen(file) - strlen("smtx")), file);
  for (char *slash = strchr(name, '/') + 1; (slash = strchr(slash, '/'));)
    *slash = '_';
  return name;
}

bool layers_patterns(Bench *b, Layers *layers) {
  Csv csv;
  if (!b->has_data) return true;
  if (!csv_open(&csv, bench_path(b, "data/dlmc/dlmc_selected.csv"))) return false;
  while (csv_next(&csv)) {
    const char *file = csv_cell(&csv, "file"), *cols = csv_cell(&csv, "cols"), *rows = csv_cell(&csv, "dense_n");
    if (b->sample && atoi(csv_cell(&csv, "rows")) * atoi(cols) > SAMPLED_WEIGHTS) continue;
    Layer layer = {.model = csv_cell(&csv, "model"), .kind = csv_cell(&csv, "method"), .verb = "run"};
    layer.name = text_of("%s %s", csv_cell(&csv, "nominal_sparsity"), base_name(file));
    layer.zeros = 1 - strtod(csv_cell(&csv, "density"), NULL);
    layer.weight = operand_name(file);
    layer.operands = text_of("--a random:%sx%s:0.55 --b %s", *rows ? rows : "256", cols, layer.weight);
    if (!operand_pattern(bench_path(b, text_of("data/dlmc/%s", file)), bench_path(b, layer.weight))) return false;
    *add(layers) = layer;
  }
  fclose(csv.file);
  return true;
}

// ---- matrices

bool layers_matrices(Bench *b, Matrices *all) {
  Csv csv;
  if (!b->has_data) return true;
  if (!csv_open(&csv, bench_path(b, "data/matrices/matrices.csv"))) return false;
  while (csv_next(&csv)) {
    const char *file = csv_cell(&csv, "file"), *density = csv_cell(&csv, "density");
    all->list = text_grow(all->list, all->count, &all->room, sizeof *all->list);
    all->list[all->count++] = (Matrix){.name = base_name(file),
                                       .path = bench_path(b, text_of("data/matrices/%s", file)),
                                       .density_text = density,
                                       .density = strtod(density, NULL),
                                       .rows = atoi(csv_cell(&csv, "rows")),
                                       .cols = atoi(csv_cell(&csv, "cols"))};
  }
  fclose(csv.file);
  return true;
}
