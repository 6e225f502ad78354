/* Finding the article: paragraphs give points to the elements round them, the best element is the article,
 * neighbours that look like it join it, and what looks like furniture inside it leaves it. The scheme of
 * points is that of Arc90's Readability (2009), as browsers' reader views use it. */
#include "read/page.h"

#include "base/utf8.h"

enum { ENOUGH_CHARS = 500, PARAGRAPH_CHARS = 25, PROSE_CHARS = 80, ANCESTORS = 5, TOP = 5 };

static page_node *at(const page *p, uint32_t i)
{
    return &p->nodes.v[i];
}

/* ---- counting ---------------------------------------------------------------------------- */

static void count_text(const page *p, uint32_t i)
{
    page_node *v = at(p, i);
    str s = str_from(v->node->v.text.text);
    uint32_t cp;
    bool space = true;
    for (size_t k = 0; k < s.len;) {
        if ((unsigned char)s.ptr[k] < 0x80) {
            bool blank = s.ptr[k] == ' ' || (s.ptr[k] >= 9 && s.ptr[k] <= 13);
            v->chars += !blank || !space;
            v->commas += s.ptr[k++] == ',';
            space = blank;
            continue;
        }
        k += utf8_decode(s, k, &cp);
        bool blank = utf8_is_space(cp);
        v->chars += !blank || !space;
        space = blank;
        v->commas +=
            cp == ',' || cp == 0x60C || cp == 0xFE50 || cp == 0xFF0C || cp == 0x3001 || cp == 0x2E41;
    }
    if (v->flags & NODE_IN_LINK) v->link_chars = v->chars;
}

static bool is_heading(GumboTag t)
{
    return t >= GUMBO_TAG_H1 && t <= GUMBO_TAG_H6;
}

static void add_to_parent(const page *p, uint32_t i)
{
    page_node *v = at(p, i);
    page_node *u = at(p, v->parent);
    if (v->own_chars >= PROSE_CHARS && v->own_links * 10 < v->own_chars * 3 && v->flags & NODE_BLOCK)
        v->prose += v->own_chars;
    u->chars += v->chars;
    u->link_chars += v->link_chars;
    u->commas += v->commas;
    u->paragraphs += v->paragraphs + (v->tag == GUMBO_TAG_P);
    u->items += v->items + (v->tag == GUMBO_TAG_LI);
    u->inputs += v->inputs + (v->tag == GUMBO_TAG_INPUT);
    u->images += v->images + (v->tag == GUMBO_TAG_IMG);
    u->headings_chars += is_heading(v->tag) ? v->chars : v->headings_chars;
    u->list_chars += v->tag == GUMBO_TAG_UL || v->tag == GUMBO_TAG_OL ? v->chars : v->list_chars;
    u->blocks += v->blocks + !!(v->flags & NODE_BLOCK);
    u->prose += v->prose;
    if (v->flags & NODE_BLOCK) return;
    u->own_links += v->flags & NODE_TEXT ? v->link_chars : v->own_links;
    u->own_chars += v->flags & NODE_TEXT ? v->chars : v->own_chars;
    u->own_commas += v->flags & NODE_TEXT ? v->commas : v->own_commas;
}

/* All counts anew, from what is not dropped. */
static void count(const page *p)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        page_node *v = at(p, i);
        v->chars = v->link_chars = v->commas = v->own_chars = v->own_commas = v->own_links = v->prose = 0;
        v->paragraphs = v->items = v->inputs = v->images = v->headings_chars = v->blocks = v->list_chars =
            0;
        if (v->flags & NODE_TEXT && !(v->flags & NODE_DROPPED)) count_text(p, i);
    }
    for (uint32_t i = (uint32_t)p->nodes.n; i-- > 0;)
        if (at(p, i)->parent != NO_NODE && !(at(p, i)->flags & NODE_DROPPED)) add_to_parent(p, i);
}

static double link_density(const page_node *v)
{
    return v->chars ? (double)v->link_chars / v->chars : 0;
}

/* ---- dropping ---------------------------------------------------------------------------- */

static void drop(const page *p, uint32_t i)
{
    for (uint32_t k = i; k < at(p, i)->end; k++) at(p, k)->flags |= NODE_DROPPED;
}

static bool is_inside_table_or_code(const page *p, uint32_t i)
{
    for (int up = 0; up < 6 && i != NO_NODE; up++, i = at(p, i)->parent)
        if (at(p, i)->tag == GUMBO_TAG_TABLE || at(p, i)->tag == GUMBO_TAG_CODE) return true;
    return false;
}

