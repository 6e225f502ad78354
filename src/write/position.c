#include "write/position.h"

enum { STEP = 128 };

/* Every code point has exactly one byte that is no continuation byte. */
static size_t count_starts(const char *from, const char *to)
{
    size_t n = 0;
    for (; from < to; from++) n += ((unsigned char)*from & 0xC0) != 0x80;
    return n;
}

positions positions_build(arena *a, str text)
{
    positions p = {.text = text};
    if (count_starts(text.ptr, text.ptr + text.len) == text.len) return p;
    p.before = arena_new(a, uint32_t, text.len / STEP + 1);
    for (size_t i = 1; i <= text.len / STEP; i++)
        p.before[i] =
            p.before[i - 1] + (uint32_t)count_starts(text.ptr + (i - 1) * STEP, text.ptr + i * STEP);
    return p;
}

size_t position_of(const positions *p, size_t byte)
{
    if (byte > p->text.len) byte = p->text.len;
    if (!p->before) return byte;
    size_t step = byte / STEP;
    return p->before[step] + count_starts(p->text.ptr + step * STEP, p->text.ptr + byte);
}

static bool is_inside(str text, size_t byte)
{
    return byte < text.len && ((unsigned char)text.ptr[byte] & 0xC0) == 0x80;
}

size_t position_back(str text, size_t byte, size_t n)
{
    for (; n && byte; n--) do
            byte--;
        while (byte && is_inside(text, byte));
    return byte;
}

size_t position_forth(str text, size_t byte, size_t n)
{
    for (; n && byte < text.len; n--) do
            byte++;
        while (is_inside(text, byte));
    return byte;
}
