// What the engine takes in each step of a tile: arbitration in rounds, as docs/engines/griffin.md tells it under "A
// cycle".
#include "sim/model/griffin/griffin.h"

#include <string.h>

enum { MOST_ROWS = 64 }; // M0

static int window_of(Count words, int most) {
  return words < most ? (int)words : most;
}

static void add_take(Schedule *s, int words, int steps, int idle) {
  s->takes[s->count++] = (Take){(uint8_t)words, (uint8_t)steps, (uint16_t)idle};
}

void schedule_dense(const Plan *plan, Count steps, Schedule *s) {
  *s = (Schedule){.takes = s->takes, .tally.issued = (uint64_t)(steps * plan->macs)};
  while (s->count < steps)
    add_take(s, 1, 1, 0);
}

// ---- mode a: rows decide, all columns follow

typedef struct RowWindow {
  const Plan *plan;
  Fields fields;
  int words;                        // of the window
  Lanes pending[WINDOW][MOST_ROWS]; // of each word
  Lanes free[MOST_ROWS];            // slots
} RowWindow;

// Every free slot takes, if pending, the bit of word `ahead` that is `across` rows and `side` lanes further.
static void row_round(RowWindow *w, int ahead, int across, int side, Tally *tally) {
  int lanes = w->fields.lanes, rows = w->fields.rows;
  uint64_t taken = 0;
  for (int row = 0; row < rows; row++) {
    Lanes *pending = &w->pending[ahead][(row + across) % rows];
    Lanes take = fields_turn(&w->fields, *pending, side) & w->free[row];
    w->free[row] &= ~take;
    *pending &= ~fields_turn(&w->fields, take, side ? lanes - side : 0);
    taken += (uint64_t)count_bits(take);
  }
  taken *= (uint64_t)w->fields.columns;
  tally->issued += taken;
  tally->distance[ahead] += taken;
  if (side) tally->lane += taken;
  if (across) tally->pe += taken;
}

static void row_rounds(RowWindow *w, Tally *tally) {
  for (int row = 0; row < w->fields.rows; row++)
    w->free[row] = w->fields.all;
  row_round(w, 0, 0, 0, tally);
  for (int ahead = 1; ahead < w->words; ahead++)
    for (int across = 0; across <= w->plan->window.a_d3; across++)
      for (int side = 0; side <= w->plan->window.a_d2; side++)
        row_round(w, ahead, across, side, tally);
}

static bool row_word_done(const RowWindow *w, int word) {
  Lanes left = 0;
  for (int row = 0; row < w->fields.rows; row++)
    left |= w->pending[word][row];
  return left == 0;
}

static int idle_rows(const RowWindow *w) {
  int idle = 0;
  for (int row = 0; row < w->fields.rows; row++)
    idle += w->free[row] == w->fields.all;
  return idle;
}

void schedule_a(const Plan *plan, const Lanes *a, Count steps, Schedule *s) {
  RowWindow w = {.plan = plan, .fields = fields_of(plan)};
  size_t row_bytes = (size_t)w.fields.rows * sizeof *a;
  *s = (Schedule){.takes = s->takes};
  for (Count head = 0, given = 0; head < steps; head += given) {
    int kept = given ? w.words - (int)given : 0;
    memmove(w.pending[0], w.pending[given], (size_t)kept * sizeof w.pending[0]);
    w.words = window_of(steps - head, 1 + plan->window.a_d1);
    for (int word = kept; word < w.words; word++)
      memcpy(w.pending[word], a + (head + word) * w.fields.rows, row_bytes);
    row_rounds(&w, &s->tally);
    for (given = 1; given < w.words && row_word_done(&w, (int)given);)
      given++;
    add_take(s, (int)given, (int)given, idle_rows(&w) * w.fields.columns);
  }
}

// ---- mode b: the packer has decided

void schedule_b(const Plan *plan, const Weights *b, Count panel, Schedule *s) {
  Tally *tally = &s->tally;
  uint64_t rows = (uint64_t)plan->m0;
  *s = (Schedule){.takes = s->takes};
  for (Count i = 0; i < b->count[panel]; i++) {
    const Word *word = &b->word[b->first[panel] + i];
    add_take(s, 1, word->steps, word->empty * plan->m0);
    tally->issued += rows * word->weights;
    tally->lane += rows * word->lane;
    tally->pe += rows * word->pe;
    for (int distance = 0; distance < WINDOW; distance++)
      tally->distance[distance] += rows * word->distance[distance];
  }
}

// ---- mode ab: every PE by itself

typedef struct PairWindow {
  const Plan *plan;
  Fields fields;
  const Weights *weights;
  Count word;         // the window's first, of all words
  int words;          // of the window
  int base[WINDOW];   // steps before each word's head
  Lanes *pending;     // [words][M0][chunks] from the window's first on
  Lanes left[WINDOW]; // of all PEs together, by word
  int busy;           // PEs
  Tally *tally;       // NULL: not wanted
} PairWindow;

