/* A target for libFuzzer: any bytes as an archive or as something packed, from a file and from a pipe, through the
 * reading stage. The first byte chooses the format and whether the source can be read at any place. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "read/container.h"
#include "read/record.h"

static int64_t bytes_read(void *from, uint64_t offset, char *out, size_t cap)
{
    str *s = from;
    str part = offset < s->len ? str_part(*s, (size_t)offset, cap) : (str){0};
    if (part.len) memcpy(out, part.ptr, part.len);
    return (int64_t)part.len;
}

static void read_one(const read_found *f)
{
    error e;
    jmp_buf full;
    document d = {.arena = &memory};
    read_input in = {.path = f->path, .bytes = f->bytes, .format = f->format, .cap_bytes = 1 << 20};
    arena_reset(&memory);
    memory.on_full = &full;
    if (setjmp(full)) return;
    bool ok = f->kind == FOUND_RECORD ? record_read(rules, &f->record, &in, &d, &e)
              : f->kind == FOUND_LINE ? read_json_line(rules, f->bytes, f->line, f->offset, &in, &d, &e)
                                      : f->format != READ_CONLLU && read_document(rules, &in, &d, &e);
    if (ok && (strlen(d.sha256) != 64 || d.text.len > UINT32_MAX)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    error e;
    str all = {(const char *)data + 1, size - 1};
    bool any_place = data[0] & 1;
    read_format format = data[0] & 2 ? READ_ARCHIVE : READ_AUTO;
    read_bytes from = {&all, bytes_read, any_place, any_place ? all.len : 0};
    read_container *c = container_open(from, STR("fuzz"), format, 1 << 20, &e);
    read_found f = {.kind = c ? FOUND_FAULT : FOUND_END};
    for (size_t n = 0; f.kind != FOUND_END; n++) {
        container_next(c, &f, &e);
        if (f.kind != FOUND_FAULT && f.kind != FOUND_END) read_one(&f);
        if (n > 2 * size + 100) abort(); /* it does not move on */
    }
    container_close(c);
    arena_reset(&memory);
    return 0;
}
