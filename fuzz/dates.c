/* A target for libFuzzer: sentences about when, put together from the words that dates are made of, one word a byte. What
 * comes out must be EDTF that a small reader of its own accepts, its bounds in order, its precision among UCDP's. */
#include <ctype.h>
#include <sitrep.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static sitrep *engine;
static sitrep_worker *worker;

static const char *const words[] = {"On",         "in",
                                    "the",        "of",
                                    "since",      "until",
                                    "between",    "and",
                                    "from",       "to",
                                    "before",     "after",
                                    "by",         "around",
                                    "early",      "late",
                                    "mid",        "last",
                                    "next",       "this",
                                    "previous",   "following",
                                    "same",       "that",
                                    "first",      "second",
                                    "third",      "end",
                                    "beginning",  "half",
                                    "quarter",    "Q3",
                                    "fiscal",     "day",
                                    "days",       "week",
                                    "weeks",      "month",
                                    "months",     "year",
                                    "years",      "decade",
                                    "century",    "ago",
                                    "later",      "earlier",
                                    "yesterday",  "today",
                                    "tomorrow",   "tonight",
                                    "overnight",  "morning",
                                    "night",      "dawn",
                                    "noon",       "Monday",
                                    "Friday",     "weekend",
                                    "January",    "May",
                                    "March",      "Nov.",
                                    "December",   "spring",
                                    "winter",     "Ramadan",
                                    "Muharram",   "Aban",
                                    "Nisan",      "Meskerem",
                                    "Tet",        "Diwali",
                                    "Vesak",      "Easter",
                                    "Orthodox",   "Passover",
                                    "Eid",        "al",
                                    "Fitr",       "Christmas",
                                    "1",          "3",
                                    "7th",        "12",
                                    "29",         "30",
                                    "31",         "31st",
                                    "366",        "0",
                                    "99",         "480",
                                    "622",        "1398",
                                    "1441",       "1985",
                                    "1999",       "2000",
                                    "2016",       "2019",
                                    "2100",       "5779",
                                    "9999",       "1980s",
                                    "'80s",       "nineties",
                                    "BC",         "AD",
                                    "two",        "twenty",
                                    "several",    "few",
                                    "a",          "couple",
                                    "XXXX",       "2016-02-30",
                                    "2016-02-29", "03/04/2016",
                                    "13/12/99",   "4.28.16",
                                    "20160709",   "142300ZNOV19",
                                    "312359ZFEB", "Jun",
                                    "142016",     "14Jun2016",
                                    "10:35",      "a.m.",
                                    "0400",       "hours",
                                    "GMT",        "5",
                                    "o'clock",    "minutes",
                                    "then",       "now",
                                    "recently",   "possibly",
                                    "about",      "~",
                                    "?",          "/",
                                    "-",          "\xE2\x80\x93",
                                    ",",          ".",
                                    ";",          "(",
                                    ")",          "[",
                                    "said",       "will",
                                    "fell",       "began",
                                    "troops",     "war",
                                    "offensive",  "\n",
                                    "\n\n",       "KABUL"};

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    sitrep_options options;
    sitrep_options_init(&options);
    options.rules_alone = true;
    engine = sitrep_open(&options, NULL);
    worker = engine ? sitrep_worker_open(engine, NULL) : NULL;
    if (!worker) abort();
    return 0;
}

/* Digits and X's, at least `n` of them. */
static bool read_digits(const char **s, int n)
{
    int seen = 0;
    while (isdigit((unsigned char)**s) || **s == 'X') (*s)++, seen++;
    return seen == n;
}

/* -YYYY-MM-DD as far as it goes, a mark behind it. */
static bool read_point(const char **s)
{
    if (**s == '-') (*s)++;
    if (!read_digits(s, 4)) return false;
    for (int i = 0; i < 2 && **s == '-'; i++) {
        (*s)++;
        if (!read_digits(s, 2)) return false;
    }
    if (**s && strchr("~?%", **s)) (*s)++;
    return true;
}

static bool is_edtf(const char *s)
{
    bool open = strncmp(s, "../", 3) == 0;
    if (open) s += 3;
    if (!read_point(&s)) return false;
    if (!open && *s == '/') {
        s++;
        if (strcmp(s, "..") == 0) return true;
        if (!read_point(&s)) return false;
    }
    return *s == 0;
}

static void check(const sitrep_date *d)
{
    if (!d || !d->edtf || !*d->edtf) return;
    bool in_order =
        !d->from || !d->to || d->from[0] == '-' || d->to[0] == '-' || strcmp(d->from, d->to) <= 0;
    if (!is_edtf(d->edtf) || !in_order || d->precision < 1 || d->precision > 5) {
        fprintf(stderr, "%s [%s, %s] %d\n", d->edtf, d->from ? d->from : "", d->to ? d->to : "",
                d->precision);
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[1 << 14];
    size_t n = 0;
    for (size_t i = 0; i < size && n + 32 < sizeof text; i++) {
        const char *w = words[data[i] % (sizeof words / sizeof *words)];
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n && data[i] < 200 ? " " : "", w);
    }
    sitrep_source_options options;
    sitrep_result r;
    sitrep_source_options_init(&options);
    options.format = SITREP_FORMAT_TEXT;
    sitrep_source *source = sitrep_source_open(&options, NULL);
    if (!source || !sitrep_source_add_bytes(source, "fuzz", text, n, NULL)) abort();
    while (sitrep_read(worker, source, &r)) {
        for (size_t i = 0; r.document && i < sitrep_document_mention_count(r.document); i++)
            check(sitrep_document_mention(r.document, i)->date);
        for (size_t i = 0; r.document && i < sitrep_document_claim_count(r.document); i++)
            check(sitrep_document_claim(r.document, i)->date);
    }
    sitrep_source_close(source);
    return 0;
}
