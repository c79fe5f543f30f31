// Two layers in a row on the outer-product engine, the feature map between them dense and without its zeros.
#include "gen/base/error.h"
#include "harness/bench/outer/outer.h"
#include "harness/bench/text.h"

#include <string.h>

// first layer | second layer | bytes a cycle of the memory; of the model's folder in LACUNA_DATA
static const TableSection sections[] = {{"model", 1}, {"chains", 4}, {0}};

static const char *layer_text(const char *model, const char *name) {
  return text_of("data/layers/%s/%s.w.npy,bias=data/layers/%s/%s.b.npy", model, name, model, name);
}

static bool list(Bench *b) {
  static const char *const between[] = {"dense", "compressed"};
  const TableRow *model = table_next(&b->table, "model", NULL);
  if (!b->has_data) return true;
  if (!model) return error_at(b->figures.page, 0, 0, "[model] is empty");
  for (const TableRow *row = table_next(&b->table, "chains", NULL); row; row = table_next(&b->table, "chains", row)) {
    char **cell = row->cell;
    if (!bench_wants(b, row)) continue;
    for (int i = 0; i < 2; i++) {
      Work work = {.table = "chains", .name = between[i], .wanted = cell[2], .times = 1, .verb = "chain"};
      work.group = text_of("`%s`, `%s`", cell[0], cell[1]);
      work.rtl = bench_rtl(b, row, 3);
      work.operands = text_of(
          "--between %s --input data/activations/%s/%s.x.npy --layer %s,activation=relu --layer %s%s%s", between[i],
          model->cell[0], cell[0], layer_text(model->cell[0], cell[0]), layer_text(model->cell[0], cell[1]),
          strcmp(cell[2], "16") ? text_of(" --mem-bandwidth %s", cell[2]) : "", work.rtl ? " --out result.npy" : "");
      runs_add(&b->runs, work, "outer_128:-");
    }
  }
  return true;
}

// ---- the table

static int64_t of_layer(const Run *run, int layer, const char *name) {
  Run part = {.report = json_array_get(json_object_get(run->report, "layers"), (size_t)layer)};
  return run_number(&part, name);
}

static bool same_bytes(const char *left, const char *right) {
  FILE *a = fopen(left, "rb"), *b = fopen(right, "rb");
  bool same = a && b;
  for (int byte = 0; same && byte != EOF;) {
    byte = getc(a);
    same = byte == getc(b);
  }
  if (a) fclose(a);
  if (b) fclose(b);
  return same;
}

// Two maps, one result: where both ran on the RTL.
static bool check_results(const Bench *b, const Run *dense, const Run *sparse) {
  if (!dense->rtl) return true;
  if (same_bytes(text_of("%s/result.npy", dense->folder), text_of("%s/result.npy", sparse->folder))) return true;
  return error_at(b->figures.page, 0, 0, "`%s` and `%s` differ in their results", dense->command, sparse->command);
}

static bool write_row(Bench *b, FILE *out, const Run *dense, const Run *sparse) {
  const Work *work = run_work(&b->runs, dense);
  int64_t map = of_layer(dense, 0, "bytes.c"), values = of_layer(sparse, 0, "bytes.c");
  int64_t dense_bytes = run_bytes(dense), bytes = run_bytes(sparse);
  fprintf(out, "| %s | %s | %lld | %lld + %lld | %lld | %lld | %.3f | %lld | %lld | %.3f | %s | %s |\n", work->group,
          work->wanted, (long long)map, (long long)values, (long long)(map - values - of_layer(sparse, 0, "c_saved")),
          (long long)dense_bytes, (long long)bytes, (double)bytes / (double)dense_bytes, (long long)dense->cycles,
          (long long)sparse->cycles, (double)sparse->cycles / (double)dense->cycles,
          dense->rtl ? "equal" : "not computed", run_by(dense));
  return check_results(b, dense, sparse);
}

static bool fill(Bench *b, FILE *out, char **words, int count) {
  if (count != 1 || strcmp(words[0], "@chains") != 0) return false;
  if (!work_next(&b->runs, "chains", NULL)) return fputs("Left out: there is no LACUNA_DATA.\n", out) >= 0;
  table_head(out, "layers | bytes a cycle | map | values + metadata | bytes, dense | sparse | sparse / dense | cycles, "
                  "dense | sparse | sparse / dense | results | by");
  bool good = true;
  for (size_t i = 0; i + 1 < b->runs.run_count; i += 2)
    good = write_row(b, out, &b->runs.runs[i], &b->runs.runs[i + 1]) && good;
  return good;
}

const PageKind page_outer_chain = {
    .name = "outer_chain", .engine = "outer", .sections = sections, .list = list, .fill = fill};
