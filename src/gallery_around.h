/* What a gallery says of what stands around every method's steps: schedules, clipping and weight
 * decay. HTML. */
#ifndef GALLERY_AROUND_H
#define GALLERY_AROUND_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "optimize/trajectory.h"

enum around_kind {
    AROUND_CLIP_NORM,
    AROUND_CLIP_VALUE,
    AROUND_PENALTY,   /* weight decay in the gradient, */
    AROUND_DECOUPLED, /* or beside it */
    AROUND_COUNT
};

/* What the films' runs have. */
struct around {
    bool kinds[AROUND_COUNT];
    bool *schedules; /* in the order of their list, in the arena */
};

struct around around_none(struct arena *arena);
void around_note(struct around *around, const struct run *run);

/* The id of what explains the run's setting, a key of its section; NULL: nothing does. */
const char *around_id(const struct run *run, const char *key, struct arena *arena);

/* A section of what was noted, or of all there is; nothing where that is nothing. */
void around_print(const struct around *around, bool all, FILE *stream, struct arena *arena);

#endif
