/* Names that no table knows: runs of capitalised words and proper nouns. */
#include "mention/reading.h"

#include "base/utf8.h"

static bool in(const reading *r, word_set set, uint32_t t)
{
    return lexicon_has(r->lex, set, r->key[t]);
}

static bool is_initial(const reading *r, uint32_t t)
{
    const sentence *s = reading_sentence(r, t);
    for (uint32_t i = s->first; i < t; i++)
        if (r->key[i].len) return false;
    return true;
}

/* "in ahmedabad": where nothing is written large, a noun behind a preposition of place that the gazetteer knows. */
static bool is_small_town(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    bool noun = k->pos == UPOS_NOUN || k->pos == UPOS_X || k->pos == UPOS_ADJ;
    if (!r->places || !noun || is_initial(r, t) || !in(r, SET_STRONG, t - 1)) return false;
    if (lexicon_head(r->lex, r->lemma[t]).known || in(r, SET_AFTER, t) || in(r, SET_BEFORE, t)
        || in(r, SET_NOT_PLACE, t) || in(r, SET_SIDE, t))
        return false;
    return reading_place(r, t, t + 1).population > 10000;
}

/* A word in letters of another script than Latin: in a text in English nearly always a name. */
static bool is_other_script(const reading *r, uint32_t t)
{
    str word = document_plain(r->doc, reading_token(r, t)->at);
    uint32_t c = 0;
    if (word.len) utf8_decode(word, 0, &c);
    return c >= 0x370 && c != 0x2019 && utf8_is_letter(c) && !(c >= 0x1E00 && c < 0x1F00)
           && (c < 0x2000 || c > 0x2BFF);
}

/* A word that can be the whole of a name. */
static bool is_name_word(const reading *r, uint32_t t)
{
    const token *k = reading_token(r, t);
    if (!r->key[t].len || r->taken[t] || r->name_at[t] != NO_NAME) return false;
    if (k->pos == UPOS_PROPN || is_other_script(r, t)) return true;
    if (k->tag == XPOS_NNP && reading_is_upper(r, t)) return true; /* "New Delhi denied it" */
    if (!reading_sentence(r, t)->has_case) return is_small_town(r, t);
    if (!reading_is_upper(r, t)) return false;
    bool open = k->pos == UPOS_NOUN || k->pos == UPOS_ADJ || k->pos == UPOS_X;
    return open && !is_initial(r, t) && !reading_sentence(r, t)->is_headline;
}

/* "al - Bab", "ash Shaykh": an article before a name. */
static bool is_article_of_name(const reading *r, uint32_t t)
{
    if (!r->key[t].len || r->taken[t] || r->name_at[t] != NO_NAME || !in(r, SET_ARTICLE, t)) return false;
    if (t + 1 >= r->doc->tokens.n) return false;
    upos pos = reading_token(r, t)->pos; /* "As Deputy Secretary", "at Basra" begin no name */
    bool word = pos == UPOS_ADP || pos == UPOS_SCONJ || pos == UPOS_ADV || pos == UPOS_DET;
    return reading_is_joint(r, t + 1) || (!word && is_name_word(r, t + 1));
}

/* "Abu Bakr al - Baghdadi", "Ole von Uexkull": small words within. */
static uint32_t particle_end(const reading *r, uint32_t t, uint32_t limit)
{
    uint32_t i = t;
    while (i < limit && i < t + 3 && r->key[i].len && in(r, SET_PARTICLE, i) && !r->taken[i]
           && !reading_is_upper(r, i))
        i++;
    if (i == t || i >= limit) return t;
    if (reading_is_joint(r, i) && i + 1 < limit) i++;
    return is_name_word(r, i) ? i : t;
}

