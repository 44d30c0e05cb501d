/* Formulas as MathML: read back as a reader would, they are the formulas. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/catalogue.h"
#include "model/objective.h"
#include "model/jet.h"
#include "model/mathml.h"
#include "optimize/optimizer.h"
#include "optimize/rule.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct source source = { "p.ini", NULL, 0 };

static struct text text_of(const char *text)
{
    return (struct text){ text, strlen(text), { &source, 0, strlen(text) } };
}

/* What a formula with one let looks like, to be freed; r NULL: without. */
static char *printed(const char *formula, const char *r)
{
    char *markup = NULL;
    size_t size;
    FILE *stream = open_memstream(&markup, &size);
    struct text text = text_of(formula);
    struct let let = { text_of("r"), text_of(r ? r : "0") };
    ck_assert_msg(mathml_function(&text, &let, r != NULL, stream), "%s", formula);
    fclose(stream);
    return markup;
}

/* Reads markup and writes what it shows in one line, as a formula: only what is seen groups,
 * so that a bracket that is missing is missing here too. */
struct reading {
    const char *at;
    FILE *to;
};

static bool take(struct reading *r, const char *text)
{
    bool found = !strncmp(r->at, text, strlen(text));
    r->at += found ? strlen(text) : 0;
    return found;
}

static void need(struct reading *r, const char *text)
{
    ck_assert_msg(take(r, text), "no %s before %s", text, r->at);
}

static void read_element(struct reading *r);

static void read_until(struct reading *r, const char *end)
{
    while (!take(r, end)) {
        read_element(r);
    }
}

static void read_operator(struct reading *r)
{
    static const char *const signs[][2] = {
        { "&#x2061;", "" },    { "&#x2062;", "*" },  { "&#x22C5;", "*" }, { "&#x2212;", "-" },
        { "[", "(" },          { "]", ")" },         { "&lt;", "<" },     { "&#x2264;", "<=" },
        { "&#x2260;", "!=" },  { "=", "==" },        { "&#x230A;", "floor(" }, { "&#x230B;", ")" },
        { "&#x2308;", "ceil(" }, { "&#x2309;", ")" }, { "(", "(" }, { ")", ")" }, { ",", "," },
        { "+", "+" },
    };
    for (size_t i = 0; i < COUNT(signs); i++) {
        if (take(r, signs[i][0])) {
            fputs(signs[i][1], r->to);
            need(r, "</mo>");
            return;
        }
    }
    ck_abort_msg("unknown operator %s", r->at);
}

static void read_identifier(struct reading *r)
{
    static const char *const names[][2] = { { "&#x3C0;", "pi" }, { "ln", "log" }, { "sgn", "sign" },
                                            { "arcsin", "asin" }, { "arccos", "acos" },
                                            { "arctan", "atan" } };
    for (size_t i = 0; i < COUNT(names); i++) {
        if (take(r, names[i][0])) {
            fputs(names[i][1], r->to);
            need(r, "</mi>");
            return;
        }
    }
    while (!take(r, "</mi>")) {
        fputc(*r->at++, r->to);
    }
}

/* "{ a if c; b otherwise" */
static void read_cases(struct reading *r)
{
    char *branch = NULL;
    size_t size;
    struct reading first = { NULL, open_memstream(&branch, &size) };
    need(r, "<mtable columnalign=\"left\"><mtr><mtd>");
    first.at = r->at;
    read_until(&first, "</mtd>");
    fclose(first.to);
    r->at = first.at;
    fputs("if(", r->to);
    need(r, "<mtd><mtext>if&#xA0;</mtext>");
    read_until(r, "</mtd>");
    fprintf(r->to, ",%s,", branch);
    need(r, "</mtr><mtr><mtd>");
    read_until(r, "</mtd>");
    need(r, "<mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>");
    fputs(")", r->to);
    free(branch);
}

