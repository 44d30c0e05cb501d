/* Claims: the grammar of chains, the measures against paths and numbers that
 * others computed, and what is wrong with a claim. */
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/chain.h"
#include "optimize/claim.h"
#include "optimize/measure.h"
#include "optimize/outcome.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct text text_of(const char *text)
{
    return (struct text){ text, strlen(text), { NULL, 0, strlen(text) } };
}

/* What claims are about: a preset's optimizers and their paths. */
struct world {
    struct optimizer_section sections[8];
    struct trajectory paths[8];
    struct preset preset;
    struct objective objective;
};

/* The paths of a figure of the article as the reference has them. */
static const char *const methods[] = { "gd", "momentum", "nag", "adagrad", "rmsprop", "adam" };

static void add_path(struct world *world, const char *label, const struct table *table)
{
    size_t index = world->preset.optimizer_count++;
    struct trajectory *path = &world->paths[index];
    world->sections[index] = (struct optimizer_section){
        .label = text_of(label), .steps = { true, (double)table->rows, { 0 } }
    };
    *path = (struct trajectory){
        .label = label,
        .count = table->rows,
        .points = memory_new(table->rows, sizeof *path->points),
        .losses = memory_new(table->rows, sizeof *path->losses),
    };
    for (size_t row = 0; row < table->rows; row++) {
        path->points[row].x = table_at(table, row, "x");
        path->points[row].y = table_at(table, row, "y");
        path->losses[row] = table_at(table, row, "loss");
    }
}

static void world_init(struct world *world, const char *figure, struct range range,
                       const struct vec2 *minimum)
{
    *world = (struct world){ .objective = { .x = range, .y = range, .minima = minimum,
                                            .minimum_count = minimum != NULL } };
    world->preset.optimizers = world->sections;
    size_t count = strcmp(figure, "quad") ? COUNT(methods) : 2;
    for (size_t i = 0; i < count; i++) {
        char name[80];
        snprintf(name, sizeof name, "reference/trajectories/tf1_f32/%s_%s.csv", figure, methods[i]);
        struct table table = table_read(test_path(name));
        add_path(world, methods[i], &table);
        table_free(&table);
    }
}

static void world_finish(struct world *world)
{
    for (size_t i = 0; i < world->preset.optimizer_count; i++) {
        trajectory_finish(&world->paths[i]);
    }
}

/* "holds: 55 < 68", "false: 3 < 2", or the first message and its column. */
static const char *judge(const struct world *world, const char *statement, struct arena *arena)
{
    struct claim claim = { text_of("name"), text_of(statement) };
    struct preset preset = world->preset;
    struct report report = { 0 };
    preset.claims = (struct claim_section){ &claim, 1 };
    const char *text;
    if (claims_check(&preset, &world->objective, &report)) {
        struct verdict verdict = claim_judge(&claim, &preset, &world->objective, world->paths,
                                             arena);
        text = arena_printf(arena, "%s: %s%s%s", verdict.holds ? "holds" : "false",
                            verdict.numbers, verdict.note ? "; " : "",
                            verdict.note ? verdict.note : "");
    } else {
        ck_assert_uint_eq(report.errors, 1);
        text = arena_printf(arena, "%zu: %s", report.entries[0].place.offset + 1,
                            report.entries[0].message);
    }
    report_finish(&report);
    return text;
}

struct row {
    const char *statement;
    const char *verdict; /* NULL: it holds */
};

static void check_rows(const struct world *world, const struct row *rows, size_t count)
{
    struct arena arena = { 0 };
    for (size_t i = 0; i < count; i++) {
        const char *verdict = judge(world, rows[i].statement, &arena);
        if (rows[i].verdict) {
            ck_assert_str_eq(verdict, rows[i].verdict);
        }
        ck_assert_msg(rows[i].verdict || !strncmp(verdict, "holds", strlen("holds")), "%s: %s",
                      rows[i].statement, verdict);
    }
    arena_finish(&arena);
}

/* Without paths: the language alone. */

