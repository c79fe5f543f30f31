// The signatures of the leaves of rtl/ that builders instantiate: leaf_skid describes lac_skid, and so on.
// A leaf is a name here and a record in one of the files gen/leaf and gen/engine/*/leaves*.c;
// tests/unit/gen/test_leaves.c compares every record with the Verilog: ports, widths, paths within a cycle, leaves
// below.
#ifndef LACUNA_LEAVES_H
#define LACUNA_LEAVES_H

#include "gen/hdl/hdl.h"

#define LEAVES(LEAF)                                                                                                   \
  LEAF(skid)                                                                                                           \
  LEAF(fifo)                                                                                                           \
  LEAF(fifo_ram)                                                                                                       \
  LEAF(ram_2p)                                                                                                         \
  LEAF(trim)                                                                                                           \
  LEAF(hold)                                                                                                           \
  LEAF(gearbox)                                                                                                        \
  LEAF(rr_arbiter)                                                                                                     \
  LEAF(popcount)                                                                                                       \
  LEAF(axi_read)                                                                                                       \
  LEAF(axi_write)                                                                                                      \
  LEAF(axil_slave)                                                                                                     \
  LEAF(fetch)                                                                                                          \
  LEAF(a_fill)                                                                                                         \
  LEAF(a_unpack)                                                                                                       \
  LEAF(a_walk)                                                                                                         \
  LEAF(a_row)                                                                                                          \
  LEAF(replay)                                                                                                         \
  LEAF(replay_banked)                                                                                                  \
  LEAF(b_join)                                                                                                         \
  LEAF(counters)                                                                                                       \
  LEAF(epilogue)                                                                                                       \
  LEAF(c_buffer)                                                                                                       \
  LEAF(c_check)                                                                                                        \
  LEAF(ends_check)                                                                                                     \
  LEAF(lanes_check)                                                                                                    \
  LEAF(times_check)                                                                                                    \
  LEAF(c_sparse)                                                                                                       \
  LEAF(sequencer)                                                                                                      \
  LEAF(adder_tree)                                                                                                     \
  LEAF(dense_issue)                                                                                                    \
  LEAF(a_window)                                                                                                       \
  LEAF(a_window_control)                                                                                               \
  LEAF(griffin_issue)                                                                                                  \
  LEAF(griffin_count)                                                                                                  \
  LEAF(count_sums)                                                                                                     \
  LEAF(any)                                                                                                            \
  LEAF(lane_mux)                                                                                                       \
  LEAF(column_aim)                                                                                                     \
  LEAF(row_arbiter)                                                                                                    \
  LEAF(row_spread)                                                                                                     \
  LEAF(hss_join)                                                                                                       \
  LEAF(hss_align)                                                                                                      \
  LEAF(hss_decode)                                                                                                     \
  LEAF(a_expand)                                                                                                       \
  LEAF(offsets_check)                                                                                                  \
  LEAF(hss_pe)                                                                                                         \
  LEAF(dsso_pe)                                                                                                        \
  LEAF(outer_chunk)                                                                                                    \
  LEAF(outer_fill)                                                                                                     \
  LEAF(outer_store)                                                                                                    \
  LEAF(outer_pass)                                                                                                     \
  LEAF(griffin_pe)                                                                                                     \
  LEAF(dense_array)                                                                                                    \
  LEAF(outer_load)                                                                                                     \
  LEAF(outer_block)                                                                                                    \
  LEAF(outer_drain)                                                                                                    \
  LEAF(outer_count)

#define LEAF_DECLARE(name) extern const Leaf leaf_##name;
LEAVES(LEAF_DECLARE)
#undef LEAF_DECLARE

const Leaf *leaf_find(const char *name); // by its name in Verilog; NULL if there is none
const Leaf *leaf_at(size_t index);       // NULL past the last one

#endif