static void read_element(struct reading *r)
{
    if (take(r, "<mrow><mo>{</mo>")) {
        read_cases(r);
    } else if (take(r, "<mrow><mo>|</mo>")) {
        fputs("abs(", r->to);
        read_until(r, "<mo>|</mo></mrow>");
        fputs(")", r->to);
    } else if (take(r, "<mrow>")) {
        read_until(r, "</mrow>");
    } else if (take(r, "<mfrac>")) {
        fputs("((", r->to);
        read_element(r);
        fputs(")/(", r->to);
        read_element(r);
        fputs("))", r->to);
        need(r, "</mfrac>");
    } else if (take(r, "<msup>")) {
        read_element(r);
        fputs("^(", r->to);
        read_element(r);
        fputs(")", r->to);
        need(r, "</msup>");
    } else if (take(r, "<msqrt>")) {
        fputs("sqrt(", r->to);
        read_until(r, "</msqrt>");
        fputs(")", r->to);
    } else if (take(r, "<msub><mi>log</mi><mn>10</mn></msub>")) {
        fputs("log10", r->to);
    } else if (take(r, "<mn>")) {
        while (!take(r, "</mn>")) {
            fputc(*r->at++, r->to);
        }
    } else if (take(r, "<mi>")) {
        read_identifier(r);
    } else if (take(r, "<mo>")) {
        read_operator(r);
    } else {
        need(r, "<mspace width=\"0.17em\"/>");
    }
}

/* The formula behind "f(x, y) =", or behind "r =" in the second line, to be freed. */
static char *read_back(const char *markup, const char *start)
{
    char *formula = NULL;
    size_t size;
    const char *begin = strstr(markup, start);
    ck_assert_msg(begin, "%s", markup);
    struct reading r = { begin + strlen(start), open_memstream(&formula, &size) };
    read_until(&r, "</mrow></math>");
    fclose(r.to);
    return formula;
}

static const char F[] = "<mi>y</mi><mo>)</mo></mrow><mo>=</mo>", R[] = "<mi>r</mi><mo>=</mo>";

static struct tape *compiled(const char *formula, const char *r)
{
    struct report report = { 0 };
    struct text text = text_of(formula);
    struct let let = { text_of("r"), text_of(r ? r : "0") };
    struct tape *tape = formula_compile(&text, &let, r != NULL, &report);
    ck_assert_msg(tape, "%s: %s", formula, report.count ? report.entries[0].message : "");
    report_finish(&report);
    return tape;
}

/* Both formulas have the same values, NaN where the other has it. */
static void compare(const char *a, const char *b, const char *r_a, const char *r_b)
{
    struct tape *tapes[] = { compiled(a, r_a), compiled(b, r_b) };
    for (int i = 0; i < 25; i++) {
        struct vec2 at = { 0.7 * (i % 5) - 1.3, 0.9 * (i / 5) - 1.7 };
        double f = jet_evaluate(tapes[0], at, PRECISION_DOUBLE, false).f;
        double g = jet_evaluate(tapes[1], at, PRECISION_DOUBLE, false).f;
        ck_assert_msg((isnan(f) && isnan(g)) || f == g || fabs(f - g) <= 1e-12 * fabs(f),
                      "%s is %.17g at %g, %g; shown is %s, %.17g", a, f, at.x, at.y, b, g);
    }
    tape_destroy(tapes[0]);
    tape_destroy(tapes[1]);
}

static void check_formula(const char *formula, const char *r)
{
    char *markup = printed(formula, r), *back = read_back(markup, F);
    char *let = r ? read_back(markup, R) : NULL;
    compare(formula, back, r, let);
    free(markup);
    free(back);
    free(let);
}

/* An entry's formula with numbers in the place of its parameters, to be freed. */
static char *with_numbers(const struct catalogue_entry *entry)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz0123456789";
    char *formula = NULL;
    size_t size;
    FILE *stream = open_memstream(&formula, &size);
    for (const char *at = entry->formula; *at;) {
        size_t length = strspn(at, letters);
        const char *number = NULL;
        for (const struct catalogue_parameter *p = entry->parameters; p->name; p++) {
            bool is_named = strlen(p->name) == length && !strncmp(at, p->name, length);
            number = is_named ? p->standard : number;
        }
        if (number) {
            fprintf(stream, "(%s)", number);
        } else {
            fprintf(stream, "%.*s", (int)(length ? length : 1), at);
        }
        at += length ? length : 1;
    }
    fclose(stream);
    return formula;
}

