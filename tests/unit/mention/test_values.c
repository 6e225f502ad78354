#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <cmocka.h>

#include "mention/date.h"
#include "mention/quantity.h"
#include "mention/weapon.h"
#include "random_text.h"

#define N_DOCUMENTS 4000

static int64_t day_key(civil_date c)
{
    return ((int64_t)c.year * 16 + c.month) * 32 + c.day;
}

static void check_span(const document *d, const mention *m)
{
    assert_true(m->at.len > 0 && span_end(m->at) <= d->text.len);
    assert_true(m->n > 0 && m->first + m->n <= d->tokens.n);
    assert_true(m->head < d->tokens.n);
    assert_true(m->at.start >= d->tokens.v[m->first].at.start);
    assert_true(span_end(m->at) <= span_end(d->tokens.v[m->first + m->n - 1].at));
}

static void check_date(const date *v)
{
    bool empty = v->edtf[0] == 0, open = strstr(v->edtf, "..") != NULL;
    assert_true(strlen(v->edtf) < sizeof v->edtf);
    assert_true(empty == (v->precision == 0));
    if (empty) return;
    bool unknown = strncmp(v->edtf, "XXXX", 4) == 0 || strncmp(v->edtf, "../XXXX", 7) == 0;
    if (unknown || open) return;
    assert_true(v->from.year != 0 && day_key(v->from) <= day_key(v->to));
}

static void check_quantity(const quantity *q)
{
    if (q->has_low && q->has_best) assert_true(q->low <= q->best);
    if (q->has_best && q->has_high) assert_true(q->best <= q->high);
    if (q->has_low && q->has_high) assert_true(q->low <= q->high);
    assert_true(q->of.ptr != NULL);
}

static void any_words_give_sound_values(void **state)
{
    (void)state;
    arena table, a;
    date_rules *dates;
    weapon_rules *weapons;
    quantity_rules *quantities;
    error e;
    arena_init(&table, 0);
    arena_init(&a, 0);
    assert_true(date_rules_open(&table, STR(SOURCE_ROOT "/codebooks"), &dates, &e));
    assert_true(weapon_rules_open(&table, STR(SOURCE_ROOT "/codebooks"), &weapons, &e));
    assert_true(quantity_rules_open(&table, STR(SOURCE_ROOT "/codebooks"), &quantities, &e));
    for (uint64_t seed = 1; seed <= N_DOCUMENTS; seed++, arena_reset(&a)) {
        document *d = random_document(&a, seed);
        date_mentions(dates, d);
        weapon_mentions(weapons, d);
        quantity_mentions(quantities, d);
        for (size_t i = 0; i < d->mentions.n; i++) {
            const mention *m = &d->mentions.v[i];
            check_span(d, m);
            if (m->kind == MENTION_DATE) check_date(&m->date), check_date(&m->interval);
            if (m->kind == MENTION_QUANTITY) check_quantity(&m->quantity);
        }
    }
    arena_release(&a);
    arena_release(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_words_give_sound_values)};
    return cmocka_run_group_tests_name("mention/values", tests, NULL, NULL);
}
