/* Text for JSON. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdio.h>

/* Text as a JSON string, quotes included (RFC 8259, section 7). */
void json_print(const char *text, FILE *stream);

#endif
