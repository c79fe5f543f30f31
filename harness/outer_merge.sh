#!/bin/sh
# Cycles of docs/outer-merge.md, as Markdown tables.
#
#   outer_merge.sh merge     the array by the way products are merged (build/tools/outer_merge)
#   outer_merge.sh agree     the same array against the cycle model: fullest banks first, two banks for each multiplier
#   outer_merge.sh blocks    engine cycles of the cycle model by block and tile
#   outer_merge.sh window    likewise by window and slots, blocks of 4 x 8, tile 64
#
# Operands: uniform zeros; LACUNA_DATA's layers of DLMC pruned by magnitude, turned, times activations of density .55; its matrices times
# their transposes.
set -eu
cd "$(dirname "$0")/.."
data=${LACUNA_DATA:-../shared/data}
place=build/bench_merge
mkdir -p $place

# ---- operands: lines of group, A, B

uniform() { # group, density of A, of B
  echo "$1 random:512x512:$2:1 random:512x512:$3:2"
}

# Of the pattern FILE.mtx and of its transpose.
square() { # group, matrix
  for turn in 0 1; do
    awk -v turn=$turn '/^%%/ { print "%%MatrixMarket matrix coordinate pattern " $5; next }
                       /^%/ { next }
                       !sized { sized = 1; print; next }
                       { print turn ? $2 " " $1 : $1 " " $2 }' "$data/matrices/$2.mtx" >"$place/$2_$turn.mtx"
  done
  echo "$1 $place/$2_0.mtx $place/$2_1.mtx"
}

