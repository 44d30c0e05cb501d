#include "base/number.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define MINUS "\u2212"
#define THIN_SPACE "\u2009"

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

/* Cuts the zeros that end a fraction, and a point that then ends the number. */
static void cut_zeros(char *text)
{
    if (!strchr(text, '.')) {
        return;
    }
    size_t length = strlen(text);
    while (text[length - 1] == '0') {
        length--;
    }
    text[text[length - 1] == '.' ? length - 1 : length] = '\0';
}

void number_fixed(char *text, size_t size, double value, int decimals)
{
    enum { GROUP = 3, UNGROUPED = 4 };
    char plain[512];
    snprintf(plain, sizeof plain, "%.*f", decimals, fabs(value));
    cut_zeros(plain);
    size_t whole = strcspn(plain, "."), used = 0;
    bool is_zero = !strcmp(plain, "0");
    used += (size_t)snprintf(text, size, "%s", value < 0 && !is_zero ? MINUS : "");
    for (size_t i = 0; plain[i] && used < size; i++) {
        bool begins = i > 0 && i < whole && (whole - i) % GROUP == 0 && whole > UNGROUPED;
        used += (size_t)snprintf(text + used, size - used, "%s%c", begins ? THIN_SPACE : "",
                                 plain[i]);
    }
}

void number_show(char *text, size_t size, double value, int digits_wanted)
{
    if (!isfinite(value)) {
        snprintf(text, size, "%s", isnan(value) ? "nan" : value < 0 ? MINUS "\u221e" : "\u221e");
        return;
    }
    char scientific[NUMBER_SIZE];
    snprintf(scientific, sizeof scientific, "%.*e", digits_wanted - 1, value);
    char *mark = strchr(scientific, 'e');
    int exponent = (int)strtol(mark + 1, NULL, 10);
    if (value == 0 || (exponent >= NUMBER_PLAIN_MIN && exponent <= NUMBER_PLAIN_MAX)) {
        int decimals = digits_wanted - 1 - exponent;
        number_fixed(text, size, strtod(scientific, NULL), decimals > 0 ? decimals : 0);
        return;
    }
    *mark = '\0';
    double mantissa = strtod(scientific, NULL);
    number_fixed(text, size, mantissa, digits_wanted - 1);
    snprintf(text + strlen(text), size - strlen(text), "\u00d710^{%d}", exponent);
}
