/* containers: archives and packed files -> what is in them, a JSON object a line. For bench/score_containers.py.
 *     containers FILE…          of each document: file, id, url, retrieved, offset, sha256, characters of text, notes;
 *                               of each file: records by kind, what was passed over, messages
 *     containers --rate FILE…   goes through each and prints MB for a second of processor time: unpacking and splitting alone */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/os.h"
#include "read/container.h"
#include "read/record.h"

static int64_t file_read(void *from, uint64_t offset, char *out, size_t cap)
{
    return pread(*(int *)from, out, cap, (off_t)offset);
}

static void put(json_t *o, const char *key, str s)
{
    if (s.len) json_object_set_new(o, key, json_stringn(s.ptr, s.len));
}

static void print_line(json_t *o)
{
    json_dumpf(o, stdout, JSON_COMPACT);
    putchar('\n');
    json_decref(o);
}

static void print_document(const document *d, const char *failed)
{
    json_t *o = json_object(), *notes = json_array();
    put(o, "file", d->path);
    put(o, "id", d->id);
    put(o, "url", d->url);
    put(o, "title", d->title);
    put(o, "retrieved", d->retrieved);
    put(o, "sha256", str_from(d->sha256));
    json_object_set_new(o, "offset", json_integer((json_int_t)d->source_offset));
    json_object_set_new(o, "text", json_integer((json_int_t)d->text.len));
    for (size_t i = 0; i < d->notes.n; i++)
        json_array_append_new(notes, json_string(d->notes.v[i].message));
    if (failed) json_array_append_new(notes, json_string(failed));
    json_object_set_new(o, "notes", notes);
    print_line(o);
}

typedef struct bench {
    const read_rules *rules;
    arena memory; /* of a document */
    uint64_t bytes, documents;
    bool rate;
} bench;

static void read_found_document(bench *b, const read_found *f)
{
    error e = {0};
    jmp_buf full;
    document d = {.arena = &b->memory};
    read_input in = {.path = f->path, .bytes = f->bytes, .format = f->format};
    arena_reset(&b->memory);
    b->memory.on_full = &full;
    if (setjmp(full)) return;
    bool ok = f->kind == FOUND_RECORD ? record_read(b->rules, &f->record, &in, &d, &e)
              : f->kind == FOUND_LINE ? read_json_line(b->rules, f->bytes, f->line, f->offset, &in, &d, &e)
                                      : read_document(b->rules, &in, &d, &e);
    if (!d.path.len) d.path = f->path;
    if (!ok) d.source_offset = f->offset;
    print_document(&d, ok ? NULL : e.message);
}

static void print_message(str path, const error *e)
{
    json_t *o = json_object();
    put(o, "file", path);
    json_object_set_new(o, e->code == SITREP_PASSED_OVER ? "note" : "fault", json_string(e->message));
    print_line(o);
}

static void go_through(bench *b, const char *path)
{
    struct stat st;
    error e = {0};
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &st) != 0) return;
    read_bytes from = {&fd, file_read, true, (uint64_t)st.st_size};
    read_container *c = container_open(from, str_from(path), READ_AUTO, 0, &e);
    read_found f = {.kind = c ? FOUND_FAULT : FOUND_END};
    if (!c) print_message(str_from(path), &e);
    while (f.kind != FOUND_END) {
        container_next(c, &f, &e);
        b->bytes += f.kind == FOUND_FAULT ? 0 : f.bytes.len;
        b->documents += f.kind != FOUND_FAULT && f.kind != FOUND_END;
        if (f.kind == FOUND_FAULT && !b->rate) print_message(f.path, &e);
        else if (f.kind != FOUND_END && !b->rate) read_found_document(b, &f);
    }
    container_close(c);
    close(fd);
}

static void print_rate(bench *b, const char *path)
{
    struct timespec from, to;
    struct stat st;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    go_through(b, path);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
    double megabytes = stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
    printf("%s: %llu documents, %.1f MB of records from %.1f MB of file in %.2f s: %.0f MB/s of records, "
           "%.0f MB/s of file\n",
           path, (unsigned long long)b->documents, (double)b->bytes / 1e6, megabytes, seconds,
           (double)b->bytes / 1e6 / seconds, megabytes / seconds);
    b->bytes = b->documents = 0;
}

int main(int argc, char **argv)
{
    arena tables;
    error e = {0};
    bench b = {.rate = argc > 1 && str_is(str_from(argv[1]), "--rate")};
    arena_init(&tables, 0);
    arena_init(&b.memory, (size_t)1 << 30);
    const char *data = getenv("SITREP_DATA");
    b.rules = read_rules_open(
        &tables, data ? os_path_join(&tables, str_from(data), STR("codebooks")) : STR("codebooks"), &e);
    if (!b.rules) {
        fprintf(stderr, "%s: %s\n", e.where, e.message);
        return 1;
    }
    for (int i = b.rate ? 2 : 1; i < argc; i++) b.rate ? print_rate(&b, argv[i]) : go_through(&b, argv[i]);
    arena_release(&b.memory);
    arena_release(&tables);
    return 0;
}
