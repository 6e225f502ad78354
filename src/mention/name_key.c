#include "mention/name_key.h"

#include "base/utf8.h"

/* Base letters by Unicode decomposition of U+00C0 to U+017F and U+1E00 to U+1EFF; '?' = none. */
static const char latin[] =
    "aaaaaaaceeeeiiiidnooooo?ouuuuytsaaaaaaaceeeeiiiidnooooo?ouuuuytyaaaaaaccccccccddddeeeeeeeeeeggggggggh"
    "hhhiiiiiiiiiiiijjkkkllllllllllnnnnnn?nnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
static const char additional[] = "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnn"
                                 "nnnoooooooopppprrrrrrrrssssssss"
                                 "ssttttttttuuuuuuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwyas??s?"
                                 "aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooo"
                                 "oooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy??????";

static bool vanishes(uint32_t cp)
{
    return cp == '\'' || cp == '.' || cp == '`' || cp == 0xb4 || (cp >= 0x2b9 && cp <= 0x2bf)
           || cp == 0x2018 || cp == 0x2019 || cp == 0x201b || cp == 0x2c8 || (cp >= 0x300 && cp <= 0x36f);
}

static uint32_t plain(uint32_t cp)
{
    char c = '?';
    if (cp >= 0xc0 && cp < 0x180) c = latin[cp - 0xc0];
    if (cp >= 0x1e00 && cp < 0x1f00) c = additional[cp - 0x1e00];
    return c != '?' ? (uint32_t)(unsigned char)c : utf8_lower(cp);
}

str name_key(arena *a, str name)
{
    char *out = arena_alloc(a, name.len * 2 + 4, 1, 1);
    size_t n = 0;
    bool gap = false;
    for (size_t i = 0; i < name.len;) {
        uint32_t cp;
        i += utf8_decode(name, i, &cp);
        if (vanishes(cp)) continue;
        bool keeps = utf8_is_letter(cp) || (cp >= '0' && cp <= '9') || cp == '&';
        if (!keeps) {
            gap = true;
            continue;
        }
        if (gap && n) out[n++] = ' ';
        gap = false;
        n += utf8_put(plain(cp), out + n);
    }
    return (str){out, n};
}
