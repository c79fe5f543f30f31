// YAML to Spec. Walks libyaml's events, so that anchors, aliases, tags and further documents are seen and refused, and
// never deeper than two levels, so that nesting costs nothing. The first mistake is printed and ends the reading.
#include "gen/spec/spec.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

#include "gen/base/error.h"

typedef struct Reader {
  const char *path;
  Spec *spec;
  yaml_parser_t parser;
  yaml_event_t event; // the current one; zeroed before the first
  const char *text;
  size_t length;
  bool section_seen[KEY_COUNT]; // at the first key of each section
} Reader;

// ---- the file ----

// Opens without waiting for the other end of a pipe.
static int open_regular(const char *path, size_t *length) {
  int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat status;
  if (file < 0 || fstat(file, &status) != 0) {
    error_at(path, 1, 1, "cannot be opened: %s; give the path of a configuration file", strerror(errno));
  } else if (!S_ISREG(status.st_mode)) {
    error_at(path, 1, 1, "is %s; give the path of a configuration file",
             S_ISDIR(status.st_mode) ? "a directory" : "not a regular file");
  } else if (status.st_size > SPEC_FILE_LIMIT) {
    error_at(path, 1, 1, "is %lld bytes long; a configuration has at most %d", (long long)status.st_size,
             SPEC_FILE_LIMIT);
  } else {
    *length = (size_t)status.st_size;
    return file;
  }
  if (file >= 0) close(file);
  return -1;
}

static char *read_text(const char *path, size_t *length) {
  int file = open_regular(path, length);
  if (file < 0) return NULL;
  char *text = malloc(*length + 1);
  ssize_t got = text ? read(file, text, *length) : -1;
  if (got < 0) {
    error_at(path, 1, 1, "cannot be read: %s", strerror(errno));
    free(text);
    text = NULL;
  } else {
    *length = (size_t)got;
  }
  close(file);
  return text;
}

