// What one run is to compute: operands in range, the shape, the epilogue, and the golden result.
#ifndef LACUNA_WORKLOAD_H
#define LACUNA_WORKLOAD_H

#include "harness/base/options.h"
#include "harness/golden/compare.h"
#include "harness/golden/golden.h"
#include "harness/job/job.h"
#include "harness/operand/operand.h"

typedef struct Workload {
  Shape shape;
  Operand a;      // GEMM: M x K; convolution: feature map as H x W x C
  Operand b;      // GEMM: K x N; convolution: weights as O x I/groups x KH x KW
  Tensor bias;    // N, in units of the accumulator; empty if there is none
  bool bias_real; // it was given as real values
  Epilogue epilogue;
  GoldenScale *scales;  // N
  double *units;        // N: real value of one unit of an accumulator
  bool has_unit;        // both operands have real units; else units are products of ones
  double unit;          // real value of one unit of the result; 0 where a file of scales hides it, or columns differ
  Results expected;     // as the device writes them
  int64_t effectual;    // products with both operands nonzero
  bool a_in_passes;     // A does not obey the structure that the plan asks for, or is not asked to
  int spared;           // bits of the datapath that floats do not use, so that the results fit the accumulators
  int64_t nnz_a, nnz_b; // elements of the operands that are not zero; of A, not the zero point
} Workload;

// Reads, quantises, checks and computes. Where a result does not fit the accumulator, floats are quantised to fewer
// bits until all do. False after a message; workload_free is fine then.
bool workload_load(const Options *options, const Plan *plan, Workload *workload);

// The same of a convolution whose feature map is the int8 result of the one before.
bool workload_follow(const Options *options, const Plan *plan, const Workload *before, Workload *workload);

void workload_free(Workload *workload);

double workload_density_a(const Workload *workload);
double workload_density_b(const Workload *workload);

// Writes M x N results as the user wants them: as a matrix, or O x OH x OW (nhwc: OH x OW x O). False after a message.
bool workload_write(const Workload *workload, const Options *options, const int32_t *results);

#endif
