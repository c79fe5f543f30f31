// The plan of the engines with windows: which modes there are, how far each looks, and what that makes of the buffers
// and of the metadata (docs/engines/griffin.md; Shafiee et al., HPCA 2022, section IV).
#include "gen/engine/griffin/griffin.h"
#include "gen/engine/griffin/numbers.h"
#include "gen/spec/spec.h"

#include <stdio.h>

static int max_of(int a, int b) {
  return a > b ? a : b;
}

static int power_above(int number) {
  return 1 << clog2(number);
}

// One distance: which key, where it goes, what it must stay below.
typedef struct Distance {
  SpecKeyId key;
  int *field;
  Mode mode;
  int below; // 0: no bound but the key's own
  const char *what;
} Distance;

static bool take_distance(const Spec *spec, const Plan *plan, const Distance *d) {
  const SpecValue *value = &spec->keys[d->key];
  bool has = plan->modes >> d->mode & 1;
  char path[64];
  if (!has && value->given)
    return spec_error(spec, d->key, "%s has no use in engine %s, which has no such mode; leave it out",
                      spec_key_path(d->key, path, sizeof path), engine_of(plan->engine)->name);
  *d->field = has ? value->value : 0;
  if (!has || !d->below || *d->field < d->below) return true;
  if (!value->given) { // a default gives way to a small tile
    *d->field = d->below - 1;
    return true;
  }
  char legal[32];
  snprintf(legal, sizeof legal, d->below > 1 ? "0 to %d" : "%d", d->below - 1);
  return spec_error(spec, d->key, "%s %d reaches round the whole tile; legal: %s", d->what, *d->field, legal);
}

// In mode ab both lookaheads together make the window; a default gives way to the other one.
static bool fit_window(const Spec *spec, Plan *plan) {
  int dual = (1 + plan->window.ab_a1) * (1 + plan->window.ab_b1);
  if (dual <= MAX_WINDOW) return true;
  int most_a = MAX_WINDOW / (1 + plan->window.ab_b1) - 1, most_b = MAX_WINDOW / (1 + plan->window.ab_a1) - 1;
  if (spec->keys[KEY_AB_A1].given && spec->keys[KEY_AB_B1].given)
    return spec_error(spec, KEY_AB_B1, "window (1 + da1) * (1 + db1) = %d steps is above %d; legal: db1 up to %d", dual,
                      MAX_WINDOW, most_b);
  if (spec->keys[KEY_AB_A1].given)
    plan->window.ab_b1 = most_b;
  else
    plan->window.ab_a1 = most_a;
  return true;
}

// What a slot of mode a chooses from; a distance of its own goes as far as the others leave room.
static bool check_places(const Spec *spec, const Plan *plan) {
  int across = (1 + plan->window.a_d2) * (1 + plan->window.a_d3), places = 1 + plan->window.a_d1 * across;
  if (places <= MAX_PLACES) return true;
  return spec_error(spec, KEY_A_D1,
                    "a slot of mode a would choose from 1 + d1 (1 + d2) (1 + d3) = %d operands, more than %d; "
                    "legal: d1 up to %d",
                    places, MAX_PLACES, (MAX_PLACES - 1) / across);
}

static bool plan_distances(const Spec *spec, Plan *plan) {
  Distance distances[] = {
      {KEY_A_D1, &plan->window.a_d1, MODE_A, 0, "lookahead d1 ="},
      {KEY_A_D2, &plan->window.a_d2, MODE_A, plan->k0, "lookaside d2 ="},
      {KEY_A_D3, &plan->window.a_d3, MODE_A, plan->m0, "borrowing across rows d3 ="},
      {KEY_B_D1, &plan->window.b_d1, MODE_B, 0, "lookahead d1 ="},
      {KEY_B_D2, &plan->window.b_d2, MODE_B, plan->k0, "lookaside d2 ="},
      {KEY_B_D3, &plan->window.b_d3, MODE_B, plan->n0, "borrowing across columns d3 ="},
      {KEY_AB_A1, &plan->window.ab_a1, MODE_AB, 0, "lookahead da1 ="},
      {KEY_AB_A2, &plan->window.ab_a2, MODE_AB, plan->k0, "lookaside da2 ="},
      {KEY_AB_B1, &plan->window.ab_b1, MODE_AB, 0, "lookahead db1 ="},
      {KEY_AB_B2, &plan->window.ab_b2, MODE_AB, plan->k0, "lookaside db2 ="},
      {KEY_AB_B3, &plan->window.ab_b3, MODE_AB, plan->n0, "borrowing across columns db3 ="},
  };
  for (size_t i = 0; i < sizeof distances / sizeof *distances; i++)
    if (!take_distance(spec, plan, &distances[i])) return false;
  if (!fit_window(spec, plan) || !check_places(spec, plan)) return false;
  plan->a_depth =
      max_of(max_of(1 + plan->window.a_d1, 1 + plan->window.b_d1), (1 + plan->window.ab_a1) * (1 + plan->window.ab_b1));
  plan->b_window = 1 + max_of(plan->window.a_d1, plan->window.ab_a1);
  plan->b_banks = power_above(plan->b_window);
  plan->count_bits = clog2(plan->macs * plan->a_depth + 1);
  return true;
}

