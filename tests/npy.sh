# For scripts to read in: npy TYPE SHAPE VALUES prints an .npy file. TYPE i1 i2 i4; SHAPE as in Python, without
# brackets.
npy() {
  header="{'descr': '<$1', 'fortran_order': False, 'shape': ($2), }"
  [ "$1" = i1 ] && header="{'descr': '|i1', 'fortran_order': False, 'shape': ($2), }"
  printf '\223NUMPY\001\000\166\000%-117s\n' "$header"
  printf "$(echo "$3" | awk -v bytes="${1#i}" '{
    for (i = 1; i <= NF; i++) {
      value = $i < 0 ? $i + 256 ^ bytes : $i
      for (b = 0; b < bytes; b++) {
        printf "\\%03o", value % 256
        value = int(value / 256)
      }
    }
  }')"
}
