#include "model/parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/suggest.h"
#include "model/functions.h"

/* In place of a node: there is none, and the report says why. */
enum { NO_NODE = -1 };

/* Longer pieces of the user's text are cut in messages; the caret shows them. */
enum { QUOTE_MAX = 40 };

struct parser {
    const struct text *text;
    size_t at;
    int depth;
    struct tape *tape;
    const struct let *lets;
    size_t let_count;
    size_t lets_known; /* those above the formula */
    int *let_nodes;
    struct report *report;
};

/* Both add to the report; COMPLAIN is false and FAIL is NO_NODE. */
#define COMPLAIN(p, offset, length, ...) \
    report_error((p)->report, text_place((p)->text, (offset), (length)), __VA_ARGS__)
#define FAIL(...) (COMPLAIN(__VA_ARGS__), NO_NODE)

struct constant {
    const char *name;
    double value;
};

static const struct constant constants[] = {
    { "pi", 3.14159265358979323846 },
    { "e", 2.71828182845904523536 },
};
enum { CONSTANT_COUNT = sizeof constants / sizeof *constants };

enum level { LEVEL_COMPARISON, LEVEL_SUM, LEVEL_PRODUCT, LEVEL_POWER };

struct binary {
    const char *symbol;
    enum level level;
    enum operator_name operator;
    bool swapped; /* a > b is b < a */
};

/* A symbol that begins another stands after it. */
static const struct binary binaries[] = {
    { "<=", LEVEL_COMPARISON, OPERATOR_LESS_EQUAL, false },
    { ">=", LEVEL_COMPARISON, OPERATOR_LESS_EQUAL, true },
    { "==", LEVEL_COMPARISON, OPERATOR_EQUAL, false },
    { "!=", LEVEL_COMPARISON, OPERATOR_NOT_EQUAL, false },
    { "<", LEVEL_COMPARISON, OPERATOR_LESS, false },
    { ">", LEVEL_COMPARISON, OPERATOR_LESS, true },
    { "+", LEVEL_SUM, OPERATOR_ADD, false },
    { "-", LEVEL_SUM, OPERATOR_SUBTRACT, false },
    { "**", LEVEL_POWER, OPERATOR_POWER, false },
    { "*", LEVEL_PRODUCT, OPERATOR_MULTIPLY, false },
    { "/", LEVEL_PRODUCT, OPERATOR_DIVIDE, false },
    { "^", LEVEL_POWER, OPERATOR_POWER, false },
};

/* Characters that other notations use. */
static const struct {
    const char *symbol, *remedy;
} foreign[] = {
    { "=", "'=' does not compare; write '=='" },
    { ",", "',' separates the arguments of a function; decimals have a point" },
    { ";", "a formula is one expression; name parts of it with 'let NAME = FORMULA'" },
    { "[", "only round brackets group" },
    { "{", "only round brackets group" },
    { "&", "there is no 'and'; put one if(...) into another" },
    { "|", "there is no '|'; write abs(...) for an absolute value" },
    { "%", "there is no '%'; the remainder is a - b*floor(a/b)" },
    { "!", "there is no '!'; 'not equal' is '!='" },
    { "\xe2\x88\x92", "this is a typographic minus; write '-'" },
    { "\xe2\x80\x93", "this is a dash; write '-'" },
    { "\xc3\x97", "this is a typographic sign; write '*'" },
    { "\xc2\xb7", "this is a typographic dot; write '*'" },
    { "\xc2\xb2", "this is a raised digit; write '^2'" },
    { "\xc2\xb3", "this is a raised digit; write '^3'" },
    { "\xcf\x80", "write 'pi'" },
    { "\xe2\x88\x9a", "write 'sqrt(...)'" },
    { "\xe2\x89\xa4", "write '<='" },
    { "\xe2\x89\xa5", "write '>='" },
    { "\xe2\x89\xa0", "write '!='" },
    { "\xc2\xa0", "this is a no-break space; write a plain one" },
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the name that text begins with, 0 when there is none. */
static size_t scan_name(const char *text, size_t length)
{
    size_t end = 0;
    while (end < length && (is_letter(text[end]) || (end && is_digit(text[end])))) {
        end++;
    }
    return end;
}

static bool same_name(const char *name, const char *text, size_t length)
{
    return strlen(name) == length && !memcmp(name, text, length);
}

static int quoted(size_t length)
{
    return length < QUOTE_MAX ? (int)length : QUOTE_MAX;
}

/* The next character after white space, NUL at the end. */
static char look(struct parser *p)
{
    while (p->at < p->text->length && is_space(p->text->text[p->at])) {
        p->at++;
    }
    return p->at < p->text->length ? p->text->text[p->at] : '\0';
}

static bool begins(const struct parser *p, const char *symbol)
{
    size_t length = strlen(symbol);
    return length <= p->text->length - p->at
        && !memcmp(p->text->text + p->at, symbol, length);
}

static const struct binary *look_binary(struct parser *p)
{
    look(p);
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++) {
        if (begins(p, binaries[i].symbol)) {
            return &binaries[i];
        }
    }
    return NULL;
}

