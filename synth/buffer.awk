# Gives every net with more than MAX readers a tree of buffers, readers in the modules below included. abc does not do
# it for nets that come out of a register, a port or another module, and those are the ones with hundreds of readers.
# Input: the netlist twice, as `splitnets -ports; write_verilog -noattr -noexpr` prints it: one pin of one bit a line.
# Readers are pins of library cells. A port with more than MAX readers gets one buffer in its module, which is all that
# the module above sees of them.
# Variables: MAX; CELL, IN, OUT, the buffer and its pins; CLOCK, pins that are left alone, separated by blanks; CELLS,
# the liberty file.

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
pass == 1 && $1 == "input" { is_port[module, plain($2)] = 1 }
/^  [^ ].* \($/ && $1 != "module" { inside = $1; if (!(inside in is_cell)) is_below[inside] = 1 }

# A pin: .NAME(net) or .\NAME (net), and so the net.
inside != "" && /^ *\./ {
  pin = $0; sub(/^ *\./, "", pin); sub(/ ?\(.*/, "", pin); pin = plain(pin)
  net = $0; sub(/^[^(]*\(/, "", net); sub(/\),?$/, "", net); net = plain(net)
  if (net !~ /^[0-9]+'/ && net != "") {
    if (pass == 1) note_reader(module, net, inside, pin)
    else if (buffered(module, net) && (weight = weight_of(inside, pin)) > 0) {
      print "    ." verilog(pin) "(" leaf(module, net, 1, place_of(module, net, weight)) ")" ($0 ~ /,$/ ? "," : "")
      next
    }
  }
}
/^ *\);/ { inside = "" }

pass == 2 && $1 == "endmodule" {
  for (key in leaves) {
    split(key, part, SUBSEP)
    if (part[1] == module) tree(part[1], part[2])
  }
}
pass == 2 { print }

# Escaped names without their blank, and back.
function plain(name) { sub(/[ ;]+$/, "", name); return name }
function verilog(name) { return name ~ /^\\/ ? name " " : name }

function note_reader(module, net, type, pin) {
  if (type in is_cell) cells[module, net] += weight_of(type, pin)
  else ports_below[module, net] = ports_below[module, net] type SUBSEP pin "\n"
}

# What a pin counts for: a library cell's input once, a port for its readers or for its buffer.
function weight_of(type, pin,  count) {
  if (type in is_cell) return (type, pin) in is_input && !(pin in is_clock)
  if (!((type, pin) in is_port)) return 0
  count = readers(type, pin)
  return count > MAX ? 1 : count
}

function readers(module, net,  list, part, n, i, sum) {
  if ((module, net) in known) return known[module, net]
  sum = cells[module, net]
  n = split(ports_below[module, net], list, "\n")
  for (i = 1; i < n; i++) {
    split(list[i], part, SUBSEP)
    sum += weight_of(part[1], part[2])
  }
  return known[module, net] = sum
}

function buffered(module, net) { return readers(module, net) > MAX }

# The buffer next to the readers that the next reader gets.
function place_of(module, net, weight) {
  if (!((module, net) in leaves) || filled[module, net] + weight > MAX) {
    leaves[module, net]++
    filled[module, net] = 0
  }
  filled[module, net] += weight
  return leaves[module, net] - 1
}

# The net behind buffer `index_` of a level, level 1 next to the readers.
function leaf(module, net, level, index_) {
  if (!((module, net) in number)) number[module, net] = ++trees
  return "fanout_" number[module, net] "_" level "_" index_
}

# A port drives one buffer, other nets up to MAX; the top's ports are driven from outside and count as other nets.
function tree(module, net,  most, count, level, i, source) {
  most = (module, net) in is_port && module in is_below ? 1 : MAX
  count = leaves[module, net]
  for (level = 1; count > 0; level++) {
    for (i = 0; i < count; i++) {
      source = count > most ? leaf(module, net, level + 1, int(i / MAX)) : verilog(net)
      print "  wire " leaf(module, net, level, i) ";"
      print "  " CELL " buffer_" leaf(module, net, level, i) " (\n    ." IN "(" source "),\n    ." \
            OUT "(" leaf(module, net, level, i) ")\n  );"
    }
    count = count > most ? int((count + MAX - 1) / MAX) : 0
  }
}
