// The tables of leaves against the Verilog of rtl/, as Yosys reads it: ports, directions, widths, the inputs that each
// output depends on within a cycle, and the leaves below. Run from the project's folder.
#include "gen/leaf/leaves.h"
#include "tests/unit/support.h"
#include <jansson.h>

// ---- parameters to try: every leaf at least once, with numbers that keep different widths different ----

static const struct Sample {
  const char *leaf, *params;
} samples[] = {
    {"lac_skid", "WIDTH 5"},
    {"lac_fifo", "WIDTH 5 DEPTH 3"},
    {"lac_fifo_ram", "WIDTH 7 DEPTH 40"},
    {"lac_ram_2p", "WIDTH 8 DEPTH 13"},
    {"lac_trim", "WIDTH 9"},
    {"lac_hold", "CYCLES 64"},
    {"lac_rr_arbiter", "REQUESTS 3"},
    {"lac_popcount", "W 13"},
    {"lac_axi_read", "CHANNELS 3 ADDR_W 40 DATA_W 64 BURST 16 FIFO_BEATS 32 OUTSTANDING 4"},
    {"lac_axi_write", "ADDR_W 40 DATA_W 64 BURST 16 IN_BYTES 5 OUTSTANDING 4"},
    {"lac_axil_slave", "ADDR_W 12"},
    {"lac_epilogue", "LANES 3 LATENCY 6 ARRAY 2"},
    {"lac_epilogue", "LANES 3 LATENCY 6 PERMUTE 1 PANEL_W 5 ARRAY 2"},
    {"lac_gearbox", "IN_W 12 OUT_W 20"},
    {"lac_gearbox", "IN_W 20 OUT_W 12"},
    {"lac_gearbox", "IN_W 8 OUT_W 8"},
    {"lac_fetch", "ADDR_W 40"},
    {"lac_a_fill", "BANKS 3 BEAT_ELEMS 8 CAPACITY 1024 POS_W 12"},
    {"lac_a_unpack", "ELEM_W 8 SET 8"},
    {"lac_a_unpack", "ELEM_W 16 SET 4"},
    {"lac_a_walk", "ROWS 3 LANES 8 POS_W 12"},
    {"lac_a_walk", "ROWS 2 LANES 4 STEPS 5 POS_W 12"},
    {"lac_a_walk", "ROWS 3 LANES 8 POS_W 12 SUBTILES 4"},
    {"lac_a_walk", "ROWS 3 LANES 8 POS_W 12 LISTED 1"},
    {"lac_a_walk", "ROWS 3 LANES 8 POS_W 12 SUBTILES 4 LISTED 1"},
    {"lac_a_row", "ELEM_W 8 OUT_W 9 SIGNED 0 BEAT_ELEMS 8 LANES 4 GRANULE 4 COLUMNS 2 LINES 64 POS_W 11"},
    {"lac_a_row", "ELEM_W 8 OUT_W 8 SIGNED 1 BEAT_ELEMS 8 LANES 20 GRANULE 8 COLUMNS 4 LINES 16 POS_W 11 HOLD 1"},
    {"lac_a_row", "ELEM_W 8 OUT_W 8 SIGNED 1 BEAT_ELEMS 8 LANES 16 GRANULE 8 COLUMNS 4 LINES 16 POS_W 11 SUBTILES 4"},
    {"lac_replay", "LANES 3 LANE_W 16 WORDS 12 SEGMENT_REPEAT 2"},
    {"lac_replay_banked", "LANES 3 WEIGHTS 2 B_W 8 CODE_W 3 ADVANCE_W 4 WORDS 24 BANKS 4 WINDOW 3"},
    {"lac_replay_banked", "LANES 2 WEIGHTS 3 B_W 8 CODE_W 0 ADVANCE_W 1 WORDS 6 BANKS 1 WINDOW 1"},
    {"lac_b_join",
     "PARTS 2 WEIGHTS 3 B_W 8 DIST_W 2 SIDE_W 1 ACROSS_W 1 ADVANCE_W 3 M_W 24 B_D1 3 B_D2 1 B_D3 1 RUN_ON 1"},
    {"lac_b_join", "PARTS 1 WEIGHTS 3 B_W 8 ADVANCE_W 1 M_W 0"},
    {"lac_counters", "COUNTERS 3 COUNT_W 7"},
    {"lac_c_check", "ROWS 3 CHUNKS 2 WORDS 70 SLOTS 5 AT_PITCH 312 AT_SLOT_WORDS 320 AT_GROUP_PANELS 84 AT_ROWS 416"},
    {"lac_lanes_check", "LANE_W 24 BUS_W 128 AT_BYTES 264 AT_DROP 272"},
    {"lac_times_check", "FACTOR 3 ROUND 1 AT 276"},
    {"lac_ends_check", "PARTS 3"},
    {"lac_c_sparse", "ADDR_W 40 SET 16 IN_BYTES 8 BURST 4"},
    {"lac_c_sparse", "ADDR_W 32 SET 8 IN_BYTES 8 BURST 1"},
    {"lac_c_buffer", "ADDR_W 40 ROWS 3 COLS 5 LANES 4 CHUNKS 2 WORDS 24 SLOTS 8 OUT_BYTES 8"},
    {"lac_c_buffer", "ADDR_W 40 ROWS 3 COLS 5 LANES 4 CHUNKS 2 WORDS 24 SLOTS 8 OUT_BYTES 8 PERMUTE 1 PANEL_W 3"},
    {"lac_sequencer", "COUNT_W 6"},
    {"lac_dense_issue", "WORDS 6 CHUNKS 3 LATENCY 5 SHIFT_LATENCY 2"},
    {"lac_dense_issue", "WORDS 4 CHUNKS 1 LATENCY 5 SHIFT_LATENCY 2"},
    {"lac_a_window", "RING 16 DEPTH 5 STEPS 3 LANES 4 A_W 9 SHUFFLE 1"},
    {"lac_a_window_control", "RING 16 DEPTH 5 STEPS 3 WORDS 2"},
    {"lac_griffin_issue", "WINDOW 3 DEPTH 9 PES 6 ADVANCE_W 2 WORDS 6 CHUNKS 3 LATENCY 5 SHIFT_LATENCY 2"},
    {"lac_griffin_count", "ROWS 3 COLUMNS 5 LANES 4 GIVEN_W 3 OUT_W 9"},
    {"lac_count_sums", "PES 6 KINDS 4 W 3 OUT_W 7"},
    {"lac_any", "N 6 W 3"},
    {"lac_adder_tree", "N 5 W 4 OUT_W 9 ARRAY 1"},
    {"lac_lane_mux", "LANES 4 W 5 PLACES 3"},
    {"lac_column_aim", "LANES 4 A_D3 0 B_D1 2 B_D2 1 B_D3 1 AB_A1 1 AB_B1 1 AB_B2 0 AB_B3 2"},
    {"lac_row_arbiter", "ROWS 3 LANES 4 D1 2 D2 1 D3 2"},
    {"lac_row_spread", "ROWS 3 LANES 4 W 5 STEPS 3 PLACES 13 D1 2 D2 1 D3 2"},
    {"lac_griffin_pe", "LANES 4 A_W 9 B_W 8 HAS_A 1 HAS_B 1 HAS_AB 1 A_D1 2 A_D2 1 A_D3 1 B_D1 3 B_D2 1 B_D3 2 AB_A1 1 "
                       "AB_A2 1 AB_B1 1 AB_B2 0 AB_B3 1 RUN_ON 1 COUNT 1 ARRAY 1"},
    {"lac_griffin_pe", "LANES 4 A_W 8 B_W 8 HAS_A 1 HAS_B 0 HAS_AB 0 A_D1 2 A_D2 0 A_D3 0 B_D1 0 B_D2 0 B_D3 0 AB_A1 0 "
                       "AB_A2 0 AB_B1 0 AB_B2 0 AB_B3 0"},
    {"lac_hss_join", "PARTS 3 GROUPS 2 B_W 8 G0 2 H0 3 G1 2 H1 5 G2 1 H2 2 M_W 32"},
    {"lac_hss_join", "PARTS 1 GROUPS 4 B_W 4 G0 2 H0 4 G1 1 H1 1 G2 1 H2 1 M_W 16"},
    {"lac_hss_join", "PARTS 1 GROUPS 2 B_W 32 G0 1 H0 1 G1 2 H1 8 G2 1 H2 1 M_W 16"},
    {"lac_a_expand", "ELEM_W 8 SET 8 HEAD 1"},
    {"lac_a_expand", "ELEM_W 4 SET 32 HEAD 5"},
    {"lac_offsets_check", "ELEM_W 16 BEAT_ELEMS 8 KEPT 4 OFFSETS_W 12"},
    {"lac_hss_align", "GROUPS 2 G0 2 H0 3 G1 2 H1 5 G2 1 H2 2 A_W 9"},
    {"lac_hss_align", "GROUPS 2 G0 1 H0 1 G1 2 H1 8 G2 1 H2 1 A_W 24"},
    {"lac_hss_decode", "GROUPS 2 G0 2 H0 3 G1 2 H1 5 G2 1 H2 2"},
    {"lac_hss_decode", "GROUPS 2 G0 1 H0 1 G1 2 H1 8 G2 1 H2 1"},
    {"lac_hss_pe", "GROUPS 2 G0 2 H0 3 G1 2 H1 5 G2 1 H2 2 A_W 9 B_W 8 COUNT 1 ARRAY 2"},
    {"lac_hss_pe", "GROUPS 1 G0 2 H0 4 G1 2 H1 3 G2 2 H2 3 A_W 4 B_W 4"},
    {"lac_dsso_pe", "GROUPS 2 G1 2 H1 5 KEPT 2 BLOCK 4 A_W 9 B_W 8 COUNT 1 ARRAY 2"},
    {"lac_dsso_pe", "GROUPS 1 G1 1 H1 4 KEPT 4 BLOCK 8 A_W 17 B_W 16"},
    {"lac_outer_chunk", "BANKS 8 COLS 2 Q 4"},
    {"lac_outer_chunk", "BANKS 16 COLS 1 Q 2"},
    {"lac_outer_fill", "BANKS 8 COLS 4 Q 4 KT 16 BLOCKS 4 B_W 8 BUS_W 64"},
    {"lac_outer_fill", "BANKS 16 COLS 1 Q 16 KT 2 BLOCKS 2 B_W 16 BUS_W 128"},
    {"lac_outer_fill", "BANKS 8 COLS 2 Q 2 KT 1 BLOCKS 1 B_W 4 BUS_W 64"},
    {"lac_outer_store", "WIDTH 13 WORDS 32"},
    {"lac_outer_store", "WIDTH 13 WORDS 2 SHOW_W 2"},
    {"lac_outer_pass", "BLOCKS 4 WORDS 64 SHOW_W 7 KNOWN 16 SLOTS 4"},
    {"lac_dense_array", "ROWS 2 COLUMNS 3 LANES 4 A_W 9 B_W 8 COUNT 1 ARRAY 2"},
    {"lac_dense_array", "ROWS 1 COLUMNS 1 LANES 4 A_W 8 B_W 8"},
    {"lac_outer_load", "BLOCKS 2 KS 4 SUBS 4 SLOTS 2 A_W 9"},
    {"lac_outer_block", "LANES 2 CHUNKS 3 Q 4 BANKS 8 COLS 2 SUBS 2 KS 4 SLOTS 2 A_W 9 B_W 8 COUNT 1 ARRAY 2"},
    {"lac_outer_block", "LANES 8 CHUNKS 1 Q 2 BANKS 16 COLS 1 SUBS 2 KS 1 SLOTS 4 A_W 4 B_W 4"},
    {"lac_outer_drain", "BLOCKS 3 BANKS 4 COLS 4 LANES 2 WORDS 64 TILES 5 ARRAY 2"},
    {"lac_outer_count", "BLOCKS 2 LANES 4 Q 8 WORK_W 44"},
};

