// flock, since it goes with the open file: children that inherit it keep it, so what a killed builder has started ends
// before the next one begins.
#include "gen/base/lock.h"

#include <errno.h>
#include <stdio.h>
#include <sys/file.h>
#include <time.h>

enum { TRIES_A_SECOND = 50, SILENT_SECONDS = 2 };

bool lock_take(int file, LockKind kind, int seconds, const char *name) {
  const struct timespec pause = {.tv_nsec = 1000000000 / TRIES_A_SECOND};
  int operation = (kind == LOCK_TO_MAKE ? LOCK_EX : LOCK_SH) | LOCK_NB;
  for (long tries = 0;; tries++) {
    if (!flock(file, operation)) return true;
    if (errno != EWOULDBLOCK && errno != EINTR) return true; // network file systems without locks, or of folders
    if (tries >= (long)seconds * TRIES_A_SECOND) break;
    if (tries == SILENT_SECONDS * TRIES_A_SECOND) fprintf(stderr, "%s: another process makes it; waiting\n", name);
    nanosleep(&pause, NULL);
  }
  errno = ETIMEDOUT;
  return false;
}
