/* A preset as text that loads as the same: keys in the order of the table,
 * numbers as short as they can be, no comments. */
#ifndef LOAD_PRINT_H
#define LOAD_PRINT_H

#include <stdio.h>

#include "load/preset.h"

/* Which keys are written. */
enum print_style {
    PRINT_ALL,      /* every key that has a value, defaults too */
    PRINT_CANONICAL /* those that differ from their default: presets that mean the same
                       give the same text, whatever they look like */
};

void preset_print(const struct preset *preset, enum print_style style, FILE *stream);

#endif
