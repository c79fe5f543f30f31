// The AXI memory keeps the timing that sim/memory/axi_memory.h promises, does what it is told with addresses and
// faults, and catches a device that breaks the protocol.
#include "sim/memory/axi_memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define BUS   16u
#define BASE  0x1000u
#define BYTES 0x8000u

typedef struct Fixture {
  AxiMemory *memory;
  AxiMasterPins device;
  AxiSlavePins host;
  uint64_t cycle; // number of the current one
} Fixture;

static Fixture make(AxiMemorySettings settings, const AxiFault *faults) {
  settings.bus_bytes = BUS;
  settings.addr_bits = 40;
  Fixture f = {.memory = axi_memory_new(&settings, faults), .device = {.rready = true, .bready = true}};
  assert_non_null(f.memory);
  assert_true(axi_memory_map(f.memory, BASE, BYTES, true));
  uint8_t *bytes = axi_memory_bytes(f.memory, BASE, BYTES);
  for (uint32_t i = 0; i < BYTES; i++)
    bytes[i] = (uint8_t)(i ^ i >> 8);
  assert_true(axi_memory_cycle(f.memory, &f.device, &f.host)); // cycle 0: nothing is ready yet
  f.cycle = 1;
  return f;
}

static bool tick(Fixture *f) {
  f->cycle++;
  return axi_memory_cycle(f->memory, &f->device, &f->host);
}

static AxiAddressPins burst_of(uint64_t address, unsigned beats) {
  return (AxiAddressPins){.addr = address, .len = (uint8_t)(beats - 1), .size = 4, .burst = 1, .valid = true};
}

static void ask(Fixture *f, uint64_t address, unsigned beats) {
  f->device.ar = burst_of(address, beats);
  assert_true(f->host.arready);
  assert_true(tick(f));
  f->device.ar.valid = false;
}

static void send_beat(Fixture *f, uint8_t value, uint64_t strobes, bool last) {
  f->device.wvalid = true;
  f->device.wlast = last;
  f->device.wstrb = strobes;
  memset(f->device.wdata, value, BUS);
  while (!f->host.wready)
    assert_true(tick(f));
  assert_true(tick(f));
  f->device.wvalid = false;
}

static void assert_beat(const Fixture *f, uint64_t address) {
  for (uint32_t i = 0; i < BUS; i++) {
    uint64_t offset = address + i - BASE;
    assert_int_equal(f->host.rdata[i], (uint8_t)(offset ^ offset >> 8));
  }
}

static void reads_follow_each_other_after_latency(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 7}, NULL);
  uint64_t asked = f.cycle;
  ask(&f, BASE + 0x100, 4); // AR in cycle `asked`
  ask(&f, BASE + 0x200, 2); // one later: overlaps, so no gap
  for (unsigned beat = 0; beat < 6; beat++) {
    while (!f.host.rvalid)
      assert_true(tick(&f));
    assert_int_equal(f.cycle, asked + 7 + beat);
    assert_int_equal(f.host.rlast, beat == 3 || beat == 5);
    assert_int_equal(f.host.rresp, AXI_OKAY);
    assert_beat(&f, BASE + (beat < 4 ? 0x100 + beat * BUS : 0x200 + (beat - 4) * BUS));
    assert_true(tick(&f));
  }
  assert_true(axi_memory_idle(f.memory));
  assert_int_equal(axi_memory_traffic(f.memory).read_beats, 6);
  axi_memory_free(f.memory);
}

static void waiting_beat_is_held(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 2}, NULL);
  f.device.rready = false;
  ask(&f, BASE, 2);
  for (int i = 0; i < 5; i++)
    assert_true(tick(&f));
  assert_true(f.host.rvalid);
  assert_beat(&f, BASE);
  f.device.rready = true;
  assert_true(tick(&f));
  assert_true(f.host.rvalid && f.host.rlast);
  assert_beat(&f, BASE + BUS);
  axi_memory_free(f.memory);
}

