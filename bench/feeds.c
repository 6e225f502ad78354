/* feeds: feeds -> their items as the reading stage sees them, a JSON object a line. For bench/score_feeds.py.
 *     feeds FILE… */
#include <jansson.h>
#include <stdio.h>

#include "base/os.h"
#include "read/feed.h"

static void put(json_t *o, const char *key, str s)
{
    json_object_set_new(o, key, s.len ? json_stringn(s.ptr, s.len) : json_null());
}

static void put_date(json_t *o, const char *key, civil_date d)
{
    char text[16];
    snprintf(text, sizeof text, "%04d-%02d-%02d", d.year, d.month, d.day);
    put(o, key, str_from(d.year ? text : ""));
}

static void print_item(const char *path, const feed_item *item)
{
    json_t *o = json_object(), *media = json_array();
    json_object_set_new(o, "file", json_string(path));
    put(o, "id", item->id);
    put(o, "url", item->url);
    put(o, "title", item->title);
    put(o, "author", item->author);
    put(o, "publisher", item->publisher);
    put(o, "language", item->language);
    put(o, "licence", item->licence);
    put_date(o, "published", item->published);
    put_date(o, "updated", item->updated);
    put(o, "content", item->content);
    json_object_set_new(o, "is_html", json_boolean(item->is_html));
    json_object_set_new(o, "is_summary", json_boolean(item->is_summary));
    for (size_t i = 0; i < item->media.n; i++)
        json_array_append_new(media, json_stringn(item->media.v[i].url.ptr, item->media.v[i].url.len));
    json_object_set_new(o, "media", media);
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        arena a;
        str bytes;
        error e = {0};
        arena_init(&a, 0);
        read_input about = {.path = str_from(argv[i])};
        feed *f = os_read_file(&a, about.path, &bytes, &e) ? feed_open(bytes, &about, &e) : NULL;
        for (size_t k = 0; f && k < feed_count(f); k++) print_item(argv[i], feed_at(f, k));
        if (!f) fprintf(stderr, "%s: %s\n", argv[i], e.message);
        else if (feed_fault(f))
            fprintf(stderr, "%s:%zu: %s\n", argv[i], feed_fault(f)->line, feed_fault(f)->message);
        feed_release(f);
        arena_release(&a);
    }
    return 0;
}
