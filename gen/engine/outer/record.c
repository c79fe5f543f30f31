// The record of the outer-product engine.
#include "gen/engine/engine_common.h"
#include "gen/engine/outer/outer.h"

// Results may be written without their zeros where the next job can read them as A: its elements are bytes, as int8
// results are.
static unsigned parts(const Plan *plan) {
  return PART_LISTED_A | PART_COMPRESSED_A | (plan->data_bits == 8 ? PART_SPARSE_C : 0);
}

static EngineNeeds needs(const Plan *plan) {
  return (EngineNeeds){plan->k0, plan->b_banks, 0};
}

static void print(const Plan *p, FILE *out) {
  int words = plan_store_words(p), chunks = p->n0 / p->outer.q;
  fprintf(out,
          "Outer products (docs/engines/outer.md)\n"
          "  blocks   %d of %d lanes x %d multipliers; each takes %d of the %d k of a k-tile\n"
          "  A        %d rows x %d k a cycle; %d k-tiles of %d rows in the engine\n"
          "  B        chunks of up to %d values of a k, in %d banks; a block works on %d of them at once\n"
          "  stores   %d of %d words of %d bits: K up to %d of a panel without zeros; %d k-tiles\n"
          "  results  %d a cycle; a tile leaves in %d cycles, while the next one is computed\n"
          "  modes    dense, a and b (zeros of A, of B skipped), ab; products of a tile without zeros: %d cycles a "
          "k-tile\n\n",
          p->outer.blocks, p->outer.p, p->outer.q, p->outer.ks, p->k0, p->a_rows, p->k0, p->outer.slots, p->m0,
          p->outer.q, p->outer.banks, p->outer.window, p->outer.blocks, words, p->b_word_bits,
          words / chunks * p->outer.blocks, p->outer.list_words, p->e_lanes, p->m0 * p->c_chunks, plan_step_cycles(p));
}

static void format_place(const Plan *plan, int place, char *text, size_t size) {
  if (place == FORMAT_B)
    snprintf(
        text, size,
        ", each from a beat of %d bytes on: for each k chunks of up to %d values, no two in one of %d banks of columns",
        plan->bus_bytes, plan->outer.q, plan->outer.banks);
  if (place == FORMAT_M)
    snprintf(text, size,
             "modes b and ab only: per panel, from a beat on, the number of values; a byte for eight k-tiles; for each "
             "k of a k-tile that has values %d bits, one a column",
             plan->n0);
  if (place == FORMAT_AM)
    snprintf(
        text, size,
        "compressed A only: per eight sets of %d elements of a row a byte, which have a value, then of each of these "
        "a bit an element, filled up to a byte; no gaps",
        plan->beat_elems);
}

const EngineGen engine_gen_outer = {
    .first_key = KEY_OUTER_TILE,
    .last_key = KEY_OUTER_SLOTS,
    .keys = "outer products",
    .tile = plan_outer_tile,
    .b_buffer = plan_outer_stores,
    .plan = plan_outer,
    .parts = parts,
    .nets = outer_nets,
    .waits = outer_waits,
    .operands = outer_operands,
    .unpack_a = outer_unpack_a,
    .connect = outer_connect,
    .activity = outer_activity,
    .unused = outer_unused,
    .build = build_outer,
    .needs = needs,
    .modes = plain_modes,
    .print = print,
    .format = format_place,
    .merged = (const char *const[]){"outer_lane", NULL},
};
