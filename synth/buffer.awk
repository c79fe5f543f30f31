# Gives every net with more than MAX readers in its module a tree of buffers. abc does not do it for nets that come out of a register,
# a port or another module, and those are the ones with hundreds of readers.
# Input: the netlist twice, as `write_verilog -noattr -noexpr` prints it: one pin a line. Only library cells count as readers.
# Variables: MAX; CELL, IN, OUT, the buffer and its pins; CLOCK, pins that are left alone, separated by blanks; CELLS, the liberty file.

BEGIN {
  while ((getline line < CELLS) > 0) {
    if (line ~ /^[ \t]*cell[ \t]*\(/) { gsub(/^[^(]*\([ \t"]*|[ \t"]*\).*/, "", line); cell = line; is_cell[cell] = 1 }
    if (line ~ /^[ \t]*pin[ \t]*\(/) { gsub(/^[^(]*\([ \t"]*|[ \t"]*\).*/, "", line); pin = line }
    if (line ~ /direction[ \t]*:[ \t]*"?input/) is_input[cell, pin] = 1
  }
  n = split(CLOCK, list, " ")
  for (i = 1; i <= n; i++) is_clock[list[i]] = 1
}

FNR == 1 { pass++ }
$1 == "module" { module = $2; sub(/\(.*/, "", module); inside = "" }
inside == "" && $1 in is_cell { inside = $1 }

# A pin of a library cell: .NAME(net), possibly with a blank after an escaped name.
inside != "" && /^ *\.[A-Za-z0-9_]+\(/ {
  pin = $0; sub(/^ *\./, "", pin); sub(/\(.*/, "", pin)
  net = $0; sub(/^[^(]*\(/, "", net); sub(/\),?$/, "", net)
  if ((inside, pin) in is_input && !(pin in is_clock) && net !~ /^[0-9]+'/) {
    key = module SUBSEP net
    if (pass == 1) readers[key]++
    else if (readers[key] > MAX) {
      seen = served[key]++
      tail = $0 ~ /,$/ ? "," : ""
      print "    ." pin "(" leaf(key, 1, int(seen / MAX)) ")" tail
      next
    }
  }
}
/^ *\);/ { inside = "" }

pass == 2 && $1 == "endmodule" {
  for (key in readers) {
    split(key, part, SUBSEP)
    if (part[1] == module && readers[key] > MAX) tree(key, part[2])
  }
}
pass == 2 { print }

# The net behind buffer `index_` of a level, level 1 next to the readers.
function leaf(key, level, index_) {
  if (!(key in number)) number[key] = ++trees
  return "fanout_" number[key] "_" level "_" index_
}

function tree(key, net,  below, count, level, i, source) {
  below = readers[key]
  for (level = 1; below > MAX; level++) {
    count = int((below + MAX - 1) / MAX)
    for (i = 0; i < count; i++) {
      source = count > MAX ? leaf(key, level + 1, int(i / MAX)) : net
      print "  wire " leaf(key, level, i) ";"
      print "  " CELL " buffer_" leaf(key, level, i) " (\n    ." IN "(" source "),\n    ." OUT "(" leaf(key, level, i) ")\n  );"
    }
    below = count
  }
}
