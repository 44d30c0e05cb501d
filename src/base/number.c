#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static size_t digits(const char *text, size_t at, size_t length)
{
    size_t start = at;
    while (at < length && text[at] >= '0' && text[at] <= '9') {
        at++;
    }
    return at - start;
}

static bool sign_at(const char *text, size_t at, size_t length)
{
    return at < length && (text[at] == '+' || text[at] == '-');
}

size_t number_scan(const char *text, size_t length)
{
    size_t at = sign_at(text, 0, length);
    size_t whole = digits(text, at, length), fraction = 0;
    at += whole;
    if (at < length && text[at] == '.') {
        fraction = digits(text, at + 1, length);
        if (whole || fraction) {
            at += 1 + fraction;
        }
    }
    if (!whole && !fraction) {
        return 0;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        size_t mark = at + 1 + sign_at(text, at + 1, length);
        size_t exponent = digits(text, mark, length);
        if (exponent) {
            at = mark + exponent;
        }
    }
    return at;
}

bool number_parse(const char *text, size_t length, double *value)
{
    if (!length || number_scan(text, length) != length) {
        return false;
    }
    char small[64];
    char *copy = length < sizeof small ? small : memory_new(length + 1, 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    /* The program never calls setlocale, so this is the "C" locale. */
    *value = strtod(copy, NULL);
    if (copy != small) {
        free(copy);
    }
    return true;
}

void number_print(char text[NUMBER_SIZE], double value, int digits_wanted)
{
    if (isnan(value)) {
        strcpy(text, "nan");
    } else if (isinf(value)) {
        strcpy(text, value < 0 ? "-inf" : "inf");
    } else {
        snprintf(text, NUMBER_SIZE, "%.*g", digits_wanted, value);
    }
}
