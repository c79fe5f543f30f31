// Jobs from the driver's side: registers written while a job runs, aborts, clearing, jobs that the hardware refuses,
// and counters that are read while they count. Run from the project's folder.
#include "gen/shell/job_check.h"
#include "tests/unit/support_shell.h"
#include <glob.h>

enum { LONG = 200000 }; // cycles, more than any job here takes

static const DutSettings stalls = {.backend = DUT_VERILATOR, .mem_latency = 20, .stall_percent = 20, .seed = 7};

static void end_well(Dut *dut, DutStatus status) {
  if (status == DUT_BROKEN) fail_msg("%s", dut_message(dut));
  assert_int_equal(status, DUT_DONE);
  assert_int_equal(read_register(dut, ERR_CODE), 0);
  assert_int_equal(read_register(dut, STATUS), DONE);
}

// Runs the loaded job for `cycles`; false if it ended before.
static bool begin(Dut *dut, uint64_t cycles) {
  DutStatus status = dut_run(dut, cycles, NULL, NULL);
  if (status == DUT_BROKEN) fail_msg("cycle %d: %s", (int)cycles, dut_message(dut));
  return status == DUT_LIMIT;
}

static uint64_t counter_of(Dut *dut, DutCounter which) {
  uint64_t counters[DUT_COUNTERS];
  assert_true(dut_counters(dut, counters));
  return counters[which];
}

// ---- registers written while a job runs

static uint32_t junk_of(int index) {
  return index % 3 == 0 ? 0 : index % 3 == 1 ? UINT32_MAX : 0x9e3779b9u * (uint32_t)index;
}

// All of them, from another one on each time, so that each is early once.
static void spoil_registers(Dut *dut, int first) {
  for (int i = 0; i < JOB_REGISTER_COUNT; i++) {
    int which = (first + i) % JOB_REGISTER_COUNT;
    if (job_has_register(&plan, which)) write_register(dut, job_register_offset[which], junk_of(which));
  }
}

static void a_running_job_keeps_its_registers(void **state) {
  (void)state;
  static const int early[] = {JOB_N,         JOB_C_PITCH,  JOB_M,       JOB_TILES,
                              JOB_C_ADDR_LO, JOB_EPILOGUE, JOB_A_BYTES, JOB_STEPS};
  Dut *dut = open_shell(stalls);
  load(dut);
  end_well(dut, start(dut));
  uint64_t cycles = counter_of(dut, COUNTER_CYCLES);
  for (uint64_t moment = 1, round = 0; moment < cycles; moment += 1 + cycles / 24, round++) {
    load(dut);
    if (begin(dut, moment)) spoil_registers(dut, round < 8 ? early[round] : (int)(round * 11));
    for (int i = JOB_RUN; i < JOB_K_COLS; i++) // what is read is what was written
      assert_int_equal(read_register(dut, job_register_offset[i]), junk_of(i));
    end_well(dut, dut_resume(dut, LONG, NULL, NULL));
    assert_right(dut);
    assert_int_equal(counter_of(dut, COUNTER_CYCLES), cycles);
  }
  dut_close(dut);
}

// The second job writes the same rows elsewhere, further apart.
static void the_next_job_is_programmed_while_one_runs(void **state) {
  (void)state;
  uint32_t m = workload.shape.m, n = workload.shape.n, pitch = n + 7;
  uint64_t place = image.address[REGION_C] + 0x100000;
  uint8_t *rows = malloc((size_t)m * pitch);
  assert_non_null(rows);
  Dut *dut = open_shell(stalls);
  load(dut);
  assert_true(dut_memory_map(dut, place, (uint64_t)m * pitch, true));
  assert_true(begin(dut, 9));
  write_register(dut, job_register_offset[JOB_C_PITCH], pitch);
  write_register(dut, job_register_offset[JOB_C_ADDR_LO], (uint32_t)place);
  write_register(dut, job_register_offset[JOB_C_ADDR_HI], (uint32_t)(place >> 32));
  end_well(dut, dut_resume(dut, LONG, NULL, NULL));
  assert_right(dut);
  end_well(dut, start(dut));
  assert_true(dut_memory_read(dut, place, rows, (size_t)m * pitch));
  for (uint32_t row = 0; row < m; row++)
    for (uint32_t column = 0; column < pitch; column++)
      assert_int_equal((int8_t)rows[row * pitch + column],
                       column < n ? workload.expected.dense[(size_t)row * n + column] : 0);
  assert_right(dut);
  dut_close(dut);
  free(rows);
}

