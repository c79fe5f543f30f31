// The engine with windows, cycle by cycle: which tile's schedule it follows, whether A, B and the output let it take
// the next step, what it gives up, and what the cycle was spent on.
#include "sim/model/griffin/griffin.h"

#include <stdlib.h>

enum { KEPT = 1 << 25 }; // takes: schedules of mode ab are kept from run to run as long as there are no more

// ---- schedules

// M-tiles are numbered through, once more for each block of groups: these differ in the rows they read.
static Count rows_number(const Griffin *g, Count tile, Count panel) {
  return panel / g->a.reg[JOB_BLOCK_PANELS] * g->a.reg[JOB_TILES] + tile;
}

static Count schedule_count(const Griffin *g) {
  const uint32_t *r = g->a.reg;
  if (g->mode == MODE_A) return rows_number(g, r[JOB_TILES] - 1, r[JOB_PANELS] - 1) + 1;
  if (g->mode == MODE_AB && g->keeps) return (Count)r[JOB_TILES] * r[JOB_PANELS];
  return g->mode == MODE_B ? r[JOB_PANELS] : 1;
}

static Count take_count(const Griffin *g) {
  return g->keeps ? g->a.reg[JOB_TILES] * g->b.words : schedule_count(g) * g->steps;
}

static bool griffin_allocate(Griffin *g) {
  size_t steps = (size_t)g->steps;
  Fields f = fields_of(g->plan);
  size_t pairs = g->mode == MODE_AB ? steps * (size_t)(f.rows * f.chunks) : 1;
  g->keeps = g->mode == MODE_AB && g->a.reg[JOB_TILES] * g->b.words <= KEPT;
  g->schedules = calloc((size_t)schedule_count(g), sizeof *g->schedules);
  g->takes = calloc((size_t)take_count(g), sizeof *g->takes);
  g->lanes = calloc(steps * (size_t)f.rows, sizeof *g->lanes);
  g->pending = calloc(pairs, sizeof *g->pending);
  return g->schedules && g->takes && g->lanes && g->pending;
}

static void make_rows_schedules(Griffin *g) {
  const uint32_t *r = g->a.reg;
  Take *takes = g->takes;
  Schedule *s = g->schedules;
  for (Count panel = 0; panel < r[JOB_PANELS]; panel += r[JOB_BLOCK_PANELS])
    for (Count tile = 0; tile < r[JOB_TILES]; tile++, s++) {
      window_lanes(&g->a, tile, panel, g->lanes);
      s->takes = takes;
      schedule_a(g->plan, g->lanes, g->steps, s);
      takes += s->count;
    }
}

static void make_panel_schedules(Griffin *g) {
  Take *takes = g->takes;
  for (Count panel = 0; panel < g->b.panels; panel++) {
    Schedule *s = &g->schedules[panel];
    s->takes = takes;
    schedule_b(g->plan, &g->b, panel, s);
    takes += s->count;
  }
}

// Mode ab.
static const Schedule *pairs_schedule(Griffin *g, Count tile, Count panel) {
  Count rows = rows_number(g, tile, panel);
  Schedule *s = g->keeps ? &g->schedules[tile * g->b.panels + panel] : g->schedules;
  if (g->keeps && s->count > 0) return s;
  if (rows != g->lanes_at) window_lanes(&g->a, tile, panel, g->lanes);
  g->lanes_at = rows;
  s->takes = g->takes + (g->keeps ? tile * g->b.words + g->b.first[panel] : 0);
  schedule_ab(g->plan, g->lanes, g->steps, &g->b, panel, g->tallies, g->pending, s);
  return s;
}

// Of this m-tile and panel; valid until the next call.
static const Schedule *schedule_of(Griffin *g, Count tile, Count panel) {
  if (g->mode == MODE_DENSE) return g->schedules;
  if (g->mode == MODE_A) return &g->schedules[rows_number(g, tile, panel)];
  if (g->mode == MODE_B) return &g->schedules[panel];
  return pairs_schedule(g, tile, panel);
}

