// What the tests of a generated shell share: four accelerators, a job for each, and runs of it through the device
// interface that look at the result and at what lies around it.
#ifndef LACUNA_TEST_SUPPORT_SHELL_H
#define LACUNA_TEST_SUPPORT_SHELL_H

#include "harness/pack/image.h"
#include "tests/unit/support_device.h"

enum { ID = 0x000, VERSION = 0x004, HASH_LO = 0x008, HASH_HI = 0x00c, CAPS = 0x010, TILE = 0x014 };
enum { CTRL = 0x020, STATUS = 0x024, ERR_CODE = 0x028, ERR_POS = 0x02c, IRQ_EN = 0x030, WATCHDOG = 0x034 };
enum { DONE = 2, ERROR = 4 };
enum { DENSE = 1, GRIFFIN = 2, HSS = 3, OUTER = 4, ZERO_POINT = 4, A_SIGNED = 2, FULL_COUNTERS = 1 }; // of CAPS
enum { GUARD = 4096, POISON = 0xa5 };

typedef struct Subject {
  const char *config;
  const char *options; // of the command line, and what they make of A and B:
  PackingChoice choice;
  AFormat a_format;
  uint32_t caps, tile;
} Subject;

#define SMALL "--a random:10x21:0.6 --b random:21x12:0.5 "

static const Subject subjects[] = {
    {.config = "tests/configs/tile_3x5x4.yaml",
     .options = SMALL,
     .caps = DENSE << 24 | 8 << 16 | A_SIGNED | FULL_COUNTERS,
     .tile = 3 | 5 << 8 | 4 << 16},
    {.config = "tests/configs/hss_3x5x8_a_bits4.yaml",
     .options = SMALL "--prune --pattern hss:2:3/2:4 --a-format compressed",
     .choice = {.mode = MODE_B, .h = {4, 3, 1}},
     .a_format = A_FORMAT_COMPRESSED,
     .caps = HSS << 24 | 4 << 16 | ZERO_POINT | FULL_COUNTERS,
     .tile = 3 | 5 << 8 | 8 << 16},
    {.config = "tests/configs/griffin_2x4x8_run_on.yaml",
     .options = SMALL,
     .choice = {.mode = MODE_AB},
     .caps = GRIFFIN << 24 | 8 << 16 | A_SIGNED | FULL_COUNTERS,
     .tile = 2 | 4 << 8 | 8 << 16},
    {.config = "configs/dsso_64.yaml",
     .options = SMALL "--prune --pattern hss:2:5/4:4",
     .choice = {.mode = MODE_AB, .h = {4, 5, 1}},
     .caps = HSS << 24 | 8 << 16 | A_SIGNED | FULL_COUNTERS,
     .tile = 2 | 4 << 8 | 8 << 16},
    {.config = "tests/configs/outer_2x4_smallest.yaml",
     .options = "--a random:19x21:0.5 --b random:21x40:0.4 --a-format compressed",
     .choice = {.mode = MODE_AB},
     .a_format = A_FORMAT_COMPRESSED,
     .caps = OUTER << 24 | 8 << 16 | A_SIGNED,
     .tile = 16 | 16 << 8 | 2 << 16},
};

static const Subject *subject;
static Plan plan;
static char bundle[BUNDLE_PATH];
static Workload workload;
static Image image;

static inline bool read_options(Options *options) {
  static char text[256]; // options point into it
  char *words[24];
  int count = 0;
  snprintf(text, sizeof text, "lacuna run %s --out-type int8 %s", subject->config, subject->options);
  for (char *word = strtok(text, " "); word && count < 24; word = strtok(NULL, " "))
    words[count++] = word;
  return options_parse(count, words, options) == PARSE_RUN;
}

static inline int shell_setup(void **state) {
  PackingSource source;
  Options options;
  if (folder_setup(state) || !bundle_make(subject->config, &plan, bundle) || !read_options(&options)) return -1;
  if (!workload_load(&options, &plan, &workload) || !packing_source_make(&plan, &workload, &source)) return -1;
  source.a_format = subject->a_format;
  bool good = image_build(&source, &subject->choice, &image);
  packing_source_free(&source);
  return good ? 0 : -1;
}

static inline int shell_teardown(void **state) {
  workload_free(&workload);
  image_free(&image);
  return folder_teardown(state);
}

static inline Dut *open_shell(DutSettings settings) {
  return bundle_open(settings, &plan, bundle);
}

