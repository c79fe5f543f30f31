// From what the command line says to integers that fit the datapath.
#ifndef LACUNA_OPERAND_H
#define LACUNA_OPERAND_H

#include "harness/tensor.h"

typedef struct OperandRule {
  const char *option; // as the user wrote it, for messages: "--a"
  int ndim;           // dimensions it must have
  const char *shape;  // in words, for messages: "M x K"
  int bits;           // 2..31, width of an element
  bool is_signed;
  bool random_values; // .smtx: random nonzero values, not ones
  uint64_t seed;      // of random values where the operand names none
} OperandRule;

typedef struct Operand {
  Tensor tensor;  // integers in range
  double scale;   // real value of one unit; 1 if the source held integers
  bool quantised; // the source held floats
} Operand;

// A file (.npy .mtx .smtx, by its suffix) or `random:SIZExSIZE...:DENSITY[:SEED]`, whose elements are nonzero with the
// probability DENSITY, then uniform in the range that quantised values have, at most 1023 in magnitude. Floats are
// quantised symmetrically per tensor: scale = max|x| / top, top = 2^(bits-1) - 1 (unsigned: 2^bits - 1, and no negative
// value), rounded half away from zero; all zeros give scale 1. Integers out of range are an error. False after a
// message.
bool operand_load(const char *source, const OperandRule *rule, Operand *operand);
void operand_free(Operand *operand);

// A one-dimensional file of `count` biases in units of `unit` (the product of the operands' scales); integers are taken
// as they are, floats are divided by unit and rounded half away from zero. False after a message.
bool bias_load(const char *path, int64_t count, double unit, Tensor *bias);

#endif
