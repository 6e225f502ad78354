#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "support.h"
#include "write/write.h"

typedef struct sunk {
    char text[32768];
    size_t n;
} sunk;

static bool sink(void *context, const void *bytes, size_t n)
{
    sunk *s = context;
    assert_true(s->n + n < sizeof s->text);
    memcpy(s->text + s->n, bytes, n);
    s->n += n;
    return true;
}

static span find(const document *d, const char *words)
{
    size_t at = str_find(d->text, str_from(words), 0);
    assert_true(at < d->text.len);
    return (span){(uint32_t)at, (uint32_t)strlen(words)};
}

/* One claim with something in each of its parts, about a text with letters outside ASCII. */
static document *example(arena *a)
{
    static const claim_codes codes = {.plover = {"ASSAULT", 7},
                                      .plover_mode = {"heavy-weapons", 13},
                                      .cameo = {"194", 3},
                                      .acled = {"Explosions/Remote violence: \"x\"", 31},
                                      .ucdp_violence = 1};
    document *d = support_document_of(a, "2021-03-04",
                                      "Rebels/NOUN reportedly shelled/VERB/VBD/shell Ma\u2019arra/PROPN "
                                      "+,/PUNCT killing at least 6 +./PUNCT");
    snprintf(d->sha256, sizeof d->sha256, "%064d", 7);
    d->id = STR("a \"doc\"");
    claim *c = array_push(a, &d->claims);
    *c = (claim){.type = STR("shelling"),
                 .codes = &codes,
                 .status = STATUS_OCCURRED,
                 .trigger = find(d, "shelled"),
                 .trigger_token = 2,
                 .evidence = {0, (uint32_t)d->text.len},
                 .has_date = true,
                 .has_killed = true,
                 .confidence = 0.5,
                 .rule = STR("shelling/3"),
                 .event = -1};
    *array_push(a, &c->hedges) = find(d, "reportedly");
    *array_push(a, &c->actors) =
        (claim_actor){.role = ROLE_ACTOR, .at = find(d, "Rebels"), .kind = ACTOR_REBELS};
    *array_push(a, &c->places) = (claim_place){.role = PLACE_AT,
                                               .at = find(d, "Ma\u2019arra"),
                                               .place = {.name = STR("Ma\u2019arra"),
                                                         .lat = 35.64301,
                                                         .lon = -36.5,
                                                         .has_point = true,
                                                         .precision = 1,
                                                         .geonameid = 42,
                                                         .country = STR("SY"),
                                                         .match = MATCH_EXACT}};
    c->date = (date){.edtf = "2021-03",
                     .from = {2021, 3, 1},
                     .to = {2021, 3, 31},
                     .precision = 4,
                     .basis = BASIS_DOCUMENT};
    c->killed =
        (claim_count){find(d, "at least 6"), {.low = 6, .best = 6, .has_low = true, .has_best = true}};
    return d;
}

static void render(arena *a, document *d, void (*layout)(const write_view *), unsigned width, sunk *s)
{
    out *o = arena_new(a, out, 1);
    positions p = positions_build(a, d->text);
    write_view w = {
        .d = d, .positions = &p, .codebook = STR("test 1"), .model = STR("en 1"), .width = width, .o = o};
    s->n = 0;
    out_init(o, sink, s);
    layout(&w);
    assert_true(out_flush(o));
    s->text[s->n] = 0;
}

static void assert_has(const sunk *s, const char *piece)
{
    if (!strstr(s->text, piece)) fail_msg("not there: %s\nin: %s", piece, s->text);
}

static void json_counts_code_points_and_keeps_the_order_of_members(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    sunk *s = malloc(sizeof *s);
    render(&a, example(&a), write_claims_json, 100, s);
    static const char *const pieces[] = {
        "{\"schema\":\"sitrep.claim/1\",\"id\":",
        "\"event_id\":null,\"document\":{\"id\":\"a \\\"doc\\\"\",\"url\":null",
        "\"published\":\"2021-03-04\"",
        "\"status\":\"occurred\",\"hedges\":[{\"text\":\"reportedly\",\"start\":7,\"end\":17}]",
        "\"trigger\":{\"text\":\"shelled\",\"start\":18,\"end\":25,\"lemma\":\"shell\"}",
        "\"text\":\"Ma\u2019arra\",\"start\":26,\"end\":33,\"name\":\"Ma\u2019arra\",\"geonameid\":42,"
        "\"feature\":null",
        "\"lat\":35.64301,\"lon\":-36.5,\"radius_m\":null,\"precision\":1,\"match\":\"exact\",\"rivals\":0}"
        "]",
        "\"date\":{\"text\":null,\"start\":null,\"end\":null,\"edtf\":\"2021-03\",\"from\":\"2021-03-01\"",
        "\"killed\":{\"low\":6,\"best\":6,\"high\":null,\"text\":\"at least "
        "6\",\"start\":43,\"end\":53},\"injured\":null",
        "\"confidence\":0.5,\"made_by\":{\"sitrep\":\"",
        "\"codebook\":\"test 1\",\"model\":\"en 1\",\"rule\":\"shelling/3\",\"places\":",
    };
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) assert_has(s, pieces[i]);
    free(s);
    arena_release(&a);
}

