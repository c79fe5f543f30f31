// From a shape to job registers: how A lies in its buffer, and the fixed values. The loop order is chosen in
// schedule.c.
#include "harness/job/job.h"
#include "harness/engine/engine_pack.h"
#include "harness/job/schedule.h"

#include <stdio.h>
#include <string.h>

#define JOB_OFFSET(NAME, offset, ...) offset,
const uint16_t job_register_offset[JOB_REGISTER_COUNT] = {REGISTERS_JOB(JOB_OFFSET)};
#undef JOB_OFFSET

#define MAX_SIZE 0x7fffffffu // sizes, strides and positions are 31 bits

static uint64_t ceil_div(uint64_t a, uint64_t b) {
  return (a + b - 1) / b;
}

static uint64_t bytes_of(const Plan *plan, uint64_t elements) {
  return ceil_div(elements * (uint64_t)plan->data_bits, 8);
}

static bool refuse(char *why, const char *format, unsigned long long a, unsigned long long b) {
  snprintf(why, JOB_WHY, format, a, b);
  return false;
}

bool shape_conv(Shape *s, char why[JOB_WHY]) {
  if (!s->channels || !s->height || !s->width || !s->out_channels || !s->kernel_h || !s->kernel_w)
    return refuse(why, "a size of the convolution is zero; every size is 1 or more", 0, 0);
  if (!s->stride_h || !s->stride_w || !s->dilation_h || !s->dilation_w || !s->groups)
    return refuse(why, "stride, dilation and groups are 1 or more", 0, 0);
  if (s->channels % s->groups || s->out_channels % s->groups)
    return refuse(why, "groups must divide %llu input and %llu output channels", s->channels, s->out_channels);
  uint64_t span_h = (uint64_t)s->dilation_h * (s->kernel_h - 1) + 1,
           span_w = (uint64_t)s->dilation_w * (s->kernel_w - 1) + 1;
  uint64_t padded_h = (uint64_t)s->height + s->pad_top + s->pad_bottom,
           padded_w = (uint64_t)s->width + s->pad_left + s->pad_right;
  if (span_h > padded_h)
    return refuse(why, "kernel spans %llu rows, the padded input has %llu; pad more", span_h, padded_h);
  if (span_w > padded_w)
    return refuse(why, "kernel spans %llu columns, the padded input has %llu; pad more", span_w, padded_w);
  s->out_h = (uint32_t)((padded_h - span_h) / s->stride_h + 1);
  s->out_w = (uint32_t)((padded_w - span_w) / s->stride_w + 1);
  uint64_t m = (uint64_t)s->out_h * s->out_w, k = (uint64_t)s->kernel_h * s->kernel_w * (s->channels / s->groups);
  if (m > MAX_SIZE || k > MAX_SIZE) return refuse(why, "%llu output pixels or K = %llu is above 2147483647", m, k);
  s->m = (uint32_t)m;
  s->n = s->out_channels;
  s->k = (uint32_t)k;
  return true;
}

// A convolution as the A reader sees it; a GEMM is one of 1 x 1 over m pixels in a row.
static Shape as_image(const Shape *shape) {
  if (shape->conv) return *shape;
  return (Shape){.conv = true,
                 .m = shape->m,
                 .n = shape->n,
                 .k = shape->k,
                 .channels = shape->k,
                 .height = 1,
                 .width = shape->m,
                 .out_channels = shape->n,
                 .kernel_h = 1,
                 .kernel_w = 1,
                 .stride_h = 1,
                 .stride_w = 1,
                 .dilation_h = 1,
                 .dilation_w = 1,
                 .groups = 1,
                 .out_h = 1,
                 .out_w = shape->m,
                 .h = {shape->h[0], shape->h[1], shape->h[2]}};
}