START_TEST(chains_hold_when_all_neighbours_do)
{
    static const struct row rows[] = {
        { "1 < 2", "holds: 1 < 2" }, { "2 < 1", "false: 2 < 1" }, { "1<1", "false: 1 < 1" },
        { "1 <= 1", "holds: 1 <= 1" }, { "1 >= 1", "holds: 1 >= 1" }, { "2 > 1", "holds: 2 > 1" },
        { "1 >= 2", "false: 1 >= 2" }, { "2 == 2", "holds: 2 == 2" }, { "2 != 2", "false: 2 != 2" },
        { "1 < 2 < 3 < 4", "holds: 1 < 2 < 3 < 4" }, { "1 < 3 < 2", "false: 1 < 3 < 2" },
        { "3 > 1 < 2", "holds: 3 > 1 < 2" }, { "1 + 1 == 2 < 2*3", "holds: 2 == 2 < 6" },
        { "-2^2 == -4", "holds: -4 == -4" }, { "2^3^2 == 512", "holds: 512 == 512" },
        { "min(3, 1, 2) == 1 < sqrt(2)^2 + 1e-9", "holds: 1 == 1 < 2" },
        { "if(1 < 2, 10, 20) == 10", "holds: 10 == 10" }, { "(1 < 2) == 1", "holds: 1 == 1" },
        { "log(e) == 1 != cos(pi)", "holds: 1 == 1 != -1" },
        { "never > 1e300", "holds: never > 1e+300" }, { "never == never", "holds: never == never" },
        { "1/0 < 2", "false: inf < 2" }, { "0/0 == 0/0", "false: nan == nan" },
        { "0.1 + 0.2 == 0.3", "false: 0.30000000000000004 == 0.29999999999999999" },
        { "1000001 < 1000002", "holds: 1000001 < 1000002" },
    };
    struct world world = { .objective = { 0 } };
    check_rows(&world, rows, COUNT(rows));
}
END_TEST

START_TEST(mistakes_are_told_where_they_are)
{
    static const struct row rows[] = {
        { "1 + 2", "1: a claim compares: put <, <=, >, >=, == or != and another side after this" },
        { "(1 < 2)", "1: a claim compares: put <, <=, >, >=, == or != and another side after "
                     "this" },
        { "1 <", "4: the claim ends where a number, name or '(' should follow" },
        { "< 1", "1: expected a number, name or '(' before '<'" },
        { "1 < < 1", "5: expected a number, name or '(' before '<'" },
        { "1 = 1", "3: '=' does not compare; write '=='" },
        { "1 < 2 3", "7: an operator is missing before '3'; products are written with '*'" },
        { "1 < 2)", "6: this ')' has no '(' before it" },
        { "x < 1", "1: a claim is about whole paths and has no 'x'; measures have numbers to "
                   "compare" },
        { "1 < 2*y", "7: a claim is about whole paths and has no 'y'; measures have numbers to "
                     "compare" },
        { "arival(gd, 1) < 1", "1: unknown measure 'arival'; did you mean 'arrival'?" },
        { "1 < nevr", "5: unknown name 'nevr'; did you mean 'never'?" },
        { "gd < 1", "1: unknown name 'gd'" },
        { "1 < leaves", "5: 'leaves' is a measure; write leaves(LABEL)" },
        { "leaves() < 1", "1: leaves(LABEL) takes 1 argument, not 0" },
        { "1 < leaves(gd, 1)", "5: leaves(LABEL) takes 1 argument, not 2; "
                              "a label with a comma stands in double quotes" },
        { "closest(gd, 1, 2, (3, 4), 5) < 1", "1: closest(LABEL, X, Y) takes 3 arguments, not 5; "
                                             "a label with a comma stands in double quotes" },
        { "arrival(gd) < 1", "1: arrival(LABEL, EPS) takes 2 arguments, not 1" },
        { "arrival(gd, ) < 1", "13: expected a number, name or '(' before ')'" },
        { "arrival(, 1) < 1", "9: an argument is missing: arrival(LABEL, EPS)" },
        { "leaves(gd < 1", "7: this '(' is never closed; a ')' is missing" },
        { "leaves(\"gd) < 1", "8: this '\"' is never closed" },
        { "leaves(Adam (fast)) < 1", "13: unexpected '('; labels with commas or brackets are "
                                     "written in double quotes" },
        { "leaves(momentun) < 1", "8: no optimizer has the label 'momentun'; did you mean "
                                  "'momentum'?" },
        { "1 < leaves( zzz )", "13: no optimizer has the label 'zzz'" },
        { "leaves(GD) < 1", "8: no optimizer has the label 'GD'; did you mean 'gd'?" },
        { "crossings(gd, z, 0) < 1", "15: 'z' is no axis; x and y are" },
        { "crossings(gd, xy, 0) < 1", "15: 'xy' is no axis; x and y are" },
        { "closest(gd, x, 0) < 1", "13: a claim is about whole paths and has no 'x'; measures "
                                   "have numbers to compare" },
        { "arrival(gd, -0.1) < 1", "13: a distance is not negative" },
        { "loss(gd, 1 + .5) < 1", "10: '1 + .5' is no step; they are whole numbers from 0 on" },
        { "loss(gd, -1) < 1", "10: '-1' is no step; they are whole numbers from 0 on" },
        { "loss(gd, 20) != 1", "false: nan != 1; [optimizer gd] has no step '20', its last is "
                               "19" },
        { "loss(gd, never) < 1", "false: nan < 1; [optimizer gd] has no step 'never', its last "
                                 "is 19" },
        { "1 \xe2\x89\xa4 2", "3: write '<='" },
        { "1 < 2\xc3\xa9", "6: the byte 0xc3 cannot stand in a claim; it is plain ASCII text but "
                           "for labels" },
        { "\xc3\xa9 < 2", "1: the byte 0xc3 cannot stand in a claim; it is plain ASCII text but "
                          "for labels" },
    };
    static const struct vec2 origin = { 0, 0 };
    struct world world;
    world_init(&world, "quad", (struct range){ -4.5, 4.5 }, &origin);
    check_rows(&world, rows, COUNT(rows));
    world_finish(&world);
}
END_TEST

