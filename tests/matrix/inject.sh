#!/bin/sh
# Answers each burst of a small run in turn with an error: inject.sh [-s] CONFIG [MODE]... Every burst that there is must end the
# run with exit status 3, the error's name and an address inside the operand, and leave no file; the one after the
# last must change nothing.
set -u
lacuna=${LACUNA:-build/lacuna}
sim= most=200
[ "$1" = -s ] && sim="--sim icarus" && most=5 && shift
config=$1
shift
name=$(basename "$config" .yaml)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

attempt() { # channel, kind, number, command
  channel=$1 kind=$2 number=$3
  shift 3
  rm -f "$scratch/c.npy"
  timeout 100 "$lacuna" "$@" $sim --inject "$channel:$kind:$number" --out "$scratch/c.npy" >"$scratch/said" 2>&1
  status=$?
}

judge() { # what the message must match, command
  pattern=$1
  shift
  if [ $status -ne 3 ]; then
    echo "not ok - $name: $* --inject $channel:$kind:$number: exit $status"
  elif ! grep -qE "$pattern" "$scratch/said"; then
    echo "not ok - $name: $* --inject $channel:$kind:$number: $(head -n 1 "$scratch/said") does not match $pattern"
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

for mode in ${*:-auto}; do
  for command in "run $config --a random:9x40:0.5 --b random:40x7:0.5" \
    "conv $config --input random:3x5x6:0.5 --weight random:4x3x3x3:0.5 --out-type int8"; do
    sweep read slverr 'device error 2 .*read with SLVERR or DECERR; position 0x[1-9a-f][0-9a-f]{3,4} ' $command --mode "$mode"
    sweep write decerr 'device error 3 .*write with SLVERR or DECERR; position 0x' $command --mode "$mode"
  done
  small="run $config --a random:5x9:0.5 --b random:9x7:0.5 --stall 40 --mode $mode"
  sweep read decerr 'device error 2 .*position 0x[1-9a-f][0-9a-f]{3,4} ' $small
  sweep write slverr 'device error 3 .*position 0x' $small
done
