// The array of the outer-product engine: from beats of A and words of B to results (docs/engines/outer.md).
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

#define BEAT_W      {"BEAT_W", 1, 16, "clog2(SLOTS*SUBS)"}
#define USED_W      {"USED_W", 1, 16, "clog2(LANES*Q + 1)"}
#define LANE_W      {"LANE_W", 1, 16, "clog2(LANES + 1)"}

const Leaf leaf_outer_load = {
    .name = "lac_outer_load",
    .params = PARAMS(
        {"BLOCKS", 1, 128, NULL},
        {"KS", 1, 64, NULL},
        {"SUBS", 2, 8, NULL},
        {"SLOTS", 2, 8, NULL},
        {"A_W", 4, 17, NULL},
        BEAT_W,
        {"TURN_W", 1, 7, "max(clog2(BLOCKS), 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("skip_i", "1"),
        IN("a_valid_i", "1"),
        OUT("a_ready_o", "1", "room_i"),
        IN("a_data_i", "8*BLOCKS*KS*A_W"),
        IN("a_first_i", "1"),
        IN("a_last_i", "1"),
        IN("a_end_i", "1"),
        IN("turn_i", "TURN_W"),
        IN("turn_next_i", "TURN_W"),
        IN("room_i", "BLOCKS"),
        OUT("we_o", "1", "a_valid_i room_i"),
        OUT("beat_o", "BEAT_W", NULL),
        OUT("data_o", "8*BLOCKS*KS*A_W", "a_data_i"),
        OUT("nonzero_o", "BLOCKS*KS*8", "skip_i a_data_i"),
        OUT("loaded_o", "1", "a_valid_i room_i"),
        OUT("known_o", "1", NULL),
        OUT("empty_o", "1", NULL),
        OUT("tile_o", "1", "a_valid_i a_last_i room_i"),
        OUT("ended_o", "1", NULL),
        OUT("stream_error_o", "1", "a_valid_i a_first_i room_i")),
};

const Leaf leaf_outer_block = {
    .name = "lac_outer_block",
    .uses = "lac_outer_rows lac_outer_window lac_outer_lane lac_outer_scatter lac_outer_bank lac_ram_2p lac_mul lac_mul_sum "
            "lac_adder_tree lac_compress",
    .params = PARAMS(
        {"LANES", 1, 8, NULL},
        {"CHUNKS", 1, 16, NULL},
        {"Q", 2, 16, NULL},
        {"BANKS", 2, 64, NULL},
        {"COLS", 1, 32, NULL},
        {"SUBS", 2, 8, NULL},
        {"KS", 1, 64, NULL},
        {"SLOTS", 2, 8, NULL},
        {"A_W", 4, 17, NULL},
        {"B_W", 4, 16, NULL},
        {"ACC_W", 1, ANY_NUMBER, "32"},
        {"COUNT", 0, 1, "0"},
        {"ARRAY", 0, 2, "0"},
        {"COL_W", 1, 5, "max(1, clog2(COLS))"},
        {"KS_W", 1, 6, "max(1, clog2(KS))"},
        {"WORD_W", 1, ANY_NUMBER, "Q*(B_W + COL_W) + BANKS + KS_W + 3"},
        BEAT_W,
        {"POS_W", 1, 16, "clog2(SUBS*8*COLS)"},
        USED_W,
        LANE_W),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("clean_i", "1"),
        IN("a_we_i", "1"),
        IN("a_beat_i", "BEAT_W"),
        IN("a_data_i", "8*KS*A_W"),
        IN("a_nonzero_i", "KS*8"),
        IN("a_loaded_i", "1"),
        IN("a_last_i", "1"),
        IN("a_end_i", "1"),
        OUT("room_o", "1", NULL),
        IN("word_valid_i", "1"),
        OUT("word_ready_o", "1", "clean_i"),
        OUT("word_skip_o", "1", NULL),
        IN("word_data_i", "WORD_W"),
        OUT("through_o", "2", NULL),
        IN("freed_i", "1"),
        IN("drain_re_i", "1"),
        IN("drain_sweep_i", "1"),
        IN("drain_half_i", "1"),
        IN("drain_position_i", "POS_W"),
        OUT("drain_data_o", "BANKS*ACC_W", NULL),
        OUT("used_o", "USED_W", NULL),
        OUT("merge_o", "USED_W", NULL),
        OUT("issues_o", "LANE_W", NULL),
        OUT("nonzero_o", "USED_W", NULL),
        OUT("wait_out_o", "1", NULL),
        OUT("wait_a_o", "1", NULL),
        OUT("wait_b_o", "1", NULL),
        OUT("stream_error_o", "1", "clean_i word_valid_i word_data_i")),
};

const Leaf leaf_outer_drain = {
    .name = "lac_outer_drain",
    .uses = "lac_adder_tree lac_compress",
    .params = PARAMS(
        {"BLOCKS", 1, 128, NULL},
        {"BANKS", 2, 64, NULL},
        {"COLS", 1, 32, NULL},
        {"LANES", 1, 8, NULL},
        {"WORDS", 16, 2048, NULL},
        {"TILES", 2, 64, NULL},
        {"ACC_W", 1, ANY_NUMBER, "32"},
        {"ARRAY", 0, 2, "0"},
        {"POS_W", 1, 16, "clog2(WORDS)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("loaded_i", "1"),
        IN("ended_i", "1"),
        IN("through_i", "BLOCKS*2"),
        IN("grant_valid_i", "1"),
        OUT("grant_ready_o", "1", NULL),
        OUT("tile_o", "1", "grant_valid_i"),
        OUT("clean_o", "1", NULL),
        OUT("freed_o", "1", NULL),
        OUT("read_o", "1", NULL),
        OUT("sweep_o", "1", NULL),
        OUT("half_o", "1", NULL),
        OUT("position_o", "POS_W", NULL),
        IN("sums_i", "BLOCKS*BANKS*ACC_W"),
        OUT("c_valid_o", "1", NULL),
        OUT("c_data_o", "BANKS*ACC_W", NULL),
        OUT("done_o", "1", "ended_i")),
};

const Leaf leaf_outer_count = {
    .name = "lac_outer_count",
    .params = PARAMS(
        {"BLOCKS", 1, 128, NULL},
        {"LANES", 1, 8, NULL},
        {"Q", 2, 16, NULL},
        {"WORK_W", 16, 62, NULL},
        USED_W,
        LANE_W),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("used_i", "BLOCKS*USED_W"),
        IN("merge_i", "BLOCKS*USED_W"),
        IN("issues_i", "BLOCKS*LANE_W"),
        IN("nonzero_i", "BLOCKS*USED_W"),
        IN("wait_out_i", "BLOCKS"),
        IN("wait_a_i", "BLOCKS"),
        IN("wait_b_i", "BLOCKS"),
        IN("b_late_i", "1"),
        IN("token_late_i", "1"),
        IN("tile_i", "1"),
        IN("work_i", "WORK_W"),
        IN("done_i", "1"),
        OUT("cause_o", "3", "done_i"),
        OUT("issued_o", "WORK_W", NULL),
        OUT("effectual_o", "WORK_W", NULL),
        OUT("skipped_o", "WORK_W", NULL)),
};

// clang-format on
