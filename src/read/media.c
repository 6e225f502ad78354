/* The media of an article: its pictures, films, sounds and the frames of known players, in the order of the page. Taken
 * is what stands in the text that was kept, and what stands in a figure or frame between the title and the text's end;
 * what counts visits, dresses the page or shows who wrote is left out, by size, by name and by host. Where a page shows
 * no picture or no film of its own, that which it names to those who link to it stands in. */
#include "read/address.h"
#include "read/page.h"

#include "base/utf8.h"

enum {
    MEDIA_MAX = 100,
    CAPTION_BYTES = 600,
    CAPTION_LEVELS = 5,
    CAPTION_NODES = 500,
    SMALL = 64,  /* pixels: no side of a picture that shows something is as short */
    SQUARE = 100 /* faces of those who write and comment, both sides */
};

/* ---- the table --------------------------------------------------------------------------- */

static void add_sites(arena *a, media_rules *r, str list, bool is_player)
{
    while (list.ptr) {
        str s = str_cut(&list, ' ');
        size_t slash = str_find(s, STR("/"), 0);
        if (!s.len) continue;
        *array_push(a, &r->sites) = (media_site){
            .host = str_part(s, 0, slash), .path = str_part(s, slash, s.len), .is_player = is_player};
    }
}

static void add_words(arena *a, map *into, str list, uint32_t value)
{
    while (list.ptr) {
        str s = str_cut(&list, ' ');
        if (s.len) map_put(a, into, s)->value = value;
    }
}

static bool add_line(arena *a, media_rules *r, const table *t, const table_line *l, error *e)
{
    str value = l->value;
    if (str_is(l->keyword, "player") || str_is(l->keyword, "outside")) {
        add_sites(a, r, value, str_is(l->keyword, "player"));
    } else if (str_is(l->keyword, "furniture")) {
        add_words(a, &r->furniture, value, 1);
    } else if (str_is(l->keyword, "class")) {
        add_words(a, &r->furniture, value, 2);
    } else if (str_is(l->keyword, "type")) {
        str ending = str_cut(&value, ' '), type = str_trim(value);
        if (!type.len) return table_fault(t, l, e, "an ending and a type are meant");
        map_put(a, &r->endings, ending)->value = (uint32_t)r->types.n;
        *array_push(a, &r->types) = type;
    } else {
        return table_fault(t, l, e, "unknown kind \"%.*s\"", (int)l->keyword.len, l->keyword.ptr);
    }
    return true;
}

bool media_rules_read(arena *a, media_rules *r, str path, error *e)
{
    table t;
    if (!table_read(a, path, &t, e)) return false;
    for (size_t i = 0; i < t.lines.n; i++)
        if (!add_line(a, r, &t, &t.lines.v[i], e)) return false;
    return true;
}

/* ---- addresses --------------------------------------------------------------------------- */

typedef struct finder {
    const page *p;
    const media_rules *rules;
    document *d;
    str base;
    uint32_t first, last; /* of the article: its title, the last node that was kept */
    bool has_picture, has_film;
} finder;

static bool is_below(str host, str site)
{
    if (!str_ends(host, site)) return false;
    return host.len == site.len || host.ptr[host.len - site.len - 1] == '.';
}

static bool is_site(const finder *f, str url, bool player)
{
    char host[128], path[64];
    str h = str_part(address_host(url), 0, sizeof host), w = str_part(address_path(url), 0, sizeof path);
    for (size_t i = 0; i < h.len; i++)
        host[i] = (char)(h.ptr[i] >= 'A' && h.ptr[i] <= 'Z' ? h.ptr[i] + 32 : h.ptr[i]);
    for (size_t i = 0; i < w.len; i++)
        path[i] = (char)(w.ptr[i] >= 'A' && w.ptr[i] <= 'Z' ? w.ptr[i] + 32 : w.ptr[i]);
    for (size_t i = 0; i < f->rules->sites.n; i++) {
        const media_site *s = &f->rules->sites.v[i];
        if (s->is_player == player && is_below((str){host, h.len}, s->host)
            && str_starts((str){path, w.len}, s->path))
            return true;
    }
    return false;
}

