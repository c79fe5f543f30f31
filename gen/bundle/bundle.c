// Writes the bundle. Files hold neither dates nor folders, so two runs give the same bytes.
#include "gen/bundle/bundle.h"
#include "gen/base/paths.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "gen/base/arena.h"
#include "gen/base/error.h"
#include "gen/base/version.h"
#include "gen/bundle/placing.h"
#include "gen/engine/engine.h"
#include "gen/leaf/leaves.h"
#include "gen/shell/shell.h"
#include "gen/spec/spec.h"

#define WORDS "lac_" // names of modules and of the clock begin so; others do not
#define RAM   "lac_ram_2p"

static const char *base_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

Design *bundle_design(const Plan *plan, const char *config) {
  char command[128], hash[17];
  char name[sizeof plan->name];
  snprintf(command, sizeof command, "lacuna gen %s", spec_plain(base_name(config), name, sizeof name));
  snprintf(hash, sizeof hash, "%016" PRIx64, plan->hash);
  const Engine *engine = engine_of(plan->engine);
  Design *design = design_new(&(DesignInfo){"lacuna " LACUNA_VERSION, command, hash, engine->paper, plan->prefix});
  build_top(design, plan, engine->gen->build(design, plan));
  return design;
}

// ---- what is in it ----

static void add_file(Bundle *bundle, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add_file(Bundle *bundle, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const char *name = arena_print(&bundle->arena, format, arguments);
  va_end(arguments);
  bundle->files = arena_grow(&bundle->arena, bundle->files, bundle->file_count, &bundle->file_room, sizeof name);
  bundle->files[bundle->file_count++] = name;
}

static void add_leaf(Bundle *bundle, const char *name, size_t length) {
  for (size_t i = 0; i < bundle->leaf_count; i++)
    if (strlen(bundle->leaves[i]) == length && !strncmp(bundle->leaves[i], name, length)) return;
  char *copy = arena_alloc(&bundle->arena, length + 1);
  memcpy(copy, name, length);
  bundle->leaves = arena_grow(&bundle->arena, bundle->leaves, bundle->leaf_count, &bundle->leaf_room, sizeof copy);
  bundle->leaves[bundle->leaf_count++] = copy;
}

static void list_leaves(Bundle *bundle) {
  for (size_t i = 0; i < design_leaf_count(bundle->design); i++) {
    const Leaf *leaf = design_leaf(bundle->design, i);
    add_leaf(bundle, leaf->name, strlen(leaf->name));
    const char *use = leaf->uses ? leaf->uses : "";
    for (size_t length; (length = strcspn(use, " ")) > 0; use += length + (use[length] == ' '))
      add_leaf(bundle, use, length);
  }
}

static void list_files(Bundle *bundle) {
  const char *prefix = bundle->plan->prefix;
  for (size_t i = 0; i < bundle->leaf_count; i++)
    add_file(bundle, "%s%s.v", prefix, bundle->leaves[i]);
  if (bundle->plan->ram == RAM_BLACKBOX) add_file(bundle, "blackbox/%s" RAM ".v", prefix);
  for (size_t i = 0; i < design_module_count(bundle->design); i++)
    add_file(bundle, "%s%s.v", prefix, module_name(design_module(bundle->design, i)));
  add_file(bundle, PLACING_LIST);
  add_file(bundle, PLACING_SIM_LIST);
  add_file(bundle, "%s" BUNDLE_HEADER, prefix);
  add_file(bundle, "%s" BUNDLE_CONSTRAINTS, prefix);
  add_file(bundle, PLACING_MANIFEST);
}

// ---- writing ----

static bool fail(const Bundle *bundle, const char *what, int why) {
  return error_at(bundle->place.folder, 0, 0,
                  "%s: %s; nothing is left of it: give a folder that can be written, with room in it (for runs by "
                  "LACUNA_BUILD)",
                  what, strerror(why));
}

// Opens DIR/PREFIXname or DIR/name.
static FILE *open_in(const Bundle *bundle, const char *prefix, const char *name) {
  char path[PATH_MAX + 128];
  const char *base = base_name(name);
  BundleCheck *check = bundle->check;
  snprintf(path, sizeof path, "%s/%.*s%s%s", bundle->place.aside, (int)(base - name), name, prefix, base);
  if (check) snprintf(check->name, sizeof check->name, "%.*s%s%s", (int)(base - name), name, prefix, base);
  FILE *file = check ? open_memstream(&check->text, &check->size) : fopen(path, "wb");
  if (!file) fail(bundle, "can't be written", errno);
  return file;
}

// False where the file differs, too.
static bool close_check(const Bundle *bundle, FILE *file) {
  BundleCheck *check = bundle->check;
  check->differs = fclose(file) || !placing_has(&bundle->place, check->name, check->text, check->size);
  free(check->text);
  return !check->differs;
}

static bool close_file(const Bundle *bundle, FILE *file) {
  if (bundle->check) return close_check(bundle, file);
  bool good = !ferror(file) && !fflush(file);
  int why = errno;
  if (fclose(file) && good) {
    good = false;
    why = errno;
  }
  return good || fail(bundle, "writing failed", why);
}

static bool write_modules(const Bundle *bundle) {
  for (size_t i = 0; i < design_module_count(bundle->design); i++) {
    const Module *module = design_module(bundle->design, i);
    char name[256];
    snprintf(name, sizeof name, "%s.v", module_name(module));
    FILE *file = open_in(bundle, bundle->plan->prefix, name);
    if (!file) return false;
    module_print(module, file);
    if (!close_file(bundle, file)) return false;
  }
  return true;
}

static bool in_word(char c) {
  return isalnum((unsigned char)c) || c == '_' || c == '$';
}

// Copies a text byte for byte, but for the prefix before every word that begins with WORDS.
static void copy_text(FILE *in, FILE *out, const char *prefix) {
  char *line = NULL;
  size_t room = 0;
  for (ssize_t length; (length = getline(&line, &room, in)) > 0;) {
    const char *at = line, *found;
    for (const char *from = line; *prefix && (found = strstr(from, WORDS)); from = found + strlen(WORDS)) {
      if (found > line && in_word(found[-1])) continue;
      fwrite(at, 1, (size_t)(found - at), out);
      fputs(prefix, out);
      at = found;
    }
    fwrite(at, 1, (size_t)(line + length - at), out);
  }
  free(line);
}

// Copies a file of the installation.
static bool copy_file(const Bundle *bundle, const char *name, const char *source) {
  const char *prefix = bundle->plan->prefix;
  FILE *in = fopen(source, "rb");
  if (!in) return error_at(source, 0, 0, "%s; the installation lacks a file", strerror(errno));
  FILE *out = open_in(bundle, prefix, name);
  if (out) copy_text(in, out, prefix);
  bool good = !ferror(in) || error_at(source, 0, 0, "can't be read");
  fclose(in);
  return out && close_file(bundle, out) && good;
}

static bool write_leaves(const Bundle *bundle) {
  char source[PATH_MAX + 128], name[96];
  for (size_t i = 0; i < bundle->leaf_count; i++) {
    snprintf(name, sizeof name, "%s.v", bundle->leaves[i]);
    if (!paths_leaf(bundle->rtl, name, source, sizeof source) || !copy_file(bundle, name, source)) return false;
  }
  if (bundle->plan->ram != RAM_BLACKBOX) return true;
  snprintf(name, sizeof name, "blackbox/" RAM ".v");
  snprintf(source, sizeof source, "%s/blackbox", bundle->place.aside);
  if (!bundle->check && mkdir(source, 0777)) return fail(bundle, "can't be written", errno);
  return paths_leaf(bundle->rtl, name, source, sizeof source) && copy_file(bundle, name, source);
}

static bool write_list(const Bundle *bundle, const char *name, bool blackbox) {
  const char *prefix = bundle->plan->prefix;
  FILE *file = open_in(bundle, "", name);
  if (!file) return false;
  for (size_t i = 0; i < bundle->leaf_count; i++) {
    bool ram = !strcmp(bundle->leaves[i], RAM);
    fprintf(file, "%s%s%s.v\n", ram && blackbox ? "blackbox/" : "", prefix, bundle->leaves[i]);
  }
  for (size_t i = 0; i < design_module_count(bundle->design); i++)
    fprintf(file, "%s%s.v\n", prefix, module_name(design_module(bundle->design, i)));
  return close_file(bundle, file);
}

static bool write_texts(const Bundle *bundle) {
  char source[PATH_MAX + 128];
  FILE *file = open_in(bundle, bundle->plan->prefix, BUNDLE_HEADER);
  if (!file) return false;
  bundle_header(bundle->plan, file);
  snprintf(source, sizeof source, "%s/../constraints/" BUNDLE_CONSTRAINTS, bundle->rtl);
  if (!close_file(bundle, file) || !copy_file(bundle, BUNDLE_CONSTRAINTS, source)) return false;
  if (!(file = open_in(bundle, "", PLACING_MANIFEST))) return false;
  return bundle_manifest(bundle, file) ? close_file(bundle, file)
                                       : (fclose(file), error_at(bundle->place.folder, 0, 0, "out of memory"));
}

static bool write_all(const Bundle *bundle) {
  return write_modules(bundle) && write_leaves(bundle) &&
         write_list(bundle, PLACING_LIST, bundle->plan->ram == RAM_BLACKBOX) &&
         write_list(bundle, PLACING_SIM_LIST, false) && write_texts(bundle);
}

static bool place_all(Bundle *bundle, const char *dir) {
  if (!placing_begin(&bundle->place, dir)) return false;
  list_leaves(bundle);
  list_files(bundle);
  BundleCheck check = {0};
  bundle->check = &check;
  bool same = write_all(bundle);
  bundle->check = NULL;
  if (same && placing_keep(&bundle->place)) return true;
  if ((same || check.differs) && placing_write(&bundle->place) && write_all(bundle))
    return placing_commit(&bundle->place);
  placing_abandon(&bundle->place);
  return false;
}

bool bundle_write(const Plan *plan, const char *config, const char *rtl, const char *dir) {
  Bundle bundle = {.plan = plan, .design = bundle_design(plan, config), .rtl = rtl};
  bool good = design_check(bundle.design);
  if (!good) {
    design_report(bundle.design, stderr);
    error_at(config, 0, 0, "the generator built a faulty design, a bug: please report this configuration");
  } else {
    good = place_all(&bundle, dir);
  }
  arena_free(&bundle.arena);
  design_free(bundle.design);
  return good;
}
