/* How much a preset may ask for, so that a small file cannot take a machine for hours. One table:
 * what refuses a preset, the manual and --max-... have their numbers from it. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum limit {
    LIMIT_NONE, /* not one of them, for tables */
    LIMIT_BYTES, LIMIT_LINE, LIMIT_FORMULA_BYTES, LIMIT_LETS, LIMIT_OPERATIONS, LIMIT_DEPTH,
    LIMIT_OPTIMIZERS, LIMIT_STEPS, LIMIT_SIDE, LIMIT_PIXELS, LIMIT_FRAMES, LIMIT_MEMORY,
    LIMIT_LOCK_BYTES, LIMIT_COUNT
};

struct limit_row {
    const char *name;
    const char *option; /* that sets another limit, without its dashes; NULL: there is none */
    long standard;      /* 0: no limit */
    long least, most;   /* that the option takes; the least is what defaults need */
    const char *help;
};

/* The row of a limit between LIMIT_NONE and LIMIT_COUNT. */
const struct limit_row *limit_row(enum limit limit);

/* The limit that the option sets, which is one of the table's, without its dashes. */
enum limit limit_by_option(const char *option);

/* What holds: the row's, or what limit_set has set. Limits are set before there are threads. */
long limit_of(enum limit limit);
void limit_set(enum limit limit, long value);

/* "; --max-steps N raises the limit" for the end of a message, "" where no option does. */
struct limit_hint {
    char text[64];
};
struct limit_hint limit_hint(enum limit limit);

/* Has the system refuse memory beyond LIMIT_MEMORY, if that is set. */
bool limit_memory(struct error *err);

#endif
