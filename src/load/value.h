/* One value of a preset: from its text to its field, and back. */
#ifndef LOAD_VALUE_H
#define LOAD_VALUE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/report.h"
#include "load/keys.h"

/* What a value is read with. */
struct value_reader {
    const char *title; /* the section's, for messages */
    struct arena *arena;
    struct report *report;
};

/* Reads text (not empty) into the key's field of base, a struct preset or
 * struct optimizer_section. On a mistake the field stays as it was. Not for
 * keys of type KEY_LET, KEY_PARAM and KEY_CLAIM. */
bool value_read(const struct value_reader *reader, const struct key *key,
                const struct text *text, void *base);

/* A number among the key's own, or any finite one for the arguments of a KEY_CALL; it may be a
 * part of the value. Stored only if it is one. */
bool value_number(const struct value_reader *reader, const struct key *key,
                  const struct text *part, double *value);

/* Reports "[SECTION] KEY: MESSAGE" at part; false. */
bool value_refuse(const struct value_reader *reader, const struct key *key,
                  const struct text *part, const char *message);

/* Reads the number of a key of type KEY_PARAM, or a product (base/number.h), which stays text:
 * *number is its shortest spelling, in the reader's arena, at the place of the text. */
bool value_read_param(const struct value_reader *reader, const struct key *key,
                      const struct text *text, struct text *number);

/* The field as a preset would write it, NULL when it is not given. */
const char *value_text(const struct key *key, const void *base, struct arena *arena);

#endif
