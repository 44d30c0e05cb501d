/* The language of formulas: how it binds, what it refuses, where it ends. */
#include "support.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/jet.h"
#include "model/parse.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct source source = { "p.ini", NULL, 0 };

static struct text text_of(const char *text)
{
    return (struct text){ text, strlen(text), { &source, 0, strlen(text) } };
}

/* One formula with up to four lets, {NAME, FORMULA, NAME, FORMULA, ..., NULL}. */
static struct tape *compile(const char *formula, const char *const *pairs, struct report *report)
{
    struct let lets[4];
    size_t count = 0;
    for (; pairs && pairs[2 * count]; count++) {
        lets[count] = (struct let){ text_of(pairs[2 * count]), text_of(pairs[2 * count + 1]) };
    }
    struct text text = text_of(formula);
    return formula_compile(&text, lets, count, report);
}

static double value_of(const char *formula, const char *const *pairs, double x, double y)
{
    struct report report = { 0 };
    struct tape *tape = compile(formula, pairs, &report);
    ck_assert_msg(tape, "%s: %s", formula, report.count ? report.entries[0].message : "");
    struct jet jet = jet_evaluate(tape, (struct vec2){ x, y }, PRECISION_DOUBLE, false);
    tape_destroy(tape);
    report_finish(&report); /* of lets that are not used */
    return jet.f;
}

START_TEST(operators_bind_as_in_mathematics)
{
    const double x = 1.5, y = -0.75, pi = acos(-1), e = exp(1);
    const struct {
        const char *formula;
        double value;
    } rows[] = {
        { "1 + 2*3", 7 }, { "(1 + 2)*3", 9 }, { "10 - 4 - 3", 3 }, { "24/4/3", 2 },
        { "24/4*3", 18 }, { "2^3^2", 512 }, { "2**3**2", 512 }, { "(2^3)^2", 64 },
        { "-x^2", -(x * x) }, { "(-x)^2", x * x }, { "2^-x", pow(2, -x) },
        { "2^-x^2", pow(2, -(x * x)) }, { "-2^-2", -0.25 }, { "--x", x }, { "+-+x", -x },
        { "-x*y", -x * y }, { "x*-y", x * -y }, { "x - -y", x - -y }, { "2*x^3", 2 * pow(x, 3) },
        { "x^2", x * x }, { "y^3", pow(y, 3) }, { "x^0.5", pow(x, 0.5) }, { "y^-1", pow(y, -1) },
        { "pow(y, 2)", y * y }, { " x\n\t+\r\ny ", x + y }, { ".5e1 + 5.", 10 },
        { "2*pi", 2 * pi }, { "log(e)", log(e) }, { "x < y", 0 }, { "x > y", 1 }, { "x <= 1.5", 1 },
        { "x >= 2", 0 }, { "x == 1.5", 1 }, { "x != 1.5", 0 }, { "1 + 1 < 3", 1 },
        { "(x > 0)*(y > 0)", 0 }, { "if(x > y, 10, 20)", 10 }, { "if(x < y, 10, 20)", 20 },
        { "min(3, 1, 2)", 1 }, { "max(1, 3, 2, 0)", 3 }, { "hypot(2, 3, 6)", 7 },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        double value = value_of(rows[i].formula, NULL, x, y);
        ck_assert_msg(value == rows[i].value, "%s is %g", rows[i].formula, value);
    }
}
END_TEST

