/* digest: does a block have the digest that its archive tells of it?
 * In: "sha1:3EF…" as WARC-Payload-Digest and WARC-Block-Digest have it: MD5, SHA-1, SHA-256 or SHA-512 in
 * base 32, base 64 or hexadecimal, and bytes. Out: yes, no, or not to be told. The sums are nettle's, which
 * libarchive brings along. */
#ifndef SITREP_READ_DIGEST_H
#define SITREP_READ_DIGEST_H

#include "base/str.h"

typedef enum digest_result { DIGEST_UNKNOWN, DIGEST_EQUAL, DIGEST_OTHER } digest_result;

digest_result digest_check(str told, str bytes);

#endif
