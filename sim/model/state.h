// State of the cycle model, private to sim/model: what the control registers of the RTL hold, without data.
//
// Flags are compared as they are when the model looks for repetition; counts are numbers whose exact value only matters
// near a bound (shell/jump.c says which). Names follow the leaves of rtl/.
#ifndef LACUNA_MODEL_STATE_H
#define LACUNA_MODEL_STATE_H

#include "gen/leaf/numbers.h"
#include "gen/rows/channels.h"
#include "sim/model/model.h"

enum { MAX_ROWS = 64, MAX_BURSTS = 64, PAGE_BYTES = 4096 };
enum { NO_PAGE = -1 };
enum { MEMORY_BURSTS = 64, MEMORY_BEATS = 512, MEMORY_BUCKET = 3 }; // see sim/memory/axi_memory.h

#define BANDWIDTH_ONE 65536 // bandwidth is counted in 1/65536 bytes, as in the memory

typedef int32_t Flag;
typedef int64_t Count;

// ---- what does not change during a run

typedef struct ReadConfig { // of one DMA channel
  Count segments, bytes;    // bytes of each segment
  Count address, pitch;     // of the first segment; from segment to segment
  int gear_in, gear_out;    // units of the gearbox's words
  int lanes, repeat;        // of lac_replay
  Count keep, drop;         // lanes kept and dropped by lac_trim
  Count capacity, segment;  // words of lac_replay, words of a segment
} ReadConfig;

typedef struct WalkConfig { // of the A reader, from its registers
  bool banked;
  bool listed; // only steps whose numbers come are read
  int pos_bits, rows, subtiles;
  Count capacity, stride, run, segments;
  Count lanes, step_lanes; // of a beat, of one of its steps
  Count k_cols, k_rows, out_cols, tile_cols, row_elems, in_rows;
  Count x_init, y_init, ih_init, col_x, row_y, row_ih, wrap_x, tile_x, tile_y, tile_ih;
  Count kh_y, kh_ih, kw_x, ch_step;
} WalkConfig;

typedef struct Config {
  int bus_bytes, page_beats, burst_beats, fifo_beats, outstanding, beat_elems;
  int m0, n0, e_lanes, chunks, tile_words, out_bytes, result_bytes;
  int early, shift, epilogue; // latencies
  Count urgent_cycles;
  Count m, n, tiles, block_tiles, panels, group_panels, block_panels, block_cols;
  bool params;
  int slots;
  Count c_address, c_pitch;
  Count latency; // of the memory, at least 1
  bool limited;
  Count rate, beat_cost; // of the memory's bandwidth
  unsigned stall;        // 1/4096: chance of a channel to stall in a cycle
  ReadConfig read[CHANNEL_COUNT];
  int reads, reading[CHANNEL_COUNT]; // channels that read something, in order
  WalkConfig walk;
  bool compacted;  // lanes of B come with metadata
  bool joined;     // they go on together, those of B alone where it is not compacted
  bool compressed; // A comes with metadata
  bool sparse;     // C is written without its zeros
} Config;

// ---- flags: everything 32 bits wide, so that states can be compared byte by byte

typedef struct SplitFlags { // lac_axi_split
  Flag segment, offset;     // a segment is at hand; its first byte within a beat
  Flag page;                // its next beat within the page, or NO_PAGE if none ends before the segment
  Flag burst, beats, final; // the burst offered
  Flag burst_offset;        // of its segment
} SplitFlags;

typedef struct ReadFlags {       // one channel: lac_fetch, lac_axi_read_channel, lac_gearbox, lac_trim, lac_replay
  SplitFlags split;              //
  Flag land_offset, land_spills; // of the segment that arrives at lac_axi_align: first byte in its beat; see there
  Flag head;                     // output register of the landing FIFO
  Flag kept, kept_last;          // lac_axi_align
  Flag kept_offset;              //
  Flag gear, gear_ending;        // units that wait; they end a segment
  Flag dropping, lane, out;      // of lac_trim; of lac_replay: parts of a word, word offered
} ReadFlags;

typedef struct WalkFlags {     // lac_a_walk and lac_a_fill
  Flag setup;                  // rows still to be set up
  Flag sub;                    // subtile of the tile
  Flag hot;                    // all of the tile has arrived
  Flag count1, count2, count3; // steps in the beat
  Flag valid1, valid2, valid3, last1, last2, last3, end1, end2, end3, release1;
  Flag bank;
} WalkFlags;

