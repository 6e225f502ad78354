#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "download.h"

static const char help[] =
    "Usage: sitrep gazetteer build -o OUT [OPTION]... [FILE]...\n"
    "       sitrep gazetteer get [OPTION]... COUNTRY...\n"
    "       sitrep gazetteer find [OPTION]... NAME...\n"
    "       sitrep gazetteer check [FILE]\n"
    "\n"
    "The gazetteer is the file that tells which places there are. `build` compiles one, `get` downloads\n"
    "countries from GeoNames and merges them into your own, `find` looks a spelling up, `check` verifies\n"
    "all checksums.\n"
    "\n"
    "build\n"
    "  FILE               a gazetteer, a table of GeoNames (allCountries, a country, cities500,\n"
    "                     alternateNamesV2, admin1CodesASCII, admin2Codes, featureCodes), one of these\n"
    "                     zipped as downloaded, or a table with a heading, such as OCHA's P-codes; of\n"
    "                     two rows for one place the first gives the values, both give spellings\n"
    "  -o, --output OUT   the file to make\n"
    "  --map COLUMNS      for the tables with a heading behind it: name=NAME_EN,lat=Y,lon=X,country==SY,\n"
    "                     admin1=ADM1_EN,pcode=P_CODE ('==' gives a constant)\n"
    "  --memory MB        for sorting (default: 128)\n"
    "  --final            leave out the packed rows: a smaller file that cannot be merged further\n"
    "get\n"
    "  COUNTRY            ISO codes (SY UA), cities500, or allCountries for everything (400 MB)\n"
    "  --alternate-names  the country's file of other names, too\n"
    "  --url URL          where GeoNames is (default: $SITREP_GEONAMES_URL, else\n"
    "                     https://download.geonames.org/export/dump)\n"
    "  -o, --output OUT   the gazetteer to merge into (default: gazetteer.bin in $XDG_DATA_HOME/sitrep,\n"
    "                     which all commands use where it is there)\n"
    "find\n"
    "  NAME               a spelling in any script, or a P-code\n"
    "  --in PLACE         a country, or a country and its province: SY, Syria/Idlib\n"
    "  --near LAT,LON     the nearest first, with the distance\n"
    "  --strictness HOW   folded: but for case and marks; generic (the default): but for articles, tell "
    "and\n"
    "                     tal, doubled letters, too; skeleton: by consonants, with --in COUNTRY/PROVINCE\n"
    "  --max N            at most N matches (default: 20)\n"
    "  --json             one object a line\n"
    "all\n"
    "  --data DIR         the folder with codebooks, models and gazetteer (also: $SITREP_DATA)\n"
    "  --gazetteer FILE   another gazetteer to ask or to start from\n"
    "  -q, --quiet        no report\n"
    "  -h, --help         this text\n"
    "\n"
    "Examples\n"
    "  sitrep gazetteer get SY UA\n"
    "  sitrep gazetteer find 'Tell Abyad' --in SY\n"
    "  sitrep gazetteer find 'Kafar Sijnah' --in SY/Idlib --strictness skeleton\n"
    "  sitrep gazetteer build -o mine.bin gazetteer.bin SY.zip --map name=NAME,lat=Y,lon=X,country==SY "
    "own.csv\n"
    "\n"
    "Exit status: 0 done, or something was found; 1 it failed, or nothing was found; 2 wrong usage.\n";

enum { MAX_SOURCES = 256, MAX_FOUND = 1000, PATH_ROOM = 4200 };

