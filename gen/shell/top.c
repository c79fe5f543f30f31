// lac_top: registers, sequencer, DMA channels, operand readers, engine, epilogue, C buffer, write master.
#include <string.h>

#include "gen/engine/engine.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"
#include "gen/plan/registers.h"
#include "gen/shell/fits.h"
#include "gen/shell/own.h"
#include "gen/shell/panels.h"
#include "gen/shell/register.h"
#include "gen/shell/shell.h"

static int bytes_width(int bytes) {
  return clog2(bytes + 1);
}

static int out_bytes(const Plan *plan) {
  return plan->e_lanes * 4 < plan->bus_bytes ? plan->e_lanes * 4 : plan->bus_bytes;
}

// ---- ports: those of the leaves that own the pins, without their suffix

static int port_width(const Plan *plan, const LeafPort *port) {
  const char *names[] = {"ADDR_W", "DATA_W"};
  bool lite = !strncmp(port->name, "s_axil_", 7);
  int64_t values[] = {lite ? REGISTER_SPACE_BITS : plan->addr_bits, plan->bus_bits}, width = 1;
  formula_eval(port->width, names, values, 2, &width);
  return (int)width;
}

static void add_pins(Module *m, const Plan *plan, const Leaf *leaf, const char *prefix) {
  for (const LeafPort *port = leaf->ports; port->name; port++)
    if (!strncmp(port->name, prefix, strlen(prefix))) {
      const char *name = format(m, "%.*s", (int)strlen(port->name) - 2, port->name);
      if (port->dir == PORT_IN)
        port_in(m, name, port_width(plan, port), NULL);
      else
        port_out(m, name, port_width(plan, port), NULL);
    }
}

static void add_ports(Module *m, const Plan *plan) {
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  section(m, "AXI4-Lite slave: registers");
  add_pins(m, plan, &leaf_axil_slave, "s_axil_");
  section(m, "AXI4 master: writes");
  add_pins(m, plan, &leaf_axi_write, "m_axi_");
  section(m, "AXI4 master: reads");
  add_pins(m, plan, &leaf_axi_read, "m_axi_");
  section(m, "interrupt");
  port_out(m, "irq_o", 1, "done or error");
}

// Bits of a panel in its group: up to the first number that the C buffer has no room for.
static int panel_bits(const Plan *plan) {
  int bits = clog2(plan_most_panels(plan) + 1);
  return bits < 16 ? bits : 16;
}

// ---- nets

typedef struct NetRow {
  const char *name;
  int width;
} NetRow;

static void add_nets(Module *m, const NetRow *rows, size_t count) {
  for (size_t i = 0; i < count; i++)
    net_new(m, rows[i].name, rows[i].width);
}

#define NET_TABLE(m, ...) add_nets(m, (const NetRow[]){__VA_ARGS__}, sizeof((NetRow[]){__VA_ARGS__}) / sizeof(NetRow))

