// Queues, memories and other small leaves that any engine may use.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

const Leaf leaf_skid = {
    .name = "lac_skid",
    .params = PARAMS(
        {"WIDTH", 1, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("in_valid_i", "1"),
        OUT("in_ready_o", "1", NULL),
        IN("in_data_i", "WIDTH"),
        OUT("out_valid_o", "1", NULL),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "WIDTH", NULL)),
};

const Leaf leaf_fifo = {
    .name = "lac_fifo",
    .params = PARAMS(
        {"WIDTH", 1, ANY_NUMBER, NULL},
        {"DEPTH", 2, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("in_valid_i", "1"),
        OUT("in_ready_o", "1", NULL),
        IN("in_data_i", "WIDTH"),
        OUT("out_valid_o", "1", NULL),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "WIDTH", NULL)),
};

const Leaf leaf_fifo_ram = {
    .name = "lac_fifo_ram",
    .uses = "lac_ram_2p",
    .params = PARAMS(
        {"WIDTH", 1, ANY_NUMBER, NULL},
        {"DEPTH", 2, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("in_valid_i", "1"),
        OUT("in_ready_o", "1", NULL),
        IN("in_data_i", "WIDTH"),
        OUT("out_valid_o", "1", NULL),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "WIDTH", NULL)),
};

const Leaf leaf_ram_2p = {
    .name = "lac_ram_2p",
    .params = PARAMS(
        {"WIDTH", 1, ANY_NUMBER, NULL},
        {"DEPTH", 2, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("we_i", "1"),
        IN("waddr_i", "clog2(DEPTH)"),
        IN("wdata_i", "WIDTH"),
        IN("re_i", "1"),
        IN("raddr_i", "clog2(DEPTH)"),
        OUT("rdata_o", "WIDTH", NULL)),
};

const Leaf leaf_hold = {
    .name = "lac_hold",
    .params = PARAMS(
        {"CYCLES", 1, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("in_i", "1"),
        OUT("out_o", "1", "in_i")),
};

const Leaf leaf_trim = {
    .name = "lac_trim",
    .params = PARAMS(
        {"WIDTH", 1, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("keep_i", "32"),
        IN("drop_i", "16"),
        IN("in_valid_i", "1"),
        OUT("in_ready_o", "1", "out_ready_i"),
        IN("in_data_i", "WIDTH"),
        OUT("out_valid_o", "1", "in_valid_i"),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "WIDTH", "in_data_i")),
};

const Leaf leaf_gearbox = {
    .name = "lac_gearbox",
    .params = PARAMS(
        {"IN_W", 1, ANY_NUMBER, NULL},
        {"OUT_W", 1, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("in_valid_i", "1"),
        OUT("in_ready_o", "1", "out_ready_i"),
        IN("in_data_i", "IN_W"),
        IN("in_last_i", "1"),
        OUT("out_valid_o", "1", "in_valid_i"),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "OUT_W", "in_data_i")),
};

const Leaf leaf_rr_arbiter = {
    .name = "lac_rr_arbiter",
    .params = PARAMS(
        {"REQUESTS", 1, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("request_i", "REQUESTS"),
        IN("take_i", "1"),
        OUT("grant_o", "REQUESTS", "request_i")),
};

const Leaf leaf_popcount = {
    .name = "lac_popcount",
    .params = PARAMS(
        {"W", 1, 1024, NULL},
        {"COUNT_W", 1, ANY_NUMBER, "clog2(W + 1)"}),
    .ports = PORTS(
        IN("bits_i", "W"),
        OUT("count_o", "COUNT_W", "bits_i")),
};

// clang-format on
