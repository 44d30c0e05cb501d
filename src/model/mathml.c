#include "model/mathml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "base/number.h"
#include "model/functions.h"
#include "model/scope.h"

/* How firmly the parts of an expression hold together. */
enum level { LEVEL_CASES, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_FRACTION, LEVEL_POWER, LEVEL_ATOM };

struct printer {
    const struct expression *expression;
    size_t named; /* lets up to here have names */
    FILE *stream;
};

static const char TIMES[] = "<mo>&#x2062;</mo><mspace width=\"0.17em\"/>",
                  DOT[] = "<mo>&#x22C5;</mo>", MINUS[] = "<mo>&#x2212;</mo>";

static void print(const struct printer *p, int node, enum level least);

static const struct instruction *at(const struct printer *p, int node)
{
    return tape_node(p->expression->tape, node);
}

/* The let that the node is called by, or named. x and y are called so whatever they are
 * called besides. */
static size_t let_of(const struct printer *p, int node)
{
    size_t i = node < TAPE_INPUTS ? p->named : 0;
    while (i < p->named && p->expression->let_nodes[i] != node) {
        i++;
    }
    return i;
}

/* Whether the node is shown as this operation. */
static bool is_operator(const struct printer *p, int node, enum operator_name name)
{
    const struct instruction *in = at(p, node);
    return in && in->op == OP_APPLY && in->function == &function_operators[name]
           && let_of(p, node) == p->named;
}

static bool is_sum(const struct printer *p, int node)
{
    return is_operator(p, node, OPERATOR_ADD) || is_operator(p, node, OPERATOR_SUBTRACT);
}

/* The parser makes a product of u^2. */
static bool is_square(const struct printer *p, int node)
{
    return is_operator(p, node, OPERATOR_MULTIPLY) && at(p, node)->a == at(p, node)->b;
}

static bool is_product(const struct printer *p, int node)
{
    return is_operator(p, node, OPERATOR_MULTIPLY) && !is_square(p, node);
}

static bool is_comparison(const struct printer *p, int node)
{
    return is_operator(p, node, OPERATOR_LESS) || is_operator(p, node, OPERATOR_LESS_EQUAL)
           || is_operator(p, node, OPERATOR_EQUAL) || is_operator(p, node, OPERATOR_NOT_EQUAL);
}

/* "1e-08" has two parts. */
static void number_text(double value, char text[NUMBER_SIZE])
{
    static const int digits[] = { 9, 15, 16, 17 };
    double read = NAN;
    for (size_t i = 0; i < sizeof digits / sizeof *digits && read != value; i++) {
        number_print(text, value, digits[i]);
        number_parse(text, strlen(text), &read);
    }
}

static const char *constant_name(double value)
{
    return value == 3.14159265358979323846  ? "&#x3C0;"
           : value == 2.7182818284590452354 ? "e" : NULL;
}

static enum level constant_level(double value)
{
    char text[NUMBER_SIZE];
    number_text(value, text);
    return !constant_name(value) && strchr(text, 'e') ? LEVEL_PRODUCT : LEVEL_ATOM;
}

static enum level apply_level(const struct printer *p, int node)
{
    const struct function *function = at(p, node)->function;
    if (is_sum(p, node) || is_operator(p, node, OPERATOR_NEGATE)) {
        return LEVEL_SUM;
    }
    if (is_product(p, node)) {
        return LEVEL_PRODUCT;
    }
    if (is_operator(p, node, OPERATOR_DIVIDE)) {
        return LEVEL_FRACTION;
    }
    bool is_power = is_square(p, node) || function->binary == cr_pow || function->unary == cr_exp;
    bool is_fenced = function->unary == sqrt || function->unary == fabs
                     || function->unary == floor || function->unary == ceil
                     || is_comparison(p, node);
    return is_fenced && !is_power ? LEVEL_ATOM : LEVEL_POWER;
}

static enum level level_of(const struct printer *p, int node)
{
    const struct instruction *in = at(p, node);
    if (!in || let_of(p, node) < p->named) {
        return LEVEL_ATOM;
    }
    return in->op == OP_CONSTANT ? constant_level(in->constant)
           : in->op == OP_SELECT ? LEVEL_CASES : apply_level(p, node);
}

