// The processing element of the Griffin engine and what chooses its operands.
// Must agree with rtl/, which tests/unit/gen/test_leaves.c checks.

#include "gen/leaf/leaves_table.h"

// One port a row.
// clang-format off

#define MODES        {"HAS_A", 0, 1, NULL}, {"HAS_B", 0, 1, NULL}, {"HAS_AB", 0, 1, NULL}
#define A_DISTANCES  {"A_D1", 0, 15, NULL}, {"A_D2", 0, 15, NULL}, {"A_D3", 0, 15, NULL}
#define B_DISTANCES  {"B_D1", 0, 15, NULL}, {"B_D2", 0, 15, NULL}, {"B_D3", 0, 15, NULL}
#define A_OF_AB      {"AB_A1", 0, 15, NULL}, {"AB_A2", 0, 15, NULL}
#define B_OF_AB      {"AB_B1", 0, 15, NULL}, {"AB_B2", 0, 15, NULL}, {"AB_B3", 0, 15, NULL}

// What follows from the distances, as the Verilog has it.
#define OTHERS       {"OTHERS", 1, ANY_NUMBER, "max(1, max(A_D3, max(B_D3, AB_B3)))"}
#define FIRST_WORD   {"FIRST", 1, ANY_NUMBER, "1 + max(B_D1, AB_B1)"}
#define SIDES        {"SIDES", 1, ANY_NUMBER, "1 + max(B_D2, AB_B2)"}
#define AIMS         {"AIMS", 1, ANY_NUMBER, "SIDES*(FIRST + AB_A1 + AB_B1*AB_A1*(AB_A1 + 3)/2)"}

const Leaf leaf_lane_mux = {
    .name = "lac_lane_mux",
    .params = PARAMS(
        {"LANES", 1, 64, NULL},
        {"W", 1, 32, NULL},
        {"PLACES", 1, 256, NULL}),
    .ports = PORTS(
        IN("select_i", "PLACES*LANES"),
        IN("places_i", "PLACES*LANES*W"),
        OUT("operand_o", "LANES*W", "select_i places_i")),
};

const Leaf leaf_column_aim = {
    .name = "lac_column_aim",
    .params = PARAMS(
        {"LANES", 1, 64, NULL},
        {"A_D3", 0, 15, NULL},
        B_DISTANCES,
        {"AB_A1", 0, 15, NULL},
        B_OF_AB,
        FIRST_WORD,
        SIDES,
        {"CODE_W", 1, ANY_NUMBER, "clog2(FIRST) + clog2(SIDES) + clog2(1 + max(B_D3, AB_B3))"},
        OTHERS,
        {"LATER", 1, ANY_NUMBER, "max(1, AB_A1)"},
        {"BASE_W", 1, ANY_NUMBER, "clog2(1 + (1 + AB_A1)*(1 + AB_B1))"},
        AIMS),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("nonzero_i", "(1 + AB_A1)*LANES"),
        IN("code_i", "(1 + AB_A1)*LANES*CODE_W"),
        IN("base_i", "LATER*BASE_W"),
        OUT("aim_o", "AIMS*LANES", "nonzero_i code_i base_i"),
        OUT("aim_late_o", "AIMS*LANES", NULL),
        OUT("across_late_o", "(1 + AB_A1)*OTHERS*LANES", NULL)),
};

