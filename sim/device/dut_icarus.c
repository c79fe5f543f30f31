// The Icarus backend: vvp runs the bench and the model in a process of its own, commands go over a socket
// (sim/device/pipe.h).
#include "sim/device/bench.h"
#include "sim/device/compile_icarus.h"
#include "sim/device/dut_backend.h"
#include "sim/device/jobs.h"
#include "sim/device/pipe.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct Icarus {
  int socket;
  int output; // what vvp prints
  pid_t process;
} Icarus;

// In the child. The simulation must not outlive the tool.
static _Noreturn void run_vvp(const char *folder, const char *trace_path, int socket, int output) {
  char number[16], program[PATH_MAX + 16], *trace = NULL;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  snprintf(number, sizeof number, "%d", socket);
  snprintf(program, sizeof program, "%s/model.vvp", folder);
  setenv(PIPE_VARIABLE, number, 1);
  setenv("LC_ALL", "C", 1);
  if (trace_path && asprintf(&trace, "+trace=%s", trace_path) < 0) _exit(126);
  fcntl(socket, F_SETFD, 0);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  execlp("vvp", "vvp", "-n", "-M", folder, "-m", "lac_vpi", program, "-fst", trace, (char *)NULL);
  dprintf(STDERR_FILENO, "vvp: cannot run it; install the Debian package iverilog\n");
  _exit(127);
}

static void quote_output(int output, const char *what, DutError *error) {
  char text[1000] = "";
  ssize_t got = pread(output, text, sizeof text - 1, 0);
  text[got > 0 ? got : 0] = '\0';
  dut_error(error, "%s; it printed:\n%s", what, text);
}

static void close_process(void *state) {
  Icarus *icarus = state;
  BenchCommand command = {.op = BENCH_CLOSE};
  pipe_send(icarus->socket, &command, sizeof command);
  close(icarus->socket);
  while (waitpid(icarus->process, NULL, 0) < 0 && errno == EINTR)
    ;
  close(icarus->output);
  free(icarus);
}

// Returns the process with its output and our end of the socket, or NULL.
static Icarus *start(const char *folder, const char *trace_path) {
  Icarus *icarus = calloc(1, sizeof *icarus);
  int ends[2];
  if (!icarus || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) {
    free(icarus);
    return NULL;
  }
  icarus->socket = ends[0];
  icarus->output = memfd_create("vvp", MFD_CLOEXEC);
  icarus->process = fork();
  if (icarus->process == 0) run_vvp(folder, trace_path, ends[1], icarus->output);
  close(ends[1]);
  if (icarus->process > 0) return icarus;
  close(ends[0]);
  close(icarus->output);
  free(icarus);
  return NULL;
}

// Settings go out; an answer to a first command shows that vvp has read the model.
static bool greet(Icarus *icarus, const DutSettings *settings, const AxiMemorySettings *memory) {
  BenchCommand command = {.op = BENCH_TRAFFIC};
  BenchReply reply;
  return pipe_send(icarus->socket, memory, sizeof *memory) &&
         pipe_send(icarus->socket, settings->faults, settings->fault_count * sizeof *settings->faults) &&
         pipe_send(icarus->socket, &command, sizeof command) && pipe_receive(icarus->socket, &reply, sizeof reply);
}

static void *open_process(const DutSettings *settings, const Plan *plan, const AxiMemorySettings *memory,
                          DutError *error) {
  ModelFolder folder;
  if (!model_icarus(settings, plan, &folder, error)) return NULL;
  Icarus *icarus = start(folder.path, settings->trace_path);
  if (!icarus) dut_error(error, "cannot start vvp: %s", strerror(errno));
  bool ok = icarus && greet(icarus, settings, memory);
  model_unlock(&folder);
  if (icarus && !ok) {
    quote_output(icarus->output, "vvp did not start the model", error);
    close_process(icarus);
  }
  return ok ? icarus : NULL;
}

static bool converse(Icarus *icarus, const BenchCommand *command, const void *in, void *out, BenchReply *reply) {
  return pipe_send(icarus->socket, command, sizeof *command) && (!in || pipe_send(icarus->socket, in, command->b)) &&
         pipe_receive(icarus->socket, reply, sizeof *reply) &&
         (!out || !reply->ok || pipe_receive(icarus->socket, out, command->b));
}

static void carry_out(void *state, const BenchCommand *command, const void *in, void *out, BenchReply *reply) {
  Icarus *icarus = state;
  if (converse(icarus, command, in, out, reply)) return;
  DutError error;
  quote_output(icarus->output, "vvp ended before its time", &error);
  *reply = (BenchReply){.broken = true};
  snprintf(reply->message, sizeof reply->message, "%.*s", (int)sizeof reply->message - 1, error.text);
}

// Wide windows take seconds for a few cycles, and progress is to be seen.
const BackendOps dut_icarus = {20, open_process, carry_out, close_process};
