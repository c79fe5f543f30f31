// A configuration file as values with positions. Checked key by key here; what keys mean together is the plan's affair.
#ifndef LACUNA_SPEC_H
#define LACUNA_SPEC_H

#include <stdbool.h>
#include <stddef.h>

#include "gen/spec/spec_keys.h"

#define SPEC_KEY_ID(ID, ...) KEY_##ID,
typedef enum SpecKeyId {
  SPEC_KEYS_TILE(SPEC_KEY_ID)
#define FAMILY(family) SPEC_KEYS_##family(SPEC_KEY_ID)
#include "gen/rows/engines.h"
      SPEC_KEYS_COMMON(SPEC_KEY_ID) KEY_COUNT
} SpecKeyId;
#undef SPEC_KEY_ID

typedef enum SpecKind { NUMBER, POWER2, FLAG, CHOICE, WORD } SpecKind;

typedef struct SpecKey {
  const char *section, *name;
  SpecKind kind;
  int low, high;
  const char *words;
  int fallback; // or REQUIRED, or DERIVED
  const char *unit, *meaning;
} SpecKey;

typedef struct SpecValue {
  int value; // number, flag, or place in the list of words; DERIVED if left to the plan
  bool given;
  int line, col; // of the value, from 1; of its section or of the file's start if not given
} SpecValue;

typedef struct Spec {
  const char *path;    // the caller's string
  char name[64];       // file name without folder and suffix, made plain
  char identifier[33]; // of the key `name`; empty if it is not given
  SpecValue keys[KEY_COUNT];
} Spec;

#define SPEC_FILE_LIMIT (1 << 20) // bytes of a configuration file

// Reads and checks a configuration. On failure prints one error (gen/base/error.h), leaves *spec undefined and returns
// false.
bool spec_read(const char *path, Spec *spec);

// A text with _ in the place of what does not belong into a file name, a Verilog comment or JSON: all but letters,
// digits, underscores, hyphens, and points past the first place. Cut to size. Returns `plain`.
const char *spec_plain(const char *text, char *plain, size_t size);

// The key `name`, given on the command line; it replaces what the file has. False after a message.
bool spec_set_name(Spec *spec, const char *name);

// Prints an error at a key's value, or where it would have stood. Always returns false.
bool spec_error(const Spec *spec, SpecKeyId id, const char *format, ...) __attribute__((format(printf, 3, 4)));

// Of two keys that don't go together the one to blame: the first, if it or neither of them is given.
static inline SpecKeyId spec_blame(const Spec *spec, SpecKeyId first, SpecKeyId second) {
  return spec->keys[first].given || !spec->keys[second].given ? first : second;
}

const SpecKey *spec_key(SpecKeyId id);

// "tile.m", "engine"; the legal values as words: "a whole number from 1 to 64"; the text of a value or default.
// Each writes at most `size` bytes and returns `text`.
const char *spec_key_path(SpecKeyId id, char *text, size_t size);
const char *spec_key_legal(SpecKeyId id, char *text, size_t size);
const char *spec_value_text(SpecKeyId id, int value, char *text, size_t size);

#endif
