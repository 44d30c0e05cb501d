#include "model/chain.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "model/parser.h"

/* Where the quotes close that open before start: before a comma or bracket, so
 * that a word may hold quotes; the text's length when they do not. */
static size_t find_quote(const struct parser *p, size_t start)
{
    const char *text = p->text->text;
    for (size_t at = start; at < p->text->length; at++) {
        size_t next = at + 1;
        while (next < p->text->length && text[next] == ' ') {
            next++;
        }
        if (text[at] == '"' && next < p->text->length && memchr(",)", text[next], 2)) {
            return at;
        }
    }
    return p->text->length;
}

static size_t find_end(const struct parser *p, size_t at)
{
    while (at < p->text->length && !memchr(",()", p->text->text[at], 3)) {
        at++;
    }
    return at;
}

static bool read_word(struct parser *p, const struct quantity *quantity,
                      struct argument *argument)
{
    bool is_quoted = parser_look(p) == '"';
    size_t start = p->at + is_quoted;
    size_t end = is_quoted ? find_quote(p, start) : find_end(p, start);
    if (is_quoted && end == p->text->length) {
        return COMPLAIN(p, p->at, 1, "this '\"' is never closed");
    }
    p->at = end + is_quoted;
    while (end > start && p->text->text[end - 1] == ' ') {
        end--;
    }
    if (end == start) {
        return COMPLAIN(p, start, 1, "an argument is missing: %s(%s)", quantity->name,
                        quantity->arguments);
    }
    *argument = (struct argument){ p->text->text + start, end - start,
                                   text_place(p->text, start, end - start), NAN };
    return true;
}

static bool read_argument(struct parser *p, const struct quantity *quantity, size_t index,
                          struct argument *argument)
{
    if (quantity->words >> index & 1) {
        return read_word(p, quantity, argument);
    }
    parser_look(p);
    size_t start = p->at;
    int node = parser_comparison(p);
    if (node == NO_NODE) {
        return false;
    }
    *argument = (struct argument){ p->text->text + start, p->at - start,
                                   text_place(p->text, start, p->at - start),
                                   tape_node(p->tape, node)->constant };
    return true;
}

/* Passes the arguments that are too many, whatever they are: how many. */
static size_t skip_arguments(struct parser *p)
{
    size_t count = 1, depth = 0;
    for (; p->at < p->text->length; p->at++) {
        char c = p->text->text[p->at];
        if (c == ')' && !depth) {
            p->at++;
            break;
        }
        if (c == '(') {
            depth++;
        } else if (c == ')') {
            depth--;
        }
        count += c == ',' && !depth;
    }
    return count;
}

/* The arguments from '(' on and how many; false after an error. */
static bool read_arguments(struct parser *p, const struct quantity *quantity,
                           struct argument *arguments, size_t *count)
{
    size_t open = p->at++;
    *count = 0;
    if (parser_look(p) == ')') {
        p->at++;
        return true;
    }
    while (read_argument(p, quantity, *count, &arguments[*count])) {
        ++*count;
        char c = parser_look(p);
        if (c == ',' && *count == quantity->count) {
            p->at++;
            *count += skip_arguments(p);
            return true;
        }
        if (c == ')') {
            p->at++;
            return true;
        }
        if (p->at == p->text->length) {
            return COMPLAIN(p, open, 1, "this '(' is never closed; a ')' is missing");
        }
        if (c != ',' && (quantity->words >> (*count - 1) & 1)) {
            return COMPLAIN(p, p->at, 1, "unexpected '%c'; labels with commas or brackets are "
                            "written in double quotes", c);
        }
        if (c != ',') {
            return parser_fail(p) != NO_NODE;
        }
        p->at++;
    }
    return false;
}

int parser_quantity(struct parser *p, size_t index, size_t start)
{
    const struct vocabulary *vocabulary = p->scope.vocabulary;
    const struct quantity *quantity = vocabulary->at(index);
    struct argument arguments[QUANTITY_ARGUMENTS_MAX] = { { 0 } };
    size_t count, length = strlen(quantity->name);
    bool in_steps = p->in_steps || quantity->in_steps; /* whatever the arguments are in */
    double value;
    if (parser_look(p) != '(') {
        return FAIL(p, start, length, "'%s' is a measure; write %s(%s)", quantity->name,
                    quantity->name, quantity->arguments);
    }
    if (!read_arguments(p, quantity, arguments, &count)) {
        return NO_NODE;
    }
    if (count != quantity->count) {
        return FAIL(p, start, p->at - start, "%s(%s) takes %zu argument%s, not %zu%s",
                    quantity->name, quantity->arguments, quantity->count,
                    quantity->count == 1 ? "" : "s", count,
                    count > quantity->count ? "; a label with a comma stands in double quotes"
                                            : "");
    }
    if (!vocabulary->ask(vocabulary->context, index, text_place(p->text, start, length),
                         arguments, p->report, &value)) {
        return NO_NODE;
    }
    p->in_steps = in_steps;
    return parser_emit(p, (struct instruction){ .op = OP_CONSTANT, .constant = value });
}

static bool read_side(struct parser *p, struct chain_side *side)
{
    p->in_steps = false;
    parser_look(p);
    size_t start = p->at;
    int node = parser_sum(p);
    if (node == NO_NODE) {
        return false;
    }
    *side = (struct chain_side){ tape_node(p->tape, node)->constant, p->in_steps, start, p->at,
                                 "" };
    /* The white space after it was looked at. */
    while (side->end > start && p->text->text[side->end - 1] == ' ') {
        side->end--;
    }
    return true;
}

static bool read_sides(struct parser *p, struct chain *chain)
{
    while (read_side(p, &chain->sides[chain->count])) {
        const char *comparison = parser_look_comparison(p);
        struct chain_side *side = &chain->sides[chain->count++];
        if (!comparison && p->at < p->text->length) {
            return parser_fail(p) != NO_NODE;
        }
        if (!comparison) {
            return chain->count > 1
                || COMPLAIN(p, 0, p->text->length, "a claim compares: put <, <=, >, >=, == or != "
                            "and another side after this");
        }
        if (chain->count == CHAIN_SIDES_MAX) {
            return COMPLAIN(p, p->at, strlen(comparison), "more than %d sides", CHAIN_SIDES_MAX);
        }
        side->comparison = comparison;
        p->at += strlen(comparison);
    }
    return false;
}

bool chain_read(struct chain *chain, const struct text *text, const struct vocabulary *vocabulary,
                struct report *report)
{
    struct parser p = {
        .text = text,
        .tape = memory_new(1, sizeof *p.tape),
        .scope = { .vocabulary = vocabulary },
        .report = report,
    };
    *chain = (struct chain){ .count = 0 };
    bool good = parser_check_size(&p) && read_sides(&p, chain);
    const struct chain_side *sides = chain->sides;
    while (good && chain->holding + 1 < chain->count
           && parser_compare(sides[chain->holding].comparison, sides[chain->holding].value,
                             sides[chain->holding + 1].value) != 0) {
        chain->holding++;
    }
    tape_destroy(p.tape);
    return good;
}
