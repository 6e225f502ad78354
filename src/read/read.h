/* read: bytes -> document.
 * In: the bytes of a text, a page or a line of JSONL, and what the caller knows about them.
 * Out: document.text in UTF-8 with its blocks, the map back to the bytes, and what the page says of itself
 * (title, author, publisher, date, language, address, licence).
 *
 * Text keeps its bytes wherever it can: a UTF-8 text is not copied, line ends stay as they are, and for
 * JSONL `text` is exactly the string given (a NUL becomes U+FFFD, one code point as before). Paragraphs
 * are found by looking at line lengths, so that hard-wrapped lines are joined and headings stand alone.
 * Pages are parsed by gumbo, an HTML5 parser, and the article is found by text and link density
 * (Kohlschütter et al. 2010, Boilerplate detection using shallow text features) with hints from the markup.
 * What is said about an article rather than in it (share requests, bylines, terms of use) is marked
 * BLOCK_NOTICE by the phrases of codebooks/en/notices.txt. */
#ifndef SITREP_READ_H
#define SITREP_READ_H

#include "base/error.h"
#include "record/record.h"

typedef enum read_format {
    READ_AUTO,
    READ_TEXT,
    READ_HTML,
    READ_JSONL,
    READ_CONLLU,
    READ_FEED,
    READ_PDF,
    READ_DOCX,
    READ_ODT,
    READ_ARCHIVE
} read_format;

/* What the bytes look like; the name of the file helps where they could be several things. `bytes` may be
 * the beginning of a longer input (a few hundred bytes do). Never READ_AUTO. */
read_format read_recognise(str bytes, str path);

/* Phrases and class names from the codebook folder ("…/codebooks"; its files en/notices.txt,
 * en/page-furniture.txt and languages.txt are read). Const afterwards, shared by threads; lives in `a`. NULL on error. */
typedef struct read_rules read_rules;
read_rules *read_rules_open(arena *a, str codebook_folder, error *e);

/* One document's bytes and what is known of it from elsewhere. Fields left zero are found out; those that
 * are given win over what the document says. Nothing is copied: all views must live as long as the
 * document. */
typedef struct read_input {
    str bytes;
    read_format format; /* READ_AUTO, not READ_JSONL or READ_CONLLU */
    str path;           /* for messages and document.path */
    str charset;        /* of the bytes: an IANA name */
    str charset_hint;   /* what the server said, believed as a page's own word is */
    str id, url, title, author, publisher, language, licence, retrieved;
    uint64_t offset; /* document.source_offset */
    civil_date published;
    size_t cap_bytes;  /* larger documents are refused; 0 = READ_CAP_BYTES */
    str pdf_program;   /* path of the program that takes PDF files apart (src/pdf); "" = none */
    bool any_language; /* text in other languages is not marked */
} read_input;

/* Formats whose bytes are no characters. */
static inline bool read_is_binary(read_format f)
{
    return f == READ_PDF || f == READ_DOCX || f == READ_ODT;
}

#define READ_CAP_BYTES ((size_t)64 << 20)

/* Fills `d`, whose arena the caller has set; everything goes there. document.id is input.id, else the
 * path, else the sha256. False with *e filled: too large, not text (PDF, image …), charset unknown; with
 * SITREP_PASSED_OVER where nothing is wrong with it but it is not to be read. Thread-safe. */
bool read_document(const read_rules *rules, const read_input *in, document *d, error *e);

/* Something to be told of a document that is read all the same; goes into document.notes. */
void read_note(document *d, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One line of JSONL (without its newline): an object with `id` (a string or number; required), `text` or
 * `html` (required), and at will `title`, `date`, `url`, `publisher`, `author`, `language`, `licence`, `retrieved`;
 * other keys are passed over. `defaults` (may be NULL) gives values for what the line does not say.
 * sha256 and the map to raw bytes refer to the UTF-8 form of the `text` or `html` string. `number` (from
 * 1) and `offset` of the line are put into *e, offset advanced to the fault. Thread-safe. */
bool read_json_line(const read_rules *rules, str line, size_t number, uint64_t offset,
                    const read_input *defaults, document *d, error *e);

/* A calendar date as documents write it: ISO 8601 (with time, offset or without), "14 November 2019",
 * "Nov. 14, 2019", "14/11/2019" (day first where both could be), "20191114", RFC 2822. False if no day,
 * month and year are found at the beginning of `s` (a weekday, "Posted on" and the like may stand before). */
bool read_date(str s, civil_date *found);

/* ---- a stream of lines ------------------------------------------------------------------- */

/* Gives up to `cap` bytes into `out`; 0 = the end; -1 = failed. */
typedef int64_t (*read_source)(void *from, char *out, size_t cap);

/* Splits a stream into lines in constant memory: however the source cuts it, the lines are the same. */
typedef struct read_lines {
    read_source source;
    void *from;
    size_t cap_bytes; /* longer lines are skipped and reported */
    char *buffer;     /* malloc'ed */
    size_t start, end, size;
    size_t number;   /* of the line last given, from 1 */
    uint64_t offset; /* of its first byte in the stream */
    uint64_t consumed;
    bool at_end;
} read_lines;

typedef enum read_line_result {
    READ_LINE,          /* *line is a view of the buffer, valid until the next call; no line end */
    READ_LINE_TOO_LONG, /* it was skipped; *e says where; the next call goes on behind it */
    READ_LINE_END,
    READ_LINE_FAILED /* the source failed, or memory is out; *e says so */
} read_line_result;

/* cap_bytes 0 = READ_CAP_BYTES. */
void read_lines_open(read_lines *l, read_source source, void *from, size_t cap_bytes);
read_line_result read_lines_next(read_lines *l, str *line, error *e);
void read_lines_close(read_lines *l);

#endif
