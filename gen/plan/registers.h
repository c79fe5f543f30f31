// The register map: one row per register, read by the CSR builder, the C header, the manifest, the docs and the driver.
//
// REG(NAME, offset, ACCESS, bits, reset, PART, "meaning")
//   RO   read only, value from the design      RW   plain storage, readable
//   W1   write one to act, reads zero          W1C  status, write one to clear
//   CNT  64-bit counter, low word at offset, high word at offset + 4
//
// PART names the part of the hardware that the register belongs to (gen/rows/parts.h). Without the part the register
// reads zero. Registers of PARTS_LATE have no address without the part. Of REPORTS the engine lists those that it has.
//
// Job registers are latched when a job begins: a write while it runs programs the next job.
// Offsets are byte addresses of 32-bit words. An element is one operand element, of any width. For structured A it is
// an element as stored in memory (a kept value, or the offsets of a block), and C is the number of these per pixel.
#ifndef LACUNA_REGISTERS_H
#define LACUNA_REGISTERS_H

#include "gen/plan/codes.h"
#include "gen/rows/engines.h"
#include "gen/rows/modes.h"

#include <stdint.h>

#define LACUNA_ID 0x4c414355u // "LACU"

#define REGISTERS_IDENTITY(REG)                                                                                        \
  REG(ID, 0x000, RO, 32, 0, ALWAYS, "0x4c414355, the letters LACU")                                                    \
  REG(VERSION, 0x004, RO, 32, 0, ALWAYS, "tool version: major in bits 23:16, minor in 15:8, patch in 7:0")             \
  REG(PLAN_HASH_LO, 0x008, RO, 32, 0, ALWAYS, "plan hash, low word")                                                   \
  REG(PLAN_HASH_HI, 0x00c, RO, 32, 0, ALWAYS, "plan hash, high word")                                                  \
  REG(CAPS, 0x010, RO, 32, 0, ALWAYS,                                                                                  \
      "bits 31:24 engine number, 23:16 data bits, 2 zero point, 1 A signed, 0 full counters")                          \
  REG(TILE, 0x014, RO, 32, 0, ALWAYS, "bits 7:0 M0, 15:8 N0, 23:16 K0")

#define REGISTERS_CONTROL(REG)                                                                                         \
  REG(CTRL, 0x020, W1, 3, 0, ALWAYS, "bit 0: start; bit 1: abort; bit 2: clear")                                       \
  REG(STATUS, 0x024, W1C, 3, 0, ALWAYS,                                                                                \
      "bit 0: busy; bit 1: done; bit 2: error. Write 1 to clear done or error. All three set: the bus is dead and "    \
      "only a reset helps")                                                                                            \
  REG(ERR_CODE, 0x028, RO, 8, 0, ALWAYS, "code of the first error, from the table of errors")                          \
  REG(ERR_POS, 0x02c, RO, 32, 0, ALWAYS, "position of the first error; the table of errors gives its meaning")         \
  REG(IRQ_EN, 0x030, RW, 1, 0, ALWAYS, "bit 0: irq_o is high while done is set")                                       \
  REG(WATCHDOG, 0x034, RW, 32, 0x000fffff, ALWAYS, "cycles without progress that end the job; 0: no limit")

