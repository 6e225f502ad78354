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
#include "read/charset.h"

/* What was added: a path, or bytes with a name. */
typedef struct entry {
    str path, bytes;
    uint64_t size;
    bool in_memory;
    bool is_failed;
    error fault;
} entry;

struct sitrep_source {
    pthread_mutex_t lock;
    arena memory;
    read_input about;
    read_format format;
    sitrep_note_fn *on_note;
    void *note_context;
    ARRAY(entry) entries;
    size_t next;                             /* entry */
    uint64_t n_taken;                        /* pieces */
    uint64_t bytes, bytes_all, bytes_before; /* before: of the entries that are done when `lines` opens */
    bool size_unknown;
    bool has_lines; /* `lines` is open on the entry before `next` */
    read_lines lines;
    str lines_path;
    int fd;      /* behind `lines`; -1 for bytes in memory */
    str pending; /* what `lines` has yet to get before fd is read */
    feed *feed;  /* its items are given out; NULL: none is open */
    size_t feed_next;
    str feed_path;
    sitrep_item_fn *on_item;
    void *item_context;
    char head[SOURCE_HEAD_BYTES];
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
        [SITREP_FORMAT_ODT] = READ_ODT,
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
    s->fd = -1;
    pthread_mutex_init(&s->lock, NULL);
    arena_init(&s->memory, 0);
    if (with_memory(s, settle, &known, e)) return s;
    sitrep_source_close(s);
    return NULL;
}

static void lines_end(sitrep_source *s)
{
    if (s->has_lines) read_lines_close(&s->lines);
    if (s->fd >= 0) close(s->fd);
    s->has_lines = false;
    s->fd = -1;
}

void sitrep_source_close(sitrep_source *s)
{
    if (!s) return;
    lines_end(s);
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

static int64_t lines_source(void *from, char *out, size_t cap)
{
    sitrep_source *s = from;
    if (s->pending.len || s->fd < 0) {
        size_t n = s->pending.len < cap ? s->pending.len : cap;
        if (n) memcpy(out, s->pending.ptr, n);
        s->pending = str_part(s->pending, n, s->pending.len);
        return (int64_t)n;
    }
    return read_some(s->fd, out, cap);
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

/* Reads a feed; false: it is none, and the piece says why. */
static bool open_feed(sitrep_source *s, const entry *x, piece *p)
{
    arena file;
    jmp_buf full;
    str bytes = x->bytes;
    arena_init(&file, 4 * READ_CAP_BYTES);
    file.on_full = &full;
    if (setjmp(full)) {
        error_set(&p->fault, SITREP_NO_MEMORY, "read", "out of memory");
        error_at(&p->fault, x->path, 0, 0);
    } else if (x->in_memory || piece_bytes(&file, p, READ_CAP_BYTES, &bytes, &p->fault))
        s->feed = feed_open(bytes, &p->about, &p->fault);
    arena_release(&file);
    p->kind = PIECE_FAILED;
    s->feed_path = x->path;
    s->feed_next = 0;
    return s->feed != NULL;
}

/* The format of an entry and, where it holds several documents, what gives them out. True: the piece is complete. */
static bool begin_entry(sitrep_source *s, const entry *x, piece *p)
{
    p->about = s->about;
    p->about.path = x->path;
    p->fault = x->fault;
    p->kind = PIECE_FAILED;
    if (x->is_failed || (!x->in_memory && !open_file(x, p, &p->fault))) return true;
    str head = x->in_memory ? x->bytes : (str){p->head, p->head_len};
    p->format =
        s->format == READ_AUTO ? read_recognise(str_part(head, 0, SOURCE_HEAD_BYTES), x->path) : s->format;
    p->kind = x->in_memory ? PIECE_BYTES : PIECE_FILE;
    p->bytes = x->bytes;
    if (p->format == READ_FEED) {
        s->bytes += x->size;
        return !open_feed(s, x, p);
    }
    if (p->format != READ_JSONL) {
        s->bytes += x->size;
        return true;
    }
    memcpy(s->head, p->head, x->in_memory ? 0 : p->head_len);
    s->pending = x->in_memory ? x->bytes : (str){s->head, p->head_len};
    s->fd = x->in_memory ? -1 : p->fd;
    p->fd = -1;
    s->lines_path = x->path;
    s->bytes_before = s->bytes;
    s->has_lines = true;
    read_lines_open(&s->lines, lines_source, s, s->about.cap_bytes);
    return false;
}

static bool piece_keep_line(piece *p, str line)
{
    if (p->buffer_size < line.len + 1) {
        char *larger = realloc(p->buffer, line.len * 2 + 256);
        if (!larger) return error_set(&p->fault, SITREP_NO_MEMORY, "read", "out of memory");
        p->buffer = larger;
        p->buffer_size = line.len * 2 + 256;
    }
    if (line.len) memcpy(p->buffer, line.ptr, line.len);
    p->bytes = (str){p->buffer, line.len};
    return true;
}

/* The next line that is not blank. False at the end of the lines. */
static bool take_line(sitrep_source *s, piece *p)
{
    str line = {0};
    read_line_result got;
    p->about = s->about;
    p->about.path = s->lines_path;
    do got = read_lines_next(&s->lines, &line, &p->fault);
    while (got == READ_LINE && str_trim(line).len == 0);
    if (got == READ_LINE_END) {
        lines_end(s);
        return false;
    }
    s->bytes = s->bytes_before + s->lines.offset + line.len;
    p->line = s->lines.number;
    p->offset = s->lines.offset;
    p->kind = got == READ_LINE && piece_keep_line(p, line) ? PIECE_LINE : PIECE_FAILED;
    if (p->kind == PIECE_FAILED && !p->fault.where[0]) error_at(&p->fault, s->lines_path, p->line, 0);
    if (got == READ_LINE_FAILED) lines_end(s);
    return true;
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
                                   .path = text_or_null(s->feed_path),
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
    p->about = s->about;
    p->about.path = s->feed_path;
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
        if (s->has_lines && take_line(s, p)) return true;
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