/* The last piece of an address's path. */
static str file_name(str url)
{
    str path = address_has_scheme(url) ? address_path(url) : url;
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] == '?' || path.ptr[i] == '#') path.len = i;
    size_t start = path.len;
    while (start && path.ptr[start - 1] != '/') start--;
    return str_part(path, start, path.len);
}

static bool is_letter(char c)
{
    return ((c | 32) >= 'a' && (c | 32) <= 'z') || (c >= '0' && c <= '9');
}

/* Is one of the words of a class (most: 2) or file name (most: 1) one of furniture's? */
static bool names_furniture(const finder *f, str name, uint32_t most)
{
    for (size_t at = 0; at < name.len;) {
        char word[24];
        size_t n = 0, start = at;
        while (at < name.len && is_letter(name.ptr[at])) at++;
        for (size_t i = start; i < at && n < sizeof word; i++)
            word[n++] = (char)(name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? name.ptr[i] + 32 : name.ptr[i]);
        if (n && at - start == n && map_get(&f->rules->furniture, (str){word, n}) <= most) return true;
        if (at == start) at++;
    }
    return false;
}

static str type_of(const finder *f, str url, str told)
{
    told = str_trim(str_part(told, 0, str_find(told, STR(";"), 0)));
    if (told.len && str_find(told, STR("/"), 0) < told.len) return told;
    str name = file_name(url);
    size_t dot = name.len;
    while (dot && name.ptr[dot - 1] != '.') dot--;
    str ending = str_part(name, dot, name.len);
    char low[8];
    if (!dot || ending.len > sizeof low) return (str){0};
    for (size_t i = 0; i < ending.len; i++) low[i] = (char)(ending.ptr[i] | 32);
    for (size_t i = 0; i < ending.len; i++)
        if (ending.ptr[i] >= '0' && ending.ptr[i] <= '9') low[i] = ending.ptr[i];
    uint32_t i = map_get(&f->rules->endings, (str){low, ending.len});
    return i == MAP_NONE ? (str){0} : f->rules->types.v[i];
}

static bool is_known(const finder *f, str url)
{
    for (size_t i = 0; i < f->d->media.n; i++)
        if (str_eq(f->d->media.v[i].url, url)) return true;
    return false;
}

/* False where it is none that can be linked to. */
static bool add(finder *f, str href, str type, str caption)
{
    enum { ADDRESS_BYTES = 2048 };
    str url = address_resolve(f->p->a, str_part(href, 0, ADDRESS_BYTES + 1), f->base);
    if (!url.len || url.len > ADDRESS_BYTES || f->d->media.n >= MEDIA_MAX) return false;
    if (address_has_scheme(url) && !address_is_web(url)) return false;
    if (is_site(f, url, false)) return false;
    if (is_known(f, url)) return true;
    *array_push(f->d->arena, &f->d->media) =
        (media_link){arena_copy(f->d->arena, url), arena_copy(f->d->arena, type_of(f, url, type)), caption};
    return true;
}

/* ---- sizes ------------------------------------------------------------------------------- */

/* Pixels of a width or height; -1 = not told so. */
static int pixels(str s)
{
    int n = 0;
    size_t i = 0;
    s = str_trim(s);
    for (; i < s.len && i < 6 && s.ptr[i] >= '0' && s.ptr[i] <= '9'; i++) n = n * 10 + (s.ptr[i] - '0');
    str unit = str_trim(str_part(s, i, s.len));
    return i && (!unit.len || str_eq_nocase(unit, STR("px"))) ? n : -1;
}

