// Errors made on purpose: answers of the memory that are not OKAY, and metadata of B, or of compressed or structured A,
// that are not legal.
#ifndef LACUNA_INJECTION_H
#define LACUNA_INJECTION_H

#include "harness/pack/image.h"
#include "sim/device/dut.h"

// What words of B, and from SPOIL_COUNT on sets of A, have that can be spoilt; each engine's injection.c says what it
// is there.
typedef enum Spoil {
  SPOIL_NOTHING,
  SPOIL_CODE,    // where a weight comes from
  SPOIL_ADVANCE, // how far a word goes
  SPOIL_END,     // an end where there is none
  SPOIL_TAG,     // no end where there is one
  SPOIL_PADDING, // a bit that fills up the metadata
  SPOIL_COUNT,   // more values than there are
  SPOIL_LESS,    // a value less
  SPOIL_FALL,    // an end past the next one
  SPOIL_OFFSET,  // where a value stands
  SPOIL_REST     // a bit that fills up a set
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

// ---- what engines spoil with

uint64_t injection_word_at(const Plan *plan, uint64_t word); // the first bit of a word's metadata

// Sets the last bit of a word's last part. False where all of its bits are used.
bool injection_fill(const Plan *plan, Image *image, uint64_t word, int used);

// The first word from the injection's on that can be spoilt; false after a message if there is none.
typedef bool SpoilWord(const Plan *plan, Image *image, Spoil spoil, uint64_t word);
bool injection_words(const char *text, const Injection *injection, const Plan *plan, Image *image, SpoilWord *spoil);

bool injection_no_set(const char *text, uint64_t sets); // false, after the message that there is no such set

#endif
