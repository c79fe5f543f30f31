// `lacuna info --registers`: the register map and the error codes as Markdown, from the tables that the RTL is made
// from.
#include <inttypes.h>
#include <string.h>

#include "gen/info/info.h"
#include "gen/plan/registers.h"

typedef struct Row {
  const char *name;
  unsigned offset;
  const char *access;
  int bits;
  uint32_t reset;
  const char *meaning;
} Row;

#define ROW(NAME, offset, access, bits, reset, part, meaning) {#NAME, offset, #access, bits, reset, meaning},
#define END                                                                                                            \
  { NULL, 0, NULL, 0, 0, NULL }
static const Row identity[] = {REGISTERS_IDENTITY(ROW) END}, control[] = {REGISTERS_CONTROL(ROW) END},
                 job[] = {REGISTERS_JOB(ROW) END}, counters[] = {REGISTERS_COUNTERS(ROW) END};
#undef END
#undef ROW

static const struct {
  const char *title;
  const Row *rows;
} groups[] = {{"Identity", identity}, {"Control", control}, {"Job", job}, {"Counters", counters}};

static void print_group(const char *title, const Row *row, FILE *out) {
  fprintf(out, "\n## %s\n\n| offset | name | access | bits | reset | meaning |\n|---|---|---|---|---|---|\n", title);
  for (; row->name; row++)
    fprintf(out, "| 0x%03x | `%s` | %s | %d | 0x%" PRIx32 " | %s |\n", row->offset, row->name, row->access, row->bits,
            row->reset, row->meaning);
}

static void print_fields(FILE *out) {
  fprintf(out, "\n## Fields\n\n| register | bits | name | meaning |\n|---|---|---|---|\n");
#define FIELD_ROW(REGISTER, NAME, low, bits, meaning)                                                                  \
  fprintf(out, "| `%s` | %d:%d | `%s` | %s |\n", #REGISTER, (low) + (bits)-1, low, #NAME, meaning);
  REGISTER_FIELDS(FIELD_ROW)
#undef FIELD_ROW
}

typedef struct CheckRow {
  const char *name, *when, *words;
} CheckRow;

// What the checks of jobs say; rows of the same words about one register are one.
static void print_checks(FILE *out) {
#define CONDITION_WORDS(NAME, part, words) static const char *const when_##NAME = words;
  JOB_CONDITIONS(CONDITION_WORDS)
#undef CONDITION_WORDS
#define CHECK_ROW(NAME, WHEN, RULE, words) {#NAME, when_##WHEN, words},
  const CheckRow rows[] = {JOB_CHECKS_COMMON(CHECK_ROW)
#define FAMILY(family) JOB_CHECKS_##family(CHECK_ROW)
#include "gen/rows/engines.h"
  };
#undef CHECK_ROW
  fprintf(out, "\n## Legal jobs\n\n| register | checked | legal |\n|---|---|---|\n");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    if (i == 0 || strcmp(rows[i].name, rows[i - 1].name) != 0 || strcmp(rows[i].words, rows[i - 1].words) != 0)
      fprintf(out, "| `%s` | %s | %s |\n", rows[i].name, rows[i].when, rows[i].words);
}

void info_registers(FILE *out) {
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
    print_group(groups[i].title, groups[i].rows, out);
  print_fields(out);
  print_checks(out);
  fprintf(out, "\n## Errors\n\n| code | name | what happened | ERR_POS |\n|---|---|---|---|\n");
#define ERROR_ROW(NAME, code, meaning, position)                                                                       \
  fprintf(out, "| %d | `%s` | %s | %s |\n", code, #NAME, meaning, position);
  DEVICE_ERRORS(ERROR_ROW)
#undef ERROR_ROW
}
