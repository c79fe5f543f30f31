// The plan of the engine for structured weights: figures worked out by hand, what must be refused and what is just
// legal, and what `info` tells of it.
#include "gen/engine/engine_common.h"
#include "gen/engine/hss/plan.h"
#include "tests/unit/support_plan.h"

// ---- figures worked out by hand ----

// 2 groups of 4 blocks of 2 kept weights a step: 2 * 8 * 4 = 64 words of A, which with 15 before them take a line of
// 128. Offsets of a group: 4 * 3 + 8 * 2 bits. 16 parts of 128 bits hold 2 of the 32 groups each, so 56 bits of
// metadata.
static void test_hss_1024(void **state) {
  (void)state;
  check_plan("configs/hss_1024.yaml", (Want[]){{"macs", 1024},
                                               {"hss_g0", 2},
                                               {"hss_h0", 4},
                                               {"hss_g1", 4},
                                               {"hss_h1", 8},
                                               {"hss_g2", 1},
                                               {"hss_h2", 1},
                                               {"hss_groups", 2},
                                               {"hss_group_bits", 28},
                                               {"m_lane_bits", 56},
                                               {"b_lanes", 16},
                                               {"b_lane_bits", 128},
                                               {"b_word_bits", 2048},
                                               {"b_words", 1024},
                                               {"a_beat", 64},
                                               {"a_granule", 16},
                                               {"a_columns", 8},
                                               {"a_lines", 1024},
                                               {"a_bank_elems", 131072},
                                               {"a_steps", 1},
                                               {"a_depth", 1},
                                               {"modes", 1 << MODE_DENSE | 1 << MODE_B},
                                               {"engine_latency", 5},
                                               {NULL, 0}});
}

// One group a column: 4 groups in 2 parts.
static void test_hss_64(void **state) {
  (void)state;
  check_plan("configs/hss_64.yaml", (Want[]){{"macs", 64},
                                             {"hss_groups", 1},
                                             {"hss_group_bits", 28},
                                             {"m_lane_bits", 56},
                                             {"b_lanes", 2},
                                             {"b_lane_bits", 128},
                                             {"b_words", 2048},
                                             {"a_beat", 32},
                                             {"a_granule", 16},
                                             {"a_columns", 4},
                                             {"a_lines", 1024},
                                             {NULL, 0}});
}

// Two groups a column of 2 blocks: 16 weights each, of which A's offsets choose 8, so a word of B is twice a dense
// step; 2 * 3 bits of offsets a group. A step is up to 2 * 8 blocks of 2 values and an element of offsets.
static void test_dsso_64(void **state) {
  (void)state;
  check_plan("configs/dsso_64.yaml", (Want[]){{"macs", 64},
                                              {"hss_groups", 2},
                                              {"hss_group_bits", 6},
                                              {"hss_a_g0", 2},
                                              {"m_lane_bits", 16},
                                              {"a_beat", 48},
                                              {"b_beat", 16},
                                              {"b_word_bits", 512},
                                              {"b_lanes", 4},
                                              {"b_lane_bits", 128},
                                              {"b_words", 1024},
                                              {"modes", 1 << MODE_A | 1 << MODE_AB},
                                              {NULL, 0}});
}

// One rank: 4 blocks of 4 words a step; 16 blocks of 2 * 2 bits in 2 parts.
static void test_nm24_64(void **state) {
  (void)state;
  check_plan("configs/nm24_64.yaml", (Want[]){{"hss_g1", 1},
                                              {"hss_h1", 1},
                                              {"hss_h2", 1},
                                              {"hss_groups", 4},
                                              {"hss_group_bits", 4},
                                              {"m_lane_bits", 32},
                                              {"b_lanes", 2},
                                              {"b_lane_bits", 128},
                                              {"a_beat", 16},
                                              {"a_columns", 2},
                                              {"a_lines", 2048},
                                              {NULL, 0}});
}

// A part holds whole groups: 320 bits would make 4 parts of 80, but there are 5 groups. 2 * 2 + 4 * 2 + 8 * 2 bits
// each.
static void test_hss_odd_tile(void **state) {
  (void)state;
  check_plan("tests/configs/hss_3x5x8_three_ranks.yaml", (Want[]){{"hss_groups", 1},
                                                                  {"hss_group_bits", 28},
                                                                  {"b_word_bits", 320},
                                                                  {"b_lanes", 5},
                                                                  {"b_lane_bits", 64},
                                                                  {"m_lane_bits", 32},
                                                                  {"a_beat", 27},
                                                                  {"a_columns", 4},
                                                                  {NULL, 0}});
}

// 4 groups of 8 weights are no more than 4 parts, wider than the bus.
static void test_hss_narrow_bus(void **state) {
  (void)state;
  check_plan("tests/configs/hss_2x4x8_bus32.yaml", (Want[]){{"b_word_bits", 256},
                                                            {"b_lanes", 4},
                                                            {"b_lane_bits", 64},
                                                            {"m_lane_bits", 32},
                                                            {"a_granule", 4},
                                                            {"a_columns", 16},
                                                            {NULL, 0}});
}

// ---- refusals: what is legal by the message is accepted, one less is not ----

