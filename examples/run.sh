#!/bin/sh
# The main job: a real pruned layer (face_detector_047/NOTICE) on generated RTL in Verilator, with bias, ReLU and int8
# results, checked bit for bit: on dense_64 with a whole report and a waveform, then on griffin_64 in each of its modes,
# side by side.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/.."
layer=examples/face_detector_047
place=build/run
window=0:4000 # cycles
mkdir -p "$place"

convolve() { # configuration, name of the report, further options
  config=$1
  report=$place/$2
  shift 2
  build/lacuna conv "configs/$config.yaml" --input $layer/input.npy --weight $layer/weight.npy --bias $layer/bias.npy \
    --activation relu --out-type int8 --out "$report.npy" --json "$report.json" "$@"
}

field() { # report, name: the first number of that name
  sed -n "s/^ *\"$2\": \([0-9.]*\),*$/\1/p" "$place/$1.json" | head -n 1
}

echo "Layer 047 of a face detector as published:"
echo "1x1 convolution, 192 to 96 channels, 12 x 12 pixels, 70 % of its weights zero."
echo "The first time, building the Verilator models takes some seconds."
convolve dense_64 dense_64 --trace "$place/waveform.fst" --trace-window $window
echo "The waveform shows cycles $window; try gtkwave $place/waveform.fst"
echo
echo "The same on griffin_64, 64 multipliers that skip zeros of A, of B, or of both:"
echo
for mode in dense a b ab; do
  convolve griffin_64 "griffin_64_$mode" --mode $mode >"$place/griffin_64_$mode.txt" || {
    cat "$place/griffin_64_$mode.txt"
    exit 1
  }
  cmp -s "$place/dense_64.npy" "$place/griffin_64_$mode.npy" || {
    echo "griffin_64 in mode $mode differs from dense_64" >&2
    exit 1
  }
done
dense=$(field dense_64 cycles)
for run in dense_64 griffin_64_dense griffin_64_a griffin_64_b griffin_64_ab; do
  echo "$run $(field $run cycles) $(field $run issued) $(field $run effectual) $dense"
done | awk 'BEGIN { printf "  %-22s %9s %9s %16s %14s\n", "", "cycles", "speedup", "multiplications", "both nonzero" }
  { name = $1; sub(/_64_/, "_64, mode ", name)
    printf "  %-22s %9d %9.3f %16d %12.1f %%\n", name, $2, $5 / $2, $3, 100 * $4 / $3 }'
echo
echo "All results agree bit for bit; reports of each run are in $place."
echo "Cycles are those of the whole accelerator, memory included."
