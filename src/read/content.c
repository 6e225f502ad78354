#include "read/content.h"

#include "read/read.h"

content_kind content_of_type(str type)
{
    static const struct {
        const char *type;
        content_kind kind;
    } types[] = {
        {"text/html", CONTENT_PAGE},
        {"application/xhtml+xml", CONTENT_PAGE},
        {"application/vnd.wap.xhtml+xml", CONTENT_PAGE},
        {"text/xhtml", CONTENT_PAGE},
        {"text/plain", CONTENT_TEXT},
        {"text/markdown", CONTENT_TEXT},
        {"application/rss+xml", CONTENT_FEED},
        {"application/atom+xml", CONTENT_FEED},
        {"application/rdf+xml", CONTENT_FEED},
        {"application/feed+json", CONTENT_FEED},
        {"text/xml", CONTENT_XML},
        {"application/xml", CONTENT_XML},
        {"application/pdf", CONTENT_OFFICE},
        {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", CONTENT_OFFICE},
        {"application/vnd.oasis.opendocument.text", CONTENT_OFFICE},
        {"", CONTENT_UNKNOWN},
        {"application/octet-stream", CONTENT_UNKNOWN},
        {"binary/octet-stream", CONTENT_UNKNOWN},
        {"unk", CONTENT_UNKNOWN},
        {"unknown", CONTENT_UNKNOWN},
        {"unknown/unknown", CONTENT_UNKNOWN},
        {"no-type", CONTENT_UNKNOWN},
        {"-", CONTENT_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(type, types[i].type)) return types[i].kind;
    return CONTENT_OTHER;
}

bool content_is_read(content_kind kind, str beginning)
{
    read_format looks = read_recognise(beginning, (str){0});
    switch (kind) {
    case CONTENT_PAGE:
    case CONTENT_TEXT: return true;
    case CONTENT_XML: return !beginning.len || looks == READ_HTML || looks == READ_FEED;
    case CONTENT_FEED:
    case CONTENT_OFFICE: return true;
    case CONTENT_UNKNOWN: return looks == READ_HTML || looks == READ_FEED || read_is_binary(looks);
    default: return false;
    }
}
