// Structured weights in memory: decoded as docs/engines/hss.md says they are read they are the weights that were
// pruned, for every pattern of several engines. One node with a child too many is found, and named as the user knows
// it.
#include "gen/engine/hss/plan.h"
#include "gen/spec/spec.h"
#include "harness/base/pattern.h"
#include "harness/choose/choose.h"
#include "harness/operand/random.h"
#include "harness/pack/hss/words.h"
#include "harness/pack/image.h"
#include "harness/pack/pack.h"
#include "harness/prune/prune.h"
#include "tests/unit/support.h"

typedef struct Case {
  const char *config; // a file, or the keys of a small engine
  const char *words;  // of the command line
} Case;

#define TILE_3X5X8 "engine: hss\ntile: {m: 3, n: 5, k: 8}\nhss: {g0: 2, h0: 3, g1: 2, h1: 3, g2: 2, h2: 3}\n"

#define DUAL_3X5X4                                                                                                     \
  "engine: hss\ntile: {m: 3, n: 5, k: 4}\nhss: {g0: 8, h0: 8, g1: 2, h1: 3, a_g0: 1}\ndata: {bits: 4}\n"

static const Case cases[] = {
    {"configs/hss_64.yaml", "run --a random:2x70:1 --b random:70x9:0.8"},
    {"configs/hss_64.yaml", "run --a random:1x1:1 --b random:1x1:1"},
    {"configs/hss_64.yaml", "conv --input random:19x4x5:1 --weight random:9x19x3x2:0.7"},
    {"configs/hss_64.yaml", "conv --input random:12x4x4:1 --weight random:12x1x3x3:0.9 --groups 12"},
    {"configs/hss_64.yaml", "conv --input random:96x3x3:1 --weight random:6x32x1x2:0.9 --groups 3"},
    {"configs/hss_1024.yaml", "run --a random:2x150:1 --b random:150x33:0.5"},
    {"configs/nm24_64.yaml", "run --a random:2x45:1 --b random:45x6:0.3"},
    {"configs/nm24_64.yaml", "conv --input random:10x5x5:1 --weight random:6x5x2x2:1 --groups 2"},
    {TILE_3X5X8, "run --a random:2x100:1 --b random:100x11:0.9"},
    {TILE_3X5X8, "conv --input random:30x3x3:1 --weight random:8x30x1x1:0.4"},
    {TILE_3X5X8 "data: {bits: 4}\n", "run --a random:2x61:1 --b random:61x7:0.7"},
    {TILE_3X5X8 "data: {bits: 16}\nmemory: {bus_bits: 32}\n", "run --a random:2x61:1 --b random:61x7:0.7"},
    {"engine: hss\ntile: {m: 2, n: 3, k: 2}\nhss: {g0: 1, h0: 16}\n", "run --a random:2x90:1 --b random:90x8:0.6"},
    {"engine: hss\ntile: {m: 1, n: 2, k: 4}\nhss: {g0: 2, h0: 2, g1: 1, h1: 5, g2: 2, h2: 2}\n",
     "run --a random:2x50:1 --b random:50x5:0.6"},
    {"configs/dsso_64.yaml", "run --a random:2x90:0 --b random:90x9:0.8"},
    {"configs/dsso_64.yaml", "conv --input random:96x3x3:0 --weight random:6x32x1x2:0.9 --groups 3"},
    {"configs/dsso_64.yaml", "conv --input random:14x3x3:0 --weight random:6x7x2x2:0.9 --groups 2"},
    {DUAL_3X5X4, "run --a random:2x61:0 --b random:61x7:0.7"},
};

typedef struct Bench {
  Plan plan;
  Workload workload;
  PackingSource source;
} Bench;

