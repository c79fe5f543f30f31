// Wall time: builds, simulation speeds, packing. Measured one after the other before the runs, with nothing beside.
//
//   [times] kind | configuration | figure | arguments | required | reason
//     build  a first run of 1 x 1 x 1; arguments: cold (an empty cache), library (Verilator's is compiled) or -
//     gen    lacuna gen, mean of five
//     speed  cycles a second that lacuna run reports; arguments: its options
//     ratio  the figure above over the one above that
//     pack   lacuna pack on one core; arguments: its options
//   required: -, <= number, >= number, or >= above: the figure above. reason: a key of [reasons], if it is missed.
#ifndef LACUNA_BENCH_TIMING_H
#define LACUNA_BENCH_TIMING_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct Bench;

typedef struct Time {
  const char *figure, *config, *unit;
  double value;
} Time;

typedef struct Times {
  double load; // average of the last minute at the start; -1: unknown
  int cores;
  Time *list;
  size_t count, room;
} Times;

bool times_measure(struct Bench *b);          // nothing in a sample
void times_table(struct Bench *b, FILE *out); // with conditions and verdicts
json_t *times_json(const Times *times);

#endif
