// Rate and time left of a long simulation.
#include "harness/base/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static const double quiet_for = 2.0, between = 0.25; // seconds

double seconds_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

Progress progress_begin(uint64_t expected_cycles) {
  double now = seconds_now();
  return (Progress){.expected = expected_cycles, .start = now, .last = now, .terminal = isatty(STDERR_FILENO)};
}

bool progress_tick(void *user, uint64_t cycles) {
  Progress *progress = user;
  double now = seconds_now(), spent = now - progress->start;
  if (!progress->terminal || spent < quiet_for || now - progress->last < between) return true;
  progress->last = now;
  progress->shown = true;
  double rate = (double)cycles / spent;
  if (rate < 10e3)
    fprintf(stderr, "\r%.0f cycles, %.0f cycles/s", (double)cycles, rate);
  else
    fprintf(stderr, "\r%.2f M cycles, %.0f k cycles/s", (double)cycles * 1e-6, rate * 1e-3);
  if (progress->expected > cycles && rate > 0) {
    double left = (double)(progress->expected - cycles) / rate;
    fprintf(stderr, ", %.0f %%, %d:%02d left", 100 * (double)cycles / (double)progress->expected, (int)(left / 60),
            (int)left % 60);
  }
  fputs("\033[K", stderr);
  fflush(stderr);
  return true;
}

void progress_end(Progress *progress) {
  if (progress->shown) fputs("\r\033[K", stderr);
}