// ---- aborts

static void assert_causes_add_up(Dut *dut) {
  uint64_t counters[DUT_COUNTERS], sum = 0;
  assert_true(dut_counters(dut, counters));
  for (int i = COUNTER_CYC_MULTIPLY; i <= COUNTER_CYC_WAIT_OUT; i++)
    sum += counters[i];
  assert_int_equal(sum, counters[COUNTER_CYCLES]);
}

// Nothing is open on the bus when irq_o rises, or dut_resume would say that the device is broken. True if it came in
// time.
static bool check_abort(Dut *dut, uint64_t moment) {
  load(dut);
  bool running = begin(dut, moment);
  write_register(dut, CTRL, CTRL_ABORT);
  write_register(dut, CTRL, CTRL_ABORT);
  DutStatus status = dut_resume(dut, LONG, NULL, NULL);
  if (status != DUT_DONE)
    fail_msg("abort after %d: %s", (int)moment, status == DUT_LIMIT ? "no end" : dut_message(dut));
  bool aborted = read_register(dut, STATUS) == (DONE | ERROR);
  assert_int_equal(read_register(dut, ERR_CODE), aborted ? ERR_ABORT : 0);
  if (aborted) assert_in_range(read_register(dut, ERR_POS), 0, image.job.reg[JOB_TILES] * image.job.reg[JOB_PANELS]);
  if (aborted && !running) fail_msg("an abort after the end was taken");
  if (!aborted) assert_right(dut);
  assert_guards(dut);
  assert_causes_add_up(dut);
  clear_fault(dut);
  run_well(dut);
  return aborted;
}

static void sweep_aborts(DutSettings settings) {
  int aborted = 0, tried = 0;
  Dut *dut = open_shell(settings);
  run_well(dut);
  uint64_t cycles = counter_of(dut, COUNTER_CYCLES);
  for (uint64_t moment = 1; moment < cycles + 20; tried++) {
    aborted += check_abort(dut, moment);
    moment += moment < 12 || moment + 30 > cycles ? 2 : cycles / 24; // set-up and the last writes step by step
  }
  assert_in_range(aborted, tried / 2, tried - 1);
  dut_close(dut);
}

static void an_abort_at_any_moment(void **state) {
  (void)state;
  sweep_aborts(stalls);
  sweep_aborts((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 3, .stall_percent = 70, .seed = 3});
  sweep_aborts((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 60});
}

// The parameters of columns never come, and no watchdog looks.
// Stuck for as long as memory takes; what was asked for is taken.
static void an_abort_ends_a_stuck_job(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 3000});
  load(dut);
  write_register(dut, WATCHDOG, 0);
  assert_true(begin(dut, 2500));
  write_register(dut, CTRL, CTRL_ABORT);
  assert_int_equal(dut_resume(dut, 10000, NULL, NULL), DUT_DONE);
  assert_int_equal(read_register(dut, ERR_CODE), ERR_ABORT);
  assert_causes_add_up(dut);
  clear_fault(dut);
  write_register(dut, WATCHDOG, 100000);
  run_well(dut);
  dut_close(dut);
}

// What is open stays open, until a reset; the abort was the first error.
static void an_abort_on_a_dead_bus_needs_a_reset(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR, .mem_latency = 1000});
  load(dut);
  write_register(dut, WATCHDOG, 100);
  assert_true(begin(dut, 30));
  write_register(dut, CTRL, CTRL_ABORT);
  assert_int_equal(dut_resume(dut, 400, NULL, NULL), DUT_DONE);
  assert_int_equal(read_register(dut, STATUS), STATUS_BUSY | DONE | ERROR);
  assert_int_equal(read_register(dut, ERR_CODE), ERR_ABORT);
  write_register(dut, CTRL, CTRL_CLEAR | CTRL_START);
  assert_int_equal(read_register(dut, STATUS), STATUS_BUSY | DONE | ERROR);
  assert_true(dut_reset(dut, 2));
  run_well(dut);
  dut_close(dut);
}