/* Whether a digit is what is seen first. */
static bool begins_with_digit(const struct printer *p, int node)
{
    const struct instruction *in = at(p, node);
    while (in && let_of(p, node) == p->named
           && (is_product(p, node) || is_square(p, node) || is_operator(p, node, OPERATOR_POWER))
           && level_of(p, in->a) >= LEVEL_PRODUCT) {
        in = at(p, node = in->a);
    }
    return in && in->op == OP_CONSTANT && let_of(p, node) == p->named
           && !constant_name(in->constant);
}

static void print_constant(double value, FILE *stream)
{
    char text[NUMBER_SIZE];
    const char *name = constant_name(value);
    number_text(value, text);
    char *exponent = strchr(text, 'e');
    if (name || !exponent) {
        fprintf(stream, name ? "<mi>%s</mi>" : "<mn>%s</mn>", name ? name : text);
        return;
    }
    *exponent++ = '\0';
    bool is_negative = *exponent == '-';
    exponent += strspn(exponent, "+-0");
    if (strcmp(text, "1")) {
        fprintf(stream, "<mn>%s</mn>%s", text, DOT);
    }
    fprintf(stream, "<msup><mn>10</mn><mrow>%s<mn>%s</mn></mrow></msup>",
            is_negative ? MINUS : "", exponent);
}

/* a - b + c: what is to the left of the last sign is as long as the formula, so no call is
 * made for each sign. The chain's parts come from its end. */
static void print_chain(const struct printer *p, int node, bool is_sum_chain)
{
    int count = 1;
    bool (*belongs)(const struct printer *, int) = is_sum_chain ? is_sum : is_product;
    for (int left = node; belongs(p, left); left = at(p, left)->a) {
        count++;
    }
    int *parts = memory_new((size_t)count, sizeof *parts);
    int left = node;
    for (int i = count - 1; i > 0; i--, left = at(p, left)->a) {
        parts[i] = left;
    }
    print(p, left, is_sum_chain ? LEVEL_SUM : LEVEL_PRODUCT);
    for (int i = 1; i < count; i++) {
        int right = at(p, parts[i])->b;
        if (is_sum_chain) {
            fputs(is_operator(p, parts[i], OPERATOR_ADD) ? "<mo>+</mo>" : MINUS, p->stream);
        } else {
            fputs(begins_with_digit(p, right) ? DOT : TIMES, p->stream);
        }
        print(p, right, LEVEL_PRODUCT);
    }
    free(parts);
}

static void print_group(const struct printer *p, const char *open, int node, const char *close)
{
    fprintf(p->stream, "<mrow><mo>%s</mo>", open);
    print(p, node, LEVEL_CASES);
    fprintf(p->stream, "<mo>%s</mo></mrow>", close);
}

static void print_comparison(const struct printer *p, int node)
{
    const char *sign = is_operator(p, node, OPERATOR_LESS)         ? "&lt;"
                       : is_operator(p, node, OPERATOR_LESS_EQUAL) ? "&#x2264;"
                       : is_operator(p, node, OPERATOR_EQUAL)      ? "="
                                                                   : "&#x2260;";
    print(p, at(p, node)->a, LEVEL_SUM);
    fprintf(p->stream, "<mo>%s</mo>", sign);
    print(p, at(p, node)->b, LEVEL_SUM);
}

static void print_cases(const struct printer *p, const struct instruction *in)
{
    fputs("<mrow><mo>{</mo><mtable columnalign=\"left\"><mtr><mtd>", p->stream);
    print(p, in->b, LEVEL_CASES);
    fputs("</mtd><mtd><mtext>if&#xA0;</mtext>", p->stream);
    if (is_comparison(p, in->a)) {
        print_comparison(p, in->a);
    } else {
        print(p, in->a, LEVEL_SUM);
        fputs("<mo>&#x2260;</mo><mn>0</mn>", p->stream);
    }
    fputs("</mtd></mtr><mtr><mtd>", p->stream);
    print(p, in->c, LEVEL_CASES);
    fputs("</mtd><mtd><mtext>otherwise</mtext></mtd></mtr></mtable></mrow>", p->stream);
}

