/* Places of documents without the program: places GAZETTEER CODEBOOKS MODEL DOCS.jsonl
 * Prints `sitrep mentions` lines of the kind "location" for tools that score places, with `rivals` added; the time that
 * place_run took goes to stderr. */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <time.h>

#include "base/os.h"
#include "base/utf8.h"
#include "mention/mention.h"
#include "place/place.h"
#include "read/read.h"
#include "syntax/syntax.h"
#include "token/token.h"

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void print_text(const char *key, str s)
{
    printf("\"%s\":%s", key, s.len ? "\"" : "null");
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') printf("\\%c", c);
        else if (c < 0x20) printf("\\u%04x", c);
        else putchar(c);
    }
    if (s.len) putchar('"');
}

static void print_location(const document *d, const mention *m)
{
    size_t start = utf8_count(str_part(d->text, 0, m->at.start));
    const place *p = &m->place;
    printf("{\"kind\":\"location\",\"document\":{");
    print_text("id", d->id);
    printf("},\"start\":%zu,\"end\":%zu,", start, start + utf8_count(document_str(d, m->at)));
    print_text("text", document_str(d, m->at));
    putchar(',');
    print_text("name", p->name);
    putchar(',');
    print_text("country", p->country);
    putchar(',');
    print_text("admin1", p->admin1);
    if (p->has_point) printf(",\"lat\":%.5f,\"lon\":%.5f", p->lat, p->lon);
    printf(",\"feature\":\"%.*s\",\"precision\":%d,\"radius_m\":%u,\"match\":\"%s\",\"rivals\":%u}\n",
           (int)p->feature.len, p->feature.ptr ? p->feature.ptr : "", p->precision, p->radius_m,
           label_text(LABELS_PLACE_MATCH, p->match), p->n_rivals);
}

int main(int argc, char **argv)
{
    arena a, doc;
    error e = {0};
    str lines;
    arena_init(&a, 0);
    arena_init(&doc, 0);
    if (argc != 5) return 2;
    str codebooks = str_from(argv[2]);
    gazetteer *g = gazetteer_open(str_from(argv[1]), &e);
    read_rules *rr = read_rules_open(&a, codebooks, &e);
    token_rules *tr = token_rules_open(&a, codebooks, &e);
    lexicon *lex = lexicon_open(&a, codebooks, &e);
    syntax_model *model = syntax_model_open(str_from(argv[3]), &e);
    syntax_scratch *scratch = model ? syntax_scratch_open(model, &e) : NULL;
    if (!g || !rr || !tr || !lex || !scratch || !os_read_file(&a, str_from(argv[4]), &lines, &e)) {
        fprintf(stderr, "%s: %s\n", e.where, e.message);
        return 1;
    }
    place_lookup l = gazetteer_lookup(g);
    double spent = 0, begin = now();
    size_t number = 0, tokens = 0;
    while (lines.ptr) {
        str line = str_cut(&lines, '\n');
        if (!line.len) continue;
        document d = {.arena = &doc};
        if (!read_json_line(rr, line, ++number, 0, NULL, &d, &e)) continue;
        token_run(tr, &d);
        syntax_run(model, scratch, &d);
        mention_run(lex, &l, &d);
        double start = now();
        place_run(g, &d);
        spent += now() - start;
        tokens += d.tokens.n;
        for (size_t i = 0; i < d.mentions.n; i++)
            if (d.mentions.v[i].kind == MENTION_LOCATION) print_location(&d, &d.mentions.v[i]);
        arena_reset(&doc);
    }
    fprintf(stderr, "%zu documents, %zu tokens, %.2f s, of which place_run %.3f s (%.0f tokens a second)\n",
            number, tokens, now() - begin, spent, (double)tokens / spent);
    syntax_scratch_close(scratch);
    syntax_model_close(model);
    gazetteer_close(g);
    arena_release(&doc);
    arena_release(&a);
    return 0;
}
