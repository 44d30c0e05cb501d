/* A preset: what the user asked for, typed, checked against the key table and
 * completed with defaults; const from here on.
 *
 * One sub-struct per section of the file. What only a later stage can judge
 * (function, method, colormap, theme, hyper-parameters) stays a struct text
 * with its place, so that the later stage can point at it. */
#ifndef LOAD_PRESET_H
#define LOAD_PRESET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/color.h"
#include "base/error.h"
#include "base/geometry.h"
#include "base/report.h"

enum panel { PANEL_SURFACE, PANEL_CONTOUR, PANEL_LOSS, PANEL_COUNT };
enum layout { LAYOUT_WIDE, LAYOUT_NOTEBOOK, LAYOUT_STACKED, LAYOUT_SINGLE };
enum legend_place {
    LEGEND_BEST, LEGEND_UPPER_RIGHT, LEGEND_UPPER_LEFT, LEGEND_LOWER_LEFT,
    LEGEND_LOWER_RIGHT, LEGEND_OUTSIDE, LEGEND_NONE
};
enum dialect {
    DIALECT_TENSORFLOW1, DIALECT_TEXTBOOK, DIALECT_PYTORCH, DIALECT_KERAS3, DIALECT_COUNT
};
enum precision { PRECISION_SINGLE, PRECISION_DOUBLE };
enum scale { SCALE_LINEAR, SCALE_ROOT, SCALE_LOG, SCALE_AUTO };
enum hidden { HIDDEN_FAINT, HIDDEN_DASHED, HIDDEN_SOLID, HIDDEN_NONE };
enum drape { DRAPE_NONE, DRAPE_SURFACE, DRAPE_FLOOR };
enum aspect { ASPECT_FREE, ASPECT_EQUAL };
enum svg_size { SVG_INCHES, SVG_PIXELS };
/* What an html file is: a page, or a <figure> for pages. */
enum html_kind { HTML_PAGE, HTML_FIGURE };
enum background { BACKGROUND_THEME, BACKGROUND_TRANSPARENT };
/* What a theme decides unless the preset does. */
enum toggle { TOGGLE_THEME, TOGGLE_YES, TOGGLE_NO };
/* Whether weight decay is decoupled from the gradient. */
enum decoupling { DECOUPLED_AS_THE_METHOD, DECOUPLED_YES, DECOUPLED_NO };
enum minimum_kind { MINIMUM_CATALOGUE, MINIMUM_NONE, MINIMUM_GIVEN };

/* A value that may be absent; the objective or the data then decide. */
struct maybe_number {
    bool given;
    double value;
    struct place place;
};
struct maybe_point {
    bool given;
    struct vec2 value;
    struct place place;
};
struct maybe_range {
    bool given;
    struct range value;
    struct place place;
};
struct maybe_color {
    bool given;
    struct color value;
};

/* A number that may change during the film: from its start to its end. */
struct sweep {
    double from, to; /* the same: it stays */
};

/* "NAME(A .. B, WORD NUMBER ...)", see load/call.h */
struct call_item {
    struct text word;             /* text NULL: numbers alone */
    struct maybe_number *numbers; /* the first of a range may be not given */
    size_t count;
    struct place place;
};
struct call_value {
    struct text name; /* text NULL: not given, or refused */
    struct call_item *items;
    size_t count;
    bool is_refused; /* given, but told to be wrong */
};

/* An ordered set of panels, each at most once. */
struct panel_list {
    enum panel items[PANEL_COUNT];
    size_t count;
};

struct figure_section {
    struct text title;
    struct text caption;
    struct text alt;   /* in place of the description that is computed */
    bool show_caption; /* under the panels; it is the file's title in any case */
    struct text theme;
    struct panel_list panels;
    enum layout layout;
    enum legend_place legend;
    struct text legend_text; /* of an entry, with {placeholders}; not given: the theme's */
    enum background background;
};

/* "let NAME = FORMULA" */
struct let {
    struct text name;
    struct text formula; /* text NULL: given, but told to be wrong */
};

struct minima {
    enum minimum_kind kind;
    struct vec2 *points; /* in the preset's arena */
    struct place *places;
    size_t count;
};

struct problem_section {
    struct text function; /* a catalogue name; exactly one of function and */
    struct text formula;  /* formula is given */
    struct let *params;   /* "param NAME = NUMBER", in file order: what the function */
    size_t param_count;   /* calls its parameters, or lets of the formula */
    struct let *lets;     /* in file order */
    size_t let_count;
    struct maybe_point start;
    struct maybe_range x, y;
    int steps;
    struct minima minimum;
    enum dialect dialect;
    enum precision precision;
    struct place place; /* of the section's header */
};

