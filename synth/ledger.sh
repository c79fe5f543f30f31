#!/bin/sh
# The ledger of area and clock: docs/results/qor.md and qor.json, a row per named configuration.
#
#   ledger.sh [--engine] [CONFIG]...     without names all of configs/; --engine: the engine alone
#
# Each configuration is generated, then synthesised twice by asic.sh: the engine alone, which the figures per multiplier
# are about, and the whole accelerator. Engines of up to 256 multipliers also go through fpga.sh. Rows of configurations
# not named stay as they are.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
whole=yes
if [ "${1:-}" = --engine ]; then
  whole=no
  shift
fi
[ $# -gt 0 ] || set -- $(ls configs/*.yaml | xargs -n 1 basename | sed 's/\.yaml$//')

number() { sed -n "s/^ *\"$2\": \([-0-9.]*\),\{0,1\}\$/\1/p" "$1" | head -n 1; }
path() { sed -n 's/.*"worst_path": { "from": "\([^"]*\)", "to": "\([^"]*\)".*/\1 to \2/p' "$1"; }
roles() { sed -n '/"roles_um2"/,/}/p' "$1" | sed '1d;$d' | tr -d '\n' | sed 's/^ *//; s/  */ /g'; }
cells() { tr '\n' ';' <"$1" | sed 's/;$//; s/;/, /g'; }

for config; do
  out=build/synth/$config
  build/lacuna gen "configs/$config.yaml" -o "build/bundles/$config" >/dev/null
  macs=$(sed -n 's/^ *"macs": \([0-9]*\).*/\1/p' "build/bundles/$config/manifest.json")
  synth/asic.sh "build/bundles/$config" --top lac_engine -o "$out/engine" >/dev/null
  [ $whole = no ] || synth/asic.sh "build/bundles/$config" -o "$out/top" >/dev/null
  ice40='-' ecp5='-'
  if [ $whole = yes ] && [ "$macs" -le 256 ]; then
    { cat "configs/$config.yaml"; echo 'multiplier: operator'; } >"$out/$config.yaml"
    build/lacuna gen "$out/$config.yaml" -o "$out/fpga" >/dev/null
    synth/fpga.sh "$out/fpga" ice40 --top lac_engine -o "$out/ice40" >/dev/null
    synth/fpga.sh "$out/fpga" ecp5 --top lac_engine -o "$out/ecp5" >/dev/null
    ice40=$(cells "$out/ice40/cells.txt") ecp5=$(cells "$out/ecp5/cells.txt")
  fi
  e=$out/engine/qor.json t=$out/top/qor.json   # t only with the whole
  {
    printf '{"config": "%s", "multipliers": %d, "engine_um2": %s, ' "$config" "$macs" "$(number "$e" area_um2)"
    printf '"engine_um2_per_multiplier": %d, "engine_fmax_mhz": %s, ' "$(($(number "$e" area_um2) / macs))" \
      "$(number "$e" fmax_mhz)"
    printf '"engine_roles_um2": {%s}, ' "$(roles "$e")"
    printf '"engine_worst_path": "%s", ' "$(path "$e")"
    [ $whole = no ] || printf '"top_um2": %s, "top_fmax_mhz": %s, "top_worst_path": "%s", "top_roles_um2": {%s}, ' \
      "$(number "$t" area_um2)" "$(number "$t" fmax_mhz)" "$(path "$t")" "$(roles "$t")"
    printf '"ice40_cells": "%s", "ecp5_cells": "%s"}\n' "$ice40" "$ecp5"
  } >"$out/row.json"
done

mkdir -p docs/results
touch docs/results/qor.json
for config in $(ls configs/*.yaml | xargs -n 1 basename | sed 's/\.yaml$//' | sort -t_ -k1,1 -k2,2n); do
  if [ -f "build/synth/$config/row.json" ]; then
    cat "build/synth/$config/row.json"
  else
    grep "\"config\": \"$config\"" docs/results/qor.json | sed 's/,$//' || true
  fi
done | sed '$!s/$/,/' | { echo '['; cat; echo ']'; } >build/synth/qor.json
cp build/synth/qor.json docs/results/qor.json
awk -f synth/ledger.awk docs/results/qor.json >docs/results/qor.md
