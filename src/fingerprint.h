/* What an output is, in hashes: what it is made from, what is drawn, and the bytes
 * that come of it. */
#ifndef FINGERPRINT_H
#define FINGERPRINT_H

#include <stdbool.h>

#include "base/error.h"
#include "base/hash.h"
#include "session.h"
#include "write/sink.h"

/* While an output is made. Those of a sequence's pictures are put together. */
struct fingerprinting {
    struct hash drawn, decoded, file;
};

/* Empty texts stand for what the format has not. */
struct fingerprint {
    struct digest source;  /* of the canonical preset, with the command line's settings */
    struct digest paths;   /* of the trajectories, as a csv file without comments */
    struct digest drawn;   /* of the pixels, before they are encoded */
    struct digest decoded; /* of the pixels that a reader of the file sees */
    struct digest file;
    bool is_damaged; /* the file in its place has the record of this one, and other bytes */
};

void fingerprinting_begin(struct fingerprinting *fingerprinting);

/* Adds the file of a sink that is complete and not yet committed. Fails with an
 * ERROR_RENDER when it cannot be read or decoded. */
bool fingerprinting_add(struct fingerprinting *fingerprinting, const struct sink *sink,
                        struct error *err);

/* Of a file in its place; false when it cannot be read. */
bool fingerprint_file(const char *path, struct digest *digest);

void fingerprinting_end(struct fingerprinting *fingerprinting, const struct session *session,
                   const struct output *output, struct fingerprint *fingerprint);

#endif
