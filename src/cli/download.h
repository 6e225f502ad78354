/* download: a file from the net, whole or not at all.
 * In: an address (http, https) and a path. Out: the file, which appears when it was received completely; beside it
 * PATH.etag with what the server calls this version, so that the next download asks for a newer one alone. */
#ifndef SITREP_CLI_DOWNLOAD_H
#define SITREP_CLI_DOWNLOAD_H

#include <sitrep.h>

typedef enum cli_downloaded { DOWNLOAD_FAILED, DOWNLOAD_NEW, DOWNLOAD_UNCHANGED } cli_downloaded;

/* At most `max_bytes`. Fills *e where it fails. */
cli_downloaded cli_download(const char *url, const char *path, size_t max_bytes, sitrep_error *e);

#endif
