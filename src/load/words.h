/* Pieces of a preset's text as messages and strings want them. */
#ifndef LOAD_WORDS_H
#define LOAD_WORDS_H

#include <stddef.h>

#include "base/arena.h"

/* A copy without white space at the ends, runs of it inside made one space. */
char *words_collapse(struct arena *arena, const char *text, size_t length);

/* A piece of the user's text for a message: collapsed, long ones cut. */
struct shown {
    char text[64];
};
struct shown words_shown(const char *text, size_t length);

#endif
