// The output: collected m-tiles (lac_c_collect), rows on their way out (lac_c_emit), bursts and beats (lac_axi_write,
// lac_axi_pack).
#include "sim/model_state.h"

// First column of a panel, or N if it lies behind the last one.
static Count column_of(const Config *config, Count panel) {
  return min_count(config->n,
                   panel / config->block_panels * config->block_cols + panel % config->block_panels * config->n0);
}

static void start_block(Machine *m) {
  Counts *c = &m->counts;
  c->rows = min_count(c->rows_left, m->config.m0);
}

void write_start(Machine *m) {
  Counts *c = &m->counts;
  nest_start(&m->config, &c->collect);
  nest_start(&m->config, &c->emit);
  c->collect_words = m->config.tile_words;
  c->rows_left = c->block_rows_left = m->config.m;
  m->flags.emit.row_byte = m->flags.emit.block_byte = m->config.c_page_byte;
  m->flags.pack.fresh = 1;
  start_block(m);
}

// ---- collect

void collect_update(Machine *m, const Signals *s) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  EmitFlags *f = &m->flags.emit;
  if (!s->out_valid || c->collect.tiles == 0 || --c->collect_words > 0) return;
  c->collect_words = config->tile_words;
  Count first = config->panels - c->collect.panels, panels = min_count(c->collect.panels, config->group_panels);
  bool full = c->collect.panel == 1;
  nest_next_panel(config, &c->collect);
  if (!full) return;
  c->column[f->in] = column_of(config, first);
  c->cols[f->in] = column_of(config, first + panels) - c->column[f->in];
  f->in = !f->in;
  f->full++;
}

// ---- pack

static void pack_cycle(Machine *m, Signals *s) {
  const Config *config = &m->config;
  PackFlags *f = &m->flags.pack;
  BusFlags *bus = &m->flags.bus;
  EmitFlags *emit = &m->flags.emit;
  Counts *c = &m->counts;
  if (bus->write_packed == bus->write_issued || !s->w_room) return;
  const WriteBurst *burst = &m->flags.writes[bus->write_packed];
  bool take = emit->word && !f->spill, last_piece = emit->word_left <= config->out_bytes;
  int count = last_piece ? emit->word_left : config->out_bytes;
  int total = (f->fresh ? burst->offset : f->pos) + (f->spill ? 0 : count), bus_bytes = config->bus_bytes;
  bool end = emit->word_last && last_piece;
  bool sent = f->spill || (take && (total >= bus_bytes || end));
  if (take) {
    f->spill = end && total > bus_bytes;
    f->fresh = 0;
    f->pos = total % bus_bytes;
    emit->word_left -= count;
    if (last_piece) emit->word = 0;
    s->sent = true;
  } else if (sent) {
    f->spill = 0;
  }
  if (!sent) return;
  bus->w_skid++;
  if (c->pack_left == 0) c->pack_left = burst->beats;
  if (--c->pack_left > 0) return;
  if (burst->final) f->fresh = 1;
  bus->write_packed++;
  c->packed++;
}

// ---- emit

static void start_row(Machine *m) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  EmitFlags *f = &m->flags.emit;
  Count column = c->column[f->out], bytes = c->cols[f->out] * config->result_bytes;
  split_load(config, &m->flags.write, &c->write_left, f->row_byte + column * config->result_bytes, bytes);
  c->writes++;
  c->bytes_c += bytes;
  c->row_left = c->cols[f->out];
  c->block_left = config->block_cols - column % config->block_cols;
  f->panel_left = (Flag)min_count(min_count(config->n0, c->block_left), c->row_left);
}

static void next_row(Machine *m) {
  EmitFlags *f = &m->flags.emit;
  f->row_byte = (f->row_byte + m->config.c_pitch) % PAGE_BYTES;
}

static void end_tile(Machine *m, Signals *s) {
  Counts *c = &m->counts;
  EmitFlags *f = &m->flags.emit;
  bool group_end = c->emit.tile == 1, last_group = c->emit.panels <= m->config.group_panels;
  s->freed = true;
  f->full--;
  f->out = !f->out;
  next_row(m);
  c->rows_left -= m->config.m0;
  if (group_end && !last_group) {
    c->rows_left = c->block_rows_left;
    f->row_byte = f->block_byte;
  } else if (group_end) {
    c->block_rows_left = c->rows_left;
    f->block_byte = f->row_byte;
  }
  c->emit.panel = 1; // panels of an m-tile leave together
  nest_next_panel(&m->config, &c->emit);
  c->rows = min_count(c->rows_left, m->config.m0);
}

// Reads the next word of the row from the C buffer.
static void read_word(Machine *m, Signals *s) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  EmitFlags *f = &m->flags.emit;
  if (!f->in_row) start_row(m);
  int cols = (int)min_count(f->panel_left, config->e_lanes);
  f->word = 1;
  f->word_left = cols * config->result_bytes;
  f->word_last = cols >= c->row_left;
  f->in_row = !f->word_last;
  c->row_left -= cols;
  c->block_left -= cols;
  f->panel_left -= cols;
  if (f->word_last) {
    if (--c->rows > 0)
      next_row(m);
    else
      end_tile(m, s);
  } else if (f->panel_left == 0) {
    if (c->block_left == 0) c->block_left = config->block_cols;
    f->panel_left = (Flag)min_count(min_count(config->n0, c->block_left), c->row_left);
  }
}

static void emit_cycle(Machine *m, Signals *s) {
  const Counts *c = &m->counts;
  const EmitFlags *f = &m->flags.emit;
  bool have = f->full > 0, slot_free = !f->word;
  s->busy = have || !slot_free || m->flags.engine.halves > 0;
  if (!have || c->emit.tiles == 0) return;
  if (c->cols[f->out] == 0)
    end_tile(m, s);
  else if (slot_free && (f->in_row || !m->flags.write.segment))
    read_word(m, s);
}

// Uses aw_room, w_room, out_valid; sets freed, busy, sent.
void write_cycle(Machine *m, Signals *s) {
  BusFlags *bus = &m->flags.bus;
  SplitFlags *split = &m->flags.write;
  pack_cycle(m, s);
  if (split->burst && s->aw_room) {
    m->flags.writes[bus->write_issued++] = (WriteBurst){split->beats, split->offset, split->final};
    split->burst = 0;
  }
  split_cut(&m->config, split, &m->counts.write_left);
  emit_cycle(m, s);
}
