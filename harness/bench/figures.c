// Figures and their reasons.
#include "harness/bench/figures.h"
#include "gen/base/error.h"
#include "harness/bench/text.h"

#include <stdio.h>
#include <string.h>

enum { NAMED = 12 }; // missed figures of one name that the summary lists

bool sign_read(const char *text, Sign *sign) {
  *sign = !strcmp(text, ">=") ? AT_LEAST : AT_MOST;
  return !strcmp(text, ">=") || !strcmp(text, "<=");
}

static const char *sign_text(Sign sign) {
  return sign == AT_MOST ? "<=" : ">=";
}

static const char *sentence(const Figures *f, const char *key) {
  for (const TableRow *row = table_next(f->table, "reasons", NULL); row; row = table_next(f->table, "reasons", row))
    if (!strcmp(row->cell[0], key)) return row->cell[1];
  return NULL;
}

static const TableRow *find_missed(const Figures *f, const char *name, const char *row) {
  for (const TableRow *r = table_next(f->table, "missed", NULL); r; r = table_next(f->table, "missed", r))
    if (!strcmp(r->cell[0], name) && !strcmp(r->cell[1], row)) return r;
  return NULL;
}

const char *figure_reason(const Figures *f, const char *name, const char *row) {
  const TableRow *missed = find_missed(f, name, row);
  return missed ? sentence(f, missed->cell[2]) : NULL;
}

static const char *value_text(double value) {
  return value >= 1000 ? text_of("%.0f", value) : text_of("%.3f", value);
}

static const char *limit_text(const Figure *g) {
  return text_of("%s %.8g", sign_text(g->sign), g->limit);
}

static void add_miss(Verdict *verdict, const Figure *g) {
  verdict->misses = text_of("%s%s%s %s, required %s (%s)", verdict->misses ? verdict->misses : "",
                            verdict->misses ? "; " : "", g->name, value_text(g->value), limit_text(g), g->reason);
}

static bool add(Figures *f, Verdict *verdict, Figure g, bool reached) {
  if (!reached && !g.reason) {
    error_at(f->page, 0, 0, "no reason for `%s | %s`: it is %s, required %s; give one in [missed]", g.name, g.row,
             value_text(g.value), limit_text(&g));
    f->bad = true;
    g.reason = "no reason is known";
  }
  if (reached) g.reason = NULL;
  f->missed += !reached;
  f->list = text_grow(f->list, f->count, &f->room, sizeof *f->list);
  f->list[f->count++] = g;
  if (verdict) verdict->asked = true;
  if (verdict && !reached) add_miss(verdict, &g);
  return reached;
}

static bool is_reached(double value, Sign sign, double limit) {
  return sign == AT_MOST ? value <= limit : value >= limit;
}

bool figure_limit(Figures *f, Verdict *verdict, const char *name, const char *row, double value, Sign sign,
                  double limit) {
  const TableRow *missed = find_missed(f, name, row);
  bool reached = is_reached(value, sign, limit);
  Figure g = {name, row, missed ? sentence(f, missed->cell[2]) : NULL, value, limit, sign};
  bool right = true;
  if (missed && !g.reason) right = error_at(missed->file, missed->line, 0, "[reasons] has no `%s`", missed->cell[2]);
  if (missed && reached)
    right = error_at(missed->file, missed->line, 0, "`%s | %s` is reached: %s, required %s; take its reason away", name,
                     row, value_text(value), limit_text(&g));
  f->bad |= !right;
  return add(f, verdict, g, reached);
}

bool figure_timed(Figures *f, Verdict *verdict, const char *name, const char *row, double value, Sign sign,
                  double limit, const char *key) {
  return add(f, verdict, (Figure){name, row, sentence(f, key), value, limit, sign}, is_reached(value, sign, limit));
}

bool figure(Figures *f, Verdict *verdict, const char *name, const char *row, double value) {
  double limit = 0;
  Sign sign = AT_MOST;
  const TableRow *r = table_next(f->table, "required", NULL);
  while (r && strcmp(r->cell[0], name))
    r = table_next(f->table, "required", r);
  if (r && sign_read(r->cell[1], &sign) && table_number(r, 2, &limit))
    return figure_limit(f, verdict, name, row, value, sign, limit);
  f->bad = true;
  return error_at(f->page, 0, 0, "[required] has no limit for `%s`; expected: %s | <= or >= | number", name, name);
}

const char *verdict_text(const Verdict *verdict) {
  return !verdict->asked ? "-" : verdict->misses ? text_of("NO: %s", verdict->misses) : "yes";
}

// ---- the end

static const Figure *find_figure(const Figures *f, const TableRow *row) {
  for (size_t i = 0; i < f->count; i++)
    if (!strcmp(f->list[i].name, row->cell[0]) && !strcmp(f->list[i].row, row->cell[1])) return &f->list[i];
  return NULL;
}

bool figures_close(Figures *f, bool whole) {
  for (const TableRow *r = table_next(f->table, "missed", NULL); r; r = table_next(f->table, "missed", r))
    if (whole && !find_figure(f, r))
      f->bad |=
          !error_at(r->file, r->line, 0, "there is no figure `%s | %s`; take its reason away", r->cell[0], r->cell[1]);
  return !f->bad;
}

// ---- what is said of them

static int count_missed(const Figures *f, const char *name) {
  int count = 0;
  for (size_t i = 0; i < f->count; i++)
    count += f->list[i].reason && !strcmp(f->list[i].name, name);
  return count;
}

static int count_named(const Figures *f, const char *name) {
  int count = 0;
  for (size_t i = 0; i < f->count; i++)
    count += !strcmp(f->list[i].name, name);
  return count;
}

static bool is_first_missed(const Figures *f, size_t at) {
  for (size_t i = 0; i < at; i++)
    if (f->list[i].reason && !strcmp(f->list[i].name, f->list[at].name)) return false;
  return true;
}

char *figures_summary(const Figures *f) {
  char *text = text_of("**%d figures reached, %d not reached.**\n", (int)f->count - f->missed, f->missed);
  if (f->missed) text = text_of("%s\n", text);
  for (size_t i = 0; i < f->count; i++) {
    const Figure *g = &f->list[i];
    int missed = g->reason ? count_missed(f, g->name) : 0;
    if (missed > NAMED && is_first_missed(f, i))
      text = text_of("%s- not reached: %s: %d of %d; reasons in the rows below\n", text, g->name, missed,
                     count_named(f, g->name));
    else if (missed && missed <= NAMED)
      text = text_of("%s- not reached: %s, %s: %s, required %s: %s\n", text, g->row, g->name, value_text(g->value),
                     limit_text(g), g->reason);
  }
  return text;
}

json_t *figures_json(const Figures *f) {
  json_t *missed = json_array();
  for (size_t i = 0; i < f->count; i++) {
    const Figure *g = &f->list[i];
    if (g->reason)
      json_array_append_new(missed, json_pack("{s:s, s:s, s:f, s:s, s:s}", "figure", g->name, "row", g->row, "value",
                                              g->value, "required", limit_text(g), "reason", g->reason));
  }
  return json_pack("{s:i, s:o}", "reached", (int)f->count - f->missed, "missed", missed);
}
