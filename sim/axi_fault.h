// An answer other than OKAY that the AXI memory is told to give, once or for an address range.
#ifndef LACUNA_AXI_FAULT_H
#define LACUNA_AXI_FAULT_H

#include <stdint.h>

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
  AxiResponse response; // AXI_SLVERR or AXI_DECERR; the data of such a read is all ones, such a write is not done
} AxiFault;

#endif
