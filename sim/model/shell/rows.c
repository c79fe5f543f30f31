// Rows of C in the order in which they leave, and the FIFO of pieces before the packer (lac_c_emit).
#include "sim/model/state.h"

// First column of a panel, or N if it lies behind the last one.
static Count column_of(const Config *config, Count panel) {
  return min_count(config->n,
                   panel / config->block_panels * config->block_cols + panel % config->block_panels * config->n0);
}

static void start_group(const Config *config, EmitCounts *emit) {
  Count first = config->panels - emit->nest.panels;
  emit->column = column_of(config, first);
  emit->cols = column_of(config, first + min_count(emit->nest.panels, config->group_panels)) - emit->column;
}

Segment emit_segment(const Config *config, const EmitCounts *emit) {
  return (Segment){emit->row_at + emit->column * config->result_bytes, emit->cols * config->result_bytes};
}

bool emit_next_row(const Config *config, EmitCounts *emit) {
  emit->row_at += config->c_pitch;
  if (--emit->rows > 0) return false;
  bool group_end = emit->nest.tile == 1, last_group = emit->nest.panels <= config->group_panels;
  emit->rows_left -= config->m0;
  if (group_end && !last_group) {
    emit->rows_left = emit->block_rows_left;
    emit->row_at = emit->block_at;
  } else if (group_end) {
    emit->block_rows_left = emit->rows_left;
    emit->block_at = emit->row_at;
  }
  emit->nest.panel = 1; // the panels of an m-tile leave together
  if (nest_next_panel(config, &emit->nest)) start_group(config, emit);
  emit->rows = min_count(emit->rows_left, config->m0);
  return true;
}

void emit_start(const Config *config, EmitCounts *emit) {
  nest_start(config, &emit->nest);
  start_group(config, emit);
  emit->rows_left = emit->block_rows_left = config->m;
  emit->rows = min_count(config->m, config->m0);
  emit->row_at = emit->block_at = config->c_address;
}

Piece emit_take_piece(EmitFlags *f) {
  Piece piece = f->piece[0];
  f->pieces--;
  for (int i = 0; i < f->pieces; i++)
    f->piece[i] = f->piece[i + 1];
  f->piece[f->pieces] = (Piece){0, 0};
  return piece;
}