static void open_bench(const Case *c, Bench *bench) {
  static char text[256]; // options point into it
  Spec spec;
  Options options;
  char *words[24] = {"lacuna"};
  int count = 1;
  bool named = !strncmp(c->config, "configs/", 8);
  const char *config = named ? c->config : file_make("small.yaml", c->config, strlen(c->config));
  snprintf(text, sizeof text, "%s", c->words);
  for (char *word = strtok(text, " "); word && count < 22; word = strtok(NULL, " ")) {
    words[count++] = word;
    if (count == 2) words[count++] = (char *)(uintptr_t)config;
  }
  *bench = (Bench){0};
  assert_true(spec_read(config, &spec) && plan_make(&spec, &bench->plan));
  assert_int_equal(options_parse(count, words, &options), PARSE_RUN);
  assert_true(workload_load(&options, &bench->plan, &bench->workload));
  assert_true(packing_source_make(&bench->plan, &bench->workload, &bench->source));
}

static void close_bench(Bench *bench) {
  packing_source_free(&bench->source);
  workload_free(&bench->workload);
}

static Mode mode_of(const Plan *plan) {
  return plan->hss.a_g0 ? MODE_AB : MODE_B;
}

static PackingChoice choice_of(const Plan *plan, HssPattern pattern) {
  return (PackingChoice){.mode = mode_of(plan),
                         .h = {(uint32_t)pattern.h[0], (uint32_t)pattern.h[1], (uint32_t)pattern.h[2]}};
}

// `bits` bits at bit `at`, lowest first; signed if asked for.
static int32_t bits_at(const uint8_t *bytes, uint64_t at, int bits, bool is_signed) {
  int32_t value = 0;
  for (int i = 0; i < bits; i++)
    value |= (bytes[(at + (uint64_t)i) / 8] >> (at + (uint64_t)i) % 8 & 1) << i;
  return is_signed && value >> (bits - 1) & 1 ? value - (1 << bits) : value;
}

// ---- decoding: a group's offsets and weights back to the places that they stand for

typedef struct Reader {
  const Plan *plan;
  const Shape *shape;
  const Image *image;
  int g[3], h[3], bits[3], base[3]; // by rank; base: the rank's first offset among those of a group
  int32_t *found;                   // as the weights of the workload
} Reader;

static Reader reader_of(const Bench *bench, const Image *image, HssPattern pattern, int32_t *found) {
  const Plan *p = &bench->plan;
  Reader r = {.plan = p, .shape = &bench->workload.shape, .image = image, .found = found};
  const int g[3] = {p->hss.g0, p->hss.g1, p->hss.g2}, most[3] = {p->hss.h0, p->hss.h1, p->hss.h2};
  for (int rank = 2, nodes = 1, base = 0; rank >= 0; rank--) {
    r.g[rank] = g[rank];
    r.h[rank] = pattern.h[rank];
    bool whole = rank == 0 && p->hss.a_g0; // blocks have all their words, and no offsets
    for (r.bits[rank] = 0; !whole && 1 << r.bits[rank] < most[rank];)
      r.bits[rank]++;
    r.base[rank] = base;
    nodes *= g[rank];
    base += nodes * r.bits[rank];
  }
  return r;
}

typedef struct GroupPlace {
  int panel, step, column, group;
  uint64_t offsets, weights; // bits of the group's first
} GroupPlace;

// Where the weights keep element x of a run of K for a column; NULL where they have none.
static int32_t *place_of(const Reader *r, const GroupPlace *at, int element) {
  const Shape *s = r->shape;
  const uint32_t *reg = r->image->job.reg;
  int runs = (int)(reg[JOB_K_ROWS] * reg[JOB_K_COLS]), run_steps = (int)reg[JOB_STEPS] / runs;
  int beat = r->plan->hss.groups * r->h[0] * r->h[1] * r->h[2];
  int run = at->step / run_steps, x = at->step % run_steps * beat + element;
  int block = at->panel / (int)reg[JOB_BLOCK_PANELS];
  int inside = at->panel % (int)reg[JOB_BLOCK_PANELS] * r->plan->n0 + at->column;
  int n = block * (int)reg[JOB_BLOCK_COLS] + inside;
  if ((!s->conv && x >= (int)s->k) || inside >= (int)reg[JOB_BLOCK_COLS] || n >= (int)s->n) return NULL;
  if (!s->conv) return &r->found[x * (int)s->n + n];
  int ins = (int)(s->channels / s->groups), outs = (int)(s->out_channels / s->groups);
  int channel = block * (int)r->image->job.merged_groups * ins + x - n / outs * ins;
  if (channel < 0 || channel >= ins) return NULL;
  return &r->found[(n * ins + channel) * runs + run];
}

