// Reads --inject, and spoils metadata where they lie in the image: the hardware must find out by itself.
#include "harness/pack/injection.h"
#include "gen/base/error.h"
#include "harness/engine/engine_pack.h"
#include "harness/pack/pack_bits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct Kind {
  const char *channel, *kind;
  bool answer; // of the memory
  Spoil spoil;
  AxiFault fault;
} Kind;

static const Kind kinds[] = {
    {"read", "slverr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_READ_BURST, .response = AXI_SLVERR}},
    {"read", "decerr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_READ_BURST, .response = AXI_DECERR}},
    {"write", "slverr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_WRITE_BURST, .response = AXI_SLVERR}},
    {"write", "decerr", true, SPOIL_NOTHING, {.kind = AXI_FAULT_WRITE_BURST, .response = AXI_DECERR}},
    {"meta", "code", false, SPOIL_CODE, {0}},
    {"meta", "advance", false, SPOIL_ADVANCE, {0}},
    {"meta", "end", false, SPOIL_END, {0}},
    {"meta", "tag", false, SPOIL_TAG, {0}},
    {"meta", "padding", false, SPOIL_PADDING, {0}},
    {"set", "count", false, SPOIL_COUNT, {0}},
    {"set", "less", false, SPOIL_LESS, {0}},
    {"set", "fall", false, SPOIL_FALL, {0}},
    {"set", "offset", false, SPOIL_OFFSET, {0}},
    {"set", "padding", false, SPOIL_REST, {0}},
};

bool injection_parse(const char *text, Injection *injection) {
  char channel[8], kind[8], digits[20];
  int end = 0;
  *injection = (Injection){0};
  if (!text) return true;
  bool good = sscanf(text, "%7[a-z]:%7[a-z]:%19[0-9]%n", channel, kind, digits, &end) == 3 && !text[end];
  uint64_t number = good ? strtoull(digits, NULL, 10) : 0; // of 19 digits at most, so it fits
  for (const Kind *k = kinds; good && k < kinds + sizeof kinds / sizeof *kinds; k++) {
    if (strcmp(channel, k->channel) || strcmp(kind, k->kind)) continue;
    *injection = (Injection){.fault = k->fault, .faults = k->answer, .spoil = k->spoil, .word = number};
    injection->fault.first = injection->fault.last = number;
    return true;
  }
  return error_at(
      NULL, 0, 0,
      "--inject %s is not understood; expected read|write:slverr|decerr:N, N counts bursts from 0, "
      "meta:code|advance|end|tag|padding:N, N counts words of B from 0, or set:count|less|fall|offset|padding:N, N "
      "counts sets of A from 0",
      text);
}

uint64_t injection_word_at(const Plan *plan, uint64_t word) {
  return word * (uint64_t)(plan->b_lanes * plan->m_lane_bits);
}

bool injection_fill(const Plan *plan, Image *image, uint64_t word, int used) {
  if (used < plan->m_lane_bits) pack_put_bit(image->data[REGION_M], injection_word_at(plan, word + 1) - 1);
  return used < plan->m_lane_bits;
}

bool injection_words(const char *text, const Injection *injection, const Plan *plan, Image *image, SpoilWord *spoil) {
  for (uint64_t word = injection->word; word < image->job.words; word++)
    if (spoil(plan, image, injection->spoil, word)) return true;
  return error_at(NULL, 0, 0, "--inject %s: there is no such word from there on; B has %" PRIu64 " words", text,
                  image->job.words);
}

bool injection_no_set(const char *text, uint64_t sets) {
  return error_at(NULL, 0, 0, "--inject %s: there is no such set from there on; A has %" PRIu64 " sets", text, sets);
}

static bool nothing_to_spoil(const char *text, const Plan *plan, unsigned part, const char *what, const char *way) {
  if (!plan_has(plan, part)) return error_at(NULL, 0, 0, "--inject %s: %s knows no %s", text, plan->name, what);
  return error_at(NULL, 0, 0, "--inject %s: %s", text, way);
}

bool injection_damage(const char *text, const Plan *plan, Image *image) {
  Injection injection;
  const EnginePack *engine = engine_pack(plan);
  if (!injection_parse(text, &injection)) return false;
  if (injection.spoil == SPOIL_NOTHING) return true;
  if (injection.spoil < SPOIL_COUNT)
    return image->bytes[REGION_M]
               ? engine->spoil_b(text, &injection, plan, image)
               : nothing_to_spoil(text, plan, PART_META_B, "metadata", "this run has no metadata; modes b and ab do");
  return image->bytes[REGION_AM] || engine_a_in_blocks(plan)
             ? engine->spoil_a(text, &injection, plan, image)
             : nothing_to_spoil(text, plan, PART_COMPRESSED_A, "compressed A",
                                "A is not compressed in this run; say --a-format compressed");
}
