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

/* Reads a number, pi or e, or several of them with * and / between, from left to right:
 * "3*pi", "-pi/2", "1/3". False when it is none of these; the value may be infinite or NaN. */
bool number_parse_product(const char *text, size_t length, double *value);

/* Room for any number that number_print writes. */
enum { NUMBER_SIZE = 32 };

/* Writes value with so many significant digits (9 hold a float, 17 a double),
 * without trailing zeros; "inf", "-inf" and "nan" are spelled so. */
void number_print(char text[NUMBER_SIZE], double value, int digits);

/* The shortest text of 15 digits or more that reads back as the same number. */
void number_print_shortest(char text[NUMBER_SIZE], double value);

/* Room for any number of up to 17 digits from number_show, and for one of up
 * to 17 digits in all from number_fixed. */
enum { NUMBER_SHOWN_SIZE = 64 };

/* Powers of ten that people read without an exponent. */
enum { NUMBER_PLAIN_MIN = -4, NUMBER_PLAIN_MAX = 5 };

/* For people: value with at most so many (1 to 17) significant digits and no
 * trailing zeros, a true minus sign (U+2212), thin spaces (U+2009) between
 * thousands from 10 000 on; from a million on and below 1e-4 as markup,
 * "1.5×10^{-7}". Not finite: "∞", "-∞" with that sign, "nan". */
void number_show(char *text, size_t size, double value, int digits);

/* The same, finite and without an exponent: rounded to so many decimals. */
void number_fixed(char *text, size_t size, double value, int decimals);

#endif
