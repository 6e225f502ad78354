#include "read/package.h"

#include <expat.h>
#include <zip.h>

enum { STEP = 64 * 1024 };

struct package {
    arena *a;
    zip_t *zip;
};

static void close_zip(void *p)
{
    if (((package *)p)->zip) zip_discard(((package *)p)->zip);
}

package *package_open(arena *a, str bytes, error *e)
{
    package *p = arena_new(a, package, 1);
    p->a = a;
    arena_defer(a, close_zip, p); /* before it is opened: this may jump, libzip may not */
    zip_error_t why;
    zip_error_init(&why);
    zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &why);
    p->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
    if (source && !p->zip) zip_source_free(source);
    zip_error_fini(&why);
    if (p->zip) return p;
    error_set(e, SITREP_BAD_FORMAT, "read",
              "not a zip file, or its directory of parts at the end is damaged");
    return NULL;
}

bool package_has(const package *p, const char *part)
{
    return zip_name_locate(p->zip, part, 0) >= 0;
}

/* ---- XML --------------------------------------------------------------------------------- */

typedef struct parse {
    const xml_calls *calls;
    XML_Parser parser;
    zip_file_t *file;
    bool has_doctype;
} parse;

/* "namespace|name" -> "name". */
static str local_name(const char *name)
{
    const char *bar = strrchr(name, '|');
    return str_from(bar ? bar + 1 : name);
}

str xml_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2)
        if (str_is(local_name(attributes[0]), name)) return str_from(attributes[1]);
    return (str){0};
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    const xml_calls *c = ((parse *)user)->calls;
    if (c->start) c->start(c->context, local_name(name), (const char **)attributes);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    const xml_calls *c = ((parse *)user)->calls;
    if (c->end) c->end(c->context, local_name(name));
}

static void XMLCALL on_text(void *user, const XML_Char *text, int len)
{
    const xml_calls *c = ((parse *)user)->calls;
    if (c->text && len > 0) c->text(c->context, (str){text, (size_t)len});
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system_id,
                               const XML_Char *public_id, int has_subset)
{
    (void)name, (void)system_id, (void)public_id, (void)has_subset;
    parse *x = user;
    x->has_doctype = true;
    XML_StopParser(x->parser, XML_FALSE);
}

static void close_parse(void *user)
{
    parse *x = user;
    if (x->parser) XML_ParserFree(x->parser);
    if (x->file) zip_fclose(x->file);
    x->parser = NULL;
    x->file = NULL;
}

static bool open_parser(parse *x)
{
    x->parser = XML_ParserCreateNS(NULL, '|');
    if (!x->parser) return false;
    XML_SetUserData(x->parser, x);
    XML_SetElementHandler(x->parser, on_start, on_end);
    XML_SetCharacterDataHandler(x->parser, on_text);
    XML_SetStartDoctypeDeclHandler(x->parser, on_doctype);
    return true;
}

static bool bad_part(error *e, const char *part, const char *what)
{
    return error_set(e, SITREP_BAD_FORMAT, "read", "its part %s %s", part, what);
}

static bool open_part(package *p, const char *part, parse *x, error *e)
{
    zip_int64_t index = zip_name_locate(p->zip, part, 0);
    zip_stat_t about;
    if (index < 0) return bad_part(e, part, "is missing");
    bool sized = zip_stat_index(p->zip, (zip_uint64_t)index, 0, &about) == 0;
    if (sized && about.valid & ZIP_STAT_ENCRYPTION_METHOD && about.encryption_method != ZIP_EM_NONE)
        return bad_part(e, part, "is encrypted");
    x->file = zip_fopen_index(p->zip, (zip_uint64_t)index, 0);
    return x->file || bad_part(e, part, "cannot be unpacked");
}

static bool feed(parse *x, const char *part, error *e)
{
    char buffer[STEP];
    zip_int64_t got;
    uint64_t all = 0;
    do {
        got = zip_fread(x->file, buffer, sizeof buffer);
        if (got < 0) return bad_part(e, part, "is damaged");
        if ((all += (uint64_t)got) > PACKAGE_CAP_BYTES)
            return error_set(e, SITREP_OVER_LIMIT, "read", "its part %s unpacks to more than %d MiB", part,
                             PACKAGE_CAP_BYTES >> 20);
        bool good = XML_Parse(x->parser, buffer, (int)got, got == 0) == XML_STATUS_OK;
        if (x->has_doctype) return bad_part(e, part, "has a document type declaration");
        if (!good) return bad_part(e, part, XML_ErrorString(XML_GetErrorCode(x->parser)));
        if (x->calls->full && x->calls->full(x->calls->context)) return true;
    } while (got);
    return true;
}

bool package_read(package *p, const char *part, const xml_calls *calls, error *e)
{
    parse *x = arena_new(p->a, parse, 1);
    x->calls = calls;
    arena_defer(p->a, close_parse, x);
    if (!open_part(p, part, x, e)) return false;
    bool ok = open_parser(x) ? feed(x, part, e) : error_set(e, SITREP_NO_MEMORY, "read", "out of memory");
    close_parse(x);
    return ok;
}
