// `lacuna info` for people.
#include "gen/info/info.h"

#include <inttypes.h>

#include "gen/base/version.h"
#include "gen/engine/engine.h"
#include "gen/plan/plan_fields.h"
#include "gen/plan/registers.h"

static void print_head(const Plan *plan, FILE *out) {
  const Engine *engine = engine_of(plan->engine);
  fprintf(out, "%s  plan %016" PRIx64 "  lacuna %s\n", plan->name, plan->hash, LACUNA_VERSION);
  fprintf(out, "  engine       %s: %s\n", engine->name, engine->paper);
  fprintf(out, "  multipliers  %d\n", plan->macs);
  fprintf(out, "  tile         %d rows x %d columns, %d", plan->m0, plan->n0, plan->b_beat);
  if (engine->gen->longest_step) fprintf(out, " to %d", engine->gen->longest_step(plan));
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

#define PRINT_REGISTER(NAME, offset, ACCESS, bits, reset, part, meaning)                                               \
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
  gen_of(plan)->print(plan, out);
  if (plan_has(plan, PART_NEST)) {
    print_buffers(plan, out);
    print_order(plan, out);
  }
  print_formats(plan, out);
  print_plan(plan, out);
  print_registers(out);
}
