// Tables of numbers against those who can't read them: of gen/plan/codes.h, the localparams CAUSE_NAME and ERR_NAME of
// the leaves in rtl/ and the sum that tests/report.awk makes; of gen/leaf/numbers.h and its kin, the text of leaves.
// Run from the project's folder.
#include "gen/plan/codes.h"
#include "gen/plan/plan_fields.h"
#include "tests/unit/support.h"

#include <ctype.h>
#include <glob.h>

typedef struct Code {
  const char *name;
  int number;
  int seen;
} Code;

#define CAUSE_ROW(WITH, NAME, ...) {"CAUSE_" #NAME, CAUSE_##NAME, 0},
#define ERROR_ROW(NAME, ...)       {"ERR_" #NAME, ERR_##NAME, 0},
static Code codes[] = {CYCLE_CAUSES(CAUSE_ROW, ) DEVICE_ERRORS(ERROR_ROW)};
enum { CODES = sizeof codes / sizeof *codes };

static Code *code_named(const char *name) {
  for (int i = 0; i < CODES; i++)
    if (!strcmp(codes[i].name, name)) return &codes[i];
  return NULL;
}

static int bits_of(const char *name) {
  return *name == 'C' ? 3 : 8;
}

// A line of a leaf; true if it is a localparam of one of the tables.
static bool check_line(const char *path, const char *line) {
  char name[64] = "";
  int bits, number;
  int found = sscanf(line, " localparam %63[A-Z_0-9] = %d'd%d;", name, &bits, &number);
  if (strncmp(name, "CAUSE_", 6) && strncmp(name, "ERR_", 4)) return false;
  Code *code = code_named(name);
  if (!code) fail_msg("%s: no table has %s", path, name);
  if (found != 3 || bits != bits_of(name) || number != code->number)
    fail_msg("%s: %s is not %d'd%d", path, name, bits_of(name), code->number);
  code->seen++;
  return true;
}

// A leaf names the codes that it gives, unless a leaf within it gives them.
static void check_leaf(const char *path) {
  char line[256];
  bool tells = false, passes_on = false;
  int names = 0;
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file)) {
    tells |= strstr(line, " cause_o,") || strstr(line, " cause_o\n") || strstr(line, " err_code_o,");
    passes_on |= strstr(line, " .cause_o ") || strstr(line, " .err_code_o ");
    names += check_line(path, line);
  }
  fclose(file);
  if ((tells && !passes_on) != (names > 0)) fail_msg("%s has %d names of causes and errors", path, names);
}

static void leaves_have_the_numbers_of_the_tables(void **state) {
  (void)state;
  glob_t files;
  assert_int_equal(glob("rtl/*/*.v", 0, NULL, &files), 0);
  for (size_t i = 0; i < files.gl_pathc; i++)
    check_leaf(files.gl_pathv[i]);
  globfree(&files);
  for (int i = 0; i < CODES; i++)
    if (strcmp(codes[i].name, "ERR_NONE") != 0 && !codes[i].seen) fail_msg("no leaf has %s", codes[i].name);
}

static void errors_are_numbered_in_turn(void **state) {
  (void)state;
  for (int i = CAUSES; i < CODES; i++)
    assert_int_equal(codes[i].number, i - CAUSES);
}

