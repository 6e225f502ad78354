/* sitrep-train-claims: teaches the judge of src/claim from hand-coded claims.
 *
 *     sitrep-train-claims --data DIR --out FILE [--skip K/N] [--epochs N] DOCS CLAIMS [DOCS CLAIMS …]
 *
 * The pipeline itself runs over the documents; whenever the claim stage asks its judge, the coders' answer
 * is given and kept with the evidence. Then one logistic regression a question is fitted to these examples
 * by Adagrad (Duchi et al. 2011) with an L2 penalty, in a fixed order: the same data give the same bytes.
 * --skip K/N leaves every document out whose hash modulo N is K, for cross-validation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "gold.h"
#include "pipeline.h"

#include "sections.h"

typedef struct sample {
    uint32_t first, n; /* in rows */
    uint16_t question;
    uint16_t label;
} sample;

typedef struct teacher {
    arena arena;
    gold gold;
    struct judge judge;
    ARRAY(sample) samples;
    ARRAY(uint32_t) rows;
    uint32_t skip, folds;
} teacher;

static double listen(void *context, judge_question q, const evidence *e, const judge_subject *about)
{
    teacher *t = context;
    double answer = gold_answer(&t->gold, q, about);
    *array_push(&t->arena, &t->samples) = (sample){(uint32_t)t->rows.n, e->n, (uint16_t)q, answer > 0.5};
    for (uint32_t i = 0; i < e->n; i++) *array_push(&t->arena, &t->rows) = e->row[i];
    return answer;
}

static bool is_skipped(const teacher *t, str id)
{
    return t->folds && str_hash(id) % t->folds == t->skip;
}

/* ---- fitting ------------------------------------------------------------------------------------ */

static double probability(const float *w, const uint32_t *row, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) sum += (double)w[row[i]];
    return 1 / (1 + exp(-sum));
}

static void shuffle(uint32_t *order, size_t n, uint64_t *state)
{
    for (size_t i = n; i > 1; i--) {
        *state = *state * 6364136223846793005u + 1442695040888963407u;
        size_t k = (size_t)((*state >> 33) % i);
        uint32_t swap = order[i - 1];
        order[i - 1] = order[k];
        order[k] = swap;
    }
}

static void fit(teacher *t, float *w, int epochs, double rate, double penalty)
{
    size_t n = t->samples.n;
    float *square = arena_new(&t->arena, float, JUDGE_ROWS);
    uint32_t *order = arena_new(&t->arena, uint32_t, n);
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)i;
    uint64_t state = 20191115;
    for (int epoch = 0; epoch < epochs; epoch++) {
        shuffle(order, n, &state);
        double loss = 0;
        for (size_t i = 0; i < n; i++) {
            const sample *s = &t->samples.v[order[i]];
            const uint32_t *row = t->rows.v + s->first;
            double p = probability(w, row, s->n), miss = p - s->label;
            loss -= log(s->label ? fmax(p, 1e-12) : fmax(1 - p, 1e-12));
            for (uint32_t k = 0; k < s->n; k++) {
                double gradient = miss + penalty * (double)w[row[k]];
                square[row[k]] += (float)(gradient * gradient);
                w[row[k]] -= (float)(rate * gradient / sqrt((double)square[row[k]] + 1e-6));
            }
        }
        fprintf(stderr, "epoch %d: mean loss %.4f\n", epoch + 1, loss / (double)(n ? n : 1));
    }
}

/* Share of right answers and F1 of "yes" on what was taught, question by question. */
static void report(const teacher *t, const float *w)
{
    for (int q = 0; q < N_JUDGE_QUESTIONS; q++) {
        size_t n = 0, yes = 0, said = 0, hit = 0;
        for (size_t i = 0; i < t->samples.n; i++) {
            const sample *s = &t->samples.v[i];
            if (s->question != q) continue;
            bool says = probability(w, t->rows.v + s->first, s->n) >= 0.5;
            n++, yes += s->label, said += says, hit += says && s->label;
        }
        fprintf(stderr, "%-10s %7zu asked, %6zu yes, F1 on the taught %.1f\n", judge_question_text((judge_question)q), n, yes,
                yes + said ? 200.0 * (double)hit / (double)(yes + said) : 0.0);
    }
}

