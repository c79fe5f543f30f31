// What the tests that run a generated accelerator share: its bundle, in the test's folder, and its model.
#ifndef LACUNA_TEST_SUPPORT_DEVICE_H
#define LACUNA_TEST_SUPPORT_DEVICE_H

#include "gen/base/paths.h"
#include "gen/bundle/bundle.h"
#include "gen/spec/spec.h"
#include "sim/device/dut.h"
#include "tests/unit/support.h"

#include <limits.h>

enum { BUNDLE_PATH = 256 }; // bytes, as those of file_path

// The plan of a configuration and its bundle, whose folder has the configuration's name.
static inline bool bundle_make(const char *config, Plan *plan, char bundle[BUNDLE_PATH]) {
  Spec spec;
  char rtl[PATH_MAX];
  if (!spec_read(config, &spec) || !plan_make(&spec, plan) || !paths_find("rtl", rtl, sizeof rtl)) return false;
  snprintf(bundle, BUNDLE_PATH, "%s", file_path(plan->name));
  return bundle_write(plan, config, rtl, bundle);
}

// The device of a bundle, in Verilator if the settings name no other backend. Models are kept where `lacuna run` keeps
// them.
static inline Dut *bundle_open(DutSettings settings, const Plan *plan, const char *bundle) {
  char cache[PATH_MAX], error[4096] = "";
  assert_true(paths_build("models", cache, sizeof cache));
  settings.bundle = bundle;
  settings.cache = cache;
  Dut *dut = dut_open(&settings, plan, error, sizeof error);
  if (!dut) fail_msg("%s", error);
  return dut;
}

#endif
