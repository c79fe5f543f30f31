#!/bin/sh
# Standard-cell synthesis and timing of one bundle: Yosys module by module, then OpenSTA with an ideal clock and no wire
# load.
#
#   asic.sh BUNDLE_DIR [-l LIBERTY] [-o OUTDIR] [--top MODULE] [--clock-ns 5] [--ram blackbox|flops]
#           [--buffer CELL/IN/OUT|none]
#
# The hierarchy is kept; dissolved into the module around them are only lac_compress, what skips for structured
# operands, rank by rank, and the arrays, which join rows and columns (modules that pass words on as they are would hide
# their readers from buffer.awk). Mapping is plain abc per module. Nets without buffers make timing meaningless, so two
# things are buffered: nets with more than 16 readers inside a module (buffer.awk), and the A inputs of the PE, whose
# readers are spread over a whole row. Without -l: OSU 0.18 um, where qflow-tech-osu018 puts it.
# Writes OUTDIR/area.txt, timing.txt, qor.json, netlist.v and the tools' logs; prints the tables.
set -eu
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
liberty=/usr/share/qflow/tech/osu018/osu018_stdcells.lib
outdir= top= period=5 ram=blackbox buffer=BUFX4/A/Y

usage() { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
die() { echo "asic.sh: $*" >&2; exit 2; }

[ $# -ge 1 ] || usage
bundle=$1; shift
while [ $# -gt 0 ]; do
  [ $# -ge 2 ] || usage
  case $1 in
    -l) liberty=$2 ;;
    -o) outdir=$2 ;;
    --top) top=$2 ;;
    --clock-ns) period=$2 ;;
    --ram) ram=$2 ;;
    --buffer) buffer=$2 ;;
    *) usage ;;
  esac
  shift 2
done
[ -f "$bundle/lacuna.f" ] || die "$bundle/lacuna.f: not there; lacuna gen CONFIG -o DIR makes a bundle"
[ -f "$liberty" ] || die "$liberty: no such liberty file; install qflow-tech-osu018 or give -l FILE"
# What stands before all names of a bundle with a name.
prefix=$(sed -n 's/^  "top": "\(.*\)lac_top",$/\1/p' "$bundle/manifest.json")
top=${top:-${prefix}lac_top}
case $ram in blackbox|flops) ;; *) die "--ram $ram: blackbox or flops" ;; esac
outdir=${outdir:-$bundle/asic}
mkdir -p "$outdir"

# The bundle's files, RAM bodies replaced by their black-box twins where asked for.
files=
while read -r file; do
  case $file in ''|'#'*|-*|+*) continue ;; esac
  base=$(basename "$file")
  twin=$(echo "$here"/../rtl/*/blackbox/"${base#"$prefix"}")
  if [ "$ram" = blackbox ] && [ -f "$twin" ]; then
    sed "s/^module /module $prefix/" "$twin" > "$outdir/$base"
    files="$files $outdir/$base"
  else
    files="$files $bundle/$file"
  fi
done < "$bundle/lacuna.f"

{
  echo "read_liberty -lib -ignore_miss_func $liberty"
  echo "read_verilog -defer $files"
  echo "hierarchy -check -top $top"
  echo "proc"
  echo "flatten *lac_mul_sum* *lac_adder_tree* *lac_accumulator*"
  echo "setattr -mod -set keep_hierarchy 1 *"
  echo "setattr -mod -unset keep_hierarchy *lac_*_array* *lac_a_windows* *lac_a_rows* *lac_outer_stores*"
  echo "flatten *lac_engine *lac_a_reader *lac_top"
  echo "setattr -mod -unset keep_hierarchy *"
  echo "flatten *lac_hss_select* *lac_dsso_select* *lac_hss_decode* *lac_hss_align*"
  echo "synth -top $top -run coarse:check"
  echo "rename -wire t:\$_*DFF*"
  echo "dfflibmap -liberty $liberty"
  echo "abc -liberty $liberty -script $here/abc.script"
  echo "opt_clean -purge"
  echo "check -assert"
  echo "splitnets -ports"
  echo "write_verilog -noattr -noexpr -simple-lhs $outdir/mapped.v"
} > "$outdir/synth.ys"
yosys -q -l "$outdir/yosys.log" "$outdir/synth.ys" > /dev/null 2>&1 || die "yosys failed, see $outdir/yosys.log"

if [ "$buffer" = none ]; then
  cp "$outdir/mapped.v" "$outdir/netlist.v"
else
  awk -v MAX=16 -v CELL="${buffer%%/*}" -v IN="$(echo "$buffer" | cut -d/ -f2)" -v OUT="${buffer##*/}" \
    -v CLOCK="CLK CK" -v CELLS="$liberty" -f "$here/buffer.awk" "$outdir/mapped.v" "$outdir/mapped.v" \
    > "$outdir/netlist.v"
fi
yosys -q -p "read_liberty -lib -ignore_miss_func $liberty; read_verilog $outdir/netlist.v; hierarchy -top $top;
  tee -q -o $outdir/stat.txt stat -liberty $liberty" > /dev/null 2>&1 || die "the netlist cannot be read back"

awk -v before="$prefix" -f "$here/area.awk" "$here/roles.txt" "$outdir/stat.txt" > "$outdir/area.txt"

export LAC_LIBERTY="$liberty" LAC_NETLIST="$outdir/netlist.v" LAC_TOP="$top" LAC_PERIOD="$period"
export LAC_SDC="$bundle/${prefix}lacuna.sdc"
sta -no_splash -exit "$here/timing.tcl" > "$outdir/timing.txt" 2>&1 || die "sta failed, see $outdir/timing.txt"

multiplier=$(sed -n 's/^ *"multiplier": "\([a-z]*\)",$/\1/p' "$bundle/manifest.json")
awk -f "$here/json.awk" -v top="$top" -v period="$period" -v multiplier="$multiplier" -v ram="$ram" \
  "$outdir/area.txt" "$outdir/timing.txt" > "$outdir/qor.json"

cat "$outdir/area.txt"
sed -n '/^worst_slack_ns/,$p' "$outdir/timing.txt"
