// The bytes of the AXI memory: mapped regions, and what a bus word in or out of them does.
#ifndef LACUNA_AXI_REGIONS_H
#define LACUNA_AXI_REGIONS_H

#include "sim/memory/axi_types.h"
#include <stddef.h>

typedef struct AxiRegion {
  uint64_t first, last; // addresses, both inside
  uint8_t *bytes;
  bool writable;
} AxiRegion;

typedef struct AxiRegions {
  AxiRegion *list;
  size_t count;
  size_t recent; // index of the region hit last
} AxiRegions;

#define AXI_NOWHERE 0xa5 // what a byte outside every region reads as

bool axi_regions_map(AxiRegions *regions, uint64_t base, uint64_t bytes,
                     bool writable); // false: overlap, wrap, no memory
void axi_regions_clear(AxiRegions *regions);
uint8_t *axi_regions_bytes(AxiRegions *regions, uint64_t address, uint64_t bytes); // NULL if not inside one region

// A bus word: `address` is a multiple of `bytes`. DECERR if no byte of a read, or a strobed byte of a write, is in a
// region
// (*bad is its address); SLVERR if a strobed byte is in a region that is not writable. Other bytes are moved all the
// same.
AxiResponse axi_regions_read(AxiRegions *regions, uint64_t address, uint8_t *data, uint32_t bytes, uint64_t *bad);
AxiResponse axi_regions_write(AxiRegions *regions, uint64_t address, const uint8_t *data, uint64_t strobes,
                              uint32_t bytes, uint64_t *bad);

#endif
