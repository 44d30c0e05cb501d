/* Schedules of the learning rate: values from published closed forms, what is refused, and that
 * runs follow them. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "optimize/schedule.h"
#include "runs.h"

/* The rate that a gradient descent has in update t, from 0, of so many. */
static double rate_at(const char *schedule, const char *rate, int updates, size_t t)
{
    struct setting setting = { "schedule", "quad", 8, 0, updates + 1, "gradient-descent",
                               { { "schedule", schedule }, { "learning_rate", rate } } };
    if (!rate) {
        setting.keys[1][0] = NULL;
    }
    struct report report = { 0 };
    struct ready ready;
    bool good = setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_DOUBLE, &report);
    ck_assert_msg(good, "%s: %s", schedule, good ? "" : report.entries[0].message);
    double value = schedule_rate(&ready.run.schedule, t);
    objective_finish(&ready.objective);
    report_finish(&report);
    return value;
}

START_TEST(rates_are_those_of_the_published_formulas)
{
    static const struct {
        const char *schedule, *rate;
        int updates;
        size_t t;
        double value;
    } cases[] = {
        { "constant", "0.3", 9, 8, 0.3 },
        { "constant(0.3)", NULL, 9, 0, 0.3 },
        { "linear(0.4 .. 0.1)", NULL, 12, 4, 0.3 },
        { "linear", "0.4", 4, 3, 0.1 },
        { "polynomial(0.4)", NULL, 4, 2, 0.1 },
        { "polynomial(0.4 .. 0.2, power 3)", NULL, 4, 2, 0.225 },
        /* torch CosineAnnealingLR: eta_min + (base - eta_min)(1 + cos(pi t/T_max))/2 */
        { "cosine", "0.8", 12, 0, 0.8 },
        { "cosine", "0.8", 12, 3, 0.4 + 0.2 * 1.4142135623730951 },
        { "cosine", "0.8", 12, 4, 0.6 },
        { "cosine", "0.8", 12, 6, 0.4 },
        { "cosine(0.8 .. 0.4)", NULL, 12, 8, 0.5 },
        { "cosine(.. 0.4)", "0.8", 12, 8, 0.5 },
        /* ExponentialLR: base gamma^t */
        { "exponential(8, gamma 0.5)", NULL, 9, 3, 1 },
        { "exponential(8, gamma 0.25, every 2)", NULL, 9, 3, 1 },
        { "inverse-time(0.6, decay 0.5)", NULL, 9, 4, 0.2 },
        /* StepLR's own example: 0.05 for 30 steps, 0.005 for 30, 0.0005 */
        { "step(0.05, every 30)", NULL, 90, 29, 0.05 },
        { "step(0.05, every 30)", NULL, 90, 30, 0.005 },
        { "step(0.05, every 30)", NULL, 90, 60, 0.0005 },
        { "step(0.8, every 2, gamma 0.5)", NULL, 90, 5, 0.2 },
        /* MultiStepLR's: milestones 30 and 80 */
        { "multistep(0.05, at 30 80)", NULL, 90, 29, 0.05 },
        { "multistep(0.05, at 30 80)", NULL, 90, 79, 0.005 },
        { "multistep(0.05, at 30 80, gamma 0.5)", NULL, 90, 80, 0.0125 },
        { "piecewise(0.3 .. 0.5 .. 0.1, at 3 5)", NULL, 9, 2, 0.3 },
        { "piecewise(.. 0.5 .. 0.1, at 3 5)", "0.3", 9, 3, 0.5 },
        { "piecewise(0.3 .. 0.5 .. 0.1, at 3 5)", NULL, 9, 5, 0.1 },
        /* SGDR: T_0 = 4; with T_mult = 2 the cycles begin at 0, 4 and 12. */
        { "cosine-restarts(0.8, every 4)", NULL, 90, 4, 0.8 },
        { "cosine-restarts(0.8, every 4)", NULL, 90, 42, 0.4 },
        { "cosine-restarts(0.8 .. 0.4, every 4, growth 2)", NULL, 90, 8, 0.6 },
        { "cosine-restarts(0.8, every 4, growth 2)", NULL, 90, 12, 0.8 },
        { "cosine-restarts(0.8, every 4, growth 2)", NULL, 90, 20, 0.4 },
        /* Smith's triangles */
        { "cyclic(0.1 .. 0.5, up 4, down 2)", NULL, 90, 0, 0.1 },
        { "cyclic(0.1 .. 0.5, up 4, down 2)", NULL, 90, 3, 0.4 },
        { "cyclic(0.1 .. 0.5, up 4, down 2)", NULL, 90, 4, 0.5 },
        { "cyclic(0.1 .. 0.5, up 4, down 2)", NULL, 90, 5, 0.3 },
        { "cyclic(0.1 .. 0.5, up 4, down 2)", NULL, 90, 19, 0.2 },
        /* OneCycleLR: max/25 at 0, max at 0.3 20 - 1 = 5, max/25/10000 at 19 */
        { "one-cycle(0.5)", NULL, 20, 0, 0.02 },
        { "one-cycle(0.5, up 0.35)", NULL, 20, 3, 0.26 },
        { "one-cycle(0.5)", NULL, 20, 5, 0.5 },
        { "one-cycle(0.5)", NULL, 20, 12, 0.250001 },
        { "one-cycle(0.5, div 5, final_div 10)", NULL, 20, 19, 0.01 },
        { "one-cycle(0.5, up 0)", NULL, 3, 0, 0.5 },
        { "one-cycle(0.5)", NULL, 1, 0, 0.5 },
        { "wsd(0.4)", NULL, 20, 16, 0.4 },
        { "wsd(0.4)", NULL, 20, 18, 0.2 },
        { "wsd(0.4 .. 0.2, decay 0.5)", NULL, 20, 15, 0.3 },
        /* The schedule has what the warmup leaves it. */
        { "cosine(0.8, warmup 4)", NULL, 16, 0, 0 },
        { "cosine(0.8, warmup 4)", NULL, 16, 1, 0.2 },
        { "cosine(0.8, warmup 4)", NULL, 16, 4, 0.8 },
        { "cosine(0.8, warmup 4)", NULL, 16, 10, 0.4 },
        { "step(0.8, every 3, warmup 2)", NULL, 16, 4, 0.8 },
        { "step(0.8, every 3, warmup 2)", NULL, 16, 5, 0.08 },
        { "cyclic(0.1 .. 0.5, up 4, down 2, warmup 2)", NULL, 16, 1, 0.05 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = rate_at(cases[i].schedule, cases[i].rate, cases[i].updates, cases[i].t);
        ck_assert_msg(fabs(value - cases[i].value) <= 1e-15, "%s at %zu: %.17g",
                      cases[i].schedule, cases[i].t, value);
    }
}
END_TEST

/* Whatever a row needs, from its table alone. */
static const char *sample_of(const struct schedule_kind *kind, const char *more,
                             struct arena *arena)
{
    const char *text = arena_printf(arena, "%s(%s", kind->name,
                                    kind->rates_max > 1 ? "0.1 .. 0.05" : "0.1");
    for (size_t i = 0; i < SCHEDULE_ARGUMENTS_MAX && kind->arguments[i].name; i++) {
        const struct call_argument *argument = &kind->arguments[i];
        text = !isnan(argument->standard) ? text
               : arena_printf(arena, "%s, %s %s", text, argument->name,
                              argument->range.hi <= 1 ? "0.5" : "3");
    }
    return arena_printf(arena, "%s%s)", text, more);
}

/* It is written as the kind wants it, and the run has all steps that it names. */
START_TEST(every_example_is_a_schedule)
{
    size_t count;
    const struct schedule_kind *kind = &schedule_list(&count)[_i];
    struct arena arena = { 0 };
    struct report report = { 0 };
    struct ready ready;
    const char *example = schedule_example(kind, &arena);
    struct setting setting = { "example", "quad", 1, 1, 100, "gradient-descent",
                               { { "schedule", example } } };
    ck_assert_msg(setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_DOUBLE, &report),
                  "%s: %s", example, report.count ? report.entries[0].message : "");
    ck_assert_uint_eq(report.count, 0);
    ck_assert_ptr_eq(ready.run.schedule.kind, kind);
    ck_assert(schedule_rate(&ready.run.schedule, 0) <= 0.1);
    for (size_t i = 0; i < SCHEDULE_ARGUMENTS_MAX && kind->arguments[i].name; i++) {
        ck_assert_ptr_nonnull(strstr(example, kind->arguments[i].name));
    }
    objective_finish(&ready.objective);
    report_finish(&report);
    arena_finish(&arena);
}
END_TEST

