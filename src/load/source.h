/* Where presets come from: a file, standard input or a --set argument. */
#ifndef LOAD_SOURCE_H
#define LOAD_SOURCE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "base/report.h"

/* The whole file at path ("-" is standard input) without a UTF-8 byte order
 * mark, in the arena; the path is borrowed. NULL with err set when it cannot
 * be read or has more bytes than the limit. */
const struct source *source_read(const char *path, enum limit limit, struct arena *arena,
                                 struct error *err);

/* A text that is in memory already; both strings are borrowed. */
const struct source *source_of(const char *name, const char *text, struct arena *arena);

/* Refuses what is not UTF-8 text: other encodings, NUL and other control
 * characters. */
bool source_check(const struct source *source, struct report *report);

#endif
