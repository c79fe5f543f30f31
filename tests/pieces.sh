#!/bin/sh
# Prints the pieces of the tests, a line "GROUP/NAME command" each: pieces.sh [soak]
# Without a word those of the suite; soak: the matrix whole, every case in every mode, hundreds of random
# configurations, for hours.
set -eu
cd "$(dirname "$0")/.."
configs=$(ls configs/*.yaml tests/configs/*.yaml)

# Configurations in Icarus, as "NAME/PARTS".
icarus=$(cat tests/matrix/*/parts | awk '$1 == "icarus" { for (i = 4; i <= NF; i++) print $i "/" $2 }')

# The part of the matrix of each configuration, "--part I/N CONFIG" or, where all of it runs, "CONFIG".
parts() {
  for config in $configs; do
    echo "$config $(basename "$config" .yaml)"
  done | awk -F' *[|] *' '
    FILENAME != "-" && /^[0-9s]/ {
      count[++lines] = $1
      gsub(/[*]/, ".*", $2)
      gsub(/[?]/, ".", $2)
      gsub(/ /, "|", $2)
      pattern[lines] = "^(" $2 ")$"
    }
    FILENAME == "-" {
      split($0, of, " ")
      for (i = 1; of[2] !~ pattern[i]; i++)
        if (i == lines) { print "tests/matrix/parts has no line for " of[2] >"/dev/stderr"; exit 1 }
      if (count[i] != "soak") print (count[i] > 1 ? "--part " turn[i]++ % count[i] "/" count[i] " " : "") of[1]
    }' tests/matrix/*/parts tests/matrix/parts -
}

suite() {
  matrix=$(parts) # so that its end is seen, if it is a bad one
  echo "$matrix" | while read -r line; do
    echo "matrix/$(basename "${line##* }" .yaml) tests/matrix/run.sh $line"
  done
  echo "matrix/random_configs tests/matrix/random_configs.sh"
  turn=0
  for name in $icarus; do
    count=${name#*/} name=${name%/*}
    [ "$count" = soak ] && continue
    echo "icarus/$name tests/matrix/run.sh --icarus --part $((turn % count))/$count tests/configs/$name.yaml"
    turn=$((turn + 3))
  done
  echo "real/matrices tests/real.sh matrices"
  echo "real/layers tests/real.sh layers"
  for config in $configs; do
    echo "lint/$(basename "$config" .yaml) tests/lint.sh $config"
  done
  echo "lint/yosys tests/lint.sh yosys" $configs
  echo "lint/sources tests/lint.sh sources"
  echo "lint/floors tests/floors.sh"
  echo "lint/calls tests/calls.sh"
  for bench in tests/leaf/*/tb_*.v; do
    name=$(basename "$bench" .v)
    echo "leaf/${name#tb_} tests/leaf.sh ${name#tb_}"
  done
  for unit in tests/unit/*/test_*.c; do
    name=${unit#tests/unit/} name=${name%.c}
    leaks=
    # a bench gives nothing back (harness/bench/text.h)
    [ "$name" = harness/test_bench ] && leaks="env ASAN_OPTIONS=detect_leaks=0 "
    echo "unit/$name ${leaks}build/unit/$name"
  done
  echo "bad_input/files tests/bad_input.sh"
  cat tests/matrix/*/pieces
  echo "bundle/bytes tests/bundle.sh"
  echo "bundle/multiplier tests/multiplier.sh"
  echo "bundle/folder tests/bundle_folder.sh"
  echo "bundle/pair tests/pair/run.sh"
  echo "bundle/environment tests/environment.sh"
  echo "bench/rules tests/bench.sh rules"
  for page in harness/bench/*/*.md; do
    page=$(basename "$page" .md)
    echo "bench/$page tests/bench.sh $page"
  done
  echo "suite/runner tests/runner.sh"
}

soak() {
  for config in $configs; do
    echo "matrix/$(basename "$config" .yaml) env CASES=400 tests/matrix/run.sh --every $config"
  done
  for name in $icarus; do
    echo "icarus/${name%/*} tests/matrix/run.sh --icarus tests/configs/${name%/*}.yaml"
  done
  for seed in $(seq 101 10 491); do
    echo "random/from_$seed env CASES=20 tests/matrix/random_configs.sh $seed 10"
  done
  for bench in tests/leaf/*/tb_*.v; do
    name=$(basename "$bench" .v)
    echo "leaf/${name#tb_} env SEEDS=20 tests/leaf.sh ${name#tb_}"
  done
  echo "real/layers env MOST=1000 tests/real.sh layers"
}

"${1:-suite}"