/* What functions are called on paper where it is something else. */
static void print_function_name(const struct function *function, FILE *stream)
{
    static const char *const names[][2] = {
        { "log", "<mi>ln</mi>" },
        { "log10", "<msub><mi>log</mi><mn>10</mn></msub>" },
        { "asin", "<mi>arcsin</mi>" },
        { "acos", "<mi>arccos</mi>" },
        { "atan", "<mi>arctan</mi>" },
        { "sign", "<mi>sgn</mi>" },
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!strcmp(names[i][0], function->name)) {
            fputs(names[i][1], stream);
            return;
        }
    }
    fprintf(stream, "<mi>%s</mi>", function->name);
}

/* min(a, b, c) is min(min(a, b), c). */
static void print_arguments(const struct printer *p, int node)
{
    const struct function *function = at(p, node)->function;
    size_t count = 0, capacity = 0;
    int *rest = NULL;
    int first = node;
    do {
        rest = memory_grow(rest, count, &capacity, sizeof *rest);
        rest[count++] = first;
        first = at(p, first)->a;
    } while (function->variadic && at(p, first) && at(p, first)->op == OP_APPLY
             && at(p, first)->function == function && let_of(p, first) == p->named);
    fputs("<mo>&#x2061;</mo><mrow><mo>(</mo>", p->stream);
    print(p, first, LEVEL_CASES);
    while (count && function->binary) {
        fputs("<mo>,</mo>", p->stream);
        print(p, at(p, rest[--count])->b, LEVEL_CASES);
    }
    fputs("<mo>)</mo></mrow>", p->stream);
    free(rest);
}

static void print_power(const struct printer *p, int node)
{
    const struct instruction *in = at(p, node);
    fputs("<msup>", p->stream);
    print(p, in->a, LEVEL_ATOM);
    if (is_square(p, node)) {
        fputs("<mn>2</mn>", p->stream);
    } else {
        print(p, in->b, LEVEL_CASES);
    }
    fputs("</msup>", p->stream);
}

static void print_call(const struct printer *p, int node)
{
    const struct instruction *in = at(p, node);
    const struct function *function = in->function;
    if (function->unary == sqrt) {
        fputs("<msqrt>", p->stream);
        print(p, in->a, LEVEL_CASES);
        fputs("</msqrt>", p->stream);
    } else if (function->unary == fabs) {
        print_group(p, "|", in->a, "|");
    } else if (function->unary == floor) {
        print_group(p, "&#x230A;", in->a, "&#x230B;");
    } else if (function->unary == ceil) {
        print_group(p, "&#x2308;", in->a, "&#x2309;");
    } else if (function->unary == cr_exp) {
        fputs("<msup><mi>e</mi>", p->stream);
        print(p, in->a, LEVEL_CASES);
        fputs("</msup>", p->stream);
    } else {
        print_function_name(function, p->stream);
        print_arguments(p, node);
    }
}

static void print_apply(const struct printer *p, int node)
{
    const struct instruction *in = at(p, node);
    if (is_sum(p, node) || is_product(p, node)) {
        print_chain(p, node, is_sum(p, node));
    } else if (is_operator(p, node, OPERATOR_NEGATE)) {
        fputs(MINUS, p->stream);
        print(p, in->a, LEVEL_PRODUCT);
    } else if (is_operator(p, node, OPERATOR_DIVIDE)) {
        fputs("<mfrac>", p->stream);
        print(p, in->a, LEVEL_CASES);
        print(p, in->b, LEVEL_CASES);
        fputs("</mfrac>", p->stream);
    } else if (is_square(p, node) || in->function->binary == cr_pow) {
        print_power(p, node);
    } else if (is_comparison(p, node)) {
        fputs("<mrow><mo>[</mo>", p->stream);
        print_comparison(p, node);
        fputs("<mo>]</mo></mrow>", p->stream);
    } else {
        print_call(p, node);
    }
}

