/* sitrep.h: reads reports of wars into claims. The one installed header, in reading order.
 *
 * Strings that come out are UTF-8 and belong to the object that they were asked of. Nothing here
 * prints, exits or changes the locale. */
#ifndef SITREP_H
#define SITREP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Errors ---------------------------------------------------------------------------------- */

typedef enum sitrep_code {
    SITREP_OK,
    SITREP_BAD_USAGE,    /* the caller's arguments do not fit together */
    SITREP_NO_FILE,      /* a file is missing or cannot be read */
    SITREP_NO_MEMORY,    /* the machine has no memory left */
    SITREP_OVER_LIMIT,   /* a document is larger than a cap allows */
    SITREP_BAD_FORMAT,   /* a document is not what it should be */
    SITREP_BAD_MODEL,    /* a model or gazetteer file is damaged or of another version */
    SITREP_BAD_CODEBOOK, /* a codebook file has a fault */
    SITREP_BAD_OUTPUT    /* what was printed could not be written */
} sitrep_code;

typedef struct sitrep_error {
    sitrep_code code;
    char stage[16];    /* the stage that met it: "read", "codebook", "model" … */
    char where[256];   /* file or document, "" where there is none */
    size_t line;       /* from 1; 0 = not known */
    size_t offset;     /* in bytes from the start of the file or line */
    char message[256]; /* one line for a person */
} sitrep_error;

#ifdef __cplusplus
}
#endif
#endif
