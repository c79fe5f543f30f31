// The folder of a page's runs, and the runs.
#include "gen/base/error.h"
#include "gen/base/lock.h"
#include "harness/base/options.h"
#include "harness/bench/bench.h"
#include "harness/bench/tasks.h"
#include "harness/bench/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- the place
//
//   PLACE/program, configs   installed, copied: what runs stays the same when sources change
//   PLACE/operands           files that this bench makes
//   PLACE/data, examples     links
//   PLACE/build/models       models of simulators; in a sample those of the source tree, which tests share
//   PLACE/job/N, time/N      a run's own folder, with links to all of these, so that commands read the same everywhere

const char *bench_path(const Bench *b, const char *name) {
  return text_of("%s/%s", b->place, name);
}

static bool shell(const char *command) {
  return system(command) == 0 || error_at(NULL, 0, 0, "`%s` failed", command);
}

static bool link_to(const char *target, const char *path) {
  return !symlink(target, path) || errno == EEXIST || error_at(path, 0, 0, "%s", strerror(errno));
}

static bool copy_program(const Bench *b) {
  return shell(text_of("rm -rf '%s'/* && mkdir -p '%s/operands' '%s/build' '%s/build/models' && cd '%s' && "
                       "cp -r configs '%s' && MAKEFLAGS= make -s -o build/lacuna install DESTDIR= PREFIX='%s/program'",
                       b->place, b->place, b->place, b->root, b->root, b->place, b->place));
}

