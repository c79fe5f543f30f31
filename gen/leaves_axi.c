// The AXI masters and what asks them for segments.
// Must agree with rtl/, which tests/unit/test_leaves.c checks.

#include "leaves_table.h"

// One port a row.
// clang-format off

const Leaf leaf_axi_read = {
    .name = "lac_axi_read",
    .uses = "lac_axi_align lac_axi_read_channel lac_axi_split lac_fifo lac_fifo_ram lac_ram_2p lac_rr_arbiter lac_skid",
    .params = PARAMS(
        {"CHANNELS", 1, ANY_NUMBER, NULL},
        {"ADDR_W", 32, 64, NULL},
        {"DATA_W", 32, 512, NULL},
        {"BURST", 1, 256, NULL},
        {"FIFO_BEATS", 2, ANY_NUMBER, NULL},
        {"OUTSTANDING", 2, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("clear_i", "1"),
        IN("abort_i", "1"),
        OUT("idle_o", "1", NULL),
        OUT("err_valid_o", "1", NULL),
        OUT("err_addr_o", "32", NULL),
        IN("req_valid_i", "CHANNELS"),
        OUT("req_ready_o", "CHANNELS", "abort_i"),
        IN("req_addr_i", "CHANNELS*ADDR_W"),
        IN("req_bytes_i", "CHANNELS*32"),
        OUT("dat_valid_o", "CHANNELS", NULL),
        IN("dat_ready_i", "CHANNELS"),
        OUT("dat_data_o", "CHANNELS*DATA_W", NULL),
        OUT("dat_last_o", "CHANNELS", NULL),
        OUT("m_axi_arvalid_o", "1", NULL),
        IN("m_axi_arready_i", "1"),
        OUT("m_axi_arid_o", "1", NULL),
        OUT("m_axi_araddr_o", "ADDR_W", NULL),
        OUT("m_axi_arlen_o", "8", NULL),
        OUT("m_axi_arsize_o", "3", NULL),
        OUT("m_axi_arburst_o", "2", NULL),
        OUT("m_axi_arcache_o", "4", NULL),
        OUT("m_axi_arprot_o", "3", NULL),
        IN("m_axi_rvalid_i", "1"),
        OUT("m_axi_rready_o", "1", NULL),
        IN("m_axi_rid_i", "1"),
        IN("m_axi_rdata_i", "DATA_W"),
        IN("m_axi_rresp_i", "2"),
        IN("m_axi_rlast_i", "1")),
};

const Leaf leaf_axi_write = {
    .name = "lac_axi_write",
    .uses = "lac_axi_pack lac_axi_split lac_fifo lac_skid",
    .params = PARAMS(
        {"ADDR_W", 32, 64, NULL},
        {"DATA_W", 32, 512, NULL},
        {"BURST", 1, 256, NULL},
        {"IN_BYTES", 1, 64, NULL},
        {"OUTSTANDING", 2, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("clear_i", "1"),
        IN("abort_i", "1"),
        OUT("idle_o", "1", NULL),
        OUT("err_valid_o", "1", NULL),
        OUT("err_count_o", "32", NULL),
        IN("req_valid_i", "1"),
        OUT("req_ready_o", "1", "abort_i"),
        IN("req_addr_i", "ADDR_W"),
        IN("req_bytes_i", "32"),
        IN("dat_valid_i", "1"),
        OUT("dat_ready_o", "1", "abort_i"),
        IN("dat_data_i", "IN_BYTES*8"),
        IN("dat_count_i", "clog2(IN_BYTES+1)"),
        IN("dat_last_i", "1"),
        OUT("m_axi_awvalid_o", "1", NULL),
        IN("m_axi_awready_i", "1"),
        OUT("m_axi_awid_o", "1", NULL),
        OUT("m_axi_awaddr_o", "ADDR_W", NULL),
        OUT("m_axi_awlen_o", "8", NULL),
        OUT("m_axi_awsize_o", "3", NULL),
        OUT("m_axi_awburst_o", "2", NULL),
        OUT("m_axi_awcache_o", "4", NULL),
        OUT("m_axi_awprot_o", "3", NULL),
        OUT("m_axi_wvalid_o", "1", NULL),
        IN("m_axi_wready_i", "1"),
        OUT("m_axi_wdata_o", "DATA_W", NULL),
        OUT("m_axi_wstrb_o", "DATA_W/8", NULL),
        OUT("m_axi_wlast_o", "1", NULL),
        IN("m_axi_bvalid_i", "1"),
        OUT("m_axi_bready_o", "1", NULL),
        IN("m_axi_bid_i", "1"),
        IN("m_axi_bresp_i", "2")),
};

const Leaf leaf_fetch = {
    .name = "lac_fetch",
    .params = PARAMS(
        {"ADDR_W", 32, 64, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("addr_i", "ADDR_W"),
        IN("pitch_i", "32"),
        IN("bytes_i", "32"),
        IN("count_i", "32"),
        OUT("req_valid_o", "1", NULL),
        IN("req_ready_i", "1"),
        OUT("req_addr_o", "ADDR_W", NULL),
        OUT("req_bytes_o", "32", "bytes_i"),
        OUT("bytes_o", "64", NULL)),
};

// clang-format on
