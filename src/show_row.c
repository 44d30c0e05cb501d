#include "show_row.h"

#include <math.h>
#include <string.h>

#include "base/json.h"
#include "base/number.h"
#include "lines.h"
#include "load/keys.h"
#include "optimize/regime.h"
#include "optimize/schedule.h"
#include "optimize/wrapper.h"
#include "table.h"
#include "terminal.h"

/* Digits of numbers that people read, and programs. */
enum { SHOWN_DIGITS = 9, JSON_DIGITS = 17 };

static const char *show_number(struct arena *arena, double value)
{
    char text[NUMBER_SIZE];
    number_print(text, value, SHOWN_DIGITS);
    return arena_copy(arena, text, strlen(text));
}

void show_fact(const char *name, const char *value, FILE *stream)
{
    if (value) {
        enum { INDENT = 15 };
        char head[INDENT + 1];
        snprintf(head, sizeof head, "  %-12s ", name);
        lines_print(head, value, INDENT, terminal_columns(stream), stream);
    }
}

void show_line(const char *text, FILE *stream)
{
    enum { HANGING = 4 };
    lines_print("", text, HANGING, terminal_columns(stream), stream);
}

void show_json_field(const char *key, const char *value, FILE *stream)
{
    fprintf(stream, ",\n  \"%s\": ", key);
    if (value) {
        json_print(value, stream);
    } else {
        fputs("null", stream);
    }
}

void show_json_number(double value, FILE *stream)
{
    char text[NUMBER_SIZE];
    number_print(text, value, JSON_DIGITS);
    fputs(isfinite(value) ? text : "null", stream);
}

/* --- methods */

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

/* Whether all dialects say the same; some may have none. */
static bool has_one_rule(const char *const *rules)
{
    bool same = true;
    for (enum dialect dialect = 1; dialect < DIALECT_COUNT; dialect++) {
        same &= rules[0] && rules[dialect] && !strcmp(rules[dialect], rules[0]);
    }
    return same;
}

static bool has_one_default(const struct parameter *parameter, struct arena *arena)
{
    const char *first = show_default(arena, parameter, 0);
    bool same = true;
    for (enum dialect dialect = 1; dialect < DIALECT_COUNT; dialect++) {
        same &= !strcmp(show_default(arena, parameter, dialect), first);
    }
    return same;
}

const char *show_decay(const struct optimizer *optimizer, struct arena *arena)
{
    const double *decay = optimizer->weight_decay;
    const char *text = show_number(arena, decay[0]);
    bool is_any = decay[0] != 0;
    for (enum dialect dialect = 1; dialect < DIALECT_COUNT; dialect++) {
        is_any |= decay[dialect] != 0;
        if (decay[dialect] != decay[0]) {
            text = arena_printf(arena, "%s, in %s %s", text, dialect_name(dialect),
                                show_number(arena, decay[dialect]));
        }
    }
    return is_any ? text : "";
}

/* NULL for methods that cannot have any. */
static const char *tell_decay(const struct optimizer *optimizer, struct arena *arena)
{
    const char *decay = show_decay(optimizer, arena), *coupling = "";
    bool is_mixed = false, first = regime_decouples(optimizer, 0);
    for (enum dialect dialect = 1; dialect < DIALECT_COUNT; dialect++) {
        if (regime_decouples(optimizer, dialect) != first) {
            coupling = arena_printf(arena, "%s, in %s %s", coupling, dialect_name(dialect),
                                    first ? "coupled" : "decoupled");
            is_mixed = true;
        }
    }
    return optimizer->alone ? NULL
           : arena_printf(arena, "%s; %s%s", *decay ? decay : "0 unless weight_decay says more",
                          first ? "decoupled from the gradient" : "coupled, a part of the gradient",
                          is_mixed ? coupling : "");
}

static void print_rules(const char *const *rules, FILE *stream)
{
    bool is_one = has_one_rule(rules);
    for (enum dialect dialect = 0; dialect < (is_one ? 1 : DIALECT_COUNT); dialect++) {
        show_fact(is_one ? "rule" : dialect_name(dialect), rules[dialect], stream);
    }
}

/* What switches make of the rules. */
static void print_alternatives(const struct optimizer *optimizer, FILE *stream)
{
    for (const struct alternative *other = optimizer->alternatives; other->when; other++) {
        fprintf(stream, "\n  with %s\n", other->when);
        print_rules(other->rules, stream);
    }
    fputs(optimizer->alternatives[0].when ? "\n" : "", stream);
}

/* A column for each dialect where one differs. */
static void print_parameters(const struct optimizer *optimizer, FILE *stream)
{
    struct table table = { .columns = { "parameter", "default" } };
    bool is_one = true;
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        is_one &= has_one_default(p, &table.arena);
    }
    const enum dialect dialects = is_one ? 1 : DIALECT_COUNT;
    for (enum dialect dialect = 0; dialect < dialects && !is_one; dialect++) {
        table.columns[1 + dialect] = dialect_name(dialect);
    }
    table.columns[1 + dialects] = "values";
    table.columns[2 + dialects] = "help";
    for (const struct parameter *p = optimizer->parameters; p->name; p++) {
        char values[80];
        parameter_describe(p, values, sizeof values);
        table_add(&table, p->name);
        for (enum dialect dialect = 0; dialect < dialects; dialect++) {
            table_add(&table, show_default(&table.arena, p, dialect));
        }
        table_add(&table, arena_copy(&table.arena, values, strlen(values)));
        table_add(&table, p->help);
    }
    table_print(&table, TABLE_TEXT, stream);
    table_finish(&table);
}

