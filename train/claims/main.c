/* sitrep-train-claims: teaches the judge of src/claim from hand-coded claims.
 *
 *     sitrep-train-claims --data DIR --vectors JSON --out FILE [OPTION VALUE …] [--encoder FILE] DOCS CLAIMS …
 *                          [--others [--encoder FILE] DOCS CLAIMS …]
 *
 * The pipeline itself runs over the documents; whenever the claim stage asks its judge, the coders' answer
 * is kept with the evidence. In the first round that answer is also what the stage hears; in later rounds it
 * hears what was learned without the document at hand, so that the examples are met in the company in which
 * they will be met (Ross et al. 2011, "dataset aggregation"); the judge is the mean of those of the later rounds, each of which
 * met other company. One logistic regression a question is fitted to these examples
 * by Adagrad (Duchi et al. 2011) with an L2 penalty, in a fixed order: the same data give the same bytes.
 *
 * --peaceful FILE (JSONL): everyday news; what triggers of force meet there is no happening.
 * --held-out FILE: gets the claims of every document as the judge finds them that was taught without it, an honest
 *   measure on the training data.
 * --encoder FILE: the encoder that is heard on the documents behind it, which must not have learned from them; without,
 *   the judge is taught for --quick.
 * --others: the coders of the documents behind it have habits that are not followed (evidence_habit).
 * --rounds N, --folds N: quicker with less. --hints no: as if the language net gave none.
 * --skip K/N leaves every document out whose hash modulo N is K, for cross-validation. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "claim/codebook.h"
#include "clusters.h"
#include "gold.h"
#include "pipeline.h"

#include "sections.h"

enum { MAX_FOLDS = 8, MIN_DOCUMENTS = 3 };

typedef struct sample {
    uint32_t first, n; /* in rows */
    uint32_t document; /* hash of its id */
    uint16_t question;
    uint16_t label;
    uint64_t phrase;   /* the coded phrase that it agrees with; 0 = none */
    uint32_t distance; /* from the trigger, in bytes */
    bool peaceful, is_others;
} sample;

typedef struct teacher {
    arena arena;
    gold gold;
    struct judge judge;
    ARRAY(sample) samples;
    ARRAY(uint32_t) rows;
    float *without[MAX_FOLDS]; /* weights learned without the documents of a fold */
    int round;                 /* 0 = the first */
    bool peaceful;             /* the documents at hand tell of no violence */
    bool others;               /* their coders' habits are not followed */
    bool heard_hints;          /* of the language net */
    const codebook *codebook;
    bool *known;            /* rows seen in enough documents to be believed */
    uint32_t skip, skip_of; /* leaves out the documents whose hash modulo skip_of is skip */
    uint32_t folds;         /* parts of the documents that a judge is taught without */
    int rounds;
    int epochs;
    double rate, penalty;
} teacher;

static double probability(const float *w, const uint32_t *row, uint32_t n)
{
    double sum = 0;
    for (uint32_t i = 0; i < n; i++) sum += (double)w[row[i]];
    return 1 / (1 + exp(-sum));
}

/* Talks, deals and demands happen in everyday news too; violence, coercion and movements of forces do not. */
static bool is_force(const codebook *c, str name)
{
    static const char *const force[] = {"ASSAULT", "COERCE", "MOBILIZE", "RETREAT"};
    const claim_type *type = codebook_type(c, name);
    for (size_t i = 0; type && i < sizeof force / sizeof *force; i++)
        if (str_is(type->codes.plover, force[i])) return true;
    return false;
}

