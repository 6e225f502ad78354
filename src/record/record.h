/* record: every structure that one stage writes and a later one reads.
 * In: nothing. Out: the document and what hangs on it. All of it lives in the document's arena; text is
 * pointed into by spans and never changed, so that every value can be shown in the words it was read
 * from. */
#ifndef SITREP_RECORD_H
#define SITREP_RECORD_H

#include "base/array.h"
#include "base/error.h"
#include "record/labels.h"

/* Bytes of document.text: [start, start + len). */
typedef struct span {
    uint32_t start, len;
} span;

/* Proleptic Gregorian calendar; year 0 = no date. */
typedef struct civil_date {
    int16_t year;
    uint8_t month, day;
} civil_date;

/* ---- src/read -------------------------------------------------------------------------------- */

typedef enum block_kind {
    BLOCK_TITLE,
    BLOCK_PARAGRAPH,
    BLOCK_LIST_ITEM,
    BLOCK_CAPTION,
    BLOCK_NOTICE, /* share requests, donation calls, bylines, disclaimers: printed, never read for claims */
    BLOCK_FOREIGN /* in another language than English: printed, never cut into sentences */
} block_kind;

/* A sentence never crosses a block. Blocks stand in text order and do not overlap. */
typedef struct block {
    span at;
    block_kind kind;
} block;
typedef ARRAY(block) block_array;

/* text[text_start, next run's text_start) came from raw bytes beginning at raw_start. White space that was put between
 * two words or blocks stands where the bytes of the one before it end; so does the text's end. */
typedef struct raw_run {
    uint32_t text_start;
    uint64_t raw_start;
} raw_run;
typedef ARRAY(raw_run) raw_run_array;

#define RAW_NONE UINT64_MAX /* raw_start of text that stands nowhere in the bytes */

/* text[text_start, next mark's text_start) stands on the page of that number, from 1. */
typedef struct page_mark {
    uint32_t text_start, number;
} page_mark;
typedef ARRAY(page_mark) page_mark_array;

/* A character that came out wrongly decoded: where it stands in the text, and where in document.plain the one character
 * stands that was meant. */
typedef enum mend_side { MEND_TEXT, MEND_PLAIN } mend_side;
typedef struct mend {
    span at[2]; /* by mend_side */
} mend;
typedef ARRAY(mend) mend_array;

/* ---- src/token and src/syntax ---------------------------------------------------------------- */

typedef struct token {
    span at;
    str norm;          /* utf8_fold of its plain text */
    str lemma;         /* lower case but for proper nouns; src/syntax */
    int32_t head;      /* index into document.tokens; -1 = root of its sentence */
    uint32_t sentence; /* index into document.sentences */
    upos pos;          /* universal part of speech */
    xpos tag;          /* Penn Treebank tag */
    deprel rel;        /* relation to head, Universal Dependencies 2 */
    bool space_before; /* white space or a block's start stands before it */
} token;
typedef ARRAY(token) token_array;

typedef struct sentence {
    span at;           /* from its first token to its last */
    uint32_t first, n; /* tokens */
    uint32_t block;    /* index into document.blocks */
    bool is_headline;  /* stands in a title, or is written like one */
    bool is_notice;    /* of a BLOCK_NOTICE, or itself furniture: no claims */
    bool has_case;     /* letter case tells something: false in ALL CAPS and all-lower sentences */
} sentence;
typedef ARRAY(sentence) sentence_array;

/* What a word may tell of a happening: its type, its status, the part that a phrase plays in it. */
typedef enum hint_kind { HINT_HAPPENING, HINT_STATUS, HINT_ROLE, N_HINT_KIND } hint_kind;

typedef struct hint_names {
    const str *name;                 /* of each column; the first of each kind is "-", none */
    uint32_t first[N_HINT_KIND + 1]; /* a kind's columns: from first[kind] up to first[kind + 1] */
} hint_names;

#define HINT_UNIT 0.125 /* natural logarithm of odds that one step of a score is worth */