static void print_optimizer(const struct optimizer *optimizer, FILE *stream)
{
    struct arena arena = { 0 };
    show_line(arena_printf(&arena, "%s: %s", optimizer->name, optimizer->title), stream);
    fputc('\n', stream);
    print_rules(optimizer->rules, stream);
    print_alternatives(optimizer, stream);
    show_fact("weight decay", tell_decay(optimizer, &arena), stream);
    show_fact("source", optimizer->source, stream);
    fputc('\n', stream);
    print_parameters(optimizer, stream);
    arena_finish(&arena);
}

/* A number or a word; null where the dialect has no such parameter. */
static void json_default(const char *shown, FILE *stream)
{
    double number;
    if (number_parse(shown, strlen(shown), &number)) {
        show_json_number(number, stream);
    } else if (strcmp(shown, "-")) {
        json_print(shown, stream);
    } else {
        fputs("null", stream);
    }
}

/* null for methods that cannot have any. */
static void json_decay(const struct optimizer *optimizer, FILE *stream)
{
    if (optimizer->alone) {
        show_json_field("weight_decay", NULL, stream);
        return;
    }
    fputs(",\n  \"weight_decay\": {\"defaults\": {", stream);
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        fprintf(stream, "%s\"%s\": ", dialect ? ", " : "", dialect_name(dialect));
        show_json_number(optimizer->weight_decay[dialect], stream);
    }
    fputs("}, \"decoupled\": {", stream);
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        fprintf(stream, "%s\"%s\": %s", dialect ? ", " : "", dialect_name(dialect),
                regime_decouples(optimizer, dialect) ? "true" : "false");
    }
    fputs("}}", stream);
}

/* {"tensorflow1": "x -= lr*g", ...}, null where the dialect has no rule. */
static void json_rules(const char *const *rules, const char *indent, FILE *stream)
{
    fputc('{', stream);
    for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
        fprintf(stream, "%s\n%s  \"%s\": ", dialect ? "," : "", indent, dialect_name(dialect));
        if (rules[dialect]) {
            json_print(rules[dialect], stream);
        } else {
            fputs("null", stream);
        }
    }
    fprintf(stream, "\n%s}", indent);
}

static void json_alternatives(const struct optimizer *optimizer, FILE *stream)
{
    fputs(",\n  \"alternatives\": [", stream);
    for (const struct alternative *other = optimizer->alternatives; other->when; other++) {
        fprintf(stream, "%s\n    {\"when\": \"%s\", \"rules\": ",
                other == optimizer->alternatives ? "" : ",", other->when);
        json_rules(other->rules, "    ", stream);
        fputc('}', stream);
    }
    fputs("\n  ]", stream);
}

static void json_optimizer(const struct optimizer *optimizer, FILE *stream)
{
    struct arena arena = { 0 };
    fputs("{\n  \"name\": ", stream);
    json_print(optimizer->name, stream);
    show_json_field("title", optimizer->title, stream);
    show_json_field("source", optimizer->source, stream);
    fputs(",\n  \"rules\": ", stream);
    json_rules(optimizer->rules, "  ", stream);
    json_alternatives(optimizer, stream);
    fputs(",\n  \"parameters\": [", stream);
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
    fputs("\n  ]", stream);
    json_decay(optimizer, stream);
    fputs("\n}\n", stream);
    arena_finish(&arena);
}

/* --- schedules and wrappers, which are called with arguments */

/* What is shown of one, and its arguments, up to a nameless one. */
struct called {
    const char *name, *kind, *help;
    const char *formula_name, *formula;
    const char *example, *rates; /* rates NULL: it takes none */
    const char *source;
    const char *where;   /* what the formula's letters are; or NULL */
    const char *methods; /* that can have one; or NULL */
    const struct call_argument *arguments[ARGUMENTS_MAX + 1];
};

static const char *argument_values(const struct call_argument *argument, struct arena *arena)
{
    return arena_printf(arena, "%s .. %s%s%s", show_number(arena, argument->range.lo),
                        show_number(arena, argument->range.hi),
                        argument->is_whole ? ", whole" : "",
                        argument->is_list ? ", one or more that rise" : "");
}

