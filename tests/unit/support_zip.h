// What the tests of archives share: .npz files made here from arrays of bytes, with or without compression.
#ifndef LACUNA_TEST_SUPPORT_ZIP_H
#define LACUNA_TEST_SUPPORT_ZIP_H

#include "tests/unit/support.h"

#include <zlib.h>

typedef struct ZipFile {
  uint8_t bytes[8192];
  size_t size;
  uint8_t directory[1024];
  size_t directory_size;
  int count;
} ZipFile;

static inline void zip_number(uint8_t *at, uint64_t value, int bytes) {
  for (int i = 0; i < bytes; i++)
    at[i] = (uint8_t)(value >> 8 * i);
}

// The fields that both headers of a member share, from the version on.
static inline void zip_fields(uint8_t *at, int method, uint32_t crc, size_t packed, size_t size, size_t name) {
  zip_number(at, 20, 2);
  zip_number(at + 4, (uint64_t)method, 2);
  zip_number(at + 10, crc, 4);
  zip_number(at + 14, packed, 4);
  zip_number(at + 18, size, 4);
  zip_number(at + 22, name, 2);
}

static inline size_t zip_deflate(const void *data, size_t size, uint8_t *packed, size_t room) {
  z_stream z = {
      .next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)size, .next_out = packed, .avail_out = (uInt)room};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return room - z.avail_out;
}

static inline void zip_add(ZipFile *zip, const char *name, const void *data, size_t size, bool deflated) {
  size_t length = strlen(name), begin = zip->size, packed = size;
  uint8_t *local = zip->bytes + begin, *entry = zip->directory + zip->directory_size, *body = local + 30 + length;
  assert_true(begin + 30 + length + size + 64 < sizeof zip->bytes);
  memcpy(body, data, size);
  if (deflated) packed = zip_deflate(data, size, body, size + 64);
  uint32_t crc = (uint32_t)crc32(0, data, (uInt)size);
  memset(local, 0, 30);
  memcpy(local, "PK\3\4", 4);
  zip_fields(local + 4, deflated ? 8 : 0, crc, packed, size, length);
  memcpy(local + 30, name, length);
  memset(entry, 0, 46);
  memcpy(entry, "PK\1\2\24", 5);
  zip_fields(entry + 6, deflated ? 8 : 0, crc, packed, size, length);
  zip_number(entry + 42, begin, 4);
  memcpy(entry + 46, name, length);
  zip->size = begin + 30 + length + packed;
  zip->directory_size += 46 + length;
  zip->count++;
}

static inline void zip_end(ZipFile *zip) {
  uint8_t *end = zip->bytes + zip->size + zip->directory_size;
  memcpy(zip->bytes + zip->size, zip->directory, zip->directory_size);
  memset(end, 0, 22);
  memcpy(end, "PK\5\6", 4);
  zip_number(end + 8, (uint64_t)zip->count, 2);
  zip_number(end + 10, (uint64_t)zip->count, 2);
  zip_number(end + 12, zip->directory_size, 4);
  zip_number(end + 16, zip->size, 4);
  zip->size += zip->directory_size + 22;
}

// A version 1 .npy file of bytes, 1 x count.
static inline size_t npy_bytes(uint8_t *file, const void *values, int count) {
  memcpy(file, "\x93NUMPY\x01\x00\x76\x00", 10);
  memset(file + 10, ' ', 117);
  int length = snprintf((char *)file + 10, 118, "{'descr': '|i1', 'fortran_order': False, 'shape': (1, %d), }", count);
  file[10 + length] = ' ';
  file[127] = '\n';
  memcpy(file + 128, values, (size_t)count);
  return 128 + (size_t)count;
}

// The bytes in gzip, into packed; returns how many.
static inline size_t gzip_bytes(const void *data, size_t size, uint8_t *packed, size_t room) {
  z_stream z = {
      .next_in = (Bytef *)(uintptr_t)data, .avail_in = (uInt)size, .next_out = packed, .avail_out = (uInt)room};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  deflateEnd(&z);
  return room - z.avail_out;
}

#endif
