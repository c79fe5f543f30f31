// `lacuna info` for people.
#include "gen/info/info.h"

#include <inttypes.h>

#include "gen/base/version.h"
#include "gen/engine/engine.h"
#include "gen/engine/hss/plan.h"
#include "gen/plan/plan_fields.h"
#include "gen/plan/registers.h"

static void print_head(const Plan *plan, FILE *out) {
  const Engine *engine = engine_of(plan->engine);
  fprintf(out, "%s  plan %016" PRIx64 "  lacuna %s\n", plan->name, plan->hash, LACUNA_VERSION);
  fprintf(out, "  engine       %s: %s\n", engine->name, engine->paper);
  fprintf(out, "  multipliers  %d\n", plan->macs);
  fprintf(out, "  tile         %d rows x %d columns, %d", plan->m0, plan->n0, plan->b_beat);
  if (is_structured(plan)) fprintf(out, " to %d", plan->hss_groups * plan->hss_h0 * plan->hss_h1 * plan->hss_h2);
  fputs(" elements of K a step\n", out);
  fprintf(out, "  operands     A %d bits (%s%s), %d at the multiplier; B %d bits; accumulator %d bits\n",
          plan->data_bits, plan->a_signed ? "signed" : "unsigned", plan->a_zero_point ? ", zero point" : "",
          plan->a_bits, plan->b_bits, plan->acc_bits);
  fprintf(out, "  memory       %d-bit bus, %d-bit addresses, bursts of %d beats, %d in flight\n\n", plan->bus_bits,
          plan->addr_bits, plan->burst_beats, plan->outstanding);
}

static void print_buffers(const Plan *plan, FILE *out) {
  InfoBuffer rows[INFO_BUFFERS];
  int count = info_buffers(plan, rows);
  fputs("Buffers (bytes a cycle: A, B and M at most, P and C while results leave)\n"
        "     banks  RAMs each   words   bits      KiB    needs      has\n",
        out);
  for (const InfoBuffer *row = rows; row < rows + count; row++)
    fprintf(out, "  %s  %5d  %9d  %6d  %5d  %7.1f  %7.1f  %7.1f\n", row->name, row->banks, row->rams, row->words,
            row->width_bits, row->kib, row->needs, row->has);
  fprintf(out, "  memory bus: %d a cycle each way\n\n", plan->bus_bytes);
}

static void print_modes(const Plan *plan, FILE *out) {
  InfoMode rows[MODE_COUNT];
  int count = info_modes(plan, rows);
  if (count == 1) return;
  fputs("Modes (what a multiplier sees and chooses from; borrowing is d1 steps, d2 lanes, d3 PEs, shuffle)\n"
        "         borrowing            steps of A  words of B  A out of  B out of  trees\n",
        out);
  for (const InfoMode *row = rows; row < rows + count; row++)
    fprintf(out, "  %-5s  %-19s  %10d  %10d  %8d  %8d  %5d\n", row->name, row->borrowing, row->steps, row->words,
            row->a_fan_in, row->b_fan_in, row->trees);
  fprintf(out, "  the A buffer gives %d steps a cycle into a ring of %d; %s\n\n", plan->a_steps, plan->a_ring,
          plan->run_on ? "in mode b the window runs on into the next tile" : "windows end with their tile");
}

static void print_outer(const Plan *p, FILE *out) {
  int words = plan_store_words(p), chunks = p->n0 / p->outer_q;
  fprintf(out,
          "Outer products (docs/engines/outer.md)\n"
          "  blocks   %d of %d lanes x %d multipliers; each takes %d of the %d k of a k-tile\n"
          "  A        %d rows x %d k a cycle; %d k-tiles of %d rows in the engine\n"
          "  B        chunks of up to %d values of a k, in %d banks; a block works on %d of them at once\n"
          "  stores   %d of %d words of %d bits: K up to %d of a panel without zeros; %d k-tiles\n"
          "  results  %d a cycle; a tile leaves in %d cycles, while the next one is computed\n"
          "  modes    dense, a and b (zeros of A, of B skipped), ab; products of a tile without zeros: %d cycles a "
          "k-tile\n\n",
          p->outer_blocks, p->outer_p, p->outer_q, p->outer_ks, p->k0, p->a_rows, p->k0, p->outer_slots, p->m0,
          p->outer_q, p->outer_banks, p->outer_window, p->outer_blocks, words, p->b_word_bits,
          words / chunks * p->outer_blocks, p->outer_list_words, p->e_lanes, p->m0 * p->c_chunks, plan_step_cycles(p));
}

