# One clock, ideal; the AXI ports have a fifth of the period outside at each side. clock_period_ns is set before this is read.
create_clock -name clk -period $clock_period_ns [get_ports clk_i]
set outside_ns [expr {0.2 * $clock_period_ns}]
set_input_delay  $outside_ns -clock clk [all_inputs -no_clocks]
set_output_delay $outside_ns -clock clk [all_outputs]
