// Jumps of the cycle model over cycles that repeat.
//
// The state is flags, which must be equal, and counts, whose value only matters near a bound. If the flags are now what
// they were p cycles ago, and every count is what it was or has stayed clear of its bounds all the time, then the next
// p cycles go like the last p: all counts change by the same amounts again. So k times p cycles can be added at once,
// with k so small that every count that moves still stays clear of its bounds. The rules say for each count what its
// bounds are; a count without a rule is a total that nothing depends on.
#include "sim/model/state.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define TOTAL      INT64_MIN // a digit that may move without bound
#define LONGEST    4096      // cycles, or tiles, that are searched for a repetition
#define MOST_TIMES 4096      // repetitions in one jump
#define COUNT_SIZE (sizeof(Counts) / sizeof(Count))
#define MAX_RULES  96
#define ENDLESS    INT64_MAX

typedef enum RuleKind {
  DIGIT, // of nested loops, outer ones first: at most one of a nest moves, down
  LEVEL, // moves both ways, by `rate` a cycle at most where it moves to a bound
  CLOCK, // one less in every cycle while it moves
} RuleKind;

typedef struct Rule {
  RuleKind kind;
  bool first; // digit that begins a nest
  int at;     // place of the count
  Count low, high, rate;
} Rule;

// A state to compare with.
typedef struct Mark {
  bool set;
  int age, limit; // comparisons since it was taken; taken again after `limit`
  Flags flags;
  Counts counts;
  Count read_due[MAX_BURSTS], write_due[MAX_BURSTS];
} Mark;

enum { EACH_CYCLE, EACH_TILE, EACH_GROUP, MARKS }; // when the state is compared with the mark

struct Jumper {
  Rule rules[MAX_RULES];
  int count;
  Count clear[CHANNEL_M][PAGE_BYTES]; // by the place in a page: segments from there on that cross no page, or ENDLESS
  Count tile, group;                  // what they were at the last comparison
  Mark marks[MARKS];
};

// ---- rules

static Rule *add_rule(Jumper *j, RuleKind kind, size_t offset, Count low) {
  Rule *rule = &j->rules[j->count++];
  *rule = (Rule){.kind = kind, .at = (int)(offset / sizeof(Count)), .low = low, .high = INT64_MAX};
  return rule;
}

static void add_level(Jumper *j, size_t offset, Count low, Count high, Count rate) {
  Rule *rule = add_rule(j, LEVEL, offset, low);
  rule->high = high;
  rule->rate = rate;
}

// A loop inside another one, or one that begins again whenever a total moves.
static void add_pair(Jumper *j, size_t loop, Count loop_low, size_t inner, Count low) {
  add_rule(j, DIGIT, loop, loop_low)->first = true;
  add_rule(j, DIGIT, inner, low);
}

static void add_nest(Jumper *j, const Config *config, size_t nest) {
  add_rule(j, DIGIT, nest + offsetof(NestCounts, tiles), config->block_tiles + 1)->first = true;
  add_rule(j, DIGIT, nest + offsetof(NestCounts, panels), config->group_panels + 1);
  add_rule(j, DIGIT, nest + offsetof(NestCounts, tile), 2);
  add_rule(j, DIGIT, nest + offsetof(NestCounts, panel), 2);
}

#define AT(field) offsetof(Counts, field)

static void add_channel_rules(Jumper *j, const Config *config, int channel) {
  size_t base = AT(read) + (size_t)channel * sizeof(ReadCounts);
#define OF(field) (base + offsetof(ReadCounts, field))
  if (channel != CHANNEL_A) {
    add_nest(j, config, OF(nest));
    add_rule(j, DIGIT, OF(repeat), 2);
    add_rule(j, DIGIT, OF(word), 2);
    add_level(j, OF(ready), 1, INT64_MAX, 1);
    add_level(j, OF(held), INT64_MIN, config->read[channel].capacity - 1, 1);
    add_pair(j, OF(trims), TOTAL, OF(trim_left), 2);
  }
  add_pair(j, OF(requests), 1, OF(beats_left), config->burst_beats + 1);
  add_pair(j, OF(land_segments), TOTAL, OF(land_beats), 2);
  add_level(j, OF(level), 1, INT64_MAX, 1);
  add_rule(j, CLOCK, OF(urgent), 1);
#undef OF
}