static bool take_weight(const Reader *r, const GroupPlace *at, int slot, int element) {
  int bits = r->plan->data_bits;
  int32_t *place = place_of(r, at, element);
  int32_t value = bits_at(r->image->data[REGION_B], at->weights + (uint64_t)(slot * bits), bits, true);
  if (!value) return false;
  assert_non_null(place);
  assert_int_equal(*place, 0);
  *place = value;
  return true;
}

// Node `node` of its rank, counted over the group, whose first element is `first`; whether a weight is not zero. Of
// empty children the first are kept: all below a kept one are kept, too.
static bool read_node(const Reader *r, const GroupPlace *at, int rank, int node, int first) {
  int width = 1, before = -1;
  bool any = false;
  for (int below = 0; below < rank; below++)
    width *= r->h[below];
  for (int p = 0; p < r->g[rank]; p++) {
    int child = node * r->g[rank] + p, bit = r->base[rank] + child * r->bits[rank];
    int offset = bits_at(r->image->data[REGION_M], at->offsets + (uint64_t)bit, r->bits[rank], false);
    if (!r->bits[rank]) offset = p;
    int element = first + offset * width;
    assert_in_range(offset, before + 1, r->h[rank] - 1);
    bool full = rank ? read_node(r, at, rank - 1, child, element) : take_weight(r, at, child, element);
    assert_true(full || offset == p);
    any |= full;
    before = offset;
  }
  return any;
}

// A part of a word holds whole groups, one behind the other; what fills it up is zero.
static void read_word(const Reader *r, int panel, int step, uint64_t word) {
  const Plan *p = r->plan;
  int groups = p->n0 * p->hss.groups, part_groups = groups / p->b_lanes, used = part_groups * p->hss.group_bits;
  assert_int_equal(part_groups * p->b_lanes, groups);
  for (int i = 0; i < groups; i++) {
    uint64_t part = word * (uint64_t)p->b_lanes + (uint64_t)(i / part_groups);
    uint64_t start = part * (uint64_t)p->m_lane_bits;
    int slots = r->g[0] * r->g[1] * r->g[2];
    GroupPlace at = {.panel = panel, .step = step, .column = i / p->hss.groups, .group = i % p->hss.groups};
    at.offsets = start + (uint64_t)(i % part_groups * p->hss.group_bits);
    at.weights = (word * (uint64_t)groups + (uint64_t)i) * (uint64_t)(slots * p->data_bits);
    read_node(r, &at, 2, 0, at.group * r->h[0] * r->h[1] * r->h[2]);
    assert_int_equal(bits_at(r->image->data[REGION_M], start + (uint64_t)used, p->m_lane_bits - used, false), 0);
  }
}

static void check_sizes(const Plan *plan, const Image *image, HssPattern pattern) {
  const uint32_t *reg = image->job.reg;
  uint64_t words = (uint64_t)reg[JOB_PANELS] * reg[JOB_STEPS];
  assert_int_equal(image->job.words, words);
  int kept = plan->hss.groups * plan->hss.g0 * plan->hss.g1 * plan->hss.g2;
  assert_int_equal(image->bytes[REGION_B], (words * (uint64_t)(plan->n0 * kept * plan->data_bits) + 7) / 8);
  assert_int_equal(image->bytes[REGION_M], words * (uint64_t)(plan->b_lanes * plan->m_lane_bits / 8));
  int block = plan->hss.a_g0 ? plan->hss.a_g0 + 1 : pattern.h[0]; // of A, in memory
  assert_int_equal(reg[JOB_BEAT], plan->hss.groups * block * pattern.h[1] * pattern.h[2]);
  assert_int_equal(reg[JOB_PATTERN], pattern.h[0] | pattern.h[1] << 8 | pattern.h[2] << 16);
  assert_int_equal(reg[JOB_MODE], mode_of(plan));
}

