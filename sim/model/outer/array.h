// The outer-product engine in the cycle model (docs/engines/outer.md), private to sim/model/outer: from the beats of B
// and of its bitmaps to the words of results, cycle by cycle, without values.
#ifndef LACUNA_MODEL_OUTER_H
#define LACUNA_MODEL_OUTER_H

#include "gen/engine/outer/numbers.h"
#include "sim/model/state.h"

enum { OUTER_WINDOW = 16, OUTER_SLOTS = 8, OUTER_LANES = 8 }; // the most there are

// How many rows each lane has left for a chunk: a byte per lane, at most 64 in each.
typedef uint64_t LaneRows;

typedef struct OuterShape {
  int columns, k_tile, blocks, lanes, q, banks; // T, KT, G, p, q, CB
  int window, slots;                            // W, NB
  int store_words, list_words;                  // of each chunk store, of the list of k-tiles
  int known;                                    // k-tiles of a panel that may be passed over; 0: none
  int beat_values, beat_bytes;                  // of a bus beat
  bool bitmaps;                                 // B comes with them
  Count steps, run;                             // k-tiles of a panel, k of a run
  Count tiles, block_tiles, panels, group_panels;
  Count sweep; // cycles until the sums are swept
} OuterShape;

// ---- words and their stores (store.c, lac_outer_store)

typedef struct OuterWord {
  uint32_t number;         // k in its k-tile; in the list: k-tile in its panel
  uint8_t values, lost;    // of a chunk; slots lost because it ended at a full bank
  bool k_last, panel_last; // its block's last of the k-tile, of the panel
} OuterWord;

typedef struct GroupLoop { // lac_tile_loop
  Count tiles, panels;     // left, with the block and the group at hand
} GroupLoop;

typedef struct OuterStore {
  OuterWord *ring;
  Count words, held;
  GroupLoop written, shown;
  Count write, panel, length; // place, panel of the group, words of the group with the next one
  Count lengths[OUTER_GROUPS];
  int groups;
  Count tile, first, read, ahead, position; // of the showing: m-tile, from 1; places; words shown; with the next one
  Count left;                               // words of the show that has begun; 0: none has
  bool valid;                               // a word is offered
  bool last;                                // the last of its showing
  Count place;                              // its
  OuterWord word;
} OuterStore;

typedef struct OuterShow { // jump over `jump` words, then show `words`
  Count jump, words;
} OuterShow;

typedef struct OuterTake { // what a store sees in a cycle
  const OuterWord *in;     // written, or NULL
  const OuterShow *show;   // the oldest one, or NULL
  bool taken, skip;        // the word offered; the rest of its show but the last is not wanted
} OuterTake;

bool outer_store_new(OuterStore *s, const OuterShape *shape, Count words);
bool outer_store_room(const OuterStore *s);
bool outer_store_cycle(OuterStore *s, const OuterShape *shape, OuterTake t); // true: the show is done

// ---- records to words (fill.c, lac_outer_fill)

typedef struct OuterFiber {
  uint64_t left; // columns
  bool opens, end;
  uint32_t k, step, turn; // turn: the block of the k-tile's first k
} OuterFiber;

typedef enum OuterNext { NEXT_HEAD, NEXT_TILES, NEXT_FIBERS, NEXT_END, NEXT_WAIT } OuterNext;

typedef struct OuterFill {
  const uint8_t *meta; // of a fetch
  Count meta_bytes, at;
  Count bytes, values; // in the queues
  bool b_ready, m_ready;
  OuterNext next; // of the record
  uint32_t tiles; // which of eight k-tiles are not empty
  Count step, run_left, panels_left;
  uint32_t k, turn;
  OuterFiber skid[2], fiber, chunk; // chunk: `left` are its columns
  int skids;
  bool has_fiber, has_chunk;
  int count; // values of the chunk
  bool is_short;
  bool open; // a k-tile is
  uint32_t number;
  bool late; // empty, and waits for bitmaps
} OuterFill;

typedef struct OuterChunk { // what leaves in a cycle
  bool fires, closes, ends; // a chunk leaves; it ends the k-tile before it, its panel
  uint32_t number;          // the k-tile that it ends
  int block;
  OuterWord word; // of `values` 0: none
} OuterChunk;

// The next chunk of a fiber; returns its columns.
uint64_t outer_chunk(const OuterShape *shape, uint64_t left, bool *is_short);

void outer_fill_start(OuterFill *f, const OuterShape *shape, const uint8_t *meta, Count meta_bytes);
// room: all stores and the list have room for a word; block_room: by block, whether what is kept back can go.
OuterChunk outer_fill_cycle(OuterFill *f, const OuterShape *shape, bool room, const bool *block_room);
void outer_fill_settle(OuterFill *f, const OuterShape *shape, bool b_beat, bool m_beat);

