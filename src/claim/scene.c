#include "claim/scene.h"

#include "base/utf8.h"

enum { MAX_CLIMB = 64 };

static uint32_t *filled(arena *a, size_t n, uint32_t value)
{
    uint32_t *v = arena_new(a, uint32_t, n ? n : 1);
    for (size_t i = 0; i < n; i++) v[i] = value;
    return v;
}

static void index_mentions(scene *s)
{
    const document *d = s->doc;
    for (uint32_t i = 0; i < d->mentions.n; i++) {
        const mention *m = &d->mentions.v[i];
        uint32_t *at = NULL, *over = NULL;
        switch (m->kind) {
        case MENTION_PERSON:
        case MENTION_ORGANISATION:
        case MENTION_NATIONALITY: at = s->who_at; break;
        case MENTION_LOCATION: at = s->place_at, over = s->place_over; break;
        case MENTION_PLATFORM:
        case MENTION_WEAPON: at = s->weapon_at; break;
        case MENTION_DATE: at = s->date_at, over = s->date_over; break;
        case MENTION_QUANTITY: at = s->count_at; break;
        case N_MENTION_KIND: break;
        }
        if (at && m->head < d->tokens.n && at[m->head] == MAP_NONE) at[m->head] = i;
        for (uint32_t t = m->first; over && t < m->first + m->n && t < d->tokens.n; t++) over[t] = i;
    }
}

static void index_sentences(scene *s)
{
    const document *d = s->doc;
    s->first_mention = arena_new(s->arena, uint32_t, d->sentences.n + 1);
    uint32_t m = 0;
    for (uint32_t n = 0; n < d->sentences.n; n++) {
        while (m < d->mentions.n && d->mentions.v[m].at.start < d->sentences.v[n].at.start) m++;
        s->first_mention[n] = m;
    }
    s->first_mention[d->sentences.n] = (uint32_t)d->mentions.n;
}

void scene_init(scene *s, const codebook *book, document *d)
{
    size_t n = d->tokens.n;
    *s = (scene){.book = book, .doc = d, .arena = d->arena};
    uint32_t **arrays[] = {&s->first_child, &s->next_sibling, &s->who_at,     &s->place_at, &s->weapon_at,
                           &s->date_at,     &s->count_at,     &s->place_over, &s->date_over};
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++) *arrays[i] = filled(s->arena, n, NO_TOKEN);
    for (uint32_t t = (uint32_t)n; t-- > 0;) {
        int32_t h = d->tokens.v[t].head;
        if (h < 0 || (size_t)h >= n || h == (int32_t)t) continue;
        s->next_sibling[t] = s->first_child[h];
        s->first_child[h] = t;
    }
    s->harm = arena_new(s->arena, uint8_t, n + 1);
    index_mentions(s);
    index_sentences(s);
}

void scene_find_classes(scene *s)
{
    const document *d = s->doc;
    s->sentence_classes = arena_new(s->arena, uint64_t, d->sentences.n + 1);
    for (uint32_t n = 0; n < d->sentences.n; n++) {
        const sentence *sent = &d->sentences.v[n];
        for (uint32_t t = sent->first; !sent->is_notice && t < sent->first + sent->n; t++)
            s->sentence_classes[n] |= codebook_class_bits(s->book, scene_word(s, t));
        s->document_classes |= s->sentence_classes[n];
    }
}

uint64_t scene_classes_near(const scene *s, uint32_t at_sentence)
{
    enum { NEAR = 2 };
    uint32_t n = (uint32_t)s->doc->sentences.n, first = at_sentence > NEAR ? at_sentence - NEAR : 0;
    uint64_t classes = s->sentence_classes[0];
    for (uint32_t i = first; i < n && i <= at_sentence + NEAR; i++) classes |= s->sentence_classes[i];
    return classes;
}

str scene_word(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return k->pos == UPOS_PROPN || !k->lemma.len ? k->norm : k->lemma;
}

static bool is_in(const scene *s, const map *m, uint32_t t)
{
    const token *k = scene_token(s, t);
    return map_get(m, scene_word(s, t)) != MAP_NONE || map_get(m, k->norm) != MAP_NONE
           || (k->pos == UPOS_PROPN && k->norm.len > 3 && str_ends(k->norm, STR("s"))
               && map_get(m, str_part(k->norm, 0, k->norm.len - 1)) != MAP_NONE);
}

