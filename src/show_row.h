/* What show prints of a row of a table: a method, a schedule or a wrapper. */
#ifndef SHOW_ROW_H
#define SHOW_ROW_H

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/suggest.h"
#include "optimize/optimizer.h"

/* Prints the row that is called so, for people or as JSON; false when there is none. */
bool show_row(const char *name, bool json, FILE *stream);

/* Offers the names of all rows. */
void show_row_suggest(struct suggestion *near);

/* "  NAME        VALUE", where there is a value, wrapped on a terminal. */
void show_fact(const char *name, const char *value, FILE *stream);

/* A line of its own, wrapped on a terminal. */
void show_line(const char *text, FILE *stream);

/* ",\n  "KEY": VALUE" of a JSON object; null for NULL. */
void show_json_field(const char *key, const char *value, FILE *stream);

/* A number in JSON, null where it has no such. */
void show_json_number(double value, FILE *stream);

/* The method's own weight decay: "0.01, in keras3 0.004", "" where there is none. */
const char *show_decay(const struct optimizer *optimizer, struct arena *arena);

#endif
