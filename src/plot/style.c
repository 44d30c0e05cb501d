#include "plot/style.h"

#include <string.h>

#include "base/suggest.h"

/* matplotlib's ten, which the notebook's pictures use. */
static const unsigned standard_ten[] = { 0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd,
                                         0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf };

static const struct theme themes[] = {
    {
        .name = "notebook",
        .help = "the look of the original notebook's pictures",
        .background = 0xffffff,
        .ink = 0x000000,
        .palette = standard_ten,
        .palette_size = sizeof standard_ten / sizeof *standard_ten,
        .text_size = 10,
        .path_width = 1.5,
        .dot_diameter = 2.5,
        .head_diameter = 6,
        .frame_width = 0.8,
        .star_radius = 10,
        .star_edge = 1,
        .star = 0xd62728,
        .star_alpha = 0.4,
        .hidden_alpha = 0.3,
    },
};

enum { THEME_COUNT = sizeof themes / sizeof *themes };

const struct theme *theme_list(size_t *count)
{
    *count = THEME_COUNT;
    return themes;
}

static const struct theme *theme_find(const struct text *name, struct report *report)
{
    struct suggestion near = { .wanted = name->text, .length = name->length };
    for (size_t i = 0; i < THEME_COUNT; i++) {
        if (!strcmp(name->text, themes[i].name)) {
            return &themes[i];
        }
        suggestion_offer(&near, themes[i].name);
    }
    char hint[96];
    suggestion_text(&near, hint, sizeof hint);
    report_error(report, name->place, "unknown theme '%s'%s", name->text,
                 *hint ? hint : "; 'optrender list themes' shows them");
    return NULL;
}

struct color theme_path_color(const struct theme *theme, size_t index)
{
    return color_hex(theme->palette[index % theme->palette_size]);
}

bool look_resolve(struct look *look, const struct preset *preset, struct report *report)
{
    const struct text *contour_map = &preset->contour.colormap;
    look->theme = theme_find(&preset->figure.theme, report);
    look->surface_map = colormap_find(&preset->surface.colormap, report);
    look->contour_map = contour_map->text ? colormap_find(contour_map, report) : look->surface_map;
    return look->theme && look->surface_map && look->contour_map;
}
