#!/bin/sh
# Runs one piece of the suite: piece.sh "GROUP/NAME command ...". Its output becomes the log; a program that ends badly
# without a failing line, or says nothing at all, gets one. Prints the end of the log if anything failed.
set -u
name=${1%% *}
command=${1#* }
log=build/tests/$name.log
mkdir -p "$(dirname "$log")"
export CMOCKA_MESSAGE_OUTPUT=TAP
export LACUNA_PIECE="$name"
began=$(date +%s)
timeout 800 $command >"$log" 2>&1 </dev/null
status=$?
if [ $status -ne 0 ] && ! grep -q '^not ok' "$log"; then
  echo "not ok - $name ended with status $status" >>"$log"
fi
grep -q '^\(not \)\?ok' "$log" || echo "not ok - $name tested nothing" >>"$log"
echo "# $(($(date +%s) - began)) s" >>"$log"
failures=$(grep -c '^not ok' "$log")
if [ "$failures" -gt 0 ]; then
  printf '%s\n' "FAIL $name: $failures failed, see $log" "$(grep -A 3 '^not ok' "$log" | tail -n 12 | sed 's/^/  | /')"
fi
