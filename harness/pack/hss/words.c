// A node keeps its nonempty children, and of the empty ones as many of the first as are missing, so that there are
// always G of them, in ascending order: what the muxes of lac_hss_pe can choose.
#include "harness/pack/hss/words.h"
#include "harness/pack/pack_bits.h"

enum { RANKS = 3 };

typedef struct Rules {
  int g[RANKS], h[RANKS]; // kept and all children
  int width[RANKS];       // elements of a child
  int bits[RANKS];        // of an offset
  int base[RANKS];        // of the rank's offsets among those of a group
} Rules;

static Rules rules_of(const Plan *p, const Job *job) {
  uint32_t pattern = job->reg[JOB_PATTERN];
  Rules r = {.g = {p->hss.g0, p->hss.g1, p->hss.g2}, .bits = {clog2(p->hss.h0), clog2(p->hss.h1), clog2(p->hss.h2)}};
  for (int rank = 0, width = 1; rank < RANKS; rank++) {
    r.h[rank] = pattern >> 8 * rank & 0xff;
    r.width[rank] = width;
    width *= r.h[rank];
  }
  if (p->hss.a_g0) r.bits[0] = 0; // whole blocks
  r.base[1] = r.g[2] * r.bits[2];
  r.base[0] = r.base[1] + r.g[2] * r.g[1] * r.bits[1];
  return r;
}

// The group at hand.
typedef struct Group {
  const Plan *plan;
  const Rules *rules;
  const uint8_t *plain;
  uint64_t first;    // its first element in plain B
  uint64_t weight;   // where its next kept weight goes
  uint64_t field;    // bit of its metadata
  int placed[RANKS]; // offsets written so far
  uint8_t *b, *m;
  PackOffence *offence;
} Group;

static bool is_empty(const Group *group, int first, int width) {
  for (int i = first; i < first + width; i++)
    if (pack_get(group->plain, group->first + (uint64_t)i, group->plan->data_bits)) return false;
  return true;
}

// Marks the children to keep; how many are not empty.
static int mark_children(const Group *group, int rank, int first, bool kept[HSS_CHILDREN]) {
  const Rules *r = group->rules;
  int found = 0;
  for (int child = 0; child < r->h[rank]; child++)
    found += kept[child] = !is_empty(group, first + child * r->width[rank], r->width[rank]);
  for (int child = 0, missing = r->g[rank] - found; child < r->h[rank] && missing > 0; child++)
    if (!kept[child]) {
      kept[child] = true;
      missing--;
    }
  return found;
}

static void put_offset(Group *group, int rank, int offset) {
  const Rules *r = group->rules;
  uint64_t at = group->field + (uint64_t)(r->base[rank] + group->placed[rank]++ * r->bits[rank]);
  pack_put_field(group->m, at, r->bits[rank], (uint32_t)offset);
}

static void put_weight(Group *group, int element) {
  int bits = group->plan->data_bits;
  pack_put(group->b, group->weight++, bits, pack_get(group->plain, group->first + (uint64_t)element, bits));
}

// The node of a rank whose first element is `first`, with all below it.
static bool pack_node(Group *group, int rank, int first) {
  const Rules *r = group->rules;
  bool kept[HSS_CHILDREN];
  int found = mark_children(group, rank, first, kept);
  if (found > r->g[rank]) {
    group->offence->rank = rank;
    group->offence->element = (uint32_t)first;
    group->offence->found = found;
    group->offence->kept = r->g[rank];
    group->offence->children = r->h[rank];
    return false;
  }
  for (int child = 0; child < r->h[rank]; child++) {
    if (!kept[child]) continue;
    put_offset(group, rank, child);
    if (rank == 0)
      put_weight(group, first + child);
    else if (!pack_node(group, rank - 1, first + child * r->width[rank]))
      return false;
  }
  return true;
}

bool pack_structured(const Plan *plan, const Job *job, const uint8_t *plain, uint8_t *b, uint8_t *m,
                     PackOffence *offence) {
  Rules rules = rules_of(plan, job);
  uint32_t groups = (uint32_t)plan->hss.groups, columns = (uint32_t)plan->n0, lanes = (uint32_t)plan->b_beat;
  uint32_t span = job->k_beat / groups, part_groups = columns * groups / (uint32_t)plan->b_lanes;
  uint64_t words = (uint64_t)job->reg[JOB_PANELS] * job->reg[JOB_STEPS];
  for (uint64_t word = 0; word < words; word++)
    for (uint32_t i = 0; i < columns * groups; i++) {
      uint64_t part = word * (uint64_t)plan->b_lanes + i / part_groups;
      *offence = (PackOffence){.word = word, .column = i / groups, .group = i % groups};
      Group group = {.plan = plan, .rules = &rules, .plain = plain, .b = b, .m = m, .offence = offence};
      group.first = (word * columns * groups + i) * span;
      group.weight = (word * columns * groups + i) * (lanes / groups);
      group.field = part * (uint64_t)plan->m_lane_bits + i % part_groups * (uint64_t)plan->hss.group_bits;
      if (!pack_node(&group, RANKS - 1, 0)) return false;
    }
  return true;
}
