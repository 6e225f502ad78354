/* Names, phrases, kinds, places and chains over trees written by hand; every sentence is the project's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "mention/mention.h"
#include "mention/name_key.h"
#include "support.h"

static arena memory;
static lexicon *lex;

static place_hint find_place(const void *table, str name)
{
    static const char *const towns[] = {"Idlib", "Kafranah", "Aleppo", "Bouar", "Jackson"};
    (void)table;
    place_hint h = {.country = "SY"};
    for (size_t i = 0; i < sizeof towns / sizeof *towns; i++)
        if (str_is(name, towns[i])) h.known = true, h.population = 60000;
    return h;
}

static const place_lookup places = {.find = find_place};

typedef struct expected {
    const char *kind, *text, *actor, *entity; /* NULL = not asked */
} expected;

typedef struct name_case {
    const char *words;
    expected mentions[5];
} name_case;

static const name_case cases[] = {
    {"The/DET/DT/the/det/3 Syrian/ADJ/JJ/syrian/amod/3 army/NOUN/NN/army/nsubj/4 "
     "shelled/VERB/VBD/shell/root/0 Kafranah/PROPN/NNP//obj/4",
     {{"organisation", "Syrian army", "state_forces", "syria.military"},
      {"nationality", "Syrian", NULL, NULL},
      {"location", "Kafranah", NULL, NULL}}},
    {"Syrian/ADJ/JJ/syrian/amod/4 and/CCONJ/CC/and/cc/3 Russian/ADJ/JJ/russian/conj/1 "
     "warplanes/NOUN/NNS/warplane/nsubj/5 struck/VERB/VBD/strike/root/0",
     {{"organisation", "Syrian and Russian warplanes", "state_forces", "syria.military"}}},
    {"Turkish/ADJ/JJ/turkish/compound/3 +-/PUNCT/HYPH/-/punct/3 +backed/VERB/VBN/back/amod/4 "
     "militants/NOUN/NNS/militant/nsubj/5 fled/VERB/VBD/flee/root/0",
     {{"person", "Turkish-backed militants", "rebels", ""}}},
    {"Hayat/PROPN/NNP//compound/5 Tahrir/PROPN/NNP//compound/5 al/PROPN/NNP//compound/5 "
     "+-/PUNCT/HYPH/-/punct/5 +Sham/PROPN/NNP//nsubj/6 "
     "withdrew/VERB/VBD/withdraw/root/0",
     {{"organisation", "Hayat Tahrir al-Sham", "extremists", "syria.hts"}}},
    {"Three/NUM/CD/three/nummod/2 children/NOUN/NNS/child/nsubj/3 died/VERB/VBD/die/root/0 "
     "in/ADP/IN/in/case/6 northern/ADJ/JJ/northern/amod/6 "
     "Aleppo/PROPN/NNP//obl/3",
     {{"person", "Three children", "civilians", ""}, {"location", "northern Aleppo", NULL, NULL}}},
    {"Moscow/PROPN/NNP//nsubj/2 denied/VERB/VBD/deny/root/0 it/PRON/PRP/it/obj/2",
     {{"organisation", "Moscow", "government", "russia.government"}}},
    {"Rebels/NOUN/NNS/rebel/nsubj/2 accused/VERB/VBD/accuse/root/0 Turkey/PROPN/NNP//obj/2",
     {{"person", "Rebels", "rebels", ""}, {"organisation", "Turkey", "government", "turkey.government"}}},
    {"Troops/NOUN/NNS/troop/nsubj/2 crossed/VERB/VBD/cross/root/0 the/DET/DT/the/det/5 "
     "Turkish/ADJ/JJ/turkish/amod/5 border/NOUN/NN/border/obj/2",
     {{"organisation", "Troops", "state_forces", ""}, {"location", "Turkish border", NULL, NULL}}},
    {"Members/NOUN/NNS/member/nsubj/5 of/ADP/IN/of/case/4 the/DET/DT/the/det/4 "
     "police/NOUN/NN/police/nmod/1 fired/VERB/VBD/fire/root/0",
     {{"person", "Members of the police", "police", ""}}},
    {"In/ADP/IN/in/case/2 Jackson/PROPN/NNP//obl/6 ,/PUNCT/,/,/punct/6 General/PROPN/NNP//nsubj/6 "
     "Jackson/PROPN/NNP//flat/4 spoke/VERB/VBD/speak/root/0",
     {{"person", "General Jackson", "state_forces", ""}}},
    {"Fighting/NOUN/NN/fighting/nsubj/2 spread/VERB/VBD/spread/root/0 to/ADP/IN/to/case/4 "
     "Bouar/PROPN/NNP//obl/2 ,/PUNCT/,/,/punct/6 "
     "Tellmora/PROPN/NNP//conj/4 and/CCONJ/CC/and/cc/8 Ashkeen/PROPN/NNP//conj/4",
     {{"location", "Bouar", NULL, NULL},
      {"location", "Tellmora", NULL, NULL},
      {"location", "Ashkeen", NULL, NULL}}},
    {"THE/DET/DT/the/det/2 FMLN/PROPN/NNP/FMLN/nsubj/3 ATTACKED/VERB/VBD/attack/root/0",
     {{"organisation", "FMLN", "rebels", "el_salvador.fmln"}}},
    {"The/DET/DT/the/det/3 Kalven/PROPN/NNP//compound/3 Brigade/PROPN/NNP//nsubj/4 "
     "advanced/VERB/VBD/advance/root/0",
     {{"organisation", "Kalven Brigade", "state_forces", ""}}},
    {"The/DET/DT/the/det/4 Border/PROPN/NNP//compound/4 Security/PROPN/NNP//compound/4 "
     "Force/PROPN/NNP//nsubj/8 (/PUNCT/-LRB-/(/punct/6 "
     "+BSF/PROPN/NNP//appos/4 +)/PUNCT/-RRB-/)/punct/6 withdrew/VERB/VBD/withdraw/root/0",
     {{"organisation", "Border Security Force (BSF)", "state_forces", "india.bsf"}}},
    {"Foreign/PROPN/NNP//compound/2 Secretary/PROPN/NNP//nsubj/5 Mara/PROPN/NNP//flat/2 "
     "Lindqvist/PROPN/NNP//flat/2 resigned/VERB/VBD/resign/root/0",
     {{"person", "Foreign Secretary Mara Lindqvist", "government", ""}}},
    {"Local/ADJ/JJ/local/amod/2 resident/NOUN/NN/resident/nsubj/5 Omar/PROPN/NNP//appos/2 "
     "Teshik/PROPN/NNP//flat/3 fled/VERB/VBD/flee/root/0",
     {{"person", "Local resident Omar Teshik", "civilians", ""}}},
    {"Aleppo/PROPN/NNP//compound/3 Police/PROPN/NNP//compound/3 Department/PROPN/NNP//nsubj/4 "
     "reopened/VERB/VBD/reopen/root/0",
     {{"organisation", "Aleppo Police Department", "government", ""}, {"location", "Aleppo", NULL, NULL}}},
    {"Regime/NOUN/NN/regime/compound/2 forces/NOUN/NNS/force/nsubj/3 fled/VERB/VBD/flee/root/0",
     {{"organisation", "Regime forces", "state_forces", ""}}},
    {"In/ADP/IN/in/case/2 Syria/PROPN/NNP//obl/5 regime/NOUN/NN/regime/compound/4 "
     "forces/NOUN/NNS/force/nsubj/5 fled/VERB/VBD/flee/root/0",
     {{"organisation", "regime forces", "state_forces", "syria.military"}}},
    {"Farid/PROPN/NNP//nsubj/3 Aslami/PROPN/NNP//flat/1 resigned/VERB/VBD/resign/root/0",
     {{"person", "Farid Aslami", NULL, ""}}},
};