/* Elements with furniture's names go, unless they hold most of the page. */
static void drop_named(const page *p)
{
    uint32_t total = p->body == NO_NODE ? 0 : at(p, p->body)->chars;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        page_node *v = at(p, i);
        if (!(v->flags & NODE_NAMED_DROP) || v->flags & (NODE_DROPPED | NODE_BODY_HINT)) continue;
        if (v->tag == GUMBO_TAG_BODY || v->tag == GUMBO_TAG_HTML || v->tag == GUMBO_TAG_ARTICLE
            || v->tag == GUMBO_TAG_MAIN || v->tag == GUMBO_TAG_A)
            continue;
        bool sure = v->tag == GUMBO_TAG_NAV || v->tag == GUMBO_TAG_ASIDE || v->tag == GUMBO_TAG_FOOTER;
        if (v->flags & NODE_GOOD && !sure) continue;
        if ((uint64_t)v->chars * 5 > (uint64_t)total * 2 && link_density(v) < 0.4) continue;
        if (!is_inside_table_or_code(p, i) || sure) drop(p, i);
    }
}

/* ---- points ------------------------------------------------------------------------------ */

static int name_points(const page_node *v)
{
    return (v->flags & NODE_GOOD ? 25 : 0) - (v->flags & (NODE_POOR | NODE_NAMED_DROP) ? 25 : 0);
}

static int tag_points(GumboTag t)
{
    switch (t) {
    case GUMBO_TAG_DIV: return 5;
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_MAIN: return 8;
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_BLOCKQUOTE: return 3;
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_FORM: return -3;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_TH: return -5;
    default: return 0;
    }
}

static void give_points(const page *p, uint32_t i, double points)
{
    for (int level = 0; i != NO_NODE && level < ANCESTORS; level++, i = at(p, i)->parent) {
        page_node *v = at(p, i);
        if (v->tag == GUMBO_TAG_HTML) return;
        if (!v->scored) {
            v->scored = true;
            v->score = tag_points(v->tag) + name_points(v) + (v->flags & NODE_BODY_HINT ? 30 : 0);
        }
        v->score += points / (level == 0 ? 1 : level == 1 ? 2 : level * 3);
    }
}

/* Is text that stands directly in this element a paragraph of its own? */
static bool bears_text(GumboTag t)
{
    switch (t) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_MAIN:
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6: return true;
    default: return false;
    }
}

static void score(const page *p)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        at(p, i)->scored = false;
        at(p, i)->score = 0;
    }
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        page_node *v = at(p, i);
        if (v->flags & NODE_DROPPED || !bears_text(v->tag) || v->own_chars < PARAGRAPH_CHARS) continue;
        double length = v->own_chars / 100;
        double points = 2 + v->own_commas + (length < 3 ? length : 3);
        bool itself = v->blocks > 0 || v->parent == NO_NODE; /* loose text among blocks */
        give_points(p, itself ? i : v->parent, points);
    }
    for (uint32_t i = 0; i < p->nodes.n; i++)
        if (at(p, i)->scored) at(p, i)->score *= 1 - link_density(at(p, i));
}

/* ---- the best ---------------------------------------------------------------------------- */

static bool contains(const page *p, uint32_t outer, uint32_t i)
{
    return outer <= i && i < at(p, outer)->end;
}

static size_t best_of(const page *p, uint32_t top[TOP])
{
    size_t n = 0;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        if (!at(p, i)->scored || at(p, i)->flags & NODE_DROPPED) continue;
        size_t k = n < TOP ? n++ : TOP;
        if (k == TOP && at(p, i)->score <= at(p, top[TOP - 1])->score) continue;
        if (k == TOP) k = TOP - 1;
        for (; k > 0 && at(p, top[k - 1])->score < at(p, i)->score; k--) top[k] = top[k - 1];
        top[k] = i;
    }
    return n;
}

/* An element that holds most of the good candidates is better than the best of them. */
static uint32_t common_home(const page *p, const uint32_t top[TOP], size_t n)
{
    double enough = at(p, top[0])->score * 0.75;
    for (uint32_t up = at(p, top[0])->parent; up != NO_NODE && at(p, up)->tag != GUMBO_TAG_BODY;
         up = at(p, up)->parent) {
        size_t inside = 0;
        for (size_t k = 1; k < n; k++)
            inside +=
                at(p, top[k])->score >= enough && contains(p, up, top[k]) && !contains(p, top[k], top[0]);
        if (inside >= 3) return up;
    }
    return top[0];
}

/* While what is round the article scores more than it, go out. */
static uint32_t go_out(const page *p, uint32_t best)
{
    double last = at(p, best)->score, floor = last / 3;
    for (uint32_t up = at(p, best)->parent; up != NO_NODE && at(p, up)->tag != GUMBO_TAG_BODY;
         up = at(p, up)->parent) {
        const page_node *v = at(p, up);
        if (!v->scored) continue;
        if (v->score < floor) break;
        if (v->score > last) {
            best = up;
            break;
        }
        last = v->score;
    }
    return best;
}

