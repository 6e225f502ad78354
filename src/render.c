/* render: sitrep.h's writing, from a document to a caller's sink. */
#include "pipeline.h"
#include "syntax/morph.h"
#include "write/conllu.h"
#include "write/write.h"

void sitrep_write_options_init_sized(sitrep_write_options *options, size_t size_bytes)
{
    memset(options, 0, size_bytes);
    options->size_bytes = size_bytes;
    options->layout = SITREP_LAYOUT_CLAIMS_JSONL;
}

static sitrep_write_options known_options(const sitrep_write_options *options)
{
    sitrep_write_options known;
    sitrep_write_options_init(&known);
    if (options)
        memcpy(&known, options, options->size_bytes < sizeof known ? options->size_bytes : sizeof known);
    if (!known.width) known.width = 100;
    if (known.width < 40) known.width = 40;
    if (known.width > 1000) known.width = 1000;
    return known;
}

static bool refused(error *e)
{
    return error_set(e, SITREP_BAD_OUTPUT, "write", "the output could not be written");
}

bool sitrep_write_head(const sitrep_write_options *options, sitrep_sink_fn *sink, void *context,
                       sitrep_error *e)
{
    sitrep_write_options known = known_options(options);
    out o;
    out_init(&o, sink, context);
    if (known.layout == SITREP_LAYOUT_CLAIMS_CSV) write_csv_head(&o);
    return out_flush(&o) || refused(e);
}

static bool conllu_to_out(void *user, const char *bytes, size_t len)
{
    out_str(user, (str){bytes, len});
    return !((out *)user)->failed;
}

/* The writer of CoNLL-U needs scratch of the document's memory, which can run out. */
static bool write_conllu(const sitrep_document *d, out *o)
{
    arena *a = d->d.arena;
    jmp_buf full;
    a->on_full = &full;
    bool ok = setjmp(full) ? false : conllu_write(a, &d->d, morph_feats, conllu_to_out, o);
    a->on_full = NULL;
    return ok;
}

static bool no_sentence(const sitrep_document *d, size_t asked, error *e)
{
    size_t n = d->d.sentences.n;
    error_set(e, SITREP_BAD_USAGE, "write", "no sentence %zu: there %s %zu", asked, n == 1 ? "is" : "are",
              n);
    return error_at(e, d->d.path.len ? d->d.path : d->d.id, 0, 0);
}

bool sitrep_write(const sitrep_document *d, const sitrep_write_options *options, sitrep_sink_fn *sink,
                  void *context, sitrep_error *e)
{
    static void (*const layouts[])(const write_view *) = {
        [SITREP_LAYOUT_TEXT] = write_text,
        [SITREP_LAYOUT_CONLLU] = NULL,
        [SITREP_LAYOUT_CLAIMS_JSONL] = write_claims_json,
        [SITREP_LAYOUT_CLAIMS_CSV] = write_claims_csv,
        [SITREP_LAYOUT_CLAIMS_TABLE] = write_claims_table,
        [SITREP_LAYOUT_MENTIONS_JSONL] = write_mentions_json,
        [SITREP_LAYOUT_MENTIONS_TABLE] = write_mentions_table,
        [SITREP_LAYOUT_EXPLAIN] = write_explain,
        [SITREP_LAYOUT_DOCUMENTS_JSONL] = write_documents_json,
    };
    sitrep_write_options known = known_options(options);
    bool is_known = (unsigned)known.layout < sizeof layouts / sizeof *layouts
                    && (layouts[known.layout] || known.layout == SITREP_LAYOUT_CONLLU);
    if (!is_known) return error_set(e, SITREP_BAD_USAGE, "write", "no such layout");
    if (known.layout == SITREP_LAYOUT_EXPLAIN && known.sentence > d->d.sentences.n)
        return no_sentence(d, known.sentence, e);
    out o;
    out_init(&o, sink, context);
    write_view w = {.d = &d->d,
                    .positions = &d->positions,
                    .codebook = d->engine->codebook_name,
                    .model = d->engine->model_name,
                    .width = known.width,
                    .colour = known.colour,
                    .sentence = known.sentence,
                    .o = &o};
    if (known.layout == SITREP_LAYOUT_CONLLU) {
        if (!write_conllu(d, &o)) return refused(e);
    } else {
        layouts[known.layout](&w);
    }
    return out_flush(&o) || refused(e);
}
