#!/bin/sh
# Cells a bundle needs on an FPGA: Yosys synth_ice40 or synth_ecp5, counts only (no placement).
#
#   fpga.sh BUNDLE_DIR ice40|ecp5 [-o OUTDIR] [--top MODULE]
#
# Writes OUTDIR/cells.txt, one cell type and its count a line, and the log; prints the counts.
set -eu
export LC_ALL=C

die() { echo "fpga.sh: $*" >&2; exit 2; }
usage() { sed -n '4s/^# *//p' "$0" >&2; exit 2; }

[ $# -ge 2 ] || usage
bundle=$1 family=$2; shift 2
outdir=$bundle/$family top=
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    -o) outdir=$2 ;;
    --top) top=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ -f "$bundle/lacuna.f" ] || die "$bundle/lacuna.f: not there; lacuna gen CONFIG -o DIR makes a bundle"
top=${top:-$(sed -n 's/^  "top": "\(.*\)",$/\1/p' "$bundle/manifest.json")}
case $family in
  ice40) synth="synth_ice40 -top $top" dsp=-dsp ;;
  ecp5) synth="synth_ecp5 -top $top" dsp= ;;
  *) die "$family: ice40 or ecp5" ;;
esac
mkdir -p "$outdir"

files=
while read -r file; do
  case $file in ''|'#'*|-*|+*) continue ;; esac
  files="$files $bundle/$file"
done < "$bundle/lacuna.f"

# Pass ice40_dsp of Yosys 0.23 crashes on the requantiser; without it the products become logic cells, which is said.
run() {
  yosys -q -l "$outdir/yosys.log" \
    -p "read_verilog -defer $files; hierarchy -check -top $top" -p "$synth $1" \
    -p "tee -q -o $outdir/stat.txt stat" > /dev/null 2>&1
}
run "$dsp" || { [ -n "$dsp" ] && echo "# without $dsp, on which this Yosys fails" && run ""; } ||
  die "yosys failed, see $outdir/yosys.log"

# The last statistics block is the whole design, flattened.
awk '/^=== / { delete count }
  /^     [A-Za-z$_]/ && NF == 2 { count[$1] = $2 }
  END { for (c in count) print c, count[c] }' \
  "$outdir/stat.txt" | sort > "$outdir/cells.txt"
cat "$outdir/cells.txt"