static const mention *find(const document *d, const char *kind, const char *text)
{
    for (size_t i = 0; i < d->mentions.n; i++) {
        const mention *m = &d->mentions.v[i];
        if (str_is(document_str(d, m->at), text)
            && str_is(str_from(label_text(LABELS_MENTION_KIND, m->kind)), kind))
            return m;
    }
    return NULL;
}

static void check(const document *d, const expected *x)
{
    const mention *m = find(d, x->kind, x->text);
    if (!m) fail_msg("no %s \"%s\" in: %.*s", x->kind, x->text, (int)d->text.len, d->text.ptr);
    if (x->actor && !str_is(str_from(label_text(LABELS_ACTOR_KIND, m->actor)), x->actor))
        fail_msg("\"%s\" is %s, not %s", x->text, label_text(LABELS_ACTOR_KIND, m->actor), x->actor);
    if (x->entity && !str_is(m->entity, x->entity) && (m->entity.len || *x->entity))
        fail_msg("\"%s\" is \"%.*s\", not \"%s\"", x->text, (int)m->entity.len, m->entity.ptr, x->entity);
}

static document *read_words(arena *a, const char *words)
{
    document *d = support_document(a, words);
    for (size_t i = 0; i < d->sentences.n; i++) d->sentences.v[i].has_case = true;
    mention_run(lex, &places, d);
    return d;
}

