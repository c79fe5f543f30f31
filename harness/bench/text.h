// Text that lives until the program ends: it reads, runs, writes and ends, so nothing is given back.
#ifndef LACUNA_BENCH_TEXT_H
#define LACUNA_BENCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

char *text_of(const char *format, ...) __attribute__((format(printf, 1, 2)));

// The words of a text, split at blanks, ended by NULL; how many if count is not NULL.
char **text_words(const char *text, int *count);

bool text_has_word(const char *words, const char *word);

// What a file holds, ended by 0; NULL if it can't be read.
char *text_file(const char *path);

// The last line that is not empty, without its end; "nothing" for an empty text.
char *text_last_line(const char *text);

// Room for one more item of `items`: an array of `count` items that may hold `*room`.
void *text_grow(void *items, size_t count, size_t *room, size_t item_bytes);

void table_head(FILE *out, const char *cells); // "a | b | c" and the line below it

#endif