enum {
    OPTION_MAP = 256,
    OPTION_MEMORY,
    OPTION_FINAL,
    OPTION_NAMES,
    OPTION_URL,
    OPTION_IN,
    OPTION_NEAR,
    OPTION_STRICTNESS,
    OPTION_MAX,
    OPTION_JSON,
    OPTION_DATA,
    OPTION_GAZETTEER
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, 'o'},
    {"map", required_argument, NULL, OPTION_MAP},
    {"memory", required_argument, NULL, OPTION_MEMORY},
    {"final", no_argument, NULL, OPTION_FINAL},
    {"alternate-names", no_argument, NULL, OPTION_NAMES},
    {"url", required_argument, NULL, OPTION_URL},
    {"in", required_argument, NULL, OPTION_IN},
    {"near", required_argument, NULL, OPTION_NEAR},
    {"strictness", required_argument, NULL, OPTION_STRICTNESS},
    {"max", required_argument, NULL, OPTION_MAX},
    {"json", no_argument, NULL, OPTION_JSON},
    {"data", required_argument, NULL, OPTION_DATA},
    {"gazetteer", required_argument, NULL, OPTION_GAZETTEER},
    {"quiet", no_argument, NULL, 'q'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

typedef struct gazetteer_options {
    sitrep_options engine; /* data folder and gazetteer */
    sitrep_gazetteer_build_options build;
    sitrep_find_options find;
    sitrep_gazetteer_source words[MAX_SOURCES]; /* what stands on the line besides options */
    size_t n_words;
    const char *mapping, *output, *url;
    unsigned long max;
    bool alternate_names, json, quiet;
    cli_paths paths;
} gazetteer_options;

static const char name[] = "gazetteer";

/* ---- options --------------------------------------------------------------------------------- */

static bool set_near(const char *value, sitrep_find_options *find)
{
    char *end;
    find->lat = strtod(value, &end);
    if (end == value || *end != ',') return false;
    const char *second = end + 1;
    find->lon = strtod(second, &end);
    find->has_near = end != second && *end == 0 && fabs(find->lat) <= 90 && fabs(find->lon) <= 180;
    return find->has_near;
}

static bool set_strictness(const char *value, sitrep_find_options *find)
{
    static const char *const names[] = {"folded", "generic", "skeleton"};
    for (int i = 0; i < 3; i++)
        if (strcmp(value, names[i]) == 0) return find->strictness = (sitrep_strictness)i, true;
    return false;
}

static bool set_memory(const char *value, gazetteer_options *o)
{
    unsigned long mb;
    if (!cli_number(value, 100000, &mb)) return false;
    o->build.max_memory_bytes = (size_t)mb << 20;
    return true;
}

static bool take_word(gazetteer_options *o, const char *word)
{
    if (o->n_words == MAX_SOURCES) return false;
    o->words[o->n_words++] = (sitrep_gazetteer_source){word, o->mapping};
    return true;
}

static bool take_option(gazetteer_options *o, int option, const char *value)
{
    switch (option) {
    case 1: return take_word(o, value);
    case 'o': o->output = value; return true;
    case 'q': o->quiet = true; return true;
    case OPTION_MAP: o->mapping = value; return true;
    case OPTION_MEMORY: return set_memory(value, o);
    case OPTION_FINAL: o->build.without_rows = true; return true;
    case OPTION_NAMES: o->alternate_names = true; return true;
    case OPTION_URL: o->url = value; return true;
    case OPTION_IN: o->find.within = value; return true;
    case OPTION_NEAR: return set_near(value, &o->find);
    case OPTION_STRICTNESS: return set_strictness(value, &o->find);
    case OPTION_MAX: return cli_number(value, MAX_FOUND, &o->max);
    case OPTION_JSON: o->json = true; return true;
    case OPTION_DATA: o->engine.data_folder = value; return true;
    default: o->engine.gazetteer_path = value; return true;
    }
}

/* ---- build ----------------------------------------------------------------------------------- */

static int report_build(const gazetteer_options *o, const char *out, const sitrep_gazetteer_report *r)
{
    if (!o->quiet)
        printf("%s: %zu rows, %zu merged, %zu places, %zu spellings, %zu without a point, %.1f MB\n", out,
               r->rows, r->merged, r->places, r->spellings, r->without_point, (double)r->file_bytes / 1e6);
    return EXIT_READ;
}

static int build_file(gazetteer_options *o, const sitrep_gazetteer_source *sources, size_t n,
                      const char *out)
{
    sitrep_error e = {0};
    sitrep_gazetteer_report r;
    o->build.data_folder = o->engine.data_folder;
    if (sitrep_gazetteer_build(sources, n, out, &o->build, &r, &e)) return report_build(o, out, &r);
    cli_message(&e);
    return EXIT_FAILED;
}

static int run_build(gazetteer_options *o)
{
    if (!o->output) return cli_usage(name, "build needs --output");
    return build_file(o, o->words, o->n_words, o->output);
}

/* ---- get ------------------------------------------------------------------------------------- */

/* All folders of a path; what is there already is left. */
static bool make_folders(const char *path)
{
    char part[PATH_ROOM + 16];
    if (snprintf(part, sizeof part, "%.*s", (int)sizeof part - 1, path) < 0) return false;
    for (char *slash = part + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = 0;
        if (mkdir(part, 0777) != 0 && errno != EEXIST) return false;
    }
    return true;
}

static bool is_word(const char *word)
{
    size_t n = strlen(word);
    if (n == 0 || n > 32) return false;
    for (size_t i = 0; i < n; i++) {
        bool letter = (word[i] >= 'A' && word[i] <= 'Z') || (word[i] >= 'a' && word[i] <= 'z');
        if (!letter && (word[i] < '0' || word[i] > '9')) return false;
    }
    return true;
}

typedef struct download {
    char path[PATH_ROOM + 64];
} download;

static bool fetch_one(const gazetteer_options *o, const char *folder, const char *base, const char *part,
                      const char *word, download *d)
{
    char url[2048];
    sitrep_error e = {0};
    int fits = snprintf(url, sizeof url, "%s/%s%s.zip", base, part, word);
    int path = snprintf(d->path, sizeof d->path, "%s/%s%.32s.zip", folder, *part ? "names-" : "", word);
    if (fits < 0 || fits >= (int)sizeof url || path < 0 || path >= (int)sizeof d->path) {
        fputs("sitrep: gazetteer: the address or path is too long\n", stderr);
        return false;
    }
    cli_downloaded got = cli_download(url, d->path, (size_t)2 << 30, &e);
    if (got == DOWNLOAD_FAILED) cli_message(&e);
    else if (!o->quiet)
        fprintf(stderr, "sitrep: %s%s\n", url,
                got == DOWNLOAD_UNCHANGED ? ": is the one that is here" : "");
    return got != DOWNLOAD_FAILED;
}

static const char *geonames_url(const gazetteer_options *o)
{
    const char *environment = getenv("SITREP_GEONAMES_URL");
    if (o->url) return o->url;
    return environment && *environment ? environment : "https://download.geonames.org/export/dump";
}

/* Downloads come first, so that they overrule what the gazetteer has. A file that cannot be read is not kept. */
static int merge_downloads(gazetteer_options *o, download *d, size_t n, const char *out)
{
    sitrep_gazetteer_source sources[2 * MAX_SOURCES + 1];
    size_t count = 0;
    for (size_t i = 0; i < n; i++) sources[count++] = (sitrep_gazetteer_source){d[i].path, NULL};
    const char *base = access(out, R_OK) == 0 ? out : o->engine.gazetteer_path;
    if (base) sources[count++] = (sitrep_gazetteer_source){base, NULL};
    int status = build_file(o, sources, count, out);
    for (size_t i = 0; status != EXIT_READ && i < n; i++) {
        char etag[sizeof d->path + 8];
        snprintf(etag, sizeof etag, "%.*s.etag", (int)sizeof d->path - 1, d[i].path);
        remove(etag); /* asked for anew next time */
    }
    return status;
}

static int run_get(gazetteer_options *o)
{
    static download d[2 * MAX_SOURCES];
    char out[PATH_ROOM], folder[PATH_ROOM + 16];
    size_t n = 0;
    if (!o->n_words) return cli_usage(name, "get needs the code of a country");
    for (size_t i = 0; i < o->n_words; i++)
        if (!is_word(o->words[i].path))
            return cli_usage(name, "not the code of a country: %s", o->words[i].path);
    if (o->output && strlen(o->output) >= sizeof out) return cli_usage(name, "--output: too long");
    if (o->output) memcpy(out, o->output, strlen(o->output) + 1);
    else if (!cli_user_path("XDG_DATA_HOME", ".local/share", "gazetteer.bin", out, sizeof out))
        return cli_usage(name, "get needs --output where there is no $HOME");
    if (!cli_user_path("XDG_CACHE_HOME", ".cache", "geonames/", folder, PATH_ROOM))
        snprintf(folder, sizeof folder, "%s.downloads/", out);
    if (!make_folders(out) || !make_folders(folder)) {
        fprintf(stderr, "sitrep: %s: %s\n", folder, strerror(errno));
        return EXIT_FAILED;
    }
    folder[strlen(folder) - 1] = 0;
    for (size_t i = 0; i < o->n_words; i++) {
        const char *word = o->words[i].path;
        if (!fetch_one(o, folder, geonames_url(o), "", word, &d[n++])) return EXIT_FAILED;
        if (o->alternate_names && !fetch_one(o, folder, geonames_url(o), "alternatenames/", word, &d[n++]))
            return EXIT_FAILED;
    }
    return merge_downloads(o, d, n, out);
}

/* ---- find ------------------------------------------------------------------------------------ */

static void put_json_text(const char *key, const char *text)
{
    printf("\"%s\": ", key);
    if (!text || !*text) {
        printf("null, ");
        return;
    }
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\') putchar('\\');
        if ((unsigned char)*text >= 0x20) putchar(*text);
    }
    printf("\", ");
}