enum { MAX_PARAMS = 48 };

typedef struct Values {
  const char *names[MAX_PARAMS];
  int64_t values[MAX_PARAMS];
  size_t count;
} Values;

// The sample's value of a parameter; false where it leaves the default.
static bool sample_value(const char *params, const char *name, int64_t *value) {
  size_t length = strlen(name);
  for (const char *at = params; (at = strstr(at, name)); at += length)
    if ((at == params || at[-1] == ' ') && at[length] == ' ') {
      *value = strtoll(at + length, NULL, 10);
      return true;
    }
  return false;
}

static Values values_make(const Leaf *leaf, const char *params) {
  Values all = {.count = 0};
  for (const LeafParam *param = leaf->params; param && param->name; param++) {
    int64_t value = 0;
    bool given = sample_value(params, param->name, &value);
    if (!given) {
      if (!param->fallback) print_error("%s: the sample lacks %s\n", leaf->name, param->name);
      assert_non_null(param->fallback);
      assert_true(formula_eval(param->fallback, all.names, all.values, all.count, &value));
    }
    assert_true(value >= param->min && value <= param->max);
    all.names[all.count] = param->name;
    all.values[all.count++] = value;
  }
  return all;
}

// ---- what Yosys makes of the leaf ----

static void add_files(FILE *script, const Leaf *leaf) {
  char below[512];
  snprintf(below, sizeof below, "%s", leaf->uses ? leaf->uses : "");
  fprintf(script, "read_verilog rtl/*/%s.v", leaf->name);
  for (char *word = strtok(below, " "); word; word = strtok(NULL, " "))
    fprintf(script, " rtl/*/%s.v", word);
  fprintf(script, "\n");
}

