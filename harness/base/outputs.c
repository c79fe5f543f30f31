// Two names are the same file if their folders and their last parts are, links followed.
#include "harness/base/outputs.h"
#include "gen/base/error.h"
#include "gen/base/output.h"
#include "gen/base/paths.h"
#include "harness/base/suffix.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES = 24 };

typedef struct Named {
  const char *option, *path;
} Named;

typedef struct Names {
  Named list[FILES];
  int count;
} Names;

static bool is_device(const char *path) {
  struct stat status;
  return !stat(path, &status) && !S_ISREG(status.st_mode);
}

// Where a file is or would be; false if its folder is not there.
static bool find_place(const char *path, char *place) {
  char copy[PATH_MAX], folder[PATH_MAX];
  if (realpath(path, place)) return true;
  if (snprintf(copy, sizeof copy, "%s", path) >= (int)sizeof copy || !realpath(dirname(copy), folder)) return false;
  const char *slash = strrchr(path, '/');
  return snprintf(place, PATH_MAX, "%s/%s", folder, slash ? slash + 1 : path) < PATH_MAX;
}

static bool same_file(const char *one, const char *other) {
  char first[PATH_MAX], second[PATH_MAX];
  if (!find_place(one, first) || !find_place(other, second)) return !strcmp(one, other);
  return !strcmp(first, second) && !is_device(one);
}

static void add(Names *names, const char *option, const char *path) {
  if (path && names->count < FILES) names->list[names->count++] = (Named){option, path};
}

// The weight and the values of the keys of a layer lie in `text`, which is cut into words.
static void add_layer(Names *names, char *text) {
  for (char *word = strtok(text, ","); word; word = strtok(NULL, ",")) {
    char *value = strchr(word, '=');
    add(names, "--layer", value ? value + 1 : word);
  }
}

static bool check_pair(const Named *output, const Named *other) {
  if (!same_file(output->path, other->path)) return true;
  return error_at(output->path, 0, 0, "%s and %s name the same file; give two names", output->option, other->option);
}

static bool check_distinct(const Names *outputs, const Names *inputs) {
  for (int i = 0; i < outputs->count; i++) {
    for (int j = i + 1; j < outputs->count; j++)
      if (!check_pair(&outputs->list[i], &outputs->list[j])) return false;
    for (int j = 0; j < inputs->count; j++)
      if (!check_pair(&outputs->list[i], &inputs->list[j])) return false;
  }
  return true;
}

static bool check_suffix(const char *option, const char *path, const char *kinds, const char *suffix) {
  const char *slash = path ? strrchr(path, '/') : NULL, *base = slash ? slash + 1 : path;
  if (!path || !*base || suffix_is(path, suffix)) return true;
  if (is_device(path))
    return strcmp(suffix, ".fst") == 0 ? error_at(path, 0, 0, "%s writes a file; name it trace.fst", option) : true;
  const char *dot = suffix_is(base, ".gz") ? strchr(base, '.') : strrchr(base, '.');
  int stem = (int)(dot && dot > base ? dot - path : (long)strlen(path));
  return error_at(path, 0, 0, "%s writes %s files only; name it %.*s%s", option, kinds, stem, path, suffix);
}

static bool check_suffixes(const Options *o) {
  if (o->json && suffix_kind(o->json) != FILE_OTHER)
    return error_at(o->json, 0, 0, "--json writes a report, no operand; name it report.json");
  bool matrix = o->verb == VERB_RUN && o->out && suffix_is(o->out, ".mtx");
  const char *out = o->verb == VERB_PRUNE ? "-o" : "--out", *kinds = o->verb == VERB_RUN ? ".npy and .mtx" : ".npy";
  if (o->verb != VERB_PACK && !matrix && !check_suffix(out, o->out, kinds, ".npy")) return false;
  return check_suffix("--trace", o->trace, ".fst", ".fst");
}

static void list_outputs(const Options *o, const char *map, Names *outputs) {
  add(outputs, o->verb == VERB_PRUNE || o->verb == VERB_PACK ? "-o" : "--out", o->out);
  add(outputs, "--json", o->json);
  add(outputs, "--trace", o->trace);
  add(outputs, "the map of -o", map);
}

static void list_inputs(const Options *o, Names *inputs) {
  add(inputs, o->verb == VERB_PRUNE ? "W" : "CONFIG", o->subject);
  add(inputs, "--a", o->a);
  add(inputs, "--b", o->b);
  add(inputs, "--input", o->input);
  add(inputs, "--weight", o->weight);
  add(inputs, "--bias", o->bias);
  add(inputs, "--requant", o->requant);
  add(inputs, "--b-scale", o->b_scale);
  add(inputs, "--b-scale", o->b_scale);
}

static bool builds(const Options *o) {
  return (o->verb == VERB_RUN || o->verb == VERB_CONV || o->verb == VERB_CHAIN) && o->sim != SIM_MODEL;
}

bool outputs_check(const Options *o) {
  Names outputs = {0}, inputs = {0};
  char map[PATH_MAX] = "", *layers[CHAIN_LAYERS] = {NULL};
  bool pack = o->verb == VERB_PACK;
  if (pack && snprintf(map, sizeof map, "%s.json", o->out) >= (int)sizeof map)
    return error_at(o->out, 0, 0, "the name is too long; give a shorter one");
  list_outputs(o, pack && !is_device(o->out) ? map : NULL, &outputs);
  list_inputs(o, &inputs);
  for (int i = 0; i < CHAIN_LAYERS; i++)
    if (o->layers[i] && (layers[i] = strdup(o->layers[i]))) add_layer(&inputs, layers[i]);
  bool good = check_distinct(&outputs, &inputs) && check_suffixes(o) && (!builds(o) || paths_check_build());
  for (int i = 0; i < outputs.count && good; i++)
    good = output_check(outputs.list[i].path);
  for (int i = 0; i < CHAIN_LAYERS; i++)
    free(layers[i]);
  return good;
}
