// One job on a device: load its image, run, read back.
#ifndef LACUNA_DEVICE_H
#define LACUNA_DEVICE_H

#include "harness/pack/image.h"
#include "harness/result/result.h"
#include "sim/device/dut.h"

typedef struct DeviceRun {
  Results results;
  uint64_t counters[DUT_COUNTERS];
  double wall_s; // of the simulation alone
} DeviceRun;

// Runs the workload on the bundle's model. EXIT_CORRECT: results and counters are there, whatever their values.
// EXIT_BAD_INPUT or EXIT_DEVICE after a message. device_free is fine in any case.
int device_run(const Options *options, const Plan *plan, const Workload *workload, const Image *image,
               const char *bundle, uint64_t expected_cycles, DeviceRun *run);
void device_free(DeviceRun *run);

// A job of a chain on one device: the next one's A lies where this one's C does.
typedef struct DeviceStep {
  const Workload *workload;
  Image *image;
  uint64_t expected_cycles;
  DeviceRun *run;
} DeviceStep;

// As device_run, one job after the other. Of compressed A the registers are set by what the counters of the job before
// say; its region and that of its metadata are not mapped again.
int device_chain(const Options *options, const Plan *plan, const char *bundle, DeviceStep *steps, int count);

// After a mismatch: finds the cycle in which an element of C (row-major index) is written in a second run, and records
// a waveform of the cycles before it in a third; of the last cycles if it is never written. False after a message.
bool device_trace_element(const Options *options, const Plan *plan, const Workload *workload, const Image *image,
                          const char *bundle, const DeviceRun *run, int64_t element, const char *path);

#endif
