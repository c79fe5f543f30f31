// What `info` tells of a plan: the JSON form, modes, formats and the text.
#include "gen/engine/engine_common.h"
#include "tests/unit/support_plan.h"

static json_t *register_named(json_t *registers, const char *name) {
  size_t i;
  json_t *row;
  json_array_foreach(registers, i, row) if (!strcmp(json_string_value(json_object_get(row, "name")), name)) return row;
  fail_msg("no register %s", name);
  return NULL;
}

static void test_info_json(void **state) {
  (void)state;
  check_plan("configs/dense_1024.yaml", (Want[]){{NULL, 0}});
  json_t *info = info_json(&plan);
  assert_non_null(info);
  json_t *buffers = json_object_get(info, "buffers"), *order = json_object_get(info, "loop_order");
  static const double kib[] = {512, 256, 6, 8}, needs[] = {64, 256, 192, 64};
  for (size_t i = 0; i < 4; i++) {
    json_t *row = json_array_get(buffers, i);
    assert_true(json_real_value(json_object_get(row, "kib")) == kib[i]);
    assert_true(json_real_value(json_object_get(row, "needs_bytes_per_cycle")) == needs[i]);
  }
  assert_int_equal(json_integer_value(json_object_get(order, "resident_k")), 16384);
  assert_int_equal(json_integer_value(json_object_get(order, "n_for_a")), 64);
  assert_int_equal(json_integer_value(json_object_get(order, "m_for_b")), 64);
  assert_int_equal(json_integer_value(json_object_get(json_object_get(info, "tile"), "n")), 16);
  json_t *watchdog = register_named(json_object_get(info, "registers"), "WATCHDOG");
  assert_int_equal(json_integer_value(json_object_get(watchdog, "offset")), 0x034);
  json_t *act_min = register_named(json_object_get(info, "registers"), "ACT_MIN");
  assert_true(json_integer_value(json_object_get(act_min, "reset")) == 0x80000000);
  json_decref(info);
}

// What a multiplier of the paper's core chooses from, written down a second time (engines.md, section 1).
static void test_info_modes(void **state) {
  (void)state;
  static const InfoMode want[] = {{"dense", "", 1, 1, 1, 1, 1},
                                  {"a", "A(2,1,1,on)", 3, 3, 9, 5, 2},
                                  {"b", "B(8,0,1,on)", 9, 1, 9, 1, 2},
                                  {"ab", "AB(2,0,0,2,0,1,on)", 9, 3, 9, 3, 2}};
  check_plan("configs/griffin_1024.yaml", (Want[]){{NULL, 0}});
  InfoMode rows[MODES_MOST];
  assert_int_equal(engine_modes(&plan, rows), 4);
  for (size_t i = 0; i < 4; i++) {
    assert_string_equal(rows[i].name, want[i].name);
    assert_string_equal(rows[i].borrowing, want[i].borrowing);
    assert_memory_equal(&rows[i].steps, &want[i].steps, 5 * sizeof(int));
  }
  check_plan("configs/dense_64.yaml", (Want[]){{NULL, 0}});
  assert_int_equal(engine_modes(&plan, rows), 1);
}

static void test_info_formats(void **state) {
  (void)state;
  check_format("configs/griffin_64.yaml", FORMAT_M, "16 codes of 5 bits and 6 bits of header");
}

static void test_info_text(void **state) {
  (void)state;
  char *text = NULL;
  size_t size;
  check_plan("tests/configs/tile_3x5x4.yaml", (Want[]){{NULL, 0}});
  FILE *out = open_memstream(&text, &size);
  info_text(&plan, out);
  fclose(out);
  static const char *const wants[] = {"multipliers  60\n", "3 rows x 5 columns, 4 elements of K a step",
                                      "CYC_WAIT_META", "ceil(N/5) * ceil(K/4) <= 102 steps",
                                      "in pieces of up to 40 columns"};
  for (size_t i = 0; i < sizeof wants / sizeof *wants; i++)
    if (!strstr(text, wants[i])) fail_msg("info lacks \"%s\"", wants[i]);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_info_json), cmocka_unit_test(test_info_modes),
                                     cmocka_unit_test(test_info_formats), cmocka_unit_test(test_info_text)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
