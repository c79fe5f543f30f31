#!/bin/sh
# The engine matrix of one configuration: all tables, the edges of the tile, random cases and injected errors.
#   run.sh [--icarus] CONFIG      CASES random cases [60], SEED [1]; --icarus: a share of it in the 4-state simulator
set -u
here=$(dirname "$0")
sim=
[ "$1" = --icarus ] && sim=-s && shift
config=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export T
. "$here/../npy.sh"
npy i4 19, "$(awk 'BEGIN { for (i = 0; i < 19; i++) print (i * 7919) % 4001 - 2000 }')" >"$T/bias_19.npy"
npy i4 19,2 "$(awk 'BEGIN { for (i = 0; i < 19; i++) print 1073741824 + i * 52428800, -i % 11 - 3 }')" >"$T/scale_19.npy"

{
  awk -f "$here/edges.awk"
  cat "$here/gemm.txt" "$here/conv.txt" "$here/epilogue.txt" "$here/memory.txt"
} >"$T/fixed"
awk -v seed="${SEED:-1}" -v cases="${CASES:-60}" -f "$here/random.awk" >"$T/random"
if [ -z "$sim" ]; then
  cat "$T/fixed" "$T/random" >"$T/table"
else # every ninth case that is no long one
  grep -v 'stall 100\|{A\|{K\*\|{5\*M\|{2\*C' "$T/fixed" | awk 'NR % 9 == 4' >"$T/table"
fi
"$here/../cases.sh" $sim "$config" "$T/table"
"$here/inject.sh" $sim "$config"
