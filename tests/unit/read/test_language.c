#include "reading.h"

static const document *read_text(arena *a, const char *text, read_input in)
{
    document *d = arena_new(a, document, 1);
    error e;
    d->arena = a;
    in.bytes = str_from(text);
    in.format = READ_TEXT;
    assert_true(read_document(rules, &in, d, &e));
    check_document(d, in.bytes.len);
    return d;
}

static void whole_documents_of_other_languages_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code, *name;
    } rows[] = {
        {"قُتل ستة أشخاص في قصف على أطراف المدينة", "ar", "Arabic"},
        {"Шесть человек погибли при обстреле рынка, сообщили местные власти.", "ru", "Russian"},
        {"Шестеро людей загинули внаслідок обстрілу ринку, повідомила обласна влада.", "uk", "Ukrainian"},
        {"Les rebelles ont attaqué un poste de l'armée dans la nuit de lundi à mardi.", "fr", "French"},
        {"Los guerrilleros atacaron un puesto del ejército en la madrugada del lunes.", "es", "Spanish"},
        {"Os insurgentes atacaram uma aldeia durante a madrugada de segunda-feira.", "pt", "Portuguese"},
        {"Sınır karakoluna düzenlenen saldırıda üç asker hayatını kaybetti.", "tr", "Turkish"},
        {"در این حمله سه سرباز کشته و چند نفر دیگر زخمی شدند", "fa", "Persian"},
        {"စစ်တပ်က ရွာကို လက်နက်ကြီးဖြင့် ပစ်ခတ်ခဲ့သည်", "my", "Burmese"},
        {"በጥቃቱ ስድስት ሰዎች ተገድለዋል", "am", "Amharic"},
        {"袭击造成六人死亡，多人受伤，军方正在调查。", "zh", "Chinese"},
        {"Bei dem Angriff auf den Markt wurden drei Soldaten getötet und mehrere verletzt.", "de",
         "German"},
        {"Saldırıda ölenlerin sayısı altıya yükseldi, yaralılar hastaneye kaldırıldı.", "tr", "Turkish"},
        {"په برید کې درې سرتېري ووژل شول او څو نور ټپیان شول", "ps", "Pashto"},
        {"Ciidanka dowladda ayaa sheegay inay dileen dhowr dagaalyahan oo weerar ku soo qaaday magaalada.",
         "so", "Somali"},
        {"Hyökkäyksessä kuoli kuusi ihmistä, kertovat viranomaiset.", "fi", "Finnish"},
        {"В результаті атаки пошкоджено будинки.\n\nShahed-136, Kh-101.", "uk", "Ukrainian"},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const document *d = read_text(&a, rows[i].text, (read_input){0});
        if (!str_is(d->foreign, rows[i].name) || !str_is(d->language, rows[i].code))
            fail_msg("%s: %.*s, %.*s", rows[i].text, (int)d->foreign.len, d->foreign.ptr,
                     (int)d->language.len, d->language.ptr);
    }
    arena_release(&a);
}

static void english_is_never_passed_over(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "",
        "Kyiv",
        "12 345 67,8 %",
        "Six dead in Mopti",
        "REBELS KILL NINE IN KIDAL, OFFICIALS SAY",
        "Abdelmalek Droukdel, Iyad Ag Ghaly, Amadou Koufa, Mokhtar Belmokhtar, Adnan Abu Walid al-Sahrawi",
        "Col. Andrei Morozov\nMaj. Oleksandr Bondarenko\nCapt. Serhii Kravchenko\nLt. Ivan Kuznetsov",
        "Guerrilleros del Bloque Oriental (FARC) ambushed a patrol near San Vicente del Caguan",
        "Tbe rnilitary sald on Mondav that it bad ki1led nlne rebeis in tbe vlllage of Tabankort.",
        "KABUL TALIBAN KUNDUZ BAGHLAN HELMAND LASHKAR GAH SANGIN MUSA QALA NAWZAD GARMSIR NAD ALI",
        "\"Allahu akbar\", the men shouted. \"La ilaha illa Allah\", others answered.",
        "AH-64 4, UH-60 12, CH-47 3, M1A1 30, T-72B3 17, BMP-2 40",
        "The governor said on Telegram: \"Внаслідок удару загинули двоє людей.\"",
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const document *d = read_text(&a, rows[i], (read_input){0});
        if (d->foreign.len) fail_msg("%s: %.*s", rows[i], (int)d->foreign.len, d->foreign.ptr);
        assert_true(!d->language.len || str_is(d->language, "en"));
        for (size_t b = 0; b < d->blocks.n; b++) assert_int_not_equal(d->blocks.v[b].kind, BLOCK_FOREIGN);
    }
    arena_release(&a);
}

