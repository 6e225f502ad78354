/* address: web addresses as pages write them.
 * In: an address and where it was found. Out: the address in full. Nothing is fetched and nothing decoded; only what
 * RFC 3986 (5.2) says of references is done. */
#ifndef SITREP_READ_ADDRESS_H
#define SITREP_READ_ADDRESS_H

#include "base/arena.h"

/* Does it begin with http:// or https://? */
bool address_is_web(str s);

/* Does a scheme stand in front ("mailto:", "https:")? */
bool address_has_scheme(str s);

/* `href` as seen from `base`, white space at its ends, tabs and line ends taken out, spaces as %20; as it stands where
 * `base` is no address of the web. The result lies in `a`, or is empty. */
str address_resolve(arena *a, str href, str base);

/* Host without port, path from its "/" on: views of `s`; empty where there are none. */
str address_host(str s);
str address_path(str s);

#endif
