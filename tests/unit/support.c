#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

typedef struct builder {
    document *d;
    char *text;
    size_t len, sentence_first, block_start;
} builder;

static int label(label_set set, str text, int otherwise)
{
    if (!text.len) return otherwise;
    int value = label_find(set, text);
    if (value < 0) {
        fprintf(stderr, "support_document: unknown label \"%.*s\"\n", (int)text.len, text.ptr);
        abort();
    }
    return value;
}

/* The fields of one token; a doubled separator in the word is one slash. */
static void cut_fields(arena *a, str token_text, str field[6])
{
    char *word = arena_new(a, char, token_text.len + 1);
    size_t n = 0, at = 0;
    while (at < token_text.len) {
        if (token_text.ptr[at] == '/' && (at + 1 >= token_text.len || token_text.ptr[at + 1] != '/')) break;
        if (token_text.ptr[at] == '/') at++;
        word[n++] = token_text.ptr[at++];
    }
    field[0] = (str){word, n};
    str rest = at < token_text.len ? str_part(token_text, at + 1, token_text.len) : (str){NULL, 0};
    for (int i = 1; i < 6; i++) field[i] = rest.ptr ? str_cut(&rest, '/') : (str){NULL, 0};
}

static void add_token(builder *b, str token_text, bool first_in_sentence)
{
    document *d = b->d;
    bool joined = token_text.len > 1 && token_text.ptr[0] == '+';
    str f[6];
    cut_fields(d->arena, str_part(token_text, joined, token_text.len), f);
    if (!joined && b->len && b->text[b->len - 1] != '\n') b->text[b->len++] = ' ';
    token *t = array_push(d->arena, &d->tokens);
    t->at = (span){(uint32_t)b->len, (uint32_t)f[0].len};
    memcpy(b->text + b->len, f[0].ptr, f[0].len);
    b->len += f[0].len;
    t->space_before = !joined || first_in_sentence;
    t->norm = utf8_fold(d->arena, f[0]);
    t->lemma = f[3].len ? f[3] : t->norm;
    t->pos = (upos)label(LABELS_UPOS, f[1], UPOS_X);
    t->tag = (xpos)label(LABELS_XPOS, f[2], XPOS_XX);
    t->rel = (deprel)label(LABELS_DEPREL, f[4], DEPREL_DEP);
    int64_t head = 0;
    t->head = str_to_int(f[5], &head) && head > 0 ? (int32_t)(b->sentence_first + (size_t)head - 1) : -1;
    t->sentence = (uint32_t)d->sentences.n;
}

static void end_sentence(builder *b)
{
    document *d = b->d;
    if (d->tokens.n == b->sentence_first) return;
    span first = d->tokens.v[b->sentence_first].at, last = d->tokens.v[d->tokens.n - 1].at;
    *array_push(d->arena, &d->sentences) = (sentence){.at = span_join(first, last),
                                                      .first = (uint32_t)b->sentence_first,
                                                      .n = (uint32_t)(d->tokens.n - b->sentence_first),
                                                      .block = (uint32_t)d->blocks.n,
                                                      .has_case = true};
    b->sentence_first = d->tokens.n;
}

static void end_block(builder *b)
{
    document *d = b->d;
    end_sentence(b);
    if (b->len > b->block_start)
        *array_push(d->arena, &d->blocks) =
            (block){{(uint32_t)b->block_start, (uint32_t)(b->len - b->block_start)}, BLOCK_PARAGRAPH};
    if (b->len) b->text[b->len++] = '\n';
    b->block_start = b->len;
}

document *support_document(arena *a, const char *words)
{
    builder b = {.d = arena_new(a, document, 1)};
    b.d->arena = a;
    b.text = arena_new(a, char, 2 * strlen(words) + 8);
    str rest = str_from(words);
    while (rest.ptr) {
        str line = str_cut(&rest, '\n');
        if (!line.len) end_block(&b);
        while (line.ptr) {
            str token_text = str_cut(&line, ' ');
            if (token_text.len) add_token(&b, token_text, b.d->tokens.n == b.sentence_first);
        }
        end_sentence(&b);
    }
    end_block(&b);
    b.d->text = (str){b.text, b.len};
    return b.d;
}

document *support_document_of(arena *a, const char *published, const char *words)
{
    int y = 0, m = 0, day = 0;
    document *d = support_document(a, words);
    if (sscanf(published, "%d-%d-%d", &y, &m, &day) == 3)
        d->published = (civil_date){(int16_t)y, (uint8_t)m, (uint8_t)day};
    return d;
}
