// Compaction says which slot takes which weight; here the weights move there, and what the hardware has to know about
// the move is written beside them (docs/engines/griffin.md, "A word of compacted B").
#include "harness/pack/griffin/words.h"
#include "harness/pack/pack_bits.h"

CompactRules pack_rules(const Plan *plan, Mode mode) {
  CompactRules rules = {.columns = plan->n0, .lanes = plan->k0, .wrap = plan->window.wrap};
  bool dual = mode == MODE_AB;
  rules.d1 = dual ? plan->window.ab_b1 : plan->window.b_d1;
  rules.d2 = dual ? plan->window.ab_b2 : plan->window.b_d2;
  rules.d3 = dual ? plan->window.ab_b3 : plan->window.b_d3;
  rules.run_on = !dual && plan->window.run_on;
  return rules;
}

// Place of the first lane of a step of a packed column among the elements of plain B.
static uint64_t plain_element(const Plan *plan, const Job *job, const PackPlain *plain, uint32_t panel, uint32_t step,
                              uint32_t column) {
  uint64_t n0 = (uint64_t)plan->n0, home = plain->source ? plain->source[panel * n0 + column] : panel;
  return ((home * job->reg[JOB_STEPS] + step) * n0 + column) * (uint64_t)plan->k0;
}

void pack_nonzero(const Plan *plan, const Job *job, const PackPlain *plain, uint32_t first, uint32_t panels,
                  uint64_t *nonzero) {
  uint32_t steps = job->reg[JOB_STEPS], lanes = (uint32_t)plan->k0, columns = (uint32_t)plan->n0;
  for (uint32_t panel = first; panel < first + panels; panel++)
    for (uint32_t step = 0; step < steps; step++, nonzero += lanes) {
      for (uint32_t lane = 0; lane < lanes; lane++)
        nonzero[lane] = 0;
      for (uint32_t c = 0; c < columns; c++) {
        uint64_t element = plain_element(plan, job, plain, panel, step, c);
        for (uint32_t lane = 0; lane < lanes; lane++)
          nonzero[lane] |= (uint64_t)(pack_get(plain->bytes, element + lane, plan->data_bits) != 0) << c;
      }
    }
}

typedef struct Sheet { // where the parts of words and their metadata lie
  uint32_t weights;    // of a word
  uint32_t part;       // weights of a part
  uint64_t lane_bits;  // metadata of a part
} Sheet;

static Sheet sheet_of(const Plan *plan) {
  uint32_t weights = (uint32_t)(plan->n0 * plan->k0);
  return (Sheet){weights, weights / (uint32_t)plan->b_lanes, (uint64_t)plan->m_lane_bits};
}

static void put_code(const Plan *plan, const Sheet *sheet, uint64_t word, uint32_t slot, CompactCode code,
                     PackOutput *output) {
  uint32_t value = (uint32_t)compact_e1(code) | (uint32_t)compact_e2(code) << plan->window.dist_bits |
                   (uint32_t)compact_e3(code) << (plan->window.dist_bits + plan->window.side_bits);
  uint64_t part = word * (uint64_t)plan->b_lanes + slot / sheet->part;
  pack_put_field(output->m, part * sheet->lane_bits + slot % sheet->part * (uint64_t)plan->window.code_bits,
                 plan->window.code_bits, value);
}

static void put_header(const Plan *plan, const Sheet *sheet, uint64_t word, const CompactWord *header,
                       PackOutput *output) {
  uint64_t at = word * (uint64_t)plan->b_lanes * sheet->lane_bits + sheet->part * (uint64_t)plan->window.code_bits;
  uint32_t value = header->advance | (uint32_t)header->last << plan->window.advance_bits |
                   (uint32_t)header->straddle << (plan->window.advance_bits + 1);
  pack_put_field(output->m, at, plan->window.header_bits, value);
}

// The weight that a slot of a word takes, by its code; `head` counts the steps from the first panel on.
static uint32_t weight_of(const Plan *plan, const Job *job, const PackPlain *plain, uint32_t first, uint64_t head,
                          uint32_t slot, CompactCode code, bool straddle) {
  uint32_t columns = (uint32_t)plan->n0, lanes = (uint32_t)plan->k0, steps = job->reg[JOB_STEPS];
  uint64_t step = head + (uint64_t)compact_e1(code);
  uint32_t lane = (slot % lanes + (uint32_t)compact_e2(code)) % lanes;
  uint32_t column = (slot / lanes + (straddle ? 0 : (uint32_t)compact_e3(code))) % columns;
  uint64_t element =
      plain_element(plan, job, plain, first + (uint32_t)(step / steps), (uint32_t)(step % steps), column);
  return pack_get(plain->bytes, element + lane, plan->data_bits);
}

void pack_words(const Plan *plan, const Job *job, const PackPlain *plain, uint32_t first, uint32_t count,
                const CompactWord *words, const CompactCode *codes, PackOutput *output) {
  Sheet sheet = sheet_of(plan);
  uint64_t head = 0;
  for (uint32_t w = 0; w < count; w++, codes += sheet.weights, output->word++) {
    put_header(plan, &sheet, output->word, &words[w], output);
    for (uint32_t slot = 0; slot < sheet.weights; slot++) {
      if (codes[slot] == COMPACT_EMPTY) continue;
      put_code(plan, &sheet, output->word, slot, codes[slot], output);
      pack_put(output->b, output->word * sheet.weights + slot, plan->data_bits,
               weight_of(plan, job, plain, first, head, slot, codes[slot], words[w].straddle));
    }
    head += words[w].advance;
  }
}
