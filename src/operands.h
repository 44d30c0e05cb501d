/* Presets as the command line names them: files, or folders of files. */
#ifndef OPERANDS_H
#define OPERANDS_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli.h"

struct preset_operand {
    const char *path;
    bool is_found;       /* in a folder, not named itself */
    const char *refusal; /* why it is not to be read, NULL: it is */
};

struct preset_operands {
    struct preset_operand *items;
    size_t count, capacity;
};

/* Adds each operand to the presets, and for one that is a folder its *.ini
 * files in the order of their bytes; hidden files and folders below it are left
 * out. A folder that holds none, or cannot be read, is an ERROR_USAGE; a link in it
 * that leads elsewhere is a preset that fails. Paths are made in the arena or borrowed;
 * the list's items are the caller's to free in any case. */
bool operands_expand(const struct words *operands, struct preset_operands *presets,
                     struct arena *arena, struct error *err);

#endif