static int emit(struct parser *p, struct instruction instruction)
{
    if (p->tape->count == TAPE_NODES_MAX) {
        return FAIL(p, p->at, 1, "more than %d operations; a formula must be smaller",
                    TAPE_NODES_MAX);
    }
    return tape_add(p->tape, instruction);
}

static int emit_apply(struct parser *p, const struct function *function, int a, int b)
{
    const struct instruction *exponent = function->binary == pow ? tape_node(p->tape, b) : NULL;
    if (exponent && exponent->op == OP_CONSTANT && exponent->constant == 2) {
        function = &function_operators[OPERATOR_MULTIPLY];
        b = a;
    }
    return emit(p, (struct instruction){ .op = OP_APPLY, .function = function, .a = a, .b = b });
}

static int emit_binary(struct parser *p, const struct binary *binary, int left, int right)
{
    const struct function *function = &function_operators[binary->operator];
    return binary->swapped ? emit_apply(p, function, right, left)
                           : emit_apply(p, function, left, right);
}

static int parse_comparison(struct parser *p);

/* Says why a value cannot begin here. */
static int fail_value(struct parser *p)
{
    char c = look(p);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (begins(p, foreign[i].symbol) && c != ',') {
            return FAIL(p, p->at, 1, "%s", foreign[i].remedy);
        }
    }
    if (!c && p->at == p->text->length) {
        return FAIL(p, p->at, 1, "the formula ends where a number, name or '(' should follow");
    }
    return FAIL(p, p->at, 1, "expected a number, name or '(' before '%c'", c);
}

/* Says why an expression cannot go on here. */
static int fail_operator(struct parser *p)
{
    char c = look(p);
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (begins(p, foreign[i].symbol)) {
            return FAIL(p, p->at, 1, "%s", foreign[i].remedy);
        }
    }
    if (c == '(' || c == '.' || is_digit(c) || is_letter(c)) {
        return FAIL(p, p->at, 1, "an operator is missing before '%c'; products are written with '*'",
                    c);
    }
    if (c == ')') {
        return FAIL(p, p->at, 1, "this ')' has no '(' before it");
    }
    return FAIL(p, p->at, 1, "unexpected '%c'", c);
}

static int parse_number(struct parser *p)
{
    const char *start = p->text->text + p->at;
    size_t length = number_scan(start, p->text->length - p->at);
    double value;
    if (!number_parse(start, length, &value)) {
        return FAIL(p, p->at, 1, "a decimal point needs a digit beside it");
    }
    if (!isfinite(value)) {
        return FAIL(p, p->at, length, "this number is too large for a double");
    }
    p->at += length;
    return emit(p, (struct instruction){ .op = OP_CONSTANT, .constant = value });
}

static int parse_group(struct parser *p)
{
    size_t open = p->at++;
    int node = parse_comparison(p);
    if (node == NO_NODE) {
        return NO_NODE;
    }
    char c = look(p);
    if (c == ')') {
        p->at++;
        return node;
    }
    return c ? fail_operator(p) : FAIL(p, open, 1, "this '(' is never closed; a ')' is missing");
}

static const char *plural(int count)
{
    return count == 1 ? "" : "s";
}

/* The arguments from '(' on: how many, the first three in nodes. A variadic
 * function is applied on the way, to nodes[0]. NO_NODE after an error. */
static int parse_arguments(struct parser *p, const struct function *function, int nodes[3])
{
    size_t open = p->at++;
    int count = 0;
    if (look(p) == ')') {
        p->at++;
        return 0;
    }
    for (;;) {
        int node = parse_comparison(p);
        if (node != NO_NODE && function->variadic && count) {
            node = nodes[0] = emit_apply(p, function, nodes[0], node);
        } else if (count < 3) {
            nodes[count] = node;
        }
        if (node == NO_NODE) {
            return NO_NODE;
        }
        count++;
        switch (look(p)) {
        case ',':
            p->at++;
            break;
        case ')':
            p->at++;
            return count;
        case '\0':
            return FAIL(p, open, 1, "this '(' is never closed; a ')' is missing");
        default:
            return fail_operator(p);
        }
    }
}