static void an_abort_while_idle_does_nothing(void **state) {
  (void)state;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR});
  write_register(dut, CTRL, CTRL_ABORT);
  assert_int_equal(read_register(dut, STATUS), 0);
  run_well(dut);
  load(dut);
  end_well(dut, start(dut));
  write_register(dut, CTRL, CTRL_ABORT);
  assert_int_equal(read_register(dut, STATUS), DONE);
  assert_int_equal(read_register(dut, ERR_CODE), 0);
  write_register(dut, CTRL, CTRL_START | CTRL_ABORT); // it was idle when both came
  end_well(dut, dut_resume(dut, LONG, NULL, NULL));
  assert_right(dut);
  dut_close(dut);
}

// ---- clearing

static void assert_counters_are_zero(Dut *dut) {
  uint64_t counters[DUT_COUNTERS];
  assert_true(dut_counters(dut, counters));
  for (int i = 0; i < DUT_COUNTERS; i++)
    if (counters[i]) fail_msg("counter %d is %d", i, (int)counters[i]);
}

static void clearing_is_like_a_reset_but_for_registers(void **state) {
  (void)state;
  Dut *dut = open_shell(stalls);
  load(dut);
  write_register(dut, WATCHDOG, 12345);
  assert_true(begin(dut, 60));
  write_register(dut, CTRL, CTRL_ABORT);
  assert_int_equal(dut_resume(dut, LONG, NULL, NULL), DUT_DONE);
  assert_true(counter_of(dut, COUNTER_BYTES_A) > 0);
  write_register(dut, CTRL, CTRL_CLEAR);
  assert_int_equal(read_register(dut, STATUS) | read_register(dut, ERR_CODE) | read_register(dut, ERR_POS), 0);
  assert_false(dut_irq(dut));
  assert_counters_are_zero(dut);
  assert_int_equal(read_register(dut, WATCHDOG), 12345);
  assert_int_equal(read_register(dut, IRQ_EN), 1);
  end_well(dut, start(dut)); // job registers are still there
  assert_right(dut);
  write_register(dut, CTRL, CTRL_CLEAR | CTRL_START);
  end_well(dut, dut_resume(dut, LONG, NULL, NULL));
  assert_true(counter_of(dut, COUNTER_CYCLES) > 0);
  write_register(dut, CTRL, CTRL_CLEAR);
  assert_counters_are_zero(dut);
  dut_close(dut);
}

static void clearing_a_running_job_does_nothing(void **state) {
  (void)state;
  Dut *dut = open_shell(stalls);
  load(dut);
  end_well(dut, start(dut));
  uint64_t cycles = counter_of(dut, COUNTER_CYCLES);
  for (uint64_t moment = 1; moment < cycles; moment += cycles / 9) {
    load(dut);
    assert_true(begin(dut, moment));
    if (moment + 10 < cycles) write_register(dut, CTRL, CTRL_CLEAR);
    end_well(dut, dut_resume(dut, LONG, NULL, NULL));
    assert_right(dut);
    assert_int_equal(counter_of(dut, COUNTER_CYCLES), cycles);
  }
  dut_close(dut);
}

// ---- jobs that the hardware refuses

// The registers that have the check made.
static void make_condition(Dut *dut, JobCondition when) {
  const uint32_t *reg = image.job.reg;
  switch (when) {
  case JOB_WHEN_PARAMETERS:
    write_register(dut, job_register_offset[JOB_EPILOGUE], reg[JOB_EPILOGUE] | EPILOGUE_PARAMS);
    break;
  case JOB_WHEN_METADATA:
    write_register(dut, job_register_offset[JOB_MODE], plan_run_modes(&plan) & 1 << MODE_B ? MODE_B : MODE_AB);
    break;
  case JOB_WHEN_COMPRESSED_A:
    write_register(dut, job_register_offset[JOB_A_FORMAT], 1);
    break;
  case JOB_WHEN_COMPRESSED_C:
    ask_for_sparse_c(dut);
    break;
  case JOB_WHEN_ALWAYS:
  case JOB_WHEN_IN_NEST:
  case JOB_CONDITION_COUNT:
    break;
  }
}

