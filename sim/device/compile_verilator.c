// Builds a Verilator model: Verilator writes C++ while the runtime library is compiled (once per cache), then the C++
// is compiled in a few units side by side and linked. No make is involved.
#include "sim/device/compile_verilator.h"
#include "gen/base/paths.h"
#include "gen/engine/engine.h"
#include "sim/device/jobs.h"
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// Options are part of a model's key, so that a change here rebuilds. Warnings do not end a run: bundles are linted
// without waivers by the tests, and the users' own memories behind a black box may have some.
#define VERILATE "verilator --cc --prefix Vlac -Mdir . -O3 --x-assign fast --x-initial fast --noassert -Wno-fatal"
#define CXX                                                                                                            \
  "g++ -std=gnu++17 -fPIC -fvisibility=hidden -fno-gnu-unique -w "                                                     \
  "-DVM_SC=0 -DVM_COVERAGE=0 -DVM_TRACE_VCD=0"
#define FAST    "-O2" // unless LACUNA_MODEL_OPT is set: short runs end sooner with a model that is quickly built
#define SLOW    "-O0"
#define HEADER  "#include <verilated.h>\n" // precompiled once for units of each speed
#define OPTIONS VERILATE " | " CXX " | " FAST " | " SLOW " | " HEADER

// Generated C++ that is compiled together: every unit reads the model's headers, a third of a second, so there are no
// more units than processors, unless they would grow so large that compilers need gigabytes.
#define UNIT_LEAST 400000 // bytes
#define UNIT_MOST  4000000
#define MOST_UNITS 256

#define RUNTIMES 2

// What runs only once is not worth optimising.
enum { FAST_UNIT, SLOW_UNIT, SPEEDS };
static const char *const speeds[SPEEDS] = {"fast", "slow"};

// Model variants: with tracing compiled in, evaluation is many times slower.
typedef struct Variant {
  const char *suffix, *verilate, *defines, *libraries;
  int runtimes; // that it needs
} Variant;

static const Variant variants[] = {
    {"", "", "-DVM_TRACE=0 -DVM_TRACE_FST=0", "-lpthread", 1},
    {"-trace", "--trace-fst", "-DVM_TRACE=1 -DVM_TRACE_FST=1", "-lz -lpthread", 2},
};

// Parts of Verilator's run-time library, compiled once for all models; the first one also has its header, half a second
// of each unit's compilation, precompiled for units of both speeds.
static const struct {
  const char *folder;
  const char *parts[3];
  int headers;
} runtimes[RUNTIMES] = {{"runtime", {"verilated", "verilated_threads"}, SPEEDS},
                        {"runtime-trace", {"verilated_fst_c"}, 0}};

static const char *const shim_sources[] = {"sim/device/shim.cpp", "sim/device/shim.h", "sim/memory/pins.h", NULL};
static const char *const no_sources[] = {NULL};
static const char *const cpp[] = {".cpp", NULL};
static const char *const object[] = {".o", NULL};
static const char *const runtime_product[] = {".o", ".h", ".gch", NULL};
static const char *const product[] = {"model.so", "build.log", NULL};
static const char *const run_once[] = {"__Slow.cpp", "__Syms.cpp", NULL};

// Modules that are instantiated in arrays stay functions of their own instead of being inlined into one: the build is
// many times faster, and so is the model, whose code then fits the instruction cache. Where their inputs are public,
// they stay variables of the instance, too, and Verilator merges the functions of all instances into one. Here are
// those of the shell; an engine's are in its record (gen/engine/engine.h).
static const char *const merged[] = {"a_row", "count_sum", NULL};

typedef struct Build {
  const Variant *variant;
  const Plan *plan;
  const FileList *files;
  ModelFolder *folder, runtime[RUNTIMES];
  char include[PATH_MAX]; // of Verilator
  char home[PATH_MAX];    // holds sim/
  Job jobs[MOST_UNITS];
  size_t job_count;
  const char *fast; // optimisation of what runs in every cycle
  DutError *error;
} Build;

// Another level is another model, in a folder of its own.
static const char *level_suffix(const char *level) {
  return strcmp(level, FAST) ? level : "";
}

static Job *next_job(Build *build, const ModelFolder *folder, const char *words) {
  Job *job = &build->jobs[build->job_count++];
  *job = (Job){.folder = folder->path};
  job_add_words(job, words);
  return job;
}

