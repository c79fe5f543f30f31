// Job registers of which each alone is legal and which do not fit each other; compressed C that memory has no room for;
// and the watchdog, which leaves an array at work alone. Run from the project's folder.
#include "tests/unit/support_shell.h"

static uint32_t reg(JobRegister which) {
  return image.job.reg[which];
}

static void put(Dut *dut, JobRegister which, uint32_t value) {
  write_register(dut, job_register_offset[which], value);
}

// ---- m-tiles, panels, blocks of groups, slots, pitch

typedef struct Misfit {
  JobRegister which;
  int change;
  uint32_t code;
  JobRegister blamed; // of ERR_BAD_JOB
} Misfit;

// Lanes of a reading follow from the panels; the records of outer products say themselves how many there are.
static bool is_fault(const Misfit *misfit, uint32_t code, uint32_t at) {
  if (code == ERR_BAD_JOB && misfit->which == JOB_PANELS)
    return at == job_register_offset[JOB_B_KEEP] || at == job_register_offset[JOB_P_KEEP];
  if (code == ERR_BAD_JOB && at != job_register_offset[misfit->blamed]) return false;
  return code == misfit->code || (!plan_has(&plan, PART_LANES) && misfit->which == JOB_PANELS && code == ERR_METADATA);
}

static void check_misfit(Dut *dut, const Misfit *misfit) {
  uint32_t value = reg(misfit->which) + (uint32_t)misfit->change;
  if (!value || value > reg(misfit->which) + 64) return; // refused alone
  load(dut);
  put(dut, misfit->which, value);
  if (misfit->which == JOB_TILES) put(dut, JOB_FETCHES, (value + reg(JOB_BLOCK_TILES) - 1) / reg(JOB_BLOCK_TILES));
  write_register(dut, WATCHDOG, 2000);
  assert_int_equal(start(dut), DUT_DONE);
  uint32_t code = read_register(dut, ERR_CODE), at = read_register(dut, ERR_POS);
  if (!is_fault(misfit, code, at))
    fail_msg("register 0x%03x + %d: error %u at 0x%03x", job_register_offset[misfit->which], misfit->change, code, at);
  assert_guards(dut);
  clear_fault(dut);
}

static void registers_that_do_not_fit_each_other(void **state) {
  (void)state;
  const Misfit misfits[] = {
      {JOB_TILES, 1, ERR_STREAM, 0},
      {JOB_TILES, -1, ERR_STREAM, 0},
      {JOB_M, -plan.m0, ERR_STREAM, 0},
      {JOB_PANELS, 1, ERR_STREAM, 0},
      {JOB_PANELS, -1, ERR_STREAM, 0},
      {JOB_BLOCK_PANELS, 1, ERR_STREAM, 0},
      {JOB_N, -plan.n0, ERR_STREAM, 0},
      {JOB_N, 1, ERR_BAD_JOB, JOB_C_PITCH},
      {JOB_C_PITCH, -1, ERR_BAD_JOB, JOB_C_PITCH},
      {JOB_FETCHES, 1, ERR_BAD_JOB, JOB_FETCHES},
      {JOB_FETCHES, -1, ERR_BAD_JOB, JOB_FETCHES},
      {JOB_C_SLOT_WORDS, -1, ERR_BAD_JOB, JOB_C_SLOT_WORDS},
      {JOB_C_SLOT_WORDS, 2 * plan.c_half_words - (int)reg(JOB_C_SLOT_WORDS), ERR_BAD_JOB, JOB_C_SLOT_WORDS},
  };
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 9});
  for (size_t i = 0; i < sizeof misfits / sizeof *misfits; i++)
    check_misfit(dut, &misfits[i]);
  run_well(dut);
  dut_close(dut);
}

// ---- readings of B, its metadata and the column parameters

// A row of the table: bytes, lanes that count and lanes that do not, of a stream that is read FETCHES times.
typedef struct Stream {
  JobRegister bytes, keep, drop;
} Stream;

static const Stream streams[] = {{JOB_B_BYTES, JOB_B_KEEP, JOB_B_DROP},
                                 {JOB_P_BYTES, JOB_P_KEEP, JOB_P_DROP},
                                 {JOB_M_BYTES, JOB_M_KEEP, JOB_M_DROP}};

// The good job in blocks of one m-tile, so that everything is read more than once.
static void load_in_blocks(Dut *dut) {
  load(dut);
  write_register(dut, WATCHDOG, 2000);
  put(dut, JOB_BLOCK_TILES, 1);
  put(dut, JOB_FETCHES, reg(JOB_TILES));
}