static void check_pattern(const Bench *bench, HssPattern pattern) {
  const Plan *plan = &bench->plan;
  const Tensor *weights = &bench->workload.b.tensor;
  Image image;
  PackingChoice choice = choice_of(plan, pattern);
  assert_true(image_build(&bench->source, &choice, &image));
  check_sizes(plan, &image, pattern);
  size_t count = (size_t)tensor_count(weights);
  int32_t *found = calloc(count, sizeof *found);
  assert_non_null(found);
  Reader reader = reader_of(bench, &image, pattern, found);
  uint64_t word = 0;
  for (int panel = 0; panel < (int)image.job.reg[JOB_PANELS]; panel++)
    for (int step = 0; step < (int)image.job.reg[JOB_STEPS]; step++)
      read_word(&reader, panel, step, word++);
  assert_memory_equal(found, weights->data, count * sizeof *found);
  free(found);
  image_free(&image);
}

// ---- weights that obey

static void prune_to(const Bench *bench, HssPattern pattern, Tensor *weights) {
  const Plan *p = &bench->plan;
  Pattern rule = {3, {{p->hss.g0, pattern.h[0]}, {p->hss.g1, pattern.h[1]}, {p->hss.g2, pattern.h[2]}}};
  assert_true(prune_weights(&rule, weights));
}

// From all weights down to each pattern anew, so that every one has all that it can hold.
static void check_case(const Case *c) {
  static HssPattern patterns[HSS_PATTERNS];
  Bench bench;
  open_bench(c, &bench);
  Tensor *weights = &bench.workload.b.tensor;
  size_t size = (size_t)tensor_count(weights) * sizeof weights->data[0];
  int32_t *all = malloc(size);
  assert_non_null(all);
  memcpy(all, weights->data, size);
  int count = hss_patterns(&bench.plan, patterns);
  for (int i = 0; i < count; i++) {
    prune_to(&bench, patterns[i], weights);
    check_pattern(&bench, patterns[i]);
    memcpy(weights->data, all, size);
  }
  free(all);
  close_bench(&bench);
}

static void test_decoded(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    check_case(&cases[i]);
}

// ---- the worked examples of docs/formats.md

static void check_bytes(const char *config, const char *words, const int32_t *columns, int k, const uint8_t *b,
                        size_t b_bytes, const uint8_t *m, size_t m_bytes) {
  Bench bench;
  Image image;
  open_bench(&(Case){config, words}, &bench);
  for (int i = 0; i < 2 * k; i++)
    bench.workload.b.tensor.data[i] = columns[i % 2 * k + i / 2];
  static HssPattern patterns[HSS_PATTERNS];
  hss_patterns(&bench.plan, patterns);
  PackingChoice choice = choice_of(&bench.plan, patterns[0]);
  assert_true(image_build(&bench.source, &choice, &image));
  assert_int_equal(image.bytes[REGION_B], b_bytes);
  assert_memory_equal(image.data[REGION_B], b, b_bytes);
  assert_int_equal(image.bytes[REGION_M], m_bytes);
  assert_memory_equal(image.data[REGION_M], m, m_bytes);
  image_free(&image);
  close_bench(&bench);
}