static bool run_jobs(Build *build, const char *what) {
  bool ok = jobs_run(build->jobs, build->job_count, build->folder->log);
  for (size_t i = 0; i < build->job_count; i++)
    job_free(&build->jobs[i]);
  build->job_count = 0;
  if (!ok) model_build_failed(build->folder, what, build->error);
  return ok;
}

// The job is still open: more may be added.
static Job *add_compile(Build *build, const ModelFolder *folder, int speed, const char *source, const char *target) {
  Job *job = next_job(build, folder, CXX);
  job_add_words(job, build->variant->defines);
  job_add_words(job, speed == SLOW_UNIT ? SLOW : build->fast);
  job_add(job, "-I%s", build->home);
  job_add(job, "-I%s", build->include);
  job_add(job, "-I%s/vltstd", build->include);
  job_add_words(job, "-I. -c -o");
  job_add(job, "%s", target);
  job_add(job, "%s", source);
  return job;
}

static bool find_verilator(Build *build) {
  Job job = {0};
  job_add_words(&job, "verilator --getenv VERILATOR_ROOT");
  char root[PATH_MAX - 16] = "";
  bool ok = job_output(&job, root, sizeof root);
  job_free(&job);
  if (ok) snprintf(build->include, sizeof build->include, "%s/include", root);
  if (!ok)
    dut_error(build->error, "%s; the packages verilator and g++ are needed%s", root,
              getenv("VERILATOR_ROOT") ? ", and VERILATOR_ROOT is to be that of this verilator, or not set" : "");
  return ok;
}

static bool add_header(Build *build, const ModelFolder *runtime, int speed) {
  char path[PATH_MAX + 32], header[32], target[32];
  snprintf(header, sizeof header, "%s.h", speeds[speed]);
  snprintf(target, sizeof target, "%s.h.gch", speeds[speed]);
  snprintf(path, sizeof path, "%s/%s", runtime->path, header);
  FILE *file = fopen(path, "w");
  bool ok = file && fputs(HEADER, file) >= 0;
  if (file && fclose(file)) ok = false;
  if (ok)
    add_compile(build, runtime, speed, header, target);
  else
    dut_error(build->error, "%s: cannot write it: %s", path, strerror(errno));
  return ok;
}

// A runtime is keyed by its own sources, so that another Verilator gets another one. All models of a cache and level
// share it, so it is locked no longer than it takes to make it.
static bool lock_runtime(Build *build, int index, const char *cache) {
  ModelFolder *runtime = &build->runtime[index];
  char source[PATH_MAX + 32];
  char *paths[3] = {0};
  FileList files = {paths, 0};
  for (const char *const *part = runtimes[index].parts; *part; part++) {
    snprintf(source, sizeof source, "%s/%s.cpp", build->include, *part);
    paths[files.count++] = strdup(source);
  }
  char name[64];
  snprintf(name, sizeof name, "%s%s", runtimes[index].folder, level_suffix(build->fast));
  bool ok = model_lock(cache, name, &files, no_sources, OPTIONS, runtime, build->error);
  for (size_t i = 0; i < files.count; i++)
    free(paths[i]);
  if (!ok || runtime->fresh) return ok;
  for (const char *const *part = runtimes[index].parts; *part; part++) {
    char target[64];
    snprintf(source, sizeof source, "%s/%s.cpp", build->include, *part);
    snprintf(target, sizeof target, "%s.o", *part);
    add_compile(build, runtime, FAST_UNIT, source, target);
  }
  for (int speed = 0; ok && speed < runtimes[index].headers; speed++)
    ok = add_header(build, runtime, speed);
  return ok;
}

static bool take_file(Build *build, const ModelFolder *runtime, const char *name, const char *suffix) {
  char from[PATH_MAX + 32], to[PATH_MAX + 32];
  snprintf(from, sizeof from, "%s/%s%s", runtime->path, name, suffix);
  snprintf(to, sizeof to, "%s/%s%s", build->folder->path, name, suffix);
  if (!link(from, to) || (errno != ENOENT && !symlink(from, to))) return true;
  if (errno == ENOENT)
    dut_error(build->error, "%s is missing; remove its folder, and it will be made again", from);
  else
    dut_error(build->error, "%s: cannot write it: %s", to, strerror(errno));
  return false;
}

