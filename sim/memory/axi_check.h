// Rules of AXI4 that a device must keep on m_axi. The first one broken is kept as a message.
#ifndef LACUNA_AXI_CHECK_H
#define LACUNA_AXI_CHECK_H

#include "sim/memory/pins.h"

typedef struct AxiCheck {
  uint32_t bus_bytes, addr_bits;
  bool ar_held, aw_held, w_held; // valid without ready in the last cycle: must be the same in this one
  AxiAddressPins ar, aw;         // as they were
  uint64_t wstrb;
  bool wlast;
  uint8_t wdata[PINS_MAX_BUS_BYTES];
  bool violated;
  char message[200];
} AxiCheck;

void axi_check_init(AxiCheck *check, uint32_t bus_bytes, uint32_t addr_bits);

// Every cycle: a valid that was not taken stays, with its payload.
void axi_check_held(AxiCheck *check, const AxiMasterPins *device, const AxiSlavePins *host);

// Every AR or AW handshake: INCR, a size the bus has, inside one 4 KiB page. `channel` names it.
void axi_check_burst(AxiCheck *check, const AxiAddressPins *pins, const char *channel);

// Every W beat, once its address is known: `left` beats to come, this one included.
void axi_check_beat(AxiCheck *check, uint64_t address, uint8_t size, uint32_t left, uint64_t strobes, bool last);

#endif
