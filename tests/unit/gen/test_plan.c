// The plan: figures worked out by hand for known configurations, rules that hold over all tiles, data widths and buses,
// combinations that must be refused, and a hash in which every field counts.
#include "gen/base/version.h"
#include "tests/unit/support_plan.h"

#include <glob.h>

// ---- figures worked out by hand ----

// 512 KiB over 4 banks: 131072 bytes each; a step of B is 16 x 16 bytes = 2048 bits = 16 beats; 256 KiB hold 1024 of
// them; a C half of 4 KiB holds 64 words of 16 x 4 bytes, 16 panels of 4 rows.
static void test_dense_1024(void **state) {
  (void)state;
  check_plan("configs/dense_1024.yaml", (Want[]){{"macs", 1024},           {"a_bits", 8},
                                                 {"acc_bits", 32},         {"bus_bytes", 16},
                                                 {"beat_elems", 16},       {"a_bank_elems", 131072},
                                                 {"a_granule", 16},        {"a_columns", 2},
                                                 {"a_lines", 4096},        {"a_pos_bits", 19},
                                                 {"b_word_bits", 2048},    {"b_lanes", 16},
                                                 {"b_lane_bits", 128},     {"b_words", 1024},
                                                 {"e_lanes", 16},          {"c_chunks", 1},
                                                 {"p_word_bits", 1536},    {"p_lanes", 12},
                                                 {"p_lane_bits", 128},     {"c_half_words", 64},
                                                 {"p_words", 32},          {"counters_full", 1},
                                                 {"read_fifo_beats", 128}, {NULL, 0}});
  assert_string_equal(plan.name, "dense_1024");
}

// Derived: 2 banks of 64 KiB; 2 * 4608 * 4 bytes = 36 KiB, so 64; 64 panels of 2 rows of 16 bytes = 2 KiB a half.
static void test_dense_64(void **state) {
  (void)state;
  check_plan("configs/dense_64.yaml", (Want[]){{"macs", 64},
                                               {"a_bank_elems", 65536},
                                               {"a_granule", 8},
                                               {"a_columns", 2},
                                               {"a_lines", 4096},
                                               {"a_pos_bits", 18},
                                               {"b_word_bits", 256},
                                               {"b_lanes", 2},
                                               {"b_lane_bits", 128},
                                               {"b_words", 2048},
                                               {"e_lanes", 4},
                                               {"c_chunks", 1},
                                               {"c_half_words", 128},
                                               {"p_words", 128},
                                               {NULL, 0}});
}

// 33 columns of 16 bits on a 32-bit bus: 8 * 33 * 16 = 4224 bits = 132 beats; 9 chunks of 4 lanes, 27 words a tile.
static void test_narrow_bus(void **state) {
  (void)state;
  check_plan("tests/configs/tile_3x33x8_bits16_bus32.yaml", (Want[]){{"a_bits", 17},
                                                                     {"b_bits", 16},
                                                                     {"beat_elems", 2},
                                                                     {"a_bank_elems", 512},
                                                                     {"a_granule", 2},
                                                                     {"a_columns", 8},
                                                                     {"a_lines", 32},
                                                                     {"b_word_bits", 4224},
                                                                     {"b_lanes", 132},
                                                                     {"b_lane_bits", 32},
                                                                     {"b_words", 62},
                                                                     {"e_lanes", 4},
                                                                     {"c_chunks", 9},
                                                                     {"p_lanes", 12},
                                                                     {"c_half_words", 64},
                                                                     {"p_words", 36},
                                                                     {NULL, 0}});
}

// 3 * 5 * 4: a step of B is 160 bits, two parts of 80; column parameters are 480 bits, four parts of 120.
static void test_odd_tile(void **state) {
  (void)state;
  check_plan("tests/configs/tile_3x5x4.yaml", (Want[]){{"macs", 60},
                                                       {"a_bank_elems", 1024},
                                                       {"a_granule", 8},
                                                       {"a_lines", 64},
                                                       {"b_lanes", 2},
                                                       {"b_lane_bits", 80},
                                                       {"b_words", 102},
                                                       {"e_lanes", 5},
                                                       {"p_lanes", 4},
                                                       {"p_lane_bits", 120},
                                                       {"c_half_words", 25},
                                                       {"p_words", 16},
                                                       {NULL, 0}});
}

