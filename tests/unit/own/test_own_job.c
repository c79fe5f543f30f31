// An engine that drives its job itself, all the way: the record of own_gen.h under a configuration of the dense engine.
// The generated accelerator in Verilator against the golden product and, counter by counter, against the cycle model,
// with stalls and slow memories; answers of the bus that are errors, metadata that are not legal, results without room,
// aborts at any moment, and a job that gets nowhere. Run from the project's folder.
//
// The functions that find an engine's records are replaced when this program is linked (Makefile).
#include "gen/info/info.h"
#include "harness/choose/choose.h"
#include "harness/cli/info_shape.h"
#include "harness/operand/random.h"
#include "harness/run/device.h"
#include "tests/unit/own/own_gen.h"
#include "tests/unit/own/own_model.h"
#include "tests/unit/own/own_pack.h"
#include "tests/unit/support_device.h"
#include "tests/unit/support_rtl.h"

enum { CTRL = 0x020, STATUS = 0x024, ERR_CODE = 0x028, ERR_POS = 0x02c, WATCHDOG = 0x034 };
enum { DONE = 2, ERROR = 4, LONG = 200000, GUARD = 256, POISON = 0xa5 };

const Engine *__wrap_engine_of(EngineKind kind);
const EngineModel *__wrap_engine_model(const Plan *p);
const EnginePack *__wrap_engine_pack(const Plan *p);

const Engine *__wrap_engine_of(EngineKind kind) {
  static const Engine engine = {"own", OWN_NUMBER, &own_gen, "nothing: a test"};
  (void)kind;
  return &engine;
}

const EngineModel *__wrap_engine_model(const Plan *p) {
  (void)p;
  return &own_model;
}

const EnginePack *__wrap_engine_pack(const Plan *p) {
  (void)p;
  return &own_pack;
}

static const char configuration[] = "engine: dense\ntile: {m: 1, n: 1, k: 1}\n"
                                    "memory: {bus_bits: 64, address_bits: 40, burst_beats: 4, read_fifo_beats: 8, "
                                    "outstanding: 4}\n";
static Plan plan;
static char config[256], bundle[BUNDLE_PATH];

static int setup(void **state) {
  if (folder_setup(state)) return -1;
  snprintf(config, sizeof config, "%s", file_make("own.yaml", configuration, sizeof configuration - 1));
  return bundle_make(config, &plan, bundle) ? 0 : -1;
}

// ---- operands

// A matrix whose rows have a one at most, as a file.
static const char *make_selection(uint64_t seed, int rows, int columns, int share) {
  static char path[256];
  Random random = {seed};
  int count = 0, *column = calloc((size_t)rows, sizeof *column);
  snprintf(path, sizeof path, "%s", file_path("a.mtx"));
  FILE *file = fopen(path, "w");
  assert_true(file && column);
  for (int i = 0; i < rows; i++) {
    column[i] = random_between(&random, 1, 100) <= share ? random_between(&random, 1, columns) : 0;
    count += column[i] > 0;
  }
  fprintf(file, "%%%%MatrixMarket matrix coordinate integer general\n%d %d %d\n", rows, columns, count);
  for (int i = 0; i < rows; i++)
    if (column[i]) fprintf(file, "%d %d 1\n", i + 1, column[i]);
  fclose(file);
  free(column);
  return path;
}

typedef struct Run {
  Options options;
  Workload workload;
  Chosen chosen;
} Run;

static void prepare(Run *run, const char *a, const char *b, const char *more) {
  char line[LINE];
  assert_in_range(snprintf(line, sizeof line, "run %s --a %s --b %s %s", config, a, b, more), 1, LINE - 1);
  *run = (Run){0};
  read_words(line, &run->options);
  if (!workload_load(&run->options, &plan, &run->workload)) fail_msg("%s is refused", line);
  assert_int_equal(choose_image(&run->options, &plan, &run->workload, 1 << MODE_DENSE, &run->chosen), EXIT_CORRECT);
}

static void end(Run *run) {
  image_free(&run->chosen.image);
  workload_free(&run->workload);
}

// ---- results and counters

static void check(const char *a, const char *b, const char *more) {
  Run run;
  DeviceRun device = {0};
  prepare(&run, a, b, more);
  const uint64_t *model = run.chosen.predicted;
  const ResultFormat *format = result_format(&run.chosen.image.job);
  int status = device_run(&run.options, &plan, &run.workload, &run.chosen.image, bundle, 0, &device);
  if (status != EXIT_CORRECT) fail_msg("%s %s: status %d", b, more, status);
  Difference d = format->compare(&run.workload.expected, &device.results);
  if (d.wrong) fail_msg("%s %s: row %d, column %d is wrong", b, more, (int)d.first_row, (int)d.first_col);
  for (int i = 0; i < DUT_COUNTERS; i++)
    compare_counter(more, i, model, device.counters);
  assert_int_equal(device.counters[COUNTER_BYTES_C], 4 * run.workload.expected.csr.entries);
  device_free(&device);
  end(&run);
}

