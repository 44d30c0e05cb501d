/* Themes: how everything but the data looks. Sizes are points on the page. */
#ifndef PLOT_STYLE_H
#define PLOT_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/color.h"
#include "base/report.h"
#include "load/preset.h"
#include "plot/colormap.h"

/* How head number index looks: a disc, or another shape where colour alone
 * must not tell. */
enum marker { MARKER_DISC, MARKER_SQUARE, MARKER_TRIANGLE, MARKER_DIAMOND, MARKER_COUNT };

/* Lengths of dashes and gaps in path widths; count 0: a solid line. */
struct dash_pattern {
    double lengths[4];
    int count;
};

struct theme {
    const char *name;
    const char *help;
    unsigned background, ink; /* 0xRRGGBB */
    unsigned soft_ink;        /* of axis numbers and notes */

    double text_size;       /* labels, legend */
    double small_text_size; /* axis numbers, notes */
    double title_size;

    const unsigned *palette; /* path colours, repeated when they run out */
    size_t palette_size;
    double path_width;
    double casing_width; /* the rim on each side of a path and head; 0: none */
    double casing_alpha; /* of that rim, which has the background's colour */
    double dot_diameter;  /* at every step of a still */
    double head_diameter; /* where a path is now */
    double head_rim_width;
    unsigned head_rim;
    bool share_heads; /* those at one place share a disc; hidden ones are outlines */
    bool dashed_paths;   /* paths differ by dashes and heads by shape, from the first on */
    double hidden_alpha; /* of what lies behind the surface */
    bool hidden_dashed;  /* faint means dashed, where there is no room for greys */

    double star_radius; /* of the sign of a minimum, outer; the inner one is half of it */
    unsigned star, star_rim;
    double star_alpha;
    double star_rim_width;
    bool stars_above; /* the trails, not below them */

    const char *colormap; /* of the surface, unless the preset names one */
    double surface_tint;  /* share of the background's colour mixed into the surface */
    double shade;         /* strength of the light */
    int mesh_lines;       /* each way */
    double mesh_line_width;
    unsigned mesh_line;
    double mesh_line_alpha;

    bool filled;             /* bands between the level lines */
    double contour_alpha;    /* of bands where filled, else of lines */
    bool level_colored;      /* lines have the colour of their value, or else: */
    unsigned level_ink;
    double level_ink_alpha;
    double level_line_width;
    double level_gap; /* lines are at least so far apart on average; 0: as many as asked for */
    bool level_labels;

    double frame_width; /* of the panels' frames */
    unsigned frame;
    bool ticks;         /* numbers along the frames */
    double tick_length;
    bool axis_labels;

    const char *legend_text; /* of an entry, see plot/entry.h */
    bool legend_inside;      /* in a box over the contour panel, as the notebook has it */

    bool auto_scale; /* contour.scale = auto may choose root or log */
    int hold_start_ms, hold_end_ms;
};

const struct theme *theme_list(size_t *count);

/* What the preset says, completed by its theme. */
struct look {
    const struct theme *theme;
    const struct colormap *surface_map, *contour_map;
    bool transparent; /* no background */
    double shade;
    int mesh_lines;
    bool filled;
    double contour_alpha;
    double level_line_width;
    bool level_labels;
    const char *legend_text; /* borrowed from preset or theme */
    int hold_start_ms, hold_end_ms;
};

/* Completes it; false after telling the report of unknown names. */
bool look_resolve(struct look *look, const struct preset *preset, struct report *report);

/* How path number index differs from the others. */
struct color theme_path_color(const struct theme *theme, size_t index);
struct dash_pattern theme_path_dash(const struct theme *theme, size_t index);
enum marker theme_path_marker(const struct theme *theme, size_t index);

#endif