/* One key of an optimizer section that is the method's own. */
struct hyperparameter {
    struct text name;
    struct text value;
};

struct optimizer_section {
    struct text label;
    struct text method; /* always given */
    struct hyperparameter *hyperparameters;
    size_t hyperparameter_count;
    struct maybe_point start;
    struct maybe_number steps; /* a whole number */
    struct maybe_color color;
    struct call_value schedule; /* of the learning rate, optimize/schedule.h */
    struct maybe_number clip_norm, clip_value; /* one of them at most; not given: no clipping */
    struct maybe_number weight_decay; /* not given: the method's own, mostly none */
    enum decoupling decoupled;
    struct place decoupled_place; /* of that value */
    struct call_value wrap; /* around the method, optimize/wrapper.h */
    int dialect; /* 0: the problem's; otherwise 1 more than its enum */
    struct place place;
};

struct surface_section {
    struct sweep azimuth_deg, elevation_deg;
    struct sweep distance; /* of the eye from the box's centre, in box units */
    struct text colormap;  /* not given: the theme's */
    enum scale scale;      /* of the heights */
    struct maybe_range z;  /* function values that are shown; not given: all */
    enum hidden hidden;
    struct maybe_number shade;      /* 0 .. 1; not given: the theme's */
    struct maybe_number mesh_lines; /* along each axis; not given: the theme's */
    enum drape contours;
    bool axes; /* a box with ticks behind the surface */
};

struct contour_section {
    int levels; /* about how many lines */
    enum scale scale; /* of levels and colours */
    struct maybe_number color_min, color_max;
    struct maybe_number alpha; /* of lines, or of bands when filled; not given: the theme's */
    struct text colormap;      /* not given: the surface's */
    struct maybe_number line_width; /* points; not given: the theme's */
    enum toggle filled;
    enum toggle labels; /* the values of some level lines */
    struct text x_label, y_label;
    enum aspect aspect;
    bool critical; /* marks at the critical points */
};

struct loss_section {
    enum scale scale;
};

/* A page and its resolution. */
struct page_section {
    double width_in, height_in;
    double dpi;
};

struct film_section {
    struct page_section page;
    int interval_ms; /* how long one step lasts */
    struct maybe_number fps; /* a whole number; not given: a frame per step */
    struct maybe_number hold_start_ms, hold_end_ms; /* how much longer the first */
                             /* and last frame last; not given: the theme's */
    int loop;            /* how often a gif or apng is played; 0: for ever */
    enum html_kind html;
    bool counter; /* "step 37 / 200" */
};

/* "NAME = SIDE < SIDE", see model/chain.h */
struct claim {
    struct text name;
    struct text statement;
};

struct claim_section {
    struct claim *items; /* in file order */
    size_t count;
};

struct still_section {
    struct page_section page;
    struct maybe_number frame; /* a whole number; not given: the complete paths */
    enum svg_size svg_size;    /* how large browsers show an SVG */
    bool dots;
    double surface_ppi; /* of the surface's image in a vector page */
};

struct preset {
    const char *name; /* the file's base name without ".ini" */
    struct figure_section figure;
    struct problem_section problem;
    struct optimizer_section *optimizers; /* in file order, at least one */
    size_t optimizer_count;
    struct surface_section surface;
    struct contour_section contour;
    struct loss_section loss;
    struct film_section film;
    struct still_section still;
    struct claim_section claims;
    struct arena arena; /* strings and lists */
};

/* Limits with their own messages. What there is at most of other things is in base/limits.h. */
enum { PRESET_SIDE_MIN = 16 };      /* pixels of a page's side */
enum { PRESET_TEXT_MAX = 10000 };   /* bytes of a text that is drawn */
enum { PRESET_MINIMA_MAX = 1000 };

/* Reads the file at path ("-" is standard input), then the overrides
 * ("SECTION.KEY=VALUE" each) on top. Everything wrong goes to the report; true
 * when it holds no error. False with err set when the file cannot be read at
 * all. The preset must be finished in either case. Its places point into the
 * report's arena, so that the report can be printed after the preset is gone. */
bool preset_load(struct preset *preset, const char *path, const char *const *overrides,
                 size_t override_count, struct report *report, struct error *err);

void preset_finish(struct preset *preset);

/* The base name of a preset's path, for outputs and titles: "presets/hyper.ini"
 * is "hyper", "-" is "stdin". */
const char *preset_base_name(struct arena *arena, const char *path);

#endif
