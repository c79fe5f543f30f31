// Programs and functions run beside each other, each in a child and a folder of its own, as many at once as there are
// processors.
#ifndef LACUNA_BENCH_TASKS_H
#define LACUNA_BENCH_TASKS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

typedef struct Task {
  const char *folder;          // exists; `said` in it gets what is printed, `ended` the status and the command
  const char *command;         // words; for a function what it is called in messages
  json_t *(*work)(void *user); // instead of a program; NULL: failed. Its result lies in report.json
  void *user;
  bool early, skip; // begins before those that are not; does not run at all
  int status;       // exit status, 128 + the signal that ended it
} Task;

// Runs them all; those that end badly do not keep others from running. `title` is for the line on a terminal. False,
// after a message, if a child can't be started.
bool tasks_run(const char *title, const char *program, Task *tasks, size_t count);

// Whether this task has ended before, in this folder; its status is taken.
bool task_ended(Task *task);

char *task_said(const Task *task); // all that it printed

#endif
