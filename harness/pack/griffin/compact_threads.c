// Groups are handed out one by one: those of dense columns take longer than others.
#include "harness/pack/griffin/compact_threads.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#define MAX_THREADS 64

typedef struct Work {
  const CompactRules *rules;
  CompactMethod method;
  const CompactMatrix *matrix;
  atomic_uint next; // panel that nobody has taken
} Work;

static void compact_part(Work *work, uint32_t panel, void *scratch) {
  const CompactMatrix *m = work->matrix;
  uint32_t tiles = m->panels - panel < m->group_panels ? m->panels - panel : m->group_panels;
  uint64_t step = (uint64_t)panel * m->steps, lanes = (uint64_t)work->rules->lanes;
  compact(work->rules, work->method, tiles, m->steps, m->nonzero + step * lanes, scratch, m->words + step,
          m->codes + step * lanes * (uint64_t)work->rules->columns, m->panel_words + panel);
}

// NULL if there is no memory: whoever has some does the work.
static void *run_thread(void *data) {
  Work *work = data;
  void *scratch = malloc(compact_scratch(work->rules));
  if (!scratch) return NULL;
  uint32_t panel;
  while ((panel = atomic_fetch_add(&work->next, work->matrix->group_panels)) < work->matrix->panels)
    compact_part(work, panel, scratch);
  free(scratch);
  return work;
}

bool compact_matrix(const CompactRules *rules, CompactMethod method, const CompactMatrix *matrix, int threads) {
  pthread_t others[MAX_THREADS];
  Work work = {rules, method, matrix, 0};
  long wanted = threads > 0 ? threads : sysconf(_SC_NPROCESSORS_ONLN);
  int started = 0;
  while (started + 1 < wanted && started < MAX_THREADS && !pthread_create(&others[started], NULL, run_thread, &work))
    started++;
  bool done = run_thread(&work) != NULL;
  for (int i = 0; i < started; i++) {
    void *result = NULL;
    pthread_join(others[i], &result);
    done |= result != NULL;
  }
  return done;
}
