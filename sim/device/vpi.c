// The Icarus backend inside vvp: a VPI module that runs the bench around lac_top and obeys commands from a socket.
// Also the four-state check: after reset no bit of any output may be X or Z.
#include "sim/device/bench.h"
#include "sim/device/pipe.h"
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <vpi_user.h>

// Where a port's value lies in DevicePins or HostPins; outputs that the bench has no use for are only checked.
typedef struct Port {
  const char *name;
  size_t offset, bytes;
} Port;

#define CHECKED_ONLY       0
#define FIELD(type, field) offsetof(type, field), sizeof((type *)0)->field
#define OUT(name, field)                                                                                               \
  { name, FIELD(DevicePins, field) }
#define IN(name, field)                                                                                                \
  { name, FIELD(HostPins, field) }

static const Port outputs[] = {
    OUT("irq_o", irq),
    OUT("s_axil_awready", lite.awready),
    OUT("s_axil_wready", lite.wready),
    OUT("s_axil_bresp", lite.bresp),
    OUT("s_axil_bvalid", lite.bvalid),
    OUT("s_axil_arready", lite.arready),
    OUT("s_axil_rdata", lite.rdata),
    OUT("s_axil_rresp", lite.rresp),
    OUT("s_axil_rvalid", lite.rvalid),
    OUT("m_axi_awid", axi.aw.id),
    OUT("m_axi_awaddr", axi.aw.addr),
    OUT("m_axi_awlen", axi.aw.len),
    OUT("m_axi_awsize", axi.aw.size),
    OUT("m_axi_awburst", axi.aw.burst),
    {"m_axi_awcache", 0, CHECKED_ONLY},
    {"m_axi_awprot", 0, CHECKED_ONLY},
    OUT("m_axi_awvalid", axi.aw.valid),
    OUT("m_axi_wdata", axi.wdata),
    OUT("m_axi_wstrb", axi.wstrb),
    OUT("m_axi_wlast", axi.wlast),
    OUT("m_axi_wvalid", axi.wvalid),
    OUT("m_axi_bready", axi.bready),
    OUT("m_axi_arid", axi.ar.id),
    OUT("m_axi_araddr", axi.ar.addr),
    OUT("m_axi_arlen", axi.ar.len),
    OUT("m_axi_arsize", axi.ar.size),
    OUT("m_axi_arburst", axi.ar.burst),
    {"m_axi_arcache", 0, CHECKED_ONLY},
    {"m_axi_arprot", 0, CHECKED_ONLY},
    OUT("m_axi_arvalid", axi.ar.valid),
    OUT("m_axi_rready", axi.rready),
};