/* The net's scores, raw: the softmax of a kind's columns gives their likelihoods. */
typedef struct hint_scores {
    const hint_names *names; /* belongs to the language model; NULL = it gives no hints */
    int8_t *score;           /* a row of names->first[N_HINT_KIND] for each token */
} hint_scores;

enum { PAIR_MAX_ROLES = 16 };

/* How two words stand to each other, as the encoder sees it: a word that tells of a happening asks with its query, any
 * word of the same window answers with its key. Each role is likely or not by itself. */
typedef struct pair_scores {
    uint32_t n_roles, width; /* at most PAIR_MAX_ROLES */
    const str *role;
    uint32_t *window; /* of each token, 0 = not read */
    const float *
        *query;        /* of each token: n_roles rows of width, then n_roles single numbers; NULL = none */
    const float **key; /* of each token: width numbers, then n_roles single numbers; NULL = none */
} pair_scores;

/* ---- src/mention and src/place --------------------------------------------------------------- */

/* Values of UCDP GED's where_prec. */
enum {
    PRECISION_EXACT = 1,
    PRECISION_NEAR,
    PRECISION_ADMIN2,
    PRECISION_ADMIN1,
    PRECISION_WIDER,
    PRECISION_COUNTRY,
    PRECISION_SEA
};

typedef struct place {
    str name;           /* the gazetteer's; as written where unresolved */
    uint32_t geonameid; /* 0 = unresolved */
    str feature;        /* GeoNames feature code, "PPL" … */
    str country;        /* ISO 3166-1 alpha-2 */
    str admin1, admin2;
    double lat, lon; /* degrees, WGS 84; read only where has_point */
    bool has_point;
    uint32_t radius_m; /* 0 = not known */
    uint8_t precision; /* UCDP GED where_prec 1 to 7; 0 = unresolved */
    place_match match;
    uint32_t n_rivals; /* other entries of the same spelling */
} place;

typedef struct date {
    char edtf[48];       /* EDTF level 1; "" = none */
    civil_date from, to; /* bound the EDTF; year 0 where the year is unknown */
    uint8_t precision;   /* UCDP GED date_prec 1 to 5; 0 = none */
    date_basis basis;
} date;

/* "at least 6": low 6, best 6, no high. All has_* false: vague words ("dozens"). */
typedef struct quantity {
    int64_t low, best, high;
    bool has_low, has_best, has_high;
    str of; /* lemma of what is counted, "" = nothing named */
} quantity;

/* Something that the text names. Which of the parts at the end is filled depends on `kind`. */
typedef struct mention {
    mention_kind kind;
    span at;           /* without a leading article */
    uint32_t first, n; /* tokens that it covers */
    uint32_t head;     /* token index of its head word */
    uint32_t chain;    /* document.mentions of one thing share it; from 1; 0 = not set */
    bool is_named;     /* a proper name, not a description ("militants") or a pronoun */
    bool is_pronoun;   /* kept for the chains; `sitrep mentions` does not print it */
    str name, entity;  /* of the actor table, "" = unknown; weapons: name = the table's name */
    actor_kind actor;  /* people, organisations, nationalities */
    str country;       /* ISO 3166-1 alpha-2 of the actor or adjective, "" = unknown */
    str weapon_class;  /* weapons and platforms: "helicopter", "rifle" … */
    place place;
    place_use use;    /* of locations */
    date date;        /* of these words alone */
    date interval;    /* "between 9 and 12 March", "since Monday": what this and a second date or a word
                             bound together; the same on both; edtf "" = none. A happening takes this one */
    span interval_at; /* its words */
    bool dates_text;  /* when the text was written or what it knows, "Updated 5 May 2016", "as of Friday" */
    quantity quantity;
} mention;
typedef ARRAY(mention) mention_array;

/* ---- src/claim ------------------------------------------------------------------------------- */

typedef struct claim_actor {
    actor_role role;
    span at;
    uint32_t token; /* the word that stands in the role: a pronoun where `at` is its antecedent */
    str name, entity, country; /* "" = unknown */
    actor_kind kind;
} claim_actor;
typedef ARRAY(claim_actor) claim_actor_array;

