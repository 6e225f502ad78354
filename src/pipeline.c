/* pipeline: the one place that knows the order of the stages.
 * In: a piece of a source. Out: a document that has been through every stage that was asked for, or an
 * error. Each document runs inside a setjmp of its own: whoever runs out of memory below it, the worker goes
 * on with the next. */
#include "pipeline.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/os.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "claim/check.h"
#include "read/conllu.h"
#include "record/trace.h"
#include "syntax/apposition.h"
#include "syntax/promising.h"
#include "write/write.h"

#ifndef SITREP_DATA_FOLDER
#define SITREP_DATA_FOLDER "/usr/local/share/sitrep"
#endif

enum { MAX_DOCUMENT_BYTES = 16 << 20, MAX_DOCUMENT_TOKENS = 2000000 };
#define MAX_MEMORY_BYTES ((size_t)2 << 30)

void sitrep_options_init_sized(sitrep_options *options, size_t size_bytes)
{
    sitrep_options known = {.size_bytes = size_bytes,
                            .stage = SITREP_STAGE_CLAIMS,
                            .max_document_bytes = MAX_DOCUMENT_BYTES,
                            .max_document_tokens = MAX_DOCUMENT_TOKENS,
                            .max_memory_bytes = MAX_MEMORY_BYTES};
    memset(options, 0, size_bytes);
    memcpy(options, &known, size_bytes < sizeof known ? size_bytes : sizeof known);
}

/* ---- the engine ------------------------------------------------------------------------------ */

static str keep(arena *a, const char *c)
{
    return c && *c ? arena_copy(a, str_from(c)) : (str){0};
}

static void note(const sitrep *s, const error *e)
{
    if (s->options.on_note) s->options.on_note(s->options.note_context, e);
}

/* The path that the caller gave, or the first of the usual ones that exists, or the first of all. */
static str data_path(sitrep *s, const char *given, const char *const *usual, size_t n)
{
    if (given) return keep(&s->memory, given);
    str data = str_from(s->options.data_folder), first = {0};
    for (size_t i = 0; i < n; i++) {
        str path = os_path_join(&s->memory, data, str_from(usual[i]));
        if (os_path_kind(path) != OS_MISSING) return path;
        if (!first.ptr) first = path;
    }
    return first;
}

static void find_data_folder(sitrep *s)
{
    const char *environment = getenv("SITREP_DATA");
    if (s->options.data_folder) s->options.data_folder = keep(&s->memory, s->options.data_folder).ptr;
    else
        s->options.data_folder =
            environment && *environment ? keep(&s->memory, environment).ptr : SITREP_DATA_FOLDER;
    s->language_folder = os_path_join(&s->memory, str_from(s->options.data_folder), STR("codebooks"));
    s->codebook_folder =
        data_path(s, s->options.codebook_folder, (const char *const[]){"codebooks/conflict"}, 1);
}

/* A gazetteer that is not there is a note; one that is damaged is an error. */
static bool open_gazetteer(sitrep *s, error *e)
{
    static const char *const usual[] = {"gazetteer.bin", "build/gazetteer.bin"};
    str path = data_path(s, s->options.gazetteer_path, usual, 2);
    s->gazetteer = gazetteer_open(path, e);
    s->places = gazetteer_lookup(s->gazetteer);
    if (s->gazetteer) return true;
    if (e->code != SITREP_NO_FILE || s->options.gazetteer_path) return false;
    note(s, e);
    return true;
}

static bool open_syntax(sitrep *s, error *e)
{
    s->tokens = token_rules_open(&s->memory, s->language_folder, e);
    if (!s->tokens || !(s->headlines = headline_rules_open(&s->memory, s->language_folder, e))
        || !(s->attachments = attach_rules_open(&s->memory, s->language_folder, e)))
        return false;
    s->syntax = syntax_model_open(
        data_path(s, s->options.model_path, (const char *const[]){"models/en.model"}, 1), e);
    if (!s->syntax) return false;
    str name = syntax_model_about(s->syntax, STR("language")),
        version = syntax_model_about(s->syntax, STR("version"));
    if (!version.len) version = STR("1");
    s->model_name =
        arena_format(&s->memory, "%.*s %.*s", (int)name.len, name.ptr, (int)version.len, version.ptr);
    return true;
}

