/* Happenings over trees written by hand: what the parser would say of each sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "claim/claim.h"
#include "support.h"

typedef struct row {
    const char *words;
    const char *names;  /* "kind:text", separated by '|'; mentions of the document */
    const char *claims; /* one a line: type status trigger; A=…; R=…; P=…; K=low; C=… */
} row;

static uint32_t token_at(const document *d, uint32_t byte)
{
    for (uint32_t t = 0; t < d->tokens.n; t++)
        if (span_end(d->tokens.v[t].at) > byte) return t;
    return 0;
}

/* The head of a name is its last word; a quantity's is too. */
static void add_mention(document *d, str name)
{
    str rest = name;
    str kind = str_cut(&rest, ':');
    size_t at = str_find(d->text, rest, 0);
    assert_true(at <= d->text.len);
    mention m = {.kind = MENTION_ORGANISATION, .at = {(uint32_t)at, (uint32_t)rest.len}, .is_named = true};
    m.first = token_at(d, m.at.start);
    m.head = token_at(d, span_end(m.at) - 1);
    m.n = m.head - m.first + 1;
    if (str_is(kind, "place")) m.kind = MENTION_LOCATION;
    else if (str_is(kind, "person")) m.kind = MENTION_PERSON;
    else if (str_is(kind, "date"))
        m.kind = MENTION_DATE, snprintf(m.date.edtf, sizeof m.date.edtf, "2019-11-14");
    else if (str_is(kind, "rebels")) m.actor = ACTOR_REBELS;
    else if (kind.ptr[0] >= '0' && kind.ptr[0] <= '9') {
        m.kind = MENTION_QUANTITY;
        m.quantity = (quantity){
            .low = kind.ptr[0] - '0', .best = kind.ptr[0] - '0', .has_low = true, .has_best = true};
    }
    *array_push(d->arena, &d->mentions) = m;
}

static void print_span(char *out, size_t *n, size_t max, const char *label, const document *d, span s)
{
    str text = document_str(d, s);
    int got = snprintf(out + *n, max - *n, " %s=%.*s", label, (int)text.len, text.ptr);
    if (got > 0) *n += (size_t)got;
}

static void print_claim(char *out, size_t *n, size_t max, const document *d, const claim *c)
{
    static const char *const role[] = {"A", "S", "R"};
    str trigger = document_str(d, c->trigger);
    int got = snprintf(out + *n, max - *n, "%s%.*s %s %.*s", *n ? "\n" : "", (int)c->type.len, c->type.ptr,
                       label_text(LABELS_STATUS, (int)c->status), (int)trigger.len, trigger.ptr);
    if (got > 0) *n += (size_t)got;
    for (size_t i = 0; i < c->actors.n; i++)
        print_span(out, n, max, role[c->actors.v[i].role], d, c->actors.v[i].at);
    for (size_t i = 0; i < c->places.n; i++) print_span(out, n, max, "P", d, c->places.v[i].at);
    if (c->has_date) print_span(out, n, max, "D", d, c->date_at);
    if (c->has_killed) print_span(out, n, max, "K", d, c->killed.at);
    if (c->has_injured) print_span(out, n, max, "I", d, c->injured.at);
    for (size_t i = 0; i < c->claimants.n; i++) print_span(out, n, max, "C", d, c->claimants.v[i].at);
}

