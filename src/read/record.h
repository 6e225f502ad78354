/* record: one record of a web archive -> document.
 * In: head and content as read_records gives them. Out: the document, with the archive's facts about it: address,
 * record id, when it was retrieved; digests compared. What takes time (unpacking, digests, parsing) is done here,
 * where many threads can do it at once. */
#ifndef SITREP_READ_RECORD_H
#define SITREP_READ_RECORD_H

#include "read/read.h"
#include "read/records.h"

/* The body of a record without its encodings, in the arena of `d`, to which notes go; *in gets what the record
 * tells: id, address, time, character set, format. */
bool record_unpack(const read_record *record, read_input *in, document *d, str *decoded, error *e);

/* `in` gives the path, the cap and what is known of all documents; what the record says of itself wins, as in
 * JSONL. sha256 is of the body without transfer and content encodings. Thread-safe. */
bool record_read(const read_rules *rules, const read_record *record, const read_input *in, document *d,
                 error *e);

#endif
