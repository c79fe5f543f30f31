# Reads the headers of leaves and rtl/*/leaves.txt, in this order. pass=script: what Yosys is to do. pass=print: writes
# the signatures of each folder of rtl/ to a file of its name in `folder`, with the paths that Yosys has found.

function fail(what) {
  print FILENAME ":" FNR ": " what >"/dev/stderr"
  failed = 1
  exit 1
}

# ---- leaves, one module a file

FILENAME ~ /\.v$/ {
  if (FNR == 1) {
    module = FILENAME
    sub(/.*\//, "", module)
    sub(/\.v$/, "", module)
    modules[++module_count] = module
    header = 0
  }
  sub(/ *\/\/.*/, "")
  if ($1 == "module") header = 1
  else if (/^\);/) header = 0
  else if (header) read_header($0)
  else if ($1 ~ /^lac_/) below[module] = below[module] " " $1
  next
}

function read_header(line) {
  if (line ~ /^ *(\) \()?$/) return
  sub(/,$/, "", line)
  if (line ~ /^ *parameter .*=/) read_parameter(line)
  else if (line ~ /^ *(input|output) +(wire|reg) [^,]*$/) read_port(line)
  else fail("a line has one parameter or one port")
}

function read_parameter(line) {
  sub(/^ *parameter +(\[[^]]*\] +)?/, "", line)
  name = line
  sub(/ *=.*/, "", name)
  sub(/^[^=]*= */, "", line)
  param[module, ++params[module]] = name
  fallback[module, name] = line
}

