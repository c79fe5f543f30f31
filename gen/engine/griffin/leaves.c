// The Griffin engine around its PEs: the window of A, the decision about each step, the time of results.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

const Leaf leaf_a_window = {
    .name = "lac_a_window",
    .uses = "lac_rotate lac_shuffle",
    .params = PARAMS(
        {"RING", 1, 1024, NULL},
        {"DEPTH", 1, 16, NULL},
        {"STEPS", 1, 16, NULL},
        {"LANES", 1, 64, NULL},
        {"A_W", 2, 17, NULL},
        {"SHUFFLE", 0, 1, NULL},
        {"TAIL_W", 1, 10, "max(1, clog2(STEPS))"},
        {"HEAD_W", 1, 10, "max(1, clog2(RING))"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("write_i", "RING"),
        IN("tail_i", "TAIL_W"),
        IN("turn_i", "2"),
        IN("beat_i", "STEPS*LANES*A_W"),
        IN("head_next_i", "HEAD_W"),
        OUT("nonzero_o", "DEPTH*LANES", NULL),
        OUT("steps_o", "DEPTH*LANES*A_W", NULL)),
};

const Leaf leaf_a_window_control = {
    .name = "lac_a_window_control",
    .uses = "lac_lane_mux lac_rotate",
    .params = PARAMS(
        {"RING", 1, 1024, NULL},
        {"DEPTH", 1, 16, NULL},
        {"STEPS", 1, 16, NULL},
        {"WORDS", 1, 16, NULL},
        {"NUMBER_W", 1, 5, "clog2(STEPS + 1)"},
        {"SUM_W", 1, 5, "clog2(DEPTH + 1)"},
        {"TAIL_W", 1, 10, "max(1, clog2(STEPS))"},
        {"HEAD_W", 1, 10, "max(1, clog2(RING))"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("a_valid_i", "1"),
        OUT("a_ready_o", "1", "sums_i take_i"),
        IN("a_count_i", "NUMBER_W"),
        IN("a_first_i", "1"),
        IN("a_last_i", "1"),
        IN("a_end_i", "1"),
        IN("depth_i", "SUM_W"),
        IN("end_only_i", "1"),
        OUT("there_o", "1", "depth_i end_only_i"),
        OUT("here_o", "DEPTH", NULL),
        OUT("lasts_o", "DEPTH", NULL),
        IN("sums_i", "WORDS*SUM_W"),
        IN("take_i", "WORDS"),
        OUT("ended_o", "1", NULL),
        OUT("write_o", "RING", "a_valid_i sums_i take_i"),
        OUT("tail_o", "TAIL_W", NULL),
        OUT("turn_o", "2", "a_first_i"),
        OUT("head_next_o", "HEAD_W", "sums_i take_i")),
};

const Leaf leaf_griffin_issue = {
    .name = "lac_griffin_issue",
    .uses = "lac_popcount lac_tile_results",
    .params = PARAMS(
        {"WINDOW", 1, 16, NULL},
        {"DEPTH", 1, 16, NULL},
        {"PES", 1, 4096, NULL},
        {"ADVANCE_W", 1, 5, NULL},
        {"WORDS", 1, ANY_NUMBER, NULL},
        {"CHUNKS", 1, ANY_NUMBER, NULL},
        {"LATENCY", 1, ANY_NUMBER, NULL},
        {"SHIFT_LATENCY", 1, ANY_NUMBER, NULL},
        {"LATER", 1, 15, "max(1, WINDOW - 1)"},
        {"VISIBLE_W", 1, 5, "clog2(WINDOW + 1)"},
        {"SUM_W", 1, 5, "clog2(DEPTH + 1)"},
        {"CHUNK_W", 1, ANY_NUMBER, "max(1, clog2(CHUNKS))"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("words_i", "WINDOW"),
        IN("run_on_i", "1"),
        IN("balanced_i", "1"),
        IN("a_there_i", "1"),
        IN("a_here_i", "DEPTH"),
        IN("a_lasts_i", "DEPTH"),
        IN("a_ended_i", "1"),
        OUT("sums_o", "WINDOW*SUM_W", "b_advance_i"),
        OUT("take_o", "WINDOW", "words_i a_there_i b_count_i b_last_i grant_valid_i more_i"),
        IN("b_count_i", "VISIBLE_W"),
        IN("b_last_i", "WINDOW"),
        IN("b_advance_i", "WINDOW*ADVANCE_W"),
        IN("b_late_i", "1"),
        OUT("b_take_o", "VISIBLE_W", "words_i a_there_i b_count_i b_last_i grant_valid_i more_i"),
        IN("grant_valid_i", "1"),
        OUT("grant_ready_o", "1", "words_i a_there_i b_count_i b_last_i grant_valid_i more_i"),
        OUT("in_window_o", "WINDOW", "words_i b_count_i b_last_i"),
        IN("more_i", "LATER"),
        IN("busy_i", "PES"),
        OUT("step_o", "1", "words_i a_there_i b_count_i b_last_i grant_valid_i"),
        OUT("first_o", "1", NULL),
        OUT("last_o", "1", "words_i a_there_i b_count_i b_last_i grant_valid_i more_i"),
        OUT("given_o", "SUM_W", NULL),
        OUT("c_valid_o", "1", NULL),
        OUT("c_chunk_o", "CHUNK_W", NULL),
        OUT("shift_o", "1", NULL),
        OUT("tile_o", "1", NULL),
        OUT("stream_error_o", "1", NULL),
        OUT("done_o", "1", "a_ended_i"),
        OUT("cause_o", "3", NULL)),
};

const Leaf leaf_griffin_count = {
    .name = "lac_griffin_count",
    .uses = "lac_popcount",
    .params = PARAMS(
        {"ROWS", 1, 64, NULL},
        {"COLUMNS", 1, 64, NULL},
        {"LANES", 1, 64, NULL},
        {"GIVEN_W", 1, 5, NULL},
        {"OUT_W", 1, 32, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("given_i", "GIVEN_W"),
        IN("all_i", "1"),
        IN("by_row_i", "ROWS*LANES"),
        IN("by_column_i", "COLUMNS*LANES"),
        IN("dual_i", "1"),
        IN("by_pe_i", "OUT_W"),
        OUT("issued_o", "OUT_W", "by_pe_i"),
        OUT("skipped_o", "OUT_W", "by_pe_i")),
};

const Leaf leaf_count_sums = {
    .name = "lac_count_sums",
    .uses = "lac_count_sum lac_adder_tree",
    .params = PARAMS(
        {"PES", 1, 4096, NULL},
        {"KINDS", 1, 32, NULL},
        {"W", 1, 9, NULL},
        {"OUT_W", 2, 32, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("counts_i", "PES*KINDS*W"),
        OUT("sums_o", "KINDS*OUT_W", NULL)),
};

const Leaf leaf_any = {
    .name = "lac_any",
    .params = PARAMS(
        {"N", 1, 4096, NULL},
        {"W", 1, 64, NULL}),
    .ports = PORTS(
        IN("words_i", "N*W"),
        OUT("any_o", "W", "words_i")),
};

// clang-format on
