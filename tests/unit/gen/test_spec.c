// The configuration reader: every key's range from both sides, defaults, positions, and a list of bad files with the
// message each must give.
#include "gen/info/info.h"
#include "gen/spec/spec.h"
#include "tests/unit/support.h"

#include <glob.h>

static Spec spec;

static bool read_text(const char *text) {
  return spec_read(file_make("c.yaml", text, strlen(text)), &spec);
}

// The parts of a text between dots, ..., must have been said, in this order.
static void said_parts(const char *text) {
  const char *at = test_said;
  while (*text) {
    char part[256];
    const char *end = strstr(text, "...");
    size_t length = end ? (size_t)(end - text) : strlen(text);
    snprintf(part, sizeof part, "%.*s", (int)length, text);
    at = strstr(at, part);
    if (!at) fail_msg("expected \"%s\" in \"%s\"", part, test_said);
    at += length;
    text += length + (end ? 3 : 0);
  }
}

// The error must stand at this place and contain this text, on one line.
static void check_bad_bytes(const char *bytes, size_t size, const char *want) {
  const char *path = file_make("c.yaml", bytes, size);
  char expected[256];
  listen_begin();
  bool good = spec_read(path, &spec);
  listen_end();
  if (good) fail_msg("accepted: %s", bytes);
  snprintf(expected, sizeof expected, "c.yaml:%s", want);
  said_parts(expected);
  assert_ptr_equal(strchr(test_said, '\n'), test_said + strlen(test_said) - 1);
}

static void check_bad(const char *text, const char *want) {
  check_bad_bytes(text, strlen(text), want);
}

#define MINIMAL "engine: dense\ntile: {m: 3, n: 5, k: 4}\n"
#define TOP                                                                                                            \
  "legal keys: engine, tile, sparse_a, sparse_b, sparse_ab, window, hss, outer, ...data, buffers, memory, counters, "  \
  "ram, "                                                                                                              \
  "multiplier, name"
#define LEGAL "legal: dense, griffin, sparse_a, sparse_b, sparse_ab, hss...outer...\n"

// Keys of other engines than these are known to the tests of those alone.
static bool is_known(int id) {
  const char *section = spec_key((SpecKeyId)id)->section;
  return !*section || strstr(TOP, section);
}

static void test_defaults(void **state) {
  (void)state;
  assert_true(read_text(MINIMAL));
  assert_string_equal(spec.name, "c");
  const int want[KEY_COUNT] = {
      [KEY_TILE_M] = 3,        [KEY_TILE_N] = 5,      [KEY_TILE_K] = 4,        [KEY_A_D1] = 2,
      [KEY_A_D2] = 1,          [KEY_A_D3] = 1,        [KEY_B_D1] = 8,          [KEY_B_D3] = 1,
      [KEY_AB_A1] = 2,         [KEY_AB_B1] = 2,       [KEY_AB_B3] = 1,         [KEY_SHUFFLE] = 1,
      [KEY_WRAP] = 1,          [KEY_HSS_G0] = 2,      [KEY_HSS_H0] = 4,        [KEY_HSS_G1] = 1,
      [KEY_HSS_G2] = 1,        [KEY_DATA_BITS] = 8,   [KEY_A_SIGNED] = 1,      [KEY_BUS_BITS] = 128,
      [KEY_OUTER_TILE] = 64,   [KEY_OUTER_P] = 4,     [KEY_OUTER_Q] = 8,       [KEY_OUTER_WINDOW] = 4,
      [KEY_OUTER_K_TILE] = 32, [KEY_OUTER_SLOTS] = 2, [KEY_ADDRESS_BITS] = 40, [KEY_BURST_BEATS] = 32,
      [KEY_OUTSTANDING] = 64};
  for (int id = 0; id < KEY_COUNT; id++)
    if (is_known(id)) assert_int_equal(spec.keys[id].value, want[id]);
}

