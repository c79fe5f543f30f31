// Spoils the formats of the outer-product engine (docs/engines/outer.md, In memory): records of B, and A with bitmaps.
#include "harness/pack/outer/injection.h"
#include "gen/base/error.h"

enum { HEADER_BYTES = 4, BITS_OF_BYTE = 8 };

static void add_to_count(uint8_t *header, uint32_t change) {
  uint32_t count = 0;
  for (int i = 0; i < HEADER_BYTES; i++)
    count |= (uint32_t)header[i] << 8 * i;
  count += change;
  for (int i = 0; i < HEADER_BYTES; i++)
    header[i] = (uint8_t)(count >> 8 * i);
}

// ---- records of B

typedef struct Record {
  uint8_t *header;
  uint8_t *tiles; // the last byte of k-tiles
  uint8_t *fiber; // the first bitmap; NULL: none
  uint64_t bytes; // without the rest of the last beat
} Record;

static uint32_t fibers_of(const Job *job, uint32_t step) {
  const uint32_t *r = job->reg;
  uint32_t run_steps = r[JOB_STEPS] / (r[JOB_K_ROWS] * r[JOB_K_COLS]);
  uint32_t left = job->k_run - step % run_steps * job->k_beat;
  return left < job->k_beat ? left : job->k_beat;
}

static Record read_record(const Plan *plan, const Job *job, uint8_t *header) {
  Record record = {.header = header, .bytes = HEADER_BYTES};
  for (uint32_t step = 0; step < job->reg[JOB_STEPS]; step++) {
    if (step % BITS_OF_BYTE == 0) record.tiles = header + record.bytes++;
    if (!(*record.tiles >> step % BITS_OF_BYTE & 1)) continue;
    if (!record.fiber) record.fiber = header + record.bytes;
    record.bytes += fibers_of(job, step) * (uint64_t)(plan->n0 / BITS_OF_BYTE);
  }
  return record;
}

static uint32_t columns_of(const Plan *plan, const Job *job, uint32_t panel) {
  const uint32_t *r = job->reg;
  uint32_t left = r[JOB_BLOCK_COLS] - panel % r[JOB_BLOCK_PANELS] * (uint32_t)plan->n0;
  return left < (uint32_t)plan->n0 ? left : (uint32_t)plan->n0;
}

static bool spoil_record(const Plan *plan, const Job *job, Spoil spoil, uint32_t panel, const Record *record) {
  uint64_t beat = (uint64_t)plan->bus_bytes, rest = record->bytes % beat;
  uint32_t columns = columns_of(plan, job, panel), last = job->reg[JOB_STEPS] % BITS_OF_BYTE;
  switch (spoil) {
  case SPOIL_CODE: // a column that does not exist
    if (!record->fiber || columns == (uint32_t)plan->n0) return false;
    record->fiber[columns / BITS_OF_BYTE] |= (uint8_t)(1u << columns % BITS_OF_BYTE);
    return true;
  case SPOIL_ADVANCE: // a value more than there is
    add_to_count(record->header, 1);
    return true;
  case SPOIL_END: // a k-tile that does not exist
    if (last) *record->tiles |= (uint8_t)(1u << last);
    return last > 0;
  case SPOIL_TAG: // more values than there is memory
    add_to_count(record->header, 1u << 31);
    return true;
  case SPOIL_PADDING: // of the last beat
    if (rest > 0) record->header[record->bytes - rest + beat - 1] = 0x80;
    return rest > 0;
  default:
    return false;
  }
}

bool spoil_records(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  uint64_t at = 0, beat = (uint64_t)plan->bus_bytes;
  for (uint32_t panel = 0; panel < image->job.reg[JOB_PANELS]; panel++) {
    Record record = read_record(plan, &image->job, image->data[REGION_M] + at);
    if (panel >= injection->word && spoil_record(plan, &image->job, injection->spoil, panel, &record)) return true;
    at += (record.bytes + beat - 1) / beat * beat;
  }
  return error_at(NULL, 0, 0, "--inject %s: there is no such word from there on; a word is a panel here, B has %u",
                  text, (unsigned)image->job.reg[JOB_PANELS]);
}

// ---- A with bitmaps

typedef struct Tile {
  uint8_t *sets; // the byte of sets
  uint8_t *bitmap;
  int set, count;  // in the tile; sets of it
  uint64_t length; // elements of the set
} Tile;

static bool flip_bit(const Tile *tile, bool from) {
  if (!(*tile->sets >> tile->set & 1)) return false;
  for (uint64_t i = 0; i < tile->length; i++)
    if ((tile->bitmap[i / BITS_OF_BYTE] >> i % BITS_OF_BYTE & 1) == from) {
      tile->bitmap[i / BITS_OF_BYTE] ^= (uint8_t)(1u << i % BITS_OF_BYTE);
      return true;
    }
  return false;
}

static bool spoil_set(const Plan *plan, const Tile *tile, Spoil spoil) {
  switch (spoil) {
  case SPOIL_COUNT: // a value more than there is
    return flip_bit(tile, false);
  case SPOIL_LESS:
    return flip_bit(tile, true);
  case SPOIL_FALL: // a set past the segment
    if (tile->count < BITS_OF_BYTE) *tile->sets |= (uint8_t)(1u << tile->count);
    return tile->count < BITS_OF_BYTE;
  case SPOIL_OFFSET: // an element past the segment
    if (!(*tile->sets >> tile->set & 1) || tile->length == (uint64_t)plan->beat_elems) return false;
    tile->bitmap[tile->length / BITS_OF_BYTE] |= (uint8_t)(1u << tile->length % BITS_OF_BYTE);
    return true;
  default:
    return false;
  }
}

bool spoil_bitmaps(const char *text, const Injection *injection, const Plan *plan, Image *image) {
  const uint32_t *r = image->job.reg;
  uint64_t elems = r[JOB_A_MODE] ? r[JOB_RUN] : r[JOB_A_ROW_ELEMS], beat = (uint64_t)plan->beat_elems;
  uint64_t segment = (elems + beat - 1) / beat, sets = segment * r[JOB_A_SEGMENTS];
  uint8_t *next = image->data[REGION_AM], *byte = next;
  for (uint64_t set = 0; set < sets; set++) {
    uint64_t place = set % segment, tile = place - place % BITS_OF_BYTE;
    if (place == tile) byte = next++;
    int count = (int)(segment - tile < BITS_OF_BYTE ? segment - tile : BITS_OF_BYTE);
    uint64_t length = elems - place * beat < beat ? elems - place * beat : beat;
    Tile t = {.sets = byte, .bitmap = next, .set = (int)(place - tile), .count = count, .length = length};
    if (set >= injection->word && spoil_set(plan, &t, injection->spoil)) return true;
    if (*byte >> t.set & 1) next += (beat + BITS_OF_BYTE - 1) / BITS_OF_BYTE;
  }
  return injection_no_set(text, sets);
}
