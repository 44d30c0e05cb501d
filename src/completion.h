/* Completions for shells, from the tables of options, commands and names. */
#ifndef COMPLETION_H
#define COMPLETION_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

/* Prints the script for the shell called name. An unknown one is an ERROR_USAGE. */
bool completion_print(const char *name, FILE *stream, struct error *err);

#endif