enum { HARM_LOOKED_UP = 1, HARM_KILLS = 2, HARM_INJURES = 4 };

/* "fatally injured" */
static bool is_fatal(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (is_in(s, &s->book->fatal_words, c)) return true;
    return false;
}

/* "shot in the leg": hurt, for nobody dies of it alone */
static bool is_hit_in_limb(const scene *s, uint32_t t)
{
    if (!is_in(s, &s->book->hit_verbs, t)) return false;
    FOR_CHILDREN (s, c, t)
        if (c > t && is_in(s, &s->book->limb_words, c) && scene_preposition(s, c).len) return true;
    return false;
}

/* Words of harm are asked for by every happening of their sentence. */
static uint8_t harm_of(const scene *s, uint32_t t)
{
    if (s->harm[t]) return s->harm[t];
    bool kills = is_in(s, &s->book->kill_words, t), injures = is_in(s, &s->book->injure_words, t);
    if (injures && is_fatal(s, t)) kills = true, injures = false;
    injures = injures || (!kills && is_hit_in_limb(s, t));
    return s->harm[t] = (uint8_t)(HARM_LOOKED_UP | (kills ? HARM_KILLS : 0) | (injures ? HARM_INJURES : 0));
}

bool scene_in(const scene *s, const map *m, uint32_t t)
{
    if (m == &s->book->kill_words) return harm_of(s, t) & HARM_KILLS;
    if (m == &s->book->injure_words) return harm_of(s, t) & HARM_INJURES;
    return is_in(s, m, t);
}

bool scene_is_harm(const scene *s, uint32_t t)
{
    return harm_of(s, t) & (HARM_KILLS | HARM_INJURES);
}

uint32_t scene_chain(const scene *s, uint32_t t)
{
    return s->who_at[t] == MAP_NONE ? 0 : s->doc->mentions.v[s->who_at[t]].chain;
}

bool scene_is_verb(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return k->pos == UPOS_VERB
           || (k->pos == UPOS_AUX && k->rel != DEPREL_AUX && k->rel != DEPREL_AUX_PASS
               && k->rel != DEPREL_COP);
}

uint32_t scene_child(const scene *s, uint32_t t, deprel rel)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == rel) return c;
    return NO_TOKEN;
}

bool scene_is_passive(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    if (scene_child(s, t, DEPREL_AUX_PASS) != NO_TOKEN || scene_child(s, t, DEPREL_NSUBJ_PASS) != NO_TOKEN)
        return true;
    if (k->tag != XPOS_VBN) return false;
    if (scene_child(s, t, DEPREL_OBJ) != NO_TOKEN) return false;
    if (k->rel == DEPREL_ACL || k->rel == DEPREL_AMOD) return true;
    if (scene_child(s, t, DEPREL_OBL_AGENT) != NO_TOKEN) return true;
    bool has_aux = scene_child(s, t, DEPREL_AUX) != NO_TOKEN;
    if (k->rel == DEPREL_CONJ && !has_aux && k->head >= 0 && scene_child(s, t, DEPREL_NSUBJ) == NO_TOKEN)
        return scene_token(s, (uint32_t)k->head)->tag == XPOS_VBN && k->head < (int32_t)t
               && scene_is_passive(s, (uint32_t)k->head);
    /* "12 killed in raid": a headline's bare participle; elsewhere a past tense that the tagger took for one */
    const sentence *sent = &s->doc->sentences.v[k->sentence];
    if (!has_aux && scene_child(s, t, DEPREL_NSUBJ) != NO_TOKEN && !sent->is_headline && sent->has_case)
        return false;
    return !has_aux && scene_child(s, t, DEPREL_OBJ) == NO_TOKEN;
}

uint32_t scene_above(const scene *s, uint32_t t)
{
    const int32_t h = scene_token(s, t)->head;
    return h < 0 ? NO_TOKEN : (uint32_t)h;
}

const mention *scene_place_on(const scene *s, uint32_t t)
{
    return s->place_over[t] == MAP_NONE ? NULL : &s->doc->mentions.v[s->place_over[t]];
}

bool scene_below(const scene *s, uint32_t t, uint32_t top)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        if (t == top) return true;
        int32_t h = scene_token(s, t)->head;
        if (h < 0) return false;
        t = (uint32_t)h;
    }
    return false;
}

