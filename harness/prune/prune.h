// The verb prune.
#ifndef LACUNA_PRUNE_H
#define LACUNA_PRUNE_H

#include "harness/base/options.h"
#include "harness/base/pattern.h"
#include "harness/operand/tensor.h"

int prune_run(const Options *options); // exit status

// Keeps what the pattern lets stay of K x N or O x I x KH x KW weights, integers. False if memory is short.
bool prune_weights(const Pattern *pattern, Tensor *weights);

bool prune_needs_pattern(void); // false, after the message that --prune alone says too little

#endif
