// What `lacuna info` tells of a plan, for people and as JSON, and the reference of all keys.
#ifndef LACUNA_INFO_H
#define LACUNA_INFO_H

#include <jansson.h>
#include <stdio.h>

#include "gen/plan/plan.h"

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

// What a multiplier chooses from in a mode.
typedef struct InfoMode {
  const char *name;
  char borrowing[32];     // of windows, in the notation of Griffin, "B(8,0,1,on)"
  int steps, words;       // of A and of B that it sees
  int a_fan_in, b_fan_in; // operands it chooses from
  int trees;              // adder trees of a PE
} InfoMode;

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
int info_modes(const Plan *plan, InfoMode rows[MODE_COUNT]); // rows filled, 1 for a dense engine
InfoLimits info_limits(const Plan *plan);

// Structured weights: children of a node from which the mux of a rank chooses, H - G + 1 at most; 1 where there is
// none.
enum { INFO_RANKS = 3 };
int info_rank_fan_in(const Plan *plan, int rank);

// How a stream lies in memory, a sentence. AM is there only where M is.
enum { FORMAT_A, FORMAT_B, FORMAT_P, FORMAT_C, FORMAT_M, FORMAT_AM, FORMAT_COUNT };
int info_formats(const Plan *plan); // places there are: M where B may have metadata, AM where A may be compressed
const char *info_format(const Plan *plan, int place, char *text, size_t size);
const char *info_format_name(int place);

void info_text(const Plan *plan, FILE *out);
json_t *info_json(const Plan *plan); // the caller owns it
void info_keys(FILE *out);           // Markdown tables of every key, as in docs/configuration.md
void info_registers(FILE *out);      // Markdown tables of registers and errors, as in docs/registers.md

#endif
