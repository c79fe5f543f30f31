#!/bin/sh
# Windows too wide for Icarus as TAP, and wide ones that it ends in seconds of processor time.
set -u
LACUNA="${LACUNA:-build/lacuna-san}"
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export ASAN_OPTIONS=detect_leaks=0 # a program that ends leaves its memory to the system

wide() { # configuration, status, pattern
  printf '%b\n' "$1" >"$T/wide.yaml"
  (ulimit -t 60 &&
    exec "$LACUNA" run "$T/wide.yaml" --sim icarus --mode a --a random:4x16:0.5 --b random:16x2:0.5) >"$T/said" 2>&1
  status=$?
  if [ $status -eq "$2" ] && grep -qE "$3" "$T/said"; then
    echo "ok - Icarus, wide windows: $3"
  else
    echo "not ok - Icarus, wide windows: exit $status: $(head -n 3 "$T/said" | tr '\n' ' '), not $3"
  fi
}

wide 'engine: griffin\ntile: {m: 4, n: 4, k: 16}\nsparse_a: {d1: 7, d2: 7, d3: 3}
sparse_ab: {da1: 1, da2: 6, db1: 7, db2: 7}' \
  2 '806400 in all; at most 500000.*--sim verilator'
wide 'engine: sparse_a\ntile: {m: 4, n: 2, k: 8}\nsparse_a: {d1: 7, d2: 7, d3: 3}' 0 'values +all right'
