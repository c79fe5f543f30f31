// Every group size that fits is tried, with blocks as large as the A buffer and with smaller ones, behind which the
// next one is loaded; schedule_time.c says roughly how long each order takes.
#include "harness/job/schedule.h"
#include "harness/engine/engine_pack.h"
#include "harness/job/schedule_time.h"

#include <stdio.h>

enum { BLOCK_SIZES = 6 }; // sizes of blocks to try, about, from the largest to half of it

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
  if (job->reg[JOB_A_MODE]) return (reach / (uint64_t)plan->a_rows + 1) * stride;
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

// Bytes of the beats that carry A: a segment that starts inside a beat takes one more.
static uint64_t bus_bytes_of_a(const Plan *plan, const Job *job) {
  const uint32_t *r = job->reg;
  if (r[JOB_A_FORMAT]) return job_a_moved(job);
  uint64_t beat = (uint64_t)plan->bus_bytes, beats = ceil_div(r[JOB_A_BYTES], beat) + (r[JOB_A_PITCH] % beat != 0);
  return r[JOB_A_SEGMENTS] * beats * beat;
}

// Words that the largest group takes in the B buffer.
static uint64_t largest_group(const Plan *plan, const Job *job, const JobLoad *load, uint64_t panels) {
  uint64_t banks = (uint64_t)plan->b_banks, most = panels * job->reg[JOB_STEPS] * (uint64_t)plan->b_step_words,
           words = 0;
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

typedef struct Orders { // the best ones so far, best first
  JobOrder *order;
  int count, room;
} Orders;

static void add_order(Orders *orders, JobOrder order) {
  if (orders->count == orders->room && order.cycles >= orders->order[orders->count - 1].cycles) return;
  int at = orders->count < orders->room ? orders->count++ : orders->count - 1;
  for (; at > 0 && orders->order[at - 1].cycles > order.cycles; at--)
    orders->order[at] = orders->order[at - 1];
  orders->order[at] = order;
}

static void try_order(const ScheduleSizes *s, uint64_t panels, uint64_t tiles, Orders *orders) {
  add_order(orders, (JobOrder){(uint32_t)panels, (uint32_t)tiles, schedule_time(s, panels, tiles)});
}

// The m-tiles are shared evenly by the blocks, from the fewest blocks that the A buffer allows on.
static void try_group(const ScheduleSizes *s, uint64_t panels, uint64_t whole, Orders *orders) {
  if (panels == s->panels) {
    try_order(s, panels, s->tiles, orders);
    return;
  }
  uint64_t fewest = ceil_div(s->tiles, whole), step = ceil_div(fewest, BLOCK_SIZES), before = 0;
  for (uint64_t blocks = fewest; blocks <= 2 * fewest + 1; blocks += step) {
    uint64_t tiles = ceil_div(s->tiles, blocks);
    if (tiles != before) try_order(s, panels, tiles, orders);
    before = tiles;
  }
}

// Elements that the next m-tile may begin past all that this one has read. Positions tell ahead from behind only within
// a bank; a map that lies in it whole has no other positions.
static uint64_t jump_elems(const Plan *plan, const Shape *image, const Job *job) {
  uint64_t stride = job->reg[JOB_A_SEG_STRIDE], reach = (uint64_t)plan->m0;
  if (job->reg[JOB_A_MODE]) return 0;
  uint64_t move = max_elems(image_move(image, stride, reach, reach / image->out_w),
                            image_move(image, stride, reach, most_rows(image, reach)));
  uint64_t read = ((uint64_t)image->kernel_h - 1) * image->dilation_h * stride;
  uint64_t jump = move > read ? move - read + ((uint64_t)image->pad_left + image->pad_right) * image->channels : 0;
  return min_of(jump, job->reg[JOB_A_SEGMENTS] * stride);
}

static uint64_t least_elems(const Plan *plan, const Shape *image, const Job *job) { // that each A bank must hold
  return max_elems(block_elems(plan, image, job, 1), jump_elems(plan, image, job));
}

bool schedule_fits(const Plan *plan, const Shape *image, const Job *job) {
  return least_elems(plan, image, job) <= (uint64_t)plan->a_bank_elems;
}

static void refuse_a(const Plan *plan, uint64_t elems, char why[JOB_WHY]) {
  int kib = plan_a_kib(plan, elems);
  int length = snprintf(why, JOB_WHY, "one tile of A needs %llu elements of each A bank, which has %d; ",
                        (unsigned long long)elems, plan->a_bank_elems);
  if (kib)
    snprintf(why + length, (size_t)(JOB_WHY - length), "buffers.a_kib %d would do", kib);
  else
    snprintf(why + length, (size_t)(JOB_WHY - length), "no buffers.a_kib is large enough: split K or the channels");
}

void schedule_set(const Plan *plan, JobOrder order, Job *job) {
  uint32_t *r = job->reg;
  uint64_t slot_words = order.panels * (uint64_t)(plan->m0 * plan->c_chunks);
  r[JOB_GROUP_PANELS] = order.panels;
  r[JOB_BLOCK_TILES] = order.tiles;
  r[JOB_C_SLOT_WORDS] = (uint32_t)slot_words;
  r[JOB_C_SLOTS] = (uint32_t)min_of(2 * (uint64_t)plan->c_half_words / slot_words, (uint64_t)plan->c_slots);
  r[JOB_FETCHES] = (uint32_t)ceil_div(r[JOB_TILES], order.tiles);
}

static ScheduleSizes sizes_of(const Plan *plan, const Epilogue *epilogue, const JobLoad *load, const Job *job,
                              uint64_t whole) {
  double tiles = job->reg[JOB_TILES], panels = job->reg[JOB_PANELS];
  double engine = (double)job->words / panels * load->pace, drain = plan->m0 * plan->c_chunks;
  double flight = plan->read_fifo_beats / 2; // of a channel that reads while its FIFO empties
  return (ScheduleSizes){.tiles = job->reg[JOB_TILES],
                         .panels = job->reg[JOB_PANELS],
                         .play_cycles = max_of(engine, drain),
                         .a_tile_bytes = (double)bus_bytes_of_a(plan, job) / tiles,
                         .panel_bytes = (double)(job->b_bytes + job->m_bytes + job->p_bytes) / panels,
                         .c_panel_bytes = plan->m0 * plan->n0 * (epilogue->narrow ? 1 : 4),
                         .a_room = (double)whole,
                         .b_room = plan->b_words * panels / (double)job->words,
                         .bus = load->bandwidth > 0 && load->bandwidth < plan->bus_bytes ? load->bandwidth
                                                                                         : plan->bus_bytes,
                         .a_share = 1 / (2 + (double)job->m_bytes / (double)job->b_bytes),
                         .urgent = max_of(plan->urgent_cycles, flight) - flight,
                         .flight = flight};
}

int schedule_list(const Plan *plan, const Shape *image, const Epilogue *epilogue, const JobLoad *load, const Job *job,
                  JobOrder *list, int room, char why[JOB_WHY]) {
  if (!schedule_fits(plan, image, job)) {
    refuse_a(plan, least_elems(plan, image, job), why);
    return 0;
  }
  uint64_t whole = tiles_within(plan, image, job, (uint64_t)plan->a_bank_elems);
  ScheduleSizes sizes = sizes_of(plan, epilogue, load, job, whole);
  uint64_t held = (uint64_t)(plan->c_half_words / (plan->m0 * plan->c_chunks)), most = min_of(held, sizes.panels);
  Orders orders = {list, 0, room};
  if (epilogue->seg_rows && most < sizes.panels) {
    snprintf(why, JOB_WHY,
             "compressed C needs whole rows of %llu panels, the C buffer holds %llu; a larger buffers.c_kib would do",
             (unsigned long long)sizes.panels, (unsigned long long)held);
    return 0;
  }
  for (uint64_t panels = epilogue->seg_rows ? sizes.panels : 1; panels <= most; panels++)
    if (schedule_group_fits(plan, job, load, panels))
      try_group(&sizes, panels, whole, &orders);
    else if (engine_pack(plan)->frees_words)
      try_order(&sizes, panels, 1, &orders);
  // A panel that is larger than the buffer is played once, while it streams.
  if (orders.count == 0) add_order(&orders, (JobOrder){1, 1, 0});
  return orders.count;
}
