// What engines of dot products say of themselves in the same words (gen/engine/engine_common.h).
#include "gen/engine/engine_common.h"

void format_words(const Plan *plan, const char *elements, char *text, size_t size) {
  snprintf(text, size,
           ", in each a word of %d bits per step of K: %d columns of %d %s, zeros where B has none; no gaps",
           plan->b_word_bits, plan->n0, plan->b_beat, elements);
}

void plain_modes(const Plan *plan, InfoMode all[MODES_MOST]) {
  (void)plan;
  for (Mode mode = 0; mode < MODES_MOST; mode++)
    all[mode] = (InfoMode){NULL, "", 1, 1, 1, 1, 1};
}

int engine_modes(const Plan *plan, InfoMode rows[MODES_MOST]) {
  InfoMode all[MODES_MOST];
  int count = 0;
  gen_of(plan)->modes(plan, all);
  for (Mode mode = 0; mode < MODES_MOST; mode++)
    if (plan_run_modes(plan) >> mode & 1) {
      rows[count] = all[mode];
      rows[count++].name = plan_mode(plan, mode)->word;
    }
  return count;
}

void print_modes(const Plan *plan, FILE *out) {
  InfoMode rows[MODES_MOST];
  int count = engine_modes(plan, rows);
  if (count == 1) return;
  fputs("Modes (what a multiplier sees and chooses from; borrowing is d1 steps, d2 lanes, d3 PEs, shuffle)\n"
        "         borrowing            steps of A  words of B  A out of  B out of  trees\n",
        out);
  for (const InfoMode *row = rows; row < rows + count; row++)
    fprintf(out, "  %-5s  %-19s  %10d  %10d  %8d  %8d  %5d\n", row->name, row->borrowing, row->steps, row->words,
            row->a_fan_in, row->b_fan_in, row->trees);
}
