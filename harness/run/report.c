// The report. Field names of the JSON form are stable, scripts depend on them; new ones may be added at the end.
#include "harness/run/report.h"
#include "gen/base/error.h"
#include "gen/base/output.h"
#include "gen/base/version.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

typedef struct SplitName {
  const char *json, *words;
} SplitName;

#define SPLIT_NAME(WITH, NAME, engine, json, words, ...) {json, words},
static const SplitName split_names[CAUSES] = {CYCLE_CAUSES(SPLIT_NAME, )};
#undef SPLIT_NAME

uint64_t report_engine_cycles(const Report *report) {
  uint64_t sum = 0;
  for (int i = 0; i < CAUSES; i++)
    if (CAUSES_OF_ENGINE >> i & 1) sum += report->split[i];
  return sum;
}

static double ratio(uint64_t part, uint64_t whole) {
  return whole ? (double)part / (double)whole : 0;
}

static double utilization(const Report *r, uint64_t products) {
  return ratio(products, r->cycles) / (r->macs ? r->macs : 1);
}

static json_t *split_json(const Report *r) {
  json_t *split = json_object();
  for (int i = 0; i < CAUSES; i++)
    json_object_set_new(split, split_names[i].json, json_integer((json_int_t)r->split[i]));
  return split;
}

static void add_speed(json_t *json, const Report *r) {
  uint64_t engine = report_engine_cycles(r);
  json_object_set_new(json, "cycles", json_integer((json_int_t)r->cycles));
  json_object_set_new(json, "engine_cycles", json_integer((json_int_t)engine));
  json_object_set_new(json, "dense_cycles", json_integer((json_int_t)r->dense_cycles));
  json_object_set_new(json, "speedup", json_real(ratio(r->dense_cycles, r->cycles)));
  json_object_set_new(json, "engine_speedup", json_real(ratio(r->dense_cycles, engine)));
  json_object_set_new(json, "split", split_json(r));
}

static void add_work(json_t *json, const Report *r) {
  json_object_set_new(json, "mults",
                      json_pack("{s:I, s:I, s:I}", "issued", (json_int_t)r->issued, "effectual",
                                (json_int_t)r->effectual, "skipped", (json_int_t)r->skipped));
  json_object_set_new(json, "utilization", json_real(utilization(r, r->effectual)));
  json_object_set_new(json, "bytes",
                      json_pack("{s:I, s:I, s:I, s:I}", "a", (json_int_t)r->bytes_a, "b", (json_int_t)r->bytes_b,
                                "meta", (json_int_t)r->bytes_meta, "c", (json_int_t)r->bytes_c));
  json_object_set_new(json, "model",
                      json_pack("{s:I, s:I}", "cycles", (json_int_t)r->model_cycles, "engine_cycles",
                                (json_int_t)r->model_engine_cycles));
}

static json_t *borrowed_json(const Report *r) {
  char name[16];
  json_t *borrowed = json_object();
  for (int i = 0; i < r->depth - 1; i++) {
    snprintf(name, sizeof name, "%d", i + 1);
    json_object_set_new(borrowed, name, json_integer((json_int_t)r->borrowed[i]));
  }
  json_object_set_new(borrowed, "lane", json_integer((json_int_t)r->borrowed[BORROWED_LANE]));
  json_object_set_new(borrowed, "pe", json_integer((json_int_t)r->borrowed[BORROWED_PE]));
  return borrowed;
}

static json_t *tried_json(const Report *r) {
  json_t *tried = json_object();
  for (const ReportTrial *t = r->tried; t < r->tried + MODES_MOST; t++)
    if (t->cycles) json_object_set_new(tried, t->mode, json_integer((json_int_t)t->cycles));
  return tried;
}

static void add_windows(json_t *json, const Report *r) {
  json_object_set_new(json, "packing", json_string(r->packing));
  json_object_set_new(json, "tried", tried_json(r));
  json_object_set_new(json, "borrowed", borrowed_json(r));
}

