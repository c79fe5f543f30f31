// The figures behind `lacuna info`: memories, bandwidths and limits, all from the plan. Text and JSON only print them.
#include <string.h>

#include "gen/info/info.h"

static int ceil_div(int number, int divisor) {
  return (number + divisor - 1) / divisor;
}

static InfoBuffer buffer(const char *name, int banks, int rams, int words, int width_bits, double needs, double has) {
  double kib = (double)banks * rams * words * width_bits / 8192;
  return (InfoBuffer){name, banks, rams, words, width_bits, kib, needs, has};
}

// A bank of A delivers some steps of K0 elements from any place on, out of lines at least twice as wide as a step. P
// and C move one result word of E lanes a cycle, as fast as the epilogue works.
int info_buffers(const Plan *plan, InfoBuffer rows[INFO_BUFFERS]) {
  EngineNeeds most = gen_of(plan)->needs(plan);
  int banks = plan->b_banks, words = most.b_words, meta = most.meta_bits;
  double step = plan->a_rows * plan->data_bits / 8.0, b_step = plan->b_word_bits / 8.0;
  double p_word = plan->p_word_bits / 8.0, c_word = plan->e_lanes * 4.0;
  rows[INFO_A] = buffer("A", plan->a_rows, plan->a_columns, plan->a_lines, plan->a_granule * plan->data_bits,
                        step * most.a_elems, step * plan->a_beat);
  rows[INFO_B] =
      buffer("B", banks, plan->b_lanes, plan->b_words / banks, plan->b_lane_bits, b_step * words, b_step * words);
  rows[INFO_P] = buffer("P", 1, plan->p_lanes, plan->p_words, plan->p_lane_bits, p_word, p_word);
  rows[INFO_C] = buffer("C", 2, 1, plan->c_half_words, plan->e_lanes * 32, c_word, c_word);
  if (!meta) return INFO_M;
  rows[INFO_M] = buffer("M", banks, 1, plan->b_words / banks, meta, meta / 8.0 * words, meta / 8.0 * words);
  return INFO_BUFFERS;
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
  static const char *const names[FORMAT_COUNT] = {"A", "B", "P", "C", "M", "AM", "AL", "BL", "CM", "CL"};
  return names[place];
}

int info_formats(const Plan *plan) {
  if (plan_has(plan, PART_OWN_JOB)) return FORMAT_COUNT;
  if (plan_has(plan, PART_COMPRESSED_A)) return FORMAT_AM + 1;
  return plan_has(plan, PART_META_B) ? FORMAT_M + 1 : FORMAT_C + 1;
}

static const char *element_order(const Plan *plan) {
  if (plan->data_bits == 4) return "two to a byte, the low half first";
  return plan->data_bits == 8 ? "a byte each" : "two bytes each, low byte first";
}

// A and B begin alike in all engines that have the nest, which go on with what is theirs.
static int format_start(const Plan *plan, int place, char *text, size_t size) {
  if (!plan_has(plan, PART_NEST)) return 0;
  if (place == FORMAT_A)
    return snprintf(text, size, "%s %d-bit elements, %s; row-major M x K, or NHWC; rows at any pitch",
                    plan->a_signed ? "signed" : "unsigned", plan->data_bits, element_order(plan));
  if (place == FORMAT_B)
    return snprintf(text, size, "signed %d-bit elements, %s; panels of %d columns", plan->data_bits,
                    element_order(plan), plan->n0);
  if (place == FORMAT_P)
    return snprintf(
        text, size,
        "12 bytes per column: bias, multiplier, shift, little-endian; panels of %d columns filled up with zeros to %d",
        plan->n0, plan->c_chunks * plan->e_lanes);
  if (place == FORMAT_C)
    return snprintf(text, size, "int32 little-endian or int8; row-major M x N, or NHWC; rows at any pitch");
  return 0;
}

const char *info_format(const Plan *plan, int place, char *text, size_t size) {
  size_t used = (size_t)format_start(plan, place, text, size);
  text[used] = '\0';
  gen_of(plan)->format(plan, place, text + used, size - used);
  used += strlen(text + used);
  if (place == FORMAT_A && plan_has(plan, PART_COMPRESSED_A))
    snprintf(text + used, size - used, "; or compressed: only the values that AM places, no gaps");
  return text;
}
