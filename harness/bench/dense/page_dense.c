// The dense engine: utilisation, overlap, bytes and speed of every run, all of them on the RTL.
#include "harness/bench/bench.h"
#include "harness/bench/text.h"

#include <math.h>
#include <string.h>

// configuration | work | least percent of peak | least cycles a second | verb and operands; "-": nothing is required
static const TableSection sections[] = {{"runs", 5}, {0}};

enum { CONFIG, WORK, PEAK, SPEED, COMMAND, LONG = 20000 }; // LONG: cycles from which overlap and bytes are required

static bool list(Bench *b) {
  for (const TableRow *row = table_next(&b->table, "runs", NULL); row; row = table_next(&b->table, "runs", row)) {
    if (!bench_wants(b, row)) continue;
    const char *verb = text_words(row->cell[COMMAND], NULL)[0];
    Work work = {.table = "runs", .group = row->cell[CONFIG], .name = row->cell[WORK], .times = 1, .rtl = true};
    work.wanted = text_of("%s %s", row->cell[PEAK], row->cell[SPEED]);
    work.verb = verb;
    work.operands = row->cell[COMMAND] + strlen(verb) + 1;
    runs_add(&b->runs, work, text_of("%s:-", row->cell[CONFIG]));
  }
  return true;
}

// What a floor of the table asks, as words for the column `required`.
static const char *ask(const char *asked, const char *words) {
  return text_of("%s%s%s", asked, *asked ? ", " : "", words);
}

static void write_run(Bench *b, FILE *out, const Work *work) {
  const Run *run = &b->runs.runs[work->first];
  char **floors = text_words(work->wanted, NULL);
  const char *row = text_of("%s, %s", work->group, work->name), *asked = "";
  double cycles = (double)run->cycles, engine = (double)run->engine, bytes = (double)run_bytes(run);
  double written = (double)run->bytes_c, busy = 100 * (double)run_number(run, "split.multiply") / cycles;
  double overlap = cycles / fmax(engine, bytes / BUS_BYTES);
  double strict = cycles / fmax(engine, fmax(bytes - written, written) / BUS_BYTES);
  double traffic = bytes / (double)run_number(run, "least_bytes"), rate = run_real(run, "sim_cycles_per_s");
  Verdict verdict = {0};
  if (strcmp(floors[0], "-") != 0) {
    figure_limit(&b->figures, &verdict, "% of peak", row, busy, AT_LEAST, strtod(floors[0], NULL));
    asked = text_of(">= %s %% of peak", floors[0]);
  }
  if (run->cycles >= LONG) {
    figure(&b->figures, &verdict, "overlap", row, overlap);
    figure(&b->figures, &verdict, "bytes", row, traffic);
    asked = ask(asked, "overlap, bytes");
  }
  if (strcmp(floors[1], "-") != 0) {
    figure_timed(&b->figures, &verdict, "cycles/s", row, rate, AT_LEAST, strtod(floors[1], NULL), "machine");
    asked = ask(asked, text_of(">= %s cycles/s", floors[1]));
  }
  fprintf(out, "| %s | %s | %s | %lld | %.1f | %.3f | %.3f | %.3f | %.0f | %s | %s | `%s` |\n", work->group, work->name,
          run_shape(run), (long long)run->cycles, busy, overlap, strict, traffic, rate, *asked ? asked : "-",
          verdict_text(&verdict), run->command);
}

static bool fill(Bench *b, FILE *out, char **words, int count) {
  if (count != 1 || strcmp(words[0], "@runs") != 0) return false;
  table_head(out,
             "configuration | work | M x N x K | cycles | % of peak | overlap | strict | bytes | cycles/s | required "
             "| reached | command");
  for (const Work *work = work_next(&b->runs, "runs", NULL); work; work = work_next(&b->runs, "runs", work))
    write_run(b, out, work);
  return true;
}

// Reports as they are, the command before what they say.
static json_t *json(Bench *b) {
  json_t *list = json_array();
  for (size_t i = 0; i < b->runs.run_count; i++) {
    json_t *report = json_pack("{s:s}", "command", b->runs.runs[i].command);
    json_object_update_missing(report, b->runs.runs[i].report);
    json_array_append_new(list, report);
  }
  return list;
}

static const PageKind page = {
    .name = "dense", .engine = "dense", .sections = sections, .list = list, .fill = fill, .json = json};

const PageKind *const pages_dense[] = {&page, NULL};
