// The shell of a generated accelerator through the device interface: registers as the manifest lists them, starts,
// faults, resets at any moment, and that nothing but the result is written; of the dense engine, of those with
// structured operands and compressed A, and of outer products. Run from the project's folder.
#include "tests/unit/support_shell.h"
#include <jansson.h>

// ---- registers

typedef void RegisterCheck(Dut *dut, const char *name, const char *access, uint32_t offset, json_t *row);

static void for_registers(RegisterCheck *check, DutBackend backend) {
  char path[600];
  snprintf(path, sizeof path, "%s/manifest.json", bundle);
  json_t *manifest = json_load_file(path, 0, NULL), *rows = json_object_get(manifest, "registers"), *row;
  assert_true(json_array_size(rows) > 40);
  Dut *dut = open_shell((DutSettings){.backend = backend});
  size_t i;
  json_array_foreach(rows, i, row)
      check(dut, json_string_value(json_object_get(row, "name")), json_string_value(json_object_get(row, "access")),
            (uint32_t)json_integer_value(json_object_get(row, "offset")), row);
  dut_close(dut);
  json_decref(manifest);
}

static uint32_t number_of(json_t *row, const char *field) {
  assert_true(json_is_integer(json_object_get(row, field)));
  return (uint32_t)json_integer_value(json_object_get(row, field));
}

static void check_reset(Dut *dut, const char *name, const char *access, uint32_t offset, json_t *row) {
  uint32_t value = read_register(dut, offset);
  if (value != number_of(row, "reset"))
    fail_msg("%s: 0x%x after reset, the manifest says 0x%x", name, value, number_of(row, "reset"));
  if (!strcmp(access, "CNT")) assert_int_equal(read_register(dut, offset + 4), 0);
}

static void reset_values_are_those_of_the_manifest(void **state) {
  (void)state;
  for_registers(check_reset, DUT_VERILATOR);
}

static void check_writing(Dut *dut, const char *name, const char *access, uint32_t offset, json_t *row) {
  static const uint32_t patterns[] = {0xffffffff, 0, 0x5a5a5a5a, 0xa5a5a5a5, 0x01234567, 0x80000001};
  uint32_t before = read_register(dut, offset), writable = number_of(row, "writable");
  if (!strcmp(access, "W1") || offset == IRQ_EN) return; // a start; an interrupt is shown elsewhere
  assert_int_equal(!strcmp(access, "RW"), writable != 0);
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
    write_register(dut, offset, patterns[i]);
    uint32_t value = read_register(dut, offset), expected = writable ? patterns[i] & writable : before;
    if (value != expected) fail_msg("%s: 0x%x written, 0x%x read, 0x%x expected", name, patterns[i], value, expected);
  }
  if (writable) write_register(dut, offset, 0x13579bdf ^ offset * 0x01010101);
}

static void check_kept(Dut *dut, const char *name, const char *access, uint32_t offset, json_t *row) {
  (void)access;
  uint32_t writable = number_of(row, "writable"), expected = (0x13579bdf ^ offset * 0x01010101) & writable;
  if (offset != IRQ_EN && writable && read_register(dut, offset) != expected)
    fail_msg("%s was changed by writing another register", name);
}

static void check_both(Dut *dut, const char *name, const char *access, uint32_t offset, json_t *row) {
  (void)name, (void)access, (void)row;
  static const Subject *filled; // at the first row all are written, then each is read alone
  if (filled != subject) {
    filled = subject;
    char path[600];
    snprintf(path, sizeof path, "%s/manifest.json", bundle);
    json_t *manifest = json_load_file(path, 0, NULL), *other;
    size_t i;
    json_array_foreach(json_object_get(manifest, "registers"), i, other)
        check_writing(dut, json_string_value(json_object_get(other, "name")),
                      json_string_value(json_object_get(other, "access")), number_of(other, "offset"), other);
    json_decref(manifest);
  }
  check_kept(dut, name, access, offset, row);
}

static void registers_keep_what_is_writable(void **state) {
  (void)state;
  for_registers(check_both, DUT_VERILATOR);
}

static void registers_hold_in_four_states(void **state) {
  (void)state;
  for_registers(check_writing, DUT_ICARUS);
}

// Names of parts of registers are those of the table, each a mask inside its register.
static void check_fields(Dut *dut, const char *name, const char *access, uint32_t offset, json_t *row) {
  (void)dut, (void)access, (void)offset;
#define FIELD(REGISTER, NAME, low, bits, meaning) {#REGISTER, #NAME, REGISTER##_##NAME},
  static const struct {
    const char *parent, *name;
    int mask;
  } fields[] = {REGISTER_FIELDS(FIELD)};
#undef FIELD
  json_t *list = json_object_get(row, "fields");
  size_t count = 0;
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    if (strcmp(fields[i].parent, name) != 0) continue;
    json_t *field = json_array_get(list, count++);
    assert_string_equal(json_string_value(json_object_get(field, "name")), fields[i].name);
    assert_int_equal(number_of(field, "mask"), fields[i].mask);
    assert_int_equal(number_of(field, "mask") >> number_of(row, "bits"), 0);
  }
  assert_int_equal(json_array_size(list), count);
}