static void add_rules(Jumper *j, const Config *config) {
  add_nest(j, config, AT(walk.nest));
  add_rule(j, DIGIT, AT(walk.kh), 2);
  add_rule(j, DIGIT, AT(walk.kw), 2);
  add_rule(j, DIGIT, AT(walk.run), config->walk.lanes + 1);
  add_pair(j, AT(taken), TOTAL, AT(gap), 2);
  add_pair(j, AT(arrived), TOTAL, AT(words), 2);
  for (int channel = 0; channel < CHANNEL_M; channel++)
    add_channel_rules(j, config, channel);
  add_pair(j, AT(finished), TOTAL, AT(read_left), 2);
  add_nest(j, config, AT(grant));
  add_nest(j, config, AT(collect));
  add_rule(j, DIGIT, AT(collect_words), 2);
  add_pair(j, AT(writes), TOTAL, AT(row_left), config->n0 + config->e_lanes + 1);
  add_level(j, AT(block_left), config->n0 + config->e_lanes + 1, INT64_MAX, config->e_lanes);
  add_pair(j, AT(writes), TOTAL, AT(write_left), config->burst_beats + 1);
  add_pair(j, AT(packed), TOTAL, AT(pack_left), 2);
  add_pair(j, AT(stored), TOTAL, AT(store_left), 2);
  add_level(j, AT(walk.segments), 2, INT64_MAX, 0);
}

static Count page_place(Count address) {
  return address & (PAGE_BYTES - 1);
}

// From every place that crosses back to the one before it; the places repeat, so that each is seen once.
static void find_crossings(const ReadConfig *c, Count clear[PAGE_BYTES]) {
  for (Count place = 0; place < PAGE_BYTES; place++)
    clear[place] = ENDLESS;
  for (Count place = 0; place < PAGE_BYTES; place++) {
    if (!crosses_page(place, c->bytes)) continue;
    Count at = page_place(place - c->pitch);
    clear[place] = 0;
    for (Count segments = 1; !crosses_page(at, c->bytes); segments++) {
      clear[at] = segments;
      at = page_place(at - c->pitch);
    }
  }
}

Jumper *jumper_new(const Config *config) {
  Jumper *j = calloc(1, sizeof *j);
  if (j) add_rules(j, config);
  for (int channel = 0; j && channel < CHANNEL_M; channel++)
    find_crossings(&config->read[channel], j->clear[channel]);
  return j;
}

// ---- how often the last period may be repeated; 0: it is none

// Repetitions until `value`, changing by `change`, has passed `low`.
static Count times_above(Count value, Count change, Count low) {
  if (value < low) return 0;
  return change < 0 ? (value - low) / -change : INT64_MAX;
}

static Count level_times(const Rule *rule, Count value, Count change, Count period) {
  Count margin = rule->rate * period, before = value - change;
  Count times = INT64_MAX;
  if (rule->low != INT64_MIN) times = times_above(change < 0 ? value : before, change, rule->low + margin);
  if (rule->high == INT64_MAX) return times;
  return min_count(times, times_above(-(change > 0 ? value : before), -change, margin - rule->high));
}

static Count rule_times(const Rule *rule, Count value, Count change, Count period) {
  switch (rule->kind) {
  case DIGIT:
    if (rule->low == TOTAL) return INT64_MAX;
    return change < 0 ? times_above(value, change, rule->low) : 0;
  case LEVEL:
    return level_times(rule, value, change, period);
  case CLOCK:
    return change == -period ? times_above(value, change, rule->low) : 0;
  }
  return 0;
}

