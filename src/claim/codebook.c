#include "claim/codebook.h"

#include "base/os.h"
#include "base/utf8.h"

str_array codebook_split(arena *a, str list, char separator)
{
    str_array out = {0};
    for (str rest = list; rest.ptr;) {
        str piece = str_cut(&rest, separator);
        if (piece.len) *array_push(a, &out) = piece;
    }
    return out;
}

uint32_t codebook_words(arena *a, str phrase, str words[RULE_WORDS])
{
    str_array pieces = codebook_split(a, utf8_fold(a, phrase), ' ');
    if (pieces.n > RULE_WORDS) return 0;
    for (size_t i = 0; i < pieces.n; i++) words[i] = pieces.v[i];
    return (uint32_t)pieces.n;
}

const word_class *codebook_class(const codebook *c, str name)
{
    for (size_t i = 0; i < c->classes.n; i++)
        if (str_eq(c->classes.v[i]->name, name)) return c->classes.v[i];
    return NULL;
}

const frame *codebook_frame(const codebook *c, str name)
{
    for (size_t i = 0; i < c->frames.n; i++)
        if (str_eq(c->frames.v[i]->name, name)) return c->frames.v[i];
    return NULL;
}

const claim_type *codebook_type(const codebook *c, str name)
{
    for (size_t i = 0; i < c->types.n; i++)
        if (str_eq(c->types.v[i]->name, name)) return c->types.v[i];
    return NULL;
}

str codebook_version(const codebook *c)
{
    return c->version;
}

static void add_words(codebook *c, map *m, str list)
{
    str_array words = codebook_split(c->arena, list, ',');
    for (size_t i = 0; i < words.n; i++) map_put(c->arena, m, utf8_fold(c->arena, words.v[i]))->value = 1;
}

/* ---- classes.txt: "class NAME", then words, weapon, kind, mention, number ----------------------- */

static bool add_labels(codebook *c, label_set set, str list, uint32_t *bits)
{
    str_array names = codebook_split(c->arena, list, ',');
    for (size_t i = 0; i < names.n; i++) {
        int v = label_find(set, names.v[i]);
        if (v < 0) return false;
        *bits |= 1u << v;
    }
    return true;
}

static bool read_class_line(codebook *c, const table *t, const table_line *l, word_class *k, error *e)
{
    bool ok = true;
    if (str_is(l->keyword, "words")) add_words(c, &k->words, l->value);
    else if (str_is(l->keyword, "weapon")) add_words(c, &k->weapon_classes, l->value);
    else if (str_is(l->keyword, "kind")) ok = add_labels(c, LABELS_ACTOR_KIND, l->value, &k->actor_kinds);
    else if (str_is(l->keyword, "mention"))
        ok = add_labels(c, LABELS_MENTION_KIND, l->value, &k->mention_kinds);
    else if (str_is(l->keyword, "number")) k->numbers = true;
    else if (str_is(l->keyword, "unjudged")) k->is_asked_only = true;
    else ok = false;
    return ok || table_fault(t, l, e, "not a line of a class: '%.*s'", (int)l->whole.len, l->whole.ptr);
}

static void index_classes(codebook *c)
{
    for (size_t k = 0; k < c->classes.n && k < 64; k++) {
        const map *words = &c->classes.v[k]->words;
        for (size_t i = 0; i < words->cap; i++) {
            if (!words->slots[i].key.ptr) continue;
            map_slot *slot = map_put(c->arena, &c->class_bits, words->slots[i].key);
            if (slot->value == MAP_NONE) {
                slot->value = (uint32_t)c->class_mask.n;
                *array_push(c->arena, &c->class_mask) = 0;
            }
            c->class_mask.v[slot->value] |= (uint64_t)1 << k;
        }
    }
}

static bool read_classes(codebook *c, const table *t, error *e)
{
    word_class *k = NULL;
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        if (l->indent == 0) {
            if (!str_is(l->keyword, "class") || !l->value.len)
                return table_fault(t, l, e, "expected 'class NAME'");
            k = arena_new(c->arena, word_class, 1);
            k->name = l->value;
            *array_push(c->arena, &c->classes) = k;
        } else if (!k || !read_class_line(c, t, l, k, e)) {
            return k ? false : table_fault(t, l, e, "a line before the first class");
        }
    }
    index_classes(c);
    return true;
}

