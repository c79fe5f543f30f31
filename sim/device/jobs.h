// Runs programs: several at a time, output appended to a log file, which is quoted when one of them fails. They run
// with LC_ALL=C, and with TMPDIR where they work; they end when this process does.
#ifndef LACUNA_JOBS_H
#define LACUNA_JOBS_H

#include <stdbool.h>
#include <stddef.h>

#define JOB_ARGS 512

// A command line; job_add copies.
typedef struct Job {
  const char *folder; // working directory, or NULL
  char *args[JOB_ARGS];
  int count;
  bool full; // more than JOB_ARGS - 1 arguments, or no memory: jobs_run fails
} Job;

void job_add(Job *job, const char *format, ...) __attribute__((format(printf, 2, 3)));
void job_add_words(Job *job, const char *words); // split at blanks
void job_free(Job *job);

size_t job_processors(void); // that this process may use

// Runs all of them, as many at once as there are processors, standard output and error appended to `log`. After a
// failure no new one starts. False: at least one could not be started, was killed or had an exit status other than 0.
bool jobs_run(Job *jobs, size_t count, const char *log);

// First line of what a program prints on standard output, without the newline. False if it can't be run or fails: then
// the first line of its standard error.
bool job_output(Job *job, char *line, size_t size);

const char *job_package(const char *program); // the Debian package that has it

#endif
