#include "place/build.h"

#include <stdio.h>

#include "place/build_rows.h"

enum { SORT_BYTES = 128 << 20 };

static str folder_of(arena *a, str path)
{
    size_t n = path.len;
    while (n > 0 && path.ptr[n - 1] != '/') n--;
    return n ? arena_copy(a, str_part(path, 0, n)) : STR(".");
}

static bool make(builder *b, error *e)
{
    size_t bytes = b->build->memory_bytes ? b->build->memory_bytes : SORT_BYTES;
    if (!words_read(b, b->build->codebooks, e)) return false;
    b->by_number = sorter_open(b->folder, bytes, e);
    if (!b->by_number) return false;
    for (size_t i = 0; i < b->build->n_sources; i++)
        if (!source_read(b, &b->build->sources[i], e)) return false;
    return tables_read(b, b->build->codebooks, e) && rows_merge(b, e) && index_write(b, e);
}

bool gazetteer_build(arena *a, const gaz_build *build, gaz_build_report *report, error *e)
{
    builder b = {.a = a, .build = build, .folder = folder_of(a, build->out)};
    arena_init(&b.row, 0);
    b.row.on_full = a->on_full;
    bool ok = make(&b, e);
    sorter_close(b.by_number);
    sorter_close(b.by_tree);
    sorter_close(b.joined);
    packer_close(b.packer);
    if (b.spool) fclose(b.spool);
    if (b.rows) fclose(b.rows);
    arena_release(&b.row);
    if (ok && report) *report = b.report;
    return ok;
}
