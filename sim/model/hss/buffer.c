// Reads of the A buffer's RAMs with HOLD (docs/engines/hss.md, "The fetch unit"): a RAM, or column, is read only when
// the granule it holds is not the one wanted.
//
// When things happen makes no difference. A wanted granule has arrived whole, and nothing overwrites it while any step
// may still want it; so a column holds what is wanted exactly if that granule, at its position since the start, was
// the last that this column was read for. What is wanted in a run of K are the granules between its ends, one after
// the other, however many elements a step takes. So the jumps of the model are of no concern here.
#include "sim/model/hss/hss.h"

enum { MAX_COLUMNS = 256 }; // a line of fewer than 512 + 2 elements, of at least 2 each

typedef struct Banks {
  const Config *config;
  Count granule, columns; // elements of a granule; columns of a bank, a power of two
  Count reads;
  Count held[MAX_ROWS][MAX_COLUMNS]; // granules, counted from 1; 0: none was read yet
} Banks;

static void read_granules(Banks *b, int row, Count begin, Count end) {
  for (Count granule = begin / b->granule + 1; granule <= (end - 1) / b->granule + 1; granule++) {
    Count *held = &b->held[row][granule & (b->columns - 1)];
    b->reads += *held != granule;
    *held = granule;
  }
}

// Elements of a run that lie in the padding are not wanted. `x`, `y` and `ih` are those of the run's first element.
static void read_run(Banks *b, int row, Count x, Count y, Count ih) {
  const WalkConfig *w = &b->config->walk;
  Count begin = x, end = x + w->run;
  if (!w->banked) {
    if (ih < 0 || ih >= w->in_rows) return;
    begin = begin < 0 ? 0 : begin;
    end = min_count(end, w->row_elems);
  }
  if (begin < end) read_granules(b, row, y + begin, y + end);
}

static void read_kernel(Banks *b, int row, Count x, Count y, Count ih) {
  const WalkConfig *w = &b->config->walk;
  for (Count kh = 0; kh < w->k_rows; kh++)
    for (Count kw = 0; kw < w->k_cols; kw++)
      read_run(b, row, x + kw * w->kw_x, y + kh * w->kh_y, ih + kh * w->kh_ih);
}

static void read_panel(Banks *b, Count tile, Count channel) {
  const Config *c = b->config;
  const WalkConfig *w = &c->walk;
  for (int row = 0; row < c->m0 && tile * c->m0 + row < c->m; row++) {
    Count pixel = tile * c->m0 + row, col = pixel % w->out_cols, line = pixel / w->out_cols;
    Count x = w->x_init + col * w->col_x, y = w->y_init + line * w->row_y, ih = w->ih_init + line * w->row_ih;
    read_kernel(b, row, (w->banked ? tile * w->tile_x : x) + channel, y, ih);
  }
}

// Panels of the same channels read the same; each but the first also begins with what the one before it left behind,
// which is the same, too.
static void read_panels(Banks *b, Count tile, Count panels, Count channel) {
  read_panel(b, tile, channel);
  if (panels == 1) return;
  Count before = b->reads;
  read_panel(b, tile, channel);
  b->reads += (panels - 2) * (b->reads - before);
}

static void read_group(Banks *b, Count tile, Count first, Count past) {
  const Config *c = b->config;
  while (first < past) {
    Count block = first / c->block_panels, panels = min_count(past, (block + 1) * c->block_panels) - first;
    read_panels(b, tile, panels, block * c->walk.ch_step);
    first += panels;
  }
}

Count buffer_reads(const Plan *plan, const Config *c) {
  Banks b = {.config = c, .granule = plan->a_granule, .columns = plan->a_columns};
  for (Count block = 0; block < c->tiles; block += c->block_tiles)
    for (Count group = 0; group < c->panels; group += c->group_panels)
      for (Count tile = block; tile < min_count(c->tiles, block + c->block_tiles); tile++)
        read_group(&b, tile, group, min_count(c->panels, group + c->group_panels));
  return b.reads;
}
