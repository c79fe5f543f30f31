// Errors made on purpose: answers of the memory that are not OKAY, and metadata of B, or of compressed or structured A,
// that are not legal.
#ifndef LACUNA_INJECTION_H
#define LACUNA_INJECTION_H

#include "harness/pack/image.h"
#include "sim/device/dut.h"

// What words and sets have that can be spoilt; in engine outer a word is a panel's record, and a set has a bitmap.
typedef enum Spoil {
  SPOIL_NOTHING,
  SPOIL_CODE,    // a weight's code points past the window, or a zero weight has one; structured weights: an offset does
                 // not ascend, or is too large; outer: a bit at a column that does not exist
  SPOIL_ADVANCE, // a word gives up no step; outer: the record says a value more than it has
  SPOIL_END,     // a word is the last of its tile before the tile is over; outer: a k-tile that does not exist
  SPOIL_TAG,     // no word is the last of a tile; outer: more values than there is memory
  SPOIL_PADDING, // a bit that fills up the metadata of a word is not zero; outer: one of a record's last beat
  SPOIL_COUNT,   // a set of compressed A has more values than elements; outer: a value more than it had
  SPOIL_LESS,    // a set has a value less than it had
  SPOIL_FALL,    // the end of a block lies past that of the next one; outer: a set past the segment
  SPOIL_OFFSET,  // the second value of a block stands where the first one does; outer: an element past the segment
  SPOIL_REST     // a bit that fills up the last byte of a set's offsets; structured A: one above offsets
} Spoil;

typedef struct Injection {
  AxiFault fault;
  size_t faults; // 0 or 1
  Spoil spoil;
  uint64_t word; // of B, or set of A: where to spoil, or the next one after it that can be
} Injection;

// `CHANNEL:KIND:N`; NULL: no injection. False after a message.
bool injection_parse(const char *text, Injection *injection);

// Spoils the metadata of an image if the text asks for it. False after a message: no metadata, or no such word.
bool injection_damage(const char *text, const Plan *plan, Image *image);

#endif