/* ---- running ------------------------------------------------------------------------------------ */

static bool read_documents(sitrep *engine, teacher *t, const char *docs, sitrep_error *e)
{
    sitrep_source_options options;
    sitrep_source_options_init(&options);
    options.format = SITREP_FORMAT_JSONL;
    sitrep_source *source = sitrep_source_open(&options, e);
    sitrep_worker *worker = sitrep_worker_open(engine, e);
    bool ok = source && worker && sitrep_source_add_path(source, docs, e);
    sitrep_result result;
    while (ok && sitrep_read(worker, source, &result)) {
        size_t before = t->samples.n;
        if (!result.document) fprintf(stderr, "%s: %s\n", result.error.where, result.error.message);
        else if (is_skipped(t, result.document->d.id)) t->samples.n = before;
    }
    sitrep_worker_close(worker);
    sitrep_source_close(source);
    return ok;
}

static double skipped_listen(void *context, judge_question q, const evidence *e, const judge_subject *about)
{
    teacher *t = context;
    return is_skipped(t, about->doc->id) ? gold_answer(&t->gold, q, about) : listen(context, q, e, about);
}

static bool write_judge(arena *a, const char *path, const float *w)
{
    static const float thresholds[N_JUDGE_QUESTIONS] = {0.42f, 0.5f, 0.45f, 0.45f, 0.42f, 0.4f, 0.45f, 0.45f, 0.45f, 0.45f};
    static const char meta[] = "name\tclaims 1\ndata\thand-coded claims of conflict reporting\n";
    sections s = {.a = a};
    sections_add(&s, "meta", meta, sizeof meta - 1);
    sections_add(&s, "thresholds", thresholds, sizeof thresholds);
    sections_add(&s, "weights", w, JUDGE_ROWS * sizeof *w);
    return sections_write(&s, path, JUDGE_FEATURES);
}

static int fail(const sitrep_error *e)
{
    fprintf(stderr, "sitrep-train-claims: %s%s%s\n", e->where, e->where[0] ? ": " : "", e->message);
    return 1;
}

int main(int argc, char **argv)
{
    static teacher t;
    sitrep_error e = {0};
    sitrep_options options;
    sitrep_options_init(&options);
    const char *out = NULL;
    int epochs = 10, first = 1;
    arena_init(&t.arena, 0);
    t.gold.arena = &t.arena;
    for (; first + 1 < argc && argv[first][0] == '-'; first += 2) {
        if (strcmp(argv[first], "--data") == 0) options.data_folder = argv[first + 1];
        else if (strcmp(argv[first], "--out") == 0) out = argv[first + 1];
        else if (strcmp(argv[first], "--epochs") == 0) epochs = atoi(argv[first + 1]);
        else if (strcmp(argv[first], "--skip") != 0 || sscanf(argv[first + 1], "%u/%u", &t.skip, &t.folds) != 2) break;
    }
    if (!out || first >= argc || (argc - first) % 2) {
        fprintf(stderr, "usage: sitrep-train-claims --data DIR --out FILE [--skip K/N] [--epochs N] DOCS CLAIMS …\n");
        return 2;
    }
    sitrep *engine = sitrep_open(&options, &e);
    if (!engine) return fail(&e);
    t.judge = (struct judge){.oracle = skipped_listen, .oracle_context = &t};
    for (int q = 0; q < N_JUDGE_QUESTIONS; q++) t.judge.threshold[q] = 0.5f;
    judge_close(engine->judge);
    engine->judge = &t.judge;
    for (int i = first; i < argc; i += 2) {
        if (!gold_read(&t.gold, str_from(argv[i]), str_from(argv[i + 1]), &e)) return fail(&e);
        if (!read_documents(engine, &t, argv[i], &e)) return fail(&e);
    }
    engine->judge = NULL;
    sitrep_close(engine);
    float *w = arena_new(&t.arena, float, JUDGE_ROWS);
    fit(&t, w, epochs, 0.15, 1e-4);
    report(&t, w);
    if (!write_judge(&t.arena, out, w)) return 1;
    arena_release(&t.arena);
    return 0;
}
