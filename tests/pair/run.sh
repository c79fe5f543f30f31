#!/bin/sh
# Two accelerators in one design: bundles of two configurations with names share no module, elaborate together in
# Icarus, Verilator and Yosys, run a job each in one simulation, and one C driver includes both headers.
set -u
export LC_ALL=C
cd "$(dirname "$0")/../.."
root=$(pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
lacuna=$root/build/lacuna
. tests/npy.sh

say() { # verdict of the last command, what
  [ $? -eq 0 ] && echo "ok - $1" || echo "not ok - $1"
}

quiet() { # what, command: ok if it succeeds without a word
  what=$1
  shift
  "$@" >"$scratch/words" 2>&1 && [ ! -s "$scratch/words" ]
  say "$what"
  head -n 5 "$scratch/words" | sed 's/^/# /'
}

number() { # file, name: the first number after it
  sed -n "/\"$2\"/{s/.*: *//; s/,.*//; p; q;}" "$1"
}

# Makes the bundle and the job of accelerator $1 from configuration $2, M $3, K $4, N $5; writes its results as they
# should be.
make_one() {
  name=$1 m=$3 k=$4 n=$5
  { cat "$2"; echo "name: $name"; } >"$scratch/$name.yaml"
  "$lacuna" gen "$scratch/$name.yaml" -o "$scratch/$name" >/dev/null &&
    "$lacuna" gen "$2" --name "$name" -o "$scratch/option" >/dev/null &&
    diff -rq -I '^// Command:' -I '"config":' -I '^// Registers' "$scratch/$name" "$scratch/option" || return 1
  a=$(awk -v n=$((m * k)) 'BEGIN { for (i = 0; i < n; i++) printf "%d ", i * 7 % 5 - 2 }')
  b=$(awk -v n=$((k * n)) 'BEGIN { for (i = 0; i < n; i++) printf "%d ", i * 5 % 7 - 3 }')
  npy i1 "$m, $k" "$a" >"$scratch/a.npy"
  npy i1 "$k, $n" "$b" >"$scratch/b.npy"
  "$lacuna" pack "$scratch/$name.yaml" --a "$scratch/a.npy" --b "$scratch/b.npy" --mode dense \
    -o "$scratch/$name.bin" >/dev/null ||
    return 1
  map=$scratch/$name.bin.json
  { printf '@%x\n' "$(number "$map" image_address)"; od -An -v -tx1 "$scratch/$name.bin"; } >"$scratch/$name.image"
  sed -n '/"registers"/,$s/.*"\(offset\|value\)": \([0-9]*\).*/\2/p' "$map" |
    xargs printf '%08x\n' >"$scratch/$name.registers"
  echo "$a" "$b" | awk -v name="$name" -v m="$m" -v k="$k" -v n="$n" '{
    for (r = 0; r < m; r++) for (c = 0; c < n; c++) {
      sum = 0
      for (i = 0; i < k; i++) sum += $(1 + r * k + i) * $(1 + m * k + i * n + c)
      print name, sum
    }
  }' >>"$scratch/want"
  eval "results_${name#acc}=$(sed -n '/"name": "c"/{n; s/[^0-9]//g; p; }' "$map") words_${name#acc}=$((m * n))"
  eval "bus_${name#acc}=$(number "$scratch/$name/manifest.json" bus_bits)"
}

make_one acc0 tests/configs/tile_3x5x4.yaml 7 33 11 && make_one acc1 tests/configs/outer_2x4_smallest.yaml 5 19 9
say "two bundles, named in their files or by an option, and their jobs"
! "$lacuna" gen configs/dense_64.yaml --name 'a/b' -o "$scratch/option" 2>"$scratch/words" &&
  grep -q -- '--name a/b .*lower-case letters' "$scratch/words"
say "a name that is none"

modules() { # folder
  cat "$1"/*.v | sed -n 's/^module \([a-zA-Z0-9_]*\).*/\1/p' | sort
}
modules "$scratch/acc0" >"$scratch/modules"
modules "$scratch/acc1" >>"$scratch/modules"
[ "$(wc -l <"$scratch/modules")" -gt 60 ] && [ -z "$(sort "$scratch/modules" | uniq -d)" ]
say "no module of the one has the name of a module of the other"
for leaf in "$scratch"/acc0/*.v; do
  file=$(basename "$leaf")
  source=$(echo rtl/*/"${file#acc0_}")
  [ -f "$source" ] && ! sed 's/acc0_//g' "$leaf" | cmp -s - "$source" && echo "$file"
done >"$scratch/words"
[ ! -s "$scratch/words" ]
say "leaves are copied as they are but for the name before modules"

files=$(for name in acc0 acc1; do sed "s|^|$scratch/$name/|" "$scratch/$name/lacuna_sim.f"; done)
parameters="BUS_0=$bus_0 BUS_1=$bus_1 RESULTS_0=$results_0 RESULTS_1=$results_1 WORDS_0=$words_0 WORDS_1=$words_1"
quiet "together in Verilator" verilator \
  --lint-only -Wall -Wno-fatal -Wno-DECLFILENAME -Wno-PINCONNECTEMPTY -Wno-PINMISSING \
  --no-timing --top-module acc0_lac_top -Wno-MULTITOP $files
quiet "together in Yosys" yosys \
  -q -p "read_verilog -defer $(echo $files); hierarchy -check -top acc0_lac_top; proc; check -assert;
  design -reset; read_verilog -defer $(echo $files); hierarchy -check -top acc1_lac_top; proc; check -assert"
quiet "together in Icarus" iverilog -g2005 -Wall -Wno-timescale -s tb $(echo " $parameters" |
  sed 's/ / -Ptb./g') -I tests/pair \
  -o "$scratch/pair.vvp" tests/pair/tb_pair.v $files
(cd "$scratch" && vvp -n pair.vvp | grep '^acc' | sort -s -k1,1) >"$scratch/got"
cmp -s "$scratch/want" "$scratch/got"
say "each runs its job in the same simulation ($(wc -l <"$scratch/got") of $(wc -l <"$scratch/want") results)"

cat >"$scratch/driver.c" <<END
#include "acc0/acc0_lacuna_regs.h"
#include "acc1/acc1_lacuna_regs.h"
#include "acc0/acc0_lacuna_regs.h"
int main(void) {
  return ACC0_LACUNA_PLAN_HASH == ACC1_LACUNA_PLAN_HASH || ACC0_LACUNA_PLAN_m0 != 3 || ACC1_LACUNA_REG_CTRL != 0x20;
}
END
quiet "one driver includes both headers" gcc -std=c99 -Wall -Wextra -Werror -pedantic -I "$scratch" \
  "$scratch/driver.c" -o "$scratch/driver"
"$scratch/driver"
say "the headers keep their numbers apart"
"$lacuna" gen configs/dense_64.yaml -o "$scratch/one" >/dev/null
"$lacuna" gen configs/outer_32.yaml -o "$scratch/other" >/dev/null
echo '#include "one/lacuna_regs.h"
#include "other/lacuna_regs.h"' >"$scratch/driver.c"
! gcc -fsyntax-only -I "$scratch" "$scratch/driver.c" 2>"$scratch/words" &&
  grep -q 'give each one a name' "$scratch/words"
say "headers without names are not taken for each other"
