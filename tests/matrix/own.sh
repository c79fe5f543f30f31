# What the tests do differently for one engine; to be sourced at the top of the tree. tests/matrix/FAMILY/own.sh changes
# these where the plan of $config has its fields: field NAME is the value of one.

own_modes() { # bits 1 << mode of runs
  field modes
}

own_ways() { # mode: options of a run, a line for every way to run in it
  echo "--mode $1"
}

own_way() { # mode: options with which errors are made
  echo "--mode $1"
}

own_kinds() { # what can be spoilt of a word of metadata of B
  :
}

own_product() { # K and columns: twenty steps, so that the deepest window takes more than a word for them
  echo $((20 * $(field k0))) 6
}

own_in_place() { # channel: succeeds where what is spoilt is found in its own word
  false
}

own_spoils() { # errors of its own, by spoil of inject.sh
  :
}

own_checks() { # runs of its own
  :
}

own_sizes() { # sets B, S and STEP of cases.sh
  :
}

for own in tests/matrix/*/own.sh; do
  . "$own"
done
