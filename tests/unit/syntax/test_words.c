/* Lemmas by form and tag, and the inflection that tag and tree tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "read/conllu.h"
#include "syntax/features.h"
#include "syntax/lemma.h"
#include "syntax/morph.h"

static arena a_;
static model file;
static lemma_table *lemmas;

static void lemmas_of_words(void **state)
{
    (void)state;
    const struct {
        const char *form, *tag, *lemma;
    } cases[] = {
        {"withdrew", "VBN", "withdraw"},
        {"fell", "VBN", "fall"},
        {"strikes", "NNS", "strike"},
        {"Strikes", "NNS", "strike"},
        {"attacked", "VBD", "attack"},
        {"shelling", "VBG", "shell"},
        {"shelled", "VBN", "shell"},
        {"besieged", "VBN", "besiege"},
        {"fought", "VBD", "fight"},
        {"fled", "VBD", "flee"},
        {"fleeing", "VBG", "flee"},
        {"men", "NNS", "man"},
        {"gunmen", "NNS", "gunman"},
        {"children", "NNS", "child"},
        {"casualties", "NNS", "casualty"},
        {"bodies", "NNS", "body"},
        {"allies", "NNS", "ally"},
        {"forces", "NNS", "force"},
        {"clashes", "NNS", "clash"},
        {"buses", "NNS", "bus"},
        {"knives", "NNS", "knife"},
        {"aircraft", "NNS", "aircraft"},
        {"was", "VBD", "be"},
        {"were", "VBD", "be"},
        {"'s", "VBZ", "be"},
        {"n't", "RB", "not"},
        {"wo", "MD", "will"},
        {"seized", "VBD", "seize"},
        {"using", "VBG", "use"},
        {"dropping", "VBG", "drop"},
        {"killed", "VBN", "kill"},
        {"controlled", "VBN", "control"},
        {"lying", "VBG", "lie"},
        {"carried", "VBD", "carry"},
        {"denies", "VBZ", "deny"},
        {"says", "VBZ", "say"},
        {"has", "VBZ", "have"},
        {"kidnapped", "VBN", "kidnap"},
        {"worst", "JJS", "bad"},
        {"deadliest", "JJS", "deadly"},
        {"heavier", "JJR", "heavy"},
        {"The", "DT", "the"},
        {"an", "DT", "a"},
        {"those", "DT", "that"},
        {"them", "PRP", "they"},
        {"Idlib", "NNP", "Idlib"},
        {"Turks", "NNPS", "Turk"},
        {"14", "CD", "14"},
        {"30,000", "CD", "30000"},
        {"1,234,567.5", "CD", "1234567.5"},
        {"3,40", "CD", "3,40"},
        {",5", "CD", ",5"},
        {"KHERSON", "NNP", "Kherson"},
        {"NATO", "NNP", "NATO"},
        {"IEDs", "NNS", "ied"},
        {"B", "NN", "B"},
        {"town", "NN", "town"},
        {"TANKS", "NNS", "tank"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str form = str_from(cases[i].form), norm = utf8_fold(&a_, form);
        xpos tag = (xpos)label_find(LABELS_XPOS, str_from(cases[i].tag));
        upos pos = tag == XPOS_NNP || tag == XPOS_NNPS ? UPOS_PROPN : UPOS_X;
        str lemma = lemma_of(lemmas, &a_, form, norm, pos, tag);
        if (!str_is(lemma, cases[i].lemma))
            fail_msg("%s/%s: %.*s", cases[i].form, cases[i].tag, (int)lemma.len, lemma.ptr);
    }
}

static void odd_words_have_lemmas(void **state)
{
    (void)state;
    const char *const forms[] = {
        "s",         "ing",
        "ed",        "es",
        "ies",       "'s",
        "\xC3\xA9s", "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwing"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        for (int tag = 0; tag < N_XPOS; tag++) {
            str form = str_from(forms[i]);
            assert_true(lemma_of(lemmas, &a_, form, utf8_fold(&a_, form), UPOS_VERB, (xpos)tag).len > 0);
        }
}

static const char sentence_1[] =
    "1\tThe\tthe\tDET\tDT\t_\t2\tdet\t_\t_\n2\tvillages\tvillage\tNOUN\tNNS\t_\t5\tnsubj:pass\t_\t_\n"
    "3\thad\thave\tAUX\tVBD\t_\t5\taux\t_\t_\n4\tbeen\tbe\tAUX\tVBN\t_\t5\taux:pass\t_\t_\n"
    "5\tshelled\tshell\tVERB\tVBN\t_\t0\troot\t_\tSpaceAfter=No\n6\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n\n"
    "1\tThey\tthey\tPRON\tPRP\t_\t4\tnsubj\t_\t_\n2\twill\twill\tAUX\tMD\t_\t4\taux\t_\t_\n"
    "3\tnot\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n4\tattack\tattack\tVERB\tVB\t_\t0\troot\t_\t_\n\n"
    "1\tRebels\trebel\tNOUN\tNNS\t_\t3\tnsubj\t_\t_\n2\tare\tbe\tAUX\tVBP\t_\t3\taux\t_\t_\n"
    "3\tadvancing\tadvance\tVERB\tVBG\t_\t0\troot\t_\t_\n\n"
    "1\tStop\tstop\tVERB\tVB\t_\t0\troot\t_\t_\n2\tthe\tthe\tDET\tDT\t_\t3\tdet\t_\t_"
    "\n3\twar\twar\tNOUN\tNN\t_\t1\tobj\t_\t_\n\n"
    "1\tmen\tman\tNOUN\tNNS\t_\t0\troot\t_\t_\n2\twho\twho\tPRON\tWP\t_\t3\tnsubj\t_\t_\n"
    "3\tfled\tflee\tVERB\tVBD\t_\t1\tacl:relcl\t_\t_\n4\tcarrying\tcarry\tVERB\tVBG\t_\t3\tadvcl\t_\t_\n"
    "5\twithout\twithout\tSCONJ\tIN\t_\t6\tmark\t_\t_\n6\tfiring\tfire\tVERB\tVBG\t_\t7\tacl\t_\t_\n"
    "7\ttwo\ttwo\tNUM\tCD\t_\t8\tnsubj\t_\t_\n8\tfell\tfall\tVERB\tVBD\t_\t1\tparataxis\t_\t_\n\n";

static document read_sentences(void)
{
    document d = {0};
    error e;
    assert_true(conllu_read(&a_, str_from(sentence_1), &d, &e));
    return d;
}

static void clauses_have_tense_and_voice(void **state)
{
    (void)state;
    document d = read_sentences();
    morph_clause c = morph_of_clause(&d, 4);
    assert_int_equal(c.tense, TENSE_PAST);
    assert_int_equal(c.voice, VOICE_PASSIVE);
    assert_true(c.perfect && c.finite && !c.negated);
    assert_int_equal(morph_of_clause(&d, 3).voice, VOICE_PASSIVE);
    c = morph_of_clause(&d, 9);
    assert_int_equal(c.tense, TENSE_FUTURE);
    assert_int_equal(c.voice, VOICE_ACTIVE);
    assert_true(c.negated);
    c = morph_of_clause(&d, 12);
    assert_int_equal(c.tense, TENSE_PRESENT);
    assert_true(c.progressive);
    assert_int_equal(morph_of_clause(&d, 13).mood, MOOD_IMPERATIVE);
}

static void features_are_those_of_ud(void **state)
{
    (void)state;
    document d = read_sentences();
    const struct {
        uint32_t token;
        const char *feats;
    } cases[] = {
        {0, "Definite=Def|PronType=Art"},
        {1, "Number=Plur"},
        {2, "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"},
        {3, "Tense=Past|VerbForm=Part"},
        {4, "Tense=Past|VerbForm=Part|Voice=Pass"},
        {5, ""},
        {6, "Case=Nom|Number=Plur|Person=3|PronType=Prs"},
        {7, "VerbForm=Fin"},
        {8, "Polarity=Neg"},
        {9, "VerbForm=Inf"},
        {11, "Mood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin"},
        {12, "Tense=Pres|VerbForm=Part"},
        {13, "Mood=Imp|VerbForm=Fin"},
        {15, "Number=Sing"},
        {18, "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"},
        {19, "Tense=Pres|VerbForm=Part"},
        {21, "VerbForm=Ger"},
        {23, "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_is(morph_feats(&a_, &d, cases[i].token), cases[i].feats));
}

static int open_lemmas(void **state)
{
    (void)state;
    error e;
    arena_init(&a_, 0);
    if (!model_open(&file, str_from(SOURCE_ROOT "/models/en.model"), FEATURE_SET, &e)) return -1;
    lemmas = lemma_table_open(&a_, &file, &e);
    return lemmas ? 0 : -1;
}

static int close_lemmas(void **state)
{
    (void)state;
    model_close(&file);
    arena_release(&a_);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lemmas_of_words),
        cmocka_unit_test(odd_words_have_lemmas),
        cmocka_unit_test(clauses_have_tense_and_voice),
        cmocka_unit_test(features_are_those_of_ud),
    };
    return cmocka_run_group_tests_name("syntax/words", tests, open_lemmas, close_lemmas);
}