function read_port(line) {
  name = line
  sub(/.* /, "", name)
  port[module, ++ports[module]] = name
  output[module, name] = line ~ /^ *output/
  width[module, name] = line ~ /\[/ ? width_of(line) : 1
}

# From [W-1:0] to W, from [31:0] to 32, from [W:0] to W + 1.
function width_of(line) {
  if (line !~ /\[[^:?]*:0\]/) fail("a width is [FORMULA:0]")
  sub(/.*\[ */, "", line)
  sub(/:0\].*/, "", line)
  if (line ~ /^[0-9]+$/) return line + 1
  if (sub(/ *- *1$/, "", line)) return line
  return line " + 1"
}

# ---- leaves.txt of each folder

/^#/ || !NF { next }

{
  if (/^lac_/) {
    leaf = $1
    if (!(leaf in params) && !(leaf in ports)) fail("rtl/ has no " leaf)
    if (!(leaf in lines)) leaves[++leaf_count] = leaf
    home[leaf] = FILENAME
    sub(/\/leaves[.]txt$/, ".inc", home[leaf])
    sub(/^.*\//, "", home[leaf])
    sample[++sample_count] = leaf
    lines[leaf]++
  }
  for (i = /^lac_/ ? 2 : 1; i <= NF; i++) read_value($i)
}

function read_value(word) {
  if (word !~ /^[A-Z0-9_]+(=[0-9]+)?(\[[0-9]+\.\.[0-9]*\])?$/) fail("not NAME=VALUE[LOW..HIGH]: " word)
  name = word
  sub(/[=[].*/, "", name)
  if (!((leaf, name) in fallback)) fail(leaf " has no parameter " name)
  if (word ~ /=/) {
    set[leaf, name]++
    sub(/^[^=]*=/, "", word)
    values[sample_count] = values[sample_count] " -chparam " name " " word + 0
  }
  if (sub(/.*\[/, "", word)) {
    low[leaf, name] = word + 0
    sub(/.*\.\./, "", word)
    high[leaf, name] = word == "]" ? "ANY" : word + 0
  }
}

# ---- Yosys: ports of each sample, and the inputs from which no register separates an output

function print_script(    i, k) {
  printf "read_verilog -defer"
  for (i = 1; i <= module_count; i++) printf " %s", files[i]
  print "\ndesign -save leaves"
  for (i = 1; i <= sample_count; i++) {
    print "design -load leaves\nhierarchy -check -top " sample[i] values[i] "\nproc\nflatten\nopt_clean"
    add("log sample " sample[i] values[i])
    add("dump i:* o:*")
    for (k = 1; k <= ports[sample[i]]; k++)
      if (output[sample[i], port[sample[i], k]]) {
        add("log output " port[sample[i], k])
        add("select -list o:" port[sample[i], k] " %ci*:-$dff,$adff,$sdff,$dffe,$sdffe,$sdffce i:* %i")
      }
  }
}

function add(command) { print "tee -q -a " folder "/ports " command }

function read_paths(    line, word, out) {
  while ((getline line <(folder "/ports")) > 0) {
    split(line, word)
    if (word[1] == "sample") leaf = word[2]
    if (word[1] == "output") out = word[2]
    if (line ~ "^" leaf "/") path[leaf, out, substr(line, length(leaf) + 2)] = 1
  }
}

# ---- signatures

function quoted(text) { return text == "" ? "NULL" : "\"" text "\"" }

# Names as a string; one that does not fit beside what is before it is on lines of its own.
function quoted_list(names,    part, count, i, line, text) {
  if (length(names) < 70) return " " quoted(names)
  count = split(names, part, " ")
  for (i = 1; i <= count; i++) {
    if (length(line) + length(part[i]) > 108) {
      text = text "\n     \"" line "\""
      line = ""
    }
    line = line part[i] (i < count ? " " : "")
  }
  return text "\n     \"" line "\""
}

function collect(module,    i, count, part) {
  count = split(below[module], part, " ")
  for (i = 1; i <= count; i++)
    if (!(part[i] in used)) {
      used[part[i]] = 1
      collect(part[i])
    }
}

function uses(leaf,    i, text) {
  split("", used)
  collect(leaf)
  for (i = 1; i <= module_count; i++)
    if (modules[i] in used) text = text " " modules[i]
  return substr(text, 2)
}

function print_param(leaf, name) {
  if (!((leaf, name) in low)) {
    low[leaf, name] = (leaf, name) in set
    high[leaf, name] = "ANY"
  }
  printf "    {\"%s\", %d, %s, %s},\n", name, low[leaf, name], high[leaf, name],
    set[leaf, name] == lines[leaf] ? "NULL" : quoted(fallback[leaf, name]) >to
}

function print_port(leaf, name,    k, comb) {
  for (k = 1; k <= ports[leaf]; k++)
    if ((leaf, name, port[leaf, k]) in path) comb = comb " " port[leaf, k]
  printf "    {\"%s\", %s, \"%s\",%s},\n", name, output[leaf, name] ? "PORT_OUT" : "PORT_IN", width[leaf, name],
    quoted_list(substr(comb, 2)) >to
}

function print_leaf(leaf,    i) {
  printf "\nLEAF(%s,%s,\n  PARAMS(\n", substr(leaf, 5), quoted_list(uses(leaf)) >to
  for (i = 1; i <= params[leaf]; i++) print_param(leaf, param[leaf, i])
  print "  ),\n  PORTS(" >to
  for (i = 1; i <= ports[leaf]; i++) print_port(leaf, port[leaf, i])
  print "  ))" >to
}

function sort_modules(    i, k, name) {
  for (i = 2; i <= module_count; i++) {
    name = modules[i]
    for (k = i - 1; k >= 1 && modules[k] > name; k--) modules[k + 1] = modules[k]
    modules[k + 1] = name
  }
}

END {
  if (failed) exit 1
  if (pass == "script") {
    for (i = 1; i < ARGC; i++)
      if (ARGV[i] ~ /\.v$/) files[++file_count] = ARGV[i]
    print_script()
  } else {
    sort_modules()
    read_paths()
    for (i = 1; i <= leaf_count; i++) {
      to = folder "/" home[leaves[i]]
      if (!(to in begun))
        print "// `make leaves` writes this from the leaves here and leaves.txt. See gen/leaf/leaves.h." >to
      begun[to] = 1
      print_leaf(leaves[i])
    }
  }
}
