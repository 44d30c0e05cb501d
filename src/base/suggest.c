#include "base/suggest.h"

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

void suggestion_offer(struct suggestion *suggestion, const char *candidate)
{
    size_t length = strlen(candidate);
    if (length > LONGEST || suggestion->length > LONGEST || !suggestion->length) {
        return;
    }
    size_t distance = edit_distance(suggestion->wanted, suggestion->length, candidate, length);
    size_t longer = length > suggestion->length ? length : suggestion->length;
    if (3 * distance > longer + 1) {
        return;
    }
    if (!suggestion->best || distance < suggestion->distance) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}

void suggestion_text(const struct suggestion *suggestion, char *text, size_t size)
{
    text[0] = '\0';
    if (suggestion->best) {
        snprintf(text, size, "; did you mean '%s'?", suggestion->best);
    }
}
