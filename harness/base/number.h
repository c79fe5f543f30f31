// Numbers as people and other programs write them: decimal digits and nothing else. No hexadecimal, no nan, no
// infinity, no white space before, no value that a type can't hold.
#ifndef LACUNA_NUMBER_H
#define LACUNA_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

// Takes a number from the beginning of *text and moves *text behind it; false, and nothing taken, if there is none or
// it is too large. Exponents may be marked by e or, as Fortran does, by d.
bool number_take_whole(const char **text, int64_t *value);
bool number_take_real(const char **text, double *value);

// The same of a whole text.
bool number_whole(const char *text, int64_t *value);
bool number_real(const char *text, double *value);

#endif