uint64_t codebook_class_bits(const codebook *c, str word)
{
    uint32_t i = map_get(&c->class_bits, word);
    return i == MAP_NONE ? 0 : c->class_mask.v[i];
}

/* ---- frames.txt: "frame NAME", then "SLOT ROLE [@class]" --------------------------------------- */

static bool read_frame_slot(codebook *c, const table *t, const table_line *l, frame *f, error *e)
{
    static const char *const uses[] = {"none", "actor", "recipient", "associate",
                                       "both", "place", "weapon"};
    str rest = l->value;
    str use = str_cut(&rest, ' ');
    frame_slot s = {.use = USE_NONE};
    int found = -1;
    for (int i = 0; i <= USE_WEAPON; i++)
        if (str_is(use, uses[i])) found = i;
    if (found < 0) return table_fault(t, l, e, "unknown role '%.*s'", (int)use.len, use.ptr);
    s.use = (slot_use)found;
    if (rest.ptr && str_trim(rest).len) {
        str name = str_trim(rest);
        s.only = codebook_class(c, str_part(name, 1, name.len));
        if (!s.only) return table_fault(t, l, e, "no class '%.*s' in classes.txt", (int)name.len, name.ptr);
    }
    str_array slots = codebook_split(c->arena, l->keyword, '|');
    for (size_t i = 0; i < slots.n; i++) {
        s.slot = slots.v[i];
        *array_push(c->arena, &f->slots) = s;
    }
    return true;
}

static bool read_frames(codebook *c, const table *t, error *e)
{
    frame *f = NULL;
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        if (l->indent == 0) {
            if (!str_is(l->keyword, "frame") || !l->value.len)
                return table_fault(t, l, e, "expected 'frame NAME'");
            f = arena_new(c->arena, frame, 1);
            f->name = l->value;
            *array_push(c->arena, &c->frames) = f;
        } else if (!f || !read_frame_slot(c, t, l, f, e)) {
            return f ? false : table_fault(t, l, e, "a line before the first frame");
        }
    }
    return true;
}

/* ---- support.txt: "launch, carry out : subject=subj object=on status=ongoing sure" -------------- */

static bool read_support_settings(support_verb *s, str settings)
{
    for (str rest = settings; rest.ptr;) {
        str part = str_cut(&rest, ' ');
        if (!part.len) continue;
        if (str_starts(part, STR("subject="))) s->subject_is = str_part(part, 8, part.len);
        else if (str_starts(part, STR("object="))) s->object_is = str_part(part, 7, part.len);
        else if (str_starts(part, STR("status="))) {
            s->status = label_find(LABELS_STATUS, str_part(part, 7, part.len));
            if (s->status < 0) return false;
        } else if (str_is(part, "sure")) s->is_sure = true;
        else return false;
    }
    return true;
}

static bool read_supports(codebook *c, const table *t, error *e)
{
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        str rest = l->whole;
        str_array phrases = codebook_split(c->arena, str_cut(&rest, ':'), ',');
        support_verb s = {.status = -1, .subject_is = STR(""), .object_is = STR("")};
        if (!rest.ptr || !read_support_settings(&s, rest))
            return table_fault(t, l, e,
                               "expected 'VERB, VERB : subject=SLOT object=SLOT status=STATUS sure'");
        for (size_t j = 0; j < phrases.n; j++) {
            s.n_words = codebook_words(c->arena, phrases.v[j], s.words);
            if (!s.n_words) return table_fault(t, l, e, "a verb has 1 to %d words", RULE_WORDS);
            map_slot *slot = map_put(c->arena, &c->support_by_verb, s.words[0]);
            s.next = slot->value;
            slot->value = (uint32_t)c->supports.n;
            *array_push(c->arena, &c->supports) = s;
        }
    }
    return true;
}

/* ---- status.txt: "governor planned [hedge] [open] : plan, intend" -------------------------------------- */

