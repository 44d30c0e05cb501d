/* Folders that a run creates for its outputs, and takes back when nothing was
 * written into them. */
#ifndef FOLDERS_H
#define FOLDERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/* A zeroed one has made nothing. */
struct folders {
    char **made; /* parents before children */
    size_t count, capacity;
};

/* Creates path, with its parents, where it is missing. */
bool folders_make(struct folders *folders, const char *path, struct error *err);

/* Removes those that were made and are still empty; frees the list. */
void folders_finish(struct folders *folders);

#endif
