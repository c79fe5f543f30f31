// From what the command line says to integers that fit the datapath.
#ifndef LACUNA_OPERAND_H
#define LACUNA_OPERAND_H

#include "harness/operand/shapes.h"

struct OperandRule {
  const char *option; // as the user wrote it, for messages: "--a"
  OperandKind kind;   // what other shapes have the same meaning (harness/operand/shapes.h)
  int ndim;           // dimensions it must have
  const char *shape;  // in words, for messages: "M x K"
  bool transposed;    // OPERAND_A, OPERAND_B: the file is
  WeightOrder order;  // OPERAND_WEIGHT
  int bits;           // 2..31, width of an element
  bool is_signed;
  int spared;         // bits that floats do not use of these
  bool random_values; // .smtx: random nonzero values, not ones
  bool sparse;        // OPERAND_A, OPERAND_B: the tensor may be sparse, below
  uint64_t seed;      // of random values where the operand names none
  double scale;       // real value of one unit, where it is given; 0: chosen for floats, and integers have none
  int32_t zero;       // that stands for real 0; floats need a scale where it is not 0
};

typedef struct Operand {
  Tensor tensor;  // integers in range
  double scale;   // real value of one unit; 1 if the source held integers and none was given
  bool quantised; // the source held floats
  bool has_unit;  // the scale is that of real values: the source held floats, or a scale was given
} Operand;

// A file (.npy .npz .mtx .smtx, by its suffix, with or without gzip) or `random:SIZExSIZE...:DENSITY[:SEED]`, whose
// elements are nonzero with the probability DENSITY, then uniform in the range that quantised values have, at most 1023
// in magnitude. Floats are quantised symmetrically per tensor: scale = max|x| / top, top = 2^(bits-1) - 1 (unsigned:
// 2^bits - 1, and no negative value; bits without those to be spared), rounded half away from zero; all zeros give
// scale
// 1. With a scale they become round(x / scale) + zero, held within the range. Integers out of range are an error.
//
// What lists its nonzeros (.mtx coordinate, .smtx, a matrix of scipy.sparse in .npz) or is random is held as
// matrix_holding says (harness/operand/tensor.h), by the nonzeros only where the rule allows it and has no zero point:
// with one a zero of the file is no zero. Either way it has the same elements. False after a message.
bool operand_is_random(const char *source);
bool operand_load(const char *source, const OperandRule *rule, Operand *operand);
void operand_free(Operand *operand);

// A file of `count` numbers, one an output, however they lie (shapes_vector); what: "bias". False after a message.
bool vector_load(const char *path, const char *what, int64_t count, Tensor *vector);

// Biases: integers are taken as they are, floats are divided by their output's unit, the product of the operands'
// scales, and rounded half away from zero. Where the operands have no unit, units is NULL, floats must be whole, and
// `ask` says what to do about it. Then the bias is empty if one does not fit 32 bits, see BiasFit. False after a
// message.
typedef struct BiasFit {
  bool integers;  // the file held
  bool too_large; // the bias of this output is, by its unit
  int64_t output;
  double value, unit;
} BiasFit;

bool bias_load(const char *path, int64_t count, const double *units, const char *ask, BiasFit *fit, Tensor *bias);
bool bias_too_large(const char *path, const BiasFit *fit); // the message, and false

#endif
