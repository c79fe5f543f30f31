// The outer-product engine beside the shell's units: which rows the k-tile at hand has, what the array sees of the
// reader, of the list and of the output, and the counters.
#include "sim/model/outer/outer.h"

#include <stdlib.h>

static void outer_free(void *engine) {
  Outer *o = engine;
  outer_array_free(&o->array);
  free(o->rows);
  free(o);
}

static void *outer_new(const Plan *plan, const uint32_t *reg, const ModelMemory *memory, bool tallies) {
  (void)tallies;
  const ModelMemory none = {0};
  Outer *o = calloc(1, sizeof *o);
  if (!o) return NULL;
  if (!memory) memory = &none;
  *o = (Outer){.plan = plan,
               .meta = memory->m,
               .meta_bytes = (Count)memory->m_bytes,
               .unpack = {.meta = memory->am, .meta_bytes = (Count)memory->am_bytes},
               .skips = reg[JOB_MODE] & 1};
  o->rows = o->skips ? outer_read_rows(plan, reg, memory) : outer_all_rows(plan);
  if (o->rows) return o;
  outer_free(o);
  return NULL;
}

// The sums have been swept since the end of the job before (docs/engines/outer.md, "Results").
static OuterShape shape_of(const Plan *plan, const uint32_t *reg) {
  return (OuterShape){.columns = plan->n0,
                      .k_tile = plan->k0,
                      .blocks = plan->outer.blocks,
                      .lanes = plan->outer.p,
                      .q = plan->outer.q,
                      .banks = plan->outer.banks,
                      .window = plan->outer.window,
                      .slots = plan->outer.slots,
                      .store_words = plan->b_words / plan->b_banks,
                      .list_words = plan->outer.list_words,
                      .known = reg[JOB_BLOCK_PANELS] < reg[JOB_PANELS] ? 0 : plan->outer.known,
                      .beat_values = plan->beat_elems,
                      .beat_bytes = plan->bus_bytes,
                      .bitmaps = reg[JOB_MODE] >> 1 & 1,
                      .steps = reg[JOB_STEPS],
                      .run = reg[JOB_RUN],
                      .tiles = reg[JOB_TILES],
                      .block_tiles = reg[JOB_BLOCK_TILES],
                      .panels = reg[JOB_PANELS],
                      .group_panels = reg[JOB_GROUP_PANELS]};
}

static bool outer_start(Machine *m, const uint32_t *reg) {
  Outer *o = m->engine;
  OuterShape shape = shape_of(o->plan, reg);
  o->reg = reg;
  o->waiting = 0;
  nest_start(&m->config, &o->nest);
  for (int i = 0; i < OUTER_CAUSE_DELAY; i++)
    o->causes[i] = CAUSE_FILL_DRAIN;
  if (m->config.compressed) unpack_start(m);
  outer_array_free(&o->array);
  return outer_array_start(&o->array, &shape, o->meta, o->meta_bytes);
}

// ---- a cycle

static const LaneRows *rows_at_hand(const Machine *m) {
  const Outer *o = m->engine;
  const Config *c = &m->config;
  if (!o->skips || o->waiting == 0) return o->rows;
  Count number = nest_panel(c, &o->nest) / c->block_panels * c->tiles + nest_tile(c, &o->nest);
  return o->rows + (number * o->reg[JOB_STEPS] + o->numbers[0].step) * o->plan->k0;
}

// The block of the k-tile's first k: k are counted through the runs of a panel.
static int turn_at_hand(const Machine *m) {
  const Outer *o = m->engine;
  const OuterShape *shape = &o->array.shape;
  Count run_steps = (shape->run + shape->k_tile - 1) / shape->k_tile;
  return o->waiting == 0 ? 0 : (int)(o->numbers[0].step / run_steps * shape->run % shape->blocks);
}

// The k-tile is loaded: the next one may be of another panel or tile.
static void end_k_tile(Machine *m) {
  Outer *o = m->engine;
  if (o->numbers[0].last) nest_next_panel(&m->config, &o->nest);
  o->waiting--;
  for (int i = 0; i < o->waiting; i++)
    o->numbers[i] = o->numbers[i + 1];
}

static int delay_cause(Outer *o, int cause) {
  int old = o->causes[OUTER_CAUSE_DELAY - 1];
  for (int i = OUTER_CAUSE_DELAY - 1; i > 0; i--)
    o->causes[i] = o->causes[i - 1];
  o->causes[0] = cause;
  return old;
}

static bool lacks_words(const OuterArray *array) {
  if (!array->pass.valid) return true;
  for (int g = 0; g < array->shape.blocks; g++)
    if (!array->stores[g].valid) return true;
  return false;
}

static void outer_step(Machine *m, Signals *s) {
  Outer *o = m->engine;
  OuterArray *array = &o->array;
  const WalkFlags *walk = &m->flags.walk;
  OuterSignals out = {.a_valid = walk->valid3,
                      .a_end = walk->end3,
                      .rows = rows_at_hand(m),
                      .turn = turn_at_hand(m),
                      .token = s->may_end};
  s->a_waits = array->pass.valid && !walk->valid3;
  s->b_waits = lacks_words(array);
  s->list_valid = array->pass.valid;
  s->list_number = array->pass.number;
  s->list_last = array->pass.last;
  outer_array_cycle(array, &out);
  s->a_take = out.a_take;
  s->tile_end = out.tile;
  s->job_end = out.job_end;
  s->step = out.working || out.tile || array->chunk.fires;
  int cause = delay_cause(o, out.cause);
  s->cause = s->done ? CAUSE_WAIT_OUT : cause;
  if (out.a_valid && out.a_take && array->beat == 0) end_k_tile(m);
}

static bool records_ready(const Machine *m, int channel) {
  const OuterFill *fill = &((const Outer *)m->engine)->array.fill;
  return channel == CHANNEL_B ? fill->b_ready : fill->m_ready;
}

static void records_cycle(Machine *m, const Signals *s, bool b_beat, bool m_beat) {
  Outer *o = m->engine;
  if (s->list_take) {
    o->numbers[o->waiting].step = s->list_number;
    o->numbers[o->waiting++].last = s->list_last;
  }
  outer_array_settle(&o->array, s->list_take, b_beat, m_beat);
}

static void outer_report(const Machine *m, bool whole, uint64_t counters[DUT_COUNTERS]) {
  (void)whole;
  const Outer *o = m->engine;
  const uint32_t *r = o->reg;
  uint64_t fibers = (uint64_t)r[JOB_K_ROWS] * r[JOB_K_COLS] * r[JOB_RUN];
  uint64_t all = (uint64_t)r[JOB_TILES] * r[JOB_PANELS] * fibers * (uint64_t)(o->plan->m0 * o->plan->n0);
  counters[COUNTER_MULTS_ISSUED] = (uint64_t)o->array.used;
  counters[COUNTER_MULTS_SKIPPED] = all - (uint64_t)o->array.used;
}

static const BeatReader records_reader = {.ready = records_ready, .cycle = records_cycle};

const EngineModel engine_model_outer = {.make = outer_new,
                                        .free = outer_free,
                                        .start = outer_start,
                                        .step = outer_step,
                                        .report = outer_report,
                                        .sets = &unpack_reader,
                                        .records = &records_reader};
