/* Rules as people read them: reckoned as they are printed, they lead where the steps do. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/functions.h"
#include "model/scope.h"
#include "optimize/rule.h"
#include "runs.h"

enum { NAMES_MAX = 48, ROWS = 24, WAYS = 1 + ALTERNATIVES_MAX };

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

static const char walker_words[] = "where g is the gradient at w, which starts at x";

/* Rules whose words speak of another point than x or w, of the other coordinate or of
 * some steps only; and what is no rule of one coordinate at all. */
static bool needs_more(const struct optimizer *optimizer, const char *rule)
{
    bool is_elsewhere = strstr(rule, "where g is the gradient at") && !strstr(rule, walker_words);
    return optimizer->alone || is_elsewhere || strstr(rule, "scalar product")
           || strstr(rule, "every interval steps");
}

/* The rule as it usually is, way 0, or with a key at another value; NULL: there is none. */
static const char *rule_of(const struct optimizer *optimizer, size_t way, enum dialect dialect)
{
    const struct alternative *other = optimizer->alternatives;
    for (size_t i = 1; i < way && other->when; i++) {
        other++;
    }
    return way == 0 ? optimizer->rules[dialect] : other->when ? other->rules[dialect] : NULL;
}

/* Adds "KEY = VALUE" to the setting, whose copies of them last as long as the arena. */
static void turn(struct setting *setting, size_t index, const char *when, struct arena *arena)
{
    size_t key = strcspn(when, " ");
    ck_assert_int_eq(strncmp(when + key, " = ", 3), 0);
    setting->keys[index][0] = arena_copy(arena, when, key);
    setting->keys[index][1] = when + key + 3;
}

/* Where the gradient of a row is taken: on quad, where the other coordinate does not matter, or
 * at the point itself. */
static struct vec2 place_of(const char *rule, struct memory *memory, struct vec2 at, bool is_first)
{
    if (strstr(rule, walker_words)) {
        double *walker = remember(memory, "w", 1);
        *walker = is_first ? at.x : *walker;
        at.x = *walker;
    }
    return at;
}

static void follow(const struct ready *ready, const char *rule, struct memory *memory)
{
    struct trajectory path;
    trajectory_run(&path, &ready->run, &ready->objective);
    ck_assert_uint_eq(path.count, ROWS);
    for (size_t row = 0; row + 1 < ROWS; row++) {
        struct vec2 at = path.points[row];
        memory->x = at.x;
        struct jet jet = objective_jet(&ready->objective, place_of(rule, memory, at, row == 0),
                                       PRECISION_DOUBLE);
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
    size_t count, way = (size_t)_i / DIALECT_COUNT % WAYS, keys = 1;
    const struct optimizer *optimizer = optimizer_list(&count)[_i / DIALECT_COUNT / WAYS];
    enum dialect dialect = _i % DIALECT_COUNT;
    const char *rule = rule_of(optimizer, way, dialect);
    if (!rule || needs_more(optimizer, rule)) {
        return; /* the test below counts these */
    }
    const char *function = strstr(rule, walker_words) ? "quad" : "booth";
    struct setting setting = { "rule", function, 1, -2, ROWS, optimizer->name, { RATE("0.02") } };
    struct report report = { 0 };
    struct ready ready;
    struct memory memory = { 0 };
    if (!strcmp(optimizer->name, "momentum") || !strcmp(optimizer->name, "nag")) {
        turn(&setting, keys++, "momentum = 0.9", &memory.arena);
    }
    if (!strcmp(optimizer->name, "asgd") && dialect == DIALECT_PYTORCH) {
        turn(&setting, keys++, "t0 = 5", &memory.arena);
        turn(&setting, keys++, "lambda = 0.5", &memory.arena);
    }
    if (way) {
        turn(&setting, keys++, optimizer->alternatives[way - 1].when, &memory.arena);
    }
    ck_assert(setting_resolve(&ready, &setting, dialect, PRECISION_DOUBLE, &report));
    learn_parameters(&memory, &ready.run);
    follow(&ready, rule, &memory);
    objective_finish(&ready.objective);
    report_finish(&report);
    arena_finish(&memory.arena);
}
END_TEST

/* So that the test above cannot become empty. */
START_TEST(few_rules_need_more_than_a_coordinate)
{
    size_t count, left_out = 0, rules = 0;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count * WAYS * DIALECT_COUNT; i++) {
        const struct optimizer *optimizer = list[i / DIALECT_COUNT / WAYS];
        size_t way = i / DIALECT_COUNT % WAYS;
        const char *rule = rule_of(optimizer, way, i % DIALECT_COUNT);
        left_out += rule && !optimizer->alone && needs_more(optimizer, rule);
        rules += rule && way;
    }
    ck_assert_uint_eq(left_out, 1 + 4 + 4 + 4); /* NAG, schedule-free, Prodigy, Sophia */
    ck_assert_uint_eq(rules, 3 + 3 + 1 + 3 + 3 + 4); /* momentum, RMSProp, ASGD, Adam, AdamW */
}
END_TEST

/* A switch that is off turned on, and the only one that is no hyper-parameter. */
START_TEST(every_switch_has_its_rule)
{
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (const struct parameter *p = list[i]->parameters; p->name; p++) {
            char when[64];
            snprintf(when, sizeof when, "%s = yes", p->name);
            const struct alternative *other = list[i]->alternatives;
            while (other->when && strcmp(other->when, when) != 0) {
                other++;
            }
            bool is_told = strstr(list[i]->rules[0], p->name); /* in words, as Newton's are */
            ck_assert_msg(p->domain != SWITCH || other->when || is_told, "%s: %s", list[i]->name,
                          p->name);
            for (enum dialect dialect = 0; other->when && dialect < DIALECT_COUNT; dialect++) {
                ck_assert_int_eq(other->rules[dialect] != NULL, parameter_exists(p, dialect));
            }
        }
    }
    ck_assert_str_eq(optimizer_by_name("adamw")->alternatives[0].when,
                     "decoupled_weight_decay = no");
}
END_TEST

/* As it is printed in the gallery. */
START_TEST(every_other_rule_can_be_printed)
{
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count * WAYS * DIALECT_COUNT; i++) {
        const char *rule = rule_of(list[i / DIALECT_COUNT / WAYS], i / DIALECT_COUNT % WAYS,
                                   i % DIALECT_COUNT);
        char *markup = NULL;
        size_t size;
        FILE *stream = open_memstream(&markup, &size);
        ck_assert_msg(!rule || rule_mathml(rule, stream), "%s", rule);
        fclose(stream);
        free(markup);
    }
}
END_TEST

int main(void)
{
    size_t methods;
    optimizer_list(&methods);
    Suite *suite = suite_create("rules");
    TCase *cases = tcase_create("rules");
    tcase_add_loop_test(cases, the_rule_is_what_the_step_does, 0,
                        (int)methods * WAYS * DIALECT_COUNT);
    tcase_add_test(cases, every_switch_has_its_rule);
    tcase_add_test(cases, every_other_rule_can_be_printed);
    tcase_add_test(cases, few_rules_need_more_than_a_coordinate);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
