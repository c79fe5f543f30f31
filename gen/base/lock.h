// A lock between processes on something that one of them makes and the others use. The kernel gives it back when its
// owner ends, however that ends.
#ifndef LACUNA_LOCK_H
#define LACUNA_LOCK_H

#include <stdbool.h>

typedef enum LockKind { LOCK_TO_USE, LOCK_TO_MAKE } LockKind; // many at once, or one alone

enum { LOCK_SECONDS = 3600 }; // what a builder may take

// Locks an open file or folder; waits at most `seconds`. After two it says on standard error that it waits for
// `name`. False, with errno ETIMEDOUT, if another process still has it. Where the file system knows no locks there is
// none.
bool lock_take(int file, LockKind kind, int seconds, const char *name);

#endif