static void names_get_kinds_and_entities(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena a;
        arena_init(&a, 0);
        document *d = read_words(&a, cases[i].words);
        for (size_t k = 0; k < 5 && cases[i].mentions[k].kind; k++) check(d, &cases[i].mentions[k]);
        arena_release(&a);
    }
}

static void what_is_no_mention_is_none(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document *d = read_words(&a, "The/DET/DT/the/det/3 Jordan/PROPN/NNP//compound/3 "
                                 "Times/PROPN/NNP//nsubj/4 reported/VERB/VBD/report/root/0");
    assert_null(find(d, "location", "Jordan"));
    arena_release(&a);
    d = read_words(&a, "A/DET/DT/a/det/3 major/ADJ/JJ/major/amod/3 attack/NOUN/NN/attack/nsubj/4 "
                       "failed/VERB/VBD/fail/root/0");
    assert_int_equal(d->mentions.n, 0);
    arena_release(&a);
}

typedef struct chain_case {
    const char *words, *first, *second;
    bool same;
} chain_case;

static const chain_case chains[] = {
    {"The/DET/DT/the/det/3 Syrian/ADJ/JJ/syrian/amod/3 army/NOUN/NN/army/nsubj/4 "
     "left/VERB/VBD/leave/root/0\n"
     "The/DET/DT/the/det/2 army/NOUN/NN/army/nsubj/3 returned/VERB/VBD/return/root/0",
     "Syrian army", "army", true},
    {"Hamas/PROPN/NNP//nsubj/2 agreed/VERB/VBD/agree/root/0\nThe/DET/DT/the/det/2 "
     "group/NOUN/NN/group/nsubj/3 said/VERB/VBD/say/root/0 so/ADV/RB/so/advmod/3",
     "Hamas", "group", true},
    {"The/DET/DT/the/det/2 rebels/NOUN/NNS/rebel/nsubj/3 said/VERB/VBD/say/root/0 "
     "they/PRON/PRP/they/nsubj/5 won/VERB/VBD/win/ccomp/3",
     "rebels", "they", true},
    {"Farid/PROPN/NNP//nsubj/3 Aslami/PROPN/NNP//flat/1 "
     "spoke/VERB/VBD/speak/root/0\nAslami/PROPN/NNP//nsubj/2 left/VERB/VBD/leave/root/0",
     "Farid Aslami", "Aslami", true},
    {"The/DET/DT/the/det/2 soldiers/NOUN/NNS/soldier/nsubj/7 who/PRON/WP/who/nsubj/4 "
     "fled/VERB/VBD/flee/acl:relcl/2 were/AUX/VBD/be/aux:pass/7 "
     "later/ADV/RB/later/advmod/7 held/VERB/VBN/hold/root/0",
     "soldiers", "who", true},
    {"The/DET/DT/the/det/2 police/NOUN/NN/police/nsubj/3 came/VERB/VBD/come/root/0\nThe/DET/DT/the/det/2 "
     "army/NOUN/NN/army/nsubj/3 left/VERB/VBD/leave/root/0",
     "police", "army", false},
};

static uint32_t chain_of(const document *d, const char *text)
{
    for (size_t i = d->mentions.n; i-- > 0;)
        if (str_is(document_str(d, d->mentions.v[i].at), text)
            && d->mentions.v[i].kind <= MENTION_ORGANISATION)
            return d->mentions.v[i].chain;
    fail_msg("no \"%s\"", text);
    return 0;
}

