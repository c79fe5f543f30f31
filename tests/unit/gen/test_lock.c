// Locks between processes: many use, one makes, a wait has an end, and a process that is killed has none.
#include "gen/base/lock.h"
#include "tests/unit/support.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static int open_file(void) {
  int file = open(file_make("lock", "", 0), O_RDWR | O_CLOEXEC);
  assert_true(file >= 0);
  return file;
}

static void test_kinds(void **state) {
  (void)state;
  int one = open_file(), other = open_file();
  assert_true(lock_take(one, LOCK_TO_USE, 0, "it"));
  assert_true(lock_take(other, LOCK_TO_USE, 0, "it"));
  assert_false(lock_take(one, LOCK_TO_MAKE, 0, "it"));
  assert_int_equal(errno, ETIMEDOUT);
  close(other);
  assert_true(lock_take(one, LOCK_TO_MAKE, 0, "it"));
  other = open_file();
  assert_false(lock_take(other, LOCK_TO_USE, 0, "it"));
  close(one);
  assert_true(lock_take(other, LOCK_TO_MAKE, 0, "it"));
  close(other);
}

// The child holds the lock until it is killed, its own child somewhat longer: as a compiler does.
static void test_killed(void **state) {
  (void)state;
  int ready[2], file = open_file();
  char byte;
  assert_int_equal(pipe(ready), 0);
  pid_t child = fork();
  if (child == 0) {
    int mine = open_file();
    if (!lock_take(mine, LOCK_TO_MAKE, 0, "it") || fork() == 0) {
      usleep(300000);
      _exit(0);
    }
    if (write(ready[1], "x", 1) == 1) pause();
    _exit(1);
  }
  assert_int_equal(read(ready[0], &byte, 1), 1);
  assert_false(lock_take(file, LOCK_TO_USE, 0, "it"));
  kill(child, SIGKILL);
  waitpid(child, NULL, 0);
  assert_true(lock_take(file, LOCK_TO_MAKE, LOCK_SECONDS, "it"));
  close(file);
  close(ready[0]);
  close(ready[1]);
}

// What is no regular file system has no locks: that is no reason to wait.
static void test_none(void **state) {
  (void)state;
  assert_true(lock_take(-1, LOCK_TO_MAKE, 0, "it"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_kinds),
      cmocka_unit_test(test_killed),
      cmocka_unit_test(test_none),
  };
  return cmocka_run_group_tests(tests, folder_setup, folder_teardown);
}