static Count griffin_steps(const uint32_t *reg, void *engine) {
  Griffin *g = engine;
  Count takes = 0;
  if (!g) return issue_steps(reg, NULL);
  for (Count tile = 0; tile < reg[JOB_TILES]; tile++)
    for (Count panel = 0; panel < reg[JOB_PANELS]; panel++)
      takes += schedule_of(g, tile, panel)->count;
  return takes;
}

// ---- beginning and end

static void set_window(Griffin *g) {
  const Plan *p = g->plan;
  const int depths[MODES_MOST] = {1, 1 + p->window.a_d1, 1 + p->window.b_d1,
                                  (1 + p->window.ab_a1) * (1 + p->window.ab_b1)};
  const int words[MODES_MOST] = {1, 1 + p->window.a_d1, 1, 1 + p->window.ab_a1};
  g->depth = depths[g->mode];
  g->words = words[g->mode];
  g->runs_on = g->mode == MODE_B && p->window.run_on;
}

static bool griffin_fill(Griffin *g, const uint32_t *reg, const ModelMemory *memory) {
  const ModelMemory none = {0};
  bool sees_a = g->mode == MODE_A || g->mode == MODE_AB, sees_b = g->mode == MODE_B || g->mode == MODE_AB;
  if (!memory) memory = &none;
  if (!(g->plan->modes >> g->mode & 1)) return false;
  if (sees_a && !activations_read(g->plan, reg, memory, &g->a)) return false;
  if (sees_b && !weights_read(g->plan, reg, memory, &g->b)) return false;
  if (!griffin_allocate(g)) return false;
  g->schedules->takes = g->takes;
  if (g->mode == MODE_DENSE) schedule_dense(g->plan, g->steps, g->schedules);
  if (g->mode == MODE_A) make_rows_schedules(g);
  if (g->mode == MODE_B) make_panel_schedules(g);
  return true;
}

static void griffin_free(void *engine) {
  Griffin *g = engine;
  activations_free(&g->a);
  weights_free(&g->b);
  free(g->schedules);
  free(g->takes);
  free(g->lanes);
  free(g->pending);
  free(g);
}

static void *griffin_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool tallies) {
  Griffin *g = calloc(1, sizeof *g);
  if (!g) return NULL;
  *g = (Griffin){
      .plan = plan, .mode = (Mode)(reg[JOB_MODE] & 3), .steps = reg[JOB_STEPS], .lanes_at = -1, .tallies = tallies};
  g->a.reg = reg;
  set_window(g);
  if (griffin_fill(g, reg, memory)) return g;
  griffin_free(g);
  return NULL;
}

static void add_tally(Tally *sum, const Tally *tally) {
  sum->issued += tally->issued;
  sum->lane += tally->lane;
  sum->pe += tally->pe;
  for (int i = 0; i < WINDOW; i++)
    sum->distance[i] += tally->distance[i];
}

static void begin_tile(const Config *c, Griffin *g) {
  Count panel = nest_panel(c, &g->nest);
  g->schedule = schedule_of(g, nest_tile(c, &g->nest), panel);
  g->next = 0;
  g->words_left = g->b.count ? g->b.count[panel] : g->steps;
  g->steps_left += g->steps;
  add_tally(&g->tally, &g->schedule->tally);
}

static bool griffin_start(Machine *m, const uint32_t *reg) {
  Griffin *g = m->engine;
  g->a.reg = reg;
  nest_start(&m->config, &g->nest);
  g->steps_left = g->ring = g->idle = 0;
  g->tally = (Tally){0};
  g->job_steps_left = m->config.tiles * m->config.panels * g->steps;
  for (int i = 0; i < GRIFFIN_CAUSE_DELAY; i++)
    g->causes[i] = CAUSE_WAIT_A;
  begin_tile(&m->config, g);
  words_start(m);
  return true;
}

