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
        .soft_ink = 0x000000,
        .text_size = 10,
        .small_text_size = 10,
        .title_size = 12,
        .palette = standard_ten,
        .palette_size = sizeof standard_ten / sizeof *standard_ten,
        .path_width = 1.5,
        .dot_diameter = 2.5,
        .head_diameter = 6,
        .hidden_alpha = 0.3,
        .star_radius = 10,
        .star = 0xd62728,
        .star_rim = 0xd62728,
        .star_alpha = 0.4,
        .star_rim_width = 1,
        .colormap = "viridis",
        .mesh_line_width = 0.25,
        .mesh_line_alpha = 0.5,
        .contour_alpha = 1,
        .level_colored = true,
        .level_line_width = 1.5,
        .frame_width = 0.8,
        .frame = 0x000000,
        .legend_text = "{label}",
        .legend_inside = true,
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

struct dash_pattern theme_path_dash(const struct theme *theme, size_t index)
{
    static const struct dash_pattern dashes[] = {
        { { 0 }, 0 }, { { 4, 2 }, 2 }, { { 1, 1.5 }, 2 }, { { 6, 2, 1, 2 }, 4 }, { { 8, 3 }, 2 },
    };
    size_t round = theme->dashed_paths ? index : index / theme->palette_size;
    return dashes[round % (sizeof dashes / sizeof *dashes)];
}

enum marker theme_path_marker(const struct theme *theme, size_t index)
{
    return theme->dashed_paths ? (enum marker)(index % MARKER_COUNT) : MARKER_DISC;
}

static double number_or(const struct maybe_number *number, double standard)
{
    return number->given ? number->value : standard;
}

static bool toggled(enum toggle toggle, bool standard)
{
    return toggle == TOGGLE_THEME ? standard : toggle == TOGGLE_YES;
}

/* What the preset leaves open is the theme's. */
static void complete(struct look *look, const struct preset *preset)
{
    const struct theme *theme = look->theme;
    const struct surface_section *surface = &preset->surface;
    const struct contour_section *contour = &preset->contour;
    const struct text *legend = &preset->figure.legend_text;
    look->transparent = preset->figure.background == BACKGROUND_TRANSPARENT;
    look->shade = number_or(&surface->shade, theme->shade);
    look->mesh_lines = (int)number_or(&surface->mesh_lines, theme->mesh_lines);
    look->filled = toggled(contour->filled, theme->filled);
    look->contour_alpha = number_or(&contour->alpha, theme->contour_alpha);
    look->level_line_width = number_or(&contour->line_width, theme->level_line_width);
    look->level_labels = toggled(contour->labels, theme->level_labels);
    look->legend_text = legend->text ? legend->text : theme->legend_text;
    look->hold_start_ms = (int)number_or(&preset->film.hold_start_ms, theme->hold_start_ms);
    look->hold_end_ms = (int)number_or(&preset->film.hold_end_ms, theme->hold_end_ms);
}

bool look_resolve(struct look *look, const struct preset *preset, struct report *report)
{
    const struct text *contour_map = &preset->contour.colormap;
    struct text surface_map = preset->surface.colormap;
    *look = (struct look){ .theme = theme_find(&preset->figure.theme, report) };
    if (!surface_map.text) {
        const char *standard = look->theme ? look->theme->colormap : "viridis";
        surface_map = (struct text){ .text = standard, .length = strlen(standard) };
    }
    look->surface_map = colormap_find(&surface_map, report);
    look->contour_map = contour_map->text ? colormap_find(contour_map, report) : look->surface_map;
    if (look->theme) {
        complete(look, preset);
    }
    return look->theme && look->surface_map && look->contour_map;
}
