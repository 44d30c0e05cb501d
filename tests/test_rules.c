/* Rules as people read them: reckoned as they are printed, they lead where the steps do. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "model/functions.h"
#include "model/scope.h"
#include "runs.h"

enum { NAMES_MAX = 48, ROWS = 24 };

/* What names stand for. */
struct memory {
    struct arena arena;
    struct let lets[NAMES_MAX]; /* whose formulas are numbers */
    double values[NAMES_MAX];
    size_t count;
    double x;
};

static double *recall(struct memory *memory, const char *name, size_t length)
{
    if (length == 1 && *name == 'x') {
        return &memory->x;
    }
    for (size_t i = 0; i < memory->count; i++) {
        const struct text *known = &memory->lets[i].name;
        if (known->length == length && !memcmp(known->text, name, length)) {
            return &memory->values[i];
        }
    }
    return NULL;
}

/* The place of a name's value, new ones being 0. */
static double *remember(struct memory *memory, const char *name, size_t length)
{
    double *known = recall(memory, name, length);
    if (known) {
        return known;
    }
    ck_assert_uint_lt(memory->count, NAMES_MAX);
    memory->lets[memory->count].name = text_at(arena_copy(&memory->arena, name, length), 0);
    memory->values[memory->count] = 0;
    return &memory->values[memory->count++];
}

static double reckon(struct memory *memory, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t name = name_scan(text + at, length - at);
        if (name && !function_find(text + at, name)) {
            remember(memory, text + at, name);
        }
        at += name ? name : 1;
    }
    for (size_t i = 0; i < memory->count; i++) {
        const char *number = arena_printf(&memory->arena, "%.17g", memory->values[i]);
        memory->lets[i].formula = text_at(number, 0);
    }
    struct problem_section problem = { .formula = text_at(arena_copy(&memory->arena, text, length),
                                                          0),
                                       .lets = memory->lets, .let_count = memory->count,
                                       .x = { true, { -1, 1 }, { 0 } },
                                       .y = { true, { -1, 1 }, { 0 } },
                                       .start = { true, { 0, 0 }, { 0 } } };
    struct report report = { 0 };
    struct objective objective;
    bool good = objective_init(&objective, &problem, &report);
    ck_assert_msg(good, "%.*s: %s", (int)length, text, good ? "" : report.entries[0].message);
    struct vec2 at = { memory->x, 0 };
    double value = objective_gradient(&objective, at, PRECISION_DOUBLE).f;
    objective_finish(&objective);
    report_finish(&report);
    return value;
}

/* "TARGET SIGN EXPRESSION[, WORDS]" of so many bytes; when it comes first, with what its words
 * say of that. */
static void obey(struct memory *memory, const char *text, size_t length, bool is_first)
{
    const char *equals = memchr(text, '=', length), *end = text + length, *words = equals;
    for (int depth = 0; words < end && (depth || strncmp(words, ", ", 2)); words++) {
        depth += (*words == '(') - (*words == ')');
    }
    text += strspn(text, " ");
    const char *begins = strstr(words, "at first ");
    if (is_first && begins && begins < end) {
        const char *name = begins + strlen("at first "), *value = strchr(name, '=') + 1;
        *remember(memory, name, name_scan(name, (size_t)(end - name)))
            = reckon(memory, value, (size_t)(end - value));
    }
    double value = reckon(memory, equals + 1, (size_t)(words - equals - 1));
    double *target = remember(memory, text, name_scan(text, length));
    *target = equals[-1] == '+' ? *target + value : equals[-1] == '-' ? *target - value : value;
}

/* What rules call a hyper-parameter by, if not by its name. */
static const char *short_name(const char *parameter)
{
    static const char *const names[][2] = {
        { "learning_rate", "lr" }, { "momentum", "mu" }, { "epsilon", "eps" }, { "decay", "rho" },
        { "dampening", "damp" }, { "learning_rate_decay", "lr_decay" },
        { "initial_accumulator", "a_0" }, { "momentum_decay", "psi" },
        { "final_learning_rate", "lr_f" }, { "hessian_power", "k" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i][0], parameter)) {
            return names[i][1];
        }
    }
    return parameter;
}

