#include "optimize/wrapper.h"

#include <string.h>

#include "model/functions.h"
#include "optimize/optimizer.h"

#define X(name) &name##_wrapper,
static const struct wrapper *const list[] = { WRAPPERS(X) };
#undef X
enum { COUNT = sizeof list / sizeof *list };

const struct wrapper *const *wrapper_list(size_t *count)
{
    *count = COUNT;
    return list;
}

const char *wrapper_usage(const struct wrapper *wrapper, struct arena *arena)
{
    const char *text = "";
    for (size_t i = 0; i < WRAPPER_ARGUMENTS_MAX && wrapper->arguments[i].name; i++) {
        text = arena_printf(arena, "%s%s%s", text, i ? ", " : "",
                            argument_usage(&wrapper->arguments[i], arena));
    }
    return text;
}

static const struct wrapper *find(const struct arguments *arguments)
{
    const struct text *name = &arguments->call->name;
    struct suggestion near = { .wanted = name->text, .length = name->length };
    for (size_t i = 0; i < COUNT; i++) {
        if (!strcmp(list[i]->name, name->text)) {
            return list[i];
        }
        suggestion_offer(&near, list[i]->name);
    }
    arguments_refuse_name(arguments, &near, "wrappers");
    return NULL;
}

bool wrapper_resolve(struct run *run, const struct optimizer_section *section,
                     struct report *report)
{
    struct wrapping *wrapping = &run->wrapping;
    struct arguments arguments = {
        .label = run->label, .key = "wrap", .call = &section->wrap, .report = report,
    };
    if (!section->wrap.name.text) {
        return true;
    }
    if (!run_may_have(run, "wrap", section->wrap.name.place, report)) {
        return false;
    }
    wrapping->wrapper = find(&arguments);
    if (!wrapping->wrapper) {
        return false;
    }
    arguments_know(&arguments, wrapping->wrapper->arguments, WRAPPER_ARGUMENTS_MAX);
    bool good = arguments_sort(&arguments);
    for (size_t i = 0; good && i < arguments.count; i++) {
        good = arguments_number(&arguments, i, &wrapping->arguments[i]);
        wrapping->arguments[i] = rounded(wrapping->arguments[i], run->precision);
    }
    return good;
}
