#!/bin/sh
# Measures what the engine for structured weights gains: hss_bench.sh [model]. Lists every run (hss_bench.txt, the layers of
# griffin_layers.txt, the pruned layers and patterns of LACUNA_DATA, compressed A), runs them on all cores, most in the cycle model and a
# sample on the RTL (with "model" none, and nothing is timed on it), and prints the page (hss_page.md with the tables of hss_bench.awk);
# writes docs/results/hss.md and hss.json. Exit status 1 if a run fails; a figure that is not reached is said, but is no failure of the
# measurement.
set -euf
cd "$(dirname "$0")/.."
root=$(pwd)
here=$root/harness
. "$here/bench_lib.sh"
bench_begin hss "$@"

# ---- the patterns of a configuration

# Pattern, density, and words of K in a step of the pattern, for a configuration of so many lanes; where A is structured, too, it leaves as
# many words out again.
patterns_of() { # configuration, lanes
  ./lacuna info "configs/$1.yaml" | awk -v OFS='\t' -v lanes="$2" '
    /^Patterns/ { times = match($0, /times [0-9]+ \/ [0-9]+/) ? fraction(substr($0, RSTART + 6, RLENGTH - 6)) : 1 }
    function fraction(text,   part) {
      split(text, part, "/")
      return part[1] / part[2]
    }
    $1 ~ /^[0-9]+:[0-9:\/]+$/ { print $1, $2, int(lanes * times / fraction($2) + 0.5) }'
}

# Dense weights are run in mode dense, or a where A is structured; wanted: lanes, words of a step, runs of K, words of a run.
list_patterns() {
  cells "$here/hss_bench.txt" >shapes
  while IFS=$tab read -r config dense lanes runs words verb operands sim; do
    plain=dense skipping=b fewer=1
    case $config in dsso*) plain=a skipping=ab fewer=2 ;; esac
    work patterns "$config" "dense 1/1" 1 "$lanes $((lanes * fewer)) $runs $words" "$(simulator "$sim")" "$config:$plain" "$verb" \
      "$operands$([ $plain = dense ] || echo " --prune")"
    work patterns "$config" "base 1/1" 1 "$lanes $lanes $runs $words" model "$dense:dense" "$verb" "$operands"
    patterns_of "$config" "$lanes" | while IFS=$tab read -r pattern density step; do
      work patterns "$config" "$pattern $density" 1 "$lanes $step $runs $words" "$(simulator "$sim")" "$config:$skipping" "$verb" \
        "$operands --prune --pattern hss:$pattern"
    done
  done <shapes
}

# ---- dense mode on every layer

dense_runs="dense_1024:dense hss_1024:dense"

list_dense() {
  list_layers "$dense_runs" model
  awk -F '\t' -v OFS='\t' -v runs="$dense_runs" '{ print "layers", $1 ", " $2, $3, 1, "-", "model", runs, $6, $7 }' real >>works
}

# ---- weights that are pruned, pruned further

# For a share of nonzeros: 1/2, 1/3, 1/4 and the densest pattern that has no more, the one of finest grain of equal density.
choose_patterns() { # share of nonzeros
  patterns_of hss_1024 16 | awk -v OFS='\t' -v share="$1" '
    { split($2, part, "/"); density = part[1] / part[2] }
    density in seen { next }
    { seen[density] = 1; asked = $2 == "1/2" || $2 == "1/3" || $2 == "1/4"; next_below = !below && density <= share + 0.00005 }
    next_below { below = 1 }
    asked { print $2, $1 }
    next_below && !asked { print "nearest", $1 }'
}

# A row of the file losses: group, layer, wish, pattern, share of weights kept, kept energy, that of unstructured pruning, MSE, that of
# unstructured pruning.
prune_weights() { # group, layer, wish, pattern, weights, pruned
  ./lacuna prune "$5" --pattern "hss:$4" -o "$6" >said 2>&1 || { cat said >&2 && return 1; }
  awk -v OFS='\t' -v head="$1$tab$2$tab$3$tab$4" '
    / weights are nonzero/ { gsub(/[(%)]/, ""); kept = $NF / 100 }
    / kept energy/ { energy = $3; free_energy = $NF }
    / mean squared error/ { error = $4; free_error = $NF }
    END { print head, kept, energy, free_energy, error, free_error }' said >>losses
}

