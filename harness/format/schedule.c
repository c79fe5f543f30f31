// Every group size that fits is tried with the largest block that fits beside it; a closed formula estimates the time
// of each. The estimate only has to rank choices: the cycle model and the RTL tell what a choice costs.
#include "harness/format/schedule.h"

#include <stdio.h>

typedef struct Choice {
  uint64_t panels, tiles; // per group, per block
  double cycles;
} Choice;

typedef struct Sizes {           // of one job, in elements, bytes and words of B
  uint64_t tiles, panels, words; // words of B in all panels together
  double pace;                   // cycles of the engine per word
  uint64_t a_tile_bytes, panel_bytes,
      row_bytes;               // what one m-tile and one panel bring in; what one row of C takes out per column
  uint64_t b_room;             // words of the B buffer
  bool b_overlaps, a_overlaps; // room to fetch the next group, the next block, behind this one
} Sizes;

static uint64_t ceil_div(uint64_t a, uint64_t b) {
  return (a + b - 1) / b;
}

static uint64_t min_of(uint64_t a, uint64_t b) {
  return a < b ? a : b;
}

static double max_of(double a, double b) {
  return a > b ? a : b;
}

static uint64_t max_elems(uint64_t a, uint64_t b) {
  return a > b ? a : b;
}

// Elements from the origin of pixel p to that of pixel p + reach, if the walk between them crosses `rows` ends of
// output rows.
static uint64_t image_move(const Shape *s, uint64_t stride, uint64_t reach, uint64_t rows) {
  uint64_t down = rows * s->stride_h * stride, right = reach * s->stride_w * s->channels;
  uint64_t back = rows * s->out_w * s->stride_w * s->channels;
  return down + right > back ? down + right - back : 0;
}

// Elements from the first that pixel p may still need to the last that pixel p + reach needs. Padding cuts both ends
// short; at most by its own width.
static uint64_t image_span(const Shape *s, uint64_t stride, uint64_t reach, uint64_t rows) {
  uint64_t window = ((uint64_t)s->kernel_w - 1) * s->dilation_w + 1 + s->pad_left + s->pad_right;
  uint64_t down = ((uint64_t)s->kernel_h - 1) * s->dilation_h * stride;
  return image_move(s, stride, reach, rows) + down + window * s->channels;
}

// Ends of output rows that a walk over `reach` pixels crosses at most.
static uint64_t most_rows(const Shape *s, uint64_t reach) {
  uint64_t rows = reach / s->out_w; // from the left edge; one more from further right
  return reach % s->out_w && rows + 1 < s->out_h ? rows + 1 : rows;
}

// Elements of a bank that `tiles` m-tiles in a row need at once.
static uint64_t block_elems(const Plan *plan, const Shape *image, const Job *job, uint64_t tiles) {
  uint64_t stride = job->reg[JOB_A_SEG_STRIDE], reach = min_of(tiles * (uint64_t)plan->m0, job->reg[JOB_M]) - 1;
  if (job->reg[JOB_A_MODE]) return tiles * stride;
  uint64_t span = max_elems(image_span(image, stride, reach, reach / image->out_w),
                            image_span(image, stride, reach, most_rows(image, reach)));
  return min_of(span, job->reg[JOB_A_SEGMENTS] * stride) + 2 * (uint64_t)plan->beat_elems;
}