static void test_a_bits(void **state) {
  (void)state;
  static const struct {
    const char *is_signed, *zero_point;
    int bits;
  } cases[] = {{"true", "false", 8}, {"true", "true", 9}, {"false", "false", 9}, {"false", "true", 9}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char text[200];
    snprintf(text, sizeof text, "engine: dense\ntile: {m: 1, n: 1, k: 1}\ndata: {a_signed: %s, a_zero_point: %s}\n",
             cases[i].is_signed, cases[i].zero_point);
    assert_true(plan_text(text));
    assert_int_equal(plan.a_bits, cases[i].bits);
  }
}

static void test_options(void **state) {
  (void)state;
  assert_true(plan_text("engine: dense\ntile: {m: 1, n: 1, k: 1}\ncounters: lean\nram: blackbox\nmultiplier: operator\n"
                        "memory: {burst_beats: 129, outstanding: 3, address_bits: 33}\n"));
  assert_false(plan.counters_full);
  assert_int_equal(plan.ram, RAM_BLACKBOX);
  assert_int_equal(plan.multiplier, MULTIPLIER_OPERATOR);
  assert_int_equal(plan.read_fifo_beats, 512);
  assert_int_equal(plan.outstanding, 3);
  assert_int_equal(plan.addr_bits, 33);
}

// Every configuration that the repository holds has a plan, and says in two lines what it is for.
static void check_shipped(const char *pattern, size_t least) {
  glob_t files;
  assert_int_equal(glob(pattern, 0, NULL, &files), 0);
  assert_true(files.gl_pathc >= least);
  for (size_t i = 0; i < files.gl_pathc; i++) {
    char lines[2][200];
    FILE *file = fopen(files.gl_pathv[i], "r");
    assert_non_null(file);
    assert_true(fgets(lines[0], sizeof lines[0], file) && fgets(lines[1], sizeof lines[1], file));
    fclose(file);
    assert_true(!strncmp(lines[0], "# ", 2) && !strncmp(lines[1], "# ", 2));
    if (!spec_read(files.gl_pathv[i], &spec) || !plan_make(&spec, &plan)) fail_msg("refused: %s", files.gl_pathv[i]);
  }
  globfree(&files);
}

static void test_shipped(void **state) {
  (void)state;
  check_shipped("configs/*.yaml", 4);
  check_shipped("tests/configs/*.yaml", 10);
}

// ---- rules over all tiles ----

static bool is_power(int number) {
  return number > 0 && (number & (number - 1)) == 0;
}

// Equal parts, none wider than the bus, and no smaller number of parts would do.
static void check_lanes(int word, int lanes, int lane, int bus) {
  assert_int_equal(lanes * lane, word);
  assert_true(lane <= bus);
  for (int fewer = 1; fewer < lanes; fewer++)
    assert_true(word % fewer || word / fewer > bus);
}

static void check_buffers(void) {
  assert_true(is_power(plan.a_bank_elems) && is_power(plan.a_granule) && is_power(plan.a_columns));
  assert_int_equal(plan.a_lines * plan.a_granule * plan.a_columns, plan.a_bank_elems);
  assert_true(plan.a_bank_elems >= 4 * plan.k0 && plan.a_bank_elems >= 4 * plan.beat_elems);
  assert_true(plan.a_lines >= 2);
  int line = plan.a_granule * plan.a_columns; // holds a whole window whatever its offset in a granule, and whole beats
  assert_true(line >= plan.k0 + plan.a_granule && line % plan.beat_elems == 0);
  assert_int_equal(1 << (plan.a_pos_bits - 2), plan.a_bank_elems);
  assert_true((int64_t)plan.m0 * plan.a_bank_elems * plan.data_bits <= (int64_t)1024 * 8192);
  assert_int_equal(plan.b_word_bits, plan.n0 * plan.k0 * plan.data_bits);
  assert_true(plan.b_words >= 4 && plan.b_words <= 65536);
  assert_true(plan.b_words * plan.k0 >= 2 * 4608 - plan.k0);
}

static void check_epilogue(void) {
  assert_true(plan.e_lanes <= plan.n0 && plan.e_lanes <= plan.bus_bytes);
  assert_true(plan.e_lanes * plan.c_chunks >= plan.n0 && plan.e_lanes * (plan.c_chunks - 1) < plan.n0);
  int panels = plan.c_half_words / (plan.m0 * plan.c_chunks);
  assert_true(panels * plan.n0 >= 256);
  assert_int_equal(plan.p_words, 2 * panels * plan.c_chunks);
}

static void set(SpecKeyId id, int value) {
  spec.keys[id].value = value;
}

