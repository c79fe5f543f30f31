// Random configurations, made from the table of keys: what is accepted builds without a fault, what is refused names a
// key, and doing as the message says, again and again, ends in a configuration that builds. LACUNA_SEED and
// LACUNA_CASES make it a hunt of any length.
#include "gen/bundle/bundle.h"
#include "gen/engine/engine.h"
#include "gen/hdl/hdl.h"
#include "gen/plan/plan_fields.h"
#include "harness/operand/random.h"
#include "tests/unit/support_plan.h"

#include <ctype.h>

enum { CASES = 400, BUILT_MACS = 128, TEXT = 2000, CORRECTIONS = 24, UNSET = -1 };

static const char *const parts[ENGINE_COUNT][4] = {
    [ENGINE_GRIFFIN] = {"sparse_a", "sparse_b", "sparse_ab", "window"},
    [ENGINE_SPARSE_A] = {"sparse_a", "window"},
    [ENGINE_SPARSE_B] = {"sparse_b", "window"},
    [ENGINE_SPARSE_AB] = {"sparse_ab", "window"},
    [ENGINE_HSS] = {"hss"},
    [ENGINE_OUTER] = {"outer"},
};
static const char *const common[] = {"", "tile", "data", "buffers", "memory"};

static Random dice;
static int values[KEY_COUNT]; // of a configuration; UNSET: not in the file
static int accepted;

static bool has_section(EngineKind engine, const char *section) {
  for (size_t i = 0; i < sizeof common / sizeof *common; i++)
    if (!strcmp(common[i], section)) return true;
  for (size_t i = 0; i < 4 && parts[engine][i]; i++)
    if (!strcmp(parts[engine][i], section)) return true;
  return false;
}

static int words_of(const SpecKey *key) {
  int words = 0;
  for (const char *c = key->words; *c; c++)
    words += *c == ' ';
  return words;
}

// Small numbers more often than large ones, and both ends.
static int draw(const SpecKey *key) {
  if (key->kind == FLAG) return random_between(&dice, 0, 1);
  if (key->kind == CHOICE) return random_between(&dice, 0, words_of(key) - 1);
  int span = key->high - key->low;
  for (int i = random_between(&dice, 0, 3); i > 0; i--)
    span = random_between(&dice, 0, span);
  int value = key->low + span;
  if (key->kind == POWER2)
    while (value & (value - 1))
      value &= value - 1;
  return value;
}

static void draw_configuration(void) {
  int engine = random_between(&dice, 0, ENGINE_COUNT - 1), sparse = random_between(&dice, 1, 4);
  for (int id = 0; id < KEY_COUNT; id++) {
    const SpecKey *key = spec_key((SpecKeyId)id);
    bool given = key->fallback == REQUIRED || random_between(&dice, 0, sparse) == 0;
    values[id] = given && has_section((EngineKind)engine, key->section) ? draw(key) : UNSET;
  }
  values[KEY_ENGINE] = engine;
  if (engine == ENGINE_OUTER && random_between(&dice, 0, 9)) values[KEY_TILE_K] = 1;
}

static bool is_section_used(const char *section) {
  for (int id = 0; id < KEY_COUNT; id++)
    if (!strcmp(spec_key((SpecKeyId)id)->section, section) && values[id] != UNSET) return true;
  return false;
}

static const char *configuration(void) {
  static char text[TEXT];
  const char *section = "";
  int used = 0;
  text[0] = 0;
  for (int id = 0; id < KEY_COUNT; id++) {
    const SpecKey *key = spec_key((SpecKeyId)id);
    char value[40];
    if (values[id] == UNSET) continue;
    spec_value_text((SpecKeyId)id, values[id], value, sizeof value);
    if (*section && strcmp(section, key->section) != 0) used += sprintf(text + used, "\n");
    if (*key->section && strcmp(section, key->section) != 0 && is_section_used(key->section))
      used += sprintf(text + used, "%s:\n", key->section);
    used += sprintf(text + used, "%s%s: %s\n", *key->section ? "  " : "", key->name, value);
    section = key->section;
  }
  return text;
}

// ---- a message taken at its word

// The key of that name, "hss.g0" or "g0"; without a section the one that is most like the key to blame.
static int key_named(const char *name, size_t length, int blamed) {
  int found = -1;
  for (int id = 0; id < KEY_COUNT; id++) {
    char path[64];
    spec_key_path((SpecKeyId)id, path, sizeof path);
    const SpecKey *key = spec_key((SpecKeyId)id);
    bool whole = strlen(path) == length && !strncmp(path, name, length);
    bool inner = strlen(key->name) == length && !strncmp(key->name, name, length);
    if (whole || (inner && blamed >= 0 && !strcmp(key->section, spec_key((SpecKeyId)blamed)->section))) return id;
    if (inner && found < 0) found = id;
  }
  return found;
}