// The mark of the byte order that editors put before UTF-8, alone and with their ends of lines.
static void test_mark(void **state) {
  (void)state;
  assert_true(read_text("\xef\xbb\xbf" MINIMAL));
  assert_true(read_text("\xef\xbb\xbf# made by an editor\r\nengine: dense\r\ntile: {m: 3, n: 5, k: 4}\r\n"));
  check_bad("\xef\xbb\xbf"
            "engine: Dense\n",
            "1:9: engine can't be 'Dense'");
  check_bad("\xef\xbb\xbf", "1:1: a configuration is one YAML mapping");
}

static void test_every_key(void **state) {
  (void)state;
  assert_true(read_text("# comment\r\n"
                        "multiplier: operator\r\n"
                        "ram: 'blackbox'\n"
                        "counters: \"lean\"\n"
                        "memory:\n"
                        "  bus_bits: 512\n"
                        "  address_bits: 64\n"
                        "  burst_beats: 256\n"
                        "  read_fifo_beats: 1024\n"
                        "  outstanding: 2\n"
                        "buffers: {a_kib: 7, b_kib: 8, c_kib: 9}\n"
                        "data: {bits: 4, a_signed: false, a_zero_point: true}\n"
                        "tile: {m: 64, n: 1, k: 64}\n"
                        "sparse_a: {d1: 15, d2: 7, d3: 3}\n"
                        "sparse_b: {d1: 14, d2: 6, d3: 2}\n"
                        "sparse_ab: {da1: 1, da2: 5, da3: 0, db1: 7, db2: 4, db3: 3}\n"
                        "window: {shuffle: false, wrap: false, run_on: true, supply: 16}\n"
                        "hss: {g0: 3, h0: 5, g1: 6, h1: 7, g2: 8, h2: 9, a_g0: 5, a_compressed: true}\n"
                        "outer: {tile: 16, block_m: 2, block_n: 4, banks: 32, window: 13, k_tile: 64, slots: 8}\n"
                        "engine: sparse_ab\n"
                        "name: acc0\n"));
  const int want[] = {4, 64, 1, 64, 15, 7, 3,  14, 6,  2, 1, 5, 0, 7, 4, 3, 0,   0,  1,   16,   3, 5, 6, 7, 8,
                      9, 5,  1, 16, 2,  4, 32, 13, 64, 8, 4, 0, 1, 7, 8, 9, 512, 64, 256, 1024, 2, 1, 1, 1, 0};
  size_t known = 0;
  for (int id = 0; id < KEY_COUNT; id++) {
    if (!is_known(id)) continue;
    assert_int_equal(spec.keys[id].value, want[known++]);
    assert_true(spec.keys[id].given);
  }
  assert_int_equal(known, sizeof want / sizeof *want);
  assert_int_equal(spec.keys[KEY_OUTSTANDING].line, 10);
  assert_int_equal(spec.keys[KEY_OUTSTANDING].col, 16);
  assert_int_equal(spec.keys[KEY_B_KIB].line, 11);
  assert_int_equal(spec.keys[KEY_B_KIB].col, 28);
}

// A whole configuration in which one number has this value.
static bool read_with(SpecKeyId id, int value) {
  char text[512];
  size_t used = (size_t)snprintf(text, sizeof text, "engine: dense\n");
  const SpecKey *key = spec_key(id);
  bool tile = strcmp(key->section, "tile") == 0;
  if (!tile) used += (size_t)snprintf(text + used, sizeof text - used, "tile: {m: 1, n: 1, k: 1}\n%s:\n", key->section);
  if (tile) used += (size_t)snprintf(text + used, sizeof text - used, "tile:\n");
  for (int other = KEY_TILE_M; tile && other <= KEY_TILE_K; other++)
    if (other != (int)id)
      used += (size_t)snprintf(text + used, sizeof text - used, "  %s: 1\n", spec_key((SpecKeyId)other)->name);
  snprintf(text + used, sizeof text - used, "  %s: %d\n", key->name, value);
  return read_text(text);
}

