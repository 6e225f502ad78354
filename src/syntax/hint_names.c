#include "syntax/hint_names.h"

static const char *const kind_text[N_HINT_KIND] = {"happening", "status", "role"};

const char *hint_kind_text(hint_kind kind)
{
    return kind_text[kind];
}

bool hint_names_read(arena *a, str lines, hint_names *n)
{
    ARRAY(str) names = {0};
    int kind = -1;
    *n = (hint_names){0};
    while (lines.ptr && lines.len) {
        str name = str_cut(&lines, '\n'), of = str_cut(&name, '\t');
        bool is_first = kind < 0 || !str_is(of, kind_text[kind]);
        if (is_first && (++kind == N_HINT_KIND || !str_is(of, kind_text[kind]) || !str_is(name, "-")))
            return false;
        *array_push(a, &names) = name;
        n->first[kind + 1] = (uint32_t)names.n;
    }
    n->name = names.v;
    return kind + 1 == N_HINT_KIND;
}

str hint_names_write(arena *a, const hint_names *n)
{
    str all = STR("");
    for (int kind = 0; kind < N_HINT_KIND; kind++)
        for (uint32_t i = n->first[kind]; i < n->first[kind + 1]; i++)
            all = arena_format(a, "%.*s%s\t%.*s\n", (int)all.len, all.ptr, kind_text[kind],
                               (int)n->name[i].len, n->name[i].ptr);
    return all;
}

int32_t hint_column(const hint_names *n, hint_kind kind, str name)
{
    for (uint32_t i = n->first[kind]; i < n->first[kind + 1]; i++)
        if (str_eq(n->name[i], name)) return (int32_t)i;
    return -1;
}
