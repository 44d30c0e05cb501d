/* What the sandbox of a run lets through: what its command line names. */
#ifndef CONFINE_H
#define CONFINE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli.h"
#include "request.h"
#include "sandbox.h"

/* Begins the sandbox that the command line asks for. With writes the outputs may be made, or
 * temporary files of their kind where fingerprints are taken, and the file of dependencies.
 * Folders that were made may be removed. */
bool confine_begin(struct sandbox *sandbox, const struct cli *cli, const struct request *requests,
                   size_t count, bool writes, struct error *err);

/* All at once, for a command that only reads one file. */
bool confine_to_file(const struct cli *cli, const char *path, struct error *err);

#endif
