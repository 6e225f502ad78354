/* A target for libFuzzer: any bytes, in any format, through every stage and every layout. The first byte
 * chooses the format. Besides crashes it looks for spans that do not fit their text. */
#include <sitrep.h>
#include <stdlib.h>
#include <string.h>

static sitrep *engine;
static sitrep_worker *worker;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    sitrep_options options;
    sitrep_options_init(&options);
    options.max_document_bytes = 1 << 16;
    engine = sitrep_open(&options, NULL);
    worker = engine ? sitrep_worker_open(engine, NULL) : NULL;
    if (!worker) abort();
    return 0;
}

static bool drop(void *context, const void *bytes, size_t len)
{
    (void)context;
    (void)bytes;
    (void)len;
    return true;
}

static void check_span(const char *text, size_t len, const sitrep_span *s)
{
    if (!s->text) return;
    size_t n = strlen(s->text);
    if (s->end_byte > len || s->start_byte >= s->end_byte || s->start >= s->end) abort();
    if (n != s->end_byte - s->start_byte || memcmp(text + s->start_byte, s->text, n) != 0) abort();
}

static void check_document(const sitrep_document *d)
{
    size_t len;
    const char *text = sitrep_document_text(d, &len);
    for (size_t i = 0; i < sitrep_document_claim_count(d); i++) {
        const sitrep_claim *c = sitrep_document_claim(d, i);
        check_span(text, len, &c->trigger);
        check_span(text, len, &c->evidence);
        for (size_t k = 0; k < c->n_actors; k++) check_span(text, len, &c->actors[k].at);
        for (size_t k = 0; k < c->n_places; k++) check_span(text, len, &c->places[k].at);
    }
    for (size_t i = 0; i < sitrep_document_mention_count(d); i++)
        check_span(text, len, &sitrep_document_mention(d, i)->at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    sitrep_source_options options;
    sitrep_write_options layout;
    sitrep_result r;
    sitrep_source_options_init(&options);
    sitrep_write_options_init(&layout);
    options.format = (sitrep_format)(data[0] % (SITREP_FORMAT_WARC + 1));
    sitrep_source *source = sitrep_source_open(&options, NULL);
    if (!source || !sitrep_source_add_bytes(source, "fuzz", data + 1, size - 1, NULL)) abort();
    while (sitrep_read(worker, source, &r)) {
        if (!r.document) continue;
        check_document(r.document);
        for (int l = 0; l <= SITREP_LAYOUT_EXPLAIN; l++) {
            layout.layout = (sitrep_layout)l;
            sitrep_write(r.document, &layout, drop, NULL, NULL);
        }
    }
    sitrep_source_close(source);
    return 0;
}