const char *spec_plain(const char *text, char *plain, size_t size) {
  static const char kept[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  size_t length = 0;
  for (; text[length] && length + 1 < size; length++)
    plain[length] = strchr(kept, text[length]) || (text[length] == '.' && length) ? text[length] : '_';
  plain[length] = '\0';
  return plain;
}

// The name goes into Verilog comments, JSON and paths, so it is kept plain.
static void take_name(const char *path, Spec *spec) {
  const char *slash = strrchr(path, '/');
  const char *base = slash ? slash + 1 : path;
  const char *suffix = strrchr(base, '.');
  spec_plain(base, spec->name, sizeof spec->name);
  if (suffix && suffix > base && (size_t)(suffix - base) < sizeof spec->name) spec->name[suffix - base] = '\0';
}

// ---- events ----

static bool fail(const Reader *reader, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool fail(const Reader *reader, const char *format, ...) {
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  const yaml_mark_t *mark = &reader->event.start_mark;
  return error_at(reader->path, (long)mark->line + 1, (long)mark->column + 1, "%s", message);
}

// What the parser's own words do not tell: a tab where it expects a token.
static bool is_tab(const Reader *reader) {
  size_t at = reader->parser.problem_mark.index;
  return reader->parser.error == YAML_SCANNER_ERROR && at < reader->length && reader->text[at] == '\t';
}

// Encoding errors come with a byte offset only, all others with a mark.
static bool fail_syntax(const Reader *reader) {
  const yaml_parser_t *parser = &reader->parser;
  long line = (long)parser->problem_mark.line + 1, column = (long)parser->problem_mark.column + 1;
  if (parser->error == YAML_READER_ERROR) {
    line = column = 1;
    for (size_t i = 0; i < parser->problem_offset && i < reader->length; i++) {
      column = reader->text[i] == '\n' ? 1 : column + 1;
      line += reader->text[i] == '\n';
    }
  }
  if (is_tab(reader))
    return error_at(reader->path, line, column, "a tab; YAML is indented with spaces, so write spaces in its place");
  return error_at(reader->path, line, column, "%s; a configuration is a YAML file in UTF-8",
                  parser->problem ? parser->problem : "out of memory");
}

static bool is_decorated(const yaml_event_t *event) {
  switch (event->type) {
  case YAML_SCALAR_EVENT:
    return event->data.scalar.anchor || event->data.scalar.tag;
  case YAML_MAPPING_START_EVENT:
    return event->data.mapping_start.anchor || event->data.mapping_start.tag;
  case YAML_SEQUENCE_START_EVENT:
    return event->data.sequence_start.anchor || event->data.sequence_start.tag;
  default:
    return event->type == YAML_ALIAS_EVENT;
  }
}

static bool next_event(Reader *reader) {
  yaml_event_delete(&reader->event);
  if (!yaml_parser_parse(&reader->parser, &reader->event)) return fail_syntax(reader);
  if (is_decorated(&reader->event))
    return fail(reader, "anchors, aliases and tags mean nothing here; write plain values");
  return true;
}

static bool expect_event(Reader *reader, yaml_event_type_t type, const char *otherwise) {
  return next_event(reader) && (reader->event.type == type || fail(reader, "%s", otherwise));
}

// ---- keys and values ----

static const char *scalar_text(const Reader *reader) {
  return (const char *)reader->event.data.scalar.value;
}

// Text from the file for a message: short, and without bytes that a terminal would obey.
static const char *printable(const Reader *reader, char *text, size_t size) {
  size_t length = reader->event.data.scalar.length, i;
  for (i = 0; i < length && i + 1 < size; i++) {
    char byte = scalar_text(reader)[i];
    text[i] = (byte >= ' ' && byte <= '~') ? byte : '?';
  }
  text[i] = '\0';
  return text;
}

// The position of a key in the table, or -1. A name with a NUL byte inside equals no name.
static int find_key(const Reader *reader, const char *section) {
  for (int id = 0; id < KEY_COUNT; id++) {
    const SpecKey *key = spec_key((SpecKeyId)id);
    if (strcmp(key->section, section) == 0 && strlen(key->name) == reader->event.data.scalar.length &&
        strcmp(key->name, scalar_text(reader)) == 0)
      return id;
  }
  return -1;
}

// The first key of the section named by the current scalar, or -1.
static int find_section(const Reader *reader) {
  const char *name = scalar_text(reader);
  if (*name == '\0' || strlen(name) != reader->event.data.scalar.length) return -1;
  for (int id = 0; id < KEY_COUNT; id++)
    if (strcmp(spec_key((SpecKeyId)id)->section, name) == 0) return id;
  return -1;
}

// What may stand in a section; at the top, sections stand beside the keys.
static const char *list_names(const char *section, char *text, size_t size) {
  const char *last = "";
  size_t used = 0;
  for (int id = 0; id < KEY_COUNT && used < size; id++) {
    const SpecKey *key = spec_key((SpecKeyId)id);
    bool here = strcmp(key->section, section) == 0, below = *section == '\0' && !here;
    if ((here || below) && !(below && strcmp(key->section, last) == 0))
      used += (size_t)snprintf(text + used, size - used, "%s%s", used ? ", " : "", here ? key->name : key->section);
    last = key->section;
  }
  return text;
}

static bool fail_unknown(const Reader *reader, const char *section) {
  char name[40], names[200];
  if (strchr(printable(reader, name, sizeof name), ':'))
    return fail(reader, "'%s' is no key; write KEY: VALUE, with a space behind the colon", name);
  return fail(reader, "unknown key '%s'%s%s; legal keys: %s", name, *section ? " in " : "", section,
              list_names(section, names, sizeof names));
}

// Decimal digits without sign or leading zero (YAML 1.1 would read 010 as eight). False if it is none or too long.
static bool parse_number(const char *text, int *value) {
  size_t length = strspn(text, "0123456789");
  if (length == 0 || length > 9 || text[length] || (text[0] == '0' && length > 1)) return false;
  *value = atoi(text);
  return true;
}

static bool parse_word(const char *words, const char *text, int *value) {
  size_t length = strlen(text);
  *value = 0;
  for (const char *word = words; *word; word = strchr(word, ' ') + 1, (*value)++)
    if (strcspn(word, " ") == length && strncmp(word, text, length) == 0) return true;
  return false;
}

static bool parse_identifier(Spec *spec, const SpecKey *key, const char *text) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
  size_t length = strlen(text);
  if (length < (size_t)key->low || length > (size_t)key->high || text[0] < 'a' || text[strspn(text, letters)])
    return false;
  memcpy(spec->identifier, text, length + 1);
  return true;
}

bool spec_set_name(Spec *spec, const char *name) {
  char legal[200];
  return parse_identifier(spec, spec_key(KEY_NAME), name) ||
         error_at(NULL, 0, 0, "--name %s is not possible; expected %s", name,
                  spec_key_legal(KEY_NAME, legal, sizeof legal));
}

// The value that a text means which is not written as it must be: quoted, 08, +8, 8.0, yes. False if it means none.
static bool guess_value(const Reader *reader, const SpecKey *key, int *value) {
  static const char *const words[] = {"no", "off", "n", "false", "yes", "on", "y", "true"};
  const char *text = scalar_text(reader);
  char *end;
  if (key->kind == CHOICE || key->kind == WORD || strlen(text) != reader->event.data.scalar.length) return false;
  for (int i = 0; key->kind == FLAG && i < 8; i++) {
    if (strcasecmp(text, words[i])) continue;
    *value = i >= 4;
    return true;
  }
  if (key->kind == FLAG || strlen(text) > 20) return false;
  double real = strtod(text, &end);
  if (end == text || *end || !(real >= key->low && real <= key->high)) return false;
  *value = (int)real;
  return !(real < *value || real > *value) && (key->kind == NUMBER || (*value & (*value - 1)) == 0);
}

static bool parse_value(const Reader *reader, const SpecKey *key, int *value) {
  const char *text = scalar_text(reader);
  if (strlen(text) != reader->event.data.scalar.length) return false;
  if (key->kind == WORD) return parse_identifier(reader->spec, key, text);
  if (key->kind == CHOICE) return parse_word(key->words, text, value);
  if (reader->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE) return false;
  if (key->kind == FLAG) return parse_word("false true ", text, value);
  if (!parse_number(text, value) || *value < key->low || *value > key->high) return false;
  return key->kind == NUMBER || (*value & (*value - 1)) == 0;
}

static bool read_value(Reader *reader, SpecKeyId id) {
  char path[40], legal[200], text[40];
  SpecValue *slot = &reader->spec->keys[id];
  spec_key_path(id, path, sizeof path);
  spec_key_legal(id, legal, sizeof legal);
  if (slot->given) return fail(reader, "%s is given twice; it stood in line %d already", path, slot->line);
  if (!next_event(reader)) return false;
  if (reader->event.type != YAML_SCALAR_EVENT) return fail(reader, "%s must be a single value; legal: %s", path, legal);
  if (!parse_value(reader, spec_key(id), &slot->value)) {
    bool quoted = reader->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    printable(reader, text, sizeof text);
    if (!guess_value(reader, spec_key(id), &slot->value))
      return fail(reader, "%s can't be '%s'; legal: %s", path, text, legal);
    spec_value_text(id, slot->value, legal, sizeof legal);
    return fail(reader, "%s can't be '%s'; %swrite %s", path, text, quoted ? "quotes make it a text, " : "", legal);
  }
  slot->given = true;
  slot->line = (int)reader->event.start_mark.line + 1;
  slot->col = (int)reader->event.start_mark.column + 1;
  return true;
}

// The current event is the start of the section's mapping: missing keys are reported there.
static void place_section(Reader *reader, const char *section) {
  for (int id = 0; id < KEY_COUNT; id++) {
    if (strcmp(spec_key((SpecKeyId)id)->section, section) != 0) continue;
    reader->spec->keys[id].line = (int)reader->event.start_mark.line + 1;
    reader->spec->keys[id].col = (int)reader->event.start_mark.column + 1;
  }
}

static bool read_section(Reader *reader, int first) {
  const char *section = spec_key((SpecKeyId)first)->section;
  char names[200];
  if (reader->section_seen[first]) return fail(reader, "%s is given twice; put all its keys in one place", section);
  reader->section_seen[first] = true;
  if (!next_event(reader)) return false;
  if (reader->event.type != YAML_MAPPING_START_EVENT)
    return fail(reader, "%s must be a mapping; legal keys: %s", section, list_names(section, names, sizeof names));
  place_section(reader, section);
  while (next_event(reader) && reader->event.type != YAML_MAPPING_END_EVENT) {
    int id = reader->event.type == YAML_SCALAR_EVENT ? find_key(reader, section) : -1;
    if (reader->event.type != YAML_SCALAR_EVENT) return fail(reader, "a key in %s must be a plain name", section);
    if (id < 0) return fail_unknown(reader, section);
    if (!read_value(reader, (SpecKeyId)id)) return false;
  }
  return reader->event.type == YAML_MAPPING_END_EVENT;
}

static bool read_top(Reader *reader) {
  while (next_event(reader) && reader->event.type != YAML_MAPPING_END_EVENT) {
    if (reader->event.type != YAML_SCALAR_EVENT) return fail(reader, "a key must be a plain name");
    int id = find_key(reader, ""), section = find_section(reader);
    if (id < 0 && section < 0) return fail_unknown(reader, "");
    if (!(id >= 0 ? read_value(reader, (SpecKeyId)id) : read_section(reader, section))) return false;
  }
  return reader->event.type == YAML_MAPPING_END_EVENT;
}

static bool read_stream(Reader *reader) {
  static const char wanted[] = "a configuration is one YAML mapping, KEY: VALUE with a space, such as engine: dense";
  return expect_event(reader, YAML_STREAM_START_EVENT, wanted) &&
         expect_event(reader, YAML_DOCUMENT_START_EVENT, wanted) &&
         expect_event(reader, YAML_MAPPING_START_EVENT, wanted) && read_top(reader) &&
         expect_event(reader, YAML_DOCUMENT_END_EVENT, wanted) &&
         expect_event(reader, YAML_STREAM_END_EVENT, "a second document starts here; a configuration has one");
}

// Other kinds of files are told before a parser stumbles over them.
static bool check_text(const char *path, const char *text, size_t length) {
  bool wide = length >= 2 && (!memcmp(text, "\xff\xfe", 2) || !memcmp(text, "\xfe\xff", 2));
  if (wide) return error_at(path, 1, 1, "is text in UTF-16; a configuration is a YAML file in UTF-8");
  for (size_t i = 0; i < length; i++)
    if ((text[i] >= 0 && text[i] < '\b') || text[i] == 0x7f)
      return error_at(path, 1, 1, "is no text; a configuration is a YAML file such as configs/dense_64.yaml");
  return true;
}

static bool read_events(const char *path, const char *text, size_t length, Spec *spec) {
  static const char mark[] = "\xef\xbb\xbf"; // of the byte order, as some editors write it
  size_t skipped = length >= 3 && !memcmp(text, mark, 3) ? 3 : 0;
  Reader reader = {.path = path, .spec = spec, .text = text + skipped, .length = length - skipped};
  if (!yaml_parser_initialize(&reader.parser)) return error_at(path, 1, 1, "out of memory");
  yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
  yaml_parser_set_input_string(&reader.parser, (const unsigned char *)reader.text, reader.length);
  bool good = read_stream(&reader);
  yaml_event_delete(&reader.event);
  yaml_parser_delete(&reader.parser);
  return good;
}

// ---- the whole ----

static bool fill_defaults(Spec *spec) {
  char path[40], legal[200];
  for (int id = 0; id < KEY_COUNT; id++) {
    int fallback = spec_key((SpecKeyId)id)->fallback;
    if (spec->keys[id].given) continue;
    if (fallback == REQUIRED)
      return spec_error(spec, (SpecKeyId)id, "%s is missing; legal: %s",
                        spec_key_path((SpecKeyId)id, path, sizeof path),
                        spec_key_legal((SpecKeyId)id, legal, sizeof legal));
    spec->keys[id].value = fallback;
  }
  return true;
}

bool spec_error(const Spec *spec, SpecKeyId id, const char *format, ...) {
  char message[512];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return error_at(spec->path, spec->keys[id].line, spec->keys[id].col, "%s", message);
}

bool spec_read(const char *path, Spec *spec) {
  memset(spec, 0, sizeof *spec);
  spec->path = path;
  for (int id = 0; id < KEY_COUNT; id++)
    spec->keys[id].line = spec->keys[id].col = 1;
  size_t length;
  take_name(path, spec);
  char *text = read_text(path, &length);
  bool good = text && check_text(path, text, length) && read_events(path, text, length, spec) && fill_defaults(spec);
  free(text);
  return good;
}
