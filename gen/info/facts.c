// The figures behind `lacuna info`: memories, bandwidths and limits, all from the plan. Text and JSON only print them.
#include "gen/engine/hss/plan.h"
#include "gen/info/info.h"

static int ceil_div(int number, int divisor) {
  return (number + divisor - 1) / divisor;
}

static InfoBuffer buffer(const char *name, int banks, int rams, int words, int width_bits, double needs, double has) {
  double kib = (double)banks * rams * words * width_bits / 8192;
  return (InfoBuffer){name, banks, rams, words, width_bits, kib, needs, has};
}

// Bits beside a word of B: of engines with windows nonzero bits, codes, advance, last, straddle, end of group; of
// structured weights their offsets.
static int metadata_bits(const Plan *plan) {
  if (is_structured(plan)) return plan->n0 * plan->hss_groups * plan->hss_group_bits;
  if (!has_windows(plan)) return 0;
  return plan->n0 * plan->k0 * (1 + plan->code_bits) + plan->advance_bits + 3;
}

// A bank of A delivers some steps of K0 elements from any place on, out of lines at least twice as wide as a step. P
// and C move one result word of E lanes a cycle, as fast as the epilogue works.
int info_buffers(const Plan *plan, InfoBuffer rows[INFO_BUFFERS]) {
  int banks = plan->b_banks, words = is_outer(plan) ? banks : plan->b_window, meta = metadata_bits(plan);
  double step = plan->a_rows * plan->data_bits / 8.0,
         most = is_structured(plan) ? plan->a_beat : plan->a_depth * plan->k0;
  double b_step = plan->b_word_bits / 8.0;
  double p_word = plan->p_word_bits / 8.0, c_word = plan->e_lanes * 4.0;
  rows[INFO_A] = buffer("A", plan->a_rows, plan->a_columns, plan->a_lines, plan->a_granule * plan->data_bits,
                        step * most, step * plan->a_beat);
  rows[INFO_B] =
      buffer("B", banks, plan->b_lanes, plan->b_words / banks, plan->b_lane_bits, b_step * words, b_step * words);
  rows[INFO_P] = buffer("P", 1, plan->p_lanes, plan->p_words, plan->p_lane_bits, p_word, p_word);
  rows[INFO_C] = buffer("C", 2, 1, plan->c_half_words, plan->e_lanes * 32, c_word, c_word);
  if (!meta) return INFO_M;
  rows[INFO_M] = buffer("M", banks, 1, plan->b_words / banks, meta, meta / 8.0 * words, meta / 8.0 * words);
  return INFO_BUFFERS;
}

// ---- modes ----

int info_rank_fan_in(const Plan *p, int rank) {
  HssWord word = hss_word(p);
  const int g[] = {word.g0, p->hss_g1, p->hss_g2}, h[] = {word.h0, p->hss_h1, p->hss_h2};
  return h[rank] - g[rank] + 1;
}

// Where weights are structured a slot chooses its A, where A is it chooses its weight out of a block; nothing is
// borrowed. Modes that run in passes use the muxes of those that A obeys.
static void structured_modes(const Plan *p, InfoMode all[MODE_COUNT]) {
  int a_fan_in = 1, b_fan_in = p->hss_a_g0 ? p->hss_h0 : 1;
  for (int rank = 0; rank < INFO_RANKS; rank++)
    a_fan_in *= info_rank_fan_in(p, rank);
  all[MODE_DENSE] = (InfoMode){"dense", "", 1, 1, 1, b_fan_in, 1};
  all[MODE_A] = (InfoMode){"a", "", 1, 1, 1, b_fan_in, 1};
  all[MODE_B] = (InfoMode){"b", "", 1, 1, a_fan_in, b_fan_in, 1};
  all[MODE_AB] = (InfoMode){"ab", "", 1, 1, a_fan_in, b_fan_in, 1};
}

