#include "read/cld2.h"

#include <cstdio> /* the library's header needs both of these and does not include them */

#include <cld2/public/encodings.h>
/* */
#include <cld2/public/compact_lang_det.h>

void cld2_identify(const char *text, size_t len, cld2_guess *guess)
{
    const CLD2::CLDHints hints = {nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language languages[CLD2_LANGUAGES];
    double scores[CLD2_LANGUAGES];
    int used = 0, good = 0;
    /* Where the text is not valid UTF-8 after all, the library leaves what it should fill. */
    for (int i = 0; i < CLD2_LANGUAGES; i++) languages[i] = CLD2::UNKNOWN_LANGUAGE, guess->percent[i] = 0;
    guess->reliable = false;
    CLD2::ExtDetectLanguageSummaryCheckUTF8(text, static_cast<int>(len), true, &hints, 0, languages, guess->percent, scores,
                                            nullptr, &used, &guess->reliable, &good);
    for (int i = 0; i < CLD2_LANGUAGES; i++) guess->code[i] = CLD2::LanguageCode(languages[i]);
}