/* The encoder, and the judge that was taught with it; NULL encoder where it is unwanted or not there. */
static bool open_encoder(sitrep *s, error *e)
{
    str path = data_path(s, NULL, (const char *const[]){"models/encoder.model"}, 1);
    if (s->options.quick || s->options.rules_alone || os_path_kind(path) == OS_MISSING) return true;
    s->encoder = encoder_open(path, e);
    if (!s->encoder) return false;
    str version = encoder_about(s->encoder, STR("version"));
    if (!version.len) version = STR("1");
    s->model_name = arena_format(&s->memory, "%.*s, encoder %.*s", (int)s->model_name.len,
                                 s->model_name.ptr, (int)version.len, version.ptr);
    return true;
}

/* The learned weights of the claim stage; without them its rules decide. */
static bool open_judge(sitrep *s, error *e)
{
    if (!open_encoder(s, e)) return false;
    const char *const usual[] = {s->encoder ? "models/claims.model" : "models/claims-quick.model"};
    str path = data_path(s, NULL, usual, 1);
    if (s->options.rules_alone || os_path_kind(path) == OS_MISSING) return true;
    s->judge = judge_open(path, e);
    return s->judge != NULL;
}

static bool open_codebook(sitrep *s, error *e)
{
    s->codebook = codebook_open(&s->memory, s->codebook_folder, e);
    if (!s->codebook) return false;
    s->codebook_name = arena_copy(&s->memory, codebook_version(s->codebook));
    return true;
}

static bool open_stages(sitrep *s, error *e)
{
    sitrep_stage stage = s->options.stage;
    find_data_folder(s);
    if (s->options.pdf_program)
        s->options.pdf_program = arena_copy(&s->memory, str_from(s->options.pdf_program)).ptr;
    s->read = read_rules_open(&s->memory, s->language_folder, e);
    if (!s->read) return false;
    if (stage >= SITREP_STAGE_TREES && !open_syntax(s, e)) return false;
    if (stage >= SITREP_STAGE_MENTIONS) {
        s->lexicon = lexicon_open_own(&s->memory, s->language_folder, s->codebook_folder, e);
        if (!s->lexicon || !open_gazetteer(s, e)) return false;
    }
    return stage < SITREP_STAGE_CLAIMS || (open_codebook(s, e) && open_judge(s, e));
}

static bool open_guarded(sitrep *s, error *e)
{
    jmp_buf full;
    s->memory.on_full = &full;
    bool ok = setjmp(full) ? error_set(e, SITREP_NO_MEMORY, "open", "out of memory") : open_stages(s, e);
    s->memory.on_full = NULL;
    return ok;
}

sitrep *sitrep_open(const sitrep_options *options, sitrep_error *e)
{
    error fault = {0};
    sitrep *s = calloc(1, sizeof *s);
    if (!s) {
        error_set(e, SITREP_NO_MEMORY, "open", "out of memory");
        return NULL;
    }
    sitrep_options_init(&s->options);
    if (options)
        memcpy(&s->options, options,
               options->size_bytes < sizeof s->options ? options->size_bytes : sizeof s->options);
    arena_init(&s->memory, 0);
    if (open_guarded(s, &fault)) return s;
    if (e) *e = fault;
    sitrep_close(s);
    return NULL;
}

void sitrep_close(sitrep *s)
{
    if (!s) return;
    if (s->gazetteer) gazetteer_close(s->gazetteer);
    if (s->syntax) syntax_model_close(s->syntax);
    encoder_close(s->encoder);
    judge_close(s->judge);
    arena_release(&s->memory);
    free(s);
}

const char *sitrep_codebook_name(const sitrep *s)
{
    return s->codebook_name.len ? s->codebook_name.ptr : "";
}

const char *sitrep_model_name(const sitrep *s)
{
    return s->model_name.len ? s->model_name.ptr : "";
}

/* ---- the worker ------------------------------------------------------------------------------ */

sitrep_worker *sitrep_worker_open(const sitrep *engine, sitrep_error *e)
{
    sitrep_worker *w = calloc(1, sizeof *w);
    if (!w) {
        error_set(e, SITREP_NO_MEMORY, "open", "out of memory");
        return NULL;
    }
    w->engine = engine;
    arena_init(&w->memory, engine->options.max_memory_bytes);
    piece_init(&w->piece);
    return w;
}

void sitrep_worker_close(sitrep_worker *w)
{
    if (!w) return;
    if (w->syntax) syntax_scratch_close(w->syntax);
    encoder_scratch_close(w->encoder);
    piece_release(&w->piece);
    arena_release(&w->memory);
    free(w);
}

/* ---- one document ---------------------------------------------------------------------------- */

