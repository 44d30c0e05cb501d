#include "model/scope.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "model/chain.h"
#include "model/tape.h"

static const struct {
    const char *text;
    struct name name;
} fixed[] = {
    { "x", { .kind = NAME_VARIABLE, .node = TAPE_X } },
    { "y", { .kind = NAME_VARIABLE, .node = TAPE_Y } },
    { "pi", { .kind = NAME_CONSTANT, .value = 3.14159265358979323846 } },
    { "e", { .kind = NAME_CONSTANT, .value = 2.71828182845904523536 } },
};
enum { FIXED_COUNT = sizeof fixed / sizeof *fixed };

/* The step at which a path does what it does not do; in claims only. */
static const char NEVER[] = "never";

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

size_t name_scan(const char *text, size_t length)
{
    size_t end = 0;
    while (end < length && (is_letter(text[end]) || (end && is_digit(text[end])))) {
        end++;
    }
    return end;
}

static bool is_let(const struct let *let, const char *text, size_t length)
{
    return let->name.length == length && !memcmp(let->name.text, text, length);
}

static bool is_name(const char *name, const char *text, size_t length)
{
    return strlen(name) == length && !memcmp(name, text, length);
}

static const struct quantity *quantity_at(const struct scope *scope, size_t index)
{
    return scope->vocabulary ? scope->vocabulary->at(index) : NULL;
}

struct name scope_find(const struct scope *scope, const char *text, size_t length)
{
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        if (is_name(fixed[i].text, text, length)) {
            return fixed[i].name;
        }
    }
    const struct function *function = function_find(text, length);
    if (function) {
        return (struct name){ .kind = NAME_FUNCTION, .function = function };
    }
    if (scope->vocabulary && is_name(NEVER, text, length)) {
        return (struct name){ .kind = NAME_CONSTANT, .value = INFINITY };
    }
    const struct quantity *quantity;
    for (size_t i = 0; (quantity = quantity_at(scope, i)); i++) {
        if (is_name(quantity->name, text, length)) {
            return (struct name){ .kind = NAME_QUANTITY, .quantity = i };
        }
    }
    for (size_t i = 0; i < scope->known; i++) {
        if (is_let(&scope->lets[i], text, length)) {
            return (struct name){ .kind = NAME_LET, .node = scope->nodes[i], .let = i };
        }
    }
    return (struct name){ .kind = NAME_UNKNOWN };
}

void scope_explain(const struct scope *scope, const char *text, size_t length, bool is_called,
                   char *why, size_t size)
{
    enum { PARAM_MAX = 32 };
    struct suggestion suggestion = { .wanted = text, .length = length };
    size_t count;
    const struct function *functions = function_list(&count);
    for (size_t i = scope->known; i < scope->count; i++) {
        if (is_let(&scope->lets[i], text, length)) {
            snprintf(why, size, "; a formula sees only the lets above it");
            return;
        }
    }
    for (size_t i = 0; i < FIXED_COUNT; i++) {
        suggestion_offer(&suggestion, fixed[i].text);
    }
    for (size_t i = 0; i < count; i++) {
        suggestion_offer_also(&suggestion, functions[i].name, functions[i].also);
    }
    for (size_t i = 0; i < scope->known; i++) {
        suggestion_offer(&suggestion, scope->lets[i].name.text);
    }
    const struct quantity *quantity;
    for (size_t i = 0; (quantity = quantity_at(scope, i)); i++) {
        suggestion_offer(&suggestion, quantity->name);
    }
    if (scope->vocabulary) {
        suggestion_offer(&suggestion, NEVER);
    }
    suggestion_text(&suggestion, why, size);
    if (!suggestion.best && !scope->vocabulary && !is_called && length <= PARAM_MAX) {
        snprintf(why, size, "; if it is a number, add 'param %.*s = ...' to [problem]",
                 (int)length, text);
    }
}
