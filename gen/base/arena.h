// Memory that is given back all at once: the generator builds, prints and ends, so nothing is freed one by one.
// Running out of memory ends the program with a message.
#ifndef LACUNA_ARENA_H
#define LACUNA_ARENA_H

#include <stdarg.h>
#include <stddef.h>

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena { // all zero is an empty arena
  ArenaChunk *chunks;
  size_t used, room; // bytes of the newest chunk
} Arena;

void *arena_alloc(Arena *arena, size_t bytes);    // zeroed, aligned for any type
char *arena_copy(Arena *arena, const char *text); // NULL: NULL
__attribute__((format(printf, 2, 0), nonnull(2))) char *arena_print(Arena *arena, const char *format, va_list args);
void arena_free(Arena *arena);

// An array of `count` items that may hold `*room`: returns room for one more, moved to twice the size when it is full.
void *arena_grow(Arena *arena, void *items, size_t count, size_t *room, size_t item_bytes);

#endif
