#!/bin/sh
# The benches as TAP. bench.sh PAGE: a short sample of it, every run of which must be right; bench.sh rules: a bench
# with a bad run, a figure without a reason or a reason without a need ends badly and leaves the old page untouched.
set -u
cd "$(dirname "$0")/.."
bench=build/lacuna-bench
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT

verdict() { # status, what; $T/said is shown if it failed
  if [ "$1" -eq 0 ]; then
    echo "ok - $2"
  else
    echo "not ok - $2"
    tail -n 12 "$T/said" | sed 's/^/# /'
  fi
}

sample() { # page
  mkdir "$T/out"
  $bench --sample -o "$T/out" "$1" >"$T/said" 2>&1
  verdict $? "$1: a sample"
  test -s "$T/out/$1.md" && ! grep -qE 'failed|@[a-z]' "$T/out/$1.md"
  verdict $? "$1: the page is whole"
  cp "$T/out/$1.md" "$T/first.md" && $bench --sample --from-reports -o "$T/out" "$1" >"$T/said" 2>&1 &&
    cmp -s "$T/first.md" "$T/out/$1.md"
  verdict $? "$1: the same page from its reports"
  if [ ! -d "$T/out/$1/job" ]; then
    echo "ok - $1: goes on with the one run that is missing # skip there is no LACUNA_DATA, and so no run"
    return
  fi
  rm "$T/out/$1/job/00000/ended" "$T/out/$1/job/00000/report.json"
  touch "$T/mark"
  $bench --sample --resume -o "$T/out" "$1" >"$T/said" 2>&1 &&
    [ "$(find "$T/out/$1" -name report.json -newer "$T/mark" | wc -l)" -eq 1 ]
  verdict $? "$1: goes on with the one run that is missing"
}

# ---- rules: tables of their own

good="dense_64 | two by two | - | - | run --a random:2x2:1 --b random:2x2:1"
long="dense_64 | K = 8 | - | - | run --a random:2048x8:1 --b random:8x128:1"
required="overlap | <= | 1.05
bytes | <= | 1.2"

tables() { # rows of [runs], of [missed], further text
  printf '[runs]\n%s\n[required]\n%s\n[reasons]\nwhy | it is so\nmachine | wall time\n[missed]\n%s\n%s\n' "$1" \
    "$required" "$2" "${3:-}" |
    sed 's/^dense_64/* dense_64/' >"$T/tables/dense/dense.txt"
}

bad() { # what, words that must be said, options...: it fails, says so, and both files stay as they were
  what=$1 words=$2
  shift 2
  echo old >"$T/out/dense.md" && echo old >"$T/out/dense.json"
  $bench --tables "$T/tables" -o "$T/out" --sample "$@" dense >"$T/said" 2>&1
  test $? -eq 1 && grep -qF -e "$words" "$T/said" && [ "$(cat "$T/out/dense.md" "$T/out/dense.json")" = "old
old" ] && [ "$(ls "$T/out")" = "dense
dense.json
dense.md" ]
  verdict $? "rules: $what"
}

rules() {
  mkdir -p "$T/out/dense" "$T/tables/dense"
  printf '# Page\n@summary\n@runs\n' >"$T/tables/dense/dense.md"
  tables "$good" ""
  $bench --tables "$T/tables" -o "$T/out" --sample dense >"$T/said" 2>&1 && grep -q 'two by two' "$T/out/dense.md"
  verdict $? "rules: a page"
  tables "$good
dense_64 | shapes | - | - | run --a random:2x3:1 --b random:2x2:1" ""
  bad "a run that fails is named" \
    'failed: `lacuna run configs/dense_64.yaml --a random:2x3:1 --b random:2x2:1 --out-type int8`'
  tables "dense_64 | device | - | - | run --a random:2x2:1 --b random:2x2:1 --max-cycles 5" ""
  bad "a run that does not end" 'failed: `lacuna run'
  large="conv --input random:512x5x300:0.01 --weight random:512x1x5x5:0.1 --groups 512 --pad 2"
  tables "dense_64 | large | - | - | $large" ""
  bad "a refusal that is not expected" 'failed: `lacuna conv'
  tables "$good" "" "[left_out]
runs | dense_64 | two by two | a_kib"
  bad "an expected refusal that does not come" "is not refused"
  tables "$long" ""
  bad "a missed figure without a reason" 'no reason for `overlap | dense_64, K = 8`'
  tables "$long" "overlap | dense_64, K = 8 | because"
  bad "a reason that there is not" '[reasons] has no `because`'
  tables "$good
$long" "overlap | dense_64, K = 8 | why
bytes | dense_64, K = 8 | why"
  bad "a reason for a figure that is reached" '`bytes | dense_64, K = 8` is reached'
  tables "none | two by two | - | - | run --a random:2x2:1 --b random:2x2:1" ""
  sed -i 's/^none/* none/' "$T/tables/dense/dense.txt"
  bad "a configuration that there is not" 'failed: `lacuna run configs/none.yaml'
  tables "dense_64 | two by two | -" ""
  bad "cells that are missing" "dense.txt:2:1: 3 cells; a row of [runs] has 5"
  tables "$good" ""
  printf '# Page\n@tables\n' >"$T/tables/dense/dense.md"
  bad "a table that there is not" 'this page has no table `@tables`'
  printf '# Page\n@summary\n@runs\n' >"$T/tables/dense/dense.md"
  rm -r "$T/out/dense" && mkdir "$T/out/dense"
  bad "reports that there are not" "run without --from-reports" --from-reports
  tables "$good" ""
  : >"$T/said"
  flock "$T/out/dense" sh -c ": >'$T/held'; until grep -q waiting '$T/said' || [ -e '$T/done' ]; do sleep .2; done" &
  until [ -e "$T/held" ]; do sleep .1; done
  $bench --tables "$T/tables" -o "$T/out" --sample dense >"$T/said" 2>&1
  status=$?
  : >"$T/done"
  wait
  [ $status -eq 0 ] && grep -q waiting "$T/said" && grep -q 'two by two' "$T/out/dense.md"
  verdict $? "rules: a bench waits for another one of its page"
  $bench none >"$T/said" 2>&1
  test $? -eq 2
  verdict $? "rules: a page that there is not"
}

if [ "$1" = rules ]; then
  rules
else
  sample "$1"
fi
