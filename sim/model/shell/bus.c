// The bus: bursts of a segment (lac_axi_split), the skids of lac_axi_read and lac_axi_write, and the memory behind them
// (sim/memory/axi_memory.h says what its timing is; this is a second telling of it, for bursts without data).
#include "sim/model/state.h"

#include <string.h>

// ---- split

bool crosses_page(Count address, Count bytes) {
  return address % PAGE_BYTES + bytes > PAGE_BYTES;
}

void split_load(const Config *config, SplitFlags *split, Count *left, Count address, Count bytes) {
  split->segment = 1;
  split->offset = (Flag)(address % config->bus_bytes);
  split->page = crosses_page(address, bytes) ? (Flag)(address % PAGE_BYTES / config->bus_bytes) : NO_PAGE;
  *left = (split->offset + bytes + config->bus_bytes - 1) / config->bus_bytes;
}

void split_cut(const Config *config, SplitFlags *split, Count *left) {
  if (!split->segment || split->burst) return;
  bool paged = split->page != NO_PAGE;
  Count room = paged ? min_count(config->page_beats - split->page, config->burst_beats) : config->burst_beats;
  split->final = *left <= room;
  split->beats = (Flag)min_count(*left, room);
  split->burst = 1;
  split->burst_offset = split->offset;
  if (paged) split->page = split->final ? NO_PAGE : (split->page + split->beats) % config->page_beats;
  *left -= split->beats;
  if (split->final) split->segment = 0;
}

// ---- handshakes, by what stands before the clock edge

bool bus_read_idle(const Machine *m) {
  bool busy = m->flags.bus.read_issued > 0;
  for (int i = 0; i < CHANNEL_COUNT; i++)
    busy = busy || m->flags.read[i].split.segment || m->flags.read[i].split.burst;
  return !busy;
}

bool bus_write_idle(const Machine *m) {
  return !m->flags.write.segment && !m->flags.write.burst && m->flags.bus.write_issued == 0;
}

void bus_look(const Machine *m, Signals *s) {
  const BusFlags *f = &m->flags.bus;
  int ar = f->read_issued - f->read_accepted, aw = f->write_issued - f->write_accepted;
  s->ar_taken = ar > 0 && f->ar_ready;
  s->aw_taken = aw > 0 && f->aw_ready;
  s->w_taken = f->w_skid > 0 && f->w_ready;
  s->r_beat = f->r_valid;
  s->b_taken = f->b_valid;
  s->ar_room = ar < SKID_WORDS && f->read_issued < m->config.outstanding;
  s->aw_room = aw < SKID_WORDS && f->write_issued < m->config.outstanding;
  s->w_room = f->w_skid < SKID_WORDS;
}

// Which channels stall in the next cycle; xorshift as in axi_memory.h, of which 0 stands still.
typedef struct Stalls {
  bool ar, r, aw, w, b;
} Stalls;

static Stalls draw_stalls(Machine *m) {
  if (m->config.stall == 0) return (Stalls){0};
  uint64_t x = m->random ? m->random : 1;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  m->random = x;
  bool channels[5];
  for (int i = 0; i < 5; i++)
    channels[i] = (x >> 12 * i & 0xfff) < m->config.stall;
  return (Stalls){channels[0], channels[1], channels[2], channels[3], channels[4]};
}

enum { START_CYCLES = 7 }; // of the memory, from the restart to the job's first cycle: the host writes START

void bus_start(Machine *m) {
  BusFlags *f = &m->flags.bus;
  Stalls stalls = {0};
  for (int i = 0; i < START_CYCLES; i++)
    stalls = draw_stalls(m);
  f->ar_ready = !stalls.ar;
  f->aw_ready = !stalls.aw;
  f->w_ready = !stalls.w;
  f->w_paid = 1;
  f->r_first = 1;
  f->tokens = (Flag)(MEMORY_BUCKET * m->config.beat_cost);
}

// ---- memory: handshakes