static double listen(void *context, judge_question q, const evidence *e, const judge_subject *about)
{
    teacher *t = context;
    uint64_t id = str_hash(about->doc->id);
    uint32_t doc = (uint32_t)(id ^ id >> 32);
    uint32_t which = UINT32_MAX;
    t->heard_hints = t->heard_hints || (t->judge.hears_hints && about->doc->hints.names);
    double answer = gold_answer(&t->gold, q, about, &which);
    uint64_t phrase = which == UINT32_MAX
                          ? 0
                          : ((id ^ about->trigger.start) * 31 + (uint64_t)q) * 1099511628211u + which + 1;
    uint32_t a = about->about.start, b = about->trigger.start;
    uint32_t row[JUDGE_MAX_EVIDENCE], n = 0;
    for (uint32_t i = 0; i < e->n; i++)
        if (!t->others || !(e->row[i] & JUDGE_HABIT)) row[n++] = e->row[i] & ~JUDGE_HABIT;
    double heard = t->round == 0 ? answer : probability(t->without[doc % t->folds], row, n);
    /* What a claim that no coder saw would hold cannot be known. */
    bool knows = q == JUDGE_HAPPENING || gold_has(&t->gold, q, about);
    if (t->peaceful)
        knows = q == JUDGE_HAPPENING && is_force(t->codebook, about->type),
        heard = t->round == 0 ? 0 : heard;
    if ((t->skip_of && id % t->skip_of == t->skip) || !knows) return heard;
    *array_push(&t->arena, &t->samples) = (sample){.first = (uint32_t)t->rows.n,
                                                   .n = n,
                                                   .document = doc,
                                                   .question = (uint16_t)q,
                                                   .label = answer > 0.5,
                                                   .phrase = phrase,
                                                   .distance = a > b ? a - b : b - a,
                                                   .peaceful = t->peaceful,
                                                   .is_others = t->others};
    for (uint32_t i = 0; i < n; i++) *array_push(&t->arena, &t->rows) = row[i];
    return heard;
}

