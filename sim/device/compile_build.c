// The cache of compiled models: a folder per plan, a key that tells whether it is still right, a lock, a log.
#include "sim/device/compile_build.h"
#include "gen/base/lock.h"
#include "gen/base/paths.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LOG_LINES 12        // quoted from a log
#define NO_ROOM   (1 << 20) // bytes

static const char *const keep_nothing[] = {NULL};

static bool append_path(FileList *files, char *path) {
  char **paths = path ? realloc(files->paths, (files->count + 1) * sizeof *paths) : NULL;
  if (!paths) {
    free(path);
    return false;
  }
  files->paths = paths;
  files->paths[files->count++] = path;
  return true;
}

bool model_read_files(const char *bundle, FileList *files, DutError *error) {
  *files = (FileList){0};
  char line[PATH_MAX], folder[PATH_MAX];
  snprintf(line, sizeof line, "%.4000s/lacuna_sim.f", bundle);
  FILE *file = realpath(bundle, folder) ? fopen(line, "r") : NULL;
  if (!file) {
    dut_error(error, "%s: %s; a bundle made by `lacuna gen` is expected there", line, strerror(errno));
    return false;
  }
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = '\0';
    if (line[0] == '\0' || line[0] == '#' || strncmp(line, "//", 2) == 0) continue;
    char *path = NULL;
    if (asprintf(&path, "%s/%s", folder, line) < 0) path = NULL;
    if (!append_path(files, path)) break;
  }
  fclose(file);
  if (files->count == 0) dut_error(error, "%s/lacuna_sim.f: names no file", folder);
  return files->count > 0;
}

void model_free_files(FileList *files) {
  for (size_t i = 0; i < files->count; i++)
    free(files->paths[i]);
  free(files->paths);
  *files = (FileList){0};
}

static void hash_bytes(uint64_t *hash, const void *data, size_t bytes) { // FNV-1a
  const uint8_t *byte = data;
  for (size_t i = 0; i < bytes; i++)
    *hash = (*hash ^ byte[i]) * 0x100000001b3u;
}

// Neither the folder matters nor the name of the configuration, in the line that tells how a file was made: the same
// bundle elsewhere is the same model.
static bool hash_file(uint64_t *hash, const char *path) {
  static const char command[] = "// Command: ";
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  char *line = NULL;
  size_t room = 0;
  for (ssize_t length; (length = getline(&line, &room, file)) > 0;)
    if (strncmp(line, command, strlen(command))) hash_bytes(hash, line, (size_t)length);
  free(line);
  fclose(file);
  const char *name = strrchr(path, '/');
  hash_bytes(hash, name ? name : path, strlen(name ? name : path) + 1);
  return true;
}

static bool make_key(const FileList *files, const char *const *sources, const char *options, char key[32],
                     DutError *error) {
  uint64_t hash = 0xcbf29ce484222325u;
  hash_bytes(&hash, options, strlen(options) + 1);
  for (size_t i = 0; i < files->count; i++) {
    if (hash_file(&hash, files->paths[i])) continue;
    dut_error(error, "%s: %s; lacuna_sim.f names it", files->paths[i], strerror(errno));
    return false;
  }
  for (; *sources; sources++) {
    char path[PATH_MAX];
    if (paths_find(*sources, path, sizeof path) && hash_file(&hash, path)) continue;
    dut_error(error, "%s: not found beside the tool; set LACUNA_HOME to the folder that holds sim/", *sources);
    return false;
  }
  snprintf(key, 32, "%016" PRIx64, hash);
  return true;
}

static bool make_folders(const char *path) {
  char part[PATH_MAX];
  snprintf(part, sizeof part, "%s", path);
  for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = '\0';
    if (mkdir(part, 0777) && errno != EEXIST) return false;
    *slash = '/';
  }
  return mkdir(part, 0777) == 0 || errno == EEXIST;
}

bool model_name_ends(const char *name, const char *const *ends) {
  for (; *ends; ends++) {
    size_t length = strlen(name), tail = strlen(*ends);
    if (length >= tail && strcmp(name + length - tail, *ends) == 0) return true;
  }
  return false;
}

static void sweep(const char *path, const char *const *keep) {
  DIR *dir = opendir(path);
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    const char *name = entry->d_name;
    if (strcmp(name, ".") && strcmp(name, "..") && !model_name_ends(name, keep)) unlinkat(dirfd(dir), name, 0);
  }
  if (dir) closedir(dir);
}