static void print_patterns(const Plan *plan, FILE *out) {
  static HssPattern patterns[HSS_PATTERNS];
  int count = hss_patterns(plan, patterns), kept, all;
  char text[64];
  fputs("Patterns of structured weights (engine speedup: exactly 1 / density", out);
  if (plan->hss_a_g0) fprintf(out, ", times %d / %d for A", plan->hss_h0, plan->hss_a_g0);
  fputs(")\n  pattern      density   speedup  elements of A a step\n", out);
  for (int i = count - 1; i >= 0; i--) {
    const int *h = patterns[i].h;
    hss_density(plan, patterns[i], &kept, &all);
    fprintf(out, "  %-11s  %3d/%-3d  %8.3f  %20d\n", hss_text(plan, patterns[i], text, sizeof text), kept, all,
            hss_speedup(plan, patterns[i]), (int)plan_stored(plan, (uint64_t)(plan->hss_groups * h[0] * h[1] * h[2])));
  }
  fprintf(out, "  a slot chooses its A from %d parts x %d blocks x %d words", info_rank_fan_in(plan, 2),
          info_rank_fan_in(plan, 1), info_rank_fan_in(plan, 0));
  if (plan->hss_a_g0) fprintf(out, ", its weight from the %d of a block", plan->hss_h0);
  fputc('\n', out);
  if (plan->hss_a_g0)
    fprintf(out, "  A keeps %d of every %d words along K in every pattern, and when no block of B is left out (%.3f)\n",
            plan->hss_a_g0, plan->hss_h0, (double)plan->hss_h0 / plan->hss_a_g0);
  int passes = plan_passes(plan, MODE_DENSE);
  if (passes > 1)
    fprintf(out, "  any other A takes %d passes along K, modes dense and b: speedups are %d times less\n", passes,
            passes);
  fputc('\n', out);
}

static void print_order(const Plan *plan, FILE *out) {
  InfoLimits limits = info_limits(plan);
  fprintf(out,
          "Loop order: block of m-tiles (A stays), group of panels (B stays), m-tile, panel, step of K\n"
          "  A is read once, C is written once in pieces of up to %d columns, the most in a group\n"
          "  B is read once where it is one group: ceil(N/%d) * ceil(K/%d) <= %d steps and N <= %d;\n"
          "    or where A is one block: a bank of %d elements holds its ceil(M/%d) rows\n"
          "  B is read once per block otherwise, once per m-tile where K > %d\n",
          limits.row_columns, plan->n0, plan->b_beat, limits.resident_steps, limits.row_columns, limits.bank_elems,
          plan->a_rows, limits.resident_k);
  fprintf(out,
          "  the bus brings A in time from %d columns a group on, B from %d rows a block on\n"
          "  results leave in time from K = %d on, int8 results reach memory from K = %d on\n\n",
          limits.n_for_a, limits.m_for_b, limits.k_for_epilogue, limits.k_for_int8_write);
}

static void print_formats(const Plan *plan, FILE *out) {
  char text[256];
  fputs("Formats in memory\n", out);
  for (int i = 0; i < info_formats(plan); i++)
    fprintf(out, "  %-2s  %s\n", info_format_name(i), info_format(plan, i, text, sizeof text));
  fputc('\n', out);
}

static void print_plan(const Plan *plan, FILE *out) {
  char text[32];
  fputs("Plan\n", out);
  for (size_t i = 0; i < plan_field_count(); i++) {
    const PlanField *field = plan_field(i);
    fprintf(out, "  %-17s %9s %-11s  %s\n", field->name, plan_field_text(plan, i, text, sizeof text), field->unit,
            field->meaning);
  }
  fputc('\n', out);
}

#define PRINT_REGISTER(NAME, offset, ACCESS, bits, reset, meaning)                                                     \
  fprintf(out, "  0x%03x  %-3s  %2d  %-14s  %s\n", offset, #ACCESS, bits, #NAME, meaning);
#define PRINT_ERROR(NAME, code, meaning, position)                                                                     \
  fprintf(out, "  %5d  %-8s  %s; %s\n", code, #NAME, meaning, position);

static void print_registers(FILE *out) {
  fputs("Registers (offset, access, bits)\n", out);
  REGISTERS(PRINT_REGISTER)
  fputs("\nError codes (what happened; what ERR_POS holds)\n", out);
  DEVICE_ERRORS(PRINT_ERROR)
}

void info_text(const Plan *plan, FILE *out) {
  print_head(plan, out);
  if (is_structured(plan))
    print_patterns(plan, out);
  else if (is_outer(plan))
    print_outer(plan, out);
  else
    print_modes(plan, out);
  print_buffers(plan, out);
  print_order(plan, out);
  print_formats(plan, out);
  print_plan(plan, out);
  print_registers(out);
}
