// The parser: values by the table of options, a verb's command line, the layers of a chain.
#include "harness/base/options.h"

#include <errno.h>
#include <float.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/base/error.h"
#include "gen/base/version.h"
#include "harness/base/number.h"
#include "harness/base/options_table.h"
#include "sim/memory/axi_types.h"

enum { LIST_MAX = 4 };

static const Options defaults = {.stride = {1, 1},
                                 .dilation = {1, 1},
                                 .groups = 1,
                                 .requant = "auto",
                                 .mem_latency = 64,
                                 .seed = 1,
                                 .base = ADDRESS_STEP};

static bool is_list(const Option *o) {
  return o->kind == LIST || o->kind == RANGE;
}

// A key of a layer is named as it was given: without dashes, a list with colons.
static bool wrong_value(const Option *o, const char *text, bool key) {
  char range[96] = "", form[96] = "", value[96] = "";
  snprintf(form, sizeof form, "%s", o->form);
  snprintf(value, sizeof value, "%s", *text ? text : "''");
  for (int i = 0; key && is_list(o) && i < (int)sizeof form; i++) {
    if (form[i] == ',') form[i] = ':';
    if (value[i] == ',') value[i] = ':';
  }
  if (o->kind == WHOLE || is_list(o))
    snprintf(range, sizeof range, ", whole numbers from %" PRId64 " to %" PRId64 "%s", o->low, o->high,
             o->kind == RANGE ? ", the second one larger" : "");
  if (o->kind == ADDRESS) snprintf(range, sizeof range, ", a multiple of %d", ADDRESS_STEP);
  if (o->kind == SCALE) snprintf(range, sizeof range, ", a number above 0 that fits a 32-bit float");
  if (o->kind == REAL)
    snprintf(range, sizeof range, ", a number from 1/%d to %" PRId64, AXI_BANDWIDTH_PARTS,
             o->high / AXI_BANDWIDTH_PARTS);
  return error_at(NULL, 0, 0, "%s%s%s%s is not possible; expected %s%s", key ? "--layer: " : "--", o->name,
                  key ? "=" : " ", value, form, range);
}

static bool parse_whole(const Option *o, const char **text, int64_t *value) {
  return number_take_whole(text, value) && *value >= o->low && *value <= o->high;
}

static bool parse_real(const Option *o, const char *text, double *value) {
  return number_real(text, value) && *value * AXI_BANDWIDTH_PARTS >= (double)o->low &&
         *value * AXI_BANDWIDTH_PARTS <= (double)o->high;
}

// Scales are 32-bit floats, as TensorFlow Lite and ONNX hold them.
static bool parse_scale(const char *text, double *value) {
  if (!number_real(text, value) || *value > (double)FLT_MAX) return false;
  *value = (double)(float)*value;
  return *value > 0;
}

// Numbers with the separator that the form shows; of a LIST a lone number stands for all.
static bool parse_list(const Option *o, const char *text, int64_t *values) {
  char separator = strchr(o->form, ':') ? ':' : ',';
  int want = 1, have = 0;
  for (const char *c = o->form; *c; c++)
    want += *c == separator;
  int64_t list[LIST_MAX];
  do {
    if (have == want || !parse_whole(o, &text, &list[have])) return false;
    have++;
  } while (*text == separator && text++);
  if (*text || (have != want && (have != 1 || o->kind == RANGE))) return false;
  for (int i = 0; i < want; i++)
    values[i] = list[have == 1 ? 0 : i];
  return true;
}

static bool parse_address(const char *text, uint64_t *value) {
  char *end;
  errno = 0;
  *value = strtoull(text, &end, text[0] == '0' && (text[1] | 32) == 'x' ? 16 : 10);
  return text[0] >= '0' && text[0] <= '9' && !errno && !*end && *value % ADDRESS_STEP == 0;
}

static bool parse_word(const char *words, const char *text, int *place) {
  size_t length = strlen(text);
  for (int i = 0;; i++) {
    size_t word = strcspn(words, "|");
    if (word == length && !strncmp(words, text, word)) {
      *place = i;
      return true;
    }
    if (!words[word]) return false;
    words += word + 1;
  }
}

