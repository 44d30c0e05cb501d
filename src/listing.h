/* What there is to choose from, straight from the stages' tables. */
#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"
#include "table.h"

/* Prints the table called name, or all of them for NULL. An unknown name is
 * an ERROR_USAGE. */
bool listing_print(const char *name, enum table_style style, FILE *stream, struct error *err);

/* The name of the index-th table; NULL behind the last one. */
const char *listing_name(size_t index);

/* The first table that has a row of this name, or NULL. */
const char *listing_with(const char *name);

/* Adds the rows of the table called name, for others to read. table->columns
 * is set too; the caller finishes the table. */
void listing_fill(const char *name, struct table *table);

#endif