// Ranges written down here a second time, from the brief and not from the table.
static const struct {
  SpecKeyId id;
  int low, high;
  bool power;
} ranges[] = {
    {KEY_TILE_M, 1, 64, false},       {KEY_TILE_N, 1, 64, false},      {KEY_TILE_K, 1, 64, true},
    {KEY_DATA_BITS, 4, 16, true},     {KEY_BUS_BITS, 32, 512, true},   {KEY_ADDRESS_BITS, 32, 64, false},
    {KEY_A_D1, 1, 15, false},         {KEY_A_D2, 0, 7, false},         {KEY_A_D3, 0, 3, false},
    {KEY_B_D1, 1, 15, false},         {KEY_B_D2, 0, 7, false},         {KEY_B_D3, 0, 3, false},
    {KEY_AB_A1, 1, 7, false},         {KEY_AB_A2, 0, 7, false},        {KEY_AB_A3, 0, 0, false},
    {KEY_AB_B1, 1, 7, false},         {KEY_AB_B2, 0, 7, false},        {KEY_AB_B3, 0, 3, false},
    {KEY_SUPPLY, 1, 16, false},       {KEY_HSS_G0, 1, 16, false},      {KEY_HSS_H0, 1, 16, false},
    {KEY_HSS_G1, 1, 16, false},       {KEY_HSS_H1, 1, 16, false},      {KEY_HSS_G2, 1, 16, false},
    {KEY_HSS_H2, 1, 16, false},       {KEY_HSS_A_G0, 1, 8, false},     {KEY_OUTER_TILE, 16, 64, true},
    {KEY_OUTER_P, 1, 8, true},        {KEY_OUTER_Q, 2, 16, true},      {KEY_OUTER_BANKS, 2, 64, true},
    {KEY_OUTER_WINDOW, 1, 16, false}, {KEY_OUTER_K_TILE, 2, 64, true}, {KEY_OUTER_SLOTS, 2, 8, true},
    {KEY_BURST_BEATS, 1, 256, false}, {KEY_OUTSTANDING, 2, 64, false}, {KEY_READ_FIFO_BEATS, 2, 4096, true},
};

static void test_ranges(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
    for (int value = 0; value <= ranges[i].high + 2; value++) {
      bool legal = value >= ranges[i].low && value <= ranges[i].high;
      if (ranges[i].power && (value & (value - 1))) legal = false;
      listen_begin();
      bool good = read_with(ranges[i].id, value);
      listen_end();
      if (good != legal) fail_msg("key %d value %d: %s", (int)ranges[i].id, value, good ? "accepted" : test_said);
    }
}

