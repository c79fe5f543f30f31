#!/bin/sh
# What no one should give and someone will: every case must end with exit status 2, a message that names the thing, and
# no file left; under the address and undefined behaviour sanitizers.
set -u
cd "$(dirname "$0")/.."
export LACUNA="${LACUNA:-build/lacuna-san}"
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
ln -s /dev/zero "$T/zero.npy"
ln -s b.npy "$T/link.npy"
export T
export ASAN_OPTIONS=detect_leaks=0 # a program that ends leaves its memory to the system
. tests/npy.sh

numbers() { # count, value
  awk -v count="$1" -v value="$2" 'BEGIN { for (i = 0; i < count; i++) printf "%d ", value }'
}

reshape() { # from, to: the valid array with another text in its header
  LC_ALL=C sed "1s/$1/$2/" "$T/a.npy"
}

npy i1 "17, 40" "$(numbers 680 3)" >"$T/a.npy"
npy i1 "40, 19" "$(numbers 760 -2)" >"$T/b.npy"
# Output channel 3, channels 8, 9 and 11 of 12 under tap 1,2 of 3 x 3.
npy i1 "4, 12, 3, 3" >"$T/breaks.npy" \
  "$(awk 'BEGIN { for (i = 0; i < 432; i++) print i % 9 == 5 && int(i / 9) ~ /^(44|45|47)$/ }')"
# Output channel 3, blocks 0, 2 and 4 of 4 channels of 20 under the same tap.
npy i1 "4, 20, 3, 3" >"$T/blocks.npy" \
  "$(awk 'BEGIN { for (i = 0; i < 720; i++) print i % 9 == 5 && int(i / 9) ~ /^(63|68|79)$/ }')"
npy i1 "" 3 >"$T/number.npy"
npy i1 "2, 2, 2, 2, 2" "$(numbers 32 1)" >"$T/five.npy"
npy i1 "1, 1, 1, 1, 1, 1, 1, 1, 2" "1 1" >"$T/nine.npy"
npy i4 3, "1 2 3" >"$T/bias_3.npy"
npy i4 "19, 2" "$(numbers 38 100)" >"$T/scale_wild.npy"
npy i2 "17, 40" "$(numbers 680 3000)" >"$T/wide.npy"
npy i1 "2, 17, 20" "$(numbers 680 1)" >"$T/cube.npy"
npy i1 "680," "$(numbers 680 1)" >"$T/line.npy"
npy i1 "0, 40" "" >"$T/no_rows.npy"
npy i1 "40, 0" "" >"$T/no_columns.npy"
head -c 700 "$T/a.npy" >"$T/cut.npy"
: >"$T/empty.npy"
{ printf 'NUMPYY'; tail -c +7 "$T/a.npy"; } >"$T/magic.npy"
{ printf '\223NUMPY\011\000'; tail -c +9 "$T/a.npy"; } >"$T/version.npy"
{ printf '\223NUMPY\001\000\377\377'; tail -c +11 "$T/a.npy"; } >"$T/long_header.npy"
reshape "'shape'" "'shade'" >"$T/no_shape.npy"
reshape "(17, 40)" "(99999999999, 40)" >"$T/lies.npy"
reshape "(17, 40)" "(9223372036854775807, 9223372036854775807)" >"$T/overflow.npy"
reshape "(17, 40)" "(-17, 40)" >"$T/negative.npy"
reshape "|i1" "<c8" >"$T/complex.npy"
reshape "|i1" "|O" >"$T/object.npy"
reshape "|i1" "<f16" >"$T/double.npy"
npy i4 "17, 40" "$(numbers 680 2143289344)" | LC_ALL=C sed "1s/<i4/<f4/" >"$T/nan.npy"
mkdir "$T/folder.npy"
gzip -c "$T/a.npy" >"$T/a.npy.gz"
head -c 90 "$T/a.npy.gz" >"$T/cut.npy.gz"
printf 'BZh91AY&SY' >"$T/m.mtx.bz2"
printf 'PK\003\004nothing' >"$T/archive.npz"
cp "$T/a.npy" "$T/suffix.txt"
banner="%%%%MatrixMarket matrix coordinate integer general\n"
printf "${banner}17 40 2\n18 1 5\n1 1 5\n" >"$T/row.mtx"
printf "${banner}17 40 3\n1 1 5\n2 1 5\n" >"$T/few.mtx"
printf "${banner}17 40 1\n1 1 5\n2 1 5\n" >"$T/many.mtx"
printf "%%%%Market\n17 40 1\n1 1 5\n" >"$T/banner.mtx"
printf "%%%%MatrixMarket matrix coordinate complex general\n17 40 1\n1 1 5 0\n" >"$T/complex.mtx"
printf "${banner}999999999999 40 1\n1 1 5\n" >"$T/huge.mtx"
printf "%%%%MatrixMarket matrix coordinate real general\n17 40 1\n1 1 nan\n" >"$T/nan.mtx"
printf "${banner}0 40 0\n" >"$T/no_rows.mtx"
printf "${banner}17 40 1\n1 one 5\n" >"$T/text.mtx"
printf "%%%%MatrixMarket matrix coordinate integer skew-symmetric\n40 40 1\n1 1 5\n" >"$T/skew.mtx"
printf "17, 40, 3\n0 1 2\n0 1 2\n" >"$T/short.smtx"
printf "2, 40, 3\n0 3 2\n0 1 2\n" >"$T/falling.smtx"
printf "2, 40, 3\n0 1 3\n0 40 2\n" >"$T/column.smtx"
printf "99999999999, 40, 3\n0 1 3\n0 1 2\n" >"$T/huge.smtx"
: >"$T/empty.smtx"

