// The plan: every width, depth and latency of one accelerator, computed once by plan_make and read by the RTL builders,
// the packers, the cycle model, the register header and the documentation. Plain numbers only, no pointers into
// anything.
#ifndef LACUNA_PLAN_H
#define LACUNA_PLAN_H

#include <stdbool.h>
#include <stdint.h>

typedef enum EngineKind {
  ENGINE_DENSE,
  ENGINE_GRIFFIN,
  ENGINE_SPARSE_A,
  ENGINE_SPARSE_B,
  ENGINE_SPARSE_AB,
  ENGINE_HSS,
  ENGINE_OUTER,
  ENGINE_COUNT
} EngineKind;

enum { MAX_MACS = 16384 }; // multipliers

// Limits of windows: steps of A that a multiplier may choose from, operands of A that a slot of mode a may take.
enum { MAX_WINDOW = 16, MAX_PLACES = 256 };

// Children of a node of structured sparsity at most, at any rank.
enum { HSS_CHILDREN = 16 };

// Which zeros a core skips at run time; also the value of the register MODE.
typedef enum Mode { MODE_DENSE, MODE_A, MODE_B, MODE_AB, MODE_COUNT } Mode;

typedef enum RamStyle { RAM_INFER, RAM_BLACKBOX } RamStyle;

typedef enum MultiplierStyle { MULTIPLIER_ARRAY, MULTIPLIER_OPERATOR } MultiplierStyle;

typedef struct Plan {
  char name[64];   // the configuration's name: file name without folder and suffix
  char prefix[40]; // of the names of modules and more: the key `name` and an underscore, or nothing
  uint64_t hash;   // over every field below, and the tool version

  EngineKind engine;
  // A tile of results is m0 x n0; a step of the shell is k0 of K. The multipliers are mul_m x mul_n x mul_k: as many in
  // all engines but the outer-product one, where a tile is T x T, a step a k-tile, and mul_m x mul_n x 1 is P x Q.
  int m0, n0, k0;
  int mul_m, mul_n, mul_k;
  int macs;       // mul_m * mul_n * mul_k
  int count_bits; // of a count of multiplications in one cycle, issued or skipped

  int data_bits; // 4, 8 or 16: width of an operand in memory
  bool a_signed, a_zero_point;
  int a_bits;   // width of A at the multiplier: data_bits, plus one if unsigned or with a zero point
  int b_bits;   // data_bits
  int acc_bits; // 32

  int bus_bits, bus_bytes; // AXI data width
  int addr_bits;           // AXI address width
  int beat_elems;          // operand elements in a bus beat
  int burst_beats;         // longest burst asked for
  int read_fifo_beats;     // landing FIFO of each read channel, in beats
  int outstanding;         // bursts in flight, reads and writes each
  int urgent_cycles;       // how long a stream that was waited for keeps its precedence on the bus

  // A buffer: a_rows banks, each a window RAM of a_columns RAMs of a_granule elements side by side. Row m of a matrix
  // is in bank m mod a_rows; an m-tile has m0 / a_rows rows in each.
  int a_rows;               // of A, read in a cycle: m0; in the outer-product engine 8
  int a_bank_elems;         // elements per bank, a power of two
  int a_granule, a_columns; // elements per RAM word, RAMs per line; both powers of two
  int a_lines, a_pos_bits;  // RAM depth; width of absolute positions, log2(a_bank_elems) + 2
  int a_steps;              // steps of K that leave the A buffer in a cycle; 1 in the dense engine
  int a_beat;               // elements of a row that leave it in a cycle, at most

  int b_beat; // weights of a column in a step: k0, or what multipliers choose from beside structured A
  // B buffer: b_words of b_word_bits = n0 * b_beat * data_bits, in b_lanes lanes of b_lane_bits. In the outer-product
  // engine they are the words of all chunk stores, one lane each; b_banks is the number of stores.
  int b_word_bits, b_lanes, b_lane_bits, b_words;
  int b_banks;      // words that can be read in a cycle, a power of two
  int b_step_words; // words of a step: 1; in the outer-product engine of all stores, for a k-tile without zeros

  // borrowing (docs/engines/griffin.md): distances in steps (1), lanes (2) and PEs (3); all zero in the dense engine
  int modes;                  // bit 1 << Mode for each mode the hardware has
  int a_d1, a_d2, a_d3;       // mode a
  int b_d1, b_d2, b_d3;       // mode b
  int ab_a1, ab_a2;           // mode ab, the A side
  int ab_b1, ab_b2, ab_b3;    // mode ab, the B side
  int a_depth;                // steps of A that a multiplier can see: the deepest mode
  int a_ring;                 // steps of A that the window holds, a power of two
  int b_window;               // words of B that a multiplier can see
  bool shuffle, wrap, run_on; // lanes rotated; column N0-1 borrows from column 0; windows reach into the next tile
  int dist_bits, side_bits, across_bits; // of a weight's code: step, lane, column
  int code_bits;                         // their sum
  int advance_bits;                      // of a word's header: steps of A given up with it
  int header_bits;                       // advance, last, straddle
  int m_lane_bits;                       // metadata of one part of a word of B; 0: the engine reads none

  // structured sparsity (docs/engines/hss.md): kept and largest number of children by rank; all zero in other engines
  int hss_g0, hss_h0; // words of a block
  int hss_g1, hss_h1; // blocks of a part
  int hss_g2, hss_h2; // parts of a group
  int hss_groups;     // groups in a step of a column
  int hss_group_bits; // offsets of a group
  int hss_a_g0;       // kept of a block of hss_h0 words of A, beside whole blocks of B; 0: A as it is
  bool a_compressed;  // A may lie in memory without its zeros
  int a_head_bytes;   // of a set of compressed A: count and ends of blocks; 0 without, and where sets have bitmaps

  // outer product (docs/engines/outer.md); all zero in other engines. m0 = n0 = T, k0 = a_beat = b_beat = KT
  int outer_p, outer_q; // of a block: lanes, multipliers of a lane
  int outer_blocks;     // G = macs / (p q), a power of two
  int outer_banks;      // CB: banks of accumulators of a lane; columns that leave in a cycle, e_lanes
  int outer_window;     // W: chunks that a block works on
  int outer_slots;      // NB: k-tiles of A in the engine
  int outer_ks;         // k of a k-tile that are a block's: KT / G
  int outer_list_words; // of the store of the numbers of k-tiles
  int outer_known;      // k-tiles of a panel that can be remembered as empty in A

  // epilogue: e_lanes results a cycle; a tile leaves in c_chunks words per row
  int e_lanes, c_chunks;
  int p_word_bits, p_lanes, p_lane_bits, p_words; // column parameters: 96 bits per lane
  int c_half_words;                               // words of e_lanes results in half of the C buffer: the largest slot
  int c_slots;                                    // m-tiles that may wait in the C buffer

  MultiplierStyle multiplier;
  int engine_latency;   // cycles from a step taken to the first result word of the tile it ends
  int shift_latency;    // cycles from shifting to the next row's results
  int epilogue_latency; // cycles from a result word to the C buffer
  bool counters_full;
  RamStyle ram;
} Plan;

