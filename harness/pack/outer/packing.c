// The words that a panel takes in the chunk stores are known when it has been packed, and decide on the loop order: so
// B is gone through once for sizes, and once more to be written.
#include "harness/pack/outer/packing.h"
#include "harness/pack/outer/records.h"

#include <math.h>
#include <stdlib.h>

// ---- how long a word takes

typedef struct Point {
  double products; // of a k in one block, on average, over the products of a cycle
  double used;     // share of the multipliers
} Point;

// Uniform zeros, K = 512, blocks of 4 x 8 at T = 64 (docs/engines/outer.md, "Why so").
static const Point points[] = {{.32, .24}, {1.28, .39}, {25.6, .81}, {128, 1}};

static double utilisation(double products) {
  enum { POINTS = sizeof points / sizeof *points };
  int i = 1;
  while (i < POINTS - 1 && products > points[i].products)
    i++;
  const Point *low = &points[i - 1], *high = &points[i];
  double share = log(products / low->products) / log(high->products / low->products);
  double used = low->used + share * (high->used - low->used);
  return used > 1 ? 1 : used < .01 ? .01 : used;
}

static double max_of(double a, double b) {
  return a > b ? a : b;
}

// Rows past M are rows of zeros. A k-tile takes as long as its beats of A, a word of B a cycle, a tile its results.
double packing_outer_pace(const Plan *plan, const Workload *workload, const Job *job, uint64_t words,
                          uint64_t b_bytes) {
  const uint32_t *r = job->reg;
  double panels = r[JOB_PANELS], fibers = (double)r[JOB_K_ROWS] * r[JOB_K_COLS] * job->k_run;
  double real = (double)r[JOB_M] / ((double)r[JOB_TILES] * plan->m0);
  double rows = plan->m0 * (job->mode == MODE_A || job->mode == MODE_AB ? workload_density_a(workload) * real : 1);
  double values = (double)b_bytes * 8 / plan->data_bits / panels, held = (double)words / panels;
  double products = rows * values;
  if (products <= 0) products = 1;
  double used = utilisation(products / fibers / (plan->outer.p * plan->outer.q));
  double tiles = held / plan->outer.blocks < r[JOB_STEPS] ? held / plan->outer.blocks : r[JOB_STEPS];
  double cycles = max_of(products / (plan->macs * used), held / plan->outer.blocks);
  cycles = max_of(cycles, tiles * plan->m0 / plan->a_rows);
  return max_of(cycles, plan->m0 * plan->c_chunks) / held;
}

// ---- packing

static bool set_order(const PackingSource *source, const PackingChoice *choice, PackedB size, Packing *packing) {
  const Plan *plan = source->plan;
  const Workload *w = source->workload;
  char why[JOB_WHY];
  uint64_t words = 0;
  for (uint32_t panel = 0; panel < packing->job.reg[JOB_PANELS]; panel++)
    words += packing->words[panel];
  JobLoad load = {.words = packing->words,
                  .pace = packing_outer_pace(plan, w, &packing->job, words, size.b_bytes),
                  .b_bytes = size.b_bytes,
                  .m_bytes = size.m_bytes};
  if (!job_order(plan, &w->shape, &w->epilogue, &load, &packing->job, why)) return packing_refuse(plan, why);
  if (choice->order.panels) job_set_order(plan, choice->order, &packing->job);
  return true;
}

bool packing_outer(const PackingSource *source, const PackingChoice *choice, Packing *packing) {
  Job *job = &packing->job;
  packing->words = malloc(job->reg[JOB_PANELS] * sizeof *packing->words);
  if (!packing->words) return packing_no_memory();
  PackedB size = pack_outer(source->plan, job, source->plain, packing->words, NULL, NULL);
  if (!set_order(source, choice, size, packing)) return false;
  packing->b = calloc(size.b_bytes, 1);
  packing->m = size.m_bytes ? calloc(size.m_bytes, 1) : NULL;
  if (!packing->b || (size.m_bytes && !packing->m)) return packing_no_memory();
  pack_outer(source->plan, job, source->plain, NULL, packing->b, packing->m);
  return true;
}