static Count counts_times(Jumper *j, const Machine *m, const Counts *before, Count period) {
  const Count *now = (const Count *)&m->counts, *old = (const Count *)before;
  Count times = INT64_MAX;
  bool moved = false;
  for (const Rule *rule = j->rules; rule < j->rules + j->count; rule++) {
    Count change = now[rule->at] - old[rule->at];
    if (rule->first) moved = false;
    if (change == 0) continue;
    if (rule->kind == DIGIT && moved) return 0;
    moved = moved || rule->kind == DIGIT;
    times = min_count(times, rule_times(rule, now[rule->at], change, period));
    if (times == 0) return 0;
  }
  return times;
}

// Room of a landing FIFO: compared with the burst that waits; only rises where no burst is granted.
static Count credit_times(const Machine *m, const Counts *before, int channel) {
  Count credit = m->counts.read[channel].credit, change = credit - before->read[channel].credit;
  const SplitFlags *split = &m->flags.read[channel].split;
  if (change == 0) return INT64_MAX;
  if (m->counts.finished != before->finished || change < 0) return 0;
  if (!split->burst || credit - change >= split->beats) return INT64_MAX;
  return credit < split->beats ? (split->beats - 1 - credit) / change : 0;
}

// Parameter words on chip, more than the tiles granted need.
static Count parameter_times(const Machine *m, const Counts *before) {
  const Counts *c = &m->counts;
  Count loads = c->read[CHANNEL_P].loaded - before->read[CHANNEL_P].loaded, needs = c->need - before->need;
  Count spare = c->read[CHANNEL_P].loaded - c->need;
  if (!m->config.params || loads == needs) return INT64_MAX;
  if (c->need_group != before->need_group || spare - (loads - needs) < 0) return 0;
  if (loads > needs) return INT64_MAX;
  return loads == 0 ? times_above(spare, -needs, 0) : 0;
}

// Room in the banks: only falls while beats come, by a beat a cycle.
static Count room_times(const Machine *m, const Counts *before, Count period) {
  const WalkConfig *w = &m->config.walk;
  const WalkCounts *c = &m->counts.walk, *old = &before->walk;
  Count room = w->capacity - (c->pos + m->config.beat_elems - c->release);
  Count change = (c->release - old->release) - (c->pos - old->pos);
  if (change == 0) return INT64_MAX;
  if (room > w->capacity || room < 0 || room - change < 0) return 0;
  Count margin = period * m->config.beat_elems;
  return change > 0 ? (w->capacity - room) / change : times_above(room, change, margin);
}

static bool is_waiting(const Machine *m, const WalkCounts *c) {
  return m->flags.walk.valid1 && c->need > c->fill;
}

static bool same_group(const WalkCounts *a, const WalkCounts *b) {
  return a->nest.tiles == b->nest.tiles && a->nest.panels == b->nest.panels;
}

// Tiles that may follow without a wait: while all of a tile is there nothing waits, and the tiles of a group are
// consecutive.
// The origins of an image's rows move in their own way, which makes no difference where none of them is given up.
static Count resident_times(const Machine *m, const WalkCounts *old) {
  const WalkCounts *c = &m->counts.walk;
  Count tiles = old->nest.tile - c->nest.tile, change = c->bound - old->bound;
  if (tiles == 0) return INT64_MAX;
  if (m->config.walk.banked) return old->fill >= c->bound ? times_above(c->fill, -change, c->bound) : 0;
  bool gives_up = c->nest.panels <= m->config.group_panels;
  return !gives_up && walk_far_bound(m, c->nest.tile) <= old->fill ? INT64_MAX : 0;
}