static bool over_limit(error *e, const char *what, size_t limit)
{
    return error_set(e, SITREP_OVER_LIMIT, "read", "has more than the limit of %zu %s", limit, what);
}

static bool read_conllu(piece *p, str bytes, document *d, error *e)
{
    const char *nul = bytes.len ? memchr(bytes.ptr, 0, bytes.len) : NULL;
    size_t good = nul ? (size_t)(nul - bytes.ptr) : utf8_valid_prefix(bytes);
    if (good < bytes.len) {
        error_set(e, SITREP_BAD_FORMAT, "read", "not UTF-8, or a NUL byte in it");
        return error_at(e, p->about.path, 0, good);
    }
    if (!conllu_read(d->arena, bytes, d, e)) return false;
    d->path = p->about.path;
    d->title = p->about.title;
    d->url = p->about.url;
    d->author = p->about.author;
    d->publisher = p->about.publisher;
    d->licence = p->about.licence;
    d->language = p->about.language.len ? p->about.language : STR("en");
    d->published = p->about.published;
    if (!d->id.len) d->id = d->path;
    sha256_hex(bytes, d->sha256);
    return true;
}

static bool run_read(sitrep_worker *w, piece *p, document *d, error *e)
{
    const sitrep *s = w->engine;
    p->about.cap_bytes = s->options.max_document_bytes;
    p->about.pdf_program = str_from(s->options.pdf_program ? s->options.pdf_program : SITREP_PDF_PROGRAM);
    p->about.any_language = s->options.any_language;
    str bytes = p->bytes;
    if (p->kind == PIECE_LINE) return read_json_line(s->read, bytes, p->line, p->offset, &p->about, d, e);
    if (p->kind == PIECE_RECORD) return record_read(s->read, &p->record, &p->about, d, e);
    if (p->kind == PIECE_ITEM) return feed_read_item(s->read, p->item, &p->about, d, e);
    if (p->kind == PIECE_FILE && !piece_bytes(d->arena, p, s->options.max_document_bytes, &bytes, e))
        return false;
    if (bytes.len > s->options.max_document_bytes)
        return over_limit(e, "bytes", s->options.max_document_bytes);
    if (p->format == READ_CONLLU) return read_conllu(p, bytes, d, e);
    p->about.bytes = bytes;
    p->about.format = p->format;
    return read_document(s->read, &p->about, d, e);
}

/* The encoder reads what the small net finds promising. Only the claim stage asks for it. */
static bool run_encoder(sitrep_worker *w, document *d, error *e)
{
    const sitrep *s = w->engine;
    if (!s->encoder || s->options.stage < SITREP_STAGE_CLAIMS || w->rules_alone) return true;
    if (!w->encoder && !(w->encoder = encoder_scratch_open(s->encoder, e))) return false;
    promising_read(s->encoder, w->encoder, d);
    return true;
}

/* Tokens and trees; a document that brought tokens keeps them. */
static bool run_syntax(sitrep_worker *w, document *d, error *e)
{
    const sitrep *s = w->engine;
    if (!w->syntax && !(w->syntax = syntax_scratch_open(s->syntax, e))) return false;
    if (!d->tokens.n) token_run(s->tokens, d);
    if (d->tokens.n > s->options.max_document_tokens)
        return over_limit(e, "tokens", s->options.max_document_tokens);
    syntax_run(s->syntax, w->syntax, d);
    headline_run(s->headlines, s->syntax, w->syntax, d);
    attach_run(s->attachments, d);
    apposition_run(d);
    return run_encoder(w, d, e);
}

static bool pass_over(const document *d, error *e)
{
    error_set(e, SITREP_PASSED_OVER, "read", "passed over: in %.*s", (int)d->foreign.len, d->foreign.ptr);
    return false;
}

static bool run_stages(sitrep_worker *w, error *e)
{
    const sitrep *s = w->engine;
    document *d = &w->document.d;
    if (!run_read(w, &w->piece, d, e)) return false;
    if (d->foreign.len && s->options.stage >= SITREP_STAGE_TREES) return pass_over(d, e);
    w->document.positions = positions_build(d->arena, d->text);
    if (s->options.stage >= SITREP_STAGE_TREES && !run_syntax(w, d, e)) return false;
    if (s->options.stage >= SITREP_STAGE_MENTIONS) {
        mention_run(s->lexicon, &s->places, d);
        place_run(s->gazetteer, d);
    }
    if (s->options.stage >= SITREP_STAGE_CLAIMS) {
        if (s->options.trace) d->trace = arena_new(d->arena, struct trace, 1);
        claim_run(s->codebook, w->rules_alone ? NULL : s->judge, d);
        write_claim_ids(d, s->codebook_name, s->model_name);
    }
    return true;
}

