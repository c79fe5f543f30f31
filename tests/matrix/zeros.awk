# Writes matrices whose zeros lie in a pattern: awk -v place=FOLDER. NAME.mtx is 37 x 150, NAME_t.mtx its 150 x 37
# transpose, which alone has negative values. K = 150 is no multiple of any number of lanes above 2, and more steps than
# a window for all of them up to 8.
function put(name, holds_row, holds_col) {
  entry[name, ++count[name]] = holds_row " " holds_col
}
function write(name, turned,   path, i, part) {
  path = place "/" name (turned ? "_t" : "") ".mtx"
  printf "%%%%MatrixMarket matrix coordinate integer general\n%s %d\n", turned ? "150 37" : "37 150", count[name] >path
  for (i = 1; i <= count[name]; i++) {
    split(entry[name, i], part, " ")
    printf "%d %d %d\n", part[1 + turned], part[2 - turned], turned && i % 3 ? -1 - i % 8 : 1 + i % 7 >path
  }
  close(path)
}
BEGIN {
  names = split("none first last row column diagonal lane pixels half edge steps patches bank", list, " ")
  put("first", 1, 1)
  put("last", 37, 150)
  for (k = 1; k <= 150; k++) put("row", 20, k)                 # one row full, all others empty
  for (m = 1; m <= 37; m++) put("column", m, 75)               # one k alone
  for (k = 1; k <= 150; k++) put("diagonal", k % 37 + 1, k)
  for (m = 1; m <= 37; m++)
    for (k = 1; k <= 150; k++) {
      if (k % 4 == 1) put("lane", m, k)                        # one lane of four: what the shuffle is for
      if (k % 32 < 5) put("pixels", m, k)                      # whole steps empty
      if (k <= 75) put("half", m, k)                           # the second half of every tile empty
      if (k == 1 || k == 150) put("edge", m, k)                # the first and the last step alone
      if (int((k - 1) / 8) % 2 == m % 2) put("steps", m, k)    # rows busy in turn
      if (int((k - 1) / 32) % 2 == (m > 32)) put("patches", m, k) # k-tiles and panels empty in turn
      if (m % 16 == 1) put("bank", m, k)                       # columns of B that share a bank of sums
    }
  for (n = 1; n <= names; n++) {
    write(list[n], 0)
    write(list[n], 1)
  }
}
