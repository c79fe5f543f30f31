// The command line: one table of options, read by the parser and by --help alike.
#ifndef LACUNA_OPTIONS_H
#define LACUNA_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

// Exit status of the program.
enum { EXIT_CORRECT = 0, EXIT_MISMATCH = 1, EXIT_BAD_INPUT = 2, EXIT_DEVICE = 3 };

typedef enum Verb { VERB_GEN, VERB_INFO, VERB_RUN, VERB_CONV, VERB_CHAIN, VERB_PACK, VERB_PRUNE, VERB_COUNT } Verb;

typedef enum SimChoice { SIM_VERILATOR, SIM_ICARUS, SIM_MODEL } SimChoice;
typedef enum Activation { ACT_NONE, ACT_RELU, ACT_RELU6 } Activation;
typedef enum Rounding { ROUND_AWAY, ROUND_EVEN, ROUND_TFLITE } Rounding;
typedef enum OutFormat { OUT_DENSE, OUT_COMPRESSED } OutFormat;
typedef enum OutType { OUT_INT32, OUT_INT8 } OutType;
typedef enum Between { BETWEEN_AUTO, BETWEEN_COMPRESSED, BETWEEN_DENSE } Between;
typedef enum Layout { LAYOUT_NCHW, LAYOUT_NHWC } Layout;

// How files hold the weights of a convolution; --weight-layout names one.
typedef enum WeightOrder { ORDER_OIHW, ORDER_OHWI, ORDER_HWIO, ORDER_1HWC, ORDER_HWCM, WEIGHT_ORDERS } WeightOrder;

enum { CHAIN_LAYERS = 2 };

typedef struct Options {
  Verb verb;
  const char *subject; // CONFIG, or the W of prune
  const char *name;    // of the accelerator, of gen
  const char *a, *b, *input, *weight, *bias;
  const char *out, *json, *trace; // files to be written; `out` is also -o of gen, pack and prune
  const char *requant, *pattern, *inject;
  const char *b_scale;              // a number, or a file of one for each output; NULL: none
  const char *sizes;                // of pack: of an A or a feature map whose values come later
  const char *layers[CHAIN_LAYERS]; // of chain: a weight, then key=value, between commas
  const char *conv;                 // C x H x W, O x KH x KW and more, of info
  int64_t shape[3];                 // M, N, K of info; 0: not given
  int64_t stride[2], pad[4], dilation[2], groups;
  int64_t a_zero, out_zero;
  int64_t clamp[2];          // both 0: none
  double a_scale, out_scale; // 0: none
  uint64_t base;             // of pack: address of the first region
  int64_t trace_window[2];   // both 0: everything
  int64_t mem_latency, stall, seed, max_cycles;
  double mem_bandwidth;
  int mode, dataflow, sim, activation, rounding, out_type, values, layout; // places in the option's list of words
  int a_format, out_format, between, weight_layout; // of weight_layout 0: as `layout` says, else a WeightOrder and one
  int layer;                                        // of a chain, from 1; 0: no chain
  bool transpose_a, transpose_b;
  bool json_text, keys, registers, keep, prune; // keys and registers need no subject
} Options;

typedef enum ParseResult { PARSE_RUN, PARSE_DONE, PARSE_WRONG } ParseResult;

// PARSE_DONE: help or version was printed. PARSE_WRONG: a message was.
ParseResult options_parse(int argc, char **argv, Options *options);

// A layer of a chain as the convolution that it is, with what the chain says of all of them. `text` holds its words, as
// long as the options are used: at least as many characters as the layer has, and its end. False after a message.
bool options_layer(const Options *chain, int layer, char *text, Options *options);

// The word an option of words holds: option_word("sim", 1) is "icarus".
const char *option_word(const char *option, int place, char *text, int size);

#endif
