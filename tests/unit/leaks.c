// What LeakSanitizer does not count in unit tests, all of which are linked with this file. The run-time library of
// Verilator keeps buffers whose addresses are lost when a model is unloaded. It is C++, and Lacuna is C.
const char *__lsan_default_suppressions(void);

const char *__lsan_default_suppressions(void) {
  return "leak:operator new";
}