static const char *lower(Module *m, const char *prefix, const char *name) {
  char text[64];
  size_t length = strlen(name);
  for (size_t i = 0; i <= length; i++)
    text[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
  return format(m, "%s%s", prefix, text);
}

static void add_register_net(Module *m, const Plan *plan, const char *name, int bits) {
  uint64_t value;
  if (!register_fixed(plan, name, &value)) net_new(m, lower(m, "job_", name), bits);
}

static void add_register_nets(Module *m, const Plan *plan) {
#define JOB_NET(NAME, offset, access, bits, ...) add_register_net(m, plan, #NAME, bits);
  REGISTERS_JOB(JOB_NET)
#undef JOB_NET
}

// Counts of its own that the engine reports.
static int report_count(const Plan *plan) {
  const char *list[REPORT_MOST];
  return gen_of(plan)->reports(plan, list);
}

static void add_control_nets(Module *m, const Plan *plan) {
  section(m, "job registers");
  add_register_nets(m, plan);
  section(m, "control");
  NET_TABLE(m, {"start", 1}, {"stop", 1}, {"wipe", 1}, {"wiped", 1}, {"done_clear", 1}, {"error_clear", 1},
            {"irq_en", 1}, {"watchdog", 32}, {"bad_job", 1}, {"bad_job_pos", 32}, {"go", 1}, {"clear", 1}, {"abort", 1},
            {"status", 3}, {"err_code", 8}, {"err_pos", 32}, {"setup", 1}, {"activity", 1}, {"job_error", 1},
            {"job_error_pos", 32});
  section(m, "counters");
  NET_TABLE(m, {"cycles", 64}, {"causes", CAUSES * 64}, {"issued_sum", 64}, {"effectual_sum", 64}, {"skipped_sum", 64},
            {"issued", plan->count_bits}, {"effectual", plan->count_bits}, {"skipped", plan->count_bits}, {"cause", 3},
            {"bytes_a", 64}, {"bytes_b", 64}, {"bytes_p", 64}, {"bytes_c", 64});
  net_parts(net_find(m, "causes"), "COUNTER_W", 64);
  for (int channel = CHANNEL_P + 1; channel < channel_count(plan); channel++)
    net_new(m, format(m, "bytes_%s", channel_name(channel)), 64);
  if (plan_has(plan, PART_READS)) NET_TABLE(m, {"reads", reads_bits(plan)}, {"buffer_reads", 64});
  if (!plan_has(plan, PART_REPORTS)) return;
  net_new(m, gen_of(plan)->report, report_count(plan) * plan->count_bits);
  net_parts(net_new(m, format(m, "%s_sums", gen_of(plan)->report), report_count(plan) * 64), "COUNTER_W", 64);
}

// Whether A has metadata that may be wrong.
static bool checks_sets(const Plan *plan) {
  return plan_has(plan, PART_READS_AM | PART_OFFSETS_A);
}

static void add_operand_nets(Module *m, const Plan *plan) {
  section(m, "operands");
  if (plan_has(plan, PART_COMPRESSED_A))
    NET_TABLE(m, {"beat_valid", 1}, {"beat_ready", 1}, {"beat_data", plan->bus_bits}, {"beat_last", 1});
  if (checks_sets(plan)) NET_TABLE(m, {"set_error", 1}, {"set_error_pos", 32});
  NET_TABLE(m, {"a_valid", 1}, {"a_ready", 1}, {"a_data", plan->a_rows * plan->a_beat * plan->a_bits}, {"a_first", 1},
            {"a_last", 1}, {"a_end", 1});
  if (plan->a_steps > 1) net_new(m, "a_count", clog2(plan->a_steps + 1));
  gen_of(plan)->nets(m, plan);
  NET_TABLE(m, {"p_ready", 1}, {"p_data", plan->p_word_bits}, {"p_loaded", 32});
}

static void add_channel_nets(Module *m, const Plan *plan) {
  int channels = channel_count(plan);
  section(m, format(m, "DMA channels A, B, P%s%s%s: segments out, beats in", plan_has(plan, PART_READS_M) ? ", M" : "",
                    plan_has(plan, PART_READS_AM) ? ", AM" : "", plan_has(plan, PART_OWN_JOB) ? ", AL, BL" : ""));
  NET_TABLE(m, {"req_valid", channels}, {"req_ready", channels}, {"req_addr", channels * plan->addr_bits},
            {"req_bytes", channels * 32}, {"dat_valid", channels}, {"dat_ready", channels},
            {"dat_data", channels * plan->bus_bits}, {"dat_last", channels}, {"urgent", channels}, {"read_idle", 1},
            {"read_beat", 1}, {"read_error", 1}, {"read_error_addr", 32});
  net_parts(net_find(m, "req_addr"), "ADDR_W", plan->addr_bits);
  net_parts(net_find(m, "req_bytes"), "BYTES_W", 32);
  net_parts(net_find(m, "dat_data"), "BUS_W", plan->bus_bits);
}

static void add_result_nets(Module *m, const Plan *plan) {
  section(m, "results");
  NET_TABLE(m, {"c_grant_valid", 1}, {"c_grant_ready", 1}, {"c_valid", 1}, {"c_data", plan->e_lanes * 32}, {"tile", 1},
            {"results_done", 1}, {"stream_error", 1}, {"c_misfit", 1}, {"out_valid", 1},
            {"out_data", plan->e_lanes * 32}, {"c_busy", 1}, {"c_req_valid", 1}, {"c_req_ready", 1},
            {"c_req_addr", plan->addr_bits}, {"c_req_bytes", 32}, {"c_dat_valid", 1}, {"c_dat_ready", 1},
            {"c_dat_data", out_bytes(plan) * 8}, {"c_dat_count", bytes_width(out_bytes(plan))}, {"c_dat_last", 1},
            {"write_idle", 1}, {"write_response", 1}, {"write_error", 1}, {"write_error_count", 32});
  if (plan_has(plan, PART_SPARSE_C))
    NET_TABLE(m, {"w_req_valid", 1}, {"w_req_ready", 1}, {"w_req_addr", plan->addr_bits}, {"w_req_bytes", 32},
              {"w_dat_valid", 1}, {"w_dat_ready", 1}, {"w_dat_data", plan->bus_bits},
              {"w_dat_count", bytes_width(plan->bus_bytes)}, {"w_dat_last", 1}, {"sparse_c", 1}, {"sparse_busy", 1},
              {"c_full", 1}, {"c_full_row", 32}, {"c_bytes", 64}, {"c_values", 64}, {"cm_bytes", 64});
  if (plan_has(plan, PART_PERMUTE))
    NET_TABLE(m, {"out_panel", plan->e_lanes * panel_bits(plan)}, {"stray", 1}, {"stray_column", 32}, {"b_misfit", 1});
}

// ---- control

#define CAUSE_COUNTER(WITH, NAME, ...) "CYC_" #NAME,
static const char *const cause_counters[CAUSES] = {CYCLE_CAUSES(CAUSE_COUNTER, )};
#undef CAUSE_COUNTER

static void add_report_sums(Module *m, const Plan *plan, Inst *csr) {
  const char *list[REPORT_MOST];
  int count = gen_of(plan)->reports(plan, list);
  Net *sums = find(m, format(m, "%s_sums", gen_of(plan)->report));
  for (int i = 0; i < count; i++)
    inst_in(csr, register_net(m, list[i], "_i"), ex_part(sums, i, 64));
}

static void add_csr(Module *m, const Plan *plan, const Module *csr_module) {
  Inst *csr = inst_module(m, csr_module, "u_csr");
  for (int i = 0; i < CAUSES; i++)
    inst_in(csr, register_net(m, cause_counters[i], "_i"), ex_part(find(m, "causes"), i, 64));
  inst_in(csr, "mults_issued_i", whole(m, "issued_sum"));
  inst_in(csr, "mults_effectual_i", whole(m, "effectual_sum"));
  inst_in(csr, "mults_skipped_i", whole(m, "skipped_sum"));
  Expr *bytes_meta = whole(m, "bytes_p");
  for (int channel = CHANNEL_P + 1; channel < channel_count(plan); channel++)
    bytes_meta = ex_add(bytes_meta, whole(m, format(m, "bytes_%s", channel_name(channel))));
  if (plan_has(plan, PART_COUNTED_C)) bytes_meta = ex_add(bytes_meta, whole(m, "cm_bytes"));
  if (plan_has(plan, PART_OWN_JOB)) bytes_meta = ex_add(bytes_meta, whole(m, "cl_bytes"));
  inst_in(csr, "bytes_meta_i", bytes_meta);
  if (plan_has(plan, PART_REPORTS)) add_report_sums(m, plan, csr);
  inst_out(csr, "abort_o", find(m, "stop"));
  inst_out(csr, "wipe_o", find(m, "wipe"));
  inst_wire(csr, "job_");
  assign(find(m, "wiped"), ex_or(ex(find(m, "rst_i")), whole(m, "wipe")));
}

static void add_sequencer(Module *m, const Plan *plan) {
  Inst *seq = inst_leaf(m, &leaf_sequencer, "u_sequencer");
  inst_param(seq, "COUNT_W", plan->count_bits);
  inst_in(seq, "rst_i", whole(m, "wiped"));
  inst_in(seq, "abort_i", whole(m, "stop"));
  inst_in(seq, "read_error_pos_i", whole(m, "read_error_addr"));
  inst_in(seq, "write_error_pos_i", whole(m, "write_error_count"));
  Expr *busy = whole(m, plan_has(plan, PART_OWN_JOB) ? "results_busy" : "c_busy");
  inst_in(seq, "output_busy_i", plan_has(plan, PART_SPARSE_C) ? ex_or(busy, whole(m, "sparse_busy")) : busy);
  if (!plan_has(plan, PART_READS_M | PART_PERMUTE)) {
    inst_in(seq, "meta_error_i", ex_const(m, 1, 0));
    inst_in(seq, "meta_error_pos_i", ex_const(m, 32, 0));
  }
  inst_in(seq, "panel_error_i", plan_has(plan, PART_PERMUTE) ? whole(m, "stray") : ex_const(m, 1, 0));
  inst_in(seq, "panel_error_pos_i", plan_has(plan, PART_PERMUTE) ? whole(m, "stray_column") : ex_const(m, 32, 0));
  inst_in(seq, "room_error_i", plan_has(plan, PART_COUNTED_C) ? whole(m, "c_full") : ex_const(m, 1, 0));
  inst_in(seq, "room_error_pos_i", plan_has(plan, PART_COUNTED_C) ? whole(m, "c_full_row") : ex_const(m, 32, 0));
  inst_in(seq, "set_error_i", checks_sets(plan) ? whole(m, "set_error") : ex_const(m, 1, 0));
  inst_in(seq, "set_error_pos_i", checks_sets(plan) ? whole(m, "set_error_pos") : ex_const(m, 32, 0));
  Expr *stream = whole(m, "stream_error");
  if (plan_has(plan, PART_NEST)) stream = ex_or(stream, whole(m, "c_misfit"));
  inst_in(seq, "stream_error_i", plan_has(plan, PART_PERMUTE) ? ex_or(stream, whole(m, "b_misfit")) : stream);
  inst_out(seq, "issued_o", find(m, "issued_sum"));
  inst_out(seq, "effectual_o", find(m, "effectual_sum"));
  inst_out(seq, "skipped_o", find(m, "skipped_sum"));
  inst_wire(seq, "");
}

static void add_reports(Module *m, const Plan *plan) {
  const char *report = gen_of(plan)->report;
  Inst *counters = inst_leaf(m, &leaf_counters, format(m, "u_%s", report));
  inst_param(counters, "COUNTERS", report_count(plan));
  inst_param(counters, "COUNT_W", plan->count_bits);
  inst_in(counters, "rst_i", whole(m, "wiped"));
  inst_in(counters, "clear_i", whole(m, "go"));
  inst_in(counters, "counts_i", whole(m, report));
  inst_out(counters, "sums_o", find(m, format(m, "%s_sums", report)));
}

static void add_buffer_reads(Module *m, const Plan *plan) {
  Inst *counter = inst_leaf(m, &leaf_counters, "u_buffer_reads");
  inst_param(counter, "COUNTERS", 1);
  inst_param(counter, "COUNT_W", reads_bits(plan));
  inst_in(counter, "rst_i", whole(m, "wiped"));
  inst_in(counter, "clear_i", whole(m, "go"));
  inst_in(counter, "counts_i", whole(m, "reads"));
  inst_out(counter, "sums_o", find(m, "buffer_reads"));
}

static Expr *both(Module *m, const char *valid, const char *ready) {
  return ex_and(whole(m, valid), whole(m, ready));
}

// The engine takes steps, or has begun some that take cycles: causes multiply, imbalance and merge.
static Expr *engine_works(Module *m) {
  Expr *fills = ex_eq(whole(m, "cause"), ex_const(m, 3, CAUSE_FILL_DRAIN));
  return ex_and(ex_not(ex_bit(whole(m, "cause"), 2)), ex_not(fills));
}

// What keeps the watchdog quiet: the job got on. Each of these comes a bounded number of times in a job: bytes of it
// that move on the bus, beats and steps of A, the array at work, words of results, and what the engine adds. Neither a
// bus that talks by itself nor an engine that waits is among them.
static void add_activity(Module *m, const Plan *plan) {
  Expr *terms[10 + ACTIVITY_MOST] = {
      whole(m, "read_beat"), whole(m, "write_response"), both(m, "m_axi_arvalid", "m_axi_arready"),
      both(m, "m_axi_awvalid", "m_axi_awready"), both(m, "m_axi_wvalid", "m_axi_wready")};
  size_t count = 5;
  if (plan_has(plan, PART_NEST)) terms[count++] = both(m, "a_valid", "a_ready");
  terms[count++] = engine_works(m);
  if (plan_has(plan, PART_NEST)) terms[count++] = whole(m, "c_valid");
  if (plan_has(plan, PART_NEST)) terms[count++] = both(m, "c_dat_valid", "c_dat_ready");
  if (plan_has(plan, PART_COMPRESSED_A)) terms[count++] = both(m, "beat_valid", "beat_ready");
  if (gen_of(plan)->activity) count += gen_of(plan)->activity(m, terms + count);
  assign(find(m, "activity"), ex_or_all(count, terms));
}

// ---- reading

// Compressed A and its metadata lie in one piece each.
static Expr *segments_of(Module *m, const Plan *plan, int channel) {
  Expr *segments = whole(m, channel == CHANNEL_A ? "job_a_segments" : "job_fetches"), *one = ex_const(m, 32, 1);
  if (channel == CHANNEL_AM) return one;
  return channel == CHANNEL_A && plan_has(plan, PART_COMPRESSED_A) ? ex_mux(whole(m, "job_a_format"), one, segments)
                                                                   : segments;
}

static void add_fetch(Module *m, const Plan *plan, int channel) {
  const char *name = channel_name(channel);
  int bits = plan->addr_bits;
  Inst *fetch = inst_leaf(m, &leaf_fetch, format(m, "u_fetch_%s", name));
  inst_param(fetch, "ADDR_W", bits);
  inst_in(fetch, "rst_i", whole(m, "wiped"));
  inst_in(fetch, "clear_i", whole(m, "clear"));
  inst_in(fetch, "start_i", whole(m, "go"));
  inst_in(fetch, "addr_i", job_address(m, plan, name));
  inst_in(fetch, "pitch_i", channel == CHANNEL_A ? whole(m, "job_a_pitch") : ex_const(m, 32, 0));
  inst_in(fetch, "bytes_i", whole(m, format(m, "job_%s_bytes", name)));
  inst_in(fetch, "count_i", segments_of(m, plan, channel));
  inst_out_slice(fetch, "req_valid_o", find(m, "req_valid"), channel, channel);
  inst_in(fetch, "req_ready_i", ex_bit(whole(m, "req_ready"), channel));
  inst_out_part(fetch, "req_addr_o", find(m, "req_addr"), channel, bits);
  inst_out_part(fetch, "req_bytes_o", find(m, "req_bytes"), channel, 32);
  inst_out(fetch, "bytes_o", find(m, format(m, "bytes_%s", name)));
}

static void add_axi_read(Module *m, const Plan *plan) {
  Inst *read = inst_leaf(m, &leaf_axi_read, "u_axi_read");
  inst_param(read, "CHANNELS", channel_count(plan));
  inst_param(read, "ADDR_W", plan->addr_bits);
  inst_param(read, "DATA_W", plan->bus_bits);
  inst_param(read, "BURST", plan->burst_beats);
  inst_param(read, "FIFO_BEATS", plan->read_fifo_beats);
  inst_param(read, "OUTSTANDING", plan->outstanding);
  inst_in(read, "clear_i", whole(m, "clear"));
  inst_in(read, "urgent_i", whole(m, "urgent"));
  inst_out(read, "idle_o", find(m, "read_idle"));
  inst_out(read, "beat_o", find(m, "read_beat"));
  inst_out(read, "err_valid_o", find(m, "read_error"));
  inst_out(read, "err_addr_o", find(m, "read_error_addr"));
  inst_wire(read, "");
}

// The register's 16 bits; at 16-bit data the engine's operands have one more.
static Expr *zero_point(Module *m, const Plan *plan) {
  Expr *zero = whole(m, "job_a_zero");
  if (!plan->a_zero_point) return ex_const(m, plan->a_bits, 0);
  if (plan->a_bits <= 16) return ex_slice(zero, plan->a_bits - 1, 0);
  return plan->a_signed ? ex_sign_extend(zero, plan->a_bits) : ex_zero_extend(zero, plan->a_bits);
}

static void add_expand(Module *m, const Plan *plan) {
  Inst *expand = gen_of(plan)->unpack_a(m, plan);
  inst_param(expand, "ELEM_W", plan->data_bits);
  inst_param(expand, "SET", plan->beat_elems);
  inst_in(expand, "rst_i", whole(m, "clear"));
  inst_in(expand, "start_i", whole(m, "go"));
  inst_in(expand, "compressed_i", whole(m, "job_a_format"));
  Expr *none = ex_const(m, plan->data_bits, 0);
  inst_in(expand, "zero_i", plan->a_zero_point ? ex_slice(whole(m, "job_a_zero"), plan->data_bits - 1, 0) : none);
  inst_in(expand, "stride_i", whole(m, "job_a_seg_stride"));
  inst_in(expand, "segments_i", whole(m, "job_a_segments"));
  inst_in(expand, "values_i", whole(m, "job_a_values"));
  inst_in(expand, "meta_bytes_i", whole(m, "job_am_bytes"));
  inst_in(expand, "a_valid_i", ex_bit(whole(m, "dat_valid"), CHANNEL_A));
  inst_out_slice(expand, "a_ready_o", find(m, "dat_ready"), CHANNEL_A, CHANNEL_A);
  inst_in(expand, "a_data_i", ex_part(find(m, "dat_data"), CHANNEL_A, plan->bus_bits));
  inst_in(expand, "a_last_i", ex_bit(whole(m, "dat_last"), CHANNEL_A));
  inst_in(expand, "m_valid_i", ex_bit(whole(m, "dat_valid"), CHANNEL_AM));
  inst_out_slice(expand, "m_ready_o", find(m, "dat_ready"), CHANNEL_AM, CHANNEL_AM);
  inst_in(expand, "m_data_i", ex_part(find(m, "dat_data"), CHANNEL_AM, plan->bus_bits));
  inst_in(expand, "out_ready_i", whole(m, "beat_ready"));
  inst_out(expand, "out_valid_o", find(m, "beat_valid"));
  inst_out(expand, "out_data_o", find(m, "beat_data"));
  inst_out(expand, "out_last_o", find(m, "beat_last"));
  inst_out(expand, "error_o", find(m, "set_error"));
  inst_out(expand, "error_pos_o", find(m, "set_error_pos"));
  inst_wire(expand, "");
  read_unused(ex_bit(whole(m, "dat_last"), CHANNEL_AM));
}

static void add_beats(Module *m, const Plan *plan, Inst *reader) {
  if (plan_has(plan, PART_COMPRESSED_A)) {
    inst_in(reader, "in_valid_i", whole(m, "beat_valid"));
    inst_out(reader, "in_ready_o", find(m, "beat_ready"));
    inst_in(reader, "in_data_i", whole(m, "beat_data"));
    inst_in(reader, "in_last_i", whole(m, "beat_last"));
    return;
  }
  inst_in(reader, "in_valid_i", ex_bit(whole(m, "dat_valid"), CHANNEL_A));
  inst_out_slice(reader, "in_ready_o", find(m, "dat_ready"), CHANNEL_A, CHANNEL_A);
  inst_in(reader, "in_data_i", ex_part(find(m, "dat_data"), CHANNEL_A, plan->bus_bits));
  inst_in(reader, "in_last_i", ex_bit(whole(m, "dat_last"), CHANNEL_A));
}

static void add_a_reader(Module *m, const Plan *plan, const Module *reader_module) {
  Inst *reader = inst_module(m, reader_module, "u_a_reader");
  inst_in(reader, "rst_i", whole(m, "clear"));
  inst_in(reader, "start_i", whole(m, "go"));
  inst_in(reader, "banked_i", whole(m, "job_a_mode"));
  inst_in(reader, "zero_i", zero_point(m, plan));
  add_beats(m, plan, reader);
  inst_wire(reader, "job_a_ job_");
}

// ---- computing and writing

static void add_engine(Module *m, const Plan *plan, const Module *engine_module) {
  Inst *engine = inst_module(m, engine_module, "u_engine");
  if (gen_of(plan)->connect) gen_of(plan)->connect(m, plan, engine);
  inst_in(engine, "rst_i", whole(m, "clear"));
  inst_out(engine, "done_o", find(m, "results_done"));
  inst_wire(engine, "");
}

// The C buffer undoes another order of the columns.
static void add_order(Module *m, const Plan *plan, Inst *inst) {
  if (plan_has(plan, PART_PERMUTE)) {
    inst_param(inst, "PERMUTE", 1);
    inst_param(inst, "PANEL_W", panel_bits(plan));
    inst_in(inst, "permute_i", whole(m, "job_permute"));
  } else {
    inst_in(inst, "permute_i", ex_const(m, 1, 0));
  }
}

static void add_epilogue(Module *m, const Plan *plan) {
  Inst *epilogue = inst_leaf(m, &leaf_epilogue, "u_epilogue");
  inst_param(epilogue, "LANES", plan->e_lanes);
  inst_param(epilogue, "LATENCY", plan->epilogue_latency);
  inst_param(epilogue, "ARRAY", array_style(plan));
  inst_in(epilogue, "rst_i", whole(m, "clear"));
  inst_in(epilogue, "params_i", ex_bit(whole(m, "job_epilogue"), 0));
  inst_in(epilogue, "narrow_i", ex_bit(whole(m, "job_epilogue"), 1));
  inst_in(epilogue, "rounding_i", ex_slice(whole(m, "job_epilogue"), 3, 2));
  inst_in(epilogue, "zero_i", whole(m, "job_out_zero"));
  inst_in(epilogue, "min_i", whole(m, "job_act_min"));
  inst_in(epilogue, "max_i", whole(m, "job_act_max"));
  add_order(m, plan, epilogue);
  if (!plan_has(plan, PART_PERMUTE)) inst_open(epilogue, "out_panel_o");
  inst_wire(epilogue, "");
}

static void add_c_buffer(Module *m, const Plan *plan) {
  Inst *buffer = inst_leaf(m, &leaf_c_buffer, "u_c_buffer");
  inst_param(buffer, "ADDR_W", plan->addr_bits);
  inst_param(buffer, "ROWS", plan->m0);
  inst_param(buffer, "COLS", plan->n0);
  inst_param(buffer, "LANES", plan->e_lanes);
  inst_param(buffer, "CHUNKS", plan->c_chunks);
  inst_param(buffer, "WORDS", 2 * plan->c_half_words);
  inst_param(buffer, "SLOTS", plan->c_slots);
  inst_param(buffer, "OUT_BYTES", out_bytes(plan));
  inst_in(buffer, "rst_i", whole(m, "wiped"));
  inst_in(buffer, "start_i", whole(m, "go"));
  inst_in(buffer, "addr_i", job_address(m, plan, "c"));
  inst_in(buffer, "pitch_i", whole(m, "job_c_pitch"));
  inst_in(buffer, "slots_i", ex_slice(whole(m, "job_c_slots"), clog2(plan->c_slots + 1) - 1, 0));
  inst_in(buffer, "slot_words_i", whole(m, "job_c_slot_words"));
  Expr *params = ex_bit(whole(m, "job_epilogue"), 0);
  inst_in(buffer, "params_i", plan_has(plan, PART_PERMUTE) ? ex_or(params, whole(m, "job_permute")) : params);
  inst_in(buffer, "narrow_i", ex_bit(whole(m, "job_epilogue"), 1));
  inst_in(buffer, "params_loaded_i", whole(m, "p_loaded"));
  inst_in(buffer, "in_valid_i", whole(m, "out_valid"));
  inst_in(buffer, "in_data_i", whole(m, "out_data"));
  add_order(m, plan, buffer);
  if (plan_has(plan, PART_PERMUTE)) {
    inst_in(buffer, "in_panel_i", whole(m, "out_panel"));
  } else {
    inst_in(buffer, "in_panel_i", ex_const(m, plan->e_lanes, 0));
    inst_open(buffer, "stray_o");
    inst_open(buffer, "stray_column_o");
  }
  inst_out(buffer, "grant_valid_o", find(m, "c_grant_valid"));
  inst_in(buffer, "grant_ready_i", whole(m, "c_grant_ready"));
  inst_out(buffer, "misfit_o", find(m, "c_misfit"));
  inst_out(buffer, "bytes_o", find(m, plan_has(plan, PART_SPARSE_C) ? "c_bytes" : "bytes_c"));
  inst_wire(buffer, "c_ job_");
}

// Results on their way from the C buffer to the write master, where they may leave their zeros behind.
static void add_sparse(Module *m, const Plan *plan) {
  assign(find(m, "sparse_c"), ex_and(whole(m, "job_c_format"), ex_bit(whole(m, "job_epilogue"), 1)));
  Inst *sparse = inst_leaf(m, &leaf_c_sparse, "u_c_sparse");
  inst_param(sparse, "ADDR_W", plan->addr_bits);
  inst_param(sparse, "SET", plan->beat_elems);
  inst_param(sparse, "IN_BYTES", out_bytes(plan));
  inst_param(sparse, "BURST", plan->burst_beats);
  inst_in(sparse, "rst_i", whole(m, "wiped"));
  inst_in(sparse, "clear_i", whole(m, "clear"));
  inst_in(sparse, "start_i", whole(m, "go"));
  inst_in(sparse, "sparse_i", whole(m, "sparse_c"));
  inst_in(sparse, "zero_i", whole(m, "job_out_zero"));
  inst_in(sparse, "addr_i", job_address(m, plan, "c"));
  inst_in(sparse, "meta_addr_i", job_address(m, plan, "cm"));
  inst_in(sparse, "rows_i", whole(m, "job_c_rows"));
  inst_in(sparse, "seg_rows_i", whole(m, "job_c_seg_rows"));
  inst_in(sparse, "values_cap_i", whole(m, "job_c_cap"));
  inst_in(sparse, "meta_cap_i", whole(m, "job_cm_cap"));
  for (const LeafPort *port = leaf_c_sparse.ports; port->name; port++) {
    if (strncmp(port->name, "in_", 3)) continue;
    Net *net = find(m, format(m, "c_%.*s", (int)strlen(port->name) - 5, port->name + 3));
    if (port->dir == PORT_IN)
      inst_in(sparse, port->name, ex(net));
    else
      inst_out(sparse, port->name, net);
  }
  inst_out(sparse, "full_o", find(m, "c_full"));
  inst_out(sparse, "full_row_o", find(m, "c_full_row"));
  inst_out(sparse, "busy_o", find(m, "sparse_busy"));
  inst_out(sparse, "values_o", find(m, "c_values"));
  inst_out(sparse, "meta_bytes_o", find(m, "cm_bytes"));
  inst_wire(sparse, "w_");
  assign(find(m, "bytes_c"), ex_mux(whole(m, "sparse_c"), whole(m, "c_values"), whole(m, "c_bytes")));
}

static void add_axi_write(Module *m, const Plan *plan) {
  Inst *write = inst_leaf(m, &leaf_axi_write, "u_axi_write");
  inst_param(write, "ADDR_W", plan->addr_bits);
  inst_param(write, "DATA_W", plan->bus_bits);
  inst_param(write, "BURST", plan->burst_beats);
  inst_param(write, "IN_BYTES", plan_has(plan, PART_COUNTED_C) ? plan->bus_bytes : out_bytes(plan));
  inst_param(write, "OUTSTANDING", plan->outstanding);
  inst_in(write, "clear_i", whole(m, "clear"));
  inst_out(write, "idle_o", find(m, "write_idle"));
  inst_out(write, "response_o", find(m, "write_response"));
  inst_out(write, "err_valid_o", find(m, "write_error"));
  inst_out(write, "err_count_o", find(m, "write_error_count"));
  inst_wire(write, plan_has(plan, PART_COUNTED_C) ? "w_" : "c_");
}

static void add_unused(Module *m, const Plan *plan) {
  for (int channel = 0; channel < channel_count(plan) && plan->addr_bits < 64; channel++)
    read_unused(ex_slice(whole(m, format(m, "job_%s_addr_hi", channel_name(channel))), 31, plan->addr_bits - 32));
  if (plan->addr_bits < 64) read_unused(ex_slice(whole(m, "job_c_addr_hi"), 31, plan->addr_bits - 32));
  if (plan->addr_bits < 64 && plan_has(plan, PART_COUNTED_C))
    read_unused(ex_slice(whole(m, "job_cm_addr_hi"), 31, plan->addr_bits - 32));
  if (plan->addr_bits < 64 && plan_has(plan, PART_OWN_JOB))
    read_unused(ex_slice(whole(m, "job_cl_addr_hi"), 31, plan->addr_bits - 32));
  if (plan_has(plan, PART_NEST)) read_unused(ex_slice(whole(m, "job_c_slots"), 7, clog2(plan->c_slots + 1)));
  if (gen_of(plan)->unused) gen_of(plan)->unused(m, plan);
  if (!plan->a_zero_point)
    read_unused(whole(m, "job_a_zero"));
  else if (plan->a_bits < 16)
    read_unused(ex_slice(whole(m, "job_a_zero"), 15, plan->a_bits));
}

// Between read channels and write master, where the job is the nest.
static void add_nest(Module *m, const Plan *plan, const Module *engine, const Module *reader) {
  section(m, "A");
  if (plan_has(plan, PART_COMPRESSED_A)) add_expand(m, plan);
  add_a_reader(m, plan, reader);
  add_panels(m, plan);
  add_activity(m, plan);
  section(m, "do the job registers fit each other?");
  add_fits(m, plan);
  section(m, "computing");
  add_engine(m, plan, engine);
  section(m, "results");
  add_epilogue(m, plan);
  add_c_buffer(m, plan);
  if (plan_has(plan, PART_SPARSE_C)) add_sparse(m, plan);
}

// The same where the engine drives it.
static void add_own(Module *m, const Plan *plan, const Module *engine) {
  section(m, "computing");
  add_own_engine(m, plan, engine);
  add_activity(m, plan);
  section(m, "results");
  add_own_results(m, plan);
}

static void add_reading(Module *m, const Plan *plan) {
  section(m, "reading");
  for (int channel = 0; channel < channel_count(plan) && plan_has(plan, PART_NEST); channel++)
    add_fetch(m, plan, channel);
  add_urgent(m, plan);
  add_axi_read(m, plan);
}

Module *build_top(Design *design, const Plan *plan, const Module *engine) {
  bool nest = plan_has(plan, PART_NEST);
  Module *csr = build_csr(design, plan), *reader = nest ? build_a_reader(design, plan) : NULL;
  Module *m = module_new(design, "lac_top", "The accelerator: one start runs one GEMM or convolution.");
  add_ports(m, plan);
  add_control_nets(m, plan);
  add_channel_nets(m, plan);
  if (nest) {
    add_operand_nets(m, plan);
    add_result_nets(m, plan);
  } else {
    add_own_nets(m, plan);
  }
  section(m, "control");
  add_csr(m, plan, csr);
  add_sequencer(m, plan);
  if (plan_has(plan, PART_REPORTS)) add_reports(m, plan);
  if (plan_has(plan, PART_READS)) add_buffer_reads(m, plan);
  add_reading(m, plan);
  if (nest)
    add_nest(m, plan, engine, reader);
  else
    add_own(m, plan, engine);
  add_axi_write(m, plan);
  add_unused(m, plan);
  return m;
}
