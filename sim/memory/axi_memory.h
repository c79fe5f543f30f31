// The memory on the other side of m_axi, cycle by cycle, for every backend; also the checker of the device's protocol.
//
// Timing. "Cycle t" ends with rising edge t; a handshake is in cycle t if valid and ready are both high at that edge.
// L = max(latency, 1). Without stalls and without a bandwidth limit:
//   AR, AW  ready is high in every cycle in which fewer than AXI_MEMORY_OUTSTANDING bursts of that direction are
//           unfinished (accepted before this cycle, and last R beat, or B, not handed over before it).
//   R       in order of AR. AR handshake in cycle t: beat 0 is offered (RVALID high) from cycle t + L on, but not
//           before the cycle after the handshake of the previous burst's last beat; each further beat is offered in the
//           cycle after the handshake of the beat before it. With RREADY high a burst of n beats fills cycles t + L to
//           t + L + n - 1, and bursts that overlap in latency follow each other without a gap.
//   W       ready is high in every cycle in which fewer than AXI_MEMORY_W_BEATS beats wait for their AW. Beats may come
//           before, with or after their AW.
//   B       in order of AW. Last W beat handshake in cycle u, AW handshake in cycle v: offered from cycle
//           max(u, v) + L on, but not before the cycle after the handshake of the previous B.
// In the first cycle after reset no ready is high.
// R beats offered from cycle max(W beat's handshake, AW handshake) + 1 on see the bytes of that W beat.
//
// Bandwidth limit of r bytes per cycle (in steps of 1/65536), for R and W together; from two bus widths on there is
// none. A bucket starts with 3 beats, also at a restart, before which a W beat is paid for. For every cycle it gains r,
// up to 3 beats, then pays one beat for each of these, if it can: the offer in this cycle of an R beat that is due, and
// WREADY for one W beat, which once paid for is there until a beat is taken. W is paid first; but R is first after W
// was the last of the two to be paid alone in a cycle.
//
// Stalls of p percent: in each cycle each channel by itself draws a number; if it says stall, ready is low in the next
// cycle (AR, AW, W), or no new beat or response is offered in it (R, B). A valid that is high never falls before its
// handshake. Draws depend on the seed and the number of cycles since creation, or the last restart, only (reset left
// out).
#ifndef LACUNA_AXI_MEMORY_H
#define LACUNA_AXI_MEMORY_H

#include "sim/memory/axi_types.h"
#include "sim/memory/pins.h"
#include <stddef.h>

#define AXI_MEMORY_OUTSTANDING 64
#define AXI_MEMORY_W_BEATS     512

typedef struct AxiMemory AxiMemory;

typedef struct AxiMemorySettings {
  uint32_t bus_bytes; // 4..64, a power of two
  uint32_t addr_bits; // 1..64
  uint32_t latency;   // cycles
  uint32_t stall_percent;
  double bandwidth; // bytes per cycle; 0: no limit
  uint64_t seed;
  uint64_t fault_count; // faults are given separately
} AxiMemorySettings;

AxiMemory *axi_memory_new(const AxiMemorySettings *settings, const AxiFault *faults); // NULL if out of memory
void axi_memory_free(AxiMemory *memory);

// Host side, see dut.h; false if the region overlaps, wraps or is not there, or memory ran out. Host bytes may lie
// anywhere in one region.
bool axi_memory_map(AxiMemory *memory, uint64_t base, uint64_t bytes, bool device_writable);
void axi_memory_unmap_all(AxiMemory *memory);
uint8_t *axi_memory_bytes(AxiMemory *memory, uint64_t address, uint64_t bytes); // NULL if not inside one region

// One clock edge: `device` as it is at the edge, `host` as it is at the edge on entry, as it is after the edge on
// return. Returns false after a protocol violation, see axi_memory_violation.
bool axi_memory_cycle(AxiMemory *memory, const AxiMasterPins *device, AxiSlavePins *host);

void axi_memory_reset(AxiMemory *memory, AxiSlavePins *host); // forgets open bursts and violation; keeps bytes
void axi_memory_restart(AxiMemory *memory);                   // burst numbers and traffic begin at zero
bool axi_memory_idle(const AxiMemory *memory);                // nothing open: no burst, no beat without address
const char *axi_memory_violation(const AxiMemory *memory);    // NULL if there was none
AxiTraffic axi_memory_traffic(const AxiMemory *memory);

#endif
