// The memory image of a workload: packed operands with their addresses, and the job registers that go with them.
#ifndef LACUNA_IMAGE_H
#define LACUNA_IMAGE_H

#include "harness/packing.h"
#include "sim/model.h"

typedef enum ImageRegion { REGION_A, REGION_B, REGION_M, REGION_P, REGION_AM, REGION_C, REGION_COUNT } ImageRegion;

typedef struct Image {
  Job job;     // with addresses
  Shape shape; // as it was packed: with the K of all passes
  PackingChoice choice;
  uint64_t address[REGION_COUNT];
  uint64_t bytes[REGION_COUNT]; // 0: the job has no such region
  uint8_t *data[REGION_COUNT];  // NULL for C, which the device writes, and for empty regions
  uint32_t *words;              // of B in each panel, where panels differ; else NULL
} Image;

// Packs for one choice, an A that needs it in passes. Regions start on pages of 4 KiB, the first one at 4 KiB, with a
// free page between two. False after a message; image_free is fine then.
bool image_build(const PackingSource *source, const PackingChoice *choice, Image *image);
void image_free(Image *image);

ModelMemory image_memory(const Image *image);

#endif
