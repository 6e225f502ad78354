#include "write/fields.h"

/* Foreign and notice come beside a block's kind: of such blocks no claims are read. */
static void write_block(json *j, const write_view *w, const block *b)
{
    static const char *const kinds[] = {"title",   "paragraph", "list_item",
                                        "caption", "paragraph", "paragraph"};
    out_json_open(j, '{');
    out_json_key(j, "kind");
    out_json_string(j, str_from(kinds[b->kind]));
    field_number(j, "start", true, (int64_t)position_of(w->positions, b->at.start));
    field_number(j, "end", true, (int64_t)position_of(w->positions, span_end(b->at)));
    out_json_key(j, "notice");
    out_json_bool(j, b->kind == BLOCK_NOTICE);
    out_json_key(j, "foreign");
    out_json_bool(j, b->kind == BLOCK_FOREIGN);
    out_json_close(j, '}');
}

void write_documents_json(const write_view *w)
{
    json j = {.o = w->o};
    out_json_open(&j, '{');
    out_json_key(&j, "schema");
    out_json_string(&j, STR("sitrep.document/1"));
    field_about(&j, w->d);
    out_json_key(&j, "text");
    out_json_string(&j, w->d->text);
    out_json_key(&j, "blocks");
    out_json_open(&j, '[');
    for (size_t i = 0; i < w->d->blocks.n; i++) write_block(&j, w, &w->d->blocks.v[i]);
    out_json_close(&j, ']');
    out_json_close(&j, '}');
    out_char(w->o, '\n');
}
