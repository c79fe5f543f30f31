// lac_csr from the register table: storage, what of it a running job sees, read multiplexer, pulses, and the check that
// job registers hold what the hardware can do.
#include <stdlib.h>
#include <string.h>

#include "gen/hdl/hdl_wire.h"
#include "gen/leaf/leaves.h"
#include "gen/plan/registers.h"
#include "gen/shell/job_check.h"
#include "gen/shell/register.h"
#include "gen/shell/shell.h"

typedef enum Access { RO, RW, W1, W1C, CNT } Access;

typedef struct Register {
  const char *name;
  unsigned offset;
  Access access;
  int bits;
  uint64_t reset;
} Register;

#define REGISTER_ROW(NAME, offset, access, bits, reset, ...) {#NAME, offset, access, bits, reset},
static const Register table[] = {REGISTERS(REGISTER_ROW)};
#undef REGISTER_ROW

#define JOB_ROW(NAME, ...) #NAME,
static const char *const job[] = {REGISTERS_JOB(JOB_ROW)};
#undef JOB_ROW

#define FIELD_BIT(REGISTER, NAME, low, ...) BIT_##REGISTER##_##NAME = low,
enum { REGISTER_FIELDS(FIELD_BIT) };
#undef FIELD_BIT

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool is_job(const Register *r) {
  for (size_t i = 0; i < COUNT(job); i++)
    if (!strcmp(job[i], r->name)) return true;
  return false;
}

// Whether the register is storage, and not one that the plan fixes.
static bool is_stored(const Plan *plan, const Register *r) {
  uint64_t value;
  return r->access == RW && !register_fixed(plan, r->name, &value);
}

static void add_ports(Module *m, const Plan *plan) {
  uint64_t value;
  for (size_t i = 0; i < COUNT(table); i++) {
    const Register *r = &table[i];
    if (is_stored(plan, r))
      port_out(m, register_net(m, r->name, "_o"), r->bits, NULL);
    else if (r->access != W1 && !register_fixed(plan, r->name, &value))
      port_in(m, register_net(m, r->name, "_i"), r->bits, NULL);
  }
  port_out(m, "start_o", 1, "CTRL.START written with one");
  port_out(m, "abort_o", 1, "CTRL.ABORT written with one");
  port_out(m, "wipe_o", 1, "CTRL.CLEAR written with one while idle, a cycle later");
  port_out(m, "done_clear_o", 1, "STATUS.DONE written with one");
  port_out(m, "error_clear_o", 1, "STATUS.ERROR written with one");
  port_out(m, "bad_job_o", 1, "a job register holds what the hardware can't do");
  port_out(m, "bad_job_pos_o", 32, "its byte offset");
}

static Expr *at(Module *m, Net *address, unsigned offset) {
  return ex_eq(ex(address), ex_hex(m, REGISTER_SPACE_BITS - 2, offset / 4));
}

// Storage of all RW registers: bytes that are strobed take the bus, the others keep.
static void add_storage(Module *m, const Plan *plan, Net *we, Net *word, Net *mask, Net *data) {
  Net *q[COUNT(table)];
  for (size_t i = 0; i < COUNT(table); i++)
    if (is_stored(plan, &table[i]))
      q[i] = reg_reset(m, register_net(m, table[i].name, "_q"), table[i].bits, table[i].reset);
  for (size_t i = 0; i < COUNT(table); i++) {
    if (!is_stored(plan, &table[i])) continue;
    int top = table[i].bits - 1;
    Expr *keep = ex_and(ex(q[i]), ex_not(ex_slice(ex(mask), top, 0)));
    reg_next(q[i], ex_or(keep, ex_slice(ex(data), top, 0)), ex_and(ex(we), at(m, word, table[i].offset)));
  }
}

