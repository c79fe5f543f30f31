// The plan's identity: FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv), over the fields one by one, so that the
// padding of the structure and the machine's byte order play no part.
#include "gen/base/version.h"
#include "gen/plan/plan_fields.h"

#define FNV_OFFSET UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME  UINT64_C(0x00000100000001b3)

static uint64_t mix_byte(uint64_t hash, unsigned char byte) {
  return (hash ^ byte) * FNV_PRIME;
}

static uint64_t mix_number(uint64_t hash, uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8)
    hash = mix_byte(hash, (unsigned char)(number >> shift & 0xff));
  return hash;
}

uint64_t plan_hash(const Plan *plan) {
  uint64_t hash = FNV_OFFSET;
  for (size_t i = 0; i < plan_field_count(); i++)
    hash = mix_number(hash, (uint32_t)plan_field_value(plan, i));
  for (const char *letter = LACUNA_VERSION; *letter; letter++)
    hash = mix_byte(hash, (unsigned char)*letter);
  return hash;
}
