// The parser and the help texts, both made from the tables below. Places of values are offsets into Options.
#include "harness/base/options.h"
#include "gen/base/error.h"
#include "gen/base/version.h"
#include "gen/rows/modes.h"
#include "harness/base/number.h"
#include "harness/base/pattern.h"
#include "harness/base/suffix.h"
#include "sim/memory/axi_types.h"

#include <errno.h>
#include <float.h>
#include <getopt.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// RANGE: a LIST of which no number may be left out.
typedef enum Kind { TEXT, TEXTS, FLAG, WHOLE, REAL, LIST, RANGE, WORD, SCALE, ADDRESS } Kind;

#define ON(verb) (1u << VERB_##verb)

typedef struct Option {
  const char *name;
  char letter; // 0: none
  unsigned verbs;
  Kind kind;
  size_t place;
  const char *form;  // of the value; the words of a WORD; separators of a LIST or RANGE stand in it
  int64_t low, high; // of a REAL in parts of AXI_BANDWIDTH_PARTS
  unsigned needed;   // verbs that can't do without it
  const char *help;
} Option;

#define OPERANDS                                                                                                       \
  "Operands are .npy, .npz, .mtx or .smtx files, gzip allowed, or random:SIZExSIZE:DENSITY[:SEED] (docs/operands.md)."

#define AT(member) offsetof(Options, member)
#define RUNS       (ON(RUN) | ON(CONV))
#define CONVS      (ON(CONV) | ON(PACK))
#define LAYERS     (RUNS | ON(PACK) | LAYER)
#define LAYER      (1u << VERB_COUNT) // a key of a layer of chain, by the same name
#define MAX31      INT32_MAX