static const row rows[] = {
    {"Rebels/NOUN/NNS/rebel/nsubj/2 captured/VERB/VBD/capture/root/0 Bouar/PROPN/NNP/Bouar/obj/2 "
     "on/ADP/IN/on/case/5 "
     "Friday/PROPN/NNP/Friday/obl/2 +./PUNCT/././punct/2",
     "rebels:Rebels|place:Bouar|date:Friday", "territory_gain occurred captured A=Rebels P=Bouar D=Friday"},
    {"Bouar/PROPN/NNP/Bouar/nsubj:pass/3 was/AUX/VBD/be/aux:pass/3 captured/VERB/VBN/capture/root/0 "
     "by/ADP/IN/by/case/5 "
     "rebels/NOUN/NNS/rebel/obl:agent/3",
     "rebels:rebels|place:Bouar", "territory_gain occurred captured A=rebels P=Bouar"},
    {"Rebels/NOUN/NNS/rebel/nsubj/2 plan/VERB/VBP/plan/root/0 to/PART/TO/to/mark/4 "
     "attack/VERB/VB/attack/xcomp/2 "
     "Goma/PROPN/NNP/Goma/obj/4",
     "rebels:Rebels|place:Goma", "attack planned attack A=Rebels P=Goma"},
    {"Rebels/NOUN/NNS/rebel/nsubj/4 did/AUX/VBD/do/aux/4 not/PART/RB/not/advmod/4 "
     "attack/VERB/VB/attack/root/0 "
     "Goma/PROPN/NNP/Goma/obj/4",
     "rebels:Rebels|place:Goma", "attack denied attack A=Rebels P=Goma"},
    {"An/DET/DT/a/det/2 explosion/NOUN/NN/explosion/nsubj/3 killed/VERB/VBD/kill/root/0 "
     "six/NUM/CD/six/nummod/5 "
     "people/NOUN/NNS/people/obj/3 +,/PUNCT/,/,/punct/7 said/VERB/VBD/say/parataxis/3 "
     "police/NOUN/NN/police/nsubj/7",
     "6:six people|org:police", "explosive occurred explosion K=six people C=police"},
    {"Jets/NOUN/NNS/jet/nsubj/2 bombed/VERB/VBD/bomb/root/0 Goma/PROPN/NNP/Goma/obj/2 +,/PUNCT/,/,/punct/5 "
     "killing/VERB/VBG/kill/advcl/2 six/NUM/CD/six/nummod/7 people/NOUN/NNS/people/obj/5",
     "place:Goma|6:six people", "air_strike occurred bombed A=Jets P=Goma K=six people"},
    {"The/DET/DT/the/det/2 army/NOUN/NN/army/nsubj/3 launched/VERB/VBD/launch/root/0 an/DET/DT/a/det/5 "
     "offensive/NOUN/NN/offensive/obj/3 on/ADP/IN/on/case/7 rebels/NOUN/NNS/rebel/nmod/5 "
     "in/ADP/IN/in/case/9 "
     "Goma/PROPN/NNP/Goma/obl/3",
     "org:army|rebels:rebels|place:Goma", "offensive occurred offensive A=army R=rebels P=Goma"},
    /* what stands behind a verb of happening belongs to its noun */
    {"Clashes/NOUN/NNS/clash/nsubj/2 erupted/VERB/VBD/erupt/root/0 between/ADP/IN/between/case/4 "
     "soldiers/NOUN/NNS/soldier/obl/2 "
     "and/CCONJ/CC/and/cc/6 rebels/NOUN/NNS/rebel/conj/4 in/ADP/IN/in/case/8 Goma/PROPN/NNP/Goma/obl/2",
     "org:soldiers|rebels:rebels|place:Goma", "clash occurred Clashes A=soldiers R=rebels P=Goma"},
    /* what the tree hangs on the first word of a trigger */
    {"Coalition/NOUN/NN/coalition/compound/2 air/NOUN/NN/air/compound/3 strikes/NOUN/NNS/strike/nsubj/4 "
     "hit/VERB/VBD/hit/root/0 Goma/PROPN/NNP/Goma/obj/4",
     "org:Coalition|place:Goma", "air_strike occurred air strikes A=Coalition P=Goma"},
    /* destruction is a happening of its own, also where a strike is its subject */
    {"Shelling/NOUN/NN/shelling/nsubj/2 destroyed/VERB/VBD/destroy/root/0 a/DET/DT/a/det/4 "
     "bridge/NOUN/NN/bridge/obj/2",
     "", "shelling occurred Shelling R=bridge\ndestruction occurred destroyed A=Shelling R=bridge"},
    /* a trigger's last word is no preposition from further on */
    {"Rebels/NOUN/NNS/rebel/nsubj/2 advanced/VERB/VBD/advance/root/0 towards/ADP/IN/towards/case/4 "
     "Goma/PROPN/NNP/Goma/obl/2 "
     "on/ADP/IN/on/case/6 Friday/PROPN/NNP/Friday/obl/2",
     "rebels:Rebels|place:Goma|date:Friday",
     "offensive occurred advanced towards A=Rebels P=Goma D=Friday"},
    /* a past tense with its subject is active even where it was tagged as a participle */
    {"Turkey/PROPN/NNP/Turkey/nsubj/2 called/VERB/VBN/call/root/0 on/ADP/IN/on/case/4 "
     "Russia/PROPN/NNP/Russia/obl/2 "
     "+./PUNCT/././punct/2",
     "org:Turkey|org:Russia", "demand occurred called on A=Turkey R=Russia"},
    {"A/DET/DT/a/det/4 car/NOUN/NN/car/compound/3 bomb/NOUN/NN/bomb/compound/4 blast/NOUN/NN/blast/nsubj/5 "
     "rocked/VERB/VBD/rock/root/0 "
     "Goma/PROPN/NNP/Goma/obj/5",
     "place:Goma", "explosive occurred car bomb blast P=Goma"},
    /* conditions look through a part to its whole */
    {"Rebels/NOUN/NNS/rebel/nsubj/2 fired/VERB/VBD/fire/root/0 dozens/NOUN/NNS/dozen/obj/2 "
     "of/ADP/IN/of/case/5 "
     "rockets/NOUN/NNS/rocket/nmod/3 at/ADP/IN/at/case/7 Goma/PROPN/NNP/Goma/obl/2",
     "rebels:Rebels|place:Goma", "shelling occurred fired A=Rebels P=Goma"},
    {"The/DET/DT/the/det/2 photographer/NOUN/NN/photographer/nsubj/3 captured/VERB/VBD/capture/root/0 "
     "the/DET/DT/the/det/5 "
     "mood/NOUN/NN/mood/obj/3",
     "", ""},
};