static int parse_call(struct parser *p, const struct function *function, size_t start)
{
    int nodes[3] = { NO_NODE, NO_NODE, NO_NODE };
    int count = parse_arguments(p, function, nodes);
    if (count == NO_NODE) {
        return NO_NODE;
    }
    if (count < function->arity || (count > function->arity && !function->variadic)) {
        return FAIL(p, start, p->at - start, "%s(%s) takes %s%d argument%s, not %d",
                    function->name, function->arguments, function->variadic ? "at least " : "",
                    function->arity, plural(function->arity), count);
    }
    if (function->variadic) {
        return nodes[0];
    }
    if (function->arity == 3) {
        return emit(p, (struct instruction){
            .op = OP_SELECT, .a = nodes[0], .b = nodes[1], .c = nodes[2] });
    }
    return emit_apply(p, function, nodes[0], function->arity == 2 ? nodes[1] : TAPE_X);
}

static int fail_name(struct parser *p, const char *name, size_t length)
{
    struct suggestion suggestion = { .wanted = name, .length = length };
    char near[96];
    size_t count;
    const struct function *functions = function_list(&count);
    for (size_t i = 0; i < p->let_count; i++) {
        const struct text *let = &p->lets[i].name;
        if (i >= p->lets_known && same_name(let->text, name, length)) {
            return FAIL(p, p->at, length, "'%.*s' is not defined yet; move its let above this line",
                        quoted(length), name);
        }
        if (i < p->lets_known) {
            suggestion_offer(&suggestion, let->text);
        }
    }
    suggestion_offer(&suggestion, "x");
    suggestion_offer(&suggestion, "y");
    for (size_t i = 0; i < CONSTANT_COUNT; i++) {
        suggestion_offer(&suggestion, constants[i].name);
    }
    for (size_t i = 0; i < count; i++) {
        suggestion_offer(&suggestion, functions[i].name);
    }
    suggestion_text(&suggestion, near, sizeof near);
    return FAIL(p, p->at, length, "unknown name '%.*s'%s", quoted(length), name, near);
}

static int parse_name(struct parser *p)
{
    size_t start = p->at;
    const char *name = p->text->text + start;
    size_t length = scan_name(name, p->text->length - start);
    const struct function *function = function_find(name, length);
    p->at += length;
    if (function) {
        return look(p) == '(' ? parse_call(p, function, start)
                              : FAIL(p, start, length, "'%s' is a function; write %s(%s)",
                                     function->name, function->name, function->arguments);
    }
    if (length == 1 && (*name == 'x' || *name == 'y')) {
        return *name == 'x' ? TAPE_X : TAPE_Y;
    }
    for (size_t i = 0; i < CONSTANT_COUNT; i++) {
        if (same_name(constants[i].name, name, length)) {
            return emit(p, (struct instruction){ .op = OP_CONSTANT,
                                                 .constant = constants[i].value });
        }
    }
    for (size_t i = 0; i < p->lets_known; i++) {
        if (same_name(p->lets[i].name.text, name, length)) {
            return p->let_nodes[i];
        }
    }
    p->at = start;
    return fail_name(p, name, length);
}

static int parse_value(struct parser *p)
{
    char c = look(p);
    if (c == '(') {
        return parse_group(p);
    }
    if (is_digit(c) || c == '.') {
        return parse_number(p);
    }
    return is_letter(c) ? parse_name(p) : fail_value(p);
}

/* Everything that nests passes here, so here is the limit. */
static int parse_operand(struct parser *p)
{
    char c = look(p);
    if (p->depth == FORMULA_DEPTH_MAX) {
        return FAIL(p, p->at, 1, "nested more than %d deep; name inner parts with "
                    "'let NAME = FORMULA'", FORMULA_DEPTH_MAX);
    }
    if (p->at > FORMULA_BYTES_MAX) {
        return FAIL(p, p->at, 1, "a formula of more than %d bytes; name parts of it with "
                    "'let NAME = FORMULA'", FORMULA_BYTES_MAX);
    }
    p->depth++;
    int node;
    if (c == '-' || c == '+') {
        p->at++;
        node = parse_operand(p);
        if (node != NO_NODE && c == '-') {
            node = emit_apply(p, &function_operators[OPERATOR_NEGATE], node, TAPE_X);
        }
    } else {
        node = parse_value(p);
        const struct binary *binary = node == NO_NODE ? NULL : look_binary(p);
        if (binary && binary->level == LEVEL_POWER) {
            p->at += strlen(binary->symbol);
            int exponent = parse_operand(p);
            node = exponent == NO_NODE ? NO_NODE : emit_binary(p, binary, node, exponent);
        }
    }
    p->depth--;
    return node;
}