static bool hangs_in(const scene *s, uint32_t t, span words)
{
    for (int i = 0; i < MAX_CLIMB; i++) {
        if (span_overlaps(scene_token(s, t)->at, words)) return true;
        int32_t h = scene_token(s, t)->head;
        if (h < 0) return false;
        t = (uint32_t)h;
    }
    return false;
}

bool scene_bounds_interval(const scene *s, uint32_t t, const mention *day)
{
    if (!day->interval.edtf[0]) return false;
    if (hangs_in(s, t, day->interval_at)) return true;
    /* "since the 2011 uprising" */
    if (t > day->head && scene_token(s, day->head)->head == (int32_t)t)
        return scene_token(s, t)->pos == UPOS_NOUN;
    const sentence *sent = &s->doc->sentences.v[scene_token(s, day->head)->sentence];
    uint32_t end = sent->first + sent->n, next = day->first + day->n;
    if (next < end && str_is(scene_token(s, next)->norm, ",")) next++;
    if (next >= end || !str_is(scene_token(s, next)->norm, "when")) return false;
    int32_t clause = scene_token(s, next)->head;
    return clause >= 0 && scene_below(s, t, (uint32_t)clause);
}

static uint32_t first_conjunct(const scene *s, uint32_t t)
{
    for (int i = 0; i < MAX_CLIMB && scene_token(s, t)->rel == DEPREL_CONJ && scene_token(s, t)->head >= 0;
         i++)
        t = (uint32_t)scene_token(s, t)->head;
    return t;
}

bool scene_joined(const scene *s, uint32_t a, uint32_t b)
{
    return a != b && first_conjunct(s, a) == first_conjunct(s, b);
}

static void add_conjuncts(const scene *s, uint32_t t, token_list *out, int depth)
{
    *array_push(s->arena, out) = t;
    FOR_CHILDREN (s, c, t)
        if (depth < MAX_CLIMB && scene_token(s, c)->rel == DEPREL_CONJ) add_conjuncts(s, c, out, depth + 1);
}

void scene_conjuncts(const scene *s, uint32_t t, token_list *out)
{
    add_conjuncts(s, first_conjunct(s, t), out, 0);
}

bool scene_is_contrasted(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (c < t && scene_in(s, &s->book->contrast_words, c)) return true;
    return false;
}

uint32_t scene_distance(const scene *s, uint32_t a, uint32_t b)
{
    uint32_t path[MAX_CLIMB], n = 0;
    for (int32_t t = (int32_t)a; t >= 0 && n < MAX_CLIMB; t = scene_token(s, (uint32_t)t)->head)
        path[n++] = (uint32_t)t;
    uint32_t up = 0;
    for (int32_t t = (int32_t)b; t >= 0 && up < MAX_CLIMB; t = scene_token(s, (uint32_t)t)->head, up++)
        for (uint32_t i = 0; i < n; i++)
            if (path[i] == (uint32_t)t) return i + up;
    return 99;
}

static bool heads_clause(deprel r)
{
    switch (r) {
    case DEPREL_ROOT:
    case DEPREL_ACL:
    case DEPREL_ACL_RELCL:
    case DEPREL_ADVCL:
    case DEPREL_ADVCL_RELCL:
    case DEPREL_CCOMP:
    case DEPREL_XCOMP:
    case DEPREL_CSUBJ:
    case DEPREL_PARATAXIS:
    case DEPREL_CSUBJ_PASS:
    case DEPREL_CSUBJ_OUTER: return true;
    default: return false;
    }
}

uint32_t scene_clause(const scene *s, uint32_t t)
{
    uint32_t top = t;
    for (int i = 0; i < MAX_CLIMB; i++) {
        const token *k = scene_token(s, top);
        if (scene_is_verb(s, top) || heads_clause(k->rel) || k->head < 0) return top;
        top = (uint32_t)k->head;
    }
    return t;
}

/* ---- phrases ------------------------------------------------------------------------------------- */

