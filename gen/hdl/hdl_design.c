// A design: its modules, its leaves, its list of errors, and the text that lives as long as it does.

#include "gen/hdl/hdl_private.h"

Design *design_new(const DesignInfo *info) {
  Arena arena = {0};
  Design *design = arena_alloc(&arena, sizeof *design);
  design->info =
      (DesignInfo){arena_copy(&arena, info->tool), arena_copy(&arena, info->command), arena_copy(&arena, info->plan),
                   arena_copy(&arena, info->source), arena_copy(&arena, info->prefix ? info->prefix : "")};
  design->arena = arena;
  return design;
}

void design_free(Design *design) {
  if (!design) return;
  Arena arena = design->arena; // it holds the design itself
  arena_free(&arena);
}

const char *format(Module *module, const char *text, ...) {
  va_list args;
  va_start(args, text);
  const char *result = arena_print(&module->design->arena, text, args);
  va_end(args);
  return result;
}

void module_error(Module *module, const char *text, ...) {
  Design *design = module->design;
  va_list args;
  va_start(args, text);
  const char *what = arena_print(&design->arena, text, args);
  va_end(args);
  const char *line = format(module, "module %s: %s", module->name, what);
  LIST_ADD(&design->arena, design->errors, design->error_count, design->error_room, line);
}

size_t design_error_count(const Design *design) {
  return design->error_count;
}

const char *design_error(const Design *design, size_t index) {
  return design->errors[index];
}

void design_report(const Design *design, FILE *out) {
  for (size_t i = 0; i < design->error_count; i++)
    fprintf(out, "%s\n", design->errors[i]);
}

size_t design_module_count(const Design *design) {
  return design->module_count;
}

const Module *design_module(const Design *design, size_t index) {
  return design->modules[index];
}

size_t design_leaf_count(const Design *design) {
  return design->leaf_count;
}

const Leaf *design_leaf(const Design *design, size_t index) {
  return design->leaves[index];
}
