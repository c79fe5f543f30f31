// Run-time files, found from where the executable lies, so that a source tree and an installation can both be moved.
#include "gen/base/paths.h"
#include "gen/base/error.h"
#include <errno.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// From the folder of the executable. Test programs lie two levels deeper in build/ than the tool.
static const char *const candidates[] = {"..", "../share/lacuna", "../../.."};

static bool join(char *path, size_t size, const char *folder, const char *name) {
  char joined[PATH_MAX], resolved[PATH_MAX];
  int length = snprintf(joined, sizeof joined, "%s/%s", folder, name);
  if (length < 0 || (size_t)length >= sizeof joined || !realpath(joined, resolved)) return false;
  if (strlen(resolved) >= size) return false;
  memcpy(path, resolved, strlen(resolved) + 1);
  return true;
}

bool paths_find(const char *name, char *path, size_t size) {
  const char *home = getenv("LACUNA_HOME");
  if (home) return join(path, size, home, name);
  char folder[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", folder, sizeof folder - 1);
  if (length <= 0) return false;
  folder[length] = '\0';
  *strrchr(folder, '/') = '\0';
  for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
    char base[PATH_MAX], probe[PATH_MAX];
    if (!join(base, sizeof base, folder, candidates[i])) continue;
    if (join(probe, sizeof probe, base, "sim/device/shim.cpp") && join(path, size, base, name)) return true;
  }
  return false;
}

bool paths_leaf(const char *rtl, const char *name, char *path, size_t size) {
  char pattern[PATH_MAX + 128];
  glob_t found;
  snprintf(pattern, sizeof pattern, "%s/*/%s", rtl, name);
  bool ok = !glob(pattern, 0, NULL, &found);
  if (ok) ok = (size_t)snprintf(path, size, "%s", found.gl_pathv[0]) < size;
  globfree(&found);
  return ok || error_at(pattern, 0, 0, "is not there; the installation lacks a file");
}

static const char *build_folder(void) {
  const char *folder = getenv("LACUNA_BUILD");
  return folder && *folder ? folder : "build";
}

bool paths_build(const char *name, char *path, size_t size) {
  int length = snprintf(path, size, "%s/%s", build_folder(), name);
  if (length >= 0 && (size_t)length < size) return true;
  return error_at(build_folder(), 0, 0, "path is too long; set LACUNA_BUILD to a shorter one");
}

// The first of the folder and those above it that is there is asked.
bool paths_check_build(void) {
  char path[PATH_MAX];
  if (!paths_build("", path, sizeof path)) return false;
  for (char *slash = strrchr(path, '/'); slash && slash > path; slash = strrchr(path, '/')) {
    *slash = '\0';
    if (!access(path, F_OK)) break;
    if (!strchr(path, '/')) strcpy(path, ".");
  }
  struct stat status;
  bool folder = !stat(path, &status) && S_ISDIR(status.st_mode);
  if (folder && !access(path, W_OK | X_OK)) return true;
  if (!folder) errno = ENOTDIR;
  return error_at(build_folder(), 0, 0,
                  "can't be written: %s; bundles and models go there: run in a folder of yours, or "
                  "set LACUNA_BUILD to one",
                  strerror(errno));
}
