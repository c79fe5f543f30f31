// Channels on which operands are read from memory, in the order of the bus arbiter.
// CHANNEL(NAME, "name", PART, COUNTER): registers of its segment are NAME_ADDR_LO, NAME_ADDR_HI and NAME_BYTES, what it
// has read is counted in BYTES_COUNTER, and it is there where the device has PART (gen/rows/parts.h).
#ifndef LACUNA_ROWS_CHANNELS_H
#define LACUNA_ROWS_CHANNELS_H

#define CHANNELS(CHANNEL)                                                                                              \
  CHANNEL(A, "a", ALWAYS, A)                                                                                           \
  CHANNEL(B, "b", ALWAYS, B)                                                                                           \
  CHANNEL(P, "p", ALWAYS, META)                                                                                        \
  CHANNEL(M, "m", META_B, META)                                                                                        \
  CHANNEL(AM, "am", COMPRESSED_A, META)

#define CHANNEL_NUMBER(NAME, name, part, counter) CHANNEL_##NAME,
enum { CHANNELS(CHANNEL_NUMBER) CHANNEL_COUNT };
#undef CHANNEL_NUMBER

#endif
