// lacuna: one verb, one function. The verbs of the generator are short enough to stand here.
#include "gen/base/error.h"
#include "gen/base/paths.h"
#include "gen/bundle/bundle.h"
#include "gen/info/info.h"
#include "gen/spec/spec.h"
#include "harness/cli/chain.h"
#include "harness/cli/experiment.h"
#include "harness/cli/info_shape.h"
#include "harness/cli/pack_verb.h"
#include "harness/prune/prune.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static int gen_run(const Options *options) {
  Spec spec;
  Plan plan;
  char rtl[PATH_MAX], folder[PATH_MAX];
  if (!spec_read(options->subject, &spec) || (options->name && !spec_set_name(&spec, options->name)) ||
      !plan_make(&spec, &plan))
    return EXIT_BAD_INPUT;
  if (!paths_find("rtl", rtl, sizeof rtl)) {
    error_at(NULL, 0, 0, "the folder rtl of this installation is missing; set LACUNA_HOME to the one above it");
    return EXIT_BAD_INPUT;
  }
  if (!paths_build(plan.name, folder, sizeof folder)) return EXIT_BAD_INPUT;
  const char *place = options->out ? options->out : folder;
  if (!bundle_write(&plan, options->subject, rtl, place)) return EXIT_BAD_INPUT;
  placing_tell_others(place, stderr);
  printf("%s: Verilog of %s, %d multipliers\n", place, plan.name, plan.macs);
  return EXIT_CORRECT;
}

static int info_run(const Options *options) {
  Spec spec;
  Plan plan;
  if (options->keys) {
    info_keys(stdout);
    return EXIT_CORRECT;
  }
  if (options->registers) {
    info_registers(stdout);
    return EXIT_CORRECT;
  }
  if (!spec_read(options->subject, &spec) || !plan_make(&spec, &plan)) return EXIT_BAD_INPUT;
  if (options->shape[0] || options->conv) return info_shape(&plan, options);
  if (!options->json_text) {
    info_text(&plan, stdout);
    return EXIT_CORRECT;
  }
  json_t *json = info_json(&plan);
  int status = json && !json_dumpf(json, stdout, JSON_INDENT(2)) ? EXIT_CORRECT : EXIT_BAD_INPUT;
  putchar('\n');
  json_decref(json);
  return status;
}

static int (*const verb_functions[VERB_COUNT])(const Options *options) = {
    [VERB_GEN] = gen_run,     [VERB_INFO] = info_run, [VERB_RUN] = experiment_run, [VERB_CONV] = experiment_run,
    [VERB_CHAIN] = chain_run, [VERB_PACK] = pack_run, [VERB_PRUNE] = prune_run,
};

int main(int argc, char **argv) {
  Options options;
  signal(SIGXFSZ, SIG_IGN); // a file size limit is an error of write(), which is reported, not the end of the program
  ParseResult result = options_parse(argc, argv, &options);
  int status = result == PARSE_RUN    ? verb_functions[options.verb](&options)
               : result == PARSE_DONE ? EXIT_CORRECT
                                      : EXIT_BAD_INPUT;
  if (!fflush(stdout) && !ferror(stdout)) return status;
  error_at("standard output", 0, 0, "writing failed: %s", strerror(errno));
  return status ? status : EXIT_BAD_INPUT;
}
