// Which options go together, and which a verb can't do without.
#include "harness/base/options_table.h"

#include <string.h>

#include "gen/base/error.h"
#include "harness/base/suffix.h"

// An option that has no effect unless one of others is there.
typedef struct Partner {
  unsigned verbs;
  const char *name, *others; // words of a list, with a blank behind each
  const char *why;
} Partner;

static const Partner partners[] = {
    {RUNS, "trace-window", "trace ", "it is a part of the waveform"},
    {RUNS, "keep", "out ", "it keeps that file where values are wrong"},
    {RUNS | ON(CHAIN), "seed", "stall ",
     "it is for stalls; a random operand has a seed of its own: random:8x8:0.5:SEED"},
    {ON(INFO), "out-type", "shape conv ", "it is the type of a result"},
    {ON(PACK), "input", "weight ", "it belongs to a convolution"},
    {ON(PACK), "stride", "weight ", "it belongs to a convolution"},
    {ON(PACK), "pad", "weight ", "it belongs to a convolution"},
    {ON(PACK), "dilation", "weight ", "it belongs to a convolution"},
    {ON(PACK), "groups", "weight ", "it belongs to a convolution"},
    {ON(PACK), "layout", "weight ", "it belongs to a convolution"},
    {ON(PACK), "weight-layout", "weight ", "it belongs to a convolution"},
    {ON(PACK), "a", "b ", "it belongs to a matrix product; a convolution has --input"},
    {ON(PACK), "transpose-a", "a ", "it is the order of that file"},
    {ON(PACK), "transpose-b", "b ", "it is the order of that file"},
};

static const char *const simulated[] = {"out", "trace", "inject", "keep", "max-cycles"}; // not known to --sim model

static bool is_given(const bool *given, Verb verb, const char *name, size_t length) {
  for (int i = 0; i < OPTION_MOST; i++)
    if (given[i] && on_verb(&options_table[i], verb) && strlen(options_table[i].name) == length &&
        !strncmp(options_table[i].name, name, length))
      return true;
  return false;
}

static bool has(const bool *given, Verb verb, const char *name) {
  return is_given(given, verb, name, strlen(name));
}

static bool check_partner(const Partner *partner, const bool *given, Verb verb) {
  char list[64] = "";
  if (!(partner->verbs >> verb & 1) || !has(given, verb, partner->name)) return true;
  for (const char *other = partner->others; *other; other = strchr(other, ' ') + 1) {
    size_t length = strcspn(other, " "), used = strlen(list);
    if (is_given(given, verb, other, length)) return true;
    snprintf(list + used, sizeof list - used, "%s--%.*s", used ? " or " : "", (int)length, other);
  }
  return error_at(NULL, 0, 0, "--%s has no effect without %s: %s", partner->name, list, partner->why);
}

static bool check_model(const Options *o, const bool *given) {
  if (o->sim != SIM_MODEL) return true;
  for (size_t i = 0; i < sizeof simulated / sizeof *simulated; i++)
    if (has(given, o->verb, simulated[i]))
      return error_at(NULL, 0, 0, "--%s: --sim model knows cycles only; leave it out, or use --sim verilator",
                      simulated[i]);
  return o->stall < 100 ||
         error_at(NULL, 0, 0, "--stall 100: nothing ever moves, so the model finds no end; give 0 to 99");
}

// Questions of info that have answers of their own.
static bool check_question(const Options *o) {
  static const char *const names[] = {"--keys", "--registers", "--shape", "--conv"};
  const bool asked[] = {o->keys, o->registers, o->shape[0] != 0, o->conv != NULL};
  for (int i = 0; i < 4; i++)
    for (int j = i + 1; j < 4; j++)
      if (asked[i] && asked[j]) return error_at(NULL, 0, 0, "%s and %s together; give one of them", names[i], names[j]);
  return !o->json_text || !(o->keys || o->registers) ||
         error_at(NULL, 0, 0, "--json has no effect with %s, whose tables are text; leave it out",
                  o->keys ? names[0] : names[1]);
}

static bool check_values(const Options *o, const bool *given) {
  const char *const sources[] = {o->a, o->b, o->verb == VERB_PRUNE ? o->subject : NULL};
  if (!has(given, o->verb, "values")) return true;
  for (int i = 0; i < 3; i++)
    if (sources[i] && suffix_kind(sources[i]) == FILE_SMTX) return true;
  return error_at(NULL, 0, 0, "--values has no effect: it is for .smtx files, which have none, and there is none here");
}

// What goes only with results of one type.
bool options_check_results(const Options *o) {
  const char *dashes = o->layer ? "" : "--";
  if (o->out_type == OUT_INT8) return true;
  if (strcmp(o->requant, "auto") != 0)
    return error_at(o->requant, 0, 0, "%srequant is for int8 results; add --out-type int8", dashes);
  if (o->out_zero) return error_at(NULL, 0, 0, "%sout-zero is for int8 results; add --out-type int8", dashes);
  if (o->out_scale > 0) return error_at(NULL, 0, 0, "%sout-scale is for int8 results; add --out-type int8", dashes);
  if (o->rounding) return error_at(NULL, 0, 0, "--rounding is for int8 results; add --out-type int8");
  return o->out_format == OUT_DENSE ||
         error_at(NULL, 0, 0, "--out-format compressed is for int8 results; add --out-type int8");
}

// CONFIG is a text; what else stands in its place often is told.
static bool check_subject(const Options *o) {
  const char *name = o->subject, *advice = name ? suffix_advice(name) : NULL;
  if (!name || o->verb == VERB_PRUNE || suffix_is(name, ".yaml") || suffix_is(name, ".yml")) return true;
  if (suffix_kind(name) == FILE_OTHER && !advice) return true;
  return error_at(name, 0, 0, "is no configuration; %s takes a YAML file such as configs/dense_64.yaml here%s%s",
                  verb_texts[o->verb].name, advice ? ", and " : ", and operands as options", advice ? advice : "");
}

// Of a subject that may be none: the verbs of operands look at it last.
static const char *doubt(const Options *options) {
  const char *name = options->subject;
  if (options->verb == VERB_PRUNE || suffix_is(name, ".yaml") || suffix_is(name, ".yml")) return "";
  return "; its CONFIG is a YAML file such as configs/dense_64.yaml";
}

static bool check_needed(const Options *options) {
  const VerbText *verb = &verb_texts[options->verb];
  if (!options->subject && !options->keys && !options->registers)
    return error_at(NULL, 0, 0, "%s needs %s; lacuna %s --help", verb->name, verb->subject, verb->name);
  for (const Option *o = options_table; o->name; o++)
    if (on_verb(o, options->verb) && (o->needed >> options->verb & 1) &&
        !*(const char *const *)((const char *)options + o->place))
      return error_at(NULL, 0, 0, "%s needs --%s %s: %s%s", verb->name, o->name, o->form, o->help, doubt(options));
  return true;
}

static bool check_together(const Options *o, const bool *given) {
  for (size_t i = 0; i < sizeof partners / sizeof *partners; i++)
    if (!check_partner(&partners[i], given, o->verb)) return false;
  if (o->trace_window[0] > o->trace_window[1])
    return error_at(NULL, 0, 0, "--trace-window begins after its end; give FROM:TO");
  return check_model(o, given) && check_question(o) && check_values(o, given) &&
         (!((RUNS | ON(PACK)) >> o->verb & 1) || options_check_results(o));
}

bool options_check(const Options *o, const bool *given) {
  return check_subject(o) && check_needed(o) && check_together(o, given);
}
