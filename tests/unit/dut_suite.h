// What every backend must do alike, checked on tests/data/stub_top: a copy of M beats of 8 bytes from A_ADDR to C_ADDR.
// Included by one test program per backend, which defines BACKEND before.
#ifndef LACUNA_DUT_SUITE_H
#define LACUNA_DUT_SUITE_H

#include "gen/base/paths.h"
#include "sim/device/dut.h"
#include "sim/device/dut_backend.h"
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { STATUS = 0x024, BEATS = 0x040, MISBEHAVIOUR = 0x05c, FROM = 0x080, TO = 0x120, NO_REGISTER = 0x400 };
enum { X_OUTPUT = 1, VALID_DROPS, PAGE_CROSSED, NO_WLAST, EARLY_IRQ };

#define SOURCE     0x10000u
#define TARGET     0x20000u
#define STUB_BEATS 40u // three bursts: 16, 16, 8
#define STUB_BYTES (STUB_BEATS * 8)

static const Plan stub_plan = {
    .name = "stub", .hash = 0x0123456789abcdefu, .bus_bytes = 8, .bus_bits = 64, .addr_bits = 40};

static char bundle_path[PATH_MAX], cache_path[PATH_MAX + 16];

static DutSettings stub_settings(void) {
  assert_true(paths_find("tests/data/stub_top", bundle_path, sizeof bundle_path));
  char root[PATH_MAX];
  assert_true(paths_find("", root, sizeof root));
  snprintf(cache_path, sizeof cache_path, "%s/build/models", root);
  return (DutSettings){.backend = BACKEND, .bundle = bundle_path, .cache = cache_path, .mem_latency = 10};
}

static Dut *open_stub(const DutSettings *settings) {
  char error[4096] = "";
  Dut *dut = dut_open(settings, &stub_plan, error, sizeof error);
  if (!dut) fail_msg("%s", error);
  return dut;
}

static void fill(uint8_t *bytes, size_t count) {
  for (size_t i = 0; i < count; i++)
    bytes[i] = (uint8_t)(i * 7 + (i >> 8) + 3);
}

static void prepare_copy(Dut *dut, uint32_t misbehaviour) {
  uint8_t bytes[STUB_BYTES];
  fill(bytes, sizeof bytes);
  assert_true(dut_memory_map(dut, SOURCE, STUB_BYTES, false));
  assert_true(dut_memory_map(dut, TARGET, STUB_BYTES, true));
  assert_true(dut_memory_write(dut, SOURCE, bytes, sizeof bytes));
  assert_true(dut_register_write(dut, BEATS, STUB_BEATS));
  assert_true(dut_register_write(dut, FROM, SOURCE));
  assert_true(dut_register_write(dut, TO, TARGET));
  assert_true(dut_register_write(dut, MISBEHAVIOUR, misbehaviour));
}

static void assert_copied(Dut *dut) {
  uint8_t want[STUB_BYTES], got[STUB_BYTES];
  fill(want, sizeof want);
  assert_true(dut_memory_read(dut, TARGET, got, sizeof got));
  assert_memory_equal(want, got, sizeof got);
}

static void registers_hold_what_is_written(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  Dut *dut = open_stub(&settings);
  uint32_t value = 0;
  assert_true(dut_register_read(dut, 0, &value));
  assert_int_equal(value, LACUNA_ID);
  assert_true(dut_register_write(dut, BEATS, 0xdeadbeef));
  assert_true(dut_register_read(dut, BEATS, &value));
  assert_int_equal(value, 0xdeadbeef);
  assert_false(dut_register_write(dut, NO_REGISTER, 1));
  assert_string_equal(dut_message(dut), "register 0x400: write answered SLVERR");
  assert_true(dut_register_read(dut, BEATS, &value)); // and it goes on
  dut_close(dut);
}

static void another_plan_is_refused(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  Plan plan = stub_plan;
  plan.hash++;
  char error[4096] = "";
  assert_null(dut_open(&settings, &plan, error, sizeof error));
  assert_non_null(strstr(error, "0123456789abcdef"));
  assert_non_null(strstr(error, "0123456789abcdf0"));
}

static void missing_bundle_is_named(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  settings.bundle = "no/such/folder";
  char error[4096] = "";
  assert_null(dut_open(&settings, &stub_plan, error, sizeof error));
  assert_non_null(strstr(error, "no/such/folder/lacuna_sim.f: No such file"));
}

