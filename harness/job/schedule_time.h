// How long a loop order takes, roughly: by a run of whole m-tiles and panels instead of cycles. It only has to rank
// orders: the cycle model and the RTL tell what one costs.
#ifndef LACUNA_SCHEDULE_TIME_H
#define LACUNA_SCHEDULE_TIME_H

#include <stdint.h>

typedef struct ScheduleSizes { // of one job; panels count with their average
  uint64_t tiles, panels;
  double play_cycles;                              // of the engine for one m-tile and one panel
  double a_tile_bytes, panel_bytes, c_panel_bytes; // read for an m-tile, for a panel; written for an m-tile and a panel
  double a_room, b_room;                           // m-tiles and panels that the buffers hold
  double bus;                                      // bytes a cycle, each way
  double a_share;                                  // of the bus that A has where A and B both want it
  double urgent;                                   // cycles that A keeps its precedence after it was waited for
  double flight;                                   // cycles of bursts of B that come before those of an A that hurries
} ScheduleSizes;

// Cycles for these sizes of groups and blocks, in panels and m-tiles. Each group is within the B buffer and each block
// within the A buffer; with one group there is one block, and A streams.
double schedule_time(const ScheduleSizes *sizes, uint64_t group_panels, uint64_t block_tiles);

#endif
