#include "table.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
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

/* Characters, not bytes: labels may hold accents and Greek. */
static size_t text_width(const char *text)
{
    size_t width = 0;
    for (; *text; text++) {
        width += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return width;
}

/* The bytes of so many characters of text, of all of it if there are fewer. */
static size_t bytes_of(const char *text, size_t characters)
{
    size_t bytes = 0;
    while (text[bytes] && (characters || ((unsigned char)text[bytes] & 0xC0) == 0x80)) {
        characters -= ((unsigned char)text[bytes++] & 0xC0) != 0x80;
    }
    return bytes;
}

/* Where the lines of a table's text end. */
struct shape {
    size_t columns, widths[TABLE_COLUMNS_MAX];
    size_t width;  /* of a line; 0: it may be of any */
    size_t indent; /* of the last column where it is wrapped, or stands below the others */
    bool is_below;
};

/* Text in lines from column indent on, where the first one has begun. */
static void print_wrapped(const char *text, size_t indent, size_t width, FILE *stream)
{
    size_t room = width - indent;
    while (text_width(text) > room) {
        size_t end = bytes_of(text, room), stop = end;
        while (stop && text[stop] != ' ') {
            stop--;
        }
        stop = stop ? stop : end;
        fprintf(stream, "%.*s\n%*s", (int)stop, text, (int)indent, "");
        text += stop + strspn(text + stop, " ");
    }
    fprintf(stream, "%s\n", text);
}

/* So many cells, padded only where something follows, cut where the line ends. */
static const char *join_cells(const char *const *cells, size_t count, const struct shape *shape,
                              struct arena *arena)
{
    static const char CUT[] = "...";
    const char *text = "";
    int owed = 0;
    for (size_t column = 0; column < count; column++) {
        if (*cells[column]) {
            text = arena_printf(arena, "%s%*s%s", text, owed, "", cells[column]);
            owed = 0;
        }
        owed += (int)(shape->widths[column] - text_width(cells[column])) + 2;
    }
    return !shape->width || text_width(text) <= shape->width
               ? text : arena_printf(arena, "%.*s%s",
                                     (int)bytes_of(text, shape->width - strlen(CUT)), text, CUT);
}

static void print_row(const char *const *cells, const struct shape *shape, FILE *stream)
{
    struct arena arena = { 0 };
    size_t before = shape->columns - (shape->indent > 0);
    const char *line = join_cells(cells, before, shape, &arena);
    const char *last = shape->indent ? cells[before] : "";
    fputs(line, stream);
    if (*last) {
        int gap = (int)(shape->indent - (shape->is_below ? 0 : text_width(line)));
        fprintf(stream, "%s%*s", shape->is_below ? "\n" : "", gap, "");
        print_wrapped(last, shape->indent, shape->width, stream);
    } else {
        fputc('\n', stream);
    }
    arena_finish(&arena);
}

/* Finds how a table fits into its width. */
static struct shape shape_of(const struct table *table, size_t width)
{
    enum { ROOM = 30, INDENT = 4 };
    struct shape shape = { .columns = table_columns(table) };
    size_t before = 0;
    assert(shape.columns);
    for (size_t column = 0; column < shape.columns; column++) {
        size_t *widest = &shape.widths[column];
        *widest = text_width(table->columns[column]);
        for (size_t i = column; i < table->count; i += shape.columns) {
            size_t own = text_width(table->cells[i]);
            *widest = own > *widest ? own : *widest;
        }
        before += column + 1 < shape.columns ? *widest + 2 : 0;
    }
    bool fits = !width || before + shape.widths[shape.columns - 1] <= width;
    shape.is_below = before + ROOM > width;
    shape.width = width > ROOM ? width : 0;
    if (!fits && shape.columns > 1 && shape.width) {
        shape.indent = shape.is_below ? INDENT : before;
    }
    return shape;
}

static void print_text(const struct table *table, FILE *stream)
{
    struct shape shape = shape_of(table, table->width ? table->width : terminal_columns(stream));
    print_row(table->columns, &shape, stream);
    for (size_t i = 0; i < table->count; i += shape.columns) {
        print_row(table->cells + i, &shape, stream);
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
