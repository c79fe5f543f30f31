#!/bin/sh
# Runs the cases of a table through the command line: cases.sh [-s] CONFIG TABLE     -s: also in Icarus
# A line of a table is   CONFIGS | WANT | VERB OPTIONS
#   CONFIGS  * or shell patterns of configuration names, blanks between them; other lines are passed over
#   WANT     0: exit status 0, and the report agrees with itself (report.sh)
#            0?: the same, or a refusal because the A buffer is too small, which names the buffers.a_kib that would do:
#            with it the cycle model runs the case, with half of it it is refused again
#            2 or 3, then an extended regular expression: that exit status, a message on stderr that matches, no file
#            left
# A number in braces is arithmetic over the configuration: M N K tile, m n k one less (at least 1), A elements of a row
# that a bank of A holds for each tile, B steps of the B buffer (of a panel without zeros), C panels of a half of the C
# buffer, BITS of an operand, BUS bytes, S and STEP words of the longest group and step of structured weights (1 where
# there are none). $T is a scratch folder, which the caller may
# have filled with files; $OUT is an empty one for results. LACUNA names the program.
set -uf
sim=
[ "$1" = -s ] && sim="--sim icarus" && shift
config=$1
table=$2
lacuna=${LACUNA:-build/lacuna}
here=$(dirname "$0")
name=$(basename "$config" .yaml)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
T=${T:-$scratch}
OUT=$scratch/out

plan=$("$lacuna" info "$config" --json) || { echo "not ok - $lacuna info $config"; exit 1; }
field() {
  echo "$plan" | sed -n "s/^    \"$1\": \([0-9]*\),*$/\1/p" | head -n 1
}
A_KIB=$(($(field a_bank_elems) * $(field a_rows) * $(field data_bits) / 8192))
M=$(field m0) N=$(field n0) K=$(field k0) A=$(($(field a_bank_elems) * $(field a_rows) / $(field m0)))
B=$(field b_words) BITS=$(field data_bits)
BUS=$(field bus_bytes)
C=$(($(field c_half_words) / (M * $(field c_chunks))))
S=1 STEP=1
set +f
. "$here/matrix/own.sh"
set -f
own_sizes
m=$((M > 1 ? M - 1 : 1)) n=$((N > 1 ? N - 1 : 1)) k=$((K > 1 ? K - 1 : 1))

concerns() { # patterns
  for pattern in $1; do
    case $name in
      $pattern) return 0 ;;
    esac
  done
  return 1
}

say() { # verdict, what follows the case
  echo "$1 - $name: $command$2"
}

# The case with another A buffer, in the cycle model.
with_a_kib() { # KiB, verb, options
  sed "s/a_kib: [0-9]*/a_kib: $1/" "$config" >"$scratch/$name.yaml"
  if ! grep -q '^[^#]*a_kib:' "$scratch/$name.yaml"; then
    sed -i 's/^buffers: {/&a_kib: '"$1"', /' "$scratch/$name.yaml"
    grep -q '^buffers:' "$scratch/$name.yaml" || echo "buffers: {a_kib: $1}" >>"$scratch/$name.yaml"
  fi
  verb=$2
  shift 2
  "$lacuna" "$verb" "$scratch/$name.yaml" "$@" --sim model >"$scratch/said" 2>"$scratch/larger" </dev/null
}

# Judges the refusal of a case for which the A buffer is too small: verb, options.
check_size() {
  kib=$(sed -n 's/.*A bank, which has.* buffers.a_kib \([0-9]*\) would do$/\1/p' "$scratch/err")
  if [ -z "$kib" ] || [ "$kib" -le "$A_KIB" ]; then
    say "not ok" ": names no larger buffers.a_kib: $(tail -n 3 "$scratch/err" | tr '\n' ' ')"
  elif [ -n "$(ls -A "$OUT")" ]; then
    say "not ok" ": a file was left: $(ls -A "$OUT" | tr '\n' ' ')"
  elif ! with_a_kib "$kib" "$@"; then
    say "not ok" ": buffers.a_kib $kib does not do: $(tail -n 3 "$scratch/larger" | tr '\n' ' ')"
  elif [ $((kib / 2)) -gt "$A_KIB" ] && with_a_kib $((kib / 2)) "$@"; then
    say "not ok" ": buffers.a_kib $((kib / 2)) would do, too, not only $kib"
  else
    say ok ": refused, buffers.a_kib $kib would do"
  fi
}

# Judges a run that was to be right: verb, options.
check_right() {
  if [ "$status" -eq 2 ] && [ "$want" = "0?" ] && grep -q "A bank, which has" "$scratch/err"; then
    check_size "$@"
  elif [ "$status" -ne 0 ]; then
    say "not ok" ": exit $status: $(tail -n 3 "$scratch/err" | tr '\n' ' ')"
  elif [ ! -s "$OUT/r.json" ] || [ ! -s "$OUT/c.npy" ]; then
    say "not ok" ": no report or no result"
  else
    wrong=$("$here/report.sh" "$OUT/r.json")
    [ -z "$wrong" ] && say ok "" || say "not ok" ": $wrong"
  fi
}

# Judges a run that was to be refused.
check_refused() {
  code=${want%% *}
  if [ "$status" -ne "$code" ]; then
    say "not ok" ": exit $status, not $code: $(tail -n 3 "$scratch/err" | tr '\n' ' ')"
  elif ! grep -qE -- "${want#* }" "$scratch/err"; then
    say "not ok" ": '$(tail -n 3 "$scratch/err" | tr '\n' ' ')' does not match '${want#* }'"
  elif [ -n "$(ls -A "$OUT")" ]; then
    say "not ok" ": a file was left: $(ls -A "$OUT" | tr '\n' ' ')"
  else
    say ok ""
  fi
}

run_case() { # verb, options
  verb=$1 outputs=
  shift
  rm -rf "$OUT"
  mkdir "$OUT"
  case "$verb $*" in
    *" --out "* | *" --json "*) ;;
    run* | conv*) outputs="--json $OUT/r.json --out $OUT/c.npy $sim" ;;
  esac
  "$lacuna" "$verb" "$config" "$@" $outputs >"$scratch/said" 2>"$scratch/err" </dev/null
  status=$?
  case $want in
    0*) check_right "$verb" "$@" ;;
    *) check_refused ;;
  esac
}

# A line becomes three: configurations, what is wanted, command.
sed '/^ *\(#\|$\)/d; s/{\([^{}]*\)}/$((\1))/g; s/^\([^|]*\)| *\(.*[^ ]\) *|\([^|]*\)$/\1\n\2\n\3/' \
  "$table" >"$scratch/table"
while read -r configs && read -r want && read -r line; do
  concerns "$configs" || continue
  command=$(eval "echo $line")
  eval "run_case $command"
done <"$scratch/table"
