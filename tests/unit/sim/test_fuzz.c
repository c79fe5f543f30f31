// Mutated files into every reader, and random configurations through the whole generator. What a reader accepts must
// hold its own promises; what the generator accepts must pass its own check. The seeds are fixed; a crash names the
// round.
#include "gen/bundle/bundle.h"
#include "gen/spec/spec.h"
#include "harness/operand/operand.h"
#include "harness/operand/random.h"
#include "tests/unit/support_zip.h"

enum { ROUNDS = 1500, SIZE = 2048 };

static Random dice = {20};

static uint32_t below(uint32_t n) {
  return (uint32_t)(random_next(&dice) >> 32) % n;
}

// ---- mutations

static const char *const words[] = {"-1",      "0",     "4294967296", "99999999999999999999",
                                    "nan",     "1e999", "(",          ")",
                                    "{",       "}",     ": ",         ", ",
                                    "\n",      "\t",    "'",          "\"",
                                    "complex", "<f4"};

static size_t overwrite(uint8_t *bytes, size_t size, const void *what, size_t length) {
  size_t at = below((uint32_t)size);
  if (at + length > SIZE) return size;
  memcpy(bytes + at, what, length);
  return at + length > size ? at + length : size;
}

static size_t insert(uint8_t *bytes, size_t size, const void *what, size_t length) {
  size_t at = below((uint32_t)size + 1);
  if (size + length > SIZE) return size;
  memmove(bytes + at + length, bytes + at, size - at);
  memcpy(bytes + at, what, length);
  return size + length;
}

static size_t delete_some(uint8_t *bytes, size_t size) {
  size_t at = below((uint32_t)size), length = 1 + below(9);
  if (at + length >= size) return at + 1;
  memmove(bytes + at, bytes + at + length, size - at - length);
  return size - length;
}

static size_t mutate(uint8_t *bytes, size_t size) {
  const char *word = words[below(sizeof words / sizeof *words)];
  uint8_t copy[64];
  size_t from = below((uint32_t)size), length = size - from < sizeof copy ? size - from : sizeof copy;
  switch (below(7)) {
  case 0:
    bytes[from] ^= (uint8_t)(1 << below(8));
    return size;
  case 1:
    bytes[from] = (uint8_t)below(256);
    return size;
  case 2:
    return overwrite(bytes, size, word, strlen(word));
  case 3:
    return insert(bytes, size, word, strlen(word));
  case 4:
    return delete_some(bytes, size);
  case 5:
    memcpy(copy, bytes + from, length);
    return insert(bytes, size, copy, length);
  default:
    return below(8) ? size : from + 1;
  }
}

typedef void FileCheck(const char *path);

static void fuzz(const char *name, const void *seed, size_t size, FileCheck *check) {
  listen_begin();
  for (int round = 0; round < ROUNDS; round++) {
    uint8_t bytes[SIZE];
    memcpy(bytes, seed, size);
    size_t length = size;
    for (uint32_t i = 0; i < 1 + below(4); i++)
      length = mutate(bytes, length);
    const char *path = file_make(name, bytes, length);
    check(path);
    if (round % 100 == 0) assert_int_equal(ftruncate(2, 0), 0); // messages are not kept
  }
  listen_end();
}

// ---- readers

static void check_operand(const char *path) {
  OperandRule rule = {.option = "--a",
                      .kind = OPERAND_A,
                      .ndim = 2,
                      .shape = "M x K",
                      .bits = 8,
                      .is_signed = true,
                      .random_values = true,
                      .seed = 1};
  Operand operand = {0};
  if (!operand_load(path, &rule, &operand)) return;
  assert_int_equal(operand.tensor.ndim, 2);
  assert_true(operand.tensor.shape[0] > 0 && operand.tensor.shape[1] > 0);
  int64_t count = tensor_count(&operand.tensor);
  for (int64_t i = 0; i < count; i++)
    assert_true(operand.tensor.data[i] >= -128 && operand.tensor.data[i] <= 127);
  operand_free(&operand);
}

// Of two arrays one is asked for, now the stored one, now the deflated.
static void check_member(const char *path) {
  static bool second;
  char name[300];
  snprintf(name, sizeof name, "%s:%s", path, second ? "second" : "first");
  second = !second;
  check_operand(name);
}

static void npy_files(void **state) {
  (void)state;
  char seed[128 + 48];
  memset(seed, ' ', sizeof seed);
  memcpy(seed, "\x93NUMPY\x01\x00\x76\x00", 10);
  memcpy(seed + 10, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }", 59);
  seed[127] = '\n';
  float values[12] = {1.5f, -2, 0, 3, 0.25f, 7, -8, 9, 10, 0, 12, 1e-3f};
  memcpy(seed + 128, values, sizeof values);
  fuzz("f.npy", seed, sizeof seed, check_operand);
  memcpy(seed + 10, "{'descr': '|i1', 'fortran_order': True,  'shape': (6, 8), }", 59);
  fuzz("i.npy", seed, sizeof seed, check_operand);
}

static void gzip_files(void **state) {
  (void)state;
  static const char text[] = "%%MatrixMarket matrix coordinate integer general\n2 3 2\n1 3 -7\n2 1 9\n";
  uint8_t packed[SIZE];
  fuzz("f.mtx.gz", packed, gzip_bytes(text, sizeof text - 1, packed, sizeof packed), check_operand);
}

static void npz_files(void **state) {
  (void)state;
  uint8_t npy[256];
  ZipFile zip = {.size = 0};
  size_t size = npy_bytes(npy, "\1\2\3\4", 4);
  zip_add(&zip, "first.npy", npy, size, false);
  zip_add(&zip, "second.npy", npy, size, true);
  zip_end(&zip);
  fuzz("f.npz", zip.bytes, zip.size, check_member);
}

