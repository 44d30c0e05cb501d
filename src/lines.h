/* Text in lines as wide as those of a terminal. */
#ifndef LINES_H
#define LINES_H

#include <stddef.h>
#include <stdio.h>

/* A line with fewer characters than this has no room for text that is wrapped. */
enum { LINES_WIDTH_MIN = 31 };

/* Characters, not bytes: labels may hold accents and Greek. */
size_t lines_text_width(const char *text);

/* Prints a head and the text behind it, in lines of width characters at most, all but the first
 * one from column indent on, broken between words where there are several. A width below the
 * least one, such as 0, leaves all in one line. */
void lines_print(const char *head, const char *text, size_t indent, size_t width, FILE *stream);

#endif