// clang-format off
static const Option options_table[] = {
  // name          letter verbs            kind   place             form                    low  high needed help
  {"output",        'o', ON(GEN),                 TEXT,  AT(out),          "DIR",                  0, 0, 0,
    "folder of the bundle [build/CONFIG]"},
  {"name",          0,   ON(GEN),                 TEXT,  AT(name),         "NAME",                 0, 0, 0,
    "stands before the names of all modules, as the key `name`, to tell several accelerators of a design apart [the "
    "key's]"},
  {"json",          0,   ON(INFO),                FLAG,  AT(json_text),    NULL,                   0, 0, 0, "as JSON"},
  {"shape",         0,   ON(INFO),                LIST,  AT(shape),        "M,N,K",                1, MAX31, 0,
    "one matrix product: loop order, steps, bytes, bandwidth"},
  {"conv",          0,   ON(INFO),                TEXT,  AT(conv),
    "CxHxW,OxKHxKW[,STRIDE,PAD,DILATION,GROUPS]", 0, 0, 0, "the same of one convolution"},
  {"keys",          0,   ON(INFO),                FLAG,  AT(keys),         NULL,                   0, 0, 0,
    "every key of a configuration, as tables; needs no CONFIG"},
  {"registers",     0,   ON(INFO),                FLAG,  AT(registers),    NULL,                   0, 0, 0,
    "the register map, as tables; needs no CONFIG"},
  {"a",             0,   ON(RUN),                 TEXT,  AT(a),            "A",                    0, 0, ~0u,
    "M x K operand, activations"},
  {"a",             0,   ON(PACK),                TEXT,  AT(a),            "A|MxK",                0, 0, 0,
    "M x K operand, activations, or its sizes alone, as 128x576, where values come later [a tile of zeros]"},
  {"b",             0,   ON(RUN)|ON(PACK),        TEXT,  AT(b),            "B",                    0, 0, ON(RUN),
    "K x N operand, weights"},
  {"transpose-a",   0,   ON(RUN)|ON(PACK),        FLAG,  AT(transpose_a),  NULL,                   0, 0, 0,
    "the file of A is K x M"},
  {"transpose-b",   0,   ON(RUN)|ON(PACK)|ON(PRUNE), FLAG, AT(transpose_b), NULL,                 0, 0, 0,
    "the file of B (prune: a matrix W) is N x K, as linear layers are stored (out x in)"},
  {"input",         0,   ON(CONV)|ON(CHAIN),      TEXT,  AT(input),        "X",                    0, 0, ~0u,
    "feature map, C x H x W (nhwc: H x W x C)"},
  {"input",         0,   ON(PACK),                TEXT,  AT(input),        "X|CxHxW",              0, 0, 0,
    "feature map, or its sizes alone, as 64x56x56, where values come later"},
  {"weight",        0,   CONVS,                   TEXT,  AT(weight),       "W",                    0, 0, ON(CONV),
    "O x I/groups x KH x KW (nhwc: O x KH x KW x I/groups), or as --weight-layout says"},
  {"layer",         0,   ON(CHAIN),               TEXTS, AT(layers),       "W[,KEY=VALUE]",        0, 0, ~0u,
    "weight of the first, then of the second; keys as options of conv: bias, stride, pad, dilation, groups, "
    "weight-layout, activation, requant, b-scale, out-scale, out-zero, clamp; numbers of a list between colons"},
  {"between",       0,   ON(CHAIN),               WORD,  AT(between),      "auto|compressed|dense", 0, 0, 0,
    "feature map between the layers, as the first one writes it and the second one reads it; auto: compressed where "
    "the engine can [auto]"},
  {"bias",          0,   LAYERS,                  TEXT,  AT(bias),         "FILE.npy",             0, 0, 0,
    "one per column or output channel; integers in units of the accumulator, or floats where the operands have units"},
  {"stride",        0,   CONVS|LAYER,             LIST,  AT(stride),       "Y,X",                  1, 65535, 0,
    "[1,1]; one number stands for both"},
  {"pad",           0,   CONVS|LAYER,             LIST,  AT(pad),          "TOP,LEFT,BOTTOM,RIGHT",0, 32767, 0,
    "zeros around the input [0,0,0,0]; one number stands for all"},
  {"dilation",      0,   CONVS|LAYER,             LIST,  AT(dilation),     "Y,X",                  1, 65535, 0,
    "[1,1]; one number stands for both"},
  {"groups",        0,   CONVS|LAYER,             WHOLE, AT(groups),       "N",                    1, MAX31, 0,
    "groups of channels [1]"},
  {"layout",        0,   CONVS|ON(CHAIN),         WORD,  AT(layout),       "nchw|nhwc",            0, 0, 0,
    "of input, weight and result [nchw]"},
  {"weight-layout", 0,   CONVS|ON(CHAIN)|ON(PRUNE)|LAYER, WORD, AT(weight_layout),
    "auto|oihw|ohwi|hwio|1hwc|hwcm" , 0, 0, 0, "of the weight's file: oihw as PyTorch, ohwi as TFLite, hwio as "
    "Keras, depthwise 1hwc as TFLite and hwcm as Keras [as --layout]"},
  {"mode",          0,   RUNS|ON(CHAIN)|ON(PACK), WORD,  AT(mode),         MODE_CHOICES,           0, 0, 0,
    "which operand's zeros are skipped, of those the engine has [auto]"},
  {"a-format",      0,   RUNS|ON(PACK),           WORD,  AT(a_format),     "auto|dense|compressed",0, 0, 0,
    "of A in memory, compressed where the accelerator can read it so; auto: which takes fewer cycles, by the model "
    "[auto]"},
  {"dataflow",      0,   RUNS,                    WORD,  AT(dataflow),
    "auto|inner-m|outer-m|gust-m|inner-n|outer-n|gust-n" , 0, 0, 0, "order of the loops (flex) [auto]"},
  {"a-scale",       0,   RUNS|ON(PACK)|ON(CHAIN), SCALE, AT(a_scale),      "S",                    0, 0, 0,
    "real value of one unit of A or of the feature map; floats become round(x / S) + zero point [of floats: largest "
    "magnitude / largest integer]"},
  {"b-scale",       0,   LAYERS,                  TEXT,  AT(b_scale),      "S|FILE.npy",           0, 0, 0,
    "the same of B or of the weight; FILE: one for each output"},
  {"out-scale",     0,   LAYERS,                  SCALE, AT(out_scale),    "S",                    0, 0, 0,
    "int8: real value of one unit of the result; needs units of both operands"},
  {"a-zero",        0,   RUNS|ON(CHAIN)|ON(PACK), WHOLE, AT(a_zero),       "N",                    -32768, 65535, 0,
    "zero point of A [0]; needs a configuration that has one"},
  {"activation",    0,   LAYERS,                  WORD,  AT(activation),   "none|relu|relu6",      0, 0, 0,
    "clamp of the result [none]"},
  {"out-type",      0,   RUNS|ON(CHAIN)|ON(INFO)|ON(PACK), WORD,  AT(out_type),     "int32|int8",           0, 0, 0,
    "exact accumulators, or requantised [int32]"},
  {"out-format",    0,   RUNS,                    WORD,  AT(out_format),   "dense|compressed",     0, 0, 0,
    "of int8 results in memory; compressed: as A is (engine outer, 8 bits) [dense]"},
  {"requant",       0,   LAYERS,                  TEXT,  AT(requant),      "auto|FILE.npy",        0, 0, 0,
    "int8: scale; auto: the largest result becomes 127; FILE: N x 2 integers, multiplier (Q31) and shift (left) "
    "[auto]"},
  {"rounding",      0,   RUNS|ON(CHAIN)|ON(PACK), WORD,  AT(rounding),     "away|even|tflite",     0, 0, 0,
    "int8: of a half, away from zero or to the even number; tflite: two roundings, as TensorFlow Lite's reference "
    "kernels [away]"},
  {"out-zero",      0,   LAYERS,                  WHOLE, AT(out_zero),     "N",                    -128, 127, 0,
    "int8: zero point of the result [0]"},
  {"clamp",         0,   LAYERS,                  RANGE, AT(clamp),
    "LO,HI" , INT32_MIN, INT32_MAX, 0, "smallest and largest result, in units of the result, zero point included"},
  {"values",        0,   RUNS|ON(PACK)|ON(PRUNE), WORD,  AT(values),       "ones|random",          0, 0, 0,
    "what stands for the nonzeros of .smtx files [ones]"},
  {"sim",           0,   RUNS|ON(CHAIN),          WORD,  AT(sim),          "verilator|icarus|model", 0, 0, 0,
    "simulator; model: cycles only, no values, traces or faults [verilator]"},
  {"out",           0,   RUNS|ON(CHAIN),          TEXT,  AT(out),          "C.npy",                0, 0, 0,
    "result, M x N or O x OH x OW"},
  {"json",          0,   RUNS|ON(CHAIN),          TEXT,  AT(json),         "REPORT",               0, 0, 0,
    "report as JSON"},
  {"trace",         0,   RUNS,                    TEXT,  AT(trace),        "FILE.fst",             0, 0, 0,
    "waveform; builds a slower model"},
  {"trace-window",  0,   RUNS,                    RANGE, AT(trace_window), "FROM:TO",              0, INT64_MAX, 0,
    "cycles of the waveform [all]"},
  {"mem-latency",   0,   RUNS|ON(CHAIN),          WHOLE, AT(mem_latency),  "CYCLES",               0, 100000, 0,
    "of the memory [64]"},
  {"mem-bandwidth", 0,   RUNS|ON(CHAIN),          REAL,  AT(mem_bandwidth),
    "BYTES" , 1, 1000000 * AXI_BANDWIDTH_PARTS, 0, "of the memory, per cycle [the bus]"},
  {"stall",         0,   RUNS|ON(CHAIN),          WHOLE, AT(stall),        "PERCENT",              0, 100, 0,
    "chance that a memory channel stands still in a cycle [0]"},
  {"seed",          0,   RUNS|ON(CHAIN),          WHOLE, AT(seed),         "N",                    0, INT64_MAX, 0,
    "of stalls [1]"},
  {"inject",        0,   RUNS,                    TEXT,  AT(inject),       "CHANNEL:KIND:N",       0, 0, 0,
    "answer burst N (from 0) of read or write with slverr or decerr; meta:code, advance, end, tag or padding spoils "
    "the metadata of word N of B (structured weights: code or padding; engine outer: of panel N, a column, the "
    "number of values, a k-tile, that number by far, what fills it up), set:count, less, fall, offset or padding "
    "that of set N of compressed A (structured A: padding)"},
  {"max-cycles",    0,   RUNS|ON(CHAIN),          WHOLE, AT(max_cycles),   "N",                    1, INT64_MAX, 0,
    "give up after so many [no limit; the watchdog ends a stuck run]"},
  {"keep",          0,   RUNS,                    FLAG,  AT(keep),         NULL,                   0, 0, 0,
    "on a mismatch write --out nevertheless"},
  {"base",          0,   ON(PACK),                ADDRESS, AT(base),       "ADDRESS",              0, 0, 0,
    "where in memory the image is to lie, a multiple of 4096; hexadecimal after 0x [0x1000]"},
  {"output",        'o', ON(PACK),                TEXT,  AT(out),          "FILE",                 0, 0, ~0u,
    "memory image; its map is written to FILE.json"},
  {"pattern",       0,   RUNS|ON(PACK),           TEXT,  AT(pattern),      PATTERN_FORM,           0, 0, 0,
    "of the weights (hss): " PATTERN_HELP " [of those they obey the one with fewest steps]"},
  {"prune",         0,   RUNS|ON(PACK),           FLAG,  AT(prune),        NULL,                   0, 0, 0,
    "set weights that break --pattern, and elements of structured A, to zero first"},
  {"pattern",       0,   ON(PRUNE),               TEXT,  AT(pattern),      "P",                    0, 0, ~0u,
    "dense, unstructured:S, S the share of zeros, " PATTERN_HELP},
  {"output",        'o', ON(PRUNE),               TEXT,  AT(out),          "OUT.npy",              0, 0, ~0u,
    "pruned weights"},
  {"help",          'h', ~0u,                     FLAG,  0,                NULL,                   0, 0, 0,
    "this text"},
};

