// Operands that benches make, and what is counted from operands. Files are written at each listing, whether there are
// or not. All return false after a message.
#ifndef LACUNA_BENCH_OPERANDS_H
#define LACUNA_BENCH_OPERANDS_H

#include <stdbool.h>
#include <stdint.h>

// A DLMC pattern (out x in, .smtx), turned to in x out, with random values of its own: -127 to 127 but 0, seed 1.
bool operand_pattern(const char *smtx, const char *mtx);

// The pattern of a Matrix Market file, turned or not.
bool operand_matrix(const char *from, bool turn, const char *to);

// A matrix whose K, axis 0 or 1, is pixels of `channels` each, a random half of the channels all zero; twice `density`
// of the rest is nonzero.
typedef struct ChannelZeros {
  int rows, cols, axis, channels;
  double density;
  int seed;
} ChannelZeros;

bool operand_channels(const ChannelZeros *zeros, const char *mtx);

// A convolution without groups, its operands as `lacuna conv` names them, as the matrices that a host would make of it:
// A has a row for each pixel of the result, C * KH * KW columns.
typedef struct HostConv {
  const char *input, *weight;
  int64_t stride[2], pad[4], dilation[2]; // y, x; top, left, bottom, right
} HostConv;

bool operand_im2col(const HostConv *conv, const char *a_npy, const char *b_npy);

// Steps of the outer product with both operands' zeros left out, by the formula of the Dual-side Sparse Tensor Core
// (Wang et al., ISCA 2021, section 4): tiles of 32 x 32, steps of 8 x 16. A and B as --a and --b of lacuna run.
bool operand_steps(const char *a, const char *b, int64_t *steps);

#endif
