// The structure behind gen/hdl/hdl.h, shared by the files gen/hdl/hdl_*.c and by nothing else.
#ifndef LACUNA_HDL_PRIVATE_H
#define LACUNA_HDL_PRIVATE_H

#include "gen/base/arena.h"
#include "gen/hdl/hdl.h"

enum { MAX_WIDTH = 1 << 20 };

// ---- expressions ----

typedef enum ExprKind {
  EX_NET,
  EX_CONST,
  EX_CONCAT,
  EX_REPEAT,
  EX_NOT,
  EX_REDUCE_AND,
  EX_REDUCE_OR,
  EX_REDUCE_XOR,
  EX_ADD,
  EX_SUB,
  EX_SHIFT_LEFT,
  EX_SHIFT_RIGHT,
  EX_LT,
  EX_GE,
  EX_LT_SIGNED,
  EX_GE_SIGNED,
  EX_EQ,
  EX_NE,
  EX_AND, // two operands or more, like EX_XOR and EX_OR
  EX_XOR,
  EX_OR,
  EX_MUX,
  EX_KINDS
} ExprKind;

struct Expr {
  ExprKind kind;
  int width;
  Module *module;
  const Net *net; // EX_NET
  int hi, lo;     // EX_NET: bits of net; EX_SHIFT_*, EX_REPEAT: the amount in lo
  uint64_t value; // EX_CONST
  bool hex;       // EX_CONST: print in hexadecimal
  size_t count;
  Expr *args[];
};

// ---- what a module is made of, in order of construction ----

typedef enum NetKind { NET_IN, NET_OUT, NET_WIRE, NET_REG } NetKind;

typedef struct Size { // of elements: a localparam, printed if it is used
  const char *name;
  int width;
  bool used;
} Size;

struct Net {
  NetKind kind;
  const char *name, *remark;
  int width;
  Size *part; // what it is a row of; NULL: nothing that has a name
  Module *module;
  size_t index;        // among the nets of the module
  size_t section;      // in which it is declared
  bool resets;         // NET_REG
  uint64_t reset;      // NET_REG
  bool by_case;        // driven in an always block, so it is declared reg
  Expr *whole;         // the expression ex() returns
  const char *heading; // NET_IN, NET_OUT: title of the section that was open
  size_t port;         // NET_IN, NET_OUT: index among the ports
};

typedef struct Bits { // part of a net
  Net *net;
  int hi, lo;
} Bits;

typedef struct SelectRow {
  uint64_t value;
  Expr *result;
  const char *remark;
} SelectRow;

struct Select {
  Net *net;
  Expr *index, *otherwise;
  SelectRow *rows;
  size_t count, room;
};

typedef enum ConnKind { CONN_MISSING, CONN_IMPLIED, CONN_IN, CONN_OUT, CONN_OPEN } ConnKind;

typedef struct Conn {
  ConnKind kind;
  Expr *value; // into the instance
  Bits target; // out of the instance; where it is left open: bits of the module's `open`, set by inst_check
} Conn;

typedef struct ParamValue {
  bool given;
  int64_t value;
} ParamValue;

struct Inst {
  const char *name;
  Module *module;
  const Leaf *leaf; // one of the two
  const Module *child;
  size_t port_count, param_count;
  Conn *conns; // one per port, in the order of the leaf or child
  ParamValue *params;
};

typedef enum ItemKind { ITEM_SECTION, ITEM_COMMENT, ITEM_NET, ITEM_ASSIGN, ITEM_REG, ITEM_SELECT, ITEM_INST } ItemKind;

typedef struct Item Item;
struct Item {
  ItemKind kind;
  Item *next;
  size_t section;
  const char *text; // ITEM_SECTION, ITEM_COMMENT
  Net *net;         // ITEM_NET
  Bits target;      // ITEM_ASSIGN, ITEM_REG
  Expr *value;      // ITEM_ASSIGN, ITEM_REG
  Expr *enable;     // ITEM_REG, may be NULL
  Select *select;
  Inst *inst;
};

typedef struct NameTable { // open addressing; room is a power of two or zero
  struct NameSlot {
    const char *name;
    Net *net; // NULL for an instance
  } * slots;
  size_t count, room;
} NameTable;

// ---- results of the checks, kept for the analysis of parents ----

typedef struct Drive {
  Bits bits;
  const Item *item; // ITEM_ASSIGN, ITEM_REG, ITEM_SELECT or ITEM_INST; NULL: an input port of the module
  size_t port;      // ITEM_INST
} Drive;

typedef enum CombState { COMB_UNKNOWN, COMB_BUSY, COMB_KNOWN } CombState;

struct Module {
  Design *design;
  const char *name, *purpose;
  size_t index; // in the design
  const char **notes;
  size_t note_count, note_room;
  Net **nets;
  size_t net_count, net_room;
  Net **ports;
  size_t port_count, port_room;
  Size **sizes;
  size_t size_count, size_room;
  NameTable names;
  Item *first, *last;
  size_t section_count;
  Expr **unused;
  size_t unused_count, unused_room;
  Net *open;     // takes the outputs left open, one after the other; NULL if there are none
  Drive *drives; // sorted by net and lowest bit
  size_t drive_count, drive_room;
  size_t *drive_start; // per net its first drive, and one more for the end
  CombState comb_state;
  bool *comb; // [output port][input port]: depends within a cycle
};

struct Design {
  Arena arena;
  DesignInfo info;
  Module **modules;
  size_t module_count, module_room;
  const Leaf **leaves;
  size_t leaf_count, leaf_room;
  const char **errors;
  size_t error_count, error_room;
  bool checked;
};

// Appends `value` to the arena array `items` with its `items_count` and `items_room`.
#define LIST_ADD(arena, list, counter, space, value)                                                                   \
  ((list) = arena_grow((arena), (list), (counter), &(space), sizeof *(list)), (list)[(counter)++] = (value))

// hdl_design.c
__attribute__((format(printf, 2, 3))) void module_error(Module *module, const char *format, ...);

// hdl_build.c
Item *item_add(Module *module, ItemKind kind);

// hdl_names.c
const char *name_fault(const char *name); // why it is no name for a module, net or instance; NULL if it is one
bool name_add(Module *module, const char *name, Net *net); // false: taken
Net *name_find(const Module *module, const char *name);    // NULL: none, or an instance

// hdl_inst.c
const char *inst_port_name(const Inst *inst, size_t port);
PortDir inst_port_dir(const Inst *inst, size_t port);
const char *inst_child_name(const Inst *inst);
void inst_check(const Inst *inst);

// hdl_cycle.c
void module_check_cycles(Module *module); // of it and of all below it; needs the drives of all of them

// hdl_print_expr.c
enum { SOFT_BREAK = '\v' }; // in a Text: a blank where a long line may be broken

typedef struct Text { // all zero is empty; the caller frees data
  char *data;
  size_t length, room;
} Text;

__attribute__((format(printf, 2, 3))) void text_add(Text *text, const char *format, ...);
void text_add_expr(Text *text, const Expr *expr);
void text_add_bits(Text *text, const Net *net, int hi, int lo);
void text_add_constant(Text *text, int width, uint64_t value, bool hex);
const char *expr_text(const Expr *expr); // for messages, in the arena, cut short if long
const char *bits_text(Module *module, Bits bits);

#endif