// Every pixel is a row of a matrix, in order; between pixels of a feature map there are no bits that fill up a byte.
static bool is_matrix(const Plan *plan, const Shape *s) {
  if (s->conv && (uint64_t)s->k * (uint64_t)plan->data_bits % 8) return false;
  return !s->conv || (s->kernel_h == 1 && s->kernel_w == 1 && s->stride_h == 1 && s->stride_w == 1 && s->groups == 1 &&
                      !s->pad_top && !s->pad_left && !s->pad_bottom && !s->pad_right);
}

static EngineSteps steps_of(const Plan *plan, const Shape *s) {
  const EnginePack *engine = engine_pack(plan);
  return engine->steps ? engine->steps(plan, s) : (EngineSteps){.beat = (uint32_t)plan->b_beat};
}

// The shape as A lies in memory: of structured A the blocks of each group's channels, or of a row.
static Shape as_stored(const Plan *plan, const Shape *shape) {
  Shape stored = *shape;
  if (!shape->conv) {
    stored.k = (uint32_t)plan_stored(plan, shape->k);
    return stored;
  }
  uint32_t channels = (uint32_t)plan_stored(plan, shape->channels / shape->groups);
  stored.channels = shape->groups * channels;
  stored.k = shape->kernel_h * shape->kernel_w * channels;
  return stored;
}

// A whole kernel row is one run where its pixels lie beside each other; blocks of structured operands lie within a
// pixel.
static bool is_whole_row(const EngineSteps *steps, const Shape *s, uint64_t blocks) {
  return blocks == 1 && s->dilation_w == 1 && !steps->block;
}

// Steps of one m-tile if `merged` groups are computed as one, with zeros where a group meets another's channels.
static uint64_t merged_steps(const Plan *plan, const EngineSteps *steps, const Shape *s, uint64_t merged) {
  uint64_t blocks = ceil_div(s->groups, merged), channels = merged * (s->channels / s->groups);
  uint64_t panels = ceil_div(merged * (s->out_channels / s->groups), (uint64_t)plan->n0);
  bool whole_row = is_whole_row(steps, s, blocks);
  uint64_t run = whole_row ? s->kernel_w * channels : channels;
  return blocks * panels * s->kernel_h * (whole_row ? 1 : s->kernel_w) * ceil_div(run, steps->beat);
}

// Merged, a group's channels begin where those before it end: blocks of structured operands must begin there, too.
static bool may_merge(const EngineSteps *steps, const Shape *s) {
  uint32_t channels = s->channels / s->groups;
  return !steps->block || channels % steps->block == 0 || (channels == 1 && !steps->a_blocks);
}

static uint32_t choose_merge(const Plan *plan, const EngineSteps *steps, const Shape *s) {
  uint32_t best = 1;
  if (!may_merge(steps, s)) return best;
  for (uint32_t merged = 2; merged <= s->groups; merged++)
    if (merged_steps(plan, steps, s, merged) < merged_steps(plan, steps, s, best)) best = merged;
  return best;
}

// K as runs of contiguous elements, N as blocks of groups.
static void set_runs(const Plan *plan, const Shape *s, Job *job) {
  EngineSteps steps = steps_of(plan, s);
  uint32_t *r = job->reg, merged = choose_merge(plan, &steps, s);
  uint32_t blocks = (uint32_t)ceil_div(s->groups, merged), channels = merged * (s->channels / s->groups);
  uint32_t columns = merged * (s->out_channels / s->groups);
  bool whole_row = is_whole_row(&steps, s, blocks);
  job->merged_groups = merged;
  job->k_run = whole_row ? s->kernel_w * channels : channels;
  job->k_beat = steps.beat;
  job->k_block = channels;
  r[JOB_RUN] = (uint32_t)plan_stored(plan, job->k_run);
  r[JOB_K_COLS] = whole_row ? 1 : s->kernel_w;
  r[JOB_K_ROWS] = s->kernel_h;
  r[JOB_BEAT] = (uint32_t)plan_stored(plan, job->k_beat);
  r[JOB_PATTERN] = steps.pattern;
  r[JOB_STEPS] = (uint32_t)(r[JOB_K_ROWS] * r[JOB_K_COLS] * ceil_div(job->k_run, job->k_beat));
  r[JOB_BLOCK_COLS] = columns;
  r[JOB_BLOCK_PANELS] = (uint32_t)ceil_div(columns, (uint64_t)plan->n0);
  r[JOB_A_CH_STEP] = (uint32_t)plan_stored(plan, channels);
  uint32_t rest = s->n - (blocks - 1) * columns; // columns of the last block
  r[JOB_PANELS] = (blocks - 1) * r[JOB_BLOCK_PANELS] + (uint32_t)ceil_div(rest, (uint64_t)plan->n0);
}

