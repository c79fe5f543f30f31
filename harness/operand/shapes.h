// Which shapes operands may have, and what is said of others: the same array is written in many orders, and the message
// names the one that is wanted, and the way there.
#ifndef LACUNA_SHAPES_H
#define LACUNA_SHAPES_H

#include "harness/base/options.h"
#include "harness/operand/tensor.h"

typedef enum OperandKind { OPERAND_ANY, OPERAND_A, OPERAND_B, OPERAND_MAP, OPERAND_WEIGHT } OperandKind;

typedef struct WeightLayout {
  const char *word, *shape; // "hwio", "KH x KW x I/groups x O"
  int order[4];             // of the file's dimensions, as O x I/groups x KH x KW
  bool merges;              // the last two dimensions are one: channels and their multiplier
} WeightLayout;

extern const WeightLayout weight_layouts[WEIGHT_ORDERS];

// Brings an array to the dimensions that the rule (harness/operand/operand.h) has for its kind: a batch of one loses
// its dimension, a vector is one row of A or one column of B, a matrix of weights is a 1 x 1 kernel. Anything else is
// refused with what it is to be and what to do. False after a message.
typedef struct OperandRule OperandRule;
bool shapes_fit(const char *source, const OperandRule *rule, Tensor *tensor);

// Weights of a file as O x I/groups x KH x KW; layout says how they lie. False after a message.
bool shapes_weights(const char *source, const char *option, WeightOrder order, int64_t groups, Tensor *tensor);

// Whether weights of this shape, read in this order, suit an input with these channels and groups.
bool shapes_suit(WeightOrder order, const int64_t shape[4], int64_t channels, int64_t groups);

// Flattens a vector however it lies (N, N x 1, 1 x N x 1 x 1, a single number where count is 1). False after a message;
// what: "bias".
bool shapes_vector(const char *source, const char *what, int64_t count, Tensor *tensor);

#endif
