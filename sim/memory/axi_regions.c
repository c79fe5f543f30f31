// Regions of the AXI memory: a handful of allocations, found by looking at the one hit last and then at all.
#include "sim/memory/axi_regions.h"
#include <stdlib.h>
#include <string.h>

static bool holds(const AxiRegion *region, uint64_t address) {
  return address >= region->first && address <= region->last;
}

static AxiRegion *find(AxiRegions *regions, uint64_t address) {
  if (regions->recent < regions->count && holds(&regions->list[regions->recent], address))
    return &regions->list[regions->recent];
  for (size_t i = 0; i < regions->count; i++) {
    if (!holds(&regions->list[i], address)) continue;
    regions->recent = i;
    return &regions->list[i];
  }
  return NULL;
}

bool axi_regions_map(AxiRegions *regions, uint64_t base, uint64_t bytes, bool writable) {
  if (bytes == 0) return true;
  uint64_t last = base + (bytes - 1);
  if (last < base) return false;
  for (size_t i = 0; i < regions->count; i++)
    if (base <= regions->list[i].last && last >= regions->list[i].first) return false;
  AxiRegion *list = realloc(regions->list, (regions->count + 1) * sizeof *list);
  if (!list) return false;
  regions->list = list;
  uint8_t *zeroes = calloc(bytes, 1);
  if (!zeroes) return false;
  list[regions->count++] = (AxiRegion){base, last, zeroes, writable};
  return true;
}

void axi_regions_clear(AxiRegions *regions) {
  for (size_t i = 0; i < regions->count; i++)
    free(regions->list[i].bytes);
  free(regions->list);
  *regions = (AxiRegions){0};
}

uint8_t *axi_regions_bytes(AxiRegions *regions, uint64_t address, uint64_t bytes) {
  AxiRegion *region = find(regions, address);
  if (!region || bytes > region->last - address + 1) return NULL;
  return region->bytes + (address - region->first);
}

// Word length is a power of two known at run time; copying by eights is faster here than a call of memcpy.
static void copy_word(uint8_t *to, const uint8_t *from, uint32_t bytes) {
  if (bytes < 8) {
    memcpy(to, from, 4);
    return;
  }
  for (uint32_t i = 0; i < bytes; i += 8)
    memcpy(to + i, from + i, 8);
}

AxiResponse axi_regions_read(AxiRegions *regions, uint64_t address, uint8_t *data, uint32_t bytes, uint64_t *bad) {
  AxiRegion *region = find(regions, address);
  if (region && bytes - 1 <= region->last - address) {
    copy_word(data, region->bytes + (address - region->first), bytes);
    return AXI_OKAY;
  }
  AxiResponse response = AXI_DECERR;
  for (uint32_t i = 0; i < bytes; i++) {
    region = find(regions, address + i);
    data[i] = region ? region->bytes[address + i - region->first] : AXI_NOWHERE;
    if (region) response = AXI_OKAY;
  }
  *bad = address;
  return response;
}

static AxiResponse write_byte(AxiRegions *regions, uint64_t address, uint8_t value) {
  AxiRegion *region = find(regions, address);
  if (!region) return AXI_DECERR;
  if (!region->writable) return AXI_SLVERR;
  region->bytes[address - region->first] = value;
  return AXI_OKAY;
}

AxiResponse axi_regions_write(AxiRegions *regions, uint64_t address, const uint8_t *data, uint64_t strobes,
                              uint32_t bytes, uint64_t *bad) {
  AxiRegion *region = find(regions, address);
  bool full = strobes == UINT64_MAX >> (64 - bytes);
  if (full && region && region->writable && bytes - 1 <= region->last - address) {
    copy_word(region->bytes + (address - region->first), data, bytes);
    return AXI_OKAY;
  }
  AxiResponse worst = AXI_OKAY;
  for (uint32_t i = 0; i < bytes; i++) {
    if (!(strobes >> i & 1)) continue;
    AxiResponse response = write_byte(regions, address + i, data[i]);
    if (response == AXI_DECERR && worst != AXI_DECERR) *bad = address + i;
    if (response > worst) worst = response;
  }
  return worst;
}
