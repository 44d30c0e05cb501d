#include "summary.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "optimize/measure.h"
#include "table.h"

enum { SHOWN_DIGITS = 6, JSON_DIGITS = 9 };

/* What is said of every path; where it leaves follows. */
static const struct column {
    const char *heading, *key; /* for people, for programs */
    const char *measure;
    double argument;
} columns[] = {
    { "to 0.1", "arrival_0.1", "arrival", 0.1 },
    { "to 0.01", "arrival_0.01", "arrival", 0.01 },
    { "final loss", "final_loss", "final_loss", 0 },
    { "final distance", "final_distance", "final_distance", 0 },
    { "leaves", "leaves", "leaves", 0 },
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

/* A number, "never", or "-" for what the function gives no meaning. */
struct cell {
    char text[NUMBER_SIZE];
};

static struct cell cell_of(const struct column *column, const struct measured *of, int digits)
{
    const struct measure *measure = measure_find(column->measure);
    struct cell cell = { "-" };
    if (measure->needs_minimum && !of->objective->minimum_count) {
        return cell;
    }
    double value = measure->value(of, (double[QUANTITY_ARGUMENTS_MAX]){ 0, column->argument });
    if (measure->quantity.in_steps && isinf(value)) {
        return (struct cell){ "never" };
    }
    number_print(cell.text, value, digits);
    return cell;
}

/* Where the path leaves the drawn range, NULL when it stays. */
static const struct vec2 *exit_of(const struct measured *of)
{
    double step = measure_find("leaves")->value(of, NULL);
    return isinf(step) ? NULL : &of->path->points[(size_t)step];
}

/* "23 at 4.2, 0.01" */
static const char *show_cell(const struct column *column, const struct measured *of,
                             struct arena *arena)
{
    struct cell cell = cell_of(column, of, SHOWN_DIGITS);
    const struct vec2 *exit = strcmp(column->measure, "leaves") ? NULL : exit_of(of);
    if (!exit) {
        return arena_copy(arena, cell.text, strlen(cell.text));
    }
    char x[NUMBER_SIZE], y[NUMBER_SIZE];
    number_print(x, exit->x, SHOWN_DIGITS);
    number_print(y, exit->y, SHOWN_DIGITS);
    return arena_printf(arena, "%s at %s, %s", cell.text, x, y);
}

static void print_text(const struct findings *findings, const struct objective *objective,
                       const struct trajectory *trajectories, size_t count)
{
    struct table table = { .columns = { "optimizer" } };
    for (size_t k = 0; k < COLUMN_COUNT; k++) {
        table.columns[1 + k] = columns[k].heading;
    }
    for (size_t i = 0; i < count; i++) {
        struct measured of = { &trajectories[i], objective };
        table_add(&table, trajectories[i].label);
        for (size_t k = 0; k < COLUMN_COUNT; k++) {
            table_add(&table, show_cell(&columns[k], &of, &table.arena));
        }
    }
    fprintf(findings->stream, "%s:\n", findings->preset);
    table_print(&table, TABLE_TEXT, findings->stream);
    table_finish(&table);
}

/* Bare where JSON has such a number. */
static void print_value(const char *key, const char *text, FILE *stream)
{
    double value;
    bool is_number = number_parse(text, strlen(text), &value);
    const char *quote = is_number ? "" : "\"";
    fprintf(stream, ", \"%s\": ", key);
    if (!strcmp(text, "-")) {
        fputs("null", stream);
    } else {
        fprintf(stream, "%s%s%s", quote, text, quote);
    }
}

static void print_json(const struct findings *findings, const struct objective *objective,
                       const struct trajectory *trajectories, size_t count)
{
    FILE *stream = findings->stream;
    fputs(", \"optimizers\": [", stream);
    for (size_t i = 0; i < count; i++) {
        struct measured of = { &trajectories[i], objective };
        const struct vec2 *exit = exit_of(&of);
        char x[NUMBER_SIZE] = "-", y[NUMBER_SIZE] = "-";
        fputs(i ? ",\n   {\"optimizer\": " : "\n   {\"optimizer\": ", stream);
        json_print(trajectories[i].label, stream);
        for (size_t k = 0; k < COLUMN_COUNT; k++) {
            print_value(columns[k].key, cell_of(&columns[k], &of, JSON_DIGITS).text, stream);
        }
        if (exit) {
            number_print(x, exit->x, JSON_DIGITS);
            number_print(y, exit->y, JSON_DIGITS);
        }
        print_value("leaves_x", x, stream);
        print_value("leaves_y", y, stream);
        fputc('}', stream);
    }
    fputs("],\n  \"claims\": [", stream);
}

void summary_print(const struct findings *findings, const struct objective *objective,
                   const struct trajectory *trajectories, size_t count)
{
    if (findings->style == SUMMARY_TEXT) {
        print_text(findings, objective, trajectories, count);
    } else if (findings->style == SUMMARY_JSON) {
        print_json(findings, objective, trajectories, count);
    }
}

void summary_claim(const struct findings *findings, const struct claim *claim,
                   const struct verdict *verdict, bool is_first)
{
    FILE *stream = findings->stream;
    if (findings->style == SUMMARY_JSON) {
        fprintf(stream, "%s\n   {\"name\": \"%s\", \"holds\": %s, \"numbers\": \"%s\"}",
                is_first ? "" : ",", claim->name.text, verdict->holds ? "true" : "false",
                verdict->numbers);
    } else if (verdict->holds && findings->claims) {
        fprintf(stream, "%s: claim %s holds: %s\n", findings->preset, claim->name.text,
                verdict->numbers);
    }
}

void summary_print_object(const char *preset, bool ok, const char *findings, FILE *stream)
{
    fputs("\n {\"preset\": ", stream);
    json_print(preset, stream);
    fprintf(stream, ", \"ok\": %s%s]}", ok ? "true" : "false",
            *findings ? findings : ", \"optimizers\": [], \"claims\": [");
}

void summary_print_description(const char *preset, const char *description, FILE *stream)
{
    fputs("\n {\"preset\": ", stream);
    json_print(preset, stream);
    fprintf(stream, ", \"ok\": %s, \"description\": ", description ? "true" : "false");
    if (description) {
        json_print(description, stream);
    } else {
        fputs("null", stream);
    }
    fputc('}', stream);
}
