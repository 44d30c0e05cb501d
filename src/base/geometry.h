/* Points, boxes and intervals shared by all stages. Values, no ownership. */
#ifndef BASE_GEOMETRY_H
#define BASE_GEOMETRY_H

#include <stdbool.h>

#include "base/elementary.h"

/* C11 has no M_PI. */
#define PI 3.14159265358979323846

struct vec2 {
    double x, y;
};

struct vec3 {
    double x, y, z;
};

/* A closed interval, lo < hi wherever a preset gave it. */
struct range {
    double lo, hi;
};

/* A rectangle; in page points y grows downwards. */
struct rect {
    double x, y, width, height;
};

static inline bool range_holds(struct range range, double value)
{
    return value >= range.lo && value <= range.hi;
}

/* On the edge, or beyond it. */
static inline bool range_is_edge(struct range range, double value)
{
    return value <= range.lo || value >= range.hi;
}

static inline double range_width(struct range range)
{
    return range.hi - range.lo;
}

static inline double vec2_distance(struct vec2 a, struct vec2 b)
{
    return cr_hypot(a.x - b.x, a.y - b.y);
}

static inline double vec2_dot(struct vec2 a, struct vec2 b)
{
    return a.x * b.x + a.y * b.y;
}

/* The point t times the direction away. */
static inline struct vec2 vec2_along(struct vec2 from, double t, struct vec2 direction)
{
    return (struct vec2){ from.x + t * direction.x, from.y + t * direction.y };
}

static inline double vec3_dot(struct vec3 a, struct vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

#endif
