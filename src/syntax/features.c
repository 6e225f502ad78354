#include "syntax/features.h"

#include "base/utf8.h"

typedef struct folded {
    char bytes[FORM_BYTES + 2];
    size_t n;
} folded;

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "<word>" with its digits made 0. */
static void bracket(str norm, folded *w)
{
    size_t half = FORM_BYTES / 2;
    w->n = 0;
    w->bytes[w->n++] = '<';
    for (size_t i = 0; i < norm.len; i++) {
        if (norm.len > FORM_BYTES && i >= half && i < norm.len - half) continue;
        w->bytes[w->n++] = is_digit(norm.ptr[i]) ? '0' : norm.ptr[i];
    }
    w->bytes[w->n++] = '>';
}

static uint16_t gram_row(char role, const char *p, size_t n)
{
    uint64_t h = 14695981039346656037u ^ (unsigned char)role;
    for (size_t i = 0; i < n; i++) h = (h ^ (unsigned char)p[i]) * 1099511628211u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    return (uint16_t)(h >> 40 & (GRAM_ROWS - 1));
}

static void sum_row(form_features *f, char role, const char *p, size_t n)
{
    if (f->n_summed < MAX_SUMMED) f->summed[f->n_summed++] = gram_row(role, p, n);
}

static char shape_of(uint32_t cp, bool cased)
{
    if (cp >= '0' && cp <= '9') return '0';
    if (cp >= 0x2010 && cp <= 0x2015) return '-';
    if (!utf8_is_letter(cp)) return cp < 0x80 ? (char)cp : '?';
    if (!cased) return 'c';
    return utf8_is_upper(cp) ? 'X' : 'x';
}

/* Classes of the characters, runs cut to two: "McDonald" -> "XxXxx", "F-16" -> "X-00". */
static size_t shape(str form, bool cased, char *out, size_t room)
{
    size_t n = 0;
    uint32_t cp;
    for (size_t at = 0; at < form.len && n < room;) {
        at += utf8_decode(form, at, &cp);
        char c = shape_of(cp, cased);
        if (n < 2 || out[n - 1] != c || out[n - 2] != c) out[n++] = c;
    }
    return n;
}

static bool has_letter_or_digit(str form)
{
    uint32_t cp;
    for (size_t at = 0; at < form.len;) {
        at += utf8_decode(form, at, &cp);
        if ((cp >= '0' && cp <= '9') || utf8_is_letter(cp)) return true;
    }
    return false;
}

unsigned form_flags_that_count(str form, unsigned flags)
{
    return has_letter_or_digit(form) ? flags & FORM_CASED : flags;
}

static void read_shape(str form, unsigned flags, form_features *f)
{
    char s[12];
    size_t n = shape(form, flags & FORM_CASED, s, sizeof s);
    sum_row(f, 'C', s, n);
    sum_row(f, 'c', s, n < 2 ? n : 2);
    char len = (char)(form.len < 12 ? form.len : 12);
    sum_row(f, 'L', &len, 1);
    if (has_letter_or_digit(form)) return;
    char spaces = (char)(flags & (FORM_SPACE_BEFORE | FORM_SPACE_AFTER));
    sum_row(f, 'S', &spaces, 1);
    sum_row(f, 'Q', form.ptr, form.len < 8 ? form.len : 8);
}

void form_features_read(str form, str norm, unsigned flags, form_features *f)
{
    folded w;
    bracket(norm, &w);
    f->n_summed = f->n_averaged = 0;
    f->key = str_hash(norm);
    f->digit_key = str_hash((str){w.bytes + 1, w.n - 2});
    sum_row(f, 'W', w.bytes, w.n);
    for (size_t n = 1; n <= 4 && n < w.n - 1; n++) sum_row(f, 's', w.bytes + w.n - 1 - n, n);
    for (size_t n = 1; n <= 4 && n < w.n - 1; n++) sum_row(f, 'p', w.bytes + 1, n);
    read_shape(form, flags, f);
    for (size_t n = 3; n <= 4; n++)
        for (size_t i = 0; i + n <= w.n && f->n_averaged < MAX_AVERAGED; i++)
            f->averaged[f->n_averaged++] = gram_row('g', w.bytes + i, n);
}

int vocabulary_find(const uint64_t *slots, size_t n_slots, uint64_t key)
{
    key ^= key >> 31;
    key *= 0xD6E8FEB86659FD93u;
    for (size_t i = 0; i < n_slots; i++) {
        uint64_t slot = slots[((key >> 20) + i) & (n_slots - 1)];
        if (slot == 0) return -1;
        if (slot >> 16 == key >> 16) return (int)(slot & 0xFFFF) - 1;
    }
    return -1;
}

int vocabulary_row(const uint64_t *slots, size_t n_slots, const form_features *f)
{
    int row = vocabulary_find(slots, n_slots, f->key);
    return row >= 0 || f->key == f->digit_key ? row : vocabulary_find(slots, n_slots, f->digit_key);
}