START_TEST(every_row_gives_rates_and_warms_up)
{
    size_t count;
    const struct schedule_kind *kind = &schedule_list(&count)[_i];
    struct arena arena = { 0 };
    const char *plain = sample_of(kind, "", &arena), *warm = sample_of(kind, ", warmup 5", &arena);
    ck_assert(*kind->formula && *kind->source && *kind->help);
    ck_assert_ptr_nonnull(strstr(schedule_usage(kind, &arena), "learning_rate"));
    ck_assert_ptr_nonnull(strstr(schedule_usage(kind, &arena), "warmup 0"));
    for (size_t t = 0; t < 30; t++) {
        double rate = rate_at(plain, NULL, 30, t);
        ck_assert_msg(rate >= 0 && rate <= 0.1, "%s at %zu: %g", plain, t, rate);
        ck_assert(rate_at(warm, NULL, 35, t + 5) == rate);
    }
    ck_assert(rate_at(warm, NULL, 35, 0) == 0);
    for (int updates = 1; updates <= 4; updates++) { /* fewer than its parts are long */
        for (size_t t = 0; t < (size_t)updates; t++) {
            double rate = rate_at(plain, NULL, updates, t);
            ck_assert_msg(rate >= 0 && rate <= 0.1, "%s of %d: %g", plain, updates, rate);
            ck_assert(rate_at(warm, NULL, updates + 5, t + 5) == rate);
        }
    }
    arena_finish(&arena);
}
END_TEST

