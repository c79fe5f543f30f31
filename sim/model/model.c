// One run of the cycle model: configuration from plan and registers, the sequencer's states, the counters at the end.
// Inside a cycle every unit sees what its neighbours held before the clock edge; the order of calls below sees to that.
#include "sim/model/outer/outer.h"

#include <stdlib.h>
#include <string.h>

#define TICK_STEPS (1 << 16) // cycles taken by themselves between two calls of tick
#define PATIENCE   (1 << 20) // cycles without a handshake, beyond those of the memory, that no working job has

struct ModelEngine { // one of them
  Griffin *griffin;
  Outer *outer;
};

// ---- the loop nest

void nest_start(const Config *config, NestCounts *nest) {
  nest->tiles = config->tiles;
  nest->panels = config->panels;
  nest->tile = min_count(config->tiles, config->block_tiles);
  nest->panel = min_count(config->panels, config->group_panels);
}

bool nest_next_panel(const Config *config, NestCounts *nest) {
  if (--nest->panel > 0) return false;
  nest->panel = min_count(nest->panels, config->group_panels);
  if (--nest->tile > 0) return false;
  if (nest->panels > config->group_panels) {
    nest->panels -= config->group_panels;
  } else {
    nest->panels = config->panels;
    nest->tiles = nest->tiles > config->block_tiles ? nest->tiles - config->block_tiles : 0;
  }
  nest->tile = min_count(nest->tiles, config->block_tiles);
  nest->panel = min_count(nest->panels, config->group_panels);
  return true;
}

// ---- configuration