static void run_copies(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  Dut *dut = open_stub(&settings);
  prepare_copy(dut, 0);
  assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_DONE);
  assert_true(dut_irq(dut));
  assert_copied(dut);
  uint64_t counters[DUT_COUNTERS];
  assert_true(dut_counters(dut, counters));
  // start in cycle 0; a burst of n beats that begins with AR in cycle t: R in t + 10 .. t + 9 + n, W in the n cycles
  // after these, B 10 cycles after the last W, and the next AR in the cycle after that, t + 20 + 2 * n
  assert_int_equal(counters[COUNTER_CYCLES], 1 + 3 * 20 + 2 * STUB_BEATS);
  AxiTraffic traffic;
  assert_true(dut_traffic(dut, &traffic));
  assert_int_equal(traffic.read_bursts, 3);
  assert_int_equal(traffic.read_beats, STUB_BEATS);
  assert_int_equal(traffic.write_bytes, STUB_BYTES);
  assert_int_equal(traffic.bad_accesses, 0);
  dut_close(dut);
}

static void stalls_change_time_only(void **state) {
  (void)state;
  uint64_t cycles[3];
  for (int i = 0; i < 3; i++) {
    DutSettings settings = stub_settings();
    settings.stall_percent = 40;
    settings.seed = i == 2 ? 8 : 7;
    Dut *dut = open_stub(&settings);
    prepare_copy(dut, 0);
    assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_DONE);
    assert_copied(dut);
    cycles[i] = dut_cycle(dut);
    dut_close(dut);
  }
  assert_true(cycles[0] > 160);
  assert_int_equal(cycles[0], cycles[1]);
  assert_int_not_equal(cycles[0], cycles[2]);
}

static bool stop_at_once(void *user, uint64_t cycles) {
  *(uint64_t *)user = cycles;
  return false;
}

static void run_stops_at_limit_or_on_request(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  settings.stall_percent = 100;
  Dut *dut = open_stub(&settings);
  prepare_copy(dut, 0);
  assert_int_equal(dut_run(dut, 300, NULL, NULL), DUT_LIMIT);
  assert_int_equal(dut_cycle(dut), 300);
  assert_true(dut_reset(dut, 5)); // in the middle of a burst
  assert_true(dut_register_write(dut, BEATS, 1));
  uint64_t seen = 0, slice = (BACKEND == DUT_ICARUS ? dut_icarus : dut_verilator).slice;
  assert_int_equal(dut_run(dut, 2000, stop_at_once, &seen), DUT_STOPPED);
  assert_int_equal(seen, slice < 2000 ? slice : 2000);
  dut_close(dut);
}

static void faults_and_unmapped_addresses_reach_the_device(void **state) {
  (void)state;
  AxiFault fault = {AXI_FAULT_WRITE_BURST, 1, 1, AXI_SLVERR};
  DutSettings settings = stub_settings();
  settings.faults = &fault;
  settings.fault_count = 1;
  Dut *dut = open_stub(&settings);
  prepare_copy(dut, 0);
  assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_DONE);
  uint32_t status = 0;
  assert_true(dut_register_read(dut, STATUS, &status));
  assert_true(status & 4);
  dut_close(dut);

  settings.fault_count = 0;
  dut = open_stub(&settings);
  prepare_copy(dut, 0);
  assert_true(dut_register_write(dut, TO, TARGET + 8)); // the last beat is outside
  assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_DONE);
  AxiTraffic traffic;
  assert_true(dut_traffic(dut, &traffic));
  assert_int_equal(traffic.bad_accesses, 1);
  assert_int_equal(traffic.first_bad_address, TARGET + STUB_BYTES);
  assert_true(traffic.first_bad_is_write);
  dut_close(dut);
}

static void broken_device(uint32_t misbehaviour, int stall_percent, const char *message) {
  DutSettings settings = stub_settings();
  settings.stall_percent = stall_percent;
  Dut *dut = open_stub(&settings);
  prepare_copy(dut, misbehaviour);
  assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_BROKEN);
  if (!strstr(dut_message(dut), message)) fail_msg("\"%s\" is not in \"%s\"", message, dut_message(dut));
  uint32_t value;
  assert_false(dut_register_read(dut, 0, &value));
  assert_non_null(strstr(dut_message(dut), message));
  dut_close(dut);
}