static bool stays_in_phrase(const scene *s, uint32_t head, uint32_t c)
{
    const token *k = scene_token(s, c);
    if (c > head && (k->rel == DEPREL_PUNCT || k->rel == DEPREL_CC)) return false;
    switch (deprel_universal(k->rel)) {
    case DEPREL_AMOD:
    case DEPREL_NUMMOD:
    case DEPREL_COMPOUND:
    case DEPREL_FLAT:
    case DEPREL_FIXED:
    case DEPREL_GOESWITH:
    case DEPREL_ADVMOD: return c < head || deprel_universal(k->rel) != DEPREL_ADVMOD;
    case DEPREL_NMOD:
        return k->rel == DEPREL_NMOD_POSS || c < head || k->rel == DEPREL_NMOD_DESC
               || str_is(scene_preposition(s, c), "of") || str_is(scene_preposition(s, c), "for");
    case DEPREL_DET:
        return c < head && k->norm.len > 3 && !str_is(k->norm, "this") && !str_is(k->norm, "these")
               && !str_is(k->norm, "that") && !str_is(k->norm, "those") && !str_is(k->norm, "another");
    default: return false;
    }
}

static void widen(const scene *s, uint32_t t, uint32_t *first, uint32_t *last, int depth)
{
    if (t < *first) *first = t;
    if (t > *last) *last = t;
    if (depth > 12) return;
    FOR_CHILDREN (s, c, t) {
        deprel r = scene_token(s, c)->rel;
        bool inner =
            depth > 0 && (r == DEPREL_CASE || r == DEPREL_DET || r == DEPREL_CONJ || r == DEPREL_CC);
        if (inner || stays_in_phrase(s, t, c)) widen(s, c, first, last, depth + 1);
    }
}

static bool is_loose_start(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    if (k->pos == UPOS_DET) return k->norm.len <= 3;
    return k->pos == UPOS_PUNCT || k->pos == UPOS_ADV || k->pos == UPOS_ADP || k->pos == UPOS_CCONJ
           || k->pos == UPOS_SCONJ;
}

bool scene_counts_by_article(const scene *s, const mention *m)
{
    const str first = scene_token(s, m->first)->norm;
    return m->quantity.has_best && m->quantity.best == 1 && (str_is(first, "a") || str_is(first, "an"));
}

span scene_with_count(const scene *s, uint32_t head, span phrase)
{
    uint32_t count = s->count_at[head];
    if (count == MAP_NONE) return phrase;
    const mention *m = &s->doc->mentions.v[count];
    /* no leading article in a party's name */
    return span_overlaps(m->at, phrase) && !scene_counts_by_article(s, m) ? span_join(m->at, phrase)
                                                                          : phrase;
}

enum { ATTRIBUTE_WORDS = 12 };

/* The first token behind the phrase, where it is an attribute of its head; NO_TOKEN. */
static uint32_t attribute_of(const scene *s, uint32_t head, span phrase)
{
    FOR_CHILDREN (s, c, head) {
        const token *k = scene_token(s, c), *before = scene_token(s, c ? c - 1 : 0);
        bool follows = k->at.start >= span_end(phrase) && before->at.start < span_end(phrase);
        if (follows && (k->rel == DEPREL_ACL || k->rel == DEPREL_AMOD)
            && scene_in(s, &s->book->attributes, c))
            return c;
    }
    return NO_TOKEN;
}

/* "belonging to a group near Mopti": where the happening is, not which group; but "based in Mopti". */
static bool leads_to_place(const scene *s, uint32_t t, uint32_t attribute)
{
    const token *k = scene_token(s, t);
    if (k->rel != DEPREL_CASE || k->head < 0 || s->place_over[k->head] == MAP_NONE) return false;
    return scene_token(s, (uint32_t)k->head)->head != (int32_t)attribute && !str_is(k->norm, "of");
}

/* "al-Assad", but not the comma behind a word. */
static bool stands_within_word(const scene *s, uint32_t t, uint32_t end)
{
    span at = scene_token(s, t)->at;
    return t + 1 < end && span_end(scene_token(s, t - 1)->at) == at.start
           && span_end(at) == scene_token(s, t + 1)->at.start;
}

