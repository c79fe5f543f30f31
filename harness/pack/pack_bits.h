// Elements of 4, 8 or 16 bits in memory, little-endian, 4-bit elements low half first; and fields of metadata.
#ifndef LACUNA_PACK_BITS_H
#define LACUNA_PACK_BITS_H

#include <stdint.h>

// Bytes must be zero before.
static inline void pack_put(uint8_t *bytes, uint64_t element, int bits, uint32_t value) {
  uint32_t field = value & ((1u << bits) - 1u);
  if (bits == 4)
    bytes[element / 2] = (uint8_t)(bytes[element / 2] | field << (element % 2 * 4));
  else if (bits == 8)
    bytes[element] = (uint8_t)field;
  else
    bytes[2 * element] = (uint8_t)field, bytes[2 * element + 1] = (uint8_t)(field >> 8);
}

// One bit, the first the lowest of the first byte.
static inline void pack_put_bit(uint8_t *bytes, uint64_t at) {
  bytes[at / 8] = (uint8_t)(bytes[at / 8] | 1u << at % 8);
}

static inline uint32_t pack_get(const uint8_t *bytes, uint64_t element, int bits) {
  if (bits == 4) return (uint32_t)bytes[element / 2] >> (element % 2 * 4) & 15u;
  if (bits == 8) return bytes[element];
  return bytes[2 * element] | (uint32_t)bytes[2 * element + 1] << 8;
}

// Fields of any bits up to 32, from bit `at` of the bytes on, the lowest bit first.
static inline void pack_put_field(uint8_t *bytes, uint64_t at, int bits, uint32_t value) {
  for (int i = 0; i < bits; i++, at++)
    bytes[at / 8] = (uint8_t)((bytes[at / 8] & ~(1 << at % 8)) | (int)(value >> i & 1) << at % 8);
}

static inline uint32_t pack_get_field(const uint8_t *bytes, uint64_t at, int bits) {
  uint32_t value = 0;
  for (int i = 0; i < bits; i++, at++)
    value |= (uint32_t)(bytes[at / 8] >> at % 8 & 1) << i;
  return value;
}

#endif
