// An engine that drives its job itself, for tests alone: the generator's record, under a configuration of the dense
// engine. It selects rows. A has at most one nonzero a row, which is 1; row i of C is the row of B that it names.
//
// In memory, as 32-bit numbers: AL one for each row of A, 1 + the column of its nonzero, or 0; BL K + 1, how many
// values of B come before each row and in all; B the values, M their columns. C as RESULT_CSR says
// (harness/result/result.h).
//
// A front walks the rows: the number of AL, then the two of BL that it names, then requests of B and M, then the number
// of CL. Behind it beats of B and M go to C and CM, each by itself, while the front is up to four rows ahead.
#ifndef LACUNA_TEST_OWN_GEN_H
#define LACUNA_TEST_OWN_GEN_H

#include "gen/engine/engine_common.h"
#include "gen/engine/operands.h"
#include "gen/leaf/leaves.h"

enum { OWN_NUMBER = 250, AHEAD = 4 };
enum { IDLE, ROW, FETCH, POINTERS, ASK, LENGTH, END }; // of the front

static unsigned own_parts(const Plan *p) {
  (void)p;
  return PART_OWN_JOB;
}

static Expr *n_(Module *m, const char *name) {
  return ex(net_find(m, name));
}

static Expr *bit_(Module *m, const char *name, int bit) {
  return ex_bit(n_(m, name), bit);
}

static void set(Module *m, const char *name, Expr *value) {
  assign(net_new(m, name, ex_width(value)), value);
}

static Expr *all_of(Expr *a, Expr *b, Expr *c) {
  return ex_and(ex_and(a, b), c);
}

static Expr *in_state(Module *m, int state) {
  return ex_eq(n_(m, "state_q"), ex_const(m, 3, (uint64_t)state));
}

static void set_state(Module *m, const char *name, int state) {
  set(m, name, in_state(m, state));
}

// ---- the front

static void own_numbers(Module *m, const Plan *p) {
  Inst *fetch = inst_leaf(m, &leaf_fetch, "u_fetch");
  inst_param(fetch, "ADDR_W", p->addr_bits);
  inst_in(fetch, "clear_i", ex_const(m, 1, 0));
  inst_in(fetch, "start_i", n_(m, "start_i"));
  inst_in(fetch, "addr_i", n_(m, "al_addr_i"));
  inst_in(fetch, "pitch_i", ex_const(m, 32, 0));
  inst_in(fetch, "bytes_i", n_(m, "al_bytes_i"));
  inst_in(fetch, "count_i", ex_const(m, 32, 1));
  inst_out_slice(fetch, "req_valid_o", net_find(m, "req_valid_o"), CHANNEL_AL, CHANNEL_AL);
  inst_in(fetch, "req_ready_i", bit_(m, "req_ready_i", CHANNEL_AL));
  inst_out_part(fetch, "req_addr_o", net_find(m, "req_addr_o"), CHANNEL_AL, p->addr_bits);
  inst_out_part(fetch, "req_bytes_o", net_find(m, "req_bytes_o"), CHANNEL_AL, 32);
  inst_open(fetch, "bytes_o");
  net_new(m, "number_valid", 1);
  net_new(m, "number", 32);
  Inst *gearbox = inst_leaf(m, &leaf_gearbox, "u_numbers");
  inst_param(gearbox, "IN_W", p->bus_bits);
  inst_param(gearbox, "OUT_W", 32);
  inst_in(gearbox, "in_valid_i", bit_(m, "dat_valid_i", CHANNEL_AL));
  inst_out_slice(gearbox, "in_ready_o", net_find(m, "dat_ready_o"), CHANNEL_AL, CHANNEL_AL);
  inst_in(gearbox, "in_data_i", ex_part(net_find(m, "dat_data_i"), CHANNEL_AL, p->bus_bits));
  inst_in(gearbox, "in_last_i", bit_(m, "dat_last_i", CHANNEL_AL));
  inst_out(gearbox, "out_valid_o", net_find(m, "number_valid"));
  inst_in(gearbox, "out_ready_i", n_(m, "in_row"));
  inst_out(gearbox, "out_data_o", net_find(m, "number"));
}

static Expr *bytes_of(Module *m, const Plan *p, const char *base, Expr *count) { // base + 4 * count
  return ex_add(n_(m, base), ex_zero_extend(ex_cat(count, ex_const(m, 2, 0)), p->addr_bits));
}

