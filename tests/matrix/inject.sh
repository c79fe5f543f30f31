#!/bin/sh
# Answers each burst of a small run in turn with an error, then spoils each word of metadata and each set of compressed
# or structured A.
#   inject.sh [-s | -few] CONFIG [MODE]...      -s: in Icarus, the first two of each alone; -few: the first five
# Every burst that there is must end the run with exit status 3, the error's name and an address inside the operand, and
# leave no file; the one after the last must change nothing. So must every word, with its number or that of one that
# follows.
set -u
lacuna=${LACUNA:-build/lacuna}
sim= most=200
[ "$1" = -s ] && sim="--sim icarus" && most=2 && shift
[ "$1" = -few ] && most=5 && shift
config=$1
shift
name=$(basename "$config" .yaml)
. "$(dirname "$0")/modes.sh"
. "$(dirname "$0")/own.sh"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

attempt() { # channel, kind, number, command
  channel=$1 kind=$2 number=$3
  shift 3
  rm -f "$scratch/c.npy"
  "$lacuna" "$@" $sim --inject "$channel:$kind:$number" --out "$scratch/c.npy" >"$scratch/said" 2>&1
  status=$?
}

judge() { # what the message must match, command
  must=$1
  shift
  if [ $status -ne 3 ]; then
    echo "not ok - $name: $* --inject $channel:$kind:$number: exit $status"
  elif ! grep -qE "$must" "$scratch/said"; then
    echo "not ok - $name: $* --inject $channel:$kind:$number: $(head -n 1 "$scratch/said") does not match $must"
  elif [ -e "$scratch/c.npy" ]; then
    echo "not ok - $name: $* --inject $channel:$kind:$number left a file"
  else
    return 0
  fi
  return 1
}

sweep() { # channel, kind, pattern, command
  channel=$1 kind=$2 pattern=$3
  shift 3
  number=0
  while attempt "$channel" "$kind" "$number" "$@" && [ $status -ne 0 ] && [ $number -lt $most ]; do
    judge "$pattern" "$@" || return
    number=$((number + 1))
  done
  if [ $number -eq 0 ]; then
    echo "not ok - $name: $* has no $channel burst"
  else
    echo "ok - $name, mode $mode: $channel answered $kind at each of $number bursts"
  fi
}

# What is spoilt is found when it comes, or at the end of its panel or of A, unless the engine says when it comes; the
# hardware must not wait for words that never come.
spoil() { # meta or set, what, command; large engines take a while for each
  channel=$1 kind=$2 number=0
  shift 2
  [ "$(field macs)" -gt 128 ] && [ "$most" -gt 5 ] && most=5
  while attempt "$channel" "$kind" "$number" "$@" && [ $status -ne 2 ] && [ $number -lt $most ]; do
    judge 'device error (5 .*the end of a tile|[68] .*metadata.* not legal); position 0x[0-9a-f]+ ' "$@" || return
    place=$(($(sed -n 's/.*position \(0x[0-9a-f]*\).*/\1/p' "$scratch/said")))
    if grep -q 'error [68]' "$scratch/said" && [ "$place" -ne "$number" ] &&
      { [ "$place" -lt "$number" ] || own_in_place "$channel"; }; then
      echo "not ok - $name: $* --inject $channel:$kind:$number was seen in place $place"
      return
    fi
    number=$((number + 1))
  done
  if [ $status -eq 2 ] && ! grep -qE 'no such (word|set) from there on' "$scratch/said"; then
    echo "not ok - $name: $* --inject $channel:$kind:$number: $(head -n 1 "$scratch/said")"
  elif [ $number -eq 0 ]; then
    echo "not ok - $name: $* has no place for $channel:$kind"
  else
    echo "ok - $name, mode $mode: $kind of $channel spoilt from each of $number places on"
  fi
}

has_metadata() {
  case $mode in
    b | ab) [ "$(field m_lane_bits)" -gt 0 ] ;;
    *) false ;;
  esac
}

for mode in ${*:-auto}; do
  way=$(own_way "$mode")
  for command in "run $config --a random:9x40:0.5 --b random:40x7:0.5" \
    "conv $config --input random:3x5x6:0.5 --weight random:4x3x3x3:0.5 --out-type int8"; do
    sweep read slverr 'device error 2 .*read with SLVERR or DECERR; position 0x[1-9a-f][0-9a-f]{3,4} ' $command $way
    sweep write decerr 'device error 3 .*write with SLVERR or DECERR; position 0x' $command $way
  done
  small="run $config --a random:5x9:0.5 --b random:9x7:0.5 --stall 40 $way"
  sweep read decerr 'device error 2 .*position 0x[1-9a-f][0-9a-f]{3,4} ' $small
  sweep write slverr 'device error 3 .*position 0x' $small
  if has_metadata; then
    product=$(own_product)
    depth=${product% *} columns=${product#* }
    for kind in $(own_kinds); do
      spoil meta $kind run "$config" --a "random:3x$depth:0.5" --b "random:${depth}x$columns:0.5" $way
    done
  fi
done
own_spoils
