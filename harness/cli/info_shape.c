// The figures of a job that are known before it runs, all from the job registers: the same numbers the cycle model and
// the accelerator start from.
#include "harness/cli/info_shape.h"
#include "gen/base/error.h"
#include "gen/info/info.h"
#include "harness/engine/engine_pack.h"
#include "harness/job/job.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

typedef struct Level { // of the memory hierarchy; bytes a cycle, while a step is taken in every cycle
  const char *name;
  double needs, has;
} Level;

enum { STREAMS = 4, LEVELS = 4 };

typedef struct Figures {
  uint64_t blocks, groups;
  uint64_t bytes[STREAMS]; // A, B, column parameters, C
  uint64_t least_cycles;   // the largest of steps, beats read and beats written
  Level levels[LEVELS];
} Figures;

static const char *const stream_names[STREAMS] = {"a", "b", "meta", "c"};

// The kernel as O x KH x KW, or as --weight has it, with the channels of a group.
static bool parse_conv(const char *text, Shape *shape) {
  unsigned c, h, w, o, in = 0, kh, kw, stride = 1, pad = 0, dilation = 1, groups = 1;
  int end = 0;
  *shape = (Shape){.conv = true};
  bool four = sscanf(text, "%5ux%5ux%5u,%5ux%5ux%5ux%5u%n", &c, &h, &w, &o, &in, &kh, &kw, &end) == 7;
  bool good = strspn(text, "0123456789x,") == strlen(text) &&
              (four || sscanf(text, "%5ux%5ux%5u,%5ux%5ux%5u%n", &c, &h, &w, &o, &kh, &kw, &end) == 6);
  unsigned *const rest[] = {&stride, &pad, &dilation, &groups};
  text += end;
  for (int i = 0, length; good && *text && i < 4; i++, text += length)
    good = sscanf(text, ",%5u%n", rest[i], &length) == 1;
  if (!good || *text || (four && (uint64_t)in * groups != c)) return false;
  *shape = (Shape){.conv = true,
                   .channels = c,
                   .height = h,
                   .width = w,
                   .out_channels = o,
                   .kernel_h = kh,
                   .kernel_w = kw,
                   .stride_h = stride,
                   .stride_w = stride,
                   .pad_top = pad,
                   .pad_left = pad,
                   .pad_bottom = pad,
                   .pad_right = pad,
                   .dilation_h = dilation,
                   .dilation_w = dilation,
                   .groups = groups};
  return true;
}

static bool make_job(const Plan *plan, const Options *o, Shape *shape, Job *job) {
  char why[JOB_WHY];
  bool narrow = o->out_type == OUT_INT8;
  Epilogue epilogue = {.params = narrow, .narrow = narrow, .act_min = INT32_MIN, .act_max = INT32_MAX};
  *shape = (Shape){.m = (uint32_t)o->shape[0], .n = (uint32_t)o->shape[1], .k = (uint32_t)o->shape[2]};
  if (o->conv && !parse_conv(o->conv, shape))
    return error_at(NULL, 0, 0,
                    "--conv %s is not understood; expected CxHxW,OxKHxKW[,STRIDE[,PAD[,DILATION[,GROUPS]]]], "
                    "whole numbers up to 99999, or the kernel as OxIxKHxKW with I = C / GROUPS",
                    o->conv);
  if ((o->conv && !shape_conv(shape, why)) || !job_plan(plan, shape, &epilogue, job, why))
    return error_at(NULL, 0, 0, "%s can't run this: %s", plan->name, why);
  return true;
}

static uint64_t ceil_div(uint64_t a, uint64_t b) {
  return (a + b - 1) / b;
}

static uint64_t max_of(uint64_t a, uint64_t b) {
  return a > b ? a : b;
}

static Figures figures_of(const Plan *plan, const Job *job) {
  const uint32_t *r = job->reg;
  uint64_t fetches = r[JOB_FETCHES], bus = (uint64_t)plan->bus_bytes;
  Figures f = {.blocks = ceil_div(r[JOB_TILES], r[JOB_BLOCK_TILES]),
               .groups = ceil_div(r[JOB_PANELS], r[JOB_GROUP_PANELS]),
               .bytes = {(uint64_t)r[JOB_A_SEGMENTS] * r[JOB_A_BYTES], fetches * job->b_bytes, fetches * job->p_bytes,
                         job->c_bytes}};
  uint64_t reads = f.bytes[0] + f.bytes[1] + f.bytes[2];
  uint64_t cycles = job->steps * (uint64_t)plan_step_cycles(plan); // of the engine, if no zeros are skipped
  f.least_cycles = max_of(cycles, max_of(ceil_div(reads, bus), ceil_div(f.bytes[3], bus)));
  InfoBuffer buffers[INFO_BUFFERS];
  info_buffers(plan, buffers);
  const EnginePack *engine = engine_pack(plan);
  double all = (double)cycles, step_cycles = plan_step_cycles(plan),
         most = engine->seen ? engine->seen(plan) : plan->a_depth * plan->k0;
  double step = (double)plan_stored(plan, (uint64_t)plan->b_beat) * plan->m0 / plan->a_rows; // of a bank
  double a_step = buffers[INFO_A].needs * step / most, b_word = plan->b_word_bits / 8.0;
  f.levels[0] = (Level){"A buffer", a_step / step_cycles, buffers[INFO_A].has};
  f.levels[1] = (Level){"B buffer", b_word * plan->b_step_words / step_cycles, buffers[INFO_B].has};
  f.levels[2] = (Level){"memory read", (double)reads / all, (double)bus};
  f.levels[3] = (Level){"memory write", (double)f.bytes[3] / all, (double)bus};
  return f;
}