static void set_banked(const Plan *plan, const Shape *shape, Job *job) {
  uint32_t *r = job->reg, beat = (uint32_t)plan->beat_elems;
  uint32_t row_bytes = (uint32_t)bytes_of(plan, shape->k);
  r[JOB_A_MODE] = 1;
  r[JOB_A_BYTES] = r[JOB_A_PITCH] = row_bytes;
  r[JOB_A_SEGMENTS] = shape->m;
  r[JOB_A_SEG_STRIDE] = (uint32_t)ceil_div(shape->k, beat) * beat;
  r[JOB_A_TILE_X] = r[JOB_A_SEG_STRIDE];
  r[JOB_A_ROWS] = 1;
  r[JOB_A_OUT_COLS] = 0xffffffff;
  job->a_bytes = (uint64_t)row_bytes * shape->m;
}

static uint32_t needed_rows(const Shape *s) {
  uint64_t last = (uint64_t)(s->out_h - 1) * s->stride_h + (uint64_t)(s->kernel_h - 1) * s->dilation_h;
  if (last < s->pad_top) return 1;
  last -= s->pad_top;
  return last < s->height ? (uint32_t)last + 1 : s->height;
}

static void set_image(const Plan *plan, const Shape *s, Job *job) {
  uint32_t *r = job->reg, beat = (uint32_t)plan->beat_elems, rows = (uint32_t)plan->a_rows;
  uint32_t row = s->width * s->channels, stride = (uint32_t)ceil_div(row, beat) * beat;
  uint32_t row_bytes = (uint32_t)bytes_of(plan, row);
  r[JOB_A_MODE] = 0;
  r[JOB_A_BYTES] = r[JOB_A_PITCH] = row_bytes;
  r[JOB_A_SEGMENTS] = needed_rows(s);
  r[JOB_A_SEG_STRIDE] = stride;
  r[JOB_A_ROW_ELEMS] = row;
  r[JOB_A_ROWS] = s->height;
  r[JOB_A_OUT_COLS] = s->out_w;
  r[JOB_A_X_INIT] = 0u - s->pad_left * s->channels;
  r[JOB_A_Y_INIT] = 0u - s->pad_top * stride;
  r[JOB_A_IH_INIT] = (0u - s->pad_top) & 0xffff;
  r[JOB_A_COL_X] = s->stride_w * s->channels;
  r[JOB_A_ROW_Y] = s->stride_h * stride;
  r[JOB_A_ROW_IH] = s->stride_h;
  r[JOB_A_WRAP_X] = s->out_w * s->stride_w * s->channels;
  r[JOB_A_TILE_COLS] = rows % s->out_w;
  r[JOB_A_TILE_X] = rows % s->out_w * s->stride_w * s->channels;
  r[JOB_A_TILE_Y] = rows / s->out_w * s->stride_h * stride;
  r[JOB_A_TILE_IH] = rows / s->out_w * s->stride_h;
  r[JOB_A_KH_Y] = s->dilation_h * stride;
  r[JOB_A_KH_IH] = s->dilation_h;
  r[JOB_A_KW_X] = s->dilation_w * s->channels;
  job->a_bytes = (uint64_t)row_bytes * s->height;
}