// Every tile of up to 16384 multipliers gets a plan from defaults alone.
static void sweep_tiles(void) {
  for (int m = 1; m <= 64; m++)
    for (int n = 1; n <= 64; n++)
      for (int k = 1; k <= 64 && m * n * k <= 16384; k *= 2) {
        set(KEY_TILE_M, m);
        set(KEY_TILE_N, n);
        set(KEY_TILE_K, k);
        assert_true(plan_make(&spec, &plan));
        check_buffers();
        check_epilogue();
        if (m > 1) continue;
        check_lanes(plan.b_word_bits, plan.b_lanes, plan.b_lane_bits, plan.bus_bits);
        check_lanes(96 * plan.e_lanes, plan.p_lanes, plan.p_lane_bits, plan.bus_bits);
      }
}

static void test_all_tiles(void **state) {
  (void)state;
  assert_true(plan_text("engine: dense\ntile: {m: 1, n: 1, k: 1}\n"));
  for (int bits = 4; bits <= 16; bits *= 2)
    for (int bus = 32; bus <= 512; bus *= 2) {
      set(KEY_DATA_BITS, bits);
      set(KEY_BUS_BITS, bus);
      sweep_tiles();
    }
}

// ---- refusals: what is legal by the message is accepted, one less is not ----

static const Refusal refused[] = {
    {"engine: dense\ntile: {m: 64, n: 64, k: 8}\n",
     "2:25: tile has m * n * k = 32768 multipliers, more than 16384; legal: k up to 4\n"},
    {"engine: dense\ntile: {m: 33, n: 8, k: 64}\n",
     "2:24: tile has m * n * k = 16896 multipliers, more than 16384; legal: k up to 32\n"},
    {"engine: dense\ntile: {m: 3, n: 5, k: 4}\nbuffers: {a_kib: 4}\n",
     "3:18: buffers.a_kib 4 does not make 3 banks of a power of two of elements, 64 or more; legal: 3 times a power of "
     "two\n"},
    {"engine: dense\ntile: {m: 4, n: 5, k: 4}\nbuffers: {a_kib: 12}\n", "legal: 1 times a power of two\n"},
    {"engine: dense\ntile: {m: 48, n: 1, k: 64}\nbuffers: {a_kib: 6}\n",
     "256 or more; legal: 12 times a power of two\n"},
    {"engine: dense\ntile: {m: 1, n: 64, k: 64}\nbuffers: {b_kib: 15}\n",
     "3:18: buffers.b_kib 15 holds 3 steps of 32768 bits; legal: 16 to 16384\n"},
    {"engine: dense\ntile: {m: 1, n: 1, k: 1}\nbuffers: {b_kib: 65}\n",
     "3:18: buffers.b_kib 65 holds 66560 steps of 8 bits; legal: 1 to 64\n"},
    {"engine: dense\ntile: {m: 4, n: 64, k: 1}\nbuffers: {c_kib: 1}\n",
     "3:18: buffers.c_kib 1 has halves of 8 words, a tile takes 16; legal: 2 or more\n"},
    {"engine: dense\ntile: {m: 1, n: 1, k: 1}\nmemory: {read_fifo_beats: 32}\n",
     "3:27: memory.read_fifo_beats 32 can't hold two bursts of 32; legal: powers of two from 64 to 4096\n"},
    {"engine: dense\ntile: {m: 1, n: 1, k: 1}\nmemory: {burst_beats: 129, read_fifo_beats: 256}\n",
     "3:45: memory.read_fifo_beats 256 can't hold two bursts of 129; legal: powers of two from 512 to 4096\n"},
    {"engine: dense\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 2}\n",
     "3:11: hss.g0 has no use in engine dense, which has no structured sparsity; leave it out\n"},
    {"engine: griffin\ntile: {m: 2, n: 4, k: 8}\nhss: {h2: 2}\n", "3:11: hss.h2 has no use in engine griffin, "},
    {"engine: dense\ntile: {m: 2, n: 4, k: 8}\nhss: {a_g0: 2}\n", "3:13: hss.a_g0 has no use in engine dense"},
};

static void test_refused(void **state) {
  (void)state;
  check_refused(refused, sizeof refused / sizeof *refused);
}

