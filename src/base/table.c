#include "base/table.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/os.h"
#include "base/utf8.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static str without_comment(str line)
{
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] == '#' && (i == 0 || is_blank(line.ptr[i - 1]))) return str_part(line, 0, i);
    return line;
}

static void add_line(arena *a, table *t, str line, uint32_t number)
{
    line = without_comment(line);
    uint32_t indent = 0;
    while (indent < line.len && is_blank(line.ptr[indent])) indent++;
    str whole = str_trim(line);
    if (!whole.len) return;
    size_t k = 0;
    while (k < whole.len && !is_blank(whole.ptr[k])) k++;
    *array_push(a, &t->lines) =
        (table_line){number, indent, str_part(whole, 0, k), str_trim(str_part(whole, k, whole.len)), whole};
}

bool table_parse(arena *a, str path, str bytes, table *t, error *e)
{
    *t = (table){.path = arena_copy(a, path)};
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) bytes = str_part(bytes, 3, bytes.len);
    uint32_t number = 0;
    for (size_t at = 0; at < bytes.len;) {
        size_t end = str_find(bytes, STR("\n"), at);
        if (end > bytes.len) end = bytes.len;
        str line = str_part(bytes, at, end - at);
        number++;
        if (utf8_valid_prefix(line) < line.len) {
            error_set(e, SITREP_BAD_CODEBOOK, "codebook", "not valid UTF-8");
            return error_at(e, path, number, at + utf8_valid_prefix(line));
        }
        add_line(a, t, line, number);
        at = end + 1;
    }
    return true;
}

bool table_read(arena *a, str path, table *t, error *e)
{
    str bytes;
    return os_read_file(a, path, &bytes, e) && table_parse(a, path, bytes, t, e);
}

bool table_fault(const table *t, const table_line *l, error *e, const char *format, ...)
{
    char message[200];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    error_set(e, SITREP_BAD_CODEBOOK, "codebook", "%s", message);
    return error_at(e, t->path, l ? l->number : 0, 0);
}