// The most m-tiles whose data fit in `elems`; 0 if not even one.
static uint64_t tiles_within(const Plan *plan, const Shape *image, const Job *job, uint64_t elems) {
  uint64_t low = 0, high = job->reg[JOB_TILES];
  while (low < high) {
    uint64_t middle = low + (high - low + 1) / 2;
    if (block_elems(plan, image, job, middle) <= elems)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

// Cycles of one order: the first m-tile waits for its operands, the first group waits for A, the rest is bound by
// multipliers or bus. Panels count with their average.
static double estimate(const Plan *plan, const Sizes *s, uint64_t panels, uint64_t tiles) {
  double bus = (double)plan->bus_bytes, groups = (double)ceil_div(s->panels, panels),
         blocks = (double)ceil_div(s->tiles, tiles);
  double panel_cycles = (double)s->words * s->pace / (double)s->panels;
  double tile_cycles = (double)panels * panel_cycles, group_cycles = tile_cycles * (double)tiles;
  double group_bytes = (double)(panels * s->panel_bytes), block_bytes = (double)(tiles * s->a_tile_bytes);
  double first_tile = max_of(tile_cycles, (group_bytes + (double)s->a_tile_bytes) / bus);
  // While the first block of A streams in, B runs ahead on the other half of the bus until its buffer is full.
  uint64_t room = s->b_room * s->panels / s->words;
  double ahead = (double)min_of(s->panels - panels, room > panels ? room - panels : 0);
  double ahead_bytes = ahead * (double)s->panel_bytes;
  double first_bytes = block_bytes - (double)s->a_tile_bytes + ahead_bytes;
  double first_group = max_of(group_cycles - tile_cycles, first_bytes / bus);
  double all_cycles = (double)s->tiles * (double)s->words * s->pace;
  double all_bytes =
      (double)(s->tiles * s->a_tile_bytes) + (groups > 1 ? blocks : 1) * (double)s->panels * (double)s->panel_bytes;
  double rest_bytes = all_bytes - group_bytes - block_bytes - ahead_bytes;
  double rest = max_of(all_cycles - group_cycles, rest_bytes / bus);
  double b_gap = groups > 1 && !s->b_overlaps ? max_of(0, group_bytes / bus - tile_cycles) * groups * blocks : 0;
  double a_gap = blocks > 1 && groups > 1 && !s->a_overlaps ? max_of(0, block_bytes / bus - tile_cycles) * blocks : 0;
  double tail = (double)(panels * (uint64_t)(plan->m0 * plan->n0) * s->row_bytes) / bus;
  return first_tile + first_group + max_of(0, rest) + b_gap + a_gap + tail;
}

// Bytes of the beats that carry A: a segment that starts inside a beat takes one more.
static uint64_t bus_bytes_of_a(const Plan *plan, const Job *job) {
  const uint32_t *r = job->reg;
  uint64_t beat = (uint64_t)plan->bus_bytes, beats = ceil_div(r[JOB_A_BYTES], beat) + (r[JOB_A_PITCH] % beat != 0);
  return r[JOB_A_SEGMENTS] * beats * beat;
}

// Words that the largest group takes in the B buffer.
static uint64_t largest_group(const Plan *plan, const Job *job, const JobLoad *load, uint64_t panels) {
  uint64_t banks = (uint64_t)plan->b_banks, most = panels * job->reg[JOB_STEPS], words = 0;
  if (!load->words) return ceil_div(most, banks) * banks;
  most = 0;
  for (uint32_t panel = 0; panel < job->reg[JOB_PANELS]; panel++) {
    words = panel % panels ? words + load->words[panel] : load->words[panel];
    most = max_elems(most, words);
  }
  return ceil_div(most, banks) * banks;
}

bool schedule_group_fits(const Plan *plan, const Job *job, const JobLoad *load, uint64_t panels) {
  return largest_group(plan, job, load, panels) <= (uint64_t)plan->b_words;
}

static void try_group(const Plan *plan, const Shape *image, const Job *job, const JobLoad *load, Sizes s,
                      uint64_t panels, Choice *best) {
  uint64_t words = largest_group(plan, job, load, panels);
  if (words > (uint64_t)plan->b_words) return;
  bool one_group = panels == s.panels;
  uint64_t capacity = (uint64_t)plan->a_bank_elems;
  uint64_t whole = tiles_within(plan, image, job, capacity), half = tiles_within(plan, image, job, capacity / 2);
  s.b_overlaps = 2 * words <= (uint64_t)plan->b_words;
  s.a_overlaps = half > 0;
  uint64_t tiles = one_group || whole == s.tiles ? s.tiles : half ? half : whole;
  double cycles = estimate(plan, &s, panels, tiles);
  if (cycles < best->cycles) *best = (Choice){panels, tiles, cycles};
}

// Elements that the next m-tile may begin past all that this one has read. Positions tell ahead from behind only within
// a bank.
static uint64_t jump_elems(const Plan *plan, const Shape *image, const Job *job) {
  uint64_t stride = job->reg[JOB_A_SEG_STRIDE], reach = (uint64_t)plan->m0;
  if (job->reg[JOB_A_MODE] || job->reg[JOB_A_SEGMENTS] * stride <= (uint64_t)plan->a_bank_elems) return 0;
  uint64_t move = max_elems(image_move(image, stride, reach, reach / image->out_w),
                            image_move(image, stride, reach, most_rows(image, reach)));
  uint64_t read = ((uint64_t)image->kernel_h - 1) * image->dilation_h * stride;
  return move > read ? move - read + ((uint64_t)image->pad_left + image->pad_right) * image->channels : 0;
}

static uint64_t least_elems(const Plan *plan, const Shape *image, const Job *job) { // that each A bank must hold
  return max_elems(block_elems(plan, image, job, 1), jump_elems(plan, image, job));
}

bool schedule_fits(const Plan *plan, const Shape *image, const Job *job) {
  return least_elems(plan, image, job) <= (uint64_t)plan->a_bank_elems;
}

static void set_order(const Plan *plan, const Choice *choice, bool resident, Job *job) {
  uint32_t *r = job->reg;
  uint64_t slot_words = choice->panels * (uint64_t)(plan->m0 * plan->c_chunks);
  r[JOB_GROUP_PANELS] = (uint32_t)choice->panels;
  r[JOB_BLOCK_TILES] = (uint32_t)choice->tiles;
  r[JOB_C_SLOT_WORDS] = (uint32_t)slot_words;
  r[JOB_C_SLOTS] = (uint32_t)min_of(2 * (uint64_t)plan->c_half_words / slot_words, (uint64_t)plan->c_slots);
  r[JOB_FETCHES] = (uint32_t)(resident ? 1 : ceil_div(r[JOB_TILES], choice->tiles));
}

bool schedule_choose(const Plan *plan, const Shape *image, const Epilogue *epilogue, const JobLoad *load, Job *job,
                     char why[JOB_WHY]) {
  Sizes s = {.tiles = job->reg[JOB_TILES],
             .panels = job->reg[JOB_PANELS],
             .words = job->words,
             .pace = load->pace,
             .row_bytes = epilogue->narrow ? 1 : 4,
             .b_room = (uint64_t)plan->b_words,
             .a_tile_bytes = ceil_div(bus_bytes_of_a(plan, job), job->reg[JOB_TILES])};
  s.panel_bytes = ceil_div(job->b_bytes + job->m_bytes + job->p_bytes, s.panels);
  uint64_t least = least_elems(plan, image, job);
  if (!schedule_fits(plan, image, job)) {
    snprintf(why, JOB_WHY,
             "one tile of A needs %llu elements of each A bank, which has %d; a larger buffers.a_kib would do",
             (unsigned long long)least, plan->a_bank_elems);
    return false;
  }
  Choice best = {1, 1, 1e300}; // a panel that is larger than the buffer is played once, while it streams
  uint64_t most = min_of((uint64_t)(plan->c_half_words / (plan->m0 * plan->c_chunks)), s.panels);
  for (uint64_t panels = 1; panels <= most; panels++)
    try_group(plan, image, job, load, s, panels, &best);
  bool resident = best.panels == s.panels && schedule_group_fits(plan, job, load, s.panels); // all of B stays
  set_order(plan, &best, resident, job);
  return true;
}
