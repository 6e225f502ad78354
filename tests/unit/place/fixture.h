/* fixture: a small gazetteer for tests, built from rows of our own and the codebooks.
 * In: nothing. Out: a file in the temporary folder. */
#ifndef SITREP_TESTS_PLACE_FIXTURE_H
#define SITREP_TESTS_PLACE_FIXTURE_H

#include "place/build.h"

/* Writes `text` to a new temporary file and returns its path. */
str fixture_file(arena *a, const char *text);

/* Builds a gazetteer from the fixture's towns and provinces (fixture.c) and the codebooks. */
str fixture_gazetteer(arena *a, gaz_build_report *report);

#endif
