/* The draw list: what is painted, in paint order, colours resolved, in page
 * points with the origin at the top left and y downwards.
 *
 * Everything that a scene points at lives in its arena, or is const data of
 * the plot that outlives it. Coordinates are finite and near the page: the
 * functions here clip or drop what is not, because cairo does not check. */
#ifndef PLOT_SCENE_H
#define PLOT_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/color.h"
#include "base/geometry.h"
#include "plot/surface.h"
#include "plot/text.h"

enum primitive_kind {
    PRIMITIVE_PATH,    /* lines and polygons, stroked or filled */
    PRIMITIVE_DISC,    /* filled circle */
    PRIMITIVE_GLYPHS,  /* one line of text */
    PRIMITIVE_SURFACE  /* the shaded mesh */
};

enum line_cap { CAP_BUTT, CAP_ROUND };

struct stroke {
    struct color color;
    double width;
    enum line_cap cap;
    double dashes[4]; /* lengths of dashes and gaps in turn */
    int dash_count;   /* 0: solid */
    double dash_phase; /* where in the pattern the line begins */
    bool snap;   /* axis-parallel: put on whole device pixels */
};

/* The parts of a trail, each an even tone: overlapping strokes of one path and
 * role do not add up. Painted in this order, path by path; only the dashes
 * where a path runs along another one come after all other trails. */
enum role { ROLE_HIDDEN, ROLE_CASING, ROLE_LINE, ROLE_SHARED, ROLE_COUNT };

struct primitive {
    enum primitive_kind kind;
    enum role role; /* of trails */
    const struct rect *clip; /* NULL: the page */
    struct color fill;       /* alpha 0: not filled */
    struct stroke stroke;    /* width 0: not stroked */
    /* PATH: subpaths one after another; one that ends where it began is closed.
     * DISC: points[0] is the centre. GLYPHS: points[0] is the origin. */
    const struct vec2 *points;
    size_t point_count;
    const size_t *lengths; /* points per subpath; NULL: one subpath */
    size_t subpath_count;
    double radius; /* DISC */
    const struct text_run *run; /* GLYPHS */
    bool upwards;               /* GLYPHS: read from below, turned to the left */
    const struct surface_view *surface;
};

struct scene {
    struct primitive *items;
    size_t count, capacity;
    double width, height; /* of the page */
    enum role role; /* of what is added */
    struct arena arena;
};

void scene_init(struct scene *scene, double width, double height);

/* Empties it for the next frame. */
void scene_reset(struct scene *scene);
void scene_finish(struct scene *scene);

/* One open or closed polyline. Points are copied. */
void scene_line(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                size_t count, const struct stroke *stroke);

/* Many polylines with one stroke; points and lengths are borrowed. */
void scene_lines(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                 size_t point_count, const size_t *lengths, size_t subpath_count,
                 const struct stroke *stroke);

/* A region bounded by closed polylines, filled by the even-odd rule; points and
 * lengths are borrowed. */
void scene_fill(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                size_t point_count, const size_t *lengths, size_t subpath_count,
                struct color fill);

/* A filled polygon, its rim stroked when stroke is not NULL. */
void scene_polygon(struct scene *scene, const struct rect *clip, const struct vec2 *points,
                   size_t count, struct color fill, const struct stroke *stroke);

/* A filled circle, its rim stroked when stroke is not NULL. */
void scene_disc(struct scene *scene, const struct rect *clip, struct vec2 center, double radius,
                struct color fill, const struct stroke *stroke);

void scene_text(struct scene *scene, const struct text_run *run, struct vec2 baseline,
                struct color color);

/* The same, turned a quarter to the left, for the names of vertical axes. */
void scene_text_upwards(struct scene *scene, const struct text_run *run, struct vec2 baseline,
                        struct color color);

void scene_surface(struct scene *scene, const struct rect *clip,
                   const struct surface_view *surface);

/* Moves what has a role behind all else from index first on; the order stays
 * otherwise. */
void scene_raise(struct scene *scene, size_t first, enum role role);

/* The box that a primitive can touch, within its clip and the page. False when
 * that is empty. */
bool primitive_bounds(const struct scene *scene, const struct primitive *primitive,
                      struct rect *bounds);

/* One primitive a line, for tests and for people; of a long path only how many
 * points it has, the first and the last. */
void scene_print(const struct scene *scene, FILE *stream);

#endif
