#include "load/keys.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "load/preset.h"

/* Each in the order of its enum. */
static const char *const panels[] = { "surface", "contour", "loss", NULL };
static const char *const layouts[] = { "wide", "notebook", "stacked", "single", NULL };
static const char *const legends[] = {
    "best", "upper-right", "upper-left", "lower-left", "lower-right", "outside", "none", NULL
};
#define DIALECTS "tensorflow1", "textbook", "pytorch", "keras3"
static const char *const dialects[] = { DIALECTS, NULL };
static const char *const own_dialects[] = { "problem", DIALECTS, NULL };
static const char *const precisions[] = { "single", "double", NULL };
static const char *const scales[] = { "linear", "root", "log", "auto", NULL };
static const char *const height_scales[] = { "linear", "root", "log", NULL };
static const char *const hiddens[] = { "faint", "dashed", "solid", "none", NULL };

static const char *const drapes[] = { "none", "surface", "floor", NULL };
static const char *const aspects[] = { "free", "equal", NULL };
static const char *const backgrounds[] = { "theme", "transparent", NULL };
static const char *const html_kinds[] = { "page", "figure", NULL };
static const char *const units[] = { "inches", "pixels", NULL };
static const char *const decouplings[] = { "method", "yes", "no", NULL };
static const char *const toggles[] = { "theme", "yes", "no", NULL };

#define FIELD(field) offsetof(struct preset, field)
#define OPTIMIZER(field) offsetof(struct optimizer_section, field)

/* Beyond this a coordinate's square is no longer a single-precision number. */
#define COORDINATES .min = -1e18, .max = 1e18