/* A parent whose only child is the article brings the article's neighbours near. */
static uint32_t leave_wrappers(const page *p, uint32_t best)
{
    for (uint32_t up = at(p, best)->parent;
         up != NO_NODE && at(p, up)->tag != GUMBO_TAG_BODY && at(p, best)->tag != GUMBO_TAG_BODY;
         up = at(p, best)->parent) {
        if (at(p, up)->chars != at(p, best)->chars) break;
        best = up;
    }
    return best;
}

/* An article that is cut into several boxes: go out as long as that adds more prose than anything else. */
static uint32_t gather(const page *p, uint32_t best)
{
    for (uint32_t up = at(p, best)->parent; up != NO_NODE && at(p, up)->tag != GUMBO_TAG_HTML;
         up = at(p, up)->parent) {
        const page_node *a = at(p, best), *b = at(p, up);
        uint32_t prose = b->prose - a->prose, rest = (b->chars - b->prose) - (a->chars - a->prose);
        if (prose * 10 > a->prose * 3 && rest * 2 < prose) best = up;
    }
    return best;
}

/* What the page itself marks as the article's body, where that is of some length. */
static uint32_t marked_body(const page *p)
{
    uint32_t best = NO_NODE, most = 250;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        const page_node *v = at(p, i);
        if (!(v->flags & NODE_BODY_HINT) || v->flags & NODE_DROPPED || v->chars - v->link_chars <= most)
            continue;
        most = v->chars - v->link_chars;
        best = i;
    }
    return best;
}

static uint32_t find_best(const page *p)
{
    uint32_t top[TOP], marked = marked_body(p);
    if (marked != NO_NODE) return marked;
    size_t n = best_of(p, top);
    if (!n) return p->body;
    return leave_wrappers(p, gather(p, go_out(p, common_home(p, top, n))));
}

/* ---- neighbours -------------------------------------------------------------------------- */

static bool same_class(const page *p, uint32_t a, uint32_t b)
{
    str x = page_attribute(p, a, "class"), y = page_attribute(p, b, "class");
    return x.len && str_eq(x, y);
}

static bool has_sentence(const page *p, uint32_t i)
{
    str s = page_text(p, i, 400);
    return str_find(s, STR(". "), 0) < s.len || str_ends(s, STR(".")) || str_ends(s, STR("\xE3\x80\x82"));
}

static bool joins(const page *p, uint32_t best, uint32_t i)
{
    const page_node *v = at(p, i);
    if (i == best) return true;
    if (v->flags & NODE_DROPPED || !v->chars) return false;
    double enough = at(p, best)->score * 0.2, bonus = same_class(p, best, i) ? enough : 0;
    if (v->scored && v->score + bonus >= (enough > 10 ? enough : 10)) return true;
    bool plain =
        v->tag == GUMBO_TAG_P || ((v->flags & NODE_TEXT) == 0 && !v->blocks && v->tag == GUMBO_TAG_DIV);
    if (!plain) return false;
    if (v->chars > 80) return link_density(v) < 0.25;
    return !v->link_chars && has_sentence(p, i);
}

static void keep(const page *p, uint32_t i)
{
    for (uint32_t k = i; k < at(p, i)->end; k++)
        if (!(at(p, k)->flags & NODE_DROPPED)) at(p, k)->flags |= NODE_KEPT;
}

static void keep_article(const page *p, uint32_t best)
{
    uint32_t parent = at(p, best)->parent;
    if (parent == NO_NODE || at(p, best)->tag == GUMBO_TAG_BODY || at(p, best)->flags & NODE_BODY_HINT) {
        keep(p, best);
        return;
    }
    for (uint32_t i = parent + 1; i < at(p, parent)->end; i = at(p, i)->end)
        if (joins(p, best, i)) keep(p, i);
}

/* ---- cleaning ---------------------------------------------------------------------------- */

static void discard(const page *p, uint32_t i)
{
    for (uint32_t k = i; k < at(p, i)->end; k++) at(p, k)->flags &= ~(uint32_t)NODE_KEPT;
}

static bool is_data_table(const page *p, uint32_t i)
{
    uint32_t rows = 0, heads = 0;
    for (uint32_t k = i; k < at(p, i)->end; k++) {
        rows += at(p, k)->tag == GUMBO_TAG_TR;
        heads += at(p, k)->tag == GUMBO_TAG_TH || at(p, k)->tag == GUMBO_TAG_CAPTION;
    }
    return heads > 0 || rows >= 10;
}

static bool is_inside(const page *p, uint32_t i, GumboTag tag)
{
    for (i = at(p, i)->parent; i != NO_NODE; i = at(p, i)->parent)
        if (at(p, i)->tag == tag) return true;
    return false;
}

