/* scoring: sitrep.h's comparison of two files of claims. It needs no engine. */
#include <stdlib.h>

#include "score/score.h"
#include "write/score.h"

struct sitrep_score {
    arena memory;
    sitrep_score_options options;
    score_report report;
};

void sitrep_score_options_init_sized(sitrep_score_options *options, size_t size_bytes)
{
    sitrep_score_options known = {
        .size_bytes = size_bytes, .resamples = 1000, .seed = 1, .max_memory_bytes = (size_t)4 << 30};
    memset(options, 0, size_bytes);
    memcpy(options, &known, size_bytes < sizeof known ? size_bytes : sizeof known);
}

static bool score_guarded(sitrep_score *s, const char *gold_path, const char *system_path, error *e)
{
    jmp_buf full;
    s->memory.on_full = &full;
    bool ok = false;
    if (setjmp(full))
        error_set(e, SITREP_NO_MEMORY, "score", "needs more memory than there is or is allowed");
    else {
        str gold = arena_copy(&s->memory, str_from(gold_path));
        ok = score_run(&s->memory, gold, arena_copy(&s->memory, str_from(system_path)), &s->options,
                       &s->report, e);
    }
    s->memory.on_full = NULL;
    return ok;
}

sitrep_score *sitrep_score_open(const char *gold_path, const char *system_path,
                                const sitrep_score_options *options, sitrep_error *e)
{
    sitrep_score *s = calloc(1, sizeof *s);
    if (!s) {
        error_set(e, SITREP_NO_MEMORY, "score", "out of memory");
        return NULL;
    }
    sitrep_score_options_init(&s->options);
    if (options)
        memcpy(&s->options, options,
               options->size_bytes < sizeof s->options ? options->size_bytes : sizeof s->options);
    arena_init(&s->memory, s->options.max_memory_bytes);
    if (score_guarded(s, gold_path, system_path, e)) return s;
    sitrep_score_close(s);
    return NULL;
}

void sitrep_score_close(sitrep_score *s)
{
    if (!s) return;
    arena_release(&s->memory);
    free(s);
}

sitrep_score_totals sitrep_score_count(const sitrep_score *s)
{
    return s->report.totals;
}

size_t sitrep_score_figure_count(const sitrep_score *s)
{
    return s->report.figures.n;
}

const sitrep_figure *sitrep_score_figure(const sitrep_score *s, size_t i)
{
    return i < s->report.figures.n ? &s->report.figures.v[i] : NULL;
}

size_t sitrep_score_agreement_count(const sitrep_score *s)
{
    return s->report.agreements.n;
}

const sitrep_agreement *sitrep_score_agreement(const sitrep_score *s, size_t i)
{
    return i < s->report.agreements.n ? &s->report.agreements.v[i] : NULL;
}

size_t sitrep_score_mistake_count(const sitrep_score *s)
{
    return s->report.mistakes.n;
}

const sitrep_mistake *sitrep_score_mistake(const sitrep_score *s, size_t i)
{
    return i < s->report.mistakes.n ? &s->report.mistakes.v[i] : NULL;
}

bool sitrep_score_write(const sitrep_score *s, const sitrep_write_options *options, sitrep_sink_fn *sink,
                        void *context, sitrep_error *e)
{
    sitrep_write_options known;
    sitrep_write_options_init(&known);
    if (options)
        memcpy(&known, options, options->size_bytes < sizeof known ? options->size_bytes : sizeof known);
    out o;
    out_init(&o, sink, context);
    switch (known.layout) {
    case SITREP_LAYOUT_SCORE_JSONL: write_score_json(&s->report, &o); break;
    case SITREP_LAYOUT_SCORE_CSV: write_score_csv(&s->report, &o); break;
    case SITREP_LAYOUT_SCORE_TABLE:
        write_score_table(&s->report, known.width < 60 ? 60 : known.width, known.colour, &o);
        break;
    default: return error_set(e, SITREP_BAD_USAGE, "write", "no such layout");
    }
    return out_flush(&o) || error_set(e, SITREP_BAD_OUTPUT, "write", "the output could not be written");
}
