// Compilers and simulators are run through here; no shell is involved, so paths may hold any character.
#include "sim/device/jobs.h"
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_PROCESSES 256

static void append(Job *job, char *arg) {
  if (!arg || job->count == JOB_ARGS - 1) {
    free(arg);
    job->full = true;
    return;
  }
  job->args[job->count++] = arg;
}

void job_add(Job *job, const char *format, ...) {
  char *arg = NULL;
  va_list args;
  va_start(args, format);
  if (vasprintf(&arg, format, args) < 0) arg = NULL;
  va_end(args);
  append(job, arg);
}

void job_add_words(Job *job, const char *words) {
  for (;;) {
    words += strspn(words, " ");
    size_t length = strcspn(words, " ");
    if (length == 0) return;
    append(job, strndup(words, length));
    words += length;
  }
}

void job_free(Job *job) {
  for (int i = 0; i < job->count; i++)
    free(job->args[i]);
  *job = (Job){0};
}

size_t job_processors(void) {
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set)) return 1;
  int count = CPU_COUNT(&set);
  return count > MOST_PROCESSES ? MOST_PROCESSES : (size_t)count;
}

// Whom to ask for a program that is not there.
static const struct {
  const char *program, *package;
} packages[] = {{"verilator", "verilator"},   {"g++", "g++"},           {"gcc", "gcc"},
                {"iverilog-vpi", "iverilog"}, {"iverilog", "iverilog"}, {"vvp", "iverilog"}};

const char *job_package(const char *program) {
  for (size_t i = 0; i < sizeof packages / sizeof *packages; i++)
    if (strcmp(packages[i].program, program) == 0) return packages[i].package;
  return program;
}

// In the child. Messages in the language of C, whatever locale the caller asked for and has not installed; temporary
// files where the results go, whatever TMPDIR says; and no compiler that outlives the tool.
static _Noreturn void run(const Job *job, int output, int words) {
  int nothing = open("/dev/null", O_RDONLY);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(words, STDERR_FILENO);
  setenv("LC_ALL", "C", 1);
  if (job->folder && (chdir(job->folder) || setenv("TMPDIR", job->folder, 1))) _exit(126);
  execvp(job->args[0], job->args);
  dprintf(STDERR_FILENO, "%s: cannot run it; install the Debian package %s, or look at PATH\n", job->args[0],
          job_package(job->args[0]));
  _exit(127);
}

// `words` takes standard error.
static pid_t start(const Job *job, int output, int words) {
  if (job->full || job->count == 0) return -1;
  pid_t pid = fork();
  if (pid == 0) run(job, output, words);
  return pid;
}

static bool succeeded(int status) {
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void log_command(const Job *job, int log) {
  for (int i = 0; i < job->count; i++)
    dprintf(log, "%s%s", i ? " " : "+ ", job->args[i]);
  dprintf(log, "\n");
}

typedef struct Pool {
  pid_t running[MOST_PROCESSES];
  size_t count, width;
  bool ok;
} Pool;

// Children are asked for by id, so that other children of the caller are left alone.
static void reap(Pool *pool) {
  for (size_t i = 0; i < pool->count;) {
    int status = 0;
    pid_t pid = waitpid(pool->running[i], &status, WNOHANG);
    if (pid == 0) {
      i++;
      continue;
    }
    if (pid < 0 || !succeeded(status)) pool->ok = false;
    pool->running[i] = pool->running[--pool->count];
  }
}

bool jobs_run(Job *jobs, size_t count, const char *log) {
  int output = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  if (output < 0) return false;
  Pool pool = {.width = job_processors(), .ok = true};
  size_t next = 0;
  while (pool.count || (pool.ok && next < count)) {
    if (pool.ok && next < count && pool.count < pool.width) {
      log_command(&jobs[next], output);
      pid_t pid = start(&jobs[next++], output, output);
      if (pid > 0) pool.running[pool.count++] = pid;
      if (pid < 0) pool.ok = false;
      continue;
    }
    reap(&pool);
    if (pool.count) usleep(2000);
  }
  close(output);
  return pool.ok;
}

// First line of an open file, without the newline.
static bool first_line(FILE *file, char *line, size_t size) {
  bool got = fgets(line, (int)size, file) != NULL;
  while (getc(file) != EOF)
    ;
  if (!got) line[0] = '\0';
  line[strcspn(line, "\n")] = '\0';
  return got;
}

bool job_output(Job *job, char *line, size_t size) {
  int ends[2], words = memfd_create("words", MFD_CLOEXEC), status = 0;
  if (words < 0 || pipe2(ends, O_CLOEXEC)) return false;
  pid_t pid = start(job, ends[1], words);
  close(ends[1]);
  FILE *file = fdopen(ends[0], "r"), *said = fdopen(words, "r");
  bool good = pid > 0 && file && said && first_line(file, line, size);
  if (pid > 0 && (waitpid(pid, &status, 0) < 0 || !succeeded(status))) good = false;
  if (!good && said) {
    rewind(said);
    first_line(said, line, size);
  }
  if (file) fclose(file);
  if (said) fclose(said);
  return good;
}