/* On x^2: x falls by 1 - 2 rate. */
START_TEST(runs_follow_their_schedule)
{
    struct setting setting = { "schedule", "quad", 8, 0, 5, "gradient-descent",
                               { { "schedule", "linear(0.25 .. 0)" } } };
    struct trajectory path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
    ck_assert(path.points[1].x == 4 && path.points[2].x == 2.5 && path.points[3].x == 1.875);
    trajectory_finish(&path);
    /* Decoupled decay has the step's rate, too: 8 (1 - 0.25) - 0.25 16, 2 (1 - 0.1875) - 0.75 */
    setting.keys[1][0] = "weight_decay";
    setting.keys[1][1] = "1";
    path = setting_run(&setting, DIALECT_KERAS3, PRECISION_DOUBLE);
    ck_assert(path.points[1].x == 2 && path.points[2].x == 0.875);
    trajectory_finish(&path);
    setting = (struct setting){ QUAD, "adam", { { "schedule", "constant(0.5)" } } };
    path = setting_run(&setting, DIALECT_TENSORFLOW1, PRECISION_DOUBLE);
    ck_assert_double_eq_tol(path.points[1].x, -4 + 0.5, 1e-7);
    trajectory_finish(&path);
}
END_TEST

/* AdaBound's steps are cut to its final rate times 1 + 1/(gamma t) here; on x^2, hardly moved,
 * the mean of the gradients is (1 - 0.5^t) 16. */
START_TEST(what_follows_the_rate_is_scheduled_with_it)
{
    struct setting setting = { "schedule", "quad", 8, 0, 3, "adabound",
                               { { "schedule", "piecewise(100 .. 10, at 1)" },
                                 { "final_learning_rate", "1e-7" }, { "gamma", "0.5" },
                                 { "beta1", "0.5" } } };
    struct trajectory path = setting_run(&setting, DIALECT_PYTORCH, PRECISION_DOUBLE);
    double first = path.points[0].x - path.points[1].x;
    double second = path.points[1].x - path.points[2].x;
    ck_assert_double_eq_tol(first, 1e-7 * 3 * 8, 1e-11);
    ck_assert_double_eq_tol(second, 1e-8 * 2 * 12, 1e-12);
    trajectory_finish(&path);
}
END_TEST