START_TEST(wrong_formulas_are_explained_at_their_place)
{
    static const struct {
        const char *formula;
        size_t offset, length;
        const char *message;
    } rows[] = {
        { "", 0, 1, "the formula is empty" },
        { "  ", 0, 2, "the formula is empty" },
        { "x +", 3, 1, "the formula ends where a number, name or '(' should follow" },
        { "2x", 1, 1, "an operator is missing before 'x'; products are written with '*'" },
        { "x y", 2, 1, "an operator is missing before 'y'; products are written with '*'" },
        { "x(1)", 1, 1, "an operator is missing before '('; products are written with '*'" },
        { "2..3", 2, 1, "an operator is missing before '.'; products are written with '*'" },
        { "(x + 1)(y)", 7, 1, "an operator is missing before '('; products are written with '*'" },
        { "1 + (x*(y)", 4, 1, "this '(' is never closed; a ')' is missing" },
        { "sin(x", 3, 1, "this '(' is never closed; a ')' is missing" },
        { "x + 1)", 5, 1, "this ')' has no '(' before it" },
        { "()", 1, 1, "expected a number, name or '(' before ')'" },
        { "x * / y", 4, 1, "expected a number, name or '(' before '/'" },
        { "hypot(x,,y)", 8, 1, "expected a number, name or '(' before ','" },
        { "x $ y", 2, 1, "unexpected '$'" },
        { ".", 0, 1, "a decimal point needs a digit beside it" },
        { "1e999", 0, 5, "this number is too large for a double" },
        { "1,5*x", 1, 1, "',' separates the arguments of a function; decimals have a point" },
        { "x = 1", 2, 1, "'=' does not compare; write '=='" },
        { "x; y", 1, 1, "a formula is one expression; name parts of it with 'let NAME = FORMULA'" },
        { "[x]", 0, 1, "only round brackets group" },
        { "|x|", 0, 1, "there is no '|'; write abs(...) for an absolute value" },
        { "x < y < 2", 6, 1, "comparisons do not chain; a < x < b is (a < x)*(x < b)" },
        { "x + sinn(x)", 4, 4, "unknown name 'sinn'; did you mean 'sin'?" },
        { "X", 0, 1, "unknown name 'X'; did you mean 'x'?" },
        { "x + zebra", 4, 5,
          "unknown name 'zebra'; if it is a number, add 'param zebra = ...' to [problem]" },
        { "k*x", 0, 1, "unknown name 'k'; if it is a number, add 'param k = ...' to [problem]" },
        { "zebra(x)", 0, 5, "unknown name 'zebra'" },
        { "ln(x)", 0, 2, "unknown name 'ln'; did you mean 'log'?" },
        { "sin x", 0, 3, "'sin' is a function; write sin(x)" },
        { "atan2 + 1", 0, 5, "'atan2' is a function; write atan2(y, x)" },
        { "1 + sin()", 4, 5, "sin(x) takes 1 argument, not 0" },
        { "pow(1, 2, 3)", 0, 12, "pow(x, y) takes 2 arguments, not 3" },
        { "min(x)", 0, 6, "min(a, b, ...) takes at least 2 arguments, not 1" },
        { "if(x > y, 1)", 0, 12, "if(condition, a, b) takes 3 arguments, not 2" },
        { "if(x, 1, 2, 3, 4)", 0, 17, "if(condition, a, b) takes 3 arguments, not 5" },
        { "x\xc2\xb2", 1, 2, "this is a raised digit; write '^2'" },
        { "x \xe2\x88\x92 y", 2, 3, "this is a typographic minus; write '-'" },
        { "x + \xc3\xa4", 4, 1, "the byte 0xc3 cannot stand in a formula; it is plain ASCII text" },
        { "x\x01", 1, 1, "the byte 0x01 cannot stand in a formula; it is plain ASCII text" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report report = { 0 };
        ck_assert_msg(!compile(rows[i].formula, NULL, &report), "%s", rows[i].formula);
        ck_assert_uint_eq(report.count, 1);
        ck_assert_str_eq(report.entries[0].message, rows[i].message);
        ck_assert_ptr_eq(report.entries[0].place.source, &source);
        ck_assert_msg(report.entries[0].place.offset == rows[i].offset, "%s", rows[i].formula);
        ck_assert_msg(report.entries[0].place.length == rows[i].length, "%s", rows[i].formula);
        report_finish(&report);
    }
}
END_TEST

START_TEST(a_nul_byte_is_refused)
{
    struct report report = { 0 };
    struct text text = { "x\0+y", 4, { &source, 100, 4 } };
    ck_assert_ptr_null(formula_compile(&text, NULL, 0, &report));
    ck_assert_uint_eq(report.entries[0].place.offset, 101);
    ck_assert_ptr_nonnull(strstr(report.entries[0].message, "byte 0x00"));
    report_finish(&report);
}
END_TEST

START_TEST(lets_name_parts_of_a_formula)
{
    static const char *const pairs[] = { "r", "sqrt(x^2 + y^2)", "r2", "r*r + 1", NULL };
    ck_assert(value_of("r2 - r", pairs, 3, 4) == 26 - 5);
    ck_assert(value_of("-r^2", pairs, 3, 4) == -25);
    ck_assert(value_of("x", pairs, 3, 4) == 3);
}
END_TEST

START_TEST(wrong_lets_are_explained)
{
    static const struct {
        const char *pairs[5];
        const char *formula, *message;
    } rows[] = {
        { { "x", "1" }, "x", "'x' is already a variable; choose another name" },
        { { "pi", "1" }, "x", "'pi' is already a constant; choose another name" },
        { { "sin", "1" }, "x", "'sin' is already a function; choose another name" },
        { { "if", "1" }, "x", "'if' is already a function; choose another name" },
        { { "a", "1", "a", "2" }, "a",
          "'a' is already the name of another let or param; choose another name" },
        { { "2a", "1" }, "x", "'2a' is no name: a letter, then letters, digits and '_'" },
        { { "", "1" }, "x", "'' is no name: a letter, then letters, digits and '_'" },
        { { "a", "b", "b", "1" }, "a", "unknown name 'b'; a formula sees only the lets above it" },
        { { "a", "a + 1" }, "a", "unknown name 'a'; a formula sees only the lets above it" },
        { { "a", "2 +" }, "a + a",
          "the formula ends where a number, name or '(' should follow" },
        { { "radius", "x" }, "raduis", "unknown name 'raduis'; did you mean 'radius'?" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct report report = { 0 };
        ck_assert(!compile(rows[i].formula, rows[i].pairs, &report));
        ck_assert_uint_eq(report.count, 1);
        ck_assert_str_eq(report.entries[0].message, rows[i].message);
        report_finish(&report);
    }
}
END_TEST

/* let a0 = x, let a1 = a0 + a0 and so on; the formula is the last one. */
static struct tape *compile_doublings(size_t count, struct report *report)
{
    struct let *lets = memory_new(count, sizeof *lets);
    char (*texts)[2][32] = memory_new(count, sizeof *texts);
    for (size_t i = 0; i < count; i++) {
        snprintf(texts[i][0], sizeof texts[i][0], "a%zu", i);
        if (i) {
            snprintf(texts[i][1], sizeof texts[i][1], "%s + %s", texts[i - 1][0], texts[i - 1][0]);
        } else {
            strcpy(texts[i][1], "x");
        }
        lets[i] = (struct let){ text_of(texts[i][0]), text_of(texts[i][1]) };
    }
    struct text formula = lets[count - 1].name;
    struct tape *tape = formula_compile(&formula, lets, count, report);
    free(texts);
    free(lets);
    return tape;
}

START_TEST(names_that_nothing_uses_are_told)
{
    static const struct {
        const char *pairs[5], *formula, *warning;
    } cases[] = {
        { { "a", "1", "b", "2" }, "a*x + b", NULL },
        { { "a", "1", "b", "a + 1" }, "b*x", NULL },
        { { "a", "1", "b", "2" }, "a*x",
          "'b' is not used: neither the formula nor another let has it" },
        { { "a", "1" }, "x", "'a' is not used: neither the formula nor another let has it" },
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct report report = { 0 };
        struct tape *tape = compile(cases[i].formula, cases[i].pairs, &report);
        ck_assert_ptr_nonnull(tape);
        ck_assert_uint_eq(report.errors, 0);
        ck_assert_uint_eq(report.warnings, cases[i].warning != NULL);
        if (cases[i].warning) {
            ck_assert_str_eq(report.entries[0].message, cases[i].warning);
        }
        tape_destroy(tape);
        report_finish(&report);
    }
}
END_TEST

START_TEST(a_let_is_computed_once)
{
    struct report report = { 0 };
    struct tape *tape = compile_doublings(901, &report);
    ck_assert_uint_eq(tape->count, 900);
    ck_assert_int_le(tape->registers, 4);
    struct jet jet = jet_evaluate(tape, (struct vec2){ 3, 0 }, PRECISION_DOUBLE, true);
    ck_assert(jet.fx == ldexp(1, 900));
    tape_destroy(tape);
    ck_assert_ptr_null(compile_doublings(1001, &report));
    ck_assert_str_eq(report.entries[0].message,
                     "more than 1000 lets; --max-lets N raises the limit");
    report_finish(&report);
}
END_TEST

/* HEAD repeated, then TAIL: the message it leads to. */
static void check_limit(const char *head, size_t times, const char *tail, size_t offset,
                        const char *message)
{
    struct report report = { 0 };
    size_t length = strlen(head);
    char *text = memory_new(times * length + strlen(tail) + 1, 1);
    for (size_t i = 0; i < times; i++) {
        memcpy(text + i * length, head, length);
    }
    strcpy(text + times * length, tail);
    struct tape *tape = compile(text, NULL, &report);
    if (message) {
        ck_assert_ptr_null(tape);
        ck_assert_uint_eq(report.count, 1);
        ck_assert_msg(strstr(report.entries[0].message, message), "%s", report.entries[0].message);
        ck_assert_uint_eq(report.entries[0].place.offset, offset);
    } else {
        ck_assert_msg(tape, "%s", report.count ? report.entries[0].message : "");
    }
    tape_destroy(tape);
    report_finish(&report);
    free(text);
}

START_TEST(limits_are_errors_of_their_own)
{
    check_limit("(", 65536, "", 200, "nested more than 200 deep");
    check_limit("-", 65535, "x", 200, "nested more than 200 deep");
    check_limit("x^", 30000, "x", 400, "nested more than 200 deep");
    check_limit("sin(", 16000, "x", 800, "nested more than 200 deep");
    check_limit("-", 199, "x", 0, NULL);
    check_limit("x + ", 10000, "x", 0, NULL);
    check_limit("x + ", 10001, "x", 40005, "more than 10000 operations");
    check_limit(" ", 65535, "x", 0, NULL);
    check_limit(" ", 65536, "x", 65536, "more than 65536 bytes");
    check_limit("(", 1000000, "", 65536, "more than 65536 bytes");
    check_limit("1", 65536, "", 0, "too large");
    check_limit("z", 60000, "", 0, "unknown name 'zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz'");
}
END_TEST

START_TEST(values_that_wait_are_limited)
{
    struct let lets[600];
    char names[600][8], *sum = memory_new(600, 16);
    for (size_t i = 0; i < 600; i++) {
        snprintf(names[i], sizeof names[i], "a%zu", i);
        lets[i] = (struct let){ text_of(names[i]), text_of("x*y") };
        strcat(strcat(sum, i ? " + " : ""), names[i]);
    }
    struct report report = { 0 };
    struct text formula = text_of(sum);
    ck_assert_ptr_null(formula_compile(&formula, lets, 600, &report));
    ck_assert_str_eq(report.entries[0].message,
                     "the formula keeps more than 510 values at a time; use fewer lets");
    report_finish(&report);
    formula.length = strlen("a0 + a1");
    struct tape *tape = formula_compile(&formula, lets, 600, &report);
    ck_assert_uint_eq(tape->count, 3);
    tape_destroy(tape);
    report_finish(&report);
    free(sum);
}
END_TEST

START_TEST(garbage_never_crashes)
{
    static const char *const pieces[] = { "x", "y", "1", ".5", "e", "pi", "+", "-", "*", "/", "^",
        "**", "(", ")", ",", "<", ">=", "==", "=", "sin(", "min(", "if(", "pow(", "atan2", "zz",
        " ", "\n", "\xc3\xa4", "\x01", "1e9", "x^2", "a", "(x)", "log(y)", "hypot(x,y)" };
    static const char *const pairs[] = { "a", "x*y", NULL };
    unsigned long long state = 42;
    size_t good = 0;
    for (int round = 0; round < 200000; round++) {
        char text[160] = "";
        int length = 1 + (int)((state >> 33) % 12);
        for (int i = 0; i < length; i++) {
            state = state * 6364136223846793005ULL + 1442695040888963407ULL;
            strcat(text, pieces[(state >> 33) % COUNT(pieces)]);
        }
        struct report report = { 0 };
        struct tape *tape = compile(text, pairs, &report);
        ck_assert_msg(!tape == (report.errors == 1), "%s", text);
        if (tape) {
            good++;
            jet_evaluate(tape, (struct vec2){ 0, -1 }, PRECISION_SINGLE, true);
        } else {
            ck_assert_uint_le(report.entries[0].place.offset, strlen(text));
        }
        tape_destroy(tape);
        report_finish(&report);
    }
    ck_assert_uint_gt(good, 1000);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("formula");
    TCase *cases = tcase_create("formula");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, operators_bind_as_in_mathematics);
    tcase_add_test(cases, wrong_formulas_are_explained_at_their_place);
    tcase_add_test(cases, a_nul_byte_is_refused);
    tcase_add_test(cases, lets_name_parts_of_a_formula);
    tcase_add_test(cases, wrong_lets_are_explained);
    tcase_add_test(cases, names_that_nothing_uses_are_told);
    tcase_add_test(cases, a_let_is_computed_once);
    tcase_add_test(cases, limits_are_errors_of_their_own);
    tcase_add_test(cases, values_that_wait_are_limited);
    tcase_add_test(cases, garbage_never_crashes);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
