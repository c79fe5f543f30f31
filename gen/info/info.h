// What `lacuna info` tells of a plan, for people and as JSON, and the reference of all keys.
#ifndef LACUNA_INFO_H
#define LACUNA_INFO_H

#include <jansson.h>
#include <stdio.h>

#include "gen/engine/engine.h"

// A memory on the chip. Bandwidths are bytes a cycle at the side of the engine: for A, B and M the most it takes in a
// cycle, for P and C while results leave it.
typedef struct InfoBuffer {
  const char *name;
  int banks, rams;       // banks; RAMs in each
  int words, width_bits; // of a RAM
  double kib;            // all banks
  double needs, has;
} InfoBuffer;

enum { INFO_A, INFO_B, INFO_P, INFO_C, INFO_M, INFO_BUFFERS };

// From what size on the loop order lets one resource keep up with the multipliers, each taken alone.
typedef struct InfoLimits {
  int resident_steps;   // B fits its buffer if panels * steps of K is at most this
  int resident_k;       // elements of K up to which a panel of B stays in its buffer
  int bank_elems;       // elements of the rows of A that one bank holds
  int row_columns;      // columns of C in a group at most; they leave as one piece
  int n_for_a;          // columns per group from which the bus brings A in time
  int m_for_b;          // rows per block from which the bus brings B in time
  int k_for_epilogue;   // K from which results leave the engine in time
  int k_for_int8_write; // K from which the bus takes int8 results in time
} InfoLimits;

int info_buffers(const Plan *plan,
                 InfoBuffer rows[INFO_BUFFERS]); // rows filled: M only where metadata wait beside words of B
InfoLimits info_limits(const Plan *plan);

// How a stream lies in memory, a sentence: FORMAT_* of gen/engine/engine.h.
int info_formats(const Plan *plan); // places there are: M where B may have metadata, AM where A may be compressed
const char *info_format(const Plan *plan, int place, char *text, size_t size);
const char *info_format_name(int place);

void info_text(const Plan *plan, FILE *out);
json_t *info_json(const Plan *plan); // the caller owns it
void info_keys(FILE *out);           // Markdown tables of every key, as in docs/configuration.md
void info_registers(FILE *out);      // Markdown tables of registers and errors, as in docs/registers.md

#endif
