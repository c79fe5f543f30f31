// The records of each family of engines are whole: what every engine must have is there, and of hooks that belong
// together, and to a part that its devices have, there are all or none. Run from the project's folder.
#include "gen/engine/engine.h"
#include "harness/engine/engine_pack.h"
#include "harness/golden/golden.h"
#include "sim/model/engine.h"
#include "tests/unit/support.h"

#include <glob.h>

typedef struct Family {
  const char *name;
  const EngineGen *gen;
  const EngineModel *model;
  const EnginePack *pack;
  unsigned parts; // of any of its configurations
  bool devices, lanes, passes, blocks, own_job;
} Family;

#define FAMILY(family)                                                                                                 \
  extern const EngineModel engine_model_##family;                                                                      \
  extern const EnginePack engine_pack_##family;                                                                        \
  extern const EngineGen engine_gen_##family;
#include "gen/rows/engines.h"

static Family families[] = {
#define FAMILY(family)                                                                                                 \
  {.name = #family, .gen = &engine_gen_##family, .model = &engine_model_##family, .pack = &engine_pack_##family},
#include "gen/rows/engines.h"
};

#define FOR_FAMILIES(f) for (Family *f = families; f < families + sizeof families / sizeof *families; f++)

static Family *family_of(const Plan *plan) {
  FOR_FAMILIES(f)
  if (f->gen == gen_of(plan)) return f;
  fail_msg("no family has the engine of %s", plan->name);
  return NULL;
}

static int look_at_configurations(void **state) {
  (void)state;
  glob_t files;
  assert_int_equal(glob("configs/*.yaml", 0, NULL, &files), 0);
  assert_int_equal(glob("tests/configs/*.yaml", GLOB_APPEND, NULL, &files), 0);
  for (size_t i = 0; i < files.gl_pathc; i++) {
    Spec spec;
    Plan plan;
    assert_true(spec_read(files.gl_pathv[i], &spec) && plan_make(&spec, &plan));
    Family *f = family_of(&plan);
    f->devices = true;
    f->parts |= plan.parts;
    f->lanes |= plan_has(&plan, PART_LANES);
    f->own_job |= plan_has(&plan, PART_OWN_JOB);
    f->passes |= plan.words.passes > 1;
    f->blocks |= plan.words.a_block > 1;
  }
  globfree(&files);
  return 0;
}

// One implies the other.
#define TOGETHER(f, one, other)                                                                                        \
  if (!(one) != !(other)) fail_msg("%s: %s goes with %s, but one is missing", (f)->name, #one, #other)
#define NEEDED(f, hook)                                                                                                \
  if (!(f)->hook) fail_msg("%s: there is no %s", (f)->name, #hook)

static void test_generator(void **state) {
  (void)state;
  FOR_FAMILIES(f) {
    const EngineGen *gen = f->gen;
    NEEDED(f, devices);
    NEEDED(f, gen->parts);
    NEEDED(f, gen->build);
    TOGETHER(f, gen->nets, !f->own_job);
    TOGETHER(f, gen->waits, !f->own_job);
    TOGETHER(f, gen->operands, !f->own_job);
    NEEDED(f, gen->needs);
    NEEDED(f, gen->modes);
    NEEDED(f, gen->print);
    NEEDED(f, gen->format);
    TOGETHER(f, gen->keys, gen->first_key);
    TOGETHER(f, gen->keys, gen->last_key >= gen->first_key && gen->last_key);
    TOGETHER(f, gen->element, gen->words);
    TOGETHER(f, gen->report, gen->reports);
    TOGETHER(f, gen->reports, f->parts & PART_REPORTS);
    TOGETHER(f, gen->unpack_a, f->parts & PART_COMPRESSED_A);
    TOGETHER(f, gen->check_a, f->parts & PART_OFFSETS_A);
    TOGETHER(f, gen->b_buffer, !f->lanes && !f->own_job);
  }
}

// No two families have a key in common.
static void test_keys(void **state) {
  (void)state;
  const EngineGen *owner[KEY_COUNT] = {0};
  FOR_FAMILIES(f)
  for (SpecKeyId id = f->gen->first_key; f->gen->keys && id <= f->gen->last_key; id++) {
    if (owner[id]) fail_msg("%s has the key %s of another engine", f->name, spec_key(id)->name);
    owner[id] = f->gen;
  }
}

static void test_model(void **state) {
  (void)state;
  FOR_FAMILIES(f) {
    const EngineModel *model = f->model;
    NEEDED(f, model->step);
    TOGETHER(f, model->make, model->free);
    TOGETHER(f, model->sets, f->parts & PART_COMPRESSED_A);
    TOGETHER(f, model->records, !f->lanes && !f->own_job);
    TOGETHER(f, model->settle, f->own_job);
    assert_false(model->words && model->records);
    assert_true(!model->sets || (model->sets->ready && model->sets->cycle && model->make));
    assert_true(!model->records || (model->records->ready && model->records->cycle && model->make));
    assert_true(!model->words || (model->words->room && model->words->cycle && model->make));
  }
}

static void test_packer(void **state) {
  (void)state;
  FOR_FAMILIES(f) {
    const EnginePack *pack = f->pack;
    NEEDED(f, pack->golden);
    NEEDED(f, pack->golden->gemm);
    TOGETHER(f, pack->job, f->own_job);
    TOGETHER(f, pack->pack, f->parts & PART_META_B || f->own_job);
    if (f->parts & PART_META_B) NEEDED(f, pack->name);
    if (f->parts & PART_META_B) NEEDED(f, pack->choose);
    if (pack->nonzeros) NEEDED(f, pack->golden->sparse);
    TOGETHER(f, pack->spoil_b, f->parts & PART_META_B);
    TOGETHER(f, pack->spoil_a, f->parts & (PART_COMPRESSED_A | PART_OFFSETS_A));
    TOGETHER(f, pack->compress, f->parts & PART_COMPRESSED_A);
    TOGETHER(f, pack->steps, f->parts & PART_PATTERN);
    TOGETHER(f, pack->resize, !f->lanes && !f->own_job);
    TOGETHER(f, pack->in_passes, f->passes);
    TOGETHER(f, pack->a_in_blocks, f->blocks);
    TOGETHER(f, pack->a_in_blocks, pack->rows);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_generator), cmocka_unit_test(test_keys),
                                     cmocka_unit_test(test_model), cmocka_unit_test(test_packer)};
  return cmocka_run_group_tests(tests, look_at_configurations, NULL);
}