// Of the PEs of one row and chunk: those with a pair of nonzero operands in a word, in the weight's slot. `a` begins at
// the word's head, of which `steps` steps are left.
static Lanes pairs_of(const PairWindow *w, const Lanes *a, Count steps, const Lanes *weights, int row) {
  const Fields *f = &w->fields;
  Lanes pairs = 0;
  for (int side = 0; side <= w->plan->window.ab_b2; side++)
    for (int distance = 0; distance <= w->plan->window.ab_b1; distance++, weights += f->chunks)
      if (distance < steps) pairs |= fields_turn(f, a[distance * f->rows + row] * f->ones, side) & *weights;
  return pairs;
}

// All pairs of a panel, [words][M0][chunks].
static void find_pairs(const PairWindow *w, const Lanes *a, Count steps, Count words) {
  const Weights *b = w->weights;
  const Fields *f = &w->fields;
  Lanes *to = w->pending;
  for (Count word = w->word; word < w->word + words; word++) {
    const Lanes *weights = b->lanes + word * b->codes * f->chunks;
    for (int row = 0; row < f->rows; row++)
      for (int chunk = 0; chunk < f->chunks; chunk++)
        *to++ = pairs_of(w, a, steps, weights + chunk, row);
    Count given = min_count(b->word[word].steps, steps);
    a += given * f->rows;
    steps -= given;
  }
}

// Counts what was taken from a word of the window, by where its A came from.
static void count_pairs(const PairWindow *w, Lanes taken, int ahead, int side, int chunk) {
  const Weights *b = w->weights;
  const Fields *f = &w->fields;
  const Lanes *weights = b->lanes + (w->word + ahead) * b->codes * f->chunks + chunk;
  Tally *tally = w->tally;
  for (int b_side = 0; b_side <= w->plan->window.ab_b2; b_side++)
    for (int distance = 0; distance <= w->plan->window.ab_b1; distance++, weights += f->chunks) {
      uint64_t count = (uint64_t)count_bits(taken & *weights);
      tally->issued += count;
      tally->distance[w->base[ahead] + distance] += count;
      if (side + b_side > 0) tally->lane += count;
    }
  if (w->plan->window.ab_b3 > 0)
    tally->pe += (uint64_t)count_bits(taken & b->across[(w->word + ahead) * f->chunks + chunk]);
}

// One row and chunk of PEs.
static void pair_rounds(PairWindow *w, int row, int chunk) {
  const Fields *f = &w->fields;
  int word_size = f->rows * f->chunks;
  Lanes *pending = w->pending + row * f->chunks + chunk, taken = *pending;
  if (w->tally) count_pairs(w, taken, 0, 0, chunk);
  for (int ahead = 1; ahead < w->words; ahead++) {
    pending += word_size;
    for (int side = 0; side <= w->plan->window.ab_a2; side++) {
      Lanes take = fields_turn(f, *pending, side) & ~taken;
      Lanes from = fields_turn(f, take, side ? f->lanes - side : 0);
      taken |= take;
      *pending &= ~from;
      if (w->tally) count_pairs(w, from, ahead, side, chunk);
    }
    w->left[ahead] |= *pending;
  }
  w->busy += fields_count(f, (((taken & ~f->high) + ~f->high) | taken) & f->high);
}

static void open_window(PairWindow *w, Count words) {
  w->words = window_of(words, 1 + w->plan->window.ab_a1);
  w->busy = 0;
  for (int i = 0, base = 0; i < w->words; base += w->weights->word[w->word + i].steps, i++) {
    w->base[i] = base;
    w->left[i] = 0;
  }
}

void schedule_ab(const Plan *plan, const Lanes *a, Count steps, const Weights *b, Count panel, bool tally,
                 Lanes *pending, Schedule *s) {
  PairWindow w = {.plan = plan,
                  .fields = fields_of(plan),
                  .weights = b,
                  .word = b->first[panel],
                  .pending = pending,
                  .tally = tally ? &s->tally : NULL};
  Count words = b->count[panel];
  *s = (Schedule){.takes = s->takes};
  find_pairs(&w, a, steps, words);
  while (words > 0) {
    open_window(&w, words);
    for (int row = 0; row < w.fields.rows; row++)
      for (int chunk = 0; chunk < w.fields.chunks; chunk++)
        pair_rounds(&w, row, chunk);
    int given = 1, given_steps = b->word[w.word].steps;
    for (; given < w.words && w.left[given] == 0; given++)
      given_steps += b->word[w.word + given].steps;
    add_take(s, given, given_steps, w.fields.rows * w.fields.columns - w.busy);
    w.word += given;
    w.pending += given * w.fields.rows * w.fields.chunks;
    words -= given;
  }
}