static bool blames(const Stream *stream, uint32_t at) {
  return at == job_register_offset[stream->bytes] || at == job_register_offset[stream->keep] ||
         at == job_register_offset[stream->drop] || at == job_register_offset[JOB_B_BYTES] ||
         at == job_register_offset[JOB_M_KEEP] || at == job_register_offset[JOB_FETCHES];
}

static void expect_no_job(Dut *dut, const Stream *stream, const char *what, int change) {
  assert_int_equal(start(dut), DUT_DONE);
  uint32_t code = read_register(dut, ERR_CODE), at = read_register(dut, ERR_POS);
  bool records = !plan_has(&plan, PART_LANES) &&
                 (code == ERR_METADATA || code == ERR_READ); // they say themselves how long they are
  if (!records && code != ERR_STREAM && !(code == ERR_BAD_JOB && blames(stream, at)))
    fail_msg("%s in the stream of 0x%03x + %d: error %u at 0x%03x", what, job_register_offset[stream->bytes], change,
             code, at);
  assert_guards(dut);
  clear_fault(dut);
}

static void spoil_one(Dut *dut, const Stream *stream, JobRegister which, int change) {
  uint32_t value = reg(which == JOB_FETCHES ? JOB_TILES : which) + (uint32_t)change;
  if (!job_has_register(&plan, (int)which) || value > INT_MAX) return;
  if (!plan_has(&plan, PART_LANES) && stream->bytes != JOB_P_BYTES && which != stream->bytes && which != JOB_FETCHES)
    return;
  load_in_blocks(dut);
  put(dut, which, value);
  char one[16];
  snprintf(one, sizeof one, "0x%03x", job_register_offset[which]);
  expect_no_job(dut, stream, one, change);
}

// Bytes and lanes fit each other, but are `words` words more than B has.
static void spoil_all(Dut *dut, const Stream *stream, int lanes, int lane_bits, int words) {
  uint32_t keep = reg(stream->keep) + (uint32_t)(words * lanes), beat = (uint32_t)plan.bus_bits;
  uint32_t bits = keep * (uint32_t)lane_bits;
  if (!keep || keep > INT_MAX || !plan_has(&plan, PART_LANES)) return;
  load_in_blocks(dut);
  put(dut, stream->keep, keep);
  put(dut, stream->bytes, (bits + 7) / 8);
  put(dut, stream->drop, ((bits + beat - 1) / beat * beat - bits) / (uint32_t)lane_bits);
  expect_no_job(dut, stream, "all", words);
}

static void readings_end_where_panels_end(void **state) {
  (void)state;
  const int lanes[] = {plan.b_lanes, plan.p_lanes, plan.b_lanes};
  const int bits[] = {plan.b_lane_bits, plan.p_lane_bits, plan.m_lane_bits};
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  load_in_blocks(dut);
  assert_int_equal(start(dut), DUT_DONE);
  assert_int_equal(read_register(dut, ERR_CODE), 0);
  assert_right(dut);
  for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
    const Stream *stream = &streams[i];
    if (!reg(stream->bytes)) continue;
    for (int change = -1; change <= 1; change += 2) {
      spoil_one(dut, stream, stream->bytes, change);
      spoil_one(dut, stream, stream->bytes, change * plan.bus_bytes);
      spoil_one(dut, stream, stream->keep, change);
      spoil_one(dut, stream, stream->drop, change);
      spoil_one(dut, stream, JOB_FETCHES, change);
      spoil_all(dut, stream, lanes[i], bits[i], change);
    }
  }
  run_well(dut);
  dut_close(dut);
}

// ---- compressed C

static const Subject sparse = {.config = "tests/configs/outer_2x4_smallest.yaml",
                               .options = "--a random:19x21:0.5 --b random:21x16:0.4",
                               .choice = {.mode = MODE_AB}};

typedef struct Rows {
  uint32_t rows, seg_rows;
} Rows;

// Segments of any length are only another format; there are no more rows than M.
static void wrong_rows_of_sparse_c_end(void **state) {
  (void)state;
  const uint32_t m = reg(JOB_M);
  const Rows cases[] = {{m, 1}, {m, UINT32_MAX}, {1, 1}, {1, 7}, {m - 1, m}, {m + 1, 1}, {UINT32_MAX, m}};
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    load(dut);
    ask_for_sparse_c(dut);
    put(dut, JOB_C_ROWS, cases[i].rows);
    put(dut, JOB_C_SEG_ROWS, cases[i].seg_rows);
    assert_int_equal(start(dut), DUT_DONE);
    assert_int_equal(read_register(dut, ERR_CODE), cases[i].rows <= m ? 0 : ERR_BAD_JOB);
    if (cases[i].rows > m) assert_int_equal(read_register(dut, ERR_POS), job_register_offset[JOB_C_ROWS]);
    clear_fault(dut);
    run_well(dut);
  }
  dut_close(dut);
}

