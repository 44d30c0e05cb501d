#include "base/number.h"

#include <assert.h>
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

/* The factor that text begins with, after white space; its end, or 0 when there is none. */
static size_t scan_factor(const char *text, size_t length, double *value)
{
    static const struct {
        const char *name;
        double value;
    } constants[] = { { "pi", 3.14159265358979323846 }, { "e", 2.71828182845904523536 } };
    size_t at = 0;
    while (at < length && text[at] == ' ') {
        at++;
    }
    size_t number = number_scan(text + at, length - at);
    if (number) {
        number_parse(text + at, number, value);
        return at + number;
    }
    size_t start = at + sign_at(text, at, length);
    for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
        size_t end = start + strlen(constants[i].name);
        if (end <= length && !strncmp(text + start, constants[i].name, end - start)) {
            *value = text[at] == '-' ? -constants[i].value : constants[i].value;
            return end;
        }
    }
    return 0;
}

bool number_parse_product(const char *text, size_t length, double *value)
{
    size_t at = scan_factor(text, length, value);
    for (size_t end = at; at; at = end) {
        double factor;
        while (at < length && text[at] == ' ') {
            at++;
        }
        if (at == length) {
            return true;
        }
        end = strchr("*/", text[at]) ? scan_factor(text + at + 1, length - at - 1, &factor) : 0;
        if (!end) {
            return false;
        }
        *value = text[at] == '*' ? *value * factor : *value / factor;
        end += at + 1;
    }
    return false;
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

void number_print_shortest(char text[NUMBER_SIZE], double value)
{
    double back = NAN;
    for (int wanted = 15; wanted <= 17 && back != value; wanted++) {
        number_print(text, value, wanted);
        number_parse(text, strlen(text), &back);
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

/* A number as printf writes it, for people; plain is used up. */
static void write_grouped(char *text, size_t size, char *plain)
{
    enum { GROUP = 3, UNGROUPED = 4 };
    cut_zeros(plain);
    bool is_negative = plain[0] == '-';
    const char *digit = plain + is_negative;
    is_negative = is_negative && strcmp(digit, "0") != 0;
    size_t whole = strcspn(digit, ".");
    size_t used = (size_t)snprintf(text, size, "%s", is_negative ? MINUS : "");
    for (size_t i = 0; digit[i] && used < size; i++) {
        bool begins = i > 0 && i < whole && (whole - i) % GROUP == 0 && whole > UNGROUPED;
        used += (size_t)snprintf(text + used, size - used, "%s%c", begins ? THIN_SPACE : "",
                                 digit[i]);
    }
}

void number_fixed(char *text, size_t size, double value, int decimals)
{
    char plain[512];
    snprintf(plain, sizeof plain, "%.*f", decimals, value);
    write_grouped(text, size, plain);
}

void number_show(char *text, size_t size, double value, int digits_wanted)
{
    if (!isfinite(value)) {
        snprintf(text, size, "%s", isnan(value) ? "nan" : value < 0 ? MINUS "\u221e" : "\u221e");
        return;
    }
    char plain[NUMBER_SIZE];
    snprintf(plain, sizeof plain, "%.*e", digits_wanted - 1, value);
    char *mark = strchr(plain, 'e');
    assert(mark);
    int exponent = (int)strtol(mark + 1, NULL, 10), decimals = digits_wanted - 1 - exponent;
    if (value != 0 && (exponent < NUMBER_PLAIN_MIN || exponent > NUMBER_PLAIN_MAX)) {
        *mark = '\0';
        write_grouped(text, size, plain);
        size_t used = strlen(text);
        snprintf(text + used, size - used, "\u00d710^{%d}", exponent);
    } else if (decimals > 0) {
        number_fixed(text, size, value, decimals);
    } else {
        number_fixed(text, size, strtod(plain, NULL), 0);
    }
}
