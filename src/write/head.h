/* The beginning of a text file that may be anything: whatever stands at an output's
 * path is looked at. */
#ifndef WRITE_HEAD_H
#define WRITE_HEAD_H

#include <stdbool.h>
#include <stdio.h>

/* The text up to the first occurrence of end and with it, to be freed. NULL when the
 * file does not begin with magic, or end is not in its first megabytes, of which there
 * are enough for any record. */
char *head_read(FILE *file, const char *magic, const char *end);

/* Whether the file's last bytes are these, at most 15; its position moves. */
bool head_ends_with(FILE *file, const char *bytes);

#endif
