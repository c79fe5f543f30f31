#!/bin/sh
# What `multiplier` makes of a bundle, as TAP: synthesised without any macro, small ones of every family, products of
# the engine and of the epilogue are `*` with `operator` and arrays with `array`; the smallest runs right with both.
set -u
cd "$(dirname "$0")/.."
lacuna=${LACUNA:-build/lacuna}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

say() { # status, what
  if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi
}

# Multiplications that Yosys finds in the multipliers of a bundle.
operators() { # bundle
  yosys -q -p "read_verilog -defer $(sed "s|^|$1/|" "$1/lacuna.f" | tr '\n' ' '); hierarchy -check -top lac_top; proc;
    tee -q -o $scratch/count select -count *lac_mul/t:\$mul *lac_mul_sum/t:\$mul" >"$scratch/said" 2>&1
  sed -n 's/^\([0-9]*\) objects.*/\1/p' "$scratch/count"
}

check() { # style, configuration
  { grep -v '^multiplier' "tests/configs/$2.yaml"; echo "multiplier: $1"; } >"$scratch/c.yaml"
  "$lacuna" gen "$scratch/c.yaml" -o "$scratch/bundle" >/dev/null
  count=$(operators "$scratch/bundle")
  if [ "$1" = array ]; then [ "$count" = 0 ]; else [ "${count:-0}" -ge 2 ]; fi
  say $? "$2, $1: ${count:-no} multiplications are operators"
  rm -rf "$scratch/bundle"
}

for config in $(awk '$1 == "icarus" && $2 != "soak" { print $4 }' tests/matrix/*/parts); do
  check array "$config"
  check operator "$config"
done

for style in array operator; do
  printf 'engine: dense\ntile: {m: 1, n: 2, k: 2}\nmultiplier: %s\n' $style >"$scratch/multiplier_$style.yaml"
  "$lacuna" run "$scratch/multiplier_$style.yaml" --sim icarus --a random:5x9:0.6 --b random:9x3:0.6 \
    --out-type int8 >"$scratch/said" 2>&1
  say $? "$style: runs"
  rm -rf build/bundles/multiplier_$style-*
done
