// The fields of a plan, one row each: the structure (gen/plan/plan.h), the hash, `info`, the manifest and the tests are
// made from them. The order is that of the hash.
//
// PLAN_FIELD(type, field, KIND, "unit", "meaning")                 plan->field
// OWN_FIELD(part, prefix, type, field, KIND, "unit", "meaning")    plan->part.field, an engine's own, called
// prefix##field
#ifndef LACUNA_ROWS_PLAN_H
#define LACUNA_ROWS_PLAN_H

#include "gen/rows/engines.h"

// A tile of results is m0 x n0; a step of the shell is k0 of K. The multipliers are mul_m x mul_n x mul_k: as many in
// all engines but the outer-product one, where a tile is T x T, a step a k-tile, and mul_m x mul_n x 1 is P x Q. macs
// is their product. a_bits are data_bits, plus one if A is unsigned or has a zero point.
#define PLAN_FIELDS_ENGINE(PLAN_FIELD)                                                                                 \
  PLAN_FIELD(EngineKind, engine, FIELD_ENGINE, "", "engine")                                                           \
  PLAN_FIELD(int, m0, FIELD_NUMBER, "rows", "rows of a tile")                                                          \
  PLAN_FIELD(int, n0, FIELD_NUMBER, "columns", "columns of a tile")                                                    \
  PLAN_FIELD(int, k0, FIELD_NUMBER, "elements", "elements of K in a step")                                             \
  PLAN_FIELD(int, mul_m, FIELD_NUMBER, "multipliers", "rows of multipliers")                                           \
  PLAN_FIELD(int, mul_n, FIELD_NUMBER, "multipliers", "columns of multipliers")                                        \
  PLAN_FIELD(int, mul_k, FIELD_NUMBER, "multipliers", "multipliers of a PE, along K")                                  \
  PLAN_FIELD(int, macs, FIELD_NUMBER, "multipliers", "multipliers")                                                    \
  PLAN_FIELD(int, count_bits, FIELD_NUMBER, "bits", "multiplications counted in a cycle")                              \
  PLAN_FIELD(int, data_bits, FIELD_NUMBER, "bits", "operand element in memory")                                        \
  PLAN_FIELD(bool, a_signed, FIELD_FLAG, "", "A is signed in memory")                                                  \
  PLAN_FIELD(bool, a_zero_point, FIELD_FLAG, "", "a zero point is subtracted from A")                                  \
  PLAN_FIELD(int, a_bits, FIELD_NUMBER, "bits", "A at the multiplier")                                                 \
  PLAN_FIELD(int, b_bits, FIELD_NUMBER, "bits", "B at the multiplier")                                                 \
  PLAN_FIELD(int, acc_bits, FIELD_NUMBER, "bits", "accumulator")

#define PLAN_FIELDS_MEMORY(PLAN_FIELD)                                                                                 \
  PLAN_FIELD(int, bus_bits, FIELD_NUMBER, "bits", "AXI data")                                                          \
  PLAN_FIELD(int, bus_bytes, FIELD_NUMBER, "bytes", "AXI data")                                                        \
  PLAN_FIELD(int, addr_bits, FIELD_NUMBER, "bits", "AXI address")                                                      \
  PLAN_FIELD(int, beat_elems, FIELD_NUMBER, "elements", "operand elements in a bus beat")                              \
  PLAN_FIELD(int, burst_beats, FIELD_NUMBER, "beats", "longest burst")                                                 \
  PLAN_FIELD(int, read_fifo_beats, FIELD_NUMBER, "beats", "landing FIFO of a read channel")                            \
  PLAN_FIELD(int, outstanding, FIELD_NUMBER, "bursts", "bursts in flight, reads and writes each")                      \
  PLAN_FIELD(int, urgent_cycles, FIELD_NUMBER, "cycles", "how long a stream that was waited for keeps its precedence")