static const Refusal refused[] = {
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 3, h0: 4}\n",
     "3:11: hss.g0 3: tile.k 8 can't be shared out to it; legal: 1, 2, 4, 8 or 16\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 4}\nhss: {g0: 2, h0: 4, g1: 4, h1: 8}\n", "2:23: tile.k 4 is no multiple of "},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 4, h0: 3}\n",
     "3:18: hss.h0 3 is less than hss.g0 4; legal: hss.h0 4 to 16\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g2: 4, h2: 2}\n",
     "3:18: hss.h2 2 is less than hss.g2 4; legal: hss.h2 4 to 16\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {h0: 2, g1: 4, h1: 4}\n",
     "3:11: every rank keeps all its children; legal: h0 from 3 to 16\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 2, h1: 4, a_g0: 2}\n",
     "3:27: hss.a_g0 2 needs whole blocks of B: g0 = h0, a power of two above a_g0; legal: g0 and h0 4\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 4, h1: 4, a_g0: 4}\n",
     "3:27: hss.a_g0 4 does not divide tile.k 8, or its offsets in a block take more than the 8 bits of an element; "
     "legal: powers of two up to 2\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 6, h0: 6, h1: 4, a_g0: 2}\n", "3:34: hss.a_g0 2 needs whole"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 4, h1: 4, a_g0: 3}\n",
     "3:27: hss.a_g0 3 does not divide tile.k 8, or its offsets in a block take more than the 8 bits of an element; "
     "legal: powers of two up to 2\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 4, h1: 4, h2: 2, a_g0: 2}\n", "3:25: beside hss.a_g0 there is"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 8, h0: 8, h1: 4, a_g0: 4}\n",
     "3:34: hss.a_g0 4 does not divide tile.k 8, or its offsets in a block take more than the 8 bits of an element; "
     "legal: powers of two up to 2\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 4}\nhss: {g0: 4, g1: 4, h1: 8, a_g0: 2}\n",
     "2:23: tile.k 4 is no multiple of a_g0 * g1 * g2 = 8, "},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 4, g1: 2, h1: 2, a_g0: 2}\n",
     "every rank keeps all its children"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 64}\nhss: {g0: 2, h0: 9}\n",
     "2:23: a step takes 32 groups of 9 elements of A, more than 256 in all; legal: k up to 32\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nwindow: {supply: 2}\n",
     "3:18: window.supply has no use in engine hss, which has no windows; leave it out\n"},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nsparse_ab: {db3: 1}\n", "3:18: sparse_ab.db3 has no use in engine hss, "},
    {"engine: hss\ntile: {m: 2, n: 4, k: 8}\nouter: {slots: 4}\n",
     "3:16: outer.slots has no use in engine hss, which has no outer products; leave it out\n"},
};

static void test_refused(void **state) {
  (void)state;
  check_refused(refused, sizeof refused / sizeof *refused);
}

static void test_smallest(void **state) {
  (void)state;
  static const char *const texts[] = {
      "engine: hss\ntile: {m: 2, n: 4, k: 64}\nhss: {g0: 2, h0: 8}\n",
      "engine: hss\ntile: {m: 2, n: 4, k: 8}\nhss: {g0: 1, h0: 1, g1: 1, h1: 1, g2: 8, h2: 9}\n",
      "engine: hss\ntile: {m: 2, n: 4, k: 1}\nhss: {g0: 1, h0: 2}\n",
  };
  check_accepted(texts, sizeof texts / sizeof *texts);
}

// ---- info ----

// Structured engines borrow nothing; their muxes have H - G + 1 inputs by rank, those behind structured A a block.
static void test_info_structured(void **state) {
  (void)state;
  static const struct {
    const char *config;
    int modes, ranks[HSS_RANKS], b_fan_in, formats;
  } cases[] = {{"configs/hss_64.yaml", 2, {3, 5, 1}, 1, FORMAT_AM + 1},
               {"configs/nm24_64.yaml", 2, {3, 1, 1}, 1, FORMAT_M + 1},
               {"configs/dsso_64.yaml", 4, {1, 7, 1}, 4, FORMAT_M + 1},
               {"tests/configs/hss_3x5x8_three_ranks.yaml", 2, {2, 2, 2}, 1, FORMAT_M + 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    InfoMode rows[MODES_MOST];
    check_plan(cases[i].config, (Want[]){{NULL, 0}});
    assert_int_equal(engine_modes(&plan, rows), cases[i].modes);
    int all = 1;
    for (int rank = 0; rank < HSS_RANKS; rank++) {
      assert_int_equal(hss_rank_fan_in(&plan, rank), cases[i].ranks[rank]);
      all *= cases[i].ranks[rank];
    }
    for (const InfoMode *row = rows; row < rows + cases[i].modes; row++) {
      assert_string_equal(row->borrowing, "");
      assert_int_equal(row->a_fan_in, strchr(row->name, 'b') ? all : 1);
      assert_int_equal(row->b_fan_in, cases[i].b_fan_in);
    }
    assert_int_equal(info_formats(&plan), cases[i].formats);
  }
}

static void test_info_formats(void **state) {
  (void)state;
  check_format("configs/hss_64.yaml", FORMAT_A, "or compressed: only the values that AM places");
  check_format("configs/hss_64.yaml", FORMAT_B, "4 columns of 8 kept weights");
  check_format("configs/hss_64.yaml", FORMAT_M, "2 groups of offsets, 28 bits each (parts, blocks, words)");
  check_format("configs/hss_64.yaml", FORMAT_AM, "per set of 16 elements of a row 2 bytes");
  check_format("configs/dsso_64.yaml", FORMAT_A, "for 4 words along K the 2 kept, then an element");
  check_format("configs/dsso_64.yaml", FORMAT_B, "4 columns of 16 kept weights");
  check_format("configs/dsso_64.yaml", FORMAT_M, "2 groups of offsets, 6 bits each (blocks)");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_hss_1024),     cmocka_unit_test(test_hss_64),       cmocka_unit_test(test_dsso_64),
      cmocka_unit_test(test_nm24_64),      cmocka_unit_test(test_hss_odd_tile), cmocka_unit_test(test_hss_narrow_bus),
      cmocka_unit_test(test_refused),      cmocka_unit_test(test_smallest),     cmocka_unit_test(test_info_structured),
      cmocka_unit_test(test_info_formats),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
