// Offsets of structured weights spoilt bit by bit, all over B: the device names the first word that is not legal by
// docs/engines/hss.md, writes nothing outside of C and runs well afterwards; where only bits that fill up a part
// change, it runs as if nothing were. Registers that make no sense break no rule of the bus. Run from the project's
// folder.
#include "harness/operand/random.h"
#include "harness/pack/image.h"
#include "tests/unit/support_device.h"

#define CONFIG  "tests/configs/hss_3x5x8_three_ranks.yaml"
#define PATTERN "hss:2:3/2:2/2:3"

enum { STATUS = 0x024, ERR_CODE = 0x028, ERR_POS = 0x02c, WATCHDOG = 0x034 };
enum { DONE = 2, ERROR = 4 };
enum { GUARD = 4096, POISON = 0xa5 };

static Plan plan;
static Workload workload;
static Image image;
static Dut *dut;

static int make_image(void) {
  static char *words[] = {"lacuna",  "run",       CONFIG, "--a", "random:7x150:0.6", "--b", "random:150x23:0.9",
                          "--prune", "--pattern", PATTERN};
  PackingSource source;
  Options options;
  if (options_parse(sizeof words / sizeof *words, words, &options) != PARSE_RUN) return -1;
  if (!workload_load(&options, &plan, &workload)) return -1;
  PackingChoice choice = {.mode = MODE_B, .h = {3, 2, 3}};
  bool good = packing_source_make(&plan, &workload, &source) && image_build(&source, &choice, &image);
  packing_source_free(&source);
  return good ? 0 : -1;
}

static int setup(void **state) {
  char bundle[BUNDLE_PATH];
  if (folder_setup(state) || !bundle_make(CONFIG, &plan, bundle) || make_image()) return -1;
  dut = bundle_open((DutSettings){.mem_latency = 9}, &plan, bundle);
  return 0;
}

static int teardown(void **state) {
  dut_close(dut);
  workload_free(&workload);
  image_free(&image);
  return folder_teardown(state);
}

static uint32_t read_register(uint32_t offset) {
  uint32_t value = 0;
  if (!dut_register_read(dut, offset, &value)) fail_msg("reading 0x%03x: %s", offset, dut_message(dut));
  return value;
}

// C lies between two guards, in one region with them.
static void load(void) {
  size_t size = image.bytes[REGION_C] + 2 * GUARD;
  uint8_t *poison = malloc(size);
  assert_non_null(poison);
  memset(poison, POISON, size);
  dut_memory_unmap_all(dut);
  for (int i = 0; i < REGION_C; i++)
    if (image.bytes[i]) {
      assert_true(dut_memory_map(dut, image.address[i], image.bytes[i], false));
      assert_true(dut_memory_write(dut, image.address[i], image.data[i], image.bytes[i]));
    }
  assert_true(dut_memory_map(dut, image.address[REGION_C] - GUARD, size, true));
  assert_true(dut_memory_write(dut, image.address[REGION_C] - GUARD, poison, size));
  free(poison);
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    assert_true(!job_has_register(&plan, i) || dut_register_write(dut, job_register_offset[i], image.job.reg[i]));
}

static void assert_guards(void) {
  static uint8_t guard[2][GUARD];
  assert_true(dut_memory_read(dut, image.address[REGION_C] - GUARD, guard[0], GUARD));
  assert_true(dut_memory_read(dut, image.address[REGION_C] + image.bytes[REGION_C], guard[1], GUARD));
  for (int i = 0; i < GUARD; i++)
    assert_true(guard[0][i] == POISON && guard[1][i] == POISON);
}

static void assert_right(void) {
  size_t count = (size_t)workload.shape.m * workload.shape.n;
  int32_t *values = malloc(count * sizeof *values);
  assert_non_null(values);
  assert_true(dut_memory_read(dut, image.address[REGION_C], values, count * sizeof *values));
  assert_memory_equal(values, workload.expected.dense, count * sizeof *values);
  free(values);
}

// ---- what is legal

