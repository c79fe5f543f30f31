// A progress line on stderr for runs over two seconds, if stderr is a terminal; otherwise nothing.
#ifndef LACUNA_PROGRESS_H
#define LACUNA_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Progress {
  uint64_t expected;  // cycles, a guess; 0: unknown
  double start, last; // seconds
  bool terminal, shown;
} Progress;

double seconds_now(void); // monotonic

Progress progress_begin(uint64_t expected_cycles);
bool progress_tick(void *progress, uint64_t cycles); // a DutProgress; always true
void progress_end(Progress *progress);               // wipes the line

#endif
