#!/bin/sh
# Measures what the Griffin engine gains: griffin_bench.sh [model]. Lists every run (griffin_reference.txt, griffin_layers.txt, the
# ablation, the real layers of LACUNA_DATA), runs them on all cores, most in the cycle model and a sample on the RTL (with
# "model" none, and nothing is timed on it), and prints the tables (griffin_bench.awk); writes docs/results/griffin.md and
# griffin.json. Exit status 1 if a run fails; a figure that is not reached is said, but is no failure of the measurement.
set -euf
cd "$(dirname "$0")/.."
root=$(pwd)
here=$root/harness
place=$root/build/bench_griffin
data=${LACUNA_DATA:-$root/../shared/data}
rtl=verilator # what runs the sample
[ "${1:-}" != model ] || rtl=model
export LACUNA_HOME="$root"
rm -rf "$place"
mkdir -p "$place/rows" "$place/failed" "$place/refused" "$place/configs" "$place/operands" docs/results
cp "$root/build/lacuna" "$here/griffin_row.awk" "$place" # what runs stays the same when the sources change
cp -r "$root/configs/." "$place/configs"
ln -s "$data" "$place/data"
cd "$place"
tab=$(printf '\t')

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
    printf "window: {shuffle: %s, run_on: %s}\n", /_plain/ ? "false" : "true", /_run_on/ ? "true" : "false"
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

# ---- works: table, group, work, times, wanted, simulator, configuration:mode ..., verb, operands

work() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>works
}

simulator() { # of a row of the tables: verilator only where the RTL is to run
  [ "$1" = verilator ] && echo "$rtl" || echo model
}

cells() { # a table with bars, to tabs
  grep -v '^#' "$1" | sed 's/^ *//; s/ *$//; s/ *| */'"$tab"'/g'
}

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

list_layers() {
  grep -v '^ *\(#\|$\)' "$here/griffin_layers.txt" | awk -v OFS='\t' -v runs="$layer_runs" -v rtl="$rtl" '
    $1 == "net" {
      net = $2
      weights = $3
      inputs = $4
      first = 1
      next
    }
    {
      for (i = NF; $i != "conv" && $i != "gemm"; i--);
      name = $1
      for (j = 2; j < i - 1; j++) name = name " " $j
      sim = sub(/^\+/, "", name) ? rtl : "model"
      input = first && net != "BERT-base" ? 1 : inputs
      first = 0
      if ($i == "gemm")
        print "layers", net, name, $(i - 1), "-", sim, runs, "run", sprintf("--a random:%dx%d:%s --b random:%dx%d:%s",
              $(i + 1), $(i + 2), input, $(i + 2), $(i + 3), weights)
      else
        print "layers", net, name, $(i - 1), "-", sim, runs, "conv", sprintf("--input random:%s:%s --weight random:%s:%s " \
              "--stride %d --pad %d --groups %d", $(i + 1), input, $(i + 2), weights, $(i + 3), $(i + 4), $(i + 5))
    }' >>works
}

# Operands that are not there, and codes that do not fit 8 bits, are random of the density that was measured.
list_real() {
  for config in b_8_0_1 b_8_0_1_run_on b_8_0_1_small b_8_0_1_small_run_on; do make_config $config; done
  [ -e data/layers/layers.csv ] || return 0
  tr -d '\r' <data/layers/layers.csv | awk -F , -v OFS='\t' -v runs="$layer_runs" '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["kind"] == "attention-matmul" { next }
    function operand(file, shape, zeros, fits) {
      return file != "" && fits ? "data/" file : "random:" shape ":" 1 - zeros
    }
    {
      kind = $at["kind"] == "dwconv" ? "depthwise" : $at["kind"] == "matmul" ? "GEMM" : $at["layer"] ~ /1x1/ ? "1x1" : "other"
      own_w = $at["w_dtype"] != "int16"
      input = operand($at["x_file"], $at["in_shape"], $at["x_zero_frac_int8"], 1)
      weight = operand($at["w_file"], $at["w_shape"], $at["w_zero_frac_int8"], own_w)
      split($at["pad_tlbr"], pad, " ")
      stride = $at["stride"]
      dilation = $at["dilation"]
      sub(/x/, ",", stride)
      sub(/x/, ",", dilation)
      if (kind == "1x1" && $at["w_zero_frac_int8"] > 0.5) {
        operands = sprintf("--input %s --weight %s --stride %s", input, weight, stride)
        print "run_on", "1024 multipliers", $at["layer"], 1, "-", "model", "b_8_0_1:b b_8_0_1_run_on:b", "conv", operands
        print "run_on", "64 multipliers", $at["layer"], 1, "-", "model", "b_8_0_1_small:b b_8_0_1_small_run_on:b", "conv", operands
      }
      if (kind == "GEMM")
        print "real", $at["model"] ", " kind, $at["layer"], 1, "-", "model", runs, "run", "--a " input " --b " weight
      else
        print "real", $at["model"] ", " kind, $at["layer"], 1, "-", "model", runs, "conv", sprintf("--input %s --weight %s " \
              "--stride %s --pad %d,%d,%d,%d --dilation %s --groups %s", input, weight, stride, pad[1], pad[2], pad[3], pad[4],
              dilation, $at["groups"])
    }' >>works
}

