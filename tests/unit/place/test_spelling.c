#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>

#include "base/os.h"
#include "place/spelling.h"
#include "place/translit.h"

static arena memory;
static place_rules rules;
static translit *scripts;

static int read_rules(void **state)
{
    (void)state;
    error e;
    str bytes, path = STR(SOURCE_ROOT "/codebooks/en/place-generics.txt");
    arena_init(&memory, 0);
    scripts = translit_open();
    return os_read_file(&memory, path, &bytes, &e) && rules_parse(&memory, path, bytes, &rules, &e) ? 0
                                                                                                    : -1;
}

static int drop_rules(void **state)
{
    (void)state;
    translit_close(scripts);
    arena_release(&memory);
    return 0;
}

/* Names in other scripts by the consonants of their romanisation. */
static bool same_romanised(str a, str b)
{
    char keys[TRANSLIT_VARIANTS][SPELLING_MAX], folded[SPELLING_MAX], key[SPELLING_MAX];
    size_t n[TRANSLIT_VARIANTS];
    str f = {folded, spelling_fold(b, folded)}, k = {key, spelling_skeleton(&rules, f, key)};
    for (size_t i = 0, m = translit_skeletons(scripts, &rules, a, keys, n); i < m; i++)
        if (k.len && str_eq(k, (str){keys[i], n[i]})) return true;
    return false;
}

static bool same(str a, str b, int level)
{
    if (level == 3 && translit_needed(a)) return same_romanised(a, b);
    char fa[SPELLING_MAX], fb[SPELLING_MAX], ka[SPELLING_MAX], kb[SPELLING_MAX];
    str x = {fa, spelling_fold(a, fa)}, y = {fb, spelling_fold(b, fb)};
    if (level == 2)
        x = (str){ka, spelling_generic(&rules, x, ka)}, y = (str){kb, spelling_generic(&rules, y, kb)};
    if (level == 3)
        x = (str){ka, spelling_skeleton(&rules, x, ka)}, y = (str){kb, spelling_skeleton(&rules, y, kb)};
    return x.len && str_eq(x, y);
}