span scene_with_attribute(const scene *s, uint32_t head, span phrase, span keep_out)
{
    uint32_t first = attribute_of(s, head, phrase), last = head;
    if (first == NO_TOKEN) return phrase;
    const sentence *sent = &s->doc->sentences.v[scene_token(s, first)->sentence];
    uint32_t end = sent->first + sent->n;
    for (uint32_t t = first; t < end && t < first + ATTRIBUTE_WORDS && scene_below(s, t, first); t++) {
        const token *k = scene_token(s, t);
        if (k->pos == UPOS_PUNCT && !stands_within_word(s, t, end)) break;
        if (s->date_over[t] != MAP_NONE || leads_to_place(s, t, first)) break;
        if (k->pos == UPOS_NOUN || k->pos == UPOS_PROPN) last = t;
    }
    span whole = span_join(phrase, scene_token(s, last)->at);
    return last == head || span_overlaps(whole, keep_out) ? phrase : whole;
}

static bool is_joint(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    return str_is(k->norm, "-") && !k->space_before && !scene_token(s, t + 1)->space_before;
}

/* "UN-backed probe", "no-fly zone": a word with a hyphen has its first half, wherever the parser hangs it. */
static uint32_t with_first_half(const scene *s, uint32_t first)
{
    const uint32_t from = s->doc->sentences.v[scene_token(s, first)->sentence].first;
    while (first >= from + 2 && is_joint(s, first - 1)) first -= 2;
    return first;
}

span scene_phrase(const scene *s, uint32_t head)
{
    uint32_t first = head, last = head;
    widen(s, head, &first, &last, 0);
    while (first < head && is_loose_start(s, first)) first++;
    first = with_first_half(s, first);
    return scene_with_count(s, head, span_join(scene_token(s, first)->at, scene_token(s, last)->at));
}

str scene_preposition(const scene *s, uint32_t t)
{
    FOR_CHILDREN (s, c, t)
        if (scene_token(s, c)->rel == DEPREL_CASE && c < t) return scene_token(s, c)->norm;
    return STR("");
}

bool scene_in_class(const scene *s, uint32_t t, const word_class *k)
{
    if (scene_in(s, &k->words, t)) return true;
    const mention *v = s->doc->mentions.v;
    const uint32_t who = s->who_at[t], weapon = s->weapon_at[t];
    if (who != MAP_NONE && (k->actor_kinds >> v[who].actor & 1)) return true;
    if (who != MAP_NONE && (k->mention_kinds >> v[who].kind & 1)) return true;
    if (s->place_over[t] != MAP_NONE && (k->mention_kinds >> MENTION_LOCATION & 1)) return true;
    if (weapon != MAP_NONE && (k->mention_kinds >> v[weapon].kind & 1)) return true;
    if (weapon != MAP_NONE && map_get(&k->weapon_classes, v[weapon].weapon_class) != MAP_NONE) return true;
    return k->numbers && (s->count_at[t] != MAP_NONE || scene_child(s, t, DEPREL_NUMMOD) != NO_TOKEN);
}

void scene_hash_words(scene *s)
{
    uint32_t *hash = arena_new(s->doc->arena, uint32_t, s->doc->tokens.n + 1);
    for (uint32_t t = 0; t < s->doc->tokens.n; t++) {
        uint64_t h = str_hash(scene_word(s, t));
        hash[t] = (uint32_t)(h ^ h >> 32);
    }
    s->word_hash = hash;
}

/* Of "after" in "two days after bombs killed six" and "a day after the attack" the verb and the noun; NO_TOKEN. */
static uint32_t event_behind(const scene *s, uint32_t t)
{
    const token *k = scene_token(s, t);
    bool binds = k->head > (int32_t)t && (k->rel == DEPREL_MARK || k->rel == DEPREL_CASE);
    bool spell =
        t > 0 && scene_token(s, t - 1)->sentence == k->sentence && scene_in(s, &s->book->spells, t - 1);
    return binds && spell && scene_in(s, &s->book->apart_words, t) ? (uint32_t)k->head : NO_TOKEN;
}

uint32_t scene_given(const scene *s, uint32_t noun)
{
    uint32_t t = noun;
    for (int i = 0; i < MAX_CLIMB; i++) {
        const token *k = scene_token(s, t);
        const deprel r = deprel_universal(k->rel);
        if (k->head < 0 || (k->pos != UPOS_NOUN && k->pos != UPOS_PROPN)) return NO_TOKEN;
        if (map_get(&s->book->given_behind, scene_preposition(s, t)) != MAP_NONE) return t;
        if ((r == DEPREL_OBJ || r == DEPREL_OBL || r == DEPREL_NMOD
             || scene_is_passive(s, (uint32_t)k->head))
            && scene_in(s, &s->book->given_words, (uint32_t)k->head))
            return t;
        if (r != DEPREL_CONJ && r != DEPREL_NMOD && r != DEPREL_COMPOUND) return NO_TOKEN;
        t = (uint32_t)k->head;
    }
    return NO_TOKEN;
}