static void learn_parameters(struct memory *memory, const struct run *run)
{
    *remember(memory, "lambda", 6) = run->regime.weight_decay;
    for (size_t i = 0; run->optimizer->parameters[i].name; i++) {
        const char *name = short_name(run->optimizer->parameters[i].name);
        *remember(memory, name, strlen(name)) = run->parameters[i];
    }
}

/* Rules whose words speak of another point than x, of the other coordinate or of
 * some steps only; and what is no rule of one coordinate at all. */
static bool needs_more(const struct optimizer *optimizer, enum dialect dialect)
{
    const char *rule = optimizer->rules[dialect];
    return optimizer->alone || strstr(rule, "where g is the gradient at")
           || strstr(rule, "scalar product") || strstr(rule, "every interval steps");
}

static void follow(const struct ready *ready, const char *rule, struct memory *memory)
{
    struct trajectory path;
    trajectory_run(&path, &ready->run, &ready->objective);
    ck_assert_uint_eq(path.count, ROWS);
    for (size_t row = 0; row + 1 < ROWS; row++) {
        struct vec2 at = path.points[row];
        memory->x = at.x;
        struct jet jet = objective_jet(&ready->objective, at, PRECISION_DOUBLE);
        *remember(memory, "g", 1) = jet.fx;
        *remember(memory, "H", 1) = jet.fxx;
        *remember(memory, "t", 1) = (double)(row + 1);
        for (const char *part = rule; *part;) {
            size_t length = strcspn(part, ";");
            obey(memory, part, length, row == 0);
            part += length + (part[length] == ';');
        }
        ck_assert_msg(fabs(memory->x - path.points[row + 1].x) <= 1e-12 * fmax(1, fabs(at.x)),
                      "%s, %s, row %zu: %.17g, not %.17g", ready->run.optimizer->name, rule,
                      row + 1, memory->x, path.points[row + 1].x);
    }
    trajectory_finish(&path);
}

START_TEST(the_rule_is_what_the_step_does)
{
    size_t count;
    const struct optimizer *optimizer = optimizer_list(&count)[_i / DIALECT_COUNT];
    enum dialect dialect = _i % DIALECT_COUNT;
    if (needs_more(optimizer, dialect)) {
        return; /* the test below counts these */
    }
    struct setting setting = { "rule", "booth", 1, -2, ROWS, optimizer->name, { RATE("0.02") } };
    if (!strcmp(optimizer->name, "momentum") || !strcmp(optimizer->name, "nag")) {
        setting.keys[1][0] = "momentum";
        setting.keys[1][1] = "0.9";
    }
    struct report report = { 0 };
    struct ready ready;
    struct memory memory = { 0 };
    ck_assert(setting_resolve(&ready, &setting, dialect, PRECISION_DOUBLE, &report));
    learn_parameters(&memory, &ready.run);
    follow(&ready, optimizer->rules[dialect], &memory);
    objective_finish(&ready.objective);
    report_finish(&report);
    arena_finish(&memory.arena);
}
END_TEST

/* So that the test above cannot become empty. */
START_TEST(few_rules_need_more_than_a_coordinate)
{
    size_t count, left_out = 0;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
            left_out += !list[i]->alone && needs_more(list[i], dialect);
        }
    }
    ck_assert_uint_eq(left_out, 1 + 3 + 4 + 4 + 4); /* NAG, ASGD, schedule-free, Prodigy, Sophia */
}
END_TEST

int main(void)
{
    size_t methods;
    optimizer_list(&methods);
    Suite *suite = suite_create("rules");
    TCase *cases = tcase_create("rules");
    tcase_add_loop_test(cases, the_rule_is_what_the_step_does, 0, (int)methods * DIALECT_COUNT);
    tcase_add_test(cases, few_rules_need_more_than_a_coordinate);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
