/* Which outputs are up to date: complete, and with the record that they would get. */
#ifndef CURRENT_H
#define CURRENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/hash.h"
#include "session.h"

/* Notes of the request's sequences, or of all its other outputs, which are up to date.
 * Returns how many outputs of the request are not known to be. */
size_t current_find(const struct session *session, bool sequences, bool *current);

/* The request without the outputs that are current; outputs is memory for all of them. */
struct request current_without(const struct request *request, const bool *current,
                               struct output *outputs);

/* Makes outputs that are current newer than their preset. make compares times: it would
 * ask again and again for a film of whose preset only a comment was changed. */
void current_touch(const struct session *session, const bool *current);

/* Finds the hash of the file of an output that is up to date in its place. Never of
 * sequences. */
bool current_file(const struct session *session, const struct output *output,
                  struct digest *digest);

#endif
