#include "read/office.h"

#include <stdio.h>

#include "base/os.h"
#include "base/utf8.h"
#include "read/rules.h"

static bool has(str s, const char *what)
{
    return str_find(s, str_from(what), 0) <= s.len;
}

read_format office_recognise(str bytes)
{
    str head = str_part(bytes, 0, 4096);
    if (!str_starts(head, STR("PK\x03\x04"))) return READ_AUTO;
    if (has(head, "mimetypeapplication/vnd.oasis.opendocument.text")) return READ_ODT;
    bool word =
        has(head, "word/") || (has(head, "[Content_Types].xml") && !has(head, "xl/") && !has(head, "ppt/"));
    return word ? READ_DOCX : READ_AUTO;
}

/* ---- what is to be believed -------------------------------------------------------------- */

static const char *const meta_kinds[N_META_KINDS] = {"title", "title-start", "title-end", "author"};

bool office_rules_read(arena *a, office_rules *r, str path, error *e)
{
    table t;
    if (!table_read(a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++) {
        const table_line *l = &t.lines.v[i];
        int kind = 0;
        while (kind < N_META_KINDS && !str_is(l->keyword, meta_kinds[kind])) kind++;
        if (kind == N_META_KINDS || !l->value.len)
            return table_fault(&t, l, e, "a kind and a text are meant");
        *array_push(a, &r->rows) = (office_row){(meta_kind)kind, utf8_fold(a, l->value)};
    }
    return true;
}

static bool is_made_up(const office_rules *r, str folded, bool author)
{
    for (size_t i = 0; i < r->rows.n; i++) {
        const office_row *row = &r->rows.v[i];
        bool hit = row->kind == META_TITLE_START ? str_starts(folded, row->text)
                   : row->kind == META_TITLE_END ? str_ends(folded, row->text)
                                                 : str_eq(folded, row->text);
        if (hit && (row->kind == META_AUTHOR) == author) return true;
    }
    return false;
}

/* Letters enough, no path, no name of a file. */
static bool is_worded(str s, size_t least)
{
    size_t letters = 0, spaces = 0, joints = 0;
    uint32_t cp;
    for (size_t at = 0; at < s.len;) {
        at += utf8_decode(s, at, &cp);
        letters += utf8_is_letter(cp);
        spaces += utf8_is_space(cp);
        joints += cp == '_' || cp == '\\' || cp == '/';
    }
    return letters >= least && letters * 2 >= s.len / 2 && (!joints || spaces > joints);
}

static str one_line(arena *a, str s)
{
    str copy = arena_copy(a, str_trim(str_part(s, 0, 500)));
    copy.len = utf8_valid_prefix(copy);
    for (size_t i = 0; i < copy.len; i++)
        if ((unsigned char)copy.ptr[i] < 0x20) ((char *)copy.ptr)[i] = ' ';
    return copy;
}

/* Letters and digits of folded text alone, so that breaks and points do not matter. */
static str skeleton(arena *a, str s)
{
    str folded = utf8_fold(a, s);
    char *p = arena_new(a, char, folded.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < folded.len; i++) {
        unsigned char c = (unsigned char)folded.ptr[i];
        if (c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) p[n++] = (char)c;
    }
    return (str){p, n};
}

static str heading_in_front(const document *d)
{
    for (size_t i = 0; i < d->blocks.n && i < 3; i++)
        if (d->blocks.v[i].kind == BLOCK_TITLE) return document_str(d, d->blocks.v[i].at);
    return (str){0};
}

static str weigh_title(const read_rules *rules, str title, const document *d)
{
    enum { FRONT = 3000 };
    arena *a = d->arena;
    str heading = heading_in_front(d);
    title = one_line(a, title);
    bool good = title.len && is_worded(title, 6) && !is_made_up(&rules->office, utf8_fold(a, title), false);
    if (!good) return heading;
    str front = str_part(d->text, 0, FRONT), found = skeleton(a, title);
    front.len = utf8_valid_prefix(front);
    front = skeleton(a, front);
    bool stands = str_find(front, found, 0) <= front.len;
    return stands || !heading.len ? title : heading;
}

/* Does the text name the year, so that the day of making is near what it tells of? */
static bool names_year(str text, int year)
{
    char digits[8];
    snprintf(digits, sizeof digits, "%d", year);
    return has(text, digits);
}

void office_weigh(const read_rules *rules, const office_facts *facts, document *d)
{
    civil_date day;
    str author = one_line(d->arena, facts->author);
    d->title = weigh_title(rules, facts->title, d);
    if (is_worded(author, 3) && !is_made_up(&rules->office, utf8_fold(d->arena, author), true))
        d->author = author;
    if (read_date(facts->created, &day) && names_year(d->text, day.year)) d->published = day;
}