static void test_examples(void **state) {
  (void)state;
  static const int32_t words[2 * 12] = {0, 1, 0, 2, 0, 0, 0, 0, 3, 0, 0, 4, 0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 0, 7};
  static const uint8_t words_b[] = {1, 2, 3, 4, 5, 6, 0, 7}, words_m[] = {0xd8, 0x9c, 0xc4};
  check_bytes("engine: hss\ntile: {m: 1, n: 2, k: 4}\nhss: {g0: 2, h0: 4, g1: 2, h1: 3}\n",
              "run --a random:1x12:1 --b random:12x2:1", words, 12, words_b, sizeof words_b, words_m, sizeof words_m);
  static const int32_t blocks[2 * 16] = {[4] = 1, [6] = 2, [7] = 3, [13] = 4, [16] = 5, [17] = 6};
  static const uint8_t blocks_b[] = {1, 0, 2, 3, 0, 4, 0, 0, 5, 6, 0, 0, 0, 0, 0, 0}, blocks_m[] = {0x4d};
  check_bytes("engine: hss\ntile: {m: 1, n: 2, k: 4}\nhss: {g0: 4, h0: 4, g1: 2, h1: 4, a_g0: 2}\n",
              "run --a random:1x16:0 --b random:16x2:1", blocks, 16, blocks_b, sizeof blocks_b, blocks_m,
              sizeof blocks_m);
}

// ---- a node with a child too many

typedef struct Planted {
  uint64_t group;    // of all groups of B
  int rank, element; // the node: its first element in the group
} Planted;

static int child_width(const uint32_t *reg, int rank) {
  int width = 1;
  for (int below = 0; below < rank; below++)
    width *= (int)(reg[JOB_PATTERN] >> 8 * below & 0xff);
  return width;
}

// A random node of the rank in a random group, and one weight more in it than children may have some.
static Planted plant(const Plan *plan, const uint32_t *reg, int rank, Random *random, uint8_t *plain) {
  const int g[3] = {plan->hss.g0, plan->hss.g1, plan->hss.g2};
  int span = child_width(reg, 3), width = child_width(reg, rank), node = child_width(reg, rank + 1);
  int groups = (int)(reg[JOB_PANELS] * reg[JOB_STEPS]) * plan->n0 * plan->hss.groups;
  Planted at = {(uint64_t)random_between(random, 0, groups - 1), rank,
                random_between(random, 0, span / node - 1) * node};
  int first = random_between(random, 0, node / width - g[rank] - 1); // of G + 1 children side by side
  for (int child = first; child <= first + g[rank]; child++) {
    int word = at.element + child * width + random_between(random, 0, width - 1);
    plain[at.group * (uint64_t)span + (uint64_t)word] = 7;
  }
  return at;
}

static void check_offence(const Plan *plan, const uint32_t *reg, const Planted *at, const PackOffence *offence) {
  const int g[3] = {plan->hss.g0, plan->hss.g1, plan->hss.g2};
  uint64_t column = offence->word * (uint64_t)plan->n0 + offence->column;
  assert_int_equal(column * (uint64_t)plan->hss.groups + offence->group, at->group);
  assert_in_range(offence->column, 0, plan->n0 - 1);
  assert_in_range(offence->group, 0, plan->hss.groups - 1);
  assert_int_equal(offence->rank, at->rank);
  assert_int_equal(offence->element, at->element);
  assert_int_equal(offence->found, g[at->rank] + 1);
  assert_int_equal(offence->kept, g[at->rank]);
  assert_int_equal(offence->children, reg[JOB_PATTERN] >> 8 * at->rank & 0xff);
}

// Two offences in an empty B of 8-bit weights: the first is named.
static void check_planted(const Plan *plan, const Image *image, int ranks[2], Random *random) {
  const Job *job = &image->job;
  uint64_t bytes = pack_plain_bytes(plan, job);
  uint8_t *plain = calloc(bytes, 1), *b = calloc(job->b_bytes, 1), *m = calloc(job->m_bytes, 1);
  PackOffence offence;
  assert_true(plain && b && m);
  assert_true(pack_structured(plan, job, plain, b, m, &offence));
  Planted one = plant(plan, job->reg, ranks[0], random, plain);
  Planted two = plant(plan, job->reg, ranks[1], random, plain);
  assert_false(pack_structured(plan, job, plain, b, m, &offence));
  if (one.group != two.group) check_offence(plan, job->reg, one.group < two.group ? &one : &two, &offence);
  free(plain);
  free(b);
  free(m);
}

