/* What --help prints, from the tables of cli.h. */
#ifndef USAGE_H
#define USAGE_H

#include <stdio.h>

/* Usage, options and examples. */
void usage_print(FILE *stream);

#endif
