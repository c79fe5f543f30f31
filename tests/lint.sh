#!/bin/sh
# The gates. Any word of any tool is a failure.
#   lint.sh            all of them, as `make lint`
#   lint.sh CONFIG     the bundle of one configuration: Verilator, Icarus; as SystemVerilog and as whatever .v means to
#                      Verilator in those of configs/ alone, which have all names between them
#   lint.sh yosys CONFIG...   the bundles of these in Yosys, as one design
#   lint.sh sources    leaves with their default parameters in Yosys, no waiver in rtl/, layout of the C files
set -uf
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
  exec tests/run.sh lint
fi
name=$(basename "$1" .yaml)
bundle=build/tests/lint/$name
log=$bundle.words
mkdir -p build/tests/lint

quiet() { # what, command: ok if it succeeds without a word
  what=$1
  shift
  if "$@" >"$log" 2>&1 && [ ! -s "$log" ]; then
    echo "ok - $name: $what"
  else
    echo "not ok - $name: $what"
    head -n 20 "$log" | sed 's/^/# /'
  fi
}

without() { # pattern, files: ok if no file has it
  ! grep -rnE "$@"
}

# A folder's files, in the order of lacuna.f; with black boxes the twins that stand in for them.
verilog() {
  sed "s|^blackbox/||; s|^|$bundle/|" "$bundle/lacuna.f"
}

# Files of Verilog, and leaves that Yosys finds in a folder. Those that take it longest are black boxes here, reduction
# trees and the windows' memory: the pieces leaf/lac_mul_sum, leaf/lac_adder_tree and leaf/lac_window_ram check them.
yosys_design() { # top, folder of leaves, files; -q leaves warnings
  top=$1 leaves=$2
  shift 2
  yosys -q -p "read_verilog -lib rtl/arith/lac_compress.v rtl/operand/lac_window_ram.v; read_verilog $*;
    hierarchy -check -top $top -libdir $leaves; proc -noopt; check -assert"
}

# A bundle into the design: what was generated for it gets its name behind those of its modules, the rest are leaves.
add_bundle() { # design, configuration
  name=$(basename "$2" .yaml)
  build/lacuna gen "$2" -o "$1/$name" >"$log" 2>&1 || return
  made=$(set +f; grep -l '^// Command:' "$1/$name"/*.v)
  sed -n 's|^module \([a-z_]*\).*|s/\\b\1\\b/\&__'"$name"'/g|p' $made >"$1/names"
  sed -f "$1/names" $made >>"$1/made.v" && rm $made
  mv -f $(set +f; echo "$1/$name"/*.v) "$1/leaves"
  echo "  lac_top__$name i_$name ();" >>"$1/tops"
}

# Most of the time of Yosys goes to leaves, and bundles share them: in one design a leaf with the same parameters is
# there once.
lint_in_yosys() { # yosys, configurations
  design=$bundle
  rm -rf "$design"
  mkdir -p "$design/leaves"
  shift
  for config in "$@"; do
    if ! add_bundle "$design" "$config"; then
      echo "not ok - $config: gen: $(tail -n 3 "$log" | tr '\n' ' ')"
      return
    fi
  done
  { echo "module lac_all;"; cat "$design/tops"; echo "endmodule"; } >>"$design/made.v"
  name="$# bundles"
  quiet "yosys" yosys_design lac_all "$design/leaves" "$design/made.v"
}

lint_bundle() {
  rm -rf "$bundle"
  if ! build/lacuna gen "$1" -o "$bundle" >"$log" 2>&1; then
    echo "not ok - $name: gen: $(tail -n 3 "$log" | tr '\n' ' ')"
    return
  fi
  echo "ok - $name: gen"
  top=$(sed -n 's/^  "top": "\(.*\)",$/\1/p' "$bundle/manifest.json")
  quiet "verilator, Verilog-2005" verilator --lint-only -Wall --language 1364-2005 --top-module "$top" $(verilog)
  quiet "iverilog" iverilog -g2005 -Wall -t null -s "$top" $(verilog)
  case $1 in # names are those of smaller ones
    *_1024.yaml | tests/*) ;;
    *) quiet "iverilog, SystemVerilog" iverilog -g2012 -Wall -t null -s "$top" $(verilog) ;;
  esac
  case $1 in
    *_1024.yaml | tests/*) ;;
    *) quiet "verilator, any language" verilator --lint-only -Wall --top-module "$top" $(verilog) ;;
  esac
  if [ -d "$bundle/blackbox" ]; then
    quiet "yosys, black boxes" yosys_design "$top" "$bundle" $(sed -n "s|^blackbox|$bundle/&|p" "$bundle/lacuna.f") \
      "$bundle/$top.v"
  fi
  quiet "no waiver" without 'lint_off|verilator +(public|tracing)|synthesis (translate|full_case|parallel_case)' \
    "$bundle"
  quiet "register header in C and C++" compile_header
}

compile_header() {
  echo '#include "lacuna_regs.h"' >"$bundle.c"
  gcc -std=c99 -Wall -Wextra -Werror -pedantic -fsyntax-only -I "$bundle" "$bundle.c" &&
    g++ -Wall -Wextra -Werror -fsyntax-only -x c++ -I "$bundle" "$bundle.c"
}

# Lines of more than 120 columns. In Markdown rows of tables and lines that begin with a command may be longer.
wide() {
  find README.md docs rtl gen sim harness tests synth examples -path docs/results -prune -o \
    -name '*.[chv]' -print -o -name '*.vh' -print -o -name '*.cpp' -print -o -name '*.sh' -print -o \
    -name '*.awk' -print -o \
    -name '*.yaml' -print -o -name '*.md' -print | sort |
    xargs awk 'length > 120 && !(FILENAME ~ /[.]md$/ && /^[|`]/) { print FILENAME ":" FNR ": " length " columns" }'
}

lint_sources() {
  quiet "leaves with default parameters, yosys" yosys \
    -q -p "read_verilog $(set +f; echo rtl/*/*.v); proc; check -assert"
  quiet "no waiver in rtl/ without a reason" without 'lint_off' rtl
  quiet "one style in rtl/" awk -f tests/leaf/style.awk $(set +f; echo rtl/*/*.v)
  quiet "no word of this machine in files" without '/work/|/home/|/root/|TODO|FIXME' gen harness sim rtl synth configs \
    docs README.md
  quiet "lines of 120 columns" wide
  quiet "no program takes the user's locale" without setlocale gen harness sim
  quiet "deliberate breaks apply" tests/mutants/run.sh --apply
  if command -v clang-format >/dev/null; then
    quiet "clang-format" clang-format --dry-run -Werror $(find gen harness sim tests -name '*.[ch]' | sort)
  else
    echo "ok - clang-format # skip it is not installed"
  fi
}

if [ "$1" = yosys ]; then
  lint_in_yosys "$@"
elif [ "$1" = sources ]; then
  lint_sources
else
  lint_bundle "$1"
fi
