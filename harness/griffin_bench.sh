#!/bin/sh
# Measures what the Griffin engine gains: griffin_bench.sh [model]. Lists every run (griffin_reference.txt, griffin_layers.txt, the
# ablation, the real layers of LACUNA_DATA), runs them on all cores, most in the cycle model and a sample on the RTL (with
# "model" none, and nothing is timed on it), and prints the tables (griffin_bench.awk); writes docs/results/griffin.md and
# griffin.json. Exit status 1 if a run fails; a figure that is not reached is said, but is no failure of the measurement.
set -euf
cd "$(dirname "$0")/.."
root=$(pwd)
here=$root/harness
. "$here/bench_lib.sh"
bench_begin griffin "$@"

# ---- configurations and operands that nothing else has

# b_2_0_1, a_2_1_1_plain, ab_2_0_1_0_1: letters of the modes, distances; "plain" without the shuffle, "run_on" with windows that run
# on, "small" with the tile of griffin_64; all else as griffin_1024.
make_config() {
  [ ! -e "configs/$1.yaml" ] || return 0
  echo "$1" | awk -F _ '{
    tile = /_small/ ? "{m: 2, n: 4, k: 8}" : "{m: 4, n: 16, k: 16}\nbuffers: {a_kib: 512, b_kib: 256}"
    if ($1 == "ab")
      window = sprintf("sparse_ab: {da1: %d, da2: %d, db1: %d, db2: %d, db3: %d}", $2, $3, $4, $5, $6)
    else
      window = sprintf("sparse_%s: {d1: %d, d2: %d, d3: %d}", $1, $2, $3, $4)
    printf "engine: sparse_%s\ntile: %s\n%s\n", $1, tile, window
    printf "window: {shuffle: %s%s}\n", /_plain/ ? "false" : "true", /_run_on/ ? ", run_on: true" : ""
  }' >"configs/$1.yaml"
}

# A matrix whose K is 9 pixels of CHANNELS each, a random half of the channels all zero; 2 * density of the rest nonzero.
zero_channels() { # rows, columns, which of the two is K (1 or 2), channels, density, seed
  awk -v rows="$1" -v cols="$2" -v axis="$3" -v channels="$4" -v density="$5" -v seed="$6" '
    function below(n) { # 0 to n - 1; Park and Miller
      state = state * 16807 % 2147483647
      return int(state / 2147483647 * n)
    }
    BEGIN {
      state = seed * 7919 + 1
      for (c = 0; c < channels; c++) left[c] = 1
      for (gone = 0; gone < channels / 2;) {
        c = below(channels)
        gone += left[c]
        left[c] = 0
      }
      for (r = 0; r < rows; r++)
        for (c = 0; c < cols; c++)
          if (left[(axis == 1 ? r : c) % channels] && below(1000000) < 2e6 * density) entry[count++] = r + 1 " " c + 1
      print "%%MatrixMarket matrix coordinate integer general\n" rows, cols, count
      for (i = 0; i < count; i++) print entry[i], (below(2) ? -1 : 1) * (1 + below(127))
    }'
}

# ---- works

list_reference() {
  cells "$here/griffin_reference.txt" >reference
  while IFS=$tab read -r config mode design density_a density_b paper beyond sim; do
    make_config "$config"
    work reference "$design" "$density_a $density_b" 1 "$paper $beyond" "$(simulator "$sim")" "$config:$mode" run \
      "--a random:512x1152:$density_a:1 --b random:1152x512:$density_b:2"
    work reference "$design" "$density_a $density_b" 1 "$paper $beyond" model "$config:$mode" run \
      "--a random:512x4608:$density_a:3 --b random:4608x512:$density_b:4"
  done <reference
}

ablate() { # mode, distances, operands if zeros are uniform, with whole channels zero
  for shuffle in "" _plain; do
    config=$1_$(echo "$2" | tr , _)$shuffle
    make_config "$config"
    work ablation "$1" "$2" 1 "uniform${shuffle:-_shuffled}" model "$config:$1" run "$3"
    work ablation "$1" "$2" 1 "channels${shuffle:-_shuffled}" model "$config:$1" run "$4"
  done
}

