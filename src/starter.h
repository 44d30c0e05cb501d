/* A new preset to begin with. */
#ifndef STARTER_H
#define STARTER_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"

/* Writes a commented preset that works to path ("-": standard output), which
 * must not exist. from is a shipped preset, a preset file or a function of the
 * catalogue; NULL: a function that shows something. */
bool starter_write(const char *path, const char *from, struct error *err);

/* The file of the shipped preset of this name, beside the program's sources or installed, in the
 * arena; NULL when there is none. */
const char *starter_shipped(const char *name, struct arena *arena);

#endif