static void violations_are_reported(void **state) {
  (void)state;
  broken_device(VALID_DROPS, 90, "ARVALID fell before ARREADY");
  broken_device(PAGE_CROSSED, 0, "AR burst of 128 bytes at 0x10ff8 crosses a 4 KiB boundary");
  broken_device(NO_WLAST, 0, "WLAST is 0 with 1 beats to come");
  broken_device(EARLY_IRQ, 0, "irq_o rose while bursts on m_axi were open");
}

static void host_memory_is_bounded(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  Dut *dut = open_stub(&settings);
  uint8_t bytes[16] = {0};
  assert_true(dut_memory_map(dut, 0x1003, 10, true));
  assert_true(dut_memory_write(dut, 0x1003, bytes, 10));
  assert_false(dut_memory_write(dut, 0x1003, bytes, 11));
  assert_string_equal(dut_message(dut), "no mapped region holds all of 11 bytes at 0x1003");
  assert_false(dut_memory_read(dut, 0x1002, bytes, 1));
  assert_false(dut_memory_map(dut, 0x100c, 4, true));
  assert_false(dut_memory_map(dut, UINT64_MAX, 2, true));
  dut_memory_unmap_all(dut);
  assert_false(dut_memory_read(dut, 0x1003, bytes, 1));
  dut_close(dut);
}

static uint64_t big_endian(const uint8_t *bytes, int count) {
  uint64_t value = 0;
  for (int i = 0; i < count; i++)
    value = value << 8 | bytes[i];
  return value;
}

// Time units (two per cycle) from the first to the last one in the header of the trace of a run.
static uint64_t traced_time(uint64_t from, uint64_t to) {
  char path[] = P_tmpdir "/lacuna-trace-XXXXXX.FST";
  int file = mkstemps(path, 4);
  assert_true(file >= 0);
  close(file);
  DutSettings settings = stub_settings();
  settings.trace_path = path;
  settings.trace_from = from;
  settings.trace_to = to;
  Dut *dut = open_stub(&settings);
  prepare_copy(dut, 0);
  assert_int_equal(dut_run(dut, 10000, NULL, NULL), DUT_DONE);
  assert_copied(dut);
  dut_close(dut);
  FILE *trace = fopen(path, "rb");
  assert_non_null(trace);
  uint8_t header[25]; // block type 0, length 329, first time, last time
  size_t got = fread(header, 1, sizeof header, trace);
  fclose(trace);
  remove(path);
  assert_int_equal(got, sizeof header);
  assert_int_equal(header[0], 0);
  assert_int_equal(big_endian(header + 1, 8), 329);
  return big_endian(header + 17, 8) - big_endian(header + 9, 8);
}

static void trace_window_limits_the_trace(void **state) {
  (void)state;
  assert_true(traced_time(0, 0) > 2 * (1 + 3 * 20 + 2 * STUB_BEATS));
  assert_in_range(traced_time(40, 50), 2 * 11 - 1, 2 * 11);
}

static void trace_must_be_writable(void **state) {
  (void)state;
  DutSettings settings = stub_settings();
  char error[4096] = "";
  settings.trace_path = "/no/such/folder/a.fst";
  assert_null(dut_open(&settings, &stub_plan, error, sizeof error));
  assert_string_equal(error, "/no/such/folder/a.fst: cannot write the trace: No such file or directory");
  settings.trace_path = "trace.vcd";
  assert_null(dut_open(&settings, &stub_plan, error, sizeof error));
  assert_string_equal(error, "trace.vcd: the name of a trace must end in .fst");
}

#define DUT_SUITE                                                                                                      \
  cmocka_unit_test(registers_hold_what_is_written), cmocka_unit_test(another_plan_is_refused),                         \
      cmocka_unit_test(missing_bundle_is_named), cmocka_unit_test(run_copies),                                         \
      cmocka_unit_test(stalls_change_time_only), cmocka_unit_test(run_stops_at_limit_or_on_request),                   \
      cmocka_unit_test(faults_and_unmapped_addresses_reach_the_device), cmocka_unit_test(violations_are_reported),     \
      cmocka_unit_test(host_memory_is_bounded), cmocka_unit_test(trace_window_limits_the_trace),                       \
      cmocka_unit_test(trace_must_be_writable)

#endif
