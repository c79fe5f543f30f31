#!/bin/sh
# The engine matrix of one configuration: all tables, the edges of the tile, random cases and injected errors.
#   run.sh [--icarus] [--every] [--part I/N] CONFIG      CASES random cases [60], SEED [1]
# --part: of N cases the I-th, from 0 on, and without it all of them and errors injected at every place; with it errors
# are injected at the first places in the mode with the most to go wrong. --icarus: in the 4-state simulator, where
# cases without end to speak of are left out.
# An engine with several modes takes the cases in turn in each and in auto; --every: every case in every mode.
set -u
here=$(dirname "$0")
lacuna=${LACUNA:-build/lacuna}
sim= every= part=0/1
[ "$1" = --icarus ] && sim=-s && shift
[ "$1" = --every ] && every=1 && shift
[ "$1" = --part ] && part=$2 && shift 2
config=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export T
. "$here/../npy.sh"
. "$here/modes.sh"
. "$here/own.sh"
npy i4 19, "$(awk 'BEGIN { for (i = 0; i < 19; i++) print (i * 7919) % 4001 - 2000 }')" >"$T/bias_19.npy"
npy i4 19,2 >"$T/scale_19.npy" \
  "$(awk 'BEGIN { for (i = 0; i < 19; i++) print 1073741824 + i * 52428800, -i % 11 - 3 }')"
npy i4 19,2 >"$T/tie_19.npy" "$(awk 'BEGIN {
  for (i = 0; i < 18; i++) print 1073741824 + (i % 3 == 2) * 268435456, -i % 5 - 4
  print 1073741825, 30
}')"
npy i4 19, "$(awk 'BEGIN { for (i = 0; i < 19; i++) print 1008981770 + i * 1000003 }')" |
  LC_ALL=C sed "1s/<i4/<f4/" >"$T/units_19.npy"
awk -v place="$T" -f "$here/zeros.awk"

modes=$(modes_of "$config")
{
  awk -f "$here/edges.awk"
  cat "$here/gemm.txt" "$here/conv.txt" "$here/epilogue.txt" "$here/memory.txt" "$here/zeros.txt"
  cat "$here"/*/*.txt # of an engine each
} >"$T/fixed"
awk -v seed="${SEED:-1}" -v cases="${CASES:-60}" -f "$here/random.awk" >"$T/random"
if [ -z "$sim" ]; then
  cat "$T/fixed" "$T/random"
else
  grep -v 'stall 100\|{A\|{K\*\|{5\*M\|{2\*C' "$T/fixed"
fi | grep -v '^ *\(#\|$\)' | concerning "$config" |
  awk -v part="${part%/*}" -v parts="${part#*/}" 'NR % parts == part' |
  in_ways "$(ways_of "$config")" $every >"$T/table"
# the model, before a case waits for it
[ -n "$sim" ] || "$lacuna" run "$config" --a random:1x1:1 --b random:1x1:1 >"$T/built" 2>&1
"$here/../cases.sh" $sim "$config" "$T/table"
[ -n "$sim" ] || own_checks
if [ "$part" = 0/1 ] && [ -z "$sim" ]; then
  "$here/inject.sh" "$config" $modes
else
  modes=${modes% auto}
  "$here/inject.sh" ${sim:--few} "$config" ${modes##* }
fi
