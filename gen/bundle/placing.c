// The folder itself is locked, so that no other file is left there. What a killed process has left lies in `aside`: the
// new files, or some of them, and the old manifest, once it has been moved away. The next process takes both for old.
#include "gen/bundle/placing.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/base/error.h"
#include "gen/base/lock.h"

#define ASIDE        ".lacuna_new"
#define OLD_MANIFEST "old_manifest"
#define BLACK_BOXES  "blackbox"

enum { NAMED_AT_MOST = 8, MANIFEST_LIMIT = 1 << 22 }; // files in a message; bytes

static bool join(char *path, const char *folder, const char *name) {
  return snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX;
}

static bool fail(const Placing *placing, const char *what) {
  return error_at(placing->folder, 0, 0,
                  "%s: %s; give a folder that can be written, with room in it (for runs by LACUNA_BUILD)", what,
                  strerror(errno));
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place) {
  (void)status, (void)type, (void)place;
  return remove(path);
}

static void remove_tree(const char *path) {
  nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

// ---- lists of files: JSON objects whose keys are names relative to the folder ----

// A name that a bundle may have: plain, at most in the folder of black boxes. Manifests are not trusted.
static bool is_plain(const char *name) {
  static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.";
  if (!strncmp(name, BLACK_BOXES "/", strlen(BLACK_BOXES "/"))) name += strlen(BLACK_BOXES "/");
  return *name != '.' && *name && name[strspn(name, plain)] == '\0';
}

static void add_name(json_t *names, const char *name) {
  if (is_plain(name)) json_object_set_new_nocheck(names, name, json_true());
}

static void add_listed(json_t *names, const char *folder, const char *list) {
  char path[PATH_MAX], line[256];
  FILE *file = join(path, folder, list) ? fopen(path, "r") : NULL;
  while (file && fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = '\0';
    add_name(names, line);
  }
  if (file) fclose(file);
}

// Bundles of version 0.1.0 have no list in their manifest, but the same names.
static void add_unlisted(json_t *names, const char *folder) {
  add_listed(names, folder, PLACING_LIST);
  add_listed(names, folder, PLACING_SIM_LIST);
  add_name(names, PLACING_LIST);
  add_name(names, PLACING_SIM_LIST);
  add_name(names, "lacuna_regs.h");
}

// Adds the files of the bundle that this manifest describes; false if it is the manifest of no bundle.
static bool add_bundle(json_t *names, const char *folder, const char *manifest) {
  static const char tool[] = "lacuna ";
  struct stat status;
  if (lstat(manifest, &status) || !S_ISREG(status.st_mode) || status.st_size > MANIFEST_LIMIT) return false;
  json_t *root = json_load_file(manifest, 0, NULL);
  const char *by = json_string_value(json_object_get(root, "tool"));
  bool good = by && !strncmp(by, tool, strlen(tool));
  json_t *files = json_object_get(root, "files"), *file;
  size_t i;
  if (good) add_name(names, PLACING_MANIFEST);
  if (good && !files) add_unlisted(names, folder);
  json_array_foreach(files, i, file) if (good && json_string_value(file)) add_name(names, json_string_value(file));
  json_decref(root);
  return good;
}

// All names below a folder, whatever they are; `below` is put before each.
static void add_present(json_t *names, const char *folder, const char *below) {
  DIR *dir = opendir(folder);
  for (struct dirent *entry; dir && (entry = readdir(dir));) {
    char path[PATH_MAX], name[300];
    struct stat status;
    if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..") || !strcmp(entry->d_name, ASIDE)) continue;
    snprintf(name, sizeof name, "%s%s", below, entry->d_name);
    if (!*below && !strcmp(name, BLACK_BOXES) && join(path, folder, name) && !lstat(path, &status) &&
        S_ISDIR(status.st_mode))
      add_present(names, path, BLACK_BOXES "/");
    else
      json_object_set_new_nocheck(names, name, json_true());
  }
  if (dir) closedir(dir);
}

// ---- what a process that was killed has left ----

static void remove_names(const json_t *names, const char *folder) {
  char path[PATH_MAX];
  const char *name;
  json_t *value;
  json_object_foreach((json_t *)names, name, value) if (join(path, folder, name)) unlink(path);
  if (join(path, folder, BLACK_BOXES)) rmdir(path); // only if nobody else has put something there
}

// Killed while files were moved: neither of the two bundles is there, and both are known by their manifests.
static void clean_up(const Placing *placing) {
  char old[PATH_MAX], new[PATH_MAX];
  json_t *names = json_object();
  if (join(old, placing->aside, OLD_MANIFEST) && join(new, placing->aside, PLACING_MANIFEST) &&
      add_bundle(names, placing->folder, old)) {
    add_bundle(names, placing->folder, new);
    remove_names(names, placing->folder);
  }
  json_decref(names);
  remove_tree(placing->aside);
}

// ---- begin ----

static bool make_folder(Placing *placing) { // with those above it, as mkdir -p
  const char *folder = placing->folder;
  char path[PATH_MAX];
  if (!join(path, folder, ASIDE "/" BLACK_BOXES "/lac_ram_2p.v.XXXXXX"))
    return error_at(folder, 0, 0, "path is too long; a shorter folder name would do");
  snprintf(path, sizeof path, "%s", folder);
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(path, 0777);
    *slash = '/';
  }
  placing->made = !mkdir(path, 0777);
  if (!placing->made && errno != EEXIST) return fail(placing, "can't be made");
  struct stat status;
  if (stat(path, &status) || !S_ISDIR(status.st_mode)) return error_at(folder, 0, 0, "is not a folder; name another");
  return true;
}