typedef struct claim_place {
    place_role role;
    span at;
    place place;
} claim_place;
typedef ARRAY(claim_place) claim_place_array;

typedef struct claim_count {
    span at;
    quantity number; /* .of: what is counted */
} claim_count;
typedef ARRAY(claim_count) claim_count_array;

typedef struct claim_weapon {
    span at;
    str weapon_class, name;
    quantity number;
} claim_weapon;
typedef ARRAY(claim_weapon) claim_weapon_array;

typedef struct claim_claimant {
    span at;
    uint32_t token; /* as in claim_actor */
    str name;
    actor_kind kind;
} claim_claimant;
typedef ARRAY(claim_claimant) claim_claimant_array;

typedef struct claim_loaded {
    span at;
    str neutral;
} claim_loaded;
typedef ARRAY(claim_loaded) claim_loaded_array;

typedef ARRAY(span) span_array;

/* What a type of the codebook is called elsewhere; shared, belongs to the codebook. */
typedef struct claim_codes {
    str plover, plover_mode, cameo, acled; /* "" = none */
    int ucdp_violence;                     /* 1 to 3; 0 = none */
} claim_codes;

typedef struct claim {
    char id[24]; /* "clm_" and 16 hex digits */
    str type;
    const claim_codes *codes;
    claim_status status;
    span trigger;
    uint32_t trigger_token; /* the head word of the trigger */
    span evidence;          /* its sentence, or the sentences that it was put together from */
    span_array hedges;
    claim_actor_array actors;
    claim_place_array places;
    bool has_date;
    span date_at;
    date date;
    bool has_killed, has_injured;
    claim_count killed, injured;
    claim_count_array counts;
    claim_weapon_array weapons;
    claim_claimant_array claimants; /* nearest first */
    claim_loaded_array loaded;
    double confidence; /* 0 to 1 */
    str rule;          /* "type/line" of the codebook rule that made it */
    int32_t event;     /* claims of one happening in this document share it; -1 = alone */
} claim;
typedef ARRAY(claim) claim_array;

/* ---- the document ---------------------------------------------------------------------------- */

struct trace; /* record/trace.h */

typedef ARRAY(error) note_array;

/* A video, picture or sound that belongs to a document. */
typedef struct media_link {
    str url, type; /* type: MIME, "text/html" of players in frames; "" = not told */
    str caption;   /* what is written below it, else in its place; "" = nothing */
} media_link;
typedef ARRAY(media_link) media_array;

/* "" (ptr NULL) = not given. Chain of custody: `path` and `source_offset` say where the bytes lie, `sha256`
 * what they were, `retrieved` when they were fetched. */
typedef struct document {
    arena *arena;
    str id, url, title, author, publisher, licence, language;
    str path;               /* the file that it was read from; inside a zip: "FILE/MEMBER" */
    uint64_t source_offset; /* where it begins there: its line, its record, the gzip member of its record */
    str retrieved;          /* ISO 8601 with time, as the archive says */
    char sha256[65];        /* of the bytes as read, hex; of an archive's page the body without its transfer
                               and content encodings */
    note_array notes;       /* to be told of it, though it was read */
    civil_date published, updated; /* updated: its own word of the last change */
    media_array media;             /* in the order in which the document names them */
    str text;                      /* valid UTF-8, no NUL; what `sitrep text` prints */
    raw_run_array raw_runs;        /* empty = text is the raw bytes */
    page_mark_array pages;         /* of paged documents, by text_start; else empty */
    str plain;        /* the text with its wrongly decoded characters mended; src/token/mend.h */
    mend_array mends; /* in text order; empty = plain is not given, for the text needs no mending */
    str foreign;      /* the language that nearly all of it is in, where that is not English: "Arabic" */
    block_array blocks;
    token_array tokens;
    sentence_array sentences;
    hint_scores hints;
    hint_scores deep_hints; /* the encoder's; words that it did not read tell of nothing */
    pair_scores pairs;
    mention_array mentions; /* in text order */
    mention_array
        allusions; /* places that are named but nothing is said to be there: their use is not NAMED_PLACE. Printed with
                                the mentions, in text order as those; no claim looks at them */
    claim_array claims;  /* in text order of their triggers */
    struct trace *trace; /* why they are there; NULL = not asked for */
} document;