static void fields_are_those_of_the_table(void **state) {
  (void)state;
  for_registers(check_fields, DUT_VERILATOR);
}

static void the_device_says_what_it_is(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR});
  assert_int_equal(read_register(dut, ID), LACUNA_ID);
  assert_int_equal(read_register(dut, HASH_LO), (uint32_t)plan.hash);
  assert_int_equal(read_register(dut, HASH_HI), (uint32_t)(plan.hash >> 32));
  assert_int_equal(read_register(dut, CAPS), subject->caps);
  assert_int_equal(read_register(dut, TILE), subject->tile);
  assert_true(read_register(dut, VERSION) > 0);
  dut_close(dut);
}

// ---- runs

static void runs_follow_each_other(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 30});
  uint64_t first[DUT_COUNTERS], second[DUT_COUNTERS];
  run_well(dut);
  assert_true(dut_counters(dut, first));
  run_well(dut);
  assert_true(dut_counters(dut, second));
  assert_memory_equal(first, second, sizeof first);
  dut_close(dut);
}

static void operands_that_are_not_there(void **state) {
  (void)state;
  static const struct {
    ImageRegion region;
    JobRegister address;
  } operands[] = {{REGION_A, JOB_A_ADDR_LO}, {REGION_B, JOB_B_ADDR_LO},   {REGION_M, JOB_M_ADDR_LO},
                  {REGION_P, JOB_P_ADDR_LO}, {REGION_AM, JOB_AM_ADDR_LO}, {REGION_C, JOB_C_ADDR_LO}};
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 9});
  for (size_t i = 0; i < sizeof operands / sizeof *operands; i++) {
    if (!image.bytes[operands[i].region]) continue;
    load(dut);
    write_register(dut, job_register_offset[operands[i].address], 0x40000000);
    assert_fault(dut, operands[i].region == REGION_C ? ERR_WRITE : ERR_READ);
    if (operands[i].region != REGION_C) assert_in_range(read_register(dut, ERR_POS), 0x40000000, 0x4000ffff);
    clear_fault(dut);
    run_well(dut);
  }
  dut_close(dut);
}

// A stream that would end too early is no wait: its registers do not fit each other, or its records tell.
static void streams_that_end_too_early(void **state) {
  (void)state;
  static const struct {
    ImageRegion region;
    JobRegister which;
  } lacks[] = {{REGION_B, JOB_B_BYTES}, {REGION_M, JOB_M_BYTES}, {REGION_P, JOB_P_BYTES}};
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 100});
  for (size_t i = 0; i < sizeof lacks / sizeof *lacks; i++) {
    bool counted =
        !plan_has(&plan, PART_LANES) && lacks[i].region != REGION_P; // of records it is known how much is to come
    if (!image.bytes[lacks[i].region]) continue;
    load(dut);
    write_register(dut, job_register_offset[lacks[i].which], (uint32_t)plan.bus_bytes);
    assert_fault(dut, counted ? ERR_METADATA : ERR_BAD_JOB);
    assert_int_equal(read_register(dut, ERR_POS), counted ? 0 : job_register_offset[lacks[i].which]);
    clear_fault(dut);
    run_well(dut);
  }
  dut_close(dut);
}

// A memory that takes longer than the watchdog allows.
static void the_watchdog_names_what_is_stuck(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 400});
  load(dut);
  write_register(dut, WATCHDOG, 200);
  assert_int_equal(start(dut), DUT_DONE);
  assert_int_equal(read_register(dut, ERR_CODE), ERR_WATCHDOG);
  assert_in_range(read_register(dut, ERR_POS), 1, 3);
  dut_close(dut);
}

// Of compressed A the shell is told how much there is, so that too little or too much is no wait but an error.
static void streams_of_compressed_a_of_another_length(void **state) {
  (void)state;
  static const struct {
    JobRegister which;
    int change;
  } lengths[] = {{JOB_A_VALUES, -1}, {JOB_A_VALUES, 1}, {JOB_AM_BYTES, -1}, {JOB_AM_BYTES, 1}};
  const uint32_t *reg = image.job.reg;
  uint32_t sets = reg[JOB_A_SEGMENTS] * (reg[JOB_A_SEG_STRIDE] / (uint32_t)plan.beat_elems);
  assert_true(reg[JOB_AM_BYTES] % (uint32_t)plan.bus_bytes); // else a byte more lies outside of the memory
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 9});
  for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
    load(dut);
    write_register(dut, job_register_offset[lengths[i].which],
                   image.job.reg[lengths[i].which] + (uint32_t)lengths[i].change);
    assert_fault(dut, ERR_SET);
    assert_in_range(read_register(dut, ERR_POS), 0, sets);
    clear_fault(dut);
    run_well(dut);
  }
  dut_close(dut);
}

