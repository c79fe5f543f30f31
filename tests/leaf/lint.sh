#!/bin/sh
# Lints one leaf with Verilator, Icarus and Yosys for each list of parameters in the "// lint:" lines of its bench, and
# leaves that have no bench of their own after "// lint LEAF:" lines: lint.sh NAME  (NAME without lac_ or with).
# Lists are separated by |. A line ends a list, unless it ends in a comma. Any warning fails.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
name=lac_${1#lac_}
libraries=$(printf ' -y %s' "$root"/rtl/*/)
bench=$(echo "$here"/*/tb_"$name.v")
log=${TMPDIR:-/tmp}/lint_$name.$$
trap 'rm -f "$log" "$log.variants" "$log.ys" "$log.yosys" "$log.v"' EXIT

lint_one() { # leaf, parameters
  leaf=$1 icarus=''
  shift
  for override in "$@"; do
    icarus="$icarus -P$leaf.${override#-G}"
  done
  verilator --lint-only -Wall --language 1364-2005 --top-module "$leaf" $libraries "$@" \
    "$(echo "$root"/rtl/*/"$leaf.v")"
  iverilog -g2005 -Wall -t null -s "$leaf" $icarus $libraries "$(echo "$root"/rtl/*/"$leaf.v")"
}

# Yosys checks all variants as one design, in which leaves below them are there once for the same parameters. Reduction
# trees, which take it longest, are black boxes but for the leaves that are made of them.
yosys_script() {
  case $name in
    lac_mul_sum | lac_adder_tree) ;;
    *) echo "read_verilog -lib $root/rtl/arith/lac_compress.v" ;;
  esac
  echo "read_verilog $log.v"
  echo "hierarchy -check -top lac_all $(printf ' -libdir %s' "$root"/rtl/*/)"
  echo "proc -noopt"
  echo "check -assert"
}

yosys_top() {
  echo "module lac_all;"
  awk '{
    list = ""
    for (i = 2; i <= NF; i++) {
      split(substr($i, 3), pair, "=")
      list = list (i > 2 ? ", " : "") "." pair[1] " (" pair[2] ")"
    }
    print "  " $1 (list ? " #(" list ")" : "") " i_" NR " ();"
  }' "$log.variants"
  echo "endmodule"
}

failed=0
if grep -nE '^//.*-(G|Ptb[.])[A-Z0-9_]+=' "$bench" |
  grep -vE ':// lint( lac_[a-z0-9_]+)?:( *-G[A-Z0-9_]+=-?[0-9]+| *[|])+,?$' |
  grep -vE ':// variants:( *-Ptb[.][A-Z0-9_]+=-?[0-9]+| *[|])+,?$'; then
  echo "$name, the line above is no list of parameters: FAIL"
  failed=1
fi
sed -n "s|^// lint: *|$name |p; s|^// lint \(lac_[a-z0-9_]*\): *|\1 |p" "$bench" |
  sed -e :join -e '/,$/{N; s/,\n[^ ]*//; b join' -e '}' |
  awk '{
    count = split(substr($0, length($1) + 2), lists, "|")
    for (i = 1; i <= count; i++) print $1, lists[i]
  }' >"$log.variants"
yosys_top >"$log.v"
yosys_script >"$log.ys"
yosys -q "$log.ys" >"$log.yosys" 2>&1 || echo "it ended badly" >>"$log.yosys"
while read -r variant; do
  if lint_one $variant >"$log" 2>&1 && ! grep -q . "$log"; then
    echo "$variant: clean"
  else
    echo "$variant: FAIL"
    cat "$log"
    failed=1
  fi
done <"$log.variants"
if [ -s "$log.yosys" ]; then
  echo "$name in yosys: FAIL"
  cat "$log.yosys"
  failed=1
else
  echo "$name in yosys: clean"
fi
exit $failed