// Image positions are 32-bit and rows 15-bit signed numbers in hardware; the last pixel reached must stay inside.
static bool check_image(const Shape *s, char *why) {
  uint64_t right =
      ((uint64_t)s->out_w * s->stride_w + (uint64_t)s->kernel_w * s->dilation_w + s->pad_left) * s->channels;
  uint64_t bottom =
      (uint64_t)s->out_h * s->stride_h + (uint64_t)s->kernel_h * s->dilation_h + s->pad_top + s->stride_h * 64u;
  if (right > MAX_SIZE || (uint64_t)s->width * s->channels > MAX_SIZE)
    return refuse(why, "a padded input row of %llu elements is above %llu", right, MAX_SIZE);
  if (s->kernel_w > 65535) return refuse(why, "a kernel of %llu columns is above %llu", s->kernel_w, 65535);
  if (bottom > 32767) return refuse(why, "%llu padded input rows are above %llu", bottom, 32767);
  return true;
}

// Lanes of a reading that count, and those in the rest of its last beat.
static void set_lanes(const Plan *plan, uint64_t bytes, uint64_t lanes, int lane_bits, uint32_t *keep, uint32_t *drop) {
  uint64_t beats = ceil_div(bytes, (uint64_t)plan->bus_bytes);
  *keep = (uint32_t)lanes;
  *drop = (uint32_t)(beats * (uint64_t)plan->bus_bits / (uint64_t)lane_bits - lanes);
}

static void set_least_bytes(Job *job) {
  job->least_bytes =
      job_a_moved(job) + job->reg[JOB_FETCHES] * (job->b_bytes + job->m_bytes + job->p_bytes) + job->c_bytes;
  if (job->reg[JOB_C_FORMAT]) job->least_bytes += job->cm_bytes;
}

bool job_set_sizes(uint64_t b_bytes, uint64_t m_bytes, Job *job, char why[JOB_WHY]) {
  job->b_bytes = b_bytes;
  job->m_bytes = m_bytes;
  if (b_bytes > 0xffffffff) return refuse(why, "packed B has %llu bytes; at most %llu", b_bytes, 0xffffffff);
  if (m_bytes > 0xffffffff) return refuse(why, "the metadata of B have %llu bytes; at most %llu", m_bytes, 0xffffffff);
  job->reg[JOB_B_BYTES] = (uint32_t)b_bytes;
  job->reg[JOB_M_BYTES] = (uint32_t)m_bytes;
  set_least_bytes(job);
  return true;
}

// B, and its metadata where it is compacted: both depend on the number of words only.
bool job_resize(const Plan *plan, uint64_t words, Job *job, char why[JOB_WHY]) {
  uint32_t *r = job->reg;
  uint64_t lanes = words * (uint64_t)plan->b_lanes;
  uint64_t m_bytes = plan_skips_b(plan, job->mode) ? lanes * (uint64_t)plan->m_lane_bits / 8 : 0;
  job->words = words;
  if (!job_set_sizes(ceil_div(words * (uint64_t)plan->b_word_bits, 8), m_bytes, job, why)) return false;
  if (lanes > 0xffffffff) return refuse(why, "B has %llu lanes; at most %llu", lanes, 0xffffffff);
  set_lanes(plan, job->b_bytes, lanes, plan->b_lane_bits, &r[JOB_B_KEEP], &r[JOB_B_DROP]);
  if (job->m_bytes) set_lanes(plan, job->m_bytes, lanes, plan->m_lane_bits, &r[JOB_M_KEEP], &r[JOB_M_DROP]);
  return true;
}