static bool read_status(codebook *c, const table *t, error *e)
{
    static const char *const kinds[N_CUE_KINDS] = {"governor", "auxiliary", "modifier", "mark", "noun"};
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        str rest = l->value;
        str_array head = codebook_split(c->arena, str_cut(&rest, ':'), ' ');
        int kind = -1;
        for (int k = 0; k < N_CUE_KINDS; k++)
            if (str_is(l->keyword, kinds[k])) kind = k;
        status_cue cue = {.status = -1};
        bool ok = kind >= 0 && rest.ptr && head.n >= 1;
        for (size_t h = 0; ok && h < head.n; h++) {
            if (str_is(head.v[h], "hedge")) cue.hedges = true;
            else if (str_is(head.v[h], "open")) cue.leaves_open = true;
            else ok = (cue.status = label_find(LABELS_STATUS, head.v[h])) >= 0;
        }
        if (!ok) return table_fault(t, l, e, "expected 'KIND STATUS [hedge] [open] : words'");
        str_array words = codebook_split(c->arena, rest, ',');
        for (size_t w = 0; w < words.n; w++) {
            map_put(c->arena, &c->cue_by_word[kind], utf8_fold(c->arena, words.v[w]))->value =
                (uint32_t)c->cues.n;
            *array_push(c->arena, &c->cues) = cue;
        }
    }
    return true;
}

/* ---- words.txt: "reporting say, tell …"; loaded.txt: "liberate = capture" ------------------------ */

/* "3 several, multiple" */
static bool add_vague_numbers(codebook *c, str value)
{
    str rest = value;
    int64_t n;
    if (!str_to_int(str_cut(&rest, ' '), &n) || n < 1 || n > 1000000 || !rest.ptr) return false;
    str_array words = codebook_split(c->arena, rest, ',');
    for (size_t i = 0; i < words.n; i++)
        map_put(c->arena, &c->vague_numbers, utf8_fold(c->arena, words.v[i]))->value = (uint32_t)n;
    return words.n > 0;
}

/* "over negotiate, dispute" */
static bool add_pairs(codebook *c, map *pairs, str value)
{
    str rest = value, preposition = str_cut(&rest, ' ');
    if (!preposition.len || !rest.ptr) return false;
    str_array words = codebook_split(c->arena, rest, ',');
    for (size_t i = 0; i < words.n; i++) {
        str key = arena_format(c->arena, "%.*s %.*s", (int)preposition.len, preposition.ptr,
                               (int)words.v[i].len, words.v[i].ptr);
        map_put(c->arena, pairs, utf8_fold(c->arena, key))->value = 1;
    }
    return words.n > 0;
}

static bool read_words(codebook *c, const table *t, error *e)
{
    const struct {
        const char *keyword;
        map *m;
    } lists[] = {{"reporting", &c->reporting},
                 {"hedge", &c->hedges},
                 {"plain", &c->plain_reporting},
                 {"address", &c->address_verbs},
                 {"audience", &c->audiences},
                 {"self", &c->first_person},
                 {"perceive", &c->perceiving},
                 {"observer", &c->observers},
                 {"suffered", &c->suffered_nouns},
                 {"regard", &c->regard_verbs},
                 {"prompt", &c->prompt_verbs},
                 {"tie", &c->ties},
                 {"turmoil", &c->turmoils},
                 {"person", &c->person_nouns},
                 {"impact", &c->impact_verbs},
                 {"happen", &c->happen_verbs},
                 {"aside", &c->aside_words},
                 {"part", &c->part_words},
                 {"backing", &c->backing_verbs},
                 {"kill", &c->kill_words},
                 {"casualty", &c->casualty_words},
                 {"fatal", &c->fatal_words},
                 {"hit", &c->hit_verbs},
                 {"limb", &c->limb_words},
                 {"leave", &c->leave_verbs},
                 {"suffer", &c->suffer_verbs},
                 {"inflict", &c->inflict_verbs},
                 {"company", &c->company_words},
                 {"collective", &c->collective_words},
                 {"attempt", &c->attempt_words},
                 {"injure", &c->injure_words},
                 {"attribute", &c->attributes},
                 {"compare", &c->comparisons},
                 {"spell", &c->spells},
                 {"apart", &c->apart_words},
                 {"await", &c->await_words},
                 {"given", &c->given_words},
                 {"given-behind", &c->given_behind},
                 {"aftermath", &c->aftermath_verbs},
                 {"end", &c->end_words},
                 {"further", &c->further_words},
                 {"depart", &c->depart_verbs},
                 {"break", &c->breaks},
                 {"charge-joint", &c->charge_joints},
                 {"guilty", &c->guilty_words},
                 {"only", &c->only_words},
                 {"contrast", &c->contrast_words},
                 {"except", &c->except_words},
                 {"charge", &c->charge_verbs},
                 {"accuse", &c->accuse_verbs},
                 {"bearing", &c->bearings},
                 {"distance", &c->distances},
                 {"clock", &c->clocks},
                 {"clinic", &c->clinics},
                 {"convey", &c->convey_verbs},
                 {"court", &c->courts},
                 {"verdict", &c->verdicts},
                 {"posted", &c->posted_words},
                 {"likeness", &c->likenesses},
                 {"settlement", &c->place_words[PLACE_WORD_SETTLEMENT]},
                 {"division", &c->place_words[PLACE_WORD_DIVISION]},
                 {"land", &c->place_words[PLACE_WORD_LAND]},
                 {"spot", &c->place_words[PLACE_WORD_SPOT]},
                 {"yonder", &c->place_words[PLACE_WORD_YONDER]}};
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        bool known = (str_is(l->keyword, "fewest") && add_vague_numbers(c, l->value))
                     || (str_is(l->keyword, "topic") && add_pairs(c, &c->topics, l->value))
                     || (str_is(l->keyword, "likened") && add_pairs(c, &c->likened, l->value));
        for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
            if (!str_is(l->keyword, lists[k].keyword)) continue;
            add_words(c, lists[k].m, l->value);
            known = true;
        }
        if (!known) return table_fault(t, l, e, "unknown list '%.*s'", (int)l->keyword.len, l->keyword.ptr);
    }
    return true;
}

