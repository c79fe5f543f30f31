# Outer products: every mode with either format of A. A word of metadata is a panel's record, which fills up a beat as
# often as not; bitmaps have no ends of blocks: fall is a set past the segment.
if [ "$(field outer_blocks)" -gt 0 ]; then
  own_ways() {
    [ "$1" = auto ] && echo "--mode auto" || printf -- "--mode $1 --a-format %s\n" dense compressed
  }

  own_kinds() {
    echo code advance end tag padding
  }

  own_product() {
    echo $((5 * $(field k0) / 2)) $((3 * $(field n0) - 1))
  }

  own_spoils() {
    mode=dense
    for kind in count less offset fall; do
      spoil set $kind run "$config" --a random:5x70:0.5 --b random:70x5:0.5 --mode dense --a-format compressed
    done
  }

  own_sizes() { # chunks of fibers
    B=$((B * $(field outer_q) / (N * K)))
  }
fi
