// What `lacuna pack` writes is enough for a driver that knows nothing else: the image, its regions and the values of
// the job registers, as they stand in the files, are given to the RTL, and the results are those of the golden
// reference.
#include "harness/cli/pack_verb.h"
#include "harness/workload/workload.h"

#include <jansson.h>

#include "tests/unit/support_device.h"
#include "tests/unit/support_rtl.h"

enum { STATUS = 0x24, DONE = 2, FAILED = 4 };

// A line is a configuration, the same with sizes alone in place of A's values, if those come later; and what both have
// behind them.
typedef struct Case {
  const char *config, *a, *sizes, *rest;
} Case;

static const Case cases[] = {
    {"configs/dense_64.yaml", "--a random:9x33:0.5:3", NULL, "--b random:33x13:0.4"},
    {"configs/dense_64.yaml", "--input random:5x7x6:0.5:3", "--input 5x7x6",
     "--weight random:12x5x3x3:0.5 --pad 1 --base 0x80000000"},
    {"configs/dense_64.yaml", "--input random:4x7x6:0.5:3", NULL,
     "--weight random:9x4x3x3:0.5 --pad 1 --stride 2 --out-type int8 --a-scale 0.02 --b-scale 0.01 --out-scale 0.1 "
     "--out-zero -7 --activation relu6"},
    {"configs/griffin_64.yaml", "--input random:6x5x6:0.5:3", "--input 6x5x6",
     "--weight random:12x6x3x3:0.3 --out-type int8 --a-scale 0.02 --b-scale 0.01 --out-scale 0.2 --base 0xff0000000"},
    {"configs/griffin_64.yaml", "--a random:20x70:0.3:3", NULL, "--b random:70x19:0.3 --mode ab"},
    {"configs/hss_64.yaml", "--a random:6x40:0.5:3", "--a 6x40", "--b random:40x9:1 --pattern 4:8/2:4 --prune"},
    {"configs/hss_64.yaml", "--input random:9x4x5:0.5:3", "--input 9x4x5", "--weight random:8x9x3x3:1 --pad 1"},
    {"configs/dsso_64.yaml", "--a random:5x24:1:3", NULL, "--b random:24x9:0.5 --mode dense"},
    {"configs/outer_32.yaml", "--input random:8x6x7:0.4:3", "--input 8x6x7",
     "--weight random:9x8x3x3:0.4 --pad 1 --groups 1 --out-type int8 --a-scale 1 --b-scale 1 --out-scale 16"},
    {"configs/outer_32.yaml", "--a random:30x40:0.2:3", NULL, "--b random:40x35:0.2"},
    {"tests/configs/outer_4x4_zero_point.yaml", "--a random:9x20:0.4:3", "--a 9x20", "--b random:20x9:0.5 --a-zero 5"},
};

static char image_path[256];

static json_t *pack(const Case *c, const char *a) {
  char line[LINE];
  Options options;
  snprintf(image_path, sizeof image_path, "%s", file_path("image.bin"));
  assert_true(snprintf(line, sizeof line, "pack %s %s %s -o %s", c->config, a, c->rest, image_path) < LINE);
  read_words(line, &options);
  assert_int_equal(pack_run(&options), EXIT_CORRECT);
  json_t *map = json_load_file(file_path("image.bin.json"), 0, NULL);
  assert_non_null(map);
  return map;
}

// ---- the driver: reads the two files and nothing else

static int64_t number(const json_t *object, const char *key) {
  const json_t *value = json_object_get(object, key);
  assert_true(json_is_integer(value));
  return json_integer_value(value);
}

static const json_t *find_region(const json_t *map, const char *name) {
  size_t i;
  const json_t *region;
  json_array_foreach(json_object_get(map, "regions"), i, region) {
    if (!strcmp(json_string_value(json_object_get(region, "name")), name)) return region;
  }
  fail_msg("no region %s", name);
  return NULL;
}

static uint8_t *read_image(const json_t *map) {
  size_t bytes = (size_t)number(map, "image_bytes");
  uint8_t *image = malloc(bytes + 1);
  FILE *file = fopen(image_path, "rb");
  assert_true(image && file);
  assert_int_equal(fread(image, 1, bytes + 1, file), bytes);
  fclose(file);
  return image;
}

static void load(Dut *dut, const json_t *map) {
  uint8_t *image = read_image(map);
  size_t i;
  const json_t *region, *reg;
  json_array_foreach(json_object_get(map, "regions"), i, region) {
    uint64_t address = (uint64_t)number(region, "address"), bytes = (uint64_t)number(region, "bytes");
    bool written = !strcmp(json_string_value(json_object_get(region, "access")), "write");
    assert_true(dut_memory_map(dut, address, bytes, written));
    if (written) continue;
    int64_t offset = number(region, "file_offset");
    assert_int_equal(offset, (int64_t)address - number(map, "image_address"));
    assert_true(dut_memory_write(dut, address, image + offset, bytes));
  }
  free(image);
  json_array_foreach(json_object_get(map, "registers"), i, reg)
      assert_true(dut_register_write(dut, (uint32_t)number(reg, "offset"), (uint32_t)number(reg, "value")));
}

