// The record of the outer-product engine (docs/engines/outer.md).
#include "harness/engine/engine_pack.h"
#include "harness/golden/golden.h"
#include "harness/pack/outer/injection.h"
#include "harness/pack/outer/packing.h"
#include "harness/pack/outer/sets.h"
#include "harness/pack/search.h"

static uint64_t tile_k(const Job *job) {
  return (uint64_t)job->reg[JOB_K_ROWS] * job->reg[JOB_K_COLS] * job->k_run;
}

// Bytes of a record of B without metadata: all fibers of N0 values, up to the end of a bus beat.
static uint64_t full_record(const Plan *plan, const Job *job) {
  uint64_t bits = tile_k(job) * (uint64_t)(plan->n0 * plan->data_bits), beat = (uint64_t)plan->bus_bits;
  return (bits + beat - 1) / beat * (uint64_t)plan->bus_bytes;
}

// Records of B are whole beats: nothing of them is dropped, and how many count only must not be zero.
static bool resize(const Plan *plan, const JobLoad *load, uint64_t words, Job *job, char *why) {
  uint64_t b_bytes = load->words ? load->b_bytes : job->reg[JOB_PANELS] * full_record(plan, job);
  job->words = words;
  if (!job_set_sizes(b_bytes, load->m_bytes, job, why)) return false;
  job->reg[JOB_B_KEEP] = (uint32_t)(b_bytes / (uint64_t)plan->bus_bytes);
  job->reg[JOB_M_KEEP] = (uint32_t)tile_k(job);
  return true;
}

static const char *name(const Plan *plan, const PackingChoice *choice) {
  return plan_skips_b(plan, choice->mode) ? "bitmaps" : "chunks";
}

// Zeros of A cost nothing to skip: only those of B can be worth less than their bitmaps.
static int choose(Search *s, int modes) {
  if (modes & 1 << MODE_AB) modes &= ~(1 << MODE_B);
  if (modes & 1 << MODE_A) modes &= ~(1 << MODE_DENSE);
  return search_modes(s, modes);
}

const EnginePack engine_pack_outer = {
    .golden = &golden_products,
    .frees_words = true,
    .resize = resize,
    .pack = packing_outer,
    .name = name,
    .compress = pack_bitmap_a,
    .choose = choose,
    .pace = packing_outer_pace,
    .spoil_a = spoil_bitmaps,
    .spoil_b = spoil_records,
};
