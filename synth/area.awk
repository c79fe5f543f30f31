# Area per role (roles.txt) and per module from Yosys `stat -liberty`: own cells of a module times its instances under
# the top.
# -v before: what stands before the names of all modules of the bundle, if it has a name.
# Input: the role table, then the statistics. Output, um2: area_total_um2, role_um2 lines, module_um2 lines, largest
# first.

FNR == NR {
  if ($0 !~ /^#/ && NF == 2) {
    subtree[++roles] = sub(/\*$/, "", $1)
    prefix[roles] = $1
    role[roles] = $2
  }
  next
}

# A module is called \name, $paramod\name\PARAMETER=... or $paramod$HASH\name.
function plain(name) {
  sub(/^\$paramod(\$[0-9a-f]+)?/, "", name)
  sub(/^\\/, "", name)
  sub(/\\.*/, "", name)
  return name
}

function find_role(name,  i) {
  if (index(name, before) == 1) name = substr(name, length(before) + 1)
  for (i = 1; i <= roles; i++) if (index(name, prefix[i]) == 1) return i
  return 0
}

/^=== design hierarchy/ { in_tree = 1; next }
/^=== / { module = $2; sub(/^\\/, "", module); own[module] = 0; next }
!in_tree && /Chip area for (top )?module/ { own[module] = $NF }

# The tree under "design hierarchy": two blanks more for each level; module and how often it stands in the module above.
in_tree && NF == 2 {
  match($0, /^ */)
  level = RLENGTH
  sub(/^\\/, "", $1)
  if (!($1 in own)) next   # a library cell or a black box
  count[level] = $2 * ((level - 2) in count ? count[level - 2] : 1)
  name = plain($1)

  found = find_role(name)
  inherited[level] = (level - 2) in inherited ? inherited[level - 2] : ""
  if (inherited[level] == "" && found && subtree[found]) inherited[level] = role[found]
  here = inherited[level] != "" ? inherited[level] : found ? role[found] : "shell"

  by_role[here] += own[$1] * count[level]
  by_module[name] += own[$1] * count[level]
  instances[name] += count[level]
  total += own[$1] * count[level]
}

END {
  printf "area_total_um2 %.0f\n", total
  for (r in by_role) printf "role_um2 %-16s %12.0f\n", r, by_role[r] | "sort -k3,3nr"
  close("sort -k3,3nr")
  for (m in by_module) printf "module_um2 %-24s %6d instances %12.0f\n", m, instances[m], by_module[m] | "sort -k5,5nr"
}
