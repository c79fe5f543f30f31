// The protocol checker beside the AXI memory; rule numbers are sections of the AMBA AXI4 specification (IHI 0022).
#include "sim/memory/axi_check.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void axi_check_init(AxiCheck *check, uint32_t bus_bytes, uint32_t addr_bits) {
  *check = (AxiCheck){.bus_bytes = bus_bytes, .addr_bits = addr_bits};
}

__attribute__((format(printf, 2, 3))) static void violate(AxiCheck *check, const char *format, ...) {
  if (check->violated) return;
  check->violated = true;
  va_list args;
  va_start(args, format);
  vsnprintf(check->message, sizeof check->message, format, args);
  va_end(args);
}

static void check_address(AxiCheck *check, bool *held, AxiAddressPins *before, const AxiAddressPins *now, bool ready,
                          const char *channel) {
  if (*held) {
    if (!now->valid)
      violate(check, "%sVALID fell before %sREADY; it must stay high until the handshake (A3.2.1)", channel, channel);
    else if (now->addr != before->addr || now->len != before->len || now->size != before->size ||
             now->burst != before->burst || now->id != before->id)
      violate(check, "%s payload changed while %sVALID waited for %sREADY (A3.2.1)", channel, channel, channel);
  }
  *held = now->valid && !ready;
  if (*held) *before = *now;
}

static void check_w(AxiCheck *check, const AxiMasterPins *device, bool ready) {
  if (check->w_held) {
    if (!device->wvalid)
      violate(check, "WVALID fell before WREADY; it must stay high until the handshake (A3.2.1)");
    else if (device->wstrb != check->wstrb || device->wlast != check->wlast ||
             memcmp(device->wdata, check->wdata, check->bus_bytes))
      violate(check, "W payload changed while WVALID waited for WREADY (A3.2.1)");
  }
  check->w_held = device->wvalid && !ready;
  if (!check->w_held) return;
  check->wstrb = device->wstrb;
  check->wlast = device->wlast;
  memcpy(check->wdata, device->wdata, check->bus_bytes);
}

void axi_check_held(AxiCheck *check, const AxiMasterPins *device, const AxiSlavePins *host) {
  check_address(check, &check->ar_held, &check->ar, &device->ar, host->arready, "AR");
  check_address(check, &check->aw_held, &check->aw, &device->aw, host->awready, "AW");
  check_w(check, device, host->wready);
}

void axi_check_burst(AxiCheck *check, const AxiAddressPins *pins, const char *channel) {
  uint64_t size = 1ull << pins->size;
  uint64_t begin = pins->addr & ~(size - 1);
  uint64_t bytes = (pins->len + 1u) * size;
  if (pins->burst != 1)
    violate(check, "%s burst type %u; only INCR (1) is expected (A3.4.1)", channel, pins->burst);
  else if (size > check->bus_bytes)
    violate(check, "%s size of %" PRIu64 " bytes on a bus of %u bytes (A3.4.1)", channel, size, check->bus_bytes);
  else if ((begin & 4095) + bytes > 4096)
    violate(check, "%s burst of %" PRIu64 " bytes at 0x%" PRIx64 " crosses a 4 KiB boundary (A3.4.1)", channel, bytes,
            pins->addr);
  else if (check->addr_bits < 64 && pins->addr >> check->addr_bits)
    violate(check, "%s address 0x%" PRIx64 " has more than %u bits", channel, pins->addr, check->addr_bits);
}

void axi_check_beat(AxiCheck *check, uint64_t address, uint8_t size, uint32_t left, uint64_t strobes, bool last) {
  if (last != (left == 1))
    violate(check, "WLAST is %d with %u beats to come, this one included, in the burst at 0x%" PRIx64 " (A3.2.2)", last,
            left, address);
  uint64_t lane = address & (check->bus_bytes - 1);
  uint64_t end = (lane | ((1ull << size) - 1)) + 1; // lanes lane..end-1 belong to the beat
  uint64_t lanes = (end >= 64 ? UINT64_MAX : (1ull << end) - 1) & (UINT64_MAX << lane);
  if (strobes & ~lanes)
    violate(check, "WSTRB 0x%" PRIx64 " has lanes outside the beat at 0x%" PRIx64 " of %u bytes (A3.4.3)", strobes,
            address, 1u << size);
}