typedef struct VerbText {
  const char *name, *subject, *help;
} VerbText;

static const VerbText verbs[VERB_COUNT] = {
  [VERB_GEN]   = {"gen",   "CONFIG", "write the Verilog of a configuration"},
  [VERB_INFO]  = {"info",  "CONFIG", "show the plan: multipliers, buffers, formats, registers"},
  [VERB_RUN]   = {"run",   "CONFIG", "run one matrix product in co-simulation and check it"},
  [VERB_CONV]  = {"conv",  "CONFIG", "run one convolution in co-simulation and check it"},
  [VERB_CHAIN] = {"chain", "CONFIG", "run two convolutions, the second on what the first has written, and check both"},
  [VERB_PACK]  = {"pack",  "CONFIG",
    "write the memory image of a matrix product (--b) or a convolution (--weight), with its address map and job "
    "registers"},
  [VERB_PRUNE] = {"prune", "W",      "set weights to zero after a pattern"},
};
// clang-format on

enum { OPTION_COUNT = sizeof options_table / sizeof options_table[0], LIST_MAX = 4, ADDRESS_STEP = 4096 };

static const Options defaults = {.stride = {1, 1},
                                 .dilation = {1, 1},
                                 .groups = 1,
                                 .requant = "auto",
                                 .mem_latency = 64,
                                 .seed = 1,
                                 .base = ADDRESS_STEP};