static void write_response_comes_after_latency(void **state) {
  (void)state;
  for (int data_first = 0; data_first < 2; data_first++) {
    Fixture f = make((AxiMemorySettings){.latency = 5}, NULL);
    if (data_first) send_beat(&f, 0x11, 0xffff, false);
    f.device.aw = burst_of(BASE + 0x40, 2);
    assert_true(tick(&f));
    f.device.aw.valid = false;
    if (!data_first) send_beat(&f, 0x11, 0xffff, false);
    uint64_t last = f.cycle;
    send_beat(&f, 0x22, 0x00f0, true);
    while (!f.host.bvalid)
      assert_true(tick(&f));
    assert_int_equal(f.cycle, last + 5);
    const uint8_t *bytes = axi_memory_bytes(f.memory, BASE + 0x40, 2 * BUS);
    for (uint32_t i = 0; i < BUS; i++)
      assert_int_equal(bytes[i], 0x11);
    assert_int_equal(bytes[BUS + 3], 0x53);
    assert_int_equal(bytes[BUS + 4], 0x22);
    assert_int_equal(bytes[BUS + 7], 0x22);
    assert_int_equal(bytes[BUS + 8], 0x58);
    assert_true(tick(&f));
    assert_true(axi_memory_idle(f.memory));
    assert_int_equal(axi_memory_traffic(f.memory).write_bytes, BUS + 4);
    axi_memory_free(f.memory);
  }
}

static void unaligned_write_continues_aligned(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 1}, NULL);
  f.device.aw = burst_of(BASE + 0x44, 2);
  assert_true(tick(&f));
  f.device.aw.valid = false;
  send_beat(&f, 0x11, 0xfff0, false);
  send_beat(&f, 0x22, 0xffff, true);
  const uint8_t *bytes = axi_memory_bytes(f.memory, BASE + 0x40, 2 * BUS);
  assert_int_equal(bytes[3], 0x43);
  assert_int_equal(bytes[4], 0x11);
  assert_int_equal(bytes[BUS], 0x22);
  assert_int_equal(bytes[2 * BUS - 1], 0x22);
  axi_memory_free(f.memory);
}

static void narrow_read_moves_through_the_bus_word(void **state) {
  (void)state;
  static const uint64_t words[] = {BASE + 0x100, BASE + 0x100, BASE + 0x110};
  Fixture f = make((AxiMemorySettings){.latency = 1}, NULL);
  f.device.ar = burst_of(BASE + 0x109, 3);
  f.device.ar.size = 2;
  assert_true(tick(&f));
  f.device.ar.valid = false;
  for (int beat = 0; beat < 3; beat++) {
    assert_true(f.host.rvalid);
    assert_beat(&f, words[beat]);
    assert_true(tick(&f));
  }
  axi_memory_free(f.memory);
}

// Requests reads and writes in every cycle, for `cycles`; returns beats moved each way.
static void saturate(Fixture *f, unsigned cycles, unsigned *reads, unsigned *writes) {
  *reads = *writes = 0;
  unsigned sent = 0;
  f->device.ar = f->device.aw = burst_of(BASE, 16);
  f->device.wvalid = true;
  f->device.wstrb = 0xffff;
  for (unsigned i = 0; i < cycles; i++) {
    f->device.wlast = sent % 16 == 15;
    *reads += f->host.rvalid;
    *writes += f->host.wready;
    sent += f->host.wready;
    assert_true(tick(f));
  }
}

static void bandwidth_limits_the_sum(void **state) {
  (void)state;
  static const struct {
    double limit;
    unsigned reads, writes; // in 1600 cycles, give or take the bucket
  } cases[] = {{0, 1600, 1600}, {32, 1600, 1600}, {24, 1200, 1200}, {16, 800, 800}, {4, 200, 200}, {2.5, 125, 125}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Fixture f = make((AxiMemorySettings){.latency = 3, .bandwidth = cases[i].limit}, NULL);
    unsigned reads, writes;
    saturate(&f, 1600, &reads, &writes);
    assert_in_range(reads, cases[i].reads - 8, cases[i].reads + 3);
    assert_in_range(writes, cases[i].writes - 8, cases[i].writes + 3);
    axi_memory_free(f.memory);
  }
}

static void one_direction_may_use_all_bandwidth(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 3, .bandwidth = 4}, NULL);
  f.device.ar = burst_of(BASE, 16);
  unsigned beats = 0;
  for (int i = 0; i < 1600; i++) {
    beats += f.host.rvalid;
    assert_true(tick(&f));
  }
  assert_in_range(beats, 397, 403);
  axi_memory_free(f.memory);
}

