/* What this program is made of. */
#ifndef VERSION_H
#define VERSION_H

#include <stdio.h>

/* Version, licence and the libraries in use, for --version. */
void version_print(FILE *stream);

#endif