static bool store_value(const Option *o, const char *text, Options *options) {
  void *place = (char *)options + o->place;
  const char *rest = text;
  switch (o->kind) {
  case TEXT:
    *(const char **)place = text;
    return *text || wrong_value(o, text, options->layer > 0);
  case TEXTS:
    for (const char **slot = place; slot < (const char **)place + CHAIN_LAYERS; slot++) {
      if (*slot) continue;
      *slot = text;
      return true;
    }
    return error_at(NULL, 0, 0, "--%s %s is one too many; there are %d", o->name, text, CHAIN_LAYERS);
  case FLAG:
    *(bool *)place = true;
    return true;
  case WHOLE:
    return (parse_whole(o, &rest, place) && !*rest) || wrong_value(o, text, options->layer > 0);
  case REAL:
    return parse_real(o, text, place) || wrong_value(o, text, options->layer > 0);
  case SCALE:
    return parse_scale(text, place) || wrong_value(o, text, options->layer > 0);
  case RANGE: // 0 to 0 holds nothing, and stands for no range
    if (parse_list(o, text, place) && (((int64_t *)place)[0] || ((int64_t *)place)[1])) return true;
    return wrong_value(o, text, options->layer > 0);
  case LIST:
    return parse_list(o, text, place) || wrong_value(o, text, options->layer > 0);
  case ADDRESS:
    return parse_address(text, place) || wrong_value(o, text, options->layer > 0);
  case WORD:
    return parse_word(o->form, text, place) || wrong_value(o, text, options->layer > 0);
  }
  return false;
}

static bool is_named(const Option *o, const char *name, size_t length) {
  return strlen(o->name) == length && !strncmp(o->name, name, length);
}

// What getopt_long could not take: an option of another verb, or of none.
static bool unknown_option(Verb verb, const char *text) {
  const char *name = text + strspn(text, "-");
  char others[64] = "";
  size_t length = strcspn(name, "=");
  unsigned all = 0;
  for (const Option *o = options_table; o->name; o++)
    if (is_named(o, name, length)) all |= o->verbs;
  for (int v = 0; v < VERB_COUNT; v++)
    if (all >> v & 1) strcat(strcat(others, " "), verb_texts[v].name);
  if (*others && !(all >> verb & 1))
    return error_at(NULL, 0, 0, "--%.*s is no option of %s; it belongs to%s", (int)length, name, verb_texts[verb].name,
                    others);
  return error_at(NULL, 0, 0,
                  "%s is no option of %s (or lacks its value, or is not clear); lacuna %s --help lists them", text,
                  verb_texts[verb].name, verb_texts[verb].name);
}

// getopt_long takes the beginnings of options, too; an option of another verb is not meant so.
static bool is_of_others(Verb verb, const char *text, const Option *row) {
  if (strncmp(text, "--", 2) != 0) return false;
  const char *name = text + 2;
  size_t length = strcspn(name, "=");
  bool other = false;
  for (const Option *o = options_table; o->name; o++)
    other = other || is_named(o, name, length);
  return other && !is_named(row, name, length) && !unknown_option(verb, text);
}

// The rows of one verb in the form getopt_long wants: long options, and the letters of short ones.
static void getopt_tables(Verb verb, struct option *longs, char *letters) {
  *letters++ = '-'; // operands are returned where they stand, as option 1; rows are 256 and up
  *letters++ = ':'; // a missing value is told from an unknown option
  for (int i = 0; i < OPTION_MOST; i++) {
    const Option *o = &options_table[i];
    if (!on_verb(o, verb)) continue;
    *longs++ = (struct option){o->name, o->kind == FLAG ? no_argument : required_argument, NULL, i + 256};
    if (!o->letter) continue;
    *letters++ = o->letter;
    if (o->kind != FLAG) *letters++ = ':';
  }
  *longs = (struct option){0};
  *letters = 0;
}

static const Option *find_row(Verb verb, int code) {
  if (code >= 256) return &options_table[code - 256];
  for (const Option *o = options_table; o->name; o++)
    if (on_verb(o, verb) && o->letter == code) return o;
  return NULL;
}

static bool store_once(const Option *row, const char *text, bool *given, Options *options) {
  bool *before = &given[row - options_table];
  if (*before && row->kind != TEXTS)
    return error_at(NULL, 0, 0, "%s%s is given twice; give it once", options->layer ? "--layer: " : "--", row->name);
  *before = true;
  return store_value(row, text, options);
}

// ---- the command line

static bool take_subject(const char *text, Options *options) {
  if (options->subject)
    return error_at(NULL, 0, 0, "'%s' is one operand too many; %s takes one %s", text, verb_texts[options->verb].name,
                    verb_texts[options->verb].subject);
  options->subject = text;
  return true;
}

