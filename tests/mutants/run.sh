#!/bin/sh
# Deliberate breaks of the tree, each against a few pieces of the suite:
#   mutants/run.sh [NAME]...   those named, or all of tests/mutants/mutants.txt
#   mutants/run.sh --apply     whether every edit still changes one line, and no more
# Each is made in a copy of the tree, build/mutants/tree, which is built anew from what changed; the copy of one is not
# seen by the next.
# A line each: killed, SURVIVED (no piece failed), DOES NOT APPLY (the edit changes nothing, or more than one line),
# DOES NOT BUILD.
# Ends with status 1 if one was not killed, or if a piece fails without a break.
set -u
cd "$(dirname "$0")/../.."
root=$(pwd)
tree=$root/build/mutants/tree
scratch=$root/build/mutants
# a mutant that loops is killed, too
export SETUP=no SECONDS_EACH=100 LACUNA_DATA="$(realpath "${LACUNA_DATA:-../shared/data}")"
killed=0 wrong=0

rows() { # of the table: name, file, edit, pieces, a line each
  grep -v '^#' tests/mutants/mutants.txt | sed 's/ *| */\n/; s/ *| */\n/; s/\(.*[^ ]\) *| */\1\n/'
}

changes() { # file, edit: lines that it changes
  sed "$2" "$1" | diff "$1" - | grep -c '^<'
}

if [ "${1:-}" = --apply ]; then
  rows | while IFS= read -r name && IFS= read -r file && IFS= read -r edit && IFS= read -r pieces; do
    [ "$(changes "$file" "$edit")" -eq 1 ] || echo "$name: $file: $edit"
  done
  exit
fi

# The tree as it stands, with what is built of it, so that a mutant compiles one file.
rm -rf "$scratch"
mkdir -p "$tree"
: >"$scratch/sound"
git ls-files -z --cached --others --exclude-standard | xargs -0 cp --parents --preserve=timestamps -t "$tree"
for part in build/lacuna build/unit build/obj; do
  [ ! -e "$part" ] || { mkdir -p "$tree/$(dirname "$part")" && cp -a "$part" "$tree/$(dirname "$part")"; }
done

# Programs that the pieces run: build/unit/NAME for unit/NAME.
programs() { # pieces
  echo build/lacuna
  for piece in "$@"; do
    case $piece in
      unit/*) echo "build/$piece" ;;
    esac
  done
}

# Not those whose names begin so, too.
exactly() { # pieces
  for piece in "$@"; do
    case $piece in
      unit/*) echo "$piece[^_]" ;;
      *) echo "$piece" ;;
    esac
  done
}

say() { # verdict, more
  printf '%-15s %-20s %s\n' "$1" "$name" "$2"
}

# Pieces that fail without a break, too, say nothing: each runs once before its first mutant.
sound() { # pieces
  grep -qxF "$1" "$scratch/sound" && return 0
  make -C "$tree" -s $(programs $1) >"$scratch/said" 2>&1 &&
    (cd "$tree" && tests/run.sh $(exactly $1)) >"$scratch/said" 2>&1 &&
    echo "$1" >>"$scratch/sound" && return 0
  echo "$1 fails without a break: $(tail -n 1 "$scratch/said")"
  wrong=$((wrong + 1))
  return 1
}

attempt() { # name, file, edit, pieces
  name=$1 file=$2 edit=$3
  shift 3
  cp --preserve=timestamps "$tree/$file" "$scratch/original"
  if [ "$(changes "$scratch/original" "$edit")" -ne 1 ]; then
    say "DOES NOT APPLY" "$file: $edit"
    return 1
  fi
  sed "$edit" "$scratch/original" >"$tree/$file"
  if ! make -C "$tree" -s $(programs "$@") >"$scratch/said" 2>&1; then
    say "DOES NOT BUILD" "$(grep -m 1 error "$scratch/said")"
    return 1
  fi
  (cd "$tree" && tests/run.sh $(exactly "$@")) >"$scratch/said" 2>&1
  last=$(tail -n 1 "$scratch/said")
  case $last in
    *" 0 failed"*) say SURVIVED "$* : $last" && return 1 ;;
    *passed*) say killed "$* : $last" && return 0 ;;
  esac
  say "DOES NOT RUN" "$* : $last"
  return 1
}

rows >"$scratch/table"
while IFS= read -r name && IFS= read -r file && IFS= read -r edit && IFS= read -r pieces; do
  [ $# -eq 0 ] || echo " $* " | grep -qF " $name " || continue
  sound "$pieces" || break
  attempt "$name" "$file" "$edit" $pieces && killed=$((killed + 1)) || wrong=$((wrong + 1))
  cat "$scratch/original" >"$tree/$file" # newer than what was built of the mutant
done <"$scratch/table"
echo "$killed killed, $wrong not"
[ "$wrong" -eq 0 ] && [ "$killed" -gt 0 ]
