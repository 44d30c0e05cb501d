/* Numbers as presets write them: a decimal point, whatever the locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the longest decimal number ("12", "-.5", "+1.5e-3") that text
 * begins with, 0 when there is none. No hex, no "inf", no "nan". */
size_t number_scan(const char *text, size_t length);

/* Reads text as one whole decimal number, correctly rounded. False when it is
 * not one; an overflow gives an infinity for the caller to refuse. */
bool number_parse(const char *text, size_t length, double *value);

/* Room for any number that number_print writes. */
enum { NUMBER_SIZE = 32 };

/* Writes value with so many significant digits (9 hold a float, 17 a double),
 * without trailing zeros; "inf", "-inf" and "nan" are spelled so. */
void number_print(char text[NUMBER_SIZE], double value, int digits);

#endif
