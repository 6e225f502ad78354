#include "read/builder.h"

#include "base/utf8.h"

void builder_init(text_builder *b, arena *a, size_t expected_bytes)
{
    *b = (text_builder){.a = a, .cap = expected_bytes + 16};
    b->bytes = arena_new(a, char, b->cap);
}

static void reserve(text_builder *b, size_t more)
{
    if (b->cap - b->n >= more) return;
    size_t cap = b->cap * 2 + more;
    char *bytes = arena_new(b->a, char, cap);
    memcpy(bytes, b->bytes, b->n);
    b->bytes = bytes;
    b->cap = cap;
}

static void mark(text_builder *b, uint64_t raw)
{
    uint64_t delta = raw - b->n;
    bool none = b->runs.n && b->runs.v[b->runs.n - 1].raw_start == RAW_NONE;
    if (b->runs.n && (none ? raw == RAW_NONE : delta == b->delta)) return;
    if (b->runs.n && b->runs.v[b->runs.n - 1].text_start == b->n) b->runs.v[b->runs.n - 1].raw_start = raw;
    else *array_push(b->a, &b->runs) = (raw_run){(uint32_t)b->n, raw};
    b->delta = delta;
}

void builder_end(text_builder *b, uint64_t raw)
{
    if (b->runs.n) mark(b, raw);
}

void builder_add(text_builder *b, str bytes, uint64_t raw)
{
    if (!bytes.len) return;
    reserve(b, bytes.len);
    mark(b, raw);
    memcpy(b->bytes + b->n, bytes.ptr, bytes.len);
    b->n += bytes.len;
}

void builder_code_point(text_builder *b, uint32_t cp, uint64_t raw)
{
    reserve(b, 4);
    mark(b, raw);
    b->n += utf8_put(cp ? cp : 0xFFFD, b->bytes + b->n);
}

str builder_text(const text_builder *b)
{
    return (str){b->bytes, b->n};
}
