/* Text for JSON. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdio.h>

#include "base/arena.h"

/* Text as a JSON string, quotes included (RFC 8259, section 7). */
void json_print(const char *text, FILE *stream);

/* The text of a string that json_print has written, from its opening quote on, in
 * the arena; NULL when it is not one. */
char *json_read(const char *quoted, struct arena *arena);

#endif
