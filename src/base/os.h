/* os: the one seam to the operating system: files in, files mapped, folders listed.
 * Paths are NUL-terminated byte strings as the system has them. */
#ifndef SITREP_BASE_OS_H
#define SITREP_BASE_OS_H

#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"

/* A file mapped for reading. Shared between processes; valid until os_unmap. */
typedef struct os_map {
    const unsigned char *bytes;
    size_t len_bytes;
} os_map;

bool os_map_file(str path, os_map *map, error *e);
void os_unmap(os_map *map);

/* The whole file, followed by a NUL byte that the view does not count. "-" is standard input. */
bool os_read_file(arena *a, str path, str *bytes, error *e);

/* Paths of the regular files below `folder`, sorted bytewise; folders and files whose name begins with
 * a dot are passed over. Links to folders are not followed. */
bool os_list_files(arena *a, str folder, str **paths, size_t *n, error *e);

/* The same, and what was passed over since it is no file: links that lead nowhere or to a folder, pipes, sockets,
 * devices. */
typedef struct os_listing {
    str *files, *others;
    size_t n_files, n_others;
} os_listing;
bool os_list_folder(arena *a, str folder, os_listing *listing, error *e);

typedef enum os_kind { OS_MISSING, OS_FILE, OS_FOLDER, OS_OTHER } os_kind;
os_kind os_path_kind(str path);

/* A new file for reading and writing in `folder` ("" = the current one) that has no name, so that it is gone once it is
 * closed. NULL and *e where it cannot be made. */
FILE *os_temp_file(str folder, error *e);

typedef enum os_run_result {
    OS_RUN_DONE,
    OS_RUN_NONE,    /* the program is not there or may not be run */
    OS_RUN_CRASHED, /* it ended by a signal or with another status than 0 */
    OS_RUN_LATE,    /* it was ended after `seconds` */
    OS_RUN_MUCH     /* it was ended after `cap` bytes */
} os_run_result;

/* Runs a program with nothing but `input` on its standard input and an empty environment, until it ends. *output is
 * what it wrote, whatever came of it. The program can do its worst: what comes back is bytes and a result. */
os_run_result os_run(arena *a, str program, str input, size_t cap, unsigned seconds, str *output);

/* folder + "/" + name in the arena. */
str os_path_join(arena *a, str folder, str name);

#endif
