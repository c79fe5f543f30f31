// One block of the array: chunks of B meet the rows of A, lane by lane; the sums of a whole tile stay here until they are drained.
//
// Why: a block takes whole k and needs nothing from other blocks, so several k are at work in a cycle, and several blocks make an array
//      (docs/outer.md, A block; Wang et al., ISCA 2021, section 4).
// Parameters: LANES, 1 to 8; CHUNKS, of the window; the others as lac_outer_lane, ROWS 2 or more; WORD_W follows from lac_outer_fill's
//      word, leave all that have defaults made of others.
// Handshake: a_*, a beat of A into slot a_beat_i / SUBS (room is the caller's care), a_nonzero_i its rows' nonzeros, row by row;
//      a_loaded_i is a pulse in the cycle of a k-tile's last beat. word_* ready/valid, from lac_outer_store. drained_i: a half is free.
// free_o: k-tiles that may be loaded without overwriting one in use (0 to SLOTS). through_o: a pulse when all sums of a tile are in
//      memory. drain_* as lac_outer_lane, of one lane.
// need_*_o: why a word does not enter: no half, no k-tile, no word.
// After reset: empty, both halves free.