// ---- a block (block.c, lac_outer_block)

typedef struct OuterEntry { // a chunk in the window
  LaneRows rows;
  uint8_t values, lost;
  bool k_last, panel_last;
} OuterEntry;

typedef struct OuterKTile {
  const LaneRows *rows; // by k
  bool end;             // the job's last
  bool empty;           // none of the block's k has a row
} OuterKTile;

typedef struct OuterBlock {
  OuterEntry window[OUTER_WINDOW]; // oldest first
  int count;
  OuterKTile slots[OUTER_SLOTS];
  int slot, load_slot;         // of the k-tile that enters, that is loaded
  int ahead, held, tiles;      // k-tiles loaded and not entered, not let go; tiles entered and not freed
  bool ended;                  // the job's last word has entered
  uint8_t gone[OUTER_THROUGH]; // tiles that left the window, newest first
  int through;                 // tiles that have not begun to leave
} OuterBlock;

typedef struct OuterTally { // of a cycle, or of all
  Count used, merge, issues;
} OuterTally;

void outer_block_issue(OuterBlock *b, OuterTally *tally);
// Retires what is finished, then enters `word` (NULL: none is there) if it may; true if it did. `clean`: swept.
bool outer_block_move(OuterBlock *b, const OuterShape *shape, bool clean, const OuterWord *word);
bool outer_half_free(const OuterBlock *b, bool clean);
bool outer_block_skips(const OuterBlock *b); // of a word that is offered: its k-tile is loaded, and empty

// ---- k-tiles to load (pass.c, lac_outer_pass)

enum { OUTER_SHOWS = OUTER_SLOTS + OUTER_AHEAD };

typedef struct OuterShows { // of a store, the oldest first
  OuterShow show[OUTER_SHOWS];
  int count;
} OuterShows;

typedef struct OuterPass {
  uint16_t *words; // of a k-tile in the list, by place and block
  uint16_t *open;  // of the one that is stored, by block
  bool *empty;     // by k-tile, of the m-tile at hand
  OuterShows *shows;
  Count *dropped; // words of k-tiles passed over and in no show yet, by block
  bool drops;     // there are any
  bool room;      // of the cycle's start
  bool valid, last;
  uint32_t number; // offered to the reader of A
  struct {
    uint32_t number;
    bool learns;
  } way[OUTER_WAY]; // between here and the slots, the oldest first
  int under_way;
  bool loaded, loaded_empty; // the cycle before
} OuterPass;

bool outer_pass_new(OuterPass *p, const OuterShape *shape);
void outer_pass_free(OuterPass *p);
void outer_pass_look(OuterPass *p, const OuterShape *shape); // first of all in a cycle
void outer_pass_stored(OuterPass *p, int block);             // a word has been
// After outer_pass_stored(); `place`: of the k-tile in the list.
void outer_pass_close(OuterPass *p, const OuterShape *shape, Count place);
// `taken`: what is offered. True if the list's entry is taken.
bool outer_pass_cycle(OuterPass *p, const OuterShape *shape, const OuterStore *list, bool taken);

// ---- the array (array.c)

typedef struct OuterArray {
  OuterShape shape;
  OuterFill fill;
  OuterStore *stores, list;
  OuterPass pass;
  OuterBlock *blocks;
  OuterWord *kept; // by block
  bool *has_kept;
  int beat;     // of the k-tile that is loaded
  Count busy;   // reads of the tile left
  Count leaves; // tiles that have not begun to leave
  Count owed_merge, owed_idle;
  OuterChunk chunk;          // of this cycle
  bool loaded, loaded_empty; // in this cycle: a k-tile, without a row
  Count used;                // products
} OuterArray;

typedef struct OuterSignals {
  bool a_valid, a_end;  // in: a beat of A; of the job's last k-tile
  const LaneRows *rows; // in: rows of its k-tile, by k
  int turn;             // in: the block of its first k
  bool token;           // in: room for a tile's results
  bool a_take, tile;    // out: the beat, the token is taken
  bool job_end;         // out: the tile is the job's last
  bool working;         // out: a lane issues
  int cause;            // out: of this cycle; not delayed
} OuterSignals;

bool outer_array_start(OuterArray *o, const OuterShape *shape, const uint8_t *meta, Count meta_bytes);
void outer_array_free(OuterArray *o);
// All but the list and the queues, which other units look at in this cycle; these move in outer_array_settle.
void outer_array_cycle(OuterArray *o, OuterSignals *s);
void outer_array_settle(OuterArray *o, bool number_taken, bool b_beat, bool m_beat);

#endif
