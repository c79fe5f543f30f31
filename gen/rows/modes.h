// Modes: in which way an engine does a job. They are words of the engine: MODES_KIND lists those of an engine of that
// kind, in gen/rows of its family; a plan says which of these its hardware has.
//
// MODE(NAME, number, "word", skips_a, skips_b): the number is what the register MODE says and may never change; the
// word is what the command line and reports say; skips_a, skips_b: 1, zeros of A or B are left out; of B before the job
// begins, so that it brings metadata, and the shell reads that from bit 1 of the number.
#ifndef LACUNA_ROWS_MODES_H
#define LACUNA_ROWS_MODES_H

enum { MODE_BITS = 2, MODES_MOST = 1 << MODE_BITS }; // bits of the register; most modes of an engine

#define MODE_OF_DENSE(MODE) MODE(DENSE, 0, "dense", 0, 0)
#define MODE_OF_A(MODE)     MODE(A, 1, "a", 1, 0)
#define MODE_OF_B(MODE)     MODE(B, 2, "b", 0, 1)
#define MODE_OF_AB(MODE)    MODE(AB, 3, "ab", 1, 1)

// Which operand's zeros are skipped.
#define MODES_BY_ZEROS(MODE) MODE_OF_DENSE(MODE) MODE_OF_A(MODE) MODE_OF_B(MODE) MODE_OF_AB(MODE)

#define MODE_NUMBER(NAME, number, word, skips_a, skips_b) MODE_##NAME = (number),
enum { MODES_BY_ZEROS(MODE_NUMBER) };

// The legal values of --mode: the words of all engines.
#define MODE_CHOICE(NAME, number, word, skips_a, skips_b) "|" word
#define MODE_CHOICES                                      "auto" MODES_BY_ZEROS(MODE_CHOICE)

// The text for the register MODE.
#define MODE_MEANING(NAME, number, word, skips_a, skips_b) #number " " word
#define MODE_MEANINGS                                                                                                  \
  MODE_OF_DENSE(MODE_MEANING) ", " MODE_OF_A(MODE_MEANING) ", " MODE_OF_B(MODE_MEANING) ", " MODE_OF_AB(MODE_MEANING)

#endif