static void products_are_right_and_cycles_predicted(void **state) {
  (void)state;
  const char *memories[] = {"",
                            "--mem-latency 0",
                            "--mem-latency 5 --stall 30 --seed 2",
                            "--mem-latency 90 --stall 10 --seed 3",
                            "--mem-latency 20 --mem-bandwidth 3.5",
                            "--mem-latency 3 --stall 70 --seed 4"};
  for (int i = 0; i < 6; i++) {
    const char *a = make_selection((uint64_t)i, 60, 23, 80);
    check(a, "random:23x45:0.3:7", memories[i]);
    check(a, "random:23x9:1:8", memories[i]);
    check(a, "random:23x300:0.02:9", memories[i]);
  }
  check(make_selection(9, 1, 1, 100), "random:1x1:1:1", "");
  check(make_selection(9, 7, 3, 0), "random:3x5:0.5:2", ""); // no nonzero of A
  check(make_selection(9, 200, 3, 100), "random:3x5:0.01:2", "");
}

// A million rows and columns: what has no nonzero costs nothing to hold, nor to write.
static void large_matrices_are_held_by_their_nonzeros(void **state) {
  (void)state;
  static const char a[] = "%%MatrixMarket matrix coordinate integer general\n3 1000000 2\n1 999999 1\n3 7 1\n";
  static const char b[] = "%%MatrixMarket matrix coordinate integer general\n1000000 900000 3\n7 1 -3\n7 900000 5\n"
                          "999999 17 4\n";
  static const char want[] = "%%MatrixMarket matrix coordinate integer general\n3 900000 3\n1 17 4\n3 1 -3\n"
                             "3 900000 5\n";
  char of_a[256], of_b[256], got[sizeof want + 9] = "";
  Run run;
  DeviceRun device = {0};
  snprintf(of_a, sizeof of_a, "%s", file_make("large_a.mtx", a, sizeof a - 1));
  snprintf(of_b, sizeof of_b, "%s", file_make("large_b.mtx", b, sizeof b - 1));
  check(of_a, of_b, "");
  prepare(&run, of_a, of_b, "");
  const ResultFormat *format = result_format(&run.chosen.image.job);
  assert_int_equal(device_run(&run.options, &plan, &run.workload, &run.chosen.image, bundle, 0, &device), EXIT_CORRECT);
  run.options.out = file_path("c.mtx");
  assert_true(format->write(&run.workload, &run.options, &device.results));
  FILE *file = fopen(run.options.out, "r");
  assert_true(file && fread(got, 1, sizeof got - 1, file) == sizeof want - 1 && !fclose(file));
  assert_string_equal(got, want);
  device_free(&device);
  end(&run);
}

// ---- what goes wrong, register by register

static uint32_t read_register(Dut *dut, uint32_t offset) {
  uint32_t value;
  assert_true(dut_register_read(dut, offset, &value));
  return value;
}

static void write_job(Dut *dut, JobRegister which, uint32_t value) {
  assert_true(dut_register_write(dut, job_register_offset[which], value));
}

// Behind each region of results lies poison.
static void load(Dut *dut, const Image *image) {
  uint8_t poison[GUARD];
  memset(poison, POISON, sizeof poison);
  dut_memory_unmap_all(dut);
  for (int i = 0; i < REGION_COUNT; i++) {
    uint64_t more = image_written(i) ? GUARD : 0;
    if (!image->bytes[i]) continue;
    assert_true(dut_memory_map(dut, image->address[i], image->bytes[i] + more, more > 0));
    if (image->data[i]) assert_true(dut_memory_write(dut, image->address[i], image->data[i], image->bytes[i]));
    if (more) assert_true(dut_memory_write(dut, image->address[i] + image->bytes[i], poison, GUARD));
  }
  for (int i = 0; i < JOB_REGISTER_COUNT; i++)
    if (job_has_register(&plan, i)) write_job(dut, (JobRegister)i, image->job.reg[i]);
}