static void test_smallest(void **state) {
  (void)state;
  static const char *const texts[] = {
      "engine: dense\ntile: {m: 64, n: 64, k: 4}\n",
      "engine: dense\ntile: {m: 3, n: 5, k: 4}\nbuffers: {a_kib: 3}\n",
      "engine: dense\ntile: {m: 48, n: 1, k: 64}\nbuffers: {a_kib: 12}\n",
      "engine: dense\ntile: {m: 1, n: 64, k: 64}\nbuffers: {b_kib: 16}\n",
      "engine: dense\ntile: {m: 1, n: 1, k: 1}\nbuffers: {b_kib: 64}\n",
      "engine: dense\ntile: {m: 4, n: 64, k: 1}\nbuffers: {c_kib: 2}\n",
      "engine: dense\ntile: {m: 1, n: 1, k: 1}\nmemory: {read_fifo_beats: 64}\n",
      "engine: dense\ntile: {m: 1, n: 64, k: 64}\ndata: {bits: 16}\nbuffers: {a_kib: 16384, b_kib: 16384, c_kib: "
      "1024}\n",
  };
  check_accepted(texts, sizeof texts / sizeof *texts);
}

// ---- identity ----

// FNV-1a written a second time, over bytes laid out by hand.
static uint64_t fnv(const unsigned char *bytes, size_t size) {
  uint64_t hash = UINT64_C(14695981039346656037);
  for (size_t i = 0; i < size; i++)
    hash = (hash ^ bytes[i]) * UINT64_C(1099511628211);
  return hash;
}

static void test_hash_value(void **state) {
  (void)state;
  unsigned char bytes[1024];
  size_t size = 0;
  assert_true(fnv((const unsigned char *)"foobar", 6) == UINT64_C(0x85944171f73967e8)); // from the authors' test suite
  check_plan("configs/dense_1024.yaml", (Want[]){{NULL, 0}});
  for (size_t i = 0; i < plan_field_count(); i++)
    for (int shift = 0; shift < 32; shift += 8)
      bytes[size++] = (unsigned char)(plan_field_value(&plan, i) >> shift);
  memcpy(bytes + size, LACUNA_VERSION, strlen(LACUNA_VERSION));
  assert_true(plan.hash == fnv(bytes, size + strlen(LACUNA_VERSION)));
}

#define CHECK_FIELD_COUNTS(type, field, kind, unit, meaning)                                                           \
  {                                                                                                                    \
    Plan other = plan;                                                                                                 \
    other.field = (type)!other.field;                                                                                  \
    if (plan_hash(&other) == plan.hash) fail_msg("the hash ignores " #field);                                          \
  }
#define CHECK_OWN_COUNTS(part, prefix, type, field, ...) CHECK_FIELD_COUNTS(type, part.field, __VA_ARGS__)

static void test_every_field_counts(void **state) {
  (void)state;
  assert_true(plan_text("engine: dense\ntile: {m: 3, n: 5, k: 4}\n"));
  PLAN_FIELDS(CHECK_FIELD_COUNTS)
#define FAMILY(family) PLAN_FIELDS_##family(CHECK_OWN_COUNTS)
#include "gen/rows/engines.h"
}

// Neither the name nor the padding between fields is part of the identity.
static void test_hash_is_of_values(void **state) {
  (void)state;
  assert_true(plan_text("engine: dense\ntile: {m: 3, n: 5, k: 4}\n"));
  Plan other;
  memset(&other, 0xa5, sizeof other);
#define COPY_FIELD(type, field, kind, unit, meaning)             other.field = plan.field;
#define COPY_OWN(part, prefix, type, field, kind, unit, meaning) other.part.field = plan.part.field;
  PLAN_FIELDS(COPY_FIELD)
#define FAMILY(family) PLAN_FIELDS_##family(COPY_OWN)
#include "gen/rows/engines.h"
#undef COPY_OWN
#undef COPY_FIELD
  assert_true(plan_hash(&other) == plan.hash);
}

static void test_version(void **state) {
  (void)state;
  char text[32];
  snprintf(text, sizeof text, "%d.%d.%d", LACUNA_VERSION_MAJOR, LACUNA_VERSION_MINOR, LACUNA_VERSION_PATCH);
  assert_string_equal(text, LACUNA_VERSION);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_dense_1024),
      cmocka_unit_test(test_dense_64),
      cmocka_unit_test(test_narrow_bus),
      cmocka_unit_test(test_odd_tile),
      cmocka_unit_test(test_a_bits),
      cmocka_unit_test(test_options),
      cmocka_unit_test(test_shipped),
      cmocka_unit_test(test_all_tiles),
      cmocka_unit_test(test_refused),
      cmocka_unit_test(test_smallest),
      cmocka_unit_test(test_hash_value),
      cmocka_unit_test(test_version),
      cmocka_unit_test(test_every_field_counts),
      cmocka_unit_test(test_hash_is_of_values),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
