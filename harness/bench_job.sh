#!/bin/sh
# One run of a bench: bench_job.sh PLACE LINE, on which see list_jobs in bench_lib.sh. Leaves a row in PLACE/rows: what the line says, then
# what the report says (bench_row.awk). A run that goes wrong leaves what it said in PLACE/failed, a layer that is too large in PLACE/refused.
set -eu
place=$1
tab=$(printf '\t')
IFS=$tab read -r number table group work times wanted sim config mode verb operands <<LINE
$2
LINE
mkdir -p "$place/job/$number" # of its own: bundles of the same configuration are written side by side
cd "$place/job/$number"
ln -s ../../configs ../../operands ../../data .
mkdir build
ln -s ../../../build/models build/models
set -f
if "$place/lacuna" "$verb" "configs/$config.yaml" $operands --mode "$mode" --out-type int8 --sim "$sim" --json report.json >said 2>&1; then
  awk -v head="$(printf '%s\t' "$table" "$group" "$work" "$times" "$wanted" "$config" "$mode" "$verb $operands")" \
    -f "$place/bench_row.awk" report.json >"$place/rows/$number"
elif grep -q "can't run this: " said; then
  echo "$group, $work: $(sed "s/.*can't run this: //" said)" >"$place/refused/$number"
else
  echo "lacuna $verb configs/$config.yaml $operands --mode $mode --out-type int8 --sim $sim: $(tail -n 1 said)" >"$place/failed/$number"
fi
cd "$place"
rm -rf "job/$number"
