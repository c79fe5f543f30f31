// Channels on which operands are read from memory, in the order of the bus arbiter.
// CHANNEL(NAME, "name", PART, COUNTER): registers of its segment are NAME_ADDR_LO, NAME_ADDR_HI and NAME_BYTES, what it
// has read is counted in BYTES_COUNTER, and it is there where the device has PART (gen/rows/parts.h), or one behind it.
// Requests come from these registers; of an engine that drives its job itself (PART_OWN_JOB) they come from the engine.
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

// Streams of results that an engine with PART_OWN_JOB writes, the one that goes first on the bus at the top.
// STREAM(NAME, "name", COUNTER): its region begins at NAME_ADDR and has room for NAME_CAP bytes.
#define STREAMS(STREAM)                                                                                                \
  STREAM(C, "c", C)                                                                                                    \
  STREAM(CM, "cm", META)                                                                                               \
  STREAM(CL, "cl", META)

#define STREAM_NUMBER(NAME, name, counter) STREAM_##NAME,
enum { STREAMS(STREAM_NUMBER) STREAM_COUNT };
#undef STREAM_NUMBER

#endif
