#include "model/parse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/elementary.h"
#include "base/memory.h"
#include "base/number.h"
#include "model/chain.h"
#include "model/functions.h"
#include "model/parser.h"

/* Longer pieces of the user's text are cut in messages; the caret shows them. */
enum { QUOTE_MAX = 40 };

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

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static int quoted(size_t length)
{
    return length < QUOTE_MAX ? (int)length : QUOTE_MAX;
}

/* What is being read, for messages. */
static const char *noun(const struct parser *p)
{
    return p->scope.vocabulary ? "claim" : "formula";
}

/* How what is too large becomes smaller. */
static const char *remedy(const struct parser *p, const char *formula)
{
    return p->scope.vocabulary ? "" : formula;
}

char parser_look(struct parser *p)
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
    parser_look(p);
    for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++) {
        if (begins(p, binaries[i].symbol)) {
            return &binaries[i];
        }
    }
    return NULL;
}

/* A claim's instruction as the constant that it comes to. */
static struct instruction folded(const struct parser *p, const struct instruction *in)
{
    if (in->op == OP_CONSTANT) {
        return *in;
    }
    const struct instruction *nodes[] = { tape_node(p->tape, in->a), tape_node(p->tape, in->b),
                                          tape_node(p->tape, in->c) };
    double u = nodes[0]->constant, v = nodes[1] ? nodes[1]->constant : 0;
    double value = in->op == OP_SELECT ? (u != 0 ? v : nodes[2]->constant)
                   : in->function->unary ? in->function->unary(u) : in->function->binary(u, v);
    return (struct instruction){ .op = OP_CONSTANT, .constant = value };
}

int parser_emit(struct parser *p, struct instruction instruction)
{
    if ((long)p->tape->count == limit_of(LIMIT_OPERATIONS)) {
        return FAIL(p, p->at, 1, "more than %ld operations; a %s must be smaller%s",
                    limit_of(LIMIT_OPERATIONS), noun(p), limit_hint(LIMIT_OPERATIONS).text);
    }
    return tape_add(p->tape, p->scope.vocabulary ? folded(p, &instruction) : instruction);
}

static int emit_apply(struct parser *p, const struct function *function, int a, int b)
{
    const struct instruction *exponent = function->binary == cr_pow ? tape_node(p->tape, b) : NULL;
    if (exponent && exponent->op == OP_CONSTANT && exponent->constant == 2) {
        function = &function_operators[OPERATOR_MULTIPLY];
        b = a;
    }
    return parser_emit(p, (struct instruction){
        .op = OP_APPLY, .function = function, .a = a, .b = b });
}

static int emit_binary(struct parser *p, const struct binary *binary, int left, int right)
{
    const struct function *function = &function_operators[binary->operator];
    return binary->swapped ? emit_apply(p, function, right, left)
                           : emit_apply(p, function, left, right);
}

/* Reports a symbol of another notation; false when there is none here. */
static bool refuse_foreign(struct parser *p)
{
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (begins(p, foreign[i].symbol)) {
            COMPLAIN(p, p->at, strlen(foreign[i].symbol), "%s", foreign[i].remedy);
            return true;
        }
    }
    return false;
}

static bool is_ascii(char c)
{
    return (c >= ' ' && c < 127) || is_space(c);
}

static bool refuse_byte(struct parser *p, size_t at)
{
    return COMPLAIN(p, at, 1, "the byte 0x%02x cannot stand in a %s; it is plain ASCII text%s",
                    (unsigned char)p->text->text[at], noun(p),
                    p->scope.vocabulary ? " but for labels" : "");
}

/* Says why a value cannot begin here. */
static int fail_value(struct parser *p)
{
    char c = parser_look(p);
    if (c != ',' && refuse_foreign(p)) {
        return NO_NODE;
    }
    if (!c && p->at == p->text->length) {
        return FAIL(p, p->at, 1, "the %s ends where a number, name or '(' should follow",
                    noun(p));
    }
    if (!is_ascii(c)) {
        return refuse_byte(p, p->at), NO_NODE;
    }
    return FAIL(p, p->at, 1, "expected a number, name or '(' before '%c'", c);
}

