// The signatures of leaves, as records.

#include "gen/leaf/leaves.h"
#include <string.h>

#define ANY                             (1 << 30)
#define PARAMS(...)                     ((const LeafParam[]){__VA_ARGS__{NULL, 0, 0, NULL}})
#define PORTS(...)                      ((const LeafPort[]){__VA_ARGS__{NULL, PORT_IN, NULL, NULL}})
#define LEAF(name, uses, params, ports) const Leaf leaf_##name = {"lac_" #name, params, ports, uses};
#include "build/signatures.inc"
#undef LEAF

static const Leaf *const leaves[] = {
#define LEAF(name, ...) &leaf_##name,
#include "build/signatures.inc"
};

const Leaf *leaf_at(size_t index) {
  return index < sizeof leaves / sizeof *leaves ? leaves[index] : NULL;
}

const Leaf *leaf_find(const char *name) {
  const Leaf *leaf;
  for (size_t i = 0; (leaf = leaf_at(i)); i++)
    if (strcmp(leaf->name, name) == 0) break;
  return leaf;
}