static bool is_small(const page *p, uint32_t i)
{
    int w = pixels(page_attribute(p, i, "width")), h = pixels(page_attribute(p, i, "height"));
    if ((w >= 0 && w < SMALL) || (h >= 0 && h < SMALL)) return true;
    return w >= 0 && h >= 0 && w <= SQUARE && h <= SQUARE;
}

/* The number behind a candidate of a srcset: "640w", "2x"; 1 = none. */
static double weight_of(str descriptor)
{
    double n = 0, unit = 1;
    bool point = false, any = false;
    descriptor = str_trim(descriptor);
    for (size_t i = 0; i < descriptor.len && i < 12; i++) {
        char c = descriptor.ptr[i];
        if (c == '.') point = true;
        else if (c < '0' || c > '9') break;
        else n = n * 10 + (c - '0'), unit *= point ? 10 : 1, any = true;
    }
    return any ? n / unit : 1;
}

/* The largest candidate of a srcset (WHATWG HTML, 4.8.4.3.10: an address ends at white space, a comma at its end ends the
 * candidate) if it is larger than *most. */
static void take_largest(str set, double *most, str *best)
{
    for (size_t at = 0; at < set.len;) {
        while (at < set.len && strchr(" \t\r\n\f,", set.ptr[at]) && set.ptr[at]) at++;
        size_t start = at;
        while (at < set.len && !(strchr(" \t\r\n\f", set.ptr[at]) && set.ptr[at])) at++;
        str url = str_part(set, start, at - start);
        bool closed = str_ends(url, STR(","));
        while (str_ends(url, STR(","))) url.len--;
        size_t behind = at;
        while (!closed && at < set.len && set.ptr[at] != ',') at++;
        double weight = weight_of(str_part(set, behind, at - behind));
        if (!url.len || weight <= *most || str_starts(url, STR("data:"))) continue;
        *most = weight;
        *best = url;
    }
}

