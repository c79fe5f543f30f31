# Timing of the netlist that asic.sh wrote: worst slack, clock rate and the worst path by the names of its registers.
read_liberty $env(LAC_LIBERTY)
read_verilog $env(LAC_NETLIST)
link_design $env(LAC_TOP)
set clock_period_ns $env(LAC_PERIOD)
source $env(LAC_SDC)

set slack [worst_slack -max]
puts [format "worst_slack_ns %.3f" $slack]
puts [format "fmax_mhz %.1f" [expr {1000.0 / ($clock_period_ns - $slack)}]]
report_checks -path_delay max -format full -fields {fanout capacitance slew} -digits 3
