// Codes of the hardware: causes of cycles and errors of jobs, one table each. Registers, the cycle model, the report
// and the documentation are made from these tables. The leaves of rtl/ have the numbers as localparams CAUSE_NAME and
// ERR_NAME; tests/unit/gen/test_codes.c compares them with the tables.
#ifndef LACUNA_CODES_H
#define LACUNA_CODES_H

#include <assert.h>

// clang-format off

// CAUSE(WITH, NAME, engine, "JSON name", "words", "meaning of its counter"): every cycle of a job has one cause.
// Numbers count from 0. engine: 1, the engine is working; 0, it waits for other units. WITH is passed to each row.
#define CYCLE_CAUSES(CAUSE, WITH) \
  CAUSE(WITH, MULTIPLY,   1, "multiply",   "multiply",          "cycles in which the engine took a step") \
  CAUSE(WITH, FILL_DRAIN, 1, "fill_drain", "fill and drain", \
    "cycles of set-up, and of the engine's pipeline draining at the end") \
  CAUSE(WITH, IMBALANCE,  1, "imbalance",  "imbalance",         "cycles lost to PEs that wait for each other") \
  CAUSE(WITH, MERGE,      1, "merge",      "merge", \
    "cycles lost to products that need the same accumulator bank") \
  CAUSE(WITH, WAIT_A,     0, "wait_a",     "wait for A",        "cycles waiting for A") \
  CAUSE(WITH, WAIT_B,     0, "wait_b",     "wait for B",        "cycles waiting for B") \
  CAUSE(WITH, WAIT_META,  0, "wait_meta",  "wait for metadata", "cycles waiting for metadata") \
  CAUSE(WITH, WAIT_OUT,   0, "wait_out",   "wait for output", \
    "cycles waiting for room in the output, or for the last writes")

// Position of the error WATCHDOG: what the stuck job waits for. FIRST or NEXT(cause, number, "words").
#define STUCK_STREAMS(FIRST, NEXT) \
  FIRST(WAIT_A,    1, "A") \
  NEXT (WAIT_B,    2, "B") \
  NEXT (WAIT_META, 3, "metadata") \
  NEXT (WAIT_OUT,  4, "output")

// ERROR(NAME, code, "what happened", "what the position register holds")
#define DEVICE_ERRORS(ERROR) \
  ERROR(NONE,     0, "no error", "zero") \
  ERROR(BAD_JOB,  1, "a job register holds a value that is not legal, or that contradicts other registers", \
    "byte offset of the register") \
  ERROR(READ,     2, "the memory answered a read with SLVERR or DECERR", "low word of the address of the segment") \
  ERROR(WRITE,    3, "the memory answered a write with SLVERR or DECERR", "number of write responses before it") \
  ERROR(WATCHDOG, 4, "the job made no progress for WATCHDOG cycles", "stuck stream: " STUCK_WORDS) \
  ERROR(STREAM,   5, \
    "A and B disagree about the end of a tile, a reading of B does not end with a panel, or TILES, PANELS, " \
    "BLOCK_PANELS and BLOCK_COLS do not agree with M and N", \
    "number of tiles computed before it") \
  ERROR(METADATA, 6, "the metadata of a word of B are not legal", \
    "number of the word since start, from 0; engine outer: number of the panel") \
  ERROR(PANEL,    7, "a column parameter names a panel outside its group", "first column of the group") \
  ERROR(SET,      8, "the metadata of a set of compressed or structured A are not legal", \
    "number of the set since start, from 0") \
  ERROR(CAPACITY, 9, "compressed C has more bytes than C_CAP or CM_CAP", \
    "number of rows of C that were complete before it") \
  ERROR(ABORT,   10, "CTRL.ABORT was written", "number of tiles computed before it")

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

// Ports that carry a cause have 3 bits; in lac_sequencer and the shell, bit 2 says that the cycle waits.
static_assert(CAUSES == 8 && CAUSE_WAIT_A == 4, "causes that wait are the second half of eight");
#define STUCK_NUMBER(CAUSE, number, ...)                                                                               \
  static_assert((number) == CAUSE_##CAUSE - CAUSE_WAIT_A + 1, "the number that lac_sequencer makes of " #CAUSE);
STUCK_STREAMS(STUCK_NUMBER, STUCK_NUMBER)
#undef STUCK_NUMBER

#endif