START_TEST(what_is_about_a_minimum_needs_one)
{
    struct arena arena = { 0 };
    struct world world;
    world_init(&world, "hyper", (struct range){ -4, 4 }, NULL);
    size_t count;
    const struct measure *measures = measure_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct quantity *quantity = &measures[i].quantity;
        const char *statement = arena_printf(
            &arena, "1 < %s(gd%s)", quantity->name,
            quantity->count == 1 ? "" : quantity->count == 2 ? ", 0" : quantity->words == 3
                ? ", x, 0" : quantity->count == 3 ? ", 0, 0" : ", 0, 0, 0");
        const char *verdict = judge(&world, statement, &arena);
        bool is_refused = !strncmp(verdict, "5: ", 3) && strstr(verdict, "the function has none");
        ck_assert_msg(is_refused == measures[i].needs_minimum, "%s: %s", statement, verdict);
        ck_assert(is_refused || verdict[0] == 'h' || verdict[0] == 'f');
    }
    world_finish(&world);
    arena_finish(&arena);
}
END_TEST

START_TEST(labels_are_written_as_in_their_section)
{
    static const char *const labels[] = {
        "Adam 0.1", "\xc3\x84 \xce\xb2", "\\beta_1 = 0.9", "a, b (c)", "5\" disk", "a < b", "\"q\"",
    };
    static const struct row rows[] = {
        { "leaves(Adam 0.1) == never", "holds: never == never" },
        { "leaves(  Adam \t 0.1  ) == never", "holds: never == never" },
        { "leaves(\xc3\x84 \xce\xb2) == never", "holds: never == never" },
        { "leaves(\"\xc3\x84 \xce\xb2\" ) == never", "holds: never == never" },
        { "leaves(\\beta_1 = 0.9) == never", "holds: never == never" },
        { "loss(\"a, b (c)\", 0) == 1", "holds: 1 == 1" },
        { "loss(5\" disk, 0) == 1", "holds: 1 == 1" },
        { "loss(\"5\" disk\", 0) == 1", "holds: 1 == 1" },
        { "loss(a < b, 0) == 1", "holds: 1 == 1" },
        { "loss(\"\"q\"\", 0) == 1", "holds: 1 == 1" },
    };
    struct world world = { .objective = { .x = { -1, 1 }, .y = { -1, 1 } } };
    struct vec2 point = { 0, 0 };
    double loss = 1;
    world.preset.optimizers = world.sections;
    for (size_t i = 0; i < COUNT(labels); i++) {
        world.sections[i] = (struct optimizer_section){ .label = text_of(labels[i]),
                                                        .steps = { true, 1, { 0 } } };
        world.paths[i] = (struct trajectory){ .count = 1, .points = &point, .losses = &loss };
    }
    world.preset.optimizer_count = COUNT(labels);
    check_rows(&world, rows, COUNT(rows));
}
END_TEST

/* The table. */

