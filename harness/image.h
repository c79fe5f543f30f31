// The memory image of a workload: packed operands with their addresses, and the job registers that go with them.
#ifndef LACUNA_IMAGE_H
#define LACUNA_IMAGE_H

#include "harness/workload.h"

typedef enum ImageRegion { REGION_A, REGION_B, REGION_P, REGION_C, REGION_COUNT } ImageRegion;

typedef struct Image {
  Job job; // with addresses
  uint64_t address[REGION_COUNT];
  uint64_t bytes[REGION_COUNT]; // 0: the job has no such region
  uint8_t *data[REGION_COUNT];  // NULL for C, which the device writes, and for empty regions
} Image;

// Regions start on pages of 4 KiB, the first one at 4 KiB, with a free page between two. False after a message.
bool image_build(const Plan *plan, const Workload *workload, const Job *job, Image *image);
void image_free(Image *image);

#endif
