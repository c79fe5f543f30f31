# What the leaves of rtl/ have in common, a line for each that differs: style.awk FILE...
#   a header of comments, then `default_nettype none, the module, `default_nettype wire
#   names of parameters' values and of ports stand in one column; an instance has a line for each parameter
#   titles of sections stand in column 71; always @(*)
#   a parameter that follows from others is one for the widths of ports alone, otherwise it is a localparam
function tell(what) { print FILENAME ":" FNR ": " what }
function column(kind, place) {
  if (kind in at && at[kind] != place) tell(kind " out of line")
  at[kind] = place
}
function words_of(text, set,   list, n, i) {
  n = split(text, list, /[^A-Z0-9_]+/)
  for (i = 1; i <= n; i++) set[list[i]] = 1
}
function end_header(   i, j, used, own, follows) {
  words_of(widths, used)
  for (i = count; i > 0; i--) {
    split("", own)
    words_of(value[i], own)
    follows = 0
    for (j = 1; j < i; j++) if (name[j] in own) follows = 1
    if (name[i] in used) words_of(value[i], used)
    else if (follows) tell(name[i] " follows from others and no port needs it")
  }
}
FNR == 1 {
  if (last != "" && last != "`default_nettype wire") print before ": ends in another line than `default_nettype wire"
  if (!/^\/\/ /) tell("no header")
  before = FILENAME; count = 0; widths = ""; frame = 0; header = 0
  split("", at)
}
{ last = $0 }
/^`default_nettype none$/ { frame = 1 }
/^module / { header = 1; if (!frame) tell("no `default_nettype none before it") }
header && /^  parameter / {
  column("parameter", index($0, " = "))
  name[++count] = $2
  value[count] = substr($0, index($0, "= ") + 2)
  sub(/ *\/\/.*/, "", value[count])
}
header && /^  (input  wire|output wire|output reg ) / {
  text = $0
  sub(/ *\/\/.*/, "", text)
  match(text, /[a-z0-9_]+,?$/)
  column("port", RSTART)
  widths = widths " " text
}
header && /^\);/ { end_header(); header = 0 }
/^ *\/\/ -+ / {
  match($0, /-+ /)
  if (RSTART + RLENGTH != 71) tell("a title in another column")
}
/always @\*/ { tell("always @(*) elsewhere") }
/^ *lac_[a-z0-9_]+ #\(./ { tell("parameters beside each other") }
/[ \t]$/ { tell("ends in a blank") }
END { if (last != "`default_nettype wire") print before ": ends in another line than `default_nettype wire" }
