#include "plot/style.h"

#include <string.h>

#include "base/suggest.h"
#include "plot/entry.h"

/* matplotlib's ten, which the notebook's pictures use. */
static const unsigned standard_ten[] = { 0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd,
                                         0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22, 0x17becf };

/* Ten of Petroff 2021, "Accessible color sequences for data visualization". */
static const unsigned petroff_ten[] = { 0x3f90da, 0xffa90e, 0xbd1f01, 0x94a4a2, 0x832db6,
                                        0xa96b59, 0xe76300, 0xb9ac70, 0x717581, 0x92dadd };
static const unsigned petroff_six[] = { 0x5790fc, 0xf89c20, 0xe42536,
                                        0x964a8b, 0x9c9ca1, 0x7a21dd };

/* Okabe and Ito 2008, "Color universal design", without its black. */
static const unsigned okabe_ito[] = { 0x56b4e9, 0xe69f00, 0x009e73, 0xf0e442,
                                      0x0072b2, 0xd55e00, 0xcc79a7 };

/* Neighbours are far apart; dashes and markers tell them apart as well. */
static const unsigned print_greys[] = { 0x000000, 0x707070, 0x2c2c2c, 0x919191, 0x4e4e4e };

#define PALETTE(colors) .palette = (colors), .palette_size = sizeof (colors) / sizeof *(colors)

