// Reads the directory at the end of the archive. Whatever it says is held against the size of the file before it is
// used. Source of the format: PKWARE, APPNOTE.TXT, 4.3; archives of 4 GiB and more (zip64) are larger than operands.
#include "harness/operand/zip.h"
#include "gen/base/error.h"
#include "harness/operand/inflate.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { END = 22, COMMENT = 65535, ENTRY = 46, LOCAL = 30, NAME = 512, LIST = 400 }; // bytes

typedef struct Entry {
  char name[NAME]; // without .npy
  uint64_t packed, bytes, offset;
  uint32_t crc;
  unsigned flags, method;
} Entry;

typedef struct Archive {
  const char *name;
  FILE *source;
  uint64_t size;
  unsigned char *directory;
  uint64_t bytes; // of the directory
} Archive;

static uint32_t number(const unsigned char *at, int bytes) {
  uint32_t value = 0;
  for (int i = 0; i < bytes; i++)
    value |= (uint32_t)at[i] << 8 * i;
  return value;
}

static bool damaged(const Archive *archive) {
  return error_at(archive->name, 0, 0, "is a damaged archive, or cut short; write it again with numpy.savez");
}

static bool read_at(const Archive *archive, uint64_t offset, unsigned char *buffer, uint64_t bytes) {
  return offset <= archive->size && bytes <= archive->size - offset &&
         !fseeko(archive->source, (off_t)offset, SEEK_SET) && fread(buffer, 1, bytes, archive->source) == bytes;
}

// The record at the end says where the directory is, to be freed; a comment may follow it.
static bool find_directory(Archive *archive) {
  uint64_t tail = archive->size < END + COMMENT ? archive->size : END + COMMENT, at;
  unsigned char *text = malloc(tail + 1), *end = NULL;
  if (!text || tail < END || !read_at(archive, archive->size - tail, text, tail)) {
    free(text);
    return false;
  }
  for (at = tail - END + 1; at-- > 0 && !end;)
    if (!memcmp(text + at, "PK\5\6", 4)) end = text + at;
  uint64_t offset = end ? number(end + 16, 4) : 0;
  archive->bytes = end ? number(end + 12, 4) : 0;
  free(text);
  if (!end || archive->bytes > archive->size) return false;
  archive->directory = malloc(archive->bytes + 1);
  return archive->directory && read_at(archive, offset, archive->directory, archive->bytes);
}

// The next array of the directory from *at on; what can't be printed becomes a question mark. False at the end.
static bool next_array(const Archive *archive, uint64_t *at, Entry *entry) {
  while (archive->bytes - *at >= ENTRY && !memcmp(archive->directory + *at, "PK\1\2", 4)) {
    const unsigned char *e = archive->directory + *at;
    uint64_t length = number(e + 28, 2), all = ENTRY + length + number(e + 30, 2) + number(e + 32, 2);
    if (all > archive->bytes - *at) return false;
    *at += all;
    bool array = length > 4 && !memcmp(e + ENTRY + length - 4, ".npy", 4);
    if (!array) continue;
    *entry = (Entry){.flags = number(e + 8, 2),
                     .method = number(e + 10, 2),
                     .crc = number(e + 16, 4),
                     .packed = number(e + 20, 4),
                     .bytes = number(e + 24, 4),
                     .offset = number(e + 42, 4)};
    for (uint64_t i = 0; i < length - 4 && i < NAME - 1; i++)
      entry->name[i] = isprint(e[ENTRY + i]) ? (char)e[ENTRY + i] : '?';
    return true;
  }
  return false;
}

// With the suffix or without.
static bool has_name(const Entry *entry, const char *array) {
  size_t length = strlen(entry->name);
  return !strncmp(array, entry->name, length) && (!array[length] || !strcmp(array + length, ".npy"));
}

// The array that is asked for, or the only one; *count arrays in all, their names in list.
static bool find_array(const Archive *archive, const char *array, Entry *found, int *count, char *list) {
  Entry entry;
  bool any = false;
  size_t used = 0;
  *count = 0;
  list[0] = '\0';
  for (uint64_t at = 0; next_array(archive, &at, &entry); ++*count) {
    if (used < LIST) used += (size_t)snprintf(list + used, LIST - used, "%s%s", *count ? ", " : "", entry.name);
    if (array ? !has_name(&entry, array) : *count > 0) continue;
    *found = entry;
    any = true;
  }
  return any && (array || *count == 1);
}

static bool choose_array(const Archive *archive, const char *array, Entry *entry) {
  char list[LIST];
  int count;
  if (find_array(archive, array, entry, &count, list)) return true;
  if (!count) return error_at(archive->name, 0, 0, "is an archive without arrays; write it with numpy.savez");
  if (array) return error_at(archive->name, 0, 0, "the archive has no array %s; it has %s", array, list);
  bool scipy = strstr(list, "indptr") != NULL;
  return error_at(archive->name, 0, 0, "is an archive of %d arrays: %s; %s", count, list,
                  scipy ? "scipy.sparse wrote it: save the matrix with scipy.io.mmwrite, or numpy.save(..., "
                          "matrix.toarray())"
                        : "say which, as ARCHIVE.npz:ARRAY");
}

static FILE *open_entry(Archive *archive, const Entry *e) {
  unsigned char local[LOCAL];
  bool fits = e->method == 8 ? e->bytes / INFLATE_MOST <= e->packed : e->bytes == e->packed;
  if (e->flags & 1 || (e->method != 0 && e->method != 8)) {
    error_at(archive->name, 0, 0, "the array %s is %s; write it with numpy.savez or numpy.savez_compressed", e->name,
             e->flags & 1 ? "encrypted" : "compressed in a way that NumPy does not use");
    return NULL;
  }
  uint64_t begin = 0;
  if (fits && read_at(archive, e->offset, local, LOCAL) && !memcmp(local, "PK\3\4", 4))
    begin = e->offset + LOCAL + number(local + 26, 2) + number(local + 28, 2);
  if (!begin || begin > archive->size || e->packed > archive->size - begin ||
      fseeko(archive->source, (off_t)begin, SEEK_SET)) {
    damaged(archive);
    return NULL;
  }
  FILE *stream = inflate_member(archive->source, e->packed, e->bytes, e->crc, e->method == 8);
  archive->source = NULL;
  if (!stream) error_at(archive->name, 0, 0, "memory is too short for this archive");
  return stream;
}

FILE *zip_open(const char *name, const char *array, FILE *source, uint64_t archive_bytes, uint64_t *bytes) {
  Archive archive = {.name = name, .source = source, .size = archive_bytes};
  Entry entry = {.bytes = 0};
  FILE *stream = NULL;
  if (!find_directory(&archive))
    damaged(&archive);
  else if (choose_array(&archive, array, &entry))
    stream = open_entry(&archive, &entry);
  *bytes = entry.bytes;
  free(archive.directory);
  if (archive.source) fclose(archive.source);
  return stream;
}

bool zip_holds(const char *array, FILE *source, uint64_t archive_bytes) {
  Archive archive = {.source = source, .size = archive_bytes};
  Entry entry;
  char list[LIST];
  int count;
  bool holds = find_directory(&archive) && find_array(&archive, array, &entry, &count, list);
  free(archive.directory);
  return holds;
}
