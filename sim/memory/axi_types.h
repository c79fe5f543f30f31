// What a caller of dut.h and the AXI memory share: answers that are not OKAY, and what went over the bus.
#ifndef LACUNA_AXI_TYPES_H
#define LACUNA_AXI_TYPES_H

#include <stdbool.h>
#include <stdint.h>

enum { AXI_BANDWIDTH_PARTS = 1024 }; // the least bandwidth of the memory is one such part of a byte per cycle

typedef enum AxiFaultKind {
  AXI_FAULT_READ_BURST,    // read bursts first..last, counted from 0 in order of AR since the last dut_run
  AXI_FAULT_WRITE_BURST,   // write bursts first..last, in order of AW
  AXI_FAULT_READ_ADDRESS,  // read beats that touch bytes first..last
  AXI_FAULT_WRITE_ADDRESS, // bursts with a write beat that touches bytes first..last
} AxiFaultKind;

typedef enum AxiResponse { AXI_OKAY = 0, AXI_EXOKAY = 1, AXI_SLVERR = 2, AXI_DECERR = 3 } AxiResponse;

typedef struct AxiFault {
  AxiFaultKind kind;
  uint64_t first, last;
  AxiResponse response; // AXI_SLVERR or AXI_DECERR; the data of such a read is all ones, such a write beat is not done
} AxiFault;

// Handshakes since the last start.
typedef struct AxiTraffic {
  uint64_t read_bursts, read_beats;
  uint64_t write_bursts, write_beats, write_bytes; // write_bytes: those with a strobe
  uint64_t bad_accesses;                           // bursts that touched an address outside every region
  uint64_t first_bad_address;                      // of the first of these
  bool first_bad_is_write;
} AxiTraffic;

#endif
