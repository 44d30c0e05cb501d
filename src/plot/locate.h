/* Where states of a run are: in the domain, on the surface, on the page. */
#ifndef PLOT_LOCATE_H
#define PLOT_LOCATE_H

#include <stdbool.h>
#include <stdint.h>

#include "plot/plot.h"

/* The part of a segment that is inside the domain. */
struct cut {
    struct vec2 from, to;
};

/* The point part of the way from a to b. */
struct vec2 between(struct vec2 a, struct vec2 b, double part);

bool in_domain(const struct objective *objective, struct vec2 point);

/* False when no part of the segment from a to b is in the domain, or when an end
 * is so far away that rounding hides where the segment passes. */
bool cut_segment(const struct objective *objective, struct vec2 a, struct vec2 b,
                 struct cut *cut);

/* Where a path is at a position counted in steps, linearly between states. The
 * path has points; past its last one it stays there. */
struct vec2 path_at(const struct path *path, double step);

/* The page point of a path at a position in the loss panel. */
struct vec2 path_loss_at(const struct plot *plot, const struct path *path, double step);

/* For each step of a path the end of the last segment up to there that touches
 * the domain, 0 when there is none; free it with free. */
uint32_t *path_touches(const struct objective *objective, const struct path *path);

/* The point of the surface over a point of the domain; its height is not
 * finite where the surface has a hole. */
struct vec3 lift(const struct plot *plot, struct vec2 at);

/* The page point of a point in space; false when it cannot be drawn. */
bool on_page(const struct view *view, struct vec3 point, struct vec2 *page);

/* Whether the surface is in front of one of its own points, and hides it. */
bool is_hidden(const struct plot *plot, const struct view *view, struct vec3 point);

/* How long a path's trail is at each of its steps, points on the page; free it
 * with free. */
float *trail_lengths(const struct plot *plot, const struct path *path, enum panel panel);

#endif