/* The strictest level at which two spellings of one place meet; 0 = never. */
static const struct {
    const char *a, *b;
    int level;
} pairs[] = {
    /* Syria */
    {"Deir ez-Zor", "DEIR EZ ZOR", 1},
    {"Ma\xE2\x80\x99"
     "aret Hurmah",
     "Maaret Hurmah", 1},
    {"Ḩamāh", "Hamah", 1},
    {"al-Qamishly", "Qamishli", 2},
    {"Kafar Nabl", "Kafr Nabl", 2},
    {"Tal Abyad", "Tell Abyad", 2},
    {"Tall Rif'at", "Tel Rifat", 2},
    {"Ain Issa", "Ayn Issa", 2},
    {"Jabal al-Zawiya", "Jebel Zawiyah", 2},
    {"Raqqa", "Ar-Raqqah", 2},
    {"Deir Ezzor", "Dayr az-Zor", 2},
    {"Khan Sheikhoun", "Khan Shaykhun", 3},
    {"Saraqib", "Saraqeb", 3},
    {"Manbij", "Munbej", 3},
    {"al-Hawl", "Al-Hol", 0},
    {"Maarrat al-Numan", "Ma'arat al-Nu'man", 2},
    {"Sarrin", "Sirrin", 3},
    /* Iraq */
    {"Falluja", "Al Fallujah", 2},
    {"Tal Afar", "Tall Afar", 2},
    {"Baqubah", "Ba'quba", 2},
    {"Mosul", "Mossul", 2},
    {"Abu Ghraib", "Abou Gharib", 3},
    {"Umm Qasr", "Um Kasr", 2},
    {"Samarra", "Samara", 2},
    {"Sulaymaniyah", "Sulaimaniya", 3},
    /* Afghanistan, Pakistan */
    {"Lashkar Gah", "Lashkargah", 2},
    {"Musa Qala", "Musa Qalah", 2},
    {"Sangin", "Sangeen", 2},
    {"Kunduz", "Kondoz", 3},
    {"Jalalabad", "Jalal Abad", 2},
    {"Spin Boldak", "Spinbuldak", 3},
    {"Miranshah", "Miram Shah", 0},
    {"Khost", "Khowst", 3},
    /* Yemen */
    {"Hudaydah", "Al Hodeidah", 3},
    {"Ta'izz", "Taiz", 2},
    {"Sa'dah", "Sada", 2},
    {"Sanaa", "Sana'a", 1},
    {"Marib", "Ma'rib", 1},
    {"Bayt al-Faqih", "Beit al Faqih", 2},
    {"Zinjibar", "Zanjibar", 3},
    /* Libya, Sudan, Egypt */
    {"Bani Walid", "Beni Walid", 2},
    {"Benghazi", "Bengazi", 3},
    {"El Fasher", "Al-Fashir", 3},
    {"Wadi Halfa", "Oued Halfa", 2},
    {"Ras Lanuf", "Ra's Lanuf", 1},
    {"Sheikh Zuweid", "Shaykh Zuwayd", 3},
    {"Al-Arish", "El Arish", 2},
    {"Zuwarah", "Zwara", 3},
    /* Ukraine, Russia, the Caucasus */
    {"Donets'k", "Donetsk", 1},
    {"Makiivka", "Makiyivka", 3},
    {"Debaltseve", "Debal'tseve", 1},
    {"Staryi Krym", "Stary Krym", 2},
    {"Velyka Novosilka", "Velikaya Novosilka", 2},
    {"Krasny Lyman", "Krasnyi Lyman", 2},
    {"\xD0\x9A\xD0\xB8\xD1\x97\xD0\xB2", "\xD0\x9A\xD0\x98\xD0\x87\xD0\x92", 1},
    {"Groznyy", "Grozny", 2},
    {"St. Petersburg", "Saint Petersburg", 2},
    /* Somalia, Ethiopia, Mali, Nigeria */
    {"Baydhabo", "Baidhabo", 3},
    {"Kismaayo", "Kismayo", 2},
    {"Timbuktu", "Timbuctoo", 3},
    {"Ménaka", "Menaka", 1},
    {"Mekelle", "Mekele", 2},
    {"Bama", "Bamma", 2},
    /* Myanmar, Philippines, Lebanon, Latin America */
    {"Bago", "BAGO", 1},
    {"Marawi", "Marawi City", 0},
    {"Tyre", "Tyr", 0},
    {"Ain al-Hilweh", "Ein el-Hilweh", 2},
    {"Deir Yassin", "Dayr Yasin", 2},
    {"San José", "San Jose", 1},
    {"Bogotá", "Bogota", 1},
    {"Ciudad Juárez", "CIUDAD JUAREZ", 1},
    /* Syria again: articles, generics, doubled letters */
    {"Tel Rifaat", "Tall Rifat", 2},
    {"Jisr al-Shughur", "Jisr ash-Shughur", 2},
    {"Umm al-Marra", "Oum Marra", 2},
    {"Khirbet al-Joz", "Kherbet Joz", 2},
    {"Wadi Barada", "Oued Barada", 2},
    {"Al-Bab", "El Bab", 2},
    {"Abu Kamal", "Abou Kamal", 2},
    {"Bab al-Hawa", "Bab Hawa", 2},
    {"Sheikh Maqsoud", "Shaykh Maqsud", 2},
    {"Maarrat Misrin", "Ma'arat Misrin", 2},
    {"Kfar Nabudah", "Kafr Nabuda", 2},
    {"Qalaat al-Madiq", "Qal'at al-Mudiq", 3},
    {"Hayyan", "Hayan", 2},
    {"Salamiyah", "Salamiyeh", 2},
    {"Zabadani", "az-Zabadani", 2},
    {"Sarmada", "Sarmadah", 2},
    {"Atarib", "al-Atareb", 3},
    {"Binnish", "Binesh", 3},
    {"Kafranbel", "Kafr Nabl", 3},
    /* Iraq, Kurdistan, Iran */
    {"Hawija", "Al-Hawijah", 2},
    {"Ba'aj", "Baaj", 1},
    {"Tuz Khurmatu", "Tuz Khormato", 3},
    {"Dohuk", "Duhok", 0},
    {"Zakho", "Zakhu", 0},
    {"Khanaqin", "Khanaqeen", 2},
    {"Qaim", "al-Qa'im", 2},
    {"Jalula", "Jalulah", 2},
    {"Mahabad", "Mahabaad", 2},
    {"Kermanshah", "Kirmanshah", 3},
    /* Afghanistan, Pakistan, India */
    {"Mazar-i-Sharif", "Mazar i Sharif", 1},
    {"Tarin Kot", "Tarin Kowt", 3},
    {"Nawzad", "Now Zad", 3},
    {"Pul-e Khumri", "Pul-e-Khumri", 1},
    {"Shaikh Abad", "Sheikhabad", 3},
    {"Gardez", "Gardiz", 3},
    {"Muzaffarabad", "Muzafarabad", 2},
    {"Kupwara", "Kupwarah", 2},
    {"Poonch", "Punch", 2},
    {"Dantewada", "Dantewara", 0},
    /* Yemen, Oman, the Gulf */
    {"Al-Hazm", "Hazm", 2},
    {"Mukalla", "Al Mukallah", 2},
    {"Sirwah", "Sarwah", 3},
    {"Bajil", "Bajel", 3},
    {"Shabwah", "Shabwa", 2},
    {"Abyan", "Abyaan", 2},
    {"Zabid", "Zabeed", 2},
    /* North Africa, the Sudans */
    {"Zliten", "Zlitan", 3},
    {"Misrata", "Misratah", 2},
    {"Tobruk", "Tubruq", 3},
    {"Sebha", "Sabha", 0},
    {"Umm Durman", "Um Durman", 2},
    {"Nyala", "Niyala", 0},
    {"El Geneina", "Al-Junaynah", 3},
    {"Ain Salah", "In Salah", 3},
    {"Beni Abbes", "Bani Abbas", 3},
    /* Horn, Sahel */
    {"Mek'ele", "Mekele", 1},
    {"Beledweyne", "Beled Weyne", 2},
    {"Baraawe", "Barawe", 2},
    {"Goundam", "Gundam", 2},
    {"Tessalit", "Tesalit", 2},
    {"Ansongo", "Ansongho", 3},
    {"Damaturu", "Damatouru", 2},
    /* Ukraine, Russia, Central Asia */
    {"Mykolaiv", "Mykolayiv", 3},
    {"Sievierodonetsk", "Severodonetsk", 3},
    {"Luhans'k", "Luhansk", 1},
    {"Verkhnii Tokmak", "Verkhny Tokmak", 2},
    {"Zhytomyr", "Zhitomir", 3},
    {"Khasavyurt", "Khasav-Yurt", 2},
    {"Nizhny Novgorod", "Nizhnii Novgorod", 3},
    {"Osh", "Oš", 0},
    {"Šabac", "Sabac", 1},
    {"Đakovica", "Dakovica", 1},
    {"Güneşli", "Gunesli", 1},
    {"İskenderun", "Iskenderun", 1},
    {"Łódź", "Lodz", 1},
    /* Southeast Asia, Latin America */
    {"Mỹ Tho", "My Tho", 1},
    {"Hpa-An", "Hpa An", 1},
    {"Mrauk-U", "Mrauk U", 1},
    {"St. Vincent", "Saint Vincent", 2},
    {"Puerto Asís", "PUERTO ASIS", 1},
    {"Usulután", "Usulutan", 1},
    {"Nariño", "Narino", 1},
    /* Other scripts: Arabic, with and without vowels that are written */
    {"كفر سجنة", "Kafr Sijnah", 3},
    {"كفر سجنة", "Kafar Sajneh", 3},
    {"إدلب", "Idlib", 3},
    {"حلب", "Halab", 3},
    {"الرقة", "Raqqa", 0},
    {"دير الزور", "Deir ez-Zor", 3},
    {"معرة النعمان", "Maarrat al-Numan", 3},
    {"خان شيخون", "Khan Shaykhun", 3},
    {"تل رفعت", "Tell Rifaat", 3},
    {"سراقب", "Saraqib", 3},
    {"القامشلي", "Al-Qamishli", 3},
    {"منبج", "Manbij", 3},
    {"دوما", "Douma", 0}, /* two consonants are too few */
    {"الفلوجة", "Fallujah", 3},
    {"الموصل", "Mosul", 3},
    {"سامراء", "Samarra", 3},
    {"بعقوبة", "Baqubah", 3},
    {"كركوك", "Kirkuk", 3},
    {"مصراتة", "Misrata", 3},
    {"بنغازي", "Benghazi", 3},
    {"طرابلس", "Tarabulus", 3},
    {"الخرطوم", "Khartoum", 3},
    {"الفاشر", "El Fasher", 3},
    {"تعز", "Taiz", 0},
    {"الحديدة", "Hodeidah", 3},
    {"مأرب", "Marib", 3},
    {"رفح", "Rafah", 0},
    {"خان يونس", "Khan Yunis", 3},
    /* Persian, Pashto */
    {"کرمانشاه", "Kermanshah", 3},
    {"قندهار", "Kandahar", 3},
    {"مزار شریف", "Mazar Sharif", 3},
    {"جلال آباد", "Jalalabad", 3},
    /* Cyrillic */
    {"Харків", "Kharkiv", 3},
    {"Харьков", "Kharkov", 3},
    {"Бахмут", "Bakhmut", 3},
    {"Артёмовск", "Artyomovsk", 3},
    {"Мариуполь", "Mariupol", 3},
    {"Запоріжжя", "Zaporizhzhia", 3},
    {"Сєвєродонецьк", "Severodonetsk", 3},
    {"Краматорськ", "Kramatorsk", 3},
    {"Слов'янськ", "Sloviansk", 3},
    {"Херсон", "Kherson", 3},
    {"Грозный", "Grozny", 3},
    {"Белгород", "Belgorod", 3},
    {"Авдіївка", "Avdiivka", 3},
    {"Покровськ", "Pokrovsk", 3},
    {"Кременчук", "Kremenchuk", 3},
    /* Greek, Hebrew, Georgian, Armenian, Ethiopic, Burmese, Devanagari, Chinese, Korean */
    {"Θεσσαλονίκη", "Thessaloniki", 3},
    {"Λάρισα", "Larisa", 3},
    {"תל אביב", "Tel Aviv", 3},
    {"אשקלון", "Ashkelon", 0},
    {"ცხინვალი", "Tskhinvali", 3},
    {"თბილისი", "Tbilisi", 3},
    {"გორი", "Gori", 0},
    {"Ստեփանակերտ", "Stepanakert", 3},
    {"Երևան", "Yerevan", 3},
    {"መቀሌ", "Mekele", 3},
    {"ጎንደር", "Gonder", 3},
    {"रायपुर", "Raipur", 3},
    {"श्रीनगर", "Srinagar", 3},
    {"北京", "Beijing", 3},
    {"上海", "Shanghai", 3},
    {"부산", "Busan", 3},
    {"平壤", "Pingrang", 3},
    /* Ukraine and Russia call one town by two names: only a table knows that */
    {"Kyiv", "Kiev", 0},
    {"Bakhmut", "Artemivsk", 0},
    {"Kharkiv", "Kharkov", 3},
    {"Dnipro", "Dnepr", 3},
    {"Zaporizhzhia", "Zaporozhye", 3},
    {"Mykolaiv", "Nikolaev", 0},
    {"Chernihiv", "Chernigov", 0},
    {"Luhansk", "Lugansk", 0},
    {"Horlivka", "Gorlovka", 0},
    {"Avdiivka", "Avdeyevka", 3},
    {"Kupiansk", "Kupyansk", 3},
    {"Lysychansk", "Lisichansk", 3},
    {"Volnovakha", "Volnovaha", 0},
    {"Sievierodonetsk", "Syevyerodonetsk", 3},
    /* Burmese, Pashto, Amharic and Tigrinya, Somali romanisations */
    {"Myawaddy", "Myawadi", 2},
    {"Sittwe", "Sittway", 3},
    {"Maungdaw", "Maung Daw", 2},
    {"Kyaukphyu", "Kyaukpyu", 0},
    {"Hpakant", "Phakant", 0},
    {"Loikaw", "Loikow", 0},
    {"Lashio", "Lasho", 0},
    {"Lashkargah", "Laskar Gah", 3},
    {"Gereshk", "Girishk", 3},
    {"Sharana", "Sharan", 3},
    {"Asadabad", "Asad Abad", 2},
    {"Maidan Shahr", "Maydan Shar", 3},
    {"Maidan Wardak", "Meydan Vardak", 3},
    {"Axum", "Aksum", 0},
    {"Adwa", "Adua", 0},
    {"Shire", "Shiré", 1},
    {"Gondar", "Gonder", 3},
    {"Bahir Dar", "Bahr Dar", 3},
    {"Debre Tabor", "Debra Tabor", 3},
    {"Beledweyne", "Belet Weyne", 0},
    {"Kismayo", "Kismayu", 3},
    {"Baidoa", "Baydhabo", 0},
    /* never */
    {"Homs", "Hama", 0},
    {"Idlib", "Aleppo", 0},
    {"Kafr Nabl", "Kafr Zita", 0},
    {"Essen", "Sen", 0},
};

