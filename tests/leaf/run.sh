#!/bin/sh
# Runs the bench of one leaf in Icarus, once for each variant in its "// variants:" lines:  run.sh NAME
# NAME is the leaf's, with lac_ or without. A variant is a list of -Ptb.PARAMETER=VALUE, an empty one the defaults; they
# are separated by |. A line ends a variant, unless it ends in a comma. Exit status 0 if every variant printed PASS.
# SEEDS=N, for the soak: N seeds of each variant, where the bench has a parameter SEED, and as many jobs as the bench
# itself says, not the fewer that a variant may name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
name=lac_${1#lac_}
bench=$(echo "$here"/*/tb_"$name.v")
libraries="-I $(dirname "$bench") -I $here/operand $(printf ' -y %s' "$(dirname "$bench")" "$here"/axi "$root"/rtl/*/)"
out=${TMPDIR:-/tmp}/leaf_$name.$$
trap 'rm -f "$out" "$out.log"' EXIT
failed=0
sed -n 's|^// variants: *||p' "$bench" | sed -e :join -e '/,$/{N; s/,\n/ /; b join' -e '}' | tr '|' '\n' >"$out.log"
if [ -n "${SEEDS:-}" ]; then
  seeds=1
  grep -q '^ *parameter.* SEED *=' "$bench" && seeds=$SEEDS
  sed 's/ *-Ptb[.]JOBS=[0-9]*//' "$out.log" | awk -v seeds="$seeds" '{
    print
    for (seed = 2; seed <= seeds; seed++) {
      line = $0
      if (!sub(/-Ptb[.]SEED=/, "&" seed, line)) line = line " -Ptb.SEED=" seed
      print line
    }
  }' >"$out"
  mv "$out" "$out.log"
fi
while read -r variant; do
  warnings=$(iverilog -g2005 -Wall -s tb $variant $libraries -o "$out" "$bench" 2>&1) ||
    warnings="compile error: $warnings"
  if [ -n "$warnings" ]; then
    verdict="FAIL $warnings"
  else
    verdict=$(vvp -n "$out" </dev/null) || verdict="FAIL vvp ended badly: $verdict"
  fi
  case $verdict in
    PASS*) ;;
    *) failed=1 ;;
  esac
  echo "$name ${variant:-defaults}: $verdict"
done <"$out.log"
exit $failed
