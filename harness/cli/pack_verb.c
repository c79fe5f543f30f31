// Writes the memory image of a matrix product or a convolution, so that someone else's bench can run it: the image's
// bytes, and a map with the addresses of its regions and the values of the job registers.
#include "harness/cli/pack_verb.h"
#include "gen/base/error.h"
#include "gen/base/output.h"
#include "gen/base/version.h"
#include "gen/spec/spec.h"
#include "harness/base/outputs.h"
#include "harness/choose/choose.h"
#include "harness/engine/engine_pack.h"
#include "harness/run/report.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

static const char *const region_names[REGION_COUNT] = {"a", "b",          "metadata",  "parameters", "a_metadata",
                                                       "c", "c_metadata", "a_lengths", "b_lengths",  "c_lengths"};

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

// C has no bytes in the file: the device writes it, and its region need not be cleared.
static json_t *regions_json(const Image *image) {
  json_t *regions = json_array();
  for (int i = 0; i < REGION_COUNT; i++) {
    if (!image->bytes[i]) continue;
    json_t *region =
        json_pack("{s:s, s:I, s:I, s:s}", "name", region_names[i], "address", (json_int_t)image->address[i], "bytes",
                  (json_int_t)image->bytes[i], "access", image->data[i] ? "read" : "write");
    if (image->data[i])
      json_object_set_new(region, "file_offset",
                          json_integer((json_int_t)(image->address[i] - image->address[REGION_A])));
    json_array_append_new(regions, region);
  }
  return regions;
}

// How C lies in its region when the job is done.
static json_t *result_json(const Image *image, const Workload *w) {
  json_t *result =
      json_pack("{s:s, s:I, s:I, s:I}", "type", w->epilogue.narrow ? "int8" : "int32", "rows", (json_int_t)w->shape.m,
                "columns", (json_int_t)w->shape.n, "row_bytes", (json_int_t)image->job.reg[JOB_C_PITCH]);
  if (w->shape.conv)
    json_object_set_new(
        result, "order",
        json_pack("[I, I, I]", (json_int_t)w->shape.out_h, (json_int_t)w->shape.out_w, (json_int_t)w->shape.n));
  return result;
}

static json_t *registers_json(const Plan *plan, const Image *image) {
  json_t *registers = json_array();
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job_has_register(plan, i))
      json_array_append_new(registers, json_pack("{s:s, s:i, s:I}", "name", register_names[i], "offset",
                                                 (int)job_register_offset[i], "value", (json_int_t)image->job.reg[i]));
  return registers;
}

static uint64_t image_bytes(const Image *image) {
  uint64_t end = 0;
  for (int i = 0; i < REGION_COUNT; i++)
    if (image->data[i]) end = image->address[i] + image->bytes[i] - image->address[REGION_A];
  return end;
}

static json_t *shape_json(const Shape *s) {
  return json_pack("{s:I, s:I, s:I}", "m", (json_int_t)s->m, "n", (json_int_t)s->n, "k", (json_int_t)s->k);
}

static bool write_map(const Image *image, const Plan *plan, const Workload *w, const char *path) {
  char name[PATH_MAX], hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, plan->hash);
  if (snprintf(name, sizeof name, "%s.json", path) >= (int)sizeof name)
    return error_at(path, 0, 0, "the name is too long; give a shorter one");
  json_t *map = json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "tool", "lacuna " LACUNA_VERSION, "config", plan->name,
                          "plan_hash", hash, "work", w->shape.conv ? "convolution" : "gemm", "mode",
                          plan_mode(plan, image->choice.mode)->word, "packing", packing_name(plan, &image->choice));
  json_object_update_new(map, shape_json(&w->shape));
  json_object_set_new(map, "image_address", json_integer((json_int_t)image->address[REGION_A]));
  json_object_set_new(map, "image_bytes", json_integer((json_int_t)image_bytes(image)));
  json_object_set_new(map, "regions", regions_json(image));
  json_object_set_new(map, "result", result_json(image, w));
  json_object_set_new(map, "registers", registers_json(plan, image));
  return json_write(name, map);
}

// Without A nothing can be said about its zeros, unless they are structured: B's alone decide.
static int modes_to_pack(const Options *options, const Plan *plan) {
  int modes = choose_modes(options, plan);
  bool all = options->a || options->input || options->mode || engine_a_in_blocks(plan);
  for (Mode mode = 0; mode < MODES_MOST && !all; mode++)
    if (modes >> mode & 1 && plan_mode(plan, mode)->skips_a) modes &= ~(1 << mode);
  return modes;
}

static int pack_workload(const Options *options, const Plan *plan, const Workload *w) {
  Chosen chosen = {0};
  int modes = modes_to_pack(options, plan), status = EXIT_BAD_INPUT;
  if (modes) status = choose_image(options, plan, w, modes, &chosen);
  if (status == EXIT_CORRECT && !image_move(plan, options->base, &chosen.image)) status = EXIT_BAD_INPUT;
  if (status == EXIT_CORRECT &&
      (!write_bytes(&chosen.image, options->out) || !write_map(&chosen.image, plan, w, options->out)))
    status = EXIT_BAD_INPUT;
  bool given = options->a || options->input;
  if (status == EXIT_CORRECT)
    printf("%s: %s%s; regions and job registers are in %s.json\n", options->out,
           options->weight ? "a convolution" : "a matrix product", given ? "" : " with zeros for A", options->out);
  image_free(&chosen.image);
  return status;
}

// "64x56x56": sizes alone.
static bool is_size(const char *text) {
  return text && text[strspn(text, "0123456789x")] == '\0';
}

static bool check_operands(const Options *o) {
  if (!o->b && !o->weight)
    return error_at(NULL, 0, 0, "pack needs --b B of a matrix product, or --weight W of a convolution");
  if (o->b && o->weight)
    return error_at(NULL, 0, 0, "--b belongs to a matrix product, --weight to a convolution; give one of them");
  return !o->weight || o->input ||
         error_at(NULL, 0, 0,
                  "pack needs --input X of a convolution: a feature map, or its sizes alone as --input 64x56x56, where "
                  "values come later");
}

// An operand of which the sizes alone are given is none.
static bool set_sizes(Options *o) {
  if (is_size(o->a)) o->sizes = o->a;
  if (is_size(o->input)) o->sizes = o->input;
  if (o->sizes) o->a = o->input = NULL;
  bool knows_scale = o->out_type == OUT_INT32 || strcmp(o->requant, "auto") || o->out_scale > 0;
  return o->a || o->input || knows_scale ||
         error_at(NULL, 0, 0,
                  "without the values of A there is no largest result; say --out-scale S or --requant FILE");
}

int pack_run(const Options *given) {
  Spec spec;
  Plan plan;
  Workload workload = {0};
  Options options = *given;
  if (!check_operands(&options) || !set_sizes(&options)) return EXIT_BAD_INPUT;
  if (!outputs_check(&options) || !spec_read(options.subject, &spec) || !plan_make(&spec, &plan)) return EXIT_BAD_INPUT;
  int status = EXIT_BAD_INPUT;
  if (workload_load(&options, &plan, &workload)) status = pack_workload(&options, &plan, &workload);
  workload_free(&workload);
  return status;
}