/* Whether the tree lets two neighbours be of one name. */
static bool holds_together(const reading *r, uint32_t a, uint32_t b)
{
    const token *x = reading_token(r, a), *y = reading_token(r, b);
    if (x->head < 0 && y->head < 0) return true;
    if (in(r, SET_GIVEN, a) && y->pos == UPOS_PROPN && x->pos == UPOS_PROPN) return true;
    deprel d = deprel_universal(x->rel);
    if (x->head > (int32_t)a && y->head != (int32_t)a)
        return d == DEPREL_COMPOUND || d == DEPREL_AMOD || d == DEPREL_NMOD || d == DEPREL_FLAT
               || d == DEPREL_NUMMOD || d == DEPREL_GOESWITH;
    d = deprel_universal(y->rel);
    return d == DEPREL_FLAT || d == DEPREL_COMPOUND || d == DEPREL_GOESWITH || d == DEPREL_APPOS
           || d == DEPREL_LIST || d == DEPREL_NUMMOD || d == DEPREL_DEP || d == DEPREL_NMOD
           || d == DEPREL_CONJ;
}

static uint32_t next_word(const reading *r, uint32_t t, uint32_t limit)
{
    uint32_t i = t + 1;
    if (i < limit && reading_is_joint(r, i)) i++;
    return i;
}

static bool is_organisation_word(const reading *r, uint32_t t)
{
    return lexicon_shape(r->lex, SHAPE_ORG, r->key[t]).known;
}

static bool is_free_name(const reading *r, uint32_t t, uint32_t limit)
{
    return t < limit && (is_name_word(r, t) || is_article_of_name(r, t));
}

static uint32_t run_end(const reading *r, uint32_t first, uint32_t limit)
{
    uint32_t last = first;
    for (;;) {
        uint32_t t = next_word(r, last, limit);
        if (t >= limit) break;
        uint32_t p = particle_end(r, t, limit);
        if (p != t) {
            last = p;
        } else if (is_free_name(r, t, limit)
                   && (t > last + 1 || holds_together(r, last, t) || is_article_of_name(r, last))) {
            last = t;
        } else {
            break;
        }
    }
    return last + 1;
}

/* "Ministry of Defence", "Organisation for the Prohibition of …": a body's name runs on. */
static uint32_t body_end(const reading *r, uint32_t first, uint32_t end, uint32_t limit)
{
    bool body = false;
    for (uint32_t t = first; t < end; t++) body = body || is_organisation_word(r, t);
    while (body && end < limit) {
        uint32_t t = end;
        while (t < limit && t < end + 3 && r->key[t].len && in(r, SET_INNER, t) && !r->taken[t]) t++;
        bool joins = t > end && t < limit && !str_is(r->key[end], "in") && !str_is(r->key[end], "to")
                     && !str_is(r->key[end], "and");
        if (!joins) break;
        uint32_t over = r->name_at[t];
        if (over != NO_NAME && r->names.v[over].kind == PROPER_NATION && str_is(r->key[end], "of"))
            return end;
        if (!is_name_word(r, t)) break;
        end = run_end(r, t, limit);
    }
    return end;
}

/* "Sistan and Baluchestan", "Line of Control": names that are one where the gazetteer has both together. */
static uint32_t known_end(const reading *r, uint32_t first, uint32_t end, uint32_t limit)
{
    if (!r->places || end + 1 >= limit || !is_free_name(r, end + 1, limit)) return end;
    bool of = str_is(r->key[end], "of");
    if (!of && !str_is(r->key[end], "and") && !str_is(r->key[end], "&")) return end;
    for (uint32_t far = run_end(r, end + 1, limit); far > end + 1; far--) {
        const place_hint h = reading_place(r, first, far);
        if (h.known && (of || h.is_admin || h.is_country)) return far;
    }
    return end;
}

enum { TOWN = 15000, MAX_TAIL = 5 };

/* Words that a name may go on with, whatever the tree says of them. */
static bool may_go_on(const reading *r, uint32_t t)
{
    if (r->taken[t] || r->name_at[t] != NO_NAME) return false;
    return reading_is_joint(r, t) || (r->key[t].len && reading_is_upper(r, t)) || in(r, SET_PARTICLE, t)
           || in(r, SET_INNER, t) || str_is(r->key[t], "upon")
           || reading_is_clitic(r, t); /* "Cox's Bazar" */
}

