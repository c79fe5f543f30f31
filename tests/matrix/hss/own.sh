# Structured operands: in place of a mode with structured weights every second pattern, made to be obeyed.
if [ "$(field hss_groups)" -gt 0 ]; then
  patterns() { # "4:8/2:4", a line each
    "${LACUNA:-build/lacuna}" info "$config" --json | sed -n 's/^ *"pattern": "\([0-9:/]*\)",*$/\1/p'
  }

  own_modes() { # where A is structured the others run in passes
    [ "$(field hss_a_g0)" -eq 0 ] && field modes || echo 15
  }

  # Mode and patterns; a is the mode in which structured A alone must obey.
  way() {
    case $1 in
      b | ab) echo "$2" | sed "s|.*|--mode $1 --pattern hss:& --prune|" ;;
      a) [ "$(field hss_a_g0)" -eq 0 ] && echo "--mode a" || echo "--mode a --prune" ;;
      *) echo "--mode $1" ;;
    esac
  }

  own_ways() {
    way "$1" "$(patterns | awk 'NR % 2')"
  }

  own_way() { # the second sparsest pattern, since where one of a power of two is kept every offset is legal
    way "$1" "$(patterns | sed -n '1p; 2p' | tail -n 1)"
  }

  own_kinds() {
    groups=$(($(field n0) * $(field hss_groups) / $(field b_lanes)))
    echo code
    [ "$(field m_lane_bits)" -eq $((groups * $(field hss_group_bits))) ] || echo padding
  }

  own_in_place() {
    [ "$1" = meta ]
  }

  spare_bits() { # of an element of offsets of structured A, which are none
    bits=0
    while [ $((1 << bits)) -lt "$(field hss_h0)" ]; do
      bits=$((bits + 1))
    done
    [ "$(field hss_a_g0)" -eq 0 ] && echo 0 || echo $(($(field data_bits) - $(field hss_a_g0) * bits))
  }

  own_spoils() { # ends of blocks are there only where a set has more than one; the last beat of a row is short
    if [ "$(field a_head_bytes)" -gt 0 ]; then
      mode=dense
      for kind in count less offset $([ "$(field a_head_bytes)" -eq 1 ] || echo fall) padding; do
        spoil set $kind run "$config" --a random:5x70:0.5 --b random:70x5:0.5 --mode dense --a-format compressed
      done
    fi
    if [ "$(spare_bits)" -gt 0 ]; then
      mode=a
      spoil set padding run "$config" --a random:5x70:0.5 --b random:70x5:0.5 --mode a --prune
      spoil set padding conv "$config" --input random:19x6x7:0.5 --weight random:4x19x3x3:0.5 --pad 1 --mode a --prune
    fi
  }

  own_checks() {
    tests/matrix/hss/auto.sh "$config"
  }

  own_sizes() {
    S=$(($(field hss_h0) * $(field hss_h1) * $(field hss_h2)))
    STEP=$(($(field hss_groups) * S))
  }
fi