static int bits_at(uint64_t at, int bits) {
  int value = 0;
  for (int i = 0; i < bits; i++, at++)
    value |= (image.data[REGION_M][at / 8] >> at % 8 & 1) << i;
  return value;
}

// Offsets of a group, two bits each: of its parts, of their blocks, of the words of these; two of each node. Four bits
// of zeros fill up its part.
static bool is_group_legal(uint64_t at) {
  static const int nodes[] = {1, 2, 4}, children[] = {3, 2, 3};
  for (int rank = 0; rank < 3; rank++)
    for (int node = 0; node < nodes[rank]; node++, at += 4) {
      int first = bits_at(at, 2), second = bits_at(at + 2, 2);
      if (first >= second || second >= children[rank]) return false;
    }
  return bits_at(at, 4) == 0;
}

// The number of the first word that is not legal; that of all words if there is none. A group makes a part of 32 bits.
static uint64_t first_offence(void) {
  uint64_t groups = image.job.words * (uint64_t)plan.n0;
  for (uint64_t group = 0; group < groups; group++)
    if (!is_group_legal(group * 32)) return group / (uint64_t)plan.n0;
  return image.job.words;
}

static void check_run(uint64_t offence) {
  assert_int_equal(dut_run(dut, 200000, NULL, NULL), DUT_DONE);
  assert_int_equal(read_register(STATUS), offence < image.job.words ? DONE | ERROR : DONE);
  if (offence < image.job.words) {
    assert_int_equal(read_register(ERR_CODE), ERR_METADATA);
    assert_int_equal(read_register(ERR_POS), offence);
  } else {
    assert_right();
  }
  assert_guards();
  assert_true(dut_register_write(dut, STATUS, DONE | ERROR));
}

static void test_spoilt_bits(void **state) {
  (void)state;
  Random random = {3};
  assert_int_equal(plan.m_lane_bits, 32);
  assert_int_equal(image.bytes[REGION_M], image.job.words * (uint64_t)plan.n0 * 4);
  uint8_t *good = malloc(image.bytes[REGION_M]);
  assert_non_null(good);
  memcpy(good, image.data[REGION_M], image.bytes[REGION_M]);
  int faults = 0;
  for (int round = 0; round < 300; round++) {
    int place = random_between(&random, 0, (int)image.bytes[REGION_M] - 1), bit = random_between(&random, 0, 7);
    if (round % 4 == 0) place |= 3, bit |= 4; // fills up its part
    image.data[REGION_M][place] = (uint8_t)(good[place] ^ 1 << bit);
    uint64_t offence = first_offence();
    if (offence < image.job.words) { // a legal offset elsewhere has another result
      load();
      check_run(offence);
      faults++;
    }
    image.data[REGION_M][place] = good[place];
  }
  assert_in_range(faults, 175, 299);
  load();
  check_run(image.job.words);
  free(good);
}

// ---- registers that make no sense

static void test_wild_registers(void **state) {
  (void)state;
  static const JobRegister wild[] = {JOB_PATTERN, JOB_BEAT, JOB_MODE, JOB_M_BYTES, JOB_M_KEEP, JOB_M_DROP, JOB_STEPS};
  Random random = {8};
  for (int round = 0; round < 200; round++) {
    JobRegister which = wild[random_between(&random, 0, sizeof wild / sizeof *wild - 1)];
    uint32_t value = (uint32_t)random_next(&random) >> random_between(&random, 0, 31);
    load();
    assert_true(dut_register_write(dut, WATCHDOG, 2000));
    assert_true(dut_register_write(dut, job_register_offset[which], value));
    DutStatus status = dut_run(dut, 100000, NULL, NULL);
    if (status == DUT_BROKEN)
      fail_msg("register 0x%03x = 0x%x: %s", job_register_offset[which], value, dut_message(dut));
    assert_true(status == DUT_DONE ? dut_register_write(dut, STATUS, DONE | ERROR) : dut_reset(dut, 2));
  }
  assert_true(dut_reset(dut, 2));
  load();
  check_run(image.job.words);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_spoilt_bits), cmocka_unit_test(test_wild_registers)};
  return cmocka_run_group_tests(tests, setup, teardown);
}