layers() { # group, share of zeros
  for file in "$data"/dlmc/*/magnitude_pruning/"$2"/*.smtx; do
    name=$place/$(echo "${file#"$data"/dlmc/}" | tr / _ | sed 's/smtx$/mtx/')
    awk 'NR == 1 { rows = $1 + 0; cols = $2 + 0; count = $3 + 0 }
         NR == 2 { for (i = 1; i <= NF; i++) offset[i] = $i }
         NR == 3 {
           print "%%MatrixMarket matrix coordinate pattern general\n" cols, rows, count
           for (r = 1; r <= rows; r++)
             for (i = offset[r] + 1; i <= offset[r + 1]; i++) print $i + 1, r
         }' "$file" >"$name"
    echo "$1 random:256x$(awk 'NR == 2 { print $1; exit }' "$name"):.55:1 $name"
  done
}

operands() {
  uniform ".5/.4" .5 .4
  uniform ".3/.4" .3 .4
  uniform ".1/.1" .1 .1
  layers DLMC.8 0.8
  layers DLMC.95 0.95
  square rbs480a rbs480a
  square email-Eu-core email-Eu-core
  square west0479 west0479
}

# ---- tables: lines of row, group, value, weight become a row a line; values are added up, with a weight their weighted mean

table() { # heading, format
  awk -F '\t' -v heading="$1" -v format="$2" '
    { if (!($1 in seen)) { seen[$1] = 1; row[++rows] = $1 }
      if (!($2 in known)) { known[$2] = 1; group[++groups] = $2 }
      sum[$1, $2] += $4 == "" ? $3 : $3 * $4
      weight[$1, $2] += $4 }
    END {
      line = "| " heading " |"; rule = "|---|"
      for (g = 1; g <= groups; g++) { line = line " " group[g] " |"; rule = rule "---|" }
      print line "\n" rule
      for (r = 1; r <= rows; r++) {
        line = "| " row[r] " |"
        for (g = 1; g <= groups; g++) {
          value = sum[row[r], group[g]]
          if (weight[row[r], group[g]]) value /= weight[row[r], group[g]]
          text = sprintf(format, value)
          sub(/^0\./, ".", text)
          line = line " " text " |"
        }
        print line
      }
      print ""
    }' "$3"
}

# ---- merges

merge() {
  operands | while read -r group a b; do
    build/tools/outer_merge "$a" "$b" | awk -v group="$group" -v OFS='\t' 'NR > 1 {
      for (i = 1; i <= NF - 6; i++) name = i == 1 ? $1 : name " " $i
      print name ", " $(NF - 5) " banks" ($(NF - 4) ? ", " $(NF - 4) " deep" : ""), group, $(NF - 3), $(NF - 1), $NF }'
  done | sed 's/, 0 banks//' >$place/merge.txt
  cut -f 1,2,3 $place/merge.txt >$place/cycles.txt
  cut -f 1,2,4 $place/merge.txt >$place/lost.txt
  awk -F '\t' -v OFS='\t' '{ print $1, $2, $5, $3 }' $place/merge.txt >$place/use.txt
  table "cycles" "%d" $place/cycles.txt
  table "use" "%.2f" $place/use.txt
  table "lost to merge" "%d" $place/lost.txt
}

# ---- the cycle model

config() { # name, keys of outer
  printf 'engine: outer\ntile: {m: 8, n: 16, k: 1}\nouter: {%s}\n' "$2" >"$place/$1.yaml"
}

number() { sed -n "s/^ *\"$1\": \([-0-9.]*\),\{0,1\}\$/\1/p" $place/report.json | head -n 1; }

model() { # configuration, A, B
  build/lacuna run "$place/$1.yaml" --a "$2" --b "$3" --sim model --json $place/report.json >/dev/null
}

agree() {
  config agree "tile: 64"
  echo "| A x B | working cycles, model | here | lost to merge, model | here | waits for A and for room, model |"
  echo "|---|---|---|---|---|---|"
  { operands; echo ".5/.4,_K_2048 random:512x2048:.5:1 random:2048x512:.4:2"; } | while read -r group a b; do
    model agree "$a" "$b"
    build/tools/outer_merge "$a" "$b" | awk -v group="$group" -v merge="$(number merge)" -v multiply="$(number multiply)" -v idle="$(number imbalance)" \
      -v a="$(number wait_a)" -v out="$(number wait_out)" '
      /^fullest banks first +16 / { sub(/_/, " ", group)
        printf "| %s | %d | %d | %d | %d | %d |\n", group, multiply + idle + merge, $(NF - 2), merge, $(NF - 1), a + out }'
  done
}

sweep() { # name, operands on standard input
  while read -r group a b; do
    model "$1" "$a" "$b"
    printf '%s\t%s\t%s\n' "$1" "$group" "$(number engine_cycles)" >>$place/engine.txt
    printf '%s\t%s\t%s\n' "$1" "$group" "$(number cycles)" >>$place/all.txt
    printf '%s\t%s\t%s\t%s\n' "$1" "$group" "$(awk -v p="$(number issued)" -v c="$(number engine_cycles)" 'BEGIN { print p / c / 128 }')" \
      "$(number engine_cycles)" >>$place/use.txt
  done
}

sweep_tables() {
  table "engine cycles" "%d" $place/engine.txt
  table "use" "%.2f" $place/use.txt
  table "all cycles" "%d" $place/all.txt
}

blocks() {
  for tile in 64 32; do
    for block in 8x16 4x8 2x8 4x4 2x4; do
      config ${block}_t$tile "tile: $tile, block_m: ${block%x*}, block_n: ${block#*x}"
      operands | sweep ${block}_t$tile
    done
  done
  sweep_tables
}

window() {
  for chunks in 4 8 16; do
    for slots in 2 4 8; do
      config w${chunks}_nb$slots "window: $chunks, slots: $slots"
      operands | grep -e '^.5/.4 ' -e rbs480a -e email | sweep w${chunks}_nb$slots
    done
  done
  sweep_tables
}

rm -f $place/engine.txt $place/all.txt $place/use.txt
case ${1:-} in
  merge|agree|blocks|window) "$1" ;;
  *) sed -n '4,7s/^# *//p' "$0" >&2; exit 2 ;;
esac
