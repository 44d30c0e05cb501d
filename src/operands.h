/* Presets as the command line names them: files, or folders of files. */
#ifndef OPERANDS_H
#define OPERANDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli.h"

/* Adds each operand to the presets, and for one that is a folder its *.ini
 * files in the order of their bytes; hidden files and folders below it are left
 * out. A folder that holds none, or cannot be read, is an ERROR_USAGE. Paths are
 * made in the arena or borrowed; the list is the caller's to free in any case. */
bool operands_expand(const struct words *operands, struct words *presets, struct arena *arena,
                     struct error *err);

#endif