// Where there is no value a byte is read all the same: a job reads some A.
bool job_compress_a(const Plan *plan, uint64_t values, uint64_t meta_bytes, Job *job, char why[JOB_WHY]) {
  uint32_t *r = job->reg;
  uint64_t bytes = values ? bytes_of(plan, values) : 1;
  if (values > 0xffffffff || bytes > 0xffffffff || meta_bytes > 0xffffffff)
    return refuse(why, "compressed A has %llu values and %llu bytes of metadata", values, meta_bytes);
  job->dense_a_bytes = job_a_moved(job);
  job->a_bytes = bytes;
  job->am_bytes = meta_bytes;
  r[JOB_A_FORMAT] = 1;
  r[JOB_A_VALUES] = (uint32_t)values;
  r[JOB_A_BYTES] = (uint32_t)bytes;
  r[JOB_AM_BYTES] = (uint32_t)meta_bytes;
  set_least_bytes(job);
  return true;
}

static void set_parameters(const Plan *plan, Job *job) {
  uint32_t *r = job->reg;
  uint64_t words = (uint64_t)r[JOB_PANELS] * (uint64_t)plan->c_chunks;
  job->p_bytes = words * (uint64_t)plan->e_lanes * 12;
  set_lanes(plan, job->p_bytes, words * (uint64_t)plan->p_lanes, plan->p_lane_bits, &r[JOB_P_KEEP], &r[JOB_P_DROP]);
  r[JOB_P_BYTES] = (uint32_t)job->p_bytes;
}

void job_sort_columns(const Plan *plan, Job *job) {
  job->reg[JOB_PERMUTE] = 1;
  set_parameters(plan, job);
}

SparseC job_sparse_c(const Plan *plan, const Job *job) {
  const uint32_t *r = job->reg;
  return (SparseC){.rows = r[JOB_C_ROWS],
                   .cols = r[JOB_N],
                   .seg_rows = r[JOB_C_SEG_ROWS],
                   .set = (uint32_t)plan->bus_bytes,
                   .zero = (int8_t)r[JOB_OUT_ZERO]};
}

bool job_follow(const Job *next, uint32_t columns, uint32_t *seg_rows, uint32_t *rows) {
  const uint32_t *r = next->reg;
  uint32_t length = r[JOB_A_MODE] ? r[JOB_RUN] : r[JOB_A_ROW_ELEMS];
  *seg_rows = length / columns;
  *rows = r[JOB_A_SEGMENTS] * *seg_rows;
  return length % columns == 0;
}

// Memory for more than the register can say is never asked for.
void job_set_capacity(Job *job) {
  job->reg[JOB_C_CAP] = job->c_bytes < UINT32_MAX ? (uint32_t)job->c_bytes : UINT32_MAX;
  job->reg[JOB_CM_CAP] = job->cm_bytes < UINT32_MAX ? (uint32_t)job->cm_bytes : UINT32_MAX;
  job->reg[JOB_CL_CAP] = job->cl_bytes < UINT32_MAX ? (uint32_t)job->cl_bytes : UINT32_MAX;
}

static void set_sparse(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job) {
  job->reg[JOB_C_FORMAT] = 1;
  job->reg[JOB_C_ROWS] = epilogue->rows ? epilogue->rows : shape->m;
  job->reg[JOB_C_SEG_ROWS] = epilogue->seg_rows;
  job->reg[JOB_OUT_ZERO] = (uint32_t)epilogue->out_zero & 0xff;
  SparseC c = job_sparse_c(plan, job);
  job->cm_bytes = sparse_c_most(&c);
  job_set_capacity(job);
}

static void set_results(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job) {
  uint32_t bytes = epilogue->narrow ? 1 : 4;
  job->c_bytes = (uint64_t)shape->m * shape->n * bytes;
  job->reg[JOB_C_PITCH] = shape->n * bytes;
  if (epilogue->seg_rows) set_sparse(plan, shape, epilogue, job);
  if (epilogue->params) set_parameters(plan, job);
}

