#include "show.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/number.h"
#include "base/suggest.h"
#include "batch.h"
#include "confine.h"
#include "load/keys.h"
#include "model/catalogue.h"
#include "model/critical.h"
#include "optimize/optimizer.h"
#include "table.h"

/* Digits of numbers that people read, and programs; and how many points of a kind people do. */
enum { SHOWN_DIGITS = 9, JSON_DIGITS = 17, SHOWN_POINTS = 25 };

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

/* "  NAME        VALUE", where there is a value. */
static void print_fact(const char *name, const char *value, FILE *stream)
{
    if (value) {
        fprintf(stream, "  %-12s %s\n", name, value);
    }
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
        fputs("There are more than were searched for.\n", stream);
    }
    table_finish(&table);
}

static void print_lets(const struct subject *subject, struct arena *arena, FILE *stream)
{
    for (size_t i = 0; i < subject->objective->let_count; i++) {
        const struct let *let = &subject->objective->lets[i];
        const char *help = lets_help(subject, let);
        print_fact(help ? "parameter" : "let",
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
    fprintf(stream, "%s: %s\n\n  f(x, y) = %s\n\n", subject->name ? subject->name : entry->name,
            entry ? entry->title : "a formula", objective->formula);
    print_fact("also called", entry ? entry->alias : NULL, stream);
    print_lets(subject, &arena, stream);
    print_fact("x", arena_printf(&arena, "%s .. %s", show_number(&arena, objective->x.lo),
                                 show_number(&arena, objective->x.hi)), stream);
    print_fact("y", arena_printf(&arena, "%s .. %s", show_number(&arena, objective->y.lo),
                                 show_number(&arena, objective->y.hi)), stream);
    print_fact("start", show_point(&arena, objective->start), stream);
    for (size_t i = 0; i < objective->minimum_count; i++) {
        struct vec2 at = objective->minima[i];
        double value = objective_gradient(objective, at, PRECISION_DOUBLE).f;
        print_fact("minimum", arena_printf(&arena, "f(%s) = %s", show_point(&arena, at),
                                           show_number(&arena, value)), stream);
    }
    print_fact("minimum", objective->minimum_count ? NULL : "none", stream);
    print_fact("note", entry ? entry->note : NULL, stream);
    print_fact("source", entry ? entry->source : NULL, stream);
    print_points(subject, stream);
    arena_finish(&arena);
}

static void json_field(const char *key, const char *value, FILE *stream)
{
    fprintf(stream, ",\n  \"%s\": ", key);
    if (value) {
        json_print(value, stream);
    } else {
        fputs("null", stream);
    }
}

/* null where JSON has no such number. */
static void json_number(double value, FILE *stream)
{
    char text[NUMBER_SIZE];
    number_print(text, value, JSON_DIGITS);
    fputs(isfinite(value) ? text : "null", stream);
}

static void json_pair(const char *key, double a, double b, FILE *stream)
{
    fprintf(stream, "\"%s\": [", key);
    json_number(a, stream);
    fputs(", ", stream);
    json_number(b, stream);
    fputc(']', stream);
}

/* "x": .., "y": .., "value": .. */
static void json_place(struct vec2 at, double value, FILE *stream)
{
    fputs("\"x\": ", stream);
    json_number(at.x, stream);
    fputs(", \"y\": ", stream);
    json_number(at.y, stream);
    fputs(", \"value\": ", stream);
    json_number(value, stream);
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
    json_field("function", entry ? entry->name : NULL, stream);
    json_field("title", entry ? entry->title : NULL, stream);
    json_field("formula", objective->formula, stream);
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
        json_place(at, objective_gradient(objective, at, PRECISION_DOUBLE).f, stream);
        fputc('}', stream);
    }
    fputc(']', stream);
    json_field("note", entry ? entry->note : NULL, stream);
    json_field("source", entry ? entry->source : NULL, stream);
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

static const char *dialect_name(enum dialect dialect)
{
    return key_find("problem", "dialect")->choices[dialect];
}

static const char *show_default(struct arena *arena, const struct parameter *parameter,
                                enum dialect dialect)
{
    double value = parameter->defaults[dialect];
    if (!parameter_exists(parameter, dialect)) {
        return "-";
    }
    if (isnan(value)) {
        return "required";
    }
    if (value == LEAST_VALUE) {
        return "the least";
    }
    const char *const *words = parameter_words(parameter);
    return words ? words[(size_t)value] : show_number(arena, value);
}

static void print_optimizer(const struct optimizer *optimizer, FILE *stream)
{
    fprintf(stream, "%s: %s\n\n", optimizer->name, optimizer->title);
    struct table table = { .columns = { "parameter" } };
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        fprintf(stream, "  %-12s %s\n", dialect_name(dialect), optimizer->rules[dialect]);
        table.columns[1 + dialect] = dialect_name(dialect);
    }
    fprintf(stream, "  %-12s %s\n\n", "source", optimizer->source);
    table.columns[1 + DIALECT_COUNT] = "values";
    table.columns[2 + DIALECT_COUNT] = "help";
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        char values[80];
        parameter_describe(p, values, sizeof values);
        table_add(&table, p->name);
        for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
            table_add(&table, show_default(&table.arena, p, dialect));
        }
        table_add(&table, arena_copy(&table.arena, values, strlen(values)));
        table_add(&table, p->help);
    }
    table_print(&table, TABLE_TEXT, stream);
    table_finish(&table);
}