json_t *report_json(const Report *r) {
  char hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, r->plan_hash);
  json_t *json =
      json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s}", "tool", "lacuna " LACUNA_VERSION, "config", r->config,
                "plan_hash", hash, "engine", r->engine, "mode", r->mode, "dataflow", r->dataflow, "sim", r->sim);
  json_object_set_new(json, "m", json_integer(r->m));
  json_object_set_new(json, "n", json_integer(r->n));
  json_object_set_new(json, "k", json_integer(r->k));
  json_object_set_new(json, "nnz_a", json_integer(r->nnz_a));
  json_object_set_new(json, "nnz_b", json_integer(r->nnz_b));
  json_object_set_new(json, "density_a", json_real(ratio((uint64_t)r->nnz_a, (uint64_t)r->count_a)));
  json_object_set_new(json, "density_b", json_real(ratio((uint64_t)r->nnz_b, (uint64_t)r->count_b)));
  json_object_set_new(json, "macs", json_integer(r->macs));
  add_speed(json, r);
  add_work(json, r);
  json_object_set_new(json, "match", r->simulated ? json_boolean(r->match) : json_null());
  json_object_set_new(json, "wall_s", json_real(r->wall_s));
  json_object_set_new(json, "sim_cycles_per_s", json_real(r->wall_s > 0 ? (double)r->cycles / r->wall_s : 0));
  json_object_set_new(json, "scale_a", json_real(r->scale_a));
  json_object_set_new(json, "scale_b", json_real(r->scale_b));
  json_object_set_new(json, "scale_out", r->scale_out > 0 ? json_real(r->scale_out) : json_null());
  json_object_set_new(json, "bias", r->bias ? json_string(r->bias) : json_null());
  json_object_set_new(json, "least_bytes", json_integer((json_int_t)r->least_bytes));
  if (r->windows) add_windows(json, r);
  json_object_set_new(json, "pattern_a", r->pattern_a ? json_string(r->pattern_a) : json_null());
  json_object_set_new(json, "pattern", r->pattern ? json_string(r->pattern) : json_null());
  json_object_set_new(json, "padding", json_integer(r->padding));
  json_object_set_new(json, "a_format", r->a_format ? json_string(r->a_format) : json_null());
  json_object_set_new(json, "a_saved", json_integer(r->a_saved));
  if (r->c_format) json_object_set_new(json, "c_format", json_string(r->c_format));
  if (r->c_format) json_object_set_new(json, "c_saved", json_integer(r->c_saved));
  if (r->buffer_all) json_object_set_new(json, "buffer_reads", json_integer((json_int_t)r->buffer_reads));
  if (r->pattern_a) json_object_set_new(json, "a_passes", json_integer(r->a_passes));
  if (r->float_bits) json_object_set_new(json, "float_bits", json_integer(r->float_bits));
  return json;
}

bool json_write(const char *path, json_t *json) {
  Output output;
  bool good = json && output_open(&output, path);
  if (good && !json_dumpf(json, output.file, JSON_INDENT(2) | JSON_REAL_PRECISION(12))) {
    fputc('\n', output.file);
    good = output_commit(&output);
  } else if (good) {
    good = error_at(path, 0, 0, "writing failed: %s; nothing is left of it", strerror(errno));
    output_abandon(&output);
  }
  json_decref(json);
  return good;
}

bool report_write(const Report *report, const char *path) {
  return json_write(path, report_json(report));
}

// 1234567 as "1,234,567"; text holds 32 characters.
static const char *grouped(uint64_t value, char *text) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%" PRIu64, value), at = 0;
  for (int i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0) text[at++] = ',';
    text[at++] = digits[i];
  }
  text[at] = 0;
  return text;
}

static void print_split(const Report *r, FILE *out) {
  char text[32];
  for (int i = 0; i < CAUSES; i++)
    if (r->split[i])
      fprintf(out, "    %-16s %16s  %5.1f %%\n", split_names[i].words, grouped(r->split[i], text),
              100 * ratio(r->split[i], r->cycles));
}

static void print_operands(const Report *r, FILE *out) {
  fprintf(out, "%s on %s: C[%" PRId64 ",%" PRId64 "], K = %" PRId64 "; A %.1f %% nonzero, B %.1f %% nonzero\n", r->work,
          r->config, r->m, r->n, r->k, 100 * ratio((uint64_t)r->nnz_a, (uint64_t)r->count_a),
          100 * ratio((uint64_t)r->nnz_b, (uint64_t)r->count_b));
  if (r->scale_a < 1 || r->scale_a > 1)
    fprintf(out, "  A in units of      %16.9g%s\n", r->scale_a, r->quantised_a ? "  quantised" : "");
  if (r->scale_b < 1 || r->scale_b > 1)
    fprintf(out, "  B in units of      %16.9g%s\n", r->scale_b, r->quantised_b ? "  quantised" : "");
  if (r->scale_out > 0 && (r->scale_out < 1 || r->scale_out > 1))
    fprintf(out, "  C in units of      %16.9g\n", r->scale_out);
  if (r->bias) fprintf(out, "  %-18s %s\n", "bias", r->bias);
  if (r->float_bits)
    fprintf(out, "  %-18s %16d  bits; with more of them a result would not fit the 32-bit accumulator\n", "floats in",
            r->float_bits);
}

static void print_places(const Report *r, FILE *out) {
  const char *const names[] = {"result", "report", "waveform", "Verilog"};
  const char *const places[] = {r->out, r->json, r->trace, r->bundle};
  for (int i = 0; i < 4; i++)
    if (places[i]) fprintf(out, "  %-18s %s\n", names[i], places[i]);
}