/* "Bat Yam", "Pyin Oo Lwin", "Newcastle upon Tyne", "Komsomolsk-on-Amur": as far as the gazetteer has a town of some size. */
static uint32_t town_end(const reading *r, uint32_t first, uint32_t end, uint32_t limit)
{
    uint32_t most = end;
    while (most < limit && most < end + MAX_TAIL && may_go_on(r, most)) most++;
    if (!r->places || !reading_sentence(r, first)->has_case) return end;
    for (uint32_t far = most; far > end; far--) {
        const bool word =
            r->key[far - 1].len && reading_is_upper(r, far - 1) && !in(r, SET_DETERMINER, far - 1);
        if (!word || reading_token(r, far - 1)->pos == UPOS_DET) continue;
        const place_hint h = reading_place(r, first, far);
        const bool generic = in(r, SET_AFTER, far - 1); /* "Ben Gurion International Airport" */
        if (h.known && !h.is_country && (h.population >= TOWN || h.is_admin || generic)) return far;
    }
    return end;
}

static bool is_quote(const reading *r, uint32_t t)
{
    str w = reading_token(r, t)->norm;
    return str_is(w, "\"") || str_is(w, "''") || str_is(w, "``") || str_is(w, "'");
}

enum { NICKNAME_WORDS = 4 };

/* Ismael "El Mayo" Zambada: a name goes on behind the nickname within. */
static uint32_t nickname_end(const reading *r, uint32_t first, uint32_t end, uint32_t limit)
{
    if (end - first > 3 || end + 2 >= limit || !is_quote(r, end) || !is_name_word(r, end + 1)) return end;
    uint32_t t = end + 1;
    while (t + 1 < limit && t <= end + NICKNAME_WORDS && r->key[t].len && reading_is_upper(r, t)) t++;
    const bool goes_on = t > end + 1 && t + 1 < limit && is_quote(r, t)
                         && reading_token(r, t + 1)->space_before && is_free_name(r, t + 1, limit);
    return goes_on ? run_end(r, t + 1, limit) : end;
}

/* "Birnin Gwari Local Government Area", "Kaura Namoda Village": the capitalised generic behind a name of several words, which
 * the tree hangs apart. */
static uint32_t generic_tail(const reading *r, uint32_t first, uint32_t end, uint32_t limit)
{
    uint32_t t = end;
    if (end - first < 2 || !reading_sentence(r, first)->has_case) return end;
    while (t < limit && may_go_on(r, t) && reading_is_upper(r, t) && in(r, SET_BETWEEN, t)) t++;
    const bool generic = t < limit && may_go_on(r, t) && reading_is_upper(r, t) && in(r, SET_AFTER, t);
    return generic ? t + 1 : end;
}

/* "Sam's Club", "St. Mary's Cathedral": one capitalised word of a venue behind the possessive. */
static uint32_t possessive_tail(const reading *r, uint32_t first, uint32_t end, uint32_t limit)
{
    const sentence *s = reading_sentence(r, first);
    if (!s->has_case || s->is_headline || end + 1 >= limit || !reading_is_clitic(r, end)) return end;
    const uint32_t t = end + 1;
    const bool venue = in(r, SET_VENUE, t) && reading_is_upper(r, t) && may_go_on(r, t);
    return venue && (t + 1 == limit || !reading_is_upper(r, t + 1)) ? t + 1 : end;
}

/* "the My Lai Massacre": what happened is no part of the name of where it did. */
static uint32_t before_event(const reading *r, uint32_t first, uint32_t end)
{
    const bool cut = r->places && end - first > 1 && in(r, SET_EVENT, end - 1)
                     && reading_sentence(r, first)->has_case && !reading_is_joint(r, end - 2);
    return cut && reading_place(r, first, end - 1).known ? end - 1 : end;
}

/* "117th Street", "3rd Avenue" */
static bool is_numbered_street(const reading *r, uint32_t t, uint32_t limit)
{
    const str k = r->key[t];
    const bool ordinal = k.len > 2 && k.ptr[0] >= '0' && k.ptr[0] <= '9'
                         && (str_ends(k, STR("st")) || str_ends(k, STR("nd")) || str_ends(k, STR("rd"))
                             || str_ends(k, STR("th")));
    return ordinal && t + 1 < limit && r->name_at[t] == NO_NAME && !r->taken[t + 1]
           && reading_is_upper(r, t + 1) && in(r, SET_STREET, t + 1) && reading_sentence(r, t)->has_case;
}