static void spellings_of_one_place_meet_at_their_level(void **state)
{
    (void)state;
    size_t failed = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        int level = 0;
        for (int k = 3; k >= 1; k--)
            if (same(str_from(pairs[i].a), str_from(pairs[i].b), k)) level = k;
        if (level == pairs[i].level) continue;
        print_message("%s = %s: level %d, not %d\n", pairs[i].a, pairs[i].b, level, pairs[i].level);
        failed++;
    }
    assert_int_equal(failed, 0);
}

static void any_bytes_are_survived(void **state)
{
    (void)state;
    char text[300], key[SPELLING_MAX], level[SPELLING_MAX];
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        size_t n = (seed = seed * 1103515245u + 12345u) >> 16 & 0xFF;
        for (size_t i = 0; i < n; i++) text[i] = (char)((seed = seed * 1103515245u + 12345u) >> 16);
        size_t m = spelling_fold((str){text, n}, key);
        assert_true(m <= SPELLING_MAX);
        assert_true(spelling_generic(&rules, (str){key, m}, level) <= SPELLING_MAX);
        assert_true(spelling_skeleton(&rules, (str){key, m}, level) <= SPELLING_MAX);
    }
    memset(text, 'a', sizeof text);
    assert_int_equal(spelling_fold((str){text, sizeof text}, key), 0);
    assert_int_equal(spelling_fold(STR("-- ' ."), key), 0);
    assert_int_equal(spelling_fold((str){0}, key), 0);
}

static void acronyms_are_two_to_five_capitals(void **state)
{
    (void)state;
    char key[SPELLING_MAX];
    assert_int_equal(spelling_acronym(STR("U.S."), key), 2);
    assert_int_equal(spelling_acronym(STR("UAE"), key), 3);
    assert_int_equal(spelling_acronym(STR("us"), key), 0);
    assert_int_equal(spelling_acronym(STR("Us"), key), 0);
    assert_int_equal(spelling_acronym(STR("DAMASCUS"), key), 0);
    assert_int_equal(spelling_acronym(STR("A"), key), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spellings_of_one_place_meet_at_their_level),
        cmocka_unit_test(any_bytes_are_survived),
        cmocka_unit_test(acronyms_are_two_to_five_capitals),
    };
    return cmocka_run_group_tests_name("place/spelling", tests, read_rules, drop_rules);
}
