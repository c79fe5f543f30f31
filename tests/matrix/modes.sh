# The modes of an engine, and cases in each of them; to be sourced.

field() { # of the plan of $config
  "${LACUNA:-build/lacuna}" info "$config" --json | sed -n "s/^    \"$1\": \([0-9]*\),*$/\1/p" | head -n 1
}

modes_of() { # "dense b auto"; "dense" if there is no choice
  config=$1
  awk -v bits="$(field modes)" 'BEGIN {
    split("dense a b ab", name, " ")
    for (i = 1; i <= 4; i++)
      if (int(bits / 2 ^ (i - 1)) % 2) list = list " " name[i]
    print substr(list, 2) (bits > 1 ? " auto" : "")
  }'
}

# Cases of a table on the standard input, each in the next of several modes, or with a second word in every one.
in_modes() {
  awk -v modes="$1" -v every="${2:-}" '
    BEGIN { count = split(modes, mode, " ") }
    /^ *(#|$)/ || / --mode / || count == 1 { print; next }
    every { for (i = 1; i <= count; i++) print $0 " --mode " mode[i]; next }
    { print $0 " --mode " mode[turn++ % count + 1] }'
}
