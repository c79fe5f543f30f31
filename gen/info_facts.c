// The figures behind `lacuna info`: memories, bandwidths and limits, all from the plan. Text and JSON only print them.
#include "gen/info.h"

static int ceil_div(int number, int divisor) {
  return (number + divisor - 1) / divisor;
}

static InfoBuffer buffer(const char *name, int banks, int rams, int words, int width_bits, double needs, double has) {
  double kib = (double)banks * rams * words * width_bits / 8192;
  return (InfoBuffer){name, banks, rams, words, width_bits, kib, needs, has};
}

// A bank of A delivers K0 elements at any place, out of lines at least twice as wide. P and C move one result word of
// E lanes a cycle, as fast as the epilogue works.
void info_buffers(const Plan *plan, InfoBuffer rows[INFO_BUFFERS]) {
  double a_step = plan->m0 * plan->k0 * plan->data_bits / 8.0, b_step = plan->b_word_bits / 8.0;
  double p_word = plan->p_word_bits / 8.0, c_word = plan->e_lanes * 4.0;
  rows[INFO_A] =
      buffer("A", plan->m0, plan->a_columns, plan->a_lines, plan->a_granule * plan->data_bits, a_step, a_step);
  rows[INFO_B] = buffer("B", 1, plan->b_lanes, plan->b_words, plan->b_lane_bits, b_step, b_step);
  rows[INFO_P] = buffer("P", 1, plan->p_lanes, plan->p_words, plan->p_lane_bits, p_word, p_word);
  rows[INFO_C] = buffer("C", 2, 1, plan->c_half_words, plan->e_lanes * 32, c_word, c_word);
}

InfoLimits info_limits(const Plan *plan) {
  int tile_words = plan->m0 * plan->c_chunks;
  return (InfoLimits){
      .resident_steps = plan->b_words,
      .resident_k = plan->b_words * plan->k0,
      .bank_elems = plan->a_bank_elems,
      .row_columns = plan->c_half_words / tile_words * plan->n0,
      .n_for_a = plan->n0 * ceil_div(plan->m0 * plan->k0 * plan->data_bits, plan->bus_bits),
      .m_for_b = plan->m0 * ceil_div(plan->b_word_bits, plan->bus_bits),
      .k_for_epilogue = plan->k0 * tile_words,
      .k_for_int8_write = plan->k0 * ceil_div(plan->m0 * plan->n0, plan->bus_bytes),
  };
}

const char *info_format_name(int place) {
  static const char *const names[INFO_FORMATS] = {"A", "B", "P", "C"};
  return names[place];
}

static const char *element_order(const Plan *plan) {
  if (plan->data_bits == 4) return "two to a byte, the low half first";
  return plan->data_bits == 8 ? "a byte each" : "two bytes each, low byte first";
}

const char *info_format(const Plan *plan, int place, char *text, size_t size) {
  const char *order = element_order(plan);
  switch (place) {
  case 0:
    snprintf(text, size, "%s %d-bit elements, %s; row-major M x K, or NHWC; rows at any pitch",
             plan->a_signed ? "signed" : "unsigned", plan->data_bits, order);
    break;
  case 1:
    snprintf(text, size,
             "signed %d-bit elements, %s; panels of %d columns, in each a word of %d bits per step of K: "
             "%d columns of %d elements, zeros where B has none; no gaps",
             plan->data_bits, order, plan->n0, plan->b_word_bits, plan->n0, plan->k0);
    break;
  case 2:
    snprintf(text, size,
             "12 bytes per column: bias, multiplier, shift, little-endian; "
             "panels of %d columns filled up with zeros to %d",
             plan->n0, plan->c_chunks * plan->e_lanes);
    break;
  default:
    snprintf(text, size, "int32 little-endian or int8; row-major M x N, or NHWC; rows at any pitch");
    break;
  }
  return text;
}