// What stage 1 waits for against what has arrived. While A streams, everything must keep its distance.
static Count arrival_times(const Machine *m, const Counts *before) {
  const WalkConfig *w = &m->config.walk;
  const WalkCounts *c = &m->counts.walk, *old = &before->walk;
  Count fill = c->fill - old->fill, need = c->need - old->need, bound = c->bound - old->bound;
  bool group = same_group(c, old);
  bool tile = c->nest.tile == old->nest.tile && c->nest.tiles == old->nest.tiles;
  if (old->segments == 0 && (w->banked || group || tile)) return INT64_MAX;
  if (m->flags.walk.hot && group && !is_waiting(m, c) && !is_waiting(m, old)) {
    Count times = resident_times(m, old);
    if (times > 0) return times;
  }
  if (w->banked) return fill == need && fill == bound ? INT64_MAX : 0;
  bool stands = c->nest.panel == old->nest.panel && c->run == old->run && c->kh == old->kh && c->kw == old->kw;
  bool same_channels = group || m->config.block_panels >= m->config.panels;
  return tile && stands && same_channels && fill == 0 && need == 0 ? INT64_MAX : 0;
}

// Segments of A, B and parameters: they begin at the same byte of a beat again, and pages cut them alike.
static Count request_times(const Jumper *j, const Machine *m, const Counts *before, int channel) {
  const Count *clear = j->clear[channel];
  Count at = m->counts.read[channel].request_at, change = at - before->read[channel].request_at;
  if (change % PAGE_BYTES == 0) return INT64_MAX;
  if (change % m->config.bus_bytes != 0) return 0;
  Count segments = change / m->config.read[channel].pitch;
  return clear[page_place(at - change)] < segments ? 0 : clear[page_place(at)] / segments;
}

static bool alike(const Config *config, const EmitCounts *a, const EmitCounts *b) {
  Segment x = emit_segment(config, a), y = emit_segment(config, b);
  if (a->rows != b->rows || x.bytes != y.bytes) return false;
  if (x.address % PAGE_BYTES == y.address % PAGE_BYTES) return true;
  return ((x.address - y.address) & (config->bus_bytes - 1)) == 0 && !crosses_page(x.address, x.bytes) &&
         !crosses_page(y.address, y.bytes);
}

// Rows of C: the coming ones must be like those of the last period. At most `most` periods; *after is then where the
// output stands.
static Count row_times(const Machine *m, const Counts *before, Count most, EmitCounts *after) {
  EmitCounts old = before->emit, next = m->counts.emit;
  Count rows = m->counts.writes - before->writes, times = 0;
  *after = next;
  if (rows == 0) return most;
  for (; times < most; times++) {
    for (Count i = 0; i < rows; i++) {
      if (next.nest.tiles == 0 || !alike(&m->config, &old, &next)) return times;
      emit_next_row(&m->config, &old);
      emit_next_row(&m->config, &next);
    }
    if (next.nest.tiles == 0 || !alike(&m->config, &old, &next)) return times;
    *after = next;
  }
  return times;
}

// Bursts under way: each waits as long as the one at its place did, or is the same one, with its time still to come.
static Count due_times(const Count *due, const Count *old_due, int bursts, Count now, Count period) {
  Count times = INT64_MAX;
  for (int i = 0; i < bursts && times > 0; i++) {
    Count left = due[i] - now, old_left = old_due[i] - (now - period);
    if (left == old_left || (left <= 0 && old_left <= 0)) continue;
    times = left == old_left - period ? min_count(times, (left - 1) / period) : 0;
  }
  return times;
}

static Count all_times(Jumper *j, const Machine *m, const Mark *mark, EmitCounts *after) {
  Count period = m->counts.now - mark->counts.now;
  Count times = counts_times(j, m, &mark->counts, period);
  for (int channel = 0; channel < CHANNEL_M && times > 0; channel++)
    times = min_count(times,
                      min_count(credit_times(m, &mark->counts, channel), request_times(j, m, &mark->counts, channel)));
  if (times > 0) times = min_count(times, parameter_times(m, &mark->counts));
  if (times > 0) times = min_count(times, room_times(m, &mark->counts, period));
  if (times > 0) times = min_count(times, arrival_times(m, &mark->counts));
  const BusFlags *bus = &m->flags.bus;
  if (times > 0)
    times = min_count(times, due_times(m->read_due, mark->read_due, bus->read_accepted, m->counts.now, period));
  if (times > 0)
    times = min_count(times, due_times(m->write_due, mark->write_due, bus->write_stored, m->counts.now, period));
  return row_times(m, &mark->counts, min_count(times, MOST_TIMES), after);
}

