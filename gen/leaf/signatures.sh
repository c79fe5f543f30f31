#!/bin/sh
# Writes what the leaves of each folder of rtl/ are to C: signatures.sh FOLDER makes FOLDER/NAME.inc, which is to be
# rtl/NAME/signatures.inc. Yosys' view of the ports of each sample stays in FOLDER/ports.
set -eu
export LC_ALL=C
cd "$(dirname "$0")/../.."
folder=$1
mkdir -p "$folder"
rm -f "$folder/ports"

signatures() {
  awk -v pass="$1" -v folder="$folder" -f gen/leaf/signatures.awk rtl/*/lac_*.v rtl/*/leaves.txt
}

signatures script >"$folder/script.ys"
yosys -q -s "$folder/script.ys" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
signatures print
