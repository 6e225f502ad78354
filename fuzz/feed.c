/* A target for libFuzzer: the reader of feeds alone, any bytes. Besides crashes it looks for items without an id and for
 * strings that are not UTF-8. The first byte says whether to believe that it is a feed or to ask. */
#include <stdlib.h>

#include "base/utf8.h"
#include "read/feed.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(str s)
{
    if (utf8_valid_prefix(s) != s.len || (s.len && memchr(s.ptr, 0, s.len))) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!size) return 0;
    str bytes = {(const char *)data + 1, size - 1};
    read_input about = {.path = STR("fuzz"), .url = STR("https://feeds.example/a/b")};
    error e = {0};
    if (data[0] % 2 && !feed_recognise(bytes)) return 0;
    feed *f = feed_open(bytes, &about, &e);
    if (!f && !e.message[0]) abort();
    for (size_t i = 0; f && i < feed_count(f); i++) {
        const feed_item *x = feed_at(f, i);
        if (!x->id.len) abort();
        const str all[] = {x->id,        x->url,      x->title,   x->author,
                           x->publisher, x->language, x->licence, x->content};
        for (size_t k = 0; k < sizeof all / sizeof *all; k++) check(all[k]);
    }
    feed_release(f);
    return 0;
}
