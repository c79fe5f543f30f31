// The numbers that the hardware tells: what a cycle was spent on, and why a job ended. One table each: registers, the
// cycle model, the report and the documentation are made from them. The leaves of rtl/ stand alone and have the numbers
// as localparams CAUSE_NAME and ERR_NAME, which tests/unit/gen/test_codes.c holds against the tables.
#ifndef LACUNA_CODES_H
#define LACUNA_CODES_H

#include <assert.h>

// clang-format off

// CAUSE(WITH, NAME, engine, "JSON name", "words", "meaning of its counter"): every cycle of a job is of one cause. The
// first has number 0. engine: 1, the cycle is the engine's; 0, it waits for others. WITH is handed to each row
// unchanged.
#define CYCLE_CAUSES(CAUSE, WITH) \
  CAUSE(WITH, MULTIPLY,   1, "multiply",   "multiply",          "cycles in which the engine took a step") \
  CAUSE(WITH, FILL_DRAIN, 1, "fill_drain", "fill and drain", \
    "set-up, and the engine's pipeline running empty at the end") \
  CAUSE(WITH, IMBALANCE,  1, "imbalance",  "imbalance",         "cycles lost to PEs that wait for each other") \
  CAUSE(WITH, MERGE,      1, "merge",      "merge",             "cycles spent merging") \
  CAUSE(WITH, WAIT_A,     0, "wait_a",     "wait for A",        "cycles waiting for A") \
  CAUSE(WITH, WAIT_B,     0, "wait_b",     "wait for B",        "cycles waiting for B") \
  CAUSE(WITH, WAIT_META,  0, "wait_meta",  "wait for metadata", "cycles waiting for metadata") \
  CAUSE(WITH, WAIT_OUT,   0, "wait_out",   "wait for output", \
    "cycles waiting for room in the output, or for the last writes")

// What a stuck job waits for, the position of WATCHDOG: FIRST or NEXT(cause, number, "words").
#define STUCK_STREAMS(FIRST, NEXT) \
  FIRST(WAIT_A,    1, "A") \
  NEXT (WAIT_B,    2, "B") \
  NEXT (WAIT_META, 3, "metadata") \
  NEXT (WAIT_OUT,  4, "output")

// ERROR(NAME, code, "what happened", "what the position register holds")
#define DEVICE_ERRORS(ERROR) \
  ERROR(NONE,     0, "no error", "zero") \
  ERROR(BAD_JOB,  1, "a job register holds what the hardware can't do, or what does not fit the others", \
    "byte offset of the register") \
  ERROR(READ,     2, "the memory answered a read with SLVERR or DECERR", "low word of the segment's address") \
  ERROR(WRITE,    3, "the memory answered a write with SLVERR or DECERR", "responses received before it") \
  ERROR(WATCHDOG, 4, "the job did not get on for WATCHDOG cycles", "stuck stream: " STUCK_WORDS) \
  ERROR(STREAM,   5, \
    "A and B disagree about the end of a tile, a reading of B does not end with a panel, or TILES, PANELS, " \
    "BLOCK_PANELS and BLOCK_COLS are not those of M, N", \
    "tiles computed before it") \
  ERROR(METADATA, 6, "the metadata of a word of B are not legal", \
    "number of the word since start, from 0; engine outer: of the panel") \
  ERROR(PANEL,    7, "a column parameter names a panel outside its group", "first column of the group") \
  ERROR(SET,      8, "the metadata of a set of compressed or structured A are not legal", \
    "number of the set since start, from 0") \
  ERROR(CAPACITY, 9, "compressed C has more bytes than C_CAP or CM_CAP", "rows of C that had come whole by then") \
  ERROR(ABORT,   10, "one was written to CTRL.ABORT", "tiles computed before it")

// clang-format on

#define STUCK_WORDS                             STUCK_STREAMS(STUCK_FIRST_WORDS, STUCK_NEXT_WORDS)
#define STUCK_FIRST_WORDS(CAUSE, number, words) #number " " words
#define STUCK_NEXT_WORDS(CAUSE, number, words)  ", " #number " " words

#define CAUSE_NUMBER(WITH, NAME, ...) CAUSE_##NAME,
enum { CYCLE_CAUSES(CAUSE_NUMBER, ) CAUSES };
#undef CAUSE_NUMBER

#define CAUSE_OF_ENGINE(WITH, NAME, engine, ...) | (engine) << CAUSE_##NAME
enum { CAUSES_OF_ENGINE = 0 CYCLE_CAUSES(CAUSE_OF_ENGINE, ) }; // bit 1 << cause for each that is the engine's
#undef CAUSE_OF_ENGINE

#define ERROR_NUMBER(NAME, code, ...) ERR_##NAME = (code),
enum { DEVICE_ERRORS(ERROR_NUMBER) };
#undef ERROR_NUMBER

// Their ports have 3 bits; lac_sequencer and the shell know by bit 2 that a cycle waits.
static_assert(CAUSES == 8 && CAUSE_WAIT_A == 4, "causes that wait are the second half of eight");
#define STUCK_NUMBER(CAUSE, number, ...)                                                                               \
  static_assert((number) == CAUSE_##CAUSE - CAUSE_WAIT_A + 1, "the number that lac_sequencer makes of " #CAUSE);
STUCK_STREAMS(STUCK_NUMBER, STUCK_NUMBER)
#undef STUCK_NUMBER

#endif
