// The matching of weights with slots. A weight gets its slot only when its step is to be given up: then it is matched
// with the slots of all words that may hold it, and weights placed before move on where that makes room (augmenting
// paths, searched breadth first). So no early choice is regretted while its word is kept, and a step that is not given
// up was impossible; but where d2 > 0 a search ends when its queue is full.
#include "harness/pack/griffin/compact_state.h"

#include <string.h>

#define NO_PARENT (-1)

typedef struct Weight {
  uint32_t step; // counted through the group
  int lane, column;
} Weight;

typedef struct Slot {
  uint32_t word;
  int lane, column;
  int parent; // in the queue: the slot whose weight would move here
} Slot;

struct CompactQueue {
  int count, room;
  uint64_t visited[COMPACT_WORDS][COMPACT_SIDE]; // slots in the queue
  Slot slots[];
};

typedef struct Matching {
  const CompactGroup *group;
  CompactState *state;
  CompactQueue *queue;
} Matching;

static uint64_t *free_slots(const Matching *m, uint32_t word, int lane) {
  return &m->state->data[(int)(word % COMPACT_WORDS) * m->group->rules->lanes + lane];
}

static uint64_t *waiting_weights(const Matching *m, uint32_t step, int lane) {
  return &m->state->data[(COMPACT_WORDS + (int)(step % COMPACT_WINDOW)) * m->group->rules->lanes + lane];
}

static CompactCode *codes_of(const CompactRules *r, CompactState *state, uint32_t word) {
  return (CompactCode *)&state->data[(COMPACT_WORDS + COMPACT_WINDOW) * r->lanes] +
         word % COMPACT_WORDS * compact_codes(r);
}

static CompactCode *code_at(const Matching *m, const Slot *slot) {
  const CompactRules *r = m->group->rules;
  return codes_of(r, m->state, slot->word) + compact_code_index(r, 0, slot->column, slot->lane);
}

// Sums and differences of places come round; a division would cost more than all else.
static int around(int place, int places) {
  return place < 0 ? place + places : place < places ? place : place - places;
}

// Columns of the slots of a word that may take a weight of a step in its window.
static uint64_t columns_for(const Matching *m, uint32_t word, uint32_t step, int column) {
  uint32_t place = word % COMPACT_WORDS, end = m->state->ends[place];
  if (!m->state->straddles[place]) return step < end ? m->group->reach[column] : 0;
  return step < end + m->group->steps ? (uint64_t)1 << column : 0;
}

static Weight weight_at(const Matching *m, const Slot *slot) {
  const CompactRules *r = m->group->rules;
  uint32_t place = slot->word % COMPACT_WORDS;
  CompactCode code = *code_at(m, slot);
  int across = m->state->straddles[place] ? 0 : compact_e3(code);
  return (Weight){m->state->heads[place] + (uint32_t)compact_e1(code), around(slot->lane + compact_e2(code), r->lanes),
                  around(slot->column + across, r->columns)};
}

static void put_weight(const Matching *m, const Slot *slot, const Weight *weight) {
  const CompactRules *r = m->group->rules;
  uint32_t place = slot->word % COMPACT_WORDS, head = m->state->heads[place];
  bool ahead = weight->step >= m->state->ends[place];
  int side = around(weight->lane - slot->lane, r->lanes);
  int across = ahead ? 1 : around(weight->column - slot->column, r->columns);
  *code_at(m, slot) = compact_code((int)(weight->step - head), side, across);
}

// Puts the slots among `columns` that were not seen into the queue; true if one is free: only that, and it is the last.
static bool visit(const Matching *m, uint32_t word, int lane, uint64_t columns, int parent) {
  CompactQueue *q = m->queue;
  uint64_t *visited = &q->visited[word % COMPACT_WORDS][lane], fresh = columns & ~*visited;
  uint64_t free = fresh & *free_slots(m, word, lane);
  if (q->count + m->group->rules->d3 + 1 > q->room) return false;
  if (free) fresh = free & -free;
  *visited |= fresh;
  for (; fresh; fresh &= fresh - 1)
    q->slots[q->count++] = (Slot){word, lane, __builtin_ctzll(fresh), parent};
  return free != 0;
}

