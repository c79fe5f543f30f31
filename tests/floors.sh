#!/bin/sh
# The folders' order as TAP: no include goes up to a higher floor of tests/floors.txt or across to another folder of the
# same, none of gen and sim goes to harness, and no file outside an engine's folders names what belongs to one engine.
set -u
cd "$(dirname "$0")/.."

find gen harness sim -name '*.[ch]' -o -name '*.cpp' | sort | xargs awk '
  BEGIN {
    names_of_engines = "ENGINE_(DENSE|GRIFFIN|HSS|OUTER|SPARSE)|engine_(dense|griffin|hss|outer)|is_structured|" \
      "is_outer|has_windows|writes_sparse|a_compressed|(hss|outer|griffin|dsso)_[a-z]"
  }
  FILENAME == "tests/floors.txt" {
    if ($1 == "floor") { level++; for (i = 2; i <= NF; i++) floor[$i] = level }
    next
  }
  FNR == 1 {
    folder = FILENAME
    sub("/[^/]*$", "", folder)
    own = folder
    sub(".*/", "", own)
    if (!(folder in floor)) { print "not ok - " folder " has no floor in tests/floors.txt"; floor[folder] = 0 }
  }
  /^#include "/ {
    split($0, part, "\"")
    to = part[2]
    sub("/[^/]*$", "", to)
    if (FILENAME !~ /^harness/ && to ~ /^harness/) print "not ok - " FILENAME " includes " part[2] ", of the harness"
    if (to == folder || !(to in floor) || floor[to] < floor[folder]) next
    print "not ok - " FILENAME " includes " part[2] ", which is not below it"
  }
  own !~ /^(dense|griffin|hss|outer|rows)$/ && match($0, names_of_engines) {
    print "not ok - " FILENAME ":" FNR " names an engine: " substr($0, RSTART, RLENGTH)
  }
  END { print "ok - floors" }' tests/floors.txt