static void mtx_files(void **state) {
  (void)state;
  static const char list[] =
      "%%MatrixMarket matrix coordinate real general\n% words\n5 6 4\n1 1 5\n2 3 -1.5\n5 6 2\n3 3 1e2\n";
  static const char array[] = "%%MatrixMarket matrix array integer symmetric\n3 3\n1\n-2\n3\n4\n5\n6\n";
  static const char pattern[] = "%%MatrixMarket matrix coordinate pattern skew-symmetric\n4 4 2\n2 1\n4 3\n";
  fuzz("list.mtx", list, sizeof list - 1, check_operand);
  fuzz("array.mtx", array, sizeof array - 1, check_operand);
  fuzz("pattern.mtx", pattern, sizeof pattern - 1, check_operand);
}

static void smtx_files(void **state) {
  (void)state;
  static const char seed[] = "4, 9, 6\n0 2 3 3 6\n1 8 0 2 4 7\n";
  fuzz("seed.smtx", seed, sizeof seed - 1, check_operand);
}

// ---- configurations

static void check_design(const Plan *plan, const char *path) {
  Design *design = bundle_design(plan, path);
  bool good = design_check(design);
  if (!good) design_report(design, stdout);
  design_free(design);
  assert_true(good);
}

static void check_config(const char *path) {
  Spec spec;
  Plan plan;
  if (spec_read(path, &spec) && plan_make(&spec, &plan) && plan.macs <= 128) check_design(&plan, path);
}

static void mutated_configurations(void **state) {
  (void)state;
  static const char seed[] =
      "# words\nengine: dense\ntile: {m: 2, n: 3, k: 4}\ndata: {bits: 8, a_signed: true}\n"
      "buffers: {a_kib: 2, b_kib: 4, c_kib: 1}\nmemory:\n  bus_bits: 64\n  burst_beats: 16\nram: infer\n";
  fuzz("c.yaml", seed, sizeof seed - 1, check_config);
}

static uint32_t power(uint32_t low, uint32_t high) { // exponents
  return 1u << (low + below(high - low + 1));
}

static int random_text(char *text, size_t size) {
  static const char *const bools[] = {"true", "false"};
  uint32_t m = 1 + below(power(0, 4)), n = 1 + below(power(0, 6)), k = power(0, 4), burst = 1 + below(256);
  return snprintf(text, size,
                  "engine: dense\ntile: {m: %u, n: %u, k: %u}\ndata: {bits: %u, a_signed: %s, a_zero_point: %s}\n"
                  "buffers: {a_kib: %u}\nmemory: {bus_bits: %u, address_bits: %u, burst_beats: %u, outstanding: %u}\n"
                  "counters: %s\nmultiplier: %s\nram: %s\n",
                  m, n, k, power(2, 4), bools[below(2)], bools[below(2)], m * power(0, 6), power(5, 9), 32 + below(33),
                  burst, 2 + below(63), below(2) ? "full" : "lean", below(2) ? "array" : "operator",
                  below(4) ? "infer" : "blackbox");
}

// Blocks that divide the array or don't, all sizes of tiles, banks, k-tiles and buffers.
static int outer_text(char *text, size_t size) {
  static const char *const bools[] = {"true", "false"};
  uint32_t p = power(0, 3), q = power(1, 4), t = power(4, 6), burst = 1 + below(256);
  char banks[24] = "", stores[24] = "";
  if (below(2)) snprintf(banks, sizeof banks, ", banks: %u", power(1, 6));
  if (below(2)) snprintf(stores, sizeof stores, ", b_kib: %u", power(0, 9));
  return snprintf(text, size,
                  "engine: outer\ntile: {m: %u, n: %u, k: 1}\n"
                  "outer: {tile: %u, block_m: %u, block_n: %u, window: %u, k_tile: %u, slots: %u%s}\n"
                  "data: {bits: %u, a_signed: %s, a_zero_point: %s}\nbuffers: {a_kib: %u%s}\n"
                  "memory: {bus_bits: %u, address_bits: %u, burst_beats: %u, outstanding: %u}\n"
                  "counters: %s\nmultiplier: %s\nram: %s\n",
                  p * power(0, 3), q * power(0, 2), t, p, q, 1 + below(16), power(1, 6), power(1, 3), banks,
                  power(2, 4), bools[below(2)], bools[below(2)], power(0, 10), stores, power(5, 9), 32 + below(33),
                  burst, 2 + below(63), below(2) ? "full" : "lean", below(2) ? "array" : "operator",
                  below(4) ? "infer" : "blackbox");
}

static void build_random(int rounds, int least, int (*write)(char *text, size_t size)) {
  int built = 0;
  listen_begin();
  for (int round = 0; round < rounds; round++) {
    char text[512];
    int length = write(text, sizeof text);
    const char *path = file_make("random.yaml", text, (size_t)length);
    Spec spec;
    Plan plan;
    if (!spec_read(path, &spec) || !plan_make(&spec, &plan) ||
        (plan.engine == ENGINE_OUTER ? plan.macs > 512 : plan.m0 * plan.n0 > 100))
      continue;
    check_design(&plan, path);
    built++;
  }
  listen_end();
  assert_true(built > least);
}

static void random_configurations(void **state) {
  (void)state;
  build_random(400, 100, random_text);
}

static void random_outer_products(void **state) {
  (void)state;
  build_random(600, 100, outer_text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(npy_files),
      cmocka_unit_test(gzip_files),
      cmocka_unit_test(npz_files),
      cmocka_unit_test(mtx_files),
      cmocka_unit_test(smtx_files),
      cmocka_unit_test(mutated_configurations),
      cmocka_unit_test(random_configurations),
      cmocka_unit_test(random_outer_products),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
