#include "claim/chronicle.h"

/* The date that the sentence consists of, but for signs, where it is the first of its block and others follow. */
static const mention *day_of_entry(const scene *s, uint32_t n)
{
    const document *d = s->doc;
    const sentence *sent = &d->sentences.v[n];
    if (n > 0 && d->sentences.v[n - 1].block == sent->block) return NULL;
    if (n + 1 >= d->sentences.n || d->sentences.v[n + 1].block != sent->block) return NULL;
    const uint32_t i = s->first_mention[n];
    if (i >= s->first_mention[n + 1]) return NULL;
    const mention *m = &d->mentions.v[i];
    if (m->kind != MENTION_DATE || !m->date.edtf[0] || m->interval.edtf[0]) return NULL;
    for (uint32_t t = sent->first; t < sent->first + sent->n; t++)
        if ((t < m->first || t >= m->first + m->n) && scene_token(s, t)->pos != UPOS_PUNCT
            && scene_token(s, t)->pos != UPOS_SYM)
            return NULL;
    return m;
}

void chronicle_begin(chronicle *c, const scene *s)
{
    *c = (chronicle){.block = UINT32_MAX};
    for (uint32_t n = 0; n < s->doc->sentences.n; n++) c->entries += day_of_entry(s, n) != NULL;
}

void chronicle_follow(chronicle *c, const scene *s, uint32_t n)
{
    const uint32_t here = s->doc->sentences.v[n].block;
    if (c->entries < 2 || here == c->block) return;
    c->block = here;
    c->day = day_of_entry(s, n);
}

void chronicle_date(const chronicle *c, claim *of)
{
    if (!c->day || of->has_date) return;
    of->has_date = true;
    of->date_at = c->day->at;
    of->date = c->day->date;
}
