// Copies A and B in parts along K. The parts of A add up to A, and each stands against a whole B, so the product is the
// same; and every product of two nonzeros is in one part, so their number is the same, too.
#include "harness/pack/hss/passes.h"
#include "gen/base/error.h"

#include <stdio.h>
#include <string.h>

typedef struct Parts { // of K
  int count;
  int64_t length, words; // of K itself; of a part
} Parts;

static Parts parts_of(const Plan *plan, const Shape *s, const uint32_t h[3]) {
  int64_t length = s->conv ? s->channels / s->groups : s->k, span = h[0] ? (int64_t)h[0] * h[1] : plan->hss.h0;
  return (Parts){plan_passes(plan, MODE_DENSE), length, (length + span - 1) / span * span};
}

// *to is as *from, but that `fibers` times K along `axis` become as many times all parts.
static bool make_longer(const Tensor *from, int axis, int64_t fibers, const Parts *parts, Tensor *to) {
  int64_t shape[TENSOR_DIMS];
  memcpy(shape, from->shape, sizeof shape);
  shape[axis] = fibers * parts->count * parts->words;
  return tensor_make(to, from->ndim, shape, false) ||
         error_at(NULL, 0, 0, "A and B are too large for %d passes along K; prune A, or use smaller ones",
                  parts->count);
}

static void fill_a(const Plan *plan, const Parts *parts, int32_t zero, const Tensor *from, Tensor *to) {
  const int32_t *in = from->data, *end = in + tensor_count(from);
  int32_t *out = to->data;
  for (; in < end; in += parts->length)
    for (int part = 0; part < parts->count; part++)
      for (int64_t i = 0; i < parts->words; i++)
        *out++ = i < parts->length && i % plan->hss.h0 / plan->hss.a_g0 == part ? in[i] : zero;
}

// inner: words of B for each of K.
static void fill_b(const Parts *parts, int64_t inner, const Tensor *from, Tensor *to) {
  const int32_t *in = from->data, *end = in + tensor_count(from);
  int32_t *out = to->data;
  for (; in < end; in += parts->length * inner)
    for (int part = 0; part < parts->count; part++, out += parts->words * inner)
      memcpy(out, in, (size_t)(parts->length * inner) * sizeof *out);
}

bool passes_shape(const Plan *plan, const uint32_t h[3], Shape *s, char why[JOB_WHY]) {
  Parts parts = parts_of(plan, s, h);
  int64_t length = parts.count * parts.words;
  if (length > UINT32_MAX / (s->conv ? s->groups : 1)) {
    snprintf(why, JOB_WHY, "K = %lld is too large", (long long)length);
    return false;
  }
  if (!s->conv) {
    s->k = (uint32_t)length;
    return true;
  }
  s->channels = s->groups * (uint32_t)length;
  return shape_conv(s, why);
}

bool passes_make(const Plan *plan, const Workload *w, const uint32_t h[3], Workload *passes) {
  const Shape *s = &w->shape;
  Parts parts = parts_of(plan, s, h);
  *passes = *w;
  passes->a.tensor = passes->b.tensor = (Tensor){0};
  if (!make_longer(&w->a.tensor, w->a.tensor.ndim - 1, s->conv ? s->groups : 1, &parts, &passes->a.tensor) ||
      !make_longer(&w->b.tensor, s->conv ? 1 : 0, 1, &parts, &passes->b.tensor))
    return false;
  fill_a(plan, &parts, w->epilogue.a_zero, &w->a.tensor, &passes->a.tensor);
  fill_b(&parts, s->conv ? (int64_t)s->kernel_h * s->kernel_w : s->n, &w->b.tensor, &passes->b.tensor);
  char why[JOB_WHY];
  return passes_shape(plan, h, &passes->shape, why) || error_at(NULL, 0, 0, "A in %d passes: %s", parts.count, why);
}

void passes_free(Workload *passes) {
  tensor_free(&passes->a.tensor);
  tensor_free(&passes->b.tensor);
}