static void griffin_report(const Machine *m, bool whole, uint64_t counters[DUT_COUNTERS]) {
  (void)whole;
  const Griffin *g = m->engine;
  uint64_t steps = (uint64_t)(m->config.tiles * m->config.panels * g->steps);
  counters[COUNTER_MULTS_ISSUED] = g->tally.issued;
  counters[COUNTER_MULTS_SKIPPED] = steps * (uint64_t)g->plan->macs - g->tally.issued;
  for (int i = 1; i < g->plan->a_depth; i++)
    counters[COUNTER_BORROWED_1 + i - 1] = g->tally.distance[i];
  counters[COUNTER_BORROWED_LANE] = g->tally.lane;
  counters[COUNTER_BORROWED_PE] = g->tally.pe;
}

// ---- a cycle

static bool has_a(const Griffin *g) {
  Count excuse = g->runs_on ? g->job_steps_left : g->steps_left;
  return g->ring >= min_count(g->depth, excuse);
}

static bool has_b(const Griffin *g) {
  return g->store.visible >= min_count(g->words, g->words_left);
}

static void end_tile(Machine *m, Griffin *g, Signals *s) {
  s->tile_end = true;
  nest_next_panel(&m->config, &g->nest);
  s->job_end = g->nest.tiles == 0;
  if (!s->job_end) begin_tile(&m->config, g);
}

// Takes the next step of the schedule; true if its waiting PEs make up a whole cycle lost.
static bool take_step(Machine *m, Griffin *g, Signals *s) {
  const Take *take = &g->schedule->takes[g->next++];
  Count all = m->config.m0 * m->config.n0;
  s->b_take = take->words;
  g->ring -= take->steps;
  g->steps_left -= take->steps;
  g->job_steps_left -= take->steps;
  g->words_left -= take->words;
  g->idle += take->idle;
  bool lost = g->idle >= all;
  if (lost) g->idle -= all;
  if (g->words_left == 0) end_tile(m, g, s);
  return lost;
}

static int waiting_cause(const Machine *m, const Griffin *g, const Signals *s) {
  if (m->flags.engine.ended) return s->done ? CAUSE_WAIT_OUT : CAUSE_FILL_DRAIN;
  if (!has_a(g)) return CAUSE_WAIT_A;
  if (has_b(g)) return CAUSE_WAIT_OUT;
  return m->join.meta_late ? CAUSE_WAIT_META : CAUSE_WAIT_B;
}

static int delay_cause(Griffin *g, int cause) {
  int old = g->causes[0];
  for (int i = 1; i < GRIFFIN_CAUSE_DELAY; i++)
    g->causes[i - 1] = g->causes[i];
  g->causes[GRIFFIN_CAUSE_DELAY - 1] = cause;
  return old;
}

static void griffin_step(Machine *m, Signals *s) {
  Griffin *g = m->engine;
  const WalkFlags *walk = &m->flags.walk;
  bool window_ends = g->words_left <= g->words;
  s->a_waits = !has_a(g) && !walk->valid3;
  s->b_waits = !has_b(g);
  s->step = !m->flags.engine.ended && has_a(g) && has_b(g) && (!window_ends || s->may_end);
  int cause = s->step ? CAUSE_MULTIPLY : waiting_cause(m, g, s);
  if (s->step && take_step(m, g, s)) cause = CAUSE_IMBALANCE;
  s->cause = delay_cause(g, cause);
  s->a_take = g->ring + g->plan->a_steps <= g->plan->a_ring;
  if (s->a_take) g->ring += walk->count3;
}

const EngineModel engine_model_griffin = {.make = griffin_new,
                                          .free = griffin_free,
                                          .steps = griffin_steps,
                                          .start = griffin_start,
                                          .step = griffin_step,
                                          .report = griffin_report,
                                          .words = &words_reader};
