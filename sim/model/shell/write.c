// The output: collected m-tiles (lac_c_collect), rows on their way out (lac_c_emit), bursts and beats (lac_axi_write,
// lac_axi_pack).
#include "sim/model/state.h"

void write_start(Machine *m) {
  nest_start(&m->config, &m->counts.collect);
  m->counts.collect_words = m->config.tile_words;
  emit_start(&m->config, &m->counts.emit);
  m->flags.pack.fresh = 1;
  sparse_start(m);
  m->flags.write.page = NO_PAGE;
}

// ---- collect

void collect_update(Machine *m, const Signals *s) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  EmitFlags *f = &m->flags.emit;
  if (!s->out_valid || c->collect.tiles == 0 || --c->collect_words > 0) return;
  c->collect_words = config->tile_words;
  f->full += c->collect.panel == 1;
  nest_next_panel(config, &c->collect);
}

// ---- pack

static void send_beat(Machine *m, const WriteBurst *burst) {
  BusFlags *bus = &m->flags.bus;
  Counts *c = &m->counts;
  bus->w_skid++;
  if (c->pack_left == 0) c->pack_left = burst->beats;
  if (--c->pack_left > 0) return;
  if (burst->final) m->flags.pack.fresh = 1;
  bus->write_packed++;
  c->packed++;
}

static void pack_cycle(Machine *m, Signals *s) {
  PackFlags *f = &m->flags.pack;
  BusFlags *bus = &m->flags.bus;
  if (bus->write_packed == bus->write_issued || !s->w_room) return;
  const WriteBurst *burst = &m->flags.writes[bus->write_packed];
  if (f->spill) {
    f->spill = 0;
    send_beat(m, burst);
    return;
  }
  bool bursts = m->bursts.ways > 0;
  if (bursts ? !bursts_offer(m) : m->flags.emit.pieces == 0) return;
  Piece piece = bursts ? bursts_take(m) : emit_take_piece(&m->flags.emit);
  int total = (f->fresh ? burst->offset : f->pos) + piece.bytes;
  f->spill = piece.last && total > m->config.bus_bytes;
  f->fresh = 0;
  f->pos = total % m->config.bus_bytes;
  s->sent = true;
  if (total >= m->config.bus_bytes || piece.last) send_beat(m, burst);
}

// ---- emit

static void start_row(Machine *m) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  Segment segment = emit_segment(config, &c->emit);
  if (!config->sparse) {
    split_load(config, &m->flags.write, &c->write_left, segment.address, segment.bytes);
    c->writes++;
    c->bytes_c += segment.bytes;
  }
  c->row_left = c->emit.cols;
  c->block_left = config->block_cols - c->emit.column % config->block_cols;
  m->flags.emit.panel_left = (Flag)min_count(min_count(config->n0, c->block_left), c->row_left);
}

static void end_row(Machine *m, Signals *s) {
  m->counts.row_left = m->counts.block_left = 0;
  m->flags.emit.in_row = m->flags.emit.panel_left = 0;
  s->freed = emit_next_row(&m->config, &m->counts.emit);
  m->flags.emit.full -= s->freed;
}

// Reads the next word of the row from the C buffer.
static void read_word(Machine *m, Signals *s) {
  const Config *config = &m->config;
  Counts *c = &m->counts;
  EmitFlags *f = &m->flags.emit;
  if (!f->in_row) start_row(m);
  Flag cols = (Flag)min_count(f->panel_left, config->e_lanes);
  f->word = f->in_row = 1;
  f->word_left = cols * config->result_bytes;
  f->word_last = cols >= c->row_left;
  c->row_left -= cols;
  c->block_left -= cols;
  f->panel_left -= cols;
  if (f->word_last) {
    end_row(m, s);
  } else if (f->panel_left == 0) {
    if (c->block_left == 0) c->block_left = config->block_cols;
    f->panel_left = (Flag)min_count(min_count(config->n0, c->block_left), c->row_left);
  }
}

// A word leaves in pieces.
static void send_piece(Machine *m) {
  EmitFlags *f = &m->flags.emit;
  bool last = f->word_left <= m->config.out_bytes;
  Flag bytes = last ? f->word_left : m->config.out_bytes;
  f->piece[f->pieces++] = (Piece){bytes, f->word_last && last};
  f->word_left -= bytes;
  f->word = !last;
}

static void emit_cycle(Machine *m, Signals *s, bool bursts_busy) {
  const EmitFlags *f = &m->flags.emit;
  bool have = f->full > 0, slot_free = !f->word;
  s->busy = have || !slot_free || m->flags.engine.slots > 0 || bursts_busy;
  if (have && slot_free && (f->in_row || m->config.sparse || !m->flags.write.segment)) read_word(m, s);
}

// The burst at hand is asked for, the next one cut.
static void ask_cycle(Machine *m, const Signals *s) {
  BusFlags *bus = &m->flags.bus;
  SplitFlags *split = &m->flags.write;
  if (split->burst && s->aw_room) {
    m->flags.writes[bus->write_issued++] = (WriteBurst){split->beats, split->burst_offset, split->final};
    split->burst = 0;
  }
  split_cut(&m->config, split, &m->counts.write_left);
}

// Uses aw_room, w_room, out_valid; sets freed, busy, sent.
void write_cycle(Machine *m, Signals *s) {
  bool piece_room = m->flags.emit.pieces<C_PIECES, word = m->flags.emit.pieces> 0, bursts_busy = m->bursts.busy;
  pack_cycle(m, s);
  if (m->flags.emit.word && piece_room) send_piece(m);
  ask_cycle(m, s);
  if (m->own) {
    s->busy = bursts_busy;
    own_write(m);
    return;
  }
  if (m->config.sparse) sparse_cycle(m, s, word);
  emit_cycle(m, s, bursts_busy);
}