/* The verb of "condemned rebels for the attack", "accused of the attack"; NO_TOKEN. */
static uint32_t accusing_verb(const scene *s, uint32_t deed)
{
    const token *d = scene_token(s, deed);
    const str p = scene_preposition(s, deed);
    if (d->head < 0 || (!str_is(p, "for") && !str_is(p, "of") && !str_is(p, "with"))) return NO_TOKEN;
    return scene_in(s, &s->book->accuse_verbs, (uint32_t)d->head) && scene_is_verb(s, (uint32_t)d->head)
               ? (uint32_t)d->head
               : NO_TOKEN;
}

bool scene_charges_with(const scene *s, uint32_t t, uint32_t deed)
{
    const uint32_t verb = accusing_verb(s, deed);
    token_list who = {0};
    if (verb != NO_TOKEN) scene_subjects(s, verb, &who);
    for (size_t i = 0; i < who.n; i++)
        if (who.v[i] == t) return true;
    return false;
}

static bool is_accused_of(const scene *s, uint32_t t, uint32_t deed)
{
    const uint32_t verb = accusing_verb(s, deed);
    token_list who = {0};
    if (verb != NO_TOKEN && s->who_at[t] != MAP_NONE) scene_objects(s, verb, &who);
    for (size_t i = 0; i < who.n; i++)
        if (who.v[i] == t) return true;
    return false;
}

bool scene_is_charged_with(const scene *s, uint32_t t, uint32_t deed)
{
    const token *k = scene_token(s, t), *d = scene_token(s, deed);
    if (is_accused_of(s, t, deed)) return true;
    if (k->head < 0 || k->head != d->head || k->rel != DEPREL_OBL) return false;
    str p = scene_preposition(s, t);
    bool lays = str_is(p, "on") || str_is(p, "upon") || str_is(p, "to");
    return lays && (d->rel == DEPREL_OBJ || d->rel == DEPREL_NSUBJ_PASS)
           && scene_in(s, &s->book->charge_verbs, (uint32_t)k->head);
}

bool scene_is_excepted(const scene *s, uint32_t t)
{
    for (int i = 0; i < 8 && scene_token(s, t)->rel == DEPREL_CONJ && scene_token(s, t)->head >= 0; i++)
        t = (uint32_t)scene_token(s, t)->head;
    FOR_CHILDREN (s, c, t)
        if (c < t && scene_in(s, &s->book->except_words, c)) return true;
    return false;
}

bool scene_is_title(const scene *s, uint32_t t)
{
    enum { INNER_MENTIONS = 4 };
    const uint32_t who = s->who_at[t];
    const mention *v = s->doc->mentions.v, *m = who == MAP_NONE ? NULL : &v[who];
    if (!m || m->kind != MENTION_PERSON || m->is_named) return false;
    const uint32_t from = who > INNER_MENTIONS ? who - INNER_MENTIONS : 0;
    for (uint32_t i = from; i < who + INNER_MENTIONS && i < s->doc->mentions.n; i++)
        if (i != who && v[i].kind == MENTION_PERSON && v[i].is_named && v[i].first <= m->first
            && v[i].first + v[i].n > m->first + m->n)
            return true;
    return false;
}

uint32_t scene_event_of(const scene *s, const mention *m)
{
    return m->kind == MENTION_DATE ? event_behind(s, m->first + m->n - 1) : NO_TOKEN;
}

bool scene_dated_apart(const scene *s, uint32_t a, uint32_t b)
{
    const sentence *sent = &s->doc->sentences.v[scene_token(s, a)->sentence];
    if (b < sent->first || b >= sent->first + sent->n) return false;
    for (uint32_t t = sent->first + 1; t < sent->first + sent->n; t++) {
        const uint32_t event = event_behind(s, t);
        if (event != NO_TOKEN && scene_below(s, a, event) != scene_below(s, b, event)) return true;
    }
    return false;
}