static void set_epilogue(const Epilogue *epilogue, Job *job) {
  job->reg[JOB_EPILOGUE] = (uint32_t)epilogue->params | (uint32_t)epilogue->narrow << 1 | epilogue->rounding << 2;
  job->reg[JOB_A_ZERO] = (uint32_t)epilogue->a_zero & 0xffff;
  job->reg[JOB_OUT_ZERO] = (uint32_t)epilogue->out_zero & 0xff;
  job->reg[JOB_ACT_MIN] = (uint32_t)epilogue->act_min;
  job->reg[JOB_ACT_MAX] = (uint32_t)epilogue->act_max;
}

// A row that wastes much of its last beat is better read as part of one long segment, if B leaves nothing to gain from
// banks and the buffer holds a whole tile in each bank.
static bool prefers_image(const Plan *plan, const Shape *shape, const Shape *image, const Job *job) {
  uint64_t bits = (uint64_t)shape->k * (uint64_t)plan->data_bits, beats = ceil_div(bits, (uint64_t)plan->bus_bits);
  bool wasteful = beats * (uint64_t)plan->bus_bits * 20 > bits * 21;
  uint64_t steps = (uint64_t)job->reg[JOB_PANELS] * job->reg[JOB_STEPS];
  bool b_fits = steps * (uint64_t)plan->b_step_words <= (uint64_t)plan->b_words;
  char why[JOB_WHY];
  if (bits % 8 || !wasteful || !b_fits || (uint64_t)shape->k * shape->m >= MAX_SIZE / 2 || !check_image(image, why))
    return false;
  Job trial = *job;
  set_image(plan, image, &trial);
  return schedule_fits(plan, image, &trial);
}

// The nest's registers but for the loop order.
static bool begin_nest(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job, char why[JOB_WHY]) {
  Shape stored = as_stored(plan, shape), image = as_image(&stored), words = as_image(shape);
  uint32_t *r = job->reg;
  r[JOB_TILES] = (uint32_t)ceil_div(shape->m, (uint64_t)plan->m0);
  set_runs(plan, &words, job);
  if (is_matrix(plan, &stored) && !prefers_image(plan, &stored, &image, job)) {
    set_banked(plan, &stored, job);
  } else {
    if (!check_image(&image, why)) return false;
    set_image(plan, &image, job);
  }
  set_results(plan, shape, epilogue, job);
  job->steps = (uint64_t)r[JOB_TILES] * r[JOB_PANELS] * r[JOB_STEPS];
  return true;
}

bool job_begin(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Mode mode, Job *job, char why[JOB_WHY]) {
  memset(job, 0, sizeof *job);
  if (!shape->m || !shape->n || !shape->k) return refuse(why, "M, N and K are 1 or more", 0, 0);
  if (shape->m > MAX_SIZE || shape->n > MAX_SIZE / 4 || shape->k > MAX_SIZE / 16)
    return refuse(why, "M, N or K is too large", 0, 0);
  Shape image = as_image(shape);
  job->mode = mode;
  job->reg[JOB_MODE] = mode;
  job->reg[JOB_M] = shape->m;
  job->reg[JOB_N] = shape->n;
  set_epilogue(epilogue, job);
  job->dense_cycles = (uint64_t)image.groups * ceil_div(shape->m, (uint64_t)plan->mul_m) *
                      ceil_div(image.out_channels / image.groups, (uint64_t)plan->mul_n) *
                      ceil_div(shape->k, (uint64_t)plan->mul_k);
  return plan_has(plan, PART_NEST) ? begin_nest(plan, shape, epilogue, job, why)
                                   : engine_pack(plan)->job(plan, shape, epilogue, job, why);
}

int job_orders(const Plan *plan, const Shape *shape, const Epilogue *epilogue, const JobLoad *load, const Job *job,
               JobOrder *orders, int room, char why[JOB_WHY]) {
  if (!plan_has(plan, PART_NEST)) {
    *orders = (JobOrder){1, 1, 0};
    return 1;
  }
  Shape stored = as_stored(plan, shape), image = as_image(&stored);
  return schedule_list(plan, &image, epilogue, load, job, orders, room, why);
}