// The bus is so slow that the watchdog takes it for dead: what is open stays open, until a reset.
static void a_dead_bus_needs_a_reset(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 1000});
  load(dut);
  write_register(dut, WATCHDOG, 50);
  assert_int_equal(start(dut), DUT_DONE);
  assert_true(read_register(dut, STATUS) & ERROR);
  assert_int_equal(read_register(dut, ERR_CODE), ERR_WATCHDOG);
  assert_guards(dut);
  assert_true(dut_reset(dut, 2));
  run_well(dut);
  dut_close(dut);
}

static void a_reset_at_any_moment(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 20, .stall_percent = 20, .seed = 5});
  for (uint64_t moment = 1; moment < 600; moment += moment / 9 + 1) {
    load(dut);
    if (dut_run(dut, moment, NULL, NULL) == DUT_BROKEN) fail_msg("cycle %d: %s", (int)moment, dut_message(dut));
    assert_true(dut_reset(dut, 1 + (uint32_t)moment % 3));
    assert_int_equal(read_register(dut, STATUS), 0);
    assert_false(dut_irq(dut));
    run_well(dut);
  }
  dut_close(dut);
}

// A huge job may be at work for a long time; an abort ends it.
static void assert_ends(Dut *dut, int round) {
  DutStatus status = dut_run(dut, 100000, NULL, NULL);
  if (status == DUT_LIMIT) {
    write_register(dut, CTRL, CTRL_ABORT);
    status = dut_resume(dut, 120000, NULL, NULL);
  }
  if (status != DUT_DONE) fail_msg("round %d: %s", round, status == DUT_BROKEN ? dut_message(dut) : "no end");
  if (read_register(dut, STATUS) & STATUS_BUSY) fail_msg("round %d: the bus was given up", round);
  clear_fault(dut);
}

static void wild_jobs_break_no_rule(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  uint64_t random = 12345, registers = plan_has(&plan, PART_SPARSE_C) ? JOB_AL_ADDR_LO : JOB_C_FORMAT;
  for (int round = 0; round < 300; round++) {
    load(dut);
    write_register(dut, WATCHDOG, 2000);
    if (round % 2 && plan_has(&plan, PART_SPARSE_C)) ask_for_sparse_c(dut);
    for (int change = 0; change < 1 + round % 4; change++) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      int which = (int)((random >> 33) % registers), kind = (int)(random >> 60);
      uint32_t value = kind < 6    ? (uint32_t)(random >> 20)
                       : kind < 12 ? image.job.reg[which] + (uint32_t)(random >> 40) % 9 - 4
                                   : 1u << (random >> 50) % 32;
      write_register(dut, job_register_offset[which], value);
    }
    assert_ends(dut, round);
    if (round % 10 == 9) run_well(dut);
  }
  dut_close(dut);
}

// ---- PATTERN and BEAT, which must fit each other and the hardware

// Ends, and writes nothing but C; the error's code.
static uint32_t run_shaped(Dut *dut, uint32_t pattern, uint32_t beat) {
  load(dut);
  write_register(dut, WATCHDOG, 2000);
  write_register(dut, job_register_offset[JOB_PATTERN], pattern);
  write_register(dut, job_register_offset[JOB_BEAT], beat);
  DutStatus status = dut_run(dut, 300000, NULL, NULL);
  if (status == DUT_BROKEN) fail_msg("PATTERN 0x%x, BEAT %u: %s", pattern, beat, dut_message(dut));
  if (status != DUT_DONE) fail_msg("PATTERN 0x%x, BEAT %u: no end", pattern, beat);
  assert_guards(dut);
  return read_register(dut, ERR_CODE);
}

static bool legal_pattern(uint32_t pattern) {
  const int g[] = {plan.hss.g0, plan.hss.g1, plan.hss.g2}, h[] = {plan.hss.h0, plan.hss.h1, plan.hss.h2};
  for (int rank = 0; rank < 3; rank++) {
    int value = (int)(pattern >> 8 * rank & 0xff);
    if (value < g[rank] || value > h[rank]) return false;
  }
  return true;
}