// Job registers follow what is programmed until a job begins, and hold for as long as it runs; the others act at once.
static void add_latches(Module *m, const Plan *plan) {
  Net *held[COUNT(table)] = {NULL}, *idle = net_find(m, "idle");
  for (size_t i = 0; i < COUNT(table); i++)
    if (is_stored(plan, &table[i]) && is_job(&table[i]))
      held[i] = reg_new(m, register_net(m, table[i].name, "_held_q"), table[i].bits);
  for (size_t i = 0; i < COUNT(table); i++)
    if (held[i]) reg_next(held[i], ex(net_find(m, register_net(m, table[i].name, "_q"))), ex(idle));
  for (size_t i = 0; i < COUNT(table); i++) {
    if (!is_stored(plan, &table[i])) continue;
    Net *q = held[i] ? held[i] : net_find(m, register_net(m, table[i].name, "_q"));
    assign(net_find(m, register_net(m, table[i].name, "_o")), ex(q));
  }
}

// 32-bit words that a register has in the map.
static int halves(const Plan *plan, const Register *r) {
  return !register_mapped(plan, r->name) ? 0 : r->access == CNT ? 2 : 1;
}

static Expr *read_value(Module *m, const Plan *plan, const Register *r, int half) {
  uint64_t value;
  if (register_fixed(plan, r->name, &value)) return ex_hex(m, 32, value);
  if (r->access == W1) return ex_hex(m, 32, 0);
  Net *net = net_find(m, register_net(m, r->name, r->access == RW ? "_q" : "_i"));
  if (r->access == CNT) return ex_slice(ex(net), half * 32 + 31, half * 32);
  return ex_zero_extend(ex(net), 32);
}

static void add_read(Module *m, const Plan *plan, Net *word, Net *re) {
  Net *value = net_new(m, "read_value", 32);
  Net *read_q = reg_new(m, "reg_rdata_q", 32);
  Select *mux = select_new(value, ex(word), ex_hex(m, 32, 0));
  for (size_t i = 0; i < COUNT(table); i++)
    for (int half = 0; half < halves(plan, &table[i]); half++)
      select_row(mux, table[i].offset / 4 + (unsigned)half, read_value(m, plan, &table[i], half),
                 half ? NULL : table[i].name);
  reg_next(read_q, ex(value), ex(re));
}

// The slave asks in the cycle after a read or a write whether anything is at its address.
static void add_mapped(Module *m, const Plan *plan, Net *we, Net *write_word, Net *read_word) {
  Net *word = net_new(m, "mapped_word", REGISTER_SPACE_BITS - 2), *mapped = net_new(m, "mapped", 1);
  assign(word, ex_mux(ex(we), ex(write_word), ex(read_word)));
  Select *mux = select_new(mapped, ex(word), ex_const(m, 1, 0));
  for (size_t i = 0; i < COUNT(table); i++)
    for (int half = 0; half < halves(plan, &table[i]); half++)
      select_row(mux, table[i].offset / 4 + (unsigned)half, ex_const(m, 1, 1), half ? NULL : table[i].name);
  Net *unmapped_q = reg_new(m, "reg_unmapped_q", 1);
  reg_next(unmapped_q, ex_not(ex(mapped)), NULL);
}

static unsigned offset_of(const char *name) {
  for (size_t i = 0; i < COUNT(table); i++)
    if (!strcmp(table[i].name, name)) return table[i].offset;
  return 0;
}

static void add_pulse(Module *m, const char *port, Net *we, Net *word, unsigned offset, Net *data, int bit) {
  assign(net_find(m, port), ex_and_all(3, (Expr *[]){ex(we), at(m, word, offset), ex_bit(ex(data), bit)}));
}