static void mentions_of_one_thing_share_a_chain(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof chains / sizeof *chains; i++) {
        arena a;
        arena_init(&a, 0);
        document *d = read_words(&a, chains[i].words);
        if ((chain_of(d, chains[i].first) == chain_of(d, chains[i].second)) != chains[i].same)
            fail_msg("\"%s\" and \"%s\"", chains[i].first, chains[i].second);
        arena_release(&a);
    }
}

static void assert_sound(const document *d)
{
    uint32_t at = 0;
    for (size_t i = 0; i < d->mentions.n; i++) {
        const mention *m = &d->mentions.v[i];
        assert_true(m->n > 0 && m->first + m->n <= d->tokens.n);
        assert_true(m->head >= m->first && m->head < m->first + m->n);
        assert_true(span_end(m->at) <= d->text.len && m->at.start >= at);
        assert_true(m->chain > 0);
        at = m->at.start;
    }
}

/* Any heads at all: cycles, oneself, beyond the sentence, beyond the document. */
static void odd_trees_do_no_harm(void **state)
{
    (void)state;
    static const char words[] = "The/DET/DT Syrian/ADJ/JJ army/NOUN/NN and/CCONJ/CC its/PRON/PRP$ "
                                "allies/NOUN/NNS shelled/VERB/VBD the/DET/DT Free/PROPN/NNP "
                                "Syrian/PROPN/NNP Army/PROPN/NNP near/ADP/IN Idlib/PROPN/NNP of/ADP/IN "
                                "they/PRON/PRP\nHe/PRON/PRP who/PRON/WP said/VERB/VBD we/PRON/PRP";
    uint32_t seed = 7;
    for (int round = 0; round < 400; round++) {
        arena a;
        arena_init(&a, 0);
        document *d = support_document(&a, words);
        for (size_t i = 0; i < d->tokens.n; i++) {
            seed = seed * 1664525 + 1013904223;
            d->tokens.v[i].head = (int32_t)(seed >> 16) % 25 - 3;
            d->tokens.v[i].rel = (deprel)((seed >> 8) % N_DEPREL);
        }
        mention_run(lex, round % 2 ? &places : NULL, d);
        assert_sound(d);
        arena_release(&a);
    }
}

static void empty_documents_have_no_mentions(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d = {.arena = &a, .text = STR("")};
    mention_run(lex, NULL, &d);
    assert_int_equal(d.mentions.n, 0);
    arena_release(&a);
}

static void spellings_of_a_name_are_one_key(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {{"Jabhat al-Nuṣra", "jabhat al nusra"},
                                           {"Hay’at Tahrir al-Sham", "hayat tahrir al sham"},
                                           {"U.S.", "us"},
                                           {"FARC-EP", "farc ep"},
                                           {"  Kızılay ", "kizilay"},
                                           {"---", ""}};
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        str k = name_key(&a, str_from(pairs[i][0]));
        if (!str_is(k, pairs[i][1])) fail_msg("%s: %.*s", pairs[i][0], (int)k.len, k.ptr);
    }
    arena_release(&a);
}

static int open_lexicon(void **state)
{
    (void)state;
    error e = {0};
    arena_init(&memory, 0);
    lex = lexicon_open(&memory, STR(SOURCE_ROOT "/codebooks"), &e);
    if (!lex) print_error("%s:%zu: %s\n", e.where, (size_t)e.line, e.message);
    return lex ? 0 : 1;
}

static int close_lexicon(void **state)
{
    (void)state;
    arena_release(&memory);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_get_kinds_and_entities),
        cmocka_unit_test(what_is_no_mention_is_none),
        cmocka_unit_test(mentions_of_one_thing_share_a_chain),
        cmocka_unit_test(odd_trees_do_no_harm),
        cmocka_unit_test(empty_documents_have_no_mentions),
        cmocka_unit_test(spellings_of_a_name_are_one_key),
    };
    return cmocka_run_group_tests_name("mention/names", tests, open_lexicon, close_lexicon);
}
