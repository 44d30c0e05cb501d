/* Folders that a run creates for its outputs, and takes back when nothing was
 * written into them. */
#ifndef FOLDERS_H
#define FOLDERS_H

#include <stdbool.h>

#include "base/error.h"

/* Creates path, with its parents, where it is missing. */
bool folders_make(const char *path, struct error *err);

/* Removes those that were made and are still empty. Safe in a signal handler. */
void folders_remove_made(void);

/* Calls visit with the path of each that was made. */
void folders_visit(void (*visit)(void *context, const char *path), void *context);

#endif
