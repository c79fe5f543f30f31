#!/bin/sh
# Structured weights: left to --mode auto, a job takes no more cycles than in mode dense, by the cycle model.
#   auto.sh CONFIG
# The shapes are those on which a sparse pattern does not pay: channels shorter than a group of words, and A of a size
# that only mode dense can run.
set -u
lacuna=${LACUNA:-build/lacuna}
config=$1
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT

cycles() { # of a run
  "$lacuna" "$@" --sim model --json "$T/r.json" >"$T/said" 2>"$T/err" </dev/null &&
    sed -n 's/^ *"cycles": \([0-9]*\),*$/\1/p' "$T/r.json" | head -n 1
}

check() { # verb, options
  verb=$1
  shift
  dense=$(cycles "$verb" "$config" "$@" --mode dense)
  auto=$(cycles "$verb" "$config" "$@" --mode auto)
  if [ -z "$dense" ] || [ -z "$auto" ]; then
    echo "not ok - $config: $verb $*: dense '$dense', auto '$auto' cycles: $(tail -n 1 "$T/err")"
  elif [ "$auto" -gt "$dense" ]; then
    echo "not ok - $config: $verb $*: auto takes $auto cycles, dense $dense"
  else
    echo "ok - $config: $verb $*: auto takes $auto cycles, dense $dense"
  fi
}

check conv --input random:2x32x32:1 --weight random:16x2x3x3:1
check conv --input random:64x16x16:1 --weight random:64x4x3x3:1 --groups 16
case $(basename "$config") in
  # in passes groups of blocks do not fit
  dsso_64.yaml) check run --a random:1x43688:1 --b random:43688x4:0 ;;
  # two channels obey: modes a and ab
  dsso_*) ;;
  *) check conv --input random:64x16x16:1 --weight random:64x2x3x3:1 --groups 32 ;;
esac
