// Looks leaves up among those that gen/leaf/leaves.h lists.

#include "gen/leaf/leaves.h"
#include <string.h>

static const Leaf *const leaves[] = {
#define LEAF_ADDRESS(name) &leaf_##name,
    LEAVES(LEAF_ADDRESS)
#undef LEAF_ADDRESS
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