static void test_offences(void **state) {
  (void)state;
  static const Case empty[] = {{"configs/hss_64.yaml", "run --a random:1x70:1 --b random:70x9:0"},
                               {"configs/nm24_64.yaml", "run --a random:1x45:1 --b random:45x6:0"},
                               {TILE_3X5X8, "run --a random:1x100:1 --b random:100x11:0"}};
  Random random = {4};
  for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
    Bench bench;
    Image image;
    open_bench(&empty[i], &bench);
    const Plan *p = &bench.plan;
    PackingChoice choice = choice_of(p, (HssPattern){{p->hss.h0, p->hss.h1, p->hss.h2}});
    assert_true(image_build(&bench.source, &choice, &image));
    for (int turn = 0; turn < 300; turn++) {
      int ranks = p->hss.h2 > 1 ? 3 : p->hss.h1 > 1 ? 2 : 1;
      check_planted(p, &image, (int[]){turn % ranks, turn / ranks % ranks}, &random);
    }
    image_free(&image);
    close_bench(&bench);
  }
}

// ---- the message, in the terms of the weights

typedef struct Told {
  const char *config, *words;
  int weights[5]; // places that are not zero, up to a negative one
  const char *want;
} Told;

static const Told told[] = {
    {"configs/nm24_64.yaml",
     "run --a random:1x45:1 --b random:45x6:0",
     {36 * 6 + 5, 37 * 6 + 5, 39 * 6 + 5, -1}, // column 5 of rows 36, 37 and 39
     "column 5 has 3 of 4 children of rank 0 that are not zero, 2 may, in the group from 36 on; "},
    {"configs/hss_64.yaml",
     "run --a random:1x70:1 --b random:70x9:0",
     {32 * 9 + 7, 36 * 9 + 7, 40 * 9 + 7, 48 * 9 + 7, 60 * 9 + 7},
     "column 7 has 5 of 8 children of rank 1 that are not zero, 4 may, in the group from 32 on; "},
    {"configs/nm24_64.yaml", // channels 4, 6 and 7 of output channel 6 at row 2, column 1 of the kernel
     "conv --input random:8x5x5:1 --weight random:8x8x3x2:0",
     {((6 * 8 + 4) * 3 + 2) * 2 + 1, ((6 * 8 + 6) * 3 + 2) * 2 + 1, ((6 * 8 + 7) * 3 + 2) * 2 + 1, -1},
     "column 6 under tap 2,1 has 3 of 4 children of rank 0 that are not zero, 2 may, in the group from 4 on; "},
    {"configs/nm24_64.yaml", // channels 4, 5 and 6 of the second of two groups of 8
     "conv --input random:16x5x5:1 --weight random:4x8x1x1:0 --groups 2",
     {3 * 8 + 4, 3 * 8 + 5, 3 * 8 + 6, -1},
     "column 3 under tap 0,0 has 3 of 4 children of rank 0 that are not zero, 2 may, in the group from 4 on; "},
};

static void test_told(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
    Bench bench;
    Image image;
    open_bench(&(Case){told[i].config, told[i].words}, &bench);
    for (int w = 0; w < 5 && told[i].weights[w] >= 0; w++)
      bench.workload.b.tensor.data[told[i].weights[w]] = -3;
    PackingChoice choice = choice_of(&bench.plan, (HssPattern){{4, bench.plan.hss.h1, 1}});
    listen_begin();
    assert_false(image_build(&bench.source, &choice, &image));
    listen_end();
    SAID(told[i].want);
    image_free(&image);
    close_bench(&bench);
  }
}

// ---- without --pattern: of those that the weights obey the one with the fewest steps

static void check_choice(const Bench *bench, Mode mode, HssPattern pattern) {
  Options options = {.mem_latency = 64};
  Chosen chosen;
  assert_int_equal(choose_image(&options, &bench->plan, &bench->workload, bench->plan.modes, &chosen), EXIT_CORRECT);
  assert_int_equal(chosen.image.job.mode, mode);
  assert_memory_equal(chosen.image.choice.h, choice_of(&bench->plan, pattern).h, sizeof chosen.image.choice.h);
  image_free(&chosen.image);
}