static void window_modes(const Plan *p, InfoMode all[MODE_COUNT]) {
  const char *shuffle = p->shuffle ? "on" : "off";
  all[MODE_DENSE] = (InfoMode){"dense", "", 1, 1, 1, 1, 1};
  all[MODE_A] = (InfoMode){"a",
                           "",
                           1 + p->a_d1,
                           1 + p->a_d1,
                           1 + p->a_d1 * (1 + p->a_d2) * (1 + p->a_d3),
                           1 + p->a_d1 * (1 + p->a_d2),
                           1 + p->a_d3};
  all[MODE_B] = (InfoMode){"b", "", 1 + p->b_d1, 1, (1 + p->b_d1) * (1 + p->b_d2), 1, 1 + p->b_d3};
  all[MODE_AB] = (InfoMode){"ab",
                            "",
                            (1 + p->ab_a1) * (1 + p->ab_b1),
                            1 + p->ab_a1,
                            (1 + p->ab_a1) * (1 + p->ab_b1) * (1 + p->ab_a2 + p->ab_b2),
                            1 + p->ab_a1 * (1 + p->ab_a2),
                            1 + p->ab_b3};
  snprintf(all[MODE_A].borrowing, sizeof all->borrowing, "A(%d,%d,%d,%s)", p->a_d1, p->a_d2, p->a_d3, shuffle);
  snprintf(all[MODE_B].borrowing, sizeof all->borrowing, "B(%d,%d,%d,%s)", p->b_d1, p->b_d2, p->b_d3, shuffle);
  snprintf(all[MODE_AB].borrowing, sizeof all->borrowing, "AB(%d,%d,0,%d,%d,%d,%s)", p->ab_a1, p->ab_a2, p->ab_b1,
           p->ab_b2, p->ab_b3, shuffle);
}

static void outer_modes(InfoMode all[MODE_COUNT]) {
  static const char *const names[MODE_COUNT] = {"dense", "a", "b", "ab"};
  for (int mode = MODE_DENSE; mode < MODE_COUNT; mode++)
    all[mode] = (InfoMode){names[mode], "", 1, 1, 1, 1, 1};
}

int info_modes(const Plan *p, InfoMode rows[MODE_COUNT]) {
  InfoMode all[MODE_COUNT];
  int count = 0;
  if (is_structured(p))
    structured_modes(p, all);
  else if (is_outer(p))
    outer_modes(all);
  else
    window_modes(p, all);
  for (int mode = MODE_DENSE; mode < MODE_COUNT; mode++)
    if (plan_run_modes(p) >> mode & 1) rows[count++] = all[mode];
  return count;
}

InfoLimits info_limits(const Plan *plan) {
  int tile_words = plan->m0 * plan->c_chunks, step = (int)plan_stored(plan, (uint64_t)plan->b_beat); // elements of A
  int steps = plan->b_words / plan->b_step_words, cycles = plan_step_cycles(plan), bus = plan->bus_bits * cycles;
  return (InfoLimits){
      .resident_steps = steps,
      .resident_k = steps * plan->b_beat,
      .bank_elems = plan->a_bank_elems,
      .row_columns = plan->c_half_words / tile_words * plan->n0,
      .n_for_a = plan->n0 * ceil_div(plan->m0 * step * plan->data_bits, bus),
      .m_for_b = plan->m0 * ceil_div(plan->n0 * plan->b_beat * plan->data_bits, bus),
      .k_for_epilogue = ceil_div(plan->b_beat * tile_words, cycles),
      .k_for_int8_write = ceil_div(plan->b_beat * ceil_div(plan->m0 * plan->n0, plan->bus_bytes), cycles),
  };
}

// ---- formats ----

const char *info_format_name(int place) {
  static const char *const names[FORMAT_COUNT] = {"A", "B", "P", "C", "M", "AM"};
  return names[place];
}

int info_formats(const Plan *plan) {
  if (plan->a_compressed) return FORMAT_COUNT;
  return has_metadata(plan) ? FORMAT_M + 1 : FORMAT_C + 1;
}

