#include "sim/model_state.h"
#include <stdlib.h>
struct Jumper {
  int x;
};
Jumper *jumper_new(void) {
  return calloc(1, sizeof(Jumper));
}
void jump_ahead(Jumper *jumper, Machine *m) {
  (void)jumper;
  (void)m;
}
