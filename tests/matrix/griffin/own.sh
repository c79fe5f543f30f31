# Engines with windows: words of compacted B have codes and a header.
if [ "$(field header_bits)" -gt 0 ]; then
  own_kinds() {
    weights=$(($(field n0) * $(field k0) / $(field b_lanes)))
    echo code advance end tag
    [ "$(field m_lane_bits)" -eq $((weights * $(field code_bits) + $(field header_bits))) ] || echo padding
  }
fi
