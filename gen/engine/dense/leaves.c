// The dense engine.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

const Leaf leaf_adder_tree = {
    .name = "lac_adder_tree",
    .uses = "lac_compress",
    .params = PARAMS(
        {"N", 1, 4096, NULL},
        {"W", 1, ANY_NUMBER, NULL},
        {"OUT_W", 2, ANY_NUMBER, NULL},
        {"SIGNED", 0, 1, "1"},
        {"OFFSET", 0, ANY_NUMBER, "0"},
        {"ARRAY", 0, 1, "0"}),
    .ports = PORTS(
        IN("terms_i", "N*W"),
        OUT("sum_o", "OUT_W", "terms_i")),
};

const Leaf leaf_dense_issue = {
    .name = "lac_dense_issue",
    .uses = "lac_tile_results",
    .params = PARAMS(
        {"WORDS", 1, ANY_NUMBER, NULL},
        {"CHUNKS", 1, ANY_NUMBER, NULL},
        {"LATENCY", 1, ANY_NUMBER, NULL},
        {"SHIFT_LATENCY", 1, ANY_NUMBER, NULL},
        {"CHUNK_W", 1, ANY_NUMBER, "max(1, clog2(CHUNKS))"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("a_valid_i", "1"),
        OUT("a_ready_o", "1", "a_valid_i a_last_i b_valid_i grant_valid_i"),
        IN("a_first_i", "1"),
        IN("a_last_i", "1"),
        IN("a_end_i", "1"),
        IN("b_valid_i", "1"),
        OUT("b_ready_o", "1", "a_valid_i a_last_i b_valid_i grant_valid_i"),
        IN("b_last_i", "1"),
        IN("b_late_i", "1"),
        IN("grant_valid_i", "1"),
        OUT("grant_ready_o", "1", "a_valid_i a_last_i b_valid_i grant_valid_i"),
        OUT("step_o", "1", "a_valid_i a_last_i b_valid_i grant_valid_i"),
        OUT("first_o", "1", "a_first_i"),
        OUT("last_o", "1", "a_valid_i a_last_i b_valid_i grant_valid_i"),
        OUT("c_valid_o", "1", NULL),
        OUT("c_chunk_o", "CHUNK_W", NULL),
        OUT("shift_o", "1", NULL),
        OUT("stream_error_o", "1", "a_valid_i a_last_i b_valid_i b_last_i grant_valid_i"),
        OUT("done_o", "1", NULL),
        OUT("cause_o", "3", "a_valid_i a_last_i b_valid_i b_late_i grant_valid_i")),
};

const Leaf leaf_dense_array = {
    .name = "lac_dense_array",
    .uses = "lac_accumulator lac_adder_tree lac_compress lac_dense_pe lac_mul_sum lac_popcount",
    .params = PARAMS(
        {"ROWS", 1, 64, NULL},
        {"COLUMNS", 1, 64, NULL},
        {"LANES", 1, 64, NULL},
        {"A_W", 2, 17, NULL},
        {"B_W", 2, 17, NULL},
        {"ACC_W", 1, ANY_NUMBER, "32"},
        {"COUNT", 0, 1, "0"},
        {"ARRAY", 0, 2, "0"},
        {"COUNT_W", 1, ANY_NUMBER, "clog2(LANES + 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("a_i", "ROWS*LANES*A_W"),
        IN("b_i", "COLUMNS*LANES*B_W"),
        IN("first_i", "1"),
        IN("last_i", "1"),
        IN("shift_i", "1"),
        OUT("drain_o", "COLUMNS*ACC_W", NULL),
        OUT("nonzero_o", "ROWS*COLUMNS*COUNT_W", NULL)),
};

// clang-format on
