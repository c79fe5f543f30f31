// Text and arrays that are never freed. Where memory ends, so does the program.
#include "harness/bench/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *or_end(void *memory) {
  if (memory) return memory;
  fputs("lacuna-bench: memory is too short\n", stderr);
  exit(EXIT_FAILURE);
}

char *text_of(const char *format, ...) {
  va_list args;
  char *text = NULL;
  va_start(args, format);
  int length = vasprintf(&text, format, args);
  va_end(args);
  return or_end(length < 0 ? NULL : text);
}

char **text_words(const char *text, int *count) {
  size_t room = strlen(text) / 2 + 2;
  char **words = or_end(calloc(room, sizeof *words)), *rest = text_of("%s", text), *place = NULL;
  int found = 0;
  for (char *word = strtok_r(rest, " ", &place); word; word = strtok_r(NULL, " ", &place))
    words[found++] = word;
  if (count) *count = found;
  return words;
}

bool text_has_word(const char *words, const char *word) {
  for (char **next = text_words(words, NULL); *next; next++)
    if (!strcmp(*next, word)) return true;
  return false;
}

char *text_file(const char *path) {
  FILE *file = fopen(path, "r");
  char *text = NULL;
  size_t size = 0;
  if (!file) return NULL;
  ssize_t length = getdelim(&text, &size, '\0', file);
  fclose(file);
  if (length < 0) {
    free(text);
    return text_of("%s", "");
  }
  return text;
}

char *text_last_line(const char *text) {
  size_t end = strlen(text);
  while (end && text[end - 1] == '\n')
    end--;
  size_t start = end;
  while (start && text[start - 1] != '\n')
    start--;
  return end ? text_of("%.*s", (int)(end - start), text + start) : text_of("nothing");
}

void *text_grow(void *items, size_t count, size_t *room, size_t item_bytes) {
  if (count < *room) return items;
  *room = 2 * *room + 16;
  return or_end(realloc(items, *room * item_bytes));
}

void table_head(FILE *out, const char *cells) {
  fprintf(out, "| %s |\n|", cells);
  fputs("---|", out);
  for (const char *bar = strchr(cells, '|'); bar; bar = strchr(bar + 1, '|'))
    fputs("---|", out);
  fputc('\n', out);
}