int parser_fail(struct parser *p)
{
    char c = parser_look(p);
    if (refuse_foreign(p)) {
        return NO_NODE;
    }
    if (c == '(' || c == '.' || is_digit(c) || name_scan(&c, 1)) {
        return FAIL(p, p->at, 1,
                    "an operator is missing before '%c'; products are written with '*'", c);
    }
    if (c == ')') {
        return FAIL(p, p->at, 1, "this ')' has no '(' before it");
    }
    if (!is_ascii(c)) {
        return refuse_byte(p, p->at), NO_NODE;
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
    return parser_emit(p, (struct instruction){ .op = OP_CONSTANT, .constant = value });
}

static int parse_group(struct parser *p)
{
    size_t open = p->at++;
    int node = parser_comparison(p);
    if (node == NO_NODE) {
        return NO_NODE;
    }
    char c = parser_look(p);
    if (c == ')') {
        p->at++;
        return node;
    }
    return c ? parser_fail(p) : FAIL(p, open, 1, "this '(' is never closed; a ')' is missing");
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
    if (parser_look(p) == ')') {
        p->at++;
        return 0;
    }
    for (;;) {
        int node = parser_comparison(p);
        if (node != NO_NODE && function->variadic && count) {
            node = nodes[0] = emit_apply(p, function, nodes[0], node);
        } else if (count < 3) {
            nodes[count] = node;
        }
        if (node == NO_NODE) {
            return NO_NODE;
        }
        count++;
        switch (parser_look(p)) {
        case ',':
            p->at++;
            break;
        case ')':
            p->at++;
            return count;
        case '\0':
            return FAIL(p, open, 1, "this '(' is never closed; a ')' is missing");
        default:
            return parser_fail(p);
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
        return parser_emit(p, (struct instruction){
            .op = OP_SELECT, .a = nodes[0], .b = nodes[1], .c = nodes[2] });
    }
    return emit_apply(p, function, nodes[0], function->arity == 2 ? nodes[1] : TAPE_X);
}

static int parse_name(struct parser *p, size_t length)
{
    size_t start = p->at;
    const char *text = p->text->text + start;
    struct name name = scope_find(&p->scope, text, length);
    p->at += length;
    switch (name.kind) {
    case NAME_VARIABLE:
        return !p->scope.vocabulary ? name.node
                                    : FAIL(p, start, length, "a claim is about whole paths and "
                                           "has no '%.*s'; measures have numbers to compare",
                                           (int)length, text);
    case NAME_LET:
        if (p->scope.used) {
            p->scope.used[name.let] = true;
        }
        return name.node;
    case NAME_CONSTANT:
        p->in_steps |= isinf(name.value);
        return parser_emit(p, (struct instruction){ .op = OP_CONSTANT, .constant = name.value });
    case NAME_FUNCTION:
        return parser_look(p) == '(' ? parse_call(p, name.function, start)
                              : FAIL(p, start, length, "'%s' is a function; write %s(%s)",
                                     name.function->name, name.function->name,
                                     name.function->arguments);
    case NAME_QUANTITY:
        return parser_quantity(p, name.quantity, start);
    case NAME_UNKNOWN:
        break;
    }
    char why[96];
    bool is_called = parser_look(p) == '(';
    scope_explain(&p->scope, text, length, is_called, why, sizeof why);
    return FAIL(p, start, length, "unknown %s '%.*s'%s",
                p->scope.vocabulary && is_called ? "measure" : "name",
                quoted(length), text, why);
}

static int parse_value(struct parser *p)
{
    char c = parser_look(p);
    if (c == '(') {
        return parse_group(p);
    }
    if (is_digit(c) || c == '.') {
        return parse_number(p);
    }
    size_t length = name_scan(p->text->text + p->at, p->text->length - p->at);
    return length ? parse_name(p, length) : fail_value(p);
}

/* Everything that nests passes here, so here is the limit. */
static int parse_operand(struct parser *p)
{
    char c = parser_look(p);
    if (p->depth == limit_of(LIMIT_DEPTH)) {
        return FAIL(p, p->at, 1, "nested more than %ld deep%s%s", limit_of(LIMIT_DEPTH),
                    remedy(p, "; name inner parts with 'let NAME = FORMULA'"),
                    limit_hint(LIMIT_DEPTH).text);
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

const char *parser_look_comparison(struct parser *p)
{
    const struct binary *binary = look_binary(p);
    return binary && binary->level == LEVEL_COMPARISON ? binary->symbol : NULL;
}

double parser_compare(const char *comparison, double left, double right)
{
    const struct binary *binary = binaries;
    while (strcmp(binary->symbol, comparison)) {
        binary++;
    }
    const struct function *function = &function_operators[binary->operator];
    return binary->swapped ? function->binary(right, left) : function->binary(left, right);
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

int parser_comparison(struct parser *p)
{
    return parse_level(p, LEVEL_COMPARISON);
}

int parser_sum(struct parser *p)
{
    return parse_level(p, LEVEL_SUM);
}

/* Refuses what is not ASCII text before anything looks at it. */
static bool check_bytes(struct parser *p)
{
    const char *text = p->text->text;
    for (size_t i = 0; i < p->text->length; i++) {
        if (!is_ascii(text[i])) {
            p->at = i;
            return !refuse_foreign(p) && refuse_byte(p, i);
        }
    }
    return true;
}

bool parser_check_size(struct parser *p)
{
    size_t most = (size_t)limit_of(LIMIT_FORMULA_BYTES);
    return p->text->length <= most
           || COMPLAIN(p, most, 1, "the %s has more than %zu bytes%s%s", noun(p), most,
                       remedy(p, "; name parts of it with 'let NAME = FORMULA'"),
                       limit_hint(LIMIT_FORMULA_BYTES).text);
}

/* One formula to its end. */
static int parse_text(struct parser *p, const struct text *text)
{
    p->text = text;
    p->at = 0;
    p->depth = 0;
    if (!parser_check_size(p) || !check_bytes(p)) {
        return NO_NODE;
    }
    if (!parser_look(p)) {
        return FAIL(p, 0, text->length ? text->length : 1, "the formula is empty");
    }
    int node = parser_comparison(p);
    return node != NO_NODE && parser_look(p) ? parser_fail(p) : node;
}

/* Whether the let's name is one that formulas can use. */
static bool check_name(struct parser *p, const struct text *name)
{
    static const char *const owners[] = {
        [NAME_VARIABLE] = "a variable",
        [NAME_CONSTANT] = "a constant",
        [NAME_FUNCTION] = "a function",
        [NAME_LET] = "the name of another let or param",
    };
    p->text = name;
    if (!name->length || name_scan(name->text, name->length) != name->length) {
        return COMPLAIN(p, 0, name->length,
                        "'%.*s' is no name: a letter, then letters, digits and '_'",
                        quoted(name->length), name->text);
    }
    const char *owner = owners[scope_find(&p->scope, name->text, name->length).kind];
    return !owner
        || COMPLAIN(p, 0, name->length, "'%.*s' is already %s; choose another name",
                    quoted(name->length), name->text, owner);
}

/* All lets in order. One that is wrong becomes x, so that its uses are not
 * reported as well. */
static bool parse_lets(struct parser *p)
{
    struct scope *scope = &p->scope;
    bool good = true;
    for (size_t i = 0; i < scope->count; i++) {
        const struct let *let = &scope->lets[i];
        if (i == (size_t)limit_of(LIMIT_LETS)) {
            p->text = &let->name;
            return COMPLAIN(p, 0, let->name.length, "more than %ld lets%s", limit_of(LIMIT_LETS),
                            limit_hint(LIMIT_LETS).text);
        }
        bool named = check_name(p, &let->name);
        int node = parse_text(p, &let->formula);
        good = good && named && node != NO_NODE;
        scope->nodes[i] = node == NO_NODE ? TAPE_X : node;
        scope->known++;
    }
    return good;
}

/* Reads it, and which lets are used unless used is NULL. */
static bool read(struct expression *expression, const struct text *formula,
                 const struct let *lets, size_t let_count, bool *used, struct report *report)
{
    *expression = (struct expression){
        .tape = memory_new(1, sizeof *expression->tape),
        .let_nodes = memory_new(let_count, sizeof *expression->let_nodes),
        .lets = lets,
    };
    struct parser p = {
        .tape = expression->tape,
        .scope = { .lets = lets, .count = let_count, .nodes = expression->let_nodes,
                   .used = used },
        .report = report,
    };
    bool good = parse_lets(&p);
    expression->node = parse_text(&p, formula);
    return good && expression->node != NO_NODE;
}

bool formula_read(struct expression *expression, const struct text *formula,
                  const struct let *lets, size_t let_count, struct report *report)
{
    return read(expression, formula, lets, let_count, NULL, report);
}

void expression_finish(struct expression *expression)
{
    free(expression->let_nodes);
    tape_destroy(expression->tape);
    *expression = (struct expression){ 0 };
}

/* Those of presets; the catalogue's have no place. */
static void warn_of_unused(const struct let *lets, size_t count, const bool *used,
                           struct report *report)
{
    for (size_t i = 0; i < count; i++) {
        if (!used[i] && lets[i].name.place.source) {
            report_warning(report, lets[i].name.place, "'%s' is not used: neither the formula nor "
                           "another let has it", lets[i].name.text);
        }
    }
}

struct tape *formula_compile(const struct text *formula, const struct let *lets, size_t let_count,
                             struct report *report)
{
    struct expression expression;
    struct tape *tape = NULL;
    bool *used = memory_new(let_count, sizeof *used);
    if (read(&expression, formula, lets, let_count, used, report)) {
        warn_of_unused(lets, let_count, used, report);
        if (tape_close(expression.tape, expression.node)) {
            tape = expression.tape;
            expression.tape = NULL;
        } else {
            struct parser p = { .text = formula, .report = report };
            COMPLAIN(&p, 0, formula->length,
                     "the formula keeps more than %d values at a time; use fewer lets",
                     TAPE_REGISTERS_MAX - TAPE_INPUTS);
        }
    }
    free(used);
    expression_finish(&expression);
    return tape;
}