// The slave leaves at least a cycle between two writes, so that no start can meet the clearing of the one before it.
static void add_pulses(Module *m, Net *we, Net *word, Net *data) {
  unsigned ctrl = offset_of("CTRL"), status = offset_of("STATUS");
  add_pulse(m, "start_o", we, word, ctrl, data, BIT_CTRL_START);
  add_pulse(m, "abort_o", we, word, ctrl, data, BIT_CTRL_ABORT);
  Net *clear = net_new(m, "clear", 1), *wipe_q = reg_reset(m, "wipe_q", 1, 0);
  add_pulse(m, "clear", we, word, ctrl, data, BIT_CTRL_CLEAR);
  Expr *start = ex(net_find(m, "start_o")), *idle = ex(net_find(m, "idle"));
  reg_next(wipe_q, ex_and_all(3, (Expr *[]){ex(clear), ex_not(start), idle}), NULL);
  assign(net_find(m, "wipe_o"), ex(wipe_q));
  add_pulse(m, "done_clear_o", we, word, status, data, BIT_STATUS_DONE);
  add_pulse(m, "error_clear_o", we, word, status, data, BIT_STATUS_ERROR);
}

// Pins of the bus are ports of this module under the leaf's names.
static void add_bus_ports(Module *m) {
  for (const LeafPort *port = leaf_axil_slave.ports; port->name; port++)
    if (!strncmp(port->name, "s_axil_", 7)) {
      int width = strstr(port->name, "addr") ? REGISTER_SPACE_BITS : atoi(port->width);
      if (port->dir == PORT_IN)
        port_in(m, port->name, width, NULL);
      else
        port_out(m, port->name, width, NULL);
    }
}

Module *build_csr(Design *design, const Plan *plan) {
  Module *m = module_new(design, "lac_csr",
                         "Registers of the accelerator behind an AXI4-Lite slave, after the register table.");
  port_in(m, "clk_i", 1, NULL);
  port_in(m, "rst_i", 1, NULL);
  section(m, "AXI4-Lite");
  add_bus_ports(m);
  section(m, "registers");
  add_ports(m, plan);

  section(m, "bus");
  Net *we = net_new(m, "reg_we", 1), *re = net_new(m, "reg_re", 1);
  Net *waddr = net_new(m, "reg_addr", REGISTER_SPACE_BITS), *raddr = net_new(m, "reg_raddr", REGISTER_SPACE_BITS);
  Net *wdata = net_new(m, "reg_wdata", 32), *wstrb = net_new(m, "reg_wstrb", 4);
  Net *wword = net_new(m, "write_word", REGISTER_SPACE_BITS - 2),
      *rword = net_new(m, "read_word", REGISTER_SPACE_BITS - 2);
  Net *mask = net_new(m, "write_mask", 32), *data = net_new(m, "write_data", 32);
  assign(wword, ex_slice(ex(waddr), REGISTER_SPACE_BITS - 1, 2));
  assign(rword, ex_slice(ex(raddr), REGISTER_SPACE_BITS - 1, 2));
  assign(mask, ex_cat(ex_repeat(8, ex_bit(ex(wstrb), 3)), ex_repeat(8, ex_bit(ex(wstrb), 2)),
                      ex_repeat(8, ex_bit(ex(wstrb), 1)), ex_repeat(8, ex_bit(ex(wstrb), 0))));
  assign(data, ex_and(ex(wdata), ex(mask)));

  section(m, "storage: what is programmed");
  add_storage(m, plan, we, wword, mask, data);
  section(m, "what the running job sees");
  assign(net_new(m, "idle", 1), ex_not(ex_bit(ex(net_find(m, "status_i")), BIT_STATUS_BUSY)));
  add_latches(m, plan);

  section(m, "pulses");
  add_pulses(m, we, wword, data);

  section(m, "read");
  add_read(m, plan, rword, re);
  add_mapped(m, plan, we, wword, rword);
  section(m, "job check");
  add_job_checks(m, plan);

  section(m, "AXI4-Lite slave");
  Inst *slave = inst_leaf(m, &leaf_axil_slave, "u_axil_slave");
  inst_param(slave, "ADDR_W", REGISTER_SPACE_BITS);
  inst_in(slave, "reg_rdata_i", ex(net_find(m, "reg_rdata_q")));
  inst_in(slave, "reg_unmapped_i", ex(net_find(m, "reg_unmapped_q")));
  inst_wire(slave, "");
  read_unused(ex_slice(ex(waddr), 1, 0));
  read_unused(ex_slice(ex(raddr), 1, 0));
  return m;
}
