#!/bin/bash
# Runs the tests: run.sh [GROUP]...   without a group all of them. The programs of `make units` must be there.
# A piece is a line "GROUP/NAME command" of tests/pieces.sh; pieces run on all cores, each writes TAP to
# build/tests/GROUP/NAME.log.
# A piece whose log does not end in the mark of tests/piece.sh has failed, whatever became of it, and the others still
# run.
# Says how far it is, on a terminal in one line, otherwise every half minute; build/tests/seconds has the processor
# seconds of each piece, of which tests/weights.txt is a copy: the heaviest begin first, and the time left is told by
# them.
# The last line is "N passed, N failed, N skipped"; exit status 1 if anything failed or did not run.
# For the test of this runner: PIECES, what prints the pieces; LOGS, the folder of the logs.
set -u -m # each piece a process group of its own, so that nothing of it outlives it
cd "$(dirname "$0")/.." || exit
export LC_ALL=C LACUNA_DATA="${LACUNA_DATA:-../shared/data}" LOGS="${LOGS:-build/tests}"
export LACUNA_MODEL_OPT="${LACUNA_MODEL_OPT:--Og}" # what short runs win by -O2, its longer build costs four times
unset MAKEFLAGS MAKELEVEL
cores=$(nproc)
interval=30
[ -t 1 ] && interval=1
declare -A running=() weight=() # process: piece; piece: its share of the work
ticker='' done=0 failed_pieces=0

wanted() {
  if [ $# -eq 0 ]; then
    cat
  else
    grep -E "^($(echo "$*" | tr ' ' '|'))"
  fi
}

# Heaviest first; a piece that was never weighed counts as one of 5 s.
by_weight() {
  awk 'FILENAME != "-" { weight[$1] = $2; next } { print ($1 in weight ? weight[$1] : 5), $0 }' tests/weights.txt - |
    sort -k1,1 -g -r -s
}

# Reads names of pieces, prints "passed failed skipped" and the last lines of what failed.
tally() {
  awk -v logs="$LOGS" '
    function count(line) {
      if (line ~ /^(not )?ok .*# *[Ss][Kk][Ii][Pp]/) skipped++
      else if (line ~ /^ok/) passed++
      else if (line ~ /^not ok/) wrong++
    }
    {
      log_of = logs "/" $1 ".log"
      last = ""
      while ((getline line < log_of) > 0) {
        count(line)
        last = line
      }
      close(log_of)
      if (last !~ /^# [0-9.]+ s of processor time, [0-9]+ s$/) wrong++
    }
    END { print passed + 0, wrong + 0, skipped + 0 }'
}

clear_line() {
  [ -t 1 ] && printf '\r\033[K'
}

progress() {
  local text left
  left=$(awk -v total="$total_weight" -v part="$done_weight" -v spent=$SECONDS -v cores="$cores" 'BEGIN {
    left = part > total / 20 ? spent * (total - part) / part : (total - part) / cores
    printf left < 90 ? "%d s" : "%d min", left < 90 ? left : left / 60 + .5
  }')
  text="$done of $total pieces done, $failed_pieces failed, about $left left"
  if [ -t 1 ]; then
    printf '\r\033[K%s' "$text"
  else
    echo "# $text"
  fi
}

start_ticker() {
  sleep $interval &
  ticker=$!
}

# A piece that has ended: what it left is stopped, and its failures are shown.
finish() { # process
  local name=${running[$1]} counts
  unset "running[$1]"
  kill -KILL -- "-$1" 2>/dev/null
  counts=($(echo "$name" | tally))
  done=$((done + 1))
  done_weight=$(awk -v sum="$done_weight" -v more="${weight[$name]}" 'BEGIN { print sum + more }')
  [ "${counts[1]}" -eq 0 ] && return
  failed_pieces=$((failed_pieces + 1))
  clear_line
  echo "FAIL $name: ${counts[1]} failed, see $LOGS/$name.log"
  { grep -A 3 '^not ok' "$LOGS/$name.log" || tail -n 3 "$LOGS/$name.log" || echo "it did not start"; } 2>&1 |
    tail -n 12 | sed 's/^/  | /'
}

# Waits until a piece ends; the ticker's end is time to say how far it is. Without it a piece that ends unseen could be
# waited for.
await() {
  local alive process
  wait -n "${!running[@]}" "$ticker" 2>/dev/null
  alive=" $(jobs -pr | tr '\n' ' ')"
  for process in "${!running[@]}"; do
    [[ $alive == *" $process "* ]] || finish "$process"
  done
  [[ $alive == *" $ticker "* ]] || { progress; start_ticker; }
}

stop() {
  trap '' INT TERM HUP
  for process in "${!running[@]}" $ticker; do
    disown "$process" # without it the shell would tell of its death
    kill -KILL -- "-$process"
  done 2>/dev/null
}

conclude() {
  local counts
  clear_line
  counts=($(cut -d' ' -f1 <<<"$pieces" | tally))
  while read -r name _; do
    sed -n '$s/^# \([0-9.]*\) s of processor time, \([0-9]*\) s$/'"${name//\//\\/}"' \1 \2/p' "$LOGS/$name.log" \
      2>/dev/null
  done <<<"$pieces" >"$LOGS/seconds"
  awk '{ sum += $2; if ($2 > most) { most = $2; piece = $1 } }
    END { if (piece) printf "# %d s of processor time, the most in %s: %d s\n", sum, piece, most }' "$LOGS/seconds"
  echo "${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped"
  [ "${counts[1]}" -eq 0 ] && [ "${counts[0]}" -gt 0 ]
}

interrupted() {
  stop
  clear_line
  echo "interrupted: $done of $total pieces had ended; those that had not count as failed"
  conclude
  exit 1
}

main() { # as a function it is read whole before it runs, so that an editor may write this file meanwhile
  mkdir -p "$LOGS"
  listed=$(${PIECES:-tests/pieces.sh}) ||
    { echo "${PIECES:-tests/pieces.sh} ended with status $?"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
  weighed=$(wanted "$@" <<<"$listed" | by_weight)
  pieces=$(cut -d' ' -f2- <<<"$weighed")
  total=$(grep -c . <<<"$pieces")
  total_weight=$(awk '{ sum += $1 } END { print sum + 0 }' <<<"$weighed") done_weight=0
  [ "$total" -gt 0 ] || { echo "no piece of tests/pieces.sh begins with: $*"; echo "0 passed, 1 failed, 0 skipped"; \
    exit 1; }
  while read -r share name _; do
    weight[$name]=$share
    rm -f "$LOGS/$name.log"
  done <<<"$weighed"
  trap interrupted INT TERM HUP
  start_ticker
  while read -r piece <&3; do
    while [ ${#running[@]} -ge "$cores" ]; do await; done
    tests/piece.sh "$piece" </dev/null 3<&- &
    running[$!]=${piece%% *}
  done 3<<<"$pieces"
  while [ ${#running[@]} -gt 0 ]; do await; done
  trap - INT TERM HUP
  stop
  conclude
}

main "$@"; exit