#define REGISTERS_JOB(REG)                                                                                             \
  REG(M, 0x040, RW, 32, 0, ALWAYS, "rows of C: rows of A, or output pixels of a convolution")                          \
  REG(N, 0x044, RW, 32, 0, ALWAYS, "columns of C")                                                                     \
  REG(TILES, 0x048, RW, 32, 0, NEST, "ceil(M / M0)")                                                                   \
  REG(PANELS, 0x04c, RW, 32, 0, NEST, "panels of B")                                                                   \
  REG(BLOCK_TILES, 0x050, RW, 32, 0, NEST, "m-tiles per block")                                                        \
  REG(GROUP_PANELS, 0x054, RW, 32, 0, NEST, "panels per group")                                                        \
  REG(STEPS, 0x058, RW, 32, 0, NEST,                                                                                   \
      "steps per tile: K_ROWS * K_COLS * ceil(RUN / K0); structured B: ceil(RUN / BEAT) instead of ceil(RUN / K0)")    \
  REG(RUN, 0x05c, RW, 32, 0, NEST, "elements of one contiguous run of K")                                              \
  REG(K_COLS, 0x060, RW, 16, 0, NEST, "runs per kernel row: 1, or the kernel width")                                   \
  REG(K_ROWS, 0x064, RW, 16, 0, NEST, "kernel rows; 1 for a GEMM")                                                     \
  REG(A_ADDR_LO, 0x080, RW, 32, 0, ALWAYS, "byte address of A or the feature map, low word")                           \
  REG(A_ADDR_HI, 0x084, RW, 32, 0, ALWAYS, "high word")                                                                \
  REG(A_PITCH, 0x088, RW, 32, 0, NEST, "bytes from one segment to the next; a segment is a row of A or an input row")  \
  REG(A_BYTES, 0x08c, RW, 32, 0, ALWAYS, "bytes of a segment")                                                         \
  REG(A_SEGMENTS, 0x090, RW, 32, 0, NEST, "number of segments to read: M, or the input rows needed")                   \
  REG(A_MODE, 0x094, RW, 1, 0, NEST, "layout of A in the A buffer: 0 image, 1 banked")                                 \
  REG(A_SEG_STRIDE, 0x098, RW, 32, 0, NEST,                                                                            \
      "elements from one segment to the next in the A buffer, a multiple of a bus beat")                               \
  REG(A_ROW_ELEMS, 0x09c, RW, 32, 0, NEST, "image: elements of an input row, W * C")                                   \
  REG(A_ROWS, 0x0a0, RW, 16, 0, NEST, "image: input rows H; banked: 1")                                                \
  REG(A_OUT_COLS, 0x0a4, RW, 32, 0, NEST, "image: output width OW; banked: 0xffffffff")                                \
  REG(A_X_INIT, 0x0a8, RW, 32, 0, NEST, "image: -pad_left * C; banked: 0")                                             \
  REG(A_Y_INIT, 0x0ac, RW, 32, 0, NEST, "image: -pad_top * A_SEG_STRIDE; banked: 0")                                   \
  REG(A_IH_INIT, 0x0b0, RW, 16, 0, NEST, "image: -pad_top; banked: 0")                                                 \
  REG(A_COL_X, 0x0b4, RW, 32, 0, NEST, "image: stride_w * C, for one output pixel to the right; banked: 0")            \
  REG(A_ROW_Y, 0x0b8, RW, 32, 0, NEST, "image: stride_h * A_SEG_STRIDE, for one output row down; banked: 0")           \
  REG(A_ROW_IH, 0x0bc, RW, 16, 0, NEST, "image: stride_h; banked: 0")                                                  \
  REG(A_WRAP_X, 0x0c0, RW, 32, 0, NEST, "image: OW * stride_w * C; banked: 0")                                         \
  REG(A_TILE_COLS, 0x0c4, RW, 32, 0, NEST,                                                                             \
      "image: R mod OW, where R is the number of rows read at once: M0, engine outer: 8; banked: 0")                   \
  REG(A_TILE_X, 0x0c8, RW, 32, 0, NEST, "image: (R mod OW) * stride_w * C; banked: A_SEG_STRIDE")                      \
  REG(A_TILE_Y, 0x0cc, RW, 32, 0, NEST, "image: (R / OW) * stride_h * A_SEG_STRIDE; banked: 0")                        \
  REG(A_TILE_IH, 0x0d0, RW, 16, 0, NEST, "image: (R / OW) * stride_h; banked: 0")                                      \
  REG(A_KH_Y, 0x0d4, RW, 32, 0, NEST, "dilation_h * A_SEG_STRIDE, for one kernel row down")                            \
  REG(A_KH_IH, 0x0d8, RW, 16, 0, NEST, "dilation_h")                                                                   \
  REG(A_KW_X, 0x0dc, RW, 32, 0, NEST, "dilation_w * C, for one kernel column to the right; used if K_COLS > 1")        \
  REG(A_CH_STEP, 0x0e0, RW, 32, 0, NEST, "elements from one block of channel groups to the next")                      \
  REG(BLOCK_PANELS, 0x0e4, RW, 32, 0, NEST, "panels per block of channel groups; PANELS if there is one group")        \
  REG(BLOCK_COLS, 0x0e8, RW, 32, 0, NEST, "columns of C per block of channel groups; N if there is one group")         \
  REG(A_ZERO, 0x0ec, RW, 16, 0, ALWAYS, "zero point, subtracted from A")                                               \
  REG(B_ADDR_LO, 0x100, RW, 32, 0, ALWAYS, "byte address of packed B, low word")                                       \
  REG(B_ADDR_HI, 0x104, RW, 32, 0, ALWAYS, "high word")                                                                \
  REG(B_BYTES, 0x108, RW, 32, 0, ALWAYS, "bytes of packed B")                                                          \
  REG(B_KEEP, 0x10c, RW, 32, 0, NEST,                                                                                  \
      "valid lanes of B per reading: PANELS * STEPS * lanes per word; engine outer: any value but 0")                  \
  REG(B_DROP, 0x110, RW, 16, 0, LANES, "lanes to drop after these, up to the end of the last bus beat")                \
  REG(FETCHES, 0x114, RW, 32, 0, NEST,                                                                                 \
      "how often B and the column parameters are read: the number of blocks, ceil(TILES / BLOCK_TILES)")               \
  REG(P_ADDR_LO, 0x118, RW, 32, 0, ALWAYS, "byte address of the column parameters, low word")                          \
  REG(P_ADDR_HI, 0x11c, RW, 32, 0, ALWAYS, "high word")                                                                \
  REG(P_BYTES, 0x120, RW, 32, 0, ALWAYS, "bytes of the column parameters; 0 if there are none")                        \
  REG(P_KEEP, 0x124, RW, 32, 0, NEST, "valid lanes of column parameters per reading")                                  \
  REG(P_DROP, 0x128, RW, 16, 0, NEST, "lanes to drop after these, up to the end of the last bus beat")                 \
  REG(C_ADDR_LO, 0x130, RW, 32, 0, ALWAYS, "byte address of C, low word")                                              \
  REG(C_ADDR_HI, 0x134, RW, 32, 0, ALWAYS, "high word")                                                                \
  REG(C_PITCH, 0x138, RW, 32, 0, NEST, "bytes from one row of C to the next")                                          \
  REG(C_SLOTS, 0x13c, RW, 8, 0, NEST, "slots of the C buffer in use, at most those of the plan")                       \
  REG(C_SLOT_WORDS, 0x140, RW, 32, 0, NEST, "words per slot: GROUP_PANELS * M0 * words per tile row")                  \
  REG(EPILOGUE, 0x144, RW, 4, 0, ALWAYS,                                                                               \
      "bit 0: column parameters are read and applied; bit 1: results are int8, else int32; bits 3:2: rounding of "     \
      "scaled results, see Fields")                                                                                    \
  REG(OUT_ZERO, 0x148, RW, 8, 0, ALWAYS, "int8 results: zero point, added")                                            \
  REG(ACT_MIN, 0x14c, RW, 32, 0x80000000, ALWAYS, "lower clamp, in units of the result")                               \
  REG(ACT_MAX, 0x150, RW, 32, 0x7fffffff, ALWAYS, "upper clamp, in units of the result")                               \
  REG(MODE, 0x154, RW, MODE_BITS, 0, MODES, "which zeros are skipped: " MODE_MEANINGS "; one of the engine's modes")   \
  REG(M_ADDR_LO, 0x158, RW, 32, 0, READS_M, "byte address of the metadata of B, low word")                             \
  REG(M_ADDR_HI, 0x15c, RW, 32, 0, READS_M, "high word")                                                               \
  REG(M_BYTES, 0x160, RW, 32, 0, READS_M, "bytes of the metadata of B; 0 in modes dense and a")                        \
  REG(M_KEEP, 0x164, RW, 32, 0, META_B,                                                                                \
      "valid lanes of metadata per reading: B_KEEP; engine outer: K of a tile, used for MULTS_SKIPPED")                \
  REG(M_DROP, 0x168, RW, 16, 0, META_LANES, "lanes to drop after these, up to the end of the last bus beat")           \
  REG(PERMUTE, 0x16c, RW, 1, 0, PERMUTE, "1: column parameters are read and name the target panel of each result")     \
  REG(PATTERN, 0x170, RW, 24, 0, PATTERN,                                                                              \
      "structured B: H of rank 0 in bits 7:0, of rank 1 in 15:8, of rank 2 in 23:16; mode dense: G of each rank")      \
  REG(BEAT, 0x174, RW, 16, 0, PATTERN,                                                                                 \
      "elements of A per step, as stored in memory: groups * H0 * H1 * H2; fewer for structured A")                    \
  REG(A_FORMAT, 0x180, RW, 1, 0, COMPRESSED_A,                                                                         \
      "1: A is compressed: A_BYTES bytes of values in one piece at A_ADDR; 0: plain rows, A_PITCH apart")              \
  REG(A_VALUES, 0x184, RW, 32, 0, COMPRESSED_A, "number of values of compressed A")                                    \
  REG(AM_ADDR_LO, 0x188, RW, 32, 0, READS_AM, "byte address of the metadata of compressed A, low word")                \
  REG(AM_ADDR_HI, 0x18c, RW, 32, 0, READS_AM, "high word")                                                             \
  REG(AM_BYTES, 0x190, RW, 32, 0, READS_AM, "bytes of the metadata of compressed A; 0 if A is not compressed")         \
  REG(C_FORMAT, 0x194, RW, 1, 0, SPARSE_C,                                                                             \
      "1: C is compressed: values without zeros in one piece at C_ADDR, int8 only; 0: plain rows, C_PITCH apart")      \
  REG(CM_ADDR_LO, 0x198, RW, 32, 0, COUNTED_C, "byte address of the metadata of compressed C, low word")               \
  REG(CM_ADDR_HI, 0x19c, RW, 32, 0, COUNTED_C, "high word")                                                            \
  REG(C_ROWS, 0x1a0, RW, 32, 0, SPARSE_C, "compressed C: rows written, at most M; further rows are dropped")           \
  REG(C_SEG_ROWS, 0x1a4, RW, 32, 0, SPARSE_C, "compressed C: rows per segment; the last segment may have fewer")       \
  REG(C_CAP, 0x1a8, RW, 32, 0, COUNTED_C,                                                                              \
      "compressed C: bytes of memory for its values; a job that needs more ends with CAPACITY")                        \
  REG(CM_CAP, 0x1ac, RW, 32, 0, COUNTED_C,                                                                             \
      "compressed C: bytes of memory for its metadata; a job that needs more ends with CAPACITY")                      \
  REG(AL_ADDR_LO, 0x1b0, RW, 32, 0, OWN_JOB,                                                                           \
      "engine drives the job: byte address of the lengths of rows or columns of A, low word")                          \
  REG(AL_ADDR_HI, 0x1b4, RW, 32, 0, OWN_JOB, "high word")                                                              \
  REG(AL_BYTES, 0x1b8, RW, 32, 0, OWN_JOB, "bytes of the lengths of A")                                                \
  REG(BL_ADDR_LO, 0x1bc, RW, 32, 0, OWN_JOB,                                                                           \
      "engine drives the job: byte address of the lengths of rows or columns of B, low word")                          \
  REG(BL_ADDR_HI, 0x1c0, RW, 32, 0, OWN_JOB, "high word")                                                              \
  REG(BL_BYTES, 0x1c4, RW, 32, 0, OWN_JOB, "bytes of the lengths of B")                                                \
  REG(CL_ADDR_LO, 0x1c8, RW, 32, 0, OWN_JOB,                                                                           \
      "engine drives the job: byte address of the lengths of rows or columns of C, low word")                          \
  REG(CL_ADDR_HI, 0x1cc, RW, 32, 0, OWN_JOB, "high word")                                                              \
  REG(CL_CAP, 0x1d0, RW, 32, 0, OWN_JOB,                                                                               \
      "bytes of memory for the lengths of C; a job that needs more ends with CAPACITY")

