// One run of the cycle model: configuration from plan and registers, the sequencer's states, the counters at the end.
// Inside a cycle every unit sees what its neighbours held before the clock edge; the order of calls below sees to that.
#include "sim/model/engine.h"

#include <stdlib.h>
#include <string.h>

#define TICK_STEPS (1 << 16) // cycles taken by themselves between two calls of tick
#define PATIENCE   (1 << 20) // cycles without a handshake, beyond those of the memory, that no working job has

struct ModelEngine {
  const EngineModel *model;
  void *own;
};

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
                      .listed = plan_has(plan, PART_LISTED_A),
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
  c->early = plan->engine_latency - plan->shift_latency;
  c->shift = plan->shift_latency;
  c->epilogue = plan->epilogue_latency;
  c->urgent_cycles = plan->urgent_cycles;
  c->latency = settings->mem_latency ? settings->mem_latency : 1;
  c->limited = settings->mem_bandwidth > 0 && settings->mem_bandwidth < 2.0 * plan->bus_bytes;
  c->stall = (unsigned)settings->stall_percent * 4096 / 100;
  c->rate = c->limited ? (Count)(settings->mem_bandwidth * BANDWIDTH_ONE + 0.5) : 0;
  c->beat_cost = (Count)plan->bus_bytes * BANDWIDTH_ONE;
  if (plan_has(plan, PART_NEST)) configure_shape(c, plan, reg);
}

// ---- a run

static bool start_units(Machine *m, const uint32_t *r) {
  static const JobRegister first[STREAM_COUNT] = {JOB_C_ADDR_LO, JOB_CM_ADDR_LO, JOB_CL_ADDR_LO};
  Count address[STREAM_COUNT];
  for (int i = 0; i < STREAM_COUNT; i++)
    address[i] = address_of(r, first[i]);
  bus_start(m);
  read_start(m);
  if (m->model->settle) return own_start(m, address);
  bursts_start(m, m->config.sparse ? 2 : 0, address);
  walk_start(m);
  engine_start(m);
  write_start(m);
  return true;
}

static void charge(Machine *m, int cause) {
  m->counts.cycles++;
  m->counts.cause[cause]++;
}

static void nest_cycle(Machine *m, Signals *s) {
  if (m->config.joined) read_look(m);
  s->a_room = walk_room(m);
  engine_cycle(m, s);
  walk_cycle(m, s);
  read_cycle(m, s);
  write_cycle(m, s);
  grant_update(m, s);
  collect_update(m, s);
}

static void own_cycle(Machine *m, Signals *s) {
  own_look(m);
  read_own(m);
  m->model->step(m, s);
  read_cycle(m, s);
  write_cycle(m, s);
  m->model->settle(m);
}

// One cycle of the sequencer's state RUN, or CLOSE; true if it is the last.
static bool run_cycle(Machine *m) {
  Signals s = {0};
  bool writes_idle = bus_write_idle(m);
  bool setup = m->flags.walk.setup > 0;
  bus_look(m, &s);
  if (m->own)
    own_cycle(m, &s);
  else
    nest_cycle(m, &s);
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
  if (m->own) own_look(m);
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
  if (m->own) return (uint64_t)m->own->channel[channel].bytes;
  const ReadConfig *c = &m->config.read[channel];
  return (uint64_t)((c->segments - m->counts.read[channel].requests) * c->bytes);
}

static void report_streams(const Machine *m, uint64_t counters[DUT_COUNTERS]) {
  if (m->bursts.ways == 0) return;
  counters[COUNTER_BYTES_C] = (uint64_t)m->bursts.stream[STREAM_C].bytes;
  counters[COUNTER_CM_BYTES] = (uint64_t)m->bursts.stream[STREAM_CM].bytes;
  if (!m->own) counters[COUNTER_C_VALUES] = counters[COUNTER_BYTES_C];
  counters[COUNTER_CL_BYTES] = (uint64_t)m->bursts.stream[STREAM_CL].bytes;
  counters[COUNTER_BYTES_META] += counters[COUNTER_CM_BYTES] + counters[COUNTER_CL_BYTES];
}

