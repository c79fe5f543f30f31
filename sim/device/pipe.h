// The socket between the Icarus backend and its vvp process: whole structs, both ends are compiled from the same
// headers. Parent: AxiMemorySettings, faults; then a BenchCommand (with payload for POKE) at a time, each answered by a
// BenchReply (with payload for PEEK, if it is ok).
#ifndef LACUNA_PIPE_H
#define LACUNA_PIPE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>

#define PIPE_VARIABLE "LACUNA_BENCH_SOCKET" // environment: number of the file descriptor in vvp

static inline bool pipe_send(int end, const void *data, size_t bytes) {
  const char *next = data;
  while (bytes) {
    ssize_t sent = send(end, next, bytes, MSG_NOSIGNAL);
    if (sent <= 0) return false;
    next += sent;
    bytes -= (size_t)sent;
  }
  return true;
}

static inline bool pipe_receive(int end, void *data, size_t bytes) {
  char *next = data;
  while (bytes) {
    ssize_t got = recv(end, next, bytes, 0);
    if (got <= 0) return false;
    next += got;
    bytes -= (size_t)got;
  }
  return true;
}

#endif
