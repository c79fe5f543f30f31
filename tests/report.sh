#!/bin/sh
# Prints what in the JSON report of a run contradicts itself, by report.awk and by the same of the engine's family;
# nothing if all is well: report.sh REPORT
top=$(dirname "$0")/..
engine=$(sed -n 's/^  "engine": "\(.*\)",$/\1/p' "$1")
family=$(sed -n "s/.*[A-Z_], \"$engine\", [0-9]*, \([a-z_]*\),.*/\1/p" "$top"/gen/rows/*.h)
awk -f "$top/tests/report.awk" -f "$top/tests/matrix/$family/report.awk" "$1" 2>&1
