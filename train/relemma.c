/* relemma: a model file with its table of lemmas made anew; all else is copied. */
#include <stdio.h>

#include "commands.h"
#include "lemmas.h"
#include "model/model.h"
#include "sections.h"
#include "syntax/features.h"

static void copy_sections(const model *m, sections *out, str lemmas)
{
    const model_header *h = (const model_header *)(const void *)m->map.bytes;
    const model_entry *entry = (const model_entry *)(const void *)(m->map.bytes + sizeof *h);
    for (uint32_t i = 0; i < h->n_sections; i++) {
        if (strncmp(entry[i].name, "lemma", MODEL_NAME_LEN) == 0)
            sections_add(out, "lemma", lemmas.ptr, lemmas.len);
        else sections_add(out, entry[i].name, m->map.bytes + entry[i].offset, entry[i].len_bytes);
    }
}

int command_relemma(int argc, char **argv)
{
    arena a;
    error e;
    model m;
    str lemmas;
    arena_init(&a, 0);
    data d = {.a = &a};
    sections out = {.a = &a};
    if (!model_open(&m, str_from(argv[0]), FEATURE_SET, &e)) return command_fail(&e);
    for (int i = 4; i < argc; i++)
        if (!data_read(&d, str_from(argv[i]), 1, &e)) return command_fail(&e);
    if (!lemmas_make(&a, &d, str_from(argv[2]), str_from(argv[1]), &lemmas, &e)) return command_fail(&e);
    copy_sections(&m, &out, lemmas);
    printf("%zu bytes of lemmas\n", lemmas.len);
    bool ok = sections_write(&out, argv[3], FEATURE_SET);
    model_close(&m);
    return ok ? 0 : 1;
}
