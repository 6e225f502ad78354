#include "read/page.h"

#include "base/utf8.h"
#include "read/tags.h"

/* ---- attributes -------------------------------------------------------------------------- */

str page_attribute(const page *p, uint32_t i, const char *name)
{
    const GumboNode *n = p->nodes.v[i].node;
    if (p->nodes.v[i].flags & NODE_TEXT || !n->v.element.attributes.length) return (str){0};
    const GumboAttribute *attribute = gumbo_get_attribute(&n->v.element.attributes, name);
    return attribute ? str_from(attribute->value) : (str){0};
}

static bool is_alpha(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static uint32_t flags_of_part(const read_rules *rules, str part)
{
    char low[32];
    if (part.len == 0 || part.len > sizeof low) return 0;
    for (size_t i = 0; i < part.len; i++)
        low[i] = part.ptr[i] >= 'A' && part.ptr[i] <= 'Z' ? (char)(part.ptr[i] + 32) : part.ptr[i];
    uint32_t v = map_get(&rules->names, (str){low, part.len});
    return v == MAP_NONE ? 0 : v;
}

/* Parts of a name: runs of letters, cut where a capital follows a small letter. */
static uint32_t flags_of_name(const read_rules *rules, str name)
{
    uint32_t flags = flags_of_part(rules, name);
    for (size_t at = 0; at < name.len;) {
        size_t start = at;
        while (at < name.len && is_alpha(name.ptr[at])
               && !(at > start && name.ptr[at] < 'a' && name.ptr[at - 1] >= 'a'))
            at++;
        bool camel = (start && is_alpha(name.ptr[start - 1])) || (at < name.len && is_alpha(name.ptr[at]));
        if (!camel || at - start >= 4) flags |= flags_of_part(rules, str_part(name, start, at - start));
        if (at == start || (at < name.len && !is_alpha(name.ptr[at]))) at++;
    }
    return flags;
}

uint32_t page_name_flags(const read_rules *rules, str names)
{
    uint32_t flags = 0;
    for (int i = 0; names.ptr && i < 24; i++) {
        str name = str_cut(&names, ' ');
        if (name.len && name.len < 80) flags |= flags_of_name(rules, name);
    }
    return flags;
}

/* ---- what elements are ------------------------------------------------------------------- */

static bool hides(str style)
{
    size_t at = str_find(style, STR("display"), 0);
    if (at < style.len) {
        str rest = str_trim(str_part(style, at + 7, 16));
        if (rest.len && rest.ptr[0] == ':') rest = str_trim(str_part(rest, 1, rest.len));
        if (str_starts(rest, STR("none"))) return true;
    }
    return str_find(style, STR("visibility:hidden"), 0) < style.len;
}

static bool is_furniture_role(str role)
{
    static const char *const roles[] = {"navigation", "complementary", "banner",  "contentinfo",
                                        "search",     "dialog",        "alert",   "alertdialog",
                                        "menu",       "menubar",       "toolbar", "tooltip"};
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (str_eq_nocase(role, str_from(roles[i]))) return true;
    return false;
}

static uint32_t tag_flags(GumboTag tag)
{
    uint32_t kinds = tag_kinds(tag), f = kinds & TAG_BLOCK ? NODE_BLOCK : 0;
    if (kinds & TAG_INVISIBLE) f |= NODE_INVISIBLE | NODE_DROPPED;
    if (tag == GUMBO_TAG_NAV || tag == GUMBO_TAG_FOOTER || tag == GUMBO_TAG_ASIDE || tag == GUMBO_TAG_MENU)
        f |= NODE_NAMED_DROP;
    if (tag == GUMBO_TAG_ARTICLE || tag == GUMBO_TAG_MAIN) f |= NODE_GOOD;
    if (tag == GUMBO_TAG_FIGCAPTION) f |= NODE_CAPTION;
    return f;
}

/* "sharing-with-a-single-developer": made from a heading, says nothing of the element. */
static bool is_heading_anchor(str id)
{
    size_t parts = 1;
    for (size_t i = 0; i < id.len; i++) parts += id.ptr[i] == '-' || id.ptr[i] == '_';
    return parts > 3;
}

static uint32_t flags_of_names(uint32_t names)
{
    return (names & NAME_DROP ? NODE_NAMED_DROP : 0) | (names & NAME_GOOD ? NODE_GOOD : 0)
           | (names & NAME_POOR ? NODE_POOR : 0) | (names & NAME_CAPTION ? NODE_CAPTION : 0)
           | (names & NAME_BYLINE ? NODE_BYLINE : 0);
}

static uint32_t flags_of_hidden(GumboTag tag, bool hidden)
{
    return hidden && tag != GUMBO_TAG_BODY && tag != GUMBO_TAG_HTML ? NODE_INVISIBLE | NODE_DROPPED : 0;
}

/* What one attribute says of its element. */
static uint32_t attribute_flags(const page *p, GumboTag tag, const GumboAttribute *a)
{
    str name = str_from(a->name), value = str_from(a->value);
    switch (name.ptr[0]) {
    case 'c': return str_is(name, "class") ? flags_of_names(page_name_flags(p->rules, value)) : 0;
    case 'h': return flags_of_hidden(tag, str_is(name, "hidden"));
    case 's': return str_is(name, "style") ? flags_of_hidden(tag, hides(value)) : 0;
    case 'a':
        return flags_of_hidden(tag, str_is(name, "aria-hidden") && str_is(value, "true")
                                        && tag != GUMBO_TAG_MATH);
    case 'r':
        if (str_is(name, "rel")) return str_eq_nocase(value, STR("author")) ? NODE_BYLINE : 0;
        return str_is(name, "role") && is_furniture_role(value) ? NODE_NAMED_DROP : 0;
    case 'i':
        if (str_is(name, "id"))
            return is_heading_anchor(value) ? 0 : flags_of_names(page_name_flags(p->rules, value));
        if (!str_is(name, "itemprop")) return 0;
        if (str_eq_nocase(value, STR("articleBody"))) return NODE_BODY_HINT | NODE_GOOD;
        return str_eq_nocase(value, STR("author")) ? NODE_BYLINE : 0;
    default: return 0;
    }
}

static uint32_t element_flags(const page *p, uint32_t i)
{
    GumboTag tag = p->nodes.v[i].tag;
    uint32_t f = tag_flags(tag);
    const GumboVector *all = &p->nodes.v[i].node->v.element.attributes;
    for (unsigned k = 0; k < all->length; k++) f |= attribute_flags(p, tag, all->data[k]);
    return f;
}

/* ---- flattening -------------------------------------------------------------------------- */

static const GumboVector *children_of(const GumboNode *n)
{
    static const GumboVector none = {0};
    if (n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE) return &n->v.element.children;
    return n->type == GUMBO_NODE_DOCUMENT ? &n->v.document.children : &none;
}

static uint32_t add_node(page *p, const GumboNode *n, uint32_t parent)
{
    bool element = n->type == GUMBO_NODE_ELEMENT || n->type == GUMBO_NODE_TEMPLATE;
    bool text =
        n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_CDATA || n->type == GUMBO_NODE_WHITESPACE;
    if (!element && !text) return NO_NODE;
    uint32_t i = (uint32_t)p->nodes.n;
    page_node *v = array_push(p->a, &p->nodes);
    *v = (page_node){
        .node = n, .parent = parent, .end = i + 1, .tag = element ? n->v.element.tag : GUMBO_TAG_UNKNOWN};
    if (element) {
        uint32_t f = element_flags(p, i);
        p->nodes.v[i].flags = f;
        if (p->nodes.v[i].tag == GUMBO_TAG_BODY && p->body == NO_NODE) p->body = i;
    } else {
        v->flags = NODE_TEXT;
    }
    if (parent == NO_NODE) return i;
    uint32_t above = p->nodes.v[parent].flags;
    p->nodes.v[i].flags |= above & (NODE_INVISIBLE | NODE_DROPPED | NODE_IN_LINK);
    if (p->nodes.v[i].tag == GUMBO_TAG_A) p->nodes.v[i].flags |= NODE_IN_LINK;
    return i;
}

typedef struct frame {
    const GumboNode *node;
    uint32_t index; /* in page.nodes, NO_NODE for the document */
    unsigned next_child;
} frame;
typedef ARRAY(frame) frame_array;

void page_load(page *p, const GumboOutput *tree)
{
    frame_array stack = {0};
    p->body = NO_NODE;
    *array_push(p->a, &stack) = (frame){tree->document, NO_NODE, 0};
    while (stack.n) {
        frame *top = &stack.v[stack.n - 1];
        const GumboVector *children = children_of(top->node);
        if (top->next_child >= children->length) {
            if (top->index != NO_NODE) p->nodes.v[top->index].end = (uint32_t)p->nodes.n;
            stack.n--;
            continue;
        }
        const GumboNode *child = children->data[top->next_child++];
        uint32_t i = add_node(p, child, top->index);
        if (i != NO_NODE && children_of(child)->length) *array_push(p->a, &stack) = (frame){child, i, 0};
    }
}

/* ---- text -------------------------------------------------------------------------------- */

str page_collapse(arena *a, str s)
{
    char *out = arena_new(a, char, s.len + 1);
    size_t n = 0;
    uint32_t cp;
    bool space = false;
    for (size_t at = 0; at < s.len;) {
        size_t len = utf8_decode(s, at, &cp);
        if (utf8_is_space(cp)) {
            space = n > 0;
        } else {
            if (space) out[n++] = ' ';
            space = false;
            memcpy(out + n, s.ptr + at, len);
            n += len;
        }
        at += len;
    }
    return (str){out, n};
}

str page_text(const page *p, uint32_t i, size_t cap)
{
    char *out = arena_new(p->a, char, cap + 1);
    size_t n = 0;
    for (uint32_t k = i; k < p->nodes.v[i].end && n < cap; k++) {
        const page_node *v = &p->nodes.v[k];
        if (v->flags & NODE_INVISIBLE && !(p->nodes.v[i].flags & NODE_INVISIBLE)) continue;
        if (!(v->flags & NODE_TEXT)) {
            if (n && (v->flags & NODE_BLOCK || v->tag == GUMBO_TAG_BR) && n < cap) out[n++] = ' ';
            continue;
        }
        str text = str_from(v->node->v.text.text);
        size_t len = text.len < cap - n ? text.len : cap - n;
        memcpy(out + n, text.ptr, len);
        n += len;
    }
    str all = {out, n};
    return page_collapse(p->a, str_part(all, 0, utf8_valid_prefix(all)));
}
