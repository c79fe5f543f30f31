// Builds what the Icarus backend runs: the VPI module with the bench inside, and the bundle compiled around
// lac_bench.v.
#include "sim/device/compile_icarus.h"
#include "gen/base/paths.h"
#include "sim/device/jobs.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define CC      "gcc -std=c11 -D_GNU_SOURCE -O2 -w -fPIC -shared -o lac_vpi.vpi"
#define COMPILE "iverilog -g2005 -Wall -s lac_bench -o model.vvp"

static const char *const product[] = {"model.vvp", "lac_vpi.vpi", "build.log", NULL};
static const char *const module_sources[] = {"sim/device/vpi.c", "sim/device/bench.c", "sim/memory/axi_memory.c",
                                             "sim/memory/axi_regions.c", "sim/memory/axi_check.c"};
static const char *const key_sources[] = {"sim/device/lac_bench.v",   "sim/device/vpi.c",
                                          "sim/device/bench.c",       "sim/memory/axi_memory.c",
                                          "sim/memory/axi_regions.c", "sim/memory/axi_check.c",
                                          "sim/device/pipe.h",        "sim/device/bench.h",
                                          "sim/memory/axi_memory.h",  "sim/memory/axi_regions.h",
                                          "sim/memory/axi_check.h",   "sim/memory/axi_types.h",
                                          "sim/memory/pins.h",        NULL};

// Include paths of the VPI header, as iverilog-vpi knows them.
static bool add_includes(Job *job, DutError *error) {
  char flags[1024] = "";
  Job ask = {0};
  job_add_words(&ask, "iverilog-vpi --cflags");
  bool ok = job_output(&ask, flags, sizeof flags);
  job_free(&ask);
  if (!ok) dut_error(error, "%s; the packages iverilog and gcc are needed", flags);
  for (char *word = ok ? strtok(flags, " ") : NULL; word; word = strtok(NULL, " "))
    if (strncmp(word, "-I", 2) == 0) job_add(job, "%s", word);
  return ok;
}

static bool add_sources(Job jobs[2], const Plan *plan, const FileList *files, DutError *error) {
  char home[PATH_MAX];
  if (!paths_find("", home, sizeof home)) return false;
  job_add_words(&jobs[0], CC);
  job_add(&jobs[0], "-I%s", home);
  if (!add_includes(&jobs[0], error)) return false;
  for (size_t i = 0; i < sizeof module_sources / sizeof *module_sources; i++)
    job_add(&jobs[0], "%s/%s", home, module_sources[i]);
  job_add_words(&jobs[1], COMPILE);
  job_add(&jobs[1], "-DLAC_TOP=%slac_top", plan->prefix);
  job_add(&jobs[1], "-Plac_bench.BUS=%d", plan->bus_bits);
  job_add(&jobs[1], "-Plac_bench.ADDR=%d", plan->addr_bits);
  job_add(&jobs[1], "%s/sim/device/lac_bench.v", home);
  for (size_t i = 0; i < files->count; i++)
    job_add(&jobs[1], "%s", files->paths[i]);
  return true;
}

static bool build(ModelFolder *folder, const Plan *plan, const FileList *files, DutError *error) {
  Job jobs[2] = {{.folder = folder->path}, {.folder = folder->path}};
  bool ok = add_sources(jobs, plan, files, error);
  if (ok && !(ok = jobs_run(jobs, 2, folder->log))) model_build_failed(folder, "building the Icarus model", error);
  for (int i = 0; i < 2; i++)
    job_free(&jobs[i]);
  return ok && model_finish(folder, product, error);
}

// What all multipliers choose from, each cycle, is what vvp takes long for: 403,200 operands take 40 s of processor
// time for a GEMM of 8 x 64 x 8.
#define MOST_OPERANDS 500000

static bool check_size(const Plan *plan, DutError *error) {
  if (plan->words.choices <= MOST_OPERANDS) return true;
  dut_error(error,
            "Icarus would take too long: the %d multipliers choose from %" PRId64 " operands each, %" PRId64
            " in all; at most %d in all with --sim icarus, or use --sim verilator",
            plan->macs, plan->words.choices / plan->macs, plan->words.choices, MOST_OPERANDS);
  return false;
}

bool model_icarus(const DutSettings *settings, const Plan *plan, ModelFolder *folder, DutError *error) {
  char name[64], options[128];
  snprintf(name, sizeof name, "%s%016" PRIx64 "-icarus", plan->prefix, plan->hash);
  snprintf(options, sizeof options, "%s | %s | %d %d", CC, COMPILE, plan->bus_bits, plan->addr_bits);
  FileList files;
  if (!check_size(plan, error)) return false;
  bool ok = model_read_files(settings->bundle, &files, error) &&
            model_lock(settings->cache, name, &files, key_sources, options, folder, error);
  if (ok && !folder->fresh && !build(folder, plan, &files, error)) {
    model_unlock(folder);
    ok = false;
  }
  model_free_files(&files);
  return ok;
}
