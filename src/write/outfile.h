/* A file that appears whole or not at all.
 *
 * Bytes go to a temporary file in the target's folder; outfile_commit flushes,
 * fsyncs, closes and renames it over the target. */
#ifndef WRITE_OUTFILE_H
#define WRITE_OUTFILE_H

#include <stdbool.h>
#include <stdio.h>

#include "base/error.h"

struct outfile {
    char *path;      /* the target, as the user wrote it; "-" is standard output */
    char *temporary; /* the path that is written to */
    FILE *stream;    /* open on temporary */
};

#endif
