// Looks leaves up in the tables gen/leaves_*.c.

#include "leaves.h"
#include "leaves_table.h"
#include <string.h>

static const Leaf *const tables[] = {leaves_queues, leaves_axi, leaves_shell, leaves_dense};

const Leaf *leaf_at(size_t index) {
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    for (const Leaf *leaf = tables[i]; leaf->name; leaf++)
      if (index-- == 0) return leaf;
  return NULL;
}

const Leaf *leaf_find(const char *name) {
  const Leaf *leaf;
  for (size_t i = 0; (leaf = leaf_at(i)); i++)
    if (strcmp(leaf->name, name) == 0) break;
  return leaf;
}
