#!/bin/sh
# Lints one leaf with Verilator, Icarus and Yosys for each list of parameters in the "// lint:" line of its bench:
# lint.sh NAME  (NAME without lac_ or with). Any warning fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
name=lac_${1#lac_}
rtl=$root/rtl
log=${TMPDIR:-/tmp}/lint_$name.$$
trap 'rm -f "$log" "$log.variants"' EXIT

lint_one() {
  icarus='' yosys=''
  for override in "$@"; do
    pair=${override#-G}
    icarus="$icarus -P$name.$pair"
    yosys="$yosys -chparam ${pair%%=*} ${pair#*=}"
  done
  verilator --lint-only -Wall --language 1364-2005 --top-module "$name" -y "$rtl" "$@" "$rtl/$name.v"
  iverilog -g2005 -Wall -t null -s "$name" $icarus -y "$rtl" "$rtl/$name.v"
  yosys -q -p "read_verilog -defer $rtl/lac_*.v; hierarchy -check -top $name $yosys; proc; check -assert"
}

failed=0
sed -n 's|^// lint: *||p' "$here/tb_$name.v" | tr '|' '\n' >"$log.variants"
while read -r variant; do
  if lint_one $variant >"$log" 2>&1 && ! grep -q . "$log"; then
    echo "$name $variant: clean"
  else
    echo "$name $variant: FAIL"
    cat "$log"
    failed=1
  fi
done <"$log.variants"
exit $failed