static void stalls_have_their_percentage(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 3, .stall_percent = 25, .seed = 5}, NULL);
  unsigned reads, writes;
  saturate(&f, 4000, &reads, &writes);
  assert_in_range(reads, 2850, 3150);
  assert_in_range(writes, 2850, 3150);
  axi_memory_free(f.memory);
}

static unsigned read_one(Fixture *f, uint64_t address) {
  ask(f, address, 1);
  while (!f->host.rvalid)
    assert_true(tick(f));
  unsigned response = f->host.rresp;
  assert_true(tick(f));
  return response;
}

static unsigned write_one(Fixture *f, uint64_t address, uint64_t strobes) {
  f->device.aw = burst_of(address, 1);
  assert_true(tick(f));
  f->device.aw.valid = false;
  send_beat(f, 0x77, strobes, true);
  while (!f->host.bvalid)
    assert_true(tick(f));
  unsigned response = f->host.bresp;
  assert_true(tick(f));
  return response;
}

static void addresses_outside_are_refused_and_recorded(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 1}, NULL);
  assert_true(axi_memory_map(f.memory, 0x20004, 6, true));
  assert_true(axi_memory_map(f.memory, 0x30000, 64, false));
  assert_int_equal(read_one(&f, 0x20000), AXI_OKAY); // a beat that touches a region
  assert_int_equal(read_one(&f, 0x20010), AXI_DECERR);
  assert_int_equal(f.host.rdata[0], 0xff);
  assert_int_equal(write_one(&f, 0x20000, 0x03f0), AXI_OKAY);
  assert_int_equal(write_one(&f, 0x20000, 0x07f0), AXI_DECERR);
  assert_int_equal(write_one(&f, 0x30000, 0xffff), AXI_SLVERR);
  assert_int_equal(*axi_memory_bytes(f.memory, 0x30000, 1), 0);
  AxiTraffic traffic = axi_memory_traffic(f.memory);
  assert_int_equal(traffic.bad_accesses, 2);
  assert_int_equal(traffic.first_bad_address, 0x20010);
  assert_false(traffic.first_bad_is_write);
  axi_memory_free(f.memory);
}

static void faults_are_injected(void **state) {
  (void)state;
  static const AxiFault faults[] = {
      {AXI_FAULT_READ_BURST, 1, 1, AXI_SLVERR},
      {AXI_FAULT_WRITE_BURST, 2, 2, AXI_DECERR},
      {AXI_FAULT_READ_ADDRESS, BASE + 0x48, BASE + 0x48, AXI_DECERR},
      {AXI_FAULT_WRITE_ADDRESS, BASE + 0x80, BASE + 0x8f, AXI_SLVERR},
  };
  Fixture f = make((AxiMemorySettings){.latency = 1, .fault_count = 4}, faults);
  assert_int_equal(read_one(&f, BASE), AXI_OKAY);
  assert_int_equal(read_one(&f, BASE), AXI_SLVERR);
  assert_int_equal(read_one(&f, BASE), AXI_OKAY);
  assert_int_equal(read_one(&f, BASE + 0x40), AXI_DECERR);
  assert_int_equal(write_one(&f, BASE, 0xffff), AXI_OKAY);
  assert_int_equal(write_one(&f, BASE + 0x80, 0xffff), AXI_SLVERR);
  assert_int_not_equal(*axi_memory_bytes(f.memory, BASE + 0x80, 1), 0x77);
  assert_int_equal(write_one(&f, BASE + 0x90, 0xffff), AXI_DECERR);
  assert_int_equal(axi_memory_traffic(f.memory).bad_accesses, 0);
  axi_memory_restart(f.memory);
  assert_int_equal(read_one(&f, BASE), AXI_OKAY);
  assert_int_equal(read_one(&f, BASE), AXI_SLVERR);
  axi_memory_free(f.memory);
}

static void queue_is_bounded(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 1000}, NULL);
  f.device.ar = burst_of(BASE, 1);
  unsigned accepted = 0;
  for (int i = 0; i < 200; i++) {
    accepted += f.host.arready;
    assert_true(tick(&f));
  }
  assert_int_equal(accepted, AXI_MEMORY_OUTSTANDING);
  axi_memory_free(f.memory);
}

