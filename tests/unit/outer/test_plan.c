// The plan of the outer-product engine: figures worked out by hand, what must be refused and what is just legal, and
// what `info` tells of it.
#include "gen/engine/engine_common.h"
#include "tests/unit/support_plan.h"

// ---- figures worked out by hand ----

// Four blocks of 4 x 8. A word of a store: 8 values of 8 bits and of 2 (64 columns in 16 banks), 16 places, 3 bits of k
// (8 of the 32 of a k-tile), 3 flags. A panel of K = 2048 has 512 k for each block, 8 chunks each: 4096 words. A row of
// A in a bank of 64 KiB; 32 of its elements begin anywhere in 16, so a line has 64.
static void test_128(void **state) {
  (void)state;
  check_plan("configs/outer_128.yaml", (Want[]){{"macs", 128},
                                                {"m0", 64},
                                                {"n0", 64},
                                                {"k0", 32},
                                                {"mul_m", 8},
                                                {"mul_n", 16},
                                                {"mul_k", 1},
                                                {"count_bits", 40},
                                                {"a_rows", 8},
                                                {"a_bank_elems", 65536},
                                                {"a_granule", 16},
                                                {"a_columns", 4},
                                                {"a_beat", 32},
                                                {"b_beat", 32},
                                                {"a_steps", 1},
                                                {"a_depth", 1},
                                                {"b_word_bits", 102},
                                                {"b_lanes", 1},
                                                {"b_lane_bits", 102},
                                                {"b_banks", 4},
                                                {"b_words", 4 * 4096},
                                                {"b_step_words", 4 * 64},
                                                {"m_lane_bits", 128},
                                                {"modes", 15},
                                                {"a_compressed", 1},
                                                {"a_head_bytes", 0},
                                                {"outer_p", 4},
                                                {"outer_q", 8},
                                                {"outer_blocks", 4},
                                                {"outer_banks", 16},
                                                {"outer_window", 4},
                                                {"outer_slots", 2},
                                                {"outer_ks", 8},
                                                {"outer_list_words", 4096},
                                                {"outer_known", 256},
                                                {"e_lanes", 16},
                                                {"c_chunks", 4},
                                                {"c_half_words", 1024},
                                                {"p_word_bits", 1536},
                                                {NULL, 0}});
}

// One block; 8 * (8 + 1) + 16 + 5 + 3 bits.
static void test_32(void **state) {
  (void)state;
  check_plan("configs/outer_32.yaml", (Want[]){{"macs", 32},
                                               {"m0", 32},
                                               {"outer_blocks", 1},
                                               {"outer_banks", 16},
                                               {"outer_ks", 32},
                                               {"b_word_bits", 96},
                                               {"b_banks", 1},
                                               {"b_words", 8192},
                                               {"c_chunks", 2},
                                               {NULL, 0}});
}

// The paper's scheme: 16 * (8 + 1) + 32 + 5 + 3 bits; a fiber without zeros is two chunks.
static void test_one_k(void **state) {
  (void)state;
  check_plan("configs/outer_128_one_k.yaml", (Want[]){{"macs", 128},
                                                      {"outer_blocks", 1},
                                                      {"outer_p", 8},
                                                      {"outer_banks", 32},
                                                      {"b_word_bits", 184},
                                                      {"b_words", 4096},
                                                      {"b_step_words", 64},
                                                      {"e_lanes", 32},
                                                      {"c_chunks", 1},
                                                      {NULL, 0}});
}

// Two blocks of 1 x 4 in 16 x 16: 4 * (8 + 2) + 4 + 1 + 3 bits; a KiB holds 85 of two stores, so 64.
static void test_smallest(void **state) {
  (void)state;
  check_plan("tests/configs/outer_2x4_smallest.yaml", (Want[]){{"outer_blocks", 2},
                                                               {"outer_ks", 1},
                                                               {"b_word_bits", 48},
                                                               {"b_words", 2 * 64},
                                                               {"outer_list_words", 64},
                                                               {"b_step_words", 8},
                                                               {"a_bank_elems", 512},
                                                               {"a_granule", 4},
                                                               {"a_columns", 2},
                                                               {"e_lanes", 4},
                                                               {"c_chunks", 4},
                                                               {NULL, 0}});
}

// 4 bits: 4 * (4 + 1) + 32 + 1 + 3; 16 bits: 16 * (16 + 1) + 16 + 4 + 3, one chunk a fiber.
static void test_widths(void **state) {
  (void)state;
  check_plan("tests/configs/outer_2x16_bits4.yaml",
             (Want[]){{"outer_blocks", 8}, {"outer_ks", 1}, {"b_word_bits", 56}, {"a_bits", 5}, {NULL, 0}});
  check_plan("tests/configs/outer_8x16_bits16_bus64.yaml", (Want[]){{"outer_blocks", 4},
                                                                    {"outer_ks", 16},
                                                                    {"b_word_bits", 295},
                                                                    {"b_step_words", 64},
                                                                    {"a_bits", 17},
                                                                    {NULL, 0}});
}

// ---- refusals: what is legal by the message is accepted, one less is not ----

