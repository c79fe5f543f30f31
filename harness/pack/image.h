// The memory image of a workload: packed operands with their addresses, and the job registers that go with them.
#ifndef LACUNA_IMAGE_H
#define LACUNA_IMAGE_H

#include "harness/pack/packing.h"
#include "sim/model/model.h"

typedef enum ImageRegion {
  REGION_A,
  REGION_B,
  REGION_M,
  REGION_P,
  REGION_AM,
  REGION_C,
  REGION_CM,
  REGION_AL, // from here on there are only those that have bytes
  REGION_BL,
  REGION_CL,
  REGION_COUNT
} ImageRegion;

static inline bool image_written(int region) { // by the device
  return region == REGION_C || region == REGION_CM || region == REGION_CL;
}

typedef struct Image {
  Job job;     // with addresses
  Shape shape; // as it was packed: with the K of all passes
  PackingChoice choice;
  uint64_t address[REGION_COUNT];
  uint64_t bytes[REGION_COUNT]; // 0: the job has no such region
  uint64_t end;                 // behind the last region and a free page
  uint8_t *data[REGION_COUNT];  // NULL for what the device writes, and for empty regions
  const int32_t *results;       // of the workload, where C is compressed: C and CM are as large as they make them
  uint32_t *words;              // of B in each panel, where panels differ; else NULL
} Image;

// Packs for one choice, an A that needs it in passes. Regions start on pages of 4 KiB, the first one at 4 KiB, with a
// free page between two. False after a message; image_free is fine then.
bool image_build(const PackingSource *source, const PackingChoice *choice, Image *image);
// The same from another address on, which is a multiple of a page; false after a message.
bool image_move(const Plan *plan, uint64_t first, Image *image);

void image_free(Image *image);

ModelMemory image_memory(const Image *image);

#endif
