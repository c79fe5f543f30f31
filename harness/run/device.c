// The driver's part of a run, over the device interface: memory image, registers, start, errors, results.
#include "harness/run/device.h"
#include "gen/base/error.h"
#include "gen/base/paths.h"
#include "harness/base/progress.h"
#include "harness/pack/injection.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_EVERY = 64, BEFORE = 2000 }; // cycles

#define CONTROL_REG(NAME, offset, ...) CONTROL_##NAME = offset,
enum { REGISTERS_CONTROL(CONTROL_REG) };
#undef CONTROL_REG

static bool write_image(Dut *dut, const Image *image) {
  for (int i = 0; i < REGION_COUNT; i++) {
    if (image->bytes[i] && !dut_memory_map(dut, image->address[i], image->bytes[i], image_written(i))) return false;
    if (image->data[i] && !dut_memory_write(dut, image->address[i], image->data[i], image->bytes[i])) return false;
  }
  return true;
}

static bool write_registers(Dut *dut, const Plan *plan, const Job *job) {
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job_has_register(plan, i) && !dut_register_write(dut, job_register_offset[i], job->reg[i])) return false;
  return true;
}

// How much of each region there is to read; false if the counters say more than there is room for.
static bool size_results(const Image *image, const uint64_t *counters, ResultSizes *size) {
  ResultSizes room = {image->bytes[REGION_C], image->bytes[REGION_CM], image->bytes[REGION_CL]};
  *size = room;
  if (!result_format(&image->job)->counted) return true;
  *size = (ResultSizes){counters[COUNTER_BYTES_C], counters[COUNTER_CM_BYTES], counters[COUNTER_CL_BYTES]};
  return (size->c <= room.c && size->meta <= room.meta && size->lengths <= room.lengths) ||
         error_at(NULL, 0, 0,
                  "C has %" PRIu64 " bytes of values, %" PRIu64 " of metadata and %" PRIu64
                  " of lengths by the device's counters, %" PRIu64 ", %" PRIu64 " and %" PRIu64 " would be right",
                  size->c, size->meta, size->lengths, room.c, room.meta, room.lengths);
}

static bool read_results(Dut *dut, const Plan *plan, const Image *image, const uint64_t *counters, Results *results) {
  ResultBytes bytes;
  char why[RESULT_WHY];
  if (!size_results(image, counters, &bytes.size)) return false;
  uint8_t *memory = malloc(bytes.size.c + bytes.size.meta + bytes.size.lengths + 1);
  uint8_t *meta = memory + bytes.size.c, *lengths = meta + bytes.size.meta;
  bytes.c = memory;
  bytes.meta = meta;
  bytes.lengths = lengths;
  bool good = memory && dut_memory_read(dut, image->address[REGION_C], memory, bytes.size.c) &&
              dut_memory_read(dut, image->address[REGION_CM], meta, bytes.size.meta) &&
              dut_memory_read(dut, image->address[REGION_CL], lengths, bytes.size.lengths);
  if (!good)
    error_at(NULL, 0, 0, "C can't be read back: %s", memory ? dut_message(dut) : "memory is too short");
  else if (!result_format(&image->job)->read(plan, &image->job, &bytes, results, why))
    good = error_at(NULL, 0, 0, "C as the device wrote it can't be read back: %s", why);
  free(memory);
  return good;
}

// A waveform to be recorded; path NULL: none.
typedef struct Trace {
  const char *path;
  uint64_t from, to;
} Trace;

// What fails before the device runs is not the device's fault: *status is EXIT_BAD_INPUT then, else EXIT_DEVICE.
static Dut *open_device(const Options *o, const Plan *plan, const char *bundle, const Trace *trace, int *status) {
  char why[4096], cache[PATH_MAX];
  bool runs = false;
  Injection injection;
  *status = EXIT_BAD_INPUT;
  if (!injection_parse(o->inject, &injection) || !paths_build("models", cache, sizeof cache)) return NULL;
  DutSettings settings = {.backend = o->sim == SIM_ICARUS ? DUT_ICARUS : DUT_VERILATOR,
                          .bundle = bundle,
                          .cache = cache,
                          .runs = &runs,
                          .mem_latency = (uint32_t)o->mem_latency,
                          .mem_bandwidth = o->mem_bandwidth,
                          .stall_percent = (int)o->stall,
                          .seed = (uint64_t)o->seed,
                          .faults = &injection.fault,
                          .fault_count = injection.faults,
                          .trace_path = trace->path,
                          .trace_from = trace->from,
                          .trace_to = trace->to};
  Dut *dut = dut_open(&settings, plan, why, sizeof why);
  if (!dut) error_at(NULL, 0, 0, "%s: %s", runs ? "the device is broken" : "the model can't be built or loaded", why);
  if (runs) *status = EXIT_DEVICE;
  return dut;
}

