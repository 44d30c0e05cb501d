#include "show.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/number.h"
#include "base/suggest.h"
#include "batch.h"
#include "confine.h"
#include "listing.h"
#include "model/catalogue.h"
#include "model/critical.h"
#include "show_row.h"
#include "starter.h"
#include "table.h"

/* Digits of numbers that people read, and how many points of a kind. */
enum { SHOWN_DIGITS = 9, SHOWN_POINTS = 25 };

static const char *show_number(struct arena *arena, double value)
{
    char text[NUMBER_SIZE];
    number_print(text, value, SHOWN_DIGITS);
    return arena_copy(arena, text, strlen(text));
}

static const char *show_point(struct arena *arena, struct vec2 point)
{
    return arena_printf(arena, "%s, %s", show_number(arena, point.x), show_number(arena, point.y));
}

/* A preset's function has no entry when it is a formula. */
struct subject {
    const char *name; /* of the preset, or NULL */
    const struct objective *objective;
    const struct catalogue_entry *entry;
    struct critical_points points;
};

static const char *lets_help(const struct subject *subject, const struct let *let)
{
    const struct catalogue_parameter *p = subject->entry ? subject->entry->parameters : NULL;
    while (p && p->name && strcmp(p->name, let->name.text)) {
        p++;
    }
    return p ? p->help : NULL;
}

static double value_at(const struct subject *subject, struct vec2 at)
{
    return critical_value(&subject->points,
                          objective_gradient(subject->objective, at, PRECISION_DOUBLE).f);
}

static void print_points(const struct subject *subject, FILE *stream)
{
    struct table table = { .columns = { "kind", "x", "y", "value", "eigenvalues" } };
    const struct critical_points *points = &subject->points;
    size_t of_kind[CRITICAL_SADDLE + 1] = { 0 }, hidden = 0;
    for (size_t i = 0; i < points->count; i++) {
        const struct critical_point *point = &points->items[i];
        const char *kind = critical_kind_name(point->kind);
        if (of_kind[point->kind]++ >= SHOWN_POINTS) {
            hidden++;
            continue;
        }
        table_add(&table, point->form == CRITICAL_REGULAR ? kind :
                  arena_printf(&table.arena, "%s (%s)", kind, critical_form_name(point->form)));
        table_add(&table, show_number(&table.arena, point->at.x));
        table_add(&table, show_number(&table.arena, point->at.y));
        table_add(&table, show_number(&table.arena, point->value));
        table_add(&table, isnan(point->eigenvalues.lo) ? "none" :
                  arena_printf(&table.arena, "%s, %s",
                               show_number(&table.arena, point->eigenvalues.lo),
                               show_number(&table.arena, point->eigenvalues.hi)));
    }
    fprintf(stream, "\nCritical points in the box:%s\n", points->count ? "" : " none found");
    if (points->count) {
        table_print(&table, TABLE_TEXT, stream);
    }
    if (hidden) {
        fprintf(stream, "... and %zu more, which --json prints\n", hidden);
    }
    if (points->is_cut) {
        fputs("The search ended early; there may be more.\n", stream);
    }
    table_finish(&table);
}

static void print_lets(const struct subject *subject, struct arena *arena, FILE *stream)
{
    for (size_t i = 0; i < subject->objective->let_count; i++) {
        const struct let *let = &subject->objective->lets[i];
        const char *help = lets_help(subject, let);
        show_fact(i < subject->objective->param_count ? "parameter" : "let",
                   arena_printf(arena, "%s = %.*s%s%s", let->name.text, (int)let->formula.length,
                                let->formula.text, help ? ": " : "", help ? help : ""),
                   stream);
    }
}

static void print_function(const struct subject *subject, FILE *stream)
{
    struct arena arena = { 0 };
    const struct objective *objective = subject->objective;
    const struct catalogue_entry *entry = subject->entry;
    show_line(arena_printf(&arena, "%s: %s", subject->name ? subject->name : entry->name,
                           entry ? entry->title : "a formula"), stream);
    fputc('\n', stream);
    show_line(arena_printf(&arena, "  f(x, y) = %s", objective->formula), stream);
    fputc('\n', stream);
    show_fact("also called", entry ? entry->alias : NULL, stream);
    print_lets(subject, &arena, stream);
    show_fact("x", arena_printf(&arena, "%s .. %s", show_number(&arena, objective->x.lo),
                                 show_number(&arena, objective->x.hi)), stream);
    show_fact("y", arena_printf(&arena, "%s .. %s", show_number(&arena, objective->y.lo),
                                 show_number(&arena, objective->y.hi)), stream);
    show_fact("start", show_point(&arena, objective->start), stream);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        double value = value_at(subject, at);
        show_fact("minimum", arena_printf(&arena, "f(%s) = %s", show_point(&arena, at),
                                           show_number(&arena, value)), stream);
    }
    show_fact("minimum", objective->minimum_count ? NULL : "none stated", stream);
    show_fact("note", entry ? entry->note : NULL, stream);
    show_fact("source", entry ? entry->source : NULL, stream);
    print_points(subject, stream);
    arena_finish(&arena);
}

static void json_pair(const char *key, double a, double b, FILE *stream)
{
    fprintf(stream, "\"%s\": [", key);
    show_json_number(a, stream);
    fputs(", ", stream);
    show_json_number(b, stream);
    fputc(']', stream);
}

/* "x": .., "y": .., "value": .. */
static void json_place(struct vec2 at, double value, FILE *stream)
{
    fputs("\"x\": ", stream);
    show_json_number(at.x, stream);
    fputs(", \"y\": ", stream);
    show_json_number(at.y, stream);
    fputs(", \"value\": ", stream);
    show_json_number(value, stream);
}

