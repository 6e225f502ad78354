#define _POSIX_C_SOURCE 200809L
#include "base/os.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/array.h"

typedef ARRAY(str) str_array;

static bool os_fault(error *e, str path, const char *what)
{
    int saved = errno;
    error_set(e, saved == ENOMEM ? SITREP_NO_MEMORY : SITREP_NO_FILE, "read", "%s: %s", what,
              strerror(saved));
    return error_at(e, str_is(path, "-") ? STR("standard input") : path, 0, 0);
}

/* Paths reach the system NUL-terminated; views need not be. */
static bool path_text(str path, char out[4096], error *e)
{
    if (path.len >= 4096 || memchr(path.ptr, 0, path.len)) {
        error_set(e, SITREP_NO_FILE, "read", "not a usable path");
        return error_at(e, path, 0, 0);
    }
    memcpy(out, path.ptr, path.len);
    out[path.len] = 0;
    return true;
}

bool os_map_file(str path, os_map *map, error *e)
{
    char p[4096];
    *map = (os_map){0};
    if (!path_text(path, p, e)) return false;
    int fd = open(p, O_RDONLY | O_CLOEXEC);
    struct stat s;
    if (fd < 0) return os_fault(e, path, "cannot open");
    if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) {
        close(fd);
        error_set(e, SITREP_NO_FILE, "read", "not a regular file");
        return error_at(e, path, 0, 0);
    }
    map->len_bytes = (size_t)s.st_size;
    if (s.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)s.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (bytes == MAP_FAILED) {
            close(fd);
            *map = (os_map){0};
            return os_fault(e, path, "cannot map");
        }
        map->bytes = bytes;
    }
    close(fd);
    return true;
}

void os_unmap(os_map *map)
{
    if (map->bytes) munmap((void *)(uintptr_t)map->bytes, map->len_bytes);
    *map = (os_map){0};
}

FILE *os_temp_file(str folder, error *e)
{
    char p[4096];
    str own = folder.len ? folder : STR(".");
    if (own.len > sizeof p - 32 || !path_text(own, p, e)) return NULL;
    memcpy(p + own.len, "/.sitrep-XXXXXX", sizeof "/.sitrep-XXXXXX");
    int fd = mkstemp(p);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w+b");
    if (!f) os_fault(e, own, "cannot make a temporary file in it");
    if (fd >= 0) unlink(p);
    if (fd >= 0 && !f) close(fd);
    return f;
}

static void close_fd(void *fd)
{
    close((int)(intptr_t)fd);
}

bool os_read_file(arena *a, str path, str *bytes, error *e)
{
    char p[4096];
    bool standard_input = str_is(path, "-");
    if (!standard_input && !path_text(path, p, e)) return false;
    int fd = standard_input ? dup(STDIN_FILENO) : open(p, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return os_fault(e, path, "cannot open");
    arena_defer(a, close_fd, (void *)(intptr_t)fd);
    struct stat s;
    size_t cap = fstat(fd, &s) == 0 && S_ISREG(s.st_mode) ? (size_t)s.st_size + 1 : 1 << 16, n = 0;
    char *buffer = arena_new(a, char, cap + 1);
    for (;;) {
        if (n == cap) {
            char *larger = arena_new(a, char, cap * 2 + 1);
            memcpy(larger, buffer, n);
            buffer = larger;
            cap *= 2;
        }
        ssize_t got = read(fd, buffer + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return os_fault(e, path, "cannot read");
        if (got == 0) break;
        n += (size_t)got;
    }
    buffer[n] = 0;
    *bytes = (str){buffer, n};
    return true;
}

os_kind os_path_kind(str path)
{
    char p[4096];
    struct stat s;
    if (!path_text(path, p, NULL) || stat(p, &s) != 0) return OS_MISSING;
    return S_ISREG(s.st_mode) ? OS_FILE : S_ISDIR(s.st_mode) ? OS_FOLDER : OS_OTHER;
}

str os_path_join(arena *a, str folder, str name)
{
    bool slash = folder.len && folder.ptr[folder.len - 1] == '/';
    return arena_format(a, "%.*s%s%.*s", (int)folder.len, folder.ptr, slash ? "" : "/", (int)name.len,
                        name.ptr);
}

static void close_folder(void *folder)
{
    closedir(folder);
}

typedef struct lister {
    arena *a;
    str_array files, others;
} lister;

static bool list_folder(lister *l, str folder, int depth, error *e)
{
    char p[4096];
    if (!path_text(folder, p, e)) return false;
    DIR *d = depth < 64 ? opendir(p) : NULL;
    if (!d) return os_fault(e, folder, "cannot list");
    arena_defer(l->a, close_folder, d);
    for (struct dirent *entry; (entry = readdir(d));) {
        if (entry->d_name[0] == '.') continue;
        str path = os_path_join(l->a, folder, str_from(entry->d_name));
        struct stat s;
        if (lstat(path.ptr, &s) != 0) continue;
        if (S_ISDIR(s.st_mode)) {
            if (!list_folder(l, path, depth + 1, e)) return false;
        } else {
            *array_push(l->a, os_path_kind(path) == OS_FILE ? &l->files : &l->others) = path;
        }
    }
    return true;
}

static int by_path(const void *a, const void *b)
{
    return str_compare(*(const str *)a, *(const str *)b);
}

bool os_list_folder(arena *a, str folder, os_listing *listing, error *e)
{
    lister l = {.a = a};
    if (!list_folder(&l, folder, 0, e)) return false;
    if (l.files.n) qsort(l.files.v, l.files.n, sizeof *l.files.v, by_path);
    if (l.others.n) qsort(l.others.v, l.others.n, sizeof *l.others.v, by_path);
    *listing = (os_listing){l.files.v, l.others.v, l.files.n, l.others.n};
    return true;
}

bool os_list_files(arena *a, str folder, str **paths, size_t *n, error *e)
{
    os_listing listing;
    if (!os_list_folder(a, folder, &listing, e)) return false;
    *paths = listing.files;
    *n = listing.n_files;
    return true;
}