// A buffer: a_rows banks, each a window RAM of a_columns RAMs of a_granule elements side by side. Row m of a matrix is
// in bank m mod a_rows; an m-tile has m0 / a_rows rows in each. a_rows is m0, in the outer-product engine 8.
// a_bank_elems, a_granule and a_columns are powers of two; a_pos_bits is log2(a_bank_elems) + 2. a_steps is 1 in the
// dense engine.
//
// b_beat is k0, or what multipliers choose from beside structured A. B buffer: b_words of b_word_bits = n0 * b_beat *
// data_bits, in b_lanes lanes of b_lane_bits. In the outer-product engine they are the words of all chunk stores, one
// lane each; b_banks, a power of two, is the number of stores. b_step_words is 1; in the outer-product engine those of
// all stores, for a k-tile without zeros.
#define PLAN_FIELDS_OPERANDS(PLAN_FIELD)                                                                               \
  PLAN_FIELD(int, a_rows, FIELD_NUMBER, "rows", "A buffer: banks, rows read in a cycle")                               \
  PLAN_FIELD(int, a_bank_elems, FIELD_NUMBER, "elements", "A buffer: a bank")                                          \
  PLAN_FIELD(int, a_granule, FIELD_NUMBER, "elements", "A buffer: a RAM word")                                         \
  PLAN_FIELD(int, a_columns, FIELD_NUMBER, "RAMs", "A buffer: RAMs side by side in a bank")                            \
  PLAN_FIELD(int, a_lines, FIELD_NUMBER, "words", "A buffer: RAM depth")                                               \
  PLAN_FIELD(int, a_pos_bits, FIELD_NUMBER, "bits", "A buffer: absolute position")                                     \
  PLAN_FIELD(int, a_steps, FIELD_NUMBER, "steps", "A buffer: steps of K read in a cycle")                              \
  PLAN_FIELD(int, a_beat, FIELD_NUMBER, "elements", "A buffer: elements of a row read in a cycle")                     \
  PLAN_FIELD(int, b_beat, FIELD_NUMBER, "elements", "B buffer: weights of a column in a step")                         \
  PLAN_FIELD(int, b_word_bits, FIELD_NUMBER, "bits", "B buffer: a step of a panel")                                    \
  PLAN_FIELD(int, b_lanes, FIELD_NUMBER, "lanes", "B buffer: parts a word is written in")                              \
  PLAN_FIELD(int, b_lane_bits, FIELD_NUMBER, "bits", "B buffer: a part")                                               \
  PLAN_FIELD(int, b_words, FIELD_NUMBER, "words", "B buffer: depth")                                                   \
  PLAN_FIELD(int, b_banks, FIELD_NUMBER, "words", "B buffer: words read in a cycle")                                   \
  PLAN_FIELD(int, b_step_words, FIELD_NUMBER, "words", "B buffer: a step, at most")

// Bit 1 << Mode of modes for each mode the hardware has.
#define PLAN_FIELDS_MODES(PLAN_FIELD)                                                                                  \
  PLAN_FIELD(int, modes, FIELD_NUMBER, "", "modes: 1 dense, 2 a, 4 b, 8 ab, added up")

// What a multiplier can see: 1 where there are no windows.
#define PLAN_FIELDS_REACH(PLAN_FIELD)                                                                                  \
  PLAN_FIELD(int, a_depth, FIELD_NUMBER, "steps", "A that a multiplier can see")                                       \
  PLAN_FIELD(int, a_ring, FIELD_NUMBER, "steps", "A in the window")                                                    \
  PLAN_FIELD(int, b_window, FIELD_NUMBER, "words", "B that a multiplier can see")

// Metadata of B: m_lane_bits 0 says that the engine reads none. Sets of compressed A: a_head_bytes is 0 without, and
// where sets have bitmaps.
#define PLAN_FIELDS_META(PLAN_FIELD)                                                                                   \
  PLAN_FIELD(int, m_lane_bits, FIELD_NUMBER, "bits", "metadata of a part of a word of B")