// Rules for job registers. A start that breaks one ends with error BAD_JOB; the position is the offset of the register,
// the lowest offset if several are wrong. CHECK(NAME, WHEN, RULE, "in words"): WHEN is a row of JOB_CONDITIONS. A rule
// may use `plan`:
//   RANGE(low, bits, least, most)  the bits from `low` on, as a number
//   ONE_OF(set)                    bit v of the set says that v is legal
//   MULTIPLE_OF(n)                 a power of two
// After these rows come those of the families of engines: JOB_CHECKS_NAME in gen/rows/NAME.h.
#define NONZERO     RANGE(0, 32, 1, UINT32_MAX)
#define UP_TO(most) RANGE(0, 32, 1, most)
// Whole lanes that fit in a bus beat after at least one bit of it is used.
#define REST(lane_bits) RANGE(0, 16, 0, (plan->bus_bits - 1) / ((lane_bits) > 0 ? (lane_bits) : 1))
#define ADDRESS_HI      RANGE(0, 32, 0, (UINT64_C(1) << (plan->addr_bits - 32)) - 1)

// clang-format off
#define JOB_CHECKS_COMMON(CHECK) \
  CHECK(M, ALWAYS, NONZERO, "not 0") \
  CHECK(N, ALWAYS, NONZERO, "not 0") \
  CHECK(TILES, ALWAYS, NONZERO, "not 0") \
  CHECK(PANELS, ALWAYS, NONZERO, "not 0") \
  CHECK(BLOCK_TILES, ALWAYS, NONZERO, "not 0") \
  CHECK(GROUP_PANELS, ALWAYS, UP_TO(plan_most_panels(plan)), \
    "1 to the number of panels that fit in the C buffer") \
  CHECK(STEPS, ALWAYS, NONZERO, "not 0") \
  CHECK(RUN, ALWAYS, NONZERO, "not 0") \
  CHECK(K_COLS, ALWAYS, NONZERO, "not 0") \
  CHECK(K_ROWS, ALWAYS, NONZERO, "not 0") \
  CHECK(A_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(A_BYTES, IN_NEST, NONZERO, "not 0") \
  CHECK(A_SEGMENTS, ALWAYS, NONZERO, "not 0") \
  CHECK(A_SEG_STRIDE, ALWAYS, NONZERO, "not 0") \
  CHECK(A_SEG_STRIDE, ALWAYS, MULTIPLE_OF(plan->beat_elems), "a multiple of a bus beat") \
  CHECK(A_ROWS, ALWAYS, NONZERO, "not 0") \
  CHECK(A_OUT_COLS, ALWAYS, NONZERO, "not 0") \
  CHECK(BLOCK_PANELS, ALWAYS, NONZERO, "not 0") \
  CHECK(BLOCK_COLS, ALWAYS, NONZERO, "not 0") \
  CHECK(B_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(B_BYTES, IN_NEST, NONZERO, "not 0") \
  CHECK(B_BYTES, IN_NEST, MULTIPLE_OF(plan_has(plan, PART_LANES) ? 1 : plan->bus_bytes), \
        "engine outer: a multiple of a bus beat") \
  CHECK(B_KEEP, ALWAYS, NONZERO, "not 0") \
  CHECK(B_DROP, ALWAYS, REST(plan->b_lane_bits), "less than a bus beat") \
  CHECK(FETCHES, ALWAYS, NONZERO, "not 0") \
  CHECK(P_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(P_BYTES, PARAMETERS, NONZERO, "not 0") \
  CHECK(P_KEEP, PARAMETERS, NONZERO, "not 0") \
  CHECK(P_DROP, PARAMETERS, REST(plan->p_lane_bits), "less than a bus beat") \
  CHECK(C_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(C_PITCH, ALWAYS, NONZERO, "not 0") \
  CHECK(C_SLOTS, ALWAYS, UP_TO(plan->c_slots), "1 to the number of slots of the plan") \
  CHECK(C_SLOT_WORDS, ALWAYS, UP_TO(2 * plan->c_half_words), "1 to the number of words of the C buffer") \
  CHECK(EPILOGUE, ALWAYS, RANGE(2, 2, 0, 2), "ROUNDING 0 to 2") \
  CHECK(MODE, ALWAYS, ONE_OF(plan_run_modes(plan)), "a mode of the hardware") \
  CHECK(M_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(M_BYTES, METADATA, NONZERO, "not 0") \
  CHECK(M_BYTES, METADATA, MULTIPLE_OF(plan_has(plan, PART_LANES) ? 1 : plan->bus_bytes), \
    "engine outer: a multiple of a bus beat") \
  CHECK(M_KEEP, METADATA, NONZERO, "not 0") \
  CHECK(M_DROP, METADATA, REST(plan->m_lane_bits), "less than a bus beat") \
  CHECK(BEAT, ALWAYS, UP_TO(plan->a_beat), "1 to the number of elements of the longest step") \
  CHECK(AM_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(AM_BYTES, COMPRESSED_A, NONZERO, "not 0") \
  CHECK(CM_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(C_ROWS, COMPRESSED_C, NONZERO, "not 0") \
  CHECK(C_SEG_ROWS, COMPRESSED_C, NONZERO, "not 0") \
  CHECK(AL_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(BL_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan") \
  CHECK(CL_ADDR_HI, ALWAYS, ADDRESS_HI, "an address of the plan")

// When a register is checked, in accelerators with PART: CONDITION(NAME, PART, "in words"). gen/shell/checks.c has the
// register bits of each condition.
#define JOB_CONDITIONS(CONDITION) \
  CONDITION(ALWAYS, ALWAYS, "always") \
  CONDITION(IN_NEST, NEST, "always, unless the engine drives the job") \
  CONDITION(PARAMETERS, ALWAYS, "with EPILOGUE.PARAMS or PERMUTE") \
  CONDITION(METADATA, META_B, "in modes b and ab") \
  CONDITION(COMPRESSED_A, COMPRESSED_A, "with A_FORMAT") \
  CONDITION(COMPRESSED_C, SPARSE_C, "with C_FORMAT and EPILOGUE.INT8")

// Parts of registers: FIELD(REGISTER, NAME, low bit, bits, "meaning").
#define REGISTER_FIELDS(FIELD) \
  FIELD(CTRL, START, 0, 1, "start a job with the present job registers; no effect while busy") \
  FIELD(CTRL, ABORT, 1, 1, "end the running job with error ABORT; no effect while idle") \
  FIELD(CTRL, CLEAR, 2, 1, "reset status, error, counters and datapath; no effect while busy or with START") \
  FIELD(STATUS, BUSY, 0, 1, "a job is running") \
  FIELD(STATUS, DONE, 1, 1, "the job has ended, with or without an error; write 1 to clear") \
  FIELD(STATUS, ERROR, 2, 1, "the job has ended with an error; write 1 to clear") \
  FIELD(IRQ_EN, DONE, 0, 1, "irq_o follows STATUS.DONE") \
  FIELD(EPILOGUE, PARAMS, 0, 1, "column parameters are read and applied") \
  FIELD(EPILOGUE, INT8, 1, 1, "results are int8, else int32") \
  FIELD(EPILOGUE, ROUNDING, 2, 2, \
    "rounding of scaled results: 0 half away from zero, 1 half to even, 2 as TensorFlow Lite's reference kernels")
// clang-format on

#define FIELD_MASK(REGISTER, NAME, low, bits, meaning) REGISTER##_##NAME = ((1 << (bits)) - 1) << (low),
enum RegisterField { REGISTER_FIELDS(FIELD_MASK) };
#undef FIELD_MASK

// One counter per cause of gen/plan/codes.h, in the same order.
#define CAUSE_REGISTER(REG, NAME, engine, json, words, meaning)                                                        \
  REG(CYC_##NAME, (0x208 + 8 * CAUSE_##NAME), CNT, 64, 0, ALWAYS, meaning)

#define REGISTERS_COUNTERS(REG)                                                                                        \
  REG(CYCLES, 0x200, CNT, 64, 0, ALWAYS, "cycles from start to done")                                                  \
  CYCLE_CAUSES(CAUSE_REGISTER, REG)                                                                                    \
  REG(MULTS_ISSUED, 0x248, CNT, 64, 0, ALWAYS,                                                                         \
      "multiplier slots of all steps taken; engines with windows: slots in use; structured B: slots with both "        \
      "operands nonzero, 0 with lean counters")                                                                        \
  REG(MULTS_EFFECTUAL, 0x250, CNT, 64, 0, ALWAYS, "multiplications with both operands nonzero; 0 with lean counters")  \
  REG(MULTS_SKIPPED, 0x258, CNT, 64, 0, ALWAYS, "multiplications that a sparse engine did not issue")                  \
  REG(BYTES_A, 0x260, CNT, 64, 0, ALWAYS, "bytes of A read")                                                           \
  REG(BYTES_B, 0x268, CNT, 64, 0, ALWAYS, "bytes of B read")                                                           \
  REG(BYTES_META, 0x270, CNT, 64, 0, ALWAYS, "bytes of metadata and column parameters read")                           \
  REG(BYTES_C, 0x278, CNT, 64, 0, ALWAYS, "bytes of C written")                                                        \
  REG(BORROWED_1, 0x280, CNT, 64, 0, REPORTS, "multiplications whose A came from 1 step ahead")                        \
  REG(BORROWED_2, 0x288, CNT, 64, 0, REPORTS, "multiplications whose A came from 2 steps ahead")                       \
  REG(BORROWED_3, 0x290, CNT, 64, 0, REPORTS, "multiplications whose A came from 3 steps ahead")                       \
  REG(BORROWED_4, 0x298, CNT, 64, 0, REPORTS, "multiplications whose A came from 4 steps ahead")                       \
  REG(BORROWED_5, 0x2a0, CNT, 64, 0, REPORTS, "multiplications whose A came from 5 steps ahead")                       \
  REG(BORROWED_6, 0x2a8, CNT, 64, 0, REPORTS, "multiplications whose A came from 6 steps ahead")                       \
  REG(BORROWED_7, 0x2b0, CNT, 64, 0, REPORTS, "multiplications whose A came from 7 steps ahead")                       \
  REG(BORROWED_8, 0x2b8, CNT, 64, 0, REPORTS, "multiplications whose A came from 8 steps ahead")                       \
  REG(BORROWED_9, 0x2c0, CNT, 64, 0, REPORTS, "multiplications whose A came from 9 steps ahead")                       \
  REG(BORROWED_10, 0x2c8, CNT, 64, 0, REPORTS, "multiplications whose A came from 10 steps ahead")                     \
  REG(BORROWED_11, 0x2d0, CNT, 64, 0, REPORTS, "multiplications whose A came from 11 steps ahead")                     \
  REG(BORROWED_12, 0x2d8, CNT, 64, 0, REPORTS, "multiplications whose A came from 12 steps ahead")                     \
  REG(BORROWED_13, 0x2e0, CNT, 64, 0, REPORTS, "multiplications whose A came from 13 steps ahead")                     \
  REG(BORROWED_14, 0x2e8, CNT, 64, 0, REPORTS, "multiplications whose A came from 14 steps ahead")                     \
  REG(BORROWED_15, 0x2f0, CNT, 64, 0, REPORTS, "multiplications whose A came from 15 steps ahead")                     \
  REG(BORROWED_LANE, 0x2f8, CNT, 64, 0, REPORTS, "multiplications whose A came from another lane")                     \
  REG(BORROWED_PE, 0x300, CNT, 64, 0, REPORTS, "multiplications whose product went to another PE")                     \
  REG(BUFFER_READS, 0x308, CNT, 64, 0, READS,                                                                          \
      "structured B: reads of the RAMs of the A buffer, all banks; 0 with lean counters")                              \
  REG(C_VALUES, 0x310, CNT, 64, 0, SPARSE_C,                                                                           \
      "values of compressed C written, also counted in BYTES_C; A_VALUES of the job that reads this C")                \
  REG(CM_BYTES, 0x318, CNT, 64, 0, COUNTED_C,                                                                          \
      "bytes of the metadata of compressed C written, also counted in BYTES_META; AM_BYTES of the job that reads "     \
      "this C")                                                                                                        \
  REG(CL_BYTES, 0x320, CNT, 64, 0, OWN_JOB, "bytes of the lengths of C written, also counted in BYTES_META")

#define REGISTERS(REG) REGISTERS_IDENTITY(REG) REGISTERS_CONTROL(REG) REGISTERS_JOB(REG) REGISTERS_COUNTERS(REG)

#define REGISTER_SPACE_BITS 12 // address bits of the AXI4-Lite slave

#endif
