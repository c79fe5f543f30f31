// The engine for structured weights.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

#define RANKS       {"G0", 1, 16, NULL}, {"H0", 1, 16, NULL}, {"G1", 1, 16, NULL}, {"H1", 1, 16, NULL}, \
                    {"G2", 1, 16, NULL}, {"H2", 1, 16, NULL}
#define GROUP_W     {"GROUP_W", 1, ANY_NUMBER, "G2*(clog2(H2) + G1*(clog2(H1) + G0*clog2(H0)))"}
#define ELEMS       {"ELEMS", 1, ANY_NUMBER, "GROUPS*H2*H1*H0"}
// Select bits of a child: none where all are kept.
#define CHOICES(G, H) "(" H " - " G " + 1)*(1 - max(0, 1 - " H " + " G "))"
#define SELECT_W    {"SELECT_W", 1, ANY_NUMBER, \
                     "GROUPS*(G2*" CHOICES("G2", "H2") " + H2*(G1*" CHOICES("G1", "H1") " + H1*G0*" CHOICES("G0", "H0") "))"}

const Leaf leaf_hss_join = {
    .name = "lac_hss_join",
    .uses = "lac_hss_rank",
    .params = PARAMS(
        {"PARTS", 1, ANY_NUMBER, NULL},
        {"GROUPS", 1, ANY_NUMBER, NULL},
        {"B_W", 1, 256, NULL},
        RANKS,
        {"M_W", 1, ANY_NUMBER, NULL},
        GROUP_W,
        {"DATA_W", 1, ANY_NUMBER, "GROUPS*G0*G1*G2*B_W"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("structured_i", "1"),
        IN("h0_i", "8"),
        IN("h1_i", "8"),
        IN("h2_i", "8"),
        IN("b_valid_i", "1"),
        OUT("b_ready_o", "1", "structured_i h0_i h1_i h2_i b_valid_i m_valid_i m_data_i out_ready_i"),
        IN("b_data_i", "DATA_W"),
        IN("m_valid_i", "1"),
        OUT("m_ready_o", "1", "structured_i h0_i h1_i h2_i b_valid_i m_valid_i m_data_i out_ready_i"),
        IN("m_data_i", "M_W"),
        OUT("out_valid_o", "1", "structured_i h0_i h1_i h2_i b_valid_i m_valid_i m_data_i"),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "DATA_W", "b_data_i"),
        OUT("out_offsets_o", "GROUPS*GROUP_W", "structured_i m_data_i"),
        OUT("meta_late_o", "1", "structured_i b_valid_i m_valid_i"),
        OUT("error_o", "1", "structured_i h0_i h1_i h2_i b_valid_i m_valid_i m_data_i"),
        OUT("error_pos_o", "32", NULL)),
};