static bool is_legal(const JobCheck *check, uint32_t value) {
  uint64_t part = value >> check->low & ((UINT64_C(1) << check->bits) - 1);
  if (check->rule == RULE_RANGE) return part >= check->least && part <= check->most;
  if (check->rule == RULE_ONE_OF) return check->set >> part & 1;
  return part % check->unit == 0;
}

static void check_refused(Dut *dut, const JobCheck *check, uint32_t value) {
  AxiTraffic traffic;
  load(dut);
  make_condition(dut, check->when);
  write_register(dut, check->offset, value);
  assert_fault(dut, ERR_BAD_JOB);
  if (read_register(dut, ERR_POS) != check->offset) fail_msg("%s 0x%x is not named", check->name, value);
  assert_true(dut_traffic(dut, &traffic));
  assert_int_equal(traffic.read_bursts + traffic.write_bursts, 0);
  clear_fault(dut);
}

// Whatever the job then does, it is not refused for this register at the start (it may be a few cycles later, where it
// does not fit another), and an abort ends it.
static void check_taken(Dut *dut, const JobCheck *check, uint32_t value) {
  load(dut);
  make_condition(dut, check->when);
  write_register(dut, WATCHDOG, 2000);
  write_register(dut, check->offset, value);
  if (begin(dut, 5000)) write_register(dut, CTRL, CTRL_ABORT);
  assert_int_equal(dut_resume(dut, LONG, NULL, NULL), DUT_DONE);
  bool at_start = counter_of(dut, COUNTER_CYCLES) < 2;
  if (at_start && read_register(dut, ERR_CODE) == ERR_BAD_JOB && read_register(dut, ERR_POS) == check->offset)
    fail_msg("%s 0x%x is refused", check->name, value);
  clear_fault(dut);
}

// Both sides of each limit; values are of the part that is checked, the rest is the job's.
static void what_the_hardware_can_not_do_is_refused(void **state) {
  (void)state;
  JobCheck checks[JOB_CHECK_MOST];
  int count = job_check_list(&plan, checks), refused = 0;
  Dut *dut = open_shell((DutSettings){.backend = DUT_VERILATOR});
  for (int i = 0; i < count; i++) {
    const JobCheck *check = &checks[i];
    uint64_t top = (UINT64_C(1) << check->bits) - 1;
    const uint64_t edges[] = {0, 1, 2, 3, check->least - 1, check->least, check->most, check->most + 1, top};
    for (size_t k = 0; k < sizeof edges / sizeof *edges; k++) {
      int which = 0;
      if (edges[k] > top) continue;
      while (job_register_offset[which] != check->offset)
        which++;
      uint32_t value = (image.job.reg[which] & ~(uint32_t)(top << check->low)) | (uint32_t)(edges[k] << check->low);
      bool legal = true;
      for (int other = 0; other < count; other++)
        legal = legal && (checks[other].offset != check->offset || is_legal(&checks[other], value));
      if (legal)
        check_taken(dut, check, value);
      else
        check_refused(dut, check, value);
      refused += !legal;
    }
  }
  assert_true(refused >= count);
  run_well(dut);
  dut_close(dut);
}

static bool applies(const uint32_t *reg, JobCondition when) {
  switch (when) {
  case JOB_WHEN_PARAMETERS:
    return reg[JOB_EPILOGUE] & EPILOGUE_PARAMS || reg[JOB_PERMUTE];
  case JOB_WHEN_METADATA:
    return reg[JOB_MODE] == MODE_B || reg[JOB_MODE] == MODE_AB;
  case JOB_WHEN_COMPRESSED_A:
    return reg[JOB_A_FORMAT];
  case JOB_WHEN_COMPRESSED_C:
    return reg[JOB_C_FORMAT] && reg[JOB_EPILOGUE] & EPILOGUE_INT8;
  case JOB_WHEN_ALWAYS:
  case JOB_WHEN_IN_NEST:
  case JOB_CONDITION_COUNT:
    break;
  }
  return true;
}

