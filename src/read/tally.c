#include "read/tally.h"

#include <stdarg.h>
#include <stdio.h>

void tally_pass(tally *t, tally_reason reason, str label)
{
    tally_entry *x = t->entries;
    label = str_part(label, 0, TALLY_LABEL_BYTES - 1);
    t->passed[reason]++;
    size_t same = 0;
    for (size_t i = 0; i < t->n_entries; i++, x++) {
        same += x->reason == reason;
        if (x->reason == reason && str_is(label, x->label)) {
            x->n++;
            return;
        }
    }
    if (same == TALLY_LABELS_EACH) return;
    *x = (tally_entry){.reason = reason, .n = 1};
    if (label.len) memcpy(x->label, label.ptr, label.len);
    t->n_entries++;
}

typedef struct line {
    char *bytes;
    size_t n, room;
} line;

static void put(line *l, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(line *l, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vsnprintf(l->bytes + l->n, l->room - l->n, format, args);
    va_end(args);
    if (n > 0) l->n += (size_t)n < l->room - l->n ? (size_t)n : l->room - l->n - 1;
}

/* The largest that is not told yet; NULL = none. */
static const tally_entry *largest(const tally *t, tally_reason reason, const bool *told)
{
    const tally_entry *best = NULL;
    for (size_t i = 0; i < t->n_entries; i++)
        if (t->entries[i].reason == reason && !told[i] && (!best || t->entries[i].n > best->n))
            best = &t->entries[i];
    return best;
}

static void put_reason(line *l, const tally *t, tally_reason reason, const char *name, bool names_things,
                       bool *any)
{
    enum { SHOWN = 4 };
    bool told[TALLY_LABELS] = {0};
    uint64_t rest = t->passed[reason];
    if (!rest) return;
    put(l, "%s%llu %s%s (", *any ? ", " : "; passed over ", (unsigned long long)rest, name,
        rest == 1 || !names_things ? "" : "s");
    for (int i = 0; i < SHOWN; i++) {
        const tally_entry *x = largest(t, reason, told);
        if (!x) break;
        told[x - t->entries] = true;
        rest -= x->n;
        put(l, "%s%s %llu", i ? ", " : "", x->label, (unsigned long long)x->n);
    }
    if (rest) put(l, ", others %llu", (unsigned long long)rest);
    put(l, ")");
    *any = true;
}

bool tally_tell(const tally *t, error *e)
{
    char text[sizeof e->message];
    line l = {text, 0, sizeof text};
    bool any = false;
    put(&l, "%llu record%s, %llu read", (unsigned long long)t->records, t->records == 1 ? "" : "s",
        (unsigned long long)t->given);
    put_reason(&l, t, TALLY_CONTENT, "of other content", false, &any);
    put_reason(&l, t, TALLY_STATUS, "of other status", false, &any);
    put_reason(&l, t, TALLY_REVISIT, "revisit", true, &any);
    put_reason(&l, t, TALLY_OTHER, "other", true, &any);
    if (!any && t->given) return false;
    error_set(e, SITREP_PASSED_OVER, "read", "%s", text);
    return true;
}
