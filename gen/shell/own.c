// An engine that drives its job itself stands right between the read channels and the write master: its requests are
// those of the channels, its streams of results are cut into bursts, and what it says of an error or the end goes to
// the sequencer.
#include "gen/shell/own.h"

#include "gen/engine/engine.h"
#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"
#include "gen/shell/panels.h"

#define STREAM_NAME(NAME, name, counter) name,
static const char *const streams[STREAM_COUNT] = {STREAMS(STREAM_NAME)};
#undef STREAM_NAME

static int count_bits(const Plan *plan) {
  return clog2(plan->bus_bytes + 1);
}

void add_own_nets(Module *m, const Plan *plan) {
  int channels = channel_count(plan);
  const struct {
    const char *name;
    int width;
  } rows[] = {{"waits", channels},
              {"asked", channels * 32},
              {"asked_sums", channels * 64},
              {"out_valid", STREAM_COUNT},
              {"out_ready", STREAM_COUNT},
              {"out_data", STREAM_COUNT * plan->bus_bits},
              {"out_count", STREAM_COUNT * count_bits(plan)},
              {"out_last", STREAM_COUNT},
              {"beat_valid", STREAM_COUNT},
              {"beat_ready", STREAM_COUNT},
              {"beat_data", STREAM_COUNT * plan->bus_bits},
              {"beat_count", STREAM_COUNT * count_bits(plan)},
              {"beat_last", STREAM_COUNT},
              {"row", 32},
              {"tile", 1},
              {"results_done", 1},
              {"results_busy", 1},
              {"stream_error", 1},
              {"meta_error", 1},
              {"meta_error_pos", 32},
              {"set_error", 1},
              {"set_error_pos", 32},
              {"c_full", 1},
              {"c_full_row", 32},
              {"stream_bytes", STREAM_COUNT * 64},
              {"cm_bytes", 64},
              {"cl_bytes", 64},
              {"w_req_valid", 1},
              {"w_req_ready", 1},
              {"w_req_addr", plan->addr_bits},
              {"w_req_bytes", 32},
              {"w_dat_valid", 1},
              {"w_dat_ready", 1},
              {"w_dat_data", plan->bus_bits},
              {"w_dat_count", count_bits(plan)},
              {"w_dat_last", 1},
              {"write_idle", 1},
              {"write_response", 1},
              {"write_error", 1},
              {"write_error_count", 32}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    net_new(m, rows[i].name, rows[i].width);
  assign(find(m, "setup"), ex_const(m, 1, 0));
  assign(find(m, "job_error"), ex_const(m, 1, 0));
  assign(find(m, "job_error_pos"), ex_const(m, 32, 0));
}

// Bytes of the requests that a channel has taken.
static void add_asked(Module *m, const Plan *plan) {
  int channels = channel_count(plan);
  for (int i = 0; i < channels; i++) {
    Expr *taken = ex_and(ex_bit(whole(m, "req_valid"), i), ex_bit(whole(m, "req_ready"), i));
    Expr *bytes = ex_part(find(m, "req_bytes"), i, 32);
    assign_slice(find(m, "asked"), i * 32 + 31, i * 32, ex_and(bytes, ex_repeat(32, taken)));
    assign(find(m, format(m, "bytes_%s", channel_name(i))), ex_part(find(m, "asked_sums"), i, 64));
  }
  Inst *counters = inst_leaf(m, &leaf_counters, "u_asked");
  inst_param(counters, "COUNTERS", channels);
  inst_param(counters, "COUNT_W", 32);
  inst_in(counters, "rst_i", whole(m, "wiped"));
  inst_in(counters, "clear_i", whole(m, "go"));
  inst_in(counters, "counts_i", whole(m, "asked"));
  inst_out(counters, "sums_o", find(m, "asked_sums"));
}

void add_own_engine(Module *m, const Plan *plan, const Module *engine_module) {
  Inst *engine = inst_module(m, engine_module, "u_engine");
  if (gen_of(plan)->connect) gen_of(plan)->connect(m, plan, engine);
  inst_in(engine, "rst_i", whole(m, "clear"));
  inst_in(engine, "start_i", whole(m, "go"));
  inst_out(engine, "done_o", find(m, "results_done"));
  inst_wire(engine, "job_");
  add_asked(m, plan);
}

// The first stream stands lowest.
static Expr *of_streams(Module *m, const Plan *plan, bool addresses) {
  Expr *all = NULL;
  for (int i = 0; i < STREAM_COUNT; i++) {
    Expr *one = addresses ? job_address(m, plan, streams[i]) : whole(m, format(m, "job_%s_cap", streams[i]));
    all = all ? ex_cat(one, all) : one;
  }
  return all;
}

// Words of any number of bytes to beats.
static void add_packer(Module *m, const Plan *plan, int stream) {
  Inst *pack = inst_leaf(m, &leaf_byte_pack, format(m, "u_pack_%s", streams[stream]));
  inst_param(pack, "BYTES", plan->bus_bytes);
  inst_param(pack, "IN_BYTES", plan->bus_bytes);
  inst_in(pack, "rst_i", whole(m, "clear"));
  inst_in(pack, "in_valid_i", ex_bit(whole(m, "out_valid"), stream));
  inst_out_slice(pack, "in_ready_o", find(m, "out_ready"), stream, stream);
  inst_in(pack, "in_data_i", ex_part(find(m, "out_data"), stream, plan->bus_bits));
  inst_in(pack, "in_count_i", ex_part(find(m, "out_count"), stream, count_bits(plan)));
  inst_in(pack, "in_last_i", ex_bit(whole(m, "out_last"), stream));
  inst_out_slice(pack, "out_valid_o", find(m, "beat_valid"), stream, stream);
  inst_in(pack, "out_ready_i", ex_bit(whole(m, "beat_ready"), stream));
  inst_out_part(pack, "out_data_o", find(m, "beat_data"), stream, plan->bus_bits);
  inst_out_part(pack, "out_count_o", find(m, "beat_count"), stream, count_bits(plan));
  inst_out_slice(pack, "out_last_o", find(m, "beat_last"), stream, stream);
}

void add_own_results(Module *m, const Plan *plan) {
  for (int stream = 0; stream < STREAM_COUNT; stream++)
    add_packer(m, plan, stream);
  Inst *bursts = inst_leaf(m, &leaf_c_bursts, "u_c_bursts");
  inst_param(bursts, "WAYS", STREAM_COUNT);
  inst_param(bursts, "ADDR_W", plan->addr_bits);
  inst_param(bursts, "BYTES", plan->bus_bytes);
  inst_param(bursts, "BURST", plan->burst_beats);
  inst_in(bursts, "rst_i", whole(m, "wiped"));
  inst_in(bursts, "clear_i", whole(m, "clear"));
  inst_in(bursts, "start_i", whole(m, "go"));
  inst_in(bursts, "on_i", ex_const(m, 1, 1));
  inst_in(bursts, "addrs_i", of_streams(m, plan, true));
  inst_in(bursts, "caps_i", of_streams(m, plan, false));
  inst_in(bursts, "place_i", whole(m, "row"));
  inst_in(bursts, "in_valid_i", whole(m, "beat_valid"));
  inst_out(bursts, "in_ready_o", find(m, "beat_ready"));
  inst_in(bursts, "in_data_i", whole(m, "beat_data"));
  inst_in(bursts, "in_count_i", whole(m, "beat_count"));
  inst_in(bursts, "in_last_i", whole(m, "beat_last"));
  inst_out(bursts, "busy_o", find(m, "results_busy"));
  inst_out(bursts, "full_o", find(m, "c_full"));
  inst_out(bursts, "full_place_o", find(m, "c_full_row"));
  inst_out(bursts, "bytes_o", find(m, "stream_bytes"));
  inst_wire(bursts, "w_");
  assign(find(m, "bytes_c"), ex_part(find(m, "stream_bytes"), STREAM_C, 64));
  assign(find(m, "cm_bytes"), ex_part(find(m, "stream_bytes"), STREAM_CM, 64));
  assign(find(m, "cl_bytes"), ex_part(find(m, "stream_bytes"), STREAM_CL, 64));
}
