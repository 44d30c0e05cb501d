/* Inside of the formula parser: what parse.c lends to chain.c. */
#ifndef MODEL_PARSER_H
#define MODEL_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/report.h"
#include "model/scope.h"
#include "model/tape.h"

/* In place of a node: there is none, and the report says why. */
enum { NO_NODE = -1 };

/* Where scope.vocabulary is not NULL a claim is read: then nothing depends on x
 * and y, and every node is a constant with its value, computed at once. */
struct parser {
    const struct text *text;
    size_t at;
    int depth;
    struct tape *tape;
    struct scope scope;
    bool in_steps; /* something was read that counts steps */
    struct report *report;
};

/* Both add to the report; COMPLAIN is false and FAIL is NO_NODE. */
#define COMPLAIN(p, offset, length, ...) \
    report_error((p)->report, text_place((p)->text, (offset), (length)), __VA_ARGS__)
#define FAIL(...) (COMPLAIN(__VA_ARGS__), NO_NODE)

/* Whether the text has no more bytes than it may have. */
bool parser_check_size(struct parser *p);

/* The next character after white space, NUL at the end. */
char parser_look(struct parser *p);

/* Adds an instruction; its node, or NO_NODE where there are too many. */
int parser_emit(struct parser *p, struct instruction instruction);

/* The symbol of a comparison that stands next, NULL when none does. */
const char *parser_look_comparison(struct parser *p);

/* 1 or 0. */
double parser_compare(const char *comparison, double left, double right);

/* What the grammar in parse.h calls so, from here on. */
int parser_comparison(struct parser *p);
int parser_sum(struct parser *p);

/* Says why an expression cannot go on here; NO_NODE. */
int parser_fail(struct parser *p);

/* A call of the quantity that is named at start, from its '(' on; in chain.c. */
int parser_quantity(struct parser *p, size_t quantity, size_t start);

#endif