/* One <mrow>, or what needs none. */
static void print(const struct printer *p, int node, enum level least)
{
    const struct instruction *in = at(p, node);
    size_t let = let_of(p, node);
    bool is_loose = level_of(p, node) < least;
    fputs(is_loose ? "<mrow><mo>(</mo>" : "<mrow>", p->stream);
    if (let < p->named) {
        const struct text *name = &p->expression->lets[let].name;
        mathml_name(name->text, name->length, p->stream);
    } else if (!in) {
        fputs(node == TAPE_X ? "<mi>x</mi>" : "<mi>y</mi>", p->stream);
    } else if (in->op == OP_CONSTANT) {
        print_constant(in->constant, p->stream);
    } else if (in->op == OP_SELECT) {
        print_cases(p, in);
    } else {
        print_apply(p, node);
    }
    fputs(is_loose ? "<mo>)</mo></mrow>" : "</mrow>", p->stream);
}

void mathml_expression(const struct expression *expression, int node, size_t named,
                       enum mathml_place place, FILE *stream)
{
    struct printer printer = { expression, named, stream };
    print(&printer, node, place == MATHML_ALONE ? LEVEL_CASES : LEVEL_PRODUCT);
}

static void print_word(const char *word, size_t length, FILE *stream)
{
    static const struct {
        const char *name;
        unsigned code;
    } letters[] = {
        { "alpha", 0x3B1 }, { "beta", 0x3B2 },  { "gamma", 0x3B3 },  { "delta", 0x3B4 },
        { "epsilon", 0x3F5 }, { "eps", 0x3F5 }, { "zeta", 0x3B6 },   { "eta", 0x3B7 },
        { "theta", 0x3B8 }, { "kappa", 0x3BA }, { "lambda", 0x3BB }, { "mu", 0x3BC },
        { "nu", 0x3BD },    { "xi", 0x3BE },    { "rho", 0x3C1 },    { "sigma", 0x3C3 },
        { "tau", 0x3C4 },   { "phi", 0x3D5 },   { "chi", 0x3C7 },    { "psi", 0x3C8 },
        { "omega", 0x3C9 },
    };
    const char *tag = length && strspn(word, "0123456789") >= length ? "mn" : "mi";
    fprintf(stream, "<%s>", tag);
    size_t i = 0;
    while (i < sizeof letters / sizeof *letters
           && (strlen(letters[i].name) != length || memcmp(letters[i].name, word, length))) {
        i++;
    }
    if (i < sizeof letters / sizeof *letters) {
        fprintf(stream, "&#x%X;", letters[i].code);
    } else {
        fprintf(stream, "%.*s", (int)length, word); /* names are letters, digits and '_' */
    }
    fprintf(stream, "</%s>", tag);
}

void mathml_name(const char *name, size_t length, FILE *stream)
{
    const char *bar = memchr(name + 1, '_', length - 1);
    size_t base = bar ? (size_t)(bar - name) : length;
    while (!bar && base > 1 && name[base - 1] >= '0' && name[base - 1] <= '9') {
        base--;
    }
    size_t index = bar ? base + 1 : base;
    if (index >= length) {
        print_word(name, length, stream);
        return;
    }
    fputs("<msub>", stream);
    print_word(name, base, stream);
    print_word(name + index, length - index, stream);
    fputs("</msub>", stream);
}

static const char OPEN[] = "<math display=\"block\"><mrow>", CLOSE[] = "</mrow></math>\n";

bool mathml_function(const struct text *formula, const struct let *lets, size_t let_count,
                     FILE *stream)
{
    struct expression expression;
    struct report report = { 0 };
    bool good = formula_read(&expression, formula, lets, let_count, &report);
    report_finish(&report);
    if (good) {
        fprintf(stream, "%s<mi>f</mi><mo>&#x2061;</mo><mrow><mo>(</mo><mi>x</mi><mo>,</mo>"
                "<mi>y</mi><mo>)</mo></mrow><mo>=</mo>", OPEN);
        mathml_expression(&expression, expression.node, let_count, MATHML_ALONE, stream);
        fputs(CLOSE, stream);
        for (size_t i = 0; i < let_count; i++) {
            fputs(OPEN, stream);
            mathml_name(lets[i].name.text, lets[i].name.length, stream);
            fputs("<mo>=</mo>", stream);
            mathml_expression(&expression, expression.let_nodes[i], i, MATHML_ALONE, stream);
            fputs(CLOSE, stream);
        }
    }
    expression_finish(&expression);
    return good;
}