START_TEST(the_table_of_measures_is_sound)
{
    size_t count;
    const struct measure *measures = measure_list(&count);
    for (size_t i = 0; i < count; i++) {
        const struct quantity *quantity = &measures[i].quantity;
        size_t names = 1;
        for (const char *c = quantity->arguments; *c; c++) {
            names += *c == ',';
        }
        ck_assert_uint_eq(names, quantity->count);
        ck_assert_uint_le(quantity->count, QUANTITY_ARGUMENTS_MAX);
        ck_assert_int_eq(measures[i].kinds[0], MEASURE_LABEL);
        for (size_t k = 0; k < QUANTITY_ARGUMENTS_MAX; k++) {
            enum measure_argument kind = measures[i].kinds[k];
            bool is_word = kind == MEASURE_LABEL || kind == MEASURE_AXIS;
            ck_assert_msg((kind == MEASURE_NONE) == (k >= quantity->count), "%s", quantity->name);
            ck_assert_msg((quantity->words >> k & 1) == is_word, "%s", quantity->name);
        }
        ck_assert(strlen(quantity->help) > 5);
    }
}
END_TEST

/* What reference/optimizers.md states of the article's figures, and what else
 * the reference's rows say to someone who counts. */

START_TEST(measures_give_the_numbers_of_quad)
{
    static const struct row rows[] = {
        { "crossings(gd, y, 0) == 19", "holds: 19 == 19" },
        { "crossings(momentum, y, 0) == 11", "holds: 11 == 11" },
        { "crossings(gd, x, 0) == 0", "holds: 0 == 0" },
        { "loss(gd, 0) == 80", "holds: 80 == 80" },
        { "distance(gd, 0) == sqrt(32)", "holds: 5.65685 == 5.65685" },
        { "leaves(gd) == never", "holds: never == never" },
    };
    static const struct vec2 origin = { 0, 0 };
    struct world world;
    world_init(&world, "quad", (struct range){ -4.5, 4.5 }, &origin);
    check_rows(&world, rows, COUNT(rows));
    world_finish(&world);
}
END_TEST

START_TEST(measures_give_the_numbers_of_booth)
{
    static const struct row rows[] = {
        { "arrival(nag, 0.1) == 55", "holds: 55 == 55" },
        { "arrival(momentum, 0.1) == 68", "holds: 68 == 68" },
        { "arrival(gd, 0.1) > 1000", "holds: never > 1000" },
        { "abs(overshoot(nag) - 0.67) < 0.005", NULL },
        { "abs(overshoot(momentum) - 1.53) < 0.005", NULL },
        { "overshoot(adam) == 0", "holds: 0 == 0" },
        { "distance(adam, 0) == 5", "holds: 5 == 5" },
        { "abs(final_distance(adagrad) - 4.85) < 0.005", NULL },
        { "abs(final_distance(rmsprop) - 4.31) < 0.005", NULL },
        { "abs(final_distance(adam) - 4.39) < 0.005", NULL },
        { "loss(nag, 69) == final_loss(nag)", NULL },
        { "distance(nag, arrival(nag, 0.1)) <= 0.1 < distance(nag, arrival(nag, 0.1) - 1)", NULL },
        { "distance(nag, arrival(gd, 0.1)) < 1",
          "false: nan < 1; [optimizer nag] has no step 'arrival(gd, 0.1)', its last is 69" },
    };
    static const struct vec2 minimum = { 1, 3 };
    struct world world;
    world_init(&world, "booth", (struct range){ -3, 6 }, &minimum);
    check_rows(&world, rows, COUNT(rows));
    world_finish(&world);
}
END_TEST

START_TEST(measures_give_the_numbers_of_hyper)
{
    static const struct row rows[] = {
        { "within(gd, 0, 0, 0.5) == 38", "holds: 38 == 38" },
        { "abs(closest(momentum, 0, 0) - .014) < .0005", NULL },
        { "abs(closest(nag, 0, 0) - .152) < .0005", NULL },
        { "23 == leaves(nag) < leaves(momentum) == 28", "holds: 23 == 23 < 28 == 28" },
        { "leaves(gd) == never", "holds: never == never" },
    };
    struct world world;
    world_init(&world, "hyper", (struct range){ -4, 4 }, NULL);
    check_rows(&world, rows, COUNT(rows));
    world_finish(&world);
}
END_TEST

/* By hand: a triangle's corners, two minima, a line that a step stands on. */