static void assert_legal(const char *config, const Plan *p, const Job *job) {
  JobCheck checks[JOB_CHECK_MOST];
  int count = job_check_list(p, checks);
  for (int i = 0; i < count; i++) {
    int which = 0;
    while (job_register_offset[which] != checks[i].offset)
      which++;
    if (applies(job->reg, checks[i].when) && !is_legal(&checks[i], job->reg[which]))
      fail_msg("%s, mode %d: %s is 0x%x", config, (int)job->mode, checks[i].name, job->reg[which]);
  }
}

static uint32_t draw(uint64_t *random, uint32_t most) {
  *random = *random * 6364136223846793005u + 1442695040888963407u;
  uint32_t width = (uint32_t)(*random >> 60);
  return 1 + (uint32_t)(*random >> 33) % most % (2u << width);
}

static Shape draw_shape(const Plan *p, Mode mode, uint64_t *random) {
  Shape shape = {.m = draw(random, 900), .n = draw(random, 900), .k = draw(random, 3000)};
  if (draw(random, 2) > 1)
    shape = (Shape){.conv = true,
                    .channels = draw(random, 200),
                    .height = 4 + draw(random, 60),
                    .width = 4 + draw(random, 60),
                    .out_channels = draw(random, 200),
                    .kernel_h = draw(random, 4),
                    .kernel_w = draw(random, 4),
                    .stride_h = draw(random, 3),
                    .stride_w = draw(random, 3),
                    .pad_top = draw(random, 2) - 1,
                    .pad_left = draw(random, 2) - 1,
                    .dilation_h = 1,
                    .dilation_w = 1,
                    .groups = 1};
  if (plan_has(p, PART_PATTERN) && (mode == MODE_B || mode == MODE_AB)) {
    const int h[] = {p->hss.h0, p->hss.h1, p->hss.h2};
    for (int rank = 0; rank < 3; rank++)
      shape.h[rank] = (uint32_t)h[rank];
  }
  return shape;
}

// In every mode, with its regions at the end of the address space; false if it does not fit.
static bool plan_job(const Plan *p, Mode mode, uint64_t *random, Job *job) {
  char why[JOB_WHY];
  Shape shape = draw_shape(p, mode, random);
  Epilogue epilogue = {.params = draw(random, 2) > 1, .narrow = draw(random, 2) > 1, .rounding = draw(random, 3) - 1};
  uint64_t last = (UINT64_C(1) << (p->addr_bits - 1)) - 1 + (UINT64_C(1) << (p->addr_bits - 1));
  if (plan_has(p, PART_SPARSE_C) && epilogue.narrow) epilogue.seg_rows = draw(random, 9);
  if (shape.conv && !shape_conv(&shape, why)) return false;
  JobLoad load = {.pace = 1, .m_bytes = (uint64_t)p->bus_bytes};
  if (!job_begin(p, &shape, &epilogue, mode, job, why) || !job_order(p, &shape, &epilogue, &load, job, why))
    return false;
  if (p->a_compressed && draw(random, 2) > 1) job_compress_a(p, draw(random, 99), draw(random, 99), job, why);
  job_place(p, job, last, last, last, last);
  job_place_metadata(p, job, last, last, last);
  return true;
}

