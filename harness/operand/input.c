// The checks that every reader makes before the first byte, and the words and numbers of textual matrix files.
#include "harness/operand/input.h"
#include "gen/base/error.h"
#include "harness/base/number.h"
#include "harness/base/suffix.h"
#include "harness/operand/inflate.h"
#include "harness/operand/zip.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define GZIP  "\x1f\x8b"
#define SPACE " \t\r\n\v\f"

enum { MAGIC = 8, LINE = 1 << 20 };

// How files begin that are not read as they are.
typedef struct Magic {
  const char *bytes;
  size_t length;
  const char *what; // and what to do
} Magic;

static const Magic magics[] = {
    {"BZh", 3, "is compressed with bzip2, which is not read; bunzip2 it first, gzip is read"},
    {"\xfd\x37zXZ", 5, "is compressed with xz, which is not read; unxz it first, gzip is read"},
    {"\x28\xb5\x2f\xfd", 4, "is compressed with zstd, which is not read; unzstd it first, gzip is read"},
    {"\x1f\x9d", 2, "is compressed with compress, which is not read; uncompress it first, gzip is read"},
    {"\x04\x22\x4d\x18", 4, "is compressed with lz4, which is not read; decompress it first, gzip is read"},
    {"\x5d\0\0", 3, "is compressed with lzma, which is not read; unlzma it first, gzip is read"},
    {"7z\xbc\xaf", 4, "is a 7z archive, which is not read; unpack it first"},
    {"PK\3\4", 4, "is a zip archive; unpack it first, or name it .npz if numpy.savez wrote it"},
    {"\x89HDF", 4, "is an HDF5 file, which is not read; save the array with numpy.save"},
    {"\xff\xfe", 2, "is text in UTF-16, which is not read; save it in UTF-8"},
    {"\xfe\xff", 2, "is text in UTF-16, which is not read; save it in UTF-8"},
    {"version ", 8, "is a pointer of Git LFS; git lfs pull fetches the file itself"},
    {"<!DOCTYP", 8, "is a web page; download the file itself"},
    {"<!doctyp", 8, "is a web page; download the file itself"},
    {"<html", 5, "is a web page; download the file itself"},
};

// The same where an archive of arrays should be.
static const Magic no_archives[] = {
    {GZIP, 2, "is compressed with gzip; gunzip it first, archives are compressed within"},
    {"\x93NUMPY", 6, "is one array, no archive; name it .npy"},
};

// The same where text should be.
static const Magic no_texts[] = {{"\x93NUMPY", 6, "is a NumPy array, no text; name it .npy"}};

static size_t read_head(FILE *file, char head[MAGIC]) {
  size_t got = fread(head, 1, MAGIC, file);
  rewind(file);
  return got;
}

// Whether a file begins as one of the list, after a message and closed.
static bool is_refused(const char *path, FILE *file, const Magic *list, size_t count) {
  char head[MAGIC];
  size_t got = read_head(file, head);
  for (const Magic *m = list; m < list + count; m++)
    if (got >= m->length && !memcmp(head, m->bytes, m->length)) {
      fclose(file);
      return !error_at(path, 0, 0, "%s", m->what);
    }
  return false;
}

static FILE *open_regular(const char *path, uint64_t *bytes) {
  struct stat status;
  const char *wrong = NULL;
  if (stat(path, &status))
    wrong = strerror(errno);
  else if (S_ISDIR(status.st_mode))
    wrong = "it is a directory";
  else if (!S_ISREG(status.st_mode))
    wrong = "it is not an ordinary file";
  FILE *file = wrong ? NULL : fopen(path, "rb");
  if (!file) {
    error_at(path, 0, 0, "can't be read: %s; give the name of a readable file", wrong ? wrong : strerror(errno));
    return NULL;
  }
  *bytes = (uint64_t)status.st_size;
  return file;
}

static bool open_gzip(const char *path, Input *input) {
  uint64_t most = UINT64_MAX / INFLATE_MOST;
  input->packed = true;
  input->bytes = input->bytes < most ? input->bytes * INFLATE_MOST : UINT64_MAX;
  input->file = inflate_gzip(input->file);
  if (!input->file) return error_at(path, 0, 0, "memory is too short to decompress this file");
  int first = getc(input->file);
  if (first != GZIP[0]) return ungetc(first, input->file), true;
  fclose(input->file);
  return error_at(path, 0, 0, "is compressed twice with gzip; gunzip it first");
}

bool input_open(const char *path, Input *input) {
  char head[MAGIC];
  *input = (Input){0};
  input->file = open_regular(path, &input->bytes);
  if (!input->file) return false;
  if (read_head(input->file, head) > 2 && !memcmp(head, GZIP, 2)) return open_gzip(path, input);
  return !is_refused(path, input->file, magics, sizeof magics / sizeof *magics);
}

