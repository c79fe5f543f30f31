# The modes of an engine, and cases in each of them; to be sourced, at the top of the tree.

field() { # of the plan of $config
  "${LACUNA:-build/lacuna}" info "$config" --json | sed -n "s/^    \"$1\": \([0-9]*\),*$/\1/p" | head -n 1
}

modes_of() { # "dense b auto"; "dense" if there is no choice
  config=$1
  . tests/matrix/own.sh
  awk -v bits="$(own_modes)" 'BEGIN {
    split("dense a b ab", name, " ")
    for (i = 1; i <= 4; i++)
      if (int(bits / 2 ^ (i - 1)) % 2) list = list " " name[i]
    print substr(list, 2) (bits > 1 ? " auto" : "")
  }'
}

ways_of() { # options for every mode, a line each
  config=$1
  . tests/matrix/own.sh
  for mode in $(modes_of "$1"); do
    own_ways "$mode"
  done
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