START_TEST(what_is_shown_is_the_formula)
{
    static const char *const formulas[] = {
        "x - (y - 1)", "x - (y + 1) - 2", "x*(y + 1)*(y - 2)", "-x^2", "(-x)^2", "-(x + y)",
        "x - -y", "2^-x", "2^3^0.5", "(2^3)^0.5", "(x*y)^2", "(x/y)^3", "x/y/2", "x/(y/2)",
        "x*y^2*3", "3*2*x", "x*2^y", "x^2*4", "2*(x - 1)^4", "sin(x)^2", "sin(x^2)", "-sin(-x)",
        "sqrt(x^2 + y^2)^3", "exp(-x^2)*2", "exp(x)^2", "exp(x + y)/2", "abs(x - abs(y))*3",
        "floor(x)*ceil(y)^2", "log(x) + log10(y)", "asin(x) - acos(y) + atan(x*y)", "sign(x)",
        "min(x, y, 1) + max(min(x, 2), y)", "hypot(x, y, 2)", "atan2(y, x)",
        "pow(x, 2) + pow(x, y)",
        "if(x < y, x, -y) + 1", "2*if(x, 1, 2)", "(x < 1)*(y > 0)", "x <= y", "(x == 1) + (x != 1)",
        "if(x >= y, if(x < 0, 1, 2), 3)^2", "1e-8*x + 2.5e30*y", "(1e-8)^x", "2*1e-3", "pi*x + e^y",
        "x*x", "x*y*x", "(x + y)*(x + y)", "(x - y)*-2", "x + (-2)*y", "tanh(x)*erf(y)", "+x",
        "x^x", "(-x)^x",
    };
    for (size_t i = 0; i < COUNT(formulas); i++) {
        check_formula(formulas[i], NULL);
    }
    size_t count;
    const struct catalogue_entry *entries = catalogue_list(&count);
    for (size_t i = 0; i < count; i++) {
        char *formula = with_numbers(&entries[i]);
        check_formula(formula, NULL);
        free(formula);
    }
}
END_TEST

START_TEST(parameters_are_called_by_their_names)
{
    struct problem_section problem = { .function = text_of("rosenbrock") };
    struct report report = { 0 };
    struct objective objective;
    ck_assert(objective_init(&objective, &problem, &report));
    char *markup = NULL;
    size_t size;
    FILE *stream = open_memstream(&markup, &size);
    struct text text = text_of(objective.formula);
    ck_assert(mathml_function(&text, objective.lets, objective.let_count, stream));
    fclose(stream);
    ck_assert_ptr_nonnull(strstr(markup, "<mi>b</mi>"));
    ck_assert_ptr_nonnull(strstr(markup, "<mn>100</mn>"));
    free(markup);
    objective_finish(&objective);
}
END_TEST

START_TEST(lets_are_called_by_their_names)
{
    check_formula("r^2 + 2*r", "x^2 - y");
    check_formula("r", "x*y");
    check_formula("(x < r)*min(r, 2)", "min(x, y)");
    check_formula("x*r", "x");
    check_formula("r^r", "x*y");
    char *alias = printed("x*r", "x");
    ck_assert_ptr_nonnull(strstr(strstr(alias, F), "<mi>x</mi>"));
    free(alias);
    char *markup = printed("sqrt(r)", "x + 1");
    ck_assert_ptr_nonnull(strstr(markup, "<msqrt><mrow><mi>r</mi></mrow></msqrt>"));
    free(markup);
}
END_TEST

/* As long as a formula can be, and as deep. */
START_TEST(long_formulas_are_printed)
{
    char formula[9000] = "x";
    for (int i = 0; i < 2000; i++) {
        strcat(formula, i % 2 ? "*x" : "+y");
    }
    check_formula(formula, NULL);
    strcpy(formula, "x");
    for (int i = 0; i < 2000; i++) {
        strcat(formula, "*y");
    }
    free(printed(formula, NULL));
    char deep[900] = "";
    for (int i = 0; i < 190; i++) {
        strcat(deep, "(1-");
    }
    strcat(deep, "x");
    for (int i = 0; i < 190; i++) {
        strcat(deep, ")");
    }
    check_formula(deep, NULL);
}
END_TEST

