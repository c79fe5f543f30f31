// A job: one GEMM or convolution as the values of the job registers (gen/plan/registers.h), and the sizes of its
// operands in memory. Compiles for bare metal: nothing here needs more than the C library's memory functions.
#ifndef LACUNA_JOB_H
#define LACUNA_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/plan/job_registers.h"
#include "gen/plan/plan.h"
#include "harness/job/sparse_c.h"

// What is to be computed. GEMM: C[m,n] = A[m,k] x B[k,n]. Convolution: NHWC feature map, weights (out, in / groups, kh,
// kw); it becomes a GEMM of m = out_h * out_w rows, n = out_channels columns, k = kernel_h * kernel_w * channels /
// groups.
typedef struct Shape {
  bool conv;
  uint32_t m, n, k; // GEMM; for a convolution set by shape_conv
  uint32_t channels, height, width, out_channels, kernel_h, kernel_w;
  uint32_t stride_h, stride_w, pad_top, pad_left, pad_bottom, pad_right, dilation_h, dilation_w, groups;
  uint32_t out_h, out_w; // set by shape_conv
  uint32_t h[3];         // structured weights: children of a node by rank (docs/engines/hss.md); all zero: dense
} Shape;

// What happens to the accumulators. Without params the results are clamped int32.
typedef struct Epilogue {
  bool params;              // bias, multiplier and shift per column
  bool narrow;              // int8 out
  uint32_t rounding;        // of int8: 0 half away from zero, 1 half to even, 2 TensorFlow Lite's two steps
  int32_t a_zero;           // zero point of A; nonzero only where the plan has one
  int32_t out_zero;         // zero point of an int8 output
  int32_t act_min, act_max; // clamp, in units of the output
  uint32_t seg_rows;        // rows of a segment of compressed C, which is int8; 0: C is dense
  uint32_t rows;            // of compressed C that are written; 0: all
} Epilogue;

extern const uint16_t job_register_offset[JOB_REGISTER_COUNT];

typedef struct Job {
  uint32_t reg[JOB_REGISTER_COUNT];
  Mode mode;
  uint32_t k_run, k_beat, k_block; // RUN, BEAT and A_CH_STEP in words of K, of which structured A stores fewer
  uint64_t words; // of B in one reading: PANELS * STEPS * b_step_words, or what is left of them without zeros
  uint64_t a_bytes, b_bytes, m_bytes, p_bytes, c_bytes; // regions in memory; m: the metadata of B
  uint64_t am_bytes;                                    // region in memory: the metadata of compressed A
  uint64_t cm_bytes;                                    // of compressed C, at most; then c_bytes, too
  uint64_t al_bytes, bl_bytes, cl_bytes; // of an engine that drives its job itself: lengths of A, B, and of C at most
  uint64_t dense_a_bytes;                // that A moves if it is not compressed
  uint32_t merged_groups;                // groups of a convolution computed as one
  uint64_t dense_cycles; // ceil(m / rows of multipliers) * ceil(n / columns) * ceil(k / lanes), per group
  uint64_t steps;        // steps the engine takes
  uint64_t least_bytes; // bytes this loop order moves at best: A once, B, its metadata and parameters per block, C once
} Job;

// What the engine has to do per panel, for the choice of the loop order.
typedef struct JobLoad {
  const uint32_t *words;     // of B in each of PANELS panels, at most b_step_words per step; NULL: the most
  double pace;               // cycles the engine needs for a word; only ranks choices
  double bandwidth;          // bytes a cycle of the memory where it gives less than the bus takes; 0: it does not
  uint64_t b_bytes, m_bytes; // records of B (docs/engines/outer.md): their bytes; where words is NULL of full ones
} JobLoad;

typedef struct JobOrder { // a loop order (docs/architecture.md)
  uint32_t panels, tiles; // of a group, of a block
  double cycles;          // estimated; only ranks orders
} JobOrder;

#define JOB_WHY 160 // characters of a refusal, with its end

// Fills in out_h, out_w, m, n, k of a convolution. False, with the reason in why, if the shape makes no sense.
bool shape_conv(Shape *shape, char why[JOB_WHY]);

// Where the engine drives the job itself (PART_OWN_JOB) there is no loop order to choose: all sizes are the engine's,
// by its hooks `job` and `pack` (harness/engine), and what is said below of orders does nothing.
//
// Chooses the loop order and computes every register but the addresses, for mode dense, or mode a where A is
// structured. False, with the reason in why, if the shape does not fit this accelerator: the message names the limit.
bool job_plan(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job, char why[JOB_WHY]);

// The same in parts, for modes in which the number of words of B is known after packing only. job_begin sets all but
// the size of B and the loop order; job_resize sets the size of B; job_orders lists the best loop orders for it, by
// estimate, best first (how many; 0 after a refusal); job_set_order sets one of them; job_order does all three.
bool job_begin(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Mode mode, Job *job, char why[JOB_WHY]);
bool job_resize(const Plan *plan, uint64_t words, Job *job, char why[JOB_WHY]);
bool job_set_sizes(uint64_t b_bytes, uint64_t m_bytes, Job *job, char why[JOB_WHY]); // a part of job_resize
int job_orders(const Plan *plan, const Shape *shape, const Epilogue *epilogue, const JobLoad *load, const Job *job,
               JobOrder *orders, int room, char why[JOB_WHY]);
void job_set_order(const Plan *plan, JobOrder order, Job *job);
bool job_order(const Plan *plan, const Shape *shape, const Epilogue *epilogue, const JobLoad *load, Job *job,
               char why[JOB_WHY]);

// Says that results go to the panel of their group that their column's parameters name (pack_parameters): there are
// parameters then, whether they are applied or not. Between job_order and job_resize.
void job_sort_columns(const Plan *plan, Job *job);

// Compressed C of the job as the reader of what the device writes sees it.
SparseC job_sparse_c(const Plan *plan, const Job *job);

// Says that memory has room for c_bytes values, cm_bytes metadata and cl_bytes lengths of compressed C; a job_plan has
// set the most that there can be.
void job_set_capacity(Job *job);

// Rows of C of a job that lie in a segment of the A of the job that reads them, and how many it reads. False if that
// job's A is not what a job with `columns` columns writes.
bool job_follow(const Job *next, uint32_t columns, uint32_t *seg_rows, uint32_t *rows);

// Says that A lies compressed (pack_a). False, with the reason in why, if it is too large; after job_begin.
bool job_compress_a(const Plan *plan, uint64_t values, uint64_t meta_bytes, Job *job, char why[JOB_WHY]);

// Bytes of A and of its metadata that are read, once whatever the loop order.
static inline uint64_t job_a_moved(const Job *job) {
  const uint32_t *r = job->reg;
  if (!r[JOB_A_SEGMENTS]) return job->a_bytes + job->am_bytes + job->al_bytes; // by requests of the engine
  return r[JOB_A_FORMAT] ? job->a_bytes + job->am_bytes : (uint64_t)r[JOB_A_SEGMENTS] * r[JOB_A_BYTES];
}

// Sets the addresses of the regions. False if one of them would wrap around the plan's address space.
bool job_place(const Plan *plan, Job *job, uint64_t a, uint64_t b, uint64_t p, uint64_t c);
bool job_place_metadata(const Plan *plan, Job *job, uint64_t m, uint64_t am, uint64_t cm); // of B, A and C
bool job_place_lengths(const Plan *plan, Job *job, uint64_t al, uint64_t bl, uint64_t cl); // of A, B and C

// Whether the plan's device has the register.
bool job_has_register(const Plan *plan, int index);

#endif
