// `lacuna info --registers`: the register map and the error codes as Markdown, from the tables that the RTL is made
// from.
#include <inttypes.h>

#include "gen/info.h"
#include "gen/registers.h"

typedef struct Row {
  const char *name;
  unsigned offset;
  const char *access;
  int bits;
  uint32_t reset;
  const char *meaning;
} Row;

#define ROW(NAME, offset, access, bits, reset, meaning) {#NAME, offset, #access, bits, reset, meaning},
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

void info_registers(FILE *out) {
  for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
    print_group(groups[i].title, groups[i].rows, out);
  fprintf(out, "\n## Errors\n\n| code | name | what happened | ERR_POS |\n|---|---|---|---|\n");
#define ERROR_ROW(NAME, code, meaning, position)                                                                       \
  fprintf(out, "| %d | `%s` | %s | %s |\n", code, #NAME, meaning, position);
  DEVICE_ERRORS(ERROR_ROW)
#undef ERROR_ROW
}
