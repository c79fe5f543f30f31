#!/bin/sh
# Measures what docs/results promises: bench.sh. Runs every line of bench.txt on the RTL, then times model builds, `lacuna gen`
# and the cycle model. Prints the tables, writes docs/results/dense.md and dense.json. Everything is built anew in build/bench.
# Exit status 1 if a run fails; a figure that is not reached is said, but is no failure of the measurement.
set -eu
cd "$(dirname "$0")/.."
root=$(pwd)
here=$root/harness
lacuna=$root/build/lacuna
place=$root/build/bench
export LACUNA_HOME="$root"
rm -rf "$place"
mkdir -p "$place/reports" docs/results
cd "$place" # the cache of models is build/models of the folder a run begins in
layer=examples/face_detector_047
ln -s "$root/examples" examples

now() { date +%s%N; }

elapsed() { # seconds since $1
  awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'
}

field() { # of one report
  sed -n "s/^ *\"$1\": \([^,]*\),*\$/\1/p" "$2" | head -n 1
}

# ---- times, in rows like those of the runs: verdict, figure, configuration, value, unit, how, required, reached

time_row() { # figure, configuration, value, unit, how, sign (<= or >= or -), limit
  awk -v figure="$1" -v config="$2" -v value="$3" -v unit="$4" -v how="$5" -v sign="$6" -v limit="$7" 'BEGIN {
    good = sign == "-" || (sign == "<=" ? value + 0 <= limit + 0 : value + 0 >= limit + 0)
    print (sign == "-" ? "0 0" : good ? "1 0" : "0 1") "\t" figure "\t" config "\t" value "\t" unit "\t" how "\t" \
      (sign == "-" ? "-" : sign " " limit " " unit) "\t" (sign == "-" ? "-" : good ? "yes" : "NO") }' >>times
}

build_model() { # configuration, limit in seconds, what is there before
  began=$(now)
  "$lacuna" run "$root/configs/$1.yaml" --a random:1x1:1 --b random:1x1:1 >/dev/null
  time_row "model build, $3" "$1" "$(elapsed "$began")" s "wall time of a first 1 x 1 x 1 run on $(nproc) cores" "$4" "$2"
}

time_builds() {
  for row in "dense_64 20" "dense_1024 90"; do
    rm -rf build/models
    build_model $row "cold cache" "<="
    rm -rf build/models/0* build/models/[1-9a-f]*
    build_model $row "Verilator's library compiled" "<="
  done
}

time_gen() {
  began=$(now)
  for turn in 1 2 3 4 5; do
    "$lacuna" gen "$root/configs/dense_1024.yaml" -o "gen$turn" >/dev/null
  done
  time_row "lacuna gen" dense_1024 "$(elapsed "$began" | awk '{ printf "%.3f", $1 / 5 }')" s "wall time, mean of 5" "<=" 0.5
}

