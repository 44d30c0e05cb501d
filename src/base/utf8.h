/* UTF-8, one character at a time (RFC 3629: no overlong forms, no surrogates,
 * nothing above U+10FFFF). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of the character at text, and its code; 0 when there is none. */
size_t utf8_read(const char *text, size_t length, uint32_t *code);

/* Whether a terminal would obey the character or show nothing of it: control characters,
 * those that change the direction of text, spaces that look like others. */
bool utf8_is_unseen(uint32_t code);

/* Room for one character and its NUL. */
enum { UTF8_SIZE = 5 };

/* The character as text; code must be one. */
void utf8_write(char text[UTF8_SIZE], uint32_t code);

#endif