static const struct key keys[] = {
    { "figure", "title", KEY_STRING, FIELD(figure.title),
      .help = "a line over the panels" },
    { "figure", "caption", KEY_STRING, FIELD(figure.caption),
      .help = "what the figure shows, in a sentence" },
    { "figure", "alt", KEY_STRING, FIELD(figure.alt),
      .help = "what is seen, for those who do not see it; default: computed from the paths" },
    { "figure", "show_caption", KEY_YES_NO, FIELD(figure.show_caption), .standard = "no",
      .help = "write the caption under the panels" },
    { "figure", "theme", KEY_TEXT, FIELD(figure.theme), .names = "themes", .standard = "article",
      .help = "fonts, colours and line widths; see the list of themes" },
    { "figure", "panels", KEY_PANELS, FIELD(figure.panels), .choices = panels,
      .standard = "surface, contour", .help = "what is drawn, from left to right" },
    { "figure", "layout", KEY_CHOICE, FIELD(figure.layout), .choices = layouts,
      .standard = "wide", .help = "how the panels share the page" },
    { "figure", "legend", KEY_CHOICE, FIELD(figure.legend), .choices = legends,
      .standard = "best", .help = "where the optimizers' names stand" },
    { "figure", "legend_text", KEY_STRING, FIELD(figure.legend_text),
      .help = "an entry, with {label}, {parameters} ...; default: the theme's" },
    { "figure", "background", KEY_CHOICE, FIELD(figure.background), .choices = backgrounds,
      .standard = "theme", .help = "the theme's colour, or none" },

    { "problem", "function", KEY_TEXT, FIELD(problem.function), .names = "functions",
      .help = "a function of the catalogue; this or formula is needed" },
    { "problem", "formula", KEY_TEXT, FIELD(problem.formula),
      .help = "any formula of x and y instead of a function" },
    { "problem", "param NAME", KEY_PARAM, FIELD(problem.params),
      .min = -1e300, .max = 1e300,
      .help = "a parameter of the function, see the list of functions; or a number that the "
              "formula uses; a product will do, such as 2*pi" },
    { "problem", "let NAME", KEY_LET, FIELD(problem.lets),
      .help = "a named sub-formula that the formula uses" },
    { "problem", "start", KEY_POINT, FIELD(problem.start), COORDINATES,
      .help = "where the optimizers begin; default: the function's own start" },
    { "problem", "x", KEY_RANGE, FIELD(problem.x), COORDINATES,
      .help = "the range that is drawn; default: the function's own" },
    { "problem", "y", KEY_RANGE, FIELD(problem.y), COORDINATES,
      .help = "the range that is drawn; default: the function's own" },
    { "problem", "steps", KEY_WHOLE, FIELD(problem.steps), .min = 1, .limit = LIMIT_STEPS,
      .standard = "100", .help = "rows recorded, the start is one of them" },
    { "problem", "minimum", KEY_MINIMA, FIELD(problem.minimum), COORDINATES,
      .help = "one point or more, or none; default: the function's own" },
    { "problem", "dialect", KEY_CHOICE, FIELD(problem.dialect), .choices = dialects,
      .standard = "tensorflow1", .help = "whose variant of the methods is computed" },
    { "problem", "precision", KEY_CHOICE, FIELD(problem.precision), .choices = precisions,
      .standard = "single", .help = "every operation rounded to float, or double" },

    { "optimizer", "method", KEY_TEXT, OPTIMIZER(method), .names = "optimizers",
      .help = "the method; its hyper-parameters are keys of this section too" },
    { "optimizer", "dialect", KEY_CHOICE, OPTIMIZER(dialect), .choices = own_dialects,
      .standard = "problem", .help = "whose variant of the method is computed" },
    { "optimizer", "start", KEY_POINT, OPTIMIZER(start), COORDINATES,
      .help = "where this optimizer begins; default: the problem's start" },
    { "optimizer", "steps", KEY_MAYBE_WHOLE, OPTIMIZER(steps), .min = 1,
      .limit = LIMIT_STEPS, .help = "rows recorded; default: the problem's steps" },
    { "optimizer", "color", KEY_COLOR, OPTIMIZER(color),
      .help = "of the path, #rgb or #rrggbb; default: the theme's next" },
    { "optimizer", "schedule", KEY_CALL, OPTIMIZER(schedule), .names = "schedules",
      .help = "how the learning rate changes, such as cosine(0.1 .. 0, warmup 10); "
              "see the list of schedules; default: it stays" },
    { "optimizer", "clip_norm", KEY_MAYBE_NUMBER, OPTIMIZER(clip_norm), .min = 1e-6, .max = 1e6,
      .help = "shortens a longer gradient to this length; default: no clipping" },
    { "optimizer", "clip_value", KEY_MAYBE_NUMBER, OPTIMIZER(clip_value), .min = 1e-6,
      .max = 1e6, .help = "keeps both parts of the gradient within +-this; default: no clipping" },
    { "optimizer", "weight_decay", KEY_MAYBE_NUMBER, OPTIMIZER(weight_decay), .min = 0,
      .max = 1e6, .help = "pulls the point to 0, 0; default: the method's own, mostly 0" },
    { "optimizer", "decoupled_weight_decay", KEY_CHOICE, OPTIMIZER(decoupled),
      .choices = decouplings, .standard = "method",
      .help = "yes: x *= 1 - rate*weight_decay before the step (AdamW); "
              "no: gradient += weight_decay*x (L2); method: as the method or dialect has it" },
    { "optimizer", "wrap", KEY_CALL, OPTIMIZER(wrap), .names = "wrappers",
      .help = "what is put around a method that steps by a gradient, such as lookahead(k 5) or "
              "sam(rho 0.05); see the list of wrappers; default: nothing" },

    { "surface", "azimuth", KEY_SWEEP, FIELD(surface.azimuth_deg), .min = -360, .max = 360,
      .unit = "degrees", .standard = "-60", .help = "of the eye, around the z axis" },
    { "surface", "elevation", KEY_SWEEP, FIELD(surface.elevation_deg), .min = -90, .max = 90,
      .unit = "degrees", .standard = "30", .help = "of the eye, above the xy plane" },
    { "surface", "distance", KEY_SWEEP, FIELD(surface.distance), .min = 2, .max = 1000,
      .standard = "7.5", .help = "of the eye from the box, whose longest side is about 1.1" },
    { "surface", "colormap", KEY_TEXT, FIELD(surface.colormap), .names = "colormaps",
      .help = "colours for heights; see the list of colormaps; default: the theme's" },
    { "surface", "scale", KEY_CHOICE, FIELD(surface.scale), .choices = height_scales,
      .standard = "linear",
      .help = "of the heights: z, sqrt(z - lowest), log z "
              "(1 + z - lowest when that is not positive)" },
    { "surface", "z", KEY_RANGE, FIELD(surface.z), COORDINATES,
      .help = "the values that are shown, with poles cut off; default: all" },
    { "surface", "hidden", KEY_CHOICE, FIELD(surface.hidden), .choices = hiddens,
      .standard = "faint", .help = "how a path behind the surface looks" },
    { "surface", "shade", KEY_MAYBE_NUMBER, FIELD(surface.shade), .min = 0, .max = 1,
      .help = "strength of the light, 0 for colours alone; default: the theme's" },
    { "surface", "mesh_lines", KEY_MAYBE_WHOLE, FIELD(surface.mesh_lines), .min = 0, .max = 200,
      .help = "lines across the surface each way, 0 for none; default: the theme's" },
    { "surface", "contours", KEY_CHOICE, FIELD(surface.contours), .choices = drapes,
      .standard = "none", .help = "level lines on the surface or on the floor below it" },
    { "surface", "axes", KEY_YES_NO, FIELD(surface.axes), .standard = "no",
      .help = "a box with numbers behind the surface" },

    { "contour", "levels", KEY_WHOLE, FIELD(contour.levels), .min = 1, .max = 1000,
      .standard = "40", .help = "how many level lines, about; no more than the eye can separate" },
    { "contour", "scale", KEY_CHOICE, FIELD(contour.scale), .choices = scales,
      .standard = "auto", .help = "of levels and colours: z, sqrt(z - lowest), or log z, where "
              "negative values are there log(z - lowest); auto: by how flat the function is" },
    { "contour", "color_min", KEY_MAYBE_NUMBER, FIELD(contour.color_min), .min = -1e300,
      .max = 1e300, .help = "lower end of the colour range, on the scale; default: the data's" },
    { "contour", "color_max", KEY_MAYBE_NUMBER, FIELD(contour.color_max), .min = -1e300,
      .max = 1e300, .help = "upper end of the colour range, on the scale; default: the data's" },
    { "contour", "alpha", KEY_MAYBE_NUMBER, FIELD(contour.alpha), .min = 0, .max = 1,
      .help = "opacity of the lines, or of the bands between them; default: the theme's" },
    { "contour", "colormap", KEY_TEXT, FIELD(contour.colormap), .names = "colormaps",
      .help = "colours for values; default: the surface's" },
    { "contour", "line_width", KEY_MAYBE_NUMBER, FIELD(contour.line_width), .min = 0, .max = 20,
      .unit = "points", .help = "of the level lines; default: the theme's" },
    { "contour", "filled", KEY_CHOICE, FIELD(contour.filled), .choices = toggles,
      .standard = "theme", .help = "colour the bands between level lines" },
    { "contour", "labels", KEY_CHOICE, FIELD(contour.labels), .choices = toggles,
      .standard = "theme", .help = "write values on some level lines" },
    { "contour", "x_label", KEY_STRING, FIELD(contour.x_label), .standard = "x",
      .help = "name of the horizontal axis" },
    { "contour", "y_label", KEY_STRING, FIELD(contour.y_label), .standard = "y",
      .help = "name of the vertical axis" },
    { "contour", "aspect", KEY_CHOICE, FIELD(contour.aspect), .choices = aspects,
      .standard = "free", .help = "equal: a unit has the same length along both axes" },
    { "contour", "critical", KEY_YES_NO, FIELD(contour.critical), .standard = "no",
      .help = "mark minima, maxima and saddles, which are searched for, with their values" },

    { "loss", "scale", KEY_CHOICE, FIELD(loss.scale), .choices = scales,
      .standard = "auto", .help = "of the losses over the steps" },

    { "film", "width", KEY_NUMBER, FIELD(film.page.width_in), .min = 0.01, .max = 200,
      .unit = "inches", .standard = "14", .help = "of the page" },
    { "film", "height", KEY_NUMBER, FIELD(film.page.height_in), .min = 0.01, .max = 200,
      .unit = "inches", .standard = "4", .help = "of the page" },
    { "film", "dpi", KEY_NUMBER, FIELD(film.page.dpi), .min = 1, .max = 2400,
      .unit = "pixels per inch", .standard = "144", .help = "resolution" },
    { "film", "interval_ms", KEY_WHOLE, FIELD(film.interval_ms), .min = 1, .max = 60000,
      .unit = "milliseconds", .standard = "200", .help = "how long one step lasts" },
    { "film", "fps", KEY_MAYBE_WHOLE, FIELD(film.fps), .min = 1, .max = 240,
      .unit = "frames per second", .help = "heads glide between steps; default: a frame per step" },
    { "film", "hold_start_ms", KEY_MAYBE_WHOLE, FIELD(film.hold_start_ms), .min = 0,
      .max = 60000, .unit = "milliseconds",
      .help = "how much longer the start is shown; default: 500, in theme notebook 0" },
    { "film", "hold_end_ms", KEY_MAYBE_WHOLE, FIELD(film.hold_end_ms), .min = 0, .max = 60000,
      .unit = "milliseconds",
      .help = "how much longer the end is shown; default: 1500, in theme notebook 0" },
    { "film", "loop", KEY_WHOLE, FIELD(film.loop), .min = 0, .max = 65535, .unit = "times",
      .standard = "0", .help = "how often a gif or apng is played; 0: for ever" },
    { "film", "html", KEY_CHOICE, FIELD(film.html), .choices = html_kinds, .standard = "page",
      .help = "what an html file is: a whole page, or a figure for a page that there is" },
    { "film", "counter", KEY_YES_NO, FIELD(film.counter), .standard = "no",
      .help = "show the number of the step" },

    { "still", "width", KEY_NUMBER, FIELD(still.page.width_in), .min = 0.01, .max = 200,
      .unit = "inches", .standard = "10", .help = "of the page" },
    { "still", "height", KEY_NUMBER, FIELD(still.page.height_in), .min = 0.01, .max = 200,
      .unit = "inches", .standard = "3", .help = "of the page" },
    { "still", "dpi", KEY_NUMBER, FIELD(still.page.dpi), .min = 1, .max = 2400,
      .unit = "pixels per inch", .standard = "144", .help = "resolution" },
    { "still", "frame", KEY_MAYBE_WHOLE, FIELD(still.frame), .min = 0, .limit = LIMIT_FRAMES,
      .is_index = true,
      .help = "the film's frame of this number on its page; default: the complete paths" },
    { "still", "svg_size", KEY_CHOICE, FIELD(still.svg_size), .choices = units,
      .standard = "inches", .help = "browsers show an svg as large as the page, or as its pixels" },
    { "still", "dots", KEY_YES_NO, FIELD(still.dots), .standard = "yes",
      .help = "a dot at every step" },
    { "still", "surface_ppi", KEY_NUMBER, FIELD(still.surface_ppi), .min = 72, .max = 1200,
      .unit = "pixels per inch", .standard = "300",
      .help = "of the surface, which is an image inside svg and pdf" },

    { "claim", "NAME", KEY_CLAIM, FIELD(claims),
      .help = "what is true of the paths, such as leaves(NAG) < leaves(Momentum); "
              "see the list of measures" },
};