static void put_json(const sitrep_gazetteer_match *m, const char *asked, size_t rivals)
{
    printf("{");
    put_json_text("asked", asked);
    put_json_text("name", m->name);
    put_json_text("kind", m->kind);
    put_json_text("feature", m->feature);
    put_json_text("country", m->country);
    put_json_text("admin1", m->admin1);
    put_json_text("admin2", m->admin2);
    if (m->geonameid) printf("\"geonameid\": %u, ", m->geonameid);
    else printf("\"geonameid\": null, ");
    if (m->has_point) printf("\"lat\": %.5f, \"lon\": %.5f, ", m->lat, m->lon);
    else printf("\"lat\": null, \"lon\": null, ");
    printf("\"population\": %u, ", m->population);
    if (m->km >= 0) printf("\"km\": %.1f, ", m->km);
    printf("\"match\": \"%s\", \"rivals\": %zu, ", m->match, rivals);
    put_json_text("credit", m->has_point ? "GeoNames, CC BY 4.0" : NULL);
    printf("\"schema\": \"sitrep.place/1\"}\n");
}

/* Columns count letters, not bytes; wide scripts are left a little ragged. */
static void put_cell(const char *text, int width)
{
    int n = 0;
    for (const char *p = text; *p && (n < width || ((unsigned char)*p & 0xC0) == 0x80); p++) {
        n += ((unsigned char)*p & 0xC0) != 0x80;
        putchar((unsigned char)*p < 0x20 ? ' ' : *p);
    }
    for (; n <= width; n++) putchar(' ');
}

