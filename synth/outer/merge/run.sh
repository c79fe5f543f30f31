#!/bin/sh
# Area and clock of the ways to merge products that docs/engines/outer-merge.md compares: a lane's merge alone, 8
# products, ROWS 16, 64 columns.
#
#   run.sh         benches in Icarus, then synth/asic.sh of each; prints a line each: name, um2, um2 per multiplier,
#                  MHz, worst path
#   run.sh bench   benches alone
#
# lac_merge_direct is what lac_outer_lane has behind its multipliers; the others are variants of it that no
# configuration has.
set -eu
cd "$(dirname "$0")/../../.."
here=synth/outer/merge
out=build/synth/outer_merge
leaves="rtl/cell/lac_ram_2p.v rtl/cell/lac_popcount.v rtl/outer/lac_outer_bank.v rtl/outer/lac_outer_scatter.v
rtl/outer/lac_outer_rank.v rtl/outer/lac_outer_chunk.v"
merges="$here/lac_merge_direct.v $here/lac_merge_queue.v $here/lac_merge_order.v"
mkdir -p $out

number() { sed -n "s/^ *\"$2\": \([-0-9.]*\),\{0,1\}\$/\1/p" "$1" | head -n 1; }
path() { sed -n 's/.*"worst_path": { "from": "\([^"]*\)", "to": "\([^"]*\)".*/\1 to \2/p' "$1"; }

bench() { # bench, parameters
  file=$1
  shift
  for parameter; do set -- "$@" "-Ptb.$parameter"; shift; done
  iverilog -g2005 "$@" -o build/synth/outer_merge.vvp "$here/$file" $merges $leaves
  verdict=$(vvp build/synth/outer_merge.vvp)
  echo "$file $*: $verdict"
  case $verdict in PASS*) ;; *) exit 1 ;; esac
}

# Parameters become defaults of the top in a bundle of its own.
measure() { # name, multipliers, top, parameters
  name=$1 multipliers=$2 top=$3
  shift 3
  if [ ! -f "$out/$name/qor.json" ]; then
    mkdir -p "$out/$name/bundle"
    cp $merges $leaves "$out/$name/bundle"
    for parameter; do
      sed -i "s/^\(  parameter ${parameter%=*} *=\) [0-9]*/\1 ${parameter#*=}/" "$out/$name/bundle/$top.v"
    done
    (cd "$out/$name/bundle" && ls ./*.v) >"$out/$name/bundle.f"
    mv "$out/$name/bundle.f" "$out/$name/bundle/lacuna.f"
    synth/asic.sh "$out/$name/bundle" --top "$top" --clock-ns 6 -o "$out/$name" >/dev/null
  fi
  area=$(awk '/Chip area/ { area = $NF } END { printf "%d", area }' "$out/$name/stat.txt")   # the top's comes last
  printf '%-16s %9d %8d %7s  %s\n' "$name" "$area" $((area / multipliers)) "$(number "$out/$name/qor.json" fmax_mhz)" \
    "$(path "$out/$name/qor.json")"
}

for depth in 0 2 4 8; do
  for banks in 8 16 32; do bench tb_merge.v DEPTH=$depth BANKS=$banks COLS=$((64 / banks)); done
done
bench tb_merge.v FIXED=1 BANKS=8 COLS=8
bench tb_order.v
[ "${1:-}" != bench ] || exit 0

for banks in 8 16 32; do measure direct_$banks 8 lac_merge_direct BANKS=$banks COLS=$((64 / banks)); done
measure fixed_8 8 lac_merge_direct FIXED=1 BANKS=8 COLS=8
for banks in 8 16; do
  for depth in 2 4 8; do measure queue_${banks}_$depth 8 lac_merge_queue BANKS=$banks COLS=$((64 / banks)) \
    DEPTH=$depth; done
done
# All 32 products of a block to any of its 64 banks, row and column along; chunk choosers of the whole engine.
measure elementwise 32 lac_outer_scatter Q=32 BANKS=64 W=22 ARRAY=1
measure chunk_fullest 128 lac_outer_chunk BANKS=16 COLS=4 Q=8
measure chunk_order 128 lac_merge_order BANKS=16 COLS=4 Q=8