static int key_at(int line, int col) {
  for (int id = 0; id < KEY_COUNT; id++)
    if (spec.keys[id].given && spec.keys[id].line == line && spec.keys[id].col == col) return id;
  return -1;
}

// Sets the keys named before the first number or truth value, else the one to blame, to it.
static bool obey(const char *legal, int blamed) {
  int named = 0;
  for (const char *c = legal; *c && *c != '\n';) {
    size_t length = strspn(c, "abcdefghijklmnopqrstuvwxyz_.0123456789");
    int key = length ? key_named(c, length, blamed) : -1;
    bool number = isdigit((unsigned char)*c), truth = length == 5 && !strncmp(c, "false", 5);
    if (key >= 0) {
      named++;
      values[key] = UNSET - 1; // to be set
    }
    if (number || truth) {
      if (!named && blamed < 0) return false;
      if (!named) values[blamed] = UNSET - 1;
      for (int id = 0; id < KEY_COUNT; id++)
        if (values[id] == UNSET - 1) values[id] = number ? atoi(c) : 0;
      return true;
    }
    c += length ? length : 1;
  }
  return false;
}

static bool correct(void) {
  int line = 0, col = 0;
  const char *place = strstr(test_said, "p.yaml:"), *legal = strstr(test_said, "legal: ");
  if (!place || sscanf(place, "p.yaml:%d:%d: ", &line, &col) != 2) return false;
  int blamed = key_at(line, col);
  if (blamed < 0) return false;
  if (legal) return obey(legal + strlen("legal: "), blamed);
  values[blamed] = UNSET;
  return strstr(test_said, "leave it out") != NULL;
}

static void build(const char *text) {
  if (plan.macs > BUILT_MACS || plan.m0 * plan.n0 > 4096) return;
  Design *design = bundle_design(&plan, "p.yaml");
  if (!design_check(design)) {
    design_report(design, stdout);
    fail_msg("a faulty design:\n%s", text);
  }
  design_free(design);
}

static void check_case(void) {
  char before[sizeof test_said] = "";
  draw_configuration();
  for (int i = 0; i < CORRECTIONS; i++) {
    const char *text = configuration();
    listen_begin();
    bool good = plan_text(text);
    listen_end();
    if (good) {
      accepted += i == 0;
      build(text);
      return;
    }
    if (!strcmp(before, test_said)) fail_msg("doing as it says changes nothing: %s%s", test_said, text);
    strcpy(before, test_said);
    if (!correct()) fail_msg("names no key or no legal value: %s%s", test_said, text);
  }
  fail_msg("never right: %s%s", test_said, configuration());
}

static int setting(const char *name, int fallback) {
  const char *text = getenv(name);
  return text ? atoi(text) : fallback;
}

static void test_random(void **state) {
  (void)state;
  int cases = setting("LACUNA_CASES", CASES);
  dice = (Random){(uint64_t)setting("LACUNA_SEED", 1)};
  for (int i = 0; i < cases; i++)
    check_case();
  assert_true(accepted > cases / 20 && accepted < cases);
}

// A hook that may not be missing is there, for all engines and for the parts that a plan says it has.
static void test_records(void **state) {
  (void)state;
  static const char *const configs[] = {"configs/dense_64.yaml", "configs/griffin_64.yaml",
                                        "configs/hss_64.yaml",   "configs/dsso_64.yaml",
                                        "configs/outer_32.yaml", "tests/configs/sparse_a_15_7_0.yaml"};
  for (int i = 0; engine_family(i); i++) {
    const EngineGen *gen = engine_family(i);
    assert_true(gen->parts && gen->nets && gen->waits && gen->operands && gen->build);
    assert_true(gen->needs && gen->modes && gen->print && gen->format);
    assert_true(!gen->keys || gen->first_key < gen->last_key);
  }
  for (size_t i = 0; i < sizeof configs / sizeof *configs; i++) {
    check_plan(configs[i], (Want[]){{NULL, 0}});
    const EngineGen *gen = gen_of(&plan);
    assert_true(!plan_has(&plan, PART_COMPRESSED_A) || gen->unpack_a);
    assert_true(!plan_has(&plan, PART_OFFSETS_A) || gen->check_a);
    assert_true(!plan_has(&plan, PART_REPORTS) || (gen->report && gen->reports));
    assert_true(!plan_has(&plan, PART_LANES) || (gen->element && gen->words));
  }
}

// No field has two rows.
static void test_fields(void **state) {
  (void)state;
  for (size_t i = 0; i < plan_field_count(); i++)
    for (size_t j = 0; j < i; j++)
      assert_string_not_equal(plan_field(i)->name, plan_field(j)->name);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_records), cmocka_unit_test(test_fields),
                                     cmocka_unit_test(test_random)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