typedef struct Spec Spec; // gen/spec/spec.h

// Computes the plan of a configuration. False, after printing the reason at the key to change, if it can't be built.
bool plan_make(const Spec *spec, Plan *plan);

// The buffers.a_kib whose banks hold that many elements; 0 if no legal one does.
int plan_a_kib(const Plan *plan, uint64_t elems);

// Bits that number n things; 0 for one thing, as Verilog's $clog2.
static inline int clog2(int n) {
  int bits = 0;
  while (n > 1 << bits)
    bits++;
  return bits;
}

// Whether the engine has structured weights, whether it multiplies columns by rows, whether it chooses operands out of
// windows, and whether B may come with metadata.
static inline bool is_structured(const Plan *plan) {
  return plan->hss_groups > 0;
}

static inline bool is_outer(const Plan *plan) {
  return plan->outer_blocks > 0;
}

// Bits of the K of a tile there: those of a tile's multiplications without those of T * T.
static inline int outer_k_bits(const Plan *plan) {
  return plan->count_bits - clog2(plan->m0 * plan->n0);
}

// Whether results may be written without their zeros, as the next job reads A: its elements are bytes, as int8 results
// are.
static inline bool writes_sparse(const Plan *plan) {
  return is_outer(plan) && plan->data_bits == 8;
}

static inline bool has_windows(const Plan *plan) {
  return plan->modes != 1 << MODE_DENSE && !is_structured(plan) && !is_outer(plan);
}

// ARRAY of the leaves that multiply: 2 is the array in synthesis alone (rtl/arith/lac_mul.v).
static inline int array_style(const Plan *plan) {
  return plan->multiplier == MULTIPLIER_ARRAY ? 2 : 0;
}

static inline bool has_metadata(const Plan *plan) {
  return plan->m_lane_bits > 0;
}

// Cycles of a step without zeros: 1, or of a k-tile of a whole tile in the outer-product engine.
static inline int plan_step_cycles(const Plan *plan) {
  return plan->m0 * plan->n0 * plan->k0 / plan->macs;
}

// Words of one store of chunks that a k-tile of the outer-product engine takes at most.
static inline int outer_tile_words(const Plan *plan) {
  return plan->b_step_words / plan->b_banks;
}

// Of the number of a block of the outer-product engine; one where there is but one.
static inline int outer_turn_bits(const Plan *plan) {
  return plan->outer_blocks > 1 ? clog2(plan->outer_blocks) : 1;
}

// Words of one store of B: of the buffer, or of one of the chunk stores.
static inline int plan_store_words(const Plan *plan) {
  return plan->b_words / plan->b_banks;
}

// Elements of A in memory that hold `words` words of K: of structured A, kept values and an element of offsets a block.
static inline uint64_t plan_stored(const Plan *plan, uint64_t words) {
  if (!plan->hss_a_g0) return words;
  uint64_t block = (uint64_t)plan->hss_h0;
  return (words + block - 1) / block * ((uint64_t)plan->hss_a_g0 + 1);
}

// Modes that a run may have: the hardware's, and where A is structured, dense and b, in which any A is computed in
// passes.
static inline int plan_run_modes(const Plan *plan) {
  return plan->modes | (plan->hss_a_g0 ? 1 << MODE_DENSE | 1 << MODE_B : 0);
}

// How often K is passed in a mode, each time with other words of structured A: 1 where A obeys.
static inline int plan_passes(const Plan *plan, Mode mode) {
  if (!plan->hss_a_g0 || plan->modes >> mode & 1) return 1;
  return (plan->hss_h0 + plan->hss_a_g0 - 1) / plan->hss_a_g0;
}

// FNV-1a over every field below `hash` (gen/plan/plan_fields.h) and the tool version.
uint64_t plan_hash(const Plan *plan);

#endif