static void check_guards(Dut *dut, const Image *image) {
  uint8_t guard[GUARD];
  for (int i = 0; i < REGION_COUNT; i++) {
    if (!image_written(i) || !image->bytes[i]) continue;
    assert_true(dut_memory_read(dut, image->address[i] + image->bytes[i], guard, GUARD));
    for (int k = 0; k < GUARD; k++)
      assert_int_equal(guard[k], POISON);
  }
}

static void check_counts(Dut *dut) {
  uint64_t counters[DUT_COUNTERS], sum = 0;
  assert_true(dut_counters(dut, counters));
  for (int i = 0; i < CAUSES; i++)
    sum += counters[COUNTER_CAUSES + i];
  assert_int_equal(sum, counters[COUNTER_CYCLES]);
}

// Runs what is loaded to its end: the error's code, which `want` is, but where `want` is -1.
static uint32_t run_to(Dut *dut, const Image *image, int want) {
  DutStatus status = dut_run(dut, LONG, NULL, NULL);
  if (status != DUT_DONE) fail_msg("%s", status == DUT_LIMIT ? "no end" : dut_message(dut));
  uint32_t code = read_register(dut, ERR_CODE);
  if (want >= 0) assert_int_equal(code, want);
  assert_int_equal(read_register(dut, STATUS), code ? DONE | ERROR : DONE);
  check_guards(dut, image);
  check_counts(dut);
  assert_true(dut_register_write(dut, STATUS, DONE | ERROR));
  return code;
}

static void run_well(Dut *dut, const Image *image) {
  load(dut, image);
  run_to(dut, image, ERR_NONE);
  uint64_t counters[DUT_COUNTERS];
  assert_true(dut_counters(dut, counters));
  assert_int_equal(counters[COUNTER_CL_BYTES], image->job.cl_bytes);
}

static void an_error_of_the_bus_ends_the_job(void **state) {
  (void)state;
  static const AxiFaultKind kinds[] = {AXI_FAULT_READ_BURST, AXI_FAULT_WRITE_BURST};
  Run run;
  prepare(&run, make_selection(1, 40, 23, 80), "random:23x45:0.3:7", "");
  const Image *image = &run.chosen.image;
  for (int kind = 0; kind < 2; kind++)
    for (uint64_t burst = 0; burst < 40; burst += burst / 3 + 1) {
      AxiFault fault = {kinds[kind], burst, burst, burst % 2 ? AXI_SLVERR : AXI_DECERR};
      DutSettings settings = {.mem_latency = 9, .stall_percent = 20, .seed = burst, .faults = &fault, .fault_count = 1};
      Dut *dut = bundle_open(settings, &plan, bundle);
      load(dut, image);
      run_to(dut, image, kind ? ERR_WRITE : ERR_READ);
      uint32_t position = read_register(dut, ERR_POS);
      if (kind)
        assert_int_equal(position, burst);
      else
        assert_in_range(position, image->address[REGION_A], image->end);
      dut_close(dut);
    }
  end(&run);
}

static void a_result_without_room_is_not_written(void **state) {
  (void)state;
  static const JobRegister rooms[] = {JOB_C_CAP, JOB_CM_CAP, JOB_CL_CAP};
  Run run;
  prepare(&run, make_selection(2, 40, 23, 80), "random:23x45:0.3:7", "");
  const Image *image = &run.chosen.image;
  Dut *dut = bundle_open((DutSettings){.mem_latency = 9, .stall_percent = 20}, &plan, bundle);
  for (int i = 0; i < 3; i++)
    for (uint32_t less = 1; less < 140; less += 46) {
      load(dut, image);
      write_job(dut, rooms[i], image->job.reg[rooms[i]] - less);
      run_to(dut, image, ERR_CAPACITY);
      assert_in_range(read_register(dut, ERR_POS), 1, 40);
      uint64_t counters[DUT_COUNTERS];
      assert_true(dut_counters(dut, counters));
      uint64_t wrote[] = {counters[COUNTER_BYTES_C], counters[COUNTER_CM_BYTES], counters[COUNTER_CL_BYTES]};
      assert_in_range(wrote[i], 0, image->job.reg[rooms[i]] - less);
    }
  run_well(dut, image);
  dut_close(dut);
  end(&run);
}

