// The fields of Plan below `hash`, one row each in the order of gen/plan/plan.h: the hash, `info`, the manifest and the
// tests read them here. plan_fields.c fails to compile when this table and the structure differ.
//
// PLAN_FIELD(type, field, KIND, "unit", "meaning")
#ifndef LACUNA_PLAN_FIELDS_H
#define LACUNA_PLAN_FIELDS_H

#include <stddef.h>

#include "gen/plan/plan.h"

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

#define PLAN_FIELDS_BORROWING(PLAN_FIELD)                                                                              \
  PLAN_FIELD(int, modes, FIELD_NUMBER, "", "modes: 1 dense, 2 a, 4 b, 8 ab, added up")                                 \
  PLAN_FIELD(int, a_d1, FIELD_NUMBER, "steps", "mode a: lookahead")                                                    \
  PLAN_FIELD(int, a_d2, FIELD_NUMBER, "lanes", "mode a: lookaside")                                                    \
  PLAN_FIELD(int, a_d3, FIELD_NUMBER, "rows", "mode a: borrowing across rows")                                         \
  PLAN_FIELD(int, b_d1, FIELD_NUMBER, "steps", "mode b: lookahead")                                                    \
  PLAN_FIELD(int, b_d2, FIELD_NUMBER, "lanes", "mode b: lookaside")                                                    \
  PLAN_FIELD(int, b_d3, FIELD_NUMBER, "columns", "mode b: borrowing across columns")                                   \
  PLAN_FIELD(int, ab_a1, FIELD_NUMBER, "words", "mode ab: lookahead of A")                                             \
  PLAN_FIELD(int, ab_a2, FIELD_NUMBER, "lanes", "mode ab: lookaside of A")                                             \
  PLAN_FIELD(int, ab_b1, FIELD_NUMBER, "steps", "mode ab: lookahead of B")                                             \
  PLAN_FIELD(int, ab_b2, FIELD_NUMBER, "lanes", "mode ab: lookaside of B")                                             \
  PLAN_FIELD(int, ab_b3, FIELD_NUMBER, "columns", "mode ab: borrowing of B across columns")                            \
  PLAN_FIELD(int, a_depth, FIELD_NUMBER, "steps", "A that a multiplier can see")                                       \
  PLAN_FIELD(int, a_ring, FIELD_NUMBER, "steps", "A in the window")                                                    \
  PLAN_FIELD(int, b_window, FIELD_NUMBER, "words", "B that a multiplier can see")                                      \
  PLAN_FIELD(bool, shuffle, FIELD_FLAG, "", "lanes are rotated by four, step by step")                                 \
  PLAN_FIELD(bool, wrap, FIELD_FLAG, "", "the last column borrows from the first")                                     \
  PLAN_FIELD(bool, run_on, FIELD_FLAG, "", "mode b: the window runs on into the next tile")                            \
  PLAN_FIELD(int, dist_bits, FIELD_NUMBER, "bits", "code of a weight: step")                                           \
  PLAN_FIELD(int, side_bits, FIELD_NUMBER, "bits", "code of a weight: lane")                                           \
  PLAN_FIELD(int, across_bits, FIELD_NUMBER, "bits", "code of a weight: column")                                       \
  PLAN_FIELD(int, code_bits, FIELD_NUMBER, "bits", "code of a weight")                                                 \
  PLAN_FIELD(int, advance_bits, FIELD_NUMBER, "bits", "header of a word: steps given up")                              \
  PLAN_FIELD(int, header_bits, FIELD_NUMBER, "bits", "header of a word")                                               \
  PLAN_FIELD(int, m_lane_bits, FIELD_NUMBER, "bits", "metadata of a part of a word of B")

#define PLAN_FIELDS_HSS(PLAN_FIELD)                                                                                    \
  PLAN_FIELD(int, hss_g0, FIELD_NUMBER, "words", "kept of a block")                                                    \
  PLAN_FIELD(int, hss_h0, FIELD_NUMBER, "words", "of a block, at most")                                                \
  PLAN_FIELD(int, hss_g1, FIELD_NUMBER, "blocks", "kept of a part")                                                    \
  PLAN_FIELD(int, hss_h1, FIELD_NUMBER, "blocks", "of a part, at most")                                                \
  PLAN_FIELD(int, hss_g2, FIELD_NUMBER, "parts", "kept of a group")                                                    \
  PLAN_FIELD(int, hss_h2, FIELD_NUMBER, "parts", "of a group, at most")                                                \
  PLAN_FIELD(int, hss_groups, FIELD_NUMBER, "groups", "in a step of a column")                                         \
  PLAN_FIELD(int, hss_group_bits, FIELD_NUMBER, "bits", "offsets of a group")                                          \
  PLAN_FIELD(int, hss_a_g0, FIELD_NUMBER, "words", "kept of a block of A; 0: A as it is")                              \
  PLAN_FIELD(bool, a_compressed, FIELD_FLAG, "", "A may lie in memory without its zeros")                              \
  PLAN_FIELD(int, a_head_bytes, FIELD_NUMBER, "bytes", "count and ends of a set of compressed A")

#define PLAN_FIELDS_OUTER(PLAN_FIELD)                                                                                  \
  PLAN_FIELD(int, outer_p, FIELD_NUMBER, "lanes", "of a block")                                                        \
  PLAN_FIELD(int, outer_q, FIELD_NUMBER, "multipliers", "of a lane")                                                   \
  PLAN_FIELD(int, outer_blocks, FIELD_NUMBER, "blocks", "that take k of their own")                                    \
  PLAN_FIELD(int, outer_banks, FIELD_NUMBER, "banks", "of accumulators of a lane")                                     \
  PLAN_FIELD(int, outer_window, FIELD_NUMBER, "chunks", "of B that a block works on")                                  \
  PLAN_FIELD(int, outer_slots, FIELD_NUMBER, "k-tiles", "of A in the engine")                                          \
  PLAN_FIELD(int, outer_ks, FIELD_NUMBER, "k", "of a k-tile that are a block's")                                       \
  PLAN_FIELD(int, outer_list_words, FIELD_NUMBER, "words", "numbers of k-tiles: depth of their store")                 \
  PLAN_FIELD(int, outer_known, FIELD_NUMBER, "k-tiles", "of a panel that A may be known to lack")

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

#define PLAN_FIELDS(PLAN_FIELD)                                                                                        \
  PLAN_FIELDS_ENGINE(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_MEMORY(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_OPERANDS(PLAN_FIELD)                                                                                     \
  PLAN_FIELDS_BORROWING(PLAN_FIELD)                                                                                    \
  PLAN_FIELDS_HSS(PLAN_FIELD) PLAN_FIELDS_OUTER(PLAN_FIELD) PLAN_FIELDS_EPILOGUE(PLAN_FIELD)

typedef enum FieldKind { FIELD_NUMBER, FIELD_FLAG, FIELD_ENGINE, FIELD_MULTIPLIER, FIELD_RAM } FieldKind;

typedef struct PlanField {
  const char *name;
  FieldKind kind;
  const char *unit, *meaning;
} PlanField;

size_t plan_field_count(void);
const PlanField *plan_field(size_t index);
int plan_field_value(const Plan *plan, size_t index);

// The value as a configuration would say it: a number, true or false, or a word.
const char *plan_field_text(const Plan *plan, size_t index, char *text, size_t size);

#endif
