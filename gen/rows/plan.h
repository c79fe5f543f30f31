// The fields of a plan that all engines have, one row each. Each family has its own in gen/rows/FAMILY.h. The structure
// (gen/plan/plan.h), the hash, `lacuna info`, the manifest and the tests use these rows: first those of all, then those
// of the families.
//
// PLAN_FIELD(type, field, KIND, "unit", "meaning")    plan->field
//
// PLAN_FIELDS_NAME of family NAME:
// OWN_FIELD(part, prefix, type, field, KIND, "unit", "meaning")    plan->part.field, printed as prefix##field
// PLAN_PART_NAME(fields) declares the part of those fields; nothing if there is none.
#ifndef LACUNA_ROWS_PLAN_H
#define LACUNA_ROWS_PLAN_H

// A tile of results is m0 x n0; a step is k0 elements of K. There are macs = mul_m * mul_n * mul_k multipliers: m0, n0
// and k0 in all engines but outer. In outer a tile is T x T, a step is a k-tile, and the multipliers are P x Q x 1.
// a_bits is data_bits, plus one if A is unsigned or has a zero point.
#define PLAN_FIELDS_ENGINE(PLAN_FIELD)                                                                                 \
  PLAN_FIELD(EngineKind, engine, FIELD_ENGINE, "", "engine")                                                           \
  PLAN_FIELD(int, m0, FIELD_NUMBER, "rows", "rows of a tile")                                                          \
  PLAN_FIELD(int, n0, FIELD_NUMBER, "columns", "columns of a tile")                                                    \
  PLAN_FIELD(int, k0, FIELD_NUMBER, "elements", "elements of K in a step")                                             \
  PLAN_FIELD(int, mul_m, FIELD_NUMBER, "multipliers", "rows of multipliers")                                           \
  PLAN_FIELD(int, mul_n, FIELD_NUMBER, "multipliers", "columns of multipliers")                                        \
  PLAN_FIELD(int, mul_k, FIELD_NUMBER, "multipliers", "multipliers of a PE, along K")                                  \
  PLAN_FIELD(int, macs, FIELD_NUMBER, "multipliers", "multipliers")                                                    \
  PLAN_FIELD(int, count_bits, FIELD_NUMBER, "bits", "counter of the multiplications of a cycle")                       \
  PLAN_FIELD(int, data_bits, FIELD_NUMBER, "bits", "element of an operand in memory")                                  \
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
  PLAN_FIELD(int, urgent_cycles, FIELD_NUMBER, "cycles",                                                               \
             "how long a stream keeps its priority after the engine waited for it")

// A buffer: a_rows banks. A bank is a window RAM: a_columns RAMs side by side, with words of a_granule elements. Row m
// of a matrix is in bank m mod a_rows; an m-tile has m0 / a_rows rows in each bank. a_rows is m0, in engine outer 8.
// a_bank_elems, a_granule and a_columns are powers of two; a_pos_bits is log2(a_bank_elems) + 2. a_steps is 1 in engine
// dense.
//
// B buffer: b_words words of b_word_bits = n0 * b_beat * data_bits, written in b_lanes lanes of b_lane_bits. b_beat is
// k0; with structured A it is the number of weights that a column's multipliers choose from. In engine outer the words
// are those of all chunk stores, one lane each, and b_banks, a power of two, is the number of stores. b_step_words is
// 1; in engine outer it is the words of all stores for a k-tile without zeros.
#define PLAN_FIELDS_OPERANDS(PLAN_FIELD)                                                                               \
  PLAN_FIELD(int, a_rows, FIELD_NUMBER, "rows", "A buffer: banks; rows read per cycle")                                \
  PLAN_FIELD(int, a_bank_elems, FIELD_NUMBER, "elements", "A buffer: size of a bank")                                  \
  PLAN_FIELD(int, a_granule, FIELD_NUMBER, "elements", "A buffer: word of a RAM")                                      \
  PLAN_FIELD(int, a_columns, FIELD_NUMBER, "RAMs", "A buffer: RAMs of a bank, side by side")                           \
  PLAN_FIELD(int, a_lines, FIELD_NUMBER, "words", "A buffer: depth of a RAM")                                          \
  PLAN_FIELD(int, a_pos_bits, FIELD_NUMBER, "bits", "A buffer: position of an element")                                \
  PLAN_FIELD(int, a_steps, FIELD_NUMBER, "steps", "A buffer: steps of K read per cycle")                               \
  PLAN_FIELD(int, a_beat, FIELD_NUMBER, "elements", "A buffer: elements of a row read per cycle")                      \
  PLAN_FIELD(int, b_beat, FIELD_NUMBER, "elements", "B buffer: weights of a column in a step")                         \
  PLAN_FIELD(int, b_word_bits, FIELD_NUMBER, "bits", "B buffer: word, a step of a panel")                              \
  PLAN_FIELD(int, b_lanes, FIELD_NUMBER, "lanes", "B buffer: parts of a word, written one by one")                     \
  PLAN_FIELD(int, b_lane_bits, FIELD_NUMBER, "bits", "B buffer: part of a word")                                       \
  PLAN_FIELD(int, b_words, FIELD_NUMBER, "words", "B buffer: depth")                                                   \
  PLAN_FIELD(int, b_banks, FIELD_NUMBER, "words", "B buffer: banks; words read per cycle")                             \
  PLAN_FIELD(int, b_step_words, FIELD_NUMBER, "words", "B buffer: words of a step, at most")

