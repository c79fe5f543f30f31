# area.txt and timing.txt as one JSON object.
$1 == "area_total_um2" { total = $2 }
$1 == "role_um2"       { roles = roles sprintf("%s\n    \"%s\": %s", roles == "" ? "" : ",", $2, $3) }
$1 == "module_um2"     {
  modules = modules sprintf("%s\n    \"%s\": { \"instances\": %s, \"um2\": %s }", modules == "" ? "" : ",", $2, $3, $5)
}
$1 == "worst_slack_ns" { slack = $2 }
$1 == "fmax_mhz"       { fmax = $2 }
$1 == "Startpoint:"    { from = $2 }
$1 == "Endpoint:"      { to = $2 }
END {
  printf "{\n  \"top\": \"%s\",\n  \"multiplier\": \"%s\",\n  \"ram\": \"%s\",\n", top, multiplier, ram
  printf "  \"clock_ns\": %s,\n  \"worst_slack_ns\": %s,\n  \"fmax_mhz\": %s,\n", period, slack, fmax
  printf "  \"worst_path\": { \"from\": \"%s\", \"to\": \"%s\" },\n  \"area_um2\": %s,\n", from, to, total
  printf "  \"roles_um2\": {%s\n  },\n  \"modules\": {%s\n  }\n}\n", roles, modules
}