/* A number or a word; null where the dialect has no such parameter. */
static void json_default(const char *shown, FILE *stream)
{
    double number;
    if (number_parse(shown, strlen(shown), &number)) {
        json_number(number, stream);
    } else if (strcmp(shown, "-")) {
        json_print(shown, stream);
    } else {
        fputs("null", stream);
    }
}

static void json_optimizer(const struct optimizer *optimizer, FILE *stream)
{
    struct arena arena = { 0 };
    fputs("{\n  \"name\": ", stream);
    json_print(optimizer->name, stream);
    json_field("title", optimizer->title, stream);
    json_field("source", optimizer->source, stream);
    fputs(",\n  \"rules\": {", stream);
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        fprintf(stream, "%s\n    \"%s\": ", dialect ? "," : "", dialect_name(dialect));
        json_print(optimizer->rules[dialect], stream);
    }
    fputs("\n  },\n  \"parameters\": [", stream);
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        fprintf(stream, "%s\n    {\"name\": \"%s\", \"help\": ",
                p == optimizer->parameters ? "" : ",", p->name);
        json_print(p->help, stream);
        fputs(", \"defaults\": {", stream);
        for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
            fprintf(stream, "%s\"%s\": ", dialect ? ", " : "", dialect_name(dialect));
            json_default(show_default(&arena, p, dialect), stream);
        }
        fputs("}}", stream);
    }
    fputs("\n  ]\n}\n", stream);
    arena_finish(&arena);
}

static bool unknown_name(const char *name, struct error *err)
{
    size_t count;
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&near, entries[i].name);
    }
    const struct optimizer *const *optimizers = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&near, optimizers[i]->name);
    }
    char hint[80];
    suggestion_text(&near, hint, sizeof hint);
    return error_set(err, ERROR_USAGE, "no function or optimizer is called '%s'%s", name, hint);
}

bool show_print(const struct cli *cli, FILE *stream, struct error *err)
{
    const char *name = cli->operands.items[0];
    const struct catalogue_entry *entry = catalogue_find(name, strlen(name));
    const struct optimizer *optimizer = optimizer_by_name(name);
    bool is_preset = !entry && !optimizer && (strpbrk(name, "./") || !access(name, R_OK)
                                              || !strcmp(name, "-"));
    if (is_preset) {
        return show_preset(cli, name, stream, err);
    }
    if (!entry && !optimizer) {
        return unknown_name(name, err);
    }
    if (cli->overrides.count) {
        return error_set(err, ERROR_USAGE, "--set goes with a preset; '%s' is none", name);
    }
    if (entry) {
        return show_entry(entry, cli->json, stream);
    }
    (cli->json ? json_optimizer : print_optimizer)(optimizer, stream);
    return true;
}
