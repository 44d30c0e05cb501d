/* What the test programs share. */
#ifndef TESTS_SUPPORT_H
#define TESTS_SUPPORT_H

#include <stddef.h>

#include <check.h>

/* The path of a file below tests/, valid until the next four calls. */
const char *test_path(const char *name);

/* A CSV file of numbers with one header line. Cells that are not numbers are
 * NAN; text cells can be read from lines. */
struct table {
    size_t rows, columns;
    double *cells; /* row-major */
    char **names;  /* of the columns */
    char ***texts; /* texts[row][column] */
};

/* Reads it or fails the test. */
struct table table_read(const char *path);
double table_at(const struct table *table, size_t row, const char *column);
const char *table_text(const struct table *table, size_t row, const char *column);
void table_free(struct table *table);

/* The whole file, NUL-terminated; fails the test when it cannot be read. */
char *file_read(const char *path, size_t *size);

/* Runs the suite, prints Check's lines and returns main's status. */
int run_suite(Suite *suite);

#endif
