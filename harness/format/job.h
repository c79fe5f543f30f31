// A job: one GEMM or convolution as the values of the job registers (gen/registers.h), and the sizes of its operands in
// memory. Compiles for bare metal: nothing here needs more than the C library's memory functions.
#ifndef LACUNA_JOB_H
#define LACUNA_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "gen/plan.h"
#include "gen/registers.h"

// What is to be computed. GEMM: C[m,n] = A[m,k] x B[k,n]. Convolution: NHWC feature map, weights (out, in / groups, kh,
// kw); it becomes a GEMM of m = out_h * out_w rows, n = out_channels columns, k = kernel_h * kernel_w * channels /
// groups.
typedef struct Shape {
  bool conv;
  uint32_t m, n, k; // GEMM; for a convolution set by shape_conv
  uint32_t channels, height, width, out_channels, kernel_h, kernel_w;
  uint32_t stride_h, stride_w, pad_top, pad_left, pad_bottom, pad_right, dilation_h, dilation_w, groups;
  uint32_t out_h, out_w; // set by shape_conv
} Shape;

// What happens to the accumulators. Without params the results are clamped int32.
typedef struct Epilogue {
  bool params;              // bias, multiplier and shift per column
  bool narrow;              // int8 out
  int32_t a_zero;           // zero point of A; nonzero only where the plan has one
  int32_t out_zero;         // zero point of an int8 output
  int32_t act_min, act_max; // clamp, in units of the output
} Epilogue;

#define JOB_REG(NAME, ...) JOB_##NAME,
typedef enum JobRegister { REGISTERS_JOB(JOB_REG) JOB_REGISTER_COUNT } JobRegister;
#undef JOB_REG

extern const uint16_t job_register_offset[JOB_REGISTER_COUNT];

typedef struct Job {
  uint32_t reg[JOB_REGISTER_COUNT];
  uint64_t a_bytes, b_bytes, p_bytes, c_bytes; // regions in memory
  uint32_t merged_groups;                      // groups of a convolution computed as one
  uint64_t dense_cycles;                       // ceil(m / M0) * ceil(n / N0) * ceil(k / K0), per group
  uint64_t steps;                              // steps the engine takes
  uint64_t least_bytes; // bytes this loop order moves at best: A once, B and parameters per block, C once
} Job;

#define JOB_WHY 160 // characters of a refusal, with its end

// Fills in out_h, out_w, m, n, k of a convolution. False, with the reason in why, if the shape makes no sense.
bool shape_conv(Shape *shape, char why[JOB_WHY]);

// Chooses the loop order and computes every register but the addresses. False, with the reason in why, if the shape
// does not fit this accelerator: the message names the limit.
bool job_plan(const Plan *plan, const Shape *shape, const Epilogue *epilogue, Job *job, char why[JOB_WHY]);

// Sets the addresses of the four regions. False if one of them would wrap around the plan's address space.
bool job_place(const Plan *plan, Job *job, uint64_t a, uint64_t b, uint64_t p, uint64_t c);

#endif