/* The message, and where in the schedule's text it points to. */
static const struct {
    const char *schedule, *rate;
    size_t at;
    const char *message;
} refused[] = {
    { "cosin", "0.2", 0, "unknown schedule 'cosin'; did you mean 'cosine'?" },
    { "waves", "0.2", 0, "unknown schedule 'waves'; 'optrender list schedules' shows them" },
    { "cosine(0.1 .. 0)", "0.2", 7,
      "the first rate is 0.1, but learning_rate is 0.2; leave one of them out" },
    { "cosine(power 2)", "0.2", 7, "cosine has no 'power' (it takes warmup)" },
    { "step(evry 2)", "0.2", 5, "step has no 'evry' (it takes gamma, every, warmup)" },
    { "step(0.2)", "0.2", 0, "step needs 'every N'" },
    { "multistep", "0.2", 0, "multistep needs 'at N ...'" },
    { "step(every 2 3)", "0.2", 13, "every takes one number" },
    { "step(every 0)", "0.2", 11, "every: 0 is not a whole number in 1 .. 1000000000" },
    { "step(every 1.5)", "0.2", 11, "every: 1.5 is not a whole number in 1 .. 1000000000" },
    { "exponential(gamma 2)", "0.2", 18, "gamma: 2 is not in 0 .. 1" },
    { "step(every 3, every 4)", "0.2", 14, "'every' is there twice" },
    { "multistep(at 3 3)", "0.2", 15, "at: the steps must rise" },
    { "multistep(at 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16)", "0.2", 10,
      "16 numbers; there are at most 15" },
    { "piecewise(0.2 .. 1, at 3 5)", "0.2", 10, "piecewise has 2 rates, 3 are wanted" },
    { "cyclic(up 2, down 2)", "0.2", 0, "cyclic has 1 rate, 2 are wanted" },
    { "cosine(0.2 .. 0 .. 1)", "0.2", 7, "cosine has 3 rates, up to 2 are wanted" },
    { "step(0.2 .. 0, every 2)", "0.2", 5, "step has 2 rates, 1 is wanted" },
    { "cosine(0,2 .. 0)", "0.2", 9,
      "rates are there twice; write A .. B, and a decimal point, not a comma" },
    { "cosine(learning_rate 0.1)", "0.2", 7, "a rate stands alone, such as in cosine(0.1)" },
    { "cosine(lr 0.1)", "0.2", 7, "a rate stands alone, such as in cosine(0.1)" },
    { "cosine(-1 .. 0)", "0.2", 7, "rate: -1 is not in 0 .. 1e+18" },
    { "cosine(.. -0.5)", "0.2", 10, "rate: -0.5 is not in 0 .. 1e+18" },
    { "cosine(0.2, warmup -1)", "0.2", 19,
      "warmup: -1 is not a whole number in 0 .. 1000000000" },
    { "cosine(warmup 19)", "0.2", 7,
      "the run has only 19 updates; warmup is to end before them" },
};
enum { REFUSED = sizeof refused / sizeof *refused };

START_TEST(mistakes_are_told_in_their_place)
{
    struct setting setting = { QUAD, "gradient-descent",
                               { { "schedule", refused[_i].schedule }, RATE(refused[_i].rate) } };
    setting_is_refused(&setting, "schedule", refused[_i].message, refused[_i].at);
}
END_TEST

/* Many of them have a learning rate, which is no reason. */
START_TEST(methods_that_stand_alone_have_no_schedule)
{
    size_t count, alone = 0;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        struct setting setting = { QUAD, list[i]->name, { { "schedule", "cosine(0.1)" } } };
        struct report report = { 0 };
        struct ready ready;
        bool good = setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_SINGLE, &report);
        if (list[i]->alone) {
            char message[160];
            snprintf(message, sizeof message, "[optimizer Label] schedule: %s cannot have it; "
                     "only methods that step by a gradient can", list[i]->name);
            ck_assert(!good);
            ck_assert_str_eq(report.entries[0].message, message);
            alone++;
        }
        objective_finish(&ready.objective);
        report_finish(&report);
    }
    ck_assert_uint_ge(alone, 9);
}
END_TEST

