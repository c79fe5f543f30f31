# What the benches share, to be read by them: . bench_lib.sh. A bench names its works in the file `works`, a line each with nine cells:
# table, group, work, times, wanted, simulator, configuration:mode ..., verb, operands. The tables come from the rows that bench_job.sh
# leaves of every configuration and mode.
tab=$(printf '\t')

now() { date +%s%N; }

elapsed() { # seconds since $1
  awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.2f", (to - from) / 1e9 }'
}

field() { # name, report
  sed -n "s/^ *\"$1\": \([^,]*\),*\$/\1/p" "$2" | head -n 1
}

# bench_begin NAME [model]: goes to build/bench_NAME, which has the tool and the configurations as they are now: what runs stays the same
# when the sources change. Sets place; rtl, what runs the samples of the RTL: "model" where they are to run in the cycle model, too.
bench_begin() {
  place=$root/build/bench_$1
  rtl=verilator
  [ "${2:-}" != model ] || rtl=model
  export LACUNA_HOME="$root"
  rm -rf "$place"
  mkdir -p "$place/rows" "$place/failed" "$place/refused" "$place/configs" "$place/operands" "$root/docs/results"
  cp "$root/build/lacuna" "$root/harness/bench_row.awk" "$place"
  cp -r "$root/configs/." "$place/configs"
  ln -s "${LACUNA_DATA:-$root/../shared/data}" "$place/data"
  cd "$place"
  : >works && : >times
  cut -d ' ' -f 1 /proc/loadavg >load
  [ -e data/layers ] || echo "No data in $(readlink data): the tables of real layers are left out." >&2
}

work() {
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>works
}

cells() { # a table with bars, to tabs
  grep -v '^#' "$1" | sed 's/^ *//; s/ *$//; s/ *| */'"$tab"'/g'
}

simulator() { # of a row of the tables: verilator only where the RTL is to run
  [ "$1" = verilator ] && echo "$rtl" || echo model
}

# list_layers RUNS SIMULATOR: table "layers", those of griffin_layers.txt; the marked ones on the simulator.
list_layers() {
  grep -v '^ *\(#\|$\)' "$root/harness/griffin_layers.txt" | awk -v OFS='\t' -v runs="$1" -v marked="$2" '
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
      sim = sub(/^\+/, "", name) ? marked : "model"
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

# The layers of LACUNA_DATA: model, kind, layer, share of weights that are zero, weights, verb, operands. Operands that are not there, and codes
# that do not fit 8 bits, are random of the density that was measured.
real_layers() {
  [ -e data/layers/layers.csv ] || return 0
  tr -d '\r' <data/layers/layers.csv | awk -F , -v OFS='\t' '
    NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    $at["kind"] == "attention-matmul" { next }
    function operand(file, shape, zeros, fits) {
      return file != "" && fits ? "data/" file : "random:" shape ":" 1 - zeros
    }
    {
      kind = $at["kind"] == "dwconv" ? "depthwise" : $at["kind"] == "matmul" ? "GEMM" : $at["layer"] ~ /1x1/ ? "1x1" : "other"
      input = operand($at["x_file"], $at["in_shape"], $at["x_zero_frac_int8"], 1)
      weight = operand($at["w_file"], $at["w_shape"], $at["w_zero_frac_int8"], $at["w_dtype"] != "int16")
      split($at["pad_tlbr"], pad, " ")
      stride = $at["stride"]
      dilation = $at["dilation"]
      sub(/x/, ",", stride)
      sub(/x/, ",", dilation)
      if (kind == "GEMM") {
        verb = "run"
        operands = "--a " input " --b " weight
      } else {
        verb = "conv"
        operands = sprintf("--input %s --weight %s --stride %s --pad %d,%d,%d,%d --dilation %s --groups %s", input, weight, stride,
                           pad[1], pad[2], pad[3], pad[4], dilation, $at["groups"])
      }
      print $at["model"], kind, $at["layer"], $at["w_zero_frac_int8"], weight, verb, operands
    }'
}

# The published patterns of LACUNA_DATA, cells as those of real_layers: method for kind, nominal share of zeros and name for layer. They are
# out x in; B is in x out, so they are turned, with random values of their own: -127 to 127 but 0, seed 1 (Park and Miller). Activations:
# random, 0.55 nonzero.
pattern_layers() {
  [ -e data/dlmc/dlmc_selected.csv ] || return 0
  tail -n +2 data/dlmc/dlmc_selected.csv | tr -d '\r' | while IFS=, read -r file model method sparsity rows cols rest; do
    name=operands/$(echo "$file" | tr / _ | sed 's/smtx$/mtx/')
    awk 'function below(n) {
           state = state * 16807 % 2147483647
           return int(state / 2147483647 * n)
         }
         NR == 1 { rows = $1 + 0; cols = $2 + 0; count = $3 + 0; state = 1 }
         NR == 2 { for (i = 1; i <= NF; i++) offset[i] = $i }
         NR == 3 {
           print "%%MatrixMarket matrix coordinate integer general\n" cols, rows, count
           for (r = 1; r <= rows; r++)
             for (i = offset[r] + 1; i <= offset[r + 1]; i++) print $i + 1, r, (below(2) ? -1 : 1) * (1 + below(127))
         }' "data/dlmc/$file" >"$name"
    pixels=$(echo "$rest" | cut -d, -f8)
    zeros=$(echo "$rest" | awk -F , '{ print 1 - $2 }')
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$model" "$method" "$sparsity $(basename "$file" .smtx)" "$zeros" "$name" run \
      "--a random:${pixels:-256}x$cols:0.55 --b $name"
  done
}

# A line for bench_job.sh for every configuration and mode of every work. On the RTL first: those take longest.
list_jobs() {
  awk -F '\t' -v OFS='\t' '{
    runs = split($7, run, " ")
    for (i = 1; i <= runs; i++) {
      split(run[i], part, ":")
      print ($6 == "verilator" ? 1 : 2), ++number, $1, $2, $3, $4, $5, $6, part[1], part[2], $8, $9
    }
  }' works | sort -s -n -k1,1 | cut -f 2- >jobs
}

time_row() { # figure, configuration, value, unit, sign (<=, >= or -), limit
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>times
}

build_model() { # configuration, limit in seconds
  mkdir -p build/models
  began=$(now)
  ./lacuna run "configs/$1.yaml" --a random:1x1:1 --b random:1x1:1 >said 2>&1 || { cat said >&2 && return 1; }
  time_row "model build" "$1" "$(elapsed "$began")" s "<=" "$2"
}

# time_speed CONFIGURATION EDGE SIGN LIMIT FIGURE OPTION...: cycles a second on the RTL, GEMM of that edge.
time_speed() {
  timed=$1 edge=$2 sign=$3 limit=$4 figure=$5
  shift 5
  ./lacuna run "configs/$timed.yaml" --a "random:${edge}x$edge:0.5" "$@" --json speed.json >said 2>&1 || { cat said >&2 && return 1; }
  time_row "RTL, $figure, GEMM of edge $edge" "$timed" "$(field sim_cycles_per_s speed.json | cut -d . -f 1)" cycles/s "$sign" "$limit"
}

# Runs the jobs on all cores; files results, failures and refusals in the order of the works.
run_jobs() {
  xargs -P "$(nproc)" -d '\n' -n 1 "$root/harness/bench_job.sh" "$place" <jobs
  find rows -type f | sort -t / -k 2n | xargs cat >results
  find failed -type f | sort -t / -k 2n | xargs -r cat >failures
  find refused -type f | sort -t / -k 2n | xargs -r cat | uniq >refusals
}