static void take_reads(Machine *m, const Signals *s) {
  BusFlags *f = &m->flags.bus;
  Counts *c = &m->counts;
  if (s->ar_taken) m->read_due[f->read_accepted++] = c->now - 1 + m->config.latency;
  f->r_valid = 0;
  if (!s->r_beat || --c->read_left > 0) return;
  c->finished++;
  f->read_issued--;
  f->read_accepted--;
  memmove(m->flags.reads, m->flags.reads + 1, (size_t)f->read_issued * sizeof *m->flags.reads);
  memmove(m->read_due, m->read_due + 1, (size_t)f->read_accepted * sizeof *m->read_due);
  m->flags.reads[f->read_issued] = (ReadBurst){0, 0};
  c->read_left = m->flags.reads[0].beats;
}

static void store_beats(Machine *m) {
  BusFlags *f = &m->flags.bus;
  Counts *c = &m->counts;
  while (f->w_waiting > 0 && f->write_stored < f->write_accepted) {
    if (c->store_left == 0) c->store_left = m->flags.writes[f->write_stored].beats;
    f->w_waiting--;
    if (--c->store_left > 0) continue;
    m->write_due[f->write_stored++] = c->now - 1 + m->config.latency;
    c->stored++;
  }
}

static void take_writes(Machine *m, const Signals *s) {
  BusFlags *f = &m->flags.bus;
  if (s->aw_taken) f->write_accepted++;
  if (s->w_taken) {
    f->w_waiting++;
    f->w_paid = !m->config.limited;
  }
  if (f->w_waiting > 0) store_beats(m);
  f->b_valid = 0;
  if (!s->b_taken) return;
  f->write_issued--;
  f->write_accepted--;
  f->write_packed--;
  f->write_stored--;
  memmove(m->flags.writes, m->flags.writes + 1, (size_t)f->write_issued * sizeof *m->flags.writes);
  memmove(m->write_due, m->write_due + 1, (size_t)f->write_stored * sizeof *m->write_due);
  m->flags.writes[f->write_issued] = (WriteBurst){0, 0, 0};
}

// ---- memory: what it offers next

static bool pay(Machine *m) {
  BusFlags *f = &m->flags.bus;
  if (f->tokens < m->config.beat_cost) return false;
  f->tokens -= (Flag)m->config.beat_cost;
  return true;
}

// True if an R beat is paid for; W is paid for ahead.
static bool share_bandwidth(Machine *m, bool r_wants, bool w_room) {
  BusFlags *f = &m->flags.bus;
  if (!m->config.limited) return r_wants;
  f->tokens = (Flag)min_count(f->tokens + m->config.rate, MEMORY_BUCKET * m->config.beat_cost);
  bool w_wants = w_room && !f->w_paid, r_paid = false;
  if (f->r_first && r_wants) r_paid = pay(m);
  if (w_wants) f->w_paid = pay(m);
  if (!f->r_first && r_wants) r_paid = pay(m);
  if (r_paid != (w_wants && f->w_paid)) f->r_first = !r_paid;
  return r_paid;
}

void bus_cycle(Machine *m, const Signals *s) {
  BusFlags *f = &m->flags.bus;
  Counts *c = &m->counts;
  c->now++;
  take_writes(m, s);
  take_reads(m, s);
  f->w_skid -= s->w_taken;
  Stalls stalls = draw_stalls(m);
  bool w_room = f->w_waiting < MEMORY_BEATS;
  bool r_due = f->read_accepted > 0 && m->read_due[0] <= c->now && !stalls.r;
  f->r_valid = share_bandwidth(m, r_due, w_room);
  f->b_valid = f->write_stored > 0 && m->write_due[0] <= c->now && !stalls.b;
  f->ar_ready = f->read_accepted < MEMORY_BURSTS && !stalls.ar;
  f->aw_ready = f->write_accepted < MEMORY_BURSTS && !stalls.aw;
  f->w_ready = f->w_paid && w_room && !stalls.w;
}
