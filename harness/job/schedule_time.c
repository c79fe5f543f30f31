// The loop nest with whole m-tiles and panels for its unit. Engine, bus and buffers are as the hardware has them:
// whoever is waited for has the bus, otherwise A and B share it as far as their buffers have room.
#include "harness/job/schedule_time.h"

#include <stdbool.h>

enum { LUMPS = 64 };             // into which the m-tiles of a group are cut at most
enum { BLOCKS = 8, STEADY = 4 }; // played at most; of these, the last ones stand for all that follow

typedef struct Stream {             // A in m-tiles or B in panels, since the start
  double loaded, freed, all, bytes; // bytes of one
  double room;
} Stream;

typedef struct Nest {
  const ScheduleSizes *s;
  Stream a, b;
  double now;
} Nest;

static double least(double x, double y) {
  return x < y ? x : y;
}

static double most(double x, double y) {
  return x > y ? x : y;
}

static double wanted_bytes(const Stream *s) {
  return most(0, least(s->all, s->freed + s->room) - s->loaded) * s->bytes;
}

static void load(Stream *s, double bytes) {
  s->loaded += bytes / s->bytes;
}

// What the bus does in a time in which nobody waits.
static void share_bus(Nest *n, double cycles, bool hurries) {
  double bytes = cycles * n->s->bus, first = hurries ? least(bytes, n->s->urgent * n->s->bus) : 0;
  first = least(first, wanted_bytes(&n->a));
  load(&n->a, first);
  bytes -= first;
  double a = wanted_bytes(&n->a), b = wanted_bytes(&n->b);
  double to_a = least(a, most(bytes * n->s->a_share, bytes - b));
  load(&n->a, to_a);
  load(&n->b, least(b, bytes - to_a));
}

// True if the job waits for A, of which `until` m-tiles must be there. Earlier requests of B come first.
static bool wait_for_a(Nest *n, double until) {
  double missing = until - n->a.loaded;
  if (missing <= 0) return false;
  double before = least(wanted_bytes(&n->b), least(n->s->flight * n->s->bus, missing * n->a.bytes));
  load(&n->b, before);
  n->now += (before + missing * n->a.bytes) / n->s->bus;
  n->a.loaded = until;
  return true;
}

static void wait_for_b(Nest *n, double until) {
  double missing = until - n->b.loaded;
  if (missing <= 0) return;
  n->now += missing * n->b.bytes / n->s->bus;
  n->b.loaded = until;
}

static void play(Nest *n, double tiles, double panels, bool hurries) {
  double cycles = tiles * panels * most(n->s->play_cycles, n->s->c_panel_bytes / n->s->bus);
  n->now += cycles;
  share_bus(n, cycles, hurries);
}

// The first m-tile of a group takes the panels as they come.
static void play_first_tile(Nest *n, uint64_t tile, double panel, uint64_t panels) {
  bool hurries = wait_for_a(n, (double)tile + 1);
  for (uint64_t i = 1; i <= panels; i++) {
    wait_for_b(n, panel + (double)i);
    play(n, 1, 1, hurries);
    hurries = false;
  }
}

// The others: A may still be on its way, or leave behind the m-tiles.
static void play_tiles(Nest *n, uint64_t tile, uint64_t end, uint64_t panels, bool whole, bool frees) {
  uint64_t lump = whole ? end - tile : (end - tile + LUMPS - 1) / LUMPS;
  for (; tile < end; tile += lump) {
    uint64_t count = end - tile < lump ? end - tile : lump;
    bool hurries = wait_for_a(n, (double)tile + 1);
    play(n, (double)count, (double)panels, hurries);
    wait_for_a(n, (double)(tile + count));
    if (frees) n->a.freed = (double)(tile + count);
  }
}

static void play_block(Nest *n, uint64_t group_panels, uint64_t tile, uint64_t end, double panel) {
  const ScheduleSizes *s = n->s;
  for (uint64_t done = 0; done < s->panels; done += group_panels) {
    uint64_t panels = s->panels - done < group_panels ? s->panels - done : group_panels;
    bool first = done == 0, last = done + panels == s->panels;
    play_first_tile(n, tile, panel + (double)done, panels);
    if (last) n->a.freed = (double)tile + 1;
    if (tile + 1 < end) play_tiles(n, tile + 1, end, panels, !first && !last, last);
    n->b.freed += (double)panels;
  }
}

double schedule_time(const ScheduleSizes *s, uint64_t group_panels, uint64_t block_tiles) {
  double blocks = (double)((s->tiles + block_tiles - 1) / block_tiles);
  Nest n = {.s = s,
            .a = {.all = (double)s->tiles, .bytes = s->a_tile_bytes, .room = s->a_room},
            .b = {.all = blocks * (double)s->panels, .bytes = s->panel_bytes, .room = s->b_room}};
  double panel = 0, steady = 0;
  uint64_t tile = 0;
  for (int block = 0; tile < s->tiles && block < BLOCKS; block++, panel += (double)s->panels) {
    uint64_t end = s->tiles - tile < block_tiles ? s->tiles : tile + block_tiles;
    if (block == BLOCKS - STEADY) steady = n.now;
    play_block(&n, group_panels, tile, end, panel);
    tile = end;
  }
  if (tile < s->tiles) n.now += (n.now - steady) / STEADY * (double)(s->tiles - tile) / (double)block_tiles;
  return n.now + (double)group_panels * s->c_panel_bytes / s->bus;
}
