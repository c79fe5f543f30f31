# Area per module and per role, from roles.txt and Yosys `stat -liberty`: cells of a module times its instances under the top.
# Input: the prefix table, then the statistics. Output: role table, module table, um2.

FNR == NR { if ($0 !~ /^#/ && NF >= 2) { prefix[++roles] = $1; sub(/^[^ ]+ +/, ""); role_of[roles] = $0 }; next }

# A parameterised module is called $paramod$HASH\name or $paramod\name\PARAMETER=...
function base(name) { sub(/^\$paramod(\$[0-9a-f]+)?\\/, "", name); sub(/^\\/, "", name); sub(/\\.*/, "", name); return name }
function role(name,  i) {
  for (i = 1; i <= roles; i++) if (index(name, prefix[i]) == 1) return role_of[i]
  return "shell"
}

/^=== design hierarchy ===/ { hierarchy = 1; next }
/^=== / { module = $2; next }
!hierarchy && /Chip area for module/ { own[base2(module)] = $NF }
function base2(name) { sub(/^\\/, "", name); gsub(/'/, "", name); return name }

# The hierarchy: two spaces per level below the top, module name and number of instances in its parent.
hierarchy && /^ +[^ ]+ +[0-9]+$/ {
  match($0, /^ +/); depth = RLENGTH
  name = base2($1)
  if (!(name in own)) next
  count[depth] = $2 * (depth > 3 && (depth - 2) in count ? count[depth - 2] : 1)
  total[name] += count[depth]
}

END {
  for (name in total) {
    area = total[name] * own[name]
    by_role[role(base(name))] += area
    sum += area
    by_module[base(name)] += area
    instances[base(name)] += total[name]
  }
  printf "area_total_um2 %.0f\n", sum
  for (r in by_role) printf "role_um2 %-16s %12.0f\n", gensub_space(r), by_role[r] | "sort -k3,3nr"
  close("sort -k3,3nr")
  for (m in by_module) printf "module_um2 %-24s %6d instances %12.0f\n", m, instances[m], by_module[m] | "sort -k5,5nr"
}
function gensub_space(text) { gsub(/ /, "_", text); return text }