START_TEST(measures_are_what_they_say)
{
    static const struct vec2 minima[] = { { 0, 0 }, { 10, 0 } };
    struct vec2 points[] = { { 0, 3 }, { 4, 3 }, { 4, 0 }, { 4, -3 }, { 12, -3 }, { 12, 0 } };
    double losses[] = { 6, 5, 4, 3, 2, 1 };
    static const struct row rows[] = {
        { "path_length(A) == 21", "holds: 21 == 21" },
        { "distance(A, 1) == 5", "holds: 5 == 5" },       /* from (0, 0) */
        { "final_distance(A) == 2", "holds: 2 == 2" },    /* from (10, 0) */
        /* (12, -3) is beyond (10, 0), seen from (0, 3) */
        { "overshoot(A) == (2*10 + 3*3)/hypot(10, 3)", "holds: 2.7777 == 2.7777" },
        { "crossings(A, y, 0) == 1", "holds: 1 == 1" },   /* a step on it is no crossing */
        { "crossings(A, y, -3) == 0", "holds: 0 == 0" },
        { "crossings(A, x, 4) == 1", "holds: 1 == 1" },
        { "leaves(A) == 3", "holds: 3 == 3" },            /* in y, later in x too */
        { "closest(A, 4, 1) == 1", "holds: 1 == 1" },
        { "within(A, 4, 0, 3) == 3", "holds: 3 == 3" },   /* on the circle is within */
        { "arrival(A, 2) == 5", "holds: 5 == 5" },
        { "arrival(A, 4.9) == 4", "holds: 4 == 4" },
        { "arrival(A, 5) == 1", "false: 0 == 1" },
        { "arrival(A, 1.9) == never", "holds: never == never" },
        { "final_loss(A) == 1 < loss(A, 2) == 4", "holds: 1 == 1 < 4 == 4" },
    };
    struct world world = { .objective = { .x = { -5, 5 }, .y = { -2, 5 }, .minima = minima,
                                          .minimum_count = 2 } };
    world.preset.optimizers = world.sections;
    world.preset.optimizer_count = 1;
    world.sections[0] = (struct optimizer_section){ .label = text_of("A"),
                                                    .steps = { true, 6, { 0 } } };
    world.paths[0] = (struct trajectory){ .count = 6, .points = points, .losses = losses };
    check_rows(&world, rows, COUNT(rows));
}
END_TEST

START_TEST(a_run_that_is_no_longer_finite_arrives_nowhere)
{
    static const struct vec2 origin = { 0, 0 };
    struct vec2 points[] = { { 1, 0 }, { 0, 0 }, { INFINITY, NAN } };
    double losses[] = { 1, 0, NAN };
    static const struct row rows[] = {
        { "arrival(A, 1e9) == never", "holds: never == never" },
        { "arrival(A, never) == never", "holds: never == never" },
        { "leaves(A) == 2", "holds: 2 == 2" },
        { "final_loss(A) < 1", "false: nan < 1" },
        { "final_distance(A) > 1", "holds: inf > 1" },
        { "loss(A, 5) > 0", "false: nan > 0; [optimizer A] has no step '5', its last is 2" },
        { "closest(A, 0, 0) == 0", "holds: 0 == 0" },
    };
    struct world world = { .objective = { .x = { -5, 5 }, .y = { -5, 5 }, .minima = &origin,
                                          .minimum_count = 1 } };
    world.preset.optimizers = world.sections;
    world.preset.optimizer_count = 1;
    world.sections[0] = (struct optimizer_section){ .label = text_of("A"),
                                                    .steps = { true, 6, { 0 } } };
    world.paths[0] = (struct trajectory){ .label = "A", .count = 3, .points = points,
                                          .losses = losses, .diverged = true };
    check_rows(&world, rows, COUNT(rows));
}
END_TEST

/* Hostile claims: a verdict or a message, and no crash. */

static void repeat(char *to, const char *piece, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        to += sprintf(to, "%s", piece);
    }
}