// It stands apart from the report on purpose; what is the engine's is one sum in it.
static void the_check_of_reports_sums_the_causes_of_the_engine(void **state) {
  (void)state;
  char text[1024] = "  engine =", line[1024];
#define ADD_CAUSE(WITH, NAME, engine, json, ...)                                                                       \
  if (engine) strcat(text, CAUSE_##NAME ? " + of[\"split\", \"" json "\"]" : " of[\"split\", \"" json "\"]");
  CYCLE_CAUSES(ADD_CAUSE, )
  strcat(text, "\n");
  FILE *file = fopen("tests/report.awk", "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file) && strncmp(line, "  engine =", 10) != 0)
    ;
  fclose(file);
  assert_string_equal(line, text);
}

typedef struct Number { // a row NUMBER of gen/leaf/numbers.h, or of an engine's
  char name[32];
  int value;
  char leaf[32], text[64];
} Number;

// The leaf's text, each stretch of blanks a single one.
static char *read_leaf(const char *leaf) {
  char pattern[64];
  glob_t files;
  snprintf(pattern, sizeof pattern, "rtl/*/%s.v", leaf);
  if (glob(pattern, 0, NULL, &files)) fail_msg("there is no %s", pattern);
  FILE *file = fopen(files.gl_pathv[0], "r");
  globfree(&files);
  assert_non_null(file);
  char *text = calloc(1, 1 << 16), *end = text;
  assert_non_null(text);
  for (int c; (c = fgetc(file)) != EOF && end < text + (1 << 16) - 1;)
    if (!isspace(c))
      *end++ = (char)c;
    else if (end > text && end[-1] != ' ')
      *end++ = ' ';
  fclose(file);
  return text;
}

static int places_of(const char *text, const Number *number, const char *value) {
  char wanted[128];
  int places = 0, before = (int)strcspn(number->text, "#");
  snprintf(wanted, sizeof wanted, "%.*s%s%s", before, number->text, value, number->text + before + 1);
  for (const char *at = text; (at = strstr(at, wanted)); at++)
    places += !isdigit((unsigned char)at[strlen(wanted)]);
  return places;
}

static void check_number(const Number *number) {
  static const char *const words[] = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};
  char digits[16], *text = read_leaf(number->leaf);
  snprintf(digits, sizeof digits, "%d", number->value);
  assert_in_range(number->value, 0, 9);
  int places = places_of(text, number, digits) + places_of(text, number, words[number->value]);
  free(text);
  if (places != 1)
    fail_msg("%s is %d: %s should say so once, as \"%s\"", number->name, number->value, number->leaf, number->text);
}

static int check_numbers(const char *path) {
  char line[256];
  int rows = 0;
  FILE *file = fopen(path, "r");
  assert_non_null(file);
  while (fgets(line, sizeof line, file)) {
    Number n;
    if (strncmp(line, "  NUMBER(", 9) != 0) continue;
    int found = sscanf(line, " NUMBER(%31[A-Z_], %d, \"%31[a-z0-9_]\", \"%63[^\"]\"", n.name, &n.value, n.leaf, n.text);
    if (found != 4) fail_msg("%s: not a row of numbers: %s", path, line);
    check_number(&n);
    rows++;
  }
  fclose(file);
  return rows;
}

static void leaves_have_the_numbers_that_c_knows(void **state) {
  (void)state;
  glob_t files;
  assert_int_equal(glob("gen/*/numbers.h", 0, NULL, &files), 0);
  glob("gen/engine/*/numbers.h", GLOB_APPEND, NULL, &files);
  for (size_t i = 0; i < files.gl_pathc; i++)
    if (check_numbers(files.gl_pathv[i]) == 0) fail_msg("%s has no rows", files.gl_pathv[i]);
  globfree(&files);
}

// ---- modes

static bool is_choice(const char *word) {
  char choices[] = MODE_CHOICES;
  for (char *choice = strtok(choices, "|"); choice; choice = strtok(NULL, "|"))
    if (!strcmp(choice, word)) return true;
  return false;
}

static void words_of_all_modes_can_be_chosen(void **state) {
  (void)state;
  for (int engine = 0; engine < ENGINE_COUNT; engine++) {
    assert_int_not_equal(engine_all_modes((EngineKind)engine), 0);
    for (Mode mode = 0; mode < MODES_MOST; mode++) {
      const ModeWord *word = engine_mode((EngineKind)engine, mode);
      if (word && word->skips_b != (mode >> 1 & 1)) fail_msg("bit 1 of mode %s", word->word);
      if (word && (!is_choice(word->word) || !strcmp(word->word, "auto"))) fail_msg("--mode knows no %s", word->word);
      for (Mode other = 0; word && other < mode; other++)
        assert_true(!engine_mode((EngineKind)engine, other) ||
                    strcmp(engine_mode((EngineKind)engine, other)->word, word->word) != 0);
    }
  }
  assert_null(engine_mode(ENGINE_GRIFFIN, MODES_MOST));
}

static void the_plan_says_which_bits_modes_are(void **state) {
  (void)state;
  char text[128] = "modes:";
  for (Mode mode = 0; mode < MODES_MOST; mode++)
    snprintf(text + strlen(text), sizeof text - strlen(text), " %d %s,", 1 << mode,
             engine_mode(ENGINE_GRIFFIN, mode)->word);
  strcat(text, " added up");
  for (size_t i = 0; i < plan_field_count(); i++)
    if (!strcmp(plan_field(i)->name, "modes")) assert_string_equal(plan_field(i)->meaning, text);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(leaves_have_the_numbers_that_c_knows),
                                     cmocka_unit_test(leaves_have_the_numbers_of_the_tables),
                                     cmocka_unit_test(errors_are_numbered_in_turn),
                                     cmocka_unit_test(words_of_all_modes_can_be_chosen),
                                     cmocka_unit_test(the_plan_says_which_bits_modes_are),
                                     cmocka_unit_test(the_check_of_reports_sums_the_causes_of_the_engine)};
  return cmocka_run_group_tests_name("numbers that C and Verilog share", tests, NULL, NULL);
}