// Visits the slots that may take a weight, which now is in word `from`; oldest words first, since they close first.
static bool visit_slots(const Matching *m, const Weight *weight, uint32_t from, int parent) {
  const CompactRules *r = m->group->rules;
  const CompactState *s = m->state;
  uint32_t word = from;
  while (word > s->oldest && s->heads[(word - 1) % COMPACT_WORDS] + (uint32_t)r->d1 >= weight->step)
    word--;
  for (; word < s->count && s->heads[word % COMPACT_WORDS] <= weight->step; word++) {
    uint64_t columns = columns_for(m, word, weight->step, weight->column);
    for (int side = 0; columns && side <= r->d2; side++)
      if (visit(m, word, around(weight->lane - side, r->lanes), columns, parent)) return true;
  }
  return false;
}

// Every weight on the path to a free slot moves one slot on; the new one takes the place of the first.
static void shift_path(const Matching *m, const Weight *weight, const Slot *slot) {
  *free_slots(m, slot->word, slot->lane) &= ~((uint64_t)1 << slot->column);
  while (slot->parent != NO_PARENT) {
    const Slot *before = &m->queue->slots[slot->parent];
    Weight moved = weight_at(m, before);
    put_weight(m, slot, &moved);
    slot = before;
  }
  put_weight(m, slot, weight);
}

static bool find_slot(const Matching *m, const Weight *weight) {
  CompactQueue *q = m->queue;
  q->count = 0;
  bool found = visit_slots(m, weight, m->state->count - 1, NO_PARENT);
  for (int i = 0; !found && i < q->count; i++) {
    Weight moved = weight_at(m, &q->slots[i]);
    found = visit_slots(m, &moved, q->slots[i].word, i);
  }
  if (found) shift_path(m, weight, &q->slots[q->count - 1]);
  for (int i = 0; i < q->count; i++)
    q->visited[q->slots[i].word % COMPACT_WORDS][q->slots[i].lane] = 0;
  m->state->placed += found;
  return found;
}

// Free slots of a word for weights in their own columns and lane. Returns the weights that are left.
static uint64_t take_own(const Matching *m, uint32_t word, uint32_t step, int lane, uint64_t waiting) {
  uint64_t *free = free_slots(m, word, lane), take = waiting & *free;
  *free &= ~take;
  for (uint64_t left = take; left; left &= left - 1) {
    int column = __builtin_ctzll(left);
    put_weight(m, &(Slot){word, lane, column, NO_PARENT}, &(Weight){step, lane, column});
    m->state->placed++;
  }
  return waiting & ~take;
}

// The easy ones of a step: those whose own slot is free in a word that sees them.
static void place_own(const Matching *m, uint32_t step) {
  const CompactState *s = m->state;
  uint32_t word = s->count - 1;
  while (word > s->oldest && s->heads[(word - 1) % COMPACT_WORDS] + (uint32_t)m->group->rules->d1 >= step)
    word--;
  for (; word < s->count; word++)
    for (int lane = 0; columns_for(m, word, step, 0) && lane < m->group->rules->lanes; lane++) {
      uint64_t *waiting = waiting_weights(m, step, lane);
      if (*waiting) *waiting = take_own(m, word, step, lane, *waiting);
    }
}

// False if there are fewer free slots than weights of a step that wait, in some lane, or in all where weights may leave
// their lane: then no search is needed to know.
static bool has_room(const Matching *m, uint32_t step) {
  const CompactRules *r = m->group->rules;
  int room = 0;
  for (int lane = 0; lane < r->lanes; lane++) {
    uint64_t waiting = *waiting_weights(m, step, lane);
    if (r->d2 == 0 && !waiting) continue;
    room = (r->d2 ? room : 0) - __builtin_popcountll(waiting);
    for (uint32_t word = m->state->oldest; word < m->state->count; word++)
      room += __builtin_popcountll(*free_slots(m, word, lane));
    if (r->d2 == 0 && room < 0) return false;
  }
  return room >= 0;
}

