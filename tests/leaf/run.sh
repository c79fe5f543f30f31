#!/bin/sh
# Runs the bench of one leaf in Icarus, once for each variant named in its first line:  run.sh NAME  (NAME without lac_ or with)
# Variants are lists of -Ptb.PARAMETER=VALUE, separated by |. Exit status 0 if every variant printed PASS.
# SEEDS=N, for the soak: N seeds of each, where the bench has a parameter SEED, and as many jobs as the bench itself says, not
# the fewer that a variant may name.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
name=lac_${1#lac_}
bench=$(echo "$here"/*/tb_"$name.v")
libraries=$(printf ' -y %s' "$(dirname "$bench")" "$here"/axi "$root"/rtl/*/)
out=${TMPDIR:-/tmp}/leaf_$name.$$
trap 'rm -f "$out" "$out.log"' EXIT
failed=0
sed -n '1s|^// variants: *||p' "$bench" | tr '|' '\n' >"$out.log"
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
  warnings=$(iverilog -g2005 -Wall -s tb $variant $libraries -o "$out" "$bench" 2>&1) || warnings="compile error: $warnings"
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