typedef struct EngineFlags { // lac_dense_issue, lac_epilogue, lac_c_grant
  uint32_t pipe, valid;      // last steps, counted words on their way
  uint32_t epilogue;
  Flag ended, first_panel, slots; // slots of the C buffer promised or full
} EngineFlags;

typedef struct Piece { // what the packer takes at once
  Flag bytes, last;
} Piece;

typedef struct EmitFlags { // lac_c_emit
  Flag full;               // collected m-tiles
  Flag in_row, panel_left; // columns of the panel from here on
  Flag word, word_last, word_left;
  Flag pieces; // in the FIFO before the packer
  Piece piece[C_PIECES];
} EmitFlags;

typedef struct PackFlags { // lac_axi_pack
  Flag fresh, spill, pos;
} PackFlags;

typedef struct ReadBurst {
  Flag channel;
  Flag beats;
} ReadBurst;

typedef struct WriteBurst {
  Flag beats, offset, final;
} WriteBurst;

// Bursts stand in order, oldest first: `issued` are open; of these the memory has taken the address of `accepted`, the
// packer is through with `packed`, all data of `stored` are in the memory.
typedef struct BusFlags {
  Flag arbiter; // channel that comes first
  Flag read_issued, read_accepted, r_valid;
  Flag write_issued, write_accepted, write_packed, write_stored;
  Flag w_skid, w_waiting; // beats before the memory, in the memory without an address
  Flag b_valid, ar_ready, aw_ready, w_ready, w_paid, r_first, tokens;
} BusFlags;

typedef struct Flags {
  BusFlags bus;
  EngineFlags engine;
  WalkFlags walk;
  EmitFlags emit;
  PackFlags pack;
  SplitFlags write;
  ReadFlags read[CHANNEL_COUNT];
  ReadBurst reads[MAX_BURSTS];
  WriteBurst writes[MAX_BURSTS];
} Flags;

// ---- counts

typedef struct NestCounts { // lac_tile_loop and the two loops inside: m-tiles, panels left in all, in the block, group
  Count tiles, panels, tile, panel;
} NestCounts;

typedef struct ReadCounts {
  Count request_at;                // address of the next segment
  Count requests, beats_left;      // segments to ask for, beats of the one at hand
  Count land_segments, land_beats; // the same where beats arrive at lac_axi_align
  Count level, credit;             // landing FIFO
  Count trims, trim_left;          // turns taken, lanes left of this one
  Count urgent;                    // cycles of precedence left (lac_hold)
  NestCounts nest;                 // lac_replay
  Count repeat, word;              // left, this one included
  Count loaded, held, ready;       // words loaded in all, held, and held from the next one on
} ReadCounts;

typedef struct Join { // in this cycle: a part of a word of B is loaded, with its metadata; it waits for them
  bool goes, meta_late;
} Join;

typedef struct BytePack { // lac_byte_pack
  bool spill;
  int kept; // bytes
} BytePack;

typedef struct SparseSet {
  bool here, ends, final; // of its segment, of all
  int values;
} SparseSet;

typedef struct StreamBeat { // that comes in a cycle
  bool here, last;
  int count; // bytes
} StreamBeat;

typedef struct WriteStream { // lac_c_stream
  Count address, bytes;      // of its first byte; asked for
  Count here, level;         // beats not asked for; in the RAM
  bool head, ended;          // a beat at the RAM's output; the last one has come
  int tail;                  // bytes of the last beat
  bool taken;                // in this cycle: the head leaves
  int asked;                 // in this cycle: beats that are requested
} WriteStream;

typedef struct BurstTurn { // a burst that has been asked for
  int way, beats;
  bool last; // of its stream
} BurstTurn;

typedef struct Bursts { // lac_c_bursts
  int ways;             // streams; 0: there are none
  WriteStream stream[STREAM_COUNT];
  BurstTurn turn[BURST_TURNS];
  int turns, sent; // beats of the first one that are gone
  bool pops, busy; // in this cycle: the first one ends
} Bursts;

typedef struct SparseCounts { // lac_c_sparse
  const int32_t *results;     // NULL: all are values
  int zero;
  Count at;                    // result that the next set begins with
  Count rows, seg_rows;        // left, of all and of the segment
  Count most_rows;             // of a segment
  BytePack sets, values, meta; //
  SparseSet first, second;     // sets on their way
  int place, maps;             // in the tile that is collected: of the next set; bitmaps
  bool tile, tile_final;       // the tile that leaves
  int tile_left;               // bytes
} SparseCounts;

