// The A reader: what has arrived in the banks (lac_a_fill), the walk over tiles, panels and K (lac_a_walk), and the
// origins of the rows (lac_a_row). Positions count elements since the start and never wrap here.
#include "sim/model/state.h"

// By the sign bit of a difference of positions, as the hardware sees it.
static bool is_negative(const WalkConfig *w, Count difference) {
  return (uint64_t)difference >> (w->pos_bits - 1) & 1;
}

// ---- rows

static void start_rows(Machine *m) {
  const WalkConfig *w = &m->config.walk;
  Rows *rows = &m->rows;
  Count col = 0, x = w->x_init, y = w->y_init, ih = w->ih_init;
  for (int row = 0; row < w->rows; row++) {
    rows->col[row] = col;
    rows->x[row] = x;
    rows->y[row] = y;
    rows->ih[row] = ih;
    col++;
    x += w->col_x;
    if (col < w->out_cols) continue;
    col = 0;
    x = w->x_init;
    y += w->row_y;
    ih += w->row_ih;
  }
  m->tile_rows = m->block_rows = m->rows;
}

static void next_rows(const WalkConfig *w, Rows *rows) {
  for (int row = 0; row < w->rows; row++) {
    rows->col[row] += w->tile_cols;
    rows->x[row] += w->tile_x;
    rows->y[row] += w->tile_y;
    rows->ih[row] += w->tile_ih;
    if (rows->col[row] < w->out_cols) continue;
    rows->col[row] -= w->out_cols;
    rows->x[row] -= w->wrap_x;
    rows->y[row] += w->row_y;
    rows->ih[row] += w->row_ih;
  }
}

Count walk_beats(const Plan *plan, const uint32_t *r) {
  Count lanes = (Count)plan->a_steps * r[JOB_BEAT];
  return (Count)r[JOB_TILES] * r[JOB_PANELS] * r[JOB_K_ROWS] * r[JOB_K_COLS] * ((r[JOB_RUN] + lanes - 1) / lanes);
}

static int rows_real(const Machine *m) {
  return (int)min_count(m->config.walk.rows, m->counts.walk.rows_left);
}

// A position that no step of this subtile reads beyond.
static Count tile_bound(const Machine *m) {
  const WalkConfig *w = &m->config.walk;
  if (w->banked) return m->counts.walk.origin + w->run;
  Count channels = (m->config.panels - 1) / m->config.block_panels * w->ch_step;
  Count reach = (w->k_cols - 1) * w->kw_x + w->run + channels, bound = 0;
  for (int row = 0; row < rows_real(m); row++) {
    Count x = min_count(w->row_elems, m->rows.x[row] + reach);
    Count end = m->rows.y[row] + (w->k_rows - 1) * w->kh_y + x;
    if (end > bound) bound = end;
  }
  return bound;
}

static void check_hot(Machine *m) {
  const WalkCounts *c = &m->counts.walk;
  m->flags.walk.hot = c->segments == 0 || c->fill >= c->bound;
}

// The same for `tiles` more tiles, with whole rows of an image.
Count walk_far_bound(const Machine *m, Count tiles) {
  const WalkConfig *w = &m->config.walk;
  Count last = rows_real(m) - 1, wraps = tiles * m->config.m0 / w->out_cols + 1;
  return m->rows.y[last] + wraps * w->row_y + (w->k_rows - 1) * w->kh_y + w->row_elems;
}

void walk_skip_tiles(Machine *m, Count tiles) {
  for (Count i = 0; i < tiles; i++)
    next_rows(&m->config.walk, &m->rows);
  m->counts.walk.bound = tile_bound(m);
}

// ---- fill

bool walk_room(const Machine *m) {
  const WalkConfig *w = &m->config.walk;
  const WalkCounts *c = &m->counts.walk;
  return !is_negative(w, w->capacity - (c->pos + m->config.beat_elems - c->release));
}

void walk_take_beat(Machine *m, bool last) {
  const WalkConfig *w = &m->config.walk;
  WalkCounts *c = &m->counts.walk;
  WalkFlags *f = &m->flags.walk;
  bool last_bank = !w->banked || f->bank == w->rows - 1;
  Count pos_next = c->pos + m->config.beat_elems, base_next = c->base + w->stride;
  c->pos = pos_next;
  if (last) {
    if (last_bank) c->base = base_next;
    c->pos = c->base;
    f->bank = last_bank ? 0 : f->bank + 1;
    c->segments--;
  }
  if (last && (last_bank || c->segments == 0))
    c->fill = base_next;
  else if (last_bank)
    c->fill = pos_next;
  check_hot(m);
}