// Another process may have removed the folder again while this one waited for it.
static bool lock_folder(Placing *placing) {
  struct stat locked, there;
  do {
    if (placing->lock >= 0) close(placing->lock);
    if (!make_folder(placing)) return false;
    placing->lock = open(placing->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (placing->lock < 0) return fail(placing, "can't be opened");
    if (!lock_take(placing->lock, LOCK_TO_MAKE, LOCK_SECONDS, placing->folder))
      return error_at(placing->folder, 0, 0, "is locked by another process; end that, or name another folder");
  } while (stat(placing->folder, &there) || fstat(placing->lock, &locked) || there.st_ino != locked.st_ino ||
           there.st_dev != locked.st_dev);
  return true;
}

bool placing_begin(Placing *placing, const char *folder) {
  *placing = (Placing){.folder = folder, .lock = -1};
  bool good = lock_folder(placing);
  if (good) {
    snprintf(placing->aside, sizeof placing->aside, "%s/" ASIDE, folder);
    struct stat status;
    if (!lstat(placing->aside, &status)) clean_up(placing);
  }
  if (!good) placing_abandon(placing);
  return good;
}

bool placing_write(Placing *placing) {
  return !mkdir(placing->aside, 0777) || fail(placing, "can't be written");
}

static void end(Placing *placing) {
  if (*placing->aside) remove_tree(placing->aside);
  if (placing->lock >= 0) close(placing->lock);
  placing->lock = -1;
}

void placing_abandon(Placing *placing) {
  if (*placing->aside) remove_tree(placing->aside);
  if (placing->made) rmdir(placing->folder);
  end(placing);
}

// ---- commit ----

bool placing_has(const Placing *placing, const char *name, const char *text, size_t size) {
  char path[PATH_MAX], there[8192];
  FILE *file = join(path, placing->folder, name) ? fopen(path, "rb") : NULL;
  bool same = file != NULL;
  for (size_t got; same && (got = fread(there, 1, sizeof there, file)) > 0;) {
    same = got <= size && !memcmp(there, text, got);
    if (same) text += got, size -= got;
  }
  same = same && size == 0 && !ferror(file);
  if (file) fclose(file);
  return same;
}

bool placing_keep(Placing *placing) {
  char path[PATH_MAX];
  bool good = join(path, placing->folder, PLACING_LIST) && !utimensat(AT_FDCWD, path, NULL, 0);
  if (good) end(placing);
  return good;
}

static bool check_free(const Placing *placing, json_t *old, json_t *new) {
  char path[PATH_MAX];
  struct stat status;
  const char *name;
  json_t *value;
  json_object_foreach(new, name, value) {
    if (json_object_get(old, name) || !join(path, placing->folder, name)) continue;
    if (!lstat(path, &status) || errno == ENOTDIR)
      return error_at(path, 0, 0, "is there and of no bundle; remove it, or name another folder for the bundle");
  }
  return true;
}

static bool move(const Placing *placing, const char *name) {
  char from[PATH_MAX], to[PATH_MAX];
  return join(from, placing->aside, name) && join(to, placing->folder, name) && !rename(from, to);
}

static bool move_all(const Placing *placing, json_t *old, json_t *new) {
  char path[PATH_MAX], aside[PATH_MAX];
  const char *name;
  json_t *value;
  if (!join(path, placing->folder, PLACING_MANIFEST) || !join(aside, placing->aside, OLD_MANIFEST)) return false;
  if (json_object_size(old) && rename(path, aside)) return false;
  if (!join(path, placing->folder, BLACK_BOXES) || !join(aside, placing->aside, BLACK_BOXES)) return false;
  if (!access(aside, F_OK) && mkdir(path, 0777) && errno != EEXIST) return false;
  json_object_foreach(new, name, value) {
    if (strcmp(name, PLACING_MANIFEST) && !move(placing, name)) return false;
    json_object_del(old, name);
  }
  remove_names(old, placing->folder);
  return move(placing, PLACING_MANIFEST);
}

bool placing_commit(Placing *placing) {
  char manifest[PATH_MAX];
  json_t *old = json_object(), *new = json_object();
  bool good = join(manifest, placing->folder, PLACING_MANIFEST);
  add_bundle(old, placing->folder, manifest);
  add_present(new, placing->aside, "");
  good = good && check_free(placing, old, new);
  if (good && !move_all(placing, old, new)) {
    good = fail(placing, "can't be written");
    clean_up(placing);
  }
  json_decref(old);
  json_decref(new);
  good ? end(placing) : placing_abandon(placing);
  return good;
}

// ---- what else is there ----

void placing_tell_others(const char *folder, FILE *out) {
  char manifest[PATH_MAX];
  json_t *present = json_object(), *ours = json_object(), *value;
  const char *name;
  int count = 0, limit = NAMED_AT_MOST;
  join(manifest, folder, PLACING_MANIFEST);
  add_bundle(ours, folder, manifest);
  add_present(present, folder, "");
  json_object_foreach(present, name, value) {
    if (json_object_get(ours, name)) continue;
    if (count++ < limit)
      fprintf(out, "%s%s", count == 1 ? folder : ",", count == 1 ? ": not of the bundle, kept: " : " ");
    if (count <= limit) fputs(name, out);
  }
  if (count > limit) fprintf(out, " and %d more", count - limit);
  if (count) fputc('\n', out);
  json_decref(present);
  json_decref(ours);
}
