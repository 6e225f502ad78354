/* score: what a comparison of two files of claims found -> what programs and people read. */
#ifndef SITREP_WRITE_SCORE_H
#define SITREP_WRITE_SCORE_H

#include "record/score.h"
#include "write/out.h"

void write_score_json(const score_report *r, out *o);
void write_score_csv(const score_report *r, out *o);
void write_score_table(const score_report *r, unsigned width, bool colour, out *o);

#endif
