// The AXI memory: five channels, two queues of bursts, a bucket of bandwidth. The timing is defined in axi_memory.h.
// Order inside a cycle: look at what the device held, take handshakes, then decide what is offered in the next cycle.
#include "sim/memory/axi_memory.h"
#include "sim/memory/axi_check.h"
#include "sim/memory/axi_regions.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE_ONE 65536 // bandwidth is counted in 1/65536 bytes

enum { STALL_AR, STALL_R, STALL_AW, STALL_W, STALL_B };
#define STALL_BITS 12 // of a draw, per channel

typedef struct Burst {
  uint64_t address; // of the next beat
  uint64_t due;     // cycle in which the first R beat, or B, may be offered
  uint32_t left;    // beats to come
  uint8_t id, size;
  uint8_t response; // worst so far (writes), or of the whole burst (faults)
  bool bad;         // already counted as a bad access
} Burst;

// Counts only grow: `accepted - finished` bursts are open, and burst n is at n % AXI_MEMORY_OUTSTANDING.
typedef struct Queue {
  Burst bursts[AXI_MEMORY_OUTSTANDING];
  uint64_t accepted, written, finished; // written: all W beats are there (writes only)
} Queue;

typedef struct WriteBeat {
  uint64_t strobes;
  uint8_t data[PINS_MAX_BUS_BYTES];
  bool last;
} WriteBeat;

struct AxiMemory {
  AxiMemorySettings settings;
  AxiFault *faults;
  AxiRegions regions;
  AxiCheck check;
  AxiTraffic traffic;
  uint64_t now; // cycle whose pins are being decided
  Queue reads, writes;
  WriteBeat beats[AXI_MEMORY_W_BEATS]; // wait for their AW; [beat_head, beat_tail)
  uint32_t beat_head, beat_tail;
  bool limited, w_paid;
  bool r_first;                     // W was the last one to be paid alone
  uint64_t rate, tokens, beat_cost; // in 1/RATE_ONE bytes
  uint64_t random;
};

static Burst *burst_at(Queue *queue, uint64_t n) {
  return &queue->bursts[n % AXI_MEMORY_OUTSTANDING];
}

static uint64_t open_bursts(const Queue *queue) {
  return queue->accepted - queue->finished;
}

static void seed_stalls(AxiMemory *memory) {
  memory->random = memory->settings.seed * 2 + 0x9e3779b97f4a7c15u;
  if (memory->random == 0) memory->random = 1;
}

AxiMemory *axi_memory_new(const AxiMemorySettings *settings, const AxiFault *faults) {
  AxiMemory *memory = calloc(1, sizeof *memory);
  if (!memory) return NULL;
  memory->settings = *settings;
  memory->faults = calloc(settings->fault_count + 1, sizeof *faults);
  if (!memory->faults) {
    free(memory);
    return NULL;
  }
  if (settings->fault_count) memcpy(memory->faults, faults, settings->fault_count * sizeof *faults);
  memory->beat_cost = (uint64_t)settings->bus_bytes * RATE_ONE;
  memory->limited = settings->bandwidth > 0 && settings->bandwidth < 2.0 * settings->bus_bytes;
  if (memory->limited) memory->rate = (uint64_t)(settings->bandwidth * RATE_ONE + 0.5);
  memory->tokens = 3 * memory->beat_cost;
  memory->w_paid = !memory->limited;
  seed_stalls(memory);
  axi_check_init(&memory->check, settings->bus_bytes, settings->addr_bits);
  return memory;
}

void axi_memory_free(AxiMemory *memory) {
  if (!memory) return;
  axi_regions_clear(&memory->regions);
  free(memory->faults);
  free(memory);
}

bool axi_memory_map(AxiMemory *memory, uint64_t base, uint64_t bytes, bool device_writable) {
  return axi_regions_map(&memory->regions, base, bytes, device_writable);
}

void axi_memory_unmap_all(AxiMemory *memory) {
  axi_regions_clear(&memory->regions);
}

uint8_t *axi_memory_bytes(AxiMemory *memory, uint64_t address, uint64_t bytes) {
  return axi_regions_bytes(&memory->regions, address, bytes);
}

void axi_memory_reset(AxiMemory *memory, AxiSlavePins *host) {
  memory->reads = (Queue){0};
  memory->writes = (Queue){0};
  memory->beat_head = memory->beat_tail = 0;
  axi_check_init(&memory->check, memory->settings.bus_bytes, memory->settings.addr_bits);
  *host = (AxiSlavePins){0};
}