static bool on_verb(const Option *option, Verb verb) {
  return option->verbs >> verb & 1;
}

static void print_usage(FILE *out) {
  fputs("Lacuna makes sparse tensor accelerators from one configuration file and proves them.\n\n", out);
  for (int v = 0; v < VERB_COUNT; v++)
    fprintf(out, "  lacuna %-5s %-7s %s\n", verbs[v].name, verbs[v].subject, verbs[v].help);
  fputs("\n  lacuna VERB --help   options of a verb\n  lacuna --version\n\n" OPERANDS "\n"
        "Bundles and models of runs go to build in the current folder, or to $LACUNA_BUILD.\n"
        "Exit status: 0 correct, 1 mismatch, 2 bad input, 3 device error or out of cycles.\n",
        out);
}

static void print_verb_help(Verb verb) {
  printf("lacuna %s %s [options]: %s\n\n", verbs[verb].name, verbs[verb].subject, verbs[verb].help);
  for (const Option *o = options_table; o < options_table + OPTION_COUNT; o++) {
    if (!on_verb(o, verb)) continue;
    char left[96], letter[8] = "";
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->form ? " " : "", o->form ? o->form : "");
    printf("  %-36s %s%s%s\n", left, strlen(left) > 36 ? "\n                                       " : "",
           o->needed >> verb & 1 ? "needed: " : "", o->help);
  }
  puts("\n" OPERANDS);
}

