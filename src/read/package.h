/* package: the zip file of an office document -> its parts, parsed as XML piece by piece.
 * In: the bytes of the file, the name of a part, what to call for elements and text. Out: those calls.
 * libzip unpacks and expat parses; both see 64 KiB at a time, so that a bomb costs no memory, and a part that unpacks to
 * more than PACKAGE_CAP_BYTES ends there. A part with a document type declaration is refused: office programs write none,
 * and entities are made of it. */
#ifndef SITREP_READ_PACKAGE_H
#define SITREP_READ_PACKAGE_H

#include "base/arena.h"
#include "base/error.h"

enum { PACKAGE_CAP_BYTES = 128 << 20 };

typedef struct package package;

/* Keeps a view of `bytes`; lives in the arena. NULL and *e where it is no zip file. */
package *package_open(arena *a, str bytes, error *e);

bool package_has(const package *p, const char *part);

/* Names come without their namespace; `attributes` for xml_attribute alone. */
typedef struct xml_calls {
    void *context;
    void (*start)(void *context, str name, const char **attributes);
    void (*end)(void *context, str name);
    void (*text)(void *context, str text); /* any piece of it */
    bool (*full)(void *context);           /* has it got enough? Asked now and then; may be NULL */
} xml_calls;

/* The value of an attribute by its name without namespace, ptr NULL where it is absent. */
str xml_attribute(const char **attributes, const char *name);

/* False with *e: the part is missing, encrypted, damaged, too large or no XML. Calls made until then stand. */
bool package_read(package *p, const char *part, const xml_calls *calls, error *e);

#endif
