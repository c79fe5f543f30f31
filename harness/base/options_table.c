// The options, the verbs, and the help texts that are made from them. Places of values are offsets into Options.
#include "harness/base/options_table.h"

#include <string.h>

#include "gen/rows/modes.h"
#include "harness/base/pattern.h"
#include "sim/memory/axi_types.h"

#define OPERANDS                                                                                                       \
  "Operands are .npy, .npz, .mtx or .smtx files, gzip allowed, or random:SIZExSIZE:DENSITY[:SEED] (docs/operands.md)."

#define AT(member) offsetof(Options, member)

// clang-format off
const Option options_table[OPTION_MOST + 1] = {
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
    "CxHxW,OxKHxKW[,STRIDE,PAD,DILATION,GROUPS]", 0, 0, 0, "the same of one convolution; the kernel as OxIxKHxKW, too"},
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
    "values of the nonzeros of .smtx files [ones]"},
  {"sim",           0,   RUNS|ON(CHAIN),          WORD,  AT(sim),          "verilator|icarus|model", 0, 0, 0,
    "simulator; model: cycles only, no values, traces or faults [verilator]"},
  {"out",           0,   ON(RUN),                 TEXT,  AT(out),          "C.npy|C.mtx",          0, 0, 0,
    "result, M x N; .mtx: its nonzeros, as Matrix Market text"},
  {"out",           0,   ON(CONV)|ON(CHAIN),      TEXT,  AT(out),          "C.npy",                0, 0, 0,
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
    "chance that a memory channel stalls in a cycle [0]"},
  {"seed",          0,   RUNS|ON(CHAIN),          WHOLE, AT(seed),         "N",                    0, INT64_MAX, 0,
    "of stalls [1]"},
  {"inject",        0,   RUNS,                    TEXT,  AT(inject),       "CHANNEL:KIND:N",       0, 0, 0,
    "answer burst N (from 0) of read or write with slverr or decerr; meta:code, advance, end, tag or padding spoils "
    "the metadata of word N of B (structured weights: code or padding; engine outer: of panel N, a column, the "
    "number of values, a k-tile, that number by far, what fills it up), set:count, less, fall, offset or padding "
    "that of set N of compressed A (structured A: padding)"},
  {"max-cycles",    0,   RUNS|ON(CHAIN),          WHOLE, AT(max_cycles),   "N",                    1, INT64_MAX, 0,
    "end the run after N cycles [no limit; the watchdog ends a stuck run]"},
  {"keep",          0,   RUNS,                    FLAG,  AT(keep),         NULL,                   0, 0, 0,
    "write --out even on a mismatch"},
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

const VerbText verb_texts[VERB_COUNT] = {
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

void print_usage(FILE *out) {
  fputs("Lacuna makes sparse tensor accelerators from one configuration file and proves them.\n\n", out);
  for (int v = 0; v < VERB_COUNT; v++)
    fprintf(out, "  lacuna %-5s %-7s %s\n", verb_texts[v].name, verb_texts[v].subject, verb_texts[v].help);
  fputs("\n  lacuna VERB --help   options of a verb\n  lacuna --version\n\n" OPERANDS "\n"
        "Bundles and models of runs go to build in the current folder, or to $LACUNA_BUILD.\n"
        "Exit status: 0 correct, 1 mismatch, 2 bad input, 3 device error or out of cycles.\n",
        out);
}

void print_verb_help(Verb verb) {
  printf("lacuna %s %s [options]: %s\n\n", verb_texts[verb].name, verb_texts[verb].subject, verb_texts[verb].help);
  for (const Option *o = options_table; o->name; o++) {
    if (!on_verb(o, verb)) continue;
    char left[96], letter[8] = "";
    if (o->letter) snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->form ? " " : "", o->form ? o->form : "");
    printf("  %-36s %s%s%s\n", left, strlen(left) > 36 ? "\n                                       " : "",
           o->needed >> verb & 1 ? "needed: " : "", o->help);
  }
  puts("\n" OPERANDS);
}

const char *option_word(const char *name, int place, char *text, int size) {
  const char *words = "";
  for (const Option *o = options_table; o->name; o++)
    if (o->kind == WORD && !strcmp(o->name, name)) words = o->form;
  while (place-- > 0 && strchr(words, '|'))
    words = strchr(words, '|') + 1;
  snprintf(text, (size_t)size, "%.*s", (int)strcspn(words, "|"), words);
  return text;
}
