/* Writes a table like GeoNames' allCountries: geonames_rows ROWS > rows.txt
 * Names are put together from syllables and have other names, about as many as GeoNames has on average; provinces and
 * districts of 60 countries stand among them. The same number gives the same table. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 7;

static uint32_t draw(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % n;
}

static void put_name(void)
{
    static const char *const syllables[] = {"al",  "ba",  "da",  "far", "gol", "hu",  "kar", "lem", "mu",
                                            "nar", "qas", "ra",  "sha", "tel", "um",  "wad", "yar", "zen",
                                            "ker", "bir", "den", "min", "sam", "tor", "ves", "kol"};
    for (uint32_t words = 1 + draw(3) / 2, w = 0; w < words; w++) {
        if (w) putchar(' ');
        for (uint32_t n = 2 + draw(2), i = 0; i < n; i++) {
            const char *s = syllables[draw(26)];
            putchar(i ? s[0] : s[0] - 32);
            fputs(s + 1, stdout);
        }
    }
}

static void put_row(uint32_t number, const char *country, const char *kind, uint32_t a1, uint32_t a2)
{
    uint64_t name = state;
    printf("%u\t", number);
    put_name();
    putchar('\t');
    state = name; /* the ASCII name is the same */
    put_name();
    putchar('\t');
    for (uint32_t n = draw(4) / 2 + draw(2), i = 0; i < n; i++) {
        if (i) putchar(',');
        put_name();
    }
    printf("\t%.5f\t%.5f\t%s\t%s\t\t%02u\t", draw(11000000) / 1e5 - 50, draw(34000000) / 1e5 - 170, kind,
           country, a1);
    if (a2) printf("%02u%02u", a1, a2);
    printf("\t\t\t%u\t\t100\tEtc/UTC\t2020-01-01\n", draw(4) ? 0 : draw(4000));
}

int main(int argc, char **argv)
{
    static const char countries[][3] = {
        "SY", "IQ", "UA", "AF", "YE", "ML", "SD", "SS", "SO", "ET", "NG", "CD", "MM", "PK", "IN",
        "LB", "JO", "EG", "LY", "TN", "DZ", "MA", "TR", "IR", "SA", "RU", "BY", "GE", "AM", "AZ",
        "KZ", "UZ", "TM", "TJ", "KG", "NP", "BD", "LK", "TH", "VN", "PH", "ID", "CO", "VE", "PE",
        "BO", "BR", "MX", "GT", "HN", "SV", "US", "FR", "DE", "ES", "IT", "PL", "RO", "GR", "CN"};
    static const char *const kinds[] = {"P\tPPL", "P\tPPL", "P\tPPL", "P\tPPL",  "S\tFRM",
                                        "S\tSCH", "H\tSTM", "T\tHLL", "L\tLCTY", "A\tADM4"};
    uint32_t number = 20000000, rows = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 1000;
    for (uint32_t c = 0; c < 60; c++)
        for (uint32_t a = 1; a <= 20; a++)
            for (uint32_t d = 0; d <= 12; d++)
                put_row(++number, countries[c], d ? "A\tADM2" : "A\tADM1", a, d);
    for (uint32_t i = 0; i < rows; i++)
        put_row(++number, countries[draw(60)], kinds[draw(10)], 1 + draw(20), 1 + draw(12));
    return fflush(stdout) != 0;
}