static void print_called(const struct called *called, struct arena *arena, FILE *stream)
{
    struct table table = { .columns = { "argument", "default", "values" } };
    show_line(arena_printf(arena, "%s, a %s: %s", called->name, called->kind, called->help),
              stream);
    fputc('\n', stream);
    show_fact(called->formula_name, called->formula, stream);
    show_fact("where", called->where, stream);
    show_fact("rates", called->rates, stream);
    show_fact("methods", called->methods, stream);
    show_fact("example", called->example, stream);
    show_fact("source", called->source, stream);
    fputc('\n', stream);
    for (size_t i = 0; called->arguments[i]; i++) {
        const struct call_argument *argument = called->arguments[i];
        bool is_needed = isnan(argument->standard);
        table_add(&table, argument->name);
        table_add(&table, is_needed ? "required" : show_number(arena, argument->standard));
        table_add(&table, argument_values(argument, arena));
    }
    table_print(&table, TABLE_TEXT, stream);
    table_finish(&table);
}

static void json_called(const struct called *called, FILE *stream)
{
    fputs("{\n  \"name\": ", stream);
    json_print(called->name, stream);
    show_json_field("kind", called->kind, stream);
    show_json_field("help", called->help, stream);
    show_json_field(called->formula_name, called->formula, stream);
    show_json_field("rates", called->rates, stream);
    show_json_field("example", called->example, stream);
    show_json_field("source", called->source, stream);
    fputs(",\n  \"arguments\": [", stream);
    for (size_t i = 0; called->arguments[i]; i++) {
        const struct call_argument *argument = called->arguments[i];
        fprintf(stream, "%s\n    {\"name\": \"%s\", \"default\": ", i ? "," : "", argument->name);
        show_json_number(argument->standard, stream);
        fputs(", \"least\": ", stream);
        show_json_number(argument->range.lo, stream);
        fputs(", \"most\": ", stream);
        show_json_number(argument->range.hi, stream);
        fprintf(stream, ", \"whole\": %s, \"list\": %s}", argument->is_whole ? "true" : "false",
                argument->is_list ? "true" : "false");
    }
    fputs("\n  ]\n}\n", stream);
}

static const char *tell_rates(const struct schedule_kind *kind)
{
    return kind->rates_max == 1 ? "a, which is learning_rate unless it is given"
           : kind->rates_max > 2 ? "one more than steps at which they change; the first is "
                                   "learning_rate unless it is given"
           : isnan(kind->last) ? "a, which is learning_rate unless it is given, and b"
                               : "a, which is learning_rate unless it is given, and b, else 0";
}

/* That can have a wrapper. */
static const char *tell_methods(struct arena *arena)
{
    const char *text = "each that steps by a gradient, which is all but";
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0, told = 0; i < count; i++) {
        if (list[i]->alone) {
            text = arena_printf(arena, "%s%s %s", text, told++ ? "," : "", list[i]->name);
        }
    }
    return text;
}

static bool called_find(struct called *called, const char *name, struct arena *arena)
{
    size_t schedules, wrappers, count = 0;
    const struct schedule_kind *kinds = schedule_list(&schedules);
    const struct wrapper *const *list = wrapper_list(&wrappers);
    for (size_t i = 0; i < schedules; i++) {
        if (!strcmp(kinds[i].name, name)) {
            *called = (struct called){ name, "schedule", kinds[i].help, "formula",
                                       kinds[i].formula, schedule_example(&kinds[i], arena),
                                       tell_rates(&kinds[i]), kinds[i].source,
                                       "t counts updates from 0, T is how many; in a warmup of W "
                                       "the rate rises from 0, and both count from its end",
                                       NULL, { NULL } };
            for (; count < SCHEDULE_ARGUMENTS_MAX && kinds[i].arguments[count].name; count++) {
                called->arguments[count] = &kinds[i].arguments[count];
            }
            called->arguments[count] = &schedule_warmup;
            return true;
        }
    }
    for (size_t i = 0; i < wrappers; i++) {
        if (!strcmp(list[i]->name, name)) {
            *called = (struct called){ name, "wrapper", list[i]->help, "rule", list[i]->rule,
                                       arena_printf(arena, "%s(%s)", name,
                                                    wrapper_usage(list[i], arena)),
                                       NULL, list[i]->source, NULL, tell_methods(arena),
                                       { NULL } };
            for (; count < WRAPPER_ARGUMENTS_MAX && list[i]->arguments[count].name; count++) {
                called->arguments[count] = &list[i]->arguments[count];
            }
            return true;
        }
    }
    return false;
}

bool show_row(const char *name, bool json, FILE *stream)
{
    struct arena arena = { 0 };
    struct called called;
    const struct optimizer *optimizer = optimizer_by_name(name);
    bool is_called = !optimizer && called_find(&called, name, &arena);
    if (optimizer) {
        (json ? json_optimizer : print_optimizer)(optimizer, stream);
    } else if (is_called && json) {
        json_called(&called, stream);
    } else if (is_called) {
        print_called(&called, &arena, stream);
    }
    arena_finish(&arena);
    return optimizer || is_called;
}

void show_row_suggest(struct suggestion *near)
{
    size_t count;
    optimizer_suggest(near);
    const struct schedule_kind *kinds = schedule_list(&count);
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(near, kinds[i].name);
    }
    const struct wrapper *const *wrappers = wrapper_list(&count);
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(near, wrappers[i]->name);
    }
}