# Group, layer, share of zeros, weights, verb, operands of all that has at least 0.3 zeros and K to prune along; the weights must be there.
# Patterns are grouped by the share that is really nonzero.
pruned_layers() {
  awk -F '\t' -v OFS='\t' '
    function band(share) {
      return share > 0.4 ? "0.4 to 0.6" : share > 0.25 ? "0.25 to 0.4" : share > 0.15 ? "0.15 to 0.25" : \
             share > 0.06 ? "0.06 to 0.15" : "0 to 0.06"
    }
    $5 ~ /^random:/ || $2 == "depthwise" || $4 < 0.3 { next }
    $5 !~ /^operands/ { print $1, $3, $4, $5, $6, $7; next }
    { print "DLMC " ($2 == "random_pruning" ? "random zeros" : $1) ", " band(1 - $4), $1 " " $2 " " $3, $4, $5, $6, $7 }' real |
    sort -s -t "$tab" -k 1,1r
}

list_pruned() {
  : >losses
  pruned_layers | while IFS=$tab read -r group layer zeros weights verb operands; do
    share=$(echo "$zeros" | awk '{ print 1 - $1 }')
    work pruned "$group" "$layer" 1 "original $share" model "dense_1024:dense griffin_1024:b griffin_1024:auto" "$verb" "$operands"
    choose_patterns "$share" | while IFS=$tab read -r wish pattern; do
      pruned=operands/$(echo "$group $layer $pattern" | tr ' /:,' ____).npy
      prune_weights "$group" "$layer" "$wish" "$pattern" "$weights" "$pruned"
      work pruned "$group" "$layer" 1 "$wish $pattern" model hss_1024:b "$verb" \
        "${operands%%"$weights"*}$pruned${operands#*"$weights"} --pattern hss:$pattern"
    done
  done
}

# ---- compressed A

compress() { # group, M, N, K, pattern, options
  for density in 1 0.7 0.5 0.3 0.1; do
    for format in dense compressed; do
      work compressed "$1" "$density" 1 $format "$([ $density = 0.3 ] && echo "$rtl" || echo model)" hss_1024:b run \
        "--a random:$2x$4:$density --b random:$4x$3:1:2 --prune --pattern hss:$5 --a-format $format$6"
    done
  done
}

list_compressed() {
  compress "the bus brings A" 4096 64 1024 4:8/2:4 ""
  compress "the bus brings A and B" 1024 512 4608 4:8/2:4 ""
  compress "the memory gives 4 bytes a cycle" 1024 64 1024 4:8/2:4 " --mem-bandwidth 4"
  compress "the engine multiplies" 512 512 2304 4:4/2:4 ""
}

# ---- times, measured one after the other with nothing beside them

time_builds() {
  for config in hss_64 hss_1024 griffin_1024 nm24_64 dsso_64; do build_model $config 150; done
}

# griffin_1024 first: hss_1024 has to be as fast in the same mode.
time_speeds() {
  for mode in dense b; do
    time_speed griffin_1024 512 - 0 "mode $mode" --b random:512x512:0.3 --mode $mode
    floor=$(field sim_cycles_per_s speed.json | cut -d . -f 1)
    pattern="--prune --pattern hss:4:6/2:4"
    [ $mode = b ] || pattern=
    time_speed hss_1024 512 ">=" "$floor" "mode $mode" --b random:512x512:0.3 --mode $mode $pattern
  done
}

# ---- all of it

{ real_layers && pattern_layers; } >real
list_patterns
list_dense
list_pruned
list_compressed
list_jobs
if [ $rtl = verilator ]; then
  time_builds
  time_speeds
fi
run_jobs
awk -v cores="$(nproc)" -v load="$(cat load)" -v json="$root/docs/results/hss.json" -f "$here/bench_lib.awk" -f "$here/bench_runs.awk" \
  -f "$here/hss_bench.awk" times failures refusals losses "$here/hss_page.md" results >"$root/docs/results/hss.md"
cat "$root/docs/results/hss.md"
[ ! -s failures ]