bool input_open_array(const char *name, Input *input) {
  char path[PATH_MAX];
  const char *member = suffix_member(name);
  size_t length = member ? (size_t)(member - name) - 1 : strlen(name);
  *input = (Input){0};
  if (length >= sizeof path) return error_at(name, 0, 0, "the name is too long; give a shorter one");
  memcpy(path, name, length);
  path[length] = '\0';
  FILE *source = open_regular(path, &input->bytes);
  if (!source) return false;
  if (is_refused(path, source, no_archives, sizeof no_archives / sizeof *no_archives)) return false;
  input->file = zip_open(path, member, source, input->bytes, &input->bytes);
  return input->file;
}

bool input_holds(const char *path, const char *array) {
  struct stat status;
  FILE *file = !stat(path, &status) && S_ISREG(status.st_mode) ? fopen(path, "rb") : NULL;
  bool holds = file && zip_holds(array, file, (uint64_t)status.st_size);
  if (file) fclose(file);
  return holds;
}

bool input_damaged(const char *path, FILE *file) {
  if (!ferror(file)) return false;
  error_at(path, 0, 0, "can't be read to its end: %s; fetch or write the file again",
           errno == EBADMSG ? "its compressed data are cut short or damaged" : strerror(errno));
  return true;
}

// ---- lines

bool lines_open(Lines *lines, const char *path) {
  Input input;
  *lines = (Lines){.path = path, .at = "", .most = LINE};
  if (!input_open(path, &input)) return false;
  if (!input.packed && is_refused(path, input.file, no_texts, 1)) return false;
  lines->file = input.file;
  return true;
}

static bool add_character(Lines *lines, size_t length, int character) {
  if (length + 1 >= lines->capacity) {
    size_t capacity = lines->capacity ? 2 * lines->capacity : 256;
    char *text = length < lines->most ? realloc(lines->text, capacity) : NULL;
    lines->too_long = !text;
    if (!text) return false;
    lines->text = text;
    lines->capacity = capacity;
  }
  // What can't be printed becomes a question mark, which no number and no keyword contains, and which messages may
  // quote.
  bool plain = isprint(character) || isspace(character);
  lines->text[length] = (char)(plain ? character : '?');
  return true;
}

// The mark that some editors put before UTF-8.
static void skip_mark(Lines *lines) {
  static const char mark[] = "\xef\xbb\xbf";
  int character = getc(lines->file);
  for (int i = 1; i < 3 && character == (unsigned char)mark[i - 1]; i++)
    character = getc(lines->file);
  if (character != (unsigned char)mark[2] && character != EOF) ungetc(character, lines->file);
}

bool lines_next(Lines *lines) {
  size_t length = 0;
  int character;
  lines->at = "";
  if (lines->line == 0) skip_mark(lines);
  while ((character = getc_unlocked(lines->file)) != EOF && character != '\n' && character != '\r')
    if (!add_character(lines, length++, character)) return false;
  if (character == '\r' && (character = getc_unlocked(lines->file)) != '\n' && character != EOF)
    ungetc(character, lines->file);
  else if (character == EOF && (length == 0 || ferror(lines->file)))
    return false;
  if (!add_character(lines, length, '\n')) return false;
  lines->text[length] = '\0';
  lines->at = lines->text;
  lines->line++;
  return true;
}

void lines_close(Lines *lines) {
  fclose(lines->file);
  free(lines->text);
}

bool lines_at_end(Lines *lines) {
  lines->at += strspn(lines->at, SPACE);
  return !*lines->at;
}

bool lines_whole(Lines *lines) {
  if (lines->too_long)
    return error_at(lines->path, lines->line + 1, 0, "a line of more than %zu characters, or memory is too short",
                    lines->most);
  return !input_damaged(lines->path, lines->file);
}

static bool take_decimal(const char **at, int64_t *value) {
  double real;
  if (!number_take_real(at, &real) || real < -0x1p53 || real > 0x1p53 || real < floor(real) || real > floor(real))
    return false;
  *value = (int64_t)real;
  return true;
}

bool take_integer(Lines *lines, int64_t low, int64_t high, int64_t *value) {
  if (lines_at_end(lines)) return false;
  const char *end = lines->at;
  bool good = number_take_whole(&end, value);
  if (!good || (*end && strchr(".eEdD", *end))) {
    end = lines->at;
    good = take_decimal(&end, value);
  }
  if (!good || *value < low || *value > high) return false;
  if (*end && !strchr(SPACE ",", *end)) return false;
  lines->at = end + (*end == ',');
  return true;
}

bool take_real(Lines *lines, double *value) {
  if (lines_at_end(lines)) return false;
  const char *end = lines->at;
  if (!number_take_real(&end, value) || (*end && !strchr(SPACE, *end))) return false;
  lines->at = end;
  return true;
}

bool lines_error(Lines *lines, const char *format, ...) {
  char message[512];
  if (!lines_whole(lines)) return false;
  long column = lines_at_end(lines) ? 0 : (long)(lines->at - lines->text) + 1;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(message, sizeof message, format, arguments);
  va_end(arguments);
  return error_at(lines->path, lines->line ? lines->line : 1, column, "%s", message);
}