START_TEST(long_and_deep_claims_end_with_a_message)
{
    static const struct {
        const char *piece, *message;
        size_t count;
    } rows[] = {
        { "(", "nested more than 200 deep", 65536 },
        { "-", "nested more than 200 deep", 65536 },
        { "loss(A, ", "nested more than 200 deep", 8000 },
        { "1 < ", "more than 16 sides", 16000 },
        { "(", "the claim has more than 65536 bytes", 65537 },
        { "1 + ", "more than 10000 operations; a claim must be smaller", 14000 },
        { "1 +                 ", "the claim has more than 65536 bytes", 6000 },
        { "leaves(A, ", "takes 1 argument, not ", 6000 },
        { "leaves(", "unexpected '('", 9000 },
        { "leaves(\"", "is never closed", 8000 },
    };
    static const struct vec2 origin = { 0, 0 };
    struct arena arena = { 0 };
    struct world world;
    world_init(&world, "quad", (struct range){ -4.5, 4.5 }, &origin);
    world.sections[0].label = text_of("A");
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *statement = arena_new(&arena, rows[i].count * strlen(rows[i].piece) + 1, 1);
        repeat(statement, rows[i].piece, rows[i].count);
        const char *verdict = judge(&world, statement, &arena);
        ck_assert_msg(strstr(verdict, rows[i].message), "%s: %s", rows[i].piece, verdict);
    }
    world_finish(&world);
    arena_finish(&arena);
}
END_TEST

START_TEST(damaged_claims_never_crash)
{
    static const char good[] = "23 == leaves(gd) < if(1 < 2, loss(\"gd\", 3), -never)^2 "
                               "!= crossings(gd, x, min(1, 2)) + closest(momentum, pi, e)";
    static const char marks[] = "(),\"<>=!+*-^. \0x1e9\xc3\xa9";
    static const struct vec2 origin = { 0, 0 };
    unsigned state = 3;
    struct world world;
    world_init(&world, "quad", (struct range){ -4.5, 4.5 }, &origin);
    for (int round = 0; round < 20000; round++) {
        struct arena arena = { 0 };
        struct report report = { 0 };
        char *bytes = arena_copy(&arena, good, sizeof good - 1);
        for (unsigned i = 0; i <= state % 4; i++) {
            state = state * 1664525u + 1013904223u;
            bytes[(state >> 8) % (sizeof good - 1)] = marks[(state >> 20) % (sizeof marks - 1)];
        }
        struct claim claim = { text_of("a"), { bytes, sizeof good - 1 - (state >> 9) % 2 * 7,
                                               { NULL, 0, sizeof good - 1 } } };
        struct preset preset = world.preset;
        preset.claims = (struct claim_section){ &claim, 1 };
        bool is_good = claims_check(&preset, &world.objective, &report);
        ck_assert_uint_eq(report.errors, is_good ? 0 : 1);
        if (is_good) {
            claim_judge(&claim, &preset, &world.objective, world.paths, &arena);
        }
        report_finish(&report);
        arena_finish(&arena);
    }
    world_finish(&world);
}
END_TEST

/* What is there is a power of ten, 0.1 of a side from 2 to 20, as summaries have it. */
START_TEST(what_is_there_is_a_power_of_ten)
{
    static const struct { double side, tolerance; } rows[] = {
        { 1.6, 0.01 }, { 2, 0.1 }, { 9, 0.1 }, { 19, 0.1 }, { 20, 1 }, { 64, 1 }, { 0.02, 0.001 },
    };
    struct objective objective = { 0 };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        objective.x = (struct range){ 0, rows[i].side };
        objective.y = (struct range){ 0, 2 * rows[i].side };
        ck_assert_double_eq(outcome_tolerance(&objective), rows[i].tolerance);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("claims");
    TCase *cases = tcase_create("claims");
    suite_add_tcase(suite, cases);
    tcase_add_test(cases, chains_hold_when_all_neighbours_do);
    tcase_add_test(cases, mistakes_are_told_where_they_are);
    tcase_add_test(cases, what_is_about_a_minimum_needs_one);
    tcase_add_test(cases, labels_are_written_as_in_their_section);
    tcase_add_test(cases, the_table_of_measures_is_sound);
    tcase_add_test(cases, measures_give_the_numbers_of_quad);
    tcase_add_test(cases, measures_give_the_numbers_of_booth);
    tcase_add_test(cases, measures_give_the_numbers_of_hyper);
    tcase_add_test(cases, measures_are_what_they_say);
    tcase_add_test(cases, a_run_that_is_no_longer_finite_arrives_nowhere);
    tcase_add_test(cases, long_and_deep_claims_end_with_a_message);
    tcase_add_test(cases, damaged_claims_never_crash);
    tcase_add_test(cases, what_is_there_is_a_power_of_ten);
    return run_suite(suite);
}
