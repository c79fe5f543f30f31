// What every engine of dot products has in common (gen/engine/engine_common.h).
#include "gen/engine/engine_common.h"

#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"
#include "gen/rows/channels.h"

void add_result_ports(Module *m, const Plan *plan) {
  section(m, "C: a token per tile in, words of results out");
  port_in(m, "c_grant_valid_i", 1, NULL);
  port_out(m, "c_grant_ready_o", 1, NULL);
  port_out(m, "c_valid_o", 1, NULL);
  port_out(m, "c_data_o", plan->e_lanes * plan->acc_bits, NULL);
}

static void add_counts(Module *m, const Plan *plan) {
  port_out(m, "cause_o", 3, "what the cycle was spent on");
  port_out(m, "issued_o", plan->count_bits, "multiplications issued");
  port_out(m, "effectual_o", plan->count_bits, "both operands nonzero");
  port_out(m, "skipped_o", plan->count_bits, "multiplications skipped");
}

void add_report_ports(Module *m, const Plan *plan) {
  section(m, "what happened in this cycle");
  port_out(m, "tile_o", 1, "the last step of a tile was taken");
  port_out(m, "done_o", 1, "the job's last result has left");
  port_out(m, "stream_error_o", 1, "A and B disagree about the end of a tile");
  add_counts(m, plan);
}

void add_own_ports(Module *m, const Plan *plan) {
  int bus = plan->bus_bits, count = clog2(plan->bus_bytes + 1);
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  port_in(m, "start_i", 1, "a job begins; its registers stand from here on");
  section(m, "requests, by channel");
  port_out(m, "req_valid_o", CHANNEL_COUNT, NULL);
  port_in(m, "req_ready_i", CHANNEL_COUNT, NULL);
  port_out(m, "req_addr_o", CHANNEL_COUNT * plan->addr_bits, "of any byte");
  port_out(m, "req_bytes_o", CHANNEL_COUNT * 32, "1 or more");
  section(m, "what they bring, from bit 0 of a beat on");
  port_in(m, "dat_valid_i", CHANNEL_COUNT, NULL);
  port_out(m, "dat_ready_o", CHANNEL_COUNT, NULL);
  port_in(m, "dat_data_i", CHANNEL_COUNT * bus, NULL);
  port_in(m, "dat_last_i", CHANNEL_COUNT, "last beat of its request");
  port_out(m, "waits_o", CHANNEL_COUNT, "nothing can be done before the channel brings something");
  section(m, "streams of results");
  port_out(m, "out_valid_o", STREAM_COUNT, NULL);
  port_in(m, "out_ready_i", STREAM_COUNT, NULL);
  port_out(m, "out_data_o", STREAM_COUNT * bus, NULL);
  port_out(m, "out_count_o", STREAM_COUNT * count, "bytes of the word, 0 to a beat, from bit 0 on");
  port_out(m, "out_last_o", STREAM_COUNT, "ends the stream, which takes no more");
  port_out(m, "row_o", 32, "of C that is being made");
  section(m, "what happened in this cycle");
  port_out(m, "tile_o", 1, "a part of the job is done");
  port_out(m, "done_o", 1, "all streams have ended, and no request is open");
  port_out(m, "stream_error_o", 1, "operands end where they should not");
  port_out(m, "meta_error_o", 1, "metadata of B that are not legal");
  port_out(m, "meta_error_pos_o", 32, "where");
  port_out(m, "set_error_o", 1, "metadata of A that are not legal");
  port_out(m, "set_error_pos_o", 32, "where");
  add_counts(m, plan);
}

void add_dense_issue(Module *m, const Plan *plan, bool has_metadata) {
  net_new(m, "step", 1);
  net_new(m, "first", 1);
  net_new(m, "shift", 1);
  if (plan->c_chunks > 1) net_new(m, "c_chunk", clog2(plan->c_chunks));
  Inst *issue = inst_leaf(m, &leaf_dense_issue, "u_issue");
  inst_param(issue, "WORDS", plan->m0 * plan->c_chunks);
  inst_param(issue, "CHUNKS", plan->c_chunks);
  inst_param(issue, "LATENCY", plan->engine_latency);
  inst_param(issue, "SHIFT_LATENCY", plan->shift_latency);
  inst_in(issue, "grant_valid_i", ex(net_find(m, "c_grant_valid_i")));
  inst_out(issue, "grant_ready_o", net_find(m, "c_grant_ready_o"));
  inst_out(issue, "last_o", net_find(m, "tile_o"));
  if (plan->c_chunks == 1) inst_open(issue, "c_chunk_o");
  inst_in(issue, "b_late_i", has_metadata ? ex(net_find(m, "b_meta_late_i")) : ex_const(m, 1, 0));
  inst_wire(issue, "");
}

// The front row leaves in chunks of E columns; the last chunk may be short.
void add_results(Module *m, const Plan *plan) {
  int width = plan->e_lanes * plan->acc_bits, row = plan->n0 * plan->acc_bits;
  Net *drain = net_parts(net_find(m, "drain"), "ACC_W", plan->acc_bits), *data = net_find(m, "c_data_o");
  if (plan->c_chunks == 1) {
    assign(data, ex_slice(ex(drain), row - 1, 0));
    return;
  }
  Select *chunk = select_new(data, ex(net_find(m, "c_chunk")), ex_hex(m, width, 0));
  for (int i = 0; i < plan->c_chunks; i++) {
    int high = (i + 1) * width < row ? (i + 1) * width : row;
    select_row(chunk, (uint64_t)i, ex_zero_extend(ex_slice(ex(drain), high - 1, i * width), width), NULL);
  }
}

Net *add_count_sum(Module *m, const Plan *plan, const char *name, int count) {
  Net *sum = net_new(m, format(m, "%s_sum", name), plan->count_bits);
  Inst *tree = inst_leaf(m, &leaf_adder_tree, format(m, "u_%s_sum", name));
  inst_param(tree, "N", plan->m0 * plan->n0);
  inst_param(tree, "W", count);
  inst_param(tree, "OUT_W", plan->count_bits);
  inst_param(tree, "SIGNED", 0);
  inst_in(tree, "terms_i", ex(net_find(m, name)));
  inst_out(tree, "sum_o", sum);
  return sum;
}
