#!/bin/sh
# Measures what the outer-product engine gains: outer_bench.sh [model]. Lists every run (outer_bench.txt, the pruned layers, matrices and
# convolutions of LACUNA_DATA, the layers of griffin_layers.txt), runs them on all cores, most in the cycle model and a sample on the RTL
# (with "model" none, and nothing is timed on it), and prints the page (outer_page.md with the tables of outer_bench.awk); writes
# docs/results/outer.md and outer.json. Exit status 1 if a run fails; a figure that is not reached is said, but is no failure of the
# measurement.
set -euf
cd "$(dirname "$0")/.."
root=$(pwd)
here=$root/harness
. "$here/bench_lib.sh"
bench_begin outer "$@"
formula=$root/build/tools/outer_formula
im2col=$root/build/tools/im2col

both="outer_128_one_k:ab outer_128:ab"

# ---- random zeros

list_table() { # rows of outer_bench.txt of this table: table | name | published or required | operands | simulator
  cells "$here/outer_bench.txt" | awk -F '\t' -v table="$1" '$1 == table' | while IFS=$tab read -r table name figure operands sim; do
    work "$table" "$table" "$name" 1 "$figure $(measure_formula "$operands")" "$(simulator "$sim")" "$both" run "$operands"
  done
}

# The paper's steps for `--a A --b B`.
measure_formula() {
  echo "$1" | { IFS=' ' read -r _ a _ b && $formula "$a" "$b"; }
}

# ---- layers pruned by magnitude, matrices times their transposes

list_pruned() {
  pattern_layers | awk -F '\t' '$2 == "magnitude_pruning" && $3 ~ /^0.(8|95) /' >pruned
  while IFS=$tab read -r model _ name zeros _ verb operands; do
    work pruned "${name%% *}" "$model ${name#* }" 1 "1.3 $(measure_formula "$operands")" model "$both" "$verb" "$operands"
  done <pruned
}

# A Matrix Market file with a one for every stored entry, turned or not; what is symmetric is its own transpose.
pattern_of() { # file, 1 to turn it
  awk -v turn="$2" '
    /^%%/ { symmetric = / symmetric/; print "%%MatrixMarket matrix coordinate pattern", symmetric ? "symmetric" : "general"; next }
    /^%/ { next }
    turn && !symmetric { i = $1; $1 = $2; $2 = i }
    { print $1, $2 (sized++ ? "" : " " $3) }' "$1"
}

# Every matrix below 8 % density whose product is not too large for a sweep.
list_matrices() {
  [ -e data/matrices/matrices.csv ] || return 0
  tr -d '\r' <data/matrices/matrices.csv | awk -F , -v OFS='\t' '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["density"] < 0.08 && $at["rows"] <= 2600 && $at["cols"] <= 2600 { print $at["file"], $at["density"] }' |
    while IFS=$tab read -r file density; do
      pattern_of "data/matrices/$file" 0 >"operands/$file"
      pattern_of "data/matrices/$file" 1 >"operands/turned_$file"
      operands="--a operands/$file --b operands/turned_$file"
      work matrices "$density" "${file%.mtx}" 1 "3 $(measure_formula "$operands")" model "$both" run "$operands"
    done
}

# ---- beside the dense and the Griffin engine of as many multipliers

# All operands dense, whatever the layer had: mode dense multiplies the zeros that fill up tiles, auto need not.
list_dense() {
  list_layers "dense_128:dense outer_128:dense outer_128:auto" model
  awk -F '\t' -v OFS='\t' '$1 == "layers" { gsub(/:0\.[0-9]+/, ":1", $9) } { print }' works >dense_works
  mv dense_works works
}

list_break_even() {
  printf 'engine: griffin\ntile: {m: 2, n: 8, k: 8}\n' >configs/griffin_128.yaml
  for a in 1 0.5 0.25; do
    for b in 1 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1 0.05; do
      work break_even "$a" "$b" 1 - "$([ "$a $b" = "0.5 0.3" ] && echo "$rtl" || echo model)" \
        "dense_128:dense griffin_128:auto outer_128:auto" run "--a random:512x1024:$a:1 --b random:1024x512:$b:2"
    done
  done
}

# ---- convolutions, and the same through a dense im2col on the host

convolution() { # group, name, operands of conv, simulator
  base=operands/im2col_$(echo "$1_$2" | tr ' /,' ___)
  set -- "$@" $3
  $im2col "$6" "$8" "${10}" "${12}" "${14}" "${base}_a.npy" "${base}_b.npy"
  work conv "$1" "$2" 1 conv "$4" outer_128:auto conv "$3"
  work conv "$1" "$2" 1 im2col model outer_128:auto run "--a ${base}_a.npy --b ${base}_b.npy"
}

list_convolutions() {
  real_layers | awk -F '\t' -v OFS='\t' '$6 == "conv" && $2 == "other" && / --groups 1$/ { print $1, $3, $7 }' >conv_layers
  cells "$here/outer_bench.txt" | awk -F '\t' -v OFS='\t' '$1 == "conv" { print "random operands", $2, $4 }' >>conv_layers
  while IFS=$tab read -r model layer operands; do
    convolution "$model" "$layer" "$operands" "$rtl"
  done <conv_layers
}

# ---- times, measured one after the other with nothing beside them

time_all() {
  for config in outer_32 outer_128 outer_128_one_k; do build_model $config 150; done
  for mode in dense ab; do time_speed outer_128 512 ">=" 150000 "mode $mode" --b random:512x512:0.4 --mode $mode; done
}

# ---- all of it

list_table published
list_table uniform
list_pruned
list_matrices
list_dense
list_break_even
list_convolutions
list_jobs
[ $rtl = model ] || time_all
run_jobs
awk -v cores="$(nproc)" -v load="$(cat load)" -v json="$root/docs/results/outer.json" -f "$here/bench_lib.awk" -f "$here/bench_runs.awk" \
  -f "$here/outer_bench.awk" times failures refusals "$here/outer_page.md" results >"$root/docs/results/outer.md"
cat "$root/docs/results/outer.md"
[ ! -s failures ]
