// Compaction of B for the engines with windows (docs/engines/griffin.md, "A word of compacted B"): which weight each
// multiplier takes in each word, so that zeros cost as few words as the window allows. Knows only where the zeros are:
// packing the weights and their metadata is the packer's. Allocates nothing; compiles for bare metal.
#ifndef LACUNA_COMPACT_H
#define LACUNA_COMPACT_H

#include <stdbool.h>
#include <stdint.h>

// What a slot may borrow from: b_d1, b_d2, b_d3 of the plan in mode b; ab_b1, ab_b2, ab_b3 and no run_on in mode ab.
typedef struct CompactRules {
  int columns, lanes; // N0 and K0, 1 to 64 each
  int d1, d2, d3;     // steps 0 to 15, lanes below K0, columns below N0
  bool wrap;          // column N0 - 1 borrows from column 0
  bool run_on;        // words straddle the tiles of a group; has an effect where d3 > 0
} CompactRules;

typedef enum CompactMethod {
  COMPACT_GREEDY,   // oldest weight first, as the paper does it: the baseline
  COMPACT_MATCHING, // each word gives up as many steps as any choice of weights, in it and those before, allows
  COMPACT_METHODS
} CompactMethod;

// A word and the steps of A given up with it. The first word's head is step 0 of the group; the steps of all tiles of a
// group are counted through.
typedef struct CompactWord {
  uint8_t advance; // 1 to 1 + d1
  bool last;       // of its tile
  bool straddle;   // takes weights of the next tile
} CompactWord;

// Where a slot's weight comes from, or COMPACT_EMPTY. The distances are those of the code: with straddle, an e3 of 1
// says next tile, own column.
typedef uint16_t CompactCode;

#define COMPACT_EMPTY 0xffff

static inline CompactCode compact_code(int e1, int e2, int e3) {
  return (CompactCode)(e1 | e2 << 4 | e3 << 10);
}

static inline int compact_e1(CompactCode code) {
  return code & 15;
}

static inline int compact_e2(CompactCode code) {
  return code >> 4 & 63;
}

static inline int compact_e3(CompactCode code) {
  return code >> 10;
}

// Bytes that compact() needs to work in, for any number of tiles and steps.
uint64_t compact_scratch(const CompactRules *rules);

// Compacts `tiles` tiles of `steps` steps each: the panels of a group in sequence. Without rules->run_on each tile
// stands by itself.
//   nonzero      [tiles][steps][lanes], after the shuffle: bit c is set where column c has a weight other than zero
//   scratch      compact_scratch(rules) bytes, aligned for uint64_t
//   words        room for tiles * steps
//   codes        room for [tiles * steps][columns][lanes]
//   tile_words   [tiles]: words of each tile, those up to and with its last
// Returns the number of words: at least 1 for each tile, at most tiles * steps. `steps` and `tiles` are at least 1.
uint32_t compact(const CompactRules *rules, CompactMethod method, uint32_t tiles, uint32_t steps,
                 const uint64_t *nonzero, void *scratch, CompactWord *words, CompactCode *codes, uint32_t *tile_words);

#endif
