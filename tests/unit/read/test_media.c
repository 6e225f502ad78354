#include "reading.h"

#include "read/address.h"

#define PROSE                                                                                              \
    "<p>Shells fell on the market of Tal on Monday, killing four people, doctors at the hospital said, "   \
    "and the road to the coast was closed for hours.</p><p>Residents, who asked not to be named, said "    \
    "that the fire had come from the hills, where rebels had dug in, and that it went on until dusk.</p>"

static bool read_page(arena *a, str body, document *d)
{
    error e;
    arena_reset(a);
    *d = (document){.arena = a};
    read_input in = {
        .bytes = body, .format = READ_HTML, .url = STR("https://news.example/war/2023/tal.html?x=1#top")};
    return read_document(rules, &in, d, &e);
}

/* "URL TYPE CAPTION|…" */
static str shown(const document *d)
{
    str out = {"", 0};
    for (size_t i = 0; i < d->media.n; i++) {
        const media_link *m = &d->media.v[i];
        out = arena_format(d->arena, "%.*s%s%.*s [%.*s] %.*s", (int)out.len, out.ptr, i ? "|" : "",
                           (int)m->url.len, m->url.ptr, (int)m->type.len, m->type.ptr, (int)m->caption.len,
                           m->caption.ptr);
    }
    return out;
}

static void media_of_articles(void **state)
{
    static const struct {
        const char *html, *media;
    } cases[] = {
        /* captions below, else in its place; addresses in full */
        {"<article><h1>Tal shelled</h1><figure><img src=\"/i/a.jpg\" alt=\"x\"><figcaption>The market "
         "<b>after</b> the shelling.</figcaption></figure>" PROSE
         "<p><img src=b.png alt='A burnt car'></p></article>",
         "https://news.example/i/a.jpg [image/jpeg] The market after the shelling.|"
         "https://news.example/war/2023/b.png [image/png] A burnt car"},
        /* the largest of several sizes */
        {"<article>" PROSE "<img src=s.jpg srcset=\"s.jpg 320w, m.jpg 640w,l.jpg 1280w\"></article>",
         "https://news.example/war/2023/l.jpg [image/jpeg] "},
        {"<article>" PROSE
         "<picture><source srcset=\"a.webp 2x, b.webp\"><img src=c.jpg></picture></article>",
         "https://news.example/war/2023/a.webp [image/webp] "},
        /* what loads lazily, its stand-in and its copy for those without scripts */
        {"<article>" PROSE "<img src=\"data:image/gif;base64,R0\" data-src=\"../c.jpg\"><noscript><img "
         "src=\"../c.jpg\"></noscript></article>",
         "https://news.example/war/c.jpg [image/jpeg] "},
        /* counters, icons, faces, those of WordPress's smileys */
        {"<article>" PROSE
         "<img src=p.gif width=1 height=1><img src=/t/pixel.gif><img src=f.jpg width=80 height=80>"
         "<img class=\"author-avatar\" src=g.jpg><i class=user_photo><img src=i.jpg></i><img "
         "src=\"https://s.w.org/images/core/emoji/1f.png\">"
         "<img src=h.jpg style=\"display:none\"><img src=\"data:image/png;base64,AAAA\"></article>",
         ""},
        /* films: one address for all encodings */
        {"<article>" PROSE "<video poster=p.jpg><source src=v.webm type=\"video/webm; codecs=vp9\"><source "
         "src=v.mp4></video><audio src=/a.mp3></audio></article>",
         "https://news.example/war/2023/v.webm [video/webm] |https://news.example/a.mp3 [audio/mpeg] "},
        /* players that are known; others are not */
        {"<article>" PROSE
         "<iframe src=\"//www.youtube.com/embed/abc?rel=0\" width=560 height=315 title=\"Drone "
         "film\"></iframe><iframe src=\"https://maps.example/x\"></iframe><iframe "
         "data-src=\"https://t.me/war/77?embed=1\">"
         "</iframe><iframe src=\"https://notyoutube.com/embed/x\"></iframe></article>",
         "https://www.youtube.com/embed/abc?rel=0 [text/html] Drone film|https://t.me/war/77?embed=1 "
         "[text/html] "},
        /* what the page names to others stands in, where it shows none itself */
        {"<meta property=og:image content=\"https://cdn.example/o.jpg\"><meta property=og:image:alt "
         "content=\"Smoke\">"
         "<meta name=\"twitter:player\" content=\"https://rumble.com/embed/v1\"><article>" PROSE
         "</article>",
         "https://rumble.com/embed/v1 [text/html] |https://cdn.example/o.jpg [image/jpeg] Smoke"},
        {"<meta property=og:image content=\"https://cdn.example/o.jpg\"><article>" PROSE
         "<img src=a.jpg></article>",
         "https://news.example/war/2023/a.jpg [image/jpeg] "},
        /* a picture over the text; those of other stories are none of it */
        {"<div><h1>Tal shelled again</h1><figure class=lead><img src=lead.jpg></figure><div "
         "class=body>" PROSE "</div>"
         "</div><div class=related><a href=/o><img src=other.jpg>Other town falls</a></div>",
         "https://news.example/war/2023/lead.jpg [image/jpeg] "},
        {"<base href=\"https://img.example/x/\"><article>" PROSE "<img src=a.jpg></article>",
         "https://img.example/x/a.jpg [image/jpeg] "},
        {"<article>" PROSE
         "<a class=photo_wrap style=\"width:8px;background-image:url('https://cdn.example/t.jpg')\"></a>"
         "</article>",
         "https://cdn.example/t.jpg [image/jpeg] "},
        {"<article>" PROSE
         "<img src=\"javascript:x()\"><img src=\"\"><img srcset=\",,, ,\"><img></article>",
         ""},
    };
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str html = arena_format(&tables, "<!doctype html><html><body>%s</body></html>", cases[i].html);
        assert_true(read_page(&a, html, &d));
        str got = shown(&d);
        if (!str_is(got, cases[i].media)) fail_msg("case %zu: %.*s", i, (int)got.len, got.ptr);
    }
    arena_release(&a);
}