static ParseResult parse_verb(int argc, char **argv, Options *options) {
  struct option longs[OPTION_MOST + 1];
  char letters[2 * OPTION_MOST + 3];
  bool given[OPTION_MOST] = {false};
  getopt_tables(options->verb, longs, letters);
  opterr = 0;
  optind = 1;
  for (;;) {
    int code = getopt_long(argc, argv, letters, longs, NULL);
    if (code == -1) break;
    if (code == 1) {
      if (!take_subject(optarg, options)) return PARSE_WRONG;
      continue;
    }
    if (code == ':') {
      error_at(NULL, 0, 0, "%s lacks its value; lacuna %s --help", argv[optind - 1], verb_texts[options->verb].name);
      return PARSE_WRONG;
    }
    const Option *row = code == '?' ? NULL : find_row(options->verb, code);
    if (!row) return unknown_option(options->verb, argv[optind - 1]), PARSE_WRONG;
    if (is_of_others(options->verb, argv[optind - (optarg == argv[optind - 1] ? 2 : 1)], row)) return PARSE_WRONG;
    if (row->letter == 'h') return print_verb_help(options->verb), PARSE_DONE;
    if (!store_once(row, optarg, given, options)) return PARSE_WRONG;
  }
  for (; optind < argc; optind++)
    if (!take_subject(argv[optind], options)) return PARSE_WRONG;
  return options_check(options, given) ? PARSE_RUN : PARSE_WRONG;
}

// ---- layers of a chain

// key=value as the option of that name; a list has colons, since commas end it.
static bool take_key(char *text, bool *given, Options *options) {
  char *value = strchr(text, '=');
  if (value) *value++ = 0;
  for (const Option *o = options_table; value && o->name; o++) {
    if (!(o->verbs & LAYER) || o->letter == 'h' || strcmp(o->name, text) != 0) continue;
    for (char *c = value; is_list(o) && *c; c++)
      if (*c == ':') *c = ',';
    return store_once(o, value, given, options);
  }
  if (!value && strspn(text, "-0123456789") == strlen(text))
    return error_at(NULL, 0, 0, "--layer: '%s' stands alone; numbers of a list stand between colons, as pad=1:1:1:1",
                    text);
  return error_at(NULL, 0, 0, "--layer knows no '%s'; lacuna chain --help lists its keys", text);
}

bool options_layer(const Options *chain, int layer, char *text, Options *options) {
  bool last = layer == CHAIN_LAYERS - 1, dense = chain->between == BETWEEN_DENSE;
  *options = *chain;
  options->verb = VERB_CONV;
  options->layer = layer + 1;
  options->a_format = dense ? 1 : 2;
  if (layer == 0) options->a_format = 0;
  if (!last) options->out_type = OUT_INT8;
  if (options->out_type == OUT_INT32) options->rounding = ROUND_AWAY; // the first layer's
  options->out_format = last || dense ? OUT_DENSE : OUT_COMPRESSED;
  if (!last) options->out = NULL;
  strcpy(text, chain->layers[layer]);
  options->weight = text;
  bool given[OPTION_MOST] = {false};
  for (char *next = strchr(text, ','); next;) {
    char *key = next + 1;
    *next = 0;
    next = strchr(key, ',');
    if (next) *next = 0;
    if (!take_key(key, given, options)) return false;
    if (next) *next = ','; // the loop ends it again
  }
  if (!*text) return error_at(NULL, 0, 0, "--layer '%s' names no weight; it comes first", chain->layers[layer]);
  return options_check_results(options);
}

ParseResult options_parse(int argc, char **argv, Options *options) {
  *options = defaults;
  if (argc < 2) return print_usage(stderr), PARSE_WRONG;
  if (!strcmp(argv[1], "--version")) return puts("lacuna " LACUNA_VERSION), PARSE_DONE;
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
    return print_usage(stdout), PARSE_DONE;
  for (int v = 0; v < VERB_COUNT; v++) {
    if (strcmp(argv[1], verb_texts[v].name)) continue;
    options->verb = (Verb)v;
    return parse_verb(argc - 1, argv + 1, options);
  }
  error_at(NULL, 0, 0, "'%s' is no verb; the verbs are gen, info, run, conv, chain, pack and prune", argv[1]);
  return PARSE_WRONG;
}