static const char *element_order(const Plan *plan) {
  if (plan->data_bits == 4) return "two to a byte, the low half first";
  return plan->data_bits == 8 ? "a byte each" : "two bytes each, low byte first";
}

static void format_a(const Plan *plan, char *text, size_t size) {
  int used = snprintf(text, size, "%s %d-bit elements, %s; row-major M x K, or NHWC; rows at any pitch",
                      plan->a_signed ? "signed" : "unsigned", plan->data_bits, element_order(plan));
  text += used, size -= (size_t)used;
  if (plan->hss_a_g0)
    snprintf(text, size,
             "; for %d words along K the %d kept, then an element: their offsets, %d bits each, and zero point",
             plan->hss_h0, plan->hss_a_g0, clog2(plan->hss_h0));
  if (plan->a_compressed) snprintf(text, size, "; or compressed: only the values that AM places, no gaps");
}

static void format_b(const Plan *plan, char *text, size_t size) {
  if (is_outer(plan))
    snprintf(text, size,
             "signed %d-bit elements, %s; panels of %d columns, each from a beat of %d bytes on: for each k chunks of "
             "up to %d values, no two in one of %d banks of columns",
             plan->data_bits, element_order(plan), plan->n0, plan->bus_bytes, plan->outer_q, plan->outer_banks);
  else
    snprintf(
        text, size,
        "signed %d-bit elements, %s; panels of %d columns, in each a word of %d bits per step of K: %d columns of %d "
        "%s, zeros where B has none; no gaps",
        plan->data_bits, element_order(plan), plan->n0, plan->b_word_bits, plan->n0, plan->b_beat,
        is_structured(plan) ? "kept weights" : "elements");
}

static void format_m(const Plan *plan, char *text, size_t size) {
  if (is_structured(plan))
    snprintf(
        text, size,
        "structured B only: per part of a word of B %d groups of offsets, %d bits each (%s), filled up to %d bytes; "
        "no gaps",
        plan->n0 * plan->hss_groups / plan->b_lanes, plan->hss_group_bits,
        plan->hss_a_g0 ? "blocks" : "parts, blocks, words", plan->m_lane_bits / 8);
  else if (is_outer(plan))
    snprintf(text, size,
             "modes b and ab only: per panel, from a beat on, the number of values; a byte for eight k-tiles; for each "
             "k of a k-tile that has values %d bits, one a column",
             plan->n0);
  else
    snprintf(
        text, size,
        "compacted B only: per part of a word of B %d codes of %d bits and %d bits of header, filled up to %d bytes; "
        "no gaps",
        plan->n0 * plan->k0 / plan->b_lanes, plan->code_bits, plan->header_bits, plan->m_lane_bits / 8);
}

static void format_am(const Plan *plan, char *text, size_t size) {
  if (is_outer(plan))
    snprintf(
        text, size,
        "compressed A only: per eight sets of %d elements of a row a byte, which have a value, then of each of these "
        "a bit an element, filled up to a byte; no gaps",
        plan->beat_elems);
  else
    snprintf(
        text, size,
        "compressed A only: per set of %d elements of a row %d bytes, the count of its values and the ends of blocks "
        "of %d, then %d bits a value, its offset in its block, filled up to a byte; no gaps",
        plan->beat_elems, plan->a_head_bytes, A_BLOCK, clog2(A_BLOCK));
}

const char *info_format(const Plan *plan, int place, char *text, size_t size) {
  if (place == FORMAT_A) format_a(plan, text, size);
  if (place == FORMAT_B) format_b(plan, text, size);
  if (place == FORMAT_P)
    snprintf(
        text, size,
        "12 bytes per column: bias, multiplier, shift, little-endian; panels of %d columns filled up with zeros to "
        "%d",
        plan->n0, plan->c_chunks * plan->e_lanes);
  if (place == FORMAT_C)
    snprintf(text, size, "int32 little-endian or int8; row-major M x N, or NHWC; rows at any pitch");
  if (place == FORMAT_M) format_m(plan, text, size);
  if (place == FORMAT_AM) format_am(plan, text, size);
  return text;
}
