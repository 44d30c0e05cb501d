/* A preset drawn in every way, tiny and soon, to see that nothing wrong reaches cairo. */
#ifndef TESTS_DRAWN_H
#define TESTS_DRAWN_H

#include <stdbool.h>
#include <stddef.h>

struct drawn {
    bool refused;          /* the preset is wrong; nothing was drawn */
    size_t scenes, diverged; /* pages looked at, runs that became non-finite */
    const char *flaw;      /* what is wrong with a page, NULL: nothing */
};

/* Reads the preset at path and draws its still as vectors and as pixels, and a frame from
 * the middle of its film. Of steps, optimizers and levels only so many as take no time. */
struct drawn drawn_from(const char *path);

#endif
