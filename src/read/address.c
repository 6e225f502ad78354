#include "read/address.h"

bool address_is_web(str s)
{
    return str_eq_nocase(str_part(s, 0, 7), STR("http://"))
           || str_eq_nocase(str_part(s, 0, 8), STR("https://"));
}

bool address_has_scheme(str s)
{
    size_t i = 0;
    while (i < s.len && s.ptr[i]
           && (((s.ptr[i] | 32) >= 'a' && (s.ptr[i] | 32) <= 'z')
               || (i && ((s.ptr[i] >= '0' && s.ptr[i] <= '9') || strchr("+-.", s.ptr[i])))))
        i++;
    return i > 0 && i < s.len && s.ptr[i] == ':';
}

static size_t first_of(str s, const char *signs, size_t from)
{
    while (from < s.len && !(s.ptr[from] && strchr(signs, s.ptr[from]))) from++;
    return from;
}

/* Where the path begins. */
static size_t path_start(str s)
{
    size_t scheme = str_find(s, STR("://"), 0);
    return scheme < s.len ? first_of(s, "/?#", scheme + 3) : s.len;
}

str address_host(str s)
{
    size_t scheme = str_find(s, STR("://"), 0);
    if (scheme >= s.len) return (str){0};
    str host = str_part(s, scheme + 3, path_start(s) - scheme - 3);
    size_t at = str_find(host, STR("@"), 0);
    if (at < host.len) host = str_part(host, at + 1, host.len);
    return str_part(host, 0, first_of(host, ":", 0));
}

str address_path(str s)
{
    return str_part(s, path_start(s), s.len);
}

/* Without white space that does not belong to it. */
static str tidy(arena *a, str href)
{
    href = str_trim(href);
    char *out = arena_new(a, char, href.len * 3 + 1);
    size_t n = 0;
    for (size_t i = 0; i < href.len; i++) {
        char c = href.ptr[i];
        if (c == ' ') memcpy(out + n, "%20", 3), n += 3;
        else if ((unsigned char)c > ' ') out[n++] = c;
    }
    return (str){out, n};
}

/* "/a/b/../c/./d" -> "/a/c/d" in place, from `start` (a "/") up to what is asked ("?", "#"); gives the new length. */
static size_t without_dots(char *s, size_t n, size_t start)
{
    size_t end = first_of((str){s, n}, "?#", start), w = start;
    for (size_t i = start; i < end;) {
        size_t next = i + 1;
        while (next < end && s[next] != '/') next++;
        str piece = {s + i + 1, next - i - 1};
        bool up = str_is(piece, ".."), stay = str_is(piece, ".");
        if (up)
            while (w > start && s[--w] != '/') {
            }
        if (!up && !stay) {
            memmove(s + w, s + i, next - i);
            w += next - i;
        } else if (next == end) {
            s[w++] = '/';
        }
        i = next;
    }
    memmove(s + w, s + end, n - end);
    return w + n - end;
}

str address_resolve(arena *a, str href, str base)
{
    href = tidy(a, href);
    if (!href.len || address_has_scheme(href) || !address_is_web(base)) return href;
    size_t scheme = str_find(base, STR("://"), 0), host = path_start(base);
    size_t keep = host;
    if (str_starts(href, STR("//"))) keep = scheme + 1;
    else if (href.ptr[0] == '?') keep = first_of(base, "?#", host);
    else if (href.ptr[0] == '#') keep = first_of(base, "#", host);
    else if (href.ptr[0] != '/') {
        keep = first_of(base, "?#", host);
        while (keep > host && base.ptr[keep - 1] != '/') keep--;
    }
    const char *between = keep == host && !strchr("/?#", href.ptr[0]) ? "/" : "";
    str all = arena_format(a, "%.*s%s%.*s", (int)keep, base.ptr, between, (int)href.len, href.ptr);
    size_t path = path_start(all);
    if (path < all.len && all.ptr[path] == '/') all.len = without_dots((char *)all.ptr, all.len, path);
    return all;
}
