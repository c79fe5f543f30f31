// The page: NAME.md with its places filled, and NAME.json. Both are made whole before the first of them appears.
#include "gen/base/error.h"
#include "gen/base/output.h"
#include "harness/bench/bench.h"
#include "harness/bench/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// ---- tables of every page

static void write_checks(Bench *b, FILE *out) {
  int rtl = 0, model = 0;
  for (size_t i = 0; i < b->runs.run_count; i++) {
    const Run *run = &b->runs.runs[i];
    if (run_work(&b->runs, run)->refused) continue;
    rtl += run->rtl;
    model += !run->rtl;
  }
  fprintf(
      out,
      "- %d runs on the RTL, all values right bit for bit, all cycles and engine cycles as the cycle model says; %d "
      "runs in the cycle model. One that goes wrong, and there is no page.\n",
      rtl, model);
  for (size_t i = 0; i < b->runs.work_count; i++) {
    const Work *work = &b->runs.works[i];
    if (work->refused) fprintf(out, "- left out, too large: %s, %s: %s\n", work->group, work->name, work->refused);
  }
}

static bool fill(Bench *b, FILE *out, char **words, int count) {
  if (!strcmp(words[0], "@summary"))
    fputs(figures_summary(&b->figures), out);
  else if (!strcmp(words[0], "@checks"))
    write_checks(b, out);
  else if (!strcmp(words[0], "@times"))
    times_table(b, out);
  else
    return b->kind->fill(b, out, words, count);
  return true;
}

// ---- the text

typedef struct Part {
  char *line, *text; // of the template; what stands there
  size_t size;
  int number;
} Part;

static bool fill_part(Bench *b, const char *path, Part *part) {
  int count;
  char **words = text_words(part->line, &count);
  FILE *out = open_memstream(&part->text, &part->size);
  bool good = out && fill(b, out, words, count);
  if (out && fclose(out)) good = false;
  return good || error_at(path, part->number, 1, "this page has no table `%s`", part->line);
}

// The summary is of all figures, so it comes when all else stands.
static bool fill_parts(Bench *b, const char *path, Part *parts, int count) {
  for (int last = false; last <= true; last++)
    for (int i = 0; i < count; i++)
      if (*parts[i].line == '@' && (strcmp(parts[i].line, "@summary") == 0) == last && !fill_part(b, path, &parts[i]))
        return false;
  return true;
}

static int split_lines(char *text, Part *parts) {
  int count = 0;
  for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
    parts[count++] = (Part){.line = line};
  return count;
}

// strtok would join empty lines: each gets a blank.
static char *read_template(const char *path) {
  char *text = text_file(path);
  if (!text) {
    error_at(path, 0, 0, "%s", strerror(errno));
    return NULL;
  }
  char *spaced = calloc(2, strlen(text) + 1), *to = spaced;
  for (const char *from = text; spaced && *from; from++) {
    if (*from == '\n' && (from == text || from[-1] == '\n')) *to++ = ' ';
    *to++ = *from;
  }
  return spaced;
}

static bool write_text(FILE *out, const Part *parts, int count) {
  for (int i = 0; i < count; i++)
    if (*parts[i].line == '@')
      fputs(parts[i].text, out);
    else
      fprintf(out, "%s\n", strcmp(parts[i].line, " ") ? parts[i].line : "");
  return !ferror(out);
}

// ---- the runs, a line each

static bool write_json(Bench *b, FILE *out) {
  json_t *runs = b->kind->json ? b->kind->json(b) : runs_json(&b->runs);
  fprintf(out, "{\"page\": \"%s\",\n\"runs\": [\n", b->kind->name);
  for (size_t i = 0; i < json_array_size(runs); i++)
    fprintf(out, "%s%s\n", json_dumps(json_array_get(runs, i), JSON_REAL_PRECISION(12)),
            i + 1 < json_array_size(runs) ? "," : "");
  fprintf(out, "],\n\"times\": %s,\n", json_dumps(times_json(&b->times), JSON_REAL_PRECISION(6)));
  fprintf(out, "\"figures\": %s}\n", json_dumps(figures_json(&b->figures), JSON_REAL_PRECISION(6)));
  return !ferror(out);
}

static bool commit(Output *text, Output *json, bool good, const char *path) {
  if (good) return output_commit(text) && output_commit(json);
  output_abandon(text);
  output_abandon(json);
  return error_at(path, 0, 0, "not written");
}

bool page_write(Bench *b) {
  const char *path = text_of("%s/%s/%s.md", b->tables, b->kind->engine, b->kind->name);
  const char *to = text_of("%s/%s", b->out, b->kind->name);
  char *template = read_template(path);
  Part *parts = template ? calloc(strlen(template) + 1, sizeof *parts) : NULL;
  if (!parts) return false;
  int count = split_lines(template, parts);
  for (int i = 0; i < count; i++)
    parts[i].number = i + 1;
  bool good = !b->kind->judge || b->kind->judge(b);
  good = good && fill_parts(b, path, parts, count);
  good = good && figures_close(&b->figures, !b->sample && b->has_data);
  Output text = {0}, json = {0};
  if (!good) return error_at(text_of("%s.md", to), 0, 0, "not written");
  if (!output_open(&text, text_of("%s.md", to)) || !output_open(&json, text_of("%s.json", to))) return false;
  return commit(&text, &json, write_text(text.file, parts, count) && write_json(b, json.file), to);
}