static const char *or_dash(const char *text)
{
    return text && *text ? text : "-";
}

static void put_row(const sitrep_gazetteer_match *m)
{
    char text[64];
    put_cell(or_dash(m->name), 24);
    put_cell(m->kind ? m->kind : or_dash(m->feature), 18);
    put_cell(or_dash(m->admin2), 16);
    put_cell(or_dash(m->admin1), 16);
    put_cell(or_dash(m->country), 3);
    snprintf(text, sizeof text, m->has_point ? "%.4f, %.4f" : "-", m->lat, m->lon);
    put_cell(text, 19);
    snprintf(text, sizeof text, m->km >= 0 ? "%.0f km" : "", m->km);
    if (m->km >= 0) put_cell(text, 9);
    puts(m->match);
}

static void put_matches(const gazetteer_options *o, const char *asked, const sitrep_gazetteer_match *m,
                        size_t n, size_t all)
{
    if (o->json) {
        for (size_t i = 0; i < n; i++) put_json(&m[i], asked, all - 1);
        return;
    }
    if (!n) {
        printf("%s: not found\n", asked);
        return;
    }
    static const char *const heads[] = {"name", "kind", "district", "province", "in", "point"};
    static const int widths[] = {24, 18, 16, 16, 3, 19};
    for (size_t i = 0; i < 6; i++) put_cell(heads[i], widths[i]);
    if (o->find.has_near) put_cell("away", 9);
    puts("found by");
    for (size_t i = 0; i < n; i++) put_row(&m[i]);
    if (all > n) printf("and %zu more of this name\n", all - n);
}

