#define _POSIX_C_SOURCE 200809L
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/os.h"
#include "read/container.h"
#include "read/charset.h"

/* What was added: a path, or bytes with a name. */
typedef struct entry {
    str path, bytes;
    uint64_t size;
    bool in_memory;
    bool is_failed;
    error fault;
} entry;

/* What a container reads: a file, whose beginning was already read, or bytes in memory. */
typedef struct source_bytes {
    int fd; /* -1: bytes in memory */
    str memory;
    bool is_seekable;
    char head[SOURCE_HEAD_BYTES];
    size_t head_len;
} source_bytes;

struct sitrep_source {
    pthread_mutex_t lock;
    arena memory;
    read_input about;
    read_format format;
    sitrep_note_fn *on_note;
    void *note_context;
    ARRAY(entry) entries;
    size_t next;      /* entry */
    uint64_t n_taken; /* pieces */
    uint64_t bytes, bytes_all,
        bytes_before; /* before: of the entries that are done when `container` opens */
    bool size_unknown;
    read_container *container; /* open on the entry before `next`; NULL: none */
    source_bytes input;        /* behind it */
    feed *feed;                /* its items are given out; NULL: none is open */
    size_t feed_next;
    read_input feed_about; /* what is known of its items beforehand */
    sitrep_item_fn *on_item;
    void *item_context;
};

void sitrep_source_options_init_sized(sitrep_source_options *options, size_t size_bytes)
{
    memset(options, 0, size_bytes);
    options->size_bytes = size_bytes;
}