// Bit 1 << mode of `modes` is set for each mode that the hardware has. a_depth, a_ring and b_window are 1 in engines
// without windows. m_lane_bits is 0 in engines without metadata of B. a_head_bytes is 0 if A is never compressed, and
// if its sets have bitmaps.
#define PLAN_FIELDS_SKIPPING(PLAN_FIELD)                                                                               \
  PLAN_FIELD(int, modes, FIELD_NUMBER, "", "modes: 1 dense, 2 a, 4 b, 8 ab, added up")                                 \
  PLAN_FIELD(int, a_depth, FIELD_NUMBER, "steps", "A that a multiplier can choose from")                               \
  PLAN_FIELD(int, a_ring, FIELD_NUMBER, "steps", "A held in the window")                                               \
  PLAN_FIELD(int, b_window, FIELD_NUMBER, "words", "B that a multiplier can choose from")                              \
  PLAN_FIELD(int, m_lane_bits, FIELD_NUMBER, "bits", "metadata of a part of a word of B")                              \
  PLAN_FIELD(bool, a_compressed, FIELD_FLAG, "", "A may be compressed in memory")                                      \
  PLAN_FIELD(int, a_head_bytes, FIELD_NUMBER, "bytes", "compressed A: count and ends of a set")

// The epilogue takes e_lanes results per cycle; a row of a tile is c_chunks words. Column parameters are 96 bits per
// lane. A slot of the C buffer is at most c_half_words.
#define PLAN_FIELDS_EPILOGUE(PLAN_FIELD)                                                                               \
  PLAN_FIELD(int, e_lanes, FIELD_NUMBER, "lanes", "results per cycle")                                                 \
  PLAN_FIELD(int, c_chunks, FIELD_NUMBER, "words", "result words per tile row")                                        \
  PLAN_FIELD(int, p_word_bits, FIELD_NUMBER, "bits", "column parameters of a result word")                             \
  PLAN_FIELD(int, p_lanes, FIELD_NUMBER, "lanes", "parts of a parameter word, written one by one")                     \
  PLAN_FIELD(int, p_lane_bits, FIELD_NUMBER, "bits", "part of a parameter word")                                       \
  PLAN_FIELD(int, p_words, FIELD_NUMBER, "words", "parameter buffer: depth")                                           \
  PLAN_FIELD(int, c_half_words, FIELD_NUMBER, "words", "C buffer: words in half of it")                                \
  PLAN_FIELD(int, c_slots, FIELD_NUMBER, "m-tiles", "C buffer: m-tiles that may wait in it")                           \
  PLAN_FIELD(MultiplierStyle, multiplier, FIELD_MULTIPLIER, "", "multiplier")                                          \
  PLAN_FIELD(int, engine_latency, FIELD_NUMBER, "cycles", "from a step taken to the first result word")                \
  PLAN_FIELD(int, shift_latency, FIELD_NUMBER, "cycles", "from a shift to the results of the next row")                \
  PLAN_FIELD(int, epilogue_latency, FIELD_NUMBER, "cycles", "from a result word to the C buffer")                      \
  PLAN_FIELD(bool, counters_full, FIELD_FLAG, "", "multiplications are counted in hardware")                           \
  PLAN_FIELD(RamStyle, ram, FIELD_RAM, "", "memories")

// Fields of all plans.
#define PLAN_FIELDS(PLAN_FIELD)                                                                                        \
  PLAN_FIELDS_ENGINE(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_MEMORY(PLAN_FIELD)                                                                                       \
  PLAN_FIELDS_OPERANDS(PLAN_FIELD) PLAN_FIELDS_SKIPPING(PLAN_FIELD) PLAN_FIELDS_EPILOGUE(PLAN_FIELD)

#endif
