/* Values that are a name with arguments: "cosine(0.1 .. 0, warmup 10)".
 *
 * An argument is a number, several with ".." between them (the first may be left out), or a
 * word with numbers behind it. Which names and words there are is for a later stage to say. */
#ifndef LOAD_CALL_H
#define LOAD_CALL_H

#include "load/preset.h"
#include "load/value.h"

/* Like value_read, but a call notes that it was refused. Its numbers are finite, and may be any.
 * What is read lives in the reader's arena. */
bool call_read(const struct value_reader *reader, const struct key *key,
               const struct text *text, struct call_value *call);

/* As a preset would write it; NULL when it is not given. */
const char *call_text(const struct call_value *call, struct arena *arena);

#endif
