#include "claim/judge.h"

#include <math.h>

#include "record/trace.h"

static const char *const question_text[] = {
#define JUDGE_TEXT(id, text) text,
    JUDGE_QUESTIONS(JUDGE_TEXT)};

const char *judge_question_text(judge_question q)
{
    return question_text[q];
}

static uint64_t mix(uint64_t h, str s)
{
    for (size_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.ptr[i]) * 1099511628211u;
    return (h ^ 0x1F) * 1099511628211u;
}

void evidence_begin(evidence *e, judge_question q)
{
    e->n = 0;
    e->seed = mix(14695981039346656037u, str_from(question_text[q]));
    evidence_add(e, "always", STR(""), STR(""));
}

void evidence_add(evidence *e, const char *name, str a, str b)
{
    if (e->n == JUDGE_MAX_EVIDENCE) return;
    uint64_t h = mix(mix(mix(e->seed, str_from(name)), a), b);
    e->row[e->n++] = (uint32_t)(h ^ h >> 29 ^ h >> 43) & (JUDGE_ROWS - 1);
}

void evidence_habit(evidence *e, const char *name, str a, str b)
{
    uint32_t n = e->n;
    e->seed = ~e->seed;
    evidence_add(e, name, a, b);
    e->seed = ~e->seed;
    if (e->n > n) e->row[n] |= JUDGE_HABIT;
}

void evidence_number(evidence *e, const char *name, uint32_t n)
{
    static const char *const step[] = {"0", "1", "2", "3", "4", "5", "6-7", "8-11", "12-19", "20+"};
    int i = n < 6 ? (int)n : n < 8 ? 6 : n < 12 ? 7 : n < 20 ? 8 : 9;
    evidence_add(e, name, str_from(step[i]), STR(""));
}

void evidence_flag(evidence *e, const char *name, bool on)
{
    if (on) evidence_add(e, name, STR(""), STR(""));
}

static uint32_t cluster_hash(str word)
{
    uint64_t h = str_hash(word);
    return (uint32_t)(h ^ h >> 32);
}

void judge_cluster_put(judge_cluster_slot *table, str word, uint16_t cluster)
{
    uint32_t h = cluster_hash(word), i = h & (JUDGE_CLUSTER_SLOTS - 1);
    while (table[i].cluster && table[i].word != h) i = (i + 1) & (JUDGE_CLUSTER_SLOTS - 1);
    table[i] = (judge_cluster_slot){.word = h, .cluster = cluster};
}

uint16_t judge_cluster(const judge *j, str word)
{
    uint32_t h = cluster_hash(word), i = h & (JUDGE_CLUSTER_SLOTS - 1);
    for (uint32_t n = 0; n < JUDGE_CLUSTER_SLOTS && j->clusters[i].cluster;
         n++, i = (i + 1) & (JUDGE_CLUSTER_SLOTS - 1))
        if (j->clusters[i].word == h) return j->clusters[i].cluster;
    return 0;
}

void evidence_cluster(evidence *e, const judge *j, const char *name, str word, str b)
{
    uint16_t c = judge_cluster(j, word);
    const char bytes[2] = {(char)(c & 0xFF), (char)(c >> 8)};
    if (c) evidence_add(e, name, (str){bytes, 2}, b);
}

bool judge_knows(const judge *j, str type)
{
    for (str rest = j->types; rest.ptr;)
        if (str_eq(str_cut(&rest, '\n'), type)) return true;
    return j->oracle != NULL;
}

static void keep_answer(const judge *j, judge_question q, const judge_subject *about, double likelihood)
{
    *array_push(about->doc->arena, &about->doc->trace->answers) =
        (trace_answer){.question = question_text[q],
                       .trigger = about->trigger,
                       .type = about->type,
                       .about = about->about,
                       .status = about->status,
                       .likelihood = likelihood,
                       .threshold = (double)j->threshold[q]};
}

double judge_ask(const judge *j, judge_question q, const evidence *e, const judge_subject *about)
{
    if (j->oracle) return j->oracle(j->oracle_context, q, e, about);
    int64_t sum = 0;
    for (uint32_t i = 0; i < e->n; i++) sum += j->weights[e->row[i] & ~JUDGE_HABIT];
    double likelihood = 1 / (1 + exp(-(double)sum * (double)j->step));
    if (about && about->doc->trace) keep_answer(j, q, about, likelihood);
    return likelihood;
}