static void metadata_that_are_not_legal_are_found(void **state) {
  (void)state;
  Run run;
  prepare(&run, make_selection(3, 40, 23, 100), "random:23x45:0.3:7", "");
  Image *image = &run.chosen.image;
  Dut *dut = bundle_open((DutSettings){.mem_latency = 9, .stall_percent = 20}, &plan, bundle);
  uint8_t *number = image->data[REGION_AL] + 4 * 17;
  uint32_t key = (uint32_t)own_number(number, 4, 0);
  put_number(number, 0, 24); // a row that B has not
  load(dut, image);
  run_to(dut, image, ERR_SET);
  assert_int_equal(read_register(dut, ERR_POS), 18);
  put_number(number, 0, key);
  uint8_t *first = image->data[REGION_BL];
  uint32_t begins = (uint32_t)own_number(first, image->bytes[REGION_BL], key - 1);
  put_number(first, key - 1, 100000); // a row that ends before it begins
  load(dut, image);
  run_to(dut, image, ERR_METADATA);
  put_number(first, key - 1, begins);
  put_number(first, key, 0x10000); // one that lies nowhere
  load(dut, image);
  run_to(dut, image, ERR_READ);
  dut_close(dut);
  end(&run);
}

static void a_job_that_gets_nowhere_is_ended(void **state) {
  (void)state;
  Run run;
  prepare(&run, make_selection(4, 40, 23, 80), "random:23x45:0.3:7", "");
  const Image *image = &run.chosen.image;
  Dut *dut = bundle_open((DutSettings){.mem_latency = 9}, &plan, bundle);
  load(dut, image);
  write_job(dut, JOB_M, 60); // rows that do not come
  assert_true(dut_register_write(dut, WATCHDOG, 500));
  run_to(dut, image, ERR_WATCHDOG);
  assert_int_equal(read_register(dut, ERR_POS), 1); // A
  run_well(dut, image);
  dut_close(dut);
  end(&run);
}

static void an_abort_or_a_reset_comes_at_any_moment(void **state) {
  (void)state;
  Run run;
  prepare(&run, make_selection(5, 40, 23, 80), "random:23x45:0.3:7", "");
  const Image *image = &run.chosen.image;
  Dut *dut = bundle_open((DutSettings){.mem_latency = 9, .stall_percent = 30, .seed = 6}, &plan, bundle);
  for (uint64_t moment = 1; moment < 900; moment += 1 + moment / 6) {
    load(dut, image);
    assert_int_equal(dut_run(dut, moment, NULL, NULL), DUT_LIMIT);
    assert_true(dut_register_write(dut, CTRL, CTRL_ABORT));
    DutStatus status = dut_resume(dut, LONG, NULL, NULL);
    if (status != DUT_DONE) fail_msg("abort after %d: %s", (int)moment, dut_message(dut));
    assert_int_equal(read_register(dut, ERR_CODE), ERR_ABORT);
    check_counts(dut);
    assert_true(dut_register_write(dut, STATUS, DONE | ERROR));
    load(dut, image);
    assert_int_equal(dut_run(dut, moment, NULL, NULL), DUT_LIMIT);
    assert_true(dut_reset(dut, 1 + (uint32_t)moment % 3));
    run_well(dut, image);
  }
  dut_close(dut);
  end(&run);
}

// ---- the text

static void tools_have_no_word_to_say(void **state) {
  (void)state;
  char line[3 * PATH_MAX];
  const char *tools[] = {"verilator --lint-only -Wall --language 1364-2005 --top-module lac_top",
                         "iverilog -g2005 -Wall -t null -s lac_top"};
  for (int i = 0; i < 2; i++) {
    snprintf(line, sizeof line, "words=$(%s $(sed 's|^|%s/|' %s/lacuna.f) 2>&1) && [ -z \"$words\" ]", tools[i], bundle,
             bundle);
    if (system(line)) fail_msg("%s", line);
  }
  FILE *file = fopen(file_path("info"), "w");
  assert_non_null(file);
  info_text(&plan, file);
  fclose(file);
  json_t *info = info_json(&plan);
  assert_true(info && json_array_size(json_object_get(info, "buffers")) == 0);
  json_decref(info);
  listen_begin();
  int status = info_shape(&plan, &(Options){.shape = {3, 4, 5}});
  listen_end();
  assert_int_equal(status, EXIT_BAD_INPUT);
  SAID("own has no loop order");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tools_have_no_word_to_say),
      cmocka_unit_test(products_are_right_and_cycles_predicted),
      cmocka_unit_test(large_matrices_are_held_by_their_nonzeros),
      cmocka_unit_test(an_error_of_the_bus_ends_the_job),
      cmocka_unit_test(a_result_without_room_is_not_written),
      cmocka_unit_test(metadata_that_are_not_legal_are_found),
      cmocka_unit_test(a_job_that_gets_nowhere_is_ended),
      cmocka_unit_test(an_abort_or_a_reset_comes_at_any_moment),
  };
  return cmocka_run_group_tests(tests, setup, folder_teardown);
}
