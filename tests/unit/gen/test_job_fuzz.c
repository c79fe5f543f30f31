// Sets of job registers that do not fit each other: good jobs with one to three registers changed, on every engine.
// Every such job ends, writes nothing outside of its results, and says that it has done well only if they are right.
// Run from the project's folder.
#include "tests/unit/support_shell.h"

enum { ROUNDS = 300, LONG = 100000, ROOM = 1 << 16 }; // jobs; cycles of one; bytes behind C that are looked at
// Those that say how much is computed, and how it is cut.
static const JobRegister sizes[] = {
    JOB_M,          JOB_N,         JOB_TILES,   JOB_PANELS,  JOB_BLOCK_TILES, JOB_GROUP_PANELS, JOB_BLOCK_PANELS,
    JOB_BLOCK_COLS, JOB_STEPS,     JOB_C_PITCH, JOB_C_SLOTS, JOB_FETCHES,     JOB_C_SLOT_WORDS, JOB_A_SEGMENTS,
    JOB_A_VALUES,   JOB_C_ADDR_LO, JOB_B_BYTES, JOB_B_KEEP,  JOB_B_DROP,      JOB_M_BYTES,      JOB_M_KEEP,
    JOB_M_DROP,     JOB_P_BYTES,   JOB_P_KEEP,  JOB_P_DROP,  JOB_A_BYTES,     JOB_A_PITCH,
};
// Those that say where A lies: of other rows, results are other results.
static const JobRegister places[] = {JOB_A_BYTES, JOB_A_PITCH};

static uint32_t job[JOB_REGISTER_COUNT]; // as it is written
static uint64_t random_state;

static uint32_t draw(uint32_t below) {
  random_state = random_state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)(random_state >> 33) % below;
}

static uint32_t changed(uint32_t value) {
  switch (draw(6)) {
  case 0:
    return value + 1;
  case 1:
    return value - 1;
  case 2:
    return value + draw(9) - 4;
  case 3:
    return draw(2) ? 2 * value : value / 2;
  case 4:
    return 1u << draw(32);
  default:
    return 1 + draw(64);
  }
}

// The same job in other blocks of m-tiles: B and the column parameters are read more than once.
static void cut_blocks(void) {
  job[JOB_BLOCK_TILES] = 1 + draw(job[JOB_BLOCK_TILES]);
  job[JOB_FETCHES] = (job[JOB_TILES] + job[JOB_BLOCK_TILES] - 1) / job[JOB_BLOCK_TILES];
}

static void spoil(Dut *dut) {
  memcpy(job, image.job.reg, sizeof job);
  if (draw(2)) cut_blocks();
  for (uint32_t i = 0, count = 1 + draw(3); i < count; i++) {
    JobRegister which = sizes[draw(sizeof sizes / sizeof *sizes)];
    if (!job_has_register(&plan, (int)which)) continue;
    job[which] = changed(job[which]);
  }
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job_has_register(&plan, i)) write_register(dut, job_register_offset[i], job[i]);
}

static const char *changes(void) {
  static char text[400];
  int length = 0;
#define NAME_ROW(NAME, ...) #NAME,
  static const char *const names[] = {REGISTERS_JOB(NAME_ROW)};
#undef NAME_ROW
  text[0] = '\0';
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job[i] != image.job.reg[i])
      length +=
          snprintf(text + length, sizeof text - (size_t)length, " %s %u, was %u;", names[i], job[i], image.job.reg[i]);
  return text;
}

// What of the memory around C is a result of the job as it was written, at most.
static bool may_write(uint64_t address) {
  uint64_t first = (uint64_t)job[JOB_C_ADDR_HI] << 32 | job[JOB_C_ADDR_LO];
  if (address < first || !job[JOB_C_PITCH]) return false;
  return (address - first) / job[JOB_C_PITCH] < job[JOB_M] && (address - first) % job[JOB_C_PITCH] < job[JOB_N];
}