/* What all themes but the notebook's share. */
#define PARAMETERS_BELOW "{label} | {parameters}"
#define HOLD .hold_start_ms = 500, .hold_end_ms = 1500

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
        PALETTE(standard_ten),
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
    {
        .name = "article",
        .help = "for papers and pages: axes, filled contours, colour-blind-safe; the default",
        .background = 0xffffff,
        .ink = 0x1c1e21,
        .soft_ink = 0x5f6368,
        .text_size = 9,
        .small_text_size = 8,
        .title_size = 11,
        PALETTE(petroff_ten),
        .path_width = 1.8,
        .casing_width = 0.9,
        .casing_alpha = 0.7,
        .dot_diameter = 2.8,
        .head_diameter = 5.5,
        .head_rim_width = 0.6,
        .head_rim = 0x1c1e21,
        .share_heads = true,
        .hidden_alpha = 0.3,
        .star_radius = 7,
        .star = 0xffd54a,
        .star_rim = 0x1c1e21,
        .star_alpha = 1,
        .star_rim_width = 0.6,
        .stars_above = true,
        .colormap = "viridis",
        .surface_tint = 0.25,
        .shade = 0.35,
        .mesh_line_width = 0.25,
        .mesh_line = 0x1c1e21,
        .mesh_line_alpha = 0.4,
        .filled = true,
        .contour_alpha = 0.35,
        .level_ink = 0x1c1e21,
        .level_ink_alpha = 0.3,
        .level_line_width = 0.5,
        .level_gap = 6,
        .level_labels = true,
        .frame_width = 0.6,
        .frame = 0x5f6368,
        .ticks = true,
        .tick_length = 3,
        .axis_labels = true,
        .legend_text = PARAMETERS_BELOW,
        .auto_scale = true,
        HOLD,
    },
    {
        .name = "dark",
        .help = "for screens: light colours on a dark page",
        .background = 0x14161a,
        .ink = 0xe8eaed,
        .soft_ink = 0x9aa0a6,
        .text_size = 9,
        .small_text_size = 8,
        .title_size = 11,
        PALETTE(okabe_ito),
        .path_width = 1.8,
        .casing_width = 0.9,
        .casing_alpha = 0.7,
        .dot_diameter = 2.8,
        .head_diameter = 5.5,
        .head_rim_width = 0.6,
        .head_rim = 0xe8eaed,
        .share_heads = true,
        .hidden_alpha = 0.3,
        .star_radius = 7,
        .star = 0xfff3c4,
        .star_rim = 0x14161a,
        .star_alpha = 1,
        .star_rim_width = 0.6,
        .stars_above = true,
        .colormap = "viridis",
        .shade = 0.4,
        .mesh_line_width = 0.25,
        .mesh_line = 0xe8eaed,
        .mesh_line_alpha = 0.3,
        .filled = true,
        .contour_alpha = 0.45,
        .level_ink = 0xe8eaed,
        .level_ink_alpha = 0.3,
        .level_line_width = 0.5,
        .level_gap = 6,
        .level_labels = true,
        .frame_width = 0.6,
        .frame = 0x9aa0a6,
        .ticks = true,
        .tick_length = 3,
        .axis_labels = true,
        .legend_text = PARAMETERS_BELOW,
        .auto_scale = true,
        HOLD,
    },
    {
        .name = "slides",
        .help = "for a lecture hall: large type, thick lines, few details",
        .background = 0xffffff,
        .ink = 0x000000,
        .soft_ink = 0x4a4d52,
        .text_size = 16,
        .small_text_size = 13,
        .title_size = 20,
        PALETTE(petroff_six),
        .path_width = 3.5,
        .casing_width = 1.2,
        .casing_alpha = 0.7,
        .dot_diameter = 5,
        .head_diameter = 10,
        .head_rim_width = 1,
        .head_rim = 0x000000,
        .share_heads = true,
        .hidden_alpha = 0.3,
        .star_radius = 12,
        .star = 0xffd54a,
        .star_rim = 0x000000,
        .star_alpha = 1,
        .star_rim_width = 1,
        .stars_above = true,
        .colormap = "viridis",
        .surface_tint = 0.25,
        .shade = 0.35,
        .mesh_line_width = 0.5,
        .mesh_line = 0x000000,
        .mesh_line_alpha = 0.4,
        .filled = true,
        .contour_alpha = 0.35,
        .level_ink = 0x000000,
        .level_ink_alpha = 0.3,
        .level_line_width = 0.5,
        .level_gap = 8,
        .frame_width = 1,
        .frame = 0x4a4d52,
        .legend_text = PARAMETERS_BELOW,
        .auto_scale = true,
        HOLD,
    },
    {
        .name = "print",
        .help = "for black ink: dashes and markers tell the paths apart",
        .background = 0xffffff,
        .ink = 0x000000,
        .soft_ink = 0x404040,
        .text_size = 8,
        .small_text_size = 7,
        .title_size = 10,
        PALETTE(print_greys),
        .path_width = 1.2,
        .casing_width = 0.8,
        .casing_alpha = 0.7,
        .dot_diameter = 2,
        .head_diameter = 5,
        .head_rim_width = 0.5,
        .head_rim = 0x000000,
        .share_heads = true,
        .dashed_paths = true,
        .hidden_alpha = 0.3,
        .hidden_dashed = true,
        .star_radius = 6,
        .star = 0xffffff,
        .star_rim = 0x000000,
        .star_alpha = 1,
        .star_rim_width = 0.7,
        .stars_above = true,
        .colormap = "greys",
        .shade = 0.35,
        .mesh_lines = 24,
        .mesh_line_width = 0.25,
        .mesh_line = 0x000000,
        .mesh_line_alpha = 0.3,
        .contour_alpha = 1,
        .level_ink = 0x000000,
        .level_ink_alpha = 0.4,
        .level_line_width = 0.35,
        .level_gap = 6,
        .level_labels = true,
        .frame_width = 0.5,
        .frame = 0x000000,
        .ticks = true,
        .tick_length = 2.5,
        .axis_labels = true,
        .legend_text = PARAMETERS_BELOW,
        .auto_scale = true,
        HOLD,
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
    suggestion_or_list(&near, "themes", hint, sizeof hint);
    report_error(report, name->place, "unknown theme '%s'%s", name->text, hint);
    return NULL;
}

struct color theme_path_color(const struct theme *theme, size_t index)
{
    return color_hex(theme->palette[index % theme->palette_size]);
}

struct dash_pattern theme_path_dash(const struct theme *theme, size_t index)
{
    static const struct dash_pattern dashes[] = {
        { { 0 }, 0 },
        { { 4, 2 }, 2 },
        { { 1, 1.5 }, 2 },
        { { 6, 2, 1, 2 }, 4 },
        { { 9, 3 }, 2 },
        { { 2, 2 }, 2 },
        { { 9, 2, 3, 2 }, 4 },
        { { 4, 1.5, 1, 1.5 }, 4 },
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
    const struct text *legend = &preset->figure.legend_text;
    bool good = !legend->text || entry_check(legend, report);
    return good && look->theme && look->surface_map && look->contour_map;
}