// ---- walk

void walk_start(Machine *m) {
  const WalkConfig *w = &m->config.walk;
  WalkCounts *c = &m->counts.walk;
  nest_start(&m->config, &c->nest);
  c->kh = w->k_rows;
  c->kw = w->k_cols;
  c->run = w->run;
  c->segments = w->segments;
  m->flags.walk.setup = w->rows;
  c->rows_left = c->tile_rows_left = c->block_rows_left = m->config.m;
  if (!w->banked) start_rows(m);
  c->bound = tile_bound(m);
}

// Where the farthest row's data for the beat at hand end; a position that has arrived if all of them are padding.
static Count image_need(const Machine *m, Count lanes) {
  const WalkConfig *w = &m->config.walk;
  const WalkCounts *c = &m->counts.walk;
  Count panel = nest_panel(&m->config, &c->nest);
  Count step_x = w->run - c->run + (w->k_cols - c->kw) * w->kw_x + panel / m->config.block_panels * w->ch_step;
  Count kh = w->k_rows - c->kh, need = INT64_MIN;
  for (int row = 0; row < rows_real(m); row++) {
    Count x = m->rows.x[row] + step_x, ih = m->rows.ih[row] + kh * w->kh_ih, right = w->row_elems - x;
    Count low = x < 0 ? min_count(-x, w->lanes) : 0, high = min_count(right, lanes);
    if (ih < 0 || ih >= w->in_rows || low >= high) continue;
    Count end = m->rows.y[row] + kh * w->kh_y + x + high;
    if (end > need) need = end;
  }
  return need == INT64_MIN ? c->fill : need;
}

static Count beat_need(const Machine *m) {
  const WalkConfig *w = &m->config.walk;
  Count left = m->counts.walk.run, lanes = min_count(left, w->lanes);
  if (m->flags.walk.hot || rows_real(m) <= 0) return m->counts.walk.fill;
  return w->banked ? m->counts.walk.origin + w->run - left + lanes : image_need(m, lanes);
}

static void rewind_tile(Machine *m) {
  WalkCounts *c = &m->counts.walk;
  c->origin = c->block_origin;
  c->rows_left = c->block_rows_left;
  if (!m->config.walk.banked) m->rows = m->block_rows;
}

static void save_tile(Machine *m) {
  WalkCounts *c = &m->counts.walk;
  c->block_origin = c->origin;
  c->block_rows_left = c->rows_left;
  if (!m->config.walk.banked) m->block_rows = m->rows;
}

static void next_subtile(Machine *m) {
  WalkCounts *c = &m->counts.walk;
  c->origin += m->config.walk.tile_x;
  c->rows_left -= m->config.walk.rows;
  if (!m->config.walk.banked) next_rows(&m->config.walk, &m->rows);
}

static void first_subtile(Machine *m) {
  WalkCounts *c = &m->counts.walk;
  c->origin = c->tile_origin;
  c->rows_left = c->tile_rows_left;
  if (!m->config.walk.banked) m->rows = m->tile_rows;
}

// For first_subtile() only.
static void keep_first_subtile(Machine *m) {
  WalkCounts *c = &m->counts.walk;
  c->tile_origin = c->origin;
  c->tile_rows_left = c->rows_left;
  if (!m->config.walk.banked) m->tile_rows = m->rows;
}

static void next_tile(Machine *m, bool last_tile, bool last_group) {
  if (last_tile && !last_group)
    rewind_tile(m);
  else
    next_subtile(m);
  if (last_tile && last_group) save_tile(m);
  if (m->config.walk.subtiles > 1) keep_first_subtile(m);
}

static Flag beat_steps(const WalkConfig *w, const WalkCounts *c) {
  Count lanes = min_count(c->run, w->lanes);
  return (Flag)((lanes + w->step_lanes - 1) / w->step_lanes);
}

static bool is_last_beat(const WalkConfig *w, const WalkCounts *c) {
  return c->run <= w->lanes && c->kw == 1 && c->kh == 1;
}