static void request(Module *m, const Plan *p, int channel, Expr *valid, Expr *address, Expr *bytes) {
  assign_slice(net_find(m, "req_valid_o"), channel, channel, valid);
  assign_slice(net_find(m, "req_addr_o"), (channel + 1) * p->addr_bits - 1, channel * p->addr_bits, address);
  assign_slice(net_find(m, "req_bytes_o"), channel * 32 + 31, channel * 32, bytes);
}

static void own_requests(Module *m, const Plan *p) {
  Expr *key = n_(m, "key_q"), *bytes = ex_cat(ex_slice(n_(m, "count_q"), 29, 0), ex_const(m, 2, 0));
  set(m, "beyond", ex_ge(ex_cat(ex_slice(key, 29, 0), ex_const(m, 2, 0)), n_(m, "bl_bytes_i"))); // 4 (key + 1) > bytes
  set(m, "first_request", ex_and(n_(m, "in_fetch"), ex_not(n_(m, "beyond"))));
  set(m, "falls", ex_bit(n_(m, "count_q"), 31));
  set(m, "may_ask", all_of(n_(m, "in_ask"), ex_not(n_(m, "falls")), ex_and(n_(m, "b_room"), n_(m, "m_room"))));
  set(m, "ask_b", ex_and(n_(m, "may_ask"), ex_not(n_(m, "asked_b_q"))));
  set(m, "ask_m", ex_and(n_(m, "may_ask"), ex_not(n_(m, "asked_m_q"))));
  Expr *before = ex_sub(ex_slice(key, 29, 0), ex_const(m, 30, 1));
  request(m, p, CHANNEL_BL, n_(m, "first_request"), bytes_of(m, p, "bl_addr_i", before), ex_const(m, 32, 8));
  request(m, p, CHANNEL_B, n_(m, "ask_b"), bytes_of(m, p, "b_addr_i", ex_slice(n_(m, "first_q"), 29, 0)), bytes);
  request(m, p, CHANNEL_M, n_(m, "ask_m"), bytes_of(m, p, "m_addr_i", ex_slice(n_(m, "first_q"), 29, 0)), bytes);
  set(m, "b_asked", ex_and(n_(m, "ask_b"), bit_(m, "req_ready_i", CHANNEL_B)));
  set(m, "m_asked", ex_and(n_(m, "ask_m"), bit_(m, "req_ready_i", CHANNEL_M)));
  set(m, "has_b", ex_or(n_(m, "asked_b_q"), n_(m, "b_asked")));
  set(m, "has_m", ex_or(n_(m, "asked_m_q"), n_(m, "m_asked")));
  set(m, "both_asked", all_of(n_(m, "in_ask"), n_(m, "has_b"), n_(m, "has_m")));
  reg_next(net_find(m, "asked_b_q"), ex_and(n_(m, "has_b"), ex_not(n_(m, "both_asked"))), NULL);
  reg_next(net_find(m, "asked_m_q"), ex_and(n_(m, "has_m"), ex_not(n_(m, "both_asked"))), NULL);
}

static Expr *to(Module *m, int state) {
  return ex_const(m, 3, (uint64_t)state);
}

