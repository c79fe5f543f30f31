// From what the command line says of operands to integers, shape and units.
#ifndef LACUNA_LOAD_H
#define LACUNA_LOAD_H

#include "harness/workload/workload.h"

// Reads A and B, or feature map and weights, checks what they have to do with each other, sets the shape. The feature
// map is H x W x C then, weights O x I/groups x KH x KW. before: the layer whose result is the feature map, or NULL.
// False after a message.
bool load_operands(const Options *options, const Plan *plan, const Workload *before, Workload *workload);

// Sets units, has_unit and unit, of the accumulators. False after a message.
bool load_units(const Options *options, Workload *workload);

// What to say in order to give the operands that lack a unit one; returns text.
enum { LOAD_ASK = 160 };
const char *load_ask(const Options *options, const Workload *workload, char text[LOAD_ASK]);

#endif