/* A box with few sentences and the marks of furniture. */
static bool looks_like_furniture(const page *p, uint32_t i)
{
    const page_node *v = at(p, i);
    bool list =
        v->tag == GUMBO_TAG_UL || v->tag == GUMBO_TAG_OL || (v->chars && v->list_chars * 10 > v->chars * 9);
    int points = name_points(v);
    if (v->tag == GUMBO_TAG_TABLE && is_data_table(p, i)) return false;
    if (points < 0 && (v->prose * 2 < v->chars || link_density(v) > 0.3)) return true;
    if (v->commas >= 10) return false;
    double density = link_density(v), headings = v->chars ? (double)v->headings_chars / v->chars : 0;
    if (v->inputs * 3 > v->paragraphs && v->inputs) return true;
    if (!list && v->items > v->paragraphs + 100) return true;
    if (!list && headings < 0.9 && v->chars < 25 && (v->images == 0 || v->images > 2) && v->link_chars)
        return true;
    if (points < 25 && density > (list ? 0.4 : 0.2)) return !(list && v->images);
    return points >= 25 && density > 0.5;
}

static bool is_box(GumboTag t)
{
    switch (t) {
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_FIELDSET:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_DL: return true;
    default: return false;
    }
}

static bool is_lonely_heading(const page *p, uint32_t i)
{
    const page_node *v = at(p, i);
    return is_heading(v->tag) && v->flags & (NODE_POOR | NODE_NAMED_DROP) && !(v->flags & NODE_GOOD);
}

/* Is it one of a row of like boxes (messages of a channel, entries of a live blog) at least half of which hold prose?
 * Then a short one among them is of the same kind. */
static bool is_one_of_many(const page *p, uint32_t i)
{
    enum { LIKE = 3, LOOK_AT = 200 };
    uint32_t like = 0, prose = 0, parent = at(p, i)->parent;
    if (parent == NO_NODE || !is_box(at(p, i)->tag)) return false;
    uint32_t k = parent + 1;
    for (int n = 0; n < LOOK_AT && k < at(p, parent)->end; n++, k = at(p, k)->end) {
        if (at(p, k)->flags & (NODE_DROPPED | NODE_TEXT) || !same_class(p, i, k)) continue;
        like++;
        prose += at(p, k)->prose > 0;
    }
    return like >= LIKE && prose * 2 >= like && prose >= 2;
}

/* What stands inside such a box: names, times and counts, which are links for the most part, go; what is said stays. */
static bool frames_message(const page_node *v)
{
    return link_density(v) > (v->blocks ? 0.5 : 0.2);
}

/* Without `named` names of classes count for nothing where many boxes bear them. */
static void clean(const page *p, uint32_t best, bool named)
{
    uint32_t message_end = 0;
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        const page_node *v = at(p, i);
        if (!(v->flags & NODE_KEPT) || i == best || contains(p, i, best)) continue;
        bool fine = !named || name_points(v) >= 0;
        if (i >= message_end && fine && is_one_of_many(p, i)) message_end = v->end;
        if (i < message_end && v->prose == 0 && is_box(v->tag) && fine && !frames_message(v)) continue;
        bool furniture = is_box(v->tag) && !is_inside(p, i, GUMBO_TAG_PRE) && looks_like_furniture(p, i);
        if (furniture || is_lonely_heading(p, i)) {
            discard(p, i);
            i = v->end - 1;
        }
    }
}

/* ---- all of it --------------------------------------------------------------------------- */

static uint32_t kept_chars(const page *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->nodes.n; i++)
        if ((at(p, i)->flags & (NODE_KEPT | NODE_TEXT)) == (NODE_KEPT | NODE_TEXT)) n += at(p, i)->chars;
    return n;
}

static void start_over(const page *p)
{
    for (uint32_t i = 0; i < p->nodes.n; i++) {
        page_node *v = at(p, i);
        v->flags &= ~(uint32_t)(NODE_DROPPED | NODE_KEPT);
        if (v->flags & NODE_INVISIBLE) v->flags |= NODE_DROPPED;
    }
}

static uint32_t attempt(const page *p, int how)
{
    start_over(p);
    count(p);
    if (how < 1) {
        drop_named(p);
        count(p);
    }
    score(p);
    uint32_t best = find_best(p);
    if (best == NO_NODE) return 0;
    keep_article(p, best);
    if (how < 2) clean(p, best, how == 0);
    return kept_chars(p);
}

void article_find(page *p)
{
    uint32_t n[3];
    int best = 0;
    for (int how = 0; how < 3; how++) {
        n[how] = attempt(p, how);
        if (n[how] >= ENOUGH_CHARS && how == 0) return;
        if (n[how] > 2 * n[best]) best = how; /* less strict has to pay */
    }
    if (best == 2 && (uint64_t)n[1] * 4 > (uint64_t)n[2] * 3)
        best = 1; /* the half-way does nearly as well */
    attempt(p, best);
}
