/* Rows of text, printed aligned for people, as JSON for programs, or as the
 * tagged list of a manual page. The first column tells the rows apart, the
 * last one explains them. */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"

enum table_style { TABLE_TEXT, TABLE_JSON, TABLE_ROFF };

enum { TABLE_COLUMNS_MAX = 8 };

/* A zeroed table with its name and columns set is empty and ready. */
struct table {
    const char *name;
    const char *columns[TABLE_COLUMNS_MAX]; /* up to the first NULL */
    const char **cells;                     /* row by row */
    size_t count, capacity;                 /* of cells */
    size_t width; /* characters in a line of text; 0: those of the terminal, or any number */
    struct arena arena;                     /* for cells that are made */
};

/* Adds the next cell; the text is borrowed (make it in table->arena if need
 * be), NULL and "" leave the cell empty. */
void table_add(struct table *table, const char *text);

/* How many columns it has. */
size_t table_columns(const struct table *table);

/* Text that is wider than its line has the last column wrapped, below the others where these
 * leave no room for it; where they are too wide themselves, each row is a block: its first cell,
 * and below it a line for each other one that is not empty, "column: value". Nothing is cut. */
void table_print(const struct table *table, enum table_style style, FILE *stream);
void table_finish(struct table *table);

#endif
