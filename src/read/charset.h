/* charset: bytes in any encoding -> UTF-8 with a map back.
 * In: bytes, the encoding that the caller names (wins), the one that the page names (believed unless the
 * bytes say otherwise). Out: valid UTF-8 without NUL, raw runs. A byte order mark counts most; bytes that
 * are valid UTF-8 are that; else uchardet guesses. Conversion by ICU; what cannot be decoded becomes U+FFFD.
 * Web names are read as browsers do: ISO-8859-1 and US-ASCII mean windows-1252. */
#ifndef SITREP_READ_CHARSET_H
#define SITREP_READ_CHARSET_H

#include "base/error.h"
#include "record/record.h"

/* *text points into `bytes` where nothing had to be changed; *runs is empty where text offsets are byte
 * offsets. False if `given` is not the name of an encoding. */
bool charset_decode(arena *a, str bytes, str given, str declared, str *text, raw_run_array *runs, error *e);

#endif
