// Writes the memory image of a matrix product, so that someone else's bench can run it: the image's bytes, and a map
// with the addresses of its regions and the values of the job registers.
#include "harness/pack_verb.h"
#include "gen/error.h"
#include "gen/output.h"
#include "gen/spec.h"
#include "gen/version.h"
#include "harness/choose.h"
#include "harness/outputs.h"
#include "harness/report.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>

static const char *const region_names[REGION_COUNT] = {"a",          "b", "metadata",  "parameters",
                                                       "a_metadata", "c", "c_metadata"};

#define REGISTER_NAME(NAME, ...) #NAME,
static const char *const register_names[JOB_REGISTER_COUNT] = {REGISTERS_JOB(REGISTER_NAME)};
#undef REGISTER_NAME

// The image begins at the first region; C has a place in memory, but no bytes in the file.
static bool write_bytes(const Image *image, const char *path) {
  Output output;
  if (!output_open(&output, path)) return false;
  uint64_t at = image->address[REGION_A];
  for (int i = 0; i < REGION_COUNT; i++) {
    if (!image->data[i]) continue;
    for (; at < image->address[i]; at++)
      fputc(0, output.file);
    fwrite(image->data[i], 1, image->bytes[i], output.file);
    at += image->bytes[i];
  }
  return output_commit(&output);
}

static json_t *regions_json(const Image *image) {
  json_t *regions = json_array();
  for (int i = 0; i < REGION_COUNT; i++)
    if (image->bytes[i])
      json_array_append_new(regions, json_pack("{s:s, s:I, s:I}", "name", region_names[i], "address",
                                               (json_int_t)image->address[i], "bytes", (json_int_t)image->bytes[i]));
  return regions;
}

static json_t *registers_json(const Plan *plan, const Image *image) {
  json_t *registers = json_array();
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job_has_register(plan, i))
      json_array_append_new(registers, json_pack("{s:s, s:i, s:I}", "name", register_names[i], "offset",
                                                 (int)job_register_offset[i], "value", (json_int_t)image->job.reg[i]));
  return registers;
}

static bool write_map(const Image *image, const Plan *plan, const Shape *shape, const char *path) {
  char name[PATH_MAX], hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, plan->hash);
  if (snprintf(name, sizeof name, "%s.json", path) >= (int)sizeof name)
    return error_at(path, 0, 0, "the name is too long; give a shorter one");
  json_t *map = json_pack("{s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:o, s:o}", "tool", "lacuna " LACUNA_VERSION,
                          "config", plan->name, "plan_hash", hash, "mode", mode_names[image->choice.mode], "packing",
                          packing_name(&image->choice), "m", (json_int_t)shape->m, "n", (json_int_t)shape->n, "k",
                          (json_int_t)shape->k, "image_address", (json_int_t)image->address[REGION_A], "regions",
                          regions_json(image), "registers", registers_json(plan, image));
  return json_write(name, map);
}

// Without A nothing can be said about its zeros, unless they are structured: B's alone decide.
static int modes_to_pack(const Options *options, const Plan *plan) {
  int modes = choose_modes(options, plan);
  return options->a || options->mode || plan->hss_a_g0 ? modes : modes & (1 << MODE_DENSE | 1 << MODE_B);
}

static int pack_workload(const Options *options, const Plan *plan, const Workload *w) {
  Chosen chosen = {0};
  int modes = modes_to_pack(options, plan), status = EXIT_BAD_INPUT;
  if (modes) status = choose_image(options, plan, w, modes, &chosen);
  if (status == EXIT_CORRECT &&
      (!write_bytes(&chosen.image, options->out) || !write_map(&chosen.image, plan, &w->shape, options->out)))
    status = EXIT_BAD_INPUT;
  if (status == EXIT_CORRECT)
    printf("%s: %s and its map %s.json\n", options->out, options->a ? "A and B" : "B, and a zero A", options->out);
  image_free(&chosen.image);
  return status;
}

int pack_run(const Options *options) {
  Spec spec;
  Plan plan;
  Workload workload = {0};
  if (!outputs_check(options) || !spec_read(options->subject, &spec) || !plan_make(&spec, &plan)) return EXIT_BAD_INPUT;
  int status = EXIT_BAD_INPUT;
  if (workload_load(options, &plan, &workload)) status = pack_workload(options, &plan, &workload);
  workload_free(&workload);
  return status;
}