static bool read_loaded(codebook *c, const table *t, error *e)
{
    for (size_t i = 0; i < t->lines.n; i++) {
        const table_line *l = &t->lines.v[i];
        str rest = l->whole;
        str_array words = codebook_split(c->arena, str_cut(&rest, '='), ',');
        if (!rest.ptr || !words.n) return table_fault(t, l, e, "expected 'WORD, WORD = NEUTRAL WORD'");
        for (size_t w = 0; w < words.n; w++) {
            map_put(c->arena, &c->loaded, utf8_fold(c->arena, words.v[w]))->value =
                (uint32_t)c->loaded_words.n;
            *array_push(c->arena, &c->loaded_words) = words.v[w];
            *array_push(c->arena, &c->loaded_neutral) = str_trim(rest);
        }
    }
    return true;
}

static bool read_version(codebook *c, const table *t, error *e)
{
    for (size_t i = 0; i < t->lines.n; i++)
        if (str_is(t->lines.v[i].keyword, "codebook")) c->version = t->lines.v[i].value;
    return c->version.len || table_fault(t, NULL, e, "no line 'codebook NAME VERSION'");
}

static bool read_types_folder(codebook *c, str folder, error *e)
{
    str *paths;
    size_t n;
    if (!os_list_files(c->arena, os_path_join(c->arena, folder, STR("types")), &paths, &n, e)) return false;
    for (size_t i = 0; i < n; i++) {
        table t;
        if (!str_ends(paths[i], STR(".txt"))) continue;
        if (!table_read(c->arena, paths[i], &t, e) || !codebook_read_types(c, &t, e)) return false;
    }
    return true;
}

codebook *codebook_open(arena *a, str folder, error *e)
{
    /* Classes before frames before types: each names the ones before it. */
    static const struct {
        const char *file;
        bool (*read)(codebook *, const table *, error *);
    } files[] = {{"codebook.txt", read_version}, {"classes.txt", read_classes}, {"frames.txt", read_frames},
                 {"support.txt", read_supports}, {"status.txt", read_status},   {"words.txt", read_words},
                 {"loaded.txt", read_loaded}};
    codebook *c = arena_new(a, codebook, 1);
    c->arena = a;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        table t;
        if (!table_read(a, os_path_join(a, folder, str_from(files[i].file)), &t, e)) return NULL;
        if (!files[i].read(c, &t, e)) return NULL;
    }
    return read_types_folder(c, folder, e) ? c : NULL;
}
