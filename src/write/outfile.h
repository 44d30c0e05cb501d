/* A file that appears whole or not at all.
 *
 * Bytes go to a temporary file; outfile_complete checks, syncs and closes it,
 * outfile_commit renames it over the target. Until then an older file at the
 * target is untouched, and outfile_discard leaves no trace. A link is followed: what it
 * points to is replaced. Pipes, devices and standard output ("-") cannot be
 * replaced; they are given the complete file at the commit.
 *
 * Failures are of kind ERROR_RENDER and name the target, the cause and, where
 * there is one, the remedy. */
#ifndef WRITE_OUTFILE_H
#define WRITE_OUTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

struct outfile {
    char *path;      /* the target, as the user wrote it; "-" is standard output */
    char *target;    /* what is replaced; NULL: path gets a copy at the commit */
    char *temporary; /* the path that is written to, in target's folder */
    int fd;          /* open on temporary, and locked; 0: none, that is standard input's */
    FILE *stream;    /* writes to it */
    int cause;       /* errno of the first write that failed, 0: none */
    bool complete;   /* ready for the commit */
};

/* Makes the temporary file. Fails, so that nothing is painted in vain, when
 * the folder is missing or not writable or the target is a folder. */
bool outfile_open(struct outfile *file, const char *path, struct error *err);

/* Makes a temporary file among others of its kind ($TMPDIR), which is never put at
 * path; messages name that. */
bool outfile_open_scratch(struct outfile *file, const char *path, struct error *err);

/* The same beside another outfile's temporary, where there is room for a copy of it: what is
 * made first of an output that holds it. */
bool outfile_open_beside(struct outfile *file, const struct outfile *other, struct error *err);

/* The folder that outfile_open writes to for a file at path, to be freed. NULL when it is one of
 * those that cannot be replaced, or leads nowhere. */
char *outfile_folder(const char *path);

/* The folder of temporary files whose targets cannot be replaced, and of scratch files. */
const char *outfile_scratch_folder(void);

/* Appends bytes to the stream; printing to it does as well. */
bool outfile_write(struct outfile *file, const void *bytes, size_t size, struct error *err);

/* False when anything written so far has not been taken. */
bool outfile_check(struct outfile *file, struct error *err);

/* Whether the target cannot be replaced and gets a copy at the commit. */
bool outfile_is_stream(const struct outfile *file);

/* Checks all that was written and makes it last, still under the temporary
 * name; nothing can be written any more. */
bool outfile_complete(struct outfile *file, struct error *err);

/* Puts the complete file in its place, or throws it away when that fails.
 * Either way the outfile is zeroed afterwards. */
bool outfile_commit(struct outfile *file, struct error *err);

/* Throws away what is not committed. Accepts a zeroed outfile, which it is
 * afterwards. */
void outfile_discard(struct outfile *file);

#endif
