// The record of the engines with windows: griffin, sparse_a, sparse_b, sparse_ab.
#include "gen/engine/engine_common.h"
#include "gen/engine/griffin/griffin.h"

static unsigned parts(const Plan *plan) {
  return PART_LANES | PART_PERMUTE | (plan->counters_full ? PART_REPORTS : 0);
}

// In the order of the port: distances from 1 on, then lanes, then PEs.
static int reports(const Plan *plan, const char *list[REPORT_MOST]) {
  static const char *const steps[MAX_WINDOW - 1] = {"BORROWED_1",  "BORROWED_2",  "BORROWED_3",  "BORROWED_4",
                                                    "BORROWED_5",  "BORROWED_6",  "BORROWED_7",  "BORROWED_8",
                                                    "BORROWED_9",  "BORROWED_10", "BORROWED_11", "BORROWED_12",
                                                    "BORROWED_13", "BORROWED_14", "BORROWED_15"};
  int count = 0;
  while (count < plan->a_depth - 1)
    list[count] = steps[count], count++;
  list[count++] = "BORROWED_LANE";
  list[count++] = "BORROWED_PE";
  return count;
}

// Beside a word of B: nonzero bits, codes, advance, last, straddle, end of group.
static EngineNeeds needs(const Plan *plan) {
  int meta = plan->n0 * plan->k0 * (1 + plan->window.code_bits) + plan->window.advance_bits + 3;
  return (EngineNeeds){plan->a_depth * plan->k0, plan->b_window, meta};
}

static void modes(const Plan *p, InfoMode all[MODES_MOST]) {
  const char *shuffle = p->window.shuffle ? "on" : "off";
  all[MODE_DENSE] = (InfoMode){NULL, "", 1, 1, 1, 1, 1};
  all[MODE_A] = (InfoMode){NULL,
                           "",
                           1 + p->window.a_d1,
                           1 + p->window.a_d1,
                           1 + p->window.a_d1 * (1 + p->window.a_d2) * (1 + p->window.a_d3),
                           1 + p->window.a_d1 * (1 + p->window.a_d2),
                           1 + p->window.a_d3};
  all[MODE_B] =
      (InfoMode){NULL, "", 1 + p->window.b_d1, 1, (1 + p->window.b_d1) * (1 + p->window.b_d2), 1, 1 + p->window.b_d3};
  all[MODE_AB] = (InfoMode){NULL,
                            "",
                            (1 + p->window.ab_a1) * (1 + p->window.ab_b1),
                            1 + p->window.ab_a1,
                            (1 + p->window.ab_a1) * (1 + p->window.ab_b1) * (1 + p->window.ab_a2 + p->window.ab_b2),
                            1 + p->window.ab_a1 * (1 + p->window.ab_a2),
                            1 + p->window.ab_b3};
  snprintf(all[MODE_A].borrowing, sizeof all->borrowing, "A(%d,%d,%d,%s)", p->window.a_d1, p->window.a_d2,
           p->window.a_d3, shuffle);
  snprintf(all[MODE_B].borrowing, sizeof all->borrowing, "B(%d,%d,%d,%s)", p->window.b_d1, p->window.b_d2,
           p->window.b_d3, shuffle);
  snprintf(all[MODE_AB].borrowing, sizeof all->borrowing, "AB(%d,%d,0,%d,%d,%d,%s)", p->window.ab_a1, p->window.ab_a2,
           p->window.ab_b1, p->window.ab_b2, p->window.ab_b3, shuffle);
}

static void print(const Plan *plan, FILE *out) {
  print_modes(plan, out);
  fprintf(out, "  the A buffer gives %d steps a cycle into a ring of %d; %s\n\n", plan->a_steps, plan->a_ring,
          plan->window.run_on ? "in mode b the window runs on into the next tile" : "windows end with their tile");
}

static void format_place(const Plan *plan, int place, char *text, size_t size) {
  if (place == FORMAT_B) format_words(plan, "elements", text, size);
  if (place == FORMAT_M)
    snprintf(
        text, size,
        "compacted B only: per part of a word of B %d codes of %d bits and %d bits of header, filled up to %d bytes; "
        "no gaps",
        plan->n0 * plan->k0 / plan->b_lanes, plan->window.code_bits, plan->window.header_bits, plan->m_lane_bits / 8);
}

const EngineGen engine_gen_griffin = {
    .first_key = KEY_A_D1,
    .last_key = KEY_SUPPLY,
    .keys = "windows",
    .shape = shape_griffin,
    .plan = plan_griffin,
    .parts = parts,
    .nets = griffin_nets,
    .waits = griffin_waits,
    .operands = griffin_operands,
    .connect = griffin_connect,
    .report = "borrowed",
    .reports = reports,
    .build = build_griffin,
    .needs = needs,
    .modes = modes,
    .print = print,
    .format = format_place,
    .element = "element",
    .words = "; compacted B has fewer words, their weights where M says",
    .merged = (const char *const[]){"griffin_pe", "a_window", "column_aim", NULL},
};
