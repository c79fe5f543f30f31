// The golden reference: what a GEMM or a convolution is, in plain loops. It includes nothing of the generator, the
// packers or the simulator, and is itself checked against oneDNN and SuiteSparse:GraphBLAS in tests/unit.
#ifndef LACUNA_GOLDEN_H
#define LACUNA_GOLDEN_H

#include "harness/operand/csr.h"

#include <stdbool.h>
#include <stdint.h>

// C[M,N] = (A[M,K] - a_zero) x B[K,N] + bias[N], all row-major, sums in 64 bits. bias may be NULL.
// False if memory is short or a result does not fit int32; *row and *col then say which one (-1: memory).
bool golden_gemm(const int32_t *a, const int32_t *b, int64_t m, int64_t n, int64_t k, int32_t a_zero,
                 const int32_t *bias, int32_t *c, int64_t *row, int64_t *col);

// C[M,N] = A[M,K] x B[K,N] of integers that are held by their nonzeros, sums in 64 bits; C, to be freed, has no entry
// where a sum is 0, whether there are no products or they cancel. False, and an empty C, as golden_gemm.
bool golden_sparse(const Csr *a, const Csr *b, Csr *c, int64_t *row, int64_t *col);

typedef struct GoldenConv {
  int64_t in_channels, in_rows, in_cols;            // of the input
  int64_t out_channels, k_rows, k_cols;             // of the weight
  int64_t stride_y, stride_x;                       // 1 and more
  int64_t pad_top, pad_left, pad_bottom, pad_right; // with the zero point, that is with true zeros
  int64_t dilation_y, dilation_x;                   // 1 and more
  int64_t groups;                                   // divides both channel counts
} GoldenConv;

int64_t golden_conv_rows(const GoldenConv *conv); // of the output; less than 1 if the kernel does not fit
int64_t golden_conv_cols(const GoldenConv *conv);

// y[O,OH,OW] = sum over i, kh, kw of (x[I,H,W] - x_zero) * w[O,I/groups,KH,KW], plus bias[O] (may be NULL).
// False if a result does not fit int32 or memory is short, as above; *place is its index in y (-1: memory).
bool golden_conv(const GoldenConv *conv, const int32_t *x, const int32_t *w, int32_t x_zero, const int32_t *bias,
                 int32_t *y, int64_t *place);

// What an engine computes: C of a GEMM and of a convolution, as golden_gemm and golden_conv. An engine whose results
// are no sums of products has a reference of its own.
typedef struct Golden {
  bool (*gemm)(const int32_t *a, const int32_t *b, int64_t m, int64_t n, int64_t k, int32_t a_zero, const int32_t *bias,
               int32_t *c, int64_t *row, int64_t *col);
  bool (*conv)(const GoldenConv *conv, const int32_t *x, const int32_t *w, int32_t x_zero, const int32_t *bias,
               int32_t *y, int64_t *place);
  bool (*sparse)(const Csr *a, const Csr *b, Csr *c, int64_t *row, int64_t *col); // as golden_sparse
} Golden;

extern const Golden golden_products;

// One output column's scale: real multiplier = multiplier * 2^(shift - 31), 0 <= multiplier, -31 <= shift <= 30, the
// same integers as TensorFlow Lite's QuantizeMultiplier makes.
typedef struct GoldenScale {
  int32_t multiplier;
  int32_t shift;
} GoldenScale;

// What becomes of a half: away from zero, or to the even number. TFLITE: TensorFlow Lite's reference kernels, which
// round twice (MultiplyByQuantizedMultiplier of tensorflow/lite/kernels/internal/common.cc, double rounding).
typedef enum GoldenRounding { GOLDEN_AWAY, GOLDEN_EVEN, GOLDEN_TFLITE } GoldenRounding;

// acc scaled and rounded, plus zero, held within low..high.
int32_t golden_requantise(int32_t acc, GoldenScale scale, GoldenRounding rounding, int32_t zero, int32_t low,
                          int32_t high);

// The scale nearest to a real multiplier in (0, 2^30).
GoldenScale golden_scale(double real);

// Products with both operands nonzero (A against its zero point) in A[M,K] x B[K,N].
int64_t golden_effectual(const int32_t *a, const int32_t *b, int64_t m, int64_t n, int64_t k, int32_t a_zero);
int64_t golden_sparse_effectual(const Csr *a, const Csr *b);

#endif