static void csv_rows_have_as_many_cells_as_the_heading(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    sunk *s = malloc(sizeof *s);
    out o;
    s->n = 0;
    out_init(&o, sink, s);
    write_csv_head(&o);
    out_flush(&o);
    size_t heads = 1, cells = 1;
    for (size_t i = 0; i < s->n; i++) heads += s->text[i] == ',';
    render(&a, example(&a), write_claims_csv, 100, s);
    bool inside = false;
    for (size_t i = 0; i < s->n; i++) {
        if (s->text[i] == '"') inside = !inside;
        cells += s->text[i] == ',' && !inside;
    }
    assert_int_equal(cells, heads);
    assert_false(inside);
    assert_has(s, "\"a \"\"doc\"\"\"");
    assert_has(s, "Explosions/Remote violence: \"\"x\"\"");
    assert_has(s, ",35.64301,-36.5,,1,");
    assert_string_equal(s->text + s->n - 2, "\r\n");
    free(s);
    arena_release(&a);
}

static void tables_stay_within_their_width(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    sunk *s = malloc(sizeof *s);
    static const unsigned widths[] = {80, 95, 96, 120, 200};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
        render(&a, example(&a), write_claims_table, widths[k], s);
        assert_has(s, "[shelled]");
        assert_has(s, "\u22656 dead");
        size_t column = 0;
        for (size_t i = 0; i < s->n; i++) {
            column = s->text[i] == '\n' ? 0 : column + (((unsigned char)s->text[i] & 0xC0) != 0x80);
            assert_true(column <= widths[k]);
        }
    }
    free(s);
    arena_release(&a);
}

static void ids_are_stable_and_tell_twins_apart(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document *d = example(&a), *again = example(&a);
    claim twin = d->claims.v[0];
    *array_push(&a, &d->claims) = twin;
    write_claim_ids(d, STR("test 1"), STR("en 1"));
    write_claim_ids(again, STR("test 1"), STR("en 1"));
    assert_string_equal(d->claims.v[0].id, again->claims.v[0].id);
    assert_string_not_equal(d->claims.v[0].id, d->claims.v[1].id);
    write_claim_ids(again, STR("test 2"), STR("en 1"));
    assert_string_not_equal(d->claims.v[0].id, again->claims.v[0].id);
    assert_int_equal(strlen(again->claims.v[0].id), 20);
    arena_release(&a);
}

static void damaged_trees_are_drawn_all_the_same(void **state)
{
    (void)state;
    static const char *const documents[] = {
        "a/X/NN/a/root/0 b/X/NN/b/dep/1 c/X/NN/c/dep/2",
        "a/X/NN/a/dep/2 b/X/NN/b/dep/1 c/X/NN/c/dep/3",
        "a/X/NN/a/dep/3 b/X/NN/b/dep/4 c/X/NN/c/root/0 d/X/NN/d/dep/3",
    };
    arena a;
    arena_init(&a, 0);
    sunk *s = malloc(sizeof *s);
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        render(&a, support_document(&a, documents[i]), write_explain, 100, s);
        assert_has(s, "Sentence 1");
    }
    document *d = support_document(&a, documents[0]);
    d->tokens.v[1].head = 1000;
    render(&a, d, write_explain, 100, s);
    free(s);
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_counts_code_points_and_keeps_the_order_of_members),
        cmocka_unit_test(csv_rows_have_as_many_cells_as_the_heading),
        cmocka_unit_test(tables_stay_within_their_width),
        cmocka_unit_test(ids_are_stable_and_tell_twins_apart),
        cmocka_unit_test(damaged_trees_are_drawn_all_the_same),
    };
    return cmocka_run_group_tests_name("write/layouts", tests, NULL, NULL);
}