static int by_phrase(const void *a, const void *b)
{
    const sample *x = *(const sample *const *)a, *y = *(const sample *const *)b;
    if (x->phrase != y->phrase) return x->phrase < y->phrase ? -1 : 1;
    if (x->distance != y->distance) return x->distance < y->distance ? -1 : 1;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* A party that is named twice near a happening is in the claim once: by the words nearest to the trigger. */
static void keep_nearest(teacher *t)
{
    arena scratch;
    arena_init(&scratch, 0);
    sample **order = arena_new(&scratch, sample *, t->samples.n + 1);
    for (size_t i = 0; i < t->samples.n; i++) order[i] = &t->samples.v[i];
    qsort(order, t->samples.n, sizeof *order, by_phrase);
    for (size_t i = 1; i < t->samples.n; i++)
        if (order[i]->phrase && order[i]->phrase == order[i - 1]->phrase) order[i]->label = 0;
    arena_release(&scratch);
}

/* ---- fitting ------------------------------------------------------------------------------------ */

/* Their weight stays zero: without them every pass is shorter. */
static void drop_unknown_rows(teacher *t)
{
    uint32_t kept = 0;
    for (size_t i = 0; i < t->samples.n; i++) {
        sample *s = &t->samples.v[i];
        uint32_t first = kept;
        for (uint32_t k = 0; k < s->n; k++) {
            uint32_t row = t->rows.v[s->first + k];
            if (t->known[row]) t->rows.v[kept++] = row;
        }
        s->first = first;
        s->n = kept - first;
    }
    t->rows.n = kept;
}

/* What stands in one or two documents only says more of them than of language. */
static void find_known_rows(teacher *t)
{
    uint32_t *last = arena_new(&t->arena, uint32_t, JUDGE_ROWS);
    uint8_t *count = arena_new(&t->arena, uint8_t, JUDGE_ROWS);
    t->known = arena_new(&t->arena, bool, JUDGE_ROWS);
    for (size_t i = 0; i < t->samples.n; i++) {
        const sample *s = &t->samples.v[i];
        for (uint32_t k = 0; k < s->n; k++) {
            uint32_t row = t->rows.v[s->first + k];
            if (last[row] == s->document || count[row] >= MIN_DOCUMENTS) continue;
            last[row] = s->document;
            count[row]++;
        }
    }
    for (uint32_t row = 0; row < JUDGE_ROWS; row++) t->known[row] = count[row] >= MIN_DOCUMENTS;
    drop_unknown_rows(t);
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

/* Adagrad's sums begin here, so that a row met a few times moves little: what is rare says more of its documents than of
 * language. */
#define FIRST_SQUARE 10.0F
/* How much an example of the followed coders counts. */
#define FOLLOWED_TIMES 2.0F

static void learn(const teacher *t, const sample *s, float *w, float *square)
{
    const uint32_t *row = t->rows.v + s->first;
    float miss = (float)(probability(w, row, s->n) - s->label);
    if (!s->is_others) miss *= FOLLOWED_TIMES;
    const float penalty = (float)t->penalty, rate = (float)t->rate;
    for (uint32_t k = 0; k < s->n; k++) {
        float gradient = miss + penalty * w[row[k]];
        square[row[k]] += gradient * gradient;
        w[row[k]] -= rate * gradient / sqrtf(square[row[k]]);
    }
}

/* Fits to every document that is not of fold `without` (all = to every document). */
static void fit(const teacher *t, float *w, uint32_t without)
{
    size_t n = t->samples.n;
    arena scratch;
    arena_init(&scratch, 0);
    float *square = arena_new(&scratch, float, JUDGE_ROWS);
    for (uint32_t row = 0; row < JUDGE_ROWS; row++) square[row] = FIRST_SQUARE;
    uint32_t *order = arena_new(&scratch, uint32_t, n);
    for (size_t i = 0; i < n; i++) order[i] = (uint32_t)i;
    float *sum = arena_new(&scratch, float, JUDGE_ROWS);
    memset(w, 0, JUDGE_ROWS * sizeof *w);
    uint64_t state = 20191115;
    for (int epoch = 0; epoch < t->epochs; epoch++) {
        shuffle(order, n, &state);
        for (size_t i = 0; i < n; i++) {
            const sample *s = &t->samples.v[order[i]];
            if (without == t->folds || s->document % t->folds != without) learn(t, s, w, square);
        }
        for (uint32_t row = 0; row < JUDGE_ROWS; row++) sum[row] += w[row];
    }
    /* The mean over the passes errs less than the last of them. */
    for (uint32_t row = 0; row < JUDGE_ROWS; row++) w[row] = sum[row] / (float)t->epochs;
    arena_release(&scratch);
}

/* Makes `mean`, of n - 1 judges, the mean of n. */
static void add_to_mean(float *mean, const float *w, int n)
{
    for (uint32_t row = 0; row < JUDGE_ROWS; row++) mean[row] += (w[row] - mean[row]) / (float)n;
}

/* Fits, and joins what is learned to what earlier rounds taught; what the coders' own answers taught is forgotten. */
static void fit_again(const teacher *t, float *mean, uint32_t without)
{
    arena scratch;
    arena_init(&scratch, 0);
    float *w = arena_new(&scratch, float, JUDGE_ROWS);
    fit(t, w, without);
    add_to_mean(mean, w, t->round > 1 ? t->round : 1);
    arena_release(&scratch);
}

/* ---- held-out documents: thresholds, calibration ---------------------------------------------------- */

typedef struct fold_job {
    teacher *teacher;
    uint32_t fold;
} fold_job;

static void *fit_fold(void *context)
{
    fold_job *job = context;
    fit_again(job->teacher, job->teacher->without[job->fold], job->fold);
    return NULL;
}

/* Folds know nothing of each other: one thread each. */
static void fit_folds(teacher *t)
{
    pthread_t thread[MAX_FOLDS];
    fold_job job[MAX_FOLDS];
    bool started[MAX_FOLDS];
    for (uint32_t f = 0; f < t->folds; f++) {
        job[f] = (fold_job){t, f};
        started[f] = pthread_create(&thread[f], NULL, fit_fold, &job[f]) == 0;
        if (!started[f]) fit_fold(&job[f]);
    }
    for (uint32_t f = 0; f < t->folds; f++)
        if (started[f]) pthread_join(thread[f], NULL);
}

static double *predict_held_out(teacher *t)
{
    double *p = arena_new(&t->arena, double, t->samples.n);
    fit_folds(t);
    for (size_t i = 0; i < t->samples.n; i++) {
        const sample *s = &t->samples.v[i];
        p[i] = probability(t->without[s->document % t->folds], t->rows.v + s->first, s->n);
    }
    return p;
}

/* In what the followed coders coded. What no trigger met counts as missed too. A date told elsewhere joins the dates that
 * were found in the claims' own sentences. */
static double f1_at(const teacher *t, const double *p, int q, double threshold, size_t *yes)
{
    size_t said = 0, hit = 0;
    *yes = 0;
    for (size_t i = 0; i < t->samples.n; i++) {
        const sample *s = &t->samples.v[i];
        bool beside = q == JUDGE_DAY && s->question == JUDGE_DATE;
        double least = beside ? (double)t->judge.threshold[JUDGE_DATE] : threshold;
        if ((s->question != q && !beside) || s->peaceful || s->is_others) continue;
        *yes += s->label;
        said += p[i] >= least;
        hit += p[i] >= least && s->label;
    }
    size_t coded =
        gold_count(&t->gold, (judge_question)q); /* what is never asked is missed at any threshold */
    if (coded > *yes) *yes = coded;
    return *yes + said ? 200.0 * (double)hit / (double)(*yes + said) : 0;
}

#define AS_GOOD 0.2
/* Low among the thresholds whose F1 on held-out documents is as good as the best: on texts of other wars and outlets
 * everything looks less likely. High for happenings and places: a claim of nothing, and a place carried over from another
 * sentence, mislead more than missing ones. */
static void choose_thresholds(const teacher *t, const double *p, float *threshold)
{
    for (int q = 0; q < N_JUDGE_QUESTIONS; q++) {
        double best = -1, at = 0.5;
        size_t yes = 0;
        for (int step = 15; step <= 50; step++) best = fmax(best, f1_at(t, p, q, step / 100.0, &yes));
        int low = 50, high = 15;
        for (int step = 15; step <= 50; step++) {
            if (f1_at(t, p, q, step / 100.0, &yes) < best - AS_GOOD) continue;
            if (step < low) low = step;
            high = step;
        }
        bool is_high = q == JUDGE_HAPPENING || q == JUDGE_PLACE;
        at = is_high ? (low + 5 * high) / 600.0 : (5 * low + high) / 600.0;
        threshold[q] = (float)at;
        fprintf(stderr, "%-10s %6zu yes, held-out F1 %.1f at %.2f, %.1f at 0.50\n",
                judge_question_text((judge_question)q), yes, best, at, f1_at(t, p, q, 0.5, &yes));
    }
}

/* How often "p" turned out true, in tenths. */
static void report_reliability(const teacher *t, const double *p, int q)
{
    for (int tenth = 0; tenth < 10; tenth++) {
        size_t n = 0, yes = 0;
        double sum = 0;
        for (size_t i = 0; i < t->samples.n; i++) {
            const sample *s = &t->samples.v[i];
            if (s->question != q || s->peaceful || s->is_others || (int)(p[i] * 10) != tenth) continue;
            n++, yes += s->label, sum += p[i];
        }
        if (n)
            fprintf(stderr, "  said %.2f, was %.2f (%zu)\n", sum / (double)n, (double)yes / (double)n, n);
    }
}

/* ---- running ------------------------------------------------------------------------------------ */

static bool put(void *context, const void *bytes, size_t len_bytes)
{
    return fwrite(bytes, 1, len_bytes, context) == len_bytes;
}

/* `print` gets the claims of every document; NULL = nobody. */
static bool read_documents(sitrep *engine, const char *docs, FILE *print, sitrep_error *e)
{
    sitrep_write_options layout;
    sitrep_write_options_init(&layout);
    layout.layout = SITREP_LAYOUT_CLAIMS_JSONL;
    sitrep_source_options options;
    sitrep_source_options_init(&options);
    options.format = SITREP_FORMAT_JSONL;
    sitrep_source *source = sitrep_source_open(&options, e);
    sitrep_worker *worker = sitrep_worker_open(engine, e);
    bool ok = source && worker && sitrep_source_add_path(source, docs, e);
    sitrep_result result;
    while (ok && sitrep_read(worker, source, &result)) {
        if (!result.document) fprintf(stderr, "%s: %s\n", result.error.where, result.error.message);
        else if (print) ok = sitrep_write(result.document, &layout, put, print, e);
    }
    sitrep_worker_close(worker);
    sitrep_source_close(source);
    return ok;
}

static bool write_judge(arena *a, const char *path, str types, const float *thresholds,
                        const judge_cluster_slot *clusters, const float *w, bool hears_hints)
{
    static const char meta[] = "name\tclaims 1\ndata\thand-coded claims of conflict reporting\n";
    sections s = {.a = a};
    sections_add(&s, "types", types.ptr, types.len);
    if (hears_hints) sections_add(&s, "hints", "heard\n", 6);
    sections_add(&s, "meta", meta, sizeof meta - 1);
    sections_add(&s, "thresholds", thresholds, N_JUDGE_QUESTIONS * sizeof *thresholds);
    sections_add(&s, "clusters", clusters, JUDGE_CLUSTER_SLOTS * sizeof *clusters);
    float most = 1e-6f;
    for (uint32_t row = 0; row < JUDGE_ROWS; row++) most = fmaxf(most, fabsf(w[row]));
    float step = most / 32767;
    int16_t *steps = arena_new(a, int16_t, JUDGE_ROWS);
    for (uint32_t row = 0; row < JUDGE_ROWS; row++) steps[row] = (int16_t)lrintf(w[row] / step);
    sections_add(&s, "step", &step, sizeof step);
    sections_add(&s, "weights", steps, JUDGE_ROWS * sizeof *steps);
    return sections_write(&s, path, JUDGE_FEATURES);
}

static str types_of(arena *a, const codebook *c)
{
    str all = STR("");
    for (size_t i = 0; i < c->types.n; i++)
        all = arena_format(a, "%.*s%.*s\n", (int)all.len, all.ptr, (int)c->types.v[i]->name.len,
                           c->types.v[i]->name.ptr);
    return all;
}

static int fail(const sitrep_error *e)
{
    fprintf(stderr, "sitrep-train-claims: %s%s%s\n", e->where, e->where[0] ? ": " : "", e->message);
    return 1;
}

typedef struct coded {
    const char *docs, *claims, *encoder;
    bool others;
} coded;

typedef struct arguments {
    const char *data, *out, *vectors, *peaceful, *held_out;
    ARRAY(coded) coded;
} arguments;

/* Whether the option is known. */
static bool set_option(teacher *t, arguments *a, const char *name, const char *value)
{
    if (strcmp(name, "--data") == 0) a->data = value;
    else if (strcmp(name, "--peaceful") == 0) a->peaceful = value;
    else if (strcmp(name, "--vectors") == 0) a->vectors = value;
    else if (strcmp(name, "--held-out") == 0) a->held_out = value;
    else if (strcmp(name, "--out") == 0) a->out = value;
    else if (strcmp(name, "--hints") == 0) t->judge.hears_hints = strcmp(value, "no") != 0;
    else if (strcmp(name, "--epochs") == 0) t->epochs = atoi(value);
    else if (strcmp(name, "--rounds") == 0) t->rounds = atoi(value);
    else if (strcmp(name, "--folds") == 0) t->folds = (uint32_t)atoi(value);
    else if (strcmp(name, "--rate") == 0) t->rate = atof(value);
    else if (strcmp(name, "--penalty") == 0) t->penalty = atof(value);
    else return strcmp(name, "--skip") == 0 && sscanf(value, "%u/%u", &t->skip, &t->skip_of) == 2;
    return true;
}

static bool read_arguments(teacher *t, arguments *a, int argc, char **argv)
{
    coded next = {0};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--others") == 0) {
            next.others = true;
        } else if (i + 1 == argc) {
            return false;
        } else if (strcmp(argv[i], "--encoder") == 0) {
            next.encoder = argv[++i];
        } else if (argv[i][0] == '-') {
            if (!set_option(t, a, argv[i], argv[i + 1])) return false;
            i++;
        } else {
            next.docs = argv[i], next.claims = argv[++i];
            *array_push(&t->arena, &a->coded) = next;
        }
    }
    return a->out && a->vectors && a->coded.n && t->folds >= 2 && t->folds <= MAX_FOLDS;
}

