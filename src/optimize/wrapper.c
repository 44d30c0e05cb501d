#include "optimize/wrapper.h"

#include <string.h>

#include "base/number.h"
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
    arguments_refuse_name(arguments, &near, "wrapper");
    return NULL;
}

/* The picture is then that of the method alone, which is only told of. */
static void warn_of_idleness(const struct run *run, const struct arguments *arguments)
{
    const struct wrapping *wrapping = &run->wrapping;
    size_t index, updates = run->steps - 1;
    if (wrapping->wrapper->is_idle(wrapping->arguments, updates, &index)) {
        const struct call_item *given = arguments->given[index];
        char number[NUMBER_SIZE];
        number_print_shortest(number, wrapping->arguments[index]);
        report_warning(arguments->report, given ? given->place : arguments->call->name.place,
                       "[optimizer %s] wrap: with %s %s %s changes nothing in the run's %zu "
                       "update%s", run->label, wrapping->wrapper->arguments[index].name, number,
                       wrapping->wrapper->name, updates, updates == 1 ? "" : "s");
    }
}

bool wrapper_resolve(struct run *run, const struct optimizer_section *section,
                     struct report *report)
{
    struct wrapping *wrapping = &run->wrapping;
    struct arguments arguments = {
        .label = run->label, .key = "wrap", .call = &section->wrap, .report = report,
    };
    if (section->wrap.is_refused || !section->wrap.name.text) {
        return !section->wrap.is_refused; /* the loader has said so */
    }
    if (!run_may_have(run, "wrap", section->wrap.name.place, report)) {
        return false;
    }
    wrapping->wrapper = find(&arguments);
    if (!wrapping->wrapper) {
        return false;
    }
    if (wrapping->wrapper->after && run->optimizer->only_coupled) {
        return arguments_refuse(&arguments, section->wrap.name.place, "%s reckons from its start "
                                "and would undo the step back; sam can be put around it",
                                run->optimizer->name);
    }
    arguments_know(&arguments, wrapping->wrapper->arguments, WRAPPER_ARGUMENTS_MAX);
    bool good = arguments_sort(&arguments);
    for (size_t i = 0; good && i < arguments.count; i++) {
        good = arguments_number(&arguments, i, &wrapping->arguments[i]);
        wrapping->arguments[i] = rounded(wrapping->arguments[i], run->precision);
    }
    if (good && run->steps > 1) {
        warn_of_idleness(run, &arguments);
    }
    return good;
}