// Gives a slot to each weight of a step; false if one can't get any. The head of a word always succeeds: the word's own
// slots are still free.
static bool place_step(const Matching *m, uint32_t step) {
  place_own(m, step);
  if (!has_room(m, step)) return false;
  for (int lane = 0; lane < m->group->rules->lanes; lane++)
    for (uint64_t *waiting = waiting_weights(m, step, lane); *waiting; *waiting &= *waiting - 1)
      if (!find_slot(m, &(Weight){step, lane, __builtin_ctzll(*waiting)})) return false;
  return true;
}

static void open_word(const Matching *m, bool straddle) {
  const CompactRules *r = m->group->rules;
  CompactState *s = m->state;
  uint32_t word = s->count++;
  s->heads[word % COMPACT_WORDS] = s->head;
  s->ends[word % COMPACT_WORDS] = compact_tile_end(m->group, s->head);
  s->straddles[word % COMPACT_WORDS] = straddle;
  for (int lane = 0; lane < r->lanes; lane++)
    *free_slots(m, word, lane) = m->group->columns;
  memset(codes_of(r, s, word), 0xff, compact_codes(r) * sizeof(CompactCode));
  for (; s->loaded < m->group->total && s->loaded <= s->head + (uint32_t)r->d1; s->loaded++)
    memcpy(waiting_weights(m, s->loaded, 0), m->group->nonzero + (uint64_t)s->loaded * (uint64_t)r->lanes,
           (size_t)r->lanes * sizeof(uint64_t));
}

uint64_t compact_state_size(const CompactRules *rules) {
  uint64_t masks = (COMPACT_WORDS + COMPACT_WINDOW) * (uint64_t)rules->lanes;
  uint64_t codes = (COMPACT_WORDS * compact_codes(rules) * sizeof(CompactCode) + 7) / 8;
  return sizeof(CompactState) + (masks + codes) * sizeof(uint64_t);
}

// Room for every slot that a search can reach where d2 = 0; more lanes are not searched to the end.
static int queue_room(const CompactRules *rules) {
  return COMPACT_WORDS * rules->columns * (1 + rules->d2);
}

uint64_t compact_queue_size(const CompactRules *rules) {
  return (sizeof(CompactQueue) + (uint64_t)queue_room(rules) * sizeof(Slot) + 7) / 8 * 8;
}

void compact_state_begin(CompactState *state) {
  memset(state, 0, sizeof *state);
}

void compact_queue_begin(const CompactRules *rules, CompactQueue *queue) {
  memset(queue, 0, sizeof *queue);
  queue->room = queue_room(rules);
}

void compact_state_word(const CompactGroup *group, CompactState *state, CompactQueue *queue, bool straddle) {
  Matching m = {group, state, queue};
  uint32_t limit = compact_limit(group, state->head);
  open_word(&m, straddle);
  while (state->head < limit && place_step(&m, state->head))
    state->head++;
}

static bool holds_step(const CompactCode *codes, uint64_t count, int ahead) {
  for (uint64_t i = 0; i < count; i++)
    if (codes[i] != COMPACT_EMPTY && compact_e1(codes[i]) >= ahead) return true;
  return false;
}

void compact_state_flush(const CompactGroup *group, CompactState *state, uint32_t until) {
  uint64_t slots = compact_codes(group->rules);
  for (; state->oldest < until; state->oldest++) {
    uint32_t word = state->oldest, place = word % COMPACT_WORDS, head = state->heads[place], end = state->ends[place];
    uint32_t next = word + 1 < state->count ? state->heads[(word + 1) % COMPACT_WORDS] : state->head;
    const CompactCode *codes = codes_of(group->rules, state, word);
    bool straddle = state->straddles[place] && holds_step(codes, slots, (int)(end - head));
    group->words[word] = (CompactWord){(uint8_t)(next - head), next >= end, straddle};
    memcpy(group->codes + word * slots, codes, slots * sizeof *codes);
  }
}
