// zlib behind the C library's streams.
#include "harness/operand/inflate.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <zlib.h>

enum { WINDOW = 15, GZIP = 16 }; // see inflateInit2

typedef struct Inflate {
  FILE *source;
  z_stream z;
  unsigned char in[1 << 14];
  uint64_t packed;    // bytes of the source that are left
  uint64_t bytes;     // of a member, that are still to come out
  uint32_t crc, want; // of a member
  bool gzip, stored, ended;
} Inflate;

static ssize_t damaged(void) {
  errno = EBADMSG;
  return -1;
}

// More of the source to be inflated; false at its end.
static bool refill(Inflate *s) {
  size_t most = s->packed < sizeof s->in ? (size_t)s->packed : sizeof s->in;
  s->z.avail_in = (uInt)fread(s->in, 1, most, s->source);
  s->z.next_in = s->in;
  s->packed -= s->z.avail_in;
  return s->z.avail_in > 0;
}

// Inflates until the buffer is full or the data end; -1 if they are damaged.
static ssize_t inflate_into(Inflate *s, unsigned char *buffer, size_t size) {
  s->z.next_out = buffer;
  s->z.avail_out = (uInt)size;
  while (s->z.avail_out && !s->ended) {
    if (!s->z.avail_in && !refill(s)) return -1;
    int result = inflate(&s->z, Z_NO_FLUSH);
    if (result != Z_OK && result != Z_STREAM_END) return -1;
    if (result != Z_STREAM_END) continue;
    s->ended = !s->gzip || (!s->z.avail_in && !refill(s)) || *s->z.next_in != 0x1f; // padding may follow
    if (!s->ended && inflateReset(&s->z) != Z_OK) return -1;
  }
  return (ssize_t)(size - s->z.avail_out);
}

static ssize_t read_stream(void *cookie, char *buffer, size_t size) {
  Inflate *s = cookie;
  if (size > 1 << 30) size = 1 << 30;
  if (s->gzip) {
    ssize_t got = inflate_into(s, (unsigned char *)buffer, size);
    return got < 0 ? damaged() : got;
  }
  if (size > s->bytes) size = (size_t)s->bytes;
  ssize_t got = s->stored ? (ssize_t)fread(buffer, 1, size, s->source) : inflate_into(s, (unsigned char *)buffer, size);
  if (got < 0 || (size_t)got < size) return damaged();
  s->bytes -= size;
  s->crc = (uint32_t)crc32(s->crc, (unsigned char *)buffer, (uInt)size);
  return s->bytes == 0 && s->crc != s->want ? damaged() : got;
}

static int close_stream(void *cookie) {
  Inflate *s = cookie;
  if (!s->stored) inflateEnd(&s->z);
  int status = fclose(s->source);
  free(s);
  return status;
}

static FILE *open_stream(FILE *source, Inflate *s) {
  cookie_io_functions_t functions = {.read = read_stream, .close = close_stream};
  if (s) s->source = source;
  if (s && !s->stored && inflateInit2(&s->z, s->gzip ? WINDOW + GZIP : -WINDOW) != Z_OK) {
    free(s);
    s = NULL;
  }
  FILE *stream = s ? fopencookie(s, "rb", functions) : NULL;
  if (!stream && s) close_stream(s);
  if (!stream && !s) fclose(source);
  return stream;
}

FILE *inflate_gzip(FILE *source) {
  Inflate *s = calloc(1, sizeof *s);
  if (s) s->gzip = true;
  if (s) s->packed = UINT64_MAX;
  return open_stream(source, s);
}

FILE *inflate_member(FILE *source, uint64_t packed, uint64_t bytes, uint32_t crc, int deflated) {
  Inflate *s = calloc(1, sizeof *s);
  if (s) *s = (Inflate){.packed = packed, .bytes = bytes, .want = crc, .stored = !deflated};
  return open_stream(source, s);
}