// ---- the jump

static void move_dues(Count *due, const Count *old_due, int bursts, Count now, Count period, Count times) {
  for (int i = 0; i < bursts; i++)
    if (due[i] - now == old_due[i] - (now - period)) due[i] += times * period;
}

static void jump(Machine *m, const Mark *mark, Count times, const EmitCounts *emit) {
  Count *now = (Count *)&m->counts;
  const Count *old = (const Count *)&mark->counts;
  Count period = m->counts.now - mark->counts.now;
  const BusFlags *bus = &m->flags.bus;
  move_dues(m->read_due, mark->read_due, bus->read_accepted, m->counts.now, period, times);
  move_dues(m->write_due, mark->write_due, bus->write_stored, m->counts.now, period, times);
  Count tiles = mark->counts.walk.nest.tile - m->counts.walk.nest.tile;
  bool waits = is_waiting(m, &m->counts.walk);
  for (size_t i = 0; i < COUNT_SIZE; i++)
    now[i] += times * (now[i] - old[i]);
  m->counts.emit = *emit;
  WalkCounts *walk = &m->counts.walk;
  if (!m->config.walk.banked && tiles > 0) walk_skip_tiles(m, tiles * times);
  if (!waits) walk->need = min_count(walk->need, walk->fill);
}

static bool same_flags(const Flags *a, const Flags *b) {
  return !memcmp(a, b, offsetof(Flags, reads)) &&
         !memcmp(a->reads, b->reads, (size_t)a->bus.read_issued * sizeof *a->reads) &&
         !memcmp(a->writes, b->writes, (size_t)a->bus.write_issued * sizeof *a->writes);
}

static void take_mark(Mark *mark, const Machine *m) {
  const BusFlags *bus = &m->flags.bus;
  mark->set = true;
  mark->age = 0;
  memcpy(&mark->flags, &m->flags, offsetof(Flags, reads));
  memcpy(mark->flags.reads, m->flags.reads, (size_t)bus->read_issued * sizeof *m->flags.reads);
  memcpy(mark->flags.writes, m->flags.writes, (size_t)bus->write_issued * sizeof *m->flags.writes);
  memcpy(mark->read_due, m->read_due, (size_t)bus->read_accepted * sizeof *m->read_due);
  memcpy(mark->write_due, m->write_due, (size_t)bus->write_stored * sizeof *m->write_due);
  mark->counts = m->counts;
}

// True if it jumped. Marks are taken after 1, 2, 4, ... comparisons, so that every period is found in the end.
static bool try_mark(Jumper *j, Mark *mark, Machine *m) {
  if (!mark->set) {
    mark->limit = 1;
    take_mark(mark, m);
    return false;
  }
  mark->age++;
  if (same_flags(&mark->flags, &m->flags)) {
    EmitCounts emit;
    Count times = all_times(j, m, mark, &emit);
    if (times > 0) {
      jump(m, mark, times, &emit);
      mark->set = false;
      return true;
    }
  }
  if (mark->age < mark->limit) return false;
  mark->limit = mark->limit < LONGEST ? 2 * mark->limit : 1;
  take_mark(mark, m);
  return false;
}

// A long period may hold jumps over shorter ones: a mark outlives the jumps from marks of shorter periods.
void jump_ahead(Jumper *j, Machine *m) {
  const Counts *c = &m->counts;
  bool compare[MARKS] = {true, j->tile != c->taken, j->group != c->need_group};
  for (int i = EACH_GROUP; i >= EACH_CYCLE; i--) {
    if (!compare[i] || !try_mark(j, &j->marks[i], m)) continue;
    for (int shorter = EACH_CYCLE; shorter < i; shorter++)
      j->marks[shorter].set = false;
    break;
  }
  j->tile = c->taken;
  j->group = c->need_group;
}
