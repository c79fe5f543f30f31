// The folder of a page's runs, and the runs.
#include "gen/error.h"
#include "harness/bench/bench.h"
#include "harness/bench/tasks.h"
#include "harness/bench/text.h"
#include "harness/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- the place
//
//   PLACE/lacuna, configs    copies: what runs stays the same when sources change
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

bool place_make(Bench *b) {
  const char *data = getenv("LACUNA_DATA");
  const char *layers = bench_path(b, "data/layers/layers.csv");
  if (!b->again && !shell(text_of("rm -rf '%s' && mkdir -p '%s/operands' '%s/build' '%s/build/models' && "
                                  "cp '%s/build/lacuna' '%s' && cp -r '%s/configs' '%s'",
                                  b->place, b->place, b->place, b->root, b->root, b->place, b->root, b->place)))
    return false;
  if (b->again && access(bench_path(b, "lacuna"), X_OK))
    return error_at(b->place, 0, 0, "no runs are kept here; run without --from-reports");
  if (!link_to(data && *data ? (*data == '/' ? data : text_of("%s/%s", b->root, data))
                             : text_of("%s/../shared/data", b->root),
               bench_path(b, "data")) ||
      !link_to(text_of("%s/examples", b->root), bench_path(b, "examples")))
    return false;
  const char *models = bench_path(b, "build/models");
  if (b->sample ? !link_to(text_of("%s/build/models", b->root), models) : mkdir(models, 0755) && errno != EEXIST)
    return error_at(models, 0, 0, "can't be made");
  b->has_data = access(layers, R_OK) == 0;
  return !chdir(b->place) || error_at(b->place, 0, 0, "%s", strerror(errno));
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

bool tasks_beside(Bench *b, const char *title, Task *tasks, size_t count) {
  if (b->again) return true; // what they left is still there
  if (!tasks_run(title, bench_path(b, "lacuna"), tasks, count)) return false;
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

// What is said after "can't run this: ".
static const char *refusal(const char *said) {
  static const char lead[] = "can't run this: ";
  const char *found = strstr(said, lead);
  return text_last_line(found ? found + sizeof lead - 1 : said);
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

static bool check_kept(const Bench *b, const Run *run, Task *task) {
  const char *kept = text_file(text_of("%s/command", task->folder));
  char *end = NULL;
  if (!kept) return complain(b, run, "no report is kept of it; run without --from-reports");
  task->status = (int)strtol(kept, &end, 10);
  return !strcmp(*end ? end + 1 : end, run->command) ||
         complain(b, run, "another run is kept in its place; run without --from-reports");
}

static bool keep(const Run *run, const Task *task) {
  const char *path = text_of("%s/command", task->folder);
  FILE *file = fopen(path, "w");
  bool good = file && fprintf(file, "%d %s", task->status, run->command) > 0;
  if (file && fclose(file)) good = false;
  return good || error_at(path, 0, 0, "writing failed");
}

// Those on the RTL begin first: they take longest.
static bool run_all(Bench *b, Task *tasks, size_t count) {
  Task *order = calloc(count + 1, sizeof *order);
  size_t *from = calloc(count + 1, sizeof *from), at = 0;
  bool good = order && from;
  for (int rtl = 1; good && rtl >= 0; rtl--)
    for (size_t i = 0; i < count; i++)
      if (b->runs.runs[i].rtl == rtl) {
        from[at] = i;
        order[at++] = tasks[i];
      }
  good = good && tasks_run(b->kind->name, bench_path(b, "lacuna"), order, count);
  for (size_t i = 0; good && i < count; i++)
    tasks[from[i]].status = order[i].status;
  free(order);
  free(from);
  return good;
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

bool runs_execute(Bench *b) {
  size_t count = b->runs.run_count;
  Task *tasks = calloc(count + 1, sizeof *tasks);
  bool good = tasks && (b->again || build_models(b));
  for (size_t i = 0; good && i < count; i++) {
    tasks[i].folder = b->runs.runs[i].folder = place_folder(b, job_name(i));
    tasks[i].command = text_of("%s --json report.json", b->runs.runs[i].command);
    good = tasks[i].folder && (!b->again || check_kept(b, &b->runs.runs[i], &tasks[i]));
  }
  if (good && !b->again) good = run_all(b, tasks, count);
  if (!good) return false;
  for (size_t i = 0; i < count; i++) {
    if (!b->again && !keep(&b->runs.runs[i], &tasks[i])) return false;
    if (!take_end(b, &b->runs.runs[i], &tasks[i])) good = false;
  }
  free(tasks);
  return good && check_refusals(b);
}