// What the hardware does not have is refused. Steps that are too short leave A behind B, the ends of their tiles apart;
// BEAT that differs otherwise from what PATTERN says makes a wrong result and nothing worse.
static void wild_patterns_and_beats_end(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  const uint32_t *reg = image.job.reg;
  const uint32_t patterns[] = {reg[JOB_PATTERN], 0,        0xffffff, reg[JOB_PATTERN] & 0xff00ff,
                               0x010101,         0x111111, 0x0000ff, reg[JOB_PATTERN] + 0x000100};
  const uint32_t beats[] = {reg[JOB_BEAT],     0,      1,      reg[JOB_BEAT] - 1,        reg[JOB_BEAT] + 1,
                            2 * reg[JOB_BEAT], 0x8000, 0xffff, (uint32_t)plan.a_beat + 1};
  for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
    for (size_t k = 0; k < sizeof beats / sizeof *beats; k++) {
      uint32_t code = run_shaped(dut, patterns[i], beats[k]);
      bool legal = legal_pattern(patterns[i]), fits = beats[k] && beats[k] <= (uint32_t)plan.a_beat;
      assert_int_equal(code == ERR_BAD_JOB, !legal || !fits);
      if (code == ERR_BAD_JOB)
        assert_int_equal(read_register(dut, ERR_POS), job_register_offset[legal ? JOB_BEAT : JOB_PATTERN]);
      else if (beats[k] < 2)
        assert_true(code == ERR_STREAM || code == ERR_METADATA);
      clear_fault(dut);
    }
  run_well(dut);
  dut_close(dut);
}

// ---- a bit of metadata turned over

static void check_spoilt(Dut *dut, ImageRegion region, uint32_t code, uint64_t *random, int *faults) {
  uint8_t *bytes = image.data[region];
  *random = *random * 6364136223846793005u + 1442695040888963407u;
  uint64_t bit = (*random >> 16) % (8 * image.bytes[region]);
  bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
  load(dut);
  write_register(dut, WATCHDOG, 2000);
  assert_int_equal(start(dut), DUT_DONE);
  bytes[bit / 8] ^= (uint8_t)(1 << bit % 8);
  uint32_t found = read_register(dut, ERR_CODE);
  if (found && found != code) fail_msg("bit %d of region %d: error %u", (int)bit, (int)region, found);
  if (found) assert_in_range(read_register(dut, ERR_POS), 0, image.bytes[region]);
  *faults += found != 0;
  assert_guards(dut);
  clear_fault(dut);
}

// Either it is found, or what it says is legal, too.
static void spoilt_metadata_end(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 5});
  uint64_t random = 4;
  int faults[2] = {0};
  for (int round = 0; round < 200; round++) {
    check_spoilt(dut, REGION_M, ERR_METADATA, &random, &faults[0]);
    if (image.bytes[REGION_AM]) check_spoilt(dut, REGION_AM, ERR_SET, &random, &faults[1]);
  }
  assert_in_range(faults[0], 50, 200);
  if (image.bytes[REGION_AM]) assert_in_range(faults[1], 100, 200);
  run_well(dut);
  dut_close(dut);
}

static int test_subject(const Subject *s) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(the_device_says_what_it_is),    cmocka_unit_test(reset_values_are_those_of_the_manifest),
      cmocka_unit_test(fields_are_those_of_the_table), cmocka_unit_test(registers_keep_what_is_writable),
      cmocka_unit_test(registers_hold_in_four_states), cmocka_unit_test(runs_follow_each_other),
      cmocka_unit_test(operands_that_are_not_there),   cmocka_unit_test(the_watchdog_names_what_is_stuck),
      cmocka_unit_test(streams_that_end_too_early),    cmocka_unit_test(a_dead_bus_needs_a_reset),
      cmocka_unit_test(a_reset_at_any_moment),         cmocka_unit_test(wild_jobs_break_no_rule),
  };
  const struct CMUnitTest patterns[] = {cmocka_unit_test(wild_patterns_and_beats_end)};
  const struct CMUnitTest metadata[] = {cmocka_unit_test(spoilt_metadata_end)};
  const struct CMUnitTest compressed[] = {cmocka_unit_test(streams_of_compressed_a_of_another_length)};
  subject = s;
  int failed = cmocka_run_group_tests_name(s->config, tests, shell_setup, shell_teardown);
  if (s->choice.h[0]) failed += cmocka_run_group_tests_name(s->config, patterns, shell_setup, shell_teardown);
  if (plan_skips_b(&plan, s->choice.mode))
    failed += cmocka_run_group_tests_name(s->config, metadata, shell_setup, shell_teardown);
  if (s->a_format == A_FORMAT_COMPRESSED)
    failed += cmocka_run_group_tests_name(s->config, compressed, shell_setup, shell_teardown);
  return failed;
}

int main(void) {
  int failed = 0;
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
    failed += test_subject(&subjects[i]);
  return failed;
}