// Its files become the model's, under a second name.
static bool take_runtime(Build *build, int index) {
  ModelFolder *runtime = &build->runtime[index];
  bool ok = runtime->fresh || model_finish(runtime, runtime_product, build->error);
  for (const char *const *part = runtimes[index].parts; ok && *part; part++)
    ok = take_file(build, runtime, *part, ".o");
  for (int speed = 0; ok && speed < runtimes[index].headers; speed++)
    ok = take_file(build, runtime, speeds[speed], ".h") && take_file(build, runtime, speeds[speed], ".h.gch");
  model_unlock(runtime);
  return ok;
}

static const char *file_name(const Build *build, size_t file) {
  return strrchr(build->files->paths[file], '/') + 1;
}

// Whether the file is that of one of these leaves.
static bool is_one_of(const Build *build, const char *file, const char *const *leaves) {
  char name[128];
  for (; leaves && *leaves; leaves++) {
    snprintf(name, sizeof name, "%slac_%s.v", build->plan->prefix, *leaves);
    if (!strcmp(name, file)) return true;
  }
  return false;
}

static bool write_control(Build *build) {
  char path[PATH_MAX + 16];
  snprintf(path, sizeof path, "%s/model.vlt", build->folder->path);
  FILE *file = fopen(path, "w");
  if (!file) return false;
  const EngineGen *gen = gen_of(build->plan);
  fprintf(file, "`verilator_config\n");
  for (size_t i = 0; i < build->files->count; i++) {
    const char *name = file_name(build, i);
    int length = (int)strlen(name) - 2;
    bool merges = is_one_of(build, name, merged) || is_one_of(build, name, gen->merged);
    if (merges || is_one_of(build, name, gen->apart)) fprintf(file, "no_inline -module \"%.*s\"\n", length, name);
    if (merges) fprintf(file, "public_flat_rd -module \"%.*s\" -var \"*_i\"\n", length, name);
  }
  return fclose(file) == 0;
}

static void add_verilate(Build *build) {
  Job *job = next_job(build, build->folder, VERILATE);
  job_add_words(job, build->variant->verilate);
  job_add(job, "--top-module");
  job_add(job, "%slac_top", build->plan->prefix);
  job_add(job, "model.vlt");
  for (size_t i = 0; i < build->files->count; i++)
    job_add(job, "%s", build->files->paths[i]);
}

// A small file never opens a unit.
typedef struct Units {
  FILE *file;
  size_t count, bytes, most;
  int speed;
  bool ok;
} Units;

static void add_to_unit(Build *build, Units *units, const char *source, size_t bytes) {
  size_t small = units->most / 8;
  bool full = units->bytes + bytes > units->most && units->bytes > small && bytes > small;
  if (!units->file || full) {
    char name[PATH_MAX + 32], target[32];
    if (units->file) fclose(units->file);
    snprintf(target, sizeof target, "%s_%zu.o", speeds[units->speed], units->count);
    snprintf(name, sizeof name, "%s/%s_%zu.cc", build->folder->path, speeds[units->speed], units->count++);
    units->file = fopen(name, "w");
    units->bytes = 0;
    units->ok = units->file && build->job_count < MOST_UNITS - 2;
    if (!units->ok) return;
    Job *job = add_compile(build, build->folder, units->speed, strrchr(name, '/') + 1, target);
    job_add(job, "-include");
    job_add(job, "%s.h", speeds[units->speed]);
  }
  units->bytes += bytes;
  fprintf(units->file, "#include \"%s\"\n", source);
}

static int is_cpp(const struct dirent *entry) {
  return model_name_ends(entry->d_name, cpp);
}

static size_t bytes_of(const Build *build, const char *name) {
  char path[PATH_MAX + 256];
  struct stat info;
  snprintf(path, sizeof path, "%s/%s", build->folder->path, name);
  return stat(path, &info) ? 0 : (size_t)info.st_size;
}

static size_t choose_unit(const Build *build, struct dirent **entries, int count) {
  size_t bytes = 0;
  for (int i = 0; i < count; i++)
    bytes += bytes_of(build, entries[i]->d_name);
  bytes /= job_processors();
  return bytes < UNIT_LEAST ? UNIT_LEAST : bytes > UNIT_MOST ? UNIT_MOST : bytes;
}