/* By eye: what a printed formula has and a typed one does not. */
START_TEST(it_looks_like_mathematics)
{
    static const struct {
        const char *formula, *seen, *unseen;
    } rows[] = {
        { "x/2", "<mfrac>", "/</mo>" },
        { "2*x", "&#x2062;", "&#x22C5;" },
        { "x*2", "&#x22C5;", "&#x2062;" },
        { "x^2", "<msup><mrow><mi>x</mi></mrow><mn>2</mn></msup>", "<mo>(</mo><mi>x</mi><mo>)" },
        { "exp(x)", "<msup><mi>e</mi>", "exp" },
        { "pi", "&#x3C0;", "3.14" },
        { "0.1 + x", "<mn>0.1</mn>", "0.10" },
        { "1e-8", "<mn>10</mn>", "<mn>1</mn>" },
        { "x < 1", "<mo>&lt;</mo>", "<mo><</mo>" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *markup = printed(rows[i].formula, NULL);
        const char *body = strstr(markup, F);
        ck_assert_msg(strstr(body, rows[i].seen), "%s: %s", rows[i].formula, body);
        ck_assert_msg(!strstr(body, rows[i].unseen), "%s: %s", rows[i].formula, body);
        free(markup);
    }
}
END_TEST

START_TEST(wrong_formulas_print_nothing)
{
    char *markup = NULL;
    size_t size;
    FILE *stream = open_memstream(&markup, &size);
    struct text text = text_of("x +");
    ck_assert(!mathml_function(&text, NULL, 0, stream));
    fclose(stream);
    ck_assert_uint_eq(size, 0);
    free(markup);
}
END_TEST

static char *printed_name(const char *name)
{
    char *markup = NULL;
    size_t size;
    FILE *stream = open_memstream(&markup, &size);
    mathml_name(name, strlen(name), stream);
    fclose(stream);
    return markup;
}

START_TEST(names_have_letters_and_indices)
{
    static const char *const rows[][2] = {
        { "x", "<mi>x</mi>" },
        { "lr", "<mi>lr</mi>" },
        { "beta1", "<msub><mi>&#x3B2;</mi><mn>1</mn></msub>" },
        { "lr_decay", "<msub><mi>lr</mi><mi>decay</mi></msub>" },
        { "_a", "<mi>_a</mi>" },
        { "a_", "<mi>a_</mi>" },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *markup = printed_name(rows[i][0]);
        ck_assert_str_eq(markup, rows[i][1]);
        free(markup);
    }
}
END_TEST

static int occurrences(const char *text, const char *of)
{
    int count = 0;
    while ((text = strstr(text, of))) {
        text += strlen(of);
        count++;
    }
    return count;
}

START_TEST(every_rule_can_be_printed)
{
    size_t count;
    const struct optimizer *const *list = optimizer_list(&count);
    for (size_t i = 0; i < count; i++) {
        for (enum dialect dialect = 0; dialect < DIALECT_COUNT; dialect++) {
            char *markup = NULL;
            size_t size;
            FILE *stream = open_memstream(&markup, &size);
            const char *rule = list[i]->rules[dialect];
            ck_assert_msg(rule_mathml(rule, stream), "%s: %s", list[i]->name, rule);
            fclose(stream);
            ck_assert_int_eq(occurrences(markup, "<math "), 1 + occurrences(rule, ";"));
            ck_assert_int_eq(occurrences(markup, "&#x2190;"), occurrences(markup, "<math "));
            free(markup);
        }
    }
}
END_TEST

START_TEST(a_rule_shows_assignments)
{
    static const struct {
        const char *rule, *markup; /* NULL: is refused */
    } rows[] = {
        { "x -= g - 1", "<mi>x</mi><mo>&#x2190;</mo><mi>x</mi><mo>&#x2212;</mo>"
                        "<mrow><mo>(</mo><mrow><mi>g</mi></mrow><mo>&#x2212;</mo>"
                        "<mrow><mn>1</mn></mrow><mo>)</mo></mrow></mrow></math>" },
        { "b = g, at first b = <0", "<mi>b</mi><mo>&#x2190;</mo><mrow><mi>g</mi></mrow>"
                                    "<mtext>,&#xA0; at first b = &lt;0</mtext></mrow></math>" },
        { "g", NULL },
        { "= g", NULL },
        { "a + b = g", NULL },
        { "a = g g", NULL },
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *markup = NULL;
        size_t size;
        FILE *stream = open_memstream(&markup, &size);
        ck_assert_msg(rule_mathml(rows[i].rule, stream) == (rows[i].markup != NULL), "%s",
                      rows[i].rule);
        fclose(stream);
        ck_assert_msg(!rows[i].markup || strstr(markup, rows[i].markup), "%s", markup);
        free(markup);
    }
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("mathml");
    TCase *cases = tcase_create("mathml");
    tcase_add_test(cases, what_is_shown_is_the_formula);
    tcase_add_test(cases, parameters_are_called_by_their_names);
    tcase_add_test(cases, lets_are_called_by_their_names);
    tcase_add_test(cases, long_formulas_are_printed);
    tcase_add_test(cases, it_looks_like_mathematics);
    tcase_add_test(cases, wrong_formulas_print_nothing);
    tcase_add_test(cases, names_have_letters_and_indices);
    tcase_add_test(cases, every_rule_can_be_printed);
    tcase_add_test(cases, a_rule_shows_assignments);
    suite_add_tcase(suite, cases);
    return run_suite(suite);
}
