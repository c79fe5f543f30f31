// `lacuna info --json`: the same facts as gen/info/info.c prints, in the order in which they are packed.
#include <inttypes.h>

#include "gen/base/version.h"
#include "gen/engine/engine_common.h"
#include "gen/info/info.h"
#include "gen/plan/plan_fields.h"
#include "gen/plan/registers.h"

static json_t *plan_json(const Plan *plan) {
  json_t *object = json_object();
  for (size_t i = 0; i < plan_field_count(); i++) {
    const PlanField *field = plan_field(i);
    int value = plan_field_value(plan, i);
    char text[32];
    json_t *item = field->kind == FIELD_NUMBER ? json_integer(value)
                   : field->kind == FIELD_FLAG ? json_boolean(value)
                                               : json_string(plan_field_text(plan, i, text, sizeof text));
    json_object_set_new(object, field->name, item);
  }
  return object;
}

static json_t *buffers_json(const Plan *plan) {
  InfoBuffer rows[INFO_BUFFERS];
  int count = info_buffers(plan, rows);
  json_t *list = json_array();
  for (const InfoBuffer *row = rows; row < rows + count; row++)
    json_array_append_new(list,
                          json_pack("{s:s, s:i, s:i, s:i, s:i, s:f, s:f, s:f}", "name", row->name, "banks", row->banks,
                                    "rams", row->rams, "words", row->words, "width_bits", row->width_bits, "kib",
                                    row->kib, "needs_bytes_per_cycle", row->needs, "has_bytes_per_cycle", row->has));
  return list;
}

static json_t *modes_json(const Plan *plan) {
  InfoMode rows[MODES_MOST];
  int count = engine_modes(plan, rows);
  json_t *list = json_array();
  for (const InfoMode *row = rows; row < rows + count; row++)
    json_array_append_new(list, json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i}", "name", row->name, "borrowing",
                                          row->borrowing, "steps", row->steps, "words", row->words, "a_fan_in",
                                          row->a_fan_in, "b_fan_in", row->b_fan_in, "trees", row->trees));
  return list;
}

static json_t *order_json(const Plan *plan) {
  InfoLimits limits = info_limits(plan);
  return json_pack("{s:[s, s, s, s, s], s:i, s:i, s:i, s:i, s:i, s:i, s:i, s:i}", "loops", "block", "group", "tile",
                   "panel", "step", "resident_steps", limits.resident_steps, "resident_k", limits.resident_k,
                   "bank_elems", limits.bank_elems, "row_columns", limits.row_columns, "n_for_a", limits.n_for_a,
                   "m_for_b", limits.m_for_b, "k_for_epilogue", limits.k_for_epilogue, "k_for_int8_write",
                   limits.k_for_int8_write);
}

static json_t *formats_json(const Plan *plan) {
  char text[256];
  json_t *object = json_object();
  for (int i = 0; i < info_formats(plan); i++)
    json_object_set_new(object, info_format_name(i), json_string(info_format(plan, i, text, sizeof text)));
  return object;
}

#define APPEND_REGISTER(NAME, offset, ACCESS, bits, reset, part, meaning)                                              \
  json_array_append_new(list,                                                                                          \
                        json_pack("{s:s, s:i, s:s, s:i, s:I, s:s}", "name", #NAME, "offset", (int)(offset), "access",  \
                                  #ACCESS, "bits", (int)(bits), "reset", (json_int_t)(reset), "meaning", meaning));
#define APPEND_ERROR(NAME, code, what, where)                                                                          \
  json_array_append_new(                                                                                               \
      list, json_pack("{s:s, s:i, s:s, s:s}", "name", #NAME, "code", code, "meaning", what, "position", where));

static json_t *registers_json(void) {
  json_t *list = json_array();
  REGISTERS(APPEND_REGISTER)
  return list;
}

static json_t *errors_json(void) {
  json_t *list = json_array();
  DEVICE_ERRORS(APPEND_ERROR)
  return list;
}

json_t *info_json(const Plan *plan) {
  char hash[17];
  snprintf(hash, sizeof hash, "%016" PRIx64, plan->hash);
  const Engine *engine = engine_of(plan->engine);
  bool nest = plan_has(plan, PART_NEST);
  json_t *info =
      json_pack("{s:s, s:s, s:s, s:s, s:s, s:i, s:{s:i, s:i, s:i}, s:o, s:o, s:[], s:[], s:o, s:o, s:o, s:o, s:o}",
                "tool", "lacuna " LACUNA_VERSION, "config", plan->name, "plan_hash", hash, "engine", engine->name,
                "paper", engine->paper, "macs", plan->macs, "tile", "m", plan->m0, "n", plan->n0, "k", plan->k0, "plan",
                plan_json(plan), "modes", modes_json(plan), "a_fan_in_by_rank", "patterns", "buffers",
                nest ? buffers_json(plan) : json_array(), "loop_order", nest ? order_json(plan) : json_object(),
                "formats", formats_json(plan), "registers", registers_json(), "errors", errors_json());
  if (engine->gen->json && info) engine->gen->json(plan, info);
  return info;
}