static bool add_units(Build *build, struct dirent **entries, int count, int speed) {
  Units units = {.speed = speed, .most = choose_unit(build, entries, count), .ok = true};
  char shim[PATH_MAX + 32];
  snprintf(shim, sizeof shim, "%s/sim/device/shim.cpp", build->home);
  if (speed == FAST_UNIT) add_to_unit(build, &units, shim, 0);
  for (int i = 0; i < count && units.ok; i++) {
    const char *name = entries[i]->d_name;
    if (model_name_ends(name, run_once) == (speed == SLOW_UNIT))
      add_to_unit(build, &units, name, bytes_of(build, name));
  }
  if (units.file) fclose(units.file);
  return units.ok;
}

static bool compile(Build *build) {
  struct dirent **entries;
  int count = scandir(build->folder->path, &entries, is_cpp, alphasort);
  if (count < 0) return false;
  bool ok = add_units(build, entries, count, FAST_UNIT) && add_units(build, entries, count, SLOW_UNIT);
  for (int i = 0; i < count; i++)
    free(entries[i]);
  free(entries);
  if (!ok) dut_error(build->error, "%s: cannot write the compilation units", build->folder->path);
  return ok && run_jobs(build, "compiling the Verilator model");
}

static int is_object(const struct dirent *entry) {
  return model_name_ends(entry->d_name, object);
}

static bool link_model(Build *build) {
  struct dirent **entries;
  int count = scandir(build->folder->path, &entries, is_object, alphasort);
  if (count < 0) return false;
  Job *job = next_job(build, build->folder, "g++ -shared -Wl,-Bsymbolic -o model.so");
  for (int i = 0; i < count; i++) {
    job_add(job, "%s", entries[i]->d_name);
    free(entries[i]);
  }
  free(entries);
  job_add_words(job, build->variant->libraries);
  return run_jobs(build, "linking the Verilator model");
}

static bool prepare(Build *build, const char *cache) {
  bool ok = paths_find("", build->home, sizeof build->home) && find_verilator(build);
  if (ok && !(ok = write_control(build))) dut_error(build->error, "%s: cannot write into it", build->folder->path);
  if (ok) add_verilate(build);
  for (int i = 0; i < build->variant->runtimes && ok; i++)
    ok = lock_runtime(build, i, cache);
  return ok;
}

static bool build_model(Build *build, const char *cache) {
  bool ok = prepare(build, cache) && run_jobs(build, "verilator");
  for (int i = 0; i < build->variant->runtimes && ok; i++)
    ok = take_runtime(build, i);
  return ok && compile(build) && link_model(build) && model_finish(build->folder, product, build->error);
}

static const char *choose_level(void) {
  static const char *const levels[] = {"-O0", "-Og", "-O1", "-O3"};
  const char *wanted = getenv("LACUNA_MODEL_OPT");
  for (size_t i = 0; wanted && i < sizeof levels / sizeof *levels; i++)
    if (strcmp(wanted, levels[i]) == 0) return levels[i];
  return FAST;
}

bool model_verilator(const DutSettings *settings, const Plan *plan, ModelFolder *folder, DutError *error) {
  const Variant *variant = &variants[settings->trace_path != NULL];
  const char *level = choose_level();
  char name[80], options[1024];
  snprintf(name, sizeof name, "%s%016" PRIx64 "%s%s", plan->prefix, plan->hash, variant->suffix, level_suffix(level));
  snprintf(options, sizeof options, "%s | %s%s", OPTIONS, variant->suffix, level);
  FileList files;
  bool ok = model_read_files(settings->bundle, &files, error) &&
            model_lock(settings->cache, name, &files, shim_sources, options, folder, error);
  if (ok && !folder->fresh) {
    Build *build = calloc(1, sizeof *build);
    if (build) {
      *build =
          (Build){.variant = variant, .plan = plan, .files = &files, .folder = folder, .fast = level, .error = error};
      for (int i = 0; i < RUNTIMES; i++)
        build->runtime[i].lock = -1;
      ok = build_model(build, settings->cache);
      for (int i = 0; i < RUNTIMES; i++)
        model_unlock(&build->runtime[i]);
    }
    if (!build || !ok) model_unlock(folder);
    ok = ok && build;
    free(build);
  }
  model_free_files(&files);
  return ok;
}
