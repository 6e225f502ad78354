/* JSON Feed (jsonfeed.org, versions 1 and 1.1) -> drafts. */
#include <jansson.h>

#include "read/feed_parts.h"

static void release_json(void *holder)
{
    json_decref(*(json_t **)holder);
}

/* A string, or a number as people write ids; without NULs. */
static str value(arena *a, const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    if (json_is_integer(v)) return arena_format(a, "%lld", (long long)json_integer_value(v));
    if (!json_is_string(v)) return (str){0};
    str s = {json_string_value(v), json_string_length(v)};
    if (memchr(s.ptr, 0, s.len)) s.len = strlen(s.ptr);
    return arena_copy(a, str_trim(s));
}

static str first_of(arena *a, const json_t *object, const char *key, const char *other)
{
    str s = value(a, object, key);
    return s.len ? s : value(a, object, other);
}

/* "authors" of 1.1, "author" of 1. */
static str authors(arena *a, const json_t *object)
{
    str all = {0};
    const json_t *list = json_object_get(object, "authors");
    for (size_t i = 0; i < json_array_size(list) && i < 20; i++) {
        str name = value(a, json_array_get(list, i), "name");
        if (!name.len) continue;
        all =
            all.len ? arena_format(a, "%.*s, %.*s", (int)all.len, all.ptr, (int)name.len, name.ptr) : name;
    }
    return all.len ? all : value(a, json_object_get(object, "author"), "name");
}

static void read_media(arena *a, const json_t *item, feed_draft *d)
{
    const json_t *list = json_object_get(item, "attachments");
    str image = value(a, item, "image");
    for (size_t i = 0; i < json_array_size(list) && i < 100; i++) {
        str url = value(a, json_array_get(list, i), "url");
        if (url.len)
            *array_push(a, &d->media) = (media_link){url, value(a, json_array_get(list, i), "mime_type")};
    }
    if (image.len) *array_push(a, &d->media) = (media_link){image, (str){0}};
}

static feed_draft read_item(arena *a, const json_t *item)
{
    feed_draft d = {.title = {value(a, item, "title"), FEED_TEXT_PLAIN},
                    .guid = value(a, item, "id"),
                    .link = first_of(a, item, "url", "external_url"),
                    .author = authors(a, item),
                    .language = value(a, item, "language"),
                    .published = value(a, item, "date_published"),
                    .updated = value(a, item, "date_modified"),
                    .guid_is_no_link = false};
    feed_take_text(&d.content, (feed_text){value(a, item, "content_html"), FEED_TEXT_HTML});
    feed_take_text(&d.content, (feed_text){value(a, item, "content_text"), FEED_TEXT_PLAIN});
    feed_take_text(&d.summary, (feed_text){value(a, item, "summary"), FEED_TEXT_PLAIN});
    read_media(a, item, &d);
    return d;
}

static size_t behind_blanks(str text, size_t at)
{
    while (at < text.len && strchr(" \t\r\n,[", text.ptr[at])) at++;
    return at;
}

/* The items of a feed that is damaged somewhere: one by one, up to the damage. */
static void read_whole_items(arena *a, str text, feed_drafts *out)
{
    json_error_t end;
    json_t **holder = arena_new(a, json_t *, 1);
    arena_defer(a, release_json, holder);
    size_t at = str_find(text, STR("\"items\""), 0);
    at = at < text.len ? str_find(text, STR("["), at) : text.len;
    while ((at = behind_blanks(text, at)) < text.len && out->items.n < FEED_MAX_ITEMS) {
        json_decref(*holder);
        *holder = json_loadb(text.ptr + at, text.len - at, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &end);
        if (!json_is_object(*holder) || end.position <= 0) return;
        *array_push(a, &out->items) = read_item(a, *holder);
        at += (size_t)end.position;
    }
}

void feed_read_json(arena *a, str text, feed_drafts *out)
{
    json_error_t why;
    json_t **holder = arena_new(a, json_t *, 1);
    arena_defer(a, release_json, holder);
    *holder = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL | JSON_DISABLE_EOF_CHECK, &why);
    const json_t *items = json_object_get(*holder, "items");
    if (!*holder) {
        error_set(&out->fault, SITREP_BAD_FORMAT, "read", "damaged feed: %s", why.text);
        out->fault.line = why.line > 0 ? (size_t)why.line : 0;
        read_whole_items(a, text, out);
        out->is_feed = true;
        return;
    }
    if (!json_is_array(items)) return;
    out->is_feed = true;
    out->whole = (feed_draft){.title = {value(a, *holder, "title"), FEED_TEXT_PLAIN},
                              .link = value(a, *holder, "home_page_url"),
                              .author = authors(a, *holder),
                              .language = value(a, *holder, "language")};
    for (size_t i = 0; i < json_array_size(items) && i < FEED_MAX_ITEMS; i++)
        if (json_is_object(json_array_get(items, i)))
            *array_push(a, &out->items) = read_item(a, json_array_get(items, i));
}
