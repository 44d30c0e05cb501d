/* What an output is, in hashes: what it is made from, what is drawn, and the bytes
 * that come of it. */
#ifndef MEASURE_H
#define MEASURE_H

#include <stdbool.h>

#include "base/error.h"
#include "base/hash.h"
#include "session.h"
#include "write/sink.h"

/* While an output is made. Those of a sequence's pictures are put together. */
struct measuring {
    struct hash drawn, decoded, file;
};

/* Empty texts stand for what the format has not. */
struct measurement {
    struct digest source;  /* of the canonical preset, with the command line's settings */
    struct digest paths;   /* of the trajectories, as a csv file without comments */
    struct digest drawn;   /* of the pixels, before they are encoded */
    struct digest decoded; /* of the pixels that a reader of the file sees */
    struct digest file;
};

void measuring_begin(struct measuring *measuring);

/* Adds the file of a sink that is complete and not yet committed. */
bool measuring_add(struct measuring *measuring, const struct sink *sink, struct error *err);

void measuring_end(struct measuring *measuring, const struct session *session,
                   const struct output *output, struct measurement *measurement);

#endif
