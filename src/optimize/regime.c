#include "optimize/regime.h"

#include <string.h>

#include "model/functions.h"
#include "optimize/optimizer.h"

/* The run's learning rate; NULL when its method has none. */
static const double *learning_rate(const struct run *run)
{
    const struct parameter *parameters = run->optimizer->parameters;
    for (size_t i = 0; parameters[i].name; i++) {
        if (!strcmp(parameters[i].name, "learning_rate")
            && parameter_exists(&parameters[i], run->dialect)) {
            return &run->parameters[i];
        }
    }
    return NULL;
}

/* By the preset, else by the method, else by the dialect. */
static bool is_decoupled(const struct run *run, enum decoupling wanted)
{
    bool usually = run->optimizer->decoupled || run->dialect == DIALECT_KERAS3;
    return wanted == DECOUPLED_AS_THE_METHOD ? usually : wanted == DECOUPLED_YES;
}

static bool resolve_decay(struct run *run, const struct optimizer_section *section,
                          struct report *report)
{
    const struct maybe_number *given = &section->weight_decay;
    const struct place place = given->given ? given->place : section->place;
    const char *method = run->optimizer->name;
    double standard = run->optimizer->weight_decay[run->dialect];
    run->regime.weight_decay = rounded(given->given ? given->value : standard, run->precision);
    run->regime.decoupled = is_decoupled(run, section->decoupled);
    if (given->given && run->optimizer->alone) {
        return report_error(report, place, "[optimizer %s] weight_decay: %s cannot have "
                            "it; only methods that step by a gradient can", run->label, method);
    }
    if (run->regime.weight_decay != 0 && run->regime.decoupled && !learning_rate(run)) {
        return report_error(report, place, "[optimizer %s] weight_decay: %s has no "
                            "learning rate to decouple it with; decoupled_weight_decay = no "
                            "adds it to the gradient", run->label, method);
    }
    return true;
}

bool regime_resolve(struct run *run, const struct optimizer_section *section,
                    struct report *report)
{
    return resolve_decay(run, section, report);
}

/* The sum of g and decay times x. */
static double decayed(double g, double decay, double x, enum precision precision)
{
    return rounded(g + rounded(decay * x, precision), precision);
}

void regime_shape(struct descent *descent, struct vec2 at)
{
    const struct regime *regime = &descent->run->regime;
    enum precision precision = descent->run->precision;
    if (regime->weight_decay != 0 && !regime->decoupled) {
        descent->x.g = decayed(descent->x.g, regime->weight_decay, at.x, precision);
        descent->y.g = decayed(descent->y.g, regime->weight_decay, at.y, precision);
    }
}

static void decay_point(struct descent *descent)
{
    enum precision precision = descent->run->precision;
    double rate = rounded(*learning_rate(descent->run), precision);
    double share = rounded(rate * descent->run->regime.weight_decay, precision);
    double kept = rounded(1 - share, precision);
    descent->x.x = rounded(descent->x.x * kept, precision);
    descent->y.x = rounded(descent->y.x * kept, precision);
}

void regime_step(struct descent *descent)
{
    const struct regime *regime = &descent->run->regime;
    if (regime->weight_decay != 0 && regime->decoupled) {
        decay_point(descent);
    }
    descent->run->optimizer->step(descent);
}
