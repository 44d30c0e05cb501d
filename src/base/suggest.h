/* "did you mean": the nearest known name to a misspelled one. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

/* A running search over candidates; start from a zeroed one with .wanted and
 * .length set, offer every known name, then read .best (NULL: none is near). */
struct suggestion {
    const char *wanted;
    size_t length;
    const char *best;
    size_t distance;
};

/* Considers one candidate. Distance counts inserted, deleted, replaced and
 * swapped letters, case ignored; more than a third of the name is not near. */
void suggestion_offer(struct suggestion *suggestion, const char *candidate);

/* "; did you mean 'NAME'?" or "" into text, for the end of a message. */
void suggestion_text(const struct suggestion *suggestion, char *text, size_t size);

#endif
