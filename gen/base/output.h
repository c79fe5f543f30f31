// Files that appear whole or not at all: written beside their place under another name, then renamed.
// A target that exists and is not a regular file (a terminal, a pipe, /dev/null) is written directly.
#ifndef LACUNA_OUTPUT_H
#define LACUNA_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

typedef struct Output {
  FILE *file;
  char *path;      // final place, links resolved
  char *temporary; // NULL if written directly
} Output;

// Says early, before a long run, that a path can't be written. NULL is fine.
bool output_check(const char *path);

bool output_open(Output *output, const char *path);
bool output_commit(Output *output); // every byte is on its way to disk and the name is right, or nothing is left
void output_abandon(Output *output);

#endif