static void first_beat(const WalkConfig *w, WalkCounts *c) {
  c->run = w->run;
  c->kw = w->k_cols;
  c->kh = w->k_rows;
  c->number = 0;
}

static void next_beat(const WalkConfig *w, WalkCounts *c) {
  c->number += w->listed;
  c->run -= w->lanes;
  if (c->run > 0) return;
  c->run = w->run;
  if (--c->kw > 0) return;
  c->kw = w->k_cols;
  c->kh--;
}

// The beat is its step's last: on to the next step, which may be of another panel or tile.
static void next_step(Machine *m, bool last) {
  const WalkConfig *w = &m->config.walk;
  WalkCounts *c = &m->counts.walk;
  bool last_panel = c->nest.panel == 1, last_tile = c->nest.tile == 1;
  bool last_group = c->nest.panels <= m->config.group_panels;
  if (last) {
    first_beat(w, c);
    nest_next_panel(&m->config, &c->nest);
  } else {
    next_beat(w, c);
  }
  if (last && last_panel)
    next_tile(m, last_tile, last_group);
  else if (w->subtiles > 1)
    first_subtile(m);
}

static bool is_job_end(const Machine *m) {
  const Config *config = &m->config;
  const NestCounts *nest = &m->counts.walk.nest;
  return nest->panel == 1 && nest->tile == 1 && nest->panels <= config->group_panels &&
         nest->tiles <= config->block_tiles;
}

// Stage 0 hands its beat to stage 1.
static void go(Machine *m, Signals *s) {
  const WalkConfig *w = &m->config.walk;
  WalkCounts *c = &m->counts.walk;
  WalkFlags *f = &m->flags.walk;
  bool last = w->listed ? s->list_last : is_last_beat(w, c), last_sub = f->sub == w->subtiles - 1;
  bool tile_ends = last && last_sub && c->nest.panel == 1;
  c->need = beat_need(m);
  f->count1 = beat_steps(w, c);
  f->valid1 = 1;
  f->last1 = last;
  f->end1 = last && is_job_end(m);
  f->release1 = tile_ends && c->nest.panels <= m->config.group_panels;
  f->sub = last_sub ? 0 : f->sub + 1;
  s->list_take = last_sub;
  if (last_sub)
    next_step(m, last);
  else
    next_subtile(m);
  if (!tile_ends && w->subtiles == 1) return;
  c->bound = tile_bound(m);
  check_hot(m);
}

static void release(Machine *m) {
  const WalkConfig *w = &m->config.walk;
  const Rows *rows = &m->rows;
  WalkCounts *c = &m->counts.walk;
  if (w->banked)
    c->release = c->origin;
  else if (rows->ih[0] >= 0)
    c->release = rows->y[0] + (rows->x[0] < 0 ? 0 : min_count(rows->x[0], w->row_elems));
}

// A step that is not listed is passed, whether or not stage 1 has room.
static void look_at_step(Machine *m, Signals *s) {
  const WalkConfig *w = &m->config.walk;
  WalkCounts *c = &m->counts.walk;
  if (w->listed && !s->list_valid) return;
  if (w->listed && s->list_number != c->number)
    next_beat(w, c);
  else if (!m->flags.walk.valid1)
    go(m, s);
}

// Reads a_take and, where steps are listed, list_valid, list_number and list_last; sets list_take.
void walk_cycle(Machine *m, Signals *s) {
  const WalkConfig *w = &m->config.walk;
  WalkCounts *c = &m->counts.walk;
  WalkFlags *f = &m->flags.walk;
  bool advance = !f->valid3 || s->a_take;
  bool read = f->valid1 && advance && !is_negative(w, c->fill - c->need);
  if (read && f->release1) release(m);
  if (advance) {
    f->valid3 = f->valid2;
    f->last3 = f->last2;
    f->end3 = f->end2;
    f->count3 = f->count2;
    f->valid2 = read;
    f->last2 = read && f->last1;
    f->end2 = read && f->end1;
    f->count2 = read ? f->count1 : 0;
  }
  if (read) f->valid1 = 0;
  if (f->setup > 0)
    f->setup--;
  else if (c->nest.tiles > 0)
    look_at_step(m, s);
}
