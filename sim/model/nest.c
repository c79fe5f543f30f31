// The loop nest of a job: blocks of m-tiles, groups of panels, in each group its m-tiles, in each of these the panels.
#include "sim/model/state.h"

void nest_start(const Config *config, NestCounts *nest) {
  nest->tiles = config->tiles;
  nest->panels = config->panels;
  nest->tile = min_count(config->tiles, config->block_tiles);
  nest->panel = min_count(config->panels, config->group_panels);
}

bool nest_next_panel(const Config *config, NestCounts *nest) {
  if (--nest->panel > 0) return false;
  nest->panel = min_count(nest->panels, config->group_panels);
  if (--nest->tile > 0) return false;
  if (nest->panels > config->group_panels) {
    nest->panels -= config->group_panels;
  } else {
    nest->panels = config->panels;
    nest->tiles = nest->tiles > config->block_tiles ? nest->tiles - config->block_tiles : 0;
  }
  nest->tile = min_count(nest->tiles, config->block_tiles);
  nest->panel = min_count(nest->panels, config->group_panels);
  return true;
}

Count nest_tile(const Config *config, const NestCounts *nest) {
  return config->tiles - nest->tiles + min_count(nest->tiles, config->block_tiles) - nest->tile;
}

Count nest_panel(const Config *config, const NestCounts *nest) {
  return config->panels - nest->panels + min_count(nest->panels, config->group_panels) - nest->panel;
}