static bool is_list(const Option *o) {
  return o->kind == LIST || o->kind == RANGE;
}

// A key of a layer is named as it was given: without dashes, a list with colons.
static bool wrong_value(const Option *o, const char *text, bool key) {
  char range[64] = "", form[96] = "", value[96] = "";
  snprintf(form, sizeof form, "%s", o->form);
  snprintf(value, sizeof value, "%s", *text ? text : "''");
  for (int i = 0; key && is_list(o) && i < (int)sizeof form; i++) {
    if (form[i] == ',') form[i] = ':';
    if (value[i] == ',') value[i] = ':';
  }
  if (o->kind == WHOLE || is_list(o))
    snprintf(range, sizeof range, ", whole numbers from %" PRId64 " to %" PRId64, o->low, o->high);
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
  case LIST:
  case RANGE:
    return parse_list(o, text, place) || wrong_value(o, text, options->layer > 0);
  case ADDRESS:
    return parse_address(text, place) || wrong_value(o, text, options->layer > 0);
  case WORD:
    return parse_word(o->form, text, place) || wrong_value(o, text, options->layer > 0);
  }
  return false;
}

const char *option_word(const char *name, int place, char *text, int size) {
  const char *words = "";
  for (const Option *o = options_table; o < options_table + OPTION_COUNT; o++)
    if (o->kind == WORD && !strcmp(o->name, name)) words = o->form;
  while (place-- > 0 && strchr(words, '|'))
    words = strchr(words, '|') + 1;
  snprintf(text, (size_t)size, "%.*s", (int)strcspn(words, "|"), words);
  return text;
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
  for (const Option *o = options_table; o < options_table + OPTION_COUNT; o++)
    if (is_named(o, name, length)) all |= o->verbs;
  for (int v = 0; v < VERB_COUNT; v++)
    if (all >> v & 1) strcat(strcat(others, " "), verbs[v].name);
  if (*others && !(all >> verb & 1))
    return error_at(NULL, 0, 0, "--%.*s is no option of %s; it belongs to%s", (int)length, name, verbs[verb].name,
                    others);
  return error_at(NULL, 0, 0,
                  "%s is no option of %s (or lacks its value, or is not clear); lacuna %s --help lists them", text,
                  verbs[verb].name, verbs[verb].name);
}

// getopt_long takes the beginnings of options, too; an option of another verb is not meant so.
static bool is_of_others(Verb verb, const char *text, const Option *row) {
  if (strncmp(text, "--", 2) != 0) return false;
  const char *name = text + 2;
  size_t length = strcspn(name, "=");
  bool other = false;
  for (const Option *o = options_table; o < options_table + OPTION_COUNT; o++)
    other = other || is_named(o, name, length);
  return other && !is_named(row, name, length) && !unknown_option(verb, text);
}

static bool check_needed(const Options *options) {
  const VerbText *verb = &verbs[options->verb];
  if (!options->subject && !options->keys && !options->registers)
    return error_at(NULL, 0, 0, "%s needs %s; lacuna %s --help", verb->name, verb->subject, verb->name);
  for (const Option *o = options_table; o < options_table + OPTION_COUNT; o++)
    if (on_verb(o, options->verb) && (o->needed >> options->verb & 1) &&
        !*(const char *const *)((const char *)options + o->place))
      return error_at(NULL, 0, 0, "%s needs --%s %s: %s", verb->name, o->name, o->form, o->help);
  return true;
}

