// The loop order of a job: how many m-tiles make a block and how many panels a group (docs/architecture.md, Loop
// order).
#ifndef LACUNA_SCHEDULE_H
#define LACUNA_SCHEDULE_H

#include "harness/format/job.h"

// Sets BLOCK_TILES, GROUP_PANELS and FETCHES so that the estimated time is least. `image` is the shape as the A reader
// sees it; the job's A, K and N registers and the sizes of B are set. False, with the reason in why, if the buffers
// hold no tile.
bool schedule_choose(const Plan *plan, const Shape *image, const Epilogue *epilogue, const JobLoad *load, Job *job,
                     char why[JOB_WHY]);

// Whether every group of so many panels fits the B buffer; each begins at a bank.
bool schedule_group_fits(const Plan *plan, const Job *job, const JobLoad *load, uint64_t panels);

// Whether the A buffer holds what one m-tile needs; the job's A registers are set.
bool schedule_fits(const Plan *plan, const Shape *image, const Job *job);

#endif