list_ablation() {
  zero_channels 1152 128 1 128 0.2 1 >operands/b_channels.mtx
  zero_channels 128 1152 2 128 0.45 2 >operands/a_channels.mtx
  a=random:128x1152:0.45:5 b=random:1152x128:0.2:6 full_a=random:128x1152:1:7 full_b=random:1152x128:1:8
  for d in 1,0,0 1,1,0 1,0,1 1,1,1 2,0,0 2,1,0 2,0,1 2,1,1 2,0,2 2,5,0 3,1,1 4,0,0 4,1,0 4,0,1 4,1,1 8,0,0 8,0,1 8,1,1; do
    ablate a "$d" "--a $a --b $full_b" "--a operands/a_channels.mtx --b $full_b"
  done
  for d in 1,0,0 1,0,1 2,0,0 2,1,0 2,0,1 2,1,1 2,0,2 2,5,0 4,0,0 4,1,0 4,0,1 4,1,1 4,0,2 8,0,0 8,1,0 8,0,1 8,1,1 15,0,1; do
    ablate b "$d" "--a $full_a --b $b" "--a $full_a --b operands/b_channels.mtx"
  done
  for d in 1,0,1,0,0 1,0,1,0,1 2,0,1,0,1 1,0,2,0,1 2,0,2,0,0 2,0,2,0,1 2,1,2,0,1 2,0,2,1,1 2,0,4,0,1 3,0,3,0,1; do
    ablate ab "$d" "--a $a --b $b" "--a operands/a_channels.mtx --b operands/b_channels.mtx"
  done
}

layer_runs="dense_1024:dense griffin_1024:dense griffin_1024:a griffin_1024:b griffin_1024:ab griffin_1024:auto"

list_real() {
  for config in b_8_0_1 b_8_0_1_run_on b_8_0_1_small b_8_0_1_small_run_on; do make_config $config; done
  real_layers | awk -F '\t' -v OFS='\t' -v runs="$layer_runs" '{
    if ($2 == "1x1" && $4 > 0.5) {
      print "run_on", "1024 multipliers", $3, 1, "-", "model", "b_8_0_1:b b_8_0_1_run_on:b", $6, $7
      print "run_on", "64 multipliers", $3, 1, "-", "model", "b_8_0_1_small:b b_8_0_1_small_run_on:b", $6, $7
    }
    print "real", $1 ", " $2, $3, 1, "-", "model", runs, $6, $7
  }' >>works
  pattern_layers | awk -F '\t' -v OFS='\t' -v runs="$layer_runs" '{
    print "patterns", $1 ", " $2, $3, 1, "-", "model", runs, $6, $7
  }' >>works
}

# ---- times, measured one after the other with nothing beside them

build_models() { # of every configuration that runs on the RTL
  for config in griffin_64 $(awk -F '\t' '$7 == "verilator" { print $8 }' jobs | sort -u); do build_model "$config" 150; done
}

time_speeds() {
  for mode in dense a b ab; do time_speed griffin_64 192 ">=" 300000 "mode $mode" --b random:192x192:0.3 --mode $mode; done
  for mode in dense a b ab; do time_speed griffin_1024 512 ">=" 25000 "mode $mode" --b random:512x512:0.3 --mode $mode; done
}

time_packing() {
  for density in 0.1 0.3 0.5; do
    began=$(now)
    taskset -c 0 ./lacuna pack configs/griffin_1024.yaml --b "random:4608x512:$density" --mode b -o packed.bin >said 2>&1 ||
      { cat said >&2 && return 1; }
    time_row "packing 4608 x 512, density $density, one core" griffin_1024 "$(elapsed "$began")" s - 0
  done
}

# ---- all of it

list_reference
list_ablation
list_layers "$layer_runs" "$rtl"
list_real
list_jobs
if [ $rtl = verilator ]; then
  build_models
  time_speeds
fi
time_packing
run_jobs
awk -v cores="$(nproc)" -v load="$(cat load)" -v json="$root/docs/results/griffin.json" -f "$here/bench_lib.awk" \
  -f "$here/griffin_bench.awk" times failures refusals results >"$root/docs/results/griffin.md"
cat "$root/docs/results/griffin.md"
[ ! -s failures ]