static void json_points(const struct critical_points *points, FILE *stream)
{
    fprintf(stream, ",\n  \"cut\": %s,\n  \"critical\": [", points->is_cut ? "true" : "false");
    for (size_t i = 0; i < points->count; i++) {
        const struct critical_point *point = &points->items[i];
        fprintf(stream, "%s\n    {\"kind\": \"%s\", \"form\": \"%s\", ", i ? "," : "",
                critical_kind_name(point->kind), critical_form_name(point->form));
        json_place(point->at, point->value, stream);
        fputs(", ", stream);
        json_pair("eigenvalues", point->eigenvalues.lo, point->eigenvalues.hi, stream);
        fputc('}', stream);
    }
    fputs("\n  ]\n}\n", stream);
}

static void json_function(const struct subject *subject, FILE *stream)
{
    const struct objective *objective = subject->objective;
    const struct catalogue_entry *entry = subject->entry;
    fputs("{\n  \"name\": ", stream);
    json_print(subject->name ? subject->name : entry->name, stream);
    show_json_field("function", entry ? entry->name : NULL, stream);
    show_json_field("title", entry ? entry->title : NULL, stream);
    show_json_field("formula", objective->formula, stream);
    fputs(",\n  \"lets\": {", stream);
    for (size_t i = 0; i < objective->let_count; i++) {
        fputs(i ? ", " : "", stream);
        json_print(objective->lets[i].name.text, stream);
        fputs(": ", stream);
        json_print(objective->lets[i].formula.text, stream);
    }
    fputs("},\n  ", stream);
    json_pair("x", objective->x.lo, objective->x.hi, stream);
    fputs(",\n  ", stream);
    json_pair("y", objective->y.lo, objective->y.hi, stream);
    fputs(",\n  ", stream);
    json_pair("start", objective->start.x, objective->start.y, stream);
    fputs(",\n  \"minima\": [", stream);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        fputs(i ? ", {" : "{", stream);
        json_place(at, value_at(subject, at), stream);
        fputc('}', stream);
    }
    fputc(']', stream);
    show_json_field("note", entry ? entry->note : NULL, stream);
    show_json_field("source", entry ? entry->source : NULL, stream);
    json_points(&subject->points, stream);
}

/* name is the preset's, NULL for an entry of the catalogue. */
static void show_function(const char *name, const struct objective *objective, bool json,
                          FILE *stream)
{
    struct subject subject = { name, objective,
                               catalogue_find(objective->name, strlen(objective->name)), { 0 } };
    critical_find(&subject.points, objective);
    (json ? json_function : print_function)(&subject, stream);
    critical_finish(&subject.points);
}

static bool show_entry(const struct catalogue_entry *entry, bool json, FILE *stream)
{
    struct report report = { 0 };
    struct problem_section problem = { .function = { .text = entry->name,
                                                     .length = strlen(entry->name) } };
    struct objective objective;
    bool good = objective_init(&objective, &problem, &report);
    if (good) {
        show_function(NULL, &objective, json, stream);
        objective_finish(&objective);
    }
    report_finish(&report);
    return good;
}

static bool show_preset(const struct cli *cli, const char *path, FILE *stream, struct error *err)
{
    struct preset preset = { 0 };
    struct report report = { 0 };
    struct objective objective;
    if (!limit_memory(1, err) || !confine_to_file(cli, path, err)) {
        return false;
    }
    bool is_read = preset_load(&preset, path, cli->overrides.items, cli->overrides.count, &report,
                               err);
    if (err->kind) {
        error_context(err, "%s", path);
    }
    bool good = !err->kind && objective_init(&objective, &preset.problem, &report);
    if (good && is_read) {
        show_function(preset.name, &objective, cli->json, stream);
    }
    report_print(&report, stderr, batch_color());
    if (good) {
        objective_finish(&objective);
    }
    preset_finish(&preset);
    report_finish(&report);
    return (good && is_read) || err->kind
        || error_set(err, ERROR_PRESET, "'%s' is not shown, for it is wrong", path);
}

static bool unknown_name(const char *name, struct error *err)
{
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    const char *listing = listing_with(name);
    if (listing) {
        return error_set(err, ERROR_USAGE, "'%s' is one of the %s, which 'optrender list %s' "
                         "explains", name, listing, listing);
    }
    catalogue_suggest(&near);
    show_row_suggest(&near);
    char hint[80];
    suggestion_text(&near, hint, sizeof hint);
    struct arena arena = { 0 };
    const char *shipped = starter_shipped(name, &arena);
    const char *preset = shipped ? arena_printf(&arena, " ('optrender show %s' shows the "
                                                "preset)", shipped) : "";
    error_set(err, ERROR_USAGE, "no function, optimizer, schedule or wrapper is called '%s'%s%s",
              name, preset, hint);
    arena_finish(&arena);
    return false;
}

bool show_print(const struct cli *cli, FILE *stream, struct error *err)
{
    const char *name = cli->operands.items[0];
    const struct catalogue_entry *entry = catalogue_find(name, strlen(name));
    struct suggestion row = { .wanted = name, .length = strlen(name) };
    show_row_suggest(&row);
    bool is_row = !entry && row.best && !strcmp(row.best, name);
    bool is_preset = !entry && !is_row && (strpbrk(name, "./") || !access(name, R_OK)
                                           || !strcmp(name, "-"));
    if (is_preset) {
        return show_preset(cli, name, stream, err);
    }
    if (!entry && !is_row) {
        return unknown_name(name, err);
    }
    if (cli->overrides.count) {
        return error_set(err, ERROR_USAGE, "--set goes with a preset; '%s' is none", name);
    }
    return entry ? show_entry(entry, cli->json, stream) : show_row(name, cli->json, stream);
}