static void own_steps(Module *m, const Plan *p) {
  Net *pointers = net_new(m, "pointers", 64);
  assign(pointers, ex_part(net_find(m, "dat_data_i"), CHANNEL_BL, p->bus_bits));
  set(m, "difference", ex_sub(ex_slice(ex(pointers), 63, 32), ex_slice(ex(pointers), 31, 0)));
  set(m, "number_taken", ex_and(n_(m, "in_row"), n_(m, "number_valid")));
  set(m, "pointers_taken", ex_and(n_(m, "in_pointers"), bit_(m, "dat_valid_i", CHANNEL_BL)));
  set(m, "length_taken", ex_and(n_(m, "in_length"), bit_(m, "out_ready_i", STREAM_CL)));
  Expr *none = ex_eq(n_(m, "difference"), ex_const(m, 32, 0)), *nothing = ex_eq(n_(m, "number"), ex_const(m, 32, 0));
  Expr *next = ex_mux(n_(m, "start_i"), to(m, LENGTH), n_(m, "state_q"));
  next = ex_mux(n_(m, "number_taken"), ex_mux(nothing, to(m, LENGTH), to(m, FETCH)), next);
  next = ex_mux(ex_and(n_(m, "first_request"), bit_(m, "req_ready_i", CHANNEL_BL)), to(m, POINTERS), next);
  next = ex_mux(n_(m, "pointers_taken"), ex_mux(none, to(m, LENGTH), to(m, ASK)), next);
  next = ex_mux(n_(m, "both_asked"), to(m, LENGTH), next);
  Expr *whole = ex_eq(n_(m, "row_q"), n_(m, "m_i"));
  next = ex_mux(n_(m, "length_taken"), ex_mux(whole, to(m, END), to(m, ROW)), next);
  next = ex_mux(ex_and(n_(m, "in_end"), ex_reduce_and(n_(m, "ended_q"))), to(m, IDLE), next);
  reg_next(net_find(m, "state_q"), next, NULL);
  Expr *zero = ex_const(m, 32, 0);
  reg_next(net_find(m, "row_q"), ex_mux(n_(m, "start_i"), zero, ex_add(n_(m, "row_q"), ex_const(m, 32, 1))),
           ex_or(n_(m, "start_i"), n_(m, "number_taken")));
  reg_next(net_find(m, "sum_q"), ex_mux(n_(m, "start_i"), zero, ex_add(n_(m, "sum_q"), n_(m, "difference"))),
           ex_or(n_(m, "start_i"), n_(m, "pointers_taken")));
  reg_next(net_find(m, "key_q"), n_(m, "number"), n_(m, "number_taken"));
  reg_next(net_find(m, "first_q"), ex_slice(ex(pointers), 31, 0), n_(m, "pointers_taken"));
  reg_next(net_find(m, "count_q"), n_(m, "difference"), n_(m, "pointers_taken"));
}

// ---- behind it: beats of a channel to a stream

static void own_mover(Module *m, const Plan *p, const char *name, int channel, int stream) {
  net_new(m, format(m, "%s_here", name), 1);
  net_new(m, format(m, "%s_odd", name), 1);
  Inst *fifo = inst_leaf(m, &leaf_fifo, format(m, "u_%s_rows", name));
  inst_param(fifo, "WIDTH", 1);
  inst_param(fifo, "DEPTH", AHEAD);
  inst_in(fifo, "in_valid_i", n_(m, format(m, "%s_asked", name)));
  inst_out(fifo, "in_ready_o", net_find(m, format(m, "%s_room", name)));
  inst_in(fifo, "in_data_i", bit_(m, "count_q", 0));
  inst_out(fifo, "out_valid_o", net_find(m, format(m, "%s_here", name)));
  inst_out(fifo, "out_data_o", net_find(m, format(m, "%s_odd", name)));
  Expr *here = n_(m, format(m, "%s_here", name)), *last = bit_(m, "dat_last_i", channel);
  Expr *ready = bit_(m, "out_ready_i", stream), *beat = bit_(m, "dat_valid_i", channel);
  set(m, format(m, "%s_moves", name), all_of(here, beat, ready));
  inst_in(fifo, "out_ready_i", ex_and(n_(m, format(m, "%s_moves", name)), last));
  assign_slice(net_find(m, "dat_ready_o"), channel, channel, ex_and(here, ready));
  int bits = clog2(p->bus_bytes + 1), bus = p->bus_bits;
  set(m, format(m, "%s_ends", name), all_of(n_(m, "in_end"), ex_not(here), ex_not(bit_(m, "ended_q", stream))));
  Expr *half = ex_and(last, n_(m, format(m, "%s_odd", name)));
  Expr *count = ex_mux(half, ex_const(m, bits, 4), ex_const(m, bits, 8));
  assign_slice(net_find(m, "out_valid_o"), stream, stream,
               ex_or(ex_and(here, beat), n_(m, format(m, "%s_ends", name))));
  assign_slice(net_find(m, "out_last_o"), stream, stream, n_(m, format(m, "%s_ends", name)));
  assign_slice(net_find(m, "out_data_o"), (stream + 1) * bus - 1, stream * bus,
               ex_part(net_find(m, "dat_data_i"), channel, bus));
  assign_slice(net_find(m, "out_count_o"), (stream + 1) * bits - 1, stream * bits,
               ex_mux(n_(m, format(m, "%s_ends", name)), ex_const(m, bits, 0), count));
}