static const Port inputs[] = {
    IN("rst_i", rst),
    IN("s_axil_awaddr", lite.awaddr),
    IN("s_axil_awvalid", lite.awvalid),
    IN("s_axil_wdata", lite.wdata),
    IN("s_axil_wvalid", lite.wvalid),
    IN("s_axil_bready", lite.bready),
    IN("s_axil_araddr", lite.araddr),
    IN("s_axil_arvalid", lite.arvalid),
    IN("s_axil_rready", lite.rready),
    IN("m_axi_awready", axi.awready),
    IN("m_axi_wready", axi.wready),
    IN("m_axi_bid", axi.bid),
    IN("m_axi_bresp", axi.bresp),
    IN("m_axi_bvalid", axi.bvalid),
    IN("m_axi_arready", axi.arready),
    IN("m_axi_rid", axi.rid),
    IN("m_axi_rdata", axi.rdata),
    IN("m_axi_rresp", axi.rresp),
    IN("m_axi_rlast", axi.rlast),
    IN("m_axi_rvalid", axi.rvalid),
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct Process {
  int socket;
  Bench bench;
  DevicePins device;
  HostPins driven;
  bool drive_all; // nothing has been driven yet
  vpiHandle output[COUNT(outputs)], input[COUNT(inputs)], traced;
} Process;

static vpiHandle find(const char *name) {
  char path[64];
  snprintf(path, sizeof path, "lac_bench.%s", name);
  vpiHandle handle = vpi_handle_by_name(path, NULL);
  if (!handle) vpi_printf("%s: no such signal\n", path);
  return handle;
}

static void end_simulation(Process *process) {
  bench_free(&process->bench);
  vpi_control(vpiFinish, 0);
}

static bool send_payload(Process *process, const BenchCommand *command) {
  const uint8_t *bytes = bench_payload(&process->bench, command);
  const BenchReply *reply = bench_reply(&process->bench);
  if (!pipe_send(process->socket, reply, sizeof *reply)) return false;
  return !bytes || !reply->ok || pipe_send(process->socket, bytes, command->b);
}

// The payload must be taken off the socket even if there is no place for it.
static bool receive_payload(Process *process, const BenchCommand *command) {
  uint8_t *bytes = bench_payload(&process->bench, command);
  if (bytes) return pipe_receive(process->socket, bytes, command->b);
  char sink[4096];
  for (uint64_t left = command->b; left;) {
    size_t part = left < sizeof sink ? (size_t)left : sizeof sink;
    if (!pipe_receive(process->socket, sink, part)) return false;
    left -= part;
  }
  return true;
}

// Obeys commands until one needs the clock; false at the end of the session.
static bool serve(Process *process) {
  BenchCommand command;
  while (pipe_receive(process->socket, &command, sizeof command)) {
    if (command.op == BENCH_CLOSE) return false;
    if (bench_begin(&process->bench, &command)) return true;
    if (command.op == BENCH_PEEK) {
      if (!send_payload(process, &command)) return false;
      continue;
    }
    if (command.op == BENCH_POKE && !receive_payload(process, &command)) return false;
    const BenchReply *reply = bench_reply(&process->bench);
    if (!pipe_send(process->socket, reply, sizeof *reply)) return false;
  }
  return false;
}

static bool receive_settings(Process *process) {
  AxiMemorySettings settings;
  if (!pipe_receive(process->socket, &settings, sizeof settings)) return false;
  AxiFault *faults = calloc(settings.fault_count + 1, sizeof *faults);
  bool ok = faults && pipe_receive(process->socket, faults, settings.fault_count * sizeof *faults) &&
            bench_init(&process->bench, &settings, faults);
  free(faults);
  return ok;
}

static PLI_INT32 begin(PLI_BYTE8 *user) {
  Process *process = (Process *)user;
  const char *number = getenv(PIPE_VARIABLE);
  process->socket = number ? atoi(number) : -1;
  process->drive_all = true;
  bool ok = number && receive_settings(process);
  process->traced = find("traced");
  for (size_t i = 0; i < COUNT(outputs); i++)
    if (!(process->output[i] = find(outputs[i].name))) ok = false;
  for (size_t i = 0; i < COUNT(inputs); i++)
    if (!(process->input[i] = find(inputs[i].name))) ok = false;
  if (!ok || !serve(process)) end_simulation(process);
  return 0;
}

static void put(vpiHandle handle, const uint8_t *bytes, size_t count) {
  s_vpi_vecval words[PINS_MAX_BUS_BYTES / 4];
  memset(words, 0, sizeof words);
  for (size_t i = 0; i < count; i++)
    words[i / 4].aval |= (PLI_INT32)((PLI_UINT32)bytes[i] << i % 4 * 8);
  s_vpi_value value = {.format = vpiVectorVal, .value.vector = words};
  vpi_put_value(handle, &value, NULL, vpiNoDelay);
}

// Only what changed: a value put is an event to simulate.
static PLI_INT32 drive(PLI_BYTE8 *user) {
  Process *process = (Process *)user;
  const uint8_t *now = (const uint8_t *)&process->bench.host, *before = (const uint8_t *)&process->driven;
  for (size_t i = 0; i < COUNT(inputs); i++) {
    const Port *port = &inputs[i];
    if (process->drive_all || memcmp(now + port->offset, before + port->offset, port->bytes))
      put(process->input[i], now + port->offset, port->bytes);
  }
  uint8_t traced = bench_traced(&process->bench) != 0;
  put(process->traced, &traced, 1);
  process->driven = process->bench.host;
  process->drive_all = false;
  return 0;
}

static void report_unknown(Process *process, const char *name, vpiHandle handle) {
  s_vpi_value value = {.format = vpiBinStrVal};
  vpi_get_value(handle, &value);
  char text[300];
  snprintf(text, sizeof text, "output %s has unknown bits after reset: %.*s%s", name, 200, value.value.str,
           strlen(value.value.str) > 200 ? "..." : "");
  bench_break(&process->bench, text);
}

static void sample_port(Process *process, size_t index) {
  const Port *port = &outputs[index];
  vpiHandle handle = process->output[index];
  s_vpi_value value = {.format = vpiVectorVal};
  int bits = vpi_get(vpiSize, handle);
  vpi_get_value(handle, &value);
  uint8_t *bytes = (uint8_t *)&process->device + port->offset;
  if (port->bytes) memset(bytes, 0, port->bytes);
  for (int bit = 0; bit < bits; bit += 8) {
    PLI_UINT32 mask = bits - bit < 8 ? (1u << (bits - bit)) - 1 : 0xff;
    const s_vpi_vecval *word = &value.value.vector[bit / 32];
    if ((PLI_UINT32)word->bval >> bit % 32 & mask && !process->driven.rst) {
      report_unknown(process, port->name, handle);
      return;
    }
    if ((size_t)bit / 8 < port->bytes) bytes[bit / 8] = (uint8_t)((PLI_UINT32)word->aval >> bit % 32 & mask);
  }
}

static PLI_INT32 sample(PLI_BYTE8 *user) {
  Process *process = (Process *)user;
  for (size_t i = 0; i < COUNT(outputs); i++)
    sample_port(process, i);
  if (bench_cycle(&process->bench, &process->device) & BENCH_GO) return 0;
  const BenchReply *reply = bench_reply(&process->bench);
  if (!pipe_send(process->socket, reply, sizeof *reply) || !serve(process)) end_simulation(process);
  return 0;
}

static void register_tasks(void) {
  static Process process;
  static s_vpi_systf_data tasks[] = {
      {.type = vpiSysTask, .tfname = "$lac_begin", .calltf = begin, .user_data = (PLI_BYTE8 *)&process},
      {.type = vpiSysTask, .tfname = "$lac_drive", .calltf = drive, .user_data = (PLI_BYTE8 *)&process},
      {.type = vpiSysTask, .tfname = "$lac_sample", .calltf = sample, .user_data = (PLI_BYTE8 *)&process},
  };
  for (size_t i = 0; i < COUNT(tasks); i++)
    vpi_register_systf(&tasks[i]);
}

__attribute__((visibility("default"))) void (*vlog_startup_routines[])(void) = {register_tasks, NULL};
