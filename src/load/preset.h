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
#include <stdio.h>

#include "base/arena.h"
#include "base/color.h"
#include "base/error.h"
#include "base/geometry.h"
#include "base/report.h"

enum panel { PANEL_SURFACE, PANEL_CONTOUR, PANEL_COUNT };
enum layout { LAYOUT_WIDE, LAYOUT_NOTEBOOK, LAYOUT_STACKED, LAYOUT_SINGLE };
enum legend_place {
    LEGEND_BEST, LEGEND_UPPER_RIGHT, LEGEND_UPPER_LEFT, LEGEND_LOWER_LEFT,
    LEGEND_LOWER_RIGHT, LEGEND_NONE
};
enum dialect {
    DIALECT_TENSORFLOW1, DIALECT_TEXTBOOK, DIALECT_PYTORCH, DIALECT_KERAS3, DIALECT_COUNT
};
enum precision { PRECISION_SINGLE, PRECISION_DOUBLE };
enum scale { SCALE_LINEAR, SCALE_LOG };
enum hidden { HIDDEN_FAINT, HIDDEN_DASHED, HIDDEN_SOLID, HIDDEN_NONE };
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

/* An ordered set of panels, each at most once. */
struct panel_list {
    enum panel items[PANEL_COUNT];
    size_t count;
};

struct figure_section {
    struct text caption;
    struct text theme;
    struct panel_list panels;
    enum layout layout;
    enum legend_place legend;
};

/* "let NAME = FORMULA" */
struct let {
    struct text name;
    struct text formula;
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
    struct place place;
};

struct surface_section {
    double azimuth_deg, elevation_deg;
    double distance; /* of the eye from the box's centre, in box units */
    struct text colormap;
    enum scale scale;
    enum hidden hidden;
};

struct contour_section {
    int levels; /* about how many lines */
    enum scale scale;
    struct maybe_number color_min, color_max;
    double alpha;
    struct text colormap; /* not given: the surface's */
    double line_width; /* points */
};

/* A page and its resolution. */
struct page_section {
    double width_in, height_in;
    double dpi;
};

struct film_section {
    struct page_section page;
    int interval_ms; /* how long one step is shown */
    int hold_end_ms; /* how much longer the last one */
};

struct still_section {
    struct page_section page;
    bool dots;
};

struct preset {
    const char *name; /* the file's base name without ".ini" */
    struct figure_section figure;
    struct problem_section problem;
    struct optimizer_section *optimizers; /* in file order, at least one */
    size_t optimizer_count;
    struct surface_section surface;
    struct contour_section contour;
    struct film_section film;
    struct still_section still;
    struct arena arena; /* strings and lists */
};

/* Limits with their own messages. */
enum { PRESET_SIDE_MIN = 16, PRESET_SIDE_MAX = 16384 }; /* pixels of a page's side */
enum { PRESET_STEPS_MAX = 1000000, PRESET_OPTIMIZERS_MAX = 100, PRESET_BYTES_MAX = 1 << 20 };

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

/* Writes the whole preset, defaults too, as text that loads as the same. */
void preset_print(const struct preset *preset, FILE *stream);

#endif
