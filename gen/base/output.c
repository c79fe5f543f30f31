// Temporary file and rename. Errors are printed with the name the user gave.
#include "gen/base/output.h"
#include "gen/base/error.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// The folder a file lies in, to be freed.
static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash) return strdup(".");
  return strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static bool folder_check(const char *path) {
  char *folder = folder_of(path);
  struct stat status;
  bool there = folder && !stat(folder, &status) && S_ISDIR(status.st_mode);
  bool good = there && !access(folder, W_OK | X_OK);
  if (!there) error_at(path, 0, 0, "can't be written: there is no folder %s; make it first", folder ? folder : "");
  if (there && !good) error_at(path, 0, 0, "can't be written: the folder %s is not writable; choose another", folder);
  free(folder);
  return good;
}

bool output_check(const char *path) {
  struct stat status;
  if (!path) return true;
  if (!*path) return error_at(NULL, 0, 0, "the name of an output file is empty; give a file name");
  if (stat(path, &status)) return folder_check(path);
  if (S_ISDIR(status.st_mode)) return error_at(path, 0, 0, "is a directory; give the name of a file");
  if (access(path, W_OK)) return error_at(path, 0, 0, "can't be written: %s; choose another name", strerror(errno));
  return S_ISREG(status.st_mode) ? folder_check(path) : true;
}

static void forget(Output *output) {
  free(output->path);
  free(output->temporary);
  *output = (Output){0};
}

static bool open_failed(Output *output, const char *path) {
  error_at(path, 0, 0, "can't be written: %s; choose another name", strerror(errno));
  forget(output);
  return false;
}

// A temporary file has the rights that an ordinary new file would have.
static FILE *open_temporary(char *name) {
  int descriptor = mkstemp(name);
  if (descriptor < 0) return NULL;
  mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, 0666 & ~mask);
  return fdopen(descriptor, "wb");
}

bool output_open(Output *output, const char *path) {
  struct stat status;
  *output = (Output){0};
  if (!output_check(path)) return false;
  bool exists = !stat(path, &status);
  bool regular = exists && S_ISREG(status.st_mode); // the name behind /dev/stdout may be no path, as pipe:[1]
  output->path = regular ? realpath(path, NULL) : strdup(path);
  if (!output->path) return open_failed(output, path);
  if (exists && !regular) {
    output->file = fopen(path, "wb");
  } else {
    if (asprintf(&output->temporary, "%s.XXXXXX", output->path) < 0) output->temporary = NULL;
    output->file = output->temporary ? open_temporary(output->temporary) : NULL;
  }
  return output->file ? true : open_failed(output, path);
}

bool output_commit(Output *output) {
  bool good = !ferror(output->file) && !fflush(output->file);
  int why = errno;
  if (fclose(output->file) && good) {
    good = false;
    why = errno;
  }
  if (good && output->temporary && rename(output->temporary, output->path)) {
    good = false;
    why = errno;
  }
  if (!good) {
    error_at(output->path, 0, 0, "writing failed: %s; nothing is left of it", strerror(why));
    if (output->temporary) unlink(output->temporary);
  }
  forget(output);
  return good;
}

void output_abandon(Output *output) {
  if (!output->file) return;
  fclose(output->file);
  if (output->temporary) unlink(output->temporary);
  forget(output);
}
