#!/bin/sh
# The folders' order as TAP: no include goes up to a higher floor of tests/floors.txt or across to another folder of the
# same, and none of gen and sim goes to harness. No C file outside an engine's folders names what belongs to one engine,
# nor does a script of the tests, which may give a configuration by its file. The table of floors in
# docs/architecture.md is that of tests/floors.txt.
set -u
cd "$(dirname "$0")/.."

rows=$(sed -n 's|^#include "\(gen/rows/.*[.]h\)"$|\1|p' gen/rows/engines.h)
code=$(find gen harness sim -name '*.[ch]' -o -name '*.cpp' | sort)
# Tables of cases, *.txt, name configurations.
scripts=$(find tests tests/matrix tests/leaf tests/mutants tests/pair -maxdepth 1 -type f -not -name '*.txt')

# A file that is named after an engine is in a folder of its name, or its name begins so: docs/adding-an-engine.md finds
# all of an engine by that.
for family in $(basename -s .h $rows); do
  find . -path ./build -prune -o -path ./.git -prune -o -type f -name "*$family*" -print |
    grep -vE "/$family/|/$family[._-][^/]*\$" | sed "s|^|not ok - not found with all of $family: |"
done

awk '
  function any(set,   name, list) {
    for (name in set) list = list "|" name
    return "(" substr(list, 2) ")"
  }
  # A folder ENGINE in a line of tests/floors.txt is one for each family.
  function set_floor(folder,   name) {
    if (folder !~ /ENGINE/) floor[folder] = level
    else for (name in family) {
      sub(/[^\/]*$/, name, folder)
      floor[folder] = level
    }
  }
  # What the table of the architecture has in a column: folders without the layer, ENGINE in italics.
  function cell(layer, list,   count, part, i, text) {
    count = split(list, part)
    for (i = 1; i <= count; i++)
      if (sub("^" layer "/", "", part[i])) text = text " " part[i]
    return text == "" ? " " : text
  }
  FILENAME ~ /^gen\/rows/ && !begun {
    if (FNR == 1) {
      row[FILENAME]
      name = FILENAME
      sub(/.*\//, "", name)
      sub(/[.]h$/, "", name)
      family[name]
      if (name != "dense") word[name] # which is a mode and a format of most
    }
    if (match($0, /[A-Z_]+, "[a-z_0-9]+", [0-9]+, [a-z]+,/)) {
      name = substr($0, RSTART, RLENGTH)
      sub(/,.*/, "", name)
      kind[name]
      if (name != "DENSE") word[tolower(name)]
    }
    if (match($0, /OWN_FIELD\([a-z]+,/)) part_of_plan[substr($0, RSTART + 10, RLENGTH - 11)]
    next
  }
  FILENAME == "tests/floors.txt" {
    begun = 1
    if ($1 != "floor") next
    level++
    for (i = 2; i <= NF; i++) set_floor($i)
    sub(/^floor/, "")
    table[level] = "| " level " |" cell("gen", $0) " |" cell("sim", $0) " |" cell("harness", $0) " |"
    next
  }
  FNR == 1 {
    names = "[A-Z]_" toupper(any(word)) "([^A-Z_]|$)|ENGINE_" any(kind) "|engine_" any(family)
    names = names "|" any(word) "_[a-z]|(->|[.])" any(part_of_plan) "[.]"
    words = "(^|[^a-z_])" any(word) "([^a-z]|$)"
    folder = FILENAME
    sub("/[^/]*$", "", folder)
    own = folder
    sub(".*/", "", own)
  }
  FILENAME == "docs/architecture.md" {
    if (/^\| [0-9]+ \|/ && $2 in table) {
      if ($0 != table[$2]) print "not ok - docs/architecture.md:" FNR ": tests/floors.txt has " table[$2]
      delete table[$2]
    }
    next
  }
  FILENAME ~ /^tests/ {
    gsub(/configs\/[a-z_0-9]+[.]yaml/, "")
    if (match($0, words)) print "not ok - " FILENAME ":" FNR " names an engine: " substr($0, RSTART, RLENGTH)
    next
  }
  FNR == 1 && !(folder in floor) {
    print "not ok - " folder " has no floor in tests/floors.txt"
    floor[folder] = 0
  }
  /^#include "/ {
    split($0, part, "\"")
    to = part[2]
    sub("/[^/]*$", "", to)
    if (FILENAME !~ /^harness/ && to ~ /^harness/) print "not ok - " FILENAME " includes " part[2] ", of the harness"
    if (to == folder || !(to in floor) || floor[to] < floor[folder]) next
    print "not ok - " FILENAME " includes " part[2] ", which is not below it"
  }
  !(FILENAME in row) && !(own in family) && match($0, names) {
    print "not ok - " FILENAME ":" FNR " names an engine: " substr($0, RSTART, RLENGTH)
  }
  END {
    for (level in table) print "not ok - docs/architecture.md lacks floor " level ": " table[level]
    print "ok - floors"
  }' $rows tests/floors.txt docs/architecture.md $scripts $code
