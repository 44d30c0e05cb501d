#include "table.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "lines.h"
#include "terminal.h"

void table_add(struct table *table, const char *text)
{
    table->cells = memory_grow(table->cells, table->count, &table->capacity, sizeof *table->cells);
    table->cells[table->count++] = text ? text : "";
}

void table_finish(struct table *table)
{
    free(table->cells);
    arena_finish(&table->arena);
    *table = (struct table){ 0 };
}

size_t table_columns(const struct table *table)
{
    size_t count = 0;
    while (count < TABLE_COLUMNS_MAX && table->columns[count]) {
        count++;
    }
    return count;
}

/* Of what stands below its row's first cell. */
enum { INDENT = 4 };

/* Where the lines of a table's text end. */
struct shape {
    size_t columns, widths[TABLE_COLUMNS_MAX];
    size_t width;  /* of a line; 0: it may be of any */
    size_t indent; /* of the last column where it is wrapped, or stands below the others; or 0 */
    bool is_below;
    bool is_block; /* the columns have no place at all: each cell has a line */
};

/* So many cells, padded only where something follows. */
static const char *join_cells(const char *const *cells, size_t count, const struct shape *shape,
                              struct arena *arena)
{
    const char *text = "";
    int owed = 0;
    for (size_t column = 0; column < count; column++) {
        if (*cells[column]) {
            text = arena_printf(arena, "%s%*s%s", text, owed, "", cells[column]);
            owed = 0;
        }
        owed += (int)(shape->widths[column] - lines_text_width(cells[column])) + 2;
    }
    return text;
}

static void print_row(const char *const *cells, const struct shape *shape, FILE *stream)
{
    struct arena arena = { 0 };
    size_t before = shape->columns - (shape->indent > 0);
    const char *line = join_cells(cells, before, shape, &arena);
    const char *last = shape->indent ? cells[before] : "";
    if (*last && shape->is_below) {
        fprintf(stream, "%s\n", line);
        line = "";
    }
    int gap = *last ? (int)(shape->indent - lines_text_width(line)) : 0;
    lines_print(arena_printf(&arena, "%s%*s", line, gap, ""), last, shape->indent,
                shape->indent ? shape->width : 0, stream);
    arena_finish(&arena);
}

/* The first column's cell, and below it "column: value" of all others that are not empty. */
static void print_block(const char *const *names, const char *const *cells,
                        const struct shape *shape, FILE *stream)
{
    struct arena arena = { 0 };
    lines_print("", cells[0], INDENT, shape->width, stream);
    for (size_t column = 1; column < shape->columns; column++) {
        if (*cells[column]) {
            lines_print(arena_printf(&arena, "%*s%s: ", INDENT, "", names[column]),
                        cells[column], 2 * INDENT, shape->width, stream);
        }
    }
    arena_finish(&arena);
}

/* Finds how a table fits into its width. */
static struct shape shape_of(const struct table *table, size_t width)
{
    enum { ROOM = 30 }; /* that the last column needs beside the others */
    struct shape shape = { .columns = table_columns(table) };
    size_t before = 0;
    assert(shape.columns);
    for (size_t column = 0; column < shape.columns; column++) {
        size_t *widest = &shape.widths[column];
        *widest = lines_text_width(table->columns[column]);
        for (size_t i = column; i < table->count; i += shape.columns) {
            size_t own = lines_text_width(table->cells[i]);
            *widest = own > *widest ? own : *widest;
        }
        before += column + 1 < shape.columns ? *widest + 2 : 0;
    }
    bool fits = before + shape.widths[shape.columns - 1] <= width;
    if (width >= LINES_WIDTH_MIN && !fits && shape.columns > 1) {
        shape.width = width;
        shape.is_block = before > width + 2;
        shape.is_below = !shape.is_block && before + ROOM > width;
        shape.indent = shape.is_block ? 0 : shape.is_below ? INDENT : before;
    }
    return shape;
}

static void print_text(const struct table *table, FILE *stream)
{
    struct shape shape = shape_of(table, table->width ? table->width : terminal_columns(stream));
    if (!shape.is_block) {
        print_row(table->columns, &shape, stream);
    }
    for (size_t i = 0; i < table->count; i += shape.columns) {
        if (shape.is_block) {
            print_block(table->columns, table->cells + i, &shape, stream);
        } else {
            print_row(table->cells + i, &shape, stream);
        }
    }
}

static void print_json(const struct table *table, FILE *stream)
{
    size_t columns = table_columns(table);
    fprintf(stream, "  \"%s\": [", table->name);
    for (size_t i = 0; i < table->count; i++) {
        size_t column = i % columns;
        fputs(column ? ", " : i ? ",\n    {" : "\n    {", stream);
        json_print(table->columns[column], stream);
        fputs(": ", stream);
        json_print(table->cells[i], stream);
        fputs(column + 1 == columns ? "}" : "", stream);
    }
    fputs("\n  ]", stream);
}

static void print_roff_text(const char *text, FILE *stream)
{
    for (; *text; text++) {
        fputs(*text == '\\' ? "\\e" : *text == '-' ? "\\-" : (char[]){ *text, '\0' }, stream);
    }
}

/* The first column is the tag, the last one its text; what is between follows
 * on a line of its own. */
static void print_roff(const struct table *table, FILE *stream)
{
    size_t columns = table_columns(table);
    for (size_t i = 0; i < table->count; i += columns) {
        fputs(".TP\n.B ", stream);
        print_roff_text(table->cells[i], stream);
        fputc('\n', stream);
        print_roff_text(table->cells[i + columns - 1], stream);
        const char *before = "\n.br\n";
        for (size_t column = 1; column + 1 < columns; column++) {
            if (*table->cells[i + column]) {
                fprintf(stream, "%s%s: ", before, table->columns[column]);
                print_roff_text(table->cells[i + column], stream);
                before = "; ";
            }
        }
        fputc('\n', stream);
    }
}

void table_print(const struct table *table, enum table_style style, FILE *stream)
{
    static void (*const printers[])(const struct table *, FILE *) = {
        [TABLE_TEXT] = print_text, [TABLE_JSON] = print_json, [TABLE_ROFF] = print_roff
    };
    printers[style](table, stream);
}
