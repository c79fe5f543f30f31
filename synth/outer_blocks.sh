#!/bin/sh
# Area of the outer-product engine by block, tile and window, for docs/outer-merge.md: 128 int8 multipliers, each a configuration of its own.
#
#   outer_blocks.sh blocks     lac_engine, 8 x 16 multipliers in blocks of 8 x 16 to 2 x 4, tiles of 64 and 32
#   outer_blocks.sh window     lac_outer_block of 4 x 8, tile 64: window of 4, 8, 16 chunks by 2, 4, 8 slots
#
# Writes build/synth/outer_blocks/NAME as asic.sh does, leaves what is there as it is, prints a line each: name, mm2, um2 per multiplier, MHz, Kibit
# of accumulators (two halves), worst path.
set -eu
cd "$(dirname "$0")/.."
out=build/synth/outer_blocks

number() { sed -n "s/^ *\"$2\": \([-0-9.]*\),\{0,1\}\$/\1/p" "$1" | head -n 1; }
path() { sed -n 's/.*"worst_path": { "from": "\([^"]*\)", "to": "\([^"]*\)".*/\1 to \2/p' "$1"; }

# The top with the parameters that the bundle's engine gives it.
specialise() { # bundle, module
  awk -v module="$2" '
    FNR == NR && $1 == module { inside = 1 }
    FNR == NR && /^ *\) u_/ { inside = 0 }
    FNR == NR && inside && $1 ~ /^\.[A-Z_]+$/ { gsub(/[(),.]/, ""); value[$1] = $2 }
    FNR == NR { next }
    $1 == "parameter" && $2 in value { sub(/= *[0-9]+/, "= " value[$2]) }
    { print }' "$1/lac_engine.v" "$1/$2.v" >"$1/$2.new"
  mv "$1/$2.new" "$1/$2.v"
}

measure() { # name, top, multipliers, tile, blocks, keys of outer
  bundle=$out/$1/bundle
  if [ ! -f "$out/$1/qor.json" ]; then
    mkdir -p "$out/$1"
    printf 'engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {%s}\n' "$6" >"$out/$1/$1.yaml"
    build/lacuna gen "$out/$1/$1.yaml" -o "$bundle" >/dev/null
    [ "$2" = lac_engine ] || specialise "$bundle" "$2"
    synth/asic.sh "$bundle" --top "$2" --clock-ns 6 -o "$out/$1" >/dev/null
  fi
  area=$(number "$out/$1/qor.json" area_um2)
  printf '%-16s %6s %7d %6s %6d  %s\n' "$1" "$(echo "$area" | awk '{ printf "%.2f", $1 / 1e6 }')" $((${area%.*} / $3)) \
    "$(number "$out/$1/qor.json" fmax_mhz)" $((2 * $4 * $4 * 32 * $5 / 1024)) "$(path "$out/$1/qor.json")"
}

case ${1:-} in
  blocks)
    for tile in 64 32; do
      for block in 8x16 4x8 2x8 4x4 2x4; do
        p=${block%x*} q=${block#*x}
        measure "${block}_t$tile" lac_engine 128 $tile $((128 / (p * q))) "tile: $tile, block_m: $p, block_n: $q"
      done
    done ;;
  window)
    for chunks in 4 8 16; do
      for slots in 2 4 8; do
        measure "w${chunks}_nb$slots" lac_outer_block 32 64 1 "window: $chunks, slots: $slots"
      done
    done ;;
  *) sed -n '4,5s/^# *//p' "$0" >&2; exit 2 ;;
esac