static void trees_give_claims(void **state)
{
    (void)state;
    arena long_lived;
    arena_init(&long_lived, 0);
    error e = {0};
    codebook *c = codebook_open(&long_lived, STR(SOURCE_ROOT "/codebooks/conflict"), &e);
    assert_non_null(c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena a;
        arena_init(&a, 0);
        document *d = support_document(&a, rows[i].words);
        for (str rest = str_from(rows[i].names); rest.ptr;) {
            str name = str_cut(&rest, '|');
            if (name.len) add_mention(d, name);
        }
        claim_run(c, NULL, d);
        char got[1024] = "";
        size_t n = 0;
        for (size_t k = 0; k < d->claims.n; k++) print_claim(got, &n, sizeof got, d, &d->claims.v[k]);
        assert_string_equal(got, rows[i].claims);
        arena_release(&a);
    }
    arena_release(&long_lived);
}

/* Heads that point anywhere, also in circles, must not hang or crash. */
static void odd_trees_are_survived(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    error e = {0};
    codebook *c = codebook_open(&a, STR(SOURCE_ROOT "/codebooks/conflict"), &e);
    assert_non_null(c);
    static const char *const words =
        "Rebels/NOUN/NNS/rebel/conj/2 attacked/VERB/VBD/attack/conj/3 killed/VERB/VBN/kill/acl/1 "
        "strikes/NOUN/NNS/strike/conj/4 said/VERB/VBD/say/xcomp/5";
    for (int32_t seed = 0; seed < 3125; seed++) {
        document *d = support_document(&a, words);
        int32_t left = seed;
        for (size_t t = 0; t < d->tokens.n; t++, left /= 5) d->tokens.v[t].head = left % 5;
        claim_run(c, NULL, d);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_give_claims),
        cmocka_unit_test(odd_trees_are_survived),
    };
    return cmocka_run_group_tests_name("claim/claim", tests, NULL, NULL);
}
