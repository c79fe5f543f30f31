// Scales of int8 results, and what ReLU and ReLU6 mean in units of the result.
#include "harness/workload/requant.h"
#include "gen/base/error.h"
#include "harness/operand/npy.h"
#include "harness/workload/load.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const GoldenScale by_one = {1 << 30, 1};

static void set_all(Workload *w, GoldenScale scale) {
  for (uint32_t i = 0; i < w->shape.n; i++)
    w->scales[i] = scale;
}

static void choose_one_scale(Workload *w) {
  int64_t largest = 0, count = (int64_t)w->shape.m * w->shape.n;
  for (int64_t i = 0; i < count; i++)
    if (llabs(w->expected.dense[i]) > largest) largest = llabs(w->expected.dense[i]);
  double real = largest ? 127.0 / (double)largest : 1;
  set_all(w, golden_scale(real));
  w->unit /= real;
}

// False after a message.
static bool scale_to(Workload *w, double unit) {
  for (uint32_t i = 0; i < w->shape.n; i++) {
    double real = w->units[i] / unit;
    if (!(real < 1 << 30))
      return error_at(NULL, 0, 0,
                      "output %" PRIu32
                      " would be scaled by %g, units of %g over units of %g; less than 2^30 is possible",
                      i, real, w->units[i], unit);
    w->scales[i] = golden_scale(real);
  }
  w->unit = unit;
  return true;
}

// Where the columns of B have their own units, the largest real value becomes 127.
static bool choose_scale(Workload *w) {
  double largest = 0;
  int64_t count = (int64_t)w->shape.m * w->shape.n;
  if (w->unit > 0) return choose_one_scale(w), true;
  for (int64_t i = 0; i < count; i++)
    largest = fmax(largest, fabs(w->expected.dense[i] * w->units[i % w->shape.n]));
  return scale_to(w, largest > 0 ? largest / 127 : w->units[0]);
}

static bool own_scale(const Options *options, Workload *w) {
  char ask[LOAD_ASK];
  if (!w->has_unit)
    return error_at(NULL, 0, 0, "%sout-scale needs the units of both operands; %s", options->layer ? "" : "--",
                    load_ask(options, w, ask));
  return scale_to(w, options->out_scale);
}

static bool take_scales(const char *path, const Tensor *table, Workload *w) {
  if (table->ndim != 2 || table->shape[0] != w->shape.n || table->shape[1] != 2 || !table->data)
    return error_at(path, 0, 0,
                    "requant takes integers of %" PRIu32
                    " x 2: multiplier and shift of each column; real scales are given by a-scale, b-scale, out-scale",
                    w->shape.n);
  for (uint32_t i = 0; i < w->shape.n; i++) {
    GoldenScale scale = {table->data[2 * i], table->data[2 * i + 1]};
    if (scale.multiplier < 0 || scale.shift < -31 || scale.shift > 30)
      return error_at(path, 0, 0,
                      "column %" PRIu32 " has multiplier %" PRId32 " and shift %" PRId32
                      "; multipliers are 0 to 2147483647, shifts -31 to 30",
                      i, scale.multiplier, scale.shift);
    w->scales[i] = scale;
  }
  return true;
}

static bool read_scales(const char *path, Workload *w) {
  Tensor table;
  if (!npy_read(path, &table)) return false;
  bool good = take_scales(path, &table, w);
  tensor_free(&table);
  return good;
}

static bool set_scales(const Options *options, Workload *w) {
  if (options->out_type == OUT_INT32) {
    set_all(w, by_one);
    return true;
  }
  bool chosen = !strcmp(options->requant, "auto");
  if (chosen) return options->out_scale > 0 ? own_scale(options, w) : choose_scale(w);
  w->unit = options->out_scale; // the file says what the multipliers are
  w->has_unit = w->unit > 0;
  return read_scales(options->requant, w);
}

static bool check_relu6(const Options *o, const Workload *w) {
  char ask[LOAD_ASK];
  if (w->has_unit && w->unit > 0) return true;
  if (w->has_unit)
    return error_at(NULL, 0, 0, "relu6 needs one unit for all columns, and those of B differ; add --out-type int8");
  if (strcmp(o->requant, "auto"))
    return error_at(o->requant, 0, 0,
                    "relu6 needs the unit of the result, which a file of scales does not tell; say %s, or requant auto",
                    o->layer ? "out-scale=S" : "--out-scale S");
  return error_at(NULL, 0, 0, "relu6 clamps at 6.0, but %s, or clamp in units of the result with %s",
                  load_ask(o, w, ask), o->layer ? "clamp=LO:HI" : "--clamp LO,HI");
}

// 6 in units of the result; scales that are given are 32-bit floats and divided as such.
static int32_t six_of(const Options *o, const Workload *w) {
  double six = o->out_scale > 0 ? (double)roundf(6 / (float)w->unit) : round(6 / w->unit);
  six += w->epilogue.out_zero;
  return six < w->epilogue.act_max ? (int32_t)six : w->epilogue.act_max;
}

static bool set_own_clamps(const Options *o, Epilogue *e) {
  const char *dashes = o->layer ? "" : "--";
  int64_t low = o->clamp[0], high = o->clamp[1];
  if (o->activation)
    return error_at(NULL, 0, 0, "%sclamp and %sactivation say the same; give one of them", dashes, dashes);
  if (low >= high || low < e->act_min || high > e->act_max)
    return error_at(NULL, 0, 0,
                    "%sclamp %" PRId64 "%s%" PRId64 " is not possible; expected LO below HI, both within %" PRId32
                    " to %" PRId32,
                    dashes, low, o->layer ? ":" : ",", high, e->act_min, e->act_max);
  e->act_min = (int32_t)low;
  e->act_max = (int32_t)high;
  return true;
}

static bool set_clamps(const Options *o, Workload *w) {
  Epilogue *e = &w->epilogue;
  e->act_min = e->narrow ? INT8_MIN : INT32_MIN;
  e->act_max = e->narrow ? INT8_MAX : INT32_MAX;
  if (o->clamp[0] || o->clamp[1]) return set_own_clamps(o, e);
  if (o->activation == ACT_RELU6 && !check_relu6(o, w)) return false;
  if (o->activation == ACT_RELU6) e->act_max = six_of(o, w);
  if (o->activation) e->act_min = e->out_zero;
  return true;
}

bool requant_apply(const Options *options, Workload *w) {
  Epilogue *e = &w->epilogue;
  e->narrow = options->out_type == OUT_INT8;
  e->params = e->narrow || w->bias.data;
  e->rounding = (uint32_t)options->rounding;
  e->out_zero = (int32_t)options->out_zero;
  if (!set_scales(options, w) || !set_clamps(options, w)) return false;
  int64_t count = (int64_t)w->shape.m * w->shape.n;
  for (int64_t i = 0; w->expected.dense && i < count; i++)
    w->expected.dense[i] = golden_requantise(w->expected.dense[i], w->scales[i % w->shape.n],
                                             (GoldenRounding)options->rounding, e->out_zero, e->act_min, e->act_max);
  return true;
}
