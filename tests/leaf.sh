#!/bin/sh
# The bench and the lint of one leaf as TAP: leaf.sh NAME. A line of leaf/run.sh that does not end in PASS is a failure.
here=$(dirname "$0")
"$here/leaf/run.sh" "$1" 2>&1 |
  awk '/^lac_[^:]*: PASS/ { print "ok - " $0; next } /^lac_[^:]*: /{ print "not ok - " $0; next } { print "# " $0 }'
"$here/leaf/lint.sh" "$1" 2>&1 |
  awk '/: clean$/ { print "ok - lint " $0; next } /: FAIL$/ { print "not ok - lint " $0; next } { print "# " $0 }'
