#include "optimize/optimizer.h"

#include <stdio.h>
#include <string.h>

#include "base/number.h"

#define X(name) &name##_optimizer,
static const struct optimizer *const list[] = { OPTIMIZERS(X) };
#undef X

const struct optimizer *const *optimizer_list(size_t *count)
{
    *count = sizeof list / sizeof *list;
    return list;
}

const struct optimizer *optimizer_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        if (!strcmp(list[i]->name, name)) {
            return list[i];
        }
    }
    return NULL;
}

bool parameter_exists(const struct parameter *parameter, enum dialect dialect)
{
    return parameter->defaults[dialect] != ABSENT;
}

bool parameter_allows(const struct parameter *parameter, double value)
{
    bool is_open = parameter->domain == HALF_OPEN;
    return range_holds(parameter->range, value) && !(is_open && value == parameter->range.hi);
}

void parameter_describe(const struct parameter *parameter, char *text, size_t size)
{
    if (parameter->domain == SWITCH) {
        snprintf(text, size, "yes or no");
        return;
    }
    char lo[NUMBER_SIZE], hi[NUMBER_SIZE];
    number_print(lo, parameter->range.lo, 6);
    number_print(hi, parameter->range.hi, 6);
    snprintf(text, size, "%s <= %s %s %s", lo, parameter->name,
             parameter->domain == HALF_OPEN ? "<" : "<=", hi);
}

double descent_look(struct descent *descent, struct vec2 at)
{
    struct jet jet = objective_gradient(descent->objective, at, descent->run->precision);
    descent->x.g = jet.fx;
    descent->y.g = jet.fy;
    regime_shape(descent, at);
    return jet.f;
}