typedef struct EmitCounts { // lac_c_emit: the row at hand, or the next one
  NestCounts nest;
  Count column, cols;               // of the group of panels
  Count rows;                       // left of the m-tile, this one included
  Count rows_left, block_rows_left; // M minus first row of the m-tile, of the block
  Count row_at, block_at;           // address of the row, of the block's first row, without the group's column
} EmitCounts;

typedef struct WalkCounts {
  NestCounts nest;
  Count kh, kw, run;                        // rows and columns of the kernel, elements of the run left
  Count pos, base, fill, release, segments; // lac_a_fill; segments left
  Count need, bound;                        // position stage 1 waits for; position by which all of the tile is there
  Count origin, tile_origin, block_origin;  // of the subtile, its tile, the block's first: x of a matrix row
  Count rows_left, tile_rows_left;          // M minus the first row of the subtile, of its tile
  Count block_rows_left;                    // M minus the first row of the block's first tile
  Count number;                             // of the step in its panel, where they are listed
} WalkCounts;

typedef struct Counts {
  Count now, cycles, cause[CAUSES], quiet;
  Count taken, gap;       // tiles the engine took; cycles until one may end
  Count arrived, words;   // tiles whose sums came; result words left
  NestCounts grant;       // lac_c_grant
  Count need, need_group; // parameter words up to this panel, up to the group's first
  NestCounts collect;     // lac_c_collect
  Count collect_words;    // left of the tile
  EmitCounts emit;
  Count row_left, block_left; // columns of the row, of the block of groups; 0 between rows
  Count bytes_c;              // asked for
  Count writes, write_left;   // requests, beats of the segment at hand
  Count packed, pack_left;    // bursts, beats left of this one
  Count stored, store_left;   // the same in memory
  Count finished, read_left;  // read bursts, beats left of the oldest
  WalkCounts walk;
  ReadCounts read[CHANNEL_COUNT];
} Counts;

// The origins of the A rows. They move with the m-tile.
typedef struct Rows {
  Count col[MAX_ROWS], x[MAX_ROWS], y[MAX_ROWS], ih[MAX_ROWS];
} Rows;

typedef struct Segment {
  Count address, bytes;
} Segment;

typedef struct OwnChannel { // of an engine that drives its job itself, in a cycle
  bool offers, last;        // of the shell: a beat is there; it is its request's last
  bool takes, waits;        // of the engine: it takes it; it can do nothing before a beat comes
  bool asks;                // of the engine: there is a request
  Segment request;          // this one
  bool asked;               // of the shell, when all has moved: the request is taken
  Segment *landing;         // a ring: requests whose beats are to come
  int room, first, open;    // of it
  Count bytes;              // of all requests taken
} OwnChannel;

typedef struct OwnStream { // a stream of results of an engine that drives the job
  bool room;               // of the shell: a word is taken
  StreamBeat word;         // of the engine
  BytePack pack;
} OwnStream;

typedef struct Own {
  OwnChannel channel[CHANNEL_COUNT];
  OwnStream stream[STREAM_COUNT];
} Own;

typedef struct EngineModel EngineModel; // sim/model/engine.h
typedef struct BeatReader BeatReader;

typedef struct Machine {
  Config config;
  const EngineModel *model;
  void *engine;                            // what its hooks know of this job
  const BeatReader *reader[CHANNEL_COUNT]; // of a channel's beats; NULL: they are lanes, or those of the A buffer
  Join join;
  SparseCounts sparse;
  Bursts bursts;
  Own *own; // of an engine that drives its job itself; NULL: the job is the nest
  Flags flags;
  Counts counts;
  Count read_due[MAX_BURSTS], write_due[MAX_BURSTS]; // cycles, see axi_memory.h
  Rows rows, tile_rows, block_rows;                  // of an image
  uint64_t random;                                   // the stalls' last draw
} Machine;

// What the units tell each other within a cycle.
typedef struct Signals {
  bool closing;                                      // no new segment, no new burst
  bool ar_taken, r_beat, aw_taken, w_taken, b_taken; // handshakes of the bus
  bool ar_room, aw_room, w_room, a_room;             // address skids, data skid, A buffer can take one more
  bool a_waits, b_waits;                             // the engine has no A, no B
  bool a_take;                                       // of the engine: it takes the beat of A
  bool list_valid, list_last;                        // of the engine: the number of a step to read, a panel's last
  Count list_number;                                 // in its panel
  bool list_take;                                    // of the A reader: it takes the number
  int b_take;                                        // words of B it gives up
  bool may_end;                                      // room and time for the results of a tile
  bool step, tile_end, job_end;                      // of the engine: it takes a step, a tile's last, the job's last
  bool c_valid, out_valid, done;                     // results out of the engine, of the epilogue; none is left
  bool freed, busy, sent;                            // of the output
  int cause;
} Signals;