/* The words of a span as they were written: what is shown. */
static inline str document_str(const document *d, span s)
{
    return str_part(d->text, s.start, s.len);
}

/* A place on one side of the mends as the place on the other. Places inside a mended character become its end. */
static inline uint32_t document_across(const document *d, uint32_t at, mend_side from)
{
    size_t low = 0, high = d->mends.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (d->mends.v[mid].at[from].start < at) low = mid + 1;
        else high = mid;
    }
    if (!low) return at;
    span a = d->mends.v[low - 1].at[from], b = d->mends.v[low - 1].at[!from];
    uint32_t behind = at > a.start + a.len ? at - a.start - a.len : 0;
    return b.start + b.len + behind;
}

/* The words of a span as they were meant: what the analysis reads. */
static inline str document_plain(const document *d, span s)
{
    if (!d->mends.n) return document_str(d, s);
    uint32_t start = document_across(d, s.start, MEND_TEXT);
    return str_part(d->plain, start, document_across(d, s.start + s.len, MEND_TEXT) - start);
}

/* The span in the text of a part of what document_plain gave. */
static inline span document_span(const document *d, str part)
{
    if (!d->mends.n) return (span){(uint32_t)(part.ptr - d->text.ptr), (uint32_t)part.len};
    uint32_t at = (uint32_t)(part.ptr - d->plain.ptr), start = document_across(d, at, MEND_PLAIN);
    return (span){start, document_across(d, at + (uint32_t)part.len, MEND_PLAIN) - start};
}

/* What is printed as mentions, one by one: mentions but for pronouns, and allusions, in text order. *i and *k, 0 at first,
 * count through both. NULL at the end. */
static inline const mention *document_next_named(const document *d, size_t *i, size_t *k)
{
    while (*i < d->mentions.n && d->mentions.v[*i].is_pronoun) ++*i;
    const mention *m = *i < d->mentions.n ? &d->mentions.v[*i] : NULL;
    const mention *a = *k < d->allusions.n ? &d->allusions.v[*k] : NULL;
    if (a && (!m || a->at.start < m->at.start)) return ++*k, a;
    if (m) ++*i;
    return m;
}

static inline uint32_t span_end(span s)
{
    return s.start + s.len;
}

/* Raw byte offset of a text offset; RAW_NONE = it has none. Of the end of a span it is the offset behind the bytes that
 * the span's last character was read from. */
static inline uint64_t document_raw(const document *d, uint32_t at)
{
    size_t low = 0, high = d->raw_runs.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (d->raw_runs.v[mid].text_start <= at) low = mid + 1;
        else high = mid;
    }
    if (!low) return at;
    const raw_run *r = &d->raw_runs.v[low - 1];
    return r->raw_start == RAW_NONE ? RAW_NONE : r->raw_start + (at - r->text_start);
}

/* The raw bytes [*start, *end) of a span; false where it stands in none, or its ends in the wrong order. */
static inline bool document_raw_span(const document *d, span s, uint64_t *start, uint64_t *end)
{
    *start = document_raw(d, s.start);
    *end = document_raw(d, s.start + s.len);
    return *start != RAW_NONE && *end != RAW_NONE && *start < *end;
}

/* The page of a paged document on which a byte of its text stands; 0 = the document has no pages. */
static inline uint32_t document_page(const document *d, uint32_t at)
{
    size_t low = 0, high = d->pages.n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (d->pages.v[mid].text_start <= at) low = mid + 1;
        else high = mid;
    }
    return low ? d->pages.v[low - 1].number : 0;
}

/* From the start of the first to the end of the last. */
static inline span span_join(span a, span b)
{
    uint32_t start = a.start < b.start ? a.start : b.start;
    uint32_t end = span_end(a) > span_end(b) ? span_end(a) : span_end(b);
    return (span){start, end - start};
}

static inline bool span_overlaps(span a, span b)
{
    return a.start < span_end(b) && b.start < span_end(a);
}

#endif
