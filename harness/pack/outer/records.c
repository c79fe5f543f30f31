// Fibers of B, rows of a panel, are cut into chunks that the banks of accumulators take in one cycle. What each chunk
// store of the hardware will hold is counted along the way, since the loop order depends on it.
#include "harness/pack/outer/records.h"
#include "harness/pack/pack.h"
#include "harness/pack/pack_bits.h"

#include <stddef.h>
#include <string.h>

enum { MAX_COLUMNS = 64, MAX_BLOCKS = 64, TILES_OF_BYTE = 8 };

typedef uint64_t Columns; // a bit for each column of a panel

typedef struct Writer {
  const Plan *plan;
  const Job *job;
  const uint8_t *plain;
  uint8_t *b, *m;              // NULL: nothing is written
  bool bitmaps;                // zeros are left out
  bool all_zero;               // B has nothing but zeros: one of them is stored
  uint64_t value, byte;        // of B, of M, since the first panel
  uint32_t words[MAX_BLOCKS];  // of the panel, by chunk store
  uint32_t chunks[MAX_BLOCKS]; // of the k-tile
} Writer;

// ---- chunks

// Up to Q columns of those left, no two in a bank, the fullest banks first; taken away from *left.
static Columns take_chunk(const Plan *plan, Columns *left, int lowest[MAX_COLUMNS]) {
  int height[MAX_COLUMNS] = {0}, banks = plan->outer.banks, room = plan->outer.q;
  for (int column = plan->n0 - 1; column >= 0; column--)
    if (*left >> column & 1) {
      height[column % banks]++;
      lowest[column % banks] = column;
    }
  Columns taken = 0; // banks
  for (int most = plan->n0 / banks; most > 0 && room > 0; most--)
    for (int bank = 0; bank < banks && room > 0; bank++)
      if (height[bank] == most) {
        taken |= (Columns)1 << bank;
        *left &= ~((Columns)1 << lowest[bank]);
        room--;
      }
  return taken;
}

static void put_value(Writer *w, uint64_t element) {
  int bits = w->plan->data_bits;
  if (w->b) pack_put(w->b, w->value, bits, pack_get(w->plain, element, bits));
  w->value++;
}

// Values lie in the order of their banks. `first` is the element of the fiber's first column.
static uint32_t put_fiber(Writer *w, Columns left, uint64_t first) {
  uint32_t chunks = 0;
  for (; left; chunks++) {
    int lowest[MAX_COLUMNS];
    Columns taken = take_chunk(w->plan, &left, lowest);
    for (int bank = 0; bank < w->plan->outer.banks; bank++)
      if (taken >> bank & 1) put_value(w, first + (uint64_t)lowest[bank] * w->job->k_beat);
  }
  return chunks;
}

// ---- k-tiles

typedef struct KTile {
  uint64_t first; // element of plain B
  uint32_t k;     // of them
  uint32_t turn;  // the block of its first k
  Columns fibers[64];
  bool empty;
} KTile;

static uint32_t steps_of_run(const Job *job) {
  return job->reg[JOB_STEPS] / (job->reg[JOB_K_ROWS] * job->reg[JOB_K_COLS]);
}

static uint32_t k_of_step(const Job *job, uint32_t step) {
  uint32_t left = job->k_run - step % steps_of_run(job) * job->k_beat;
  return left < job->k_beat ? left : job->k_beat;
}

// Blocks take turns through all runs, so that runs of few k do not always begin with the same.
static uint32_t turn_of_step(const Job *job, uint32_t step, uint32_t blocks) {
  return (uint32_t)((uint64_t)(step / steps_of_run(job)) * job->k_run % blocks);
}

static Columns find_fiber(const Writer *w, uint64_t first) {
  int columns = w->plan->n0;
  Columns all = ~(Columns)0 >> (MAX_COLUMNS - columns), found = 0;
  if (!w->bitmaps) return all;
  if (w->all_zero && first == 0) return 1;
  for (int column = 0; column < columns; column++)
    if (pack_get(w->plain, first + (uint64_t)column * w->job->k_beat, w->plan->data_bits))
      found |= (Columns)1 << column;
  return found;
}