static const struct {
  const char *text, *want;
} bad[] = {
    // the file as a whole
    {"", "1:1: a configuration is one YAML mapping"},
    {"# nothing\n", "2:1: a configuration is one YAML mapping"},
    {"dense\n", "1:1: a configuration is one YAML mapping"},
    {"- engine: dense\n", "1:1: a configuration is one YAML mapping"},
    {"{}\n", "1:1: engine is missing; " LEGAL},
    {"--- {}\n", "1:1: engine is missing"},
    {MINIMAL "---\nengine: dense\n", "3:1: a second document starts here; a configuration has one\n"},
    {MINIMAL "...\nmore\n", "4:1: did not find expected <document start>"},
    // keys
    {"engine: dense\nfoo: 1\n", "2:1: unknown key 'foo'; " TOP "\n"},
    {"engine: dense\ntile.m: 1\n", "2:1: unknown key 'tile.m'; "},
    {"engine: dense\n\"\": 1\n", "2:1: unknown key ''; "},
    {"engine: dense\nm: 1\n", "2:1: unknown key 'm'; "},
    {"Engine: dense\n", "1:1: unknown key 'Engine'; "},
    {"\"engine\\0x\": dense\n", "1:1: unknown key 'engine?x'; "},
    {"\"tile\\0x\": {m: 1}\n", "1:1: unknown key 'tile?x'; "},
    {"\"\\e[31m\": dense\n", "1:1: unknown key '?[31m'; "},
    {"<<: {engine: dense}\n", "1:1: unknown key '<<'; "},
    {"tile: {m: 1, q: 2}\n", "1:14: unknown key 'q' in tile; legal keys: m, n, k\n"},
    {"tile: {tile: 1}\n", "1:8: unknown key 'tile' in tile; legal keys: m, n, k\n"},
    {"memory: {engine: dense}\n", "1:10: unknown key 'engine' in memory; legal keys: bus_bits, address_bits, "},
    {"? [a, b]\n: 1\n", "1:3: a key must be a plain name"},
    {"tile: {{m: 1}: 2}\n", "1:8: a key in tile must be a plain name"},
    {"engine: dense\nengine: dense\n", "2:1: engine is given twice; it stood in line 1 already\n"},
    {"tile: {m: 1,\n m: 1}\n", "2:2: tile.m is given twice; it stood in line 1 already\n"},
    {"tile: {m: 1}\ntile: {n: 1}\n", "2:1: tile is given twice; put all its keys in one place\n"},
    // missing
    {"tile: {m: 1, n: 1, k: 1}\n", "1:1: engine is missing; " LEGAL},
    {"engine: dense\n", "1:1: tile.m is missing; legal: a whole number from 1 to 64\n"},
    {"engine: dense\ntile: {m: 1, n: 1}\n", "2:7: tile.k is missing; legal: 1, 2, 4, 8, 16, 32 or 64\n"},
    {"engine: dense\ntile:\n  k: 1\n", "3:3: tile.m is missing"},
    {"engine: dense\ntile: {}\n", "2:7: tile.m is missing"},
    // values
    {"engine: nonsense\n", "1:9: engine can't be 'nonsense'; " LEGAL},
    {"engine: Dense\n", "1:9: engine can't be 'Dense'; "},
    {"engine: dens\n", "1:9: engine can't be 'dens'; "},
    {"engine: 'dense '\n", "1:9: engine can't be 'dense '; "},
    {"engine:\n", "1:8: engine can't be ''; " LEGAL},
    {"engine: [dense]\n", "1:9: engine must be a single value; " LEGAL},
    {"engine: {dense: 1}\n", "1:9: engine must be a single value"},
    {"engine: \"dense\\0\"\n", "1:9: engine can't be 'dense?'"},
    {"tile: 4\n", "1:7: tile must be a mapping; legal keys: m, n, k\n"},
    {"tile:\n", "1:6: tile must be a mapping; "},
    {"tile: [1, 2, 4]\n", "1:7: tile must be a mapping; "},
    {"tile: {m: 0}\n", "1:11: tile.m can't be '0'; legal: a whole number from 1 to 64\n"},
    {"tile: {m: 65}\n", "1:11: tile.m can't be '65'; "},
    {"tile: {m: -1}\n", "1:11: tile.m can't be '-1'; "},
    {"tile: {m: +1}\n", "1:11: tile.m can't be '+1'; write 1\n"},
    {"tile: {m: 04}\n", "1:11: tile.m can't be '04'; write 4\n"},
    {"tile: {m: 0x4}\n", "1:11: tile.m can't be '0x4'; write 4\n"},
    {"tile: {m: 4.0}\n", "1:11: tile.m can't be '4.0'; write 4\n"},
    {"tile: {m: 4e0}\n", "1:11: tile.m can't be '4e0'; write 4\n"},
    {"tile: {m: 1_0}\n", "1:11: tile.m can't be '1_0'; "},
    {"tile: {m: '4'}\n", "1:11: tile.m can't be '4'; quotes make it a text, write 4\n"},
    {"tile: {k: \"8\"}\n", "1:11: tile.k can't be '8'; quotes make it a text, write 8\n"},
    {"tile: {k: '12'}\n", "1:11: tile.k can't be '12'; legal: 1, 2, 4, 8, 16, 32 or 64\n"},
    {"tile: {m: four}\n", "1:11: tile.m can't be 'four'; "},
    {"tile: {m: true}\n", "1:11: tile.m can't be 'true'; "},
    {"tile: {m: ~}\n", "1:11: tile.m can't be '~'; "},
    {"tile: {m: }\n", "1:11: tile.m can't be ''; "},
    {"tile: {m: 4294967300}\n", "1:11: tile.m can't be '4294967300'; "},
    {"tile: {m: 18446744073709551620}\n", "1:11: tile.m can't be '18446744073709551620'; "},
    {"tile: {m: [1]}\n", "1:11: tile.m must be a single value; "},
    {"tile: {k: 12}\n", "1:11: tile.k can't be '12'; legal: 1, 2, 4, 8, 16, 32 or 64\n"},
    {"data: {bits: 2}\n", "1:14: data.bits can't be '2'; legal: 4, 8 or 16\n"},
    {"data: {a_signed: yes}\n", "1:18: data.a_signed can't be 'yes'; write true\n"},
    {"data: {a_signed: 1}\n", "1:18: data.a_signed can't be '1'; "},
    {"data: {a_signed: True}\n", "1:18: data.a_signed can't be 'True'; write true\n"},
    {"data: {a_signed: 'true'}\n", "1:18: data.a_signed can't be 'true'; quotes make it a text, write true\n"},
    {"buffers: {a_kib: 0}\n", "1:18: buffers.a_kib can't be '0'; legal: a whole number from 1 to 16384\n"},
    {"sparse_a: {d4: 1}\n", "1:12: unknown key 'd4' in sparse_a; legal keys: d1, d2, d3\n"},
    {"sparse_ab: {da3: 1}\n", "1:18: sparse_ab.da3 can't be '1'; legal: 0\n"},
    {"window: {shuffle: on}\n", "1:19: window.shuffle can't be 'on'; write true\n"},
    {"data: {a_signed: maybe}\n", "1:18: data.a_signed can't be 'maybe'; legal: true or false\n"},
    {"data:\n\ta_signed: true\n", "2:1: a tab; YAML is indented with spaces"},
    {"counters: some\n", "1:11: counters can't be 'some'; legal: full or lean\n"},
    {"ram: 1\n", "1:6: ram can't be '1'; legal: infer or blackbox\n"},
    {"multiplier: booth\n", "1:13: multiplier can't be 'booth'; legal: array or operator\n"},
    {"ram: |\n  infer\n", "1:6: ram can't be 'infer?'; "},
    // what YAML has and a configuration has not
    {"engine: &e dense\n", "1:9: anchors, aliases and tags mean nothing here; write plain values\n"},
    {"engine: *e\n", "1:9: anchors, aliases and tags"},
    {"engine: !!str dense\n", "1:9: anchors, aliases and tags"},
    {"engine: ! dense\n", "1:9: anchors, aliases and tags"},
    {"&e engine: dense\n", "1:1: anchors, aliases and tags"},
    {"tile: &t {m: 1}\n", "1:7: anchors, aliases and tags"},
    {"tile: {m: &t 1}\n", "1:11: anchors, aliases and tags"},
    {"--- !config\nengine: dense\n", "1:5: anchors, aliases and tags"},
    // syntax
    {"engine: dense: 1\n", "1:14: mapping values are not allowed in this context; a configuration is a YAML file"},
    {"tile: {m: 1\n", "2:1: did not find expected ',' or '}'"},
    {"tile:\n\tm: 1\n", "2:1: a tab; YAML is indented with spaces"},
    {"engine: 'dense\n", "2:1: found unexpected end of stream"},
    {"engine: dense\n tile: 1\n", "1:9: engine can't be 'dense tile'; "},
    {"engine: \"\\q\"\n", "1:10: found unknown escape character"},
    {"%YAML 9.9\n---\nengine: dense\n", "1:1: found incompatible YAML document"},
    // bytes that are no UTF-8, or no text
    {"engine: dense\n  \xff", "2:3: invalid leading UTF-8 octet; a configuration is a YAML file in UTF-8\n"},
    {"engine: d\xc3", "1:10: incomplete UTF-8 octet sequence"},
    {"engine: \x1b[31m\n", "1:9: control characters are not allowed"},
    {"\xff\xfe"
     "e",
     "1:1: is text in UTF-16"},
};