static const char *layout_of(const Job *job) {
  return job->reg[JOB_A_MODE] ? "banked" : "image";
}

static json_t *to_json(const Plan *plan, const Shape *shape, const Job *job, const Figures *f) {
  const uint32_t *r = job->reg;
  json_t *json = json_pack("{s:s, s:I, s:I, s:I, s:s}", "config", plan->name, "m", (json_int_t)shape->m, "n",
                           (json_int_t)shape->n, "k", (json_int_t)shape->k, "a_layout", layout_of(job));
  json_object_set_new(json, "blocks", json_integer((json_int_t)f->blocks));
  json_object_set_new(json, "block_tiles", json_integer(r[JOB_BLOCK_TILES]));
  json_object_set_new(json, "groups", json_integer((json_int_t)f->groups));
  json_object_set_new(json, "group_panels", json_integer(r[JOB_GROUP_PANELS]));
  json_object_set_new(json, "b_fetches", json_integer(r[JOB_FETCHES]));
  json_object_set_new(json, "steps", json_integer((json_int_t)job->steps));
  json_object_set_new(json, "dense_cycles", json_integer((json_int_t)job->dense_cycles));
  json_object_set_new(json, "least_bytes", json_integer((json_int_t)job->least_bytes));
  json_object_set_new(json, "least_cycles", json_integer((json_int_t)f->least_cycles));
  json_t *bytes = json_object(), *levels = json_object();
  for (int i = 0; i < STREAMS; i++)
    json_object_set_new(bytes, stream_names[i], json_integer((json_int_t)f->bytes[i]));
  for (int i = 0; i < LEVELS; i++)
    json_object_set_new(levels, f->levels[i].name,
                        json_pack("{s:f, s:f}", "needs", f->levels[i].needs, "has", f->levels[i].has));
  json_object_set_new(json, "bytes", bytes);
  json_object_set_new(json, "bandwidth", levels);
  return json;
}

static void print_order(const Job *job, const Figures *f) {
  const uint32_t *r = job->reg;
  printf("Loop order\n  blocks       %10" PRIu64 "  of %" PRIu32 " m-tiles; A stays, %s\n", f->blocks,
         r[JOB_BLOCK_TILES], r[JOB_A_MODE] ? "a row per bank" : "an image in every bank");
  printf("  groups       %10" PRIu64 "  of %" PRIu32 " panels; B is read %" PRIu32 " time%s\n", f->groups,
         r[JOB_GROUP_PANELS], r[JOB_FETCHES], r[JOB_FETCHES] == 1 ? "" : "s");
  printf("  steps        %10" PRIu64 "  %" PRIu32 " m-tiles x %" PRIu32 " panels x %" PRIu32 "; dense cycles %" PRIu64
         "\n\n",
         job->steps, r[JOB_TILES], r[JOB_PANELS], r[JOB_STEPS], job->dense_cycles);
}

static void print_text(const Plan *plan, const Shape *shape, const Job *job, const Figures *f) {
  static const char *const words[STREAMS] = {"A", "B", "column parameters", "C"};
  printf("%s on %s: C[%" PRIu32 ",%" PRIu32 "], K = %" PRIu32 "\n\n", shape->conv ? "convolution" : "GEMM", plan->name,
         shape->m, shape->n, shape->k);
  print_order(job, f);
  puts("Bytes over the bus at best");
  for (int i = 0; i < STREAMS; i++)
    printf("  %-18s %12" PRIu64 "\n", words[i], f->bytes[i]);
  printf("  %-18s %12" PRIu64 "  %d a cycle each way\n\n", "all", job->least_bytes, plan->bus_bytes);
  puts("Bandwidth, bytes a cycle       needs       has");
  for (const Level *level = f->levels; level < f->levels + LEVELS; level++)
    printf("  %-22s %11.2f %9.2f%s\n", level->name, level->needs, level->has,
           level->needs > level->has ? "  the engine has to wait" : "");
  printf("\nAt best %" PRIu64 " cycles: the largest of steps, bytes read / bus width, bytes written / bus width\n",
         f->least_cycles);
}

int info_shape(const Plan *plan, const Options *options) {
  Shape shape;
  Job job;
  if (!plan_has(plan, PART_NEST)) {
    error_at(NULL, 0, 0, "%s has no loop order: its engine drives the job itself; run --sim model tells its cycles",
             plan->name);
    return EXIT_BAD_INPUT;
  }
  if (!make_job(plan, options, &shape, &job)) return EXIT_BAD_INPUT;
  Figures figures = figures_of(plan, &job);
  if (!options->json_text) {
    print_text(plan, &shape, &job, &figures);
    return EXIT_CORRECT;
  }
  json_t *json = to_json(plan, &shape, &job, &figures);
  int status =
      json && !json_dumpf(json, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) ? EXIT_CORRECT : EXIT_BAD_INPUT;
  putchar('\n');
  json_decref(json);
  return status;
}
