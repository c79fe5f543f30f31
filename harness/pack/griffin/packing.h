// B packed for the engines with windows: as it is, or compacted, by which method, with columns in which order.
#ifndef LACUNA_PACKING_GRIFFIN_H
#define LACUNA_PACKING_GRIFFIN_H

#include "harness/pack/packing.h"

const char *name_compacted(const Plan *plan, const PackingChoice *choice); // "greedy", "matching, columns sorted", ...

// Beside plain B its nonzero bits, where it may be compacted. False after a message.
bool prepare_compacted(PackingSource *source);

// Where sorting moves no column, or makes a group outgrow the buffer, the columns stay and packing->order is NULL.
// packing->job has begun in the choice's mode. False after a message.
bool pack_compacted(const PackingSource *source, const PackingChoice *choice, Packing *packing);

// Whether sorting columns within the groups of this order leaves panels whose fullest columns are emptier.
bool gains_by_sorting(const PackingSource *source, JobOrder order);

#endif