static uint64_t result_address(uint32_t row, uint32_t column) {
  return ((uint64_t)job[JOB_C_ADDR_HI] << 32 | job[JOB_C_ADDR_LO]) + (uint64_t)row * job[JOB_C_PITCH] + column;
}

// C in the middle of poison, which alone the device may write; all of it is looked at.
typedef struct Field {
  uint64_t base;
  size_t bytes;
  uint8_t *data;
} Field;

static Field field_make(void) {
  Field field = {.base = image.address[REGION_C] - GUARD, .bytes = GUARD + ROOM};
  field.data = malloc(field.bytes);
  assert_non_null(field.data);
  return field;
}

static void field_load(Dut *dut, const Field *field) {
  load(dut);
  dut_memory_unmap_all(dut);
  for (int i = 0; i < REGION_C; i++)
    if (image.bytes[i]) {
      assert_true(dut_memory_map(dut, image.address[i], image.bytes[i], false));
      assert_true(dut_memory_write(dut, image.address[i], image.data[i], image.bytes[i]));
    }
  memset(field->data, POISON, field->bytes);
  assert_true(dut_memory_map(dut, field->base, field->bytes, true));
  assert_true(dut_memory_write(dut, field->base, field->data, field->bytes));
}

static void check_outside(int round, const Field *field) {
  for (size_t i = 0; i < field->bytes; i++)
    if (field->data[i] != POISON && !may_write(field->base + i))
      fail_msg("round %d:%s C + %d was written", round, changes(), (int)(i - GUARD));
}

// Rows and columns of the good job are as it has them; of others nothing is known, nor of a second block of groups,
// whose columns are those of another convolution.
static void check_results(int round, const Field *field) {
  for (size_t i = 0; i < sizeof places / sizeof *places; i++)
    if (job[places[i]] != image.job.reg[places[i]]) return;
  for (uint32_t row = 0; row < job[JOB_M] && row < workload.shape.m; row++)
    for (uint32_t column = 0; column < job[JOB_N] && column < workload.shape.n && column < job[JOB_BLOCK_COLS];
         column++) {
      uint64_t at = result_address(row, column) - field->base;
      assert_true(at < field->bytes);
      if ((int8_t)field->data[at] != workload.expected.dense[(size_t)row * workload.shape.n + column])
        fail_msg("round %d:%s done, but C[%u, %u] is wrong", round, changes(), row, column);
    }
}

static void changed_jobs_end_and_write_nothing_but_right_results(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  Field field = field_make();
  int good = 0, codes[16] = {0};
  random_state = 7;
  for (int round = 0; round < ROUNDS; round++) {
    field_load(dut, &field);
    write_register(dut, WATCHDOG, 600);
    spoil(dut);
    DutStatus status = dut_run(dut, LONG, NULL, NULL);
    if (status == DUT_BROKEN) fail_msg("round %d:%s %s", round, changes(), dut_message(dut));
    if (status != DUT_DONE) fail_msg("round %d:%s no end", round, changes());
    assert_true(dut_memory_read(dut, field.base, field.data, field.bytes));
    check_outside(round, &field);
    uint32_t code = read_register(dut, ERR_CODE);
    codes[code & 15]++;
    if (!code) check_results(round, &field);
    good += !code;
    clear_fault(dut);
  }
  assert_in_range(good, 1, ROUNDS / 2);
  assert_true(codes[ERR_BAD_JOB] > 5 && codes[ERR_STREAM] > 5);
  run_well(dut);
  free(field.data);
  dut_close(dut);
}

static int fuzz(const Subject *s) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(changed_jobs_end_and_write_nothing_but_right_results)};
  subject = s;
  return cmocka_run_group_tests_name(s->config, tests, shell_setup, shell_teardown);
}

int main(void) {
  int failed = 0;
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
    failed += fuzz(&subjects[i]);
  return failed;
}
