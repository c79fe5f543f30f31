#!/bin/sh
# Random configurations, each generated, linted and run on random cases in Icarus: random_configs.sh [FIRST_SEED
# [COUNT]]
set -u
cd "$(dirname "$0")/../.."
first=${1:-1} count=${2:-5}
. tests/matrix/modes.sh
engines=$(sed -n 's/^# engines: *//p' tests/matrix/*/configs.awk | tr '\n' ' ')
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

for seed in $(seq "$first" $((first + count - 1))); do
  config=$scratch/random_$seed.yaml
  engine=$(awk -v seed="$seed" -v engines="$engines" -f tests/matrix/configs.awk)
  family=$(grep -lE "^# engines:(.* )?${engine#engine: }( |\$)" tests/matrix/*/configs.awk)
  awk -v seed="$seed" -v engines="$engines" -f tests/matrix/configs.awk -f "$family" >"$config"
  sed "s/^/# $seed: /" "$config"
  if ! build/lacuna gen "$config" -o "$scratch/bundle" >"$scratch/said" 2>&1; then
    echo "not ok - random configuration $seed: $(tail -n 3 "$scratch/said" | tr '\n' ' ')"
    continue
  fi
  sed "s|^|$scratch/bundle/|" "$scratch/bundle/lacuna.f" >"$scratch/files"
  if verilator --lint-only -Wall --language 1364-2005 --top-module lac_top -f "$scratch/files" >"$scratch/said" 2>&1 &&
    iverilog -g2005 -Wall -t null -s lac_top -c "$scratch/files" >>"$scratch/said" 2>&1 &&
      [ ! -s "$scratch/said" ]; then
    echo "ok - random configuration $seed lints clean"
  else
    echo "not ok - random configuration $seed: $(head -n 3 "$scratch/said" | tr '\n' ' ')"
  fi
  awk -v seed="$seed" -v cases="${CASES:-4}" -f tests/matrix/random.awk |
    in_ways "$(ways_of "$config")" >"$scratch/table"
  tests/cases.sh -s "$config" "$scratch/table"
  rm -rf "$scratch/bundle" build/bundles/random_"$seed"-*
done