static const char mixed[] =
    "Shells hit the market of Kherson on Monday, and three people were killed there.\n\n"
    "Троє людей загинули внаслідок обстрілу ринку в понеділок.\n\n"
    "Les autorités ont déclaré que trois personnes avaient été tuées par un obus lundi.\n\n"
    "The regional governor said that the shells had been fired from across the river.";

static void paragraphs_of_other_languages_are_marked(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    const document *d = read_text(&a, mixed, (read_input){0});
    assert_int_equal(d->foreign.len, 0);
    assert_true(str_is(d->language, "en"));
    str shown = blocks_of(d, 6);
    if (!str_is(shown, "P Shells|F Тро|F Les au|P The re")) fail_msg("%.*s", (int)shown.len, shown.ptr);
    d = read_text(&a, mixed, (read_input){.any_language = true});
    for (size_t b = 0; b < d->blocks.n; b++) assert_int_not_equal(d->blocks.v[b].kind, BLOCK_FOREIGN);
    arena_release(&a);
}

static void what_is_said_of_the_language_is_weighed(void **state)
{
    (void)state;
    static const char french[] =
        "Les rebelles ont attaqué un poste de l'armée dans la nuit de lundi à mardi.";
    static const char croatian[] =
        "Šest osoba poginulo je u zračnom napadu na grad, objavila je policija u ponedjeljak.";
    static const struct {
        const char *text, *given, *language;
        bool foreign;
    } rows[] = {
        {french, "en", "en", false},
        {french, "en-GB", "en-GB", false},
        {french, "fr-ML", "fr-ML", true},
        {croatian, NULL, NULL, true},
        {"The army took the town of Tal on Monday.", "ru", "ru", false}, /* a translation */
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const document *d = read_text(&a, rows[i].text, (read_input){.language = str_from(rows[i].given)});
        assert_int_equal(d->foreign.len > 0, rows[i].foreign);
        if (rows[i].language) assert_true(str_is(d->language, rows[i].language));
    }
    arena_release(&a);
}

static void pages_lie_about_their_language(void **state)
{
    (void)state;
    static const struct {
        const char *said, *text, *language;
    } rows[] = {
        {"ar",
         "Shells hit the market of the town on Monday, and three people were killed there, the mayor said.",
         "en"},
        {"en-GB",
         "Shells hit the market of the town on Monday, and three people were killed there, he said.",
         "en-gb"},
        {"en", "Троє людей загинули внаслідок обстрілу ринку в понеділок, повідомила влада.", "uk"},
        {"bs", "Šest osoba poginulo je u zračnom napadu na grad, objavila je policija u ponedjeljak.",
         "bs"},
    };
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str page =
            arena_format(&a, "<html lang='%s'><body><article><p>%s</p><p>%s</p></article></body></html>",
                         rows[i].said, rows[i].text, rows[i].text);
        read_input in = {.bytes = page, .format = READ_HTML};
        document d = {.arena = &a};
        error e;
        assert_true(read_document(rules, &in, &d, &e));
        if (!str_is(d.language, rows[i].language))
            fail_msg("%s: %.*s", rows[i].said, (int)d.language.len, d.language.ptr);
    }
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_documents_of_other_languages_are_told),
        cmocka_unit_test(english_is_never_passed_over),
        cmocka_unit_test(paragraphs_of_other_languages_are_marked),
        cmocka_unit_test(what_is_said_of_the_language_is_weighed),
        cmocka_unit_test(pages_lie_about_their_language),
    };
    return cmocka_run_group_tests_name("read/language", tests, open_rules, close_rules);
}