static bool out_of_memory(const sitrep_worker *w, error *e)
{
    size_t limit = w->engine->options.max_memory_bytes;
    if (w->memory.used_bytes < limit / 2) return error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
    return error_set(e, SITREP_OVER_LIMIT, "read", "needs more memory than the limit of %zu bytes", limit);
}

static bool run_guarded(sitrep_worker *w, error *e)
{
    jmp_buf full;
    w->memory.on_full = &full;
    bool ok = setjmp(full) ? out_of_memory(w, e) : run_stages(w, e);
    w->memory.on_full = NULL;
    return ok;
}

/* Says where what is told of happened, if that is not said: of a web archive's record also its byte and address. */
static void place_message(const sitrep_worker *w, error *e, size_t offset)
{
    const piece *p = &w->piece;
    str url = w->document.d.url;
    char message[sizeof e->message];
    if (p->kind == PIECE_RECORD) {
        memcpy(message, e->message, sizeof message);
        snprintf(e->message, sizeof e->message, "byte %llu%s%.*s: %.200s", (unsigned long long)p->offset,
                 url.len ? ", " : "", (int)(url.len < 100 ? url.len : 100), url.len ? url.ptr : "",
                 message);
        error_at(e, p->about.path, 0, (size_t)p->offset);
    } else if (!e->where[0]) {
        error_at(e, p->about.path, p->line, offset);
    }
}

bool sitrep_read(sitrep_worker *w, sitrep_source *source, sitrep_result *result)
{
    arena_reset(&w->memory);
    w->document = (sitrep_document){.d = {.arena = &w->memory}, .engine = w->engine};
    *result = (sitrep_result){0};
    if (!source_take(source, &w->piece)) return false;
    result->number = w->piece.number;
    if (w->piece.kind == PIECE_FAILED) result->error = w->piece.fault;
    else if (run_guarded(w, &result->error)) result->document = &w->document;
    result->notes = w->document.d.notes.v;
    result->n_notes = w->document.d.notes.n;
    for (size_t i = 0; i < result->n_notes; i++)
        place_message(w, &w->document.d.notes.v[i], w->piece.offset);
    if (!result->document) place_message(w, &result->error, result->error.offset);
    return true;
}

/* ---- the codebook's own sentences ------------------------------------------------------------ */

typedef struct check_run {
    sitrep_worker *worker;
    sitrep_note_fn *on_fault;
    void *context;
    sitrep_check *totals;
} check_run;

/* One sentence, through all stages as if it were a document. */
static bool run_example(check_run *r, size_t i, error *e)
{
    sitrep_worker *w = r->worker;
    str text;
    arena_reset(&w->memory);
    w->document = (sitrep_document){.d = {.arena = &w->memory}, .engine = w->engine};
    if (!check_text(w->engine->codebook, i, &w->memory, &text, e)) return false;
    w->piece.kind = PIECE_BYTES;
    w->piece.format = READ_TEXT;
    w->piece.about = (read_input){.path = STR("example")};
    w->piece.bytes = text;
    return run_stages(w, e) && check_judge(w->engine->codebook, i, &w->document.d, e);
}

static void run_examples(check_run *r)
{
    for (size_t i = 0; i < check_count(r->worker->engine->codebook); i++) {
        error fault = {0};
        jmp_buf full;
        r->worker->memory.on_full = &full;
        bool ok = setjmp(full) ? out_of_memory(r->worker, &fault) : run_example(r, i, &fault);
        r->worker->memory.on_full = NULL;
        ++*(ok ? &r->totals->passed : &r->totals->failed);
        if (!ok && r->on_fault) r->on_fault(r->context, &fault);
    }
}

bool sitrep_codebook_check(const sitrep *s, sitrep_note_fn *on_fault, void *context, sitrep_check *totals,
                           sitrep_error *e)
{
    *totals = (sitrep_check){0};
    if (!s->codebook)
        return error_set(e, SITREP_BAD_USAGE, "codebook", "the engine was opened without a codebook");
    check_run r = {sitrep_worker_open(s, e), on_fault, context, totals};
    if (!r.worker) return false;
    r.worker->rules_alone = true;
    run_examples(&r);
    sitrep_worker_close(r.worker);
    return true;
}
