/* date_rules: the words, holidays and patterns of codebooks' en/dates.txt, in memory.
 * In: the table. Out: for every spelling the classes that it is of; for every pattern its elements; for
 * every spelling the patterns that can begin with it, so that text without date words costs one look-up
 * an atom. */
#ifndef SITREP_MENTION_DATE_RULES_H
#define SITREP_MENTION_DATE_RULES_H

#include "mention/date.h"
#include "mention/number.h"

#include "base/map.h"

/* Word classes come from the table; the others are recognised by shape. */
/* clang-format off */
#define DATE_CLASS_LIST(X)                                                                            \
    X(MONTH, month) X(WEEKDAY, weekday) X(SEASON, season) X(PART, part) X(UNIT, unit)                 \
    X(TIMEUNIT, timeunit) X(DEICTIC, deictic) X(ANAPHORIC, anaphoric) X(AGO, ago) X(LATER, later)     \
    X(TODAY, today) X(EDGE, edge) X(HEDGE, hedge) X(DOUBT, doubt) X(FEW, few) X(ERA, era)             \
    X(ZONE, zone) X(MERIDIEM, meridiem) X(DECADEWORD, decadeword) X(ISLAMIC, islamic)                 \
    X(HALFWORD, halfword) X(BEFOREYEAR, beforeyear) X(INYEAR, inyear) X(IMPLIED, implied) X(NOTYEAR, notyear) X(COUNTED, counted) X(STRETCH, stretch) X(OPENING, opening) X(SAYING, saying) X(SCHEDULED, scheduled) X(DEFERRING, deferring) \
    X(OF, of) X(AT, at) X(LEAD, lead) X(SINCE, since) X(UNTIL, until) X(FROM, from)                   \
    X(BETWEEN, between) X(TO, to) X(OVERNIGHT, overnight) X(MODAL, modal) X(WHOLEUNIT, wholeunit)     \
    X(BINDING, binding) X(BESIDE, beside) X(THENWORD, thenword) X(LEADING, leading)                   \
    X(ONWARDS, onwards) X(EVERYDAY, everyday) X(LASTWORD, lastword) X(PUBLISHED, published)           \
    X(UNITS, units) X(PASTWORD, pastword) X(LIMIT, limit) X(CENTURYWORD, centuryword)                 \
    X(WEEKENDWORD, weekendword) X(OTHERMONTH, othermonth) X(HOLIDAY, holiday) X(DAY, day) X(ORDINALDAY, ordinalday)             \
    X(YEAR, year) X(YY, yy) X(SHORTYEAR, shortyear) X(N, n) X(ORD, ord) X(NUMERIC, numeric)           \
    X(DTG, dtg) X(CLOCK, clock) X(HOUR, hour) X(DECADE, decade) X(DAYYEAR, dayyear) X(QUARTERDIGIT, quarterdigit)
/* clang-format on */

#define LABEL_VALUE(id, text) CLASS_##id,
typedef enum date_class {
    DATE_CLASS_LIST(LABEL_VALUE) N_DATE_CLASSES,
    N_WORD_CLASSES = CLASS_HOLIDAY
} date_class;
#undef LABEL_VALUE

/* The section of a pattern: what its match means. */
/* clang-format off */
#define DATE_OP_LIST(X)                                                                              \
    X(DATE, date)             /* a calendar date, as far as it goes */                               \
    X(SHIFT, shift)           /* the unit or named part before, at or after the day of speaking */   \
    X(REFSHIFT, refshift)     /* … or the day that the text is at */                                 \
    X(AGO, ago)               /* so many units before the day of speaking, or after it */            \
    X(REFAGO, refago)         /* so many units from the day that the text is at */                   \
    X(EVENT, event)           /* … from what is told behind it: "a day after the attack" */          \
    X(TODAY, today)                                                                                  \
    X(SPAN, span)             /* the last so many units up to the day of speaking */                 \
    X(NTH, nth)               /* "first week", to be followed by "of March" */                       \
    X(TIME, time)             /* a time of day */                                                    \
    X(VAGUE, vague)           /* a time without a value: "recently" */                               \
    X(NONE, none)             /* looks like a date and is none */
/* clang-format on */

#define LABEL_VALUE(id, text) OP_##id,
typedef enum date_op { DATE_OP_LIST(LABEL_VALUE) N_DATE_OPS } date_op;
#undef LABEL_VALUE

typedef enum holiday_rule {
    HOLIDAY_FIXED,    /* month day; days that it lasts, 0 = one */
    HOLIDAY_EASTER,   /* days after Easter Sunday */
    HOLIDAY_ORTHODOX, /* days after the Orthodox one */
    HOLIDAY_NTH,      /* month, weekday, which one; -1 = the last */
    HOLIDAY_ISLAMIC,  /* month day */
    HOLIDAY_HEBREW,   /* month day */
    HOLIDAY_NEW_MOON, /* month, day, hours: the first new moon from then on, so many hours east of Greenwich */
    HOLIDAY_FULL_MOON,
    HOLIDAY_ONCE, /* year month day: the name of one day, "9/11" */
    HOLIDAY_KNOWN, /* year month day: so a month and day without a year before the name, "September 11 attacks" */
    HOLIDAY_MONTH, /* no feast: the name of a month of the Islamic calendar that has several words; its number */
    N_HOLIDAY_RULES
} holiday_rule;

typedef struct holiday_name {
    const uint32_t *words; /* numbers of its words */
    uint32_t n;
    holiday_rule rule;
    int arg[3];
} holiday_name;

typedef struct date_word_class {
    uint32_t next; /* of the same word, + 1; 0 = last */
    date_class cls;
    int value;
    bool needs_name; /* an everyday word too ("may", "march"): only as a name with a capital */
} date_word_class;

typedef struct pattern_choice {
    bool is_class;
    uint32_t id; /* a class or a word */
} pattern_choice;

typedef struct pattern_element {
    bool is_optional;
    uint32_t first_choice, n_choices;
} pattern_element;

typedef struct date_pattern {
    date_op op;
    uint32_t first_element, n_elements, line;
    uint32_t n_required; /* elements that are not optional: it covers at least as many atoms */
} date_pattern;

typedef ARRAY(uint32_t) index_array;

typedef struct date_word {
    uint32_t first_class; /* + 1 into classes; 0 = none */
    index_array patterns; /* that can begin with it */
    index_array holidays;
} date_word;

struct date_rules {
    number_words numbers;
    map words; /* spelling -> word number */
    ARRAY(date_word) word;
    ARRAY(date_word_class) classes;
    ARRAY(holiday_name) holidays;
    ARRAY(pattern_choice) choices;
    ARRAY(pattern_element) elements;
    ARRAY(date_pattern) patterns;
    index_array number_patterns; /* that can begin with a number */
};

/* The class of a word in the sense of `cls`, or NULL. */
const date_word_class *date_word_in(const date_rules *r, uint32_t word, date_class cls);

#endif
