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

/* Whether path is a link to what is not in the folder that its name says, or not there; of a
 * relative path also whether a folder in it is one. */
bool folders_link_leads_out(const char *path);

/* Calls visit with the path of each that was made. */
void folders_visit(void (*visit)(void *context, const char *path), void *context);

#endif
