/* window: a stream of unpacked bytes, looked at before it is taken.
 * In: a read_bytes. Out: views of what comes next, as long as is asked for, that end where a gzip member begins
 * a new record or a member is damaged: there a record ends, whatever it says of its own length. */
#ifndef SITREP_READ_WINDOW_H
#define SITREP_READ_WINDOW_H

#include "read/unpack.h"

typedef struct read_window {
    read_unpack unpack;
    char *bytes; /* malloc'ed */
    size_t start, end, size;
    uint64_t at;     /* unpacked bytes before bytes[start] */
    uint64_t member; /* offset in the source of the member that bytes[start] is of */
    size_t mark;     /* bytes[mark] begins the member at mark_raw; SIZE_MAX = none in sight */
    uint64_t mark_raw;
    bool has_fence;   /* bytes[end] would begin another record: nothing is read until window_cross */
    bool has_trouble; /* `trouble` is still to be told; it stands at the fence or the end */
    bool at_end;
    error trouble;
} read_window;

/* `begins`: as in unpack.h. */
bool window_open(read_window *w, read_bytes source, bool (*begins)(str head), error *e);
void window_close(read_window *w);

/* What comes next: `n` bytes, or more, or all that is left before the fence or the end. Valid until the next call.
 * Fewer, with trouble told, where memory runs out. */
str window_need(read_window *w, size_t n);

/* Moves on by `n` bytes, at most those that window_need last gave. */
void window_take(read_window *w, size_t n);

/* At the fence: goes on behind it. False at the end of all. */
bool window_cross(read_window *w);

/* Offset of bytes[start] in the source: of its gzip member, else of the byte itself. */
uint64_t window_offset(const read_window *w);

/* Nothing is packed and the source can be read at any place. */
bool window_is_plain(const read_window *w);

/* Reads at a place of a plain source without moving; the number of bytes. */
size_t window_peek_at(const read_window *w, uint64_t offset, char *out, size_t cap);

/* Goes on at a place of a plain source. */
void window_seek(read_window *w, uint64_t offset);

#endif