/* In a data folder that was named, where the engine looks, too. */
static void find_in_data(gazetteer_options *o)
{
    static const char *const usual[] = {"gazetteer.bin", "build/gazetteer.bin"};
    const char *environment = getenv("SITREP_DATA"), *data = o->engine.data_folder;
    if (!data && environment && *environment) data = environment;
    for (int i = 0; data && !o->engine.gazetteer_path && i < 2; i++) {
        int n = snprintf(o->paths.gazetteer, sizeof o->paths.gazetteer, "%s/%s", data, usual[i]);
        bool there = n > 0 && n < (int)sizeof o->paths.gazetteer && access(o->paths.gazetteer, R_OK) == 0;
        if (there) o->engine.gazetteer_path = o->paths.gazetteer;
    }
}

static sitrep_gazetteer *open_gazetteer(const gazetteer_options *o)
{
    sitrep_error e = {0};
    if (!o->engine.gazetteer_path) {
        fputs("sitrep: there is no gazetteer; name one with --gazetteer\n", stderr);
        return NULL;
    }
    sitrep_gazetteer *g = sitrep_gazetteer_open(o->engine.gazetteer_path, &e);
    if (!g) cli_message(&e);
    return g;
}

static int find_all(const gazetteer_options *o, const sitrep_gazetteer *g, sitrep_gazetteer_match *m)
{
    int status = EXIT_READ;
    sitrep_error e = {0};
    for (size_t i = 0; i < o->n_words; i++) {
        size_t all;
        if (!sitrep_gazetteer_find(g, o->words[i].path, &o->find, m, o->max, &all, &e)) {
            if (e.code == SITREP_BAD_USAGE) return cli_usage(name, "--in: %s", e.message);
            cli_message(&e);
            return EXIT_FAILED;
        }
        if (!all) status = EXIT_FAILED;
        put_matches(o, o->words[i].path, m, all < o->max ? all : o->max, all);
    }
    return status;
}

static int run_find(gazetteer_options *o)
{
    if (!o->n_words) return cli_usage(name, "find needs a name");
    sitrep_gazetteer *g = open_gazetteer(o);
    sitrep_gazetteer_match *m = malloc(MAX_FOUND * sizeof *m);
    int status = g && m ? find_all(o, g, m) : EXIT_FAILED;
    if (g && !o->json && !o->quiet && status == EXIT_READ) printf("%s\n", sitrep_gazetteer_credit());
    free(m);
    sitrep_gazetteer_close(g);
    return status;
}

static int run_check(gazetteer_options *o)
{
    sitrep_error e = {0};
    if (o->n_words > 1) return cli_usage(name, "check takes one file");
    if (o->n_words) o->engine.gazetteer_path = o->words[0].path;
    sitrep_gazetteer *g = open_gazetteer(o);
    bool ok = g && sitrep_gazetteer_check(g, &e);
    if (g && !ok) cli_message(&e);
    if (ok && !o->quiet) printf("%s: whole\n", o->engine.gazetteer_path);
    sitrep_gazetteer_close(g);
    return ok ? EXIT_READ : EXIT_FAILED;
}

int command_gazetteer(int argc, char **argv)
{
    static const struct {
        const char *name;
        int (*run)(gazetteer_options *);
    } actions[] = {{"build", run_build}, {"get", run_get}, {"find", run_find}, {"check", run_check}};
    static gazetteer_options o;
    memset(&o, 0, sizeof o);
    sitrep_options_init(&o.engine);
    sitrep_gazetteer_build_options_init(&o.build);
    sitrep_find_options_init(&o.find);
    o.max = 20;
    const char *action = argc > 1 && argv[1][0] != '-' ? argv[1] : NULL;
    optind = action ? 2 : 1;
    opterr = 0;
    for (int option, at = optind; (option = getopt_long(argc, argv, "-:o:qh", long_options, NULL)) != -1;
         at = optind) {
        if (option == 'h') return fputs(help, stdout), EXIT_READ;
        if (option == ':') return cli_usage(name, "%s: needs a value", argv[at]);
        if (option == '?') return cli_usage(name, "%s: unknown or ambiguous option", argv[at]);
        if (!take_option(&o, option, optarg)) return cli_usage(name, "not a value: %s", optarg);
    }
    while (optind < argc)
        if (!take_word(&o, argv[optind++])) return cli_usage(name, "too many files");
    cli_find_data(&o.engine, &o.paths);
    find_in_data(&o);
    for (size_t i = 0; action && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(action, actions[i].name) == 0) return actions[i].run(&o);
    return cli_usage(name, "gazetteer does: build, get, find, check");
}
