#include "optimize/regime.h"

#include "model/functions.h"
#include "optimize/optimizer.h"

bool regime_decouples(const struct optimizer *optimizer, enum dialect dialect)
{
    return optimizer->decoupled || (dialect == DIALECT_KERAS3 && !optimizer->only_coupled);
}

/* By the preset, else by the method, else by the dialect. */
static bool is_decoupled(const struct run *run, enum decoupling wanted)
{
    return wanted == DECOUPLED_AS_THE_METHOD ? regime_decouples(run->optimizer, run->dialect)
                                             : wanted == DECOUPLED_YES;
}

static bool resolve_decay(struct run *run, const struct optimizer_section *section,
                          struct report *report)
{
    const struct maybe_number *given = &section->weight_decay;
    const struct place place = given->given ? given->place : section->place;
    const char *method = run->optimizer->name;
    double standard = run->optimizer->weight_decay[run->dialect];
    size_t rate;
    run->regime.weight_decay = rounded(given->given ? given->value : standard, run->precision);
    run->regime.decoupled = is_decoupled(run, section->decoupled);
    if (given->given && !run_may_have(run, "weight_decay", place, report)) {
        return false;
    }
    if (section->decoupled == DECOUPLED_YES && run->regime.weight_decay == 0) {
        report_warning(report, section->decoupled_place, "[optimizer %s] decoupled_weight_decay: "
                       "there is no weight decay; weight_decay says how much", run->label);
    }
    bool is_apart = run->regime.weight_decay != 0 && run->regime.decoupled;
    if (is_apart && run->optimizer->only_coupled) {
        return report_error(report, place, "[optimizer %s] weight_decay: %s reckons from its "
                            "start and would take a decoupled decay back; "
                            "decoupled_weight_decay = no adds it to the gradient", run->label,
                            method);
    }
    if (is_apart && !run_rate(run, &rate)) {
        return report_error(report, place, "[optimizer %s] weight_decay: %s has no "
                            "learning rate to decouple it with; decoupled_weight_decay = no "
                            "adds it to the gradient", run->label, method);
    }
    return true;
}

static bool resolve_clipping(struct run *run, const struct optimizer_section *section,
                             struct report *report)
{
    const struct maybe_number *norm = &section->clip_norm, *value = &section->clip_value;
    run->regime.clip_norm = norm->given ? rounded(norm->value, run->precision) : 0;
    run->regime.clip_value = value->given ? rounded(value->value, run->precision) : 0;
    if (norm->given && value->given) {
        return report_error(report, value->place, "[optimizer %s] clip_value: there is a "
                            "clip_norm, too; only one of them can clip", run->label);
    }
    return !(norm->given || value->given)
        || run_may_have(run, norm->given ? "clip_norm" : "clip_value",
                        norm->given ? norm->place : value->place, report);
}

bool regime_resolve(struct run *run, const struct optimizer_section *section,
                    struct report *report)
{
    bool is_clipping = resolve_clipping(run, section, report);
    return resolve_decay(run, section, report) && is_clipping;
}

/* g times most over divisor, where the product can be too large, too. */
static double shortened(double g, double most, double divisor, enum precision precision)
{
    double product = rounded(g * most, precision);
    return isfinite(product) ? rounded(product / divisor, precision)
                             : rounded(rounded(g / divisor, precision) * most, precision);
}

/* Torch's clip_grad_norm_ keeps its divisor from 0 and divides by a reciprocal; the others scale
 * by the larger of the two, as tf.clip_by_norm does. */
static void clip_by_norm(struct descent *descent, double most)
{
    enum precision precision = descent->run->precision;
    struct coordinate *x = &descent->x, *y = &descent->y;
    double norm = descent_gradient_norm(descent);
    if (descent->run->dialect == DIALECT_PYTORCH) {
        double divisor = rounded(norm + rounded(1e-6, precision), precision);
        double share = fmin(1, rounded(rounded(1 / divisor, precision) * most, precision));
        x->g = rounded(x->g * share, precision);
        y->g = rounded(y->g * share, precision);
    } else {
        double divisor = fmax(norm, most);
        x->g = shortened(x->g, most, divisor, precision);
        y->g = shortened(y->g, most, divisor, precision);
    }
}

static double within(double g, double most)
{
    return g > most ? most : g < -most ? -most : g;
}

static void clip(struct descent *descent, const struct regime *regime)
{
    if (regime->clip_norm != 0) {
        clip_by_norm(descent, regime->clip_norm);
    } else if (regime->clip_value != 0) {
        descent->x.g = within(descent->x.g, regime->clip_value);
        descent->y.g = within(descent->y.g, regime->clip_value);
    }
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
    clip(descent, regime);
    if (regime->weight_decay != 0 && !regime->decoupled) {
        descent->x.g = decayed(descent->x.g, regime->weight_decay, at.x, precision);
        descent->y.g = decayed(descent->y.g, regime->weight_decay, at.y, precision);
    }
}

static double decay_rate(const struct descent *descent)
{
    const struct run *run = descent->run;
    size_t index = 0;
    if (run->optimizer->decay_rate) {
        return run->optimizer->decay_rate(descent);
    }
    run_rate(run, &index); /* it has one, or would not be decoupled */
    return run->parameters[index];
}

static void decay_point(struct descent *descent)
{
    enum precision precision = descent->run->precision;
    double rate = rounded(decay_rate(descent), precision);
    double share = rounded(rate * descent->run->regime.weight_decay, precision);
    double kept = rounded(1 - share, precision);
    double *x = descent_walker(descent, &descent->x), *y = descent_walker(descent, &descent->y);
    *x = rounded(*x * kept, precision);
    *y = rounded(*y * kept, precision);
}

void regime_step(struct descent *descent)
{
    const struct regime *regime = &descent->run->regime;
    const struct wrapping *wrapping = &descent->run->wrapping;
    descent->from = descent_point(descent);
    if (regime->weight_decay != 0 && regime->decoupled) {
        decay_point(descent);
    }
    descent->run->optimizer->step(descent);
    if (wrapping->wrapper && wrapping->wrapper->after) {
        wrapping->wrapper->after(descent, wrapping->arguments);
    }
}
