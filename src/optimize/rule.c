#include "optimize/rule.h"

#include <string.h>

#include "base/arena.h"
#include "base/xml.h"
#include "model/functions.h"
#include "model/mathml.h"
#include "model/scope.h"

/* One "TARGET SIGN EXPRESSION[, WORDS]". */
struct statement {
    struct text target, expression, words;
    char sign; /* '+' and '-' add to the target; '=' replaces it */
};

static struct text trimmed(const char *text, size_t length)
{
    while (length && *text == ' ') {
        text++;
        length--;
    }
    while (length && text[length - 1] == ' ') {
        length--;
    }
    return (struct text){ .text = text, .length = length };
}

/* False where there is no assignment. */
static bool statement_split(const char *text, size_t length, struct statement *statement)
{
    const char *end = text + length, *equals = memchr(text, '=', length), *words = equals;
    if (!equals || equals == text) {
        return false;
    }
    int depth = 0;
    while (words + 1 < end && (depth || strncmp(words, ", ", 2))) {
        depth += (*words == '(') - (*words == ')');
        words++;
    }
    bool has_words = words + 1 < end;
    bool adds = equals[-1] == '+' || equals[-1] == '-';
    *statement = (struct statement){
        .target = trimmed(text, (size_t)(equals - text) - adds),
        .expression = trimmed(equals + 1, (size_t)((has_words ? words : end) - equals - 1)),
        .words = has_words ? trimmed(words + 2, (size_t)(end - words - 2)) : (struct text){ 0 },
        .sign = adds ? equals[-1] : '=',
    };
    return name_scan(statement->target.text, statement->target.length)
           == statement->target.length;
}

static bool is_known(const struct let *lets, size_t count, const char *name, size_t length)
{
    bool is_variable = length == 1 && *name == 'x';
    for (size_t i = 0; !is_variable && i < count; i++) {
        is_variable = lets[i].name.length == length && !memcmp(lets[i].name.text, name, length);
    }
    return is_variable || function_find(name, length);
}

/* What the expression names stands in the place of lets, whose values nobody asks for. */
static struct let *names_of(const struct text *expression, size_t *count, struct arena *arena)
{
    struct let *lets = arena_new(arena, expression->length, sizeof *lets);
    *count = 0;
    for (size_t at = 0; at < expression->length;) {
        const char *name = expression->text + at;
        size_t length = name_scan(name, expression->length - at);
        if (length && !is_known(lets, *count, name, length)) {
            lets[*count].name = (struct text){ .text = name, .length = length };
            lets[*count].formula = (struct text){ .text = "0", .length = 1 };
            ++*count;
        }
        at += length ? length : 1;
    }
    return lets;
}

static void print_statement(const struct statement *statement, const struct expression *read,
                            size_t named, FILE *stream)
{
    const struct text *target = &statement->target;
    bool adds = statement->sign != '=';
    fputs("<math display=\"block\"><mrow>", stream);
    mathml_name(target->text, target->length, stream);
    fputs("<mo>&#x2190;</mo>", stream);
    if (adds) {
        mathml_name(target->text, target->length, stream);
        fputs(statement->sign == '+' ? "<mo>+</mo>" : "<mo>&#x2212;</mo>", stream);
    }
    mathml_expression(read, read->node, named, adds ? MATHML_AFTER_MINUS : MATHML_ALONE, stream);
    if (statement->words.length) {
        struct arena arena = { 0 };
        fputs("<mtext>,&#xA0; ", stream);
        xml_print(arena_copy(&arena, statement->words.text, statement->words.length), stream);
        fputs("</mtext>", stream);
        arena_finish(&arena);
    }
    fputs("</mrow></math>\n", stream);
}

bool rule_mathml(const char *rule, FILE *stream)
{
    struct arena arena = { 0 };
    struct report report = { 0 };
    bool good = true;
    while (good && *rule) {
        struct statement statement;
        struct expression read = { 0 };
        size_t length = strcspn(rule, ";"), count = 0;
        good = statement_split(rule, length, &statement);
        struct let *lets = good ? names_of(&statement.expression, &count, &arena) : NULL;
        good = good && formula_read(&read, &statement.expression, lets, count, &report);
        if (good) {
            print_statement(&statement, &read, count, stream);
        }
        expression_finish(&read);
        rule += length + (rule[length] == ';');
    }
    report_finish(&report);
    arena_finish(&arena);
    return good;
}
