#include "mention/reading.h"

void mentions_chain(reading *r)
{
    for (uint32_t i = 0; i < r->doc->mentions.n; i++) r->doc->mentions.v[i].chain = i + 1;
}