// Two benches of a page would spoil each other's runs: the second one waits. The lock ends with the process.
static bool lock_place(const Bench *b) {
  if (!shell(text_of("mkdir -p '%s'", b->place))) return false;
  int folder = open(b->place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  return (folder >= 0 && lock_take(folder, LOCK_TO_MAKE, LOCK_SECONDS, b->place)) ||
         error_at(b->place, 0, 0, "cannot lock it: %s; does another bench of this page run?", strerror(errno));
}

static const char *data_folder(const Bench *b) {
  const char *data = getenv("LACUNA_DATA");
  if (!data || !*data) return text_of("%s/../shared/data", b->root);
  return *data == '/' ? data : text_of("%s/%s", b->root, data);
}

bool place_make(Bench *b) {
  if (!lock_place(b)) return false;
  const char *models = bench_path(b, "build/models");
  bool kept = access(bench_path(b, "program/bin/lacuna"), X_OK) == 0;
  if (b->again && !kept) return error_at(b->place, 0, 0, "no runs are kept here; run without --from-reports");
  if (!b->again && !(b->resume && kept) && !copy_program(b)) return false;
  if (!link_to(data_folder(b), bench_path(b, "data")) ||
      !link_to(text_of("%s/examples", b->root), bench_path(b, "examples")))
    return false;
  if (b->sample ? !link_to(text_of("%s/build/models", b->root), models) : mkdir(models, 0755) && errno != EEXIST)
    return error_at(models, 0, 0, "can't be made");
  b->has_data = access(bench_path(b, "data/layers/layers.csv"), R_OK) == 0;
  if (chdir(b->place) || unsetenv("LACUNA_HOME")) return error_at(b->place, 0, 0, "%s", strerror(errno));
  return true;
}

// The folders of a path below the place that are not there yet.
static bool make_folders(const char *path, size_t from) {
  for (const char *slash = strchr(path + from + 1, '/'); slash; slash = strchr(slash + 1, '/'))
    if (mkdir(text_of("%.*s", (int)(slash - path), path), 0755) && errno != EEXIST)
      return error_at(path, 0, 0, "%s", strerror(errno));
  return true;
}

const char *place_folder(Bench *b, const char *name) {
  static const char *const links[] = {"configs", "operands", "data", "examples"};
  const char *folder = bench_path(b, name);
  if (!make_folders(text_of("%s/build/", folder), strlen(b->place))) return NULL;
  for (size_t i = 0; i < sizeof links / sizeof *links; i++)
    if (!link_to(bench_path(b, links[i]), text_of("%s/%s", folder, links[i]))) return NULL;
  return link_to(bench_path(b, "build/models"), text_of("%s/build/models", folder)) ? folder : NULL;
}

// Skips what has ended, to go on with what ended well: from reports all must have.
static bool skip_ended(const Bench *b, Task *tasks, size_t count) {
  bool good = true;
  for (size_t i = 0; i < count; i++) {
    tasks[i].skip = (b->again || b->resume) && task_ended(&tasks[i]) && (b->again || tasks[i].status == 0);
    if (b->again && !tasks[i].skip)
      good = error_at(b->place, 0, 0, "no report is kept of `%s`; run without --from-reports", tasks[i].command);
  }
  return good;
}

bool tasks_beside(Bench *b, const char *title, Task *tasks, size_t count) {
  if (!skip_ended(b, tasks, count) || !tasks_run(title, bench_path(b, "program/bin/lacuna"), tasks, count))
    return false;
  bool good = true;
  for (size_t i = 0; i < count; i++) {
    if (tasks[i].status == 0) continue;
    fprintf(stderr, "%s: failed: `%s`: %s\n", b->kind->name, tasks[i].command, text_last_line(task_said(&tasks[i])));
    good = false;
  }
  return good;
}

// ---- the runs

static const char *job_name(size_t number) {
  return text_of("job/%05zu", number);
}

static bool complain(const Bench *b, const Run *run, const char *what) {
  fprintf(stderr, "%s: failed: `%s`: %s\n", b->kind->name, run->command, what);
  return false;
}

static const TableRow *left_out(const Bench *b, const Work *work) {
  for (const TableRow *r = table_next(&b->table, "left_out", NULL); r; r = table_next(&b->table, "left_out", r))
    if (!strcmp(r->cell[0], work->table) && !strcmp(r->cell[1], work->group) && !strcmp(r->cell[2], work->name))
      return r;
  return NULL;
}

// What is said from "can't run this" on.
static const char *refusal(const char *said) {
  const char *found = strstr(said, "can't run this");
  return text_last_line(found ? found : said);
}

static bool take_end(Bench *b, Run *run, const Task *task) {
  Work *work = &b->runs.works[run->work];
  const char *said = task_said(task), *why = "there is no report";
  const TableRow *expected = left_out(b, work);
  if (task->status == EXIT_BAD_INPUT && expected && strstr(said, expected->cell[3])) {
    work->refused = refusal(said);
    return true;
  }
  if (task->status >= 128) return complain(b, run, text_of("ended by signal %d", task->status - 128));
  if (task->status) return complain(b, run, text_last_line(said));
  json_t *report = json_load_file(text_of("%s/report.json", task->folder), 0, NULL);
  return (report && run_take(run, report, &why)) || complain(b, run, why);
}

// A model of each configuration before two runs want it at once.
static bool build_models(Bench *b) {
  const char *built = " ";
  for (size_t i = 0; i < b->runs.run_count; i++) {
    const Run *run = &b->runs.runs[i];
    if (!run->rtl || strstr(built, text_of(" %s ", run->config))) continue;
    built = text_of("%s%s ", built, run->config);
    Task task = {.folder = place_folder(b, text_of("model/%s", run->config)),
                 .command = text_of("lacuna run configs/%s.yaml --a random:1x1:1 --b random:1x1:1", run->config)};
    if (!task.folder || !tasks_beside(b, text_of("%s, models", b->kind->name), &task, 1)) return false;
  }
  return true;
}

// A work that is expected to be refused, and is not, does not stand where it should.
static bool check_refusals(const Bench *b) {
  bool good = true;
  for (size_t i = 0; i < b->runs.work_count; i++) {
    const Work *work = &b->runs.works[i];
    const TableRow *row = left_out(b, work);
    if (row && !work->refused)
      good =
          error_at(row->file, row->line, 0, "%s, %s is not refused; take it from [left_out]", work->group, work->name);
  }
  return good;
}

// Runs on the RTL begin first: they take longest.
bool runs_execute(Bench *b) {
  size_t count = b->runs.run_count;
  Task *tasks = calloc(count + 1, sizeof *tasks);
  if (!tasks || !build_models(b)) return false;
  for (size_t i = 0; i < count; i++) {
    Run *run = &b->runs.runs[i];
    run->folder = place_folder(b, job_name(i));
    tasks[i] = (Task){.folder = run->folder, .early = run->rtl};
    tasks[i].command = text_of("%s --json report.json", run->command);
    if (!run->folder) return false;
  }
  bool good =
      skip_ended(b, tasks, count) && tasks_run(b->kind->name, bench_path(b, "program/bin/lacuna"), tasks, count);
  if (!good) return false;
  for (size_t i = 0; i < count; i++)
    if (!take_end(b, &b->runs.runs[i], &tasks[i])) good = false;
  free(tasks);
  return good && check_refusals(b);
}
