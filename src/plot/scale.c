#include "plot/scale.h"

#include <math.h>

#include "base/elementary.h"

double value_scaled(const struct value_scale *scale, double z)
{
    double over = z - scale->base;
    switch (scale->scale) {
    case SCALE_ROOT:
        return over < 0 ? 0 : sqrt(over);
    case SCALE_LOG:
        return cr_log(over < scale->foot ? scale->foot : over);
    case SCALE_LINEAR:
    case SCALE_AUTO:
        break;
    }
    return z;
}

double value_unscaled(const struct value_scale *scale, double scaled)
{
    switch (scale->scale) {
    case SCALE_ROOT:
        return scale->base + scaled * scaled;
    case SCALE_LOG:
        return scale->base + cr_exp(scaled);
    case SCALE_LINEAR:
    case SCALE_AUTO:
        break;
    }
    return scaled;
}

double tone_part(const struct tone *tone, double z)
{
    double span = tone->range.hi - tone->range.lo;
    return (value_scaled(&tone->scale, z) - tone->range.lo) / span;
}
