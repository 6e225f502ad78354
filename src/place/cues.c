#include "place/cues.h"

#include <string.h>

#include "place/spelling.h"

static const float of_word = 0.7f, of_number = 2;

enum { AREA_CODE = 3, LONGEST_DIAL = 3, LONGEST_NUMBER = 14 };

static country_cue cue_of(const place_rule *rule, float weight)
{
    country_cue c = {{0}, 0};
    if (!rule || rule->canon.len != 2) return c;
    memcpy(c.country, rule->canon.ptr, 2);
    c.weight = weight;
    return c;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t digits_at(str w, size_t at)
{
    size_t n = 0;
    while (at + n < w.len && is_digit(w.ptr[at + n])) n++;
    return n;
}

/* "519-555-0134", "1-519-555-0134", "519.555.0134": the three digits of the area code; empty = no such number. */
static str area_code(str w)
{
    if (str_starts(w, STR("1-")) || str_starts(w, STR("1."))) w = str_part(w, 2, w.len);
    if (w.len != 12 || digits_at(w, 0) != 3 || digits_at(w, 4) != 3 || digits_at(w, 8) != 4)
        return (str){0};
    const bool parted = w.ptr[3] == w.ptr[7] && (w.ptr[3] == '-' || w.ptr[3] == '.');
    return parted ? str_part(w, 0, AREA_CODE) : (str){0};
}

/* Numbers that may be called from several countries: "1-800-555-0199". */
static bool is_free(str code)
{
    return code.ptr[0] == '8' && code.ptr[1] == code.ptr[2];
}

static country_cue of_area_code(const place_rules *r, str code)
{
    static const country_cue home = {{'U', 'S'}, 1};
    const place_rule *rule = rules_find(r, RULE_TRUNK, code);
    if (is_free(code)) return (country_cue){{0}, 0};
    return rule ? cue_of(rule, of_number) : home;
}

/* "+44", "+44207…" */
static country_cue of_dial(const place_rules *r, str digits)
{
    for (size_t n = LONGEST_DIAL; n > 1; n--) {
        const place_rule *rule = digits.len >= n ? rules_find(r, RULE_DIAL, str_part(digits, 0, n)) : NULL;
        if (rule) return cue_of(rule, of_number);
    }
    return (country_cue){{0}, 0};
}

country_cue cue_at(const place_rules *r, const document *d, size_t at)
{
    const str w = document_plain(d, d->tokens.v[at].at);
    char key[SPELLING_MAX];
    if (!w.len || w.len >= SPELLING_MAX) return (country_cue){{0}, 0};
    if (w.ptr[0] == '+' && digits_at(w, 1) > 1) return of_dial(r, str_part(w, 1, w.len));
    if (is_digit(w.ptr[0])) {
        const str code = w.len <= LONGEST_NUMBER ? area_code(w) : (str){0};
        return code.len ? of_area_code(r, code) : (country_cue){{0}, 0};
    }
    return cue_of(rules_find(r, RULE_CUE, (str){key, spelling_fold(w, key)}), of_word);
}