static void assert_violation(Fixture *f, const char *message) {
  const char *text = axi_memory_violation(f->memory);
  if (!text || !strstr(text, message)) fail_msg("\"%s\" is not in \"%s\"", message, text ? text : "no violation");
  axi_memory_free(f->memory);
}

static void bad_bursts_are_violations(void **state) {
  (void)state;
  static const struct {
    AxiAddressPins pins;
    const char *message;
  } cases[] = {
      {{.addr = BASE, .size = 4, .burst = 2, .valid = true}, "AR burst type 2"},
      {{.addr = BASE, .size = 5, .burst = 1, .valid = true}, "AR size of 32 bytes on a bus of 16"},
      {{.addr = 0x1ff0, .len = 1, .size = 4, .burst = 1, .valid = true}, "AR burst of 32 bytes at 0x1ff0 crosses"},
      {{.addr = 1ull << 40, .size = 4, .burst = 1, .valid = true}, "has more than 40 bits"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Fixture f = make((AxiMemorySettings){.latency = 1}, NULL);
    f.device.ar = cases[i].pins;
    assert_false(tick(&f));
    assert_violation(&f, cases[i].message);
  }
  Fixture f = make((AxiMemorySettings){.latency = 1}, NULL);
  f.device.ar = burst_of(0x1ff8, 1); // unaligned, but the beat ends with the page
  assert_true(tick(&f));
  axi_memory_free(f.memory);
}

static void bad_write_data_is_a_violation(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 1}, NULL);
  f.device.aw = burst_of(BASE, 2);
  f.device.wvalid = f.device.wlast = true;
  assert_false(tick(&f));
  assert_violation(&f, "WLAST is 1 with 2 beats to come");

  f = make((AxiMemorySettings){.latency = 1}, NULL);
  f.device.aw = burst_of(BASE + 4, 1);
  f.device.wvalid = f.device.wlast = true;
  f.device.wstrb = 0xfff8; // lane 3 is before the address
  assert_false(tick(&f));
  assert_violation(&f, "WSTRB 0xfff8 has lanes outside the beat at 0x1004");
}

static void changed_payload_is_a_violation(void **state) {
  (void)state;
  Fixture f = make((AxiMemorySettings){.latency = 1, .stall_percent = 100}, NULL);
  f.host.arready = f.host.awready = f.host.wready = false;
  f.device.aw = burst_of(BASE, 1);
  assert_true(tick(&f));
  f.device.aw.len = 3;
  assert_false(tick(&f));
  assert_violation(&f, "AW payload changed");

  f = make((AxiMemorySettings){.latency = 1, .stall_percent = 100}, NULL);
  f.device.wvalid = true;
  assert_true(tick(&f));
  f.device.wdata[BUS - 1] ^= 1;
  assert_false(tick(&f));
  assert_violation(&f, "W payload changed");

  f = make((AxiMemorySettings){.latency = 1, .stall_percent = 100}, NULL);
  f.device.ar = burst_of(BASE, 1);
  assert_true(tick(&f));
  f.device.ar.valid = false;
  assert_false(tick(&f));
  assert_violation(&f, "ARVALID fell before ARREADY");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(reads_follow_each_other_after_latency),
      cmocka_unit_test(waiting_beat_is_held),
      cmocka_unit_test(write_response_comes_after_latency),
      cmocka_unit_test(unaligned_write_continues_aligned),
      cmocka_unit_test(narrow_read_moves_through_the_bus_word),
      cmocka_unit_test(bandwidth_limits_the_sum),
      cmocka_unit_test(one_direction_may_use_all_bandwidth),
      cmocka_unit_test(stalls_have_their_percentage),
      cmocka_unit_test(addresses_outside_are_refused_and_recorded),
      cmocka_unit_test(faults_are_injected),
      cmocka_unit_test(queue_is_bounded),
      cmocka_unit_test(bad_bursts_are_violations),
      cmocka_unit_test(bad_write_data_is_a_violation),
      cmocka_unit_test(changed_payload_is_a_violation),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
