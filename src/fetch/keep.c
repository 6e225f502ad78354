#define _POSIX_C_SOURCE 200809L
#include "fetch/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool fault(sitrep_error *e, const char *path)
{
    *e = (sitrep_error){.code = SITREP_BAD_OUTPUT};
    snprintf(e->stage, sizeof e->stage, "watch");
    snprintf(e->where, sizeof e->where, "%s", path);
    snprintf(e->message, sizeof e->message, "cannot write: %s", strerror(errno));
    return false;
}

static bool write_all(int fd, const char *bytes, size_t n)
{
    while (n) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return false;
        bytes += done;
        n -= (size_t)done;
    }
    return true;
}

static const char *ending(const char *type)
{
    static const char *const endings[][2] = {
        {"text/html", "html"},          {"application/xhtml+xml", "html"}, {"text/plain", "txt"},
        {"application/pdf", "pdf"},     {"application/rss+xml", "xml"},    {"application/atom+xml", "xml"},
        {"application/rdf+xml", "xml"}, {"application/xml", "xml"},        {"text/xml", "xml"},
        {"application/json", "json"},   {"application/feed+json", "json"},
    };
    for (size_t i = 0; type && i < sizeof endings / sizeof *endings; i++)
        if (strcmp(type, endings[i][0]) == 0) return endings[i][1];
    return "bin";
}

/* Written beside and renamed, so that the name never stands for half of it. */
static bool write_file(const char *path, const fetch_reply *r)
{
    char beside[4300];
    struct stat st;
    if (stat(path, &st) == 0 && (size_t)st.st_size == r->len_bytes) return true;
    snprintf(beside, sizeof beside, "%s.%ld.tmp", path, (long)getpid());
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return false;
    bool ok = write_all(fd, r->body ? r->body : "", r->len_bytes) && fsync(fd) == 0;
    ok = close(fd) == 0 && ok && rename(beside, path) == 0;
    if (!ok) unlink(beside);
    return ok;
}

static size_t put_string(char *out, size_t room, const char *key, const char *value)
{
    size_t n = (size_t)snprintf(out, room, "\"%s\":%s", key, value ? "\"" : "null");
    for (; value && *value && n + 16 < room; value++) {
        unsigned char c = (unsigned char)*value;
        if (c == '"' || c == '\\') n += (size_t)snprintf(out + n, room - n, "\\%c", c);
        else if (c < 0x20 || c >= 0x7F)
            n += (size_t)snprintf(out + n, room - n, "\\u%04x", c); /* Latin-1 */
        else out[n++] = (char)c;
    }
    if (value) out[n++] = '"';
    out[n] = 0;
    return n;
}

static bool write_line(const char *folder, const char *asked, const fetch_reply *r, const char *sha256,
                       const char *file)
{
    char line[32768], path[4200];
    const struct {
        const char *key, *value;
    } fields[] = {{"retrieved", r->retrieved},
                  {"url", r->url},
                  {"asked_url", asked},
                  {"sha256", sha256},
                  {"file", file},
                  {"content_type", r->type},
                  {"etag", r->etag},
                  {"last_modified", r->last_modified}};
    size_t n = 0;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        line[n++] = i ? ',' : '{';
        n += put_string(line + n, 4200, fields[i].key, fields[i].value);
    }
    n += (size_t)snprintf(line + n, sizeof line - n, ",\"bytes\":%zu,\"status\":%ld}\n", r->len_bytes,
                          r->status);
    snprintf(path, sizeof path, "%s/custody.jsonl", folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) return false;
    bool ok = write_all(fd, line, n) && fsync(fd) == 0;
    return close(fd) == 0 && ok;
}

static bool make_folder(const char *path)
{
    return mkdir(path, 0755) == 0 || errno == EEXIST;
}

bool keep_bytes(const char *folder, const char *asked, const fetch_reply *r, char path[4200],
                sitrep_error *e)
{
    char sha256[65], file[128], inner[4200];
    sitrep_sha256(r->body ? r->body : "", r->len_bytes, sha256);
    snprintf(file, sizeof file, "%.2s/%s.%s", sha256, sha256, ending(r->type));
    if ((size_t)snprintf(path, 4200, "%s/%s", folder, file) >= 4200) {
        errno = ENAMETOOLONG;
        return fault(e, folder);
    }
    snprintf(inner, sizeof inner, "%s/%.2s", folder, sha256);
    if (!make_folder(folder) || !make_folder(inner) || !write_file(path, r)) return fault(e, path);
    return write_line(folder, asked, r, sha256, file) || fault(e, folder);
}
