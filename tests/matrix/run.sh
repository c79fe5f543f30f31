#!/bin/sh
# The engine matrix of one configuration: all tables, the edges of the tile, random cases and injected errors.
#   run.sh [--icarus] [--share N] CONFIG      CASES random cases [60], SEED [1]
# --share: every N-th case, errors injected in the mode with the most to go wrong alone; --icarus: a ninth of it in the
# 4-state simulator, and no long case. An engine with several modes takes the cases in turn in each and in auto; all of
# them, with at most 128 multipliers: every case in every mode.
set -u
here=$(dirname "$0")
lacuna=${LACUNA:-build/lacuna}
sim= share=1
[ "$1" = --icarus ] && sim=-s share=9 && shift
[ "$1" = --share ] && share=$2 && shift 2
config=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
export T
. "$here/../npy.sh"
npy i4 19, "$(awk 'BEGIN { for (i = 0; i < 19; i++) print (i * 7919) % 4001 - 2000 }')" >"$T/bias_19.npy"
npy i4 19,2 "$(awk 'BEGIN { for (i = 0; i < 19; i++) print 1073741824 + i * 52428800, -i % 11 - 3 }')" >"$T/scale_19.npy"
awk -v place="$T" -f "$here/zeros.awk"

field() {
  "$lacuna" info "$config" --json | sed -n "s/^    \"$1\": \([0-9]*\),*$/\1/p" | head -n 1
}
macs=$(field macs) bits=$(field modes)
modes=$(awk -v bits="$bits" 'BEGIN {
  split("dense a b ab", name, " ")
  for (i = 1; i <= 4; i++)
    if (int(bits / 2 ^ (i - 1)) % 2) list = list " " name[i]
  print substr(list, 2) (bits > 1 ? " auto" : "")
}')
# Structured weights: every second pattern, which --prune makes the operands obey.
patterns=$("$lacuna" info "$config" --json | sed -n 's/^ *"pattern": "\([0-9:/]*\)",*$/\1/p' | awk 'NR % 2')
[ -z "$patterns" ] || modes=dense

in_modes() { # of a table
  awk -v modes="$modes" -v patterns="$patterns" -v all="$([ "$macs" -le 128 ] && [ "$share" -eq 1 ] && echo 1)" '
    BEGIN {
      count = split(modes, mode, " ")
      for (i = 1; i <= count; i++) way[i] = "--mode " mode[i]
      rest = split(patterns, pattern, /[ \n]+/)
      for (i = 1; i <= rest; i++) way[++count] = "--pattern hss:" pattern[i] " --prune"
    }
    /^ *(#|$)/ || / --mode / || count == 1 { print; next }
    all && !rest { for (i = 1; i <= count; i++) print $0 " " way[i]; next }
    { print $0 " " way[turn++ % count + 1] }'
}

{
  awk -f "$here/edges.awk"
  cat "$here/gemm.txt" "$here/conv.txt" "$here/epilogue.txt" "$here/memory.txt" "$here/zeros.txt"
} >"$T/fixed"
awk -v seed="${SEED:-1}" -v cases="${CASES:-60}" -f "$here/random.awk" >"$T/random"
if [ -z "$sim" ]; then
  cat "$T/fixed" "$T/random"
else
  grep -v 'stall 100\|{A\|{K\*\|{5\*M\|{2\*C' "$T/fixed"
fi | awk -v share="$share" 'NR % share == int(share / 2)' | in_modes >"$T/table"
"$here/../cases.sh" $sim "$config" "$T/table"
if [ "$share" -eq 1 ]; then
  "$here/inject.sh" "$config" $modes
else
  modes=${modes% auto}
  "$here/inject.sh" ${sim:--few} "$config" ${modes##* }
fi
