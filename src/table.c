#include "table.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"

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

static size_t column_count(const struct table *table)
{
    size_t count = 0;
    while (count < TABLE_COLUMNS_MAX && table->columns[count]) {
        count++;
    }
    return count;
}

/* Characters, not bytes: labels may hold accents and Greek. */
static size_t text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++) {
        width += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return width;
}

/* One line; cells are padded only when something follows. */
static void print_line(const char *const *cells, size_t columns, const size_t *widths, FILE *stream)
{
    int owed = 0;
    for (size_t column = 0; column < columns; column++) {
        if (*cells[column]) {
            fprintf(stream, "%*s%s", owed, "", cells[column]);
            owed = 0;
        }
        owed += (int)(widths[column] - text_width(cells[column])) + 2;
    }
    fputc('\n', stream);
}

static void print_text(const struct table *table, FILE *stream)
{
    size_t columns = column_count(table), widths[TABLE_COLUMNS_MAX];
    assert(columns);
    for (size_t column = 0; column < columns; column++) {
        widths[column] = text_width(table->columns[column]);
    }
    for (size_t i = 0; i < table->count; i++) {
        size_t width = text_width(table->cells[i]);
        widths[i % columns] = width > widths[i % columns] ? width : widths[i % columns];
    }
    print_line(table->columns, columns, widths, stream);
    for (size_t i = 0; i < table->count; i += columns) {
        print_line(table->cells + i, columns, widths, stream);
    }
}

static void print_json(const struct table *table, FILE *stream)
{
    size_t columns = column_count(table);
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
    size_t columns = column_count(table);
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
