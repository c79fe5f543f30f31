// B of the engines with windows: metadata joined, words in banks, the counters of what was borrowed.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

const Leaf leaf_replay_banked = {
    .name = "lac_replay_banked",
    .uses = "lac_tile_loop lac_ram_2p",
    .params = PARAMS(
        {"LANES", 1, ANY_NUMBER, NULL},
        {"WEIGHTS", 1, ANY_NUMBER, NULL},
        {"B_W", 1, 64, NULL},
        {"CODE_W", 0, 32, NULL},
        {"ADVANCE_W", 1, 5, NULL},
        {"WORDS", 2, ANY_NUMBER, NULL},
        {"BANKS", 1, 16, NULL},
        {"WINDOW", 1, 16, NULL},
        {"PART_CODE", 1, ANY_NUMBER, "max(WEIGHTS * CODE_W, 1)"},
        {"WORD_CODE", 1, ANY_NUMBER, "LANES * PART_CODE"},
        {"COUNT_W", 1, 5, "clog2(WINDOW + 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("tiles_i", "32"),
        IN("block_tiles_i", "32"),
        IN("panels_i", "32"),
        IN("group_panels_i", "32"),
        IN("in_valid_i", "1"),
        OUT("in_ready_o", "1", NULL),
        IN("in_data_i", "WEIGHTS * B_W"),
        IN("in_nz_i", "WEIGHTS"),
        IN("in_code_i", "PART_CODE"),
        IN("in_advance_i", "ADVANCE_W"),
        IN("in_last_i", "1"),
        IN("in_straddle_i", "1"),
        IN("need_i", "COUNT_W"),
        OUT("short_o", "1", "need_i"),
        OUT("count_o", "COUNT_W", NULL),
        IN("take_i", "COUNT_W"),
        OUT("nz_o", "WINDOW * LANES * WEIGHTS", NULL),
        OUT("code_o", "WINDOW * WORD_CODE", NULL),
        OUT("advance_o", "WINDOW * ADVANCE_W", NULL),
        OUT("last_o", "WINDOW", NULL),
        OUT("straddle_o", "WINDOW", NULL),
        OUT("data_o", "WINDOW * LANES * WEIGHTS * B_W", NULL)),
};

const Leaf leaf_b_join = {
    .name = "lac_b_join",
    .params = PARAMS(
        {"PARTS", 1, ANY_NUMBER, NULL},
        {"WEIGHTS", 1, ANY_NUMBER, NULL},
        {"B_W", 1, 64, NULL},
        {"DIST_W", 0, 5, "0"},
        {"SIDE_W", 0, 8, "0"},
        {"ACROSS_W", 0, 8, "0"},
        {"ADVANCE_W", 1, 5, NULL},
        {"M_W", 0, ANY_NUMBER, NULL},
        {"B_D1", 0, 15, "0"},
        {"B_D2", 0, 255, "0"},
        {"B_D3", 0, 255, "0"},
        {"AB_D1", 0, 15, "0"},
        {"AB_D2", 0, 255, "0"},
        {"AB_D3", 0, 255, "0"},
        {"RUN_ON", 0, 1, "0"},
        {"M_PORT_W", 1, ANY_NUMBER, "max(M_W, 1)"},
        {"CODES_W", 1, ANY_NUMBER, "max(WEIGHTS * (DIST_W + SIDE_W + ACROSS_W), 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("mode_i", "2"),
        IN("steps_i", "32"),
        IN("b_valid_i", "1"),
        OUT("b_ready_o", "1", "mode_i b_valid_i b_data_i m_valid_i m_data_i out_ready_i"),
        IN("b_data_i", "WEIGHTS * B_W"),
        IN("m_valid_i", "1"),
        OUT("m_ready_o", "1", "mode_i b_valid_i b_data_i m_valid_i m_data_i out_ready_i"),
        IN("m_data_i", "M_PORT_W"),
        OUT("out_valid_o", "1", "mode_i b_valid_i b_data_i m_valid_i m_data_i"),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "WEIGHTS * B_W", "b_data_i"),
        OUT("out_nz_o", "WEIGHTS", "b_data_i"),
        OUT("out_code_o", "CODES_W", "mode_i m_data_i"),
        OUT("out_advance_o", "ADVANCE_W", "mode_i m_data_i"),
        OUT("out_last_o", "1", "mode_i m_data_i"),
        OUT("out_straddle_o", "1", "mode_i m_data_i"),
        OUT("meta_late_o", "1", "mode_i b_valid_i m_valid_i"),
        OUT("error_o", "1", "mode_i b_valid_i b_data_i m_valid_i m_data_i"),
        OUT("error_pos_o", "32", NULL)),
};

const Leaf leaf_counters = {
    .name = "lac_counters",
    .params = PARAMS(
        {"COUNTERS", 1, 64, NULL},
        {"COUNT_W", 1, 63, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("clear_i", "1"),
        IN("counts_i", "COUNTERS * COUNT_W"),
        OUT("sums_o", "COUNTERS * 64", NULL)),
};

// clang-format on