static int parse_level(struct parser *p, enum level level)
{
    bool is_product = level == LEVEL_PRODUCT;
    int left = is_product ? parse_operand(p) : parse_level(p, level + 1);
    const struct binary *binary;
    for (int count = 0; left != NO_NODE && (binary = look_binary(p)) && binary->level == level;
         count++) {
        if (level == LEVEL_COMPARISON && count) {
            return FAIL(p, p->at, strlen(binary->symbol),
                        "comparisons do not chain; a < x < b is (a < x)*(x < b)");
        }
        p->at += strlen(binary->symbol);
        int right = is_product ? parse_operand(p) : parse_level(p, level + 1);
        left = right == NO_NODE ? NO_NODE : emit_binary(p, binary, left, right);
    }
    return left;
}

static int parse_comparison(struct parser *p)
{
    return parse_level(p, LEVEL_COMPARISON);
}

/* Refuses what is not ASCII text before anything looks at it. */
static bool check_bytes(struct parser *p)
{
    const char *text = p->text->text;
    for (size_t i = 0; i < p->text->length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if ((byte >= ' ' && byte < 127) || is_space(text[i])) {
            continue;
        }
        p->at = i;
        for (size_t k = 0; k < sizeof foreign / sizeof *foreign; k++) {
            if (begins(p, foreign[k].symbol)) {
                return COMPLAIN(p, i, strlen(foreign[k].symbol), "%s", foreign[k].remedy);
            }
        }
        return COMPLAIN(p, i, 1, "the byte 0x%02x cannot stand in a formula, which is plain text",
                        byte);
    }
    return true;
}

/* One formula to its end. */
static int parse_text(struct parser *p, const struct text *text)
{
    p->text = text;
    p->at = 0;
    p->depth = 0;
    if (!check_bytes(p)) {
        return NO_NODE;
    }
    if (!look(p)) {
        return FAIL(p, 0, text->length ? text->length : 1, "the formula is empty");
    }
    int node = parse_comparison(p);
    return node != NO_NODE && look(p) ? fail_operator(p) : node;
}

/* Whether the let's name is one that formulas can use. */
static bool check_let(struct parser *p, size_t index)
{
    const struct text *name = &p->lets[index].name;
    p->text = name;
    const char *taken = NULL;
    if (!name->length || scan_name(name->text, name->length) != name->length) {
        return COMPLAIN(p, 0, name->length,
                        "'%.*s' is no name: a letter, then letters, digits and '_'",
                        quoted(name->length), name->text);
    }
    if (name->length == 1 && (*name->text == 'x' || *name->text == 'y')) {
        taken = "a variable";
    }
    for (size_t i = 0; i < CONSTANT_COUNT; i++) {
        taken = same_name(constants[i].name, name->text, name->length) ? "a constant" : taken;
    }
    if (function_find(name->text, name->length)) {
        taken = "a function";
    }
    for (size_t i = 0; i < index; i++) {
        const struct text *other = &p->lets[i].name;
        if (other->length == name->length && !memcmp(other->text, name->text, name->length)) {
            taken = "defined above";
        }
    }
    return !taken
        || COMPLAIN(p, 0, name->length, "'%.*s' is already %s; choose another name",
                    quoted(name->length), name->text, taken);
}

/* All lets in order. One that is wrong becomes x, so that its uses are not
 * reported as well. */
static bool parse_lets(struct parser *p)
{
    bool good = true;
    for (size_t i = 0; i < p->let_count; i++) {
        if (i == FORMULA_LETS_MAX) {
            p->text = &p->lets[i].name;
            return COMPLAIN(p, 0, p->text->length, "more than %d lets", FORMULA_LETS_MAX);
        }
        bool named = check_let(p, i);
        int node = parse_text(p, &p->lets[i].formula);
        good = good && named && node != NO_NODE;
        p->let_nodes[i] = node == NO_NODE ? TAPE_X : node;
        p->lets_known++;
    }
    return good;
}

struct tape *formula_compile(const struct text *formula, const struct let *lets, size_t let_count,
                             struct report *report)
{
    struct parser p = { .tape = memory_new(1, sizeof *p.tape), .lets = lets,
                        .let_count = let_count, .report = report };
    p.let_nodes = memory_new(let_count, sizeof *p.let_nodes);
    bool good = parse_lets(&p);
    int node = parse_text(&p, formula);
    free(p.let_nodes);
    if (good && node != NO_NODE) {
        if (tape_close(p.tape, node)) {
            return p.tape;
        }
        COMPLAIN(&p, 0, formula->length, "keeps more than %d values at a time; use fewer lets",
             TAPE_REGISTERS_MAX - TAPE_INPUTS);
    }
    tape_destroy(p.tape);
    return NULL;
}