static void find_tile(const Writer *w, uint32_t panel, uint32_t step, KTile *tile) {
  uint64_t word = (uint64_t)panel * w->job->reg[JOB_STEPS] + step;
  tile->first = word * (uint64_t)w->plan->n0 * w->job->k_beat;
  tile->k = k_of_step(w->job, step);
  tile->turn = turn_of_step(w->job, step, (uint32_t)w->plan->outer.blocks);
  tile->empty = true;
  for (uint32_t k = 0; k < tile->k; k++) {
    tile->fibers[k] = find_fiber(w, tile->first + k);
    if (tile->fibers[k]) tile->empty = false;
  }
}

static void put_bitmap(Writer *w, Columns fiber) {
  int columns = w->plan->n0;
  for (int i = 0; w->m && i < columns; i++)
    if (fiber >> i & 1) pack_put_bit(w->m + w->byte, (uint64_t)i);
  w->byte += (uint64_t)columns / 8;
}

// Every store has a word of every k-tile that is not empty, if only to say that it has passed.
static void put_tile(Writer *w, const KTile *tile) {
  uint32_t blocks = (uint32_t)w->plan->outer.blocks;
  memset(w->chunks, 0, sizeof w->chunks);
  for (uint32_t k = 0; k < tile->k; k++) {
    if (w->bitmaps) put_bitmap(w, tile->fibers[k]);
    w->chunks[(tile->turn + k) % blocks] += put_fiber(w, tile->fibers[k], tile->first + k);
  }
  for (uint32_t block = 0; block < blocks; block++)
    w->words[block] += w->chunks[block] ? w->chunks[block] : 1;
}

// ---- panels

static uint64_t round_up(uint64_t number, int unit) {
  return (number + (uint64_t)unit - 1) / (uint64_t)unit * (uint64_t)unit;
}

static void put_number(uint8_t *bytes, uint64_t number) {
  for (int i = 0; i < 4; i++)
    bytes[i] = (uint8_t)(number >> 8 * i);
}

static void put_tiles(Writer *w, uint32_t panel) {
  uint64_t head = 0;
  for (uint32_t step = 0; step < w->job->reg[JOB_STEPS]; step++) {
    KTile tile;
    find_tile(w, panel, step, &tile);
    if (w->bitmaps && step % TILES_OF_BYTE == 0) head = w->byte++;
    if (tile.empty) continue;
    if (w->m) pack_put_bit(w->m + head, step % TILES_OF_BYTE);
    put_tile(w, &tile);
  }
}

// Words of all stores, each taken for as full as the fullest; a panel without any k-tile has one in each.
static uint32_t put_panel(Writer *w, uint32_t panel) {
  uint64_t header = w->byte, values = w->value;
  uint32_t most = 1;
  memset(w->words, 0, sizeof w->words);
  if (w->bitmaps) w->byte += 4;
  put_tiles(w, panel);
  if (w->m) put_number(w->m + header, w->value - values);
  w->value = round_up(w->value, w->plan->beat_elems);
  w->byte = round_up(w->byte, w->plan->bus_bytes);
  for (int block = 0; block < w->plan->outer.blocks; block++)
    if (w->words[block] > most) most = w->words[block];
  return most * (uint32_t)w->plan->outer.blocks;
}

static bool is_zero(const uint8_t *bytes, uint64_t count) {
  while (count > 0 && bytes[count - 1] == 0)
    count--;
  return count == 0;
}

PackedB pack_outer(const Plan *plan, const Job *job, const uint8_t *plain, uint32_t *words, uint8_t *b, uint8_t *m) {
  Writer w = {.plan = plan, .job = job, .plain = plain, .b = b, .bitmaps = plan_skips_b(plan, job->mode)};
  w.m = w.bitmaps ? m : NULL;
  w.all_zero = is_zero(plain, pack_plain_bytes(plan, job));
  for (uint32_t panel = 0; panel < job->reg[JOB_PANELS]; panel++) {
    uint32_t held = put_panel(&w, panel);
    if (words) words[panel] = held;
  }
  return (PackedB){w.value * (uint64_t)plan->data_bits / 8, w.byte};
}
