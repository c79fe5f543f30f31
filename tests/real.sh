#!/bin/sh
# Real operands: real.sh matrices|layers. The files are in LACUNA_DATA [../shared/data]; without them everything is
# skipped.
set -u
cd "$(dirname "$0")/.."
data=${LACUNA_DATA:-../shared/data}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

attempt() { # verb, config, options
  rm -f "$scratch/r.json"
  if ! build/lacuna "$@" --json "$scratch/r.json" --out "$scratch/c.npy" >"$scratch/said" 2>&1; then
    echo "not ok - $*: $(tail -n 3 "$scratch/said" | tr '\n' ' ')"
    return
  fi
  wrong=$(tests/report.sh "$scratch/r.json")
  [ -z "$wrong" ] && echo "ok - $*" || echo "not ok - $*: $wrong"
}

# Square matrices times themselves: .mtx has no transpose, and a symmetric one is its own.
matrices() {
  for file in "$data"/matrices/*.mtx "$data"/dlmc/*/*/*/*.smtx; do
    [ -e "$file" ] || continue
    case $file in
      *.mtx) sizes=$(grep -v '^%' "$file" | head -n 1) ;;
      *) sizes=$(head -n 1 "$file" | tr -d ,) ;;
    esac
    set -- $sizes
    [ "$1" -le 500 ] && [ "$2" -le 500 ] && ! head -n 1 "$file" | grep -q complex || continue
    values=
    case $file in
      *.smtx) values="--values random" ;;
    esac
    attempt run configs/dense_256.yaml --a "$file" --b "random:$2x33:0.2" $values
    attempt run configs/dense_64.yaml --a "random:9x$1:0.5" --b "$file" $values
    [ "$1" -eq "$2" ] && attempt run configs/dense_256.yaml --a "$file" --b "$file" $values
  done
}

# The name of a layer tells what it is: NNN_KIND_INtoOUT_sSTRIDE, padded as TensorFlow's "same" is.
layers() {
  # face_landmark68 is left out: its weights are integers that do not fit 8 bits
  for input in "$data"/activations/mediapipe*/*.x.npy "$data"/activations/ppocr*/*.x.npy; do
    [ -e "$input" ] || continue
    weight=$(echo "$input" | sed 's|/activations/|/layers/|; s|\.x\.npy$|.w.npy|')
    bias=${weight%.w.npy}.b.npy
    [ -e "$weight" ] || continue
    size=$(head -c 118 "$input" | LC_ALL=C tr -cd '[:print:]' | sed -n "s/.*'shape': (\([^)]*\)).*/\1/p" | tr -d ,)
    [ -n "$size" ] || continue
    set -- $size
    [ $# -eq 3 ] || continue
    [ "$2" -le "${MOST:-30}" ] || continue
    options=
    name=$(basename "$input")
    stride=$(echo "$name" | sed -n 's/.*_s\([0-9]\).*/\1/p')
    case $name in
      *dw3x3*) options="--groups $1 --pad 1 --stride $stride" ;;
      *conv3x3*) options="--pad 1 --stride $stride" ;;
      *conv1x1*) options="--stride ${stride:-1}" ;;
      *) continue ;;
    esac
    [ -e "$bias" ] && options="$options --bias $bias"
    attempt conv configs/dense_256.yaml --input "$input" --weight "$weight" $options
    attempt conv configs/dense_64.yaml --input "$input" --weight "$weight" $options --out-type int8 --activation relu
  done
}

if [ ! -d "$data" ]; then
  echo "ok - real $1 # skip no data"
else
  "$1"
fi