/* The setting's run has 19 updates, from 0 to 18. */
START_TEST(steps_that_never_come_are_told_of)
{
    static const struct {
        const char *schedule, *warning; /* NULL: none */
        size_t at;
    } cases[] = {
        { "multistep(at 5 18)", NULL, 0 },
        { "multistep(at 5 19)", "19 is never reached; the run has 19 updates", 15 },
        { "piecewise(0.2 .. 0.1, at 100)", "100 is never reached; the run has 19 updates", 25 },
        { "multistep(at 13, warmup 5)", NULL, 0 },
        { "multistep(at 14, warmup 5)", "14 is never reached; the schedule has 14 updates", 13 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct setting setting = { QUAD, "gradient-descent",
                                   { { "schedule", cases[i].schedule }, RATE("0.2") } };
        struct report report = { 0 };
        struct ready ready;
        ck_assert(setting_resolve(&ready, &setting, DIALECT_PYTORCH, PRECISION_SINGLE, &report));
        ck_assert_uint_eq(report.warnings, cases[i].warning != NULL);
        if (cases[i].warning) {
            char message[160];
            snprintf(message, sizeof message, "[optimizer Label] schedule: at %s",
                     cases[i].warning);
            ck_assert_str_eq(report.entries[0].message, message);
            ck_assert_uint_eq(report.entries[0].place.offset, AT_VALUE + cases[i].at);
        }
        objective_finish(&ready.objective);
        report_finish(&report);
    }
}
END_TEST

/* A rate that a mistaken schedule may have is not missed. */
START_TEST(a_mistaken_schedule_is_one_mistake)
{
    static const struct {
        const char *schedule, *message;
    } cases[] = {
        { "cosin(0.1 .. 0)", "unknown schedule" },
        { "cosine(0.1 .. 0, warmup -1)", "warmup: -1" },
        { "constant(0.1", "the ')' is missing" }, /* refused as it is read */
    };
    struct setting setting = { QUAD, "gradient-descent",
                               { { "schedule", cases[_i].schedule } } };
    struct report report = { 0 };
    struct ready ready;
    ck_assert(!setting_resolve(&ready, &setting, DIALECT_TENSORFLOW1, PRECISION_SINGLE, &report));
    ck_assert_uint_eq(report.errors, 1);
    ck_assert_ptr_nonnull(strstr(report.entries[0].message, cases[_i].message));
    objective_finish(&ready.objective);
    report_finish(&report);
}
END_TEST

START_TEST(a_rate_is_needed_and_a_method_that_has_one)
{
    struct setting setting = { QUAD, "gradient-descent", { { "schedule", "cosine(.. 0.1)" } } };
    struct optimizer row = *optimizer_by_name("gradient-descent");
    struct report report = { 0 };
    struct ready ready;
    ck_assert(!setting_resolve(&ready, &setting, DIALECT_TEXTBOOK, PRECISION_SINGLE, &report));
    ck_assert_str_eq(report.entries[0].message, "[optimizer Label] missing learning_rate: the "
                     "dialect textbook has no default; pytorch, keras3 have one");
    struct optimizer_section section = { .schedule = { .name = text_at("cosine", 0) } };
    ready.run.optimizer = &row;
    row.parameters[0].name = "pace";
    ck_assert(!schedule_resolve(&ready.run, &section, &report));
    ck_assert_str_eq(report.entries[1].message,
                     "[optimizer Label] schedule: gradient-descent has no learning rate");
    row.parameters[0].name = "learning_rate";
    row.alone = true;
    ck_assert(!schedule_resolve(&ready.run, &section, &report));
    row.alone = false;
    ck_assert(schedule_resolve(&ready.run, &section, &report));
    row.parameters[0].is_first = true;
    ck_assert(!schedule_resolve(&ready.run, &section, &report));
    ck_assert_str_eq(report.entries[3].message, "[optimizer Label] schedule: the learning rate "
                     "of gradient-descent is that of its first step alone");
    objective_finish(&ready.objective);
    report_finish(&report);
}
END_TEST

int main(void)
{
    size_t count;
    schedule_list(&count);
    Suite *suite = suite_create("schedule");
    TCase *cases = tcase_create("schedule");
    tcase_add_test(cases, rates_are_those_of_the_published_formulas);
    tcase_add_loop_test(cases, every_example_is_a_schedule, 0, (int)count);
    tcase_add_loop_test(cases, every_row_gives_rates_and_warms_up, 0, (int)count);
    tcase_add_test(cases, runs_follow_their_schedule);
    tcase_add_test(cases, what_follows_the_rate_is_scheduled_with_it);
    tcase_add_loop_test(cases, mistakes_are_told_in_their_place, 0, REFUSED);
    tcase_add_test(cases, methods_that_stand_alone_have_no_schedule);
    tcase_add_test(cases, steps_that_never_come_are_told_of);
    tcase_add_loop_test(cases, a_mistaken_schedule_is_one_mistake, 0, 3);
    tcase_add_test(cases, a_rate_is_needed_and_a_method_that_has_one);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
