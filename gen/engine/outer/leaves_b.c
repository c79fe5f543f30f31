// The path of B in the outer-product engine.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

#define FIBER       {"BANKS", 2, 64, NULL}, {"COLS", 1, 32, NULL}, {"Q", 2, 16, NULL}
#define COL_W       {"COL_W", 1, 5, "max(clog2(COLS), 1)"}

const Leaf leaf_outer_chunk = {
    .name = "lac_outer_chunk",
    .uses = "lac_outer_rank lac_popcount",
    .params = PARAMS(
        FIBER,
        COL_W,
        {"CNT_W", 1, 5, "clog2(Q + 1)"}),
    .ports = PORTS(
        IN("left_i", "BANKS*COLS"),
        OUT("places_o", "BANKS", "left_i"),
        OUT("columns_o", "BANKS*COL_W", "left_i"),
        OUT("count_o", "CNT_W", "left_i"),
        OUT("rest_o", "BANKS*COLS", "left_i"),
        OUT("last_o", "1", "left_i"),
        OUT("short_o", "1", "left_i")),
};

const Leaf leaf_outer_fill = {
    .name = "lac_outer_fill",
    .uses = "lac_outer_chunk lac_outer_pack lac_outer_queue lac_outer_rank lac_outer_record lac_popcount lac_skid",
    .params = PARAMS(
        FIBER,
        {"KT", 1, 64, NULL},
        {"BLOCKS", 1, 64, NULL},
        {"B_W", 4, 16, NULL},
        {"BUS_W", 64, 512, NULL},
        COL_W,
        {"KS_W", 1, 6, "max(clog2(KT/BLOCKS), 1)"},
        {"WORD_W", 1, ANY_NUMBER, "Q*(B_W + COL_W) + BANKS + KS_W + 3"},
        {"SHOW_W", 1, 12, "clog2(KT/BLOCKS*(BANKS*COLS/Q) + 1)"},
        {"BLOCK_W", 1, 6, "max(clog2(BLOCKS), 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("bitmaps_i", "1"),
        IN("steps_i", "32"),
        IN("run_i", "32"),
        IN("panels_i", "32"),
        IN("n_i", "32"),
        IN("block_panels_i", "32"),
        IN("block_cols_i", "32"),
        IN("b_bytes_i", "32"),
        IN("m_bytes_i", "32"),
        IN("b_valid_i", "1"),
        OUT("b_ready_o", "1", NULL),
        IN("b_data_i", "BUS_W"),
        IN("m_valid_i", "1"),
        OUT("m_ready_o", "1", NULL),
        IN("m_data_i", "BUS_W"),
        OUT("word_valid_o", "BLOCKS", "bitmaps_i word_ready_i list_ready_i"),
        IN("word_ready_i", "BLOCKS"),
        OUT("word_data_o", "BLOCKS*WORD_W", NULL),
        OUT("list_valid_o", "1", "bitmaps_i word_ready_i list_ready_i"),
        IN("list_ready_i", "1"),
        OUT("list_number_o", "32", NULL),
        OUT("list_last_o", "1", NULL),
        OUT("list_words_o", "BLOCKS*SHOW_W", NULL),
        OUT("list_turn_o", "BLOCK_W", NULL),
        OUT("meta_late_o", "1", "bitmaps_i"),
        OUT("moves_o", "1", "bitmaps_i"),
        OUT("error_o", "1", NULL),
        OUT("error_pos_o", "32", NULL)),
};

const Leaf leaf_outer_store = {
    .name = "lac_outer_store",
    .uses = "lac_fifo lac_ram_2p lac_tile_loop",
    .params = PARAMS(
        {"WIDTH", 1, ANY_NUMBER, NULL},
        {"WORDS", 2, ANY_NUMBER, NULL},
        {"SHOW_W", 1, 12, "1"}),
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
        IN("in_last_i", "1"),
        IN("in_data_i", "WIDTH"),
        IN("show_valid_i", "1"),
        OUT("show_ready_o", "1", "show_valid_i show_words_i out_ready_i skip_i"),
        IN("show_jump_i", "clog2(WORDS) + 1"),
        IN("show_words_i", "SHOW_W"),
        OUT("out_valid_o", "1", NULL),
        IN("out_ready_i", "1"),
        IN("skip_i", "1"),
        OUT("out_data_o", "WIDTH", NULL),
        OUT("out_last_o", "1", NULL)),
};

const Leaf leaf_outer_pass = {
    .name = "lac_outer_pass",
    .uses = "lac_fifo",
    .params = PARAMS(
        {"BLOCKS", 1, 128, NULL},
        {"WORDS", 2, ANY_NUMBER, NULL},
        {"SHOW_W", 1, 12, NULL},
        {"KNOWN", 2, 1024, NULL},
        {"SLOTS", 2, 8, NULL},
        {"JUMP_W", 2, ANY_NUMBER, "clog2(WORDS) + 1"},
        {"TURN_W", 1, 7, "max(clog2(BLOCKS), 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("panels_i", "32"),
        IN("block_panels_i", "32"),
        IN("list_valid_i", "1"),
        OUT("list_ready_o", "1", "list_valid_i list_number_i list_last_i out_ready_i"),
        IN("list_number_i", "32"),
        IN("list_last_i", "1"),
        IN("list_end_i", "1"),
        IN("list_words_i", "BLOCKS*SHOW_W"),
        IN("list_turn_i", "TURN_W"),
        OUT("out_valid_o", "1", NULL),
        IN("out_ready_i", "1"),
        OUT("out_number_o", "32", NULL),
        OUT("out_last_o", "1", NULL),
        OUT("show_valid_o", "BLOCKS", NULL),
        IN("show_ready_i", "BLOCKS"),
        OUT("show_jump_o", "BLOCKS*JUMP_W", NULL),
        OUT("show_words_o", "BLOCKS*SHOW_W", NULL),
        OUT("turn_o", "TURN_W", "known_i"),
        OUT("turn_next_o", "TURN_W", "known_i"),
        IN("known_i", "1"),
        IN("empty_i", "1")),
};

// clang-format on