static void test_bad(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    check_bad(bad[i].text, bad[i].want);
}

static void test_nul_byte(void **state) {
  (void)state;
  check_bad_bytes("engine: dense\n\0", 15, "1:1: is no text; a configuration is a YAML file");
  check_bad_bytes("PK\3\4 an archive", 15, "1:1: is no text; a configuration is a YAML file");
  check_bad_bytes("\x08\x03onnx", 6, "1:1: is no text; a configuration");
  check_bad_bytes("\xff\xfe"
                  "e\0n\0g\0",
                  8, "1:1: is text in UTF-16");
}

// Nesting of any depth ends at the first level that has no meaning, in whatever position it stands.
static void test_deep(void **state) {
  (void)state;
  static char text[200000];
  static const char *const starts[] = {"", "engine: ", "tile: ", "tile: {m: ", "? "};
  for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
    for (const char *open = "[{"; *open; open++) {
      memset(text, *open, sizeof text);
      memcpy(text, starts[i], strlen(starts[i]));
      check_bad_bytes(text, sizeof text, "1:");
    }
}

static void test_long(void **state) {
  (void)state;
  static char text[SPEC_FILE_LIMIT + 1];
  memset(text, '#', sizeof text);
  memcpy(text, MINIMAL, strlen(MINIMAL));
  assert_true(spec_read(file_make("c.yaml", text, SPEC_FILE_LIMIT), &spec));
  check_bad_bytes(text, sizeof text, "1:1: is 1048577 bytes long; a configuration has at most 1048576\n");
  memset(text, 'x', sizeof text);
  memcpy(text, "engine: ", 8);
  check_bad_bytes(text, SPEC_FILE_LIMIT, "1:9: engine can't be 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'; ");
}