const Leaf leaf_row_arbiter = {
    .name = "lac_row_arbiter",
    .uses = "lac_borrow_arbiter",
    .params = PARAMS(
        {"ROWS", 1, 64, NULL},
        {"LANES", 1, 64, NULL},
        {"D1", 0, 15, NULL},
        {"D2", 0, 15, NULL},
        {"D3", 0, 15, NULL},
        {"WORDS", 1, ANY_NUMBER, "1 + D1"},
        {"LATER", 1, ANY_NUMBER, "max(1, D1)"},
        {"OTHERS", 1, ANY_NUMBER, "max(1, D3)"},
        {"TAKES", 1, ANY_NUMBER, "1 + D1*(1 + D2)*(1 + D3)"},
        {"CHOICES", 1, ANY_NUMBER, "1 + D1*(1 + D2)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("nonzero_i", "ROWS*WORDS*LANES"),
        OUT("more_o", "LATER", "nonzero_i"),
        OUT("busy_o", "ROWS", "nonzero_i"),
        IN("given_i", "1 + D1"),
        OUT("take_o", "ROWS*TAKES*LANES", NULL),
        OUT("word_o", "ROWS*CHOICES*LANES", NULL),
        OUT("across_o", "ROWS*OTHERS*LANES", NULL)),
};

const Leaf leaf_row_spread = {
    .name = "lac_row_spread",
    .params = PARAMS(
        {"ROWS", 1, 64, NULL},
        {"LANES", 1, 64, NULL},
        {"W", 1, 32, NULL},
        {"STEPS", 1, 16, NULL},
        {"PLACES", 1, 256, NULL},
        {"D1", 0, 15, NULL},
        {"D2", 0, 15, NULL},
        {"D3", 0, 15, NULL}),
    .ports = PORTS(
        IN("row_i", "1"),
        IN("steps_i", "ROWS*STEPS*LANES*W"),
        OUT("places_o", "ROWS*PLACES*LANES*W", "row_i steps_i")),
};

const Leaf leaf_griffin_pe = {
    .name = "lac_griffin_pe",
    .uses = "lac_accumulator lac_adder_tree lac_borrow_arbiter lac_compress lac_lane_mux lac_mul lac_mul_sum"
            " lac_pe_choice lac_pe_counts lac_popcount lac_split_sum",
    .params = PARAMS(
        {"LANES", 1, 64, NULL},
        {"A_W", 2, 17, NULL},
        {"B_W", 2, 17, NULL},
        {"ACC_W", 1, ANY_NUMBER, "32"},
        MODES,
        A_DISTANCES,
        B_DISTANCES,
        A_OF_AB,
        B_OF_AB,
        {"RUN_ON", 0, 1, "0"},
        {"COUNT", 0, 1, "0"},
        {"ARRAY", 0, 2, "0"},
        OTHERS,
        {"WORDS", 1, ANY_NUMBER, "1 + max(A_D1, AB_A1)"},
        {"STEPS", 1, ANY_NUMBER, "(1 + AB_A1)*(1 + AB_B1)"},
        FIRST_WORD,
        SIDES,
        AIMS,
        {"TAKES", 1, ANY_NUMBER, "1 + A_D1*(1 + A_D2)*(1 + A_D3)"},
        {"CHOICES", 1, ANY_NUMBER, "1 + A_D1*(1 + A_D2)"},
        {"DEPTH", 1, ANY_NUMBER, "max(1 + B_D1, STEPS)"},
        {"PLACES", 1, ANY_NUMBER, "max(DEPTH, TAKES*max(HAS_B, HAS_AB))"},
        {"SUM_W", 1, ANY_NUMBER, "A_W + B_W + clog2(LANES) + ACC_W - max(A_W + B_W + clog2(LANES), ACC_W)"},
        {"COUNT_W", 1, ANY_NUMBER, "clog2(LANES + 1)"}),
    .ports = PORTS(
        IN("clk_i", "1"),
        IN("rst_i", "1"),
        IN("dual_i", "1"),
        IN("aim_i", "AIMS*LANES"),
        IN("nonzero_i", "STEPS*LANES"),
        OUT("more_o", "max(1, AB_A1)", "dual_i aim_i nonzero_i"),
        OUT("busy_o", "1", "dual_i aim_i nonzero_i"),
        IN("given_i", "1 + AB_A1"),
        IN("single_i", "1"),
        IN("row_i", "1"),
        IN("aim_late_i", "AIMS*LANES"),
        IN("across_late_i", "(1 + AB_A1)*OTHERS*LANES"),
        IN("row_take_i", "TAKES*LANES"),
        IN("row_word_i", "CHOICES*LANES"),
        IN("row_across_i", "OTHERS*LANES"),
        IN("window_i", "PLACES*LANES*A_W"),
        IN("b_i", "WORDS*LANES*B_W"),
        IN("first_i", "1"),
        IN("last_i", "1"),
        IN("straddle_i", "1"),
        OUT("across_o", "OTHERS*SUM_W", NULL),
        IN("across_columns_i", "OTHERS*SUM_W"),
        IN("across_rows_i", "OTHERS*SUM_W"),
        IN("shift_i", "1"),
        IN("drain_i", "ACC_W"),
        OUT("drain_o", "ACC_W", NULL),
        OUT("nonzero_o", "COUNT_W", NULL),
        OUT("borrowed_o", "COUNT_W*max(1, max(A_D1, DEPTH - 1))", NULL),
        OUT("aside_o", "COUNT_W", NULL),
        OUT("abroad_o", "COUNT_W", NULL)),
};

// clang-format on
