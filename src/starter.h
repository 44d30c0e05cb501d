/* A new preset to begin with. */
#ifndef STARTER_H
#define STARTER_H

#include <stdbool.h>

#include "base/error.h"

/* Writes a commented preset that works to path ("-": standard output), which
 * must not exist. from is a shipped preset, a preset file or a function of the
 * catalogue; NULL: a function that shows something. */
bool starter_write(const char *path, const char *from, struct error *err);

#endif