void job_set_order(const Plan *plan, JobOrder order, Job *job) {
  if (!plan_has(plan, PART_NEST)) return;
  schedule_set(plan, order, job);
  set_least_bytes(job);
}

bool job_order(const Plan *plan, const Shape *shape, const Epilogue *epilogue, const JobLoad *load, Job *job,
               char why[JOB_WHY]) {
  if (!plan_has(plan, PART_NEST)) return true;
  uint64_t words = (uint64_t)job->reg[JOB_PANELS] * job->reg[JOB_STEPS] * (uint64_t)plan->b_step_words;
  if (load->words) {
    words = 0;
    for (uint32_t panel = 0; panel < job->reg[JOB_PANELS]; panel++)
      words += load->words[panel];
  }
  JobOrder order;
  const EnginePack *engine = engine_pack(plan);
  bool sized = engine->resize ? engine->resize(plan, load, words, job, why) : job_resize(plan, words, job, why);
  if (!sized || !job_orders(plan, shape, epilogue, load, job, &order, 1, why)) return false;
  job_set_order(plan, order, job);
  return true;
}

bool job_plan(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job, char why[JOB_WHY]) {
  Mode mode = plan->modes & 1 << MODE_DENSE ? MODE_DENSE : MODE_A;
  double pace = (double)plan_step_cycles(plan) / plan->b_step_words;
  return job_begin(plan, shape, epilogue, mode, job, why) &&
         job_order(plan, shape, epilogue, &(JobLoad){.pace = pace}, job, why);
}

static bool place(const Plan *plan, Job *job, JobRegister low, uint64_t address, uint64_t bytes) {
  uint64_t space = plan->addr_bits < 64 ? UINT64_C(1) << plan->addr_bits : UINT64_MAX;
  job->reg[low] = (uint32_t)address;
  job->reg[low + 1] = (uint32_t)(address >> 32);
  return address < space && bytes <= space - address;
}

bool job_place(const Plan *plan, Job *job, uint64_t a, uint64_t b, uint64_t p, uint64_t c) {
  bool a_fits = place(plan, job, JOB_A_ADDR_LO, a, job->a_bytes);
  bool b_fits = place(plan, job, JOB_B_ADDR_LO, b, job->b_bytes);
  bool p_fits = place(plan, job, JOB_P_ADDR_LO, p, job->p_bytes);
  bool c_fits = place(plan, job, JOB_C_ADDR_LO, c, job->c_bytes);
  return a_fits && b_fits && p_fits && c_fits;
}

bool job_place_metadata(const Plan *plan, Job *job, uint64_t m, uint64_t am, uint64_t cm) {
  bool m_fits = place(plan, job, JOB_M_ADDR_LO, m, job->m_bytes);
  m_fits = place(plan, job, JOB_CM_ADDR_LO, cm, job->cm_bytes) && m_fits;
  return place(plan, job, JOB_AM_ADDR_LO, am, job->am_bytes) && m_fits;
}

bool job_place_lengths(const Plan *plan, Job *job, uint64_t al, uint64_t bl, uint64_t cl) {
  bool a_fits = place(plan, job, JOB_AL_ADDR_LO, al, job->al_bytes);
  bool b_fits = place(plan, job, JOB_BL_ADDR_LO, bl, job->bl_bytes);
  return place(plan, job, JOB_CL_ADDR_LO, cl, job->cl_bytes) && a_fits && b_fits;
}

bool job_has_register(const Plan *plan, int index) {
#define JOB_PART(NAME, offset, access, bits, reset, part, meaning) PART_##part,
  static const unsigned parts[JOB_REGISTER_COUNT] = {REGISTERS_JOB(JOB_PART)};
#undef JOB_PART
  return plan_maps(plan, parts[index]);
}