// Parameters left out of the sample stay at the Verilog's own defaults, so that fallbacks are checked too.
static void add_params(FILE *script, const Leaf *leaf, const char *params) {
  if (!leaf->params) return;
  fprintf(script, "chparam");
  for (const LeafParam *param = leaf->params; param->name; param++) {
    int64_t value;
    if (sample_value(params, param->name, &value)) fprintf(script, " -set %s %d", param->name, (int)value);
  }
  fprintf(script, " %s\n", leaf->name);
}

// The inputs from which registers do not separate each output, one file per output.
static void add_cones(FILE *script, const Leaf *leaf) {
  fprintf(script, "flatten\nopt_clean\n");
  for (const LeafPort *port = leaf->ports; port->name; port++)
    if (port->dir == PORT_OUT)
      fprintf(script, "tee -o %s/%s.cone select -list %s/o:%s %%ci*:-$dff,$adff,$sdff,$dffe,$sdffe,$sdffce i:* %%i\n",
              test_folder, port->name, leaf->name, port->name);
}

static void run_yosys(const Leaf *leaf, const char *params) {
  char command[256];
  FILE *script = fopen(file_path("script.ys"), "w");
  assert_non_null(script);
  add_files(script, leaf);
  add_params(script, leaf, params);
  fprintf(script, "hierarchy -check -top %s\nproc\ntee -o %s/modules ls\nwrite_json %s/leaf.json\n", leaf->name,
          test_folder, test_folder);
  add_cones(script, leaf);
  fclose(script);
  snprintf(command, sizeof command, "yosys -q -s %s/script.ys >%s/log 2>&1 || { cat %s/log; exit 1; }", test_folder,
           test_folder, test_folder);
  assert_int_equal(system(command), 0);
}