const Leaf leaf_a_expand = {
    .name = "lac_a_expand",
    .uses = "lac_a_set lac_set_loop lac_unit_fifo",
    .params = PARAMS(
        {"ELEM_W", 4, 16, NULL},
        {"SET", 4, 128, NULL},
        {"HEAD", 1, ANY_NUMBER, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("compressed_i", "1"),
        IN("zero_i", "ELEM_W"),
        IN("stride_i", "32"),
        IN("segments_i", "32"),
        IN("values_i", "32"),
        IN("meta_bytes_i", "32"),
        IN("a_valid_i", "1"),
        OUT("a_ready_o", "1", "compressed_i out_ready_i"),
        IN("a_data_i", "SET*ELEM_W"),
        IN("a_last_i", "1"),
        IN("m_valid_i", "1"),
        OUT("m_ready_o", "1", "compressed_i out_ready_i"),
        IN("m_data_i", "SET*ELEM_W"),
        OUT("out_valid_o", "1", "compressed_i a_valid_i"),
        IN("out_ready_i", "1"),
        OUT("out_data_o", "SET*ELEM_W", "compressed_i a_data_i"),
        OUT("out_last_o", "1", "compressed_i a_last_i"),
        OUT("error_o", "1", "compressed_i"),
        OUT("error_pos_o", "32", NULL)),
};

const Leaf leaf_offsets_check = {
    .name = "lac_offsets_check",
    .params = PARAMS(
        {"ELEM_W", 4, 16, NULL},
        {"BEAT_ELEMS", 2, 128, NULL},
        {"KEPT", 1, 8, NULL},
        {"OFFSETS_W", 1, 15, NULL}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("start_i", "1"),
        IN("bytes_i", "32"),
        IN("zero_i", "ELEM_W"),
        IN("take_i", "1"),
        IN("data_i", "BEAT_ELEMS*ELEM_W"),
        IN("last_i", "1"),
        OUT("bad_o", "1", NULL),
        OUT("bad_pos_o", "32", NULL)),
};

const Leaf leaf_hss_align = {
    .name = "lac_hss_align",
    .uses = "lac_hss_respace",
    .params = PARAMS(
        {"GROUPS", 1, ANY_NUMBER, NULL},
        RANKS,
        {"A_W", 2, 256, NULL},
        ELEMS),
    .ports = PORTS(
        IN("h0_i", "8"),
        IN("h1_i", "8"),
        IN("h2_i", "8"),
        IN("words_i", "ELEMS*A_W"),
        OUT("words_o", "ELEMS*A_W", "h0_i h1_i h2_i words_i")),
};

const Leaf leaf_hss_decode = {
    .name = "lac_hss_decode",
    .uses = "lac_hss_one_hot lac_hss_spread",
    .params = PARAMS(
        {"GROUPS", 1, ANY_NUMBER, NULL},
        RANKS,
        GROUP_W,
        SELECT_W),
    .ports = PORTS(
        IN("step_i", "1"),
        IN("offsets_i", "GROUPS*GROUP_W"),
        OUT("select_o", "SELECT_W", "step_i offsets_i")),
};

const Leaf leaf_hss_pe = {
    .name = "lac_hss_pe",
    .uses = "lac_accumulator lac_adder_tree lac_compress lac_dense_pe lac_hss_choose lac_hss_select lac_mul_sum lac_popcount",
    .params = PARAMS(
        {"GROUPS", 1, ANY_NUMBER, NULL},
        RANKS,
        {"LANES", 1, 64, "GROUPS*G2*G1*G0"},
        {"A_W", 2, 17, NULL},
        {"B_W", 2, 17, NULL},
        {"ACC_W", 1, ANY_NUMBER, "32"},
        {"COUNT", 0, 1, "0"},
        {"ARRAY", 0, 2, "0"},
        ELEMS,
        SELECT_W,
        {"COUNT_W", 1, ANY_NUMBER, "clog2(LANES + 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("select_i", "SELECT_W"),
        IN("words_i", "ELEMS*A_W"),
        IN("b_i", "LANES*B_W"),
        IN("first_i", "1"),
        IN("last_i", "1"),
        IN("shift_i", "1"),
        IN("drain_i", "ACC_W"),
        OUT("drain_o", "ACC_W", NULL),
        OUT("nonzero_o", "COUNT_W", NULL)),
};

const Leaf leaf_dsso_pe = {
    .name = "lac_dsso_pe",
    .uses = "lac_accumulator lac_adder_tree lac_compress lac_dense_pe lac_dsso_select lac_hss_choose lac_mul_sum "
            "lac_popcount",
    .params = PARAMS(
        {"GROUPS", 1, ANY_NUMBER, NULL},
        {"G1", 1, 16, NULL},
        {"H1", 1, 16, NULL},
        {"KEPT", 1, 8, NULL},
        {"BLOCK", 2, 16, NULL},
        {"LANES", 1, 64, "GROUPS*G1*KEPT"},
        {"A_W", 2, 17, NULL},
        {"B_W", 2, 17, NULL},
        {"ACC_W", 1, ANY_NUMBER, "32"},
        {"COUNT", 0, 1, "0"},
        {"ARRAY", 0, 2, "0"},
        {"SELECT_W", 1, ANY_NUMBER, "GROUPS*G1*(H1 - G1 + 1)"},
        {"COUNT_W", 1, ANY_NUMBER, "clog2(LANES + 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("select_i", "SELECT_W"),
        IN("blocks_i", "GROUPS*H1*(KEPT + 1)*A_W"),
        IN("b_i", "GROUPS*G1*BLOCK*B_W"),
        IN("first_i", "1"),
        IN("last_i", "1"),
        IN("shift_i", "1"),
        IN("drain_i", "ACC_W"),
        OUT("drain_o", "ACC_W", NULL),
        OUT("nonzero_o", "COUNT_W", NULL)),
};

// clang-format on
