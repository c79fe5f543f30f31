#!/bin/sh
# Chains of two layers as TAP: chain.sh CONFIG. Each is run with a sparse and with a dense feature map between its
# layers: the results must be the same byte for byte, both layers right by their own golden reference, and the cycles
# those of the model.
set -u
lacuna=${LACUNA:-build/lacuna}
config=$1
name=$(basename "$config" .yaml)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

attempt() { # feature map between, command
  between=$1
  shift
  "$lacuna" chain "$config" --between "$between" --out "$scratch/$between.npy" --json "$scratch/$between.json" \
    "$@" >"$scratch/said" 2>&1
}

# Of each layer the cycles of the run and, in the object behind them, those of the model.
modelled() {
  awk '$1 == "\"cycles\":" { if (++n > 1 && n % 2 == 0) run = $2; else if (n > 1 && $2 != run) wrong = 1 }
    END { exit wrong || n != 5 }' "$scratch/$1.json"
}

check() { # command
  for map in dense compressed; do
    if ! attempt $map "$@"; then
      echo "not ok - $name: chain $* --between $map: $(tail -n 1 "$scratch/said")"
      return
    fi
    modelled $map || { echo "not ok - $name: chain $* --between $map: not the model's cycles" && return; }
  done
  if cmp -s "$scratch/dense.npy" "$scratch/compressed.npy"; then
    echo "ok - $name: chain $*"
  else
    echo "not ok - $name: chain $*: the results differ"
  fi
}

refused() { # message, command
  what=$1
  shift
  if "$lacuna" chain "$config" "$@" >"$scratch/said" 2>&1; [ $? -ne 2 ] || ! grep -qE -- "$what" "$scratch/said"; then
    echo "not ok - $name: chain $*: $(tail -n 1 "$scratch/said") is not '$what'"
  else
    echo "ok - $name: chain $* is refused"
  fi
}

check --input random:8x10x12:0.5 --layer random:24x8x3x3:0.5,activation=relu,pad=1 \
  --layer random:16x24x1x1:0.4:3,activation=relu --rounding tflite
check --input random:8x10x12:0.5 --layer random:24x8x3x3:0.5,activation=relu,pad=1 \
  --layer random:16x24x1x1:0.4:3,stride=2:2 --out-type int8 --rounding even
check --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5,activation=relu \
  --layer random:20x1x3x3:0.4:3,groups=20,pad=1:1:1:1
check --input random:8x9x7:0 --layer random:20x8x1x1:0.5,activation=relu --layer random:5x20x3x3:0.4:3 --stall 30
check --input random:8x9x7:1 --layer random:17x8x1x1:1 --layer random:5x17x3x3:1:3,dilation=2 \
  --mem-latency 0 --mem-bandwidth 6
check --input random:1x1x1:1 --layer random:1x1x1x1:1 --layer random:1x1x1x1:1:3
check --input random:9x7x8:0.5 --layout nhwc --a-scale 0.05 \
  --layer random:8x3x3x8:0.5,pad=1,activation=relu6,b-scale=0.02 --layer random:5x1x1x8:0.5:4 --mode ab
refused 'chain needs --layer twice' --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5
refused "knows no 'height'" --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5,height=3 --layer random:20x8x1x1:0.5
refused 'channels differ' --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5 --layer random:20x8x1x1:0.5
refused 'is one too many' --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5 --layer random:20x20x1x1:0.5 \
  --layer random:20x20x1x1:0.5
refused 'has no zero point of A' --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5,out-zero=3 \
  --layer random:20x20x1x1:0.5
refused "names no weight" --input random:8x9x7:0.5 --layer ,stride=1 --layer random:20x20x1x1:0.5
# Without a word about the map: compressed here, dense where the engine writes no other.
for config in configs/outer_32.yaml configs/dense_64.yaml; do
  name=$(basename "$config" .yaml)
  map=dense
  [ $name = outer_32 ] && map=compressed
  if "$lacuna" chain $config --input random:8x9x7:0.5 --layer random:20x8x1x1:0.5 \
    --layer random:5x20x3x3:0.4 >"$scratch/said" 2>&1 &&
    grep -q "feature map between $map" "$scratch/said"; then
    echo "ok - $name: chain"
  else
    echo "not ok - $name: chain: $(tail -n 1 "$scratch/said")"
  fi
done
# A row of the map that is too long for the C buffer is written dense, if no one asked for compressed.
config=configs/outer_32.yaml name=outer_32
long="--input random:8x2x2:1 --layer random:4096x8x1x1:0.1 --layer random:8x4096x1x1:0.1 --sim model"
if "$lacuna" chain $config $long >"$scratch/said" 2>&1 && grep -q 'feature map between dense' "$scratch/said"; then
  echo "ok - $name: chain $long"
else
  echo "not ok - $name: chain $long: $(tail -n 1 "$scratch/said")"
fi
refused 'a larger buffers.c_kib|buffers.c_kib of' --between compressed $long
config=tests/configs/outer_4x4_zero_point.yaml name=outer_4x4_zero_point
check --input random:8x9x7:0.5 --a-zero 5 --layer random:24x8x3x3:0.5,out-zero=-100,activation=relu \
  --layer random:8x24x3x3:0.4:3,pad=1
config=configs/dsso_64.yaml name=dsso_64
refused 'reads structured A' --between dense --input random:8x9x7:0.5 --layer random:24x8x3x3:0.5 \
  --layer random:8x24x3x3:0.4