static char *read_whole(const char *name) {
  FILE *file = fopen(file_path(name), "r");
  assert_non_null(file);
  char *text = calloc(1, 1 << 16);
  assert_non_null(text);
  assert_true(fread(text, 1, (1 << 16) - 1, file) < (1 << 16) - 1);
  fclose(file);
  return text;
}

// ---- comparison ----

static void check_ports(const Leaf *leaf, const Values *values) {
  json_t *root = json_load_file(file_path("leaf.json"), 0, NULL);
  assert_non_null(root);
  json_t *ports = json_object_get(json_object_get(json_object_get(root, "modules"), leaf->name), "ports"), *real;
  const char *name;
  const LeafPort *port = leaf->ports;
  json_object_foreach(ports, name, real) {
    int64_t width = 0;
    assert_non_null(port->name);
    assert_string_equal(port->name, name);
    assert_string_equal(port->dir == PORT_IN ? "input" : "output",
                        json_string_value(json_object_get(real, "direction")));
    assert_true(formula_eval(port->width, values->names, values->values, values->count, &width));
    if ((size_t)width != json_array_size(json_object_get(real, "bits"))) print_error("width of %s\n", name);
    assert_int_equal(width, json_array_size(json_object_get(real, "bits")));
    port++;
  }
  assert_null(port->name);
  json_decref(root);
}

