#!/bin/sh
# Area of the outer-product engine by block, tile and window, for docs/engines/outer-merge.md: 128 int8 multipliers,
# each a configuration of its own.
#
#   outer_blocks.sh blocks [T]...    8 x 16 multipliers in blocks of 8 x 16 to 2 x 4, tiles of 64 and 32: all blocks and
#                                    lac_outer_drain
#   outer_blocks.sh window           a block of 4 x 8, tile 64: window of 4, 8, 16 chunks by 2, 4, 8 slots
#
# Modules are synthesised one by one, with the parameters that the engine gives them. Writes
# build/synth/outer_blocks/NAME as asic.sh does, leaves what is there as it is, prints a line each: name, mm2, um2 per
# multiplier, MHz of a block, Kibit of accumulators (two halves), worst path of a block.
set -eu
cd "$(dirname "$0")/../.."
out=build/synth/outer_blocks

number() { sed -n "s/^ *\"$2\": \([-0-9.]*\),\{0,1\}\$/\1/p" "$1" | head -n 1; }
path() { sed -n 's/.*"worst_path": { "from": "\([^"]*\)", "to": "\([^"]*\)".*/\1 to \2/p' "$1"; }
area() { awk '/Chip area/ { area = $NF } END { printf "%d", area }' "$1/stat.txt"; } # the top's comes last

# The module with the parameters that lac_outer_array gives it in the bundle as defaults.
specialise() { # bundle, module
  awk '
    FNR == NR && $1 == "lac_outer_array" { inside = 1 }
    FNR == NR && /^ *\) u_/ { inside = 0 }
    FNR == NR && inside && $1 ~ /^\.[A-Z_]+$/ { gsub(/[(),.]/, ""); value[$1] = $2 }
    FNR == NR { next }
    FNR == 1 { value["WORDS"] = value["SUBS"] * 8 * value["COLS"]; value["TILES"] = value["SLOTS"] + 3 }
    $1 == "parameter" && $2 in value { sub(/= *[0-9]+/, "= " value[$2]) }
    { print }' "$1/lac_engine.v" "$1/$2.v" >"$1/$2.new"
  mv "$1/$2.new" "$1/$2.v"
}

synthesise() { # name, keys of outer, module
  place=$out/$1
  mkdir -p "$place"
  printf 'engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {%s}\n' "$2" >"$place/$1.yaml"
  [ ! -f "$place/$3/qor.json" ] || return 0
  build/lacuna gen "$place/$1.yaml" -o "$place/bundle" >/dev/null
  specialise "$place/bundle" "$3"
  synth/asic.sh "$place/bundle" --top "$3" --clock-ns 6 -o "$place/$3" >/dev/null
}

report() { # name, um2, multipliers, tile, blocks
  block=$out/$1/lac_outer_block/qor.json
  printf '%-10s %6s %7d %6s %6d  %s\n' "$1" "$(echo "$2" | awk '{ printf "%.2f", $1 / 1e6 }')" \
    $(($2 / $3)) "$(number "$block" fmax_mhz)" \
    $((2 * $4 * $4 * 32 * $5 / 1024)) "$(path "$block")"
}

blocks() { # tile
  for block in 4x8 4x4 2x8 2x4 8x16; do
    p=${block%x*} q=${block#*x} name=${block}_t$1
    synthesise "$name" "tile: $1, block_m: $p, block_n: $q" lac_outer_block
    synthesise "$name" "tile: $1, block_m: $p, block_n: $q" lac_outer_drain
    count=$((128 / (p * q)))
    report "$name" $((count * $(area "$out/$name/lac_outer_block") + $(area "$out/$name/lac_outer_drain"))) \
      128 "$1" $count
  done
}

window() {
  for chunks in 4 8 16; do
    for slots in 2 4 8; do
      synthesise "w${chunks}_nb$slots" "window: $chunks, slots: $slots" lac_outer_block
      report "w${chunks}_nb$slots" "$(area "$out/w${chunks}_nb$slots/lac_outer_block")" 32 64 1
    done
  done
}

case ${1:-} in
  blocks)
    shift
    [ $# -gt 0 ] || set -- 64 32
    for tile; do blocks "$tile"; done ;;
  window) window ;;
  *) sed -n '4,5s/^# *//p' "$0" >&2; exit 2 ;;
esac
