// Bump allocator: chunks in a list, the newest one is filled. Used by everything that lives as long as one design.

#include "gen/base/arena.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK_BYTES = 1 << 18, ALIGNMENT = 16 };

struct ArenaChunk {
  _Alignas(ALIGNMENT) ArenaChunk *older;
};

static void chunk_add(Arena *arena, size_t bytes) {
  size_t room = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
  ArenaChunk *chunk = calloc(1, sizeof *chunk + room);
  if (!chunk) {
    fprintf(stderr, "lacuna: out of memory\n");
    exit(3);
  }
  chunk->older = arena->chunks;
  *arena = (Arena){chunk, 0, room};
}

void *arena_alloc(Arena *arena, size_t bytes) {
  bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (bytes > arena->room - arena->used) chunk_add(arena, bytes);
  char *start = (char *)(arena->chunks + 1) + arena->used;
  arena->used += bytes;
  return start;
}

char *arena_copy(Arena *arena, const char *text) {
  if (!text) return NULL;
  size_t bytes = strlen(text) + 1;
  return memcpy(arena_alloc(arena, bytes), text, bytes);
}

char *arena_print(Arena *arena, const char *format, va_list args) {
  va_list again;
  va_copy(again, args);
  size_t bytes = (size_t)vsnprintf(NULL, 0, format, args) + 1;
  char *text = arena_alloc(arena, bytes);
  vsnprintf(text, bytes, format, again);
  va_end(again);
  return text;
}

void *arena_grow(Arena *arena, void *items, size_t count, size_t *room, size_t item_bytes) {
  if (count < *room) return items;
  *room = *room ? *room * 2 : 8;
  void *moved = arena_alloc(arena, *room * item_bytes);
  if (count) memcpy(moved, items, count * item_bytes);
  return moved;
}

void arena_free(Arena *arena) {
  for (ArenaChunk *chunk = arena->chunks, *older; chunk; chunk = older) {
    older = chunk->older;
    free(chunk);
  }
  *arena = (Arena){0};
}
