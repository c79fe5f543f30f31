#!/bin/sh
# Machines of strangers: locales that are not installed, no HOME, no folder for temporary files, blanks in paths, many
# processes at once, a build that was killed, tools that are missing, folders that can't be written, an installed copy.
set -u
cd "$(dirname "$0")/.."
lacuna=$(pwd)/build/lacuna
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
place="$scratch/a folder"
mkdir "$place"
export LACUNA_BUILD="$scratch/all builds"
operands="--a random:2x4:1 --b random:4x2:1"

printf 'engine: dense\ntile: {m: 1, n: 1, k: 2}\nname: acc0\n' >"$place/..yaml"
printf 'engine: dense\ntile: {m: 1, n: 1, k: 4}\n' >"$place/$(printf 'k\303\266nig %080d.yaml' 0)"
cp "$place"/k*.yaml "$place/plain.yaml"

# Each kind of model, two of a kind at once, none of them built before.
strange() { # name, options
  log=$scratch/$1.log
  shift
  cd "$place" && env -u HOME LC_ALL=de_DE.UTF-8 LC_CTYPE=UTF-8 LANGUAGE=de TMPDIR=/nonexistent \
    "$lacuna" run ..yaml $operands "$@" >"$log" 2>&1
  status=$?
  [ $status -eq 0 ] && grep -q 'all right' "$log" && echo "ok - ${log##*/}" ||
    echo "not ok - ${log##*/}: $status: $(tail -n 3 "$log" | tr '\n' ' ')"
}
for run in 1 2 3; do strange "verilator_$run" & done
for run in 1 2; do strange "trace_$run" --trace "$scratch/$run.fst" & done
for run in 1 2 3; do strange "icarus_$run" --sim icarus & done
wait

say() { # verdict of the last command, what
  [ $? -eq 0 ] && echo "ok - $1" || echo "not ok - $1"
}

refuse() { # pattern, command: exit status 2 and a message that matches
  pattern=$1
  shift
  "$@" >"$scratch/said" 2>&1 </dev/null
  status=$?
  [ $status -eq 2 ] && grep -qE -- "$pattern" "$scratch/said"
  say "refused: $pattern ($status: $(head -n 3 "$scratch/said" | tr '\n' ' '))"
}

right() { # what, command
  what=$1
  shift
  "$@" >"$scratch/said" 2>&1 </dev/null && grep -q 'all right' "$scratch/said"
  say "$what ($(head -n 3 "$scratch/said" | tr '\n' ' '))"
}

# ---- tools that are missing, and room; nothing of these builds may hinder the last one

cd "$place" || exit
refuse 'verilator: cannot run it; install the Debian package verilator' env PATH=/nonexistent "$lacuna" run plain.yaml \
  $operands
refuse 'iverilog-vpi: cannot run it; install the Debian package iverilog' \
  env PATH=/nonexistent "$lacuna" run plain.yaml $operands --sim icarus
refuse 'VERILATOR_ROOT is to be that of this verilator, or not set' env VERILATOR_ROOT=/nonexistent "$lacuna" \
  run plain.yaml $operands
mkdir "$scratch/bin"
for tool in verilator perl; do ln -s "$(command -v $tool)" "$scratch/bin/$tool"; done
refuse 'g\+\+: cannot run it; install the Debian package g\+\+' env PATH="$scratch/bin" "$lacuna" run plain.yaml \
  $operands
small() { # blocks of 512 bytes that a file may have
  blocks=$1
  shift
  (ulimit -f "$blocks" && exec "$@")
}
refuse 'too large|writing failed' small 1 env LACUNA_BUILD="$scratch/small" "$lacuna" run plain.yaml $operands
mkdir "$scratch/full"
if unshare -rm mount -t tmpfs -o size=600k none "$scratch/full" 2>/dev/null; then
  refuse 'the file system is full' unshare -rm env LACUNA_BUILD="$scratch/full" sh -c \
    "mount -t tmpfs -o size=600k none '$scratch/full' && exec '$lacuna' run plain.yaml $operands"
else
  echo "ok - a full file system # skip no tmpfs can be mounted here"
fi

# ---- a build that is killed: the next process waits for what it has started, and builds anew

whole() { # how many models are whole
  ls "$LACUNA_BUILD"/models/*/key 2>/dev/null | wc -l
}
before=$(whole)
setsid "$lacuna" run plain.yaml $operands >/dev/null 2>&1 &
victim=$!
while kill -0 $victim 2>/dev/null && [ -z "$(ls "$LACUNA_BUILD"/models/*/Vlac.h 2>/dev/null)" ]; do
  sleep 0.02
done
kill -KILL $victim && ! wait $victim 2>/dev/null && [ "$before" -gt 0 ] && [ "$(whole)" -eq "$before" ]
say "killed while it builds"
header=$(ls "$LACUNA_BUILD"/models/runtime*/fast.h)
rm "$header"
refuse 'runtime.*/fast.h is missing; remove its folder' "$lacuna" run plain.yaml $operands
echo "another way of building" >"${header%/*}/key"
right "the next run builds it, and a runtime that was built in another way" "$lacuna" run plain.yaml $operands
ls "$LACUNA_BUILD"/models/*/*.cpp >/dev/null 2>&1
[ $? -ne 0 ]
say "and leaves no files of a build"
right "a name that is long and has other letters" "$lacuna" run k*.yaml $operands

# ---- folders that can't be written

unset LACUNA_BUILD
refuse '^build: can.t be written.* set LACUNA_BUILD' sh \
  -c "cd /proc/self && exec '$lacuna' run '$place/plain.yaml' $operands"
refuse '^/dev/null/x: can.t be written: Not a directory' env LACUNA_BUILD=/dev/null/x "$lacuna" run plain.yaml $operands
refuse '^plain.yaml: can.t be written: Not a directory' env LACUNA_BUILD=plain.yaml "$lacuna" run plain.yaml $operands
refuse '^/proc/x: can.t be ' "$lacuna" gen plain.yaml -o /proc/x
refuse 'plain.yaml: is not a folder' "$lacuna" gen plain.yaml -o plain.yaml
"$lacuna" run plain.yaml $operands --sim model --json /dev/stdout | grep -q '"config": "plain"'
say "a report may go to a pipe"
cp ..yaml ...yaml
"$lacuna" gen ...yaml >/dev/null && [ "$(ls -A "$place/build" | tr '\n' ' ')" = "_. " ] &&
  [ -f build/_./acc0_lac_top.v ]
say "a bundle's folder is one below build, whatever the file's name"

# ---- an installed copy needs nothing of the source tree

export LACUNA_BUILD="$scratch/all builds"
make -s -C "$(dirname "$lacuna")/.." install "DESTDIR=$scratch/root" PREFIX=/usr SETUP=no >"$scratch/said" 2>&1
say "make install ($(head -n 3 "$scratch/said" | tr '\n' ' '))"
right "the installed copy, Verilator" "$scratch/root/usr/bin/lacuna" run plain.yaml $operands
right "the installed copy, Icarus" "$scratch/root/usr/bin/lacuna" run plain.yaml $operands --sim icarus
