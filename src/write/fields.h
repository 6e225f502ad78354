/* fields: the JSON members that claims and mentions have in common. */
#ifndef SITREP_WRITE_FIELDS_H
#define SITREP_WRITE_FIELDS_H

#include "write/json.h"
#include "write/write.h"

/* "text", "start", "end"; nulls for an empty span. */
void field_span(json *j, const write_view *w, span at);

/* "start_byte", "end_byte": where the span stands in the bytes that were read; nulls where it does not. */
void field_bytes(json *j, const write_view *w, span at);

/* A key with a string, or with null where it is empty. */
void field_known(json *j, const char *key, str value);

/* A key with a number, or with null where it is not known. */
void field_number(json *j, const char *key, bool known, int64_t value);

/* "name" to "rivals". */
void field_place(json *j, const place *p);

/* What the licence of GeoNames (CC BY 4.0) asks for beside coordinates; of a claim whose places have none, NULL. */
str place_credit(bool has_point);
bool places_have_point(const claim *c);

/* "retrieved", "source": when and from where the document was taken. */
void field_custody(json *j, const document *d);

/* "id" to "source": what is known of the document. */
void field_about(json *j, const document *d);

/* "edtf" to "basis". */
void field_date(json *j, const date *d);

#endif
