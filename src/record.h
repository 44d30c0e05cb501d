/* What an output is made from, as the text that it carries itself: the program's
 * version in a comment, then the canonical preset with all settings of the command
 * line in it. The text is a preset, and rendering it makes the same output; whoever
 * finds another text in a file knows that the file is out of date. */
#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "session.h"

/* Stands for an output that is no picture of a sequence. */
#define RECORD_NO_NUMBER SIZE_MAX

/* The canonical preset alone, which does not change with the program's version. */
const char *record_preset(const struct session *session, const struct output *output,
                          struct arena *arena);

/* The record of an output, or of one picture of a sequence, in the arena. */
const char *record_text(const struct session *session, const struct output *output,
                        size_t number, struct arena *arena);

/* Prints the record that the file at path carries. Without one an ERROR_PRESET. */
bool record_extract(const char *path, FILE *stream, struct error *err);

/* Whether the file at path is a complete one of the format and carries this record. */
bool record_is_in(const char *path, const struct format *format, const char *record);

#endif