static void take_sets(const page *p, uint32_t i, double *most, str *best)
{
    static const char *const names[] = {"srcset", "data-srcset", "data-lazy-srcset"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        take_largest(page_attribute(p, i, names[k]), most, best);
}

/* Where a picture, film or frame is: what comes later when it loads lazily stands before its stand-in. */
static str source_of(const page *p, uint32_t i)
{
    static const char *const names[] = {"data-src", "data-lazy-src", "data-original", "src", "data"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
        str s = str_trim(page_attribute(p, i, names[k]));
        if (s.len && !str_starts(s, STR("about:"))) return s;
    }
    return (str){0};
}

/* ---- where things stand ------------------------------------------------------------------ */

/* Elements that are no text and therefore not kept, though they stand in it. */
static bool carries(GumboTag t)
{
    switch (t) {
    case GUMBO_TAG_IMG:
    case GUMBO_TAG_UNKNOWN: /* <picture> */
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_NOSCRIPT: return true;
    default: return false;
    }
}

static bool is_hidden(const page *p, uint32_t i)
{
    str style = page_attribute(p, i, "style");
    return page_attribute(p, i, "hidden").ptr || str_find(style, STR("none"), 0) < style.len;
}

/* In the article, or in a figure or frame of its own between title and end. */
static bool belongs(const finder *f, uint32_t i)
{
    const page *p = f->p;
    uint32_t up = i;
    for (; up != NO_NODE && carries(p->nodes.v[up].tag) && !(p->nodes.v[up].flags & NODE_KEPT);
         up = p->nodes.v[up].parent)
        if (is_hidden(p, up)) return false;
    if (up == NO_NODE) return false;
    if (p->nodes.v[up].flags & NODE_KEPT) return !is_hidden(p, i);
    if (i < f->first || i > f->last || p->nodes.v[up].flags & (NODE_DROPPED | NODE_IN_LINK)) return false;
    bool frame = p->nodes.v[i].tag != GUMBO_TAG_IMG;
    for (int level = 0; !frame && up != NO_NODE && level < CAPTION_LEVELS;
         level++, up = p->nodes.v[up].parent)
        frame = p->nodes.v[up].tag == GUMBO_TAG_FIGURE;
    return frame;
}

static str copied(const finder *f, str s)
{
    s = str_part(s, 0, CAPTION_BYTES);
    return arena_copy(f->d->arena, str_part(s, 0, utf8_valid_prefix(s)));
}

static uint32_t caption_in(const page *p, uint32_t i)
{
    for (uint32_t k = i + 1; k < p->nodes.v[i].end && k < i + CAPTION_NODES; k++)
        if (p->nodes.v[k].tag == GUMBO_TAG_FIGCAPTION || p->nodes.v[k].flags & NODE_CAPTION) return k;
    return p->nodes.v[i].flags & NODE_CAPTION ? i : NO_NODE;
}

/* What is written below it; else what stands for it where it is not shown. */
static str caption_of(const finder *f, uint32_t i)
{
    static const char *const names[] = {"alt", "title"};
    const page *p = f->p;
    uint32_t up = p->nodes.v[i].parent, found = NO_NODE;
    for (int level = 0; up != NO_NODE && found == NO_NODE && level < CAPTION_LEVELS; level++) {
        bool ends = p->nodes.v[up].tag == GUMBO_TAG_FIGURE || p->nodes.v[up].flags & NODE_CAPTION;
        if (ends) found = caption_in(p, up);
        if (ends || p->nodes.v[up].tag == GUMBO_TAG_BODY) break;
        up = p->nodes.v[up].parent;
    }
    str s = found == NO_NODE ? (str){0} : page_text(p, found, CAPTION_BYTES);
    for (size_t k = 0; k < 2 && !s.len; k++) s = page_collapse(p->a, page_attribute(p, i, names[k]));
    return copied(f, s);
}

/* By its own class, or that of what holds it and little else? */
static bool is_furniture(const finder *f, uint32_t i)
{
    enum { LEVELS = 3, NODES = 8 };
    const page *p = f->p;
    for (int level = 0; i != NO_NODE && level < LEVELS; level++, i = p->nodes.v[i].parent) {
        if (p->nodes.v[i].end - i > NODES) return false;
        if (names_furniture(f, page_attribute(p, i, "class"), 2)) return true;
    }
    return false;
}

/* ---- elements ---------------------------------------------------------------------------- */

static void picture(finder *f, uint32_t i)
{
    const page *p = f->p;
    str best = {0};
    double most = 0;
    uint32_t up = p->nodes.v[i].parent;
    if (is_small(p, i) || is_furniture(f, i)) return;
    take_sets(p, i, &most, &best);
    for (uint32_t k = i; k-- > 0 && up != NO_NODE && p->nodes.v[k].parent == up;) { /* <picture> */
        if (p->nodes.v[k].tag == GUMBO_TAG_SOURCE) take_sets(p, k, &most, &best);
        else if (!(p->nodes.v[k].flags & NODE_TEXT)) break;
    }
    if (most <= 1 && source_of(p, i).len) best = source_of(p, i);
    if (!best.len || names_furniture(f, file_name(best), 1)) return;
    if (add(f, best, (str){0}, caption_of(f, i))) f->has_picture = true;
}

/* A film or sound: its own address, or the first of its sources, which are the same in other encodings. */
static void film(finder *f, uint32_t i)
{
    const page *p = f->p;
    str url = source_of(p, i), type = page_attribute(p, i, "type");
    for (uint32_t k = i + 1; k < p->nodes.v[i].end && !url.len; k++)
        if (p->nodes.v[k].tag == GUMBO_TAG_SOURCE) {
            url = source_of(p, k);
            type = page_attribute(p, k, "type");
        }
    if (url.len && add(f, url, type, caption_of(f, i))) f->has_film |= p->nodes.v[i].tag != GUMBO_TAG_AUDIO;
}

static void player(finder *f, uint32_t i)
{
    str url = address_resolve(f->p->a, source_of(f->p, i), f->base);
    int w = pixels(page_attribute(f->p, i, "width")), h = pixels(page_attribute(f->p, i, "height"));
    if ((w >= 0 && w < 2) || (h >= 0 && h < 2) || !is_site(f, url, true)) return;
    if (add(f, url, STR("text/html"), caption_of(f, i))) f->has_film = true;
}

/* Pictures that previews of channels set as a link's background. */
static void background(finder *f, uint32_t i)
{
    str style = page_attribute(f->p, i, "style");
    size_t at = str_find(style, STR("background-image"), 0), open = str_find(style, STR("url("), at);
    if (at > style.len || open > style.len) return;
    str url = str_part(style, open + 4, str_find(style, STR(")"), open) - open - 4);
    url = str_trim(url);
    if (url.len > 2 && (url.ptr[0] == '\'' || url.ptr[0] == '"')) url = str_part(url, 1, url.len - 2);
    if (is_furniture(f, i)) return;
    if (!names_furniture(f, file_name(url), 1) && add(f, url, (str){0}, (str){0})) f->has_picture = true;
}

static void look(finder *f, uint32_t i)
{
    const page_node *v = &f->p->nodes.v[i];
    switch (v->tag) {
    case GUMBO_TAG_IMG:
        if (belongs(f, i)) picture(f, i);
        return;
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
        if (belongs(f, i)) film(f, i);
        return;
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_OBJECT:
        if (belongs(f, i)) player(f, i);
        return;
    case GUMBO_TAG_A:
        if (v->flags & NODE_KEPT) background(f, i);
        return;
    default: return;
    }
}

/* ---- all of it --------------------------------------------------------------------------- */

static void find_bounds(finder *f, const page_metadata *m)
{
    const page *p = f->p;
    f->first = NO_NODE;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        if (!(p->nodes.v[i].flags & NODE_KEPT)) continue;
        if (f->first == NO_NODE) f->first = i;
        f->last = i;
    }
    if (m->title_node < f->first) f->first = m->title_node;
}