# Patterns are out x in; B is in x out, so they are turned, with values of their own. Activations: random, 0.55 nonzero.
list_patterns() {
  [ -e data/dlmc/dlmc_selected.csv ] || return 0
  tail -n +2 data/dlmc/dlmc_selected.csv | tr -d '\r' | while IFS=, read -r file model method sparsity rows cols rest; do
    name=$(echo "$file" | tr / _ | sed 's/smtx$/mtx/')
    awk 'NR == 1 { rows = $1 + 0; cols = $2 + 0; count = $3 + 0 }
         NR == 2 { for (i = 1; i <= NF; i++) offset[i] = $i }
         NR == 3 {
           print "%%MatrixMarket matrix coordinate integer general\n" cols, rows, count
           for (r = 1; r <= rows; r++)
             for (i = offset[r] + 1; i <= offset[r + 1]; i++) print $i + 1, r, (i * 7919 % 127 + 1) * (i % 2 ? 1 : -1)
         }' "data/dlmc/$file" >"operands/$name"
    pixels=$(echo "$rest" | cut -d, -f8)
    work patterns "$model, $method" "$sparsity $(basename "$file" .smtx)" 1 - model "$layer_runs" run \
      "--a random:${pixels:-256}x$cols:0.55 --b operands/$name"
  done
}

# A line for griffin_job.sh for every configuration and mode of every work. On the RTL first: those take longest.
list_jobs() {
  awk -F '\t' -v OFS='\t' '{
    runs = split($7, run, " ")
    for (i = 1; i <= runs; i++) {
      split(run[i], part, ":")
      print ($6 == "verilator" ? 1 : 2), ++number, $1, $2, $3, $4, $5, $6, part[1], part[2], $8, $9
    }
  }' works | sort -s -n -k1,1 | cut -f 2- >jobs
}

# ---- times, measured one after the other with nothing beside them

now() { date +%s%N; }

elapsed() { # seconds since $1
  awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'
}

time_row() { # figure, configuration, value, unit, sign, limit
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>times
}

build_models() { # of every configuration that runs on the RTL
  mkdir -p build/models
  for config in griffin_64 $(awk -F '\t' '$7 == "verilator" { print $8 }' jobs | sort -u); do
    began=$(now)
    ./lacuna run "configs/$config.yaml" --a random:1x1:1 --b random:1x1:1 >said 2>&1 || { cat said >&2 && return 1; }
    time_row "model build" "$config" "$(elapsed "$began")" s "<=" 150
  done
}

time_speeds() {
  for row in "griffin_64 192 300000" "griffin_1024 512 25000"; do
    set -- $row
    for mode in dense a b ab; do
      ./lacuna run "configs/$1.yaml" --a "random:$2x$2:0.5" --b "random:$2x$2:0.3" --mode $mode --json speed.json >said 2>&1 ||
        { cat said >&2 && return 1; }
      time_row "RTL, mode $mode, GEMM of edge $2" "$1" \
        "$(sed -n 's/^ *"sim_cycles_per_s": \([0-9]*\).*/\1/p' speed.json)" cycles/s ">=" "$3"
    done
  done
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

: >works && : >times
list_reference
list_ablation
list_layers
list_real
list_patterns
list_jobs
[ -e data/layers ] || echo "No data in $data: the tables of real layers are left out." >&2
if [ $rtl = verilator ]; then
  build_models
  time_speeds
fi
time_packing
xargs -P "$(nproc)" -d '\n' -n 1 "$here/griffin_job.sh" "$place" <jobs
find rows -type f | sort -t / -k 2n | xargs cat >results
find failed -type f | sort -t / -k 2n | xargs -r cat >failures
find refused -type f | sort -t / -k 2n | xargs -r cat | uniq >refusals
awk -v cores="$(nproc)" -v json="$root/docs/results/griffin.json" -f "$here/griffin_bench.awk" times failures refusals results \
  >"$root/docs/results/griffin.md"
cat "$root/docs/results/griffin.md"
[ ! -s failures ]
