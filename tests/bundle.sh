#!/bin/sh
# A bundle depends on its configuration's text alone: generated twice, from other folders, under another locale, time
# zone, umask, home and name of the tool's path, it has the same bytes; and it is there within a second of processor
# time, a hundred times what is usual.
set -u
cd "$(dirname "$0")/.."
root=$(pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/deep"
ln -s "$root/build/lacuna" "$scratch/deep/tool"

say() { # verdict of the last command, what
  [ $? -eq 0 ] && echo "ok - $1" || echo "not ok - $1"
}

for config in configs/*.yaml tests/configs/*.yaml; do
  name=$(basename "$config" .yaml)
  (ulimit -t 1 && exec build/lacuna gen "$config" -o "$scratch/one/$name" >/dev/null)
  say "$name: generated within a second of processor time"
  cp "$config" "$scratch/deep"
  (
    cd "$scratch/deep" || exit
    umask 077
    LC_ALL=C.UTF-8 LANG=tr_TR TZ=Asia/Tokyo HOME=/ ./tool gen "$name.yaml" -o "../two/$name/" >/dev/null
  )
  diff -r "$scratch/one/$name" "$scratch/two/$name" && [ -s "$scratch/two/$name/lac_top.v" ]
  say "$name: the same bytes from another place"
  build/lacuna gen "$config" -o "$scratch/one/$name" >/dev/null && diff -r "$scratch/one/$name" "$scratch/two/$name"
  say "$name: the same bytes written over themselves"
  [ -z "$(ls -A "$scratch/one/$name" | grep -vE '\.(v|h|f|json|sdc)$|^blackbox$')" ] &&
    ! grep -rqF "$scratch" "$scratch/one"
  say "$name: no other files, no folder's name in them"
  manifest=$(ls "$scratch/one/$name"/*.json)
  [ "$(grep -c '^    "m":' "$manifest")" -eq "$(grep -c '"m_lane_bits": [1-9]' "$manifest")" ] &&
    [ "$(grep -c '^    "am":' "$manifest")" -eq "$(grep -c '"a_compressed": true' "$manifest")" ]
  say "$name: the manifest has the metadata that are read"
done