static bool key_matches(const ModelFolder *folder) {
  char path[PATH_MAX + 8], key[32] = "";
  snprintf(path, sizeof path, "%s/key", folder->path);
  FILE *file = fopen(path, "r");
  if (!file) return false;
  bool got = fgets(key, sizeof key, file) != NULL;
  fclose(file);
  return got && strcmp(key, folder->key) == 0;
}

static void keep_from_children(const ModelFolder *folder) {
  fcntl(folder->lock, F_SETFD, FD_CLOEXEC);
}

// Compilers keep the lock, too: where a build is killed, the next one begins when they have ended.
static bool take_lock(ModelFolder *folder, LockKind kind, DutError *error) {
  char path[PATH_MAX + 8];
  snprintf(path, sizeof path, "%s.lock", folder->path);
  folder->lock = open(path, O_RDWR | O_CREAT, 0666);
  if (folder->lock >= 0 && lock_take(folder->lock, kind, LOCK_SECONDS, folder->path)) return true;
  dut_error(error, "%s: cannot lock it: %s; end the process that holds it, or set LACUNA_BUILD to another folder", path,
            strerror(errno));
  model_unlock(folder);
  return false;
}

bool model_lock(const char *cache, const char *name, const FileList *files, const char *const *sources,
                const char *options, ModelFolder *folder, DutError *error) {
  *folder = (ModelFolder){.lock = -1};
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s/%s", cache, name) >= (int)sizeof path - 64 || !make_folders(path) ||
      !realpath(path, folder->path)) {
    dut_error(error, "%s/%s: cannot make this folder: %s; make it writable, or set LACUNA_BUILD to another one", cache,
              name, strerror(errno));
    return false;
  }
  snprintf(folder->log, sizeof folder->log, "%.4000s/build.log", folder->path);
  if (!make_key(files, sources, options, folder->key, error) || !take_lock(folder, LOCK_TO_USE, error)) return false;
  folder->fresh = key_matches(folder);
  if (!folder->fresh) {
    model_unlock(folder);
    if (!take_lock(folder, LOCK_TO_MAKE, error)) return false;
    folder->fresh = key_matches(folder); // another process may have made it in between
  }
  folder->fresh ? keep_from_children(folder) : sweep(folder->path, keep_nothing);
  return true;
}

bool model_finish(ModelFolder *folder, const char *const *keep, DutError *error) {
  sweep(folder->path, keep);
  char path[PATH_MAX + 8];
  snprintf(path, sizeof path, "%s/key", folder->path);
  FILE *file = fopen(path, "w");
  bool ok = file && fputs(folder->key, file) >= 0;
  if (file && fclose(file)) ok = false;
  if (!ok)
    dut_error(error, "%s: cannot write it: %s; make room, or set LACUNA_BUILD to another folder", path,
              strerror(errno));
  keep_from_children(folder);
  folder->fresh = ok;
  return ok;
}

void model_unlock(ModelFolder *folder) {
  if (folder->lock >= 0) close(folder->lock);
  folder->lock = -1;
}

static bool speaks_of_error(const char *line) {
  return strstr(line, "rror") || strstr(line, "cannot run it");
}

// Appends the first lines of a log from the one on that speaks of an error; lines that start with + are commands.
static void quote_log(const char *path, char *text, size_t size) {
  FILE *log = fopen(path, "r");
  char *line = NULL;
  size_t room = 0, used = 0;
  int lines = 0;
  while (log && lines < LOG_LINES && used + 1 < size && getline(&line, &room, log) > 0) {
    if (line[0] == '+' || (lines == 0 && !speaks_of_error(line))) continue;
    int length = snprintf(text + used, size - used, "%.200s%s", line, strlen(line) > 200 ? "...\n" : "");
    used += length > 0 ? (size_t)length : 0;
    lines++;
  }
  free(line);
  if (log) fclose(log);
}

// Not every tool says that it could not write.
static bool is_full(const char *folder) {
  struct statvfs system;
  return !statvfs(folder, &system) && system.f_bavail < NO_ROOM / system.f_frsize;
}

void model_build_failed(const ModelFolder *folder, const char *what, DutError *error) {
  char quoted[2000] = "(it names no error)\n";
  quote_log(folder->log, quoted, sizeof quoted);
  const char *why =
      is_full(folder->path) ? "; the file system is full, make room or set LACUNA_BUILD to another folder" : "";
  dut_error(error, "%s failed%s; from %s:\n%s", what, why, folder->log, quoted);
}
