/* A target for libFuzzer: DOCX and ODT. Of office files nearly every change breaks the zip file around them, so the
 * input is the part with the text, and the target packs it: the first byte chooses the format, what is behind an
 * 0xff byte becomes the styles or the facts of the file. A first byte above 127 gives the rest as a whole file. */
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"
#include "base/utf8.h"
#include "read/office.h"

enum { MOST_PARTS = 4, ROOM = 1 << 16 };

/* ---- a zip file of stored parts ------------------------------------------------------------------ */

typedef struct zip_part {
    str name, content;
} zip_part;

typedef struct bytes {
    uint8_t v[ROOM];
    size_t n;
} bytes;

static void put(bytes *b, uint32_t value, int size)
{
    for (int i = 0; i < size; i++) b->v[b->n++] = (uint8_t)(value >> 8 * i);
}

static void put_str(bytes *b, str s)
{
    if (s.len) memcpy(b->v + b->n, s.ptr, s.len);
    b->n += s.len;
}

static uint32_t crc_of(str s)
{
    uint32_t crc = UINT32_MAX;
    for (size_t i = 0; i < s.len; i++) {
        crc ^= (uint8_t)s.ptr[i];
        for (int k = 0; k < 8; k++) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static void put_sizes(bytes *b, const zip_part *p)
{
    put(b, 0, 2), put(b, 0, 2), put(b, 0, 2), put(b, 0x21, 2); /* flags, method, time, day */
    put(b, crc_of(p->content), 4);
    put(b, (uint32_t)p->content.len, 4), put(b, (uint32_t)p->content.len, 4);
    put(b, (uint32_t)p->name.len, 2), put(b, 0, 2);
}

static void pack(bytes *b, const zip_part *parts, size_t n)
{
    uint32_t at[MOST_PARTS];
    for (size_t i = 0; i < n; i++) {
        at[i] = (uint32_t)b->n;
        put(b, 0x04034b50, 4), put(b, 20, 2), put_sizes(b, &parts[i]);
        put_str(b, parts[i].name), put_str(b, parts[i].content);
    }
    uint32_t directory = (uint32_t)b->n;
    for (size_t i = 0; i < n; i++) {
        put(b, 0x02014b50, 4), put(b, 20, 2), put(b, 20, 2), put_sizes(b, &parts[i]);
        put(b, 0, 2), put(b, 0, 2), put(b, 0, 2), put(b, 0, 4),
            put(b, at[i], 4); /* comment, disk, kind, kind */
        put_str(b, parts[i].name);
    }
    uint32_t end = (uint32_t)b->n;
    put(b, 0x06054b50, 4), put(b, 0, 4), put(b, (uint32_t)n, 2), put(b, (uint32_t)n, 2);
    put(b, end - directory, 4), put(b, directory, 4), put(b, 0, 2);
}

/* ---- the target ---------------------------------------------------------------------------------- */

static const char relations[] =
    "<Relationships><Relationship Type=\"x/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

static void make_file(bytes *b, bool odt, str input)
{
    const char *cut = input.len ? memchr(input.ptr, 0xff, input.len) : NULL;
    size_t first = cut ? (size_t)(cut - input.ptr) : input.len;
    str text = str_part(input, 0, first),
        other = cut ? str_part(input, first + 1, input.len - first - 1) : (str){0};
    const zip_part docx[] = {{STR("_rels/.rels"), str_from(relations)},
                             {STR("word/document.xml"), text},
                             {STR("word/styles.xml"), other},
                             {STR("docProps/core.xml"), other}};
    const zip_part of_odt[] = {{STR("mimetype"), STR("application/vnd.oasis.opendocument.text")},
                               {STR("content.xml"), text},
                               {STR("meta.xml"), other}};
    pack(b, odt ? of_odt : docx, odt ? 3 : 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static bytes b;
    if (!size || size > ROOM / 4) return 0;
    str rest = {(const char *)data + 1, size - 1};
    b.n = 0;
    if (data[0] > 127) put_str(&b, rest);
    else make_file(&b, data[0] & 1, rest);
    error e = {0};
    jmp_buf full;
    document d = {.arena = &memory};
    read_input in = {.path = STR("fuzz"),
                     .bytes = {(const char *)b.v, b.n},
                     .format = data[0] & 1 ? READ_ODT : READ_DOCX,
                     .cap_bytes = 1 << 20};
    memory.on_full = &full;
    if (!setjmp(full)) {
        bool ok = read_document(rules, &in, &d, &e);
        if (ok ? utf8_valid_prefix(d.text) != d.text.len : !e.message[0]) abort();
    }
    arena_reset(&memory);
    return 0;
}