/* "An Nu'maniyah": an article that the tagger takes for a word of English. */
static bool is_article_of_town(const reading *r, uint32_t t, uint32_t limit)
{
    return t + 1 < limit && reading_is_upper(r, t) && !r->taken[t] && r->name_at[t] == NO_NAME
           && in(r, SET_ARTICLE, t) && is_name_word(r, t + 1) && town_end(r, t, t + 1, limit) > t + 1;
}

/* "Central China", "Anglophone Cameroon": words of a side before a nation are no name of their own. */
static bool is_side_of_nation(const reading *r, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end; t++)
        if (r->key[t].len && !in(r, SET_SIDE, t)) return false;
    return end < sentence_end(reading_sentence(r, first)) && r->name_at[end] != NO_NAME
           && r->names.v[r->name_at[end]].kind == PROPER_NATION && reading_token(r, end)->space_before;
}

/* "Provinces" of "Kunduz and Helmand Provinces" belongs to both and is no name of its own. */
static bool is_shared_generic(const reading *r, uint32_t t)
{
    if (!in(r, SET_AFTER, t) || !str_ends(r->key[t], STR("s")) || !r->names.n) return false;
    const proper_name *before = &r->names.v[r->names.n - 1];
    return before->end == t && reading_token(r, before->first)->sentence == reading_token(r, t)->sentence;
}

static bool is_worth(const reading *r, uint32_t first, uint32_t end)
{
    if (end - first > 1) return !lexicon_has(r->lex, SET_NOT_NAME, reading_key(r, first, end));
    if (in(r, SET_EVENT, first) && !is_initial(r, first) && r->name_at[first - 1] != NO_NAME) return false;
    if (in(r, SET_NOT_NAME, first) || is_shared_generic(r, first)) return false;
    return r->key[first].len > 1 && !(r->key[first].ptr[0] >= '0' && r->key[first].ptr[0] <= '9');
}

/* "Secretary of State John Kerry": the name begins behind the office. */
static bool is_office(const reading *r, uint32_t t, uint32_t limit)
{
    enum { OFFICE_WORDS = 5 };
    const uint32_t start = reading_sentence(r, t)->first;
    if (!in(r, SET_OFFICE, t)) return false;
    for (uint32_t i = t; i-- > start && t - i <= OFFICE_WORDS;) {
        if (!str_is(r->key[i], "of") || i == start) continue;
        const uint32_t end = reading_office_end(r, i - 1);
        return t < end && end < limit && is_name_word(r, end);
    }
    return false;
}

void names_by_shape(reading *r)
{
    const size_t n = r->doc->tokens.n;
    const size_t known = r->names.n;
    for (uint32_t t = 0; t < n;) {
        const uint32_t limit = sentence_end(reading_sentence(r, t));
        if (is_numbered_street(r, t, limit)) {
            names_add(r, (proper_name){.first = t,
                                       .end = t + 2,
                                       .kind = PROPER_UNDECIDED,
                                       .key = reading_key(r, t, t + 2)});
            t += 2;
            continue;
        }
        if ((!is_free_name(r, t, limit) && !is_article_of_town(r, t, limit)) || is_office(r, t, limit)) {
            t++;
            continue;
        }
        uint32_t end = body_end(r, t, run_end(r, t, limit), limit);
        if (end > limit) end = limit;
        end = generic_tail(r, t, town_end(r, t, known_end(r, t, end, limit), limit), limit);
        end = before_event(r, t, nickname_end(r, t, end, limit));
        end = possessive_tail(r, t, end, limit);
        if (is_worth(r, t, end) && !is_side_of_nation(r, t, end))
            names_add(r,
                      (proper_name){
                          .first = t, .end = end, .kind = PROPER_UNDECIDED, .key = reading_key(r, t, end)});
        t = end;
    }
    if (r->names.n > known) names_sort(r);
}