void axi_memory_restart(AxiMemory *memory) {
  memory->traffic = (AxiTraffic){0};
  memory->tokens = 3 * memory->beat_cost;
  memory->r_first = memory->w_paid = true;
  seed_stalls(memory);
}

bool axi_memory_idle(const AxiMemory *memory) {
  return open_bursts(&memory->reads) == 0 && open_bursts(&memory->writes) == 0 &&
         memory->beat_head == memory->beat_tail;
}

const char *axi_memory_violation(const AxiMemory *memory) {
  return memory->check.violated ? memory->check.message : NULL;
}

AxiTraffic axi_memory_traffic(const AxiMemory *memory) {
  return memory->traffic;
}

static AxiResponse fault_for(const AxiMemory *memory, AxiFaultKind kind, uint64_t first, uint64_t last) {
  for (uint64_t i = 0; i < memory->settings.fault_count; i++) {
    const AxiFault *fault = &memory->faults[i];
    if (fault->kind == kind && first <= fault->last && last >= fault->first) return fault->response;
  }
  return AXI_OKAY;
}

static void count_bad(AxiMemory *memory, Burst *burst, uint64_t address, bool is_write) {
  if (burst->bad) return;
  burst->bad = true;
  if (memory->traffic.bad_accesses++) return;
  memory->traffic.first_bad_address = address;
  memory->traffic.first_bad_is_write = is_write;
}

static void accept_burst(AxiMemory *memory, Queue *queue, const AxiAddressPins *pins, uint64_t number,
                         AxiFaultKind fault) {
  axi_check_burst(&memory->check, pins, fault == AXI_FAULT_READ_BURST ? "AR" : "AW");
  *burst_at(queue, queue->accepted++) = (Burst){
      .address = pins->addr,
      .due = memory->now - 1 + memory->settings.latency + (memory->settings.latency == 0),
      .left = pins->len + 1u,
      .id = pins->id,
      .size = pins->size,
      .response = (uint8_t)fault_for(memory, fault, number, number),
  };
}

// The next beat is one size further on, aligned, whatever the first one was.
static void next_address(Burst *burst) {
  uint64_t size = 1ull << burst->size;
  burst->address = (burst->address & ~(size - 1)) + size;
  burst->left--;
}

static uint64_t last_byte(const Burst *burst) {
  return burst->address | ((1ull << burst->size) - 1);
}

static void store_beat(AxiMemory *memory, Burst *burst, const WriteBeat *beat) {
  uint32_t bytes = memory->settings.bus_bytes;
  axi_check_beat(&memory->check, burst->address, burst->size, burst->left, beat->strobes, beat->last);
  AxiResponse response = (AxiResponse)burst->response;
  uint64_t bad = 0;
  if (response == AXI_OKAY && memory->settings.fault_count)
    response = fault_for(memory, AXI_FAULT_WRITE_ADDRESS, burst->address, last_byte(burst));
  if (response == AXI_OKAY) {
    uint64_t word = burst->address & ~(uint64_t)(bytes - 1);
    response = axi_regions_write(&memory->regions, word, beat->data, beat->strobes, bytes, &bad);
    if (response == AXI_DECERR) count_bad(memory, burst, bad, true);
  }
  if (response > burst->response) burst->response = (uint8_t)response;
  memory->traffic.write_beats++;
  memory->traffic.write_bytes += (uint64_t)__builtin_popcountll(beat->strobes);
  next_address(burst);
}

static void store_beats(AxiMemory *memory) {
  Queue *queue = &memory->writes;
  while (memory->beat_head != memory->beat_tail && queue->written != queue->accepted) {
    Burst *burst = burst_at(queue, queue->written);
    store_beat(memory, burst, &memory->beats[memory->beat_head++ % AXI_MEMORY_W_BEATS]);
    if (burst->left) continue;
    burst->due = memory->now - 1 + memory->settings.latency + (memory->settings.latency == 0);
    queue->written++;
  }
  if (memory->beat_head == memory->beat_tail) memory->beat_head = memory->beat_tail = 0;
}

static void take_w(AxiMemory *memory, const AxiMasterPins *device) {
  WriteBeat *beat = &memory->beats[memory->beat_tail++ % AXI_MEMORY_W_BEATS];
  memcpy(beat->data, device->wdata, sizeof beat->data);
  beat->strobes = device->wstrb;
  beat->last = device->wlast;
  if (memory->limited) memory->w_paid = false;
}