static const Refusal refused[] = {
    {"engine: outer\ntile: {m: 4, n: 8, k: 1}\nhss: {g0: 2}\n", "3:11: hss.g0 has no use in engine outer, "},
    {"engine: outer\ntile: {m: 4, n: 8, k: 1}\nwindow: {wrap: true}\n",
     "3:16: window.wrap has no use in engine outer, "},
    {"engine: outer\ntile: {m: 4, n: 8, k: 2}\n",
     "2:23: tile.k 2: engine outer multiplies for one k in a place; legal: 1\n"},
    {"engine: outer\ntile: {m: 6, n: 8, k: 1}\n",
     "2:11: outer.block_m 4 does not divide tile.m 6; legal: block_m 1 to 2, or tile.m a multiple of 4\n"},
    {"engine: outer\ntile: {m: 4, n: 8, k: 1}\nouter: {block_n: 16}\n",
     "3:18: outer.block_n 16 does not divide tile.n 8; legal: block_n 2 to 8, or tile.n a multiple of 16\n"},
    {"engine: outer\ntile: {m: 12, n: 8, k: 1}\n",
     "2:11: tile has 3 blocks of outer.block_m * outer.block_n = 32, not 1, 2, 4 .. 64; legal: tile.m 8\n"},
    {"engine: outer\ntile: {m: 64, n: 64, k: 1}\n", "2:11: tile has 128 blocks of outer.block_m"},
    {"engine: outer\ntile: {m: 4, n: 8, k: 1}\nouter: {banks: 4}\n",
     "3:16: outer.banks 4 is below outer.block_n or above outer.tile; legal: powers of two from 8 to 64\n"},
    {"engine: outer\ntile: {m: 4, n: 8, k: 1}\nouter: {tile: 32, banks: 64}\n",
     "3:26: outer.banks 64 is below outer.block_n or above outer.tile; legal: powers of two from 8 to 32\n"},
    {"engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {k_tile: 2}\n",
     "3:17: outer.k_tile 2 leaves some of 4 blocks without a k; legal: k_tile 4 to 64\n"},
    {"engine: outer\ntile: {m: 4, n: 8, k: 1}\nmemory: {bus_bits: 32}\n",
     "3:20: memory.bus_bits 32: a bitmap of engine outer may have 64 bits; legal: 64 to 512\n"},
    {"engine: outer\ntile: {m: 8, n: 16, k: 1}\nbuffers: {b_kib: 3}\n",
     "3:18: buffers.b_kib 3 holds 60 words of 102 bits in each of 4 stores, a k-tile takes up to 64; legal: 4 to "
     "6527\n"},
    {"engine: outer\ntile: {m: 8, n: 16, k: 1}\nbuffers: {b_kib: 6528}\n", "buffers.b_kib 6528 holds 131072 words"},
    {"engine: outer\ntile: {m: 8, n: 16, k: 1}\nbuffers: {a_kib: 6}\n",
     "3:18: buffers.a_kib 6 does not make 8 banks of a power of two of elements, 128 or more; legal: 1 times a power"},
};

static void test_refused(void **state) {
  (void)state;
  check_refused(refused, sizeof refused / sizeof *refused);
}

static void test_legal(void **state) {
  (void)state;
  static const char *const texts[] = {
      "engine: outer\ntile: {m: 8, n: 16, k: 1}\nbuffers: {b_kib: 4}\n",
      "engine: outer\ntile: {m: 8, n: 16, k: 1}\nbuffers: {b_kib: 6527}\n",
      "engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {k_tile: 4}\n",
      "engine: outer\ntile: {m: 4, n: 8, k: 1}\nmemory: {bus_bits: 64}\n",
      "engine: outer\ntile: {m: 64, n: 32, k: 1}\nouter: {k_tile: 64}\n",
  };
  check_accepted(texts, sizeof texts / sizeof *texts);
}

// ---- info ----

// What a user of the outer-product engine asks: by hand from the plan of outer_128 above. A k-tile without zeros is
// 64 * 64 * 32 products of 128 a cycle; 4096 words of 4 stores, 8 for each k, hold K = 2048.
static void test_info(void **state) {
  (void)state;
  char *text = NULL;
  size_t size;
  check_plan("configs/outer_128.yaml", (Want[]){{NULL, 0}});
  FILE *out = open_memstream(&text, &size);
  info_text(&plan, out);
  fclose(out);
  static const char *const wants[] = {"blocks   4 of 4 lanes x 8 multipliers; each takes 8 of the 32 k of a k-tile\n",
                                      "stores   4 of 4096 words of 102 bits: K up to 2048 of a panel without zeros",
                                      "results  16 a cycle; a tile leaves in 256 cycles",
                                      "without zeros: 1024 cycles a k-tile",
                                      "a bank of 65536 elements holds its ceil(M/8) rows",
                                      "ceil(N/64) * ceil(K/32) <= 64 steps",
                                      "for each k of a k-tile that has values 64 bits"};
  for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
    if (!strstr(text, wants[i])) fail_msg("info lacks \"%s\"", wants[i]);
  free(text);
  InfoMode rows[MODES_MOST];
  assert_int_equal(engine_modes(&plan, rows), 4);
  assert_string_equal(rows[MODE_AB].name, "ab");
  assert_string_equal(rows[MODE_AB].borrowing, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_128),    cmocka_unit_test(test_32),
                                     cmocka_unit_test(test_one_k),  cmocka_unit_test(test_smallest),
                                     cmocka_unit_test(test_widths), cmocka_unit_test(test_refused),
                                     cmocka_unit_test(test_legal),  cmocka_unit_test(test_info)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
