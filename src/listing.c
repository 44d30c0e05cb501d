#include "listing.h"

#include <string.h>

#include "base/number.h"
#include "base/suggest.h"
#include "cli.h"
#include "load/keys.h"
#include "model/catalogue.h"
#include "model/functions.h"
#include "optimize/measure.h"
#include "optimize/optimizer.h"
#include "optimize/schedule.h"
#include "optimize/wrapper.h"
#include "plot/colormap.h"
#include "plot/style.h"
#include "show_row.h"
#include "write/sink.h"

/* Digits of numbers that people read, and minima in one line. */
enum { SHOWN_DIGITS = 9, SHOWN_MINIMA = 4 };

/* Limits beyond this only keep arithmetic safe; they are not worth a reader's time. */
static const double TELLING_LIMIT = 1e9;

static const char *show_number(struct arena *arena, double value)
{
    char text[NUMBER_SIZE];
    number_print(text, value, SHOWN_DIGITS);
    return arena_copy(arena, text, strlen(text));
}

static const char *show_range(struct arena *arena, struct range range)
{
    return arena_printf(arena, "%s .. %s", show_number(arena, range.lo),
                        show_number(arena, range.hi));
}

static const char *show_point(struct arena *arena, struct vec2 point)
{
    return arena_printf(arena, "%s, %s", show_number(arena, point.x), show_number(arena, point.y));
}

/* The minima as a preset states them, the first of many. */
static const char *show_minima(struct arena *arena, const struct catalogue_entry *entry)
{
    const char *text = entry->minimum_count ? "" : "none";
    for (size_t i = 0; i < entry->minimum_count && i < SHOWN_MINIMA; i++) {
        text = arena_printf(arena, "%s%s%s", text, i ? " | " : "",
                            show_point(arena, entry->minima[i]));
    }
    return entry->minimum_count <= SHOWN_MINIMA
               ? text : arena_printf(arena, "%s and %zu more", text,
                                     entry->minimum_count - SHOWN_MINIMA);
}

/* "a = 1, b = 100" */
static const char *show_parameters(struct arena *arena, const struct catalogue_entry *entry)
{
    const char *text = "";
    for (const struct catalogue_parameter *p = entry->parameters; p->name; p++) {
        text = arena_printf(arena, "%s%s%s = %s", text, *text ? ", " : "", p->name, p->standard);
    }
    return text;
}

static void fill_functions(struct table *table)
{
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, entries[i].name);
        table_add(table, entries[i].title);
        table_add(table, show_range(&table->arena, entries[i].x));
        table_add(table, show_range(&table->arena, entries[i].y));
        table_add(table, show_minima(&table->arena, &entries[i]));
        table_add(table, show_parameters(&table->arena, &entries[i]));
        table_add(table, entries[i].formula);
    }
}

static void fill_optimizers(struct table *table)
{
    size_t count;
    const struct optimizer *const *optimizers = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        const char *names = "";
        for (const struct parameter *p = optimizers[i]->parameters; p->name; p++) {
            names = arena_printf(&table->arena, "%s%s%s", names, *names ? ", " : "", p->name);
        }
        table_add(table, optimizers[i]->name);
        table_add(table, names);
        table_add(table, show_decay(optimizers[i], &table->arena));
        table_add(table, optimizers[i]->title);
    }
}

static const char *dialect_name(enum dialect dialect)
{
    return key_find("problem", "dialect")->choices[dialect];
}

static void fill_dialects(struct table *table)
{
    static const char *const help[DIALECT_COUNT] = {
        [DIALECT_TENSORFLOW1] = "TensorFlow 1's training operations, which made the article",
        [DIALECT_TEXTBOOK] = "as the article prints the methods, those that it lacks as papers do",
        [DIALECT_PYTORCH] = "torch.optim",
        [DIALECT_KERAS3] = "Keras 3",
    };
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        table_add(table, dialect_name(dialect));
        table_add(table, help[dialect]);
    }
}

static void fill_colormaps(struct table *table)
{
    size_t count;
    const struct colormap *colormaps = colormap_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, colormaps[i].name);
        table_add(table, colormaps[i].help);
    }
}

static void fill_themes(struct table *table)
{
    size_t count;
    const struct theme *themes = theme_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, themes[i].name);
        table_add(table, themes[i].help);
    }
}

static void fill_formats(struct table *table)
{
    static const char *const kinds[] = {
        [FORMAT_FILM] = "film", [FORMAT_BITMAP] = "still", [FORMAT_VECTOR] = "still",
        [FORMAT_DATA] = "data"
    };
    size_t count;
    const struct format *const *formats = format_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, formats[i]->name);
        table_add(table, kinds[formats[i]->kind]);
        table_add(table, formats[i]->help);
    }
}

/* "-90 .. 90", "linear, log" or "" */
static const char *show_values(struct arena *arena, const struct key *key)
{
    if (!key->choices) {
        bool telling = key->min < key_max(key) && key_max(key) < TELLING_LIMIT;
        return telling ? show_range(arena, (struct range){ key->min, key_max(key) }) : "";
    }
    const char *text = "";
    for (const char *const *choice = key->choices; *choice; choice++) {
        text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", *choice);
    }
    return text;
}

static void fill_keys(struct table *table)
{
    size_t count;
    const struct key *keys = key_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct key *key = &keys[i];
        table_add(table, arena_printf(&table->arena, "%s.%s", key->section, key->name));
        table_add(table, key_type_name(key->type));
        table_add(table, key->standard);
        table_add(table, show_values(&table->arena, key));
        table_add(table, key->unit);
        table_add(table, key->help);
    }
}

static void fill_intrinsics(struct table *table)
{
    size_t count;
    const struct function *functions = function_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, functions[i].name);
        table_add(table, functions[i].arguments);
        table_add(table, functions[i].help);
    }
}