static inline uint32_t read_register(Dut *dut, uint32_t offset) {
  uint32_t value;
  if (!dut_register_read(dut, offset, &value)) fail_msg("reading 0x%03x: %s", offset, dut_message(dut));
  return value;
}

static inline void write_register(Dut *dut, uint32_t offset, uint32_t value) {
  if (!dut_register_write(dut, offset, value)) fail_msg("writing 0x%03x: %s", offset, dut_message(dut));
}

// ---- runs

// C lies between two guards of poison, in one region.
static inline void load(Dut *dut) {
  dut_memory_unmap_all(dut);
  for (int i = 0; i < REGION_C; i++)
    if (image.bytes[i]) {
      assert_true(dut_memory_map(dut, image.address[i], image.bytes[i], false));
      assert_true(dut_memory_write(dut, image.address[i], image.data[i], image.bytes[i]));
    }
  size_t size = image.bytes[REGION_C] + GUARD + 64;
  uint8_t *poison = malloc(size);
  assert_non_null(poison);
  memset(poison, POISON, size);
  assert_true(dut_memory_map(dut, image.address[REGION_C] - 64, size, true));
  assert_true(dut_memory_write(dut, image.address[REGION_C] - 64, poison, size));
  free(poison);
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job_has_register(&plan, i)) write_register(dut, job_register_offset[i], image.job.reg[i]);
}

// Results without their zeros, their metadata in the guard behind them.
static inline void ask_for_sparse_c(Dut *dut) {
  uint64_t meta = (image.address[REGION_C] + image.bytes[REGION_C] + 63) / 64 * 64;
  write_register(dut, job_register_offset[JOB_C_FORMAT], 1);
  write_register(dut, job_register_offset[JOB_CM_ADDR_LO], (uint32_t)meta);
  write_register(dut, job_register_offset[JOB_CM_ADDR_HI], (uint32_t)(meta >> 32));
  write_register(dut, job_register_offset[JOB_C_ROWS], workload.shape.m);
  write_register(dut, job_register_offset[JOB_C_SEG_ROWS], 1);
  write_register(dut, job_register_offset[JOB_C_CAP], (uint32_t)image.bytes[REGION_C]);
  write_register(dut, job_register_offset[JOB_CM_CAP], GUARD - 64);
}

static inline void assert_guards(Dut *dut) {
  uint8_t guard[GUARD];
  assert_true(dut_memory_read(dut, image.address[REGION_C] - 64, guard, 64));
  for (int i = 0; i < 64; i++)
    assert_int_equal(guard[i], POISON);
  assert_true(dut_memory_read(dut, image.address[REGION_C] + image.bytes[REGION_C], guard, GUARD));
  for (int i = 0; i < GUARD; i++)
    assert_int_equal(guard[i], POISON);
}

static inline void assert_right(Dut *dut) {
  size_t count = (size_t)workload.shape.m * workload.shape.n;
  uint8_t *bytes = malloc(count);
  assert_non_null(bytes);
  assert_true(dut_memory_read(dut, image.address[REGION_C], bytes, count));
  for (size_t i = 0; i < count; i++)
    assert_int_equal((int8_t)bytes[i], workload.expected.dense[i]);
  free(bytes);
  assert_guards(dut);
}

static inline DutStatus start(Dut *dut) {
  DutStatus status = dut_run(dut, 2000000, NULL, NULL);
  if (status == DUT_BROKEN) fail_msg("%s", dut_message(dut));
  return status;
}

static inline void run_well(Dut *dut) {
  load(dut);
  assert_int_equal(start(dut), DUT_DONE);
  assert_int_equal(read_register(dut, STATUS), DONE);
  assert_right(dut);
  write_register(dut, STATUS, DONE | ERROR);
  assert_int_equal(read_register(dut, STATUS), 0);
}

static inline void assert_fault(Dut *dut, uint32_t code) {
  assert_int_equal(start(dut), DUT_DONE);
  assert_int_equal(read_register(dut, STATUS), DONE | ERROR);
  assert_int_equal(read_register(dut, ERR_CODE), code);
  assert_guards(dut);
}

static inline void clear_fault(Dut *dut) {
  write_register(dut, STATUS, DONE | ERROR);
  assert_int_equal(read_register(dut, STATUS), 0);
  assert_false(dut_irq(dut));
}

#endif