static bool word_in(const char *words, const char *word, char end) {
  size_t length = strlen(word);
  for (const char *at = words; (at = strstr(at, word)); at += length)
    if ((at == words || at[-1] == ' ' || at[-1] == '/') && (at[length] == end || at[length] == '\0')) return true;
  return false;
}

enum { MAX_PORTS = 96 };

typedef struct Seen { // in any sample of the leaf
  bool path[MAX_PORTS][MAX_PORTS];
  char modules[1 << 14];
} Seen;

// Every path that is there must be in the table.
static void check_paths(const Leaf *leaf, Seen *seen) {
  for (const LeafPort *out = leaf->ports; out->name; out++) {
    if (out->dir != PORT_OUT) continue;
    char file[96];
    snprintf(file, sizeof file, "%s.cone", out->name);
    char *cone = read_whole(file);
    for (const LeafPort *in = leaf->ports; in->name; in++) {
      if (in->dir != PORT_IN || !word_in(cone, in->name, '\n')) continue;
      bool told = out->comb && word_in(out->comb, in->name, ' ');
      if (!told) print_error("%s: path from %s to %s\n", leaf->name, in->name, out->name);
      assert_true(told);
      seen->path[out - leaf->ports][in - leaf->ports] = true;
    }
    free(cone);
  }
}

// A path that is only in the table would be a false cycle some day; a leaf that is only there would be copied in vain.
static void check_seen(const Leaf *leaf, const Seen *seen) {
  for (const LeafPort *out = leaf->ports; out->name; out++)
    for (const LeafPort *in = leaf->ports; out->comb && in->name; in++) {
      if (in->dir != PORT_IN || !word_in(out->comb, in->name, ' ')) continue;
      bool real = seen->path[out - leaf->ports][in - leaf->ports];
      if (!real) print_error("%s: no path from %s to %s in any sample\n", leaf->name, in->name, out->name);
      assert_true(real);
    }
  char below[512];
  snprintf(below, sizeof below, "%s", leaf->uses ? leaf->uses : "");
  for (char *word = strtok(below, " "); word; word = strtok(NULL, " ")) {
    if (!strstr(seen->modules, word)) print_error("%s does not use %s\n", leaf->name, word);
    assert_non_null(strstr(seen->modules, word));
  }
}

static void check_sample(const Leaf *leaf, const char *params, Seen *seen) {
  Values values = values_make(leaf, params);
  run_yosys(leaf, params);
  check_ports(leaf, &values);
  check_paths(leaf, seen);
  char *modules = read_whole("modules");
  assert_true(strlen(seen->modules) + strlen(modules) < sizeof seen->modules);
  strcat(seen->modules, modules);
  free(modules);
}

static void test_samples(void **state) {
  (void)state;
  if (system("command -v yosys >/dev/null 2>&1")) skip();
  const Leaf *leaf;
  for (size_t i = 0; (leaf = leaf_at(i)); i++) {
    Seen seen = {0};
    for (size_t k = 0; k < sizeof samples / sizeof *samples; k++)
      if (strcmp(samples[k].leaf, leaf->name) == 0) check_sample(leaf, samples[k].params, &seen);
    check_seen(leaf, &seen);
  }
}

static void test_every_leaf_has_a_sample(void **state) {
  (void)state;
  const Leaf *leaf;
  for (size_t i = 0; (leaf = leaf_at(i)); i++) {
    bool found = false;
    for (size_t k = 0; k < sizeof samples / sizeof *samples; k++)
      found |= strcmp(samples[k].leaf, leaf->name) == 0;
    if (!found) print_error("no sample of %s\n", leaf->name);
    assert_true(found);
    assert_ptr_equal(leaf_find(leaf->name), leaf); // and no name comes twice
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_every_leaf_has_a_sample), cmocka_unit_test(test_samples)};
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
