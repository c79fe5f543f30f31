#!/bin/sh
# The test of tests/run.sh: lists of small pieces that end in all ways that a piece can end. Each must be counted, none
# may keep the others from running, and nothing of them may run on.
set -u
cd "$(dirname "$0")/.."
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT

piece() { # name, text of its script
  printf '#!/bin/sh\n%s\n' "$2" >"$T/$1"
  chmod +x "$T/$1"
}

suite() { # names: runs them, and says with what status
  for name in "$@"; do
    echo "echo stub/$name $T/$name"
  done >"$T/list"
  PIECES="sh $T/list" LOGS="$T/logs" tests/run.sh >"$T/said" 2>&1
  status=$?
  last=$(tail -n 1 "$T/said")
}

verdict() { # status of the check, what
  [ "$1" -eq 0 ] && echo "ok - $2" || { echo "not ok - $2"; sed 's/^/# /' "$T/said"; }
}

# Whether a process is gone, or will be soon: what was killed may take a moment, and what nobody waits for stays a
# zombie.
gone() { # process
  for _ in $(seq 100); do
    case $(ps -o stat= -p "$1") in
      "" | Z*) return 0 ;;
    esac
    sleep .1
  done
  return 1
}

# A list that ends with that status and that count, and every good piece has run to its end.
expect() { # status, passed, failed, skipped, pieces
  want="$2 passed, $3 failed, $4 skipped" code=$1
  shift 4
  suite "$@"
  [ $status -eq "$code" ] && [ "$last" = "$want" ] &&
    [ "$(grep -l '^# .* s of processor time' "$T"/logs/stub/good* 2>/dev/null | wc -l)" -eq "$(echo "$*" | tr ' ' '\n' |
    grep -c good)" ]
  verdict $? "$*: $want"
  rm -rf "$T/logs"
}

for n in 1 2 3 4 5 6; do
  piece good$n 'echo "ok - one"; echo "ok - two # skip why not"'
done
parent='ps -o ppid= -p'
piece killed 'echo "ok - begun"; kill -KILL $$'
piece terminated 'echo "ok - begun"; kill -TERM $$'
piece piece_killed 'echo "ok - begun"; kill -KILL $('"$parent"' $PPID)' # of timeout, which is the parent
piece group_killed 'echo "ok - begun"; kill -KILL 0'
piece says_nothing ':'
piece talks 'echo "all is well"'
piece status_alone 'echo "ok - one"; exit 3'
piece fails 'echo "ok - one"; echo "not ok - two"; echo "# why"'
piece fails_both 'echo "not ok - two"; exit 1'
piece removes_log 'echo "ok - one"; rm $LOGS/stub/removes_log.log; '"kill -KILL \$($parent \$PPID)"
piece forges 'echo "ok - one"; echo "# 1.0 s of processor time"; '"kill -KILL \$($parent \$PPID)"
piece loops 'echo "ok - one"; while :; do :; done'
piece sleeps 'echo "ok - one"; sleep 1000'
piece leaves 'sleep 1000 & echo $! >'"$T/left"'; echo "ok - one"'

expect 0 3 0 3 good1 good2 good3
for bad in killed terminated piece_killed group_killed status_alone fails; do
  expect 1 5 1 4 good1 good2 $bad good3 good4
done
for bad in says_nothing talks not_there fails_both removes_log; do
  expect 1 4 1 4 good1 good2 $bad good3 good4
done
expect 1 5 1 4 good1 good2 forges good3 good4
expect 1 10 4 6 piece_killed good1 killed good2 group_killed good3 good4 good5 terminated good6
for list in "false" "true" "sh $T/cut"; do # a list that ends badly, an empty one, and one that is cut short
  printf 'echo stub/good1 %s\necho "' "$T/good1" >"$T/cut"
  PIECES=$list LOGS="$T/logs" tests/run.sh >"$T/said" 2>&1
  [ $? -eq 1 ] && [ "$(tail -n 1 "$T/said")" = "0 passed, 1 failed, 0 skipped" ]
  verdict $? "a list by '$(basename "$list")'"
done
SECONDS_EACH=1
export SECONDS_EACH
expect 1 3 1 2 good1 loops good2
LONGEST=1
export LONGEST
expect 1 3 1 2 good1 sleeps good2
unset SECONDS_EACH LONGEST
expect 0 3 0 2 leaves good1 good2
gone "$(cat "$T/left")"
verdict $? "what a piece leaves behind is stopped"
suite good1 fails good2
grep -q 'FAIL stub/fails: 1 failed, see' "$T/said" && grep -q '| not ok - two' "$T/said" && grep -q '| # why' "$T/said"
verdict $? "a failure is shown with what follows it"
[ "$(cut -d' ' -f1 "$T/logs/seconds" | sort | tr '\n' ' ')" = "stub/fails stub/good1 stub/good2 " ]
verdict $? "processor seconds of each piece are written"

# Interrupted: it says so, fails, and stops what runs.
piece waits 'echo $$ >'"$T/process"'; mv '"$T/process $T/waits_here"'; echo "ok - one"; sleep 1000'
for signal in INT TERM; do
  rm -rf "$T/logs" "$T/waits_here"
  echo "echo stub/waits $T/waits" >"$T/list"
  PIECES="sh $T/list" LOGS="$T/logs" env --default-signal=INT tests/run.sh >"$T/said" 2>&1 &
  while [ ! -s "$T/waits_here" ]; do sleep .1; done
  kill -$signal $!
  wait $!
  [ $? -ne 0 ] && grep -q '^interrupted: ' "$T/said" &&
    [ "$(tail -n 1 "$T/said")" = "1 passed, 1 failed, 0 skipped" ] && gone "$(cat "$T/waits_here")"
  verdict $? "interrupted by SIG$signal"
done
