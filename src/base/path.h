/* Names of files: their parts, and where links lead. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include <stdbool.h>

/* What is behind the last slash, in path itself. */
const char *path_name(const char *path);

/* The folder that path is in, with its last slash, or ".": to be freed. */
char *path_folder(const char *path);

/* Whether path is a link to what is not in the folder that its name says, or not there; of a
 * relative path also whether a folder in it is one. */
bool path_link_leads_out(const char *path);

#endif
