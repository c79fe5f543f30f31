# The modes of an engine and the patterns of its weights, and cases in each of them; to be sourced.

field() { # of the plan of $config
  "${LACUNA:-build/lacuna}" info "$config" --json | sed -n "s/^    \"$1\": \([0-9]*\),*$/\1/p" | head -n 1
}

modes_of() { # "dense b auto"; "dense" if there is no choice; all where A is structured, since others run in passes
  config=$1
  awk -v bits="$(field modes)" -v structured="$(field hss_a_g0)" 'BEGIN {
    if (structured) bits = 15
    split("dense a b ab", name, " ")
    for (i = 1; i <= 4; i++)
      if (int(bits / 2 ^ (i - 1)) % 2) list = list " " name[i]
    print substr(list, 2) (bits > 1 ? " auto" : "")
  }'
}

patterns_of() { # structured weights: "4:8/2:4", a line each
  "${LACUNA:-build/lacuna}" info "$1" --json | sed -n 's/^ *"pattern": "\([0-9:/]*\)",*$/\1/p'
}

# Options for every mode, a line each; of the outer-product engine with either format of A; in place of mode b or ab
# with structured weights every second pattern, made to be obeyed.
ways_of() {
  patterns=$(patterns_of "$1" | awk 'NR % 2')
  for mode in $(modes_of "$1"); do
    case $mode in
      auto) ;;
      *) [ "$(field outer_blocks)" -gt 0 ] && printf -- "--mode $mode --a-format %s\n" dense compressed && continue ;;
    esac
    case $mode in
      b | ab) [ -n "$patterns" ] && echo "$patterns" | sed "s|.*|--mode $mode --pattern hss:& --prune|" && continue ;;
    esac
    echo "--mode $mode$(prunes $mode)"
  done
}

prunes() { # " --prune" in the mode in which structured A must obey
  [ "$1" != a ] || [ "$(field hss_a_g0)" -eq 0 ] || echo " --prune"
}

# Of the lines of tables on the standard input those whose patterns match a configuration, without its folder.
concerning() { # configuration
  stem=$(basename "$1" .yaml)
  set -f
  while IFS= read -r line; do
    for pattern in ${line%%|*}; do
      case $stem in
        $pattern) printf '%s\n' "$line" && break ;;
      esac
    done
  done
  set +f
}

# Cases of a table on the standard input, each in the next of several ways, or with a second word in every one.
in_ways() {
  awk -v ways="$1" -v every="${2:-}" '
    function with(way) { # what the case says itself holds
      if (/ --a-format /) sub(/ --a-format [a-z]*/, "", way)
      return $0 " " way
    }
    BEGIN { count = split(ways, way, "\n") }
    /^ *(#|$)/ || / --mode / || count == 1 { print; next }
    every { for (i = 1; i <= count; i++) print with(way[i]); next }
    { print with(way[turn++ % count + 1]) }'
}
