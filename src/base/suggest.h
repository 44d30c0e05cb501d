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
    const char *with; /* " with KEY = VALUE", what the best is to have; or NULL */
    size_t with_length;
};

/* Considers one candidate. Distance counts inserted, deleted, replaced and
 * swapped letters, case ignored; more than a third of the name is not near. */
void suggestion_offer(struct suggestion *suggestion, const char *candidate);

/* The same for a candidate that has other names, of which only hints know: "sgd, gd", or
 * "amsgrad with amsgrad = yes" for what is a setting of the candidate. NULL: none. Both texts
 * are borrowed. */
void suggestion_offer_also(struct suggestion *suggestion, const char *candidate, const char *also);

/* "; did you mean 'NAME'?" or "" into text, for the end of a message. */
void suggestion_text(const struct suggestion *suggestion, char *text, size_t size);

/* The same; "; 'optrender list LIST' shows them" where none is near. */
void suggestion_or_list(const struct suggestion *suggestion, const char *list, char *text,
                        size_t size);

#endif
