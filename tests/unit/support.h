// What the tests of readers share: files that live as long as the test, and what was said on stderr.
#ifndef LACUNA_TEST_SUPPORT_H
#define LACUNA_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char test_folder[] = P_tmpdir "/lacuna_test_XXXXXX";
static char test_said[4096]; // stderr of the last LISTEN
static int test_stderr = -1;

static inline int folder_setup(void **state) {
  (void)state;
  memcpy(test_folder + sizeof test_folder - 7, "XXXXXX", 6); // a second group has a folder of its own
  return mkdtemp(test_folder) ? 0 : -1;
}

static inline int folder_teardown(void **state) {
  (void)state;
  char command[128];
  snprintf(command, sizeof command, "rm -rf %s", test_folder);
  return system(command);
}

static inline const char *file_path(const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", test_folder, name);
  return path;
}

static inline const char *file_make(const char *name, const void *bytes, size_t size) {
  FILE *file = fopen(file_path(name), "wb");
  assert_non_null(file);
  assert_int_equal(fwrite(bytes, 1, size, file), size);
  assert_int_equal(fclose(file), 0);
  return file_path(name);
}

static inline bool file_exists(const char *name) {
  struct stat status;
  return !stat(file_path(name), &status);
}

// Files in the test's folder, without . and ..
static inline int folder_count(void) {
  char command[128];
  int count = -1;
  snprintf(command, sizeof command, "ls -A %s | wc -l", test_folder);
  FILE *pipe = popen(command, "r");
  if (pipe && fscanf(pipe, "%d", &count) != 1) count = -1;
  if (pipe) pclose(pipe);
  return count;
}

static inline void listen_begin(void) {
  test_stderr = dup(2);
  FILE *file = tmpfile();
  assert_non_null(file);
  dup2(fileno(file), 2);
  fclose(file);
}

static inline void listen_end(void) {
  ssize_t size = pread(2, test_said, sizeof test_said - 1, 0);
  test_said[size > 0 ? size : 0] = 0;
  dup2(test_stderr, 2);
  close(test_stderr);
}

#define SAID(text) said_check(text, __LINE__)

static inline void said_check(const char *text, int line) {
  if (!strstr(test_said, text)) fail_msg("line %d: expected \"%s\" in \"%s\"", line, text, test_said);
}

#endif