static void assert_poison(Dut *dut, uint64_t from, uint64_t end) {
  for (uint8_t byte; from < end; from++) {
    assert_true(dut_memory_read(dut, from, &byte, 1));
    assert_int_equal(byte, POISON);
  }
}

// Nothing is written past the capacities, and a job that fits them to the byte is as good as with room to spare.
static void run_with_room(Dut *dut, uint32_t values, uint32_t meta, bool fits) {
  uint64_t c = image.address[REGION_C], cm = (c + image.bytes[REGION_C] + 63) / 64 * 64;
  load(dut);
  ask_for_sparse_c(dut);
  put(dut, JOB_C_CAP, values);
  put(dut, JOB_CM_CAP, meta);
  assert_int_equal(start(dut), DUT_DONE);
  assert_int_equal(read_register(dut, ERR_CODE), fits ? 0 : ERR_CAPACITY);
  if (!fits) assert_in_range(read_register(dut, ERR_POS), 0, reg(JOB_M));
  assert_poison(dut, c + values, cm);
  assert_poison(dut, cm + meta, c + image.bytes[REGION_C] + GUARD);
  clear_fault(dut);
}

static void sparse_c_stays_in_its_memory(void **state) {
  (void)state;
  uint64_t counters[DUT_COUNTERS];
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  run_with_room(dut, (uint32_t)image.bytes[REGION_C], 1000, true);
  assert_true(dut_counters(dut, counters));
  uint32_t values = (uint32_t)counters[COUNTER_C_VALUES], meta = (uint32_t)counters[COUNTER_CM_BYTES];
  assert_true(values > 1 && meta > 1);
  run_with_room(dut, values, meta, true);
  run_with_room(dut, values - 1, meta, false);
  run_with_room(dut, values, meta - 1, false);
  run_with_room(dut, 0, 0, false);
  run_with_room(dut, values / 2, meta, false);
  run_well(dut);
  dut_close(dut);
}

// ---- an array at work is no stuck job

static const Subject patient[] = {
    {.config = "tests/configs/outer_2x4_smallest.yaml", // zeros that compressed A leaves out
     .options = "--a random:19x250:0 --b random:250x16:0.4 --a-format compressed",
     .choice = {.mode = MODE_AB},
     .a_format = A_FORMAT_COMPRESSED},
    {.config = "tests/configs/outer_2x4_smallest.yaml", // k-tiles that records of B leave out
     .options = "--a random:40x250:0.5 --b random:250x16:0",
     .choice = {.mode = MODE_AB}},
    {.config = "tests/configs/outer_2x4_smallest.yaml", // 64 cycles and more for a step
     .options = "--a random:19x250:1 --b random:250x16:1",
     .choice = {.mode = MODE_AB}},
    {.config = "tests/configs/griffin_1x3x2_run_on.yaml",
     .options = "--a random:3x300:1 --b random:300x3:1",
     .choice = {.mode = MODE_AB}},
};

static void a_working_array_is_not_stuck(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  load(dut);
  write_register(dut, WATCHDOG, 48);
  assert_int_equal(start(dut), DUT_DONE);
  assert_int_equal(read_register(dut, ERR_CODE), 0);
  assert_right(dut);
  dut_close(dut);
}

int main(void) {
  const struct CMUnitTest sets[] = {cmocka_unit_test(registers_that_do_not_fit_each_other),
                                    cmocka_unit_test(readings_end_where_panels_end)};
  const struct CMUnitTest compressed[] = {cmocka_unit_test(wrong_rows_of_sparse_c_end),
                                          cmocka_unit_test(sparse_c_stays_in_its_memory)};
  const struct CMUnitTest working[] = {cmocka_unit_test(a_working_array_is_not_stuck)};
  int failed = 0;
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
    subject = &subjects[i];
    failed += cmocka_run_group_tests_name(subject->config, sets, shell_setup, shell_teardown);
  }
  subject = &sparse;
  failed += cmocka_run_group_tests_name(subject->config, compressed, shell_setup, shell_teardown);
  for (size_t i = 0; i < sizeof patient / sizeof *patient; i++) {
    subject = &patient[i];
    failed += cmocka_run_group_tests_name(subject->options, working, shell_setup, shell_teardown);
  }
  return failed;
}