// The checks refuse nothing that the host plans, of any configuration.
static void planned_jobs_are_legal(void **state) {
  (void)state;
  glob_t files;
  uint64_t random = 9, planned = 0;
  assert_int_equal(glob("configs/*.yaml", 0, NULL, &files), 0);
  assert_int_equal(glob("tests/configs/*.yaml", GLOB_APPEND, NULL, &files), 0);
  for (size_t i = 0; i < files.gl_pathc; i++) {
    Spec spec;
    Plan p;
    assert_true(spec_read(files.gl_pathv[i], &spec) && plan_make(&spec, &p));
    for (int mode = 0; mode < MODES_MOST; mode++)
      for (int round = 0; round < 10 && plan_run_modes(&p) >> mode & 1; round++) {
        Job job;
        if (!plan_job(&p, (Mode)mode, &random, &job)) continue;
        assert_legal(files.gl_pathv[i], &p, &job);
        planned++;
      }
  }
  assert_true(planned > 8 * files.gl_pathc);
  globfree(&files);
}

// ---- counters

typedef struct Ticking { // goes on with every reading
  uint64_t value, step;
} Ticking;

static bool read_ticking(void *device, uint32_t offset, uint32_t *value) {
  Ticking *ticking = device;
  *value = (uint32_t)(ticking->value >> (offset == 4 ? 32 : 0));
  ticking->value += ticking->step;
  return true;
}

static void counters_do_not_tear(void **state) {
  (void)state;
  for (uint64_t step = 1; step < UINT64_C(1) << 31; step = step * 3 + 1)
    for (uint64_t before = 0; before < 6; before++) {
      Ticking ticking = {(UINT64_C(5) << 32) - before * step - 1, step};
      uint64_t from = ticking.value, value = 0;
      assert_true(dut_counter(read_ticking, &ticking, 0, &value));
      assert_in_range(value, from, ticking.value);
    }
}

// The function of the C header, as a driver would have it.
static void the_header_reads_counters(void **state) {
  (void)state;
  static const char source[] =
      "#include \"lacuna_regs.h\"\n"
      "static uint64_t now;\n"
      "static uint32_t look(void *device, uint32_t offset) {\n"
      "  uint32_t value = (uint32_t)(now >> (offset == LACUNA_REG_CYCLES ? 0 : 32));\n"
      "  now += *(uint64_t *)device;\n"
      "  return value;\n"
      "}\n"
      "int main(void) {\n"
      "  for (uint64_t step = 1; step < 1u << 31; step = step * 3 + 1)\n"
      "    for (uint64_t before = 0; before < 6; before++) {\n"
      "      uint64_t from = now = ((uint64_t)5 << 32) - before * step - 1;\n"
      "      uint64_t value = lacuna_counter(look, &step, LACUNA_REG_CYCLES);\n"
      "      if (value < from || value > now) return 1;\n"
      "    }\n"
      "  return LACUNA_CTRL_START != 1 || LACUNA_CTRL_ABORT != 2 || LACUNA_STATUS_ERROR != 4;\n"
      "}\n";
  char command[1024];
  file_make("driver.c", source, sizeof source - 1);
  snprintf(command, sizeof command, "cd %s && cc -std=c11 -Wall -Wextra -Werror -I %s driver.c -o driver && ./driver",
           test_folder, bundle);
  assert_int_equal(system(command), 0);
}

static int test_subject(const Subject *s) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(a_running_job_keeps_its_registers),
      cmocka_unit_test(the_next_job_is_programmed_while_one_runs),
      cmocka_unit_test(an_abort_at_any_moment),
      cmocka_unit_test(an_abort_ends_a_stuck_job),
      cmocka_unit_test(an_abort_on_a_dead_bus_needs_a_reset),
      cmocka_unit_test(an_abort_while_idle_does_nothing),
      cmocka_unit_test(clearing_is_like_a_reset_but_for_registers),
      cmocka_unit_test(clearing_a_running_job_does_nothing),
      cmocka_unit_test(what_the_hardware_can_not_do_is_refused),
      cmocka_unit_test(the_header_reads_counters),
  };
  subject = s;
  return cmocka_run_group_tests_name(s->config, tests, shell_setup, shell_teardown);
}

int main(void) {
  const struct CMUnitTest tables[] = {
      cmocka_unit_test(planned_jobs_are_legal),
      cmocka_unit_test(counters_do_not_tear),
  };
  int failed = cmocka_run_group_tests_name("tables", tables, NULL, NULL);
  for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++)
    failed += test_subject(&subjects[i]);
  return failed;
}
