#include "base/suggest.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 48 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static int lower(char c)
{
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* Optimal string alignment distance (Damerau 1964), three rows at a time. */
static size_t edit_distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= nb; j++) {
        above[j] = j;
    }
    for (size_t i = 1; i <= na; i++) {
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t differs = lower(a[i - 1]) != lower(b[j - 1]);
            row[j] = least(least(above[j] + 1, row[j - 1] + 1), above[j - 1] + differs);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2])
                && lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = least(row[j], before[j - 2] + 1);
            }
        }
        size_t *oldest = before;
        before = above;
        above = row;
        row = oldest;
    }
    return above[nb];
}

/* Makes it the best if what it is spelled like is nearer than anything before. */
static bool offer(struct suggestion *suggestion, const char *candidate, const char *spelling,
                  size_t length)
{
    if (length > LONGEST || suggestion->length > LONGEST || !suggestion->length) {
        return false;
    }
    size_t distance = edit_distance(suggestion->wanted, suggestion->length, spelling, length);
    size_t longer = length > suggestion->length ? length : suggestion->length;
    if (3 * distance > longer + 1 || (suggestion->best && distance >= suggestion->distance)) {
        return false;
    }
    suggestion->best = candidate;
    suggestion->distance = distance;
    suggestion->with = NULL;
    return true;
}

void suggestion_offer(struct suggestion *suggestion, const char *candidate)
{
    offer(suggestion, candidate, candidate, strlen(candidate));
}

void suggestion_offer_also(struct suggestion *suggestion, const char *candidate, const char *also)
{
    suggestion_offer(suggestion, candidate);
    while (also && *also) {
        size_t end = strcspn(also, ","), length = strcspn(also, ", ");
        if (offer(suggestion, candidate, also, length) && length < end) {
            suggestion->with = also + length;
            suggestion->with_length = end - length;
        }
        also += end + strspn(also + end, ", ");
    }
}

void suggestion_text(const struct suggestion *suggestion, char *text, size_t size)
{
    text[0] = '\0';
    if (suggestion->best) {
        snprintf(text, size, "; did you mean '%s'%.*s?", suggestion->best,
                 suggestion->with ? (int)suggestion->with_length : 0,
                 suggestion->with ? suggestion->with : "");
    }
}

void suggestion_or_list(const struct suggestion *suggestion, const char *list, char *text,
                        size_t size)
{
    suggestion_text(suggestion, text, size);
    if (!text[0]) {
        snprintf(text, size, "; 'optrender list %s' shows them", list);
    }
}
