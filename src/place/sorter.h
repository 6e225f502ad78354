/* sorter: sorts more records than memory holds.
 * In: records, each a key and a value of any bytes, and a cap of memory. Out: the records in the bytewise order of
 * their keys; of equal keys in the order in which they came.
 * Full buffers are sorted and written as runs to one file without a name; the runs are merged with a heap while they
 * are read back (Knuth, The Art of Computer Programming 3, 5.4). One thread at a time. */
#ifndef SITREP_PLACE_SORTER_H
#define SITREP_PLACE_SORTER_H

#include "base/error.h"
#include "base/str.h"

typedef struct sorter sorter;

/* Temporary files lie in `folder` and go away with the sorter. Never NULL short of memory running out. */
sorter *sorter_open(str folder, size_t memory_bytes, error *e);
void sorter_close(sorter *s);

/* Key and value are copied. False where the disk is full. */
bool sorter_add(sorter *s, str key, str value, error *e);

/* Ends adding; then sorter_next gives the records in order, valid until the next call. It returns false at the end;
 * s that could not be read says so by sorter_failed. */
bool sorter_start(sorter *s, error *e);
bool sorter_next(sorter *s, str *key, str *value);
bool sorter_failed(const sorter *s);

#endif