static void check_bad_path(const char *path, const char *want) {
  listen_begin();
  assert_false(spec_read(path, &spec));
  listen_end();
  SAID(want);
}

static void test_paths(void **state) {
  (void)state;
  check_bad_path(test_folder, ":1:1: is a directory; ");
  check_bad_path(file_path("absent.yaml"), "absent.yaml:1:1: cannot be opened: No such file or directory; ");
  check_bad_path("", ":1:1: cannot be opened: ");
  check_bad_path("/dev/zero", ":1:1: is not a regular file; ");
  assert_int_equal(mkfifo(file_path("pipe.yaml"), 0600), 0);
  check_bad_path(file_path("pipe.yaml"), ":1:1: is not a regular file; ");
}

static void test_names(void **state) {
  (void)state;
  static const char *const good[][2] = {{"a.b-c_9.yaml", "a.b-c_9"}, {"plain", "plain"},     {"x.yml", "x"},
                                        {".yaml", "_yaml"},          {"..yaml", "_"},        {"...yaml", "_."},
                                        {"....yaml", "_.."},         {"a b.yaml", "a_b"},    {"a\nb.yaml", "a_b"},
                                        {"a\"b.yaml", "a_b"},        {"\xc3\xa4.yaml", "__"}};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    assert_true(spec_read(file_make(good[i][0], MINIMAL, strlen(MINIMAL)), &spec));
    assert_string_equal(spec.name, good[i][1]);
  }
  char longest[200] = "", want[64] = "";
  memset(longest, 'n', sizeof longest - 1);
  memset(want, 'n', sizeof want - 1);
  assert_true(spec_read(file_make(longest, MINIMAL, strlen(MINIMAL)), &spec));
  assert_string_equal(spec.name, want);
}

static void test_identifier(void **state) {
  (void)state;
  assert_true(read_text(MINIMAL "name: acc0\n"));
  assert_string_equal(spec.identifier, "acc0");
  assert_true(read_text(MINIMAL "name: 'a_2345678901234567890123456789012'\n") == false);
  assert_true(read_text(MINIMAL "name: 'a_234567890123456789012345678901'\n"));
  assert_true(read_text(MINIMAL));
  assert_string_equal(spec.identifier, "");
  static const char *const wrong[] = {"Acc0", "0acc", "_acc", "a-c", "a c", "''", "\"a\\0b\"", "\xc3\xa4"};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    char text[200];
    snprintf(text, sizeof text, MINIMAL "name: %s\n", wrong[i]);
    check_bad(text, "3:7: name can't be '");
    SAID("legal: 1 to 32 lower-case letters, digits and underscores, a letter first");
  }
}

