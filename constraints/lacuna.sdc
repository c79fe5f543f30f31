# One clock, ideal; the AXI ports have a fifth of the period outside at each side. clock_period_ns may be set before this is read.
if {![info exists clock_period_ns]} { set clock_period_ns 10.0 }
create_clock -name lac_clk -period $clock_period_ns [get_ports clk_i]
set outside_ns [expr {0.2 * $clock_period_ns}]
# Not every tool can leave out the clock, for which a delay has no meaning.
if {[catch {all_inputs -no_clocks} inputs]} { set inputs [all_inputs] }
set_input_delay  $outside_ns -clock lac_clk $inputs
set_output_delay $outside_ns -clock lac_clk [all_outputs]