typedef struct DeviceError {
  uint32_t code;
  const char *what, *position;
} DeviceError;

#define DEVICE_ERROR(NAME, code, what, position) {code, what, position},
static const DeviceError device_errors[] = {DEVICE_ERRORS(DEVICE_ERROR)};
#undef DEVICE_ERROR

// What STATUS says after irq_o; prints the device's error if there is one.
static bool check_status(Dut *dut) {
  uint32_t status, code, position;
  if (!dut_register_read(dut, CONTROL_STATUS, &status) || !dut_register_read(dut, CONTROL_ERR_CODE, &code) ||
      !dut_register_read(dut, CONTROL_ERR_POS, &position))
    return error_at(NULL, 0, 0, "the device is broken: %s", dut_message(dut));
  if (!(status & STATUS_ERROR)) return true;
  for (size_t i = 0; i < sizeof device_errors / sizeof device_errors[0]; i++)
    if (device_errors[i].code == code)
      return error_at(NULL, 0, 0, "device error %" PRIu32 " after %" PRIu64 " cycles: %s; position 0x%" PRIx32 " (%s)",
                      code, dut_cycle(dut), device_errors[i].what, position, device_errors[i].position);
  return error_at(NULL, 0, 0, "device error %" PRIu32 ", position 0x%" PRIx32 ", which this tool does not know", code,
                  position);
}

static bool check_run(Dut *dut, DutStatus status, const Options *options) {
  switch (status) {
  case DUT_DONE:
    return check_status(dut);
  case DUT_LIMIT:
    return error_at(NULL, 0, 0, "not done after %" PRId64 " cycles; give more with --max-cycles", options->max_cycles);
  case DUT_STOPPED:
  case DUT_BROKEN:
    break;
  }
  return error_at(NULL, 0, 0, "the device is broken: %s", dut_message(dut));
}

static bool start_and_read(Dut *dut, const Options *options, const Plan *plan, const Workload *w, const Image *image,
                           uint64_t expected_cycles, DeviceRun *run) {
  Progress progress = progress_begin(expected_cycles);
  DutStatus status = dut_run(dut, (uint64_t)options->max_cycles, progress_tick, &progress);
  run->wall_s = seconds_now() - progress.start;
  progress_end(&progress);
  if (!check_run(dut, status, options)) return false;
  if (!dut_counters(dut, run->counters)) return error_at(NULL, 0, 0, "the device is broken: %s", dut_message(dut));
  run->results = (Results){.m = w->shape.m, .n = w->shape.n};
  return read_results(dut, plan, image, run->counters, &run->results);
}

static bool prepare(Dut *dut, const Plan *plan, const Image *image) {
  if (write_image(dut, image) && write_registers(dut, plan, &image->job)) return true;
  return error_at(NULL, 0, 0, "the device can't be set up: %s", dut_message(dut));
}

int device_run(const Options *options, const Plan *plan, const Workload *w, const Image *image, const char *bundle,
               uint64_t expected_cycles, DeviceRun *run) {
  Trace trace = {options->trace, (uint64_t)options->trace_window[0], (uint64_t)options->trace_window[1]};
  *run = (DeviceRun){.wall_s = 0};
  int status;
  Dut *dut = open_device(options, plan, bundle, &trace, &status);
  if (!dut) return status;
  bool good = prepare(dut, plan, image) && start_and_read(dut, options, plan, w, image, expected_cycles, run);
  dut_close(dut);
  return good ? EXIT_CORRECT : EXIT_DEVICE;
}