enum { COUNT = sizeof keys / sizeof *keys };

const struct key *key_list(size_t *count)
{
    *count = COUNT;
    return keys;
}

double key_max(const struct key *key)
{
    return key->limit ? (double)limit_of(key->limit) - key->is_index : key->max;
}

static bool key_matches(const struct key *key, const char *name)
{
    return key->type == KEY_CLAIM
        || (key->type == KEY_LET || key->type == KEY_PARAM
                ? !strncmp(name, key->name, strcspn(key->name, " ") + 1)
                : !strcmp(name, key->name));
}

const struct key *key_find(const char *section, const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (!strcmp(section, keys[i].section) && key_matches(&keys[i], name)) {
            return &keys[i];
        }
    }
    return NULL;
}

const char *key_section(const char *name, size_t length)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (strlen(keys[i].section) == length && !memcmp(keys[i].section, name, length)) {
            return keys[i].section;
        }
    }
    return NULL;
}

const char *key_type_name(enum key_type type)
{
    static const char *const names[] = {
        [KEY_NUMBER] = "number", [KEY_WHOLE] = "whole number", [KEY_MAYBE_NUMBER] = "number",
        [KEY_MAYBE_WHOLE] = "whole number", [KEY_YES_NO] = "yes or no", [KEY_CHOICE] = "choice",
        [KEY_STRING] = "text", [KEY_TEXT] = "text", [KEY_POINT] = "X, Y",
        [KEY_RANGE] = "LO .. HI", [KEY_SWEEP] = "number or FROM .. TO",
        [KEY_COLOR] = "colour", [KEY_MINIMA] = "X, Y | X, Y ...",
        [KEY_PANELS] = "list of choices", [KEY_CALL] = "NAME(ARGUMENTS)",
        [KEY_LET] = "formula",
        [KEY_PARAM] = "number",
        [KEY_CLAIM] = "claim",
    };
    return names[type];
}

