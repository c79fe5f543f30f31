// Every way that may be the fastest is tried (harness/pack/search.h); the engine says which they are.
#include "harness/choose/choose.h"
#include "gen/base/error.h"
#include "gen/engine/engine.h"
#include "harness/base/progress.h"
#include "harness/engine/engine_pack.h"

#include <string.h>

int choose_modes(const Options *options, const Plan *plan) {
  char word[32], legal[64] = "auto";
  int modes = plan_run_modes(plan);
  if (!options->mode) return modes;
  option_word("mode", options->mode, word, sizeof word);
  for (Mode mode = 0; mode < MODES_MOST; mode++) {
    if (!(modes >> mode & 1)) continue;
    if (!strcmp(plan_mode(plan, mode)->word, word)) return 1 << mode;
    strcat(strcat(legal, ", "), plan_mode(plan, mode)->word);
  }
  error_at(NULL, 0, 0, "--mode %s: %s has a %s engine; its modes are %s", word, plan->name,
           engine_of(plan->engine)->name, legal);
  return 0;
}

// Once more with every multiplication counted.
static int count_all(const Search *s, Chosen *chosen) {
  double start = seconds_now();
  if (!search_predict(s, &chosen->image, NULL, 0, chosen->predicted)) return EXIT_DEVICE;
  chosen->model_s = seconds_now() - start;
  return EXIT_CORRECT;
}

// An A that is to be filled in later lies as it is.
static bool set_a_format(const Options *o, PackingSource *source) {
  bool stands_in = !o->a && !o->input;
  source->a_format = (AFormat)o->a_format;
  if (source->a_format == A_FORMAT_AUTO && stands_in) source->a_format = A_FORMAT_DENSE;
  if (source->a_format != A_FORMAT_COMPRESSED) return true;
  if (plan_has(source->plan, PART_COMPRESSED_A))
    return !stands_in ||
           error_at(NULL, 0, 0, "--a-format compressed needs the values of A: its registers depend on them");
  return error_at(NULL, 0, 0, "--a-format compressed: %s knows no compressed A", source->plan->name);
}

int choose_image(const Options *o, const Plan *plan, const Workload *w, int modes, Chosen *chosen) {
  PackingSource source;
  Search search = {.options = o, .source = &source, .best = chosen};
  const EnginePack *engine = engine_pack(plan);
  *chosen = (Chosen){0};
  bool made = packing_source_make(plan, w, &source) && set_a_format(o, &source);
  int status = made ? (engine->choose ? engine->choose : search_modes)(&search, modes) : EXIT_BAD_INPUT;
  packing_source_free(&source);
  return status == EXIT_CORRECT ? count_all(&search, chosen) : status;
}