static void start(Dut *dut) {
  uint32_t status;
  assert_int_equal(dut_run(dut, 1000000, NULL, NULL), DUT_DONE);
  assert_true(dut_register_read(dut, STATUS, &status));
  assert_int_equal(status & (DONE | FAILED), DONE);
}

static int32_t element(const uint8_t *bytes, bool narrow) {
  int32_t value;
  if (narrow) return (int8_t)bytes[0];
  memcpy(&value, bytes, sizeof value); // little endian, as this machine
  return value;
}

static void check_results(Dut *dut, const json_t *map, const Workload *w) {
  const json_t *result = json_object_get(map, "result"), *region = find_region(map, "c");
  bool narrow = !strcmp(json_string_value(json_object_get(result, "type")), "int8");
  int64_t rows = number(result, "rows"), columns = number(result, "columns"), pitch = number(result, "row_bytes");
  size_t bytes = (size_t)number(region, "bytes");
  uint8_t *c = malloc(bytes);
  assert_int_equal(rows, w->shape.m);
  assert_int_equal(columns, w->shape.n);
  assert_true(c && dut_memory_read(dut, (uint64_t)number(region, "address"), c, bytes));
  for (int64_t i = 0; i < rows * columns; i++)
    assert_int_equal(element(c + i / columns * pitch + i % columns * (narrow ? 1 : 4), narrow), w->expected.dense[i]);
  free(c);
}

// ---- the bench

static void load_golden(const Case *c, const Plan *plan, Workload *w) {
  char line[LINE];
  Options options;
  snprintf(line, sizeof line, "pack %s %s %s -o x", c->config, c->a,
           c->rest); // the words of pack, run and conv are one
  read_words(line, &options);
  assert_true(workload_load(&options, plan, w));
}

// Values of A that come later: rows of bytes, H x W x C of a feature map.
static void write_a(Dut *dut, const json_t *map, const Workload *w) {
  const json_t *region = find_region(map, "a");
  int64_t count = tensor_count(&w->a.tensor);
  assert_int_equal(number(region, "bytes"), count);
  for (int64_t i = 0; i < count; i++) {
    int8_t value = (int8_t)w->a.tensor.data[i];
    assert_true(dut_memory_write(dut, (uint64_t)(number(region, "address") + i), &value, 1));
  }
}

static void check_case(const Case *c) {
  Plan plan;
  Workload w = {0};
  char bundle[BUNDLE_PATH];
  assert_true(bundle_make(c->config, &plan, bundle));
  Dut *dut = bundle_open((DutSettings){.mem_latency = 20}, &plan, bundle);
  load_golden(c, &plan, &w);
  json_t *map = pack(c, c->a);
  load(dut, map);
  start(dut);
  check_results(dut, map, &w);
  json_decref(map);
  if (c->sizes) {
    dut_memory_unmap_all(dut);
    assert_true(dut_register_write(dut, STATUS, DONE));
    map = pack(c, c->sizes);
    load(dut, map);
    write_a(dut, map, &w);
    start(dut);
    check_results(dut, map, &w);
    json_decref(map);
  }
  workload_free(&w);
  dut_close(dut);
}

static void test_drivers(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    check_case(&cases[i]);
}

// Where the image is to lie, and what the map says of a convolution.
static void test_map(void **state) {
  (void)state;
  json_t *map = pack(&cases[1], cases[1].sizes);
  assert_string_equal(json_string_value(json_object_get(map, "work")), "convolution");
  assert_int_equal(number(map, "image_address"), 0x80000000);
  assert_int_equal(number(find_region(map, "a"), "address"), 0x80000000);
  const json_t *order = json_object_get(json_object_get(map, "result"), "order");
  assert_int_equal(json_integer_value(json_array_get(order, 0)), 7);
  assert_int_equal(json_integer_value(json_array_get(order, 1)), 6);
  assert_int_equal(json_integer_value(json_array_get(order, 2)), 12);
  json_decref(map);
  static const Case later = {"configs/griffin_64.yaml", NULL, NULL, "--b random:300x40:0.9"};
  map = pack(&later, "--a 80x300"); // nothing is known of A's zeros: those that stand for it must not count
  assert_string_equal(json_string_value(json_object_get(map, "mode")), "b");
  json_decref(map);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_drivers), cmocka_unit_test(test_map)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
