# Timing of the netlist that asic.sh wrote: worst slack, clock rate and the worst path by the names of its registers.

# OpenSTA 2 has no `all_inputs -no_clocks`, and would go on without input delays.
rename all_inputs every_input
proc all_inputs {args} {
  if {$args eq ""} { return [every_input] }
  set ports {}
  foreach port [every_input] { if {[get_name $port] ne "clk_i"} { lappend ports $port } }
  return $ports
}

read_liberty $env(LAC_LIBERTY)
read_verilog $env(LAC_NETLIST)
link_design $env(LAC_TOP)
set clock_period_ns $env(LAC_PERIOD)
source $env(LAC_SDC)

set slack [worst_slack -max]
puts [format "worst_slack_ns %.3f" $slack]
puts [format "fmax_mhz %.1f" [expr {1000.0 / ($clock_period_ns - $slack)}]]
report_checks -path_delay max -format full -fields {fanout capacitance slew} -digits 3