static void take_handshakes(AxiMemory *memory, const AxiMasterPins *device, AxiSlavePins *host) {
  if (device->aw.valid && host->awready)
    accept_burst(memory, &memory->writes, &device->aw, memory->traffic.write_bursts++, AXI_FAULT_WRITE_BURST);
  if (device->wvalid && host->wready) take_w(memory, device);
  if (memory->beat_head != memory->beat_tail) store_beats(memory);
  if (device->ar.valid && host->arready)
    accept_burst(memory, &memory->reads, &device->ar, memory->traffic.read_bursts++, AXI_FAULT_READ_BURST);
  if (host->bvalid && device->bready) {
    host->bvalid = false;
    memory->writes.finished++;
  }
  if (host->rvalid && device->rready) {
    host->rvalid = false;
    memory->traffic.read_beats++;
    memory->reads.finished += host->rlast;
  }
}

// One bit per channel that stalls in the next cycle.
static unsigned draw_stalls(AxiMemory *memory) {
  if (memory->settings.stall_percent == 0) return 0;
  uint64_t x = memory->random;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  memory->random = x;
  uint32_t threshold = (memory->settings.stall_percent << STALL_BITS) / 100;
  unsigned stalls = 0;
  for (unsigned channel = 0; channel <= STALL_B; channel++, x >>= STALL_BITS)
    if ((x & ((1u << STALL_BITS) - 1)) < threshold) stalls |= 1u << channel;
  return stalls;
}

static bool pay(AxiMemory *memory) {
  if (memory->tokens < memory->beat_cost) return false;
  memory->tokens -= memory->beat_cost;
  return true;
}

// Pays for an R beat (returns true) and for a W beat (sets w_paid).
static bool share_bandwidth(AxiMemory *memory, bool r_wants, bool w_room) {
  if (!memory->limited) return r_wants;
  memory->tokens += memory->rate;
  if (memory->tokens > 3 * memory->beat_cost) memory->tokens = 3 * memory->beat_cost;
  bool w_wants = w_room && !memory->w_paid;
  bool r_paid = false;
  if (memory->r_first && r_wants) r_paid = pay(memory);
  if (w_wants) memory->w_paid = pay(memory);
  if (!memory->r_first && r_wants) r_paid = pay(memory);
  if (r_paid != (w_wants && memory->w_paid)) memory->r_first = !r_paid;
  return r_paid;
}

static void offer_r(AxiMemory *memory, AxiSlavePins *host) {
  Burst *burst = burst_at(&memory->reads, memory->reads.finished);
  uint32_t bytes = memory->settings.bus_bytes;
  uint64_t word = burst->address & ~(uint64_t)(bytes - 1);
  uint64_t bad = 0;
  AxiResponse response = axi_regions_read(&memory->regions, word, host->rdata, bytes, &bad);
  if (response != AXI_OKAY) count_bad(memory, burst, bad, false);
  if (memory->settings.fault_count) {
    AxiResponse fault = fault_for(memory, AXI_FAULT_READ_ADDRESS, burst->address, last_byte(burst));
    if (burst->response != AXI_OKAY) fault = (AxiResponse)burst->response;
    if (fault != AXI_OKAY) response = fault;
  }
  if (response != AXI_OKAY) memset(host->rdata, 0xff, bytes);
  host->rvalid = true;
  host->rid = burst->id;
  host->rresp = (uint8_t)response;
  host->rlast = burst->left == 1;
  next_address(burst);
}

static bool due(const AxiMemory *memory, Queue *queue, uint64_t ready) {
  return queue->finished != ready && burst_at(queue, queue->finished)->due <= memory->now;
}

bool axi_memory_cycle(AxiMemory *memory, const AxiMasterPins *device, AxiSlavePins *host) {
  axi_check_held(&memory->check, device, host);
  memory->now++;
  take_handshakes(memory, device, host);

  unsigned stalls = draw_stalls(memory);
  bool w_room = memory->beat_tail - memory->beat_head < AXI_MEMORY_W_BEATS;
  bool r_due = !host->rvalid && due(memory, &memory->reads, memory->reads.accepted) && !(stalls >> STALL_R & 1);
  if (share_bandwidth(memory, r_due, w_room)) offer_r(memory, host);
  if (!host->bvalid && due(memory, &memory->writes, memory->writes.written) && !(stalls >> STALL_B & 1)) {
    const Burst *burst = burst_at(&memory->writes, memory->writes.finished);
    host->bvalid = true;
    host->bid = burst->id;
    host->bresp = burst->response;
  }
  host->arready = open_bursts(&memory->reads) < AXI_MEMORY_OUTSTANDING && !(stalls >> STALL_AR & 1);
  host->awready = open_bursts(&memory->writes) < AXI_MEMORY_OUTSTANDING && !(stalls >> STALL_AW & 1);
  host->wready = memory->w_paid && w_room && !(stalls >> STALL_W & 1);
  return !memory->check.violated;
}
