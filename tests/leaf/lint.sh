#!/bin/sh
# Lints one leaf with Verilator, Icarus and Yosys for each list of parameters in the "// lint:" line of its bench, and
# leaves that have no bench of their own after "// lint LEAF:" lines: lint.sh NAME  (NAME without lac_ or with). Any
# warning fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
name=lac_${1#lac_}
rtl=$root/rtl
log=${TMPDIR:-/tmp}/lint_$name.$$
trap 'rm -f "$log" "$log.variants"' EXIT

lint_one() { # leaf, parameters
  leaf=$1 icarus='' yosys=''
  shift
  for override in "$@"; do
    pair=${override#-G}
    icarus="$icarus -P$leaf.$pair"
    yosys="$yosys -chparam ${pair%%=*} ${pair#*=}"
  done
  verilator --lint-only -Wall --language 1364-2005 --top-module "$leaf" -y "$rtl" "$@" "$rtl/$leaf.v"
  iverilog -g2005 -Wall -t null -s "$leaf" $icarus -y "$rtl" "$rtl/$leaf.v"
  yosys -q -p "read_verilog -defer $rtl/lac_*.v; hierarchy -check -top $leaf $yosys; proc; check -assert"
}

failed=0
sed -n "s|^// lint: *|$name |p; s|^// lint \(lac_[a-z0-9_]*\): *|\1 |p" "$here/tb_$name.v" |
  awk '{ count = split(substr($0, length($1) + 2), lists, "|"); for (i = 1; i <= count; i++) print $1, lists[i] }' >"$log.variants"
while read -r variant; do
  if lint_one $variant >"$log" 2>&1 && ! grep -q . "$log"; then
    echo "$variant: clean"
  else
    echo "$variant: FAIL"
    cat "$log"
    failed=1
  fi
done <"$log.variants"
exit $failed
