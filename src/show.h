/* All there is to know about one thing: a function of the catalogue, a preset's function with
 * its critical points, or a row of the methods, schedules or wrappers (show_row.h). */
#ifndef SHOW_H
#define SHOW_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"
#include "cli.h"

/* Prints what the command line names, for people or as JSON. An unknown name is an
 * ERROR_USAGE; the mistakes of a preset go to standard error. */
bool show_print(const struct cli *cli, FILE *stream, struct error *err);

#endif