static void find_base(finder *f, str url)
{
    const page *p = f->p;
    f->base = url;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        str href = p->nodes.v[i].tag == GUMBO_TAG_BASE ? page_attribute(p, i, "href") : (str){0};
        if (!href.len) continue;
        f->base = address_resolve(p->a, href, url);
        return;
    }
}

/* What the page names to those who link to it. */
static void stand_ins(finder *f)
{
    static const char *const films[] = {"og:video:secure_url", "og:video:url", "og:video",
                                        "twitter:player"},
                             *const film_types[] = {"og:video:type"},
                             *const pictures[] = {"og:image:secure_url", "og:image:url", "og:image",
                                                  "twitter:image", "twitter:image:src"},
                             *const texts[] = {"og:image:alt", "twitter:image:alt"};
    const page *p = f->p;
    str film = metadata_of(p, films, 4), picture = metadata_of(p, pictures, 5);
    if (!f->has_film && film.len) {
        bool frame = is_site(f, address_resolve(p->a, film, f->base), true);
        add(f, film, frame ? STR("text/html") : metadata_of(p, film_types, 1), (str){0});
    }
    if (!f->has_picture && picture.len && !names_furniture(f, file_name(picture), 1))
        add(f, picture, (str){0}, copied(f, metadata_of(p, texts, 2)));
}

void media_find(const page *p, const page_metadata *m, str url, document *d)
{
    finder f = {.p = p, .rules = &p->rules->media, .d = d};
    find_base(&f, url);
    find_bounds(&f, m);
    for (uint32_t i = 0; i < p->nodes.n && d->media.n < MEDIA_MAX; i++)
        if (!(p->nodes.v[i].flags & NODE_TEXT)) look(&f, i);
    stand_ins(&f);
}
