/* Scales of function values: what levels and colours divide evenly. */
#ifndef PLOT_SCALE_H
#define PLOT_SCALE_H

#include "base/geometry.h"
#include "load/preset.h"

/* A monotonic transform of function values:
 *     linear  z
 *     root    sqrt(z - base)
 *     log     ln(z - base), where z - base is at least foot
 * With a foot of 0 the logarithm of what is not above base is not finite. */
struct value_scale {
    enum scale scale; /* not auto */
    double base, foot;
};

double value_scaled(const struct value_scale *scale, double z);

/* The value that is scaled to this. */
double value_unscaled(const struct value_scale *scale, double scaled);

/* A scale whose range is spread over the colormap. */
struct tone {
    struct value_scale scale;
    struct range range; /* scaled values at the colormap's ends */
};

/* 0 and 1 are the colormap's ends; less and more are beyond them. */
double tone_part(const struct tone *tone, double z);

#endif