static void their_number_is_bounded(void **state)
{
    (void)state;
    arena a;
    arena_init(&a, 0);
    document d;
    str html = STR("<article>" PROSE);
    for (int i = 0; i < 300; i++)
        html = arena_format(&tables, "%.*s<img src=%d.jpg>", (int)html.len, html.ptr, i);
    assert_true(read_page(&a, html, &d));
    assert_int_equal(d.media.n, 100);
    arena_release(&a);
}

/* RFC 3986, 5.4. */
static void addresses_are_seen_from_their_page(void **state)
{
    static const struct {
        const char *href, *full;
    } cases[] = {{"g", "http://a/b/c/g"},
                 {"./g", "http://a/b/c/g"},
                 {"g/", "http://a/b/c/g/"},
                 {"/g", "http://a/g"},
                 {"//g", "http://g"},
                 {"?y", "http://a/b/c/d;p?y"},
                 {"g?y", "http://a/b/c/g?y"},
                 {"#s", "http://a/b/c/d;p?q#s"},
                 {".", "http://a/b/c/"},
                 {"..", "http://a/b/"},
                 {"../g", "http://a/b/g"},
                 {"../..", "http://a/"},
                 {"../../g", "http://a/g"},
                 {"../../../g", "http://a/g"},
                 {"g.", "http://a/b/c/g."},
                 {"./../g", "http://a/b/g"},
                 {"g/./h", "http://a/b/c/g/h"},
                 {"g/../h", "http://a/b/c/h"},
                 {"g?y/../x", "http://a/b/c/g?y/../x"},
                 {" a b\n", "http://a/b/c/a%20b"},
                 {"https://x/y", "https://x/y"},
                 {"mailto:x", "mailto:x"}};
    (void)state;
    arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str got = address_resolve(&a, str_from(cases[i].href), STR("http://a/b/c/d;p?q"));
        if (!str_is(got, cases[i].full)) fail_msg("%s: %.*s", cases[i].href, (int)got.len, got.ptr);
    }
    str bare = address_resolve(&a, STR("x.jpg"), STR("https://host"));
    assert_true(str_is(bare, "https://host/x.jpg"));
    assert_true(str_is(address_resolve(&a, STR("x.jpg"), (str){0}), "x.jpg"));
    assert_true(str_is(address_host(STR("https://u@h.example:81/p")), "h.example"));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(media_of_articles),
        cmocka_unit_test(their_number_is_bounded),
        cmocka_unit_test(addresses_are_seen_from_their_page),
    };
    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
