#!/bin/sh
# Runs one piece of the suite: piece.sh "GROUP/NAME command ...". Its output becomes the log LOGS/GROUP/NAME.log; a
# program that ends badly without a failing line, or says nothing at all, gets one. The log's last line is the mark that
# the piece has ended, with its processor seconds, those of all it started, which do not depend on what else the machine
# does.
# Nothing here depends on wall time: SECONDS_EACH [600] are processor seconds that one process may take, which ends
# loops, and LONGEST [20000] is for what sleeps for ever, a hundred times what the longest piece takes.
set -u
name=${1%% *}
command=${1#* }
log=$LOGS/$name.log
mkdir -p "$(dirname "$log")"
export CMOCKA_MESSAGE_OUTPUT=TAP
export LACUNA_PIECE="$name"
began=$(date +%s)
ulimit -t "${SECONDS_EACH:-600}"
timeout --foreground -k 10 "${LONGEST:-20000}" $command >"$log" 2>&1 </dev/null
status=$?
if [ $status -ne 0 ] && ! grep -q '^not ok' "$log"; then
  echo "not ok - $name ended with status $status" >>"$log"
fi
grep -q '^\(not \)\?ok' "$log" || echo "not ok - $name tested nothing" >>"$log"
times >"$log.times" # of the shell, then of what it waited for: minutes, m, seconds, s, of user and of system
spent=$(awk 'NR == 2 { gsub(/m/, " "); gsub(/s/, ""); printf "%.1f", 60 * $1 + $2 + 60 * $3 + $4 }' "$log.times")
rm "$log.times"
echo "# $spent s of processor time, $(($(date +%s) - began)) s" >>"$log"
