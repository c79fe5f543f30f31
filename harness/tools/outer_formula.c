// Steps of the outer product with both operands' zeros left out, by the formula of the Dual-side Sparse Tensor Core
// (Wang et al., ISCA 2021, section 4): outer_formula A B [T P Q], a number on standard output. A is M x K, B is K x N,
// both whatever --a and --b of lacuna run may be; tiles are T x T, steps P x Q: 32 8 16 if not given.
#include "harness/operand.h"

#include <stdio.h>
#include <stdlib.h>

// Nonzeros of each k in each tile, in steps of `per`: along is the stride from row to row of a tile, across from k to
// k.
static int64_t *steps_of(const Tensor *t, int64_t rows, int64_t ks, int64_t along, int64_t across, int tile, int per) {
  int64_t tiles = (rows + tile - 1) / tile;
  int64_t *steps = calloc((size_t)(tiles * ks), sizeof *steps);
  for (int64_t row = 0; steps && row < rows; row++)
    for (int64_t k = 0; k < ks; k++)
      steps[row / tile * ks + k] += t->data[row * along + k * across] != 0;
  for (int64_t i = 0; steps && i < tiles * ks; i++)
    steps[i] = (steps[i] + per - 1) / per;
  return steps;
}

// A step of A meets each of B with the same k in every pair of tiles.
static int64_t meet(const int64_t *a, int64_t a_tiles, const int64_t *b, int64_t b_tiles, int64_t ks) {
  int64_t sum = 0;
  for (int64_t k = 0; k < ks; k++) {
    int64_t of_a = 0, of_b = 0;
    for (int64_t i = 0; i < a_tiles; i++)
      of_a += a[i * ks + k];
    for (int64_t i = 0; i < b_tiles; i++)
      of_b += b[i * ks + k];
    sum += of_a * of_b;
  }
  return sum;
}

static int formula(const Tensor *a, const Tensor *b, int tile, int p, int q) {
  int64_t m = a->shape[0], ks = a->shape[1], n = b->shape[1];
  int64_t *of_a = steps_of(a, m, ks, ks, 1, tile, p), *of_b = steps_of(b, n, ks, 1, n, tile, q);
  bool good = of_a && of_b;
  if (good) printf("%lld\n", (long long)meet(of_a, (m + tile - 1) / tile, of_b, (n + tile - 1) / tile, ks));
  free(of_a);
  free(of_b);
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv) {
  OperandRule rule_a = {.option = "A", .ndim = 2, .shape = "M x K", .bits = 8, .is_signed = true, .seed = 1};
  OperandRule rule_b = {.option = "B", .ndim = 2, .shape = "K x N", .bits = 8, .is_signed = true, .seed = 1};
  Operand a = {0}, b = {0};
  int sizes[3] = {32, 8, 16}, status = EXIT_FAILURE;
  if (argc != 3 && argc != 6) {
    fputs("outer_formula A B [T P Q]\n", stderr);
    return 2;
  }
  for (int i = 3; i < argc; i++)
    sizes[i - 3] = atoi(argv[i]);
  bool legal = sizes[0] > 0 && sizes[1] > 0 && sizes[2] > 0;
  if (legal && operand_load(argv[1], &rule_a, &a) && operand_load(argv[2], &rule_b, &b)) {
    if (a.tensor.shape[1] == b.tensor.shape[0])
      status = formula(&a.tensor, &b.tensor, sizes[0], sizes[1], sizes[2]);
    else
      fputs("outer_formula: the columns of A are not as many as the rows of B\n", stderr);
  }
  operand_free(&a);
  operand_free(&b);
  return status;
}
