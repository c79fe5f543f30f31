// Read channels for operands, in the order of the bus arbiter.
//
// CHANNEL(NAME, "name", PART, COUNTER)
//   NAME     registers NAME_ADDR_LO, NAME_ADDR_HI and NAME_BYTES say what it reads; if the engine drives the job
//            (PART_OWN_JOB), the engine makes the requests
//   PART     the parts of the accelerator that need it (gen/rows/parts.h)
//   COUNTER  BYTES_COUNTER counts the bytes that it reads
#ifndef LACUNA_ROWS_CHANNELS_H
#define LACUNA_ROWS_CHANNELS_H

#define CHANNELS(CHANNEL)                                                                                              \
  CHANNEL(A, "a", ALWAYS, A)                                                                                           \
  CHANNEL(B, "b", ALWAYS, B)                                                                                           \
  CHANNEL(P, "p", ALWAYS, META)                                                                                        \
  CHANNEL(M, "m", READS_M, META)                                                                                       \
  CHANNEL(AM, "am", READS_AM, META)                                                                                    \
  CHANNEL(AL, "al", OWN_JOB, META)                                                                                     \
  CHANNEL(BL, "bl", OWN_JOB, META)

#define CHANNEL_NUMBER(NAME, name, part, counter) CHANNEL_##NAME,
enum { CHANNELS(CHANNEL_NUMBER) CHANNEL_COUNT };
#undef CHANNEL_NUMBER

// Streams of results of an engine that drives the job (PART_OWN_JOB), in the order of their priority on the bus.
// STREAM(NAME, "name", COUNTER): its region begins at NAME_ADDR and has NAME_CAP bytes.
#define STREAMS(STREAM)                                                                                                \
  STREAM(C, "c", C)                                                                                                    \
  STREAM(CM, "cm", META)                                                                                               \
  STREAM(CL, "cl", META)

#define STREAM_NUMBER(NAME, name, counter) STREAM_##NAME,
enum { STREAMS(STREAM_NUMBER) STREAM_COUNT };
#undef STREAM_NUMBER

#endif