static int gcd(int a, int b) {
  while (b) {
    int rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

// Without the highest bits, which no page or beat depends on.
static Count address_of(const uint32_t *r, JobRegister low) {
  return r[low] | (Count)(r[low + 1] & 0xffff) << 32;
}

// Of a channel that brings lanes; `low` is its first register: address, bytes, keep, drop follow each other.
static ReadConfig lanes_config(const Plan *plan, const uint32_t *r, JobRegister low, int lane_bits, int lanes) {
  _Static_assert(JOB_B_DROP == JOB_B_ADDR_LO + 4 && JOB_P_DROP == JOB_P_ADDR_LO + 4 && JOB_M_DROP == JOB_M_ADDR_LO + 4,
                 "registers of a channel");
  const uint32_t *own = r + low;
  int unit = gcd(plan->bus_bits, lane_bits);
  return (ReadConfig){.segments = own[2] ? r[JOB_FETCHES] : 0,
                      .bytes = own[2],
                      .address = address_of(r, low),
                      .gear_in = plan->bus_bits / unit,
                      .gear_out = lane_bits / unit,
                      .lanes = lanes,
                      .repeat = 1,
                      .keep = own[3],
                      .drop = own[4]};
}

static void configure_reads(ReadConfig *read, const Plan *plan, const uint32_t *r) {
  read[CHANNEL_A] = (ReadConfig){.segments = r[JOB_A_SEGMENTS],
                                 .bytes = r[JOB_A_BYTES],
                                 .address = address_of(r, JOB_A_ADDR_LO),
                                 .pitch = r[JOB_A_PITCH]};
  if (r[JOB_A_FORMAT]) {
    read[CHANNEL_A].segments = 1;
    read[CHANNEL_AM] = (ReadConfig){.segments = 1, .bytes = r[JOB_AM_BYTES], .address = address_of(r, JOB_AM_ADDR_LO)};
  }
  read[CHANNEL_B] = lanes_config(plan, r, JOB_B_ADDR_LO, plan->b_lane_bits, plan->b_lanes);
  read[CHANNEL_B].capacity = plan->b_words;
  read[CHANNEL_B].segment = r[JOB_STEPS];
  read[CHANNEL_P] = lanes_config(plan, r, JOB_P_ADDR_LO, plan->p_lane_bits, plan->p_lanes);
  read[CHANNEL_P].repeat = plan->m0;
  read[CHANNEL_P].capacity = plan->p_words;
  read[CHANNEL_P].segment = plan->c_chunks;
  if (has_metadata(plan)) read[CHANNEL_M] = lanes_config(plan, r, JOB_M_ADDR_LO, plan->m_lane_bits, plan->b_lanes);
}

static WalkConfig walk_config(const Plan *plan, const uint32_t *r) {
  return (WalkConfig){.banked = r[JOB_A_MODE] != 0,
                      .listed = is_outer(plan),
                      .pos_bits = plan->a_pos_bits,
                      .rows = plan->a_rows,
                      .subtiles = plan->m0 / plan->a_rows,
                      .capacity = plan->a_bank_elems,
                      .stride = r[JOB_A_SEG_STRIDE],
                      .run = r[JOB_RUN],
                      .segments = r[JOB_A_SEGMENTS],
                      .lanes = plan->a_steps * (int)r[JOB_BEAT],
                      .step_lanes = (int)r[JOB_BEAT],
                      .k_cols = r[JOB_K_COLS],
                      .k_rows = r[JOB_K_ROWS],
                      .out_cols = r[JOB_A_OUT_COLS],
                      .tile_cols = r[JOB_A_TILE_COLS],
                      .row_elems = r[JOB_A_ROW_ELEMS],
                      .in_rows = r[JOB_A_ROWS],
                      .x_init = (int32_t)r[JOB_A_X_INIT],
                      .y_init = (int32_t)r[JOB_A_Y_INIT],
                      .ih_init = (int16_t)r[JOB_A_IH_INIT],
                      .col_x = r[JOB_A_COL_X],
                      .row_y = r[JOB_A_ROW_Y],
                      .row_ih = r[JOB_A_ROW_IH],
                      .wrap_x = r[JOB_A_WRAP_X],
                      .tile_x = r[JOB_A_TILE_X],
                      .tile_y = r[JOB_A_TILE_Y],
                      .tile_ih = r[JOB_A_TILE_IH],
                      .kh_y = r[JOB_A_KH_Y],
                      .kh_ih = r[JOB_A_KH_IH],
                      .kw_x = r[JOB_A_KW_X],
                      .ch_step = r[JOB_A_CH_STEP]};
}

static void configure_shape(Config *c, const Plan *plan, const uint32_t *r) {
  c->m = r[JOB_M];
  c->n = r[JOB_N];
  c->tiles = r[JOB_TILES];
  c->block_tiles = r[JOB_BLOCK_TILES];
  c->panels = r[JOB_PANELS];
  c->group_panels = r[JOB_GROUP_PANELS];
  c->block_panels = r[JOB_BLOCK_PANELS];
  c->block_cols = r[JOB_BLOCK_COLS];
  c->params = (r[JOB_EPILOGUE] & 1) || r[JOB_PERMUTE];
  c->result_bytes = r[JOB_EPILOGUE] & 2 ? 1 : 4;
  c->slots = (int)r[JOB_C_SLOTS];
  c->c_address = address_of(r, JOB_C_ADDR_LO);
  c->c_pitch = r[JOB_C_PITCH];
  configure_reads(c->read, plan, r);
  c->walk = walk_config(plan, r);
}

static void configure(Config *c, const Plan *plan, const uint32_t *reg, const ModelSettings *settings) {
  c->bus_bytes = plan->bus_bytes;
  c->page_beats = PAGE_BYTES / plan->bus_bytes;
  c->burst_beats = plan->burst_beats;
  c->fifo_beats = plan->read_fifo_beats;
  c->outstanding = plan->outstanding;
  c->beat_elems = plan->beat_elems;
  c->m0 = plan->m0;
  c->n0 = plan->n0;
  c->e_lanes = plan->e_lanes;
  c->chunks = plan->c_chunks;
  c->tile_words = plan->m0 * plan->c_chunks;
  c->out_bytes = plan->e_lanes * 4 < plan->bus_bytes ? plan->e_lanes * 4 : plan->bus_bytes;
  c->banks = plan->b_banks;
  c->window = plan->b_window;
  c->early = plan->engine_latency - plan->shift_latency;
  c->shift = plan->shift_latency;
  c->epilogue = plan->epilogue_latency;
  c->urgent_cycles = plan->urgent_cycles;
  c->latency = settings->mem_latency ? settings->mem_latency : 1;
  c->limited = settings->mem_bandwidth > 0 && settings->mem_bandwidth < 2.0 * plan->bus_bytes;
  c->stall = (unsigned)settings->stall_percent * 4096 / 100;
  c->rate = c->limited ? (Count)(settings->mem_bandwidth * BANDWIDTH_ONE + 0.5) : 0;
  c->beat_cost = (Count)plan->bus_bytes * BANDWIDTH_ONE;
  configure_shape(c, plan, reg);
}

// ---- a run

static void start_units(Machine *m) {
  bus_start(m);
  read_start(m);
  walk_start(m);
  engine_start(m);
  write_start(m);
}

static void charge(Machine *m, int cause) {
  m->counts.cycles++;
  m->counts.cause[cause]++;
}

// One cycle of the sequencer's state RUN, or CLOSE; true if it is the last.
static bool run_cycle(Machine *m) {
  Signals s = {0};
  bool writes_idle = bus_write_idle(m);
  bool setup = m->flags.walk.setup > 0;
  bus_look(m, &s);
  if (m->griffin || m->config.compacted) read_look(m);
  s.a_room = walk_room(m);
  engine_cycle(m, &s);
  walk_cycle(m, &s);
  read_cycle(m, &s);
  write_cycle(m, &s);
  grant_update(m, &s);
  collect_update(m, &s);
  bus_cycle(m, &s);
  bool moved = s.step || s.ar_taken || s.aw_taken || s.w_taken || s.r_beat || s.b_taken || s.sent;
  m->counts.quiet = moved ? 0 : m->counts.quiet + 1;
  charge(m, setup ? CAUSE_FILL_DRAIN : s.cause);
  return s.done && !s.busy && writes_idle;
}

static bool close_cycle(Machine *m) {
  bool idle = bus_read_idle(m) && bus_write_idle(m);
  Signals s = {.closing = true};
  bus_look(m, &s);
  read_cycle(m, &s);
  bus_cycle(m, &s);
  charge(m, CAUSE_WAIT_OUT);
  return idle;
}

static bool run(Machine *m, Jumper *jumper, const ModelSettings *settings) {
  bool bounded = settings->most_cycles > 0 && settings->most_cycles < INT64_MAX;
  Count most = bounded ? (Count)settings->most_cycles : INT64_MAX;
  Count beats = m->config.limited ? 4 * (m->config.beat_cost / m->config.rate + 1) : 0;
  Count limit = PATIENCE + 4 * m->config.latency + beats;
  charge(m, CAUSE_FILL_DRAIN);
  for (int steps = 1; !run_cycle(m); steps = steps % TICK_STEPS + 1) {
    if (m->counts.quiet > limit) return false;
    if (m->counts.cycles >= most) return true;
    if (settings->tick && steps == TICK_STEPS && !settings->tick(settings->user, (uint64_t)m->counts.cycles))
      return true;
    if (jumper) jump_ahead(jumper, m);
  }
  while (!close_cycle(m))
    ;
  charge(m, CAUSE_WAIT_OUT);
  return true;
}

static uint64_t bytes_read(const Machine *m, int channel) {
  const ReadConfig *c = &m->config.read[channel];
  return (uint64_t)((c->segments - m->counts.read[channel].requests) * c->bytes);
}

static void report(const Plan *plan, const Machine *m, bool whole, uint64_t counters[DUT_COUNTERS]) {
  memset(counters, 0, DUT_COUNTERS * sizeof *counters);
  counters[COUNTER_CYCLES] = (uint64_t)m->counts.cycles;
  for (int i = 0; i < CAUSES; i++)
    counters[COUNTER_CAUSES + i] = (uint64_t)m->counts.cause[i];
  counters[COUNTER_MULTS_ISSUED] = (uint64_t)m->counts.cause[CAUSE_MULTIPLY] * (uint64_t)plan->macs;
  if (m->griffin) griffin_report(m, counters);
  if (m->outer) outer_report(m, counters);
  if (whole && is_structured(plan)) counters[COUNTER_BUFFER_READS] = (uint64_t)buffer_reads(plan, &m->config);
  counters[COUNTER_BYTES_A] = bytes_read(m, CHANNEL_A);
  counters[COUNTER_BYTES_B] = bytes_read(m, CHANNEL_B);
  counters[COUNTER_BYTES_META] = bytes_read(m, CHANNEL_P) + bytes_read(m, CHANNEL_M) + bytes_read(m, CHANNEL_AM);
  counters[COUNTER_BYTES_C] = (uint64_t)m->counts.bytes_c;
  if (!m->config.sparse) return;
  counters[COUNTER_BYTES_C] = counters[COUNTER_C_VALUES] = (uint64_t)m->sparse.stream[0].bytes;
  counters[COUNTER_CM_BYTES] = (uint64_t)m->sparse.stream[1].bytes;
  counters[COUNTER_BYTES_META] += counters[COUNTER_CM_BYTES];
}

static void take_metadata(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, Machine *m) {
  if (!reg[JOB_A_FORMAT]) return;
  m->expand.meta = memory->am;
  m->expand.meta_bytes = (Count)memory->am_bytes;
  m->expand.head = plan->a_head_bytes;
}

static void take_sparse(const Plan *plan, const uint32_t *r, const ModelMemory *memory, Machine *m) {
  m->config.sparse = writes_sparse(plan) && r[JOB_C_FORMAT] && r[JOB_EPILOGUE] & 2;
  m->sparse =
      (SparseCounts){.results = memory ? memory->results : NULL,
                     .zero = (int8_t)r[JOB_OUT_ZERO],
                     .rows = r[JOB_C_ROWS],
                     .most_rows = r[JOB_C_SEG_ROWS],
                     .stream = {{.address = address_of(r, JOB_C_ADDR_LO)}, {.address = address_of(r, JOB_CM_ADDR_LO)}}};
}

static bool run_with(const Plan *plan, const uint32_t *reg, const ModelEngine *engine, const ModelSettings *settings,
                     Machine *m, Jumper **jumper) {
  bool windows = has_windows(plan), outer = is_outer(plan);
  bool metadata = reg[JOB_A_FORMAT] || job_compacts((Mode)reg[JOB_MODE]);
  bool stepped = settings->stepped || settings->stall_percent > 0 || windows || outer || metadata;
  configure(&m->config, plan, reg, settings);
  m->config.compressed = reg[JOB_A_FORMAT];
  m->griffin = engine ? engine->griffin : NULL;
  m->outer = engine ? engine->outer : NULL;
  m->config.compacted = !outer && job_compacts((Mode)reg[JOB_MODE]);
  m->config.panel_words = windows ? griffin_panel_words(m->griffin) : NULL;
  if (!stepped && !(*jumper = jumper_new(&m->config))) return false;
  m->random = settings->seed * 2 + 0x9e3779b97f4a7c15u;
  start_units(m);
  if (windows) griffin_start(m, reg);
  if (outer && !outer_start(m, reg)) return false;
  return run(m, *jumper, settings);
}

bool model_run(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, const ModelSettings *settings,
               uint64_t counters[DUT_COUNTERS]) {
  ModelEngine *own = NULL;
  Jumper *jumper = NULL;
  Machine *m = calloc(1, sizeof *m);
  if (m) take_metadata(plan, reg, memory, m);
  if (m) take_sparse(plan, reg, memory, m);
  bool good = m && (settings->engine || model_engine_new(plan, reg, memory, settings->cycles_only, &own)) &&
              run_with(plan, reg, settings->engine ? settings->engine : own, settings, m, &jumper);
  if (good) report(plan, m, settings->most_cycles == 0, counters);
  model_engine_free(own);
  free(jumper);
  free(m);
  return good;
}

bool model_engine_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool cycles_only,
                      ModelEngine **engine) {
  *engine = NULL;
  if (!has_windows(plan) && !is_outer(plan)) return true;
  ModelEngine *made = *engine = calloc(1, sizeof *made);
  if (!made) return false;
  if (is_outer(plan))
    made->outer = outer_new(plan, reg, memory);
  else
    made->griffin = griffin_new(plan, reg, memory, !cycles_only);
  return made->griffin || made->outer;
}

void model_engine_free(ModelEngine *engine) {
  if (!engine) return;
  griffin_free(engine->griffin);
  outer_free(engine->outer);
  free(engine);
}

uint64_t model_engine_bound(const Plan *plan, const uint32_t *r, ModelEngine *engine) {
  Count tiles = (Count)r[JOB_TILES] * r[JOB_PANELS], lanes = (Count)plan->a_steps * r[JOB_BEAT];
  Count beats = (Count)r[JOB_K_ROWS] * r[JOB_K_COLS] * ((r[JOB_RUN] + lanes - 1) / lanes);
  Count tile = plan->m0 * plan->c_chunks > beats ? plan->m0 * plan->c_chunks : beats;
  if (is_outer(plan)) return (uint64_t)(tiles * plan->m0 * plan->c_chunks);
  Count steps = engine ? griffin_takes(engine->griffin) : tiles * r[JOB_STEPS];
  return (uint64_t)(steps > tiles * tile ? steps : tiles * tile);
}

uint64_t model_engine_cycles(const uint64_t counters[DUT_COUNTERS]) {
  uint64_t sum = 0;
  for (int i = 0; i < CAUSES; i++)
    if (CAUSES_OF_ENGINE >> i & 1) sum += counters[COUNTER_CAUSES + i];
  return sum;
}
