// lacuna-bench: measures what docs/results promises. A page is written whole or not at all.
#include "gen/base/error.h"
#include "gen/base/paths.h"
#include "harness/bench/bench.h"
#include "harness/bench/text.h"

#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PAGES = 32 }; // at most

static const PageKind *pages[PAGES + 1]; // of all engines, in turn; ends with NULL

static const char usage[] =
    "lacuna-bench [OPTION]... [PAGE]...: writes docs/results/PAGE.md and PAGE.json; without a page all of them\n"
    "  --sample         a few works of each table, on the RTL only those of dense_64, no times; about half a minute\n"
    "                   of processor time for all pages, written to build/bench/sample\n"
    "  --from-reports   runs nothing: writes the page from the reports and times of its last run\n"
    "  --resume         goes on with a run that was stopped, with the program that began it\n"
    "  --times          measures the times anew, on a machine without other work; else as --from-reports\n"
    "  --tables DIR     tables of work and of required figures, and the pages' text [harness/bench]\n"
    "  -o DIR           where the pages go, and the runs' folders [docs/results, and build/bench for the folders]\n"
    "  --help\n"
    "LACUNA_DATA is the folder of the data [../shared/data]; without it the tables of real layers are left out.\n"
    "Exit status: 0 the pages are written, 1 one is not, and what is wrong was said, 2 the command line.\n"
    "Pages:";

typedef struct Settings {
  bool sample, again, resume, times;
  const char *tables, *out, *place; // place: of the runs' folders; NULL: out
} Settings;

static bool run_page(const PageKind *kind, const Settings *s, const char *root) {
  Bench b = {.kind = kind,
             .sample = s->sample,
             .again = s->again,
             .resume = s->resume,
             .time_anew = s->times,
             .root = root,
             .tables = s->tables,
             .out = s->out};
  b.place = text_of("%s/%s", s->place ? s->place : s->out, kind->name);
  return bench_page(&b);
}

// ---- the command line

static void list_pages(void) {
  int count = 0;
#define FAMILY(family)                                                                                                 \
  for (const PageKind *const *page = pages_##family; page && *page && count < PAGES; page++)                           \
    pages[count++] = *page;
#include "gen/rows/engines.h"
}

static const PageKind *find_page(const char *name) {
  for (int i = 0; pages[i]; i++)
    if (!strcmp(pages[i]->name, name)) return pages[i];
  return NULL;
}

static void print_usage(FILE *out) {
  fputs(usage, out);
  for (int i = 0; pages[i]; i++)
    fprintf(out, " %s", pages[i]->name);
  fputc('\n', out);
}

static const char *whole_path(const char *path) {
  char *found = realpath(path, NULL);
  if (!found) error_at(path, 0, 0, "there is no such folder");
  return found;
}

// -1: go on; else the exit status.
static int parse(int argc, char **argv, Settings *s) {
  static const struct option options[] = {{"sample", no_argument, NULL, 's'},
                                          {"from-reports", no_argument, NULL, 'r'},
                                          {"times", no_argument, NULL, 'm'},
                                          {"resume", no_argument, NULL, 'u'},
                                          {"tables", required_argument, NULL, 't'},
                                          {"help", no_argument, NULL, 'h'},
                                          {0}};
  for (int letter; (letter = getopt_long(argc, argv, "o:", options, NULL)) != -1;) {
    if (letter == '?') return 2;
    if (letter == 'h') return print_usage(stdout), 0;
    if (letter == 's') s->sample = true;
    if (letter == 'r' || letter == 'm') s->again = true;
    if (letter == 'u') s->resume = true;
    if (letter == 'm') s->times = true;
    if (letter == 't' && !(s->tables = whole_path(optarg))) return 2;
    if (letter == 'o' && !(s->out = whole_path(optarg))) return 2;
  }
  for (int i = optind; i < argc; i++)
    if (!find_page(argv[i]))
      return fprintf(stderr, "lacuna-bench: there is no page `%s`\n", argv[i]), print_usage(stderr), 2;
  return -1;
}

static bool prepare(Settings *s, const char *root) {
  if (chdir(root)) return error_at(root, 0, 0, "can't be used");
  mkdir("build/bench", 0755);
  if (s->sample) mkdir("build/bench/sample", 0755);
  if (!s->tables) s->tables = whole_path("harness/bench");
  if (!s->out && !s->sample) s->place = whole_path("build/bench");
  if (!s->out) s->out = whole_path(s->sample ? "build/bench/sample" : "docs/results");
  return s->tables && s->out;
}

int main(int argc, char **argv) {
  Settings settings = {0};
  char root[PATH_MAX];
  list_pages();
  int status = parse(argc, argv, &settings);
  if (status >= 0) return status;
  if (!paths_find("", root, sizeof root) || !prepare(&settings, root)) return 2;
  bool good = true;
  for (int i = 0; pages[i]; i++) {
    bool named = optind == argc;
    for (int arg = optind; arg < argc; arg++)
      named |= find_page(argv[arg]) == pages[i];
    if (named && !run_page(pages[i], &settings, root)) good = false;
  }
  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