static void own_lengths(Module *m, const Plan *p) {
  int bits = clog2(p->bus_bytes + 1), at = STREAM_CL, bus = p->bus_bits;
  set(m, "l_ends", ex_and(n_(m, "in_end"), ex_not(bit_(m, "ended_q", at))));
  assign_slice(net_find(m, "out_valid_o"), at, at, ex_or(n_(m, "in_length"), n_(m, "l_ends")));
  assign_slice(net_find(m, "out_last_o"), at, at, n_(m, "l_ends"));
  assign_slice(net_find(m, "out_data_o"), (at + 1) * bus - 1, at * bus, ex_zero_extend(n_(m, "sum_q"), bus));
  assign_slice(net_find(m, "out_count_o"), (at + 1) * bits - 1, at * bits,
               ex_mux(n_(m, "l_ends"), ex_const(m, bits, 0), ex_const(m, bits, 4)));
  Expr *ends = ex_cat(n_(m, "l_ends"), n_(m, "m_ends"), n_(m, "b_ends"));
  Expr *ended = ex_or(n_(m, "ended_q"), ex_and(ends, n_(m, "out_ready_i")));
  reg_next(net_find(m, "ended_q"), ex_and(ended, ex_repeat(STREAM_COUNT, ex_not(n_(m, "start_i")))), NULL);
}

// ---- what is said of a cycle

static void own_report(Module *m, const Plan *p) {
  Expr *lacks_b = ex_and(n_(m, "b_here"), ex_not(bit_(m, "dat_valid_i", CHANNEL_B)));
  Expr *lacks_m = ex_and(n_(m, "m_here"), ex_not(bit_(m, "dat_valid_i", CHANNEL_M)));
  Expr *lacks_l = ex_and(n_(m, "in_row"), ex_not(n_(m, "number_valid")));
  Expr *lacks_p = ex_and(n_(m, "in_pointers"), ex_not(bit_(m, "dat_valid_i", CHANNEL_BL)));
  set(m, "lacks_b", lacks_b);
  set(m, "lacks_m", lacks_m);
  set(m, "lacks_l", lacks_l);
  set(m, "lacks_p", lacks_p);
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    const char *name = i == CHANNEL_B    ? "lacks_b"
                       : i == CHANNEL_M  ? "lacks_m"
                       : i == CHANNEL_AL ? "lacks_l"
                       : i == CHANNEL_BL ? "lacks_p"
                                         : NULL;
    assign_slice(net_find(m, "waits_o"), i, i, name ? n_(m, name) : ex_const(m, 1, 0));
  }
  Expr *cause = ex_const(m, 3, CAUSE_WAIT_OUT);
  cause = ex_mux(ex_or(n_(m, "lacks_l"), n_(m, "lacks_p")), ex_const(m, 3, CAUSE_WAIT_A), cause);
  cause = ex_mux(n_(m, "lacks_m"), ex_const(m, 3, CAUSE_WAIT_META), cause);
  cause = ex_mux(n_(m, "lacks_b"), ex_const(m, 3, CAUSE_WAIT_B), cause);
  assign(net_find(m, "cause_o"), ex_mux(n_(m, "b_moves"), ex_const(m, 3, CAUSE_MULTIPLY), cause));
  assign(net_find(m, "issued_o"), ex_zero_extend(n_(m, "b_moves"), p->count_bits));
  assign(net_find(m, "effectual_o"), ex_const(m, p->count_bits, 0));
  assign(net_find(m, "skipped_o"), ex_const(m, p->count_bits, 0));
  assign(net_find(m, "tile_o"), n_(m, "length_taken"));
  assign(net_find(m, "done_o"), in_state(m, IDLE));
  assign(net_find(m, "row_o"), n_(m, "row_q"));
  assign(net_find(m, "stream_error_o"), ex_const(m, 1, 0));
  assign(net_find(m, "set_error_o"), ex_and(n_(m, "in_fetch"), n_(m, "beyond")));
  assign(net_find(m, "set_error_pos_o"), n_(m, "row_q"));
  assign(net_find(m, "meta_error_o"), ex_and(n_(m, "in_ask"), n_(m, "falls")));
  assign(net_find(m, "meta_error_pos_o"), n_(m, "row_q"));
}

static bool is_used(int channel) {
  return channel == CHANNEL_B || channel == CHANNEL_M || channel == CHANNEL_AL || channel == CHANNEL_BL;
}

