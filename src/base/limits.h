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
    const char *option; /* that sets another limit, without its dashes */
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

/* "; --max-steps N raises the limit" for the end of a message. */
struct limit_hint {
    char text[64];
};
struct limit_hint limit_hint(enum limit limit);

/* Has the system refuse memory beyond LIMIT_MEMORY, which base/memory.h then tells of. The
 * default is for one preset; each further one that is worked on at the same time gets
 * LIMIT_MEMORY_MORE. Fails where the system refuses what an option asks for; what the default
 * asks for may be refused. Called once, before there are threads. */
enum { LIMIT_MEMORY_MORE = 1024 }; /* MiB */
bool limit_memory(size_t presets, struct error *err);

/* What a library's failure may come from while limit_memory holds: "; it may lack memory; ..."
 * when so little is left that its threads do not begin, else "". */
struct limit_hint limit_hint_shortage(void);

#endif
