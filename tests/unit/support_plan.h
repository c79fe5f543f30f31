// What the tests of the plan share: a plan from a text or a file, and its fields against figures worked out by hand.
#ifndef LACUNA_SUPPORT_PLAN_H
#define LACUNA_SUPPORT_PLAN_H

#include "gen/info/info.h"
#include "gen/plan/plan_fields.h"
#include "gen/spec/spec.h"
#include "tests/unit/support.h"

static Spec spec;
static Plan plan;

static inline bool plan_text(const char *text) {
  return spec_read(file_make("p.yaml", text, strlen(text)), &spec) && plan_make(&spec, &plan);
}

// The plan of a small dense engine, named test, and a folder.
static inline int plan_setup(void **state) {
  static const char text[] = "engine: dense\ntile: {m: 2, n: 4, k: 8}\n";
  if (folder_setup(state)) return -1;
  return spec_read(file_make("test.yaml", text, sizeof text - 1), &spec) && plan_make(&spec, &plan) ? 0 : -1;
}

typedef struct Want {
  const char *field;
  int value;
} Want;

static inline void check_plan(const char *path, const Want *wants) {
  assert_true(spec_read(path, &spec));
  assert_true(plan_make(&spec, &plan));
  for (const Want *want = wants; want->field; want++) {
    size_t i = 0;
    while (strcmp(plan_field(i)->name, want->field) != 0)
      assert_true(++i < plan_field_count());
    if (plan_field_value(&plan, i) != want->value)
      fail_msg("%s: %s is %d, not %d", path, want->field, plan_field_value(&plan, i), want->value);
  }
}

typedef struct Refusal {
  const char *text, *want; // the message, or a part of it
} Refusal;

static inline void check_refused(const Refusal *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    listen_begin();
    bool good = plan_text(cases[i].text);
    listen_end();
    if (good) fail_msg("accepted: %s", cases[i].text);
    SAID("p.yaml:");
    SAID(cases[i].want);
  }
}

static inline void check_accepted(const char *const *texts, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!plan_text(texts[i])) fail_msg("refused: %s", texts[i]);
}

static inline void check_format(const char *config, int place, const char *want) {
  char text[256];
  check_plan(config, (Want[]){{NULL, 0}});
  if (!strstr(info_format(&plan, place, text, sizeof text), want)) fail_msg("\"%s\" lacks \"%s\"", text, want);
}

#endif
