// Writes the bundle. Files appear whole or not at all, and hold neither dates nor folders, so two runs give the same
// bytes.
#include "gen/bundle.h"

#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gen/arena.h"
#include "gen/engine.h"
#include "gen/error.h"
#include "gen/leaves.h"
#include "gen/output.h"
#include "gen/shell.h"
#include "gen/version.h"

typedef struct LeafNames { // files to copy, each once
  Arena arena;
  const char **names;
  size_t count, room;
} LeafNames;

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

Design *bundle_design(const Plan *plan, const char *config) {
  char command[128], hash[17];
  snprintf(command, sizeof command, "lacuna gen %s", base_name(config));
  snprintf(hash, sizeof hash, "%016" PRIx64, plan->hash);
  const Engine *engine = engine_of(plan->engine);
  Design *design = design_new(&(DesignInfo){"lacuna " LACUNA_VERSION, command, hash, engine->paper});
  build_top(design, plan, engine->build(design, plan));
  return design;
}

static bool open_in(Output *output, const char *dir, const char *name) {
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s/%s", dir, name) >= (int)sizeof path)
    return error_at(dir, 0, 0, "path is too long; a shorter folder name would do");
  return output_open(output, path);
}

static bool write_modules(const Design *design, const char *dir) {
  for (size_t i = 0; i < design_module_count(design); i++) {
    const Module *module = design_module(design, i);
    char name[256];
    Output output;
    snprintf(name, sizeof name, "%s.v", module_name(module));
    if (!open_in(&output, dir, name)) return false;
    module_print(module, output.file);
    if (!output_commit(&output)) return false;
  }
  return true;
}

static bool copy_leaf(const char *rtl, const char *dir, const char *name) {
  char path[PATH_MAX], block[4096];
  Output output;
  snprintf(path, sizeof path, "%s/%s", rtl, name);
  FILE *in = fopen(path, "rb");
  if (!in) return error_at(path, 0, 0, "%s; the installation lacks a leaf", strerror(errno));
  if (!open_in(&output, dir, name)) return fclose(in), false;
  for (size_t got; (got = fread(block, 1, sizeof block, in)) > 0;)
    fwrite(block, 1, got, output.file);
  bool good = !ferror(in);
  fclose(in);
  if (good) return output_commit(&output);
  output_abandon(&output);
  return error_at(path, 0, 0, "can't be read");
}

static void add_name(LeafNames *list, const char *name, size_t length) {
  for (size_t i = 0; i < list->count; i++)
    if (strlen(list->names[i]) == length && !strncmp(list->names[i], name, length)) return;
  char *copy = arena_alloc(&list->arena, length + 1);
  memcpy(copy, name, length);
  list->names = arena_grow(&list->arena, list->names, list->count, &list->room, sizeof *list->names);
  list->names[list->count++] = copy;
}

static void leaf_files(const Design *design, LeafNames *list) {
  for (size_t i = 0; i < design_leaf_count(design); i++) {
    const Leaf *leaf = design_leaf(design, i);
    add_name(list, leaf->name, strlen(leaf->name));
    const char *use = leaf->uses ? leaf->uses : "";
    for (size_t length; (length = strcspn(use, " ")) > 0; use += length + (use[length] == ' '))
      add_name(list, use, length);
  }
}

static bool write_leaves(const LeafNames *names, const Plan *plan, const char *rtl, const char *dir) {
  char name[96];
  for (size_t i = 0; i < names->count; i++) {
    snprintf(name, sizeof name, "%s.v", names->names[i]);
    if (!copy_leaf(rtl, dir, name)) return false;
  }
  if (plan->ram != RAM_BLACKBOX) return true;
  snprintf(name, sizeof name, "%s/blackbox", dir);
  if (mkdir(name, 0777) && errno != EEXIST) return error_at(name, 0, 0, "%s", strerror(errno));
  return copy_leaf(rtl, dir, "blackbox/lac_ram_2p.v");
}

static bool write_list(const Design *design, const LeafNames *names, const char *dir, const char *file, bool blackbox) {
  Output output;
  if (!open_in(&output, dir, file)) return false;
  for (size_t i = 0; i < names->count; i++) {
    bool ram = !strcmp(names->names[i], "lac_ram_2p");
    fprintf(output.file, "%s%s.v\n", ram && blackbox ? "blackbox/" : "", names->names[i]);
  }
  for (size_t i = 0; i < design_module_count(design); i++)
    fprintf(output.file, "%s.v\n", module_name(design_module(design, i)));
  return output_commit(&output);
}

static bool write_texts(const Design *design, const Plan *plan, const char *dir) {
  Output output;
  if (!open_in(&output, dir, "lacuna_regs.h")) return false;
  bundle_header(plan, output.file);
  if (!output_commit(&output) || !open_in(&output, dir, "manifest.json")) return false;
  if (bundle_manifest(design, plan, output.file)) return output_commit(&output);
  output_abandon(&output);
  return error_at(dir, 0, 0, "the manifest can't be written");
}

static bool make_folder(const char *dir) { // with those above it, as mkdir -p
  char path[PATH_MAX];
  if (snprintf(path, sizeof path, "%s", dir) >= (int)sizeof path) return error_at(dir, 0, 0, "path is too long");
  for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
    *slash = 0;
    mkdir(path, 0777);
    *slash = '/';
  }
  struct stat status;
  if (mkdir(path, 0777) && errno != EEXIST)
    return error_at(dir, 0, 0, "%s; a folder that can be made", strerror(errno));
  if (stat(path, &status) || !S_ISDIR(status.st_mode)) return error_at(dir, 0, 0, "is not a folder; name another");
  return true;
}

static bool write_all(const Design *design, const Plan *plan, const char *rtl, const char *dir) {
  LeafNames names = {0};
  leaf_files(design, &names);
  bool good = make_folder(dir) && write_modules(design, dir) && write_leaves(&names, plan, rtl, dir) &&
              write_list(design, &names, dir, "lacuna.f", plan->ram == RAM_BLACKBOX) &&
              write_list(design, &names, dir, "lacuna_sim.f", false) && write_texts(design, plan, dir);
  arena_free(&names.arena);
  return good;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place) {
  (void)status, (void)type, (void)place;
  return remove(path);
}

// A new folder gets its name when all is in it, so that an incomplete one is never taken for a bundle.
static bool write_new(const Design *design, const Plan *plan, const char *rtl, const char *dir) {
  char partial[PATH_MAX];
  size_t length = strlen(dir);
  while (length > 1 && dir[length - 1] == '/')
    length--;
  if (snprintf(partial, sizeof partial, "%.*s.%ld", (int)length, dir, (long)getpid()) >= (int)sizeof partial)
    return error_at(dir, 0, 0, "path is too long; a shorter folder name would do");
  bool good = write_all(design, plan, rtl, partial);
  if (good && rename(partial, dir)) good = error_at(dir, 0, 0, "%s; a folder that can be made", strerror(errno));
  if (!good) nftw(partial, remove_one, 8, FTW_DEPTH | FTW_PHYS);
  return good;
}

bool bundle_write(const Plan *plan, const char *config, const char *rtl, const char *dir) {
  Design *design = bundle_design(plan, config);
  struct stat status;
  bool good = design_check(design);
  if (!good) {
    design_report(design, stderr);
    error_at(config, 0, 0, "the generator built a faulty design, a bug: please report this configuration");
  } else {
    good = (stat(dir, &status) ? write_new : write_all)(design, plan, rtl, dir);
  }
  design_free(design);
  return good;
}