/* "; it belongs in [surface] or [contour]" for a key of other sections. */
static void hint_other_sections(struct key_hint *hint, const char *name)
{
    for (size_t i = 0; i < COUNT; i++) {
        if (keys[i].type != KEY_CLAIM && key_matches(&keys[i], name)) {
            size_t used = strlen(hint->text);
            snprintf(hint->text + used, sizeof hint->text - used, "%s[%s]",
                     used ? " or " : "; it belongs in ", keys[i].section);
        }
    }
}

struct key_hint key_hint(const char *section, const char *name)
{
    struct key_hint hint = { { 0 } };
    struct suggestion near = { .wanted = name, .length = strlen(name) };
    hint_other_sections(&hint, name);
    for (size_t i = 0; i < COUNT; i++) {
        if (!strcmp(keys[i].section, section)) {
            suggestion_offer(&near, keys[i].name);
        }
    }
    if (!hint.text[0]) {
        suggestion_text(&near, hint.text, sizeof hint.text);
    }
    return hint;
}

struct key_hint key_section_hint(const char *name, size_t length)
{
    struct key_hint hint = { { 0 } };
    struct suggestion near = { .wanted = name, .length = length };
    for (size_t i = 0; i < COUNT; i++) {
        suggestion_offer(&near, keys[i].section);
    }
    suggestion_text(&near, hint.text, sizeof hint.text);
    return hint;
}