static void report(const Plan *plan, const Machine *m, bool whole, uint64_t counters[DUT_COUNTERS]) {
  memset(counters, 0, DUT_COUNTERS * sizeof *counters);
  counters[COUNTER_CYCLES] = (uint64_t)m->counts.cycles;
  for (int i = 0; i < CAUSES; i++)
    counters[COUNTER_CAUSES + i] = (uint64_t)m->counts.cause[i];
  counters[COUNTER_MULTS_ISSUED] = (uint64_t)m->counts.cause[CAUSE_MULTIPLY] * (uint64_t)plan->macs;
  if (m->model->report) m->model->report(m, whole, counters);
#define ADD_BYTES(NAME, name, part, counter) counters[COUNTER_BYTES_##counter] += bytes_read(m, CHANNEL_##NAME);
  CHANNELS(ADD_BYTES)
#undef ADD_BYTES
  counters[COUNTER_BYTES_C] = (uint64_t)m->counts.bytes_c;
  report_streams(m, counters);
}

static void take_sparse(const Plan *plan, const uint32_t *r, const ModelMemory *memory, Machine *m) {
  m->config.sparse = plan_has(plan, PART_SPARSE_C) && r[JOB_C_FORMAT] && r[JOB_EPILOGUE] & 2;
  m->sparse = (SparseCounts){.results = memory ? memory->results : NULL,
                             .zero = (int8_t)r[JOB_OUT_ZERO],
                             .rows = r[JOB_C_ROWS],
                             .most_rows = r[JOB_C_SEG_ROWS]};
}

// How A and B go on behind the reader: in the engine's way where they have metadata, or are no lanes.
static void take_engine(Machine *m, const Plan *plan, const ModelEngine *engine, const uint32_t *r) {
  const EngineModel *model = m->model = engine->model;
  m->engine = engine->own;
  m->config.compressed = r[JOB_A_FORMAT];
  m->config.compacted = !model->records && plan_skips_b(plan, r[JOB_MODE]);
  m->config.joined = m->config.compacted || model->words;
  if (m->config.compressed) m->reader[CHANNEL_A] = m->reader[CHANNEL_AM] = model->sets;
  m->reader[CHANNEL_B] = m->reader[CHANNEL_M] = model->records;
}

static bool run_with(const Plan *plan, const uint32_t *r, const ModelEngine *engine, const ModelSettings *settings,
                     Machine *m, Jumper **jumper) {
  configure(&m->config, plan, r, settings);
  take_engine(m, plan, engine, r);
  bool metadata = m->config.compressed || m->config.compacted;
  bool stepped = settings->stepped || settings->stall_percent > 0 || !m->model->jumps || metadata;
  if (!stepped && !(*jumper = jumper_new(&m->config))) return false;
  m->random = settings->seed * 2 + 0x9e3779b97f4a7c15u;
  if (m->model->start && !m->model->start(m, r)) return false;
  return start_units(m, r) && run(m, *jumper, settings);
}

bool model_run(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, const ModelSettings *settings,
               uint64_t counters[DUT_COUNTERS]) {
  ModelEngine *own = NULL;
  Jumper *jumper = NULL;
  Machine *m = calloc(1, sizeof *m);
  if (m) take_sparse(plan, reg, memory, m);
  bool good = m && (settings->engine || model_engine_new(plan, reg, memory, settings->cycles_only, &own)) &&
              run_with(plan, reg, settings->engine ? settings->engine : own, settings, m, &jumper);
  if (good) report(plan, m, settings->most_cycles == 0, counters);
  model_engine_free(own);
  free(jumper);
  if (m) own_free(m);
  free(m);
  return good;
}

bool model_engine_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool cycles_only,
                      ModelEngine **engine) {
  ModelEngine *made = *engine = calloc(1, sizeof *made);
  if (!made) return false;
  made->model = engine_model(plan);
  if (!made->model->make) return true;
  made->own = made->model->make(plan, reg, memory, !cycles_only);
  return made->own != NULL;
}

void model_engine_free(ModelEngine *engine) {
  if (engine && engine->own) engine->model->free(engine->own);
  free(engine);
}

uint64_t model_engine_bound(const Plan *plan, const uint32_t *reg, ModelEngine *engine) {
  const EngineModel *model = engine_model(plan);
  bool walks = plan_has(plan, PART_NEST) && !plan_has(plan, PART_LISTED_A);
  Count beats = walks ? walk_beats(plan, reg) : 0;
  Count steps = model->steps ? model->steps(reg, engine ? engine->own : NULL) : 0;
  Count words = (Count)reg[JOB_TILES] * reg[JOB_PANELS] * plan->m0 * plan->c_chunks;
  Count least = beats > steps ? beats : steps;
  return (uint64_t)(words > least ? words : least);
}

uint64_t model_engine_cycles(const uint64_t counters[DUT_COUNTERS]) {
  uint64_t sum = 0;
  for (int i = 0; i < CAUSES; i++)
    if (CAUSES_OF_ENGINE >> i & 1) sum += counters[COUNTER_CAUSES + i];
  return sum;
}