/* YYYY, YYYY-MM or YYYY-MM-DD. */
static bool parse_day(str s, civil_date *day)
{
    int64_t parts[3] = {0, 0, 0};
    size_t n = 0;
    for (str rest = s; rest.ptr; n++) {
        str part = str_cut(&rest, '-');
        if (n == 3 || part.len != (n ? 2 : 4) || !str_to_int(part, &parts[n]) || parts[n] < 1) return false;
    }
    bool leap = parts[0] % 4 == 0 && (parts[0] % 100 != 0 || parts[0] % 400 == 0);
    static const uint8_t days[] = {31, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (parts[1] > 12 || parts[2] > days[parts[1]] || (parts[1] == 2 && parts[2] == 29 && !leap))
        return false;
    *day = (civil_date){(int16_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2]};
    return true;
}

static str keep(arena *a, const char *c)
{
    return c ? arena_copy(a, str_from(c)) : (str){0};
}

static bool source_settle(sitrep_source *s, const sitrep_source_options *o, error *e)
{
    static const read_format formats[] = {
        [SITREP_FORMAT_AUTO] = READ_AUTO,     [SITREP_FORMAT_TEXT] = READ_TEXT,
        [SITREP_FORMAT_HTML] = READ_HTML,     [SITREP_FORMAT_JSONL] = READ_JSONL,
        [SITREP_FORMAT_CONLLU] = READ_CONLLU, [SITREP_FORMAT_FEED] = READ_FEED,
        [SITREP_FORMAT_PDF] = READ_PDF,       [SITREP_FORMAT_DOCX] = READ_DOCX,
        [SITREP_FORMAT_ODT] = READ_ODT,       [SITREP_FORMAT_WARC] = READ_ARCHIVE,
    };
    if ((unsigned)o->format >= sizeof formats / sizeof *formats)
        return error_set(e, SITREP_BAD_USAGE, "read", "no such format");
    s->format = formats[o->format];
    s->on_note = o->on_note;
    s->note_context = o->note_context;
    s->on_item = o->on_item;
    s->item_context = o->item_context;
    s->about = (read_input){.charset = keep(&s->memory, o->charset),
                            .title = keep(&s->memory, o->title),
                            .url = keep(&s->memory, o->url),
                            .author = keep(&s->memory, o->author),
                            .publisher = keep(&s->memory, o->publisher),
                            .language = keep(&s->memory, o->language),
                            .licence = keep(&s->memory, o->licence),
                            .id = keep(&s->memory, o->id),
                            .retrieved = keep(&s->memory, o->retrieved),
                            .charset_hint = keep(&s->memory, o->charset_hint)};
    if (o->published && !parse_day(str_from(o->published), &s->about.published))
        return error_set(e, SITREP_BAD_USAGE, "read", "not a date (YYYY-MM-DD): %s", o->published);
    str text;
    raw_run_array runs;
    if (o->charset && !charset_decode(&s->memory, STR("x"), s->about.charset, (str){0}, &text, &runs, e))
        return error_set(e, SITREP_BAD_USAGE, "read", "unknown charset: %s", o->charset);
    return true;
}

/* Runs fn with the arena's on_full set; false with SITREP_NO_MEMORY where memory ran out. */
static bool with_memory(sitrep_source *s, bool (*fn)(sitrep_source *, const void *, error *),
                        const void *with, error *e)
{
    jmp_buf full;
    s->memory.on_full = &full;
    bool ok = setjmp(full) ? error_set(e, SITREP_NO_MEMORY, "read", "out of memory") : fn(s, with, e);
    s->memory.on_full = NULL;
    return ok;
}

static bool settle(sitrep_source *s, const void *options, error *e)
{
    return source_settle(s, options, e);
}

sitrep_source *sitrep_source_open(const sitrep_source_options *options, sitrep_error *e)
{
    sitrep_source_options known;
    sitrep_source_options_init(&known);
    if (options)
        memcpy(&known, options, options->size_bytes < sizeof known ? options->size_bytes : sizeof known);
    sitrep_source *s = calloc(1, sizeof *s);
    if (!s) {
        error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
        return NULL;
    }
    s->input.fd = -1;
    pthread_mutex_init(&s->lock, NULL);
    arena_init(&s->memory, 0);
    if (with_memory(s, settle, &known, e)) return s;
    sitrep_source_close(s);
    return NULL;
}

static void container_end(sitrep_source *s)
{
    container_close(s->container);
    if (s->input.fd >= 0) close(s->input.fd);
    s->container = NULL;
    s->input.fd = -1;
}

void sitrep_source_close(sitrep_source *s)
{
    if (!s) return;
    container_end(s);
    feed_release(s->feed);
    arena_release(&s->memory);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

/* ---- adding ---------------------------------------------------------------------------------- */

static void push(sitrep_source *s, entry x)
{
    *array_push(&s->memory, &s->entries) = x;
    s->bytes_all += x.size;
}

static void push_file(sitrep_source *s, str path)
{
    struct stat st;
    bool is_file = !str_is(path, "-") && stat(path.ptr, &st) == 0 && S_ISREG(st.st_mode);
    if (!is_file) s->size_unknown = true;
    push(s, (entry){.path = path, .size = is_file ? (uint64_t)st.st_size : 0});
}

static void note_passed_over(const sitrep_source *s, str path)
{
    error note;
    os_kind kind = os_path_kind(path);
    const char *what = kind == OS_MISSING  ? "a link that leads nowhere"
                       : kind == OS_FOLDER ? "a link to a folder"
                                           : "no regular file";
    error_set(&note, SITREP_NO_FILE, "read", "passed over: %s", what);
    error_at(&note, path, 0, 0);
    if (s->on_note) s->on_note(s->note_context, &note);
}

static bool add_path(sitrep_source *s, const void *with, error *e)
{
    (void)e;
    str path = arena_copy(&s->memory, str_from(with));
    if (str_is(path, "-") || os_path_kind(path) != OS_FOLDER) {
        push_file(s, path);
        return true;
    }
    entry failed = {.path = path, .is_failed = true};
    os_listing found;
    if (!os_list_folder(&s->memory, path, &found, &failed.fault)) {
        push(s, failed);
        return true;
    }
    for (size_t i = 0; i < found.n_files; i++) push_file(s, found.files[i]);
    for (size_t i = 0; i < found.n_others; i++) note_passed_over(s, found.others[i]);
    return true;
}

bool sitrep_source_add_path(sitrep_source *s, const char *path, sitrep_error *e)
{
    return with_memory(s, add_path, path, e);
}

static bool add_bytes(sitrep_source *s, const void *with, error *e)
{
    (void)e;
    entry x = *(const entry *)with;
    x.path = arena_copy(&s->memory, x.path);
    push(s, x);
    return true;
}

bool sitrep_source_add_bytes(sitrep_source *s, const char *name, const void *bytes, size_t len_bytes,
                             sitrep_error *e)
{
    entry x = {.path = str_from(name ? name : ""),
               .bytes = {bytes ? bytes : "", len_bytes},
               .size = len_bytes,
               .in_memory = true};
    return with_memory(s, add_bytes, &x, e);
}

sitrep_progress sitrep_source_progress(sitrep_source *s)
{
    pthread_mutex_lock(&s->lock);
    sitrep_progress p = {s->n_taken, s->bytes, s->size_unknown ? 0 : s->bytes_all};
    pthread_mutex_unlock(&s->lock);
    return p;
}

/* ---- taking ---------------------------------------------------------------------------------- */

static ssize_t read_some(int fd, char *out, size_t cap)
{
    ssize_t n;
    do n = read(fd, out, cap);
    while (n < 0 && errno == EINTR);
    return n;
}

static bool file_fault(error *e, str path, const char *what, int cause)
{
    error_set(e, SITREP_NO_FILE, "read", "%s: %s", what, strerror(cause));
    return error_at(e, str_is(path, "-") ? STR("standard input") : path, 0, 0);
}

/* As read_bytes.read. */
static int64_t input_read(void *from, uint64_t offset, char *out, size_t cap)
{
    source_bytes *in = from;
    str ready = in->fd < 0 ? in->memory : (str){in->head, in->head_len};
    if (in->fd < 0 || (!in->is_seekable && offset < ready.len)) {
        str part = offset < ready.len ? str_part(ready, (size_t)offset, cap) : (str){0};
        if (part.len) memcpy(out, part.ptr, part.len);
        return (int64_t)part.len;
    }
    if (!in->is_seekable) return read_some(in->fd, out, cap);
    ssize_t n;
    do n = pread(in->fd, out, cap, (off_t)offset);
    while (n < 0 && errno == EINTR);
    return n;
}

/* Opens a file and reads its first bytes into p->head. */
static bool open_file(const entry *x, piece *p, error *e)
{
    p->fd = str_is(x->path, "-") ? dup(STDIN_FILENO) : open(x->path.ptr, O_RDONLY | O_CLOEXEC);
    if (p->fd < 0) return file_fault(e, x->path, "cannot open", errno);
    p->head_len = 0;
    while (p->head_len < sizeof p->head) {
        ssize_t n = read_some(p->fd, p->head + p->head_len, sizeof p->head - p->head_len);
        if (n == 0) break;
        if (n < 0) {
            int cause = errno;
            close(p->fd);
            p->fd = -1;
            return file_fault(e, x->path, "cannot read", cause);
        }
        p->head_len += (size_t)n;
    }
    return true;
}

/* Runs fn with an arena of its own, for what is read under the lock; false with *e where memory runs out. */
static bool with_scratch(bool (*fn)(sitrep_source *, piece *, arena *), sitrep_source *s, piece *p)
{
    arena scratch;
    jmp_buf full;
    arena_init(&scratch, 4 * READ_CAP_BYTES);
    scratch.on_full = &full;
    bool ok =
        setjmp(full) ? error_set(&p->fault, SITREP_NO_MEMORY, "read", "out of memory") : fn(s, p, &scratch);
    arena_release(&scratch);
    if (!ok && p->fault.code && !p->fault.where[0]) error_at(&p->fault, p->about.path, 0, 0);
    return ok;
}

static str keep_str(sitrep_source *s, str x)
{
    return x.len ? arena_copy(&s->memory, x) : (str){0};
}

/* Opens a feed on bytes; its strings are kept as long as the source. */
static bool open_feed_bytes(sitrep_source *s, piece *p, str bytes, const read_input *about)
{
    s->feed = feed_open(bytes, about, &p->fault);
    s->feed_next = 0;
    if (!s->feed) return false;
    s->feed_about = s->about;
    s->feed_about.path = keep_str(s, about->path);
    s->feed_about.retrieved = keep_str(s, about->retrieved);
    s->feed_about.offset = about->offset;
    return true;
}

static bool open_feed(sitrep_source *s, piece *p, arena *scratch)
{
    str bytes = p->bytes;
    bool ok = p->kind == PIECE_BYTES || piece_bytes(scratch, p, READ_CAP_BYTES, &bytes, &p->fault);
    return ok && open_feed_bytes(s, p, bytes, &p->about);
}

/* Reads a feed; false: it is none, and the piece says why. */
static bool begin_feed(sitrep_source *s, piece *p)
{
    bool ok = with_scratch(open_feed, s, p);
    p->kind = PIECE_FAILED;
    return ok;
}

/* Hands the file over to a container; false: it cannot be opened, and the piece says why. */
static bool begin_container(sitrep_source *s, const entry *x, piece *p)
{
    struct stat st;
    s->input =
        (source_bytes){.fd = p->fd, .memory = x->bytes, .is_seekable = true, .head_len = p->head_len};
    uint64_t size = x->bytes.len;
    if (!x->in_memory) {
        memcpy(s->input.head, p->head, p->head_len);
        s->input.is_seekable = !str_is(x->path, "-") && fstat(p->fd, &st) == 0 && S_ISREG(st.st_mode);
        size = s->input.is_seekable ? (uint64_t)st.st_size : 0;
    }
    p->fd = -1;
    s->bytes_before = s->bytes;
    read_bytes from = {&s->input, input_read, s->input.is_seekable, size};
    s->container = container_open(from, x->path, s->format, s->about.cap_bytes, &p->fault);
    p->kind = PIECE_FAILED;
    if (!s->container) container_end(s);
    return s->container != NULL;
}

/* The format of an entry and, where it holds several documents, what gives them out. True: the piece is complete. */
static bool begin_entry(sitrep_source *s, const entry *x, piece *p)
{
    p->about = s->about;
    p->about.path = x->path;
    p->fault = x->fault;
    p->kind = PIECE_FAILED;
    if (x->is_failed || (!x->in_memory && !open_file(x, p, &p->fault))) return true;
    str head = x->in_memory ? str_part(x->bytes, 0, SOURCE_HEAD_BYTES) : (str){p->head, p->head_len};
    if (container_is_one(head, x->path, s->format)) return !begin_container(s, x, p);
    p->format = s->format == READ_AUTO ? read_recognise(head, x->path) : s->format;
    p->kind = x->in_memory ? PIECE_BYTES : PIECE_FILE;
    p->bytes = x->bytes;
    s->bytes += x->size;
    return p->format != READ_FEED || !begin_feed(s, p);
}

/* Copies what a container shows for a moment. */
static bool piece_keep(piece *p, str bytes, str path)
{
    size_t need = bytes.len + path.len + 2;
    if (p->buffer_size < need) {
        char *larger = realloc(p->buffer, need + bytes.len / 2 + 256);
        if (!larger) return error_set(&p->fault, SITREP_NO_MEMORY, "read", "out of memory");
        p->buffer = larger;
        p->buffer_size = need + bytes.len / 2 + 256;
    }
    if (bytes.len) memcpy(p->buffer, bytes.ptr, bytes.len);
    if (path.len) memcpy(p->buffer + bytes.len + 1, path.ptr, path.len);
    p->buffer[bytes.len] = p->buffer[need - 1] = 0;
    p->bytes = (str){p->buffer, bytes.len};
    p->about.path = (str){p->buffer + bytes.len + 1, path.len};
    return true;
}

/* A feed in an archive is read here, its items follow; other XML is passed over. */
static bool open_feed_record(sitrep_source *s, piece *p, arena *scratch)
{
    str bytes;
    read_input about = p->about;
    document unpacked = {.arena = scratch};
    if (!record_unpack(&p->record, &about, &unpacked, &bytes, &p->fault)) return false;
    if (feed_recognise(str_part(bytes, 0, SOURCE_HEAD_BYTES))) return open_feed_bytes(s, p, bytes, &about);
    error_set(&p->fault, SITREP_PASSED_OVER, "read", "byte %llu: passed over: XML that is no feed",
              (unsigned long long)about.offset);
    return error_at(&p->fault, p->about.path, 0, (size_t)about.offset);
}

/* The next document of the container that is open. False at its end, and where it is a feed, whose items follow. */
static bool take_found(sitrep_source *s, piece *p)
{
    static const piece_kind kinds[] = {[FOUND_WHOLE] = PIECE_BYTES,
                                       [FOUND_LINE] = PIECE_LINE,
                                       [FOUND_RECORD] = PIECE_RECORD,
                                       [FOUND_FAULT] = PIECE_FAILED,
                                       [FOUND_END] = PIECE_FAILED};
    read_found found;
    p->about = s->about;
    container_next(s->container, &found, &p->fault);
    s->bytes = s->bytes_before + container_consumed(s->container);
    p->kind = kinds[found.kind];
    p->format = found.format;
    p->line = found.line;
    p->offset = found.offset;
    p->record = found.record;
    if (!piece_keep(p, found.bytes, found.path)) p->kind = PIECE_FAILED;
    p->record.bytes = p->bytes;
    bool is_feed = found.kind == FOUND_RECORD ? found.record.is_feed
                                              : found.kind == FOUND_WHOLE && found.format == READ_FEED;
    if (found.kind == FOUND_END) container_end(s);
    if (found.kind == FOUND_END || p->kind == PIECE_FAILED) return found.kind != FOUND_END;
    if (!is_feed) return true;
    bool ok = with_scratch(found.kind == FOUND_RECORD ? open_feed_record : open_feed, s, p);
    p->kind = PIECE_FAILED;
    return !ok;
}

static const char *text_or_null(str x)
{
    return x.len ? x.ptr : NULL;
}

/* Does the caller want this item? */
static bool is_wanted(const sitrep_source *s, const feed_item *item)
{
    char published[16];
    civil_date day = item->published;
    if (!s->on_item) return true;
    snprintf(published, sizeof published, "%04d-%02d-%02d", day.year, day.month, day.day);
    sitrep_item shown = {.about = {.id = item->id.ptr,
                                   .path = text_or_null(s->feed_about.path),
                                   .url = text_or_null(item->url),
                                   .title = text_or_null(item->title),
                                   .author = text_or_null(item->author),
                                   .publisher = text_or_null(item->publisher),
                                   .language = text_or_null(item->language),
                                   .licence = text_or_null(item->licence),
                                   .published = day.year ? published : NULL},
                         .content_bytes = item->content.len,
                         .is_summary = item->is_summary};
    return s->on_item(s->item_context, &shown);
}

/* The next item of the feed that is open; behind the last what is wrong with it. False at its end. */
static bool take_item(sitrep_source *s, piece *p)
{
    p->about = s->feed_about;
    while (s->feed_next < feed_count(s->feed)) {
        const feed_item *item = feed_at(s->feed, s->feed_next++);
        if (!is_wanted(s, item)) continue;
        p->kind = PIECE_ITEM;
        p->item = item;
        p->feed = feed_hold(s->feed);
        return true;
    }
    bool damaged = feed_fault(s->feed) != NULL;
    if (damaged) p->fault = *feed_fault(s->feed);
    if (damaged) p->kind = PIECE_FAILED;
    feed_release(s->feed);
    s->feed = NULL;
    return damaged;
}

static bool take(sitrep_source *s, piece *p)
{
    for (;;) {
        if (s->feed && take_item(s, p)) return true;
        if (s->container) {
            if (take_found(s, p)) return true;
            continue;
        }
        if (s->next == s->entries.n) return false;
        if (begin_entry(s, &s->entries.v[s->next++], p)) return true;
    }
}

static void close_piece(piece *p)
{
    if (p->fd >= 0) close(p->fd);
    p->fd = -1;
    feed_release(p->feed);
    p->feed = NULL;
}

void piece_init(piece *p)
{
    *p = (piece){.fd = -1};
}

bool source_take(sitrep_source *s, piece *p)
{
    close_piece(p);
    p->fault = (error){0};
    p->line = 0;
    p->offset = 0;
    pthread_mutex_lock(&s->lock);
    bool ok = take(s, p);
    p->number = ok ? s->n_taken++ : 0;
    pthread_mutex_unlock(&s->lock);
    return ok;
}

void piece_release(piece *p)
{
    close_piece(p);
    free(p->buffer);
    piece_init(p);
}

bool piece_bytes(arena *a, piece *p, size_t cap, str *bytes, error *e)
{
    struct stat st;
    bool sized = fstat(p->fd, &st) == 0 && S_ISREG(st.st_mode);
    size_t size = sized && (uint64_t)st.st_size <= cap ? (size_t)st.st_size : 1 << 16, n = p->head_len;
    if (size < p->head_len) size = p->head_len;
    char *buffer = arena_new(a, char, size + 1);
    memcpy(buffer, p->head, n);
    for (;;) {
        ssize_t got = read_some(p->fd, buffer + n, size + 1 - n);
        if (got < 0) return file_fault(e, p->about.path, "cannot read", errno);
        n += (size_t)got;
        if (got == 0) break;
        if (n > cap) {
            error_set(e, SITREP_OVER_LIMIT, "read", "larger than the limit of %zu bytes", cap);
            return error_at(e, p->about.path, 0, 0);
        }
        if (n <= size) continue;
        char *larger = arena_new(a, char, size * 2 + 1);
        memcpy(larger, buffer, n);
        buffer = larger;
        size *= 2;
    }
    *bytes = (str){buffer, n};
    return true;
}