static void test_fewest_steps(void **state) {
  (void)state;
  static HssPattern patterns[HSS_PATTERNS];
  Bench bench;
  open_bench(&(Case){"configs/hss_64.yaml", "run --a random:2x192:1 --b random:192x9:1"}, &bench);
  Tensor *weights = &bench.workload.b.tensor;
  size_t size = (size_t)tensor_count(weights) * sizeof weights->data[0];
  int32_t *all = malloc(size);
  assert_non_null(all);
  memcpy(all, weights->data, size);
  int count = hss_patterns(&bench.plan, patterns);
  check_choice(&bench, MODE_DENSE, (HssPattern){{0}});
  for (int i = 0; i < count; i++) {
    prune_to(&bench, patterns[i], weights);
    check_choice(&bench, MODE_B, patterns[i]);
    memcpy(weights->data, all, size);
  }
  memset(weights->data, 0, size);
  check_choice(&bench, MODE_B, patterns[0]);
  free(all);
  close_bench(&bench);
}

// ---- the patterns of an engine: ../shared/design/engines.md, section 2

static const struct {
  const char *text;
  int kept, all;
} densities[] = {{"4:8/2:4", 1, 4}, {"4:7/2:4", 2, 7}, {"4:8/2:3", 1, 3}, {"4:6/2:4", 1, 3}, {"4:7/2:3", 8, 21},
                 {"4:5/2:4", 2, 5}, {"4:6/2:3", 4, 9}, {"4:8/2:2", 1, 2}, {"4:4/2:4", 1, 2}, {"4:5/2:3", 8, 15},
                 {"4:7/2:2", 4, 7}, {"4:6/2:2", 2, 3}, {"4:4/2:3", 2, 3}, {"4:5/2:2", 4, 5}};

static void test_densities(void **state) {
  (void)state;
  static HssPattern patterns[HSS_PATTERNS];
  Spec spec;
  Plan plan;
  assert_true(spec_read("configs/hss_1024.yaml", &spec) && plan_make(&spec, &plan));
  size_t count = sizeof densities / sizeof *densities;
  assert_int_equal(hss_patterns(&plan, patterns), count);
  for (size_t i = 0; i < count; i++) {
    char text[32];
    int kept, all;
    assert_string_equal(hss_text(&plan, patterns[i], text, sizeof text), densities[i].text);
    hss_density(&plan, patterns[i], &kept, &all);
    assert_int_equal(kept, densities[i].kept);
    assert_int_equal(all, densities[i].all);
  }
}

static void test_ranks_named(void **state) {
  (void)state;
  static HssPattern patterns[HSS_PATTERNS];
  Spec spec;
  Plan plan;
  char text[32];
  assert_true(spec_read("configs/nm24_64.yaml", &spec) && plan_make(&spec, &plan));
  assert_int_equal(hss_patterns(&plan, patterns), 2);
  assert_string_equal(hss_text(&plan, patterns[0], text, sizeof text), "2:4");
  assert_string_equal(hss_text(&plan, patterns[1], text, sizeof text), "2:3");
  const char *config = file_make("three.yaml", TILE_3X5X8, strlen(TILE_3X5X8));
  assert_true(spec_read(config, &spec) && plan_make(&spec, &plan));
  assert_int_equal(hss_patterns(&plan, patterns), 7);
  assert_string_equal(hss_text(&plan, patterns[0], text, sizeof text), "2:3/2:3/2:3");
  assert_string_equal(hss_text(&plan, patterns[1], text, sizeof text), "2:3/2:3/2:2");
  assert_string_equal(hss_text(&plan, patterns[3], text, sizeof text), "2:2/2:3/2:3");
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_decoded),   cmocka_unit_test(test_offences),
                                     cmocka_unit_test(test_told),      cmocka_unit_test(test_fewest_steps),
                                     cmocka_unit_test(test_densities), cmocka_unit_test(test_ranks_named),
                                     cmocka_unit_test(test_examples)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