// ---- the loop nest (nest.c)

void nest_start(const Config *config, NestCounts *nest);
bool nest_next_panel(const Config *config, NestCounts *nest);   // true: that was the group's last
Count nest_tile(const Config *config, const NestCounts *nest);  // number of the m-tile at hand
Count nest_panel(const Config *config, const NestCounts *nest); // number of the panel at hand

static inline Count min_count(Count a, Count b) {
  return a < b ? a : b;
}

// ---- bursts of a segment (shell/bus.c, lac_axi_split)

bool crosses_page(Count address, Count bytes);
void split_load(const Config *config, SplitFlags *split, Count *left, Count address, Count bytes);
void split_cut(const Config *config, SplitFlags *split, Count *left); // the next burst, if the last one is gone

// ---- units; what each reads and sets of the signals is said at its definition

void engine_start(Machine *m);
void engine_cycle(Machine *m, Signals *s);
void grant_update(Machine *m, const Signals *s);

Count walk_beats(const Plan *plan, const uint32_t *reg); // of A, of all steps of a job
void walk_start(Machine *m);
bool walk_room(const Machine *m); // the next beat of A overwrites nothing that may still be read
void walk_cycle(Machine *m, Signals *s);
void walk_skip_tiles(Machine *m, Count tiles);       // an image's rows move on, within a block
Count walk_far_bound(const Machine *m, Count tiles); // position by which `tiles` more tiles are there
void walk_take_beat(Machine *m, bool last);          // last of its segment

// The engine's part where it takes a step a cycle (shell/issue.c): hooks of EngineModel.
void issue_step(Machine *m, Signals *s);
Count issue_steps(const uint32_t *reg, void *engine);

void panels_start(Machine *m, int channel);
bool panels_ready(const Machine *m, int channel);
void panels_join(Machine *m, bool b_beat, bool m_beat); // first of all in a cycle: beats that lac_axi_align offers
void panels_cycle(Machine *m, int channel, bool in, bool in_last, bool out_ready);

void read_start(Machine *m);
void read_look(Machine *m); // first of all in a cycle
void read_own(Machine *m);  // the same if the engine drives the job: the beats that it sees
void read_cycle(Machine *m, const Signals *s);

// Rows of C (shell/rows.c).
void emit_start(const Config *config, EmitCounts *emit);
Segment emit_segment(const Config *config, const EmitCounts *emit); // of the row at hand
bool emit_next_row(const Config *config, EmitCounts *emit);         // true: that was the m-tile's last
Piece emit_take_piece(EmitFlags *f);                                // out of the FIFO

void write_start(Machine *m);
void write_cycle(Machine *m, Signals *s);

// Compressed C (shell/sparse_c.c); `word`: the C buffer offers one.
void sparse_start(Machine *m);
void sparse_cycle(Machine *m, Signals *s, bool word);

// Streams of results (shell/bursts.c): bytes to beats; there is room for a beat; the packer may take a piece, takes it;
// the rest of a cycle, with the beats that come.
StreamBeat pack_bytes(BytePack *f, int size, bool ready, bool in, int count, bool last); // lac_byte_pack
void bursts_start(Machine *m, int ways, const Count address[STREAM_COUNT]);
bool bursts_room(const Machine *m, int way);
bool bursts_offer(const Machine *m);
Piece bursts_take(Machine *m);
void bursts_cycle(Machine *m, const StreamBeat beats[]);

// A job that the engine drives itself (shell/own.c).
bool own_start(Machine *m, const Count address[STREAM_COUNT]); // false if memory is short; own_free is fine then
void own_free(Machine *m);
void own_look(Machine *m);                                   // first of all in a cycle, with read_own
bool own_request(Machine *m, int channel, Segment *request); // true: there is one, and it is taken
void own_landed(Machine *m, int channel);                    // a segment has arrived whole
void own_write(Machine *m);                                  // beats of results
void collect_update(Machine *m, const Signals *s);

void bus_start(Machine *m);
void bus_look(const Machine *m, Signals *s);
void bus_cycle(Machine *m, const Signals *s);
bool bus_read_idle(const Machine *m);
bool bus_write_idle(const Machine *m);

// ---- jumps (shell/jump.c)

typedef struct Jumper Jumper;

Jumper *jumper_new(const Config *config);    // NULL if out of memory; free() it
void jump_ahead(Jumper *jumper, Machine *m); // call after every cycle

#endif
