#!/bin/sh
# The folder of a bundle: what was there before, of a bundle, of others, of a process that was killed; several at once.
# Under the address and undefined behaviour sanitizers.
set -u
export LC_ALL=C
cd "$(dirname "$0")/.."
lacuna=$(pwd)/build/lacuna-san
export ASAN_OPTIONS=detect_leaks=0 # a program that ends leaves its memory to the system
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
dense=$(pwd)/configs/dense_64.yaml sparse=$(pwd)/configs/griffin_64.yaml
{ cat "$dense"; printf 'ram: blackbox\nname: acc0\n'; } >"$scratch/dense_64.yaml"
boxes=$scratch/dense_64.yaml
cd "$scratch" || exit

say() { # verdict of the last command, what
  [ $? -eq 0 ] && echo "ok - $1" || echo "not ok - $1"
}

"$lacuna" gen "$sparse" -o sparse >/dev/null && "$lacuna" gen "$dense" -o dense >/dev/null
say "two bundles"
listed() { # folder: what the manifest lists is what is there
  sed -n '/^  "files"/,/^  \]/s/^    "\(.*\)".*/\1/p' "$1/manifest.json" | sort >"$1.listed"
  (cd "$1" && find . -type f | sed 's|^\./||' | sort) | cmp -s - "$1.listed"
}
listed dense && "$lacuna" gen "$boxes" -o boxes >/dev/null && listed boxes &&
  grep -q blackbox/acc0_lac_ram_2p.v boxes.listed
say "the manifest lists all files"
for leaf in dense/*.v; do
  source=$(echo "${lacuna%/build/*}"/rtl/*/"${leaf#*/}")
  [ ! -f "$source" ] || cmp "$leaf" "$source" || echo "$leaf" >>changed
done
[ ! -e changed ]
say "without a name leaves are the files of rtl/"
ls -i dense >inodes && "$lacuna" gen "$dense" -o dense >/dev/null && ls -i dense | cmp -s - inodes
say "the same bundle is not written again"
echo >>dense/lac_fifo.v
"$lacuna" gen "$dense" -o dense >/dev/null && cmp -s dense/lac_fifo.v "${lacuna%/build/*}/rtl/cell/lac_fifo.v"
say "a file that has changed is"
grep -q 'create_clock -name lac_clk .*get_ports clk_i' dense/lacuna.sdc &&
  grep -q -- '-name acc0_lac_clk' boxes/acc0_lacuna.sdc &&
  grep -q '"top": "acc0_lac_top"' boxes/manifest.json && grep -q '"constraints": "acc0_lacuna.sdc"' boxes/manifest.json
say "constraints, with the name"

# ---- another bundle, and files of others

mkdir place place/sub && echo mine >place/notes.txt && echo mine >place/sub/lac_fifo.v
"$lacuna" gen "$boxes" -o place >said 2>&1
say "a bundle among other files"
echo mine >place/blackbox/mine.v
"$lacuna" gen "$sparse" -o place/ >said 2>&1 && grep -q '^place/: not of the bundle, kept: ' said &&
  grep -q notes.txt said &&
  grep -q 'blackbox/mine.v' said
say "what is not of the bundle is named ($(head -n 1 said))"
[ "$(cat place/notes.txt place/sub/lac_fifo.v place/blackbox/mine.v | tr '\n' ' ')" = "mine mine mine " ]
say "and kept"
rm -r place/notes.txt place/sub place/blackbox
diff -r place sparse
say "nothing is left of the bundle before"
cp dense/lac_dense_pe.v place # no part of this one
sed '/^  "files": \[/,/^  \],/d' boxes/manifest.json >place/manifest.json # as version 0.1.0 wrote it
rm place/lacuna.sdc
"$lacuna" gen "$boxes" -o place >said 2>&1 && grep -q 'kept: lac_dense_pe.v$' said && rm place/lac_dense_pe.v &&
  diff -r place boxes
say "a bundle whose manifest has no list"

echo mine >victim
sed 's|"lacuna.f",|"../victim", "/../victim", "blackbox/../../victim", "..", "lacuna.f", 7,|' \
  sparse/manifest.json >place/manifest.json
"$lacuna" gen "$dense" -o place >/dev/null 2>said
[ -s victim ]
say "a manifest that names files outside"

refuse() { # pattern, folder: nothing changes
  cp -r "$2" before
  "$lacuna" gen "$dense" -o "$2" >/dev/null 2>said
  [ $? -eq 2 ] && grep -qE "$1" said && diff -r "$2" before
  say "refused: $1 ($(head -n 1 said))"
  rm -r before
}
mkdir other && echo mine >other/lac_top.v
refuse 'other/lac_top.v: is there and of no bundle' other
"$lacuna" gen "$sparse" -o file >/dev/null && echo mine >file/blackbox
cp "$boxes" with.yaml && dense=with.yaml
refuse 'file/blackbox/acc0_lac_ram_2p.v: is there and of no bundle' file
dense=${lacuna%/build/*}/configs/dense_64.yaml
mkdir json && echo '{"tool": "another"}' >json/manifest.json
refuse 'json/manifest.json: is there and of no bundle' json
(ulimit -f 20 && exec "$lacuna" gen "$sparse" -o dense >/dev/null 2>said)
[ $? -eq 2 ] && grep -q 'dense: writing failed: File too large' said && rm -rf again &&
  "$lacuna" gen "$dense" -o again >/dev/null &&
  diff -r dense again
say "without room the old bundle stays ($(head -n 1 said))"

# ---- killed while files were moved

cp -r dense place2 && mkdir place2/.lacuna_new && mv place2/manifest.json place2/.lacuna_new/old_manifest
cp sparse/lac_g*.v sparse/lac_top.v place2 && cp sparse/manifest.json sparse/lac_w*.v place2/.lacuna_new
"$lacuna" gen "$boxes" -o place2 >/dev/null 2>said && diff -r place2 boxes && [ ! -s said ]
say "two halves of bundles make room for a whole one"
mkdir place3 place3/.lacuna_new && cp sparse/lac_top.v place3/.lacuna_new
"$lacuna" gen "$sparse" -o place3 >/dev/null && diff -r place3 sparse
say "killed while files were written"

# ---- several at once

for turn in 1 2 3; do
  for config in dense sparse dense sparse; do
    eval "\"$lacuna\" gen \"\$$config\" -o at_once/deep" >/dev/null 2>>said_$config &
  done
  wait
done
cat said_dense said_sparse
[ ! -s said_dense ] && [ ! -s said_sparse ] && { diff -r at_once/deep dense >/dev/null ||
  diff -r at_once/deep sparse; }
say "twelve processes, one folder, one whole bundle"