// The rows of one verb in the form getopt_long wants: long options, and the letters of short ones.
static void getopt_tables(Verb verb, struct option *longs, char *letters) {
  *letters++ = '-'; // operands are returned where they stand, as option 1; rows are 256 and up
  *letters++ = ':'; // a missing value is told from an unknown option
  for (int i = 0; i < OPTION_COUNT; i++) {
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
  for (const Option *o = options_table; o < options_table + OPTION_COUNT; o++)
    if (on_verb(o, verb) && o->letter == code) return o;
  return NULL;
}

// ---- options together

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
  for (int i = 0; i < OPTION_COUNT; i++)
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
static bool check_results(const Options *o) {
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

static bool check_together(const Options *o, const bool *given) {
  for (size_t i = 0; i < sizeof partners / sizeof *partners; i++)
    if (!check_partner(&partners[i], given, o->verb)) return false;
  if (o->trace_window[0] > o->trace_window[1])
    return error_at(NULL, 0, 0, "--trace-window begins after its end; give FROM:TO");
  return check_model(o, given) && check_question(o) && check_values(o, given) &&
         (!((RUNS | ON(PACK)) >> o->verb & 1) || check_results(o));
}

// CONFIG is a text; what else stands in its place often is told.
static bool check_subject(const Options *o) {
  const char *name = o->subject, *advice = name ? suffix_advice(name) : NULL;
  if (!name || o->verb == VERB_PRUNE || suffix_is(name, ".yaml") || suffix_is(name, ".yml")) return true;
  if (suffix_kind(name) == FILE_OTHER && !advice) return true;
  return error_at(name, 0, 0, "is no configuration; %s takes a YAML file such as configs/dense_64.yaml here%s%s",
                  verbs[o->verb].name, advice ? ", and " : ", and operands as options", advice ? advice : "");
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
    return error_at(NULL, 0, 0, "'%s' is one operand too many; %s takes one %s", text, verbs[options->verb].name,
                    verbs[options->verb].subject);
  options->subject = text;
  return true;
}

static ParseResult parse_verb(int argc, char **argv, Options *options) {
  struct option longs[OPTION_COUNT + 1];
  char letters[2 * OPTION_COUNT + 3];
  bool given[OPTION_COUNT] = {false};
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
      error_at(NULL, 0, 0, "%s lacks its value; lacuna %s --help", argv[optind - 1], verbs[options->verb].name);
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
  return check_subject(options) && check_needed(options) && check_together(options, given) ? PARSE_RUN : PARSE_WRONG;
}

// ---- layers of a chain

// key=value as the option of that name; a list has colons, since commas end it.
static bool take_key(char *text, bool *given, Options *options) {
  char *value = strchr(text, '=');
  if (value) *value++ = 0;
  for (const Option *o = options_table; value && o < options_table + OPTION_COUNT; o++) {
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
  bool given[OPTION_COUNT] = {false};
  for (char *next = strchr(text, ','); next;) {
    char *key = next + 1;
    *next = 0;
    next = strchr(key, ',');
    if (next) *next = 0;
    if (!take_key(key, given, options)) return false;
    if (next) *next = ','; // the loop ends it again
  }
  if (!*text) return error_at(NULL, 0, 0, "--layer '%s' names no weight; it comes first", chain->layers[layer]);
  return check_results(options);
}

ParseResult options_parse(int argc, char **argv, Options *options) {
  *options = defaults;
  if (argc < 2) return print_usage(stderr), PARSE_WRONG;
  if (!strcmp(argv[1], "--version")) return puts("lacuna " LACUNA_VERSION), PARSE_DONE;
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help"))
    return print_usage(stdout), PARSE_DONE;
  for (int v = 0; v < VERB_COUNT; v++) {
    if (strcmp(argv[1], verbs[v].name)) continue;
    options->verb = (Verb)v;
    return parse_verb(argc - 1, argv + 1, options);
  }
  error_at(NULL, 0, 0, "'%s' is no verb; the verbs are gen, info, run, conv, chain, pack and prune", argv[1]);
  return PARSE_WRONG;
}
