#include "random_text.h"

#include <stdio.h>

#include "support.h"

static const char *const words[] = {
    "the",
    "a",
    "on",
    "in",
    "of",
    "last",
    "next",
    "this",
    "that",
    "same",
    "early",
    "late",
    "mid",
    "around",
    "about",
    "since",
    "until",
    "from",
    "to",
    "between",
    "and",
    "before",
    "after",
    "ago",
    "later",
    "earlier",
    "Monday",
    "Friday",
    "Sunday",
    "March",
    "May",
    "Nov.",
    "December",
    "February",
    "Feb",
    "summer",
    "winter",
    "quarter",
    "week",
    "month",
    "year",
    "day",
    "days",
    "weeks",
    "decade",
    "century",
    "night",
    "morning",
    "yesterday",
    "today",
    "tomorrow",
    "overnight",
    "weekend",
    "first",
    "second",
    "third",
    "31",
    "30",
    "29",
    "12",
    "7",
    "2",
    "1",
    "0",
    "2016",
    "1999",
    "1914",
    "480",
    "BC",
    "AD",
    "88",
    "'88",
    "1980s",
    "+-",
    "+,",
    "+.",
    "+//",
    "+'s",
    "2016-07-09",
    "28//04//2016",
    "9//9//99",
    "142300ZNOV19",
    "999999ZXXX99",
    "Jun",
    "142016",
    "7:15",
    "p.m.",
    "GMT",
    "Easter",
    "Christmas",
    "Ramadan",
    "2016",
    "Eid",
    "al-Fitr",
    "Passover",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "dozen",
    "half",
    "nineteen",
    "ninety-six",
    "several",
    "few",
    "dozens",
    "no",
    "at",
    "least",
    "more",
    "than",
    "up",
    "as",
    "many",
    "people",
    "civilians",
    "tanks",
    "Mi",
    "8",
    "Mi-8",
    "T-72B3",
    "F",
    "16",
    "rockets",
    "99999999999999999999",
    "1,500",
    "2.5",
    "%",
    "$",
    "(",
    ")",
    "[",
    "]",
    "will",
    "said",
    "killed",
    "\xE2\x80\x93",
    "\xD0\x9F",
    "XXXX",
    "--",
    "...",
    "29",
    "00000000",
    "long-range",
    "surface-to-air",
    "missiles",
    "the",
    "of",
    "fiscal",
    "past",
    "hours",
    "24",
    "recent",
    "every",
    "over",
    "during",
    "fortnight",
};

static uint64_t next(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u; /* splitmix64 (Steele, Lea and Flood 2014) */
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static void shake_analysis(document *d, uint64_t *state)
{
    for (size_t i = 0; i < d->tokens.n; i++) {
        token *t = &d->tokens.v[i];
        const sentence *s = &d->sentences.v[t->sentence];
        t->pos = (upos)(next(state) % N_UPOS);
        t->tag = (xpos)(next(state) % N_XPOS);
        t->rel = (deprel)(next(state) % N_DEPREL);
        t->head = next(state) % 8 ? (int32_t)(s->first + next(state) % s->n) : -1; /* cycles too */
    }
}

document *random_document(arena *a, uint64_t seed)
{
    uint64_t state = seed;
    char text[4000] = "";
    size_t n = 0;
    for (uint64_t k = 10 + next(&state) % 120; k > 0 && n + 64 < sizeof text; k--) {
        bool ends = next(&state) % 15 == 0;
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s",
                              words[next(&state) % (sizeof words / sizeof *words)], ends ? "\n" : " ");
    }
    static const char *const published[] = {"", "2019-11-15", "2016-02-29", "1941-01-01"};
    document *d = support_document_of(a, published[next(&state) % 4], text);
    for (size_t i = 0; i < d->sentences.n; i++) d->sentences.v[i].has_case = next(&state) % 4 > 0;
    if (next(&state) % 2) shake_analysis(d, &state);
    return d;
}