static void print_verdict(const Report *r, FILE *out) {
  char text[32], rate[32];
  fprintf(out, "  %-18s %16s  %s\n", "values",
          !r->simulated ? "not computed"
          : r->match    ? "all right"
                        : "WRONG",
          r->simulated ? "compared bit for bit with the golden reference" : "by the cycle model");
  fprintf(out, "  %-18s %16s  %s %s, %s cycles a second\n", "cycles", grouped(r->cycles, text),
          r->simulated ? "generated RTL in" : "predicted by the", r->sim,
          grouped(r->wall_s > 0 ? (uint64_t)((double)r->cycles / r->wall_s) : 0, rate));
}

// Each mode that was tried, the one taken with an arrow.
static void print_modes(const Report *r, FILE *out) {
  char text[32];
  for (const ReportTrial *t = r->tried; t < r->tried + MODES_MOST; t++)
    if (t->cycles)
      fprintf(out, "  mode %-13s %16s  cycles predicted, B %s%s\n", t->mode, grouped(t->cycles, text), t->packing,
              strcmp(r->mode, t->mode) ? "" : "; taken");
}

static void print_borrowed(const Report *r, FILE *out) {
  char text[32];
  uint64_t sum = 0;
  for (int i = 0; i < BORROWED_STEPS; i++)
    sum += r->borrowed[i];
  fprintf(out, "  %-18s %16s  multiplications from later steps:", "borrowed", grouped(sum, text));
  for (int i = 0; i < r->depth - 1; i++)
    fprintf(out, " %" PRIu64, r->borrowed[i]);
  fprintf(out, "; other lanes %" PRIu64 ", other PEs %" PRIu64 "\n", r->borrowed[BORROWED_LANE],
          r->borrowed[BORROWED_PE]);
}

void report_print(const Report *r, FILE *out) {
  char text[32], more[32];
  uint64_t bytes = r->bytes_a + r->bytes_b + r->bytes_meta + r->bytes_c;
  print_operands(r, out);
  print_verdict(r, out);
  print_split(r, out);
  fprintf(out, "  %-18s %16s  these multipliers without a gap; speedup %.3f\n", "dense cycles",
          grouped(r->dense_cycles, text), ratio(r->dense_cycles, r->cycles));
  fprintf(out, "  %-18s %16s  cycles predicted, %s of them the engine's\n", "cycle model",
          grouped(r->model_cycles, text), grouped(r->model_engine_cycles, more));
  if (r->windows) print_modes(r, out);
  if (r->pattern_a)
    fprintf(out, "  %-18s %16s  along K, %.1f %% nonzero\n", "pattern of A", r->pattern_a,
            100 * ratio((uint64_t)r->nnz_a, (uint64_t)r->count_a));
  if (r->pattern_a)
    fprintf(out, "  %-18s %16d  along K: A %s\n", "passes of A", r->a_passes,
            r->a_passes > 1 ? "in parts that obey its pattern" : "obeys its pattern");
  if (r->pattern)
    fprintf(out, "  %-18s %16s  of the weights; %" PRId64 " elements fill up steps beside K = %" PRId64 "\n", "pattern",
            r->pattern, r->padding, r->k);
  fprintf(out, "  %-18s %14.1f %%  of %d multipliers in all cycles; %.1f %% with both operands nonzero\n",
          "utilisation", 100 * utilization(r, r->issued), r->macs, 100 * utilization(r, r->effectual));
  if (r->windows) print_borrowed(r, out);
  fprintf(out, "  %-18s %16s  A %" PRIu64 ", B %" PRIu64 ", metadata %" PRIu64 ", C %" PRIu64 "; at best %" PRIu64 "\n",
          "bytes moved", grouped(bytes, text), r->bytes_a, r->bytes_b, r->bytes_meta, r->bytes_c, r->least_bytes);
  if (r->a_format)
    fprintf(out, "  %-18s %16s  in memory, its metadata counted, %" PRId64 " bytes fewer than dense\n", "A",
            r->a_format, r->a_saved);
  if (r->c_format && !strcmp(r->c_format, "compressed"))
    fprintf(out, "  %-18s %16s  in memory, its metadata counted, %" PRId64 " bytes fewer than dense\n", "C",
            r->c_format, r->c_saved);
  if (r->buffer_all)
    fprintf(out, "  %-18s %16s  reads of its RAMs, %.1f %% of what reading all of them in every step would take\n",
            "A buffer", grouped(r->buffer_reads, text), 100 * ratio(r->buffer_reads, r->buffer_all));
  print_places(r, out);
}
