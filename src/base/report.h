/* Everything that is wrong with a preset, each with its place in the text.
 *
 * A struct source is a text that mistakes can be in: a preset file, or one
 * --set argument. A struct place is a stretch of bytes in a source. Stages add
 * to a struct report and go on, so that one run tells all; main prints it:
 *
 *     presets/beale.ini:14:10: error: unknown method 'adma'; did you mean 'adam'?
 *        14 | method = adma
 *           |          ^~~~
 */
#ifndef BASE_REPORT_H
#define BASE_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"

struct source {
    const char *name; /* as the user typed it */
    const char *text; /* size bytes, may hold NUL */
    size_t size;
};

/* Where in the source; source NULL means the preset as a whole. */
struct place {
    const struct source *source;
    size_t offset, length;
};

/* A stretch of text of length bytes, NUL-terminated, and where it stands.
 * Byte i of the text is byte i of the place. text NULL: not given. */
struct text {
    const char *text;
    size_t length;
    struct place place;
};

enum severity { SEVERITY_WARNING, SEVERITY_ERROR };

struct report_entry {
    enum severity severity;
    struct place place;
    const char *message;
};

/* At most this many errors are kept; the rest are only counted. */
enum { REPORT_MAX = 20 };

/* A zeroed report is empty. Messages live in its arena. Places must outlive
 * the printing. */
struct report {
    struct report_entry entries[2 * REPORT_MAX];
    size_t count, errors, warnings;
    const char *name; /* the preset, for messages without a place; borrowed */
    struct arena arena;
};

/* Adds one entry; report_error returns false, report_warning true. */
bool report_error(struct report *report, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool report_warning(struct report *report, struct place place, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The part of a text from byte offset on, length bytes. */
struct place text_place(const struct text *text, size_t offset, size_t length);

/* Line and column, both from 1; a column is a character, not a byte. */
void place_position(struct place place, int *line, int *column);

/* Prints all entries, ordered by their place, source lines with carets below.
 * Control bytes are escaped. Colour when asked for. */
void report_print(const struct report *report, FILE *stream, bool color);

void report_finish(struct report *report);

#endif
