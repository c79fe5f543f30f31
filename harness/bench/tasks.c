// Children, and the line on the terminal that says how many are done.
#include "harness/bench/tasks.h"
#include "gen/base/error.h"
#include "harness/bench/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_AT_ONCE = 64, NOT_STARTED = 127 };

typedef struct Crew {
  const char *title;
  Task *tasks, *of[MOST_AT_ONCE];
  pid_t children[MOST_AT_ONCE]; // 0: a free place
  int places, running;
  size_t all, next, count, done, failed; // count: of those that run
} Crew;

static void show(const Crew *c) {
  if (!isatty(STDERR_FILENO)) return;
  fprintf(stderr, "\r\033[K%s: %zu of %zu runs done", c->title, c->done, c->count);
  if (c->failed) fprintf(stderr, ", %zu failed", c->failed);
  if (c->done == c->count) fputs("\r\033[K", stderr);
  fflush(stderr);
}

static void be_function(const Task *task) {
  json_t *json = task->work(task->user);
  _exit(json && !json_dump_file(json, "report.json", JSON_INDENT(2)) ? EXIT_SUCCESS : EXIT_FAILURE);
}

static void be_task(const Task *task, const char *program) {
  if (chdir(task->folder)) _exit(NOT_STARTED);
  int said = open("said", O_WRONLY | O_CREAT | O_TRUNC, 0644), none = open("/dev/null", O_RDONLY);
  if (said < 0 || none < 0 || dup2(none, STDIN_FILENO) < 0 || dup2(said, STDOUT_FILENO) < 0 ||
      dup2(said, STDERR_FILENO) < 0)
    _exit(NOT_STARTED);
  if (task->work) be_function(task);
  char **words = text_words(task->command, NULL);
  execv(program, words);
  _exit(NOT_STARTED);
}

// The next one: those that begin early, then the others; NULL: all have begun.
static Task *next_task(Crew *c) {
  for (; c->next < 2 * c->all; c->next++) {
    Task *task = &c->tasks[c->next % c->all];
    if (!task->skip && task->early == (c->next < c->all)) return &c->tasks[c->next++ % c->all];
  }
  return NULL;
}

static bool begin(Crew *c, int place, Task *task, const char *program) {
  fflush(NULL);
  pid_t child = fork();
  if (child == 0) be_task(task, program);
  if (child < 0) return error_at(NULL, 0, 0, "no child for `%s`: %s", task->command, strerror(errno));
  c->children[place] = child;
  c->of[place] = task;
  c->running++;
  return true;
}

static void note_end(const Task *task) {
  FILE *file = fopen(text_of("%s/ended", task->folder), "w");
  if (!file) return; // then it has not ended for --resume
  fprintf(file, "%d %s", task->status, task->command);
  fclose(file);
}

bool task_ended(Task *task) {
  const char *noted = text_file(text_of("%s/ended", task->folder));
  char *end;
  if (!noted) return false;
  task->status = (int)strtol(noted, &end, 10);
  return *end == ' ' && !strcmp(end + 1, task->command);
}

static void end(Crew *c, pid_t child, int state) {
  for (int place = 0; place < c->places; place++) {
    if (c->children[place] != child) continue;
    c->children[place] = 0;
    c->of[place]->status = WIFSIGNALED(state) ? 128 + WTERMSIG(state) : WEXITSTATUS(state);
    note_end(c->of[place]);
    c->running--;
    c->done++;
    c->failed += c->of[place]->status != 0;
  }
  show(c);
}

static int free_place(const Crew *c) {
  for (int place = 0; place < c->places; place++)
    if (!c->children[place]) return place;
  return -1;
}

static int at_once(void) {
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  return processors < 1 ? 1 : processors > MOST_AT_ONCE ? MOST_AT_ONCE : (int)processors;
}

bool tasks_run(const char *title, const char *program, Task *tasks, size_t count) {
  Crew crew = {.title = title, .tasks = tasks, .places = at_once(), .all = count};
  bool good = true;
  for (size_t i = 0; i < count; i++)
    crew.count += !tasks[i].skip;
  Task *next = next_task(&crew);
  while (crew.running || (good && next)) {
    int place = free_place(&crew), state;
    if (good && next && place >= 0) {
      good = begin(&crew, place, next, program);
      next = next_task(&crew);
      continue;
    }
    pid_t child = wait(&state);
    if (child > 0) end(&crew, child, state);
  }
  return good;
}

char *task_said(const Task *task) {
  char *said = text_file(text_of("%s/said", task->folder));
  return said ? said : text_of("%s", "");
}