static void fill_measures(struct table *table)
{
    size_t count;
    const struct measure *measures = measure_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, measures[i].quantity.name);
        table_add(table, measures[i].quantity.arguments);
        table_add(table, measures[i].quantity.help);
    }
}

static void fill_schedules(struct table *table)
{
    size_t count;
    const struct schedule_kind *kinds = schedule_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, kinds[i].name);
        table_add(table, schedule_example(&kinds[i], &table->arena));
        table_add(table, schedule_usage(&kinds[i], &table->arena));
        table_add(table, kinds[i].formula);
        table_add(table, kinds[i].source);
        table_add(table, kinds[i].help);
    }
}

static void fill_wrappers(struct table *table)
{
    size_t count;
    const struct wrapper *const *wrappers = wrapper_list(&count);
    for (size_t i = 0; i < count; i++) {
        table_add(table, wrappers[i]->name);
        table_add(table, wrapper_usage(wrappers[i], &table->arena));
        table_add(table, wrappers[i]->rule);
        table_add(table, wrappers[i]->source);
        table_add(table, wrappers[i]->help);
    }
}

static void fill_commands(struct table *table)
{
    for (enum command command = 0; command < COMMAND_COUNT; command++) {
        struct command_help help = cli_command_help(command);
        table_add(table, arena_printf(&table->arena, "optrender %s", help.usage));
        table_add(table, help.help);
    }
}

static void fill_options(struct table *table)
{
    struct option_help option;
    for (size_t i = 0; cli_option_help(i, &option); i++) {
        table_add(table, arena_copy(&table->arena, option.spelling, strlen(option.spelling)));
        table_add(table, option.help);
    }
}

static void fill_limits(struct table *table)
{
    for (enum limit limit = LIMIT_NONE + 1; limit < LIMIT_COUNT; limit++) {
        const struct limit_row *row = limit_row(limit);
        table_add(table, row->name);
        table_add(table, row->standard ? arena_printf(&table->arena, "%ld", row->standard)
                                       : "none");
        table_add(table, arena_printf(&table->arena, "--%s", row->option));
        table_add(table, row->help);
    }
}

/* In the order of printing. */
static const struct listing {
    const char *name;
    const char *columns[TABLE_COLUMNS_MAX];
    void (*fill)(struct table *table);
} listings[] = {
    { "functions", { "name", "title", "x", "y", "minima", "parameters", "formula" },
      fill_functions },
    { "optimizers", { "name", "parameters", "weight_decay", "title" }, fill_optimizers },
    { "dialects", { "name", "help" }, fill_dialects },
    { "colormaps", { "name", "help" }, fill_colormaps },
    { "themes", { "name", "help" }, fill_themes },
    { "formats", { "name", "kind", "help" }, fill_formats },
    { "keys", { "name", "type", "default", "values", "unit", "help" }, fill_keys },
    { "intrinsics", { "name", "arguments", "help" }, fill_intrinsics },
    { "measures", { "name", "arguments", "help" }, fill_measures },
    { "schedules", { "name", "example", "arguments", "formula", "source", "help" },
      fill_schedules },
    { "wrappers", { "name", "arguments", "rule", "source", "help" }, fill_wrappers },
    { "commands", { "usage", "help" }, fill_commands },
    { "options", { "name", "help" }, fill_options },
    { "limits", { "name", "default", "option", "help" }, fill_limits },
};
enum { LISTING_COUNT = sizeof listings / sizeof *listings };

const char *listing_name(size_t index)
{
    return index < LISTING_COUNT ? listings[index].name : NULL;
}

void listing_fill(const char *name, struct table *table)
{
    for (size_t i = 0; i < LISTING_COUNT; i++) {
        if (!strcmp(name, listings[i].name)) {
            memcpy(table->columns, listings[i].columns, sizeof table->columns);
            listings[i].fill(table);
        }
    }
}

const char *listing_with(const char *name)
{
    for (size_t i = 0; i < LISTING_COUNT; i++) {
        struct table table = { .name = listings[i].name };
        bool is_there = false;
        listing_fill(listings[i].name, &table);
        size_t columns = table_columns(&table);
        for (size_t k = 0; k < table.count; k += columns) {
            is_there |= !strcmp(table.cells[k], name);
        }
        table_finish(&table);
        if (is_there) {
            return listings[i].name;
        }
    }
    return NULL;
}

static void print_listing(const struct listing *listing, enum table_style style, FILE *stream)
{
    struct table table = { .name = listing->name };
    memcpy(table.columns, listing->columns, sizeof table.columns);
    listing->fill(&table);
    table_print(&table, style, stream);
    table_finish(&table);
}

static bool unknown_listing(const char *name, struct error *err)
{
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    for (size_t i = 0; i < LISTING_COUNT; i++) {
        suggestion_offer(&near, listings[i].name);
    }
    char hint[80];
    suggestion_text(&near, hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "there is no list of '%s'%s", name, hint);
}

bool listing_print(const char *name, enum table_style style, FILE *stream, struct error *err)
{
    size_t printed = 0;
    for (size_t i = 0; i < LISTING_COUNT; i++) {
        if (name && strcmp(name, listings[i].name)) {
            continue;
        }
        if (style == TABLE_JSON) {
            fputs(printed ? ",\n" : "{\n", stream);
        } else if (style == TABLE_TEXT && !name) {
            fprintf(stream, "%s%s:\n", printed ? "\n" : "", listings[i].name);
        }
        print_listing(&listings[i], style, stream);
        printed++;
    }
    if (printed && style == TABLE_JSON) {
        fputs("\n}\n", stream);
    }
    return printed || unknown_listing(name, err);
}
