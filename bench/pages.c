/* pages: documents -> what the reading stage makes of them, a JSON object a line. For bench/score_pages.py
 * and for looking at one document.
 *     pages [--blocks] FILE…        files; .jsonl is read line by line
 *     pages --rate N FILE…          reads each N times and prints the rate instead */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/os.h"
#include "read/read.h"

static const char *const kinds[] = {"TITLE", "PARAGRAPH", "ITEM", "CAPTION", "NOTICE"};

static void put(json_t *o, const char *key, str s)
{
    if (s.ptr) json_object_set_new(o, key, json_stringn(s.ptr, s.len));
}

static void print_json(const document *d)
{
    json_t *o = json_object();
    put(o, "id", d->id);
    put(o, "title", d->title);
    put(o, "author", d->author);
    put(o, "publisher", d->publisher);
    put(o, "language", d->language);
    put(o, "url", d->url);
    put(o, "licence", d->licence);
    if (d->published.year)
        json_object_set_new(
            o, "published",
            json_sprintf("%04d-%02d-%02d", d->published.year, d->published.month, d->published.day));
    put(o, "text", d->text);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static void print_blocks(const document *d)
{
    str fields[] = {d->id, d->title, d->author, d->publisher};
    printf("==");
    for (size_t i = 0; i < 4; i++) {
        putchar(' ');
        if (fields[i].len) fwrite(fields[i].ptr, 1, fields[i].len, stdout);
        printf(" |");
    }
    printf(" %04d-%02d-%02d\n", d->published.year, d->published.month, d->published.day);
    for (size_t i = 0; i < d->blocks.n; i++) {
        str s = document_str(d, d->blocks.v[i].at);
        printf("%-9s ", kinds[d->blocks.v[i].kind]);
        fwrite(s.ptr, 1, s.len, stdout);
        putchar('\n');
    }
}

typedef struct options {
    const read_rules *rules;
    arena *a;
    bool blocks;
    int times;
} options;

static void show(const options *o, const document *d, bool ok, const error *e)
{
    if (o->times) return;
    if (!ok) fprintf(stderr, "%s:%zu+%zu: %s\n", e->where, e->line, e->offset, e->message);
    else if (o->blocks) print_blocks(d);
    else print_json(d);
}

static size_t read_lines_of(const options *o, str bytes)
{
    size_t number = 0, n = bytes.len;
    for (size_t at = 0; at < bytes.len;) {
        size_t end = str_find(bytes, STR("\n"), at);
        if (end > bytes.len) end = bytes.len;
        arena_reset(o->a);
        document d = {.arena = o->a};
        error e = {0};
        bool ok = read_json_line(o->rules, str_part(bytes, at, end - at), ++number, at, NULL, &d, &e);
        show(o, &d, ok, &e);
        at = end + 1;
    }
    return n;
}

static size_t read_one(const options *o, str path, str bytes)
{
    if (str_ends(path, STR(".jsonl"))) return read_lines_of(o, bytes);
    arena_reset(o->a);
    document d = {.arena = o->a};
    read_input in = {.bytes = bytes, .path = path};
    error e = {0};
    bool ok = read_document(o->rules, &in, &d, &e);
    show(o, &d, ok, &e);
    return bytes.len;
}

int main(int argc, char **argv)
{
    arena tables, a;
    arena_init(&tables, 0);
    arena_init(&a, (size_t)4 << 30);
    error e = {0};
    const char *folder = getenv("SITREP_CODEBOOKS");
    options o = {.rules = read_rules_open(&tables, str_from(folder ? folder : "codebooks"), &e), .a = &a};
    if (!o.rules) return fprintf(stderr, "%s:%zu: %s\n", e.where, e.line, e.message), 1;
    size_t total = 0;
    clock_t spent = 0;
    for (int i = 1; i < argc; i++) {
        str bytes, path = str_from(argv[i]);
        if (str_is(path, "--blocks")) o.blocks = true;
        else if (str_is(path, "--rate") && i + 1 < argc) o.times = atoi(argv[++i]);
        else if (os_read_file(&tables, path, &bytes, &e)) {
            clock_t start = clock();
            for (int k = 0; k < (o.times ? o.times : 1); k++) total += read_one(&o, path, bytes);
            spent += clock() - start;
        } else fprintf(stderr, "%s: %s\n", argv[i], e.message);
    }
    double seconds = (double)spent / CLOCKS_PER_SEC;
    if (o.times) printf("%zu bytes, %.2f s, %.1f MB/s\n", total, seconds, (double)total / seconds / 1e6);
    arena_release(&a);
    arena_release(&tables);
    return 0;
}
