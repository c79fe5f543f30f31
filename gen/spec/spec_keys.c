// The key table as data, and the words made from it: key paths, legal values, defaults.
// The reader, the plan's errors and docs/configuration.md all take their words from here.
#include <stdio.h>
#include <string.h>

#include "gen/spec/spec.h"

#define SPEC_KEY_RECORD(ID, section, name, kind, low, high, words, fallback, unit, meaning)                            \
  [KEY_##ID] = {section, name, kind, low, high, words, fallback, unit, meaning},

// All names, a blank after each.
static const char engine_names[] =
#define ENGINE_WORD(KIND, name, number, family, paper) name " "
#define FAMILY(family)                                 ENGINES_##family(ENGINE_WORD)
#include "gen/rows/engines.h"
    ;

static const SpecKey keys[KEY_COUNT] = {SPEC_KEYS_TILE(SPEC_KEY_RECORD)
#define FAMILY(family) SPEC_KEYS_##family(SPEC_KEY_RECORD)
#include "gen/rows/engines.h"
                                            SPEC_KEYS_COMMON(SPEC_KEY_RECORD)};

const SpecKey *spec_key(SpecKeyId id) {
  return &keys[id];
}

const char *spec_key_path(SpecKeyId id, char *text, size_t size) {
  snprintf(text, size, "%s%s%s", keys[id].section, *keys[id].section ? "." : "", keys[id].name);
  return text;
}

// Appends `item` to a list, after a comma, or after "or" if it is the last one.
static void append_item(char *text, size_t size, const char *item, bool last) {
  size_t used = strlen(text);
  snprintf(text + used, size - used, "%s%s", used == 0 ? "" : last ? " or " : ", ", item);
}

static void list_words(const char *words, char *text, size_t size) {
  for (const char *word = words; *word;) {
    const char *end = strchr(word, ' ');
    char item[32];
    snprintf(item, sizeof item, "%.*s", (int)(end - word), word);
    word = end + 1;
    append_item(text, size, item, *word == '\0');
  }
}

static void list_powers(int low, int high, char *text, size_t size) {
  for (int power = low; power <= high; power *= 2) {
    char item[32];
    snprintf(item, sizeof item, "%d", power);
    append_item(text, size, item, power == high);
  }
}

const char *spec_key_legal(SpecKeyId id, char *text, size_t size) {
  const SpecKey *key = &keys[id];
  text[0] = '\0';
  switch (key->kind) {
  case NUMBER:
    if (key->low == key->high) snprintf(text, size, "%d", key->low);
    if (key->low < key->high) snprintf(text, size, "a whole number from %d to %d", key->low, key->high);
    break;
  case POWER2:
    list_powers(key->low, key->high, text, size);
    break;
  case FLAG:
    snprintf(text, size, "true or false");
    break;
  case CHOICE:
    list_words(key->words, text, size);
    break;
  case WORD:
    snprintf(text, size, "%d to %d lower-case letters, digits and underscores, a letter first", key->low, key->high);
    break;
  }
  return text;
}

static void nth_word(const char *words, int place, char *text, size_t size) {
  for (; place > 0; place--)
    words = strchr(words, ' ') + 1;
  snprintf(text, size, "%.*s", (int)strcspn(words, " "), words);
}

const char *spec_value_text(SpecKeyId id, int value, char *text, size_t size) {
  switch (keys[id].kind) {
  case NUMBER:
  case POWER2:
    snprintf(text, size, "%d", value);
    break;
  case FLAG:
    snprintf(text, size, value ? "true" : "false");
    break;
  case CHOICE:
    nth_word(keys[id].words, value, text, size);
    break;
  case WORD:
    snprintf(text, size, "none");
    break;
  }
  return text;
}