static void own_nothing(Module *m, const Plan *p) {
  for (int i = 0; i < CHANNEL_COUNT; i++) {
    if (!is_used(i)) {
      request(m, p, i, ex_const(m, 1, 0), ex_const(m, p->addr_bits, 0), ex_const(m, 32, 0));
      assign_slice(net_find(m, "dat_ready_o"), i, i, ex_const(m, 1, 0));
      read_unused(ex_part(net_find(m, "dat_data_i"), i, p->bus_bits));
    }
    if (!is_used(i)) read_unused(ex_cat(bit_(m, "req_ready_i", i), bit_(m, "dat_valid_i", i)));
    if (!is_used(i) || i == CHANNEL_BL) read_unused(bit_(m, "dat_last_i", i));
  }
  assign_slice(net_find(m, "dat_ready_o"), CHANNEL_BL, CHANNEL_BL, n_(m, "in_pointers"));
  read_unused(ex_slice(n_(m, "key_q"), 31, 30));
  read_unused(ex_slice(n_(m, "first_q"), 31, 30));
  read_unused(ex_bit(n_(m, "count_q"), 30));
}

static Module *own_build(Design *design, const Plan *p) {
  static const char *const addresses[] = {"b_addr_i", "m_addr_i", "al_addr_i", "bl_addr_i"};
  static const char *const states[] = {[ROW] = "in_row", [FETCH] = "in_fetch",   [POINTERS] = "in_pointers",
                                       [ASK] = "in_ask", [LENGTH] = "in_length", [END] = "in_end"};
  Module *m = module_new(design, "lac_engine", "Rows of B that the rows of A name.");
  add_own_ports(m, p);
  section(m, "job registers");
  for (int i = 0; i < 4; i++)
    port_in(m, addresses[i], p->addr_bits, NULL);
  port_in(m, "m_i", 32, NULL);
  port_in(m, "al_bytes_i", 32, NULL);
  port_in(m, "bl_bytes_i", 32, NULL);
  section(m, "the front");
  reg_reset(m, "state_q", 3, IDLE);
  reg_reset(m, "asked_b_q", 1, 0);
  reg_reset(m, "asked_m_q", 1, 0);
  reg_reset(m, "ended_q", STREAM_COUNT, 0);
  static const char *const words[] = {"row_q", "sum_q", "key_q", "first_q", "count_q"};
  for (int i = 0; i < 5; i++)
    reg_new(m, words[i], 32);
  for (int i = ROW; i <= END; i++)
    set_state(m, states[i], i);
  net_new(m, "b_room", 1);
  net_new(m, "m_room", 1);
  own_numbers(m, p);
  own_requests(m, p);
  own_steps(m, p);
  section(m, "beats to streams");
  own_mover(m, p, "b", CHANNEL_B, STREAM_C);
  own_mover(m, p, "m", CHANNEL_M, STREAM_CM);
  own_lengths(m, p);
  section(m, "what happened");
  own_report(m, p);
  own_nothing(m, p);
  return m;
}

// ---- the rest of the record

static void own_connect(Module *m, const Plan *p, Inst *engine) {
  static const char *const regions[] = {"b", "m", "al", "bl"};
  for (int i = 0; i < 4; i++)
    inst_in(engine, format(m, "%s_addr_i", regions[i]), job_address(m, p, regions[i]));
}

static void own_unused(Module *m, const Plan *p) {
  static const char *const words[] = {"n",        "a_bytes",  "b_bytes", "m_bytes", "p_bytes",
                                      "am_bytes", "epilogue", "act_min", "act_max", "out_zero"};
  static const char *const regions[] = {"a", "p", "am"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    read_unused(n_(m, format(m, "job_%s", words[i])));
  for (int i = 0; i < 3; i++) {
    read_unused(n_(m, format(m, "job_%s_addr_lo", regions[i])));
    read_unused(ex_slice(n_(m, format(m, "job_%s_addr_hi", regions[i])), p->addr_bits - 33, 0));
  }
}

static EngineNeeds own_needs(const Plan *p) {
  (void)p;
  return (EngineNeeds){0};
}

static void own_print(const Plan *p, FILE *out) {
  fprintf(out, "Rows, %d ahead, of %d bits\n\n", AHEAD, p->data_bits);
}

static void own_format(const Plan *p, int place, char *text, size_t size) {
  snprintf(text, size, "numbers of 32 bits, in beats of %d bytes, of place %d", p->bus_bytes, place);
}

static const EngineGen own_gen = {.parts = own_parts,
                                  .connect = own_connect,
                                  .unused = own_unused,
                                  .build = own_build,
                                  .needs = own_needs,
                                  .modes = plain_modes,
                                  .print = own_print,
                                  .format = own_format};

#endif