# The cycle model against the RTL on the same work: reports of the runs, and of the model alone.
time_model() {
  for row in "dense_64 512" "dense_1024 512" "dense_1024 1024"; do
    config=${row% *} edge=${row#* }
    "$lacuna" run "$root/configs/$config.yaml" --a "random:${edge}x$edge:1" --b "random:${edge}x$edge:1" --out-type int8 \
      --sim model --json model.json >/dev/null
    rtl=$(cat "speed.$config.$edge")
    time_row "cycle model, GEMM of edge $edge" "$config" "$(field sim_cycles_per_s model.json | cut -d. -f1)" cycles/s \
      "time inside the model" - 0
    time_row "cycle model over RTL, edge $edge" "$config" \
      "$(awk -v a="$(field sim_cycles_per_s model.json)" -v b="$rtl" 'BEGIN { printf "%.0f", a / b }')" times \
      "its cycles/s over those of the run above" ">=" 100
  done
}

# ---- runs

run_case() { # number, configuration, work, percent of peak, cycles/s, verb, options
  number=$1 config=$2 work=$3 peak=$4 speed=$5
  shift 5
  verb=$1
  shift
  report=reports/$number.json
  command="lacuna $verb configs/$config.yaml $* --out-type int8"
  "$lacuna" "$verb" "$root/configs/$config.yaml" "$@" --out-type int8 --json "$report" >said 2>&1 ||
    { echo "$command:" && cat said && return 1; } >&2
  bus=$("$lacuna" info "$root/configs/$config.yaml" --json | sed -n 's/^ *"bus_bytes": \([0-9]*\),*$/\1/p' | head -n 1)
  awk -v config="$config" -v work="$work" -v command="$command" -v peak="$peak" -v speed="$speed" -v bus="$bus" \
    -f "$here/bench.awk" "$report" >>runs
  [ "$work" != "GEMM 512 x 512 x 512" ] || field sim_cycles_per_s "$report" >"speed.$config.512"
  [ "$work" != "GEMM 1024 x 1024 x 1024" ] || field sim_cycles_per_s "$report" >"speed.$config.1024"
  sed "1s|{|{ \"command\": \"$command\",|" "$report" >>"reports.json"
  [ ! -t 2 ] || printf '\r\033[K%s %s' "$config" "$work" >&2
}

run_all() {
  number=100
  grep -v '^#' "$here/bench.txt" >cases
  while IFS='|' read -r config work floors command <&3; do
    number=$((number + 1))
    eval "run_case $number $config '$(echo "$work" | sed 's/^ *//; s/ *$//')' $floors $command" || failed=1
  done 3<cases
  [ ! -t 2 ] || printf '\r\033[K' >&2
}

# ---- tables

table() { # file, headings; columns as wide as what stands in them, but for the last
  { printf '0 0\t%s\n' "$2" && cat "$1"; } | awk -F '\t' '
    { for (i = 2; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > wide[i]) wide[i] = length($i) } columns = NF }
    END {
      for (r = 1; r <= NR; r++) {
        line = "|"
        for (i = 2; i < columns; i++) line = line sprintf(" %-*s |", wide[i], cell[r, i])
        print line " " cell[r, columns] " |"
        if (r > 1) continue
        line = "|"
        for (i = 2; i <= columns; i++) line = line "---|"
        print line
      }
    }'
}

write_page() {
  cat <<PAGE
# The dense engine, measured

Written by \`make bench\`, which prints it, too. Memory as by default: 128-bit bus, latency 64 cycles; int8 results.
On $(nproc) cores of $(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -n 1), load average $load at the start: cycles do not depend on it, times do.

$(cat runs times | awk -F '[ \t]' '{ reached += $1; missed += $2 }
  END { printf "**%d figures reached, %d not reached.**", reached, missed }')

$(cat runs times | awk -F '\t' '$NF ~ /^NO/ || $(NF - 1) ~ /^NO/ { missed($2 ", " $3, $(NF - 1) ~ /^NO/ ? substr($(NF - 1), 5) : $4 " " $5 ", required " $7) }
  function missed(what, how) { print "- not reached: " what ": " how }')

## Runs

All on the generated RTL in Verilator, each result compared bit for bit with the golden reference.

- % of peak: cycles in which the engine took a step / all cycles (RTL counters)
- overlap: all cycles / the larger of engine cycles and bytes moved / bus width (RTL counters), reads and writes added up
- strict: the same, but as the bus can read and write in one cycle only the busier of the two ways counts; no limit is set for it
- bytes: bytes moved (RTL counters) / the least this loop order and these buffers allow (formula, \`lacuna info --shape\`)
- cycles/s: simulated on one core, whole accelerator with AXI memory
- model off: total of the cycle model against the RTL, %; in each run it has to be within 2, and the engine cycles equal

$(table runs "$(printf 'configuration\twork\tM x N x K\tcycles\t%% of peak\toverlap\tstrict\tbytes\tcycles/s\tmodel off\trequired\treached\tcommand')")

## Times

$(table times "$(printf 'figure\tconfiguration\tvalue\tunit\thow\trequired\treached')")
PAGE
}

failed=0
load=$(cut -d' ' -f1 /proc/loadavg)
: >runs && : >times && : >reports.json
time_builds
run_all
time_gen
time_model
write_page >"$root/docs/results/dense.md"
{ echo "["; sed '$!s/^}$/},/' reports.json; echo "]"; } >"$root/docs/results/dense.json"
cat "$root/docs/results/dense.md"
exit $failed
