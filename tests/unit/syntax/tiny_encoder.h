/* tiny_encoder: a model file of the encoder with weights by chance, for tests.
 * Pieces: the signs, "the" "shell" "##ing" "##ed" "##s" "town" "fire" "e" "##e" "1" "##2" "." "," "-" "'". Letters: ASCII, é
 * and É, Ä, the mark U+0301, the no-break space; above the table one range of letters, U+4E00 … U+9FFF. */
#ifndef SITREP_TESTS_TINY_ENCODER_H
#define SITREP_TESTS_TINY_ENCODER_H

#include "base/arena.h"
#include "syntax/encoder_format.h"

enum {
    TINY_WIDTH = 64,
    TINY_INNER = 48,
    TINY_LAYERS = 2,
    TINY_ROLES = 3,
    TINY_ROLE_WIDTH = 5,
    TINY_HINTS = 7
};

/* Its bytes. `change` (may be NULL) may alter the shape that is written. */
str tiny_encoder_bytes(arena *a, void (*change)(encoder_shape *s));

/* Makes the checksum right again. */
void tiny_encoder_sign(char *bytes, size_t len);

void tiny_encoder_write(const char *path, const char *bytes, size_t len);

#endif