/* Reads the documents with the encoder that has not learned from them. */
static bool hear(teacher *t, sitrep *engine, const coded *c, FILE *print, sitrep_error *e)
{
    encoder_close(engine->encoder);
    engine->encoder = NULL;
    if (c->encoder && !(engine->encoder = encoder_open(str_from(c->encoder), e))) return false;
    t->others = c->others;
    return read_documents(engine, c->docs, print, e);
}

/* Everyday news is read with the encoder of the last of the coded documents, and counts as coded by the followed. */
static bool hear_peaceful(teacher *t, sitrep *engine, const char *peaceful, sitrep_error *e)
{
    t->peaceful = true;
    t->others = false;
    bool ok = !peaceful || read_documents(engine, peaceful, NULL, e);
    t->peaceful = false;
    return ok;
}

static bool run_round(teacher *t, sitrep *engine, const arguments *a, FILE *print, sitrep_error *e)
{
    t->samples.n = t->rows.n = 0;
    for (size_t i = 0; i < a->coded.n; i++)
        if (!hear(t, engine, &a->coded.v[i], print, e)) return false;
    if (!hear_peaceful(t, engine, a->peaceful, e)) return false;
    keep_nearest(t);
    find_known_rows(t);
    return true;
}

int main(int argc, char **argv)
{
    static teacher t;
    sitrep_error e = {0};
    sitrep_options options;
    sitrep_options_init(&options);
    arguments args = {0};
    t.judge.hears_hints = true;
    t.epochs = 8, t.rate = 0.03, t.penalty = 0.0005, t.folds = MAX_FOLDS, t.rounds = 5;
    arena_init(&t.arena, 0);
    t.gold.arena = &t.arena;
    if (!read_arguments(&t, &args, argc, argv)) {
        fprintf(stderr, "usage: sitrep-train-claims --data DIR --vectors JSON --out FILE [--epochs N] "
                        "[--encoder FILE] DOCS CLAIMS ... [--others DOCS CLAIMS ...]\n");
        return 2;
    }
    options.data_folder = args.data;
    judge_cluster_slot *clusters = arena_new(&t.arena, judge_cluster_slot, JUDGE_CLUSTER_SLOTS);
    if (!clusters_make(&t.arena, str_from(args.vectors), clusters, &e)) return fail(&e);
    options.rules_alone = true;
    sitrep *engine = sitrep_open(&options, &e);
    if (!engine) return fail(&e);
    t.judge.clusters = clusters, t.judge.oracle = listen, t.judge.oracle_context = &t;
    for (int q = 0; q < N_JUDGE_QUESTIONS; q++) t.judge.threshold[q] = 0.5f;
    judge_close(engine->judge);
    engine->judge = &t.judge;
    t.codebook = engine->codebook;
    for (size_t i = 0; i < args.coded.n; i++) {
        t.gold.others = args.coded.v[i].others;
        if (!gold_read(&t.gold, str_from(args.coded.v[i].docs), str_from(args.coded.v[i].claims), &e))
            return fail(&e);
    }
    for (uint32_t f = 0; f < t.folds; f++) t.without[f] = arena_new(&t.arena, float, JUDGE_ROWS);
    float *w = arena_new(&t.arena, float, JUDGE_ROWS);
    FILE *print = args.held_out ? fopen(args.held_out, "w") : NULL;
    for (int round = 0; round < t.rounds; round++) {
        bool is_last = round + 1 == t.rounds;
        t.round = round;
        if (!run_round(&t, engine, &args, is_last ? print : NULL, &e)) return fail(&e);
        double *p = predict_held_out(&t);
        fprintf(stderr, "round %d\n", round + 1);
        choose_thresholds(&t, p, t.judge.threshold);
        if (round || is_last) fit_again(&t, w, t.folds);
        if (is_last) report_reliability(&t, p, JUDGE_HAPPENING);
    }
    if (print) fclose(print);
    gold_print_unasked(&t.gold);
    str types = types_of(&t.arena, engine->codebook);
    engine->judge = NULL;
    sitrep_close(engine);
    if (!write_judge(&t.arena, args.out, types, t.judge.threshold, clusters, w, t.heard_hints)) return 1;
    arena_release(&t.arena);
    return 0;
}