#define PLAN_FIELDS_SETS(PLAN_FIELD)                                                                                   \
  PLAN_FIELD(bool, a_compressed, FIELD_FLAG, "", "A may lie in memory without its zeros")                              \
  PLAN_FIELD(int, a_head_bytes, FIELD_NUMBER, "bytes", "count and ends of a set of compressed A")

// e_lanes results a cycle; a tile leaves in c_chunks words per row. Column parameters are 96 bits per lane. The largest
// slot of the C buffer is c_half_words.
#define PLAN_FIELDS_EPILOGUE(PLAN_FIELD)                                                                               \
  PLAN_FIELD(int, e_lanes, FIELD_NUMBER, "lanes", "results a cycle")                                                   \
  PLAN_FIELD(int, c_chunks, FIELD_NUMBER, "words", "result words per tile row")                                        \
  PLAN_FIELD(int, p_word_bits, FIELD_NUMBER, "bits", "column parameters of a result word")                             \
  PLAN_FIELD(int, p_lanes, FIELD_NUMBER, "lanes", "parts a parameter word is written in")                              \
  PLAN_FIELD(int, p_lane_bits, FIELD_NUMBER, "bits", "a part")                                                         \
  PLAN_FIELD(int, p_words, FIELD_NUMBER, "words", "parameter buffer: depth")                                           \
  PLAN_FIELD(int, c_half_words, FIELD_NUMBER, "words", "C buffer: result words in half of it")                         \
  PLAN_FIELD(int, c_slots, FIELD_NUMBER, "m-tiles", "C buffer: m-tiles that may wait")                                 \
  PLAN_FIELD(MultiplierStyle, multiplier, FIELD_MULTIPLIER, "", "multiplier")                                          \
  PLAN_FIELD(int, engine_latency, FIELD_NUMBER, "cycles", "step taken to first result word")                           \
  PLAN_FIELD(int, shift_latency, FIELD_NUMBER, "cycles", "shift to the next row's results")                            \
  PLAN_FIELD(int, epilogue_latency, FIELD_NUMBER, "cycles", "result word to C buffer")                                 \
  PLAN_FIELD(bool, counters_full, FIELD_FLAG, "", "effectual multiplications are counted in hardware")                 \
  PLAN_FIELD(RamStyle, ram, FIELD_RAM, "", "memories")

// Fields that all plans have, and those in the order of the hash with each engine's own between them.
#define PLAN_FIELDS_COMMON(PLAN_FIELD)                                                                                 \
  PLAN_FIELDS_ENGINE(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_MEMORY(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_OPERANDS(PLAN_FIELD)                                                                                     \
  PLAN_FIELDS_MODES(PLAN_FIELD)                                                                                        \
  PLAN_FIELDS_REACH(PLAN_FIELD)                                                                                        \
  PLAN_FIELDS_META(PLAN_FIELD) PLAN_FIELDS_SETS(PLAN_FIELD) PLAN_FIELDS_EPILOGUE(PLAN_FIELD)

#define PLAN_FIELDS(PLAN_FIELD, OWN_FIELD)                                                                             \
  PLAN_FIELDS_ENGINE(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_MEMORY(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_OPERANDS(PLAN_FIELD)                                                                                     \
  PLAN_FIELDS_MODES(PLAN_FIELD)                                                                                        \
  PLAN_FIELDS_DISTANCES(OWN_FIELD)                                                                                     \
  PLAN_FIELDS_REACH(PLAN_FIELD)                                                                                        \
  PLAN_FIELDS_CODES(OWN_FIELD)                                                                                         \
  PLAN_FIELDS_META(PLAN_FIELD)                                                                                         \
  PLAN_FIELDS_HSS(OWN_FIELD)                                                                                           \
  PLAN_FIELDS_SETS(PLAN_FIELD) PLAN_FIELDS_OUTER(OWN_FIELD) PLAN_FIELDS_EPILOGUE(PLAN_FIELD)

#endif
