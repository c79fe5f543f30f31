// The loop order of a job: how many m-tiles make a block and how many panels a group (docs/architecture.md, Loop
// order).
#ifndef LACUNA_SCHEDULE_H
#define LACUNA_SCHEDULE_H

#include "harness/job/job.h"

// The orders that take least time by estimate, best first, at most `room` of them. `image` is the shape as the A reader
// sees it; the job's A, K and N registers and the sizes of B are set. How many, at least one; 0, with the reason in
// why, if the buffers hold no tile.
int schedule_list(const Plan *plan, const Shape *image, const Epilogue *epilogue, const JobLoad *load, const Job *job,
                  JobOrder *list, int room, char why[JOB_WHY]);

// Sets GROUP_PANELS, BLOCK_TILES, FETCHES and the slots of the C buffer.
void schedule_set(const Plan *plan, JobOrder order, Job *job);

// Whether every group of `panels` panels fits in the B buffer; each begins at a bank.
bool schedule_group_fits(const Plan *plan, const Job *job, const JobLoad *load, uint64_t panels);

// Whether the A buffer holds what one m-tile needs; the job's A registers are set.
bool schedule_fits(const Plan *plan, const Shape *image, const Job *job);

#endif
