// `lacuna info --keys`: the reference of all keys as Markdown, from the table that the reader uses.
#include <string.h>

#include "gen/info/info.h"
#include "gen/spec/spec.h"

static void print_section(const char *section, FILE *out) {
  fprintf(out, "\n### %s\n\n| key | legal values | default | unit | meaning |\n|---|---|---|---|---|\n",
          *section ? section : "Top of the file");
}

static void print_key(SpecKeyId id, FILE *out) {
  const SpecKey *key = spec_key(id);
  char legal[200], fallback[32];
  bool computed = key->fallback == REQUIRED || (key->fallback == DERIVED && key->low > 0 && key->kind != WORD);
  if (!computed) spec_value_text(id, key->fallback, fallback, sizeof fallback);
  fprintf(out, "| `%s` | %s | %s | %s | %s |\n", key->name,
          id == KEY_ENGINE ? "one of the engines below" : spec_key_legal(id, legal, sizeof legal),
          !computed                   ? fallback
          : key->fallback == REQUIRED ? "none, must be given"
                                      : "derived",
          *key->unit ? key->unit : "-", key->meaning);
}

static void print_engines(FILE *out) {
  fprintf(out, "\n### Engines\n\n| engine | number | what is built |\n|---|---|---|\n");
#define ENGINE_LINE(KIND, name, number, family, paper) fprintf(out, "| `%s` | %d | %s |\n", name, number, paper);
#define FAMILY(family)                                 ENGINES_##family(ENGINE_LINE)
#include "gen/rows/engines.h"
}

void info_keys(FILE *out) {
  for (int first = 0; first < KEY_COUNT; first++) {
    const char *section = spec_key((SpecKeyId)first)->section;
    bool seen = false;
    for (int id = 0; id < first; id++)
      seen |= strcmp(spec_key((SpecKeyId)id)->section, section) == 0;
    if (seen) continue;
    print_section(section, out);
    for (int id = first; id < KEY_COUNT; id++)
      if (strcmp(spec_key((SpecKeyId)id)->section, section) == 0) print_key((SpecKeyId)id, out);
  }
  print_engines(out);
}
