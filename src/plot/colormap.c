#include "plot/colormap.h"

#include <string.h>

#include "base/suggest.h"

static const struct colormap colormaps[] = {
    { "viridis", "purple, green, yellow; the default", colormap_viridis },
    { "plasma", "blue, magenta, yellow", colormap_plasma },
    { "inferno", "black, red, pale yellow", colormap_inferno },
    { "magma", "black, purple, pale pink", colormap_magma },
    { "cividis", "blue to yellow, the same for the colour-blind", colormap_cividis },
    { "greys", "light greys, for print", colormap_greys },
};

enum { COLORMAP_COUNT = sizeof colormaps / sizeof *colormaps };

const struct colormap *colormap_list(size_t *count)
{
    *count = COLORMAP_COUNT;
    return colormaps;
}

const struct colormap *colormap_find(const struct text *name, struct report *report)
{
    struct suggestion near = { .wanted = name->text, .length = name->length };
    for (size_t i = 0; i < COLORMAP_COUNT; i++) {
        if (!strcmp(name->text, colormaps[i].name)) {
            return &colormaps[i];
        }
        suggestion_offer(&near, colormaps[i].name);
    }
    char hint[96];
    suggestion_or_list(&near, "colormaps", hint, sizeof hint);
    report_error(report, name->place, "unknown colormap '%s'%s", name->text, hint);
    return NULL;
}

static struct color row_color(const struct colormap_row *row)
{
    return (struct color){ row->r / 1e6, row->g / 1e6, row->b / 1e6, 1 };
}

struct color colormap_color(const struct colormap *colormap, double value)
{
    /* A NaN compares false and gives the first row. */
    int row = value >= 1 ? COLORMAP_SIZE - 1 : value > 0 ? (int)(value * COLORMAP_SIZE) : 0;
    return row_color(&colormap->rows[row]);
}

struct color colormap_blend(const struct colormap *colormap, double value)
{
    double at = value * COLORMAP_SIZE - 0.5; /* row i stands for its middle */
    if (!(at > 0)) {
        return row_color(&colormap->rows[0]);
    }
    if (at >= COLORMAP_SIZE - 1) {
        return row_color(&colormap->rows[COLORMAP_SIZE - 1]);
    }
    int row = (int)at;
    return color_mix(row_color(&colormap->rows[row]), row_color(&colormap->rows[row + 1]),
                     at - row);
}
