// Zeros of A cost nothing to skip, those of B bring their bitmaps: each mode is packed, and the time of its loop orders
// estimated.
#include "harness/choose_outer.h"
#include "gen/error.h"
#include "harness/packing_outer.h"

#include <math.h>

// The image's best loop order, and what it takes.
static bool set_best_order(const Options *options, const PackingSource *source, Image *image, double *cycles) {
  const Plan *plan = source->plan;
  const Workload *w = source->workload;
  Job *job = &image->job;
  char why[JOB_WHY];
  JobOrder order;
  JobLoad load = {.words = image->words,
                  .pace = packing_outer_pace(plan, w, job, job->words, job->b_bytes),
                  .bandwidth = options->mem_bandwidth};
  if (!job_orders(plan, &w->shape, &w->epilogue, &load, job, &order, 1, why))
    return error_at(NULL, 0, 0, "%s can't run this: %s", plan->name, why);
  job_set_order(plan, order, job);
  *cycles = order.cycles;
  return true;
}

static int try_mode(const Options *options, const PackingSource *source, Mode mode, double *least, Chosen *chosen) {
  PackingChoice choice = {.mode = mode, .records = true};
  Image image;
  double cycles = 0;
  bool good = image_build(source, &choice, &image) && set_best_order(options, source, &image, &cycles);
  if (good) chosen->trials[mode] = (Trial){true, choice, (uint64_t)cycles};
  if (good && cycles < *least) {
    Image worse = chosen->image;
    chosen->image = image;
    image = worse;
    *least = cycles;
    chosen->predicted[COUNTER_CYCLES] = (uint64_t)cycles;
  }
  image_free(&image);
  return good ? EXIT_CORRECT : EXIT_BAD_INPUT;
}

int choose_outer(const Options *options, const PackingSource *source, int modes, Chosen *chosen) {
  double least = INFINITY;
  int status = EXIT_CORRECT;
  for (int mode = MODE_DENSE; mode < MODE_COUNT && status == EXIT_CORRECT; mode++)
    if (modes >> mode & 1) status = try_mode(options, source, (Mode)mode, &least, chosen);
  return status;
}
