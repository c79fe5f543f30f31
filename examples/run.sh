#!/bin/sh
# The main job: a real pruned layer (face_detector_047/NOTICE) on the generated RTL of dense_64, in Verilator, with bias, ReLU
# and int8 results, checked bit for bit. One model, with tracing compiled in, serves for the figures and for the waveform.
set -eu
cd "$(dirname "$0")/.."
layer=examples/face_detector_047
config=${CONFIG:-dense_64}
place=build/run
window=0:4000 # cycles
mkdir -p "$place"
echo "Layer 047 of a face detector as published: 1x1 convolution, 192 to 96 channels, 12 x 12 pixels, 70 % of its weights zero."
echo "The first time, building the Verilator model takes some seconds."
build/lacuna conv "configs/$config.yaml" --input $layer/input.npy --weight $layer/weight.npy --bias $layer/bias.npy \
  --activation relu --out-type int8 --out "$place/result.npy" --json "$place/report.json" \
  --trace "$place/waveform.fst" --trace-window $window
echo "The waveform shows cycles $window; try gtkwave $place/waveform.fst"
