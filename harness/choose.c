// Modes that can't win are left out by a look at the densities; the cycle model decides between the others.
#include "harness/choose.h"
#include "gen/engine.h"
#include "gen/error.h"
#include "harness/progress.h"

#include <stdio.h>
#include <string.h>

const char *const mode_names[MODE_COUNT] = {"dense", "a", "b", "ab"};

#define WORTH_SKIPPING .01 // zeros of an operand below which its mode is not tried

int choose_modes(const Options *options, const Plan *plan) {
  char word[32], legal[64] = "auto";
  if (!options->mode) return plan->modes;
  if (plan->modes >> (options->mode - 1) & 1) return 1 << (options->mode - 1);
  for (int mode = 0; mode < MODE_COUNT; mode++)
    if (plan->modes >> mode & 1) strcat(strcat(legal, ", "), mode_names[mode]);
  error_at(NULL, 0, 0, "--mode %s: %s has a %s engine; its modes are %s",
           option_word("mode", options->mode, word, sizeof word), plan->name, engine_of(plan->engine)->name, legal);
  return 0;
}

// A mode that looks at an operand without zeros does what another mode does with less.
static int worth_trying(const Workload *w, int modes) {
  bool zeros_a = workload_density_a(w) < 1 - WORTH_SKIPPING, zeros_b = workload_density_b(w) < 1 - WORTH_SKIPPING;
  int useless = 0;
  if (!zeros_a) useless |= 1 << MODE_A;
  if (!zeros_b) useless |= 1 << MODE_B;
  if (!zeros_a && (!zeros_b || modes >> MODE_B & 1)) useless |= 1 << MODE_AB;
  if (!zeros_b && modes >> MODE_A & 1) useless |= 1 << MODE_AB;
  return modes & ~useless ? modes & ~useless : modes;
}

static bool predict(const Options *o, const Plan *plan, Chosen *chosen) {
  ModelSettings settings = {.mem_latency = (uint32_t)o->mem_latency, .mem_bandwidth = o->mem_bandwidth};
  ModelMemory memory = image_memory(&chosen->image);
  double start = seconds_now();
  if (!model_run(plan, &chosen->image.job, &memory, &settings, chosen->predicted))
    return error_at(NULL, 0, 0, "the cycle model finds no end of this job, a bug: please report it");
  chosen->model_s = seconds_now() - start;
  return true;
}

// Packs and predicts one choice; the better of it and `best` stays.
static int try_choice(const Options *o, const PackingSource *source, const PackingChoice *choice, Chosen *best) {
  Chosen next = {0};
  bool packed = image_build(source, choice, &next.image);
  if (!packed || !predict(o, source->plan, &next)) {
    image_free(&next.image);
    return packed ? EXIT_DEVICE : EXIT_BAD_INPUT;
  }
  uint64_t cycles = next.predicted[COUNTER_CYCLES];
  Trial *trial = &best->trials[choice->mode];
  if (!trial->done || cycles < trial->cycles) *trial = (Trial){true, next.image.choice, cycles};
  bool better = !best->image.data[REGION_A] || cycles < best->predicted[COUNTER_CYCLES];
  Image *loser = better ? &best->image : &next.image;
  image_free(loser);
  if (!better) return EXIT_CORRECT;
  memcpy(next.trials, best->trials, sizeof next.trials);
  *best = next;
  return EXIT_CORRECT;
}

static int try_mode(const Options *o, const PackingSource *source, Mode mode, Chosen *best) {
  static const PackingChoice ways[] = {
      {.method = COMPACT_GREEDY}, {.method = COMPACT_MATCHING}, {.method = COMPACT_MATCHING, .sorted = true}};
  size_t count = job_compacts(mode) ? sizeof ways / sizeof *ways : 1;
  int status = EXIT_CORRECT;
  for (size_t i = 0; i < count && status == EXIT_CORRECT; i++) {
    PackingChoice choice = ways[i];
    choice.mode = mode;
    status = try_choice(o, source, &choice, best);
  }
  return status;
}

int choose_image(const Options *o, const Plan *plan, const Workload *w, int modes, Chosen *chosen) {
  PackingSource source;
  *chosen = (Chosen){0};
  int status = packing_source_make(plan, w, &source) ? EXIT_CORRECT : EXIT_BAD_INPUT;
  modes = worth_trying(w, modes);
  for (int mode = 0; mode < MODE_COUNT && status == EXIT_CORRECT; mode++)
    if (modes >> mode & 1) status = try_mode(o, &source, (Mode)mode, chosen);
  packing_source_free(&source);
  return status;
}
