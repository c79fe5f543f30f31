// Streams of results of unknown length on their way to the write master: bytes to beats (lac_byte_pack), beats that
// wait in each stream (lac_c_stream), bursts that have been asked for (lac_c_bursts).
#include "sim/model/state.h"

// lac_byte_pack: `count` bytes come if `in`, a beat leaves if `ready`.
StreamBeat pack_bytes(BytePack *f, int size, bool ready, bool in, int count, bool last) {
  if (!ready || (!in && !f->spill)) return (StreamBeat){0};
  int total = f->kept + (f->spill ? 0 : count);
  if (f->spill) {
    *f = (BytePack){0};
    return (StreamBeat){true, true, total};
  }
  bool full = total >= size, over = total > size;
  f->spill = last && over;
  f->kept = last && !over ? 0 : total % size;
  if (!full && !last) return (StreamBeat){0};
  return (StreamBeat){true, last && !over, full ? size : total};
}

void bursts_start(Machine *m, int ways, const Count address[STREAM_COUNT]) {
  Bursts *b = &m->bursts;
  *b = (Bursts){.ways = ways, .busy = ways > 0};
  for (int way = 0; way < ways; way++)
    b->stream[way].address = address[way];
}

bool bursts_room(const Machine *m, int way) {
  return m->bursts.stream[way].level < 2 * m->config.burst_beats;
}

bool bursts_offer(const Machine *m) {
  const Bursts *b = &m->bursts;
  return b->turns > 0 && b->stream[b->turn[0].way].head;
}

Piece bursts_take(Machine *m) {
  Bursts *b = &m->bursts;
  const BurstTurn *turn = &b->turn[0];
  WriteStream *f = &b->stream[turn->way];
  f->taken = true;
  b->pops = ++b->sent == turn->beats;
  if (b->pops) b->sent = 0;
  return (Piece){b->pops && turn->last ? f->tail : m->config.bus_bytes, b->pops};
}

static bool is_done(const Bursts *b) {
  bool done = b->turns == 0;
  for (int way = 0; way < b->ways; way++)
    done = done && b->stream[way].ended && b->stream[way].here == 0;
  return done;
}

// lac_c_stream and its lac_fifo_ram.
static void stream_cycle(WriteStream *f, StreamBeat beat) {
  bool put = beat.here && beat.count > 0, fetch = f->level > 0 && (!f->head || f->taken);
  f->head = fetch || (f->head && !f->taken);
  f->level += put - fetch;
  f->here += put - f->asked;
  f->ended = f->ended || (beat.here && beat.last);
  if (put) f->tail = beat.count;
  f->taken = false;
  f->asked = 0;
}

static int ask_beats(const Machine *m, const WriteStream *f) {
  if (f->here >= m->config.burst_beats) return m->config.burst_beats;
  return f->ended ? (int)f->here : 0;
}

static void pop_turn(Bursts *b) {
  b->pops = false;
  b->turns--;
  for (int i = 0; i < b->turns; i++)
    b->turn[i] = b->turn[i + 1];
}

// The next burst is asked for, of the lowest stream that has one.
static void ask(Machine *m) {
  Bursts *b = &m->bursts;
  int way = 0, beats = 0;
  while (way < b->ways && !(beats = ask_beats(m, &b->stream[way])))
    way++;
  bool room = b->turns < BURST_TURNS;
  if (b->pops) pop_turn(b);
  if (beats == 0 || !room || m->flags.write.segment) return;
  WriteStream *f = &b->stream[way];
  bool last = f->ended && f->here == beats;
  Count bytes = (Count)beats * m->config.bus_bytes - (last ? m->config.bus_bytes - f->tail : 0);
  split_load(&m->config, &m->flags.write, &m->counts.write_left, f->address + f->bytes, bytes);
  m->counts.writes++;
  f->asked = beats;
  f->bytes += bytes;
  b->turn[b->turns++] = (BurstTurn){way, beats, last};
}

void bursts_cycle(Machine *m, const StreamBeat beats[]) {
  Bursts *b = &m->bursts;
  bool busy = b->busy && !is_done(b);
  ask(m);
  for (int way = 0; way < b->ways; way++)
    stream_cycle(&b->stream[way], beats[way]);
  b->busy = busy;
}