// The job before has written this one's A. Where there is no value a byte is read all the same.
static void follow(const Image *before, const uint64_t *counters, Image *image) {
  static const struct {
    ImageRegion from, to;
    JobRegister low;
  } links[] = {{REGION_C, REGION_A, JOB_A_ADDR_LO}, {REGION_CM, REGION_AM, JOB_AM_ADDR_LO}};
  uint32_t *r = image->job.reg;
  for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
    uint64_t address = before->address[links[i].from];
    image->address[links[i].to] = address;
    image->bytes[links[i].to] = 0;
    free(image->data[links[i].to]);
    image->data[links[i].to] = NULL;
    r[links[i].low] = (uint32_t)address;
    r[links[i].low + 1] = (uint32_t)(address >> 32);
  }
  if (!r[JOB_A_FORMAT]) return;
  r[JOB_A_VALUES] = (uint32_t)counters[COUNTER_C_VALUES];
  r[JOB_A_BYTES] = r[JOB_A_VALUES] ? r[JOB_A_VALUES] : 1;
  r[JOB_AM_BYTES] = (uint32_t)counters[COUNTER_CM_BYTES];
}

static bool clear_done(Dut *dut) {
  return dut_register_write(dut, CONTROL_STATUS, STATUS_DONE) ||
         error_at(NULL, 0, 0, "the device is broken: %s", dut_message(dut));
}

int device_chain(const Options *options, const Plan *plan, const char *bundle, DeviceStep *steps, int count) {
  Trace trace = {NULL, 0, 0};
  int status;
  Dut *dut = open_device(options, plan, bundle, &trace, &status);
  bool good = dut != NULL;
  for (int i = 0; i < count && good; i++) {
    const Workload *w = steps[i].workload;
    DeviceRun *run = steps[i].run;
    *run = (DeviceRun){.wall_s = 0};
    if (i > 0) follow(steps[i - 1].image, steps[i - 1].run->counters, steps[i].image);
    good = prepare(dut, plan, steps[i].image) &&
           start_and_read(dut, options, plan, w, steps[i].image, steps[i].expected_cycles, run) && clear_done(dut);
  }
  dut_close(dut);
  return good ? EXIT_CORRECT : status;
}

void device_free(DeviceRun *run) {
  results_free(&run->results);
}

// Writes something else than the element will become, then steps until it has changed. 0: it did not within `limit`.
static uint64_t find_write(Dut *dut, uint64_t address, int32_t value, size_t bytes, uint64_t limit) {
  uint8_t now, poison = (uint8_t)~value;
  for (size_t i = 0; i < bytes; i++)
    if (!dut_memory_write(dut, address + i, &poison, 1)) return 0;
  if (dut_run(dut, 1, NULL, NULL) != DUT_LIMIT) return 0;
  while (dut_cycle(dut) < limit)
    if (!dut_step(dut, LOOK_EVERY) || !dut_memory_read(dut, address, &now, 1))
      return 0;
    else if (now != poison)
      return dut_cycle(dut);
  return 0;
}

bool device_trace_element(const Options *options, const Plan *plan, const Workload *w, const Image *image,
                          const char *bundle, const DeviceRun *run, int64_t element, const char *path) {
  Trace trace = {NULL, 0, 0};
  size_t bytes = w->epilogue.narrow ? 1 : 4;
  int status;
  Dut *dut = open_device(options, plan, bundle, &trace, &status);
  if (dut && prepare(dut, plan, image))
    trace.to = find_write(dut, image->address[REGION_C] + (uint64_t)element * bytes, run->results.dense[element], bytes,
                          run->counters[COUNTER_CYCLES] + LOOK_EVERY);
  dut_close(dut);
  if (!trace.to) trace.to = run->counters[COUNTER_CYCLES]; // never written: the end of the run must show why
  trace.path = path;
  trace.from = trace.to > BEFORE ? trace.to - BEFORE : 1;
  dut = open_device(options, plan, bundle, &trace, &status);
  bool good = dut && prepare(dut, plan, image) && dut_run(dut, trace.to + 1, NULL, NULL) != DUT_BROKEN;
  dut_close(dut);
  return good;
}
