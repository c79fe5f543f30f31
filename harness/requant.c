// Scales of int8 results, and what ReLU and ReLU6 mean in units of the result.
#include "harness/requant.h"
#include "gen/error.h"
#include "harness/npy.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const GoldenScale by_one = {1 << 30, 1};

static void set_all(Workload *w, GoldenScale scale) {
  for (uint32_t i = 0; i < w->shape.n; i++)
    w->scales[i] = scale;
}

static void choose_scale(Workload *w) {
  int64_t largest = 0, count = (int64_t)w->shape.m * w->shape.n;
  for (int64_t i = 0; i < count; i++)
    if (llabs(w->expected[i]) > largest) largest = llabs(w->expected[i]);
  double real = largest ? 127.0 / (double)largest : 1;
  set_all(w, golden_scale(real));
  w->unit /= real;
}

static bool take_scales(const char *path, const Tensor *table, Workload *w) {
  if (table->ndim != 2 || table->shape[0] != w->shape.n || table->shape[1] != 2 || !table->data)
    return error_at(path, 0, 0, "--requant takes integers of %" PRIu32 " x 2: multiplier and shift of each column",
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
  if (!strcmp(options->requant, "auto")) {
    choose_scale(w);
    return true;
  }
  if (options->activation == ACT_RELU6)
    return error_at(options->requant, 0, 0,
                    "relu6 needs the unit of the result, which a file of scales does not tell; "
                    "use --requant auto");
  w->unit = 0;
  return read_scales(options->requant, w);
}

static void set_clamps(const Options *options, Epilogue *e, double unit) {
  e->act_min = e->narrow ? INT8_MIN : INT32_MIN;
  e->act_max = e->narrow ? INT8_MAX : INT32_MAX;
  if (options->activation == ACT_NONE) return;
  e->act_min = e->out_zero;
  double six = round(6 / unit) + e->out_zero;
  if (options->activation == ACT_RELU6 && six < e->act_max) e->act_max = (int32_t)six;
}

bool requant_apply(const Options *options, Workload *w) {
  Epilogue *e = &w->epilogue;
  e->narrow = options->out_type == OUT_INT8;
  e->params = e->narrow || w->bias.data;
  e->rounding = (uint32_t)options->rounding;
  e->out_zero = (int32_t)options->out_zero;
  if (!set_scales(options, w)) return false;
  set_clamps(options, e, w->unit);
  int64_t count = (int64_t)w->shape.m * w->shape.n;
  for (int64_t i = 0; i < count; i++)
    w->expected[i] = golden_requantise(w->expected[i], w->scales[i % w->shape.n], (GoldenRounding)options->rounding,
                                       e->out_zero, e->act_min, e->act_max);
  return true;
}