tests/cases.sh configs/dense_64.yaml tests/bad_input/options.txt
for config in configs/*.yaml; do
  tests/cases.sh $config tests/bad_input/modes.txt
done

# ---- prune

refuse_prune() { # pattern, what follows the verb
  pattern=$1
  shift
  "$LACUNA" prune "$@" -o "$T/pruned.npy" >"$T/said" 2>&1 </dev/null
  status=$?
  if [ $status -eq 2 ] && grep -qE -- "$pattern" "$T/said" && [ ! -e "$T/pruned.npy" ]; then
    echo "ok - prune $*"
  else
    echo "not ok - prune $*: exit $status: $(head -n 3 "$T/said" | tr '\n' ' '), not $pattern"
    rm -f "$T/pruned.npy"
  fi
}

grep -v '^#' tests/bad_input/prune.txt >"$T/prunes"
while IFS= read -r line; do
  eval "refuse_prune '$(echo "${line%%|*}" | sed 's/ *$//')' ${line#*|}"
done <"$T/prunes"

# ---- configurations

shown() { # the configuration's first 100 characters
  [ -f "$T/bad.yaml" ] && head -c 100 "$T/bad.yaml" | tr -d '\0#' | tr '\n' ' ' || echo "no file"
}

refuse_config() { # pattern
  "$LACUNA" gen "$T/bad.yaml" -o "$T/bundle" >"$T/said" 2>&1
  status=$?
  if [ $status -eq 2 ] && grep -qE "$1" "$T/said" && [ ! -e "$T/bundle" ]; then
    echo "ok - $(shown): $(head -n 1 "$T/said" | sed 's|.*/||')"
  else
    echo "not ok - $(shown): exit $status: $(head -n 3 "$T/said" | tr '\n' ' '), not $1"
    rm -rf "$T/bundle"
  fi
}

grep -v '^#' tests/bad_input/configs.txt >"$T/configs"
while IFS= read -r line; do
  printf '%b\n' "${line#*| }" >"$T/bad.yaml"
  refuse_config "$(echo "${line%%|*}" | sed 's/ *$//')"
done <"$T/configs"
rm "$T/bad.yaml"
refuse_config 'bad.yaml:.*No such file'
mkdir "$T/bad.yaml"
refuse_config 'bad.yaml:.*directory'
rmdir "$T/bad.yaml"
head -c 100000 /dev/zero >"$T/bad.yaml"
refuse_config bad.yaml

# ---- no room: files of a limited number of blocks of 512 bytes

tight() { # blocks, pattern, file that must not be, command
  blocks=$1 pattern=$2 file=$3
  shift 3
  (ulimit -f "$blocks" && exec "$LACUNA" "$@") >"$T/said" 2>&1
  status=$?
  if [ $status -eq 2 ] && grep -qE "$pattern" "$T/said" && [ -z "$(find "$T/room" -type f -name "$file")" ]; then
    echo "ok - with $blocks blocks: $1"
  else
    echo "not ok - with $blocks blocks: $1: exit $status: $(head -n 3 "$T/said" | tr '\n' ' ') $(ls -A "$T/room")"
  fi
  rm -rf "$T/room"
  mkdir "$T/room"
}

mkdir "$T/room"
tight 1 'too large|failed' '*' pack configs/dense_64.yaml --b random:200x200:1 -o "$T/room/b.bin"
tight 1 'too large|failed' 'lac_top.v*' gen configs/dense_64.yaml -o "$T/room/bundle"
tight 1 'too large|failed' '*' prune "$T/b.npy" --pattern unstructured:0.5 -o "$T/room/p.npy"
"$LACUNA" info configs/dense_64.yaml >/dev/full 2>"$T/said"
[ $? -eq 2 ] && grep -q 'No space left' "$T/said" && echo "ok - info to a full disk" ||
  echo "not ok - info to a full disk"