// A sound file with any one byte lost, changed or last: read, or refused with one message that has a place.
static void check_damaged(const char *text, size_t size) {
  const char *path = file_make("c.yaml", text, size);
  listen_begin();
  bool good = spec_read(path, &spec);
  listen_end();
  if (good) assert_int_equal(strlen(test_said), 0);
  if (!good) SAID("c.yaml:");
  for (int id = 0; good && id < KEY_COUNT; id++) {
    const SpecKey *key = spec_key((SpecKeyId)id);
    if (key->kind == CHOICE || !spec.keys[id].given) continue;
    assert_in_range(spec.keys[id].value, key->low, key->high);
  }
}

static void test_damage(void **state) {
  (void)state;
  static const char sound[] = "engine: dense\ntile: {m: 3, n: 5, k: 4}\ndata:\n  bits: 8\nram: infer # end\n";
  static const char bytes[] = "\0\t\n #%&'*,-:[]{}?!|>@`\"~9\x7f\x80\xff";
  for (size_t at = 0; at < sizeof sound - 1; at++) {
    char text[sizeof sound];
    check_damaged(sound, at);
    memcpy(text, sound, at);
    memcpy(text + at, sound + at + 1, sizeof sound - at - 1);
    check_damaged(text, sizeof sound - 2);
    for (size_t b = 0; b < sizeof bytes - 1; b++) {
      memcpy(text, sound, sizeof sound);
      text[at] = bytes[b];
      check_damaged(text, sizeof sound - 1);
    }
  }
}

// ---- pages of docs/ hold the tables made from tables of the code, word for word. Runs in the repository's top folder.

static char *printed(void (*print)(FILE *)) {
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  print(out);
  fclose(out);
  return text;
}

// A page and, behind it, those of the engines.
static char *pages(const char *page) {
  char *text = NULL;
  size_t size;
  FILE *out = open_memstream(&text, &size);
  glob_t files;
  assert_int_equal(glob(page, 0, NULL, &files), 0);
  assert_int_equal(glob("docs/engines/*.md", GLOB_APPEND, NULL, &files), 0);
  for (size_t i = 0; i < files.gl_pathc; i++) {
    FILE *file = fopen(files.gl_pathv[i], "r");
    assert_non_null(file);
    for (int c; (c = fgetc(file)) != EOF;)
      fputc(c, out);
    fclose(file);
  }
  globfree(&files);
  fclose(out);
  return text;
}

// Of keys each section, and of the list of engines each row: those of an engine may stand on its page.
static void check_keys(void) {
  char *tables = printed(info_keys), *text = pages("docs/configuration.md"),
       *engines = strstr(tables, "\n### Engines\n");
  assert_non_null(engines);
  *engines = '\0';
  for (char *section = tables, *next; section; section = next) {
    next = strstr(section + 1, "\n### ");
    char *part = strndup(section, next ? (size_t)(next - section) : strlen(section));
    if (!strstr(text, part)) fail_msg("no page has, as `lacuna info --keys` prints it:%s", part);
    free(part);
  }
  for (char *row = strtok(engines + 1, "\n"); row; row = strtok(NULL, "\n"))
    if (strncmp(row, "| `", 3) == 0 && !strstr(text, row)) fail_msg("no page of docs/engines has\n%s", row);
  free(tables);
  free(text);
}

static void test_reference(void **state) {
  (void)state;
  check_keys();
  char *tables = printed(info_registers), *text = pages("docs/registers.md");
  if (!strstr(text, tables)) fail_msg("docs/registers.md differs from what `lacuna info --registers` prints");
  free(tables);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_defaults),  cmocka_unit_test(test_mark),       cmocka_unit_test(test_every_key),
      cmocka_unit_test(test_ranges),    cmocka_unit_test(test_bad),        cmocka_unit_test(test_nul_byte),
      cmocka_unit_test(test_deep),      cmocka_unit_test(test_long),       cmocka_unit_test(test_paths),
      cmocka_unit_test(test_names),     cmocka_unit_test(test_identifier), cmocka_unit_test(test_damage),
      cmocka_unit_test(test_reference),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
