// Numbers that leaves of rtl/ have by themselves and that C has to know: cycles that something takes in them, and how
// much they hold. Those of one engine's leaves are in numbers.h of its folder.
//
// NUMBER(NAME, value, "leaf", "text", "what it is"). In its Verilog the text stands once, with the value, in digits or
// in words, in place of the #, and with blanks of any number; tests/unit/gen/test_codes.c looks for it.
#ifndef LACUNA_LEAF_NUMBERS_H
#define LACUNA_LEAF_NUMBERS_H

// clang-format off
#define LEAF_NUMBERS(NUMBER) \
  NUMBER(PE_LATENCY,      4, "lac_dense_pe", "drain_o: LATENCY = #", "cycles from the last step to its sum, any PE") \
  NUMBER(SHIFT_LATENCY,   2, "lac_dense_pe", "o: SHIFT_LATENCY = #", "cycles from a shift to the next row's sums") \
  NUMBER(REQUANT_LATENCY, 9, "lac_requant",  "LATENCY = # cycles",    "cycles from a result word to the C buffer") \
  NUMBER(SKID_WORDS,      2, "lac_skid",     "costs # payload regis", "words that it holds") \
  NUMBER(C_PIECES,        4, "lac_c_buffer", ".DEPTH (#)",            "words of e_lanes results behind the C buffer") \
  NUMBER(BURST_TURNS,     4, "lac_c_bursts", ".DEPTH (#)",            "bursts of results that wait for data") \
  NUMBER(TILE_SETS,       8, "lac_c_tiles",  "TILE_W = # + 8 * SET",  "sets of compressed operands in a tile")
// clang-format on

#define LEAF_NUMBER(NAME, value, ...) NAME = (value),
enum { LEAF_NUMBERS(LEAF_NUMBER) };

#endif
