// Engine dense (docs/engines/dense.md): what lower floors need of it, as rows.
#ifndef LACUNA_ROWS_DENSE_H
#define LACUNA_ROWS_DENSE_H

#define MODES_DENSE(MODE) MODE_OF_DENSE(MODE)

#endif
