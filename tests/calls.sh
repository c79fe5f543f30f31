#!/bin/bash
# Files that call each other in a circle as TAP, by the objects of build/lacuna and build/lacuna-bench. Records are
# data, so that a registry may stand below what it lists.
set -u
cd "$(dirname "$0")/.." || exit

# Calls as "caller callee", from the objects of a folder.
calls() {
  find "$1" -name '*.c' -not -name vpi.c | sed 's|^|build/obj/|; s|c$|o|' | xargs nm -A | sed 's/:/ /' | awk '
    NF == 4 && $3 == "T" { home[$4] = $1 }
    NF == 3 && $2 == "U" { caller[++n] = $1; callee[n] = $3 }
    END { for (i = 1; i <= n; i++) if (callee[i] in home) print caller[i], home[callee[i]] }'
}

for folder in gen sim harness; do
  edges=$(calls $folder)
  circle=$(echo "$edges" | tsort 2>&1 >/dev/null | sed -n 's|^tsort: build/obj/||p' | tr '\n' ' ')
  if [ "$(echo "$edges" | wc -l)" -lt 50 ]; then
    echo "not ok - $folder: no calls found; make build/lacuna build/lacuna-bench first"
  elif [ -n "$circle" ]; then
    echo "not ok - $folder: a circle of calls: $circle"
  else
    echo "ok - $folder: no circle of calls"
  fi
done
