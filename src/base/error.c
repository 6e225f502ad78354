#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>

bool error_set(error *e, sitrep_code code, const char *stage, const char *format, ...)
{
    if (!e) return false;
    *e = (error){.code = code};
    snprintf(e->stage, sizeof e->stage, "%s", stage);
    va_list args;
    va_start(args, format);
    vsnprintf(e->message, sizeof e->message, format, args);
    va_end(args);
    return false;
}

bool error_at(error *e, str where, size_t line, size_t offset)
{
    if (!e) return false;
    size_t len = where.len < sizeof e->where - 1 ? where.len : sizeof e->where - 1;
    if (len) memcpy(e->where, where.ptr, len);
    e->where[len] = 0;
    e->line = line;
    e->offset = offset;
    return false;
}
