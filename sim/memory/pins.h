// The pins of lac_top as plain structs, one per direction, so that every backend drives the same host. Valid as C and
// C++. Payload of the device is only looked at while its valid is high; a backend need not copy it otherwise.
#ifndef LACUNA_PINS_H
#define LACUNA_PINS_H

#include <stdbool.h>
#include <stdint.h>

#define PINS_MAX_BUS_BYTES 64

typedef struct AxiAddressPins {
  uint64_t addr;
  uint8_t id, len, size, burst;
  bool valid;
} AxiAddressPins;

// m_axi, driven by the device
typedef struct AxiMasterPins {
  AxiAddressPins ar, aw;
  bool rready, bready, wvalid, wlast;
  uint64_t wstrb;
  uint8_t wdata[PINS_MAX_BUS_BYTES]; // byte lane 0 first
} AxiMasterPins;

// m_axi, driven by the memory
typedef struct AxiSlavePins {
  bool arready, awready, wready;
  bool rvalid, rlast, bvalid;
  uint8_t rid, rresp, bid, bresp;
  uint8_t rdata[PINS_MAX_BUS_BYTES];
} AxiSlavePins;

// s_axil, driven by the device
typedef struct LiteSlavePins {
  uint32_t rdata;
  uint8_t rresp, bresp;
  bool awready, wready, bvalid, arready, rvalid;
} LiteSlavePins;

// s_axil, driven by the host
typedef struct LiteMasterPins {
  uint32_t awaddr, wdata, araddr;
  bool awvalid, wvalid, bready, arvalid, rready;
} LiteMasterPins;

typedef struct DevicePins {
  AxiMasterPins axi;
  LiteSlavePins lite;
  bool irq;
} DevicePins;

typedef struct HostPins {
  AxiSlavePins axi;
  LiteMasterPins lite;
  bool rst;
} HostPins;

#endif