// A choice about B that was made for an engine whose modes leave B as it is.
static bool plan_switches(const Spec *spec, Plan *plan) {
  static const struct {
    SpecKeyId key;
    int modes; // that know it
  } switches[] = {{KEY_WRAP, 1 << MODE_B | 1 << MODE_AB}, {KEY_RUN_ON, 1 << MODE_B}};
  char path[64];
  for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
    if (spec->keys[switches[i].key].given && !(plan->modes & switches[i].modes))
      return spec_error(spec, switches[i].key, "%s has no use in engine %s, which has no such mode; leave it out",
                        spec_key_path(switches[i].key, path, sizeof path), engine_of(plan->engine)->name);
  plan->window.shuffle = spec->keys[KEY_SHUFFLE].value != 0 && plan->k0 > 1;
  plan->window.wrap = spec->keys[KEY_WRAP].value != 0;
  plan->window.run_on = spec->keys[KEY_RUN_ON].value != 0 && plan->modes >> MODE_B & 1;
  return true;
}

// A line of a bank is a power of two of elements; what is read in a cycle may begin anywhere in its first granule.
// Derived: as many steps as fit in the line that holds three quarters of a window, since windows seldom empty at once,
// and no more than keep the ring small if they are near enough.
static void plan_supply(const Spec *spec, Plan *plan) {
  int granule = plan->beat_elems, window = plan->a_depth * plan->k0 + granule - 1;
  int line = power_above(max_of(window * 3 / 4, 2 * granule)), steps = spec->keys[KEY_SUPPLY].value;
  if (steps == DERIVED) {
    steps = (line - granule + 1) / plan->k0;
    steps = steps < 1 ? 1 : steps > plan->a_depth ? plan->a_depth : steps;
    int room = power_above(plan->a_depth) - plan->a_depth + 1;
    if (steps > room && 4 * room >= 3 * plan->a_depth) steps = room;
  }
  line = power_above(max_of(steps * plan->k0 + granule - 1, 2 * granule));
  plan->a_steps = steps;
  plan->a_beat = steps * plan->k0;
  plan->a_granule = granule;
  plan->a_columns = line / granule;
  plan->a_ring = power_above(plan->a_depth + steps - 1);
}

// A part of a word of B holds whole weights, so that its metadata lie beside it.
static void plan_parts(Plan *plan) {
  int weights = plan->n0 * plan->k0, parts = (plan->b_word_bits + plan->bus_bits - 1) / plan->bus_bits;
  while (weights % parts)
    parts++;
  plan->b_lanes = parts;
  plan->b_lane_bits = plan->b_word_bits / parts;
  plan->window.dist_bits = clog2(1 + max_of(plan->window.b_d1, plan->window.ab_b1));
  plan->window.side_bits = clog2(1 + max_of(plan->window.b_d2, plan->window.ab_b2));
  plan->window.across_bits = clog2(1 + max_of(plan->window.b_d3, plan->window.ab_b3));
  plan->window.code_bits = plan->window.dist_bits + plan->window.side_bits + plan->window.across_bits;
  plan->window.advance_bits = clog2(2 + max_of(plan->window.b_d1, plan->window.ab_b1));
  plan->window.header_bits = plan->window.advance_bits + 2;
  if (plan->window.code_bits > 0)
    plan->m_lane_bits = (weights / parts * plan->window.code_bits + plan->window.header_bits + 7) / 8 * 8;
}

bool shape_griffin(const Spec *spec, Plan *plan) {
  if (!plan_switches(spec, plan) || !plan_distances(spec, plan)) return false;
  plan_supply(spec, plan);
  if (!plan->window.run_on || plan->window.b_d3) return true;
  return spec_error(spec, KEY_RUN_ON,
                    "window.run_on needs sparse_b.d3 of 1 or more, whose tag and adder tree it uses; legal: false%s",
                    plan->n0 > 1 ? ", or sparse_b.d3 1" : "");
}

// Operands from which the slots of all multipliers choose, where B is compacted.
static int64_t choices(const Plan *plan) {
  const int compacted = 1 << MODE_B | 1 << MODE_AB;
  if (!(plan->modes & compacted)) return 0;
  int places = max_of(plan->a_depth, 1 + plan->window.a_d1 * (1 + plan->window.a_d2) * (1 + plan->window.a_d3));
  int sides = 1 + max_of(plan->window.b_d2, plan->window.ab_a2 + plan->window.ab_b2);
  return (int64_t)places * sides * plan->macs;
}

// Lanes turn within four, or fewer if a step has no more.
static void plan_words(Plan *plan) {
  if (plan->window.shuffle) plan->words.lane_turn = plan->k0 < 4 ? plan->k0 - 1 : 3;
  plan->words.choices = choices(plan);
}

bool plan_griffin(const Spec *spec, Plan *plan) {
  (void)spec;
  plan_words(plan);
  plan_parts(plan);
  plan->b_words -= plan->b_words % plan->b_banks; // as many in each
  plan->engine_latency = GRIFFIN_LATENCY;
  plan->shift_latency = GRIFFIN_SHIFT;
  return true;
}
